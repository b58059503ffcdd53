//! Tables without ruling lines, found by their labels: stacked (`name | 取組内容 | text`) or with a header row of labels.

use super::geometry::{Glyph, Rect, Sheet};
use super::grid::{Cell, Table};
use super::lines::{Line, Row, line};
use super::middles;
use super::rows::is_label;
use super::stacked;
use std::ops::Range;

/// A part of a row between gaps.
pub struct Chunk {
    pub x0: f64,
    pub x1: f64,
    pub text: String,
}

/// Cuts a row where a gap is wider than `gap` em.
pub fn chunks(row: &Row, gap: f64) -> Vec<Chunk> {
    let mut out: Vec<Chunk> = Vec::new();
    for glyph in row.glyphs.iter().filter(|g| !g.is_blank()) {
        match out.last_mut() {
            Some(last) if glyph.left() - last.x1 < gap * glyph.em => {
                glyph.push_to(&mut last.text);
                last.x1 = glyph.right();
            }
            _ => {
                let mut text = String::new();
                glyph.push_to(&mut text);
                out.push(Chunk { x0: glyph.left(), x1: glyph.right(), text });
            }
        }
    }
    out
}

/// Gap, in em, between a label and its text, and between columns.
pub const LABEL_GAP: f64 = 0.3;
const COLUMN_GAP: f64 = 0.8;
/// Labels that start this near to each other stand in one column.
pub const ALIGNED: f64 = 3.;

/// The tables among the rows of a page; their rows are taken out. `true` if there is a header row whose table could not be rebuilt.
/// `before` holds the column edges of a table without lines that ends the page before.
pub fn tables(rows: &mut Vec<Row>, sheet: &Sheet, before: Option<&[f64]>) -> (Vec<Table>, bool) {
    let mut tables = Vec::new();
    let mut failed = false;
    let labels: Vec<Vec<Chunk>> =
        rows.iter().map(|r| chunks(r, LABEL_GAP).into_iter().filter(|c| is_label(&c.text)).collect()).collect();
    let mut taken = vec![false; rows.len()];
    let rest = before.and_then(|edges| continued(rows, edges, sheet));
    // A part with labels of its own needs no columns from before.
    if let Some((table, end)) = rest.filter(|(_, end)| labels.iter().take(*end).all(Vec::is_empty)) {
        tables.push(table);
        taken[..end].fill(true);
    }
    for header in (0..rows.len()).filter(|&i| labels[i].len() >= 2) {
        match horizontal(rows, header, sheet) {
            Some((table, end)) => {
                tables.push(table);
                taken[header..end].fill(true);
            }
            None => failed = true,
        }
    }
    let (zones, not_paired) = stacked::zones(rows, &taken, sheet);
    failed |= not_paired;
    for zone in zones {
        let Some(part) = rows.get(zone.start..zone.end) else { continue };
        let left = part.iter().map(|r| r.rect().x0).fold(zone.columns.label, f64::min);
        let right = part.iter().map(|r| r.rect().x1).fold(zone.columns.text, f64::max);
        tables.push(table(part, vec![left, zone.columns.label, zone.columns.text, right], zone.entries));
        taken[zone.start..zone.end].fill(true);
    }
    let mut i = 0;
    rows.retain(|_| {
        i += 1;
        !taken[i - 1]
    });
    (tables, failed)
}

fn table(rows: &[Row], edges: Vec<f64>, entries: Vec<Vec<Vec<Line>>>) -> Table {
    let rect = rows.iter().map(Row::rect).reduce(Rect::union).unwrap_or(Rect::EVERYWHERE);
    let count = entries.len();
    let cells = entries.into_iter().enumerate().flat_map(|(row, entry)| {
        entry.into_iter().enumerate().map(move |(column, lines)| Cell { row, column, rows: 1, columns: 1, lines })
    });
    Table { rect, edges, rows: count, cells: cells.collect(), open_above: true, ruled: false, fragment: false }
}

