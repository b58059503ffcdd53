//! Labels in the middle of their cells, as pages set them whose cells are centred from top to bottom.
//!
//! ```text
//!              夜間の当番を続け、
//! 取組内容
//!              表を作る。
//!              医師を
//! 甲の役割       出し、場所を
//!              貸す。
//! ```
//!
//! As many lines of a cell stand above its label as below it, and a sentence ends with the last. The lines between two
//! labels are cut where both fit best; a cell that the page cut, or that fits badly, is in doubt.

use super::cells::lists;
use super::label::Label;
use super::part::{Measured, is_ended};
use super::stacked::Piece;
use crate::lines::Line;
use std::ops::Range;

/// So much further to the right than the labels the words stand, in code points.
const APART: usize = 3;
/// A page stands no more to the left or right of another, in code points.
const SHIFT: usize = 8;
/// More lines than these stand between no two labels.
const MOST: usize = 60;
/// What a cell costs that ends within a sentence.
const UNENDED: usize = 6;
/// What a line costs in a cell that could have held the words of the next one.
const ROOM: usize = 3;
/// A cell that costs more is in doubt.
const SURE: usize = 1;

/// Pieces, and the lines of the labels whose cells are in doubt.
type Straight<'l, 's> = (Vec<Piece<'l, 's>>, Vec<usize>);

/// The pieces with every label before the words of its cell, and the lines of the labels whose cells are in doubt; the
/// pieces as they are where labels do not stand in the middle. `known`: they do in another table of the document.
pub fn straighten<'l, 's>(pieces: Vec<Piece<'l, 's>>, known: &std::cell::Cell<bool>) -> Straight<'l, 's> {
    centred(pieces, known).unwrap_or_else(|pieces| (pieces, Vec::new()))
}

/// The same; gives the pieces back where labels do not stand in the middle.
pub fn centred<'l, 's>(
    pieces: Vec<Piece<'l, 's>>,
    known: &std::cell::Cell<bool>,
) -> Result<Straight<'l, 's>, Vec<Piece<'l, 's>>> {
    if !are_apart(&pieces) {
        return Err(pieces);
    }
    let short = Short::of(&pieces);
    let best = |tie| {
        let found = [Side::Upper, Side::Lower].into_iter().filter_map(|side| {
            // where labels may as well stand at the top, the fewer lines stand above one, the better
            Some((cells(&pieces, &short, side, (tie, tie))?, side))
        });
        found.min_by_key(|((_, sum), _)| *sum)
    };
    let clear = best(false);
    // with labels at the top the lines may fit as well
    let is_tie = clear.is_none();
    let Some(((cells, sum), side)) = clear.or_else(|| known.get().then(|| best(true))?) else { return Err(pieces) };
    known.set(true);
    let others: Vec<Vec<Cell>> = [(Side::Upper, true), (Side::Upper, false), (Side::Lower, true), (Side::Lower, false)]
        .into_iter()
        .filter_map(|(side, few)| self::cells(&pieces, &short, side, (is_tie, few)))
        .filter(|(_, other)| *other <= sum + SURE)
        .map(|(cells, _)| cells)
        .collect();
    let is_unsure = |(nth, cell): &(usize, &Cell)| {
        let is_other = others.iter().any(|other| other.get(*nth).is_some_and(|other| other.lines != cell.lines));
        let is_above = is_tie && cell.lines.start < cell.label;
        is_other || is_above || cost(&pieces, &short, cell, side) > SURE || strays(&pieces, cell)
    };
    let line = |(_, cell): (usize, &Cell)| match &pieces[cell.label] {
        Piece::Label(_, _, head, _) => Some(head.at),
        _ => None,
    };
    let doubt = cells.iter().enumerate().filter(is_unsure).filter_map(line).collect();
    Ok((order(pieces, &cells), doubt))
}

/// On which of the two lines in the middle of a cell of an even number of lines the labels stand; all on the same.
#[derive(Clone, Copy, Debug)]
enum Side {
    Upper,
    Lower,
}

/// The lines of a cell, and which of them holds its label.
#[derive(Clone, Debug)]
struct Cell {
    lines: Range<usize>,
    label: usize,
}

