//! Tables without ruling lines that have a header row of labels: `分野 | 取組 | 取組内容 | 甲の役割 | 乙の役割`, one row an initiative.

use super::bands::{self, APART, Entry, Parts};
use super::fields::{Page, fields};
use super::geometry::{Glyph, Rect, Sheet};
use super::grid::{Cell, Table};
use super::head::{Head, INTERLEAVED, is_numbered};
use super::lines::{Line, Row, line};
use super::middles::{self, Extent};
use super::rivers::Rivers;
use super::rows::is_label;
use super::unruled::{ALIGNED, Chunk, LABEL_GAP, chunks};
use std::ops::Range;

/// Gap between columns, in em, that leaves no doubt.
const COLUMN_GAP: f64 = 0.8;
/// And one, in em, that no heading has.
const HEADING_GAP: f64 = 1.5;

/// Where the columns of a table are parted, and which of them holds the names; what stands before it are 分野.
struct Columns {
    cuts: Vec<f64>,
    name: usize,
}

impl Columns {
    /// The parts of a row.
    fn split(&self, mut glyphs: &[Glyph], sheet: &Sheet) -> Parts {
        let ends = self.cuts.iter().copied().chain([f64::INFINITY]);
        ends.map(|end| {
            let (part, rest) = glyphs.split_at(glyphs.partition_point(|g| g.x < end));
            glyphs = rest;
            line(part, sheet)
        })
        .collect()
    }
}

/// Rows of a table under a heading over all columns: `１　医療`. The lines of the page that it takes begin at `start`.
struct Section {
    start: usize,
    heading: Option<Line>,
    parts: Vec<Parts>,
}

/// The table around the row of labels `header`, and its rows; `free` are those between the tables around it.
pub fn table(rows: &[Row], header: usize, free: Range<usize>, sheet: &Sheet) -> Option<(Table, Range<usize>)> {
    let limit = free.end;
    let head = Head::new(rows, header, free);
    if head.labels.len() < 3 {
        return None;
    }
    let mut rivers = Rivers::between(&head.labels);
    let mut headings = Vec::new();
    let mut end = head.rows.end;
    while let Some(row) = rows[..limit].get(end) {
        match rivers.through(row) {
            Some(next) => rivers = next,
            None if is_heading(row, rows[..limit].get(end + 1), &rivers) => headings.push(end),
            None => break,
        }
        end += 1;
    }
    let labelled = |c: &Chunk| is_label(&c.text);
    let first = head.labels.iter().position(labelled)?;
    let cuts = rivers.cuts(&rows[head.rows.end..end], first == 0);
    let unnamed = cuts.len() + 1 - head.labels.len();
    let columns = Columns { cuts, name: (first + unnamed).saturating_sub(1) };
    let mut sections = sections(rows, head.rows.end..end, &headings, &columns, sheet);
    // A page may end between a header, or a heading below it, and its rows.
    let below = head.rows.end..end;
    if sections.is_empty() && end == rows.len() && below.clone().all(|i| is_numbered(&rows[i])) {
        let heading = |start: usize| Section { start, heading: line(&rows[start].glyphs, sheet), parts: Vec::new() };
        sections.extend(below.map(heading));
    }
    let end = end_of(&sections).or((end == rows.len()).then_some(head.rows.end))?;
    let under = head.under.start + unnamed..head.under.end + unnamed;
    let header = header_rows(&rows[head.rows.clone()], under, &columns, sheet);
    let page = Page { from_above: head.rows.start == 0, goes_below: end == rows.len() };
    Some((build(&rows[head.rows.start..end], header, sections, &columns, sheet, page)?, head.rows.start..end))
}

fn end_of(sections: &[Section]) -> Option<usize> {
    sections.last().map(|s| s.start + usize::from(s.heading.is_some()) + s.parts.len())
}

