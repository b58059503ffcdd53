//! The canonical text: the reference shape in one fixed form of numbering and spacing, made to be committed and diffed.

use crate::ast::Numbering;
use crate::parse::{head, numeral};
use crate::schema::{Agreement, AppendedTable, Article, Field, Initiative, Item, Paragraph, Supplementary};

/// The text; reading it gives the same agreement again.
pub fn write(agreement: &Agreement) -> String {
    let mut out = String::new();
    block(&mut out, &agreement.title);
    block(&mut out, agreement.preamble.as_deref().unwrap_or(""));
    let mut division: &[String] = &[];
    for article in &agreement.articles {
        opened(&article.division, division).iter().for_each(|heading| block(&mut out, heading));
        division = &article.division;
        write_article(&mut out, article);
    }
    block(&mut out, agreement.closing.as_deref().unwrap_or(""));
    signed(agreement).iter().for_each(|words| block(&mut out, words));
    agreement.tables.iter().for_each(|table| write_table(&mut out, table));
    for supplementary in &agreement.supplementary {
        write_supplementary(&mut out, supplementary);
    }
    agreement.unparsed.iter().for_each(|u| block(&mut out, &u.text));
    out
}

pub(crate) fn write_supplementary(out: &mut String, supplementary: &Supplementary) {
    block(out, if supplementary.label.is_empty() { "附則" } else { &supplementary.label });
    // 項 of 附則 that carry numbers carry the first one too
    let numbered = supplementary.paragraphs.len() > 1;
    supplementary.paragraphs.iter().enumerate().for_each(|(at, p)| {
        write_paragraph(out, p, if at == 0 && !numbered { String::new() } else { format!("{} ", p.number) });
    });
}

/// The day, and for each party its address and who signs: `甲 青葉市中央1丁目`, `青葉市長 山川 一郎`
pub(super) fn signed(agreement: &Agreement) -> Vec<String> {
    let mut out: Vec<String> = agreement.date.iter().map(|date| date.text.clone()).collect();
    for party in &agreement.parties {
        let representative = party.representative.as_ref();
        let signer: Vec<&str> =
            representative.into_iter().flat_map(|r| [r.office.as_deref(), r.name.as_deref()]).flatten().collect();
        if party.address.is_some() || representative.is_some() {
            out.push(format!("{} {}", party.symbol, party.address.as_deref().unwrap_or("")).trim_end().to_string());
        }
        out.push(signer.join(" "));
    }
    out
}

/// The headings of 編 and 章 that an article opens, behind one that stood in `last`.
pub(super) fn opened<'a>(division: &'a [String], last: &[String]) -> &'a [String] {
    let same = division.iter().zip(last).take_while(|(a, b)| a == b).count();
    &division[same..]
}

/// Words and an empty line after them.
fn block(out: &mut String, words: &str) {
    if !words.is_empty() {
        out.push_str(words);
        out.push_str("\n\n");
    }
}

pub(crate) fn write_article(out: &mut String, article: &Article) {
    if let Some(caption) = &article.caption {
        block(out, &format!("（{caption}）"));
    }
    let number = match article.number.split_once('の') {
        Some((main, branch)) => format!("第{main}条の{branch} "),
        None => format!("第{}条 ", article.number),
    };
    for (at, paragraph) in article.paragraphs.iter().enumerate() {
        write_paragraph(out, paragraph, if at == 0 { number.clone() } else { format!("{} ", paragraph.number) });
    }
}

pub(crate) fn write_paragraph(out: &mut String, paragraph: &Paragraph, lead: String) {
    let (text, tail) = split_tail(&paragraph.text, !(paragraph.items.is_empty() && paragraph.fields.is_empty()));
    block(out, format!("{lead}{text}").trim_end());
    paragraph.fields.iter().for_each(|field| write_block(out, field));
    paragraph.items.iter().for_each(|item| write_item(out, item));
    block(out, tail);
}

/// 柱書 and what stands behind the 号.
pub(super) fn split_tail(text: &str, has_items: bool) -> (&str, &str) {
    text.split_once('\n').filter(|_| has_items).unwrap_or((text, ""))
}

pub(crate) fn write_item(out: &mut String, item: &Item) {
    let (text, tail) = split_tail(&item.text, !(item.items.is_empty() && item.fields.is_empty()));
    block(out, format!("{} {text}", label(item)).trim_end());
    item.items.iter().for_each(|inner| write_item(out, inner));
    let below = levels(numbering(item));
    item.fields.iter().enumerate().for_each(|(at, field)| write_field(out, field, at, item, &below));
    block(out, tail);
}

