//! Cells that are centred from top to bottom, where one blank parts the columns and no place tells whose words they are.
//!
//! ```text
//! 医師を出し、
//! 夜間の当番を
//! 夜間診療 場所を貸し、
//! 続ける。
//! 費用を出す。
//! ```
//!
//! The cells of a row have one middle, and their lines are as far from each other. So the lines of some cells stand half a
//! line below those of the others, and how many lines each cell has tells which line holds words of which; [`super::fit`]
//! takes the rows that fit best.

use super::fit::{self, Block, Cells, Ways};
use super::{Found, Row};
use crate::lines::Line;
use crate::parse::Context;
use crate::parse::part::is_ended;
use crate::parse::rows::Column;
use smallvec::SmallVec;
use std::ops::Range;

/// Longer blocks are not tried, nor wider ones.
pub const MOST: usize = 600;
pub const WIDEST: usize = 5;

/// So many quarters of the lines of a block at least are those of rows.
const QUARTERS: usize = 3;

/// How many lines each cell of a row has.
type Heights = SmallVec<[usize; WIDEST]>;

/// The rows of a block; `None` where its cells are not centred. `all` are the lines of the document.
pub fn read<'l, 's>(
    lines: &'l [Line<'s>],
    body: &[Row<'l, 's>],
    columns: &[Column],
    all: &[Line],
    cx: &mut Context,
) -> Option<Vec<Found<'l, 's>>> {
    let may_be = (3..=WIDEST).contains(&columns.len()) && body.len() <= MOST;
    // the first line of a row that is not centred has words in every column
    if !may_be || body.first().is_none_or(|row| sure(row) >= columns.len()) || !has_rows(body, columns.len()) {
        return None;
    }
    let mut block = Block::new(body, columns, all, cx);
    let (found, _) = fit::read(lines, body, columns, &mut block, (&ways, QUARTERS), cx)?;
    Some(found)
}

/// How many pieces a line has between sure blanks.
fn sure(row: &Row) -> usize {
    row.pieces.iter().filter(|piece| piece.1).count()
}

/// Whether rows may take as many lines as they have to, by how many pieces these have: a cheap test for what holds no such
/// cells.
fn has_rows(body: &[Row], columns: usize) -> bool {
    let counts: Vec<usize> = body.iter().map(sure).collect();
    // for each line, the most of those above it that rows may take
    let mut most = vec![0; counts.len() + 1];
    for end in 1..=counts.len() {
        most[end] = most[end - 1];
        if !may_end(&body[end - 1]) {
            continue;
        }
        for start in end.saturating_sub(fit::TALLEST)..end {
            let taken = most[start] + end - start;
            if taken > most[end] && is_row(&counts[start..end], columns) {
                most[end] = taken;
            }
        }
    }
    most[counts.len()] * 4 >= counts.len() * QUARTERS
}

/// Whether all words of a line end a sentence, but for those that may be a name.
fn may_end(row: &Row) -> bool {
    let is_last = |at: usize| row.pieces.get(at + 1).is_none_or(|next| next.1);
    let last = (0..row.pieces.len()).filter(|at| is_last(*at));
    let ended: SmallVec<[bool; 8]> = last.map(|at| is_ended(row.pieces[at].0.text)).collect();
    ended.contains(&true) && !ended[1..].contains(&false)
}

/// Whether lines with so many pieces may be those of a row.
fn is_row(counts: &[usize], columns: usize) -> bool {
    betweens(counts).any(|between| heights(counts, counts.len() - between, between, columns).is_some())
}

/// How many lines the tallest of the cells may have that stand between the lines of the tallest one: those of a row have as
/// many pieces from the end as from the start.
fn betweens(counts: &[usize]) -> impl Iterator<Item = usize> + use<> {
    let lines = counts.len();
    let most = if counts.iter().eq(counts.iter().rev()) { lines.div_ceil(2) } else { 0 };
    (0..most).filter(move |n| *n == 0 || (lines - 2 * n) % 2 == 1)
}

