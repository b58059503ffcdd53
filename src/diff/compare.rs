//! One centre's agreements with its neighbours, side by side.

use super::fold;
use super::format::{FormatError, escape_xml};
use crate::diagnostics::Lang;
use crate::schema::{Agreement, Field, Initiative, Item, Party};
use indexmap::IndexMap;
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Value of [`Matrix::schema`].
pub const SCHEMA: &str = "kouotsu-compare/1";

/// Fields and initiatives by neighbours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Matrix {
    /// `kouotsu-compare/1`.
    pub schema: String,
    /// One an agreement: the parties that are not in all of them, or the file name.
    pub neighbours: Vec<String>,
    /// A field, then its initiatives.
    pub rows: Vec<Row>,
}

/// A field or an initiative in all agreements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// 視点: title of the table, or words of the 号.
    pub area: String,
    /// 分野.
    pub field: String,
    /// 取組; `null` in the row of the whole field.
    pub initiative: Option<String>,
    /// One a neighbour.
    pub cells: Vec<Cell>,
}

/// How a text stands to the most common one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The most common text; of equally common ones, the first. Nobody has it where all texts differ.
    Same,
    /// Another text.
    Differs,
    /// Not in this agreement.
    Missing,
}

/// One field or initiative of one neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// How it stands to the most common text.
    pub state: State,
    /// Equal texts have equal numbers, the most common one 1; 0 where it is missing.
    pub variant: u32,
}

/// Texts of one field, by folded name of the initiative.
type Texts = IndexMap<String, (String, String)>;
/// Area, field and texts, by folded area and field.
type Fields = IndexMap<(String, String), (String, String, Texts)>;

/// Compares agreements modulo the names of their parties; symbols stay.
pub fn compare(agreements: &[Agreement]) -> Matrix {
    let fields: Vec<Fields> = agreements.iter().map(read).collect();
    let mut order: Fields = IndexMap::new();
    for (key, (area, field, texts)) in fields.iter().flatten() {
        let entry = order.entry(key.clone()).or_insert_with(|| (area.clone(), field.clone(), Texts::new()));
        for (name, text) in texts {
            entry.2.entry(name.clone()).or_insert_with(|| text.clone());
        }
    }
    let mut rows = Vec::new();
    for (key, (area, field, initiatives)) in &order {
        let whole = |f: &Fields| f.get(key).map(|(_, _, texts)| sorted(texts));
        let row = |initiative, cells| Row { area: area.clone(), field: field.clone(), initiative, cells };
        rows.push(row(None, cells(fields.iter().map(whole))));
        for (name, (shown, _)) in initiatives {
            let one = |f: &Fields| f.get(key).and_then(|(_, _, texts)| texts.get(name)).map(|(_, text)| text.clone());
            rows.push(row(Some(shown.clone()), cells(fields.iter().map(one))));
        }
    }
    Matrix { schema: SCHEMA.into(), neighbours: neighbours(agreements), rows }
}

/// The names of a party, or its name where they were not told apart.
fn names_of(party: &Party) -> Vec<String> {
    if party.names.is_empty() { vec![party.name.clone()] } else { party.names.clone() }
}

/// A field in one text; the order of its initiatives says nothing.
fn sorted(texts: &Texts) -> String {
    let mut lines: Vec<String> = texts.iter().map(|(name, (_, text))| format!("{name}\t{text}")).collect();
    lines.sort();
    lines.join("\n")
}

fn cells(texts: impl Iterator<Item = Option<String>>) -> Vec<Cell> {
    let texts: Vec<Option<String>> = texts.collect();
    let mut counts: IndexMap<&String, usize> = IndexMap::new();
    for text in texts.iter().flatten() {
        *counts.entry(text).or_insert(0) += 1;
    }
    counts.sort_by(|_, a, _, b| b.cmp(a));
    let shared = counts.first().is_some_and(|(_, count)| *count > 1) || counts.len() == 1;
    let cell = |text: &Option<String>| match text.as_ref().and_then(|t| counts.get_index_of(t)) {
        Some(0) if shared => Cell { state: State::Same, variant: 1 },
        Some(rank) => Cell { state: State::Differs, variant: u32::try_from(rank + 1).unwrap_or(u32::MAX) },
        None => Cell { state: State::Missing, variant: 0 },
    };
    texts.iter().map(cell).collect()
}

fn neighbours(agreements: &[Agreement]) -> Vec<String> {
    let names = |a: &Agreement| a.parties.iter().flat_map(names_of).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = agreements.iter().map(names).collect();
    let own = |(agreement, names): (&Agreement, &Vec<String>)| {
        let own: Vec<String> = names.iter().filter(|n| !all.iter().all(|other| other.contains(n))).cloned().collect();
        if own.is_empty() { agreement.source.name.clone() } else { own.join("・") }
    };
    agreements.iter().zip(&all).map(own).collect()
}

fn read(agreement: &Agreement) -> Fields {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for party in &agreement.parties {
        names.extend(party.names.iter().chain([&party.name]).map(|n| (n.as_str(), party.symbol.as_str())));
    }
    names.retain(|(name, _)| !name.is_empty());
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names.dedup();
    let mut out = Fields::new();
    for table in &agreement.tables {
        add(&mut out, &table.title, &table.fields, &names);
    }
    for paragraph in agreement.articles.iter().flat_map(|a| &a.paragraphs) {
        add(&mut out, "", &paragraph.fields, &names);
        paragraph.items.iter().for_each(|item| add_item(&mut out, item, &names));
    }
    out
}

