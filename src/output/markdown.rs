//! A readable page in the order of the agreement: articles as text, each 分野 as a table.

use super::{canonical, sheet};
use crate::diagnostics::Lang;
use crate::schema::{Agreement, AppendedTable, Field, Item, Paragraph};

/// The columns of every table.
struct Columns {
    parties: Vec<String>,
    /// 取組, 取組内容 and the roles.
    names: Vec<String>,
}

/// One agreement as Markdown, in Japanese as all of its words are; reading it gives the same agreement again.
pub fn write(agreement: &Agreement) -> String {
    let parties = sheet::parties(std::slice::from_ref(agreement));
    let names = sheet::header(&parties, Lang::Ja).split_off(sheet::FIXED - 2);
    let columns = Columns { parties, names };
    let mut out = String::new();
    block(&mut out, &format!("# {}", text(&agreement.title)));
    block(&mut out, &text(agreement.preamble.as_deref().unwrap_or("")));
    let mut division: &[String] = &[];
    for article in &agreement.articles {
        canonical::opened(&article.division, division).iter().for_each(|name| heading(&mut out, 2, name));
        division = &article.division;
        let caption = article.caption.as_ref().map_or(String::new(), |c| format!("（{c}）"));
        heading(&mut out, 2, &format!("{}{caption}", article.label));
        article.paragraphs.iter().for_each(|p| paragraph(&mut out, p, p.number > 1, &columns));
    }
    block(&mut out, &text(agreement.closing.as_deref().unwrap_or("")));
    canonical::signed(agreement).iter().for_each(|words| block(&mut out, &text(words)));
    agreement.tables.iter().for_each(|table| appended(&mut out, table, &columns));
    for supplementary in &agreement.supplementary {
        heading(&mut out, 2, if supplementary.label.is_empty() { "附則" } else { &supplementary.label });
        let numbered = supplementary.paragraphs.len() > 1;
        supplementary.paragraphs.iter().for_each(|p| paragraph(&mut out, p, numbered, &columns));
    }
    agreement.unparsed.iter().for_each(|unparsed| block(&mut out, &format!("> {}", text(&unparsed.text))));
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Words and an empty line after them.
fn block(out: &mut String, words: &str) {
    if !words.is_empty() {
        out.push_str(words);
        out.push_str("\n\n");
    }
}

fn heading(out: &mut String, level: usize, words: &str) {
    block(out, &format!("{} {}", "#".repeat(level), text(words)));
}

fn paragraph(out: &mut String, paragraph: &Paragraph, numbered: bool, columns: &Columns) {
    let has_more = !(paragraph.items.is_empty() && paragraph.fields.is_empty());
    let (lead, tail) = canonical::split_tail(&paragraph.text, has_more);
    let number = if numbered { format!("{}　", paragraph.number) } else { String::new() };
    block(out, &format!("{number}{}", text(lead)));
    paragraph.fields.iter().for_each(|f| field(out, f, columns));
    paragraph.items.iter().for_each(|i| item(out, i, 0, columns));
    end_list(out);
    block(out, &text(tail));
}

/// `- (1) 医療`, and what stands below it
fn item(out: &mut String, list: &Item, depth: usize, columns: &Columns) {
    let (lead, tail) = canonical::split_tail(&list.text, !(list.items.is_empty() && list.fields.is_empty()));
    out.push_str(&format!("{}- {} {}\n", "  ".repeat(depth), text(&list.label), text(lead)));
    if !list.fields.is_empty() {
        end_list(out);
    }
    list.fields.iter().for_each(|f| field(out, f, columns));
    list.items.iter().for_each(|inner| item(out, inner, depth + 1, columns));
    if !tail.is_empty() {
        end_list(out);
        block(out, &text(tail));
    }
}

/// An empty line, where none stands yet.
fn end_list(out: &mut String) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// `## 別表1（第3条関係） 医療`, its 分野, and rows and remarks as they stand
fn appended(out: &mut String, table: &AppendedTable, columns: &Columns) {
    let reference = table.reference.as_ref().map_or(String::new(), |r| format!("（{r}）"));
    heading(out, 2, format!("別表{}{reference} {}", table.number, table.title).trim_end());
    table.fields.iter().for_each(|f| field(out, f, columns));
    if let Some((first, others)) = table.rows.split_first() {
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        row(out, &padded(first, width));
        rule(out, width);
        others.iter().for_each(|cells| row(out, &padded(cells, width)));
        end_list(out);
    }
    table.remarks.iter().for_each(|remark| block(out, &text(remark)));
}

fn padded(cells: &[String], width: usize) -> Vec<&str> {
    cells.iter().map(String::as_str).chain(std::iter::repeat("")).take(width).collect()
}

/// `### 1 医療` and a row for each 取組
fn field(out: &mut String, field: &Field, columns: &Columns) {
    let name = format!("{} {}", field.number, field.title);
    if !name.trim().is_empty() {
        heading(out, 3, name.trim());
    }
    if field.initiatives.is_empty() {
        return;
    }
    row(out, &columns.names.iter().map(String::as_str).collect::<Vec<_>>());
    rule(out, columns.names.len());
    for initiative in &field.initiatives {
        let fixed = [initiative.name.as_str(), initiative.content.as_deref().unwrap_or("")];
        let roles = columns.parties.iter().map(|p| initiative.roles.get(p).map_or("", String::as_str));
        row(out, &fixed.into_iter().chain(roles).collect::<Vec<_>>());
    }
    end_list(out);
}

fn row(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| text(cell)).collect();
    out.push_str(&format!("| {} |\n", cells.join(" | ")));
}

fn rule(out: &mut String, width: usize) {
    out.push_str(&format!("|{}\n", "---|".repeat(width)));
}

/// Words that Markdown shall not read as markup.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '|' | '*' | '_' | '`' | '<' | '[' | ']' | '#' | '\\' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
