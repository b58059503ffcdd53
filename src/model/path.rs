//! Stable addresses of nodes, without line numbers: `第6条第2項`, `第3条第1項(1)`, `別表1/2/障がい者福祉/乙の役割`.

use crate::ast::{AppendedTable, Article, Field, Initiative, Item, Numbering, Paragraph, Role};
use crate::parse::numeral;

/// `第3条の2`
pub fn article(number: &str) -> String {
    let (main, branch) = number.split_at(number.find('の').unwrap_or(number.len()));
    // room for 項 and 号 behind it
    let mut out = String::with_capacity(32);
    ["第", main, "条", branch].iter().for_each(|part| out.push_str(part));
    out
}

/// `第6条第2項`
pub fn paragraph(a: &Article, paragraph: &Paragraph) -> String {
    let mut out = article(&a.number);
    out.push('第');
    out.push_str(itoa::Buffer::new().format(paragraph.number));
    out.push('項');
    out
}

/// `第3条第1項(1)ア`: the label in one fixed form
pub fn item(parent: &str, item: &Item) -> String {
    [parent, &label(item.numbering, &item.number)].concat()
}

/// `(1)`, `(1)の2`, `ア`
pub fn label(numbering: Numbering, number: &str) -> String {
    let (main, branch) = number.split_at(number.find('の').unwrap_or(number.len()));
    match main.parse() {
        Ok(value) => numeral::label(numbering, value) + branch,
        Err(_) => number.to_string(),
    }
}

/// `別表1`, `別表`
pub fn table(table: &AppendedTable) -> String {
    appended(&table.number)
}

/// `別表1の2`
pub fn appended(number: &str) -> String {
    ["別表", number].concat()
}

/// `別表1/2`: by number, or by title where it has none
pub fn field(area: &str, field: &Field) -> String {
    format!("{area}/{}", if field.number.is_empty() { field.title.text.as_str() } else { &field.number })
}

/// `別表1/2/障がい者福祉`
pub fn initiative(field: &str, initiative: &Initiative) -> String {
    format!("{field}/{}", initiative.name.text)
}

/// `別表1/2/障がい者福祉/取組内容`
pub fn cell(initiative: &str, label: &str) -> String {
    format!("{initiative}/{label}")
}

/// `別表1/2/障がい者福祉/乙の役割`
pub fn role(initiative: &str, role: &Role) -> String {
    format!("{initiative}/{}の役割", role.parties.join("・"))
}

/// `附則第2項`, `附則2第1項` for the second block
pub fn supplementary(at: usize, paragraph: &Paragraph) -> String {
    let block = if at == 0 { String::new() } else { (at + 1).to_string() };
    format!("附則{block}第{}項", paragraph.number)
}
