//! 条, 項 and 号: a fold over lines. A head is taken where its number is expected or the words before it are finished.

mod inside;

use super::head::{self, ItemHead};
use super::label::{self, Label};
use super::opening::{heads, is_caption, unbracket};
use super::outline::{Node, Outline, Placement};
use super::rows::Rows;
use super::{Context, back, date, numeral, zones};
use crate::ast::{Article, Division, Numbering, Paragraph, Text};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, is_blank};

/// Behind a figure these make it a number of things, not of a 項.
const COUNTERS: &[char] = &[
    '年', '月', '日', '号', '人', '回', '割', '項', '条', '、', '。', '以', '通', '台', '名', '件', 'か', 'ヶ', 'カ',
    '校', '歳', '時', '分', '階', 'つ', '次', '千', '万', '億', '円', '本', '泊', '週', '丁', '番', '級', '部', '枚',
    '社', '点', '度', '％', '%',
];

struct Body {
    articles: Vec<Article>,
    division: Vec<Division>,
    headings: Vec<Division>,
    caption: Option<Text>,
    outline: Outline,
    /// The last line that went into the text, for the question whether it is finished.
    last: Option<usize>,
    /// The last letter that went into the text.
    tail: char,
    /// A row of a table that is no 取組 was met in this 項, and told.
    has_row: bool,
    /// The rows of a table inside this 項, and whether they go on.
    rows: Rows,
    in_rows: bool,
}

/// Reads the articles from line `start` on; gives the first line behind them.
pub fn read(lines: &[Line], start: usize, cx: &mut Context) -> usize {
    let mut body = Body {
        articles: Vec::new(),
        division: Vec::new(),
        headings: Vec::new(),
        caption: None,
        outline: Outline::default(),
        last: None,
        tail: '。',
        has_row: false,
        rows: Rows::default(),
        in_rows: false,
    };
    let mut at = start;
    while at < lines.len() {
        if ends(lines, at, &body, cx) {
            break;
        }
        at += body.line(lines, at, cx);
    }
    body.close_paragraph(cx);
    if let Some(caption) = body.caption.take() {
        cx.tree.unparsed.push(caption);
    }
    for heading in body.headings {
        cx.tree.unparsed.push(heading.heading);
    }
    cx.tree.articles = body.articles;
    at
}

/// 後文, the date, a signature, a 別表 or 附則 ends the articles.
fn ends(lines: &[Line], at: usize, body: &Body, cx: &Context) -> bool {
    let line = &lines[at];
    if zones::is_table(line) {
        return body.finished(lines, cx) || line.gap || line.page;
    }
    if zones::is_supplementary(&line.text) {
        return true;
    }
    if body.articles.is_empty() {
        return false;
    }
    back::is_closing(lines, at)
        || (line.text.ends_with('日')
            && date::date(&line.text).is_some_and(|(_, len)| len == line.text.len())
            && body.finished(lines, cx))
        || line.gap && back::begins(lines, at, cx) && !body.is_in_cell() && body.finished(lines, cx)
        || ((line.gap || cx.wrap == 0) && back::is_chrome(&line.text) && body.finished(lines, cx))
}