/// A table with a header row: the columns are where the rows below start again and again.
fn horizontal(rows: &[Row], header: usize, sheet: &Sheet) -> Option<(Table, usize)> {
    let head = chunks(&rows[header], COLUMN_GAP);
    if head.len() < 3 {
        return None;
    }
    let length = rows[header + 1..].iter().take_while(|r| !is_across(r, &head)).count();
    let end = header + 1 + length;
    let starts = column_starts(&rows[header + 1..end], head.len())?;
    let edges: Vec<f64> = head.iter().map(|c| c.x0).collect();
    let names = split(&rows[header].glyphs, &edges, sheet).into_iter().map(|l| l.into_iter().collect()).collect();
    let mut entries = vec![names];
    let below = &rows[header + 1..end];
    let centred = is_centred(below, &starts);
    let of_tops = Some(body(below, &starts, sheet)).filter(|_| !centred);
    let fits = of_tops.as_ref().is_some_and(|entries| middles::is_whole(entries, 1..starts.len()));
    let of_middles = if fits { None } else { by_middles(below, &starts, sheet) };
    entries.extend(of_middles.or(of_tops)?);
    Some((table(&rows[header..end], with_right_edge(&starts, &rows[header..end]), entries), end))
}

/// The rest of the table with these columns from the page before, without a header row.
fn continued(rows: &[Row], edges: &[f64], sheet: &Sheet) -> Option<(Table, usize)> {
    let (_, starts) = edges.split_last()?;
    let fits = |r: &&Row| chunks(r, COLUMN_GAP).iter().all(|c| starts.iter().any(|s| (c.x0 - s).abs() < ALIGNED));
    let end = rows.iter().take_while(fits).count();
    let taken = rows.get(..end)?;
    let columns = taken.iter().map(|r| chunks(r, COLUMN_GAP).len()).max().unwrap_or(0);
    (columns > 1).then(|| (table(taken, with_right_edge(starts, taken), body(taken, starts, sheet)), end))
}

/// Names in the middle of their rows do not say where the rows begin.
fn is_centred(rows: &[Row], starts: &[f64]) -> bool {
    let second = starts.get(1).copied().unwrap_or(f64::INFINITY);
    let named = |r: &Row| r.rect().x0 < second - ALIGNED;
    let pitch = pitch(rows);
    let close = |w: &[Row]| matches!(w, [a, b] if !named(a) && named(b) && b.baseline - a.baseline < 1.15 * pitch);
    rows.first().is_some_and(|r| !named(r)) && rows.windows(2).any(close)
}

fn pitch(rows: &[Row]) -> f64 {
    rows.windows(2).map(|w| w[1].baseline - w[0].baseline).fold(f64::INFINITY, f64::min)
}

fn with_right_edge(starts: &[f64], rows: &[Row]) -> Vec<f64> {
    let right = rows.iter().map(|r| r.rect().x1).fold(0., f64::max);
    starts.iter().copied().chain([right]).collect()
}

/// One entry an initiative: it opens where a name stands after a gap, or after a line without one.
fn body(rows: &[Row], starts: &[f64], sheet: &Sheet) -> Vec<Vec<Vec<Line>>> {
    let mut entries: Vec<Vec<Vec<Line>>> = Vec::new();
    let pitch = pitch(rows);
    let mut last: Option<(f64, bool)> = None;
    for row in rows {
        let parts = split(&row.glyphs, starts, sheet);
        let named = parts.first().is_some_and(Option::is_some);
        if last.is_none_or(|(y, was_named)| named && (!was_named || row.baseline - y > 1.15 * pitch)) {
            entries.push(vec![Vec::new(); starts.len()]);
        }
        for (cell, part) in entries.last_mut().into_iter().flatten().zip(parts) {
            cell.extend(part);
        }
        last = Some((row.baseline, named));
    }
    entries
}

