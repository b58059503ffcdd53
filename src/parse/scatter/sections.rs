//! Which rows each 分野 of a scattered table is merged over.
//!
//! One at the top of its rows stands before the name of the first; one in the middle stands somewhere among them, and how many
//! lines the rows have tells about where. What a page cuts may stand anywhere.

use super::Row;
use super::fielded::Block;
use super::fragments::Pieces;

/// No 分野 in the middle of its rows is tried with more of them.
const LONGEST: usize = 60;
/// How far a 分野 that a page cuts stands off the middle of its rows at most, in half lines.
const CUT: usize = 3;

/// How tall a row is, and where it stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    /// How many lines it has.
    pub lines: usize,
    /// The first page it stands on, and the last.
    pub pages: (usize, usize),
}

impl Size {
    /// Of a row with its cells.
    pub fn of(row: &Row, pieces: &Pieces) -> Self {
        let pages = || row.cells.iter().flatten().map(|at| pieces.all[*at].page);
        let lines = row.cells.iter().map(Vec::len).max().unwrap_or(0);
        Size { lines, pages: (pages().min().unwrap_or(0), pages().max().unwrap_or(0)) }
    }
}

/// Which rows each 分野 is merged over: the first of each, by the size of each row. Also whether that is clear.
pub fn sections(blocks: &[Block], sizes: &[Size]) -> (Vec<usize>, bool) {
    // how many names stand before each 分野
    let mut names = 0;
    let mut places = Vec::new();
    let mut beside = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if block.field {
            places.push(names);
            let before = at.checked_sub(1).and_then(|before| blocks.get(before));
            beside.push((
                before.is_some_and(|name| name.meets(block)),
                blocks.get(at + 1).is_some_and(|name| block.meets(name)),
            ));
        } else {
            names += 1;
        }
    }
    match places.first() {
        Some(0) => at_the_top(&places, sizes.len()),
        _ => (in_the_middle(&places, &beside, sizes), false),
    }
}

/// Each 分野 stands before the name of its first row, or some of them stand before that of the first one.
fn at_the_top(places: &[usize], rows: usize) -> (Vec<usize>, bool) {
    let mut out = Vec::with_capacity(places.len());
    for run in places.chunk_by(|a, b| a == b) {
        let next = places.get(out.len() + run.len()).copied().unwrap_or(rows);
        let room = next.saturating_sub(run[0]);
        out.extend((0..run.len()).map(|at| run[0] + at * room / run.len()));
    }
    // each has a row, and each row one
    out.first_mut().into_iter().for_each(|first| *first = 0);
    for at in 1..out.len() {
        out[at] = out[at].max(out[at - 1] + 1);
    }
    for at in (0..out.len()).rev() {
        out[at] = out[at].min(rows - (out.len() - at));
    }
    let is_clear = out == places;
    (out, is_clear)
}

/// The same of 分野 that stand in the middle of their rows, so many names before each, and whether the names before and
/// behind stand beside it.
fn in_the_middle(places: &[usize], beside: &[(bool, bool)], sizes: &[Size]) -> Vec<usize> {
    let rows = sizes.len();
    let mut tops = vec![0];
    tops.extend(sizes.iter().scan(0, |sum, size| {
        *sum += size.lines.max(1);
        Some(*sum)
    }));
    // the middle of the row it stands beside, or the line between two rows
    let place = |field: usize| {
        let row = places[field].min(rows);
        match beside[field] {
            (true, false) if row > 0 => tops[row - 1] + tops[row],
            (false, true) if row < rows => tops[row] + tops[row + 1],
            _ => tops[row] * 2,
        }
    };
    // best[row]: what it costs that so many rows are given to the 分野 so far
    let mut best = vec![usize::MAX; rows + 1];
    best[0] = 0;
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(places.len());
    for field in 0..places.len() {
        let (mut next, mut from) = (vec![usize::MAX; rows + 1], vec![0; rows + 1]);
        for first in (0..rows).filter(|first| best[*first] < usize::MAX) {
            for end in first + 1..=rows.min(first + LONGEST) {
                let aslant = (tops[first] + tops[end]).abs_diff(place(field));
                let is_cut = sizes[first].pages.0 < sizes[end - 1].pages.1;
                let cost = best[first] + if is_cut { aslant.min(CUT) } else { aslant };
                if cost < next[end] {
                    (next[end], from[end]) = (cost, first);
                }
            }
        }
        best = next;
        back.push(from);
    }
    if best[rows] == usize::MAX {
        return at_the_top(places, rows).0;
    }
    let mut end = rows;
    let mut out = Vec::with_capacity(places.len());
    for from in back.iter().rev() {
        end = from[end];
        out.push(end);
    }
    out.reverse();
    out
}