/// Whether words stand in a column of their own, right of the labels of their page; where a page begins, one may not.
fn are_apart(pieces: &[Piece]) -> bool {
    let begins_page = |piece: &Piece| match piece {
        Piece::Label(_, _, part, _) | Piece::Name(part) => part.line.page,
        Piece::Words(words) => words.part.line.page,
    };
    let (mut heads, mut columns, mut all, mut strays) = (0, Vec::with_capacity(pieces.len()), 0, 0);
    let mut close = |heads: usize, columns: &mut Vec<usize>| {
        all += columns.len();
        strays += columns.drain(..).filter(|column| *column < heads + APART).count();
    };
    for piece in pieces {
        if begins_page(piece) {
            close(std::mem::take(&mut heads), &mut columns);
        }
        match piece {
            Piece::Label(None, _, head, rest) => {
                heads = heads.max(head.column);
                columns.extend(rest.iter().map(|rest| rest.part.column));
            }
            Piece::Words(words) => columns.push(words.part.column),
            Piece::Label(Some(_), ..) | Piece::Name(_) => return false,
        }
    }
    close(heads, &mut columns);
    all > 0 && strays * 20 <= all
}

/// Whether a line of a cell, or the first behind it, stands apart from those around it: its words may be of another place.
fn strays(pieces: &[Piece], cell: &Cell) -> bool {
    let column = |at: usize| match pieces.get(at)? {
        Piece::Label(.., Some(words)) | Piece::Words(words) => Some(words.part.column),
        _ => None,
    };
    let mut columns = (cell.lines.start..=cell.lines.end).filter_map(column);
    let first = columns.next();
    columns.any(|column| first.is_some_and(|first| column.abs_diff(first) > SHIFT))
}

/// The lines that hold labels.
fn labels(pieces: &[Piece]) -> Vec<usize> {
    (0..pieces.len()).filter(|at| matches!(pieces[*at], Piece::Label(..))).collect()
}

/// The cells, cut where they fit best, and what they cost; `None` where the labels do not stand in their middle, which they
/// do where nothing else fits better. `tie`: nor as well; `few`: of cuts that fit alike, the one that leaves the fewest lines
/// above a label.
fn cells(pieces: &[Piece], short: &Short, side: Side, (tie, few): (bool, bool)) -> Option<(Vec<Cell>, usize)> {
    let labels = labels(pieces);
    let (first, last) = (*labels.first()?, *labels.last()?);
    if first > MOST || pieces.len() - last > MOST || labels.windows(2).any(|pair| pair[1] - pair[0] > MOST) {
        return None;
    }
    // what the lines cost up to each place where the cell before may end, and where that cell begins
    let mut before = vec![(0, 0, 0)];
    let mut ways: Vec<Vec<(usize, usize, usize)>> = Vec::new();
    let most = at_the_top(pieces, &labels, short) + usize::from(tie);
    for (nth, label) in labels.iter().enumerate() {
        if before.iter().all(|way| way.1 >= most) {
            return None;
        }
        let ends = match labels.get(nth + 1) {
            Some(next) => label + 1..=*next,
            None => pieces.len()..=pieces.len(),
        };
        let best = |end: usize| {
            let way = |(start, sum, _): &(usize, usize, usize)| {
                (end, sum + cost(pieces, short, &Cell { lines: *start..end, label: *label }, side), *start)
            };
            match few {
                true => before.iter().rev().map(way).min_by_key(|way| way.1),
                false => before.iter().map(way).min_by_key(|way| way.1),
            }
        };
        let next: Vec<(usize, usize, usize)> = ends.filter_map(best).collect();
        ways.push(std::mem::replace(&mut before, next));
    }
    let (mut end, sum, mut start) = *before.first()?;
    if sum >= most {
        return None;
    }
    let mut out = Vec::with_capacity(labels.len());
    for (nth, label) in labels.iter().enumerate().rev() {
        out.push(Cell { lines: start..end, label: *label });
        (end, _, start) = *ways[nth].iter().find(|way| way.0 == start)?;
    }
    out.reverse();
    Some((out, sum))
}

/// What the cells cost when each begins with its label.
fn at_the_top(pieces: &[Piece], labels: &[usize], short: &Short) -> usize {
    let ends = labels.iter().skip(1).copied().chain([pieces.len()]);
    // `(1) 周知を行う。⏎甲の役割 (2) 会場を貸す。`
    let within = labels.iter().filter(|label| short.rest[**label]).count();
    let cell = |(label, end): (&usize, usize)| match &pieces[*label] {
        Piece::Label(_, Label::Name | Label::Field, ..) => end - label - 1,
        Piece::Label(.., None) => 1 + usize::from(!ended(pieces, end)),
        _ => usize::from(!ended(pieces, end)),
    };
    (labels[0] + within + labels.iter().zip(ends).map(cell).sum::<usize>()) * UNENDED
}

/// Whether a sentence ends directly before a line.
fn ended(pieces: &[Piece], at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| pieces.get(before)) {
        Some(Piece::Words(words) | Piece::Label(.., Some(words))) => is_ended(words.part.text),
        _ => true,
    }
}

