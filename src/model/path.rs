//! Stable addresses of nodes, without line numbers: `第6条第2項`, `第3条第1項(1)`, `別表1/2/障がい者福祉/乙の役割`.

use crate::ast::{AppendedTable, Article, Field, Initiative, Item, Numbering, Paragraph, Role};
use crate::parse::numeral;
use compact_str::{CompactString, ToCompactString, format_compact};

/// An address. Most are short enough to need no memory of their own.
pub type Path = CompactString;

/// `第3条の2`
pub fn article(number: &str) -> Path {
    let (main, branch) = parted(number);
    joined(&["第", main, "条", branch])
}

/// `第6条第2項`
pub fn paragraph(a: &Article, paragraph: &Paragraph) -> Path {
    let (main, branch) = parted(&a.number);
    joined(&["第", main, "条", branch, "第", itoa::Buffer::new().format(paragraph.number), "項"])
}

/// `第3条第1項(1)ア`: the label in one fixed form
pub fn item(parent: &str, item: &Item) -> Path {
    joined(&[parent, &label(item.numbering, &item.number)])
}

/// `(1)`, `(1)の2`, `ア`
pub fn label(numbering: Numbering, number: &str) -> String {
    let (main, branch) = parted(number);
    match main.parse() {
        Ok(value) => numeral::label(numbering, value) + branch,
        Err(_) => number.to_string(),
    }
}

/// `別表1`, `別表`
pub fn table(table: &AppendedTable) -> Path {
    appended(&table.number)
}

/// `別表1の2`
pub fn appended(number: &str) -> Path {
    joined(&["別表", number])
}

/// `別表1/2`: by number, or by title where it has none
pub fn field(area: &str, field: &Field) -> Path {
    joined(&[area, "/", if field.number.is_empty() { field.title.text.as_str() } else { &field.number }])
}

/// `別表1/2/障がい者福祉`
pub fn initiative(field: &str, initiative: &Initiative) -> Path {
    joined(&[field, "/", &initiative.name.text])
}

/// `別表1/2/障がい者福祉/取組内容`
pub fn cell(initiative: &str, label: &str) -> Path {
    joined(&[initiative, "/", label])
}

/// `別表1/2/障がい者福祉/乙の役割`
pub fn role(initiative: &str, role: &Role) -> Path {
    match &*role.parties {
        [party] => joined(&[initiative, "/", party, "の役割"]),
        parties => joined(&[initiative, "/", &parties.join("・"), "の役割"]),
    }
}

/// `附則第2項`, `附則2第1項` for the second block
pub fn supplementary(at: usize, paragraph: &Paragraph) -> Path {
    let block = if at == 0 { Path::default() } else { (at + 1).to_compact_string() };
    format_compact!("附則{block}第{}項", paragraph.number)
}

/// `3` and `の2`
fn parted(number: &str) -> (&str, &str) {
    number.split_at(number.find('の').unwrap_or(number.len()))
}

/// The parts as one address; most are put together in one short piece of the stack.
fn joined(parts: &[&str]) -> Path {
    if parts.iter().map(|part| part.len()).sum::<usize>() > 24 {
        return parts.concat().into();
    }
    let (mut short, mut len) = ([0; 24], 0);
    for part in parts {
        let Some(room) = short.get_mut(len..len + part.len()) else { return parts.concat().into() };
        room.copy_from_slice(part.as_bytes());
        len += part.len();
    }
    std::str::from_utf8(&short[..len]).map_or_else(|_| parts.concat().into(), Path::from)
}
