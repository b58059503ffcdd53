//! 号, their subdivisions, and the labels of content and roles below them.

use super::Body;
use super::paragraphs::COUNTERS;
use crate::ast::{Numbering, Text};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, is_blank};
use crate::parse::head::{self, ItemHead};
use crate::parse::label::{self, Label};
use crate::parse::outline::{Node, Placement};
use crate::parse::{Context, numeral, zones};

/// The second entry of a list stands within so many lines.
const NEAR: usize = 6;

impl Body {
    /// `2 前項の…`, `(1) 暮らし…`, `ア 医療`: whether the head was taken
    pub(super) fn item(&mut self, lines: &[Line], at: usize, head: ItemHead, cx: &mut Context) -> bool {
        if self.articles.is_empty() {
            return false;
        }
        let line = &lines[at];
        let finished = self.finished(lines, cx);
        let bare = !head.label.ends_with([')', '）', '.', '．'])
            && !matches!(head.numbering, Numbering::ParenArabic | Numbering::Circled);
        if self.counts(lines, at, &head, cx) {
            return false;
        }
        // `受講者1⏎0 0人分`: figures that blanks and a wrap parted
        if cx.spaced && self.tail.is_ascii_digit() && head.numbering == Numbering::Arabic {
            return false;
        }
        if head.numbering == Numbering::Arabic && self.paragraph(lines, at, &head, cx) {
            return true;
        }
        if head.numbering == Numbering::Circled && self.circled(lines, at, &head, cx) {
            return true;
        }
        let place = self.outline.place(&head);
        let prefix = cell_label(head.rest, cx);
        let glued = head.glued && bare;
        let heads = place.expected
            && (self.heads_words(lines, &head, cx)
                || glued && self.counts_on(lines, at, cx)
                || !finished && self.opens_level(lines, at, &head));
        if head.glued && head.numbering == Numbering::Arabic && head.rest.starts_with(COUNTERS) && !heads
            || head.rest.starts_with(['）', ')', '」', '。', '、'])
            || self.is_inline_list(lines, at, &head, cx)
        {
            return false;
        }
        if glued
            && !heads
            && !((cx.spaced && !begins_word(line, &head, cx) || prefix.is_some())
                && !head.doubtful
                && place.expected
                && finished)
        {
            return false;
        }
        // `次に掲げるもの` ends a heading, though a wrap may cut `もの|を` too
        let of_things = self.last.is_some_and(|last| lines[last].text.ends_with("もの"));
        let opens_list = of_things && place.expected && !head.glued && is_followed(lines, at, &head);
        let noun = of_things && (line.gap || cx.wrap == 0 || opens_list);
        // a letter of its own before a blank is no rest of a word that a wrap cut
        let is_letter = matches!(head.numbering, Numbering::Katakana | Numbering::Latin | Numbering::Roman);
        let apart = is_letter && !cx.spaced && !matches!(self.tail, 'ァ'..='ー' | 'a'..='z' | 'A'..='Z');
        let taken = if place.expected {
            let stands = finished || !bare || line.gap || apart || heads || opens_list || prefix.is_some();
            (!self.goes_on(line, cx) || noun) && stands
        } else {
            finished && !head.glued && (line.gap || cx.wrap == 0 || self.tail == '。' || head.rest.is_empty())
        };
        // a numeral or a letter that opens a level of its own must be followed by words of a heading
        let sentence = head.rest.ends_with('。') && head.numbering == Numbering::Arabic;
        if !taken
            || (sentence && !place.expected)
            || (head.numbering == Numbering::Arabic && place.depth == self.outline.open.len() && !place.expected)
        {
            return false;
        }
        let mut node = Node::new(place, &head, cx.text(line, head.label));
        if head.doubtful || head.numbering == Numbering::Kanji && place.numbering == Numbering::Katakana {
            misread(&node.label, place, cx);
        }
        match prefix {
            Some((says, slice, rest)) => {
                node.heading = cx.text(line, slice);
                node.says = Some(says);
                node.body = cx.text(line, rest);
            }
            None => node.heading = cx.text(line, head.rest),
        }
        self.end_rows();
        self.outline.push(place.depth, node);
        true
    }

