//! The words of a column of 分野 among the lines of cells that are all centred, where one blank parts the columns.
//!
//! ```text
//! 医師を出し、
//! 夜間の当番を
//! 医療 夜間診療 場所を貸し、
//! 続ける。
//! 費用を出す。
//! ```
//!
//! A 分野 stands in the middle of all its rows, so its words may begin any line of them, or stand between two. Which they are
//! shows where the rest of the lines fits a row; see [`super::halves`].

use super::Row;
use super::fit::{self, Block, Shape, Ways};
use super::halves::{self, Behind};
use super::header::Header;
use super::merged::{self, Beside, Lines};
use crate::lines::Line;
use crate::parse::part::{Measured, Part, is_ended};
use crate::parse::{Context, stacked};
use smallvec::SmallVec;
use std::ops::Range;

/// Of a row with more lines that may begin with words of a 分野, none does.
const MOST: usize = 16;
/// What it costs that words are those of a 分野.
const TAKEN: u32 = 1;
/// So many lines of a 分野 at most stand beside a row.
const TALLEST: usize = 3;
/// So many lines at most from one of them to the next.
const STEP: usize = 3;
/// What a border takes of the height of a row is not known.
const SLACK: usize = 3;

/// The rows of a table whose header begins with 分野 and 取組; `None` where its cells are not centred.
pub fn read<'l, 's>(
    lines: &'l [Line<'s>],
    header: &Header,
    body: &[Row<'l, 's>],
    all: &[Line],
    cx: &mut Context,
) -> Option<Vec<stacked::Row>> {
    let (_, columns) = header.columns.split_first()?;
    let may_be = (3..=halves::WIDEST).contains(&columns.len()) && body.len() <= halves::MOST;
    if !may_be || header.held > 0 || !is_beside(body) {
        return None;
    }
    let mut block = Block::new(body, columns, all, cx);
    let (found, shapes) = fit::read(lines, body, columns, &mut block, (&ways, 3), cx)?;
    let Standing { parts, at, rows, pages } = standing(&block, &shapes);
    let lost: Vec<bool> = found.iter().map(|row| row.unsure).collect();
    let beside = Beside { parts: &parts, at: &at, rows: &rows, lines: Lines::Apart(2), pages: &pages, slack: SLACK };
    Some(merged::give(found, &beside, &lost, cx))
}

/// Whether a sentence that goes on below has words behind it on its line: cell after cell, only what is whole does.
fn is_beside(body: &[Row]) -> bool {
    body.iter().any(|row| {
        let mut parts = row.pieces.iter().rev().filter(|piece| piece.1).map(|piece| piece.0).skip(1);
        parts.any(|part| !part.is_like_name() && !is_ended(part.text))
    })
}

/// The cells of a row on some lines, in all ways, each behind the words of a 分野 that may stand there.
fn ways(block: &Block, lines: &Range<usize>) -> Ways {
    let may_be = |words: &Measured| words.size.like_name && !block.is_wide(words);
    let is_narrow = |line: usize| block.lines[line].first().is_some_and(|(words, _)| may_be(words));
    let mut taken: Vec<SmallVec<[usize; TALLEST]>> = vec![SmallVec::new()];
    let is_few = lines.clone().filter(|line| is_narrow(*line)).nth(MOST).is_none();
    for first in lines.clone().filter(|line| is_few && is_narrow(*line)) {
        taken.push(SmallVec::from_slice(&[first]));
        for (step, count) in (1..=STEP).flat_map(|step| (2..=TALLEST).map(move |count| (step, count))) {
            let run: SmallVec<[usize; TALLEST]> = (0..count).map(|nth| first + nth * step).collect();
            taken.extend(Some(run).filter(|run| run.iter().all(|line| lines.contains(line) && is_narrow(*line))));
        }
    }
    let mut out = Ways::new();
    for taken in taken {
        let before = |line: usize| (line, usize::from(taken.contains(&line)));
        let is_left = |(line, before): &Behind| block.lines[*line].len() > *before;
        let behind: SmallVec<[Behind; 16]> = lines.clone().map(before).filter(is_left).collect();
        out.extend(halves::ways_of(block, &behind).map(|mut cells| {
            cells.push(taken.iter().map(|line| (*line, 0)).collect());
            (cells, TAKEN * taken.len() as u32)
        }));
    }
    out
}

/// Where the rows and the words of the 分野 stand, in half lines from the top.
struct Standing<'l, 's> {
    parts: Vec<Part<'l, 's>>,
    at: Vec<usize>,
    rows: Vec<Range<usize>>,
    /// Behind lines that fit no row, all is as behind a page.
    pages: Vec<usize>,
}

fn standing<'l, 's>(block: &Block<'l, 's>, shapes: &[Shape]) -> Standing<'l, 's> {
    let mut out = Standing { parts: Vec::new(), at: Vec::new(), rows: Vec::new(), pages: Vec::new() };
    let (mut top, mut read) = (0, 0);
    for shape in shapes {
        if shape.lines.start > read {
            top += shape.lines.start - read;
            out.pages.push(top);
        }
        read = shape.lines.end;
        let (cells, words) = shape.cells.split_at(block.columns);
        let tallest = cells.iter().map(SmallVec::len).max().unwrap_or(0);
        let is_left = |line: &usize| cells.iter().flatten().any(|piece| piece.0 == *line);
        let own: Vec<usize> = shape.lines.clone().filter(is_left).collect();
        let places = halves::places(tallest, own.len().saturating_sub(tallest));
        let places: Vec<usize> = places.map(|place| top.saturating_add_signed(place + tallest as isize)).collect();
        for (line, piece) in words.iter().flatten() {
            let next = own.partition_point(|own| own < line);
            let place = places.get(next).copied().unwrap_or(top + 2 * tallest);
            // one of its own stands between two
            let above = next.checked_sub(1).map_or(top, |last| places[last]);
            out.at.push(if own.get(next) == Some(line) { place } else { (above + place) / 2 });
            out.parts.push(block.lines[*line][*piece].0.part);
        }
        out.rows.push(top + 1..top + 2 * tallest);
        top += 2 * tallest;
    }
    out
}
