//! Writes an agreement down in the layouts that real ones use.

use kouotsu::schema::{Agreement, Field, Initiative, Item};
use proptest::prelude::*;
use proptest::sample::select;

/// Where and how the roles are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `名⇥取組内容⇥文`, then rows with an empty first cell.
    Stacked,
    /// A header row, then one row an initiative.
    Rows,
    /// Markdown.
    Pipes,
    /// `【甲の役割】` on a line of its own.
    Brackets,
    /// `甲の役割：文`.
    Colons,
    /// Stacked, by blanks, wrapped inside the cells.
    Columns,
    /// (1) → ア → (ア) → a.
    Tree,
    /// (1) → 1 → ア → (ア).
    TreeArabic,
    /// (1) → a → (a), (b) 役割分担 → i; there are no fields.
    TreeLatin,
    /// (1) → ア, and the rows of [`Style::Stacked`] below it.
    InsideStacked,
    /// The same with those of [`Style::Rows`].
    InsideRows,
    /// The same with those of [`Style::Pipes`].
    InsidePipes,
    /// The same with those of [`Style::Columns`].
    InsideColumns,
}

/// Every style.
pub const STYLES: &[Style] = &[
    Style::Stacked,
    Style::Rows,
    Style::Pipes,
    Style::Brackets,
    Style::Colons,
    Style::Columns,
    Style::Tree,
    Style::TreeArabic,
    Style::TreeLatin,
    Style::InsideStacked,
    Style::InsideRows,
    Style::InsidePipes,
    Style::InsideColumns,
];

const KATAKANA: &[&str] = &["ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ", "シ"];
const LATIN: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
const ROMAN: &[&str] = &["i", "ii", "iii", "iv"];
/// Widths of the columns of names and of labels, in columns of a terminal.
const COLUMNS: (usize, usize) = (24, 12);
/// Letters on one line of a cell.
const CELL: usize = 16;

/// Any style.
pub fn style() -> impl Strategy<Value = Style> {
    select(STYLES)
}

impl Style {
    /// Whether the roles stand inside 第3条.
    pub fn is_tree(self) -> bool {
        matches!(self, Style::Tree | Style::TreeArabic | Style::TreeLatin) || self.rows_inside().is_some()
    }

    /// How the rows below an article's 号 are written.
    fn rows_inside(self) -> Option<Style> {
        match self {
            Style::InsideStacked => Some(Style::Stacked),
            Style::InsideRows => Some(Style::Rows),
            Style::InsidePipes => Some(Style::Pipes),
            Style::InsideColumns => Some(Style::Columns),
            _ => None,
        }
    }

    /// The fields as far as the style can say them.
    pub fn fields(self, fields: &[Field]) -> Vec<Field> {
        if self != Style::TreeLatin {
            return fields.to_vec();
        }
        let initiatives = fields.iter().flat_map(|f| f.initiatives.clone()).collect();
        vec![Field { initiatives, ..Field::default() }]
    }
}

/// The text of an agreement, undamaged.
pub fn write(agreement: &Agreement, style: Style) -> String {
    let mut out = vec![agreement.title.clone(), agreement.preamble.clone().unwrap_or_default()];
    for article in &agreement.articles {
        out.extend(article.caption.iter().map(|caption| format!("（{caption}）")));
        for paragraph in &article.paragraphs {
            let label = if paragraph.number == 1 { article.label.clone() } else { paragraph.number.to_string() };
            out.push(format!("{label} {}", paragraph.text));
            paragraph.items.iter().for_each(|item| write_item(&mut out, item, style));
        }
    }
    out.extend(agreement.closing.clone());
    out.extend(agreement.date.iter().map(|date| date.text.clone()));
    for party in &agreement.parties {
        out.push(format!("{}　{}", party.symbol, party.address.as_deref().unwrap_or_default()));
        let signer = party.representative.clone().unwrap_or_default();
        out.push(format!("{}　{}", signer.office.unwrap_or_default(), signer.name.unwrap_or_default()));
    }
    for table in &agreement.tables {
        let reference = table.reference.as_deref().unwrap_or_default();
        out.push(format!("{}（{reference}）", table.label));
        out.push(table.title.clone());
        for field in &table.fields {
            out.push(format!("{} {}", field.number, field.title));
            out.push(block(&field.initiatives, style));
        }
    }
    out.join("\n\n") + "\n"
}

fn write_item(out: &mut Vec<String>, item: &Item, style: Style) {
    out.push(format!("{} {}", item.label, item.text));
    match style {
        Style::Tree => write_tree(out, &item.fields, KATAKANA, |i| format!("({})", at(KATAKANA, i)), |i| at(LATIN, i)),
        Style::TreeArabic => {
            let numbers = &["1", "2", "3", "4"];
            write_tree(out, &item.fields, numbers, |i| at(KATAKANA, i), |i| format!("({})", at(KATAKANA, i)));
        }
        Style::TreeLatin => write_latin(out, &item.fields),
        _ => {
            for (i, field) in item.fields.iter().enumerate().filter(|_| style.is_tree()) {
                out.push(format!("{}　{}", at(KATAKANA, i), field.title));
                out.extend(style.rows_inside().map(|rows| block(&field.initiatives, rows)));
            }
        }
    }
}

