//! The rows of a table without ruling lines, one an initiative. What stands apart tells them, else where names begin, else where names
//! have their middle.

use super::lines::Line;
use super::middles;
use std::ops::Range;

/// The lines of each column that stand on one line of the page, that of the names first.
pub type Parts = Vec<Option<Line>>;
/// The lines of each cell of a row.
pub type Entry = Vec<Vec<Line>>;

/// Lines further apart than this many pitches stand in different cells.
pub const APART: f64 = 1.12;
/// So they may where all else agrees.
const NEAR: f64 = 1.03;
/// A name in the middle is at most this far from it, in em.
const OFF: f64 = 0.25;
/// Text is seldom set wider than this, in em, from line to line.
const WIDE: f64 = 2.;

/// The step from line to line within cells. A wide one is that of rows with one line each, unless the lines go on in each other.
pub fn pitch(parts: &[Parts]) -> f64 {
    let columns = parts.iter().map(Vec::len).max().unwrap_or(0);
    let lines: Vec<Vec<&Line>> = (0..columns).map(|n| column(parts, n).1).collect();
    let pitch = middles::pitch(lines.iter().cloned());
    let em = parts.iter().flatten().flatten().map(|line| line.em).fold(0., f64::max);
    if pitch <= WIDE * em || pitch.is_infinite() {
        return pitch.min(WIDE * em);
    }
    let ends = lines.iter().flat_map(|lines| lines.iter().zip(middles::wrapped(lines, pitch)));
    let (on, all) = ends
        .fold((0, 0), |(on, all), (line, wrapped)| (on + usize::from(wrapped && !line.text.ends_with('。')), all + 1));
    if on * 3 > all { pitch } else { WIDE * em }
}

/// The lines of a column, and among which parts they stand.
fn column(parts: &[Parts], n: usize) -> (Vec<usize>, Vec<&Line>) {
    parts.iter().enumerate().filter_map(|(i, parts)| Some((i, parts.get(n)?.as_ref()?))).unzip()
}

/// Cuts the lines of a table into its rows; `rules` are the places of lines drawn between them.
pub fn entries(parts: &[Parts], pitch: f64, rules: &[f64]) -> Vec<Entry> {
    let columns = parts.iter().map(Vec::len).max().unwrap_or(0);
    let whole = |entries: &[Entry]| middles::is_whole(entries, 1..columns);
    let ruled = by_rules(parts, rules);
    if is_named(&ruled, pitch) && ruled.len() > 1 {
        return ruled;
    }
    let apart = by_gaps(parts, APART * pitch);
    if is_named(&apart, pitch) && whole(&apart) {
        return apart;
    }
    let tops = by_tops(parts, pitch);
    if whole(&tops) && !is_centred(parts, pitch) {
        return tops;
    }
    // Rows that stand hardly apart, if each has its name in its middle; the page may cut the first one and the last.
    let near = by_gaps(parts, NEAR * pitch);
    let inner = if near.len() > 4 { 1..near.len() - 1 } else { 0..near.len() };
    if near.len() > 1 && is_named(&near, pitch) && near[inner].iter().all(has_name_in_middle) {
        return near;
    }
    let middles = by_middles(parts, columns, pitch);
    middles.unwrap_or(if is_named(&apart, pitch) && apart.len() > 1 { apart } else { tops })
}

fn collect<'p>(groups: impl Iterator<Item = &'p [Parts]>) -> Vec<Entry> {
    let entry = |rows: &[Parts]| {
        let columns = rows.first().map_or(0, Vec::len);
        (0..columns).map(|n| column(rows, n).1.into_iter().cloned().collect()).collect()
    };
    groups.map(entry).collect()
}

/// Lines are drawn between the rows.
fn by_rules(parts: &[Parts], rules: &[f64]) -> Vec<Entry> {
    let above = |parts: &Parts| rules.partition_point(|y| *y < middle(extent(parts)));
    collect(parts.chunk_by(|a, b| above(a) == above(b)))
}

fn middle((top, bottom): middles::Extent) -> f64 {
    (top + bottom) / 2.
}

pub fn extent(parts: &Parts) -> middles::Extent {
    middles::extent(&parts.iter().flatten().collect::<Vec<_>>())
}

