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

use super::label::Label;
use super::part::{Part, is_ended};
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
/// A cell that costs more is in doubt.
const SURE: usize = 1;

/// The pieces with every label before the words of its cell, and every name before the first label of its 取組; and the lines of
/// the labels whose cells are in doubt. The pieces as they are where labels do not stand in the middle.
pub fn straighten<'l, 's>(pieces: Vec<Piece<'l, 's>>) -> (Vec<Piece<'l, 's>>, Vec<usize>) {
    if !are_apart(&pieces) {
        return (pieces, Vec::new());
    }
    let (rest, names) = without_names(&pieces);
    let found = [Side::Upper, Side::Lower].into_iter().filter_map(|side| Some((cells(&rest, side)?, side)));
    let Some(((cells, _), side)) = found.min_by_key(|((_, sum), _)| *sum) else { return (pieces, Vec::new()) };
    let is_unsure = |cell: &&Cell| cost(&rest, cell, side) > SURE || strays(&rest, cell);
    let doubt = cells.iter().filter(is_unsure).filter_map(|cell| Some(part(rest.get(cell.label)?).at)).collect();
    (order(rest, &cells, &names), doubt)
}

/// The names apart from the labels and the words.
fn without_names<'l, 's>(pieces: &[Piece<'l, 's>]) -> (Vec<Piece<'l, 's>>, Vec<Part<'l, 's>>) {
    let (mut rest, mut names) = (Vec::with_capacity(pieces.len()), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Name(part) => names.push(*part),
            Piece::Label(name, found, head, words) => {
                names.extend(*name);
                rest.push(Piece::Label(None, found.clone(), *head, *words));
            }
            Piece::Words(words) => rest.push(Piece::Words(*words)),
        }
    }
    (rest, names)
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

/// Whether words stand in a column of their own, right of the labels; where a page begins, one may not.
fn are_apart(pieces: &[Piece]) -> bool {
    let (mut heads, mut columns) = (usize::MAX, Vec::new());
    for piece in pieces {
        match piece {
            Piece::Label(_, _, head, rest) => {
                heads = heads.min(head.column);
                columns.extend(rest.iter().map(|rest| rest.part.column));
            }
            Piece::Words(words) => columns.push(words.part.column),
            Piece::Name(_) => {}
        }
    }
    let strays = columns.iter().filter(|column| **column < heads.saturating_add(APART)).count();
    !columns.is_empty() && strays * 20 <= columns.len()
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

/// The cells, cut where they fit best, and what they cost; `None` where the labels do not stand in their middle.
fn cells(pieces: &[Piece], side: Side) -> Option<(Vec<Cell>, usize)> {
    let labels: Vec<usize> = (0..pieces.len()).filter(|at| matches!(pieces[*at], Piece::Label(..))).collect();
    let (first, last) = (*labels.first()?, *labels.last()?);
    if first > MOST || pieces.len() - last > MOST || labels.windows(2).any(|pair| pair[1] - pair[0] > MOST) {
        return None;
    }
    let top = at_the_top(pieces, &labels);
    if top == 0 {
        return None;
    }
    // what the lines cost up to each place where the cell before may end, and where that cell begins
    let mut before = vec![(0, 0, 0)];
    let mut ways: Vec<Vec<(usize, usize, usize)>> = Vec::new();
    for (nth, label) in labels.iter().enumerate() {
        let ends = match labels.get(nth + 1) {
            Some(next) => label + 1..=*next,
            None => pieces.len()..=pieces.len(),
        };
        let best = |end: usize| {
            let way = |(start, sum, _): &(usize, usize, usize)| {
                (end, sum + cost(pieces, &Cell { lines: *start..end, label: *label }, side), *start)
            };
            before.iter().map(way).min_by_key(|way| way.1)
        };
        let next: Vec<(usize, usize, usize)> = ends.filter_map(best).collect();
        ways.push(std::mem::replace(&mut before, next));
    }
    let (mut end, sum, mut start) = *before.first()?;
    if sum >= top {
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
fn at_the_top(pieces: &[Piece], labels: &[usize]) -> usize {
    let ends = labels.iter().skip(1).copied().chain([pieces.len()]);
    let cell = |(label, end): (&usize, usize)| match &pieces[*label] {
        Piece::Label(_, Label::Name | Label::Field, ..) => end - label - 1,
        Piece::Label(.., None) => 1 + usize::from(!ended(pieces, end)),
        _ => usize::from(!ended(pieces, end)),
    };
    (labels[0] + labels.iter().zip(ends).map(cell).sum::<usize>()) * UNENDED
}

/// Whether a sentence ends directly before a line.
fn ended(pieces: &[Piece], at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| pieces.get(before)) {
        Some(Piece::Words(words) | Piece::Label(.., Some(words))) => is_ended(words.part.text),
        _ => true,
    }
}

/// How badly a cell fits.
fn cost(pieces: &[Piece], cell: &Cell, side: Side) -> usize {
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
    aslant + if ended(pieces, cell.lines.end) { 0 } else { UNENDED }
}

fn line<'l, 's>(pieces: &[Piece<'l, 's>], at: usize) -> Option<&'l Line<'s>> {
    pieces.get(at).map(|piece| part(piece).line)
}

/// Where a piece stands.
fn part<'p, 'l, 's>(piece: &'p Piece<'l, 's>) -> &'p Part<'l, 's> {
    match piece {
        Piece::Label(_, _, part, _) | Piece::Name(part) => part,
        Piece::Words(words) => &words.part,
    }
}

/// The pieces with the lines above each label behind it, and the names that stand beside the cells of a 取組 before them.
fn order<'l, 's>(pieces: Vec<Piece<'l, 's>>, cells: &[Cell], names: &[Part<'l, 's>]) -> Vec<Piece<'l, 's>> {
    let begins = |(nth, cell): &(usize, &Cell)| {
        let says = |cell: &Cell| match &pieces[cell.label] {
            Piece::Label(_, found, ..) => Some(found.clone()),
            _ => None,
        };
        let filled = |before: &Cell| matches!(says(before), Some(Label::Role(_) | Label::Container));
        says(cell) == Some(Label::Content) && nth.checked_sub(1).is_none_or(|before| filled(&cells[before]))
    };
    // the first lines of 取組, and the labels that begin them
    let firsts: Vec<(usize, usize)> = cells
        .iter()
        .enumerate()
        .filter(begins)
        .map(|(_, cell)| (part(&pieces[cell.lines.start.min(cell.label)]).at, part(&pieces[cell.label]).at))
        .collect();
    let mut names = names.iter().copied().peekable();
    let mut firsts = firsts.into_iter().peekable();
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut cells = cells.iter();
    for piece in pieces {
        let Piece::Label(_, found, head, rest) = piece else {
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
        if firsts.next_if(|(_, label)| *label == head.at).is_some() {
            let end = firsts.peek().map_or(usize::MAX, |(first, _)| *first);
            out.extend(std::iter::from_fn(|| names.next_if(|name| name.at < end)).map(Piece::Name));
        }
        out.push(Piece::Label(None, found, head, first));
        out.extend(words);
    }
    out.extend(names.map(Piece::Name));
    out
}
