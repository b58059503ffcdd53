//! csv and tsv: one 取組 a row, a column for each party.

use crate::diagnostics::Lang;
use crate::schema::{Agreement, Field, Item};
use std::io::Write;

/// One 取組 and where it stands.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// `別表1`, or the 項 or 号 that holds it: `第3条第1項(1)`.
    pub table: String,
    /// The view.
    pub area: &'a str,
    /// `1 医療`
    pub field: String,
    /// The 取組.
    pub initiative: &'a crate::schema::Initiative,
}

/// Every 取組 of an agreement, wherever it is written.
pub fn rows(agreement: &Agreement) -> Vec<Row<'_>> {
    let mut out = Vec::new();
    for article in &agreement.articles {
        for paragraph in &article.paragraphs {
            let path = format!("第{}条第{}項", article.number, paragraph.number);
            fields(&paragraph.fields, &path, "", &mut out);
            items(&paragraph.items, &path, &mut out);
        }
    }
    for table in &agreement.tables {
        fields(&table.fields, &format!("別表{}", table.number), &table.title, &mut out);
    }
    out
}

fn items<'a>(list: &'a [Item], path: &str, out: &mut Vec<Row<'a>>) {
    for item in list {
        let path = format!("{path}{}", item.label);
        fields(&item.fields, &path, &item.text, out);
        items(&item.items, &path, out);
    }
}

fn fields<'a>(list: &'a [Field], table: &str, area: &'a str, out: &mut Vec<Row<'a>>) {
    for field in list {
        let title =
            if field.number.is_empty() { field.title.clone() } else { format!("{} {}", field.number, field.title) };
        out.extend(field.initiatives.iter().map(|initiative| Row {
            table: table.to_string(),
            area,
            field: title.clone(),
            initiative,
        }));
    }
}

/// The symbols of all parties that hold a role, in the order in which they appear.
pub fn parties(agreements: &[Agreement]) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for agreement in agreements {
        let defined = agreement.parties.iter().map(|p| &p.symbol);
        let rows = rows(agreement);
        for symbol in defined.chain(rows.iter().flat_map(|r| r.initiative.roles.keys())) {
            if !known.contains(symbol) {
                known.push(symbol.clone());
            }
        }
    }
    known
}

/// So many columns stand before those of the parties.
pub const FIXED: usize = 6;

/// The heading row.
pub fn header(parties: &[String], lang: Lang) -> Vec<String> {
    let fixed: [_; FIXED] = match lang {
        Lang::Ja => ["ファイル", "別表", "政策分野", "分野", "取組", "取組内容"],
        Lang::En => ["file", "table", "area", "field", "initiative", "content"],
    };
    let role = |symbol: &String| match lang {
        Lang::Ja => format!("{symbol}の役割"),
        Lang::En => format!("role of {symbol}"),
    };
    fixed.iter().map(|s| s.to_string()).chain(parties.iter().map(role)).collect()
}

/// The words of one row, in the order of [`header`].
pub fn words<'a>(file: &'a str, row: &'a Row, parties: &'a [String]) -> impl Iterator<Item = &'a str> {
    let initiative = row.initiative;
    let fixed = [file, &row.table, row.area, &row.field, &initiative.name, initiative.content.as_deref().unwrap_or("")];
    fixed.into_iter().chain(parties.iter().map(|p| initiative.roles.get(p).map_or("", String::as_str)))
}

/// The cells of one row, in the order of [`header`], safe to open in a spreadsheet.
pub fn cells(file: &str, row: &Row, parties: &[String]) -> Vec<String> {
    words(file, row, parties).map(harmless).collect()
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
pub fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_string() }
}

/// csv (`,`) or tsv (tab) of whole agreements; `bom` for Excel.
pub fn write(agreements: &[Agreement], delimiter: u8, bom: bool, lang: Lang) -> String {
    let parties = parties(agreements);
    let mut writer = writer(Vec::new(), delimiter);
    let mut records = vec![header(&parties, lang)];
    for agreement in agreements {
        records.extend(rows(agreement).iter().map(|row| cells(&agreement.source.name, row, &parties)));
    }
    for record in &records {
        // a Vec takes every byte; an error cannot come from it
        let _ = writer.write_record(record);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    if bom { format!("{BOM}{text}") } else { text }
}

/// What tells Excel that a csv is UTF-8.
pub const BOM: char = '\u{FEFF}';

/// A writer of csv (`,`) or tsv (tab) with the line ends of RFC 4180.
pub fn writer<W: Write>(to: W, delimiter: u8) -> csv::Writer<W> {
    csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(to)
}