fn numbering(item: &Item) -> Numbering {
    head::item(&format!("{} x", item.label)).map_or(Numbering::ParenArabic, |h| h.numbering)
}

/// The label in one fixed form: `(1)` for `（１）` and `⑴`.
fn label(item: &Item) -> String {
    crate::model::path::label(numbering(item), &item.number)
}

/// The systems below one, in the order of drafting practice.
fn levels(outer: Numbering) -> Vec<Numbering> {
    use Numbering::*;
    let order = [ParenArabic, Katakana, ParenKatakana, Latin, ParenLatin, Roman];
    let at = order.iter().position(|n| *n == outer).map_or(1, |at| at + 1);
    order[at.min(order.len())..].iter().copied().chain([Circled, Bullet, Bullet, Bullet]).collect()
}

/// `ア 医療` / `(ア) 夜間診療` / `a 取組内容` / `b 甲の役割`
fn write_field(out: &mut String, field: &Field, at: usize, item: &Item, below: &[Numbering]) {
    let untitled = field.number.is_empty() && field.title.is_empty();
    let mut below = below;
    if !untitled {
        let number = field.number.parse().unwrap_or(at as u32 + 1);
        block(out, &format!("{} {}", numeral::label(below[0], number), field.title));
        below = &below[1..];
    }
    for (at, initiative) in field.initiatives.iter().enumerate() {
        let is_item = untitled && field.initiatives.len() == 1 && initiative.name == item.text;
        let cells = if is_item { below } else { &below[1..] };
        if !is_item {
            block(out, &format!("{} {}", numeral::label(below[0], at as u32 + 1), initiative.name));
        }
        for (nth, (name, text)) in labelled(initiative).into_iter().enumerate() {
            block(out, &format!("{} {name}", numeral::label(cells[0], nth as u32 + 1)));
            block(out, text);
        }
    }
}

/// The cells of an initiative with their labels.
fn labelled(initiative: &Initiative) -> Vec<(String, &str)> {
    let content = initiative.content.as_deref().map(|c| ("取組内容".to_string(), c));
    content
        .into_iter()
        .chain(initiative.roles.iter().map(|(party, text)| (format!("{party}の役割"), text.as_str())))
        .collect()
}

/// Rows in a 項 itself: `医療⇥夜間診療⇥取組内容⇥文`, since a heading with a number would be a 号.
fn write_block(out: &mut String, field: &Field) {
    let heading = format!("{} {}", field.number, field.title);
    let mut rows = String::new();
    field.initiatives.iter().for_each(|initiative| write_rows(&mut rows, initiative));
    match heading.trim() {
        "" => {}
        heading if field.initiatives.iter().any(|i| i.name.is_empty()) => block(out, &format!("【{heading}】")),
        heading => {
            out.push_str(heading);
            out.push('\t');
        }
    }
    block(out, rows.trim_end_matches('\n'));
}

pub(crate) fn write_table(out: &mut String, table: &AppendedTable) {
    let pointer = table.reference.as_ref().map_or(String::new(), |r| format!(" [{r}]"));
    block(out, &format!("別表{}{pointer}", table.number));
    block(out, &table.title);
    table.fields.iter().for_each(|field| write_part(out, field));
    for row in &table.rows {
        out.push_str(&row.join("\t"));
        out.push('\n');
    }
    if !table.rows.is_empty() {
        out.push('\n');
    }
    table.remarks.iter().for_each(|remark| block(out, remark));
}

/// A 分野 of a 別表: its heading and its rows.
pub(crate) fn write_part(out: &mut String, field: &Field) {
    block(out, format!("{} {}", field.number, field.title).trim());
    field.initiatives.iter().for_each(|initiative| write_rows(out, initiative));
    if !field.initiatives.is_empty() {
        out.push('\n');
    }
}

/// `夜間診療⇥取組内容⇥文` and a row for each role; a list goes on under its text
pub(crate) fn write_rows(out: &mut String, initiative: &Initiative) {
    let cells = labelled(initiative);
    if cells.is_empty() {
        out.push_str(&format!("{}\t取組内容\n", initiative.name));
    }
    for (at, (label, text)) in cells.iter().enumerate() {
        let name = if at == 0 { initiative.name.as_str() } else { "" };
        out.push_str(&format!("{name}\t{label}\t{}\n", text.replace('\n', "\n\t\t")));
    }
}