/// Between two rows more is free than between two lines.
fn by_gaps(parts: &[Parts], step: f64) -> Vec<Entry> {
    let mut starts = Vec::new();
    let mut lowest = f64::NEG_INFINITY;
    for (i, row) in parts.iter().enumerate() {
        let (top, bottom) = extent(row);
        let em = row.iter().flatten().map(|line| line.em).fold(0., f64::max);
        if top - lowest > step - em {
            starts.push(i);
        }
        lowest = lowest.max(bottom);
    }
    from_starts(parts, &starts)
}

fn from_starts(parts: &[Parts], starts: &[usize]) -> Vec<Entry> {
    let ends = starts.iter().skip(1).copied().chain([parts.len()]);
    collect(starts.iter().zip(ends).filter_map(|(start, end)| parts.get(*start..end)))
}

/// Each row has one name, all in one piece, and a text; that of the first may stand on the page before.
fn is_named(entries: &[Entry], pitch: f64) -> bool {
    let in_one = |name: &[Line]| name.windows(2).all(|w| matches!(w, [a, b] if b.rect.y1 - a.rect.y1 < APART * pitch));
    entries.iter().enumerate().all(|(i, entry)| match entry.split_first() {
        Some((name, texts)) => {
            (i == 0 || !name.is_empty()) && in_one(name) && texts.iter().any(|text| !text.is_empty())
        }
        None => false,
    })
}

fn has_name_in_middle(entry: &Entry) -> bool {
    let Some((name, texts)) = entry.split_first().filter(|(name, _)| !name.is_empty()) else { return false };
    let middle_of = |lines: Vec<&Line>| middle(middles::extent(&lines));
    let off = middle_of(name.iter().collect()) - middle_of(texts.iter().flatten().collect());
    off.abs() < OFF * name.iter().map(|line| line.em).fold(0., f64::max)
}

/// A row opens where a name stands after a gap, after a line without one, or beside a text that begins.
fn by_tops(parts: &[Parts], pitch: f64) -> Vec<Entry> {
    let columns = parts.iter().map(Vec::len).max().unwrap_or(0);
    // Of each part, the columns whose line goes on in the next.
    let mut goes_on: Vec<Vec<bool>> = parts.iter().map(|parts| vec![false; parts.len()]).collect();
    for (n, (at, lines)) in (0..columns).map(|n| (n, column(parts, n))) {
        at.into_iter().zip(middles::wrapped(&lines, pitch)).for_each(|(i, wrapped)| goes_on[i][n] = wrapped);
    }
    let opens = |i: usize| match parts.get(i.saturating_sub(1)..=i) {
        Some([above, row]) if has_name(row) => {
            let begins = |(part, goes_on): (&Option<Line>, &bool)| part.is_some() && !goes_on;
            !has_name(above)
                || extent(row).1 - extent(above).1 > APART * pitch
                || row.iter().zip(&goes_on[i - 1]).any(begins)
        }
        other => other.is_none(),
    };
    from_starts(parts, &(0..parts.len()).filter(|i| *i == 0 || opens(*i)).collect::<Vec<_>>())
}

fn has_name(parts: &Parts) -> bool {
    parts.first().is_some_and(Option::is_some)
}

/// Names in the middle of their rows do not say where the rows begin.
fn is_centred(parts: &[Parts], pitch: f64) -> bool {
    let named = has_name;
    let close = |w: &[Parts]| matches!(w, [a, b] if !named(a) && named(b) && extent(b).1 - extent(a).1 < APART * pitch);
    parts.first().is_some_and(|first| !named(first)) && parts.windows(2).any(close)
}

/// Each row has its name in its middle.
fn by_middles(parts: &[Parts], columns: usize, pitch: f64) -> Option<Vec<Entry>> {
    let (_, names) = column(parts, 0);
    let texts: Vec<_> = (1..columns).map(|n| column(parts, n)).collect();
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
    let em = parts.iter().flatten().flatten().map(|line| line.em).fold(f64::INFINITY, f64::min);
    let cells = middles::cells(&places, &lines, em, |name| joined.get(name) == Some(&true), holds)?;
    let entry = |cell: middles::Cell| {
        let mut entry = vec![Vec::new(); columns];
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
