//! Places in the words of an amendment.

use super::instruction::Step;
use super::target::{Way, at};
use crate::diff::tree::detail;
use crate::diff::{Branch, Part, fold};
use crate::parse::head;

/// `第3条の2`
fn article(number: &str) -> String {
    crate::model::path::article(number).into()
}

/// `第1号の2`
fn item(number: &str) -> String {
    let (main, branch) = number.split_at(number.find('の').unwrap_or(number.len()));
    format!("第{main}号{branch}")
}

/// A step as it is written.
pub fn step(step: &Step) -> String {
    match step {
        Step::Article(n) => article(n),
        Step::Paragraph(n) => format!("第{n}項"),
        Step::Item(n) => item(n),
        Step::Label(label) => label.clone(),
        Step::Table(n) if n.is_empty() => "別表".to_string(),
        Step::Table(n) => format!("別表第{n}"),
        Step::Row(tail) => tail.clone(),
        Step::Title => "題名".to_string(),
        Step::Preamble => "前文".to_string(),
        Step::Closing => "後文".to_string(),
        Step::Date => "締結日".to_string(),
        Step::Body => "本則".to_string(),
        Step::Signatures => "記名".to_string(),
        Step::Supplementary => "附則".to_string(),
        Step::Name => "見出し".to_string(),
        Step::Captions => "（見出しを含む。）".to_string(),
        Step::Number => "番号".to_string(),
        Step::Lead => "各号列記以外の部分".to_string(),
        Step::Main => "本文".to_string(),
        Step::Proviso => "ただし書".to_string(),
        Step::First => "前段".to_string(),
        Step::Second => "後段".to_string(),
    }
}

/// The parts that a step may mean.
pub fn parts(step: &Step) -> &'static [Part] {
    match step {
        Step::Article(_) => &[Part::Article],
        Step::Paragraph(_) => &[Part::Paragraph],
        Step::Item(_) | Step::Label(_) => &[Part::Item],
        Step::Table(_) => &[Part::Table],
        _ => &[],
    }
}

/// A node among its siblings: `第3条`, `第2項`, `第1号`, `医療の部`.
pub fn own(node: &Branch) -> String {
    match node.part {
        Part::Title => "題名".to_string(),
        Part::Preamble => "前文".to_string(),
        Part::Closing => "後文".to_string(),
        Part::Date => "締結日".to_string(),
        Part::Supplementary => "附則".to_string(),
        Part::Article => article(&node.number),
        Part::Paragraph => format!("第{}項", node.number),
        Part::Item if is_top(node) => item(&node.number),
        Part::Item => fold::fold(&node.label),
        Part::Table if node.number.is_empty() => "別表".to_string(),
        Part::Table if node.label.contains('第') => format!("別表第{}", node.number),
        Part::Table => format!("別表{}", node.number),
        Part::Field if node.name.is_empty() => format!("{}の部", node.number),
        Part::Field => format!("{}の部", node.name),
        Part::Initiative => format!("{}の項", node.name),
        Part::Content => "取組内容の欄".to_string(),
        Part::Role => format!("{}の役割の欄", node.name),
        Part::Row => format!("{}の項", node.text.split('\t').next().unwrap_or("")),
        Part::Remark => "備考".to_string(),
        Part::Detail if node.name == detail::POINTER => "の関係条項".to_string(),
        Part::Agreement | Part::Party | Part::Detail => String::new(),
    }
}

/// `(1)`, `一`: a 号; ア and below are named by their letter
fn is_top(node: &Branch) -> bool {
    use crate::ast::Numbering::{Kanji, ParenArabic, ParenKanji};
    let system = head::item(&format!("{} x", node.label)).map(|h| h.numbering);
    node.label.is_empty() || matches!(system, Some(ParenArabic | ParenKanji | Kanji))
}

/// A node with what stands above it: `第3条第2項第1号ア`. The only 項 of an article is left out above its 号.
pub fn place(root: &Branch, way: &Way) -> String {
    let mut out = String::new();
    for end in 1..=way.len() {
        let (Some(here), Some(above)) = (way.get(..end), way.get(..end - 1)) else { continue };
        let (Some(node), Some(parent)) = (at(root, here), at(root, above)) else { continue };
        let alone = parent.children.iter().filter(|c| c.part == Part::Paragraph).count() == 1;
        if node.part == Part::Paragraph && alone && (node.number == "1" || end < way.len()) {
            continue;
        }
        out.push_str(&own(node));
    }
    out
}
