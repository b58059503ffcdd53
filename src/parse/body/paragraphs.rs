//! 項: a figure at the start of a line numbers one, or counts things.

use super::Body;
use super::items::{cell_label, is_parted};
use crate::ast::{Numbering, Paragraph, Text};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, is_blank};
use crate::parse::head::{self, ItemHead};
use crate::parse::{Context, zones};

/// Behind a figure these make it a number of things, not of a 項.
pub(super) const COUNTERS: &[char] = &[
    '年', '月', '日', '号', '人', '回', '割', '項', '条', '、', '。', '以', '通', '台', '名', '件', 'か', 'ヶ', 'カ',
    '校', '歳', '時', '分', '階', 'つ', '次', '千', '万', '億', '円', '本', '泊', '週', '丁', '番', '級', '部', '枚',
    '社', '点', '度', '％', '%',
];

impl Body {
    /// `2 前項の…`: the next 項, unless a level that is numbered 1, 2, 3 is open
    pub(super) fn paragraph(&mut self, lines: &[Line], at: usize, head: &ItemHead, cx: &mut Context) -> bool {
        let line = &lines[at];
        let finished = self.finished(lines, cx);
        let full = self.last.is_some_and(|last| zones::is_full(&lines[last], cx));
        let Some(article) = self.articles.last_mut() else { return false };
        let unread = cell_label(head.rest, cx).is_some_and(|(_, slice, _)| is_parted(head.rest, slice));
        let has_level = self.outline.open.iter().any(|n| n.numbering == Some(Numbering::Arabic));
        let sentence = head.rest.is_empty() || is_sentence(lines, at, head.rest, cx);
        // `1 …すること。⏎2 …すること。`: a list of sentences goes on
        let mut levels = self.outline.open.iter().filter(|n| n.numbering == Some(Numbering::Arabic));
        if levels.any(|n| n.value + 1 == head.value && n.heading.text.ends_with('。')) {
            return false;
        }
        let last = article.paragraphs.last_mut();
        let number = last.as_ref().map_or(0, |p| p.number);
        let strict = self.tail == '。' || self.tail == '」' || line.gap || (cx.wrap == 0 && finished);
        if let Some(first) = last.filter(|p| head.value == 1 && p.number == 1 && p.text.is_empty() && p.label.is_none())
        {
            first.label = Some(Text::of(line, head.label, &mut cx.repairs));
            first.text = Text::of(line, head.rest, &mut cx.repairs);
            if unread {
                unread_label(line, cx);
            }
            return true;
        }
        let expected = head.value == number + 1;
        let weak = head.value > 1 && !head.glued && sentence && strict && cx.wrap == 0;
        if !(finished && strict)
            || (has_level && !sentence)
            || !(expected && (!head.glued || cx.spaced || sentence && self.tail == '。') || weak)
        {
            return false;
        }
        let doubtful = head.glued && (head.rest.starts_with(COUNTERS) || full && !line.gap);
        // `…できる。⏎2 こ の協 定は`: blanks all over hide the one behind the number, but its source has it
        let had_blank = || line.raw().strip_prefix(head.label).is_some_and(|rest| rest.starts_with(is_blank));
        let torn = || cx.spaced && expected && self.tail == '。' && !is_number_of_things(head.rest) && had_blank();
        if doubtful && !torn() {
            return false;
        }
        // within 号, a short `2 福祉` goes on with `1 医療`; a sentence is a 項
        if !self.outline.open.is_empty() && !sentence {
            return false;
        }
        if doubtful {
            let words = Words::new(
                "項の番号か、文の中の数か決められません。項として読みました。",
                "this figure may number a paragraph or count things; it was read as a paragraph",
            );
            cx.complain("cell-torn", Severity::Warning, "", Some(line.whole()), words);
        }
        self.begin_paragraph(line, head, cx);
        if unread {
            unread_label(line, cx);
        }
        true
    }

    /// `② 前項の…` behind words that announce no list: older agreements number the 項 so, some from the second on.
    pub(super) fn circled(&mut self, lines: &[Line], at: usize, head: &ItemHead, cx: &mut Context) -> bool {
        let Some(last) = self.articles.last_mut().and_then(|article| article.paragraphs.last_mut()) else {
            return false;
        };
        let text = &last.text.text;
        let announces =
            || self.outline.closed.is_empty() && ["次の", "次に", "以下の"].iter().any(|w| text.contains(w));
        let mut levels = self.outline.open.iter().chain(&self.outline.closed);
        let is_item = levels.any(|node| node.numbering == Some(Numbering::Circled));
        let ended = self.tail == '。' || text.is_empty();
        if is_item || announces() || !ended || !is_sentence(lines, at, head.rest, cx) {
            return false;
        }
        if head.value == 1 && last.number == 1 && last.text.is_empty() && last.label.is_none() {
            (last.label, last.text) = (Some(cx.text(&lines[at], head.label)), cx.text(&lines[at], head.rest));
            return true;
        }
        let is_next = head.value > 1 && head.value == last.number + 1;
        if is_next {
            self.begin_paragraph(&lines[at], head, cx);
        }
        is_next
    }

