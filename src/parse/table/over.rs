//! Headings of 分野 without a number of their own, over the name of the first 取組 and the label of its content.
//!
//! ```text
//! 教育              第2　福祉          ■福祉
//! (1) 合同研修       見守り            ・見守り
//! 取組の内容：…       【取組の内容】      取組の内容　…
//! ```

use super::{Table, is_label_line, is_view};
use crate::ast::TriviaKind;
use crate::lines::{Line, Marks, is_blank};
use crate::parse::head::{self, ItemHead, numbered};
use crate::parse::label::{self, Label};
use crate::parse::outline::Node;
use crate::parse::{Context, zones};
use compact_str::CompactString;

/// No such heading is longer, in bytes.
const LONGEST: usize = 90;
/// Nor one that `分野` ends: `政策分野` ends the titles of tables.
const FIELD: usize = 30;
/// Marks before a heading.
pub(super) const MARKS: &[char] = &['■', '□', '◆', '◇', '●', '◎'];
/// Labels before a heading and a colon.
const LABELS: &[&str] = &["政策分野", "連携分野", "分野"];

impl Table<'_, '_> {
    /// Whether such a heading begins at a line.
    pub(super) fn is_over_names(&self, lines: &[Line], at: usize, cx: &Context) -> bool {
        may_head_names(lines, at, cx) && self.may_head(lines, at, cx)
    }

    /// Whether it does where no cell goes on at a line, and it is no title of the table, as the first words below its head are.
    fn may_head(&self, lines: &[Line], at: usize, cx: &Context) -> bool {
        let before = at.checked_sub(1).map_or("", |before| lines[before].text.as_ref());
        let begins = self.outline.open.is_empty();
        let is_first = begins && self.loose.is_none() && self.table.title.is_empty();
        let is_title = is_first && head::ordinal(&lines[at].text).is_none() && !lines[at].text.starts_with(MARKS);
        // a title is no `医療分野` where `福祉分野` follows
        let has_next = || {
            let mut rest = (at + 1..lines.len()).take_while(|next| !zones::is_table(&lines[*next]));
            rest.any(|next| says_heading(&lines[next].text) && heads_names(lines, next, cx))
        };
        // the title of a table is asked nothing else
        (!is_title || says_heading(&lines[at].text))
            && (begins || lines[at].gap || before.ends_with(['。', '）', ')']) || begins_anew(lines, at))
            && heads_names(lines, at, cx)
            && (!is_title || has_next())
    }

    /// `別表第1⏎1 生活機能の強化に係る政策分野⏎(1) 医療⏎夜間診療…`: the only view of a table, over the heading of a 分野
    pub(super) fn is_title(&self, lines: &[Line], at: usize, head: &ItemHead, cx: &Context) -> bool {
        let begun = !self.outline.open.is_empty() || !self.outline.closed.is_empty() || self.rows.current.is_some();
        if begun || !self.table.title.is_empty() || !is_view(head.rest) {
            return false;
        }
        let [field, name, rest @ ..] = &lines[(at + 1).min(self.range.end)..self.range.end] else { return false };
        let is_label = |line: &Line| {
            let words = head::item_of(line).map_or(line.text.as_ref(), |head| head.rest);
            is_label_line(line, cx) || label::prefix(words, &cx.parties, cx.words).is_some()
        };
        let words = behind_label(&field.text).map_or(field.text.as_ref(), |(_, words)| words);
        let is_heading = !field.tab && is_words(field, words, cx) && !is_label(field) && !is_label(name);
        let is_next = |next: &ItemHead| next.numbering == head.numbering && next.value == head.value + 1;
        let is_view_too = |line: &Line| head::item_of(line).is_some_and(|next| is_next(&next) && is_view(next.rest));
        is_heading && ![field, name].into_iter().chain(rest).any(is_view_too)
    }

    /// `教育`, `第2　福祉`, `■福祉`
    pub(super) fn over_names(&mut self, line: &Line, cx: &mut Context) {
        let node = unmarked(line, cx);
        self.unnumbered(node);
    }
}

/// `教育`, `第2　福祉`, `■福祉` as a heading: its mark is none of its words
pub(super) fn unmarked(line: &Line, cx: &mut Context) -> Node {
    let text: &str = &line.text;
    let words = text.trim_start_matches(MARKS).trim_start_matches(is_blank);
    if words.len() < text.len() {
        cx.trivia(line.span(&text[..text.len() - words.len()]), TriviaKind::Mark);
    }
    unnumbered(line, words, cx)
}

