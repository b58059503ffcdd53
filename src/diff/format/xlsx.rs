use super::html::{heads, sides};
use super::table::{Columns, Run, Side, rows};
use super::{FormatError, kind_name, reference_lines, severity_name};
use crate::diagnostics::Lang;
use crate::diff::types::Diff;
use crate::schema::Agreement;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, Worksheet};

/// A cell of a workbook holds 32,767 characters; longer words are cut, and end in `…`.
const ROOM: usize = 32_000;

/// Widths of the columns of the list, in half-width characters.
const WIDTHS: [u16; 7] = [12, 26, 26, 50, 50, 40, 8];
/// Width of a side of the table.
const SIDE: u16 = 60;

/// A workbook: the list of changes, and the 新旧対照表.
pub fn xlsx(
    diff: &Diff,
    old: &Agreement,
    new: &Agreement,
    columns: Columns,
    lang: Lang,
) -> Result<Vec<u8>, FormatError> {
    let mut book = Workbook::new();
    list(book.add_worksheet(), diff, lang)?;
    table(book.add_worksheet(), old, new, columns)?;
    Ok(book.save_to_buffer()?)
}

fn list(sheet: &mut Worksheet, diff: &Diff, lang: Lang) -> Result<(), FormatError> {
    let ja = ["種類", "改正前の場所", "改正後の場所", "改正前", "改正後", "参照", "重さ"];
    let en = ["Kind", "Old place", "New place", "Before", "After", "References", "Severity"];
    sheet.set_name(if lang == Lang::Ja { "変更" } else { "Changes" })?;
    let head = Format::new().set_bold().set_border(FormatBorder::Thin);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    for (column, (words, width)) in (0u16..).zip((if lang == Lang::Ja { ja } else { en }).into_iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, words, &head)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, change) in (1u32..).zip(&diff.changes) {
        let new_path = if change.node.is_some() && change.after.is_none() { "" } else { change.path.as_str() };
        let references = reference_lines(change, lang).join("\n");
        let cells = [
            kind_name(change.kind, lang),
            change.old_path.as_deref().unwrap_or(""),
            new_path,
            change.before.as_deref().unwrap_or(""),
            change.after.as_deref().unwrap_or(""),
            &references,
            severity_name(change.severity, lang),
        ];
        sheet.set_row_height(row, height(cells.iter().zip(WIDTHS).map(|(words, width)| (*words, width))))?;
        for (column, words) in (0u16..).zip(cells) {
            sheet.write_string_with_format(row, column, cut(words), &body)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, u32::try_from(diff.changes.len()).unwrap_or(0), 6)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn table(sheet: &mut Worksheet, old: &Agreement, new: &Agreement, columns: Columns) -> Result<(), FormatError> {
    sheet.set_name("新旧対照表")?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let head = Format::new().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let (left, right) = heads(columns);
    for (column, words) in [(0, left), (1, right)] {
        sheet.write_string_with_format(0, column, words, &head)?;
        sheet.set_column_width(column, SIDE)?;
    }
    let (plain, marked) = (Format::new(), Format::new().set_underline(FormatUnderline::Single));
    let rows = rows(old, new);
    let last = rows.len();
    for (line, row) in (1u32..).zip(rows) {
        let mut cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_indent(row.level);
        cell = cell.set_border_left(FormatBorder::Thin).set_border_right(FormatBorder::Thin);
        if row.begins {
            cell = cell.set_border_top(FormatBorder::Thin);
        }
        if line as usize == last {
            cell = cell.set_border_bottom(FormatBorder::Thin);
        }
        let (left, right) = sides(&row, columns);
        let words = [left, right].map(|s| joined(s).into_iter().map(|r| r.text).collect::<String>());
        sheet.set_row_height(
            line,
            height(words.iter().map(|w| (w.as_str(), SIDE - 2 * u16::from(row.level).min(20)))),
        )?;
        for (column, side) in [(0, left), (1, right)] {
            let runs = joined(side);
            let length: usize = runs.iter().map(|r| r.text.chars().count()).sum();
            match runs.as_slice() {
                [] => _ = sheet.write_blank(line, column, &cell)?,
                [run] => {
                    let format =
                        if run.marked { cell.clone().set_underline(FormatUnderline::Single) } else { cell.clone() };
                    sheet.write_string_with_format(line, column, cut(&run.text), &format)?;
                }
                _ if length > ROOM => {
                    let words: String = runs.iter().map(|r| r.text.as_str()).collect();
                    sheet.write_string_with_format(line, column, cut(&words), &cell)?;
                }
                runs => {
                    let style = |r: &Run| if r.marked { &marked } else { &plain };
                    let pieces: Vec<(&Format, &str)> = runs.iter().map(|r| (style(r), r.text.as_str())).collect();
                    sheet.write_rich_string_with_format(line, column, &pieces, &cell)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Label and words of a side, neighbours of one style joined.
fn joined(side: &Side) -> Vec<Run> {
    let gap = (!side.label.is_empty() && !side.body.is_empty()).then(|| Run { text: "　".into(), marked: false });
    let mut out: Vec<Run> = Vec::new();
    for run in side.label.iter().cloned().chain(gap).chain(side.body.iter().cloned()).filter(|r| !r.text.is_empty()) {
        match out.last_mut() {
            Some(last) if last.marked == run.marked => last.text.push_str(&run.text),
            _ => out.push(run),
        }
    }
    out
}

/// Height of a row in points: programs do not fit rows to words that have several styles.
fn height<'w>(cells: impl Iterator<Item = (&'w str, u16)>) -> f64 {
    let columns = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let lines = |(words, width): (&str, u16)| {
        words.split('\n').map(|l| columns(l).div_ceil(usize::from(width.max(4) - 2)).max(1)).sum::<usize>()
    };
    (cells.map(lines).max().unwrap_or(1) as f64 * 18.0).min(409.0)
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(ROOM) {
        Some((end, _)) => words.get(..end).unwrap_or("").to_string() + "…",
        None => words.to_string(),
    }
}
