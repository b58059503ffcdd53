//! Tables in the reference shape: one row a line, one cell one field, merged cells empty where they continue.

use super::flow::{Table, cell_lines};
use super::notes::{Kind, Notes};

/// Columns of a file's grid that are thinner than this (twentieths of a point; 2 mm) come from borders that do not quite meet.
pub(super) const THIN: u32 = 113;

/// Cells beyond this many columns are read as part of the last one.
const WIDEST: usize = 64;

/// A longer text (in characters) is not the heading of a column.
const HEADING: usize = 24;

/// One line of the text; `apart`: a paragraph of its own between rows.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub apart: bool,
}

/// A cell at its place: columns `start..end`.
#[derive(Debug)]
struct Placed {
    start: usize,
    end: usize,
    lines: Vec<String>,
    continues: bool,
}

/// Whether every row has at most one cell: then the table only draws a frame around text.
pub(super) fn is_one_column(table: &Table) -> bool {
    table.rows.iter().all(|row| row.cells.len() <= 1 && row.before == 0)
        && table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.rows <= 1)
}

/// The rows of `table` as lines.
pub(super) fn lines(table: Table, notes: &mut Notes) -> Vec<Line> {
    let widths = table.widths.clone();
    let mut rows = place(table, notes);
    let columns = snap(&mut rows, &widths);
    if is_signature(&rows) {
        return rows.iter().flat_map(|row| signature(row)).collect();
    }
    join_header(&mut rows, columns, notes);
    note_merged_rows(&rows, notes);
    let header: Vec<String> = rows.first().map(|row| fields(row)).unwrap_or_default();
    let mut out = Vec::new();
    for row in &mut rows {
        share_roles(row, &header, notes);
        out.extend(row_lines(row, columns, notes));
    }
    out
}

/// A cell of an earlier row that still covers `rows` rows and `columns` columns from where it stands.
#[derive(Clone, Copy, Default)]
struct Cover {
    rows: usize,
    columns: usize,
}

/// Gives each cell its columns; cells merged over rows by a count leave a continuing cell in the rows below.
fn place(table: Table, notes: &mut Notes) -> Vec<Vec<Placed>> {
    let mut covers = [Cover::default(); WIDEST];
    let mut rows = Vec::new();
    for row in table.rows {
        let mut placed: Vec<Placed> = Vec::new();
        let mut at = row.before.min(WIDEST - 1);
        let mut fresh = Vec::new();
        for cell in row.cells {
            continue_covers(&mut covers, &mut at, &mut placed);
            let lines = cell_lines(cell.blocks, notes);
            if at >= WIDEST {
                if let Some(last) = placed.last_mut() {
                    last.lines.extend(lines);
                }
                continue;
            }
            let end = at.saturating_add(cell.columns.max(1)).min(WIDEST);
            fresh.push((at, Cover { rows: cell.rows.saturating_sub(1), columns: end - at }));
            placed.push(Placed { start: at, end, lines, continues: cell.continues });
            at = end;
        }
        while at < WIDEST {
            continue_covers(&mut covers, &mut at, &mut placed);
            at += 1;
        }
        for (at, cover) in fresh {
            if let Some(place) = covers.get_mut(at) {
                *place = cover;
            }
        }
        rows.push(placed);
    }
    rows
}

/// Steps over the columns that cells of earlier rows cover.
fn continue_covers(covers: &mut [Cover; WIDEST], at: &mut usize, placed: &mut Vec<Placed>) {
    while let Some(cover) = covers.get_mut(*at).filter(|cover| cover.rows > 0) {
        cover.rows -= 1;
        let end = (*at + cover.columns.max(1)).min(WIDEST);
        placed.push(Placed { start: *at, end, lines: Vec::new(), continues: true });
        *at = end;
    }
}

/// Renumbers columns so that only those count in which a cell starts, thin ones left out; gives their number.
fn snap(rows: &mut [Vec<Placed>], widths: &[u32]) -> usize {
    let mut edges = [0u32; WIDEST + 1];
    for at in 0..WIDEST {
        let width = widths.get(at).copied().filter(|_| widths.iter().any(|&width| width > 0)).unwrap_or(THIN);
        edges[at + 1] = edges[at].saturating_add(width);
    }
    let mut starts = [false; WIDEST];
    for cell in rows.iter().flatten() {
        starts[cell.start] = true;
    }
    let mut columns = [0usize; WIDEST + 1];
    let (mut count, mut first) = (0, 0);
    for at in 0..WIDEST {
        if starts[at] && (count == 0 || edges[at] - first >= THIN) {
            count += 1;
            first = edges[at];
        }
        columns[at] = count;
    }
    columns[WIDEST] = count;
    for row in rows {
        let mut kept: Vec<Placed> = Vec::new();
        for mut cell in row.drain(..) {
            cell.start = columns[cell.start].saturating_sub(1);
            cell.end = columns[cell.end - 1].max(cell.start + 1);
            match kept.last_mut() {
                Some(before) if before.start == cell.start => {
                    before.lines.append(&mut cell.lines);
                    before.continues &= cell.continues;
                    before.end = before.end.max(cell.end);
                }
                _ => kept.push(cell),
            }
        }
        *row = kept;
    }
    count
}

