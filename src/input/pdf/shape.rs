//! From the rows of a table to lines of the reference shape: headings of two rows, shared cells, signatures, paragraphs in cells.

use super::lines::Line;
use super::rows::{Row, Slot, Whole, is_header};

/// One line of the output.
#[derive(Debug)]
pub enum Shaped<'t> {
    /// A paragraph of its own: a heading over all columns, or a line of a signature with its cells.
    Apart(Vec<Vec<&'t Line>>),
    /// The fields of a row.
    Fields(Vec<Vec<&'t Line>>),
}

/// Puts a heading of two rows (`役割` over `甲`, `乙`) into one, and the text of a cell under two role headings into both. Gives the
/// number of such cells.
pub fn settle(table: &mut Whole) -> usize {
    let start = table.rows.iter().take_while(|row| is_whole(row)).count();
    join_header(&mut table.rows, start);
    let Some((header, rows)) = table.rows.get_mut(start..).and_then(|rows| rows.split_first_mut()) else { return 0 };
    if !is_header(header) {
        return 0;
    }
    let is_role: Vec<bool> = header.iter().map(|slot| slot.bare().contains("役割")).collect();
    let mut shared = 0;
    // what goes over the whole table heads rows
    for row in rows.iter_mut().filter(|row| !is_whole(row)) {
        for start in 0..row.len() {
            let Some(slot) = row.get(start).filter(|s| s.span > 1 && !s.is_empty()).cloned() else { continue };
            let Some(covered) = is_role.get(start..start + slot.span) else { continue };
            if covered.iter().all(|role| *role) {
                shared += 1;
                for place in row.iter_mut().skip(start).take(slot.span) {
                    *place = Slot { span: 1, ..slot.clone() };
                }
            }
        }
    }
    shared
}

/// One cell over all columns.
fn is_whole(row: &Row) -> bool {
    row.first().is_some_and(|s| s.span == row.len())
}

fn join_header(rows: &mut Vec<Row>, start: usize) {
    const HEADING: usize = 24;
    let Some([upper, lower, ..]) = rows.get(start..) else { return };
    let wide = upper.iter().any(|s| s.span > 1 && s.span < upper.len() && s.bare().contains("役割"));
    let short = lower.iter().all(|s| s.bare().chars().count() <= HEADING);
    let complete = upper.iter().zip(lower).all(|(above, below)| above.span != 1 || below.continues || below.is_empty());
    if !(wide && short && complete) {
        return;
    }
    let upper = rows.remove(start);
    let mut over = String::new();
    for (above, below) in upper.into_iter().zip(rows.get_mut(start).into_iter().flatten()) {
        if above.span > 0 {
            over = above.bare();
        }
        if below.is_empty() {
            below.lines = above.lines;
        } else if over.contains("役割") && !below.bare().contains("役割") {
            below.lines.last_mut().into_iter().for_each(|line| line.text.push_str("の役割"));
        }
        below.continues = false;
    }
}

/// The lines of a table, from its first row to its last.
pub fn lines(table: &Whole) -> Vec<Shaped<'_>> {
    if is_signature(&table.rows) {
        return table.rows.iter().flat_map(signature).collect();
    }
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let used: Vec<usize> =
        (0..columns).filter(|&c| table.rows.iter().any(|r| r.get(c).is_some_and(|s| !s.is_empty()))).collect();
    let margins: Vec<f64> = used.iter().map(|&c| margin(&table.rows, c)).collect();
    let label = table.label_column().and_then(|label| used.iter().position(|&c| c == label));
    let is_alone = |row: &Row| used.iter().skip(1).filter_map(|&c| row.get(c)).all(Slot::is_empty);
    // where no row holds a name, it stands over the table
    let has_names = table.rows.iter().any(is_alone);
    let mut out = Vec::new();
    let mut name: Vec<&Line> = Vec::new();
    for row in &table.rows {
        let cells: Vec<&Slot> = used.iter().filter_map(|&c| row.get(c)).collect();
        let alone = is_alone(row);
        let first = || cells.first().map(|s| s.lines.iter().collect()).unwrap_or_default();
        match label {
            // The name stands in a row of its own over its labels.
            Some(0) if alone => {
                // of several such rows the last one is the name
                let above = std::mem::replace(&mut name, first());
                out.extend((!above.is_empty()).then_some(Shaped::Apart(vec![above])));
            }
            _ if alone && (is_whole(row) || label.is_some()) => out.push(Shaped::Apart(vec![first()])),
            _ => {
                let before = (label == Some(0) && has_names).then(|| std::mem::take(&mut name));
                let fields = cells.iter().map(|s| s.lines.iter().collect());
                out.extend(row_lines(before.into_iter().chain(fields).collect(), &margins, label.is_some()));
            }
        }
    }
    if !name.is_empty() {
        out.push(Shaped::Apart(vec![name]));
    }
    out
}

/// The cells of a signature on one line, or one after the other when they have lines of their own.
fn signature(row: &Row) -> Vec<Shaped<'_>> {
    let cells: Vec<Vec<&Line>> = row.iter().filter(|s| !s.is_empty()).map(|s| s.lines.iter().collect()).collect();
    if cells.iter().all(|cell| cell.len() == 1) {
        return vec![Shaped::Apart(cells)];
    }
    cells.into_iter().flatten().map(|line| Shaped::Apart(vec![vec![line]])).collect()
}

/// A row; in a stacked table the further paragraphs of its text follow as rows of their own.
fn row_lines<'t>(mut fields: Vec<Vec<&'t Line>>, margins: &[f64], stacked: bool) -> Vec<Shaped<'t>> {
    let text = fields.pop().unwrap_or_default();
    let margin = margins.last().copied().unwrap_or(f64::INFINITY);
    let mut paragraphs = if stacked { paragraphs(text, margin) } else { vec![text] }.into_iter();
    let columns = fields.len();
    fields.push(paragraphs.next().unwrap_or_default());
    let more = paragraphs.map(|text| (0..columns).map(|_| Vec::new()).chain([text]).collect());
    std::iter::once(fields).chain(more).map(Shaped::Fields).collect()
}

/// Where the text of a column ends on the right.
fn margin(rows: &[Row], column: usize) -> f64 {
    let lines = rows.iter().filter_map(|r| r.get(column)).flat_map(|s| &s.lines);
    lines.map(|l| l.rect.x1).fold(0., f64::max)
}

/// A short line that ends a sentence ends its paragraph.
fn paragraphs(lines: Vec<&Line>, margin: f64) -> Vec<Vec<&Line>> {
    let mut out: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        let ended = |l: &&Line| l.text.ends_with('。') && l.rect.x1 < margin - 2.5 * l.em;
        match out.last_mut() {
            Some(paragraph) if !paragraph.last().is_some_and(ended) => paragraph.push(line),
            _ => out.push(vec![line]),
        }
    }
    out
}

/// `甲 | 青葉市長 …` in a table without roles is where the parties sign.
fn is_signature(rows: &[Row]) -> bool {
    let texts = || rows.iter().flatten().flat_map(|slot| &slot.lines).map(|line| &line.text);
    let symbol = |text: &String| {
        let rest = text.strip_prefix(['甲', '乙', '丙', '丁']);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    let heads = rows.iter().take(2).any(|row| is_header(row));
    texts().any(symbol) && !heads && !texts().any(|text| text.contains("役割"))
}
