//! Cells that are centred from top to bottom, where blanks keep the columns: no row begins with a line of all its cells.
//!
//! ```text
//!           夜間の当番
//!           を続け、表 医師を出し、
//! 夜間診療                      場所を貸す。
//!           を作り、配 費用を出す。
//!           る。
//! ```
//!
//! A row ends where a sentence ends in every column, and as many lines of its tallest cell stand above each of its cells
//! as below. The rows that fit best are taken; a row that fits badly, or another way as well, is torn.

use super::marked::Held;
use super::turned::{KNOWN, UNKNOWN};
use super::{Found, Row, Starts};
use crate::ast::Initiative;
use crate::lines::Line;
use crate::parse::Context;
use crate::parse::cells::{across, bits, ways};
use crate::parse::part::{Measured, Part};
use crate::parse::rows::{self, Column};
use crate::parse::scatter::Words;
use smallvec::SmallVec;
use std::cell::LazyCell;
use std::ops::Range;
use std::rc::Rc;

/// No row has more lines.
const TALLEST: usize = 80;
/// A cell that is not there.
pub const MISSING: u32 = 20;
/// A line that ended a sentence before the edge, and yet goes on; lines of a cell that are not below each other.
pub const ODD: u32 = 6;
/// What a row costs that is sure.
const SURE: u32 = 4;
/// Readings that cost less than this more than the best are as good as the best.
pub const MARGIN: u32 = 4;
/// Columns whose places are so near to each other do not tell whose words a piece is.
const NEAR: usize = 3;
/// What words in the column of the names cost that are none.
const NO_NAME: usize = 20;
/// Where the names stand on a page that has none.
const NOWHERE: usize = 1000;
/// So many lines above a line and below it shift with it.
const AROUND: usize = 4;
/// By so much a piece may reach into the next column: letters are not as wide as blanks.
const OVER: usize = 2;

/// A piece, and its line.
pub struct Piece<'l, 's> {
    pub words: Measured<'l, 's>,
    pub line: usize,
}

/// A block whose cells are centred.
pub struct Block<'l, 's> {
    columns: usize,
    /// The pieces of each column, from top to bottom; the first is that of the names.
    cells: Vec<Vec<Piece<'l, 's>>>,
    /// How wide each column is at least.
    widths: Vec<usize>,
    /// The lines with which pages begin.
    cuts: Vec<usize>,
    /// Lines whose pieces may stand in other columns.
    doubts: Vec<usize>,
    /// Where the last column holds roles below each other: the mark of each; see [`super::marked`].
    pub held: Option<Held<'l, 's>>,
    /// So many columns hold no sentences, the last ones, and may be empty: `費用負担`.
    free: usize,
}

/// The rows of a block with so many columns beside that of the names; `None` where its cells are not centred.
pub fn read<'l, 's>(
    body: &[Row<'l, 's>],
    starts: &[Starts],
    columns: &[Column],
    all: Option<&[Line]>,
    cx: &mut Context,
) -> Option<Vec<Found<'l, 's>>> {
    if columns.len() < 3 || !may_be(body, starts) {
        return None;
    }
    let mut block = Block::of(body, starts, columns.len())?;
    block.free = columns.iter().rev().take_while(|column| matches!(column, Column::Other(_))).count();
    let rows = block.rows(body.len())?;
    let found = |(lines, sure): (Range<usize>, bool)| {
        let mut found = Found {
            initiative: Initiative { torn: !sure, ..Initiative::default() },
            names: block.within(0, &lines).iter().map(|piece| piece.words.part).collect(),
            start: body[lines.start].whole.at,
            unsure: !sure,
            astray: false,
        };
        for (at, column) in columns.iter().enumerate().skip(1) {
            for pair in block.within(at, &lines).windows(2) {
                let is_alone = body[pair[1].line].pieces.len() == 1;
                let follows = is_alone && pair[1].line == pair[0].line + 1 && !pair[0].words.size.ended;
                if let Some(all) = all.filter(|_| follows) {
                    let words = cx.letters.get_or_init(|| Rc::new(Words::for_few(all)));
                    found.initiative.torn |= is_swapped(&pair[0].words.part, &pair[1].words.part, words);
                }
            }
            for piece in block.within(at, &lines) {
                let part = piece.words.part;
                rows::put(&mut found.initiative, column, part.line, part.text, true, cx);
            }
        }
        found
    };
    Some(rows.into_iter().map(found).collect())
}

/// Whether a line alone on its line goes on in the one above it: an extractor wrote two lines of half a line's distance in
/// the wrong order.
fn is_swapped(above: &Part, below: &Part, words: &Words) -> bool {
    words.cost(above.text, below.text) >= UNKNOWN && words.cost(below.text, above.text) <= KNOWN
}

