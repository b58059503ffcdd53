use super::html::{heads, sides};
use super::table::{Columns, Run, Side, rows};
use super::{FormatError, kind_name, reference_lines, severity_name};
use crate::diagnostics::Lang;
use crate::diff::types::Diff;
use crate::schema::Agreement;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, Worksheet};

/// A cell of a workbook holds 32,767 characters; longer words are cut, and end in `…`.
const ROOM: usize = 32_000;

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
    for (column, (words, width)) in
        (0u16..).zip((if lang == Lang::Ja { ja } else { en }).into_iter().zip([12, 26, 26, 50, 50, 40, 8]))
    {
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
        sheet.set_column_width(column, 60)?;
    }
    let (plain, marked) = (Format::new(), Format::new().set_underline(FormatUnderline::Single));
    for (line, row) in (1u32..).zip(rows(old, new)) {
        let mut cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_indent(row.level);
        cell = cell.set_border_left(FormatBorder::Thin).set_border_right(FormatBorder::Thin);
        if row.begins {
            cell = cell.set_border_top(FormatBorder::Thin);
        }
        let (left, right) = sides(&row, columns);
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

fn cut(words: &str) -> String {
    match words.char_indices().nth(ROOM) {
        Some((end, _)) => words.get(..end).unwrap_or("").to_string() + "…",
        None => words.to_string(),
    }
}
