//! The cells of a column of 分野, where blanks keep the columns: `医療   夜間診療   文   文   文`.
//!
//! The cell of a 分野 is merged over its rows ([`super::merged`]).

use super::header::Header;
use super::merged::{self, Beside, Lines};
use super::{Found, Row, Starts, counted, floating, initiatives, middles, narrow};
use crate::diagnostics::{Severity, Words};
use crate::lines::Line;
use crate::parse::cells::{self, Table};
use crate::parse::head::{self, ItemHead};
use crate::parse::outline::Node;
use crate::parse::part::{Measure, Part, joined};
use crate::parse::{Context, stacked};
use std::ops::Range;

/// Reads the body of a table whose header begins with 分野 and 取組.
pub fn read<'l, 's>(
    lines: &'l [Line<'s>],
    headers: &[Header],
    (mut body, mut starts): (Vec<Row<'l, 's>>, Vec<Starts>),
    by_eye: bool,
    cx: &mut Context,
) -> Vec<stacked::Row> {
    let Some(header) = headers.first() else { return Vec::new() };
    let Some((_, columns)) = header.columns.split_first() else { return Vec::new() };
    if !by_eye {
        let table = Table::new((columns.len() - 1, header.held), body, starts, false)
            .with_others(columns)
            .with_roles(columns)
            .with_words(cx)
            .with_parties(columns, cx)
            .with_fields();
        return narrow::part(initiatives(&table, columns, cx), cx);
    }
    let all: Vec<usize> = body.iter().map(|row| row.whole.at).collect();
    let counted = match cells::keeps_places(&body) {
        true => None,
        false if floating::may_be(&body, header.columns.len()) => {
            floating::take(&mut body, &mut starts, header.columns.len())
        }
        false => counted::take(&mut body, &mut starts, header.columns.len()),
    };
    let parts = counted.unwrap_or_else(|| take(&mut body, &mut starts));
    let keeps_places = header.held == 0 && cells::keeps_places(&body);
    let centred = keeps_places.then(|| middles::read(&body, &starts, columns, None, cx)).flatten();
    let mut found = centred.unwrap_or_else(|| {
        let table = Table::new((columns.len() - 1, header.held), body, starts, true);
        let table = table.with_others(columns).with_parties(columns, cx);
        initiatives(&table, columns, cx)
    });
    let lost = doubt_names(&mut found, &all);
    let pages = pages(lines, headers);
    let rows = ranges(&found, &all);
    let at: Vec<usize> = parts.iter().map(|part| part.at).collect();
    let beside = Beside { parts: &parts, at: &at, rows: &rows, lines: Lines::At(&all), pages: &pages, slack: 1 };
    merged::give(found, &beside, &lost, cx)
}

/// The words of a 分野 in the middle of its rows may put the name of a row on the last line of the row above it: a name
/// in pieces, and one that is not there, leave the rows on both sides in doubt.
fn doubt_names(found: &mut [Found], lines: &[usize]) -> Vec<bool> {
    let line = |part: &Part| lines.partition_point(|line| *line < part.at);
    let width = found.iter().map(|row| width(&row.names)).max().unwrap_or(0);
    let is_whole = |names: &[Part]| {
        names.windows(2).all(|pair| line(&pair[1]) == line(&pair[0]) + 1 && is_full(pair[0].text, pair[1].text, width))
    };
    // at the top of the row, or in its middle
    let is_in_place = |names: &[Part], row: &Range<usize>| {
        let (first, last) = (names[0].at, names[names.len() - 1].at);
        first == row.start || (first + last).abs_diff(row.start + row.end - 1) <= 1
    };
    let ranges = ranges(found, lines);
    let is_lost = |(row, range): (&Found, &Range<usize>)| {
        row.names.is_empty() || !is_whole(&row.names) || !is_in_place(&row.names, range)
    };
    let lost: Vec<bool> = found.iter().zip(&ranges).map(is_lost).collect();
    for (at, row) in found.iter_mut().enumerate() {
        row.initiative.torn |= lost[at.saturating_sub(1)..(at + 2).min(lost.len())].contains(&true);
    }
    lost
}

/// From the first line of each row to its last one.
fn ranges(found: &[Found], lines: &[usize]) -> Vec<Range<usize>> {
    let next = |at: usize| found.get(at + 1).map_or(usize::MAX, |next| next.start);
    let last = |at: usize| lines[..lines.partition_point(|line| *line < next(at))].last().copied().unwrap_or_default();
    found.iter().enumerate().map(|(at, row)| row.start..last(at).max(row.start) + 1).collect()
}

/// `1 医療`
pub fn node(parts: &[Part], cx: &mut Context) -> Node {
    let mut node = Node::default();
    for (at, part) in parts.iter().enumerate() {
        match number(part.text).filter(|_| at == 0) {
            Some(head) => {
                node.number = head.number();
                node.label = cx.text(part.line, head.label);
                node.heading.push(part.line, head.rest, &mut cx.repairs);
            }
            None => node.heading.push(part.line, part.text, &mut cx.repairs),
        }
    }
    node
}

/// Nothing tells which 分野 a row belongs to: what stands before the last words of its name may be one.
pub fn doubt_field(name: Option<Part>, cx: &mut Context) {
    let words = Words::new(
        "この取組がどの分野に属するか、この抽出結果からは決められません。PDFそのものを読ませてください。",
        "the text does not say which field (分野) this initiative belongs to; read the PDF itself",
    );
    let span = name.map(|part| part.line.span(part.text));
    cx.complain("cell-torn", Severity::Warning, "", span, words);
}