/// Whether a row begins without its name, or a name stands in the midst of a row: a cheap test for what holds no such cells.
fn may_be(body: &[Row], starts: &[Starts]) -> bool {
    let is_whole = |at: usize| body[at].pieces.iter().filter(|piece| piece.1).count() >= starts[at].len();
    let is_named = |at: usize| starts[at].get(1).is_some_and(|content| body[at].whole.column + NEAR < *content);
    (0..body.len()).any(|at| match at {
        0 => !is_whole(0),
        _ => is_named(at) && !body[at].cut && !is_named(at - 1) && !is_whole(at),
    })
}

/// Where the columns begin on each page, by the lines that have words in all of them, or in all but the first.
fn places(body: &[Row], starts: &mut [Starts]) {
    let mut from = 0;
    while from < body.len() {
        let to = (from + 1..body.len()).find(|at| body[*at].cut).unwrap_or(body.len());
        let columns = starts[from].len();
        let sure = |row: &Row| -> Vec<usize> { row.pieces.iter().filter(|p| p.1).map(|p| p.0.column).collect() };
        // a page may begin with the rest of a row, and hold no name
        let first = body[from..to].iter().map(|row| row.whole.column).min().unwrap_or(0);
        let is_word = |row: &Row| {
            row.whole.column <= first + 1 && row.pieces.first().is_some_and(|piece| !piece.0.is_like_name())
        };
        let is_nameless = body[from..to].iter().any(is_word);
        let full: Vec<Vec<usize>> = body[from..to]
            .iter()
            .map(sure)
            .filter(|at| at.len() == columns || at.len() + 1 == columns && (is_nameless || at[0] > first + NEAR))
            .collect();
        let median = |back: usize| {
            let mut all: Vec<usize> = full.iter().filter_map(|places| places.iter().rev().nth(back).copied()).collect();
            all.sort_unstable();
            all.get(all.len() / 2).copied()
        };
        if let Some(found) = (0..columns - 1).rev().map(median).collect::<Option<Vec<usize>>>() {
            let first = if is_nameless {
                NOWHERE
            } else if first + NEAR < found[0] {
                first
            } else {
                0
            };
            starts[from..to].fill(std::iter::once(first).chain(found).collect());
        }
        from = to;
    }
}

/// The pieces of a line, in each way to cut it.
type Cuttings<'l, 's> = SmallVec<[Vec<Measured<'l, 's>>; 1]>;

/// How a line is cut, and the columns of its pieces.
#[derive(Clone, Copy)]
struct Place {
    cut: usize,
    set: u32,
    /// Whether no other way is as good.
    sure: bool,
}

/// Columns, and how far a piece of a line stands from the place of each.
type Offsets = SmallVec<[(usize, isize); 4]>;

/// How far the pieces of a line stand from the places of their columns, but for the first.
fn offsets(Place { cut, set, .. }: &Place, cuts: &Cuttings, starts: &[usize]) -> Offsets {
    let pairs = bits(*set).zip(&cuts[*cut]).filter(|(column, _)| *column > 0);
    pairs.map(|(column, piece)| (column, piece.part.column as isize - starts[column] as isize)).collect()
}

/// How far the columns stand from their places on a line: what stands left of it shifts it, and those near it alike.
fn shifts(line: usize, body: &[Row], all: &[Offsets], columns: usize) -> SmallVec<[isize; 8]> {
    let from = (line.saturating_sub(AROUND)..=line).rev().take_while(|at| *at == line || !body[at + 1].cut).last();
    let to = (line + 1..body.len().min(line + AROUND + 1)).take_while(|at| !body[*at].cut).last();
    // how far the pieces of each column but the first stand from its place
    let none = |_| SmallVec::new();
    let mut found: SmallVec<[SmallVec<[isize; AROUND * 2 + 1]>; 8]> = (0..columns).map(none).collect();
    for (column, far) in all[from.unwrap_or(line)..=to.unwrap_or(line)].iter().flatten() {
        found[*column].push(*far);
    }
    let median = |all: &mut [isize]| {
        all.sort_unstable();
        all.get(all.len() / 2).copied()
    };
    let usual = LazyCell::new(|| {
        let mut all: SmallVec<[isize; 64]> = found.iter().flatten().copied().collect();
        median(&mut all).unwrap_or(0)
    });
    let own = |all: &SmallVec<[isize; AROUND * 2 + 1]>| median(&mut all.clone()).unwrap_or_else(|| *usual);
    std::iter::once(0).chain(found[1..].iter().map(own)).collect()
}

