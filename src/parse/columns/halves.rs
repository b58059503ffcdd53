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
//! line below those of the others, and how many lines each cell has tells which line holds words of which. The rows that
//! fit best are taken; a row that fits badly, or another way as well, is torn, and lines that fit no row are left.

use super::{Found, Row, refuse};
use crate::ast::{Initiative, Symbols};
use crate::lines::Line;
use crate::parse::cells::is_done_by_others;
use crate::parse::label;
use crate::parse::part::{Measured, joined};
use crate::parse::rows::{self, Column};
use crate::parse::scatter::{Ends, Words};
use crate::parse::{Context, torn};
use smallvec::SmallVec;
use std::ops::Range;
use std::rc::Rc;

/// No row has more lines.
const TALLEST: usize = 48;
/// Longer blocks are not tried, nor wider ones.
const MOST: usize = 600;
const WIDEST: usize = 5;
/// A line that fits no row.
const LOST: u32 = 40;
/// A line that ended a sentence before the edge, and yet goes on.
const ODD: u32 = 6;
/// A line that was broken before the edge.
const LOOSE: u32 = 4;
/// `甲と話し合い、…` under 甲の役割
const STRANGE: u32 = 6;
/// Readings that cost less than this more than the best are as good as the best.
const MARGIN: u32 = 5;

/// The words of a line, from left to right.
type Pieces<'l, 's> = SmallVec<[(Measured<'l, 's>, Ends); 4]>;
/// The lines of a cell.
type Cell<'b, 'l, 's> = SmallVec<[&'b (Measured<'l, 's>, Ends); 16]>;
/// How many lines each cell of a row has.
type Heights = SmallVec<[usize; WIDEST]>;

/// A row as it may be.
#[derive(Clone, Debug)]
struct Shape {
    lines: Range<usize>,
    heights: Heights,
    cost: u32,
    /// Whether other heights on these lines are nearly as good.
    doubt: bool,
    /// Those that are just as good.
    others: Vec<Heights>,
}

struct Block<'l, 's> {
    columns: usize,
    lines: Vec<Pieces<'l, 's>>,
    words: Rc<Words>,
    /// Whose roles the columns hold.
    bearers: Vec<Option<Symbols>>,
    /// How wide each column is at least, once rows are known.
    widths: Vec<usize>,
}

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
    if !may_be || body.first().is_none_or(|row| row.pieces.iter().filter(|piece| piece.1).count() >= columns.len()) {
        return None;
    }
    let words = cx.letters.get_or_init(|| Rc::new(Words::of(all))).clone();
    let lines_of = body.iter().map(pieces).collect();
    let bearers = columns.iter().map(|column| match column {
        Column::Role(parties) => Some(parties.clone()),
        _ => None,
    });
    let bearers = bearers.collect();
    let mut block = Block { columns: columns.len(), lines: lines_of, words, bearers, widths: Vec::new() };
    let first = block.shapes();
    block.widths = block.widths_of(&first)?;
    let shapes = block.shapes();
    let read: usize = shapes.iter().map(|(shape, _)| shape.lines.len()).sum();
    let is_centred = shapes.iter().any(|(shape, _)| shape.heights.iter().any(|height| *height != shape.heights[0]));
    // where more is left over, the cells are not centred
    if read * 4 < body.len() * 3 || !is_centred {
        return None;
    }
    let mut from = 0;
    let mut out = Vec::with_capacity(shapes.len());
    for (at, (shape, sure)) in shapes.iter().enumerate() {
        leave(lines, &body[from..shape.lines.start], cx);
        let next = shapes.get(at + 1).map_or(body.len(), |(next, _)| next.lines.start);
        // beside lines that fit no row, where a row ends is in doubt
        let is_whole = from == shape.lines.start && next == shape.lines.end;
        from = shape.lines.end;
        out.push(block.found(shape, *sure && is_whole, body, columns, cx));
    }
    leave(lines, &body[from..], cx);
    Some(out)
}

/// The words of a line between sure blanks.
fn pieces<'l, 's>(row: &Row<'l, 's>) -> Pieces<'l, 's> {
    let mut parts = SmallVec::<[_; 4]>::new();
    for (part, sure) in &row.pieces {
        match parts.last_mut() {
            Some(last) if !sure => *last = joined(last, part),
            _ => parts.push(*part),
        }
    }
    parts.into_iter().map(|part| (Measured::of(part), Ends::of(part.text))).collect()
}

/// Lines that fit no row belong nowhere.
fn leave(lines: &[Line], rows: &[Row], cx: &mut Context) {
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        refuse(&lines[first.whole.at..=last.whole.at], cx);
    }
}

/// How far each line of a row stands from its middle, in half lines, where the tallest cell has so many lines, and the
/// tallest of those that stand between its lines has `between`.
fn places(tallest: usize, between: usize) -> impl Iterator<Item = isize> {
    let (tallest, between) = (tallest as isize, between as isize);
    (1 - tallest..tallest).filter(move |y| (y - tallest) % 2 != 0 || y.abs() < between)
}