/// How far each line of a row stands from its middle, in half lines, where the tallest cell has so many lines, and the
/// tallest of those that stand between its lines has `between`.
pub fn places(tallest: usize, between: usize) -> impl Iterator<Item = isize> {
    let (tallest, between) = (tallest as isize, between as isize);
    (1 - tallest..tallest).filter(move |y| (y - tallest) % 2 != 0 || y.abs() < between)
}

/// Whether a cell of so many lines has one at that place.
fn has_line(height: usize, place: isize) -> bool {
    (place - height as isize) % 2 != 0 && place.unsigned_abs() < height
}

/// A line of a row, and how many of the pieces on it stand before those of the row.
pub type Behind = (usize, usize);

/// The cells of a row on some lines, in all ways.
fn ways(block: &Block, lines: &Range<usize>) -> Ways {
    let lines: SmallVec<[Behind; 16]> = lines.clone().map(|line| (line, 0)).collect();
    ways_of(block, &lines).map(|cells| (cells, 0)).collect()
}

/// The same, where lines may begin with words of none of its cells.
pub fn ways_of(block: &Block, lines: &[Behind]) -> impl Iterator<Item = Cells> {
    let counts: SmallVec<[usize; 16]> = lines.iter().map(|(line, before)| block.lines[*line].len() - before).collect();
    betweens(&counts).flat_map(move |between| {
        let heights = heights(&counts, lines.len() - between, between, block.columns);
        let orders = heights.map(orders).unwrap_or_default().into_iter();
        orders.map(move |heights| cells(lines, between, &heights))
    })
}

/// The pieces of each column on the lines of a row.
fn cells(lines: &[Behind], between: usize, heights: &Heights) -> Cells {
    debug_assert_eq!(heights.iter().max().map(|tallest| tallest + between), Some(lines.len()));
    let mut cells: Cells = heights.iter().map(|_| SmallVec::new()).collect();
    for ((line, before), place) in lines.iter().zip(places(lines.len() - between, between)) {
        let columns = (0..heights.len()).filter(|column| has_line(heights[*column], place));
        for (piece, column) in columns.enumerate() {
            cells[column].push((*line, before + piece));
        }
    }
    cells
}

/// How many lines the cells of a row have, from the most to the least, by how many pieces its lines have.
fn heights(counts: &[usize], tallest: usize, between: usize, columns: usize) -> Option<Heights> {
    let mut out = Heights::new();
    for height in [tallest, between] {
        // towards the middle there are more and more cells
        let mut known = 0;
        for (count, place) in counts.iter().zip(places(tallest, between)).take_while(|(_, place)| *place <= 0) {
            if !has_line(height, place) {
                continue;
            }
            let more = count.checked_sub(known).filter(|more| out.len() + more <= columns)?;
            out.extend(std::iter::repeat_n(place.unsigned_abs() + 1, more));
            known = *count;
        }
    }
    (out.len() == columns).then_some(out)
}

/// All orders of some heights.
fn orders(mut heights: Heights) -> Vec<Heights> {
    heights.sort_unstable();
    let mut out = vec![heights];
    // the next one in the order of dictionaries
    while let Some(last) = out.last() {
        let mut next = last.clone();
        let Some(at) = (1..next.len()).rev().find(|at| next[at - 1] < next[*at]) else { break };
        let Some(with) = (at..next.len()).rev().find(|with| next[*with] > next[at - 1]) else { break };
        next.swap(at - 1, with);
        next[at..].reverse();
        out.push(next);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_pieces_tell_how_many_lines_the_cells_have() {
        assert_eq!(places(2, 1).collect::<Vec<_>>(), [-1, 0, 1]);
        assert_eq!(places(3, 0).collect::<Vec<_>>(), [-2, 0, 2]);
        for (counts, tallest, between, want) in [
            (&[1, 1, 2, 1, 1][..], 3, 2, Some(vec![3, 1, 2])),
            (&[2, 3, 2], 3, 0, Some(vec![3, 3, 1])),
            (&[2, 1, 2], 2, 1, Some(vec![2, 2, 1])),
            (&[2, 1, 2], 3, 0, None),
        ] {
            assert_eq!(heights(counts, tallest, between, 3).map(|found| found.to_vec()), want, "{counts:?}");
        }
        assert_eq!(orders(Heights::from_slice(&[2, 1, 2])).len(), 3);
    }
}