/// How badly a cell fits.
fn cost(pieces: &[Piece], short: &Short, cell: &Cell, side: Side) -> usize {
    let (above, below) = (cell.label - cell.lines.start, cell.lines.end - cell.label - 1);
    if matches!(pieces[cell.label], Piece::Label(_, Label::Name | Label::Field, ..)) {
        // a name is no sentence, and seldom wrapped
        return (above + below) * UNENDED;
    }
    // a label alone on its line has as many lines above it as below
    let is_bare = matches!(pieces[cell.label], Piece::Label(.., None));
    let aslant = |above: usize, below: usize| match (side, above.abs_diff(below)) {
        (_, 0) => 0,
        (Side::Upper, 1) if above < below && !is_bare => 0,
        (Side::Lower, 1) if above > below && !is_bare => 0,
        (_, more) => 1 + more,
    };
    // of a cell that the page cuts, the label stands in the middle of one part
    let begins_page = |at: &usize| line(pieces, *at).is_some_and(|line| line.page);
    let from = (cell.lines.start + 1..=cell.label).rev().find(begins_page).unwrap_or(cell.lines.start);
    let to = (cell.label + 1..cell.lines.end).find(begins_page).unwrap_or(cell.lines.end);
    let part = aslant(cell.label - from, to - cell.label - 1);
    let whole = aslant(above, below);
    let aslant = if to - from < cell.lines.len() { whole.min(part + SURE + 1) } else { whole };
    aslant + short.cost(cell.lines.clone()) + if ended(pieces, cell.lines.end) { 0 } else { UNENDED }
}

/// Lines that could have held the words of the next line: in a cell of sentences only the last one is not full.
struct Short {
    /// How many lines before each do so.
    before: Vec<usize>,
    /// The last line with words before each; none of them is 0.
    last: Vec<usize>,
    /// Whether the first words from each line on are an entry of a list that began before.
    rest: Vec<bool>,
}

impl Short {
    fn of(pieces: &[Piece]) -> Self {
        let words = |at: usize| match &pieces[at] {
            Piece::Label(.., Some(words)) | Piece::Words(words) => Some(words),
            _ => None,
        };
        let plain = |words: &&Measured| !words.size.blank;
        let full = (0..pieces.len()).filter_map(words).filter(plain).map(|words| words.size.sure).max().unwrap_or(0);
        let (mut before, mut last) = (vec![0; pieces.len() + 1], vec![0; pieces.len() + 1]);
        let mut open: Option<(usize, &Measured)> = None;
        let mut rest = vec![false; pieces.len() + 1];
        for at in (0..pieces.len()).rev() {
            rest[at] =
                words(at).map_or(rest[at + 1], |words| lists::entry(words.part.text).is_some_and(|number| number > 1));
        }
        for at in 0..pieces.len() {
            before[at + 1] = before[at];
            last[at + 1] = last[at];
            let Some(next) = words(at) else { continue };
            if let Some((line, words)) = open
                && lists::entry(next.part.text)
                    .map_or(!words.size.must_break(&next.size, full.saturating_sub(1)), |number| number == 1)
            {
                (line + 1..=at + 1).for_each(|line| before[line] += 1);
            }
            last[at + 1] = at;
            open = Some((at, next));
        }
        Self { before, last, rest }
    }

    /// What the lines of a cell cost that could have held more.
    fn cost(&self, lines: Range<usize>) -> usize {
        let last = self.last[lines.end].max(lines.start);
        let rest = if self.rest[lines.start] { UNENDED } else { 0 };
        rest + self.before[last].saturating_sub(self.before[lines.start]) * ROOM
    }
}

fn line<'l, 's>(pieces: &[Piece<'l, 's>], at: usize) -> Option<&'l Line<'s>> {
    match pieces.get(at)? {
        Piece::Label(_, _, part, _) | Piece::Name(part) => Some(part.line),
        Piece::Words(words) => Some(words.part.line),
    }
}

/// The pieces with the lines above each label behind it.
fn order<'l, 's>(pieces: Vec<Piece<'l, 's>>, cells: &[Cell]) -> Vec<Piece<'l, 's>> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut cells = cells.iter();
    for piece in pieces {
        let Piece::Label(name, found, head, rest) = piece else {
            out.push(piece);
            continue;
        };
        let above = cells.next().map_or(0, |cell| cell.label - cell.lines.start);
        let mut words = out.split_off(out.len().saturating_sub(above));
        words.extend(rest.map(Piece::Words));
        let mut words = words.into_iter();
        let first = words.next().and_then(|piece| match piece {
            Piece::Words(words) => Some(words),
            _ => None,
        });
        out.push(Piece::Label(name, found, head, first));
        out.extend(words);
    }
    out
}
