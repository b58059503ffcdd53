//! The rows that fit the lines of a block best, where no place tells whose words a piece of a line is.
//!
//! Who knows the form of a row ([`super::halves`], [`super::nested`]) says which cells lines may hold; what the breaks within
//! those cells cost tells which of them to take. A row that fits badly, or another way as well, is torn, and lines that fit
//! no row are left.

use super::{Found, Row, held, refuse};
use crate::ast::{Initiative, Symbols};
use crate::lines::Line;
use crate::parse::cells::is_done_by_others;
use crate::parse::label;
use crate::parse::part::{Measured, Part, joined};
use crate::parse::rows::{self, Column};
use crate::parse::scatter::{Ends, Words};
use crate::parse::{Context, torn};
use smallvec::SmallVec;
use std::ops::Range;
use std::rc::Rc;

/// No row has more lines.
pub const TALLEST: usize = 48;
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
/// The pieces of each cell of a row: the line, and which of its pieces.
pub type Cells = Vec<SmallVec<[(usize, usize); 12]>>;
/// Which cells lines may hold, and what is strange in each way.
pub type Ways = Vec<(Cells, u32)>;

/// What says which cells some lines may hold.
type Forms<'f, 'l, 's> = dyn Fn(&Block<'l, 's>, &Range<usize>) -> Ways + 'f;

/// A row as it may be.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its lines.
    pub lines: Range<usize>,
    /// Its cells; behind those of the columns may stand another, whose words are none of the row's.
    pub cells: Cells,
    cost: u32,
    /// Other cells on these lines that are nearly as good, and what they cost.
    others: Vec<(u32, Cells)>,
}

/// `甲` alone before its role.
pub struct Mark<'l, 's> {
    /// The line it stands on.
    pub line: usize,
    /// Which of the pieces it is.
    pub piece: usize,
    /// The column of the role.
    pub column: usize,
    /// The words.
    pub part: Part<'l, 's>,
}

/// The lines of a table.
pub struct Block<'l, 's> {
    /// How many columns it has.
    pub columns: usize,
    /// The words of each line.
    pub lines: Vec<Pieces<'l, 's>>,
    /// What marks whose role it is, from top to bottom.
    pub marks: Vec<Mark<'l, 's>>,
    words: Rc<Words>,
    /// Whose roles the columns hold.
    bearers: Vec<Option<Symbols>>,
    /// How wide each column is at least, and what stands beside them, once rows are known.
    widths: Vec<usize>,
}