/// The rest of a table from the page before, without a header row.
pub fn continued(rows: &[Row], before: &Table, sheet: &Sheet) -> Option<(Table, usize)> {
    let (_, starts) = before.edges.split_last()?;
    let columns = Columns { cuts: starts.iter().skip(1).copied().collect(), name: before.name.unwrap_or(0) };
    let aligned = |r: &Row| chunks(r, COLUMN_GAP).iter().all(|c| starts.iter().any(|s| (c.x0 - s).abs() < ALIGNED));
    let across = |r: &Row| {
        r.glyphs.iter().any(|g| !g.is_blank() && columns.cuts.iter().any(|x| g.left() < *x - 1. && *x + 1. < g.right()))
    };
    let fits = |i: usize| rows.get(i).is_some_and(|row| aligned(row) && !across(row));
    // `２　福祉`, alone and away from the lines around it
    let near = |i: usize| matches!(rows.get(i..i + 2), Some([above, row]) if row.baseline - above.baseline < INTERLEAVED * row.em);
    let heads = |i: usize| {
        let row = rows.get(i).filter(|row| is_numbered(row) && chunks(row, HEADING_GAP).len() == 1 && fits(i + 1));
        let left = row.is_some_and(|row| starts.first().is_some_and(|x| (row.rect().x0 - x).abs() < 2. * ALIGNED));
        left && !near(i) && !i.checked_sub(1).is_some_and(near)
    };
    // In a stacked table nothing but the rest of a cell goes on without a label.
    let is_rest = |row: &Row| before.name.is_some() || starts.last().is_some_and(|x| row.rect().x0 > x - ALIGNED);
    let end = (0..rows.len()).take_while(|i| is_rest(&rows[*i]) && (heads(*i) || fits(*i))).count();
    let headings: Vec<usize> = (0..end).filter(|i| heads(*i)).collect();
    let sections = sections(rows, 0..end, &headings, &columns, sheet);
    let last: Vec<&Cell> = before.cells.iter().filter(|c| c.row + 1 == before.rows).collect();
    let open = |n: usize| last.iter().any(|c| c.column == n && c.lines.last().is_some_and(|l| !l.text.ends_with('。')));
    let goes_on = |parts: &Parts| {
        let mut filled = parts.iter().enumerate().filter(|(_, part)| part.is_some()).map(|(n, _)| n);
        filled.next().is_some_and(|n| filled.next().is_some() || n > columns.name && open(n))
    };
    if !sections.iter().flat_map(|s| &s.parts).any(goes_on) {
        return None;
    }
    let end = end_of(&sections)?;
    let page = Page { from_above: true, goes_below: end == rows.len() };
    let table = build(&rows[..end], Vec::new(), sections, &columns, sheet, page)?;
    // Not every column need have text here.
    Some((Table { edges: before.edges.clone(), ..table }, end))
}

/// `１　医療` above rows of the table, though it runs over its first columns.
fn is_heading(row: &Row, next: Option<&Row>, rivers: &Rivers) -> bool {
    let apart = |r: &Row| chunks(r, LABEL_GAP).len() > 1 || rivers.first().is_some_and(|end| r.rect().x0 > end);
    is_numbered(row) && next.is_some_and(|r| rivers.through(r).is_some() && apart(r))
}

/// The rows below the header, parted at headings; what stands apart below the last row is no part of the table.
fn sections(rows: &[Row], range: Range<usize>, headings: &[usize], columns: &Columns, sheet: &Sheet) -> Vec<Section> {
    let parts: Vec<Parts> = rows[range.clone()].iter().map(|r| columns.split(&r.glyphs, sheet)).collect();
    let pitch = bands::pitch(&parts);
    let apart = |i: usize| match rows.get(i.saturating_sub(1)..=i) {
        Some([above, row]) => row.baseline - above.baseline > APART * pitch,
        _ => true,
    };
    // `救急`, or `１　医療` over two columns
    let alone = |i: usize| {
        let last = parts[i - range.start].iter().rposition(Option::is_some).unwrap_or(0);
        last <= columns.name
            || last == columns.name + 1 && is_numbered(&rows[i]) && chunks(&rows[i], HEADING_GAP).len() == 1
    };
    let mut end = range.end;
    while end > range.start && alone(end - 1) && (end - 1 == range.start || apart(end - 1)) {
        end -= 1;
    }
    let is_heading = |i: usize| {
        headings.contains(&i) || columns.name == 0 && alone(i) && i > 0 && apart(i) && i + 1 < end && apart(i + 1)
    };
    let mut sections: Vec<Section> = Vec::new();
    for (i, parts) in range.clone().zip(&parts).take_while(|(i, _)| *i < end) {
        if is_heading(i) {
            sections.push(Section { start: i, heading: line(&rows[i].glyphs, sheet), parts: Vec::new() });
            continue;
        }
        if sections.is_empty() {
            sections.push(Section { start: i, heading: None, parts: Vec::new() });
        }
        sections.last_mut().into_iter().for_each(|section| section.parts.push(parts.clone()));
    }
    sections
}