/// A heading that counts in no system: `教育`, `第2　福祉`, `政策分野：福祉`; what stands before its words is no part of its title
pub(super) fn unnumbered(line: &Line, text: &str, cx: &mut Context) -> Node {
    let (label, number, words) = match (head::ordinal(text), behind_label(text)) {
        (Some((label, number, words)), _) => (label, numbered(number, ""), words),
        (None, Some((label, words))) => (label, CompactString::default(), words),
        (None, None) => ("", CompactString::default(), text),
    };
    Node { label: cx.text(line, label), number, heading: cx.text(line, words), ..Node::default() }
}

/// `政策分野：福祉`: the label, and the heading behind it
fn behind_label(text: &str) -> Option<(&str, &str)> {
    let label = LABELS.iter().find(|label| text.starts_with(**label))?;
    let words = text[label.len()..].strip_prefix(['：', ':'])?.trim_start_matches(is_blank);
    (!words.is_empty()).then_some((&text[..label.len()], words))
}

/// Whether words may do so that stand above two lines: most are rows or words of cells.
fn may_head_names(lines: &[Line], at: usize, cx: &Context) -> bool {
    let [line, name, label, ..] = &lines[at..] else { return false };
    let may_be_label = label.marks.hold(Marks::LABEL) || !cx.words.is_empty();
    !line.tab && !name.tab && line.text.len() <= LONGEST && may_be_label && !line.text.ends_with(['。', '、'])
}

/// Whether words without a number of their own stand over a name, and the label of its content below it.
fn heads_names(lines: &[Line], at: usize, cx: &Context) -> bool {
    let [line, name, label, ..] = &lines[at..] else { return false };
    let text: &str = &line.text;
    if !may_head_names(lines, at, cx) {
        return false;
    }
    let says = says_heading(text);
    let may_be = says || name.marks.hold(Marks::HEAD) && head::may_be_item(&name.text);
    if !may_be || text.starts_with(['【', '*', '#', '＜', '〔']) || head::item_of(line).is_some() {
        return false;
    }
    let is_name = match head::item_of(name) {
        Some(head) => head.value == 1 && !head.rest.is_empty() && is_words(name, &name.text, cx),
        None => says && is_words(name, &name.text, cx) && !(name.text.starts_with(is_kana) && zones::is_full(line, cx)),
    };
    let heading = behind_label(text).map_or(text, |(_, heading)| heading);
    is_name && is_content(label, cx) && is_words(line, heading, cx)
}

/// `…の提供⏎■福祉⏎1　見守り`, `…の提供⏎福祉分野⏎1　見守り`: what no list has, over a name that counts anew
fn begins_anew(lines: &[Line], at: usize) -> bool {
    let is_marked = |line: &Line| line.text.starts_with(MARKS);
    let counts = |line: &Line| head::item_of(line).is_some_and(|head| head.value == 1);
    let is_listed = at.checked_sub(1).is_some_and(|before| is_marked(&lines[before]));
    says_heading(&lines[at].text) && !is_listed && lines.get(at + 1).is_some_and(counts)
}

/// `見守り` over `取組の内容：…`: a name without a number
pub(super) fn is_name_over_content(lines: &[Line], at: usize, cx: &Context) -> bool {
    let [name, label, ..] = &lines[at..] else { return false };
    // most words behind a bracket are sentences
    !name.text.ends_with('。') && is_content(label, cx) && is_words(name, &name.text, cx)
}

fn is_content(line: &Line, cx: &Context) -> bool {
    matches!(label::begins(line, &cx.parties, cx.words), Some((Label::Content, ..)))
}

/// No sentence and no label; `分野` and `取組` are cells of a header.
fn is_words(line: &Line, text: &str, cx: &Context) -> bool {
    let is_label = || label::label(text, &cx.parties, cx.words).is_some() || is_label_line(line, cx);
    text.len() <= 120 && !text.contains(['。', '、', '：', '\t', '|']) && !is_label()
}

/// The rest of a name that a narrow column cut begins so.
fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ん')
}

/// `第2　福祉`, `■福祉`, `福祉分野`: words that say by themselves that they are a heading
pub(super) fn says_heading(text: &str) -> bool {
    let is_field = || text.len() <= FIELD && text.ends_with("分野") && !text.ends_with("政策分野");
    text.starts_with(MARKS)
        || text.starts_with('第') && head::ordinal(text).is_some()
        || behind_label(text).is_some()
        || is_field()
}