/// The rows of a block, where `ways` says which cells some lines may hold; `None` where its cells are not centred: so many
/// quarters of its lines at least fit rows.
pub fn read<'l, 's>(
    lines: &'l [Line<'s>],
    body: &[Row<'l, 's>],
    columns: &[Column],
    block: &mut Block<'l, 's>,
    (ways, quarters): (&Forms<'_, 'l, 's>, usize),
    cx: &mut Context,
) -> Option<(Vec<Found<'l, 's>>, Vec<Shape>)> {
    let first = block.shapes(ways);
    block.widths = block.widths_of(&first)?;
    let shapes = block.shapes(ways);
    let read: usize = shapes.iter().map(|(shape, _)| shape.lines.len()).sum();
    let is_below = |shape: &Shape| {
        let first = |cell: &[(usize, usize)]| cell.first().map(|piece| piece.0);
        shape.cells[1..block.columns].iter().any(|cell| first(cell) != first(&shape.cells[0]))
    };
    if read * 4 < body.len() * quarters || !shapes.iter().any(|(shape, _)| is_below(shape)) {
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
    Some((out, shapes.into_iter().map(|(shape, _)| shape).collect()))
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

/// Lines that fit no row belong nowhere; a header that a page says again stands among them.
fn leave(lines: &[Line], rows: &[Row], cx: &mut Context) {
    for run in rows.chunk_by(|above, below| below.whole.at <= above.whole.at + 1) {
        if let (Some(first), Some(last)) = (run.first(), run.last()) {
            refuse(&lines[first.whole.at..=last.whole.at], cx);
        }
    }
}

impl<'l, 's> Block<'l, 's> {
    /// Of the lines of a body; `all` are those of the document.
    pub fn new(body: &[Row<'l, 's>], columns: &[Column], all: &[Line], cx: &Context) -> Self {
        let words = cx.letters.get_or_init(|| Rc::new(Words::of(all))).clone();
        let bearers = columns.iter().map(|column| match column {
            Column::Role(parties) => Some(parties.clone()),
            _ => None,
        });
        Block {
            columns: columns.len(),
            lines: body.iter().map(pieces).collect(),
            marks: Vec::new(),
            words,
            bearers: bearers.collect(),
            widths: Vec::new(),
        }
    }

    /// Whether words are as wide as a line of a cell, once rows are known.
    pub fn is_wide(&self, words: &Measured) -> bool {
        self.widths.get(1..self.columns).is_some_and(|widths| words.size.sure >= narrowest(widths))
    }

    /// The marks on some lines.
    pub fn marks_on(&self, lines: &Range<usize>) -> &[Mark<'l, 's>] {
        let from = self.marks.partition_point(|mark| mark.line < lines.start);
        let to = self.marks.partition_point(|mark| mark.line < lines.end);
        &self.marks[from..to]
    }

    /// The rows that fit best, from top to bottom, and whether each is sure.
    fn shapes(&self, ways: &Forms<'_, 'l, 's>) -> Vec<(Shape, bool)> {
        let count = self.lines.len();
        let all: Vec<Shape> = (0..count).flat_map(|start| self.beginning(start, ways)).collect();
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

    /// The rows that may begin with a line; the best cells of each.
    fn beginning(&self, start: usize, ways: &Forms<'_, 'l, 's>) -> Vec<Shape> {
        let most = TALLEST.min(self.lines.len() - start);
        let ends = (1..=most).map(|count| start..start + count).filter(|lines| self.may_end(lines.end - 1));
        ends.filter_map(|lines| self.shape(ways(self, &lines), lines)).collect()
    }

    /// Whether all words of a line end a sentence, but for those of a name and marks.
    fn may_end(&self, line: usize) -> bool {
        let pieces = &self.lines[line];
        let marks = self.marks_on(&(line..line + 1));
        let is_mark = |at: usize| marks.iter().any(|mark| mark.piece == at);
        let may_end = |(at, (words, _)): (usize, &(Measured, Ends))| {
            words.size.ended || at == 0 && words.size.like_name || is_mark(at)
        };
        pieces.iter().enumerate().all(may_end) && pieces.iter().any(|(words, _)| words.size.ended)
    }

    /// The best way to part some lines into cells.
    fn shape(&self, ways: Ways, lines: Range<usize>) -> Option<Shape> {
        let mut ways: Vec<(u32, Cells)> =
            ways.into_iter().filter_map(|(cells, strange)| Some((self.cost(&cells)? + strange, cells))).collect();
        ways.sort_unstable();
        ways.dedup();
        let mut ways = ways.into_iter();
        let (cost, cells) = ways.next()?;
        let others = ways.take_while(|way| way.0 < cost + MARGIN).collect();
        Some(Shape { lines, cells, cost, others })
    }

    /// The words of a cell.
    fn words(&self, cell: &[(usize, usize)]) -> Cell<'_, 'l, 's> {
        cell.iter().map(|(line, piece)| &self.lines[*line][*piece]).collect()
    }

    /// How badly a row fits; `None` where it cannot be one.
    fn cost(&self, cells: &Cells) -> Option<u32> {
        let costs = cells[..self.columns].iter().enumerate().map(|(column, cell)| {
            let cell = self.words(cell);
            let last = cell.last()?;
            let is_cell = match column {
                0 => cell.iter().all(|(words, _)| words.size.like_name),
                _ => last.0.size.ended,
            };
            is_cell.then(|| self.cell(column, &cell))
        });
        let beside = cells[self.columns..].iter().map(|cell| Some(self.cell(self.columns, &self.words(cell))));
        costs.chain(beside).sum()
    }

    /// What the breaks between the lines of a cell cost.
    fn cell(&self, column: usize, cell: &[&(Measured, Ends)]) -> u32 {
        let own = || cell.iter().map(|(words, _)| words.size.sure).max();
        let full = self.widths.get(column).copied().filter(|width| *width > 0).or_else(own).unwrap_or_default();
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
            Some(None) if column > 0 => (&is_done_with_another, STRANGE / 2),
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
        let mut widths = vec![0; self.columns + 1];
        for column in 0..widths.len() {
            // as wide as a line of a cell is no word beside the rows
            let most = if column < self.columns { usize::MAX } else { narrowest(&widths[1..column]) };
            let width = &mut widths[column];
            let mut widest = |is_told: &dyn Fn(&Shape) -> bool| {
                let told = shapes.iter().filter(|(shape, sure)| (*sure || !is_any) && is_told(shape));
                for cell in told.filter_map(|(shape, _)| shape.cells.get(column)) {
                    let sizes = self.words(cell).into_iter().map(|(words, _)| words.size.sure);
                    *width = sizes.filter(|size| *size < most).fold(*width, usize::max);
                }
                *width > 0
            };
            let is_alike =
                |shape: &Shape| shape.others.iter().all(|(_, other)| other.get(column) == shape.cells.get(column));
            let _ = widest(&is_alike) || widest(&|_| true);
        }
        // roles below each other stand in one column
        if let Some(first) = self.marks.iter().map(|mark| mark.column).min() {
            let roles = &mut widths[first..self.columns];
            let width = roles.iter().max().copied().unwrap_or_default();
            roles.fill(width);
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
        let parts = |column: usize| self.words(&shape.cells[column]).into_iter().map(|(words, _)| words.part);
        let sure = sure && shape.others.is_empty();
        let mut found = Found {
            initiative: Initiative { torn: !sure, ..Initiative::default() },
            names: parts(0).collect(),
            start: body[shape.lines.start].whole.at,
            unsure: !sure,
            astray: false,
        };
        for (at, column) in columns.iter().enumerate().skip(1) {
            let mark = self.marks_on(&shape.lines).iter().find(|mark| mark.column == at).map(|mark| mark.part);
            // what all that are as good say alike is told
            if shape.others.iter().any(|(cost, other)| *cost == shape.cost && other[at] != shape.cells[at]) {
                let words: Vec<Part> = mark.into_iter().chain(parts(at)).collect();
                torn::leave(words.iter(), cx);
                continue;
            }
            if let (Some(mark), Column::Role(parties)) = (mark, column) {
                held::open(&mut found.initiative, parties, Some(&mark), cx);
            }
            for part in parts(at) {
                rows::put(&mut found.initiative, column, part.line, part.text, true, cx);
            }
        }
        found
    }
}

/// How wide the lines of the narrowest column are at least that was broken.
fn narrowest(widths: &[usize]) -> usize {
    widths.iter().copied().filter(|width| *width > 0).min().unwrap_or(usize::MAX).saturating_sub(2)
}

/// `乙と話し合い、…`, not `甲と乙が…`
fn is_done_with_another(text: &str) -> bool {
    let rest = text.strip_prefix(label::is_symbol).and_then(|rest| rest.strip_prefix('と'));
    rest.is_some_and(|rest| !rest.starts_with(label::is_symbol))
}