impl Body {
    /// Reads what begins at a line; gives how many lines it took.
    fn line(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> usize {
        let line = &lines[at];
        let text = line.text.as_ref();
        if let Some(level) = head::division(text).filter(|_| self.finished(lines, cx)) {
            self.heading(line, level, cx);
            return 1;
        }
        if let Some(count) = is_caption(lines, at)
            .filter(|_| self.finished(lines, cx) || line.gap || !zones::is_full(&lines[at.saturating_sub(1)], cx))
        {
            let mut caption = Text::default();
            for part in &lines[at..at + count] {
                caption.push(part, &part.text, &mut cx.repairs);
            }
            unbracket(&mut caption);
            self.close_paragraph(cx);
            self.caption = Some(caption);
            return count;
        }
        if text.starts_with(['第', '（', '(']) {
            let (caption, article) = heads(text);
            if let Some(article) = article.filter(|h| self.takes(h, caption.is_some(), lines, at, cx)) {
                self.article(line, caption, article, cx);
                self.said(lines, at);
                return 1;
            }
        }
        if (line.tab || text.starts_with(['|', '+', '-', '─'])) && self.row(lines, at, cx) {
            self.said(lines, at);
            // a row ends with its line, but for the words of its last cell
            self.tail = if self.rows.is_open() { self.tail } else { '。' };
            return 1;
        }
        let item = head::item(text);
        let count = if line.solid { 0 } else { self.block(lines, at, item.is_some(), cx) };
        if count > 0 {
            return count;
        }
        let took = item.is_some_and(|head| self.item(lines, at, head, cx))
            || self.label(lines, at, cx)
            || self.heading_of_rows(lines, at, cx);
        if !took {
            self.words(lines, at, cx);
        }
        self.said(lines, at);
        1
    }

    fn said(&mut self, lines: &[Line], at: usize) {
        self.last = Some(at);
        self.tail = lines[at].text.chars().next_back().unwrap_or('。');
    }

    /// Whether the words so far may end here.
    fn finished(&self, lines: &[Line], cx: &Context) -> bool {
        let Some(last) = self.last else { return true };
        match self.tail {
            '。' | '」' | '．' => true,
            _ if self.dangles() => false,
            _ => !zones::is_full(&lines[last], cx),
        }
    }

    /// A comma, an open bracket or a conjunction: the sentence goes on.
    fn dangles(&self) -> bool {
        matches!(self.tail, '、' | '，' | '・' | '（' | '(' | '「' | 'び' | 'は' | 'を' | 'に' | 'の')
    }

    /// Whether the words so far may go on at a line: an empty line in a text without wraps says that they do not.
    fn goes_on(&self, line: &Line, cx: &Context) -> bool {
        self.dangles() && !(line.gap && cx.wrap == 0)
    }

    /// Whether an article begins here: a reference that a wrap put at the start of a line is none.
    fn takes(&self, head: &head::ArticleHead, caption: bool, lines: &[Line], at: usize, cx: &Context) -> bool {
        if caption || self.caption.is_some() {
            return true;
        }
        let expected = self.articles.last().map_or(head.number == "1", |last| follows(&last.number, &head.number));
        let goes_on = head.rest.starts_with([
            'の', 'に', 'か', 'を', '、', '。', '及', '又', '第', '中', 'と', '）', 'が', 'で', 'は', '・', '(', '（',
        ]) && head.glued;
        if goes_on && !head.rest.starts_with(['（', '(']) {
            return false;
        }
        match (head.glued, self.finished(lines, cx) || lines[at].gap && !self.dangles()) {
            (_, false) => false,
            (false, true) => {
                expected
                    || self.tail == '。'
                    || self.tail == '」'
                    || cx.wrap == 0
                    || lines[at].gap
                    || head.rest.is_empty()
            }
            (true, true) => expected || cx.spaced,
        }
    }

    fn heading(&mut self, line: &Line, level: u8, cx: &mut Context) {
        self.close_paragraph(cx);
        let mut heading = Division { heading: cx.text(line, &line.text), level };
        // the blank between 第1章 and its title is the author's own
        if let Some(at) = line.text.find(['編', '章', '節', '款'])
            && let Some(end) = heading.heading.text.find(['編', '章', '節', '款'])
        {
            let blank = line.text[at + "章".len()..].chars().next().filter(|c| *c == ' ');
            heading.heading.text.insert_str(end + "章".len(), blank.map_or("", |_| " "));
        }
        self.division.retain(|d| d.level < level);
        self.division.push(heading.clone());
        self.headings.push(heading);
        self.last = None;
    }

    fn article(&mut self, line: &Line, caption: Option<&str>, head: head::ArticleHead, cx: &mut Context) {
        self.close_paragraph(cx);
        let mut article = Article {
            number: head.number,
            label: cx.text(line, head.label),
            caption: self.caption.take(),
            division: self.division.iter().map(|d| d.heading.text.to_string()).collect(),
            headings: std::mem::take(&mut self.headings),
            paragraphs: Vec::new(),
        };
        if let Some(caption) = caption {
            let mut text = cx.text(line, caption);
            unbracket(&mut text);
            article.caption = Some(text);
        }
        let mut rest = head.rest;
        // `第1条（目的）この協定は`: a caption behind the number
        if article.caption.is_none()
            && rest.starts_with(['（', '('])
            && let Some(end) = head::closing_bracket(rest)
            && let Some(inner) = head::bracketed(&rest[..end])
            && inner.chars().count() <= 40
            && head::item(rest).is_none()
        {
            let mut text = cx.text(line, &rest[..end]);
            unbracket(&mut text);
            article.caption = Some(text);
            rest = &rest[end..];
        }
        let text = cx.text(line, rest);
        article.paragraphs.push(Paragraph { number: 1, text, ..Paragraph::default() });
        self.articles.push(article);
    }

    /// `2 前項の…`, `(1) 暮らし…`, `ア 医療`: whether the head was taken
    fn item(&mut self, lines: &[Line], at: usize, head: ItemHead, cx: &mut Context) -> bool {
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
        let place = self.outline.place(&head);
        let prefix = cell_label(head.rest, cx);
        if head.glued && head.numbering == Numbering::Arabic && head.rest.starts_with(COUNTERS)
            || head.rest.starts_with(['）', ')', '」', '。', '、'])
            || self.is_inline_list(lines, at, &head, cx)
        {
            return false;
        }
        if head.glued
            && bare
            && !((cx.spaced && !begins_word(line, &head, cx) || prefix.is_some())
                && !head.doubtful
                && place.expected
                && finished)
        {
            return false;
        }
        // `次に掲げるもの` ends a heading, though a wrap may cut `もの|を` too
        let noun = self.last.is_some_and(|last| lines[last].text.ends_with("もの")) && (line.gap || cx.wrap == 0);
        // a letter of its own before a blank is no rest of a word that a wrap cut
        let apart = head.numbering == Numbering::Katakana && !cx.spaced && !matches!(self.tail, 'ァ'..='ー');
        let taken = if place.expected {
            (!self.goes_on(line, cx) || noun) && (finished || !bare || line.gap || apart || prefix.is_some())
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

    /// `会議を毎年⏎1 回以上開く。`: a sentence goes on with a number of things, though a blank follows the figure
    fn counts(&self, lines: &[Line], at: usize, head: &ItemHead, cx: &mut Context) -> bool {
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

    /// `2 前項の…`: the next 項, unless a level that is numbered 1, 2, 3 is open
    fn paragraph(&mut self, lines: &[Line], at: usize, head: &ItemHead, cx: &mut Context) -> bool {
        let line = &lines[at];
        let finished = self.finished(lines, cx);
        let full = self.last.is_some_and(|last| zones::is_full(&lines[last], cx));
        let Some(article) = self.articles.last_mut() else { return false };
        let unread = cell_label(head.rest, cx).is_some_and(|(_, slice, _)| is_parted(head.rest, slice));
        let has_level = self.outline.open.iter().any(|n| n.numbering == Some(Numbering::Arabic));
        let sentence = head.rest.is_empty() || is_sentence(lines, at, head.rest, cx);
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
        let had_blank = || line.raw.strip_prefix(head.label).is_some_and(|rest| rest.starts_with(is_blank));
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
        self.close_paragraph(cx);
        let label = Some(cx.text(line, head.label));
        let text = cx.text(line, head.rest);
        if let Some(article) = self.articles.last_mut() {
            article.paragraphs.push(Paragraph { number: head.value, label, text, ..Paragraph::default() });
        }
        if unread {
            unread_label(line, cx);
        }
        true
    }

    /// `【甲の役割】`, `甲の役割：文` under a 号
    fn label(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> bool {
        let line = &lines[at];
        let text = line.text.as_ref();
        let is_alone = self.outline.open.is_empty();
        if is_alone && (text.ends_with('。') && line.solid || !["役割", "内容"].iter().any(|word| text.contains(word)))
        {
            return false;
        }
        let container = self.outline.open.iter().any(|node| node.says == Some(Label::Container));
        let holder = || label::holder(text, &cx.parties).filter(|_| container);
        let Some((says, slice, rest)) = cell_label(text, cx).or_else(holder) else { return false };
        let may_be = container || ["役割", "内容", "分担"].iter().any(|word| text.contains(word));
        // in the 項 itself it stands apart from its text, and behind a sentence
        let apart = !is_alone || !self.articles.is_empty() && is_parted(text, slice) && self.finished(lines, cx);
        if !may_be || !apart || self.goes_on(line, cx) {
            return false;
        }
        let depth = self.outline.label_depth(&says);
        let node =
            Node { heading: cx.text(line, slice), body: cx.text(line, rest), says: Some(says), ..Node::default() };
        self.end_rows();
        self.outline.push(depth, node);
        true
    }

    /// Words that go on: of the 項, of the 号 that is open, or behind the 号.
    fn words(&mut self, lines: &[Line], at: usize, cx: &mut Context) {
        let line = &lines[at];
        if self.row_goes_on(line, cx) {
            return;
        }
        self.end_rows();
        self.doubt_columns(line, cx);
        let finished = self.finished(lines, cx);
        let Some(paragraph) = self.articles.last_mut().and_then(|a| a.paragraphs.last_mut()) else {
            cx.unparsed(line);
            return;
        };
        let full = self.last.is_some_and(|last| zones::is_full(&lines[last], cx));
        let apart = line.gap || !full;
        if self.outline.open.is_empty() {
            // behind a table in the 項 itself they are no words of the 柱書
            let is_tail = paragraph.tail.is_some() || !self.outline.closed.is_empty();
            let target = if is_tail { paragraph.tail.get_or_insert_default() } else { &mut paragraph.text };
            target.push(line, &line.text, &mut cx.repairs);
            return;
        }
        // 後段 stands behind all 号: この場合において、…
        let leads = ["この場合において", "ただし", "前項", "前各号"].iter().any(|w| line.text.starts_with(w));
        let in_cell = self.outline.open.iter().any(|n| n.says.is_some());
        if leads && apart && !in_cell && finished {
            self.outline.close(0);
            paragraph.tail = Some(Text::of(line, &line.text, &mut cx.repairs));
            return;
        }
        if let Some(tail) = &mut paragraph.tail {
            tail.push(line, &line.text, &mut cx.repairs);
            return;
        }
        // behind a role it may be that, or words of the role: what follows decides
        let cell = self.outline.open.iter().rposition(|n| n.says.is_some());
        if let Some(at) = cell.filter(|_| leads && apart && self.tail == '。') {
            self.outline.close(at + 1);
        }
        let Some(node) = self.outline.open.last_mut() else { return };
        let is_tail = cell.is_some() && leads && apart && self.tail == '。' || !node.tail.is_empty();
        let target = match (&node.says, node.rows.is_empty()) {
            (Some(_), _) if is_tail => &mut node.tail,
            (Some(_), _) => &mut node.body,
            (None, true) => &mut node.heading,
            (None, false) => &mut node.tail,
        };
        // `ア 産業の振興⏎甲は、…`: a sentence under a heading is no part of its words
        let leads = |symbol: &str| line.text.strip_prefix(symbol).is_some_and(|rest| rest.starts_with(['は', '及']));
        let is_whole = target.text.ends_with('。') || !target.text.contains('、');
        if cx.wrap == 0
            && finished
            && is_whole
            && line.text.ends_with('。')
            && cx.parties.iter().any(|p| leads(&p.symbol))
        {
            target.push_line(line, &line.text, &mut cx.repairs);
            return;
        }
        target.push(line, &line.text, &mut cx.repairs);
    }
}

/// `回以上`, `台の`, `年を`, not `人材の育成`, `次の各号`
pub fn is_number_of_things(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(COUNTERS) else { return false };
    match rest.chars().next() {
        Some('次' | '通' | '分' | '度' | '名') => false,
        Some('か' | 'ヶ' | 'カ') => after.starts_with(['所', '月', '年', '国']),
        _ => after.starts_with(|c| matches!(c, 'ぁ'..='ん' | '以' | '間' | '、' | '。')),
    }
}

/// Whether a letter without a blank behind it begins a word, not a level: `インフラ`. A text full of blanks has lost the one
/// behind the letter too, but its source has not.
pub fn begins_word(line: &Line, head: &ItemHead, cx: &Context) -> bool {
    let apart = || line.raw.strip_prefix(head.label).is_some_and(|rest| rest.starts_with(is_blank));
    let goes_on = || !line.gap && head.rest.starts_with(|c| matches!(c, 'ァ'..='ー'));
    head.may_be_word() && (!cx.spaced || !apart() || goes_on())
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

/// `甲の役割 文`: a label of content or roles at the start of a line.
pub fn cell_label<'a>(text: &'a str, cx: &Context) -> Option<(Label, &'a str, &'a str)> {
    label::prefix(text, &cx.parties, cx.words)
        .filter(|(says, ..)| matches!(says, Label::Content | Label::Role(_) | Label::Container))
}

/// Whether a label at the start of `text` stands apart from what follows it: `甲の役割 文`, `【甲の役割】文`
fn is_parted(text: &str, label: &str) -> bool {
    let after = text.strip_prefix(label).and_then(|rest| rest.chars().next());
    label.starts_with(['【', '〔', '［', '[', '〈', '＜', '<', '《'])
        || after.is_none_or(|c| is_blank(c) || matches!(c, '：' | ':'))
}

/// `2 甲の役割　文`: a label with the number of a 項 is read as words of that 項.
fn unread_label(line: &Line, cx: &mut Context) {
    let words = Words::new(
        "項が取組内容や役割の見出しで始まっています。取組としては読んでおらず、項の文に残しました。",
        "the paragraph begins with a label of content or roles: it was not read as an initiative and stays in its text",
    );
    cx.complain("label-unread", Severity::Warning, "", Some(line.whole()), words);
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

/// Whether article `next` may follow `last` without a gap: 3 → 4, 3 → 3の2, 3の2 → 4.
fn follows(last: &str, next: &str) -> bool {
    let main = |n: &str| n.split('の').next().and_then(|m| m.parse::<u32>().ok()).unwrap_or(0);
    main(next) == main(last) + 1 || (main(next) == main(last) && next.len() > last.len())
}