/// Gives every piece of a line to the column whose place is nearest.
fn put(cuts: &Cuttings, ways: &[Vec<u32>], starts: &[usize], shifts: &[isize]) -> Option<Place> {
    let start = |column: usize| starts[column].saturating_add_signed(shifts[column]);
    // what each way costs, and which it is: the best one, and the next
    let mut best: [Option<(usize, usize, u32)>; 2] = [None; 2];
    for (cut, pieces) in cuts.iter().enumerate() {
        let name = if pieces.first().is_some_and(|first| first.size.like_name) { 0 } else { NO_NAME };
        for set in ways.get(pieces.len())?.iter().copied() {
            let (mut far, mut over) = (if set & 1 == 0 { 0 } else { name }, 0);
            for (column, Measured { part, size }) in bits(set).zip(pieces) {
                far += part.column.abs_diff(start(column));
                // figures are half as wide
                let end = part.column + size.width.div_ceil(2);
                over += usize::from(column + 1 < starts.len() && end > start(column + 1) + OVER);
            }
            let way = Some((far + over * 3 * NEAR + cut.min(1) * NEAR, cut, set));
            if best[0].is_none() || way < best[0] {
                best = [way, best[0]];
            } else if best[1].is_none() || way < best[1] {
                best[1] = way;
            }
        }
    }
    let (cost, cut, set) = best[0]?;
    Some(Place { cut, set, sure: best[1].is_none_or(|second| second.0 >= cost + NEAR) })
}

impl<'l, 's> Block<'l, 's> {
    /// Gives every piece to the column whose place is nearest.
    pub fn of(body: &[Row<'l, 's>], starts: &[Starts], columns: usize) -> Option<Self> {
        let mut starts = starts.to_vec();
        places(body, &mut starts);
        if starts.iter().any(|starts| starts.len() != columns) {
            return None;
        }
        let measured = |(parts, _): (Vec<Part<'l, 's>>, u32)| parts.into_iter().map(Measured::of).collect();
        let cuts = body.iter().map(|row| across(row, columns - 1).into_iter().map(measured).collect());
        let cuts: Vec<Cuttings> = cuts.collect();
        // for each number of pieces
        let ways: Vec<Vec<u32>> = (0..=columns).map(|pieces| ways(pieces, columns)).collect();
        let put = |at: usize, shifts: &[isize]| put(&cuts[at], &ways, &starts[at], shifts);
        let none = vec![0; columns];
        let first: Vec<Place> = (0..body.len()).map(|at| put(at, &none)).collect::<Option<_>>()?;
        let offsets: Vec<Offsets> = (0..body.len()).map(|at| offsets(&first[at], &cuts[at], &starts[at])).collect();
        let mut cells: Vec<Vec<Piece>> = (0..columns).map(|_| Vec::new()).collect();
        let mut doubts = Vec::new();
        for line in 0..body.len() {
            let shifts = shifts(line, body, &offsets, columns);
            let Place { set, cut, sure } = if *shifts == *none { first[line] } else { put(line, &shifts)? };
            if !sure {
                doubts.push(line);
            }
            for (column, words) in bits(set).zip(&cuts[line][cut]) {
                cells[column].push(Piece { words: *words, line });
            }
        }
        let widest = |pieces: &Vec<Piece>| pieces.iter().map(|piece| piece.words.size.sure).max().unwrap_or(0);
        let widths = cells.iter().map(widest).collect();
        let cuts = (1..body.len()).filter(|at| body[*at].cut).collect();
        Some(Block { columns, cells, widths, cuts, doubts, held: None, free: 0 })
    }

    /// The pieces of a column on some lines.
    pub fn within(&self, column: usize, lines: &Range<usize>) -> &[Piece<'l, 's>] {
        let pieces = &self.cells[column];
        let from = pieces.partition_point(|piece| piece.line < lines.start);
        let to = pieces.partition_point(|piece| piece.line < lines.end);
        &pieces[from..to]
    }