/// The cells of the header: its labels, and with columns `under` one label those in a row of their own.
fn header_rows(rows: &[Row], under: Range<usize>, columns: &Columns, sheet: &Sheet) -> Vec<Vec<Cell>> {
    let cells = |rows: &[Row], row: usize, columns: &Columns| -> Vec<Cell> {
        let mut entry: Entry = vec![Vec::new(); columns.cuts.len() + 1];
        for part in rows.iter().map(|r| columns.split(&r.glyphs, sheet)) {
            entry.iter_mut().zip(part).for_each(|(cell, line)| cell.extend(line));
        }
        let cells = entry.into_iter().enumerate();
        cells.map(|(column, lines)| Cell { row, column, rows: 1, columns: 1, lines }).collect()
    };
    let Some((last, upper)) = rows.split_last().filter(|_| !under.is_empty()) else {
        return vec![cells(rows, 0, columns)];
    };
    let inner = under.start..under.end - 1;
    let outer = columns.cuts.iter().enumerate().filter(|(i, _)| !inner.contains(i)).map(|(_, x)| *x);
    let mut first = cells(upper, 0, &Columns { cuts: outer.collect(), name: columns.name });
    let mut second = cells(std::slice::from_ref(last), 1, columns);
    for cell in &mut first {
        if cell.column == under.start {
            cell.columns = under.len();
            continue;
        }
        cell.column += if cell.column > under.start { inner.len() } else { 0 };
        cell.rows = 2;
        let below = second.iter_mut().find(|c| c.column == cell.column);
        below.into_iter().for_each(|below| cell.lines.append(&mut below.lines));
    }
    second.retain(|cell| under.contains(&cell.column));
    vec![first, second]
}

/// The lines drawn over these two places, from the top.
fn rules(sheet: &Sheet, from: f64, to: f64) -> Vec<f64> {
    let at = |x: f64| sheet.horizontal.iter().filter(move |r| r.from <= x && x <= r.to).map(|r| r.at);
    at(from).filter(|y| at(to).any(|other| (other - y).abs() < 1.)).collect()
}

fn build(
    rows: &[Row],
    header: Vec<Vec<Cell>>,
    sections: Vec<Section>,
    columns: &Columns,
    sheet: &Sheet,
    page: Page,
) -> Option<Table> {
    let count = columns.cuts.len() + 1;
    let parts = || sections.iter().flat_map(|s| &s.parts);
    let pitch = bands::pitch(&parts().cloned().collect::<Vec<_>>());
    let em = rows.iter().map(|r| r.em).fold(0., f64::max);
    let labels: Vec<&Cell> = header.iter().flatten().collect();
    let start = |n: usize| {
        let body =
            parts().filter_map(|parts| parts.get(n)?.as_ref()).map(|line| line.rect.x0).fold(f64::INFINITY, f64::min);
        let label = labels.iter().filter(|c| c.column == n).flat_map(|c| &c.lines).map(|line| line.rect.x0);
        if body.is_finite() { body } else { label.fold(f64::INFINITY, f64::min) }
    };
    let starts: Vec<f64> = (0..count).map(start).collect();
    let inside = |n: usize| starts.get(n).map_or(0., |x| x + em / 2.);
    let drawn = rules(sheet, inside(columns.name), inside(count - 1));

    let mut cells = labels.into_iter().cloned().collect::<Vec<_>>();
    let mut row = header.len();
    // Where the entries stand, on the page and in the table; and the rows after which a 分野 ends.
    let mut places: Vec<Extent> = Vec::new();
    let mut at: Vec<usize> = Vec::new();
    let mut ends = Vec::new();
    for section in &sections {
        if let Some(heading) = &section.heading {
            ends.push(row);
            cells.push(Cell { row, column: 0, rows: 1, columns: count, lines: vec![heading.clone()] });
            row += 1;
        }
        let texts: Vec<Parts> = section.parts.iter().map(|parts| parts[columns.name..].to_vec()).collect();
        let texts: Vec<Parts> = texts.into_iter().filter(|parts| parts.iter().any(Option::is_some)).collect();
        for entry in bands::entries(&texts, pitch, &drawn) {
            places.push(middles::extent(&entry.iter().flatten().collect::<Vec<_>>()));
            at.push(row);
            let of_entry = entry.into_iter().enumerate();
            cells.extend(of_entry.map(|(n, lines)| Cell { row, column: columns.name + n, rows: 1, columns: 1, lines }));
            row += 1;
        }
    }
    ends.push(row);
    for column in 0..columns.name {
        let lines: Vec<Line> = parts().filter_map(|parts| parts.get(column)?.clone()).collect();
        let walls = rules(sheet, inside(column), inside(count - 1));
        let found = fields(lines, &places, &walls, pitch, page);
        let starts: Vec<usize> = found.iter().filter_map(|field| at.get(field.row).copied()).collect();
        for (field, start) in found.into_iter().zip(&starts) {
            let end = starts.iter().chain(&ends).copied().filter(|end| end > start).min().unwrap_or(start + 1);
            cells.push(Cell { row: *start, column, rows: end - start, columns: 1, lines: field.lines });
        }
    }
    let rect = rows.iter().map(Row::rect).reduce(Rect::union)?;
    let right = rows.iter().map(|r| r.rect().x1).fold(0., f64::max);
    let edges = starts.into_iter().chain([right]).collect();
    Some(Table {
        rect,
        edges,
        rows: row,
        cells,
        open_above: true,
        ruled: false,
        fragment: false,
        name: Some(columns.name),
    })
}