fn add_item(out: &mut Fields, item: &Item, names: &[(&str, &str)]) {
    add(out, &item.text, &item.fields, names);
    item.items.iter().for_each(|below| add_item(out, below, names));
}

fn add(out: &mut Fields, area: &str, fields: &[Field], names: &[(&str, &str)]) {
    for field in fields {
        let key = (fold::fold(area), fold::fold(&field.title));
        let entry = out.entry(key).or_insert_with(|| (area.to_string(), field.title.clone(), Texts::new()));
        for initiative in &field.initiatives {
            let text = words(initiative, names);
            let known = entry
                .2
                .entry(nameless(&initiative.name, names))
                .or_insert_with(|| (initiative.name.clone(), String::new()));
            known.1.push_str(&text);
        }
    }
}

/// Content and roles with symbols in the place of the parties' names.
fn words(initiative: &Initiative, names: &[(&str, &str)]) -> String {
    let mut parts = vec![initiative.content.clone().unwrap_or_default()];
    parts.extend(initiative.roles.iter().map(|(symbol, text)| format!("{symbol}\t{text}")));
    parts.iter().map(|p| nameless(p, names) + "\n").collect()
}

fn nameless(text: &str, names: &[(&str, &str)]) -> String {
    let symbols = names.iter().fold(text.to_string(), |text, (name, symbol)| text.replace(name, symbol));
    fold::fold(&symbols)
}

fn heads(lang: Lang) -> [&'static str; 3] {
    if lang == Lang::Ja { ["視点", "分野", "取組"] } else { ["Area", "Field", "Initiative"] }
}

fn show(cell: Cell, lang: Lang) -> String {
    match (cell.state, lang) {
        (State::Same, Lang::Ja) => "同じ".into(),
        (State::Same, Lang::En) => "same".into(),
        (State::Differs, Lang::Ja) => format!("異なる({})", cell.variant),
        (State::Differs, Lang::En) => format!("differs ({})", cell.variant),
        (State::Missing, Lang::Ja) => "なし".into(),
        (State::Missing, Lang::En) => "missing".into(),
    }
}

fn lines(matrix: &Matrix, lang: Lang) -> impl Iterator<Item = Vec<String>> {
    matrix.rows.iter().map(move |row| {
        let mut line = vec![row.area.clone(), row.field.clone(), row.initiative.clone().unwrap_or_default()];
        line.extend(row.cells.iter().map(|c| show(*c, lang)));
        line
    })
}

/// The matrix as CSV with a heading line.
pub fn csv(matrix: &Matrix, lang: Lang) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let head = heads(lang).into_iter().map(String::from).chain(matrix.neighbours.iter().cloned()).collect();
    for line in std::iter::once(head).chain(lines(matrix, lang)) {
        // Writing to memory does not fail, and all lines have the same length.
        let _ = out.write_record(line);
    }
    out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

const STYLE: &str = include_str!("format/matrix.css");

/// The matrix as one page that needs nothing else.
pub fn html(matrix: &Matrix, lang: Lang) -> String {
    let title = if lang == Lang::Ja { "協定の比較" } else { "Agreements compared" };
    let th = |words: &str| format!("<th scope=\"col\">{}</th>", escape_xml(words));
    let head: String = heads(lang).into_iter().chain(matrix.neighbours.iter().map(String::as_str)).map(th).collect();
    let mut body = String::new();
    for row in &matrix.rows {
        let class = if row.initiative.is_none() { " class=\"field\"" } else { "" };
        let names = [row.area.as_str(), &row.field, row.initiative.as_deref().unwrap_or("")];
        let names: String = names.iter().map(|n| format!("<td>{}</td>", escape_xml(n))).collect();
        let cell = |c: &Cell| {
            let class = ["same", "differs", "missing"][c.state as usize];
            format!("<td class=\"{class}\">{}</td>", show(*c, lang))
        };
        let cells: String = row.cells.iter().map(cell).collect();
        body.push_str(&format!("<tr{class}>{names}{cells}</tr>\n"));
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n\
         </table></div>\n</body>\n</html>\n"
    )
}

/// The matrix as a workbook.
pub fn xlsx(matrix: &Matrix, lang: Lang) -> Result<Vec<u8>, FormatError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let head = plain.clone().set_bold();
    let colours = [0xE3F2E6, 0xFFF3CD, 0xF8D7DA].map(|rgb| plain.clone().set_background_color(Color::RGB(rgb)));
    let names = heads(lang).into_iter().chain(matrix.neighbours.iter().map(String::as_str));
    for (column, name) in (0u16..).zip(names) {
        sheet.write_string_with_format(0, column, name, &head)?;
        sheet.set_column_width(column, if column < 3 { 28 } else { 14 })?;
    }
    for ((row, line), cells) in (1u32..).zip(lines(matrix, lang)).zip(matrix.rows.iter().map(|r| &r.cells)) {
        for (column, words) in (0u16..).zip(line) {
            let state = usize::from(column).checked_sub(3).and_then(|at| cells.get(at)).map(|c| c.state as usize);
            let format = state.and_then(|s| colours.get(s)).unwrap_or(&plain);
            sheet.write_string_with_format(row, column, words, format)?;
        }
    }
    sheet.set_freeze_panes(1, 3)?;
    Ok(book.save_to_buffer()?)
}