    /// The rows that fit best, and whether each is sure.
    pub fn rows(&self, count: usize) -> Option<Vec<(Range<usize>, bool)>> {
        let ends: Vec<usize> = (1..=count).filter(|at| *at == count || self.may_end(*at)).collect();
        let mut begins = vec![0];
        begins.extend(&ends);
        // the rows that end at each place, and what they cost
        let mut rows: Vec<(Range<usize>, u32)> = Vec::new();
        for end in &ends {
            for start in begins.iter().filter(|start| *start < end && end - **start <= TALLEST) {
                rows.push((*start..*end, self.cost(&(*start..*end))));
            }
        }
        const FAR: u32 = u32::MAX / 4;
        let (mut above, mut below) = (vec![FAR; count + 1], vec![FAR; count + 1]);
        (above[0], below[count]) = (0, 0);
        for (row, cost) in &rows {
            above[row.end] = above[row.end].min(above[row.start] + cost);
        }
        let mut backwards: Vec<&(Range<usize>, u32)> = rows.iter().collect();
        backwards.sort_by_key(|(row, _)| std::cmp::Reverse(row.start));
        for (row, cost) in backwards {
            below[row.start] = below[row.start].min(below[row.end] + cost);
        }
        let best = above[count];
        let through = |(row, cost): &(Range<usize>, u32)| above[row.start] + cost + below[row.end];
        let mut at = 0;
        let mut out = Vec::new();
        while at < count {
            let (row, cost) = rows.iter().find(|row| row.0.start == at && through(row) == best)?;
            let is_other = |other: &&(Range<usize>, u32)| {
                other.0 != *row && other.0.start < row.end && row.start < other.0.end && through(other) < best + MARGIN
            };
            let is_told = !self.doubts.iter().any(|line| row.contains(line));
            out.push((row.clone(), *cost <= SURE && is_told && !rows.iter().any(|other| is_other(&other))));
            at = row.end;
        }
        let is_centred = out.iter().any(|(row, _)| self.is_centred(row));
        (is_centred && out.iter().any(|(_, sure)| *sure)).then_some(out)
    }

    /// Whether a sentence ends before a line in every column.
    fn may_end(&self, line: usize) -> bool {
        let is_held = || self.held.as_ref().is_none_or(|held| held.may_end(line));
        (1..self.columns - self.free).all(|column| {
            let before = self.cells[column].partition_point(|piece| piece.line < line);
            before > 0 && self.cells[column][before - 1].words.size.ended
        }) && is_held()
    }

    /// The pieces of the tallest cell of a row.
    fn tallest(&self, row: &Range<usize>) -> &[Piece<'l, 's>] {
        let cells = (0..self.columns).map(|column| self.within(column, row));
        cells.max_by_key(|pieces| pieces.len()).unwrap_or_default()
    }

    /// How many lines of the tallest cell stand above a cell, and below it.
    fn around(tallest: &[Piece], cell: &[Piece]) -> Option<(usize, usize)> {
        let (first, last) = (cell.first()?.line, cell.last()?.line);
        let above = tallest.iter().filter(|piece| piece.line < first).count();
        Some((above, tallest.iter().filter(|piece| piece.line > last).count()))
    }

    /// Whether a cell of a row has words above it and below it.
    fn is_centred(&self, row: &Range<usize>) -> bool {
        let tallest = self.tallest(row);
        let around = |column: usize| Self::around(tallest, self.within(column, row));
        (0..self.columns).filter_map(around).any(|(above, below)| above > 0 && below > 0)
    }

    /// How badly a row fits.
    fn cost(&self, row: &Range<usize>) -> u32 {
        let tallest = self.tallest(row);
        let is_cut = self.cuts.iter().any(|cut| row.start < *cut && *cut < row.end);
        let cell = |column: usize| self.cell(column, self.within(column, row), tallest, is_cut);
        match &self.held {
            None => (0..self.columns).map(cell).sum(),
            Some(held) => (0..self.columns - 1).map(cell).sum::<u32>() + self.roles(held, row, is_cut).0,
        }
    }

    /// Whether a line of a column had room for what stands below it.
    pub fn has_room(&self, column: usize, line: &Piece, next: &Piece) -> bool {
        !line.words.size.must_break(&next.words.size, self.widths[column])
    }

    fn cell(&self, column: usize, cell: &[Piece], tallest: &[Piece], is_cut: bool) -> u32 {
        let is_free = column + self.free >= self.columns;
        let Some((above, below)) = Self::around(tallest, cell) else { return if is_free { 0 } else { MISSING } };
        // a page puts the rest of a cell at its top
        let aslant = match above.abs_diff(below) {
            _ if is_cut => 0,
            0 => 0,
            1 => 1,
            more => 2 * more as u32,
        };
        let ended = |piece: &Piece| piece.words.size.ended;
        let is_unended = column > 0 && !is_free && !cell.last().is_some_and(ended);
        let odd = cell.windows(2).filter(|pair| {
            let between = tallest.iter().filter(|t| pair[0].line < t.line && t.line < pair[1].line).count();
            let is_parted = self.cuts.iter().any(|cut| pair[0].line < *cut && *cut <= pair[1].line);
            let is_short = (column == 0 || ended(&pair[0])) && self.has_room(column, &pair[0], &pair[1]);
            !is_parted && between > 1 || is_short
        });
        aslant + if is_unended { MISSING } else { 0 } + odd.count() as u32 * ODD
    }
}