/// Whether a cell of so many lines has one at that place.
fn has_line(height: usize, place: isize) -> bool {
    (place - height as isize) % 2 != 0 && place.unsigned_abs() < height
}

impl<'l, 's> Block<'l, 's> {
    /// The rows that fit best, from top to bottom, and whether each is sure.
    fn shapes(&self) -> Vec<(Shape, bool)> {
        let count = self.lines.len();
        let all: Vec<Shape> = (0..count).flat_map(|start| self.beginning(start)).collect();
        // what is left over costs, too
        let (mut above, mut below) = (vec![u32::MAX; count + 1], vec![u32::MAX; count + 1]);
        (above[0], below[count]) = (0, 0);
        let mut begun = all.iter().peekable();
        for at in 0..count {
            above[at + 1] = above[at + 1].min(above[at] + LOST);
            while let Some(shape) = begun.next_if(|shape| shape.lines.start == at) {
                above[shape.lines.end] = above[shape.lines.end].min(above[at] + shape.cost);
            }
        }
        let mut ended = all.iter().rev().peekable();
        for at in (0..count).rev() {
            below[at] = below[at + 1] + LOST;
            while let Some(shape) = ended.next_if(|shape| shape.lines.start == at) {
                below[at] = below[at].min(below[shape.lines.end] + shape.cost);
            }
        }
        let through = |shape: &Shape| above[shape.lines.start] + shape.cost + below[shape.lines.end];
        let best = above[count];
        let mut at = 0;
        let mut out = Vec::new();
        while at < count {
            let here = all.partition_point(|shape| shape.lines.start < at);
            let begins = |shape: &&Shape| shape.lines.start == at && through(shape) == best;
            let Some(shape) = all[here..].iter().take_while(|shape| shape.lines.start == at).find(begins) else {
                at += 1;
                continue;
            };
            let near = all.partition_point(|other| other.lines.start + TALLEST <= at);
            let is_other = |other: &Shape| {
                let overlaps = other.lines.start < shape.lines.end && shape.lines.start < other.lines.end;
                overlaps && other.lines != shape.lines && through(other) < best + MARGIN
            };
            let mut others = all[near..].iter().take_while(|other| other.lines.start < shape.lines.end);
            let sure = !others.any(is_other);
            out.push((shape.clone(), sure));
            at = shape.lines.end;
        }
        out
    }

    /// The rows that may begin with a line; the best heights of each.
    fn beginning(&self, start: usize) -> Vec<Shape> {
        let most = TALLEST.min(self.lines.len() - start);
        let ends = (1..=most).map(|count| start..start + count).filter(|lines| self.may_end(lines.end - 1));
        ends.filter_map(|lines| self.shape(lines)).collect()
    }

    /// Whether all words of a line end a sentence, but for those of a name.
    fn may_end(&self, line: usize) -> bool {
        let pieces = &self.lines[line];
        pieces.iter().enumerate().all(|(at, (words, _))| words.size.ended || at == 0 && words.size.like_name)
            && pieces.iter().any(|(words, _)| words.size.ended)
    }

    /// The best heights of a row on some lines.
    fn shape(&self, lines: Range<usize>) -> Option<Shape> {
        let counts: Vec<usize> = self.lines[lines.clone()].iter().map(SmallVec::len).collect();
        let is_even = counts.iter().eq(counts.iter().rev());
        if !is_even {
            return None;
        }
        let mut ways: Vec<(u32, Heights)> = Vec::new();
        for between in (0..lines.len().div_ceil(2)).filter(|n| *n == 0 || (lines.len() - 2 * n) % 2 == 1) {
            let Some(heights) = heights(&counts, lines.len() - between, between, self.columns) else { continue };
            let orders = orders(heights).into_iter();
            ways.extend(orders.filter_map(|heights| Some((self.cost(&lines, between, &heights)?, heights))));
        }
        ways.sort_unstable();
        let mut ways = ways.into_iter();
        let (cost, heights) = ways.next()?;
        let others: Vec<(u32, Heights)> = ways.take_while(|way| way.0 < cost + MARGIN).collect();
        let doubt = !others.is_empty();
        let others = others.into_iter().filter(|way| way.0 == cost).map(|way| way.1).collect();
        Some(Shape { lines, heights, cost, doubt, others })
    }