    /// `ア医療` below a line that no wrap cut: the blank behind the letter was lost
    fn heads_words(&self, lines: &[Line], head: &ItemHead, cx: &Context) -> bool {
        let is_short = head.rest.chars().nth(30).is_none() && !head.rest.contains(['。', '、']);
        head.numbering == Numbering::Katakana
            && !head.doubtful
            && is_short
            && head.rest.starts_with(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'))
            && self.last.is_some_and(|last| !zones::is_full(&lines[last], cx))
    }

    /// `(2) つながりの分野⏎1 教育⏎ア 図書館の利用`: one that fills its line, between the heads of two other levels
    fn opens_level(&self, lines: &[Line], at: usize, head: &ItemHead) -> bool {
        let other = |line| heading(line).filter(|it| it.numbering != head.numbering);
        let is_below = || lines.get(at + 1).and_then(other).is_some_and(|below| below.value == 1);
        let above = || self.last.and_then(|last| other(&lines[last]));
        head.value == 1 && heading(&lines[at]).is_some() && above().is_some() && is_below()
    }

    /// `（1）平日、（2）休日に分ける。` where a wrap put it at the start of a line: words, not 号
    fn is_inline_list(&self, lines: &[Line], at: usize, head: &ItemHead, cx: &Context) -> bool {
        // a wrap may count letters, so that a figure is as wide as any
        let full =
            |line: &Line| zones::is_full(line, cx) || cx.wrap > 0 && line.text.chars().count() * 2 + 4 >= cx.wrap;
        let wrapped = self.last.is_some_and(|last| full(&lines[last])) && !lines[at].gap;
        if !wrapped || head.value != 1 || !head.label.ends_with([')', '）']) {
            return false;
        }
        let next = lines.get(at + 1).filter(|_| zones::is_full(&lines[at], cx)).map_or("", |line| &line.text);
        let words = format!("{}{next}", head.rest);
        words
            .match_indices(['、', 'び'])
            .any(|(comma, mark)| head::item(&words[comma + mark.len()..]).is_some_and(|h| h.value == 2))
    }

    /// `【甲の役割】`, `甲の役割：文` under a 号
    pub(super) fn label(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> bool {
        let line = &lines[at];
        let text = line.text.as_ref();
        let is_alone = self.outline.open.is_empty();
        let says = |words: &[&str]| label::says(line, words, cx.words);
        if is_alone && (text.ends_with('。') && line.solid || !says(&["役割", "内容", "概要"])) {
            return false;
        }
        let container = self.outline.open.iter().any(|node| node.says == Some(Label::Container));
        let holder = || label::holder(text, &cx.parties).filter(|_| container);
        let Some((found, slice, rest)) = line_label(line, cx).or_else(holder) else { return false };
        let may_be = container || says(&["役割", "内容", "分担", "概要", "機能"]);
        // in the 項 itself it stands apart from its text, and behind a sentence
        let apart = !is_alone || !self.articles.is_empty() && is_parted(text, slice) && self.finished(lines, cx);
        if !may_be || !apart || self.goes_on(line, cx) {
            return false;
        }
        let depth = self.outline.label_depth(&found);
        let node =
            Node { heading: cx.text(line, slice), body: cx.text(line, rest), says: Some(found), ..Node::default() };
        self.end_rows();
        self.outline.push(depth, node);
        true
    }
}

/// `ア 本校⏎イ 分校`: whether the next head is the second of a list that this one begins.
fn is_followed(lines: &[Line], at: usize, head: &ItemHead) -> bool {
    let next = || lines[at + 1..].iter().take(NEAR).find_map(head::item_of);
    head.value == 1 && next().is_some_and(|next| next.numbering == head.numbering && next.value == 2 && !next.glued)
}

/// `(2) つながりの分野`: a head behind which no sentence begins
fn heading<'l>(line: &'l Line) -> Option<ItemHead<'l>> {
    head::item_of(line).filter(|head| !head.glued && !head.rest.is_empty() && !head.rest.contains(['。', '、']))
}

/// `甲の役割 文`: a label of content or roles at the start of a line.
pub fn cell_label<'a>(text: &'a str, cx: &Context) -> Option<(Label, &'a str, &'a str)> {
    label::prefix(text, &cx.parties, cx.words).filter(opens_cell)
}

/// The same at the start of a whole line.
pub(super) fn line_label<'a>(line: &'a Line, cx: &Context) -> Option<(Label, &'a str, &'a str)> {
    label::begins(line, &cx.parties, cx.words).filter(opens_cell)
}

fn opens_cell((says, ..): &(Label, &str, &str)) -> bool {
    matches!(says, Label::Content | Label::Role(_) | Label::Container)
}

/// Whether a label at the start of `text` stands apart from what follows it: `甲の役割 文`, `【甲の役割】文`
pub(super) fn is_parted(text: &str, label: &str) -> bool {
    let after = text.strip_prefix(label).and_then(|rest| rest.chars().next());
    label.starts_with(['【', '〔', '［', '[', '〈', '＜', '<', '《'])
        || after.is_none_or(|c| is_blank(c) || matches!(c, '：' | ':'))
}

/// Whether a letter without a blank behind it begins a word, not a level: `インフラ`. A text full of blanks has lost the one
/// behind the letter too, but its source has not.
pub fn begins_word(line: &Line, head: &ItemHead, cx: &Context) -> bool {
    let apart = || line.raw().strip_prefix(head.label).is_some_and(|rest| rest.starts_with(is_blank));
    let goes_on = || !line.gap && head.rest.starts_with(|c| matches!(c, 'ァ'..='ー'));
    head.may_be_word() && (!cx.spaced || !apart() || goes_on())
}

/// `力` was read as カ.
fn misread(label: &Text, place: Placement, cx: &mut Context) {
    let meant = numeral::label(place.numbering, place.value);
    let words = Words::new(
        format!("「{}」を「{meant}」と読みました。文字認識の誤りのようです。", label.text),
        format!("「{}」was read as 「{meant}」: it looks like a slip of character recognition", label.text),
    );
    cx.complain("ocr-look-alike", Severity::Note, "", label.span(), words);
}