/// `甲 | 青葉市長 …` in a table without roles is where the parties sign.
fn is_signature(rows: &[Vec<Placed>]) -> bool {
    let texts = || rows.iter().flatten().flat_map(|cell| &cell.lines);
    let symbol = |text: &String| {
        let rest = text.strip_prefix(['甲', '乙', '丙', '丁']);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    texts().any(symbol) && !texts().any(|text| text.contains("役割"))
}

/// One row of signatures: its cells on one line, or one after the other when they have lines of their own.
fn signature(row: &[Placed]) -> Vec<Line> {
    let several = row.iter().any(|cell| cell.lines.len() > 1);
    let cells = row.iter().map(|cell| cell.lines.join("\n")).filter(|text| !text.is_empty());
    let text = cells.collect::<Vec<_>>().join(if several { "\n" } else { "　" });
    text.split('\n').filter(|line| !line.is_empty()).map(|line| Line { text: line.to_string(), apart: true }).collect()
}

/// A heading of two rows (`役割` over `甲`, `乙`) becomes one.
fn join_header(rows: &mut Vec<Vec<Placed>>, columns: usize, notes: &mut Notes) {
    let [upper, lower, ..] = rows.as_slice() else { return };
    // `【取組内容】文` over `甲の役割`, `乙の役割`
    let is_labelled = |cell: &Placed| {
        cell.lines
            .first()
            .is_some_and(|text| text.starts_with('【') && !(text.ends_with('】') && cell.lines.len() == 1))
    };
    let whole = |cell: &&Placed| cell.end - cell.start == columns;
    let (wide, narrow): (Vec<&Placed>, Vec<&Placed>) = upper.iter().partition(|cell| cell.end - cell.start > 1);
    let continued = |at: &&Placed| lower.iter().any(|cell| cell.start == at.start && cell.continues);
    let long =
        [upper, lower].into_iter().flatten().flat_map(|cell| &cell.lines).any(|text| text.chars().count() > HEADING);
    // `取組内容` over `甲の役割`, `乙の役割`: what stands above heads cells of its own
    let says_role = |cell: &Placed| cell.lines.iter().any(|text| text.contains("役割") || text.contains("分担"));
    let heads_own = !wide.iter().any(|cell| says_role(cell)) && lower.iter().any(says_role);
    if long
        || heads_own
        || upper.iter().any(is_labelled)
        || wide.is_empty()
        || wide.iter().any(whole)
        || narrow.is_empty()
        || !narrow.iter().all(continued)
    {
        return;
    }
    let mut joined = rows.remove(0);
    let Some(below) = rows.first_mut() else { return };
    for cell in below.iter_mut() {
        let Some(above) = joined.iter_mut().find(|above| above.start <= cell.start && cell.start < above.end) else {
            continue;
        };
        cell.lines = if cell.continues {
            std::mem::take(&mut above.lines)
        } else {
            vec![header_text(&join(&above.lines), &join(&cell.lines))]
        };
        cell.continues = false;
    }
    notes.add(Kind::HeaderRows);
}

/// `役割` over `甲` is 甲の役割; a lower heading that says 役割 itself is enough.
fn header_text(above: &str, below: &str) -> String {
    if below.contains("役割") {
        below.to_string()
    } else if above.contains("役割") && !below.is_empty() {
        format!("{below}の役割")
    } else {
        format!("{above}　{below}").trim().to_string()
    }
}

/// Only the names on the left may span rows without a loss; further right a reader would miss the words below.
fn note_merged_rows(rows: &[Vec<Placed>], notes: &mut Notes) {
    for row in rows {
        let texts = || row.iter().filter(|cell| !cell.continues);
        let Some(first) = texts().map(|cell| cell.start).min() else { continue };
        for _ in row.iter().filter(|cell| cell.continues && cell.start > first) {
            notes.add(Kind::MergedRows);
        }
    }
}

/// A cell under two role headings is the role of both.
fn share_roles(row: &mut Vec<Placed>, header: &[String], notes: &mut Notes) {
    let mut shared = Vec::with_capacity(row.len());
    for cell in row.drain(..) {
        let heads = header.get(cell.start..cell.end).unwrap_or_default();
        let share = heads.len() > 1 && !cell.lines.is_empty() && heads.iter().all(|head| head.contains("役割"));
        if !share {
            shared.push(cell);
            continue;
        }
        notes.add(Kind::SharedCell);
        let each = (cell.start..cell.end).map(|start| Placed {
            start,
            end: start + 1,
            lines: cell.lines.clone(),
            continues: false,
        });
        shared.extend(each);
    }
    *row = shared;
}

/// One row: a heading over all columns, or fields; further lines of the last of three cells as `⇥⇥text`.
fn row_lines(row: &mut [Placed], columns: usize, notes: &mut Notes) -> Vec<Line> {
    if row.iter().all(|cell| cell.lines.is_empty()) {
        return Vec::new();
    }
    if let [only] = row
        && only.end - only.start == columns
    {
        return only.lines.iter().map(|text| Line { text: text.clone(), apart: true }).collect();
    }
    let more = match row.last_mut() {
        Some(last) if last.end == columns && (2..=3).contains(&columns) && last.lines.len() > 1 => {
            last.lines.split_off(1)
        }
        _ => Vec::new(),
    };
    for _ in row.iter().filter(|cell| cell.start > 0 && cell.lines.len() > 1) {
        notes.add(Kind::CellLines);
    }
    let mut out = vec![Line { text: fields(row).join("\t"), apart: false }];
    out.extend(more.into_iter().map(|text| Line { text: format!("\t\t{text}"), apart: false }));
    out
}

/// The fields of a row up to its last cell; columns that no cell starts in are empty.
fn fields(row: &[Placed]) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for cell in row {
        fields.resize(cell.start.max(fields.len()), String::new());
        fields.push(join(&cell.lines));
    }
    fields
}

/// Lines of one cell as one: no blank between Japanese words, one before a list label.
fn join(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        let wide = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_ascii());
        let label = line.starts_with(['(', '（', '・', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨']);
        if label && !out.is_empty() {
            out.push('　');
        } else if !wide(out.chars().last()) && !wide(line.chars().next()) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}