    /// The words of each column on the lines of a row.
    fn cells(&self, lines: &Range<usize>, heights: &Heights) -> Vec<Cell<'_, 'l, 's>> {
        let tallest = heights.iter().copied().max().unwrap_or_default();
        let between = lines.len() - tallest;
        let mut cells = vec![SmallVec::new(); self.columns];
        for (line, place) in lines.clone().zip(places(tallest, between)) {
            let columns = (0..self.columns).filter(|column| has_line(heights[*column], place));
            for (column, piece) in columns.zip(&self.lines[line]) {
                cells[column].push(piece);
            }
        }
        cells
    }

    /// How badly a row fits; `None` where it cannot be one.
    fn cost(&self, lines: &Range<usize>, between: usize, heights: &Heights) -> Option<u32> {
        debug_assert_eq!(heights.iter().max().map(|tallest| tallest + between), Some(lines.len()));
        let cells = self.cells(lines, heights);
        let costs = cells.iter().enumerate().map(|(column, cell)| {
            let last = cell.last()?;
            let is_cell = match column {
                0 => cell.iter().all(|(words, _)| words.size.like_name),
                _ => last.0.size.ended,
            };
            is_cell.then(|| self.cell(column, cell))
        });
        costs.sum()
    }

    /// What the breaks between the lines of a cell cost.
    fn cell(&self, column: usize, cell: &[&(Measured, Ends)]) -> u32 {
        let own = || cell.iter().map(|(words, _)| words.size.sure).max();
        let full = self.widths.get(column).copied().or_else(own).unwrap_or_default();
        let between = |pair: &[&(Measured, Ends)]| {
            let ((last, end), (next, begin)) = (pair[0], pair[1]);
            let reads_on = self.words.cost_between(end, begin);
            match (last.size.ended, last.size.must_break(&next.size, full.max(next.size.sure))) {
                (true, true) => reads_on.min(2),
                (true, false) => ODD,
                (false, true) => reads_on,
                (false, false) => LOOSE + reads_on,
            }
        };
        let wide = cell.iter().filter(|(words, _)| words.size.sure > full + 2).count() as u32;
        cell.windows(2).map(between).sum::<u32>() + wide * ODD + self.done_by_others(column, cell)
    }

    /// What it costs that a sentence of a role tells what others do, and one of a content what a party does with another.
    fn done_by_others(&self, column: usize, cell: &[&(Measured, Ends)]) -> u32 {
        let (is_strange, cost): (&dyn Fn(&str) -> bool, u32) = match self.bearers.get(column) {
            Some(Some(bearers)) => (&|words| is_done_by_others(words, bearers), STRANGE),
            _ if column > 0 => (&is_done_with_another, STRANGE / 2),
            _ => return 0,
        };
        let begins = |at: usize| at == 0 || cell[at - 1].0.size.ended;
        let sentences = |at: usize| {
            let text = cell[at].0.part.text;
            text.split('。').skip(usize::from(!begins(at)))
        };
        if (0..cell.len()).flat_map(sentences).any(is_strange) { cost } else { 0 }
    }

    /// How wide the columns are by the rows that are sure, or else by all; `None` where there is none.
    fn widths_of(&self, shapes: &[(Shape, bool)]) -> Option<Vec<usize>> {
        let is_any = shapes.iter().any(|(_, sure)| *sure);
        let mut widths = vec![0; self.columns];
        for (shape, _) in shapes.iter().filter(|(_, sure)| *sure || !is_any) {
            for (width, cell) in widths.iter_mut().zip(self.cells(&shape.lines, &shape.heights)) {
                *width = cell.iter().map(|(words, _)| words.size.sure).fold(*width, usize::max);
            }
        }
        (!shapes.is_empty()).then_some(widths)
    }

    /// A row with its words.
    fn found(
        &self,
        shape: &Shape,
        sure: bool,
        body: &[Row<'l, 's>],
        columns: &[Column],
        cx: &mut Context,
    ) -> Found<'l, 's> {
        let cells = self.cells(&shape.lines, &shape.heights);
        let others: Vec<_> = shape.others.iter().map(|heights| self.cells(&shape.lines, heights)).collect();
        // what every way says alike
        let is_told = |column: usize| {
            let is_same = |other: &Vec<Cell>| {
                let pairs = other[column].iter().zip(&cells[column]);
                other[column].len() == cells[column].len() && pairs.into_iter().all(|(a, b)| std::ptr::eq(*a, *b))
            };
            others.iter().all(is_same)
        };
        let sure = sure && !shape.doubt;
        let mut found = Found {
            initiative: Initiative { torn: !sure, ..Initiative::default() },
            names: cells[0].iter().map(|(words, _)| words.part).collect(),
            start: body[shape.lines.start].whole.at,
            unsure: !sure,
            astray: false,
        };
        for (at, (column, cell)) in columns.iter().zip(&cells).enumerate().skip(1) {
            if !is_told(at) {
                torn::leave(cell.iter().map(|(words, _)| &words.part), cx);
                continue;
            }
            for (words, _) in cell {
                rows::put(&mut found.initiative, column, words.part.line, words.part.text, true, cx);
            }
        }
        found
    }
}

/// `乙と話し合い、…`, not `甲と乙が…`
fn is_done_with_another(text: &str) -> bool {
    let rest = text.strip_prefix(label::is_symbol).and_then(|rest| rest.strip_prefix('と'));
    rest.is_some_and(|rest| !rest.starts_with(label::is_symbol))
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
