//! Tables columned by dashes, as pandoc writes them in plain text and Markdown:
//!
//! ```text
//! 取組       取組内容                  ---------- ---------------
//! ---------- ---------------          夜間診療   夜間の当番を
//! 夜間診療   夜間の当番を続ける。                続ける。
//!
//!                                     通院支援   便を出す。
//!                                     ---------- ---------------
//! ```
//!
//! Blank lines part the rows where there are any; else each line is one.

use super::letters::{Letters, Ruler};
use super::table::{Cell, Piece, Row, Table};
use super::{Found, Held, is_blank, trim, unbroken};
use std::ops::Range;

/// No header is higher.
const HEADER: usize = 8;
/// No table is longer.
const LONGEST: usize = 2000;

/// The table whose first line this is.
pub fn find(source: &str, lines: &[Range<usize>], at: usize) -> Option<Found> {
    let line = |at: usize| lines.get(at).map_or("", |line| source[line.clone()].trim_end());
    if is_empty(line(at)) || at > 0 && !is_empty(line(at - 1)) {
        return None;
    }
    // a rule over all columns stands above a header of several lines, the columns below it
    let is_wide = is_rule(line(at)) && columns(line(at)).is_none();
    let most = if is_wide { HEADER } else { 1 };
    let rule = (at..=at + most).take_while(|row| !is_empty(line(*row))).find(|row| columns(line(*row)).is_some())?;
    let columns = columns(line(rule))?;
    if is_wide && rule < at + 2 {
        return None;
    }
    let is_end = |row: &usize| match rule - at {
        _ if is_wide => is_rule(line(*row)) && line(*row).len() == line(at).len(),
        0 => line(*row) == line(rule),
        _ => is_empty(line(*row)),
    };
    // what does not stand in the columns is of no table of these
    let most = lines.len().min(rule + LONGEST);
    let last = (rule + 1..most).find(|row| is_end(row) || !may_stand(line(*row), &columns)).unwrap_or(most);
    let body = rule + 1..last;
    if body.is_empty() || !is_end(&last) {
        return None;
    }
    // the blank line below a table without a last rule is none of it
    let end = if is_empty(line(last)) { last } else { last + 1 };
    let is_parted = is_wide || body.clone().any(|row| is_empty(line(row)));
    let header = at + usize::from(is_wide)..rule;
    let rows = |ruler: Ruler| -> Option<Vec<Row>> {
        let mut rows = vec![Row::default()];
        for row in header.clone().chain(body.clone()) {
            if is_empty(line(row)) || !is_parted || row == body.start {
                rows.push(Row::default());
            }
            put(rows.last_mut()?, line(row), (row, lines[row].start), &columns, ruler)?;
        }
        Some(rows)
    };
    let held = match [Ruler::Narrow, Ruler::Mixed].into_iter().find_map(rows) {
        Some(rows) => {
            Held::Table(Table { columns: columns.len(), rows, wraps: false, doubt: false, doubts: Vec::new() })
        }
        None => Held::Broken,
    };
    Some(Found { lines: at..end, held })
}

fn is_empty(line: &str) -> bool {
    line.chars().all(|c| is_blank(c) || c.is_control())
}

/// `-----  -----`, `------------`
fn is_rule(line: &str) -> bool {
    line.contains("---") && line.bytes().all(|b| matches!(b, b'-' | b' '))
}

/// The columns of a line of dashes, two at least.
fn columns(line: &str) -> Option<Vec<Range<usize>>> {
    if !is_rule(line) {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.bytes().enumerate().filter(|(_, byte)| *byte == b'-') {
        match columns.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => columns.push(at..at + 1),
        }
    }
    (columns.len() > 1 && columns.iter().all(|column| column.len() > 1)).then_some(columns)
}

/// Whether a line is no wider than the table, however its letters are counted.
fn may_stand(line: &str, columns: &[Range<usize>]) -> bool {
    let end = columns.last().map_or(0, |last| last.end);
    line.chars().count() <= end && !line.contains('\t')
}

/// Puts the words of a line into their columns; `None` where some stand between two.
fn put(
    row: &mut Row,
    line: &str,
    (number, start): (usize, usize),
    columns: &[Range<usize>],
    ruler: Ruler,
) -> Option<()> {
    let letters = Letters::of(line, ruler, |_| false)?;
    let offset = |column: usize| match column {
        column if column >= letters.width() => Some(line.len()),
        column => letters.offset(column),
    };
    let mut end = 0;
    for (at, column) in columns.iter().enumerate() {
        let from = offset(column.start)?;
        if !is_empty(line.get(end..from)?) {
            return None;
        }
        end = offset(column.end)?;
        let words = unbroken(trim(line.get(from..end)?));
        if words.contains('|') {
            return None;
        }
        if words.is_empty() {
            continue;
        }
        let place = start + (words.as_ptr() as usize - line.as_ptr() as usize);
        let piece = Piece { place: place..place + words.len(), line: number, is_full: true, room: 2 };
        match row.cells.iter_mut().find(|cell| cell.columns.start == at) {
            Some(cell) => cell.pieces.push(piece),
            None => row.cells.push(Cell { columns: at..at + 1, is_merged: false, pieces: vec![piece] }),
        }
    }
    row.cells.sort_by_key(|cell| cell.columns.start);
    is_empty(line.get(end..)?).then_some(())
}