/// Field, initiative, label: three levels, each with its own numbers.
fn write_tree(
    out: &mut Vec<String>,
    fields: &[Field],
    fields_by: &[&str],
    names_by: impl Fn(usize) -> String,
    labels_by: impl Fn(usize) -> String,
) {
    for (i, field) in fields.iter().enumerate() {
        out.push(format!("{}　{}", at(fields_by, i), field.title));
        for (i, row) in field.initiatives.iter().enumerate() {
            out.push(format!("{}　{}", names_by(i), row.name));
            for (i, (label, text)) in cells(row, "取組の内容").into_iter().enumerate() {
                out.extend([format!("{}　{label}", labels_by(i)), text]);
            }
        }
    }
}

fn write_latin(out: &mut Vec<String>, fields: &[Field]) {
    for (i, row) in fields.iter().flat_map(|field| &field.initiatives).enumerate() {
        out.push(format!("{} {}", at(LATIN, i), row.name));
        for (i, (label, text)) in cells(row, "取組内容").into_iter().enumerate() {
            if i == 1 {
                out.push("(b) 役割分担".into());
            }
            let number = if i == 0 { "(a)".to_owned() } else { at(ROMAN, i - 1) };
            out.extend([format!("{number} {label}"), text]);
        }
    }
}

fn at(labels: &[&str], index: usize) -> String {
    labels.get(index).copied().unwrap_or("ン").to_owned()
}

/// Labels and texts in their order.
fn cells(row: &Initiative, content: &str) -> Vec<(String, String)> {
    let roles = row.roles.iter().map(|(symbol, text)| (format!("{symbol}の役割"), text.clone()));
    std::iter::once((content.to_owned(), row.content.clone().unwrap_or_default())).chain(roles).collect()
}

/// The initiatives of one field.
fn block(rows: &[Initiative], style: Style) -> String {
    let lines: Vec<String> = match style {
        Style::Rows => table(rows, "\t", "", ""),
        Style::Pipes => {
            let mut lines = table(rows, " | ", "| ", " |");
            let columns = rows.first().map_or(0, |row| row.roles.len() + 2);
            lines.insert(1, format!("|{}", " --- |".repeat(columns)));
            lines
        }
        _ => rows.iter().enumerate().flat_map(|(i, row)| single(i, row, style)).collect(),
    };
    lines.join("\n")
}

/// A header row and one row an initiative.
fn table(rows: &[Initiative], between: &str, before: &str, after: &str) -> Vec<String> {
    let line = |cells: Vec<String>| format!("{before}{}{after}", cells.join(between));
    let header = rows.first().map(|row| {
        let labels = cells(row, "取組の内容").into_iter().map(|cell| cell.0);
        line(std::iter::once("取組".to_owned()).chain(labels).collect())
    });
    let row = |row: &Initiative| {
        let texts = cells(row, "取組の内容").into_iter().map(|cell| cell.1);
        line(std::iter::once(row.name.clone()).chain(texts).collect())
    };
    header.into_iter().chain(rows.iter().map(row)).collect()
}

/// One initiative as lines of its own.
fn single(index: usize, row: &Initiative, style: Style) -> Vec<String> {
    let cells = cells(row, "取組内容");
    let heading = std::iter::once(format!("({}) {}", index + 1, row.name));
    let rows = cells.iter().enumerate().map(|(i, cell)| (if i == 0 { row.name.as_str() } else { "" }, cell));
    match style {
        Style::Brackets => heading.chain(cells.iter().flat_map(|(l, t)| [format!("【{l}】"), t.clone()])).collect(),
        Style::Colons => heading.chain(cells.iter().map(|(label, text)| format!("{label}：{text}"))).collect(),
        Style::Columns => rows.flat_map(|(name, (label, text))| columns(name, label, text)).collect(),
        _ => rows.map(|(name, (label, text))| format!("{name}\t{label}\t{text}")).collect(),
    }
}

/// A row whose cells are wrapped and set apart by blanks.
fn columns(name: &str, label: &str, text: &str) -> Vec<String> {
    let (names, texts) = (chunks(name, COLUMNS.0 / 2 - 2), chunks(text, CELL));
    let part = |list: &[String], i: usize| list.get(i).cloned().unwrap_or_default();
    let line = |i| {
        let label = if i == 0 { label } else { "" };
        let line = pad(&part(&names, i), COLUMNS.0) + &pad(label, COLUMNS.1) + &part(&texts, i);
        line.trim_end().to_owned()
    };
    (0..names.len().max(texts.len())).map(line).collect()
}

/// Pieces of so many letters; punctuation hangs over the edge, as typesetters have it.
fn chunks(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for c in text.chars() {
        match lines.last_mut() {
            Some(line) if line.chars().count() < most || "。、）」".contains(c) => line.push(c),
            _ => lines.push(c.into()),
        }
    }
    lines
}

fn pad(text: &str, width: usize) -> String {
    let taken: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    text.to_owned() + &" ".repeat(width.saturating_sub(taken))
}