/// Takes the words of the 分野 out of the lines of a body.
fn take<'l, 's>(rows: &mut Vec<Row<'l, 's>>, starts: &mut Vec<Starts>) -> Vec<Part<'l, 's>> {
    let mut out = Vec::new();
    let mut kept = Vec::with_capacity(rows.len());
    let mut cut = false;
    places(rows, starts);
    for (mut row, places) in rows.drain(..).zip(starts.drain(..)) {
        row.cut |= std::mem::take(&mut cut);
        let (count, doubt) = field_pieces(&row, &places);
        row.doubt = doubt;
        if let Some((last, _)) = row.pieces[..count].last() {
            out.push(joined(&row.pieces[0].0, last));
            row.pieces.drain(..count);
        }
        cut = keep(row, places, &mut kept);
    }
    (*rows, *starts) = kept.into_iter().unzip();
    out
}

/// Takes the words of a 分野 that stand first in a line, and keeps the others; see [`keep`].
pub fn take_first<'l, 's>(
    mut row: Row<'l, 's>,
    places: Starts,
    fields: &mut Vec<Part<'l, 's>>,
    kept: &mut Vec<(Row<'l, 's>, Starts)>,
) -> bool {
    fields.push(row.pieces.remove(0).0);
    keep(row, places, kept)
}

/// Keeps what a line has beside the words of its 分野; of one that has nothing else, gives whether a page cut it.
pub fn keep<'l, 's>(mut row: Row<'l, 's>, places: Starts, kept: &mut Vec<(Row<'l, 's>, Starts)>) -> bool {
    if !row.begin_anew() {
        return row.cut;
    }
    kept.push((row, places[1..].into()));
    false
}

/// Where the columns begin on each page: in the middle of the lines that have a piece in all of them, or in all but the first.
fn places(rows: &[Row], starts: &mut [Starts]) {
    let mut from = 0;
    while from < rows.len() {
        let to = (from + 1..rows.len()).find(|at| rows[*at].cut).unwrap_or(rows.len());
        let columns = starts[from].len();
        let full: Vec<Vec<usize>> = rows[from..to]
            .iter()
            .map(|row| row.pieces.iter().filter(|piece| piece.1).map(|piece| piece.0.column).collect::<Vec<_>>())
            .filter(|places| places.len() == columns || places.len() + 1 == columns && places[0] > 0)
            .collect();
        let median = |back: usize| {
            let mut all: Vec<usize> = full.iter().filter_map(|places| places.iter().rev().nth(back).copied()).collect();
            all.sort_unstable();
            all.get(all.len() / 2).copied()
        };
        let first = rows[from..to].iter().map(|row| row.whole.column).min().unwrap_or_default();
        let found: Option<Vec<usize>> = (0..columns - 1).rev().map(median).collect();
        if let Some(found) = found {
            starts[from..to].fill(std::iter::once(first).chain(found).collect());
        } else if rows[from].whole.line.page && from > 0 {
            // no header says that the page has a column of 分野
            let mut last = starts[from - 1].to_vec();
            last[..2].fill(0);
            starts[from..to].fill(last.into());
        }
        from = to;
    }
}

/// How many pieces of a line are words of a 分野, and whether another number is as good.
fn field_pieces(row: &Row, places: &[usize]) -> (usize, bool) {
    let sure: Vec<usize> = (0..row.pieces.len()).filter(|at| row.pieces[*at].1).collect();
    let column = |piece: usize| row.pieces[sure[piece]].0.column;
    // places right of a wide cell shift
    let far = |piece: usize, place: usize| column(piece).abs_diff(places[place]);
    let name = places.get(1).copied().unwrap_or_default();
    let by_edge = row.pieces.iter().take_while(|(part, _)| part.column + 1 < name).count();
    if sure.len() > places.len() {
        return (by_edge, by_edge > 0);
    }
    // the least that the pieces from each one on are away from the columns from each one on
    let mut least = vec![vec![0; places.len() + 1]; sure.len() + 1];
    for piece in (0..sure.len()).rev() {
        least[piece][places.len()] = usize::MAX / 2;
        for place in (0..places.len()).rev() {
            least[piece][place] = least[piece][place + 1].min(far(piece, place) + least[piece + 1][place + 1]);
        }
    }
    let (with, without) = (far(0, 0) + least[1][1], least[0][1]);
    if without <= with {
        return (0, with < without + 2);
    }
    // `1 休日`: the blank beside a figure may part two cells
    let end = sure.get(1).copied().unwrap_or(row.pieces.len());
    let has_name = sure.len() > 1 && far(1, 1) + least[2][2] <= least[1][2];
    (if has_name { end } else { end.min(by_edge) }, without < with + 2)
}

/// `1`, `1 医療`
pub fn number(text: &str) -> Option<ItemHead<'_>> {
    head::item(text).filter(|head| head.rest.is_empty() || !head.glued || head.label.ends_with([')', '）']))
}

/// Whether a line of a 分野 is full.
pub fn is_full(line: &str, next: &str, width: usize) -> bool {
    // what follows a number alone may stand on a line of its own
    number(line).is_some_and(|head| head.rest.is_empty()) || Measure::of(line).must_break(&Measure::of(next), width)
}

pub fn width(parts: &[Part]) -> usize {
    parts.iter().map(|part| Measure::of(part.text).width).max().unwrap_or(0)
}

/// The lines with which pages begin.
pub fn pages(lines: &[Line], headers: &[Header]) -> Vec<usize> {
    let mut out: Vec<usize> = headers.iter().map(|header| header.lines.end).collect();
    out.extend((0..lines.len()).filter(|at| lines[*at].page));
    out.sort_unstable();
    out
}