    fn begin_paragraph(&mut self, line: &Line, head: &ItemHead, cx: &mut Context) {
        self.close_paragraph(cx);
        let label = Some(cx.text(line, head.label));
        let text = cx.text(line, head.rest);
        if let Some(article) = self.articles.last_mut() {
            article.paragraphs.push(Paragraph { number: head.value, label, text, ..Paragraph::default() });
        }
    }

    /// `会議を毎年⏎1 回以上開く。`: a sentence goes on with a number of things, though a blank follows the figure
    pub(super) fn counts(&self, lines: &[Line], at: usize, head: &ItemHead, cx: &mut Context) -> bool {
        if head.numbering != Numbering::Arabic || !is_number_of_things(head.rest) {
            return false;
        }
        let ended = matches!(self.tail, '。' | '」');
        if !ended {
            return (lines[at].page || !lines[at].gap) && is_sentence(lines, at, head.rest, cx);
        }
        // `…を確保する。⏎- 2 -⏎2 台の車両を負担する。`: it may be 項 2 as well
        let Some(number) = self.articles.last().and_then(|a| a.paragraphs.last()).map(|p| p.number) else {
            return false;
        };
        if head.glued || head.value != number + 1 || !self.outline.open.iter().any(|node| node.says.is_some()) {
            return false;
        }
        let words = Words::new(
            "項の番号か、文の中の数か決められません。文の続きとして読みました。",
            "this figure may number a paragraph or count things; it was read as words of the sentence",
        );
        cx.complain("cell-torn", Severity::Warning, "", Some(lines[at].whole()), words);
        true
    }
}

/// `1　甲は、…` of `第2条　1　甲は、…`, where 項 2 follows: the figure numbers the 項.
pub(super) fn first<'a>(lines: &[Line], at: usize, rest: &'a str) -> Option<ItemHead<'a>> {
    let first = rest.starts_with(['1', '１', '①']).then(|| head::item(rest))??;
    let numbers = |head: &ItemHead, value| {
        head.numbering == first.numbering && head.value == value && !head.glued && !head.rest.starts_with(COUNTERS)
    };
    let mut body = lines[at + 1..].iter().take_while(|line| !line.ordinal);
    let is_next = |line: &Line| head::item_of(line).is_some_and(|head| numbers(&head, 2));
    (numbers(&first, 1) && first.rest.contains(['。', '、']) && body.any(is_next)).then_some(first)
}

/// `回以上`, `台の`, `年を`, not `人材の育成`, `次の各号`, `つながり`
pub fn is_number_of_things(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(COUNTERS) else { return false };
    match rest.chars().next() {
        Some('次' | '通' | '分' | '度' | '名') => false,
        // `つながりを強める政策`
        Some('つ') => after.starts_with("など") || after.starts_with(|c| "のにをはがかとでもず、。".contains(c)),
        Some('か' | 'ヶ' | 'カ') => after.starts_with(['所', '月', '年', '国']),
        _ => after.starts_with(|c| matches!(c, 'ぁ'..='ん' | '以' | '間' | '、' | '。')),
    }
}

/// Whether the words that begin with `rest` on a line are a sentence; a heading ends with its line, or goes on as far as
/// the wrap makes it.
fn is_sentence(lines: &[Line], at: usize, rest: &str, cx: &Context) -> bool {
    let mut text = rest;
    for here in at..at + 4 {
        if text.contains(['。', '、']) {
            return true;
        }
        let Some(next) = lines.get(here + 1).filter(|_| zones::is_full(&lines[here], cx)) else { return false };
        if head::item(&next.text).is_some_and(|h| !h.glued) {
            return false;
        }
        text = &next.text;
    }
    true
}

/// `2 甲の役割　文`: a label with the number of a 項 is read as words of that 項.
fn unread_label(line: &Line, cx: &mut Context) {
    let words = Words::new(
        "項が取組内容や役割の見出しで始まっています。取組としては読んでおらず、項の文に残しました。",
        "the paragraph begins with a label of content or roles: it was not read as an initiative and stays in its text",
    );
    cx.complain("label-unread", Severity::Warning, "", Some(line.whole()), words);
}