/// One entry an initiative, with its name in its middle.
fn by_middles(rows: &[Row], starts: &[f64], sheet: &Sheet) -> Option<Vec<Vec<Vec<Line>>>> {
    let parts: Vec<Vec<Option<Line>>> = rows.iter().map(|row| split(&row.glyphs, starts, sheet)).collect();
    // Where the lines of a column stand among the rows.
    let column = |n: usize| -> (Vec<usize>, Vec<&Line>) {
        parts.iter().enumerate().filter_map(|(i, parts)| Some((i, parts.get(n)?.as_ref()?))).unzip()
    };
    let (_, names) = column(0);
    let texts: Vec<_> = (1..starts.len()).map(column).collect();
    let pitch = middles::pitch(texts.iter().map(|(_, lines)| lines.clone()));
    let wrapped: Vec<Vec<bool>> = texts.iter().map(|(_, lines)| middles::wrapped(lines, pitch)).collect();
    let joined = middles::wrapped(&names, pitch);
    // Rows with text; a name between two lines has none.
    let bodies: Vec<(usize, Vec<&Line>)> = parts
        .iter()
        .enumerate()
        .filter_map(|(i, parts)| {
            let lines: Vec<&Line> = parts.iter().skip(1).flatten().collect();
            (!lines.is_empty()).then_some((i, lines))
        })
        .collect();
    let places: Vec<_> = names.iter().map(|name| (name.rect.y0, name.rect.y1)).collect();
    let lines: Vec<_> = bodies.iter().map(|(_, lines)| middles::extent(lines)).collect();
    // Within a cell every line but the last goes on in the next.
    let holds = |cell: Range<usize>| {
        let rows = bodies.get(cell).unwrap_or_default();
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
        texts.iter().zip(&wrapped).all(|((at, _), wrapped)| {
            let place = |row: usize| at.partition_point(|r| *r < row);
            middles::goes_on(wrapped, place(first.0)..place(last.0 + 1))
        })
    };
    let em = rows.iter().map(|row| row.em).fold(f64::INFINITY, f64::min);
    let cells = middles::cells(&places, &lines, em, |name| joined.get(name) == Some(&true), holds)?;
    let entry = |cell: middles::Cell| {
        let mut entry = vec![Vec::new(); starts.len()];
        entry.first_mut()?.extend(names.get(cell.names)?.iter().copied().cloned());
        for (row, _) in bodies.get(cell.lines)? {
            for (cell, line) in entry.iter_mut().zip(parts.get(*row)?).skip(1) {
                cell.extend(line.clone());
            }
        }
        Some(entry)
    };
    cells.into_iter().map(entry).collect()
}

/// A row that runs from the first column into the second is text between tables.
fn is_across(row: &Row, head: &[Chunk]) -> bool {
    let [name, content, ..] = head else { return true };
    let runs_over = |c: &Chunk| c.x0 < name.x1 && c.x1 > content.x0;
    chunks(row, COLUMN_GAP).first().is_some_and(|c| runs_over(c) || c.text.starts_with("別表"))
}

fn column_starts(body: &[Row], columns: usize) -> Option<Vec<f64>> {
    let mut starts: Vec<f64> = body.iter().flat_map(|r| chunks(r, COLUMN_GAP)).map(|c| c.x0).collect();
    starts.sort_by(f64::total_cmp);
    let mut groups: Vec<&[f64]> = starts.chunk_by(|a, b| b - a < ALIGNED).collect();
    groups.sort_by_key(|g| std::cmp::Reverse(g.len()));
    groups.truncate(columns);
    let mut firsts: Vec<f64> = groups.iter().filter(|g| g.len() >= 2).filter_map(|g| g.first().copied()).collect();
    firsts.sort_by(f64::total_cmp);
    (firsts.len() == columns).then_some(firsts)
}

/// The parts of a row in columns that start at `starts`.
fn split(mut glyphs: &[Glyph], starts: &[f64], sheet: &Sheet) -> Vec<Option<Line>> {
    let ends = starts.iter().skip(1).map(|x| x - ALIGNED).chain([f64::INFINITY]);
    ends.map(|end| {
        let (part, rest) = glyphs.split_at(glyphs.partition_point(|g| g.left() < end));
        glyphs = rest;
        line(part, sheet)
    })
    .collect()
}
