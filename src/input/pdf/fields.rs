//! Names of 分野 that stand for several rows of a table without lines: which rows each covers.

use super::bands::APART;
use super::lines::Line;
use super::middles::{self, Extent};
use std::ops::Range;

/// A line at the top of a row stands at most this far from it, in em.
const NEAR: f64 = 0.25;
/// More rows than a page has.
const MOST: usize = 60;

/// A 分野 and the row that it begins with.
pub struct Field {
    pub row: usize,
    pub lines: Vec<Line>,
}

/// Whether the table may have begun on the page before, and may go on below this one.
#[derive(Clone, Copy)]
pub struct Page {
    pub from_above: bool,
    pub goes_below: bool,
}

/// The 分野 of a column. `rows` are the places of the rows, `walls` those of the lines drawn below 分野.
pub fn fields(column: Vec<Line>, rows: &[Extent], walls: &[f64], pitch: f64, page: Page) -> Vec<Field> {
    let blocks = blocks(column, rows, pitch);
    let places: Vec<Extent> = blocks.iter().map(|lines| middles::extent(&lines.iter().collect::<Vec<_>>())).collect();
    let em = blocks.iter().flatten().map(|line| line.em).fold(f64::INFINITY, f64::min);
    let starts = by_walls(&places, rows, walls)
        .or_else(|| by_tops(&places, rows, em, page))
        .or_else(|| by_middles(&places, rows, em, page))
        .unwrap_or_else(|| places.iter().map(|place| row_at(rows, place.0)).collect());
    blocks.into_iter().zip(starts).map(|(lines, row)| Field { row, lines }).collect()
}

/// Lines of one 分野 each: they stand apart, or one ends and the next begins at the top of a row.
fn blocks(lines: Vec<Line>, rows: &[Extent], pitch: f64) -> Vec<Vec<Line>> {
    let wrapped = middles::wrapped(&lines.iter().collect::<Vec<_>>(), pitch);
    let mut out: Vec<Vec<Line>> = Vec::new();
    let mut ended = true;
    for (line, wrapped) in lines.into_iter().zip(wrapped) {
        match out.last_mut() {
            Some(block) if !(ended && at_top(rows, line.rect.y0, line.em).is_some()) && close(block, &line, pitch) => {
                block.push(line);
            }
            _ => out.push(vec![line]),
        }
        ended = !wrapped;
    }
    out
}

fn close(block: &[Line], line: &Line, pitch: f64) -> bool {
    block.last().is_some_and(|last| line.rect.y1 - last.rect.y1 < APART * pitch)
}

/// The row whose first line stands here.
fn at_top(rows: &[Extent], y: f64, em: f64) -> Option<usize> {
    rows.iter().position(|row| (row.0 - y).abs() < NEAR * em)
}

/// The row that holds this place, or the last one above it.
fn row_at(rows: &[Extent], y: f64) -> usize {
    rows.partition_point(|row| row.0 <= y).saturating_sub(1)
}

/// Lines are drawn around each 分野.
fn by_walls(places: &[Extent], rows: &[Extent], walls: &[f64]) -> Option<Vec<usize>> {
    let above = |y: f64| walls.partition_point(|wall| *wall < y);
    let start = |place: &Extent| rows.iter().position(|row| above(row.0) == above(place.0));
    let starts: Vec<usize> = places.iter().map(start).collect::<Option<_>>()?;
    (above(rows.first()?.0) < above(rows.last()?.0)).then_some(starts).filter(|starts| rise(starts))
}

fn rise(starts: &[usize]) -> bool {
    starts.is_sorted_by(|a, b| a < b)
}

/// Every 分野 begins beside its first row.
fn by_tops(places: &[Extent], rows: &[Extent], em: f64, page: Page) -> Option<Vec<usize>> {
    let starts: Vec<usize> = places.iter().map(|place| at_top(rows, place.0, em)).collect::<Option<_>>()?;
    (rise(&starts) && (page.from_above || starts.first() == Some(&0))).then_some(starts)
}

/// Every 分野 stands in the middle of its rows. Rows of the one before may come first, and the last one may go on below the page.
fn by_middles(places: &[Extent], rows: &[Extent], em: f64, page: Page) -> Option<Vec<usize>> {
    let (last, others) = places.split_last().filter(|_| rows.len() <= MOST)?;
    let starts = |places: &[Extent], range: Range<usize>| -> Option<Vec<usize>> {
        let cells = middles::cells(places, rows.get(range.clone())?, em, |_| false, |_| true)?;
        Some(cells.iter().map(|cell| range.start + cell.lines.start).collect())
    };
    let before = || 0..if page.from_above { rows.len() } else { 1 };
    if let Some(whole) = only(before().filter_map(|first| starts(places, first..rows.len()))) {
        return Some(whole);
    }
    let cut = |first: usize, start: usize| match others {
        [] => (first == start).then(Vec::new),
        _ => starts(others, first..start),
    };
    let below = |fits: &dyn Fn(f64) -> bool| {
        let ways = before().flat_map(|first| (first..rows.len()).map(move |start| (first, start)));
        let ways = ways.filter(|(_, start)| rows.get(*start).is_some_and(|row| fits(last.0 - row.0)));
        only(ways.filter_map(|(first, start)| Some([cut(first, start)?, vec![start]].concat())))
    };
    // What a page cuts cannot have its middle; it often stands at the top.
    let at_top = || below(&|down| down.abs() < NEAR * em);
    page.goes_below.then(|| at_top().or_else(|| below(&|down| down > -NEAR * em))).flatten()
}

fn only<T>(mut ways: impl Iterator<Item = T>) -> Option<T> {
    ways.next().filter(|_| ways.next().is_none())
}
