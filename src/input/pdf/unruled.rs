//! Tables without ruling lines, found by their labels: stacked (`name | 取組内容 | text`) or with a header row of labels.

use super::geometry::{Rect, Sheet};
use super::grid::{Cell, Table};
use super::head::INTERLEAVED;
use super::headed;
use super::lines::{Line, Row};
use super::rows::is_label;
use super::stacked;

/// A part of a row between gaps.
#[derive(Clone)]
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

/// Gap, in em, between a label and its text.
pub const LABEL_GAP: f64 = 0.3;
/// Labels that start this near to each other stand in one column.
pub const ALIGNED: f64 = 3.;

/// The tables among the rows of a page; their rows are taken out. `true` if there is a header row whose table could not be rebuilt.
/// `before` is a table without lines that ends the page before.
pub fn tables(rows: &mut Vec<Row>, sheet: &Sheet, before: Option<&Table>) -> (Vec<Table>, bool) {
    let mut tables = Vec::new();
    let mut failed = false;
    let labels: Vec<Vec<Chunk>> =
        rows.iter().map(|r| chunks(r, LABEL_GAP).into_iter().filter(|c| is_label(&c.text)).collect()).collect();
    let mut taken = vec![false; rows.len()];
    // A label over two others, or beside wrapped ones, stands hardly higher than these.
    let beside = |i: usize| match (rows.get(i.wrapping_sub(1)..=i), labels.get(i.wrapping_sub(1)..=i)) {
        (Some([upper, row]), Some([above, of_row])) => {
            let apart = |a: &Chunk, b: &Chunk| a.x1 < b.x0 || b.x1 < a.x0;
            let near = row.baseline - upper.baseline < INTERLEAVED * row.em;
            near && above.len() == 1 && above.iter().all(|a| !of_row.is_empty() && of_row.iter().all(|b| apart(a, b)))
        }
        _ => false,
    };
    let headers: Vec<usize> = (0..rows.len()).filter(|&i| labels[i].len() >= 2 || beside(i)).collect();
    // A part with labels of its own needs no columns from before.
    let unlabelled = labels.iter().take_while(|labels| labels.is_empty()).count();
    let rest = |rows: &[Row]| before.and_then(|table| headed::continued(rows, table, sheet));
    let has_header = before.is_some_and(|table| table.name.is_some());
    if let Some((table, end)) = rest(&rows[..unlabelled]).filter(|_| has_header) {
        tables.push(table);
        taken[..end].fill(true);
    }
    for (i, &header) in headers.iter().enumerate() {
        let limit = headers.get(i + 1).copied().unwrap_or(rows.len());
        let floor = taken[..header].iter().rposition(|taken| *taken).map_or(0, |last| last + 1);
        match headed::table(rows, header, floor..limit, sheet) {
            Some((table, taken_rows)) => {
                tables.push(table);
                taken[taken_rows].fill(true);
            }
            None => failed = true,
        }
    }
    let (zones, not_paired) = stacked::zones(rows, &taken, sheet);
    failed |= not_paired;
    // The first labels of a stacked table tell more of what stands above them.
    let above = zones.first().map_or(unlabelled, |zone| unlabelled.min(zone.start));
    if let Some((table, end)) = rest(&rows[..above]).filter(|_| !has_header) {
        tables.push(table);
        taken[..end].fill(true);
    }
    for zone in zones {
        let Some(part) = rows.get(zone.start..zone.end) else { continue };
        let left = part.iter().map(|r| r.rect().x0).fold(zone.columns.label, f64::min);
        let right = part.iter().map(|r| r.rect().x1).fold(zone.columns.text, f64::max);
        let starts = [Some(left), zone.name, Some(zone.columns.label), Some(zone.columns.text), Some(right)];
        tables.push(table(part, starts.into_iter().flatten().collect(), zone.entries));
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
    Table {
        rect,
        edges,
        rows: count,
        cells: cells.collect(),
        open_above: true,
        ruled: false,
        fragment: false,
        name: None,
    }
}
