//! Rows of a table that stands inside an article: 取組 of the 号 that is open, or of the 項 itself.

use super::{Body, line_label};
use crate::ast::{Article, Numbering, Text, TriviaKind};
use crate::lines::letters::holds_run;
use crate::lines::{Line, Marks, squeeze};
use crate::parse::label::{self, Label};
use crate::parse::opening::{heads, is_caption};
use crate::parse::outline::{self, Node};
use crate::parse::rows::{self, Rows};
use crate::parse::stacked::{Labels, Row};
use crate::parse::{Context, columns, head, stacked, torn};
use memchr::memmem::Finder;
use std::sync::LazyLock;

static FUNCTION: LazyLock<Finder> = LazyLock::new(|| Finder::new("機能"));

impl Body {
    /// `夜間診療⇥取組内容⇥文`, `| 取組 | 取組内容 | 甲の役割 |` and the ruling below it: whether the line was taken
    pub(super) fn row(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> bool {
        let line = &lines[at];
        let text = line.text.as_ref();
        if self.articles.is_empty() {
            return false;
        }
        if rows::is_ruling(text) && (self.in_rows || lines.get(at + 1).is_some_and(|next| begins(&next.text, cx))) {
            cx.trivia(line.whole(), TriviaKind::Ruling);
            return true;
        }
        let Some(cells) = rows::cells(text) else { return false };
        if self.is_in_cell() || !self.in_rows && !rows::begins(&cells, cx) {
            if !self.has_row && rows::is_labelled(&cells, cx) {
                self.has_row = true;
                rows::unread(line, cx);
            }
            return false;
        }
        self.in_rows = true;
        let plain = self.rows.plain.len();
        let done = self.rows.row(line, cells, &lines[at + 1..], cx);
        self.outline.add(done);
        if let Some(field) = self.rows.field.take() {
            self.head_rows(field);
        }
        // a row under no header has no place in an article
        cx.tree.unparsed.extend(self.rows.plain.drain(plain..).flatten().filter(|cell| !cell.is_empty()));
        true
    }

    /// `【医療】`, `医療` over rows, `夜間診療` over `【取組内容】`: whether the line was taken as their heading
    pub(super) fn heading_of_rows(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> bool {
        let line = &lines[at];
        if line.text.ends_with('。') || line.text.len() > 120 {
            return false;
        }
        let words = label::strip_brackets(&line.text);
        let is_bracketed = words.len() < line.text.len();
        let below_heading = || self.outline.open.last().is_some_and(|node| node.is_unnumbered() && node.is_bare());
        let behind_row = || self.last.is_some_and(|last| is_row(&lines[last]));
        let ended = || self.tail == '。' && (self.is_in_cell() || behind_row());
        let parted = line.gap || is_bracketed || ended() || below_heading();
        if !parted || !is_name(words) || !self.finished(lines, cx) {
            return false;
        }
        let Some(next) = lines.get(at + 1).filter(|_| !line.tab) else { return false };
        let over_cells = is_content(next, cx);
        let over_rows = begins(&next.text, cx) || self.in_rows && is_bracketed && is_row(next);
        // `【医療】⏎夜間診療⏎【取組内容】`
        let over_name =
            || is_name(&next.text) && lines.get(at + 2).is_some_and(|l| is_content(l, cx) || begins(&l.text, cx));
        let heads = over_cells || over_rows && !self.is_in_cell() || is_bracketed && over_name();
        if !heads || label::label(words, &cx.parties, cx.words).is_some() {
            return false;
        }
        self.end_row();
        // above rows whose first cell is empty it is the name of their 取組
        if over_rows && next.text.starts_with('\t') {
            rows::name_cell(self.rows.current.get_or_insert_default(), line, words, cx);
            self.in_rows = true;
            return true;
        }
        let heading = Node { heading: cx.text(line, words), ..Node::default() };
        match is_bracketed {
            true => self.head_rows(heading),
            false => {
                let depth = self.name_depth();
                self.outline.push(depth, heading);
            }
        }
        true
    }

    /// Where a name without a number goes: beside the last one that has cells, else below the heading that is open.
    fn name_depth(&self) -> usize {
        let open = &self.outline.open;
        let cells = open.iter().position(|node| node.says.is_some()).unwrap_or(open.len());
        let has_rows = |node: &Node| cells < open.len() || !node.children.is_empty() || !node.rows.is_empty();
        let beside = cells.checked_sub(1).filter(|at| open[*at].is_unnumbered() && has_rows(&open[*at]));
        beside.unwrap_or(cells)
    }

    /// Whether a label of content or roles is open.
    pub(super) fn is_in_cell(&self) -> bool {
        self.outline.open.iter().any(|node| node.says.is_some())
    }

    /// `夜間診療  取組内容  文`, `取組  取組内容  甲の役割  乙の役割`, where blanks part the cells: how many lines of the table
    /// were taken
    pub(super) fn block(&mut self, lines: &[Line], at: usize, is_numbered: bool, cx: &mut Context) -> usize {
        // a 号 has but one blank
        if is_numbered && !holds_run(&lines[at].text)
            || self.articles.is_empty()
            || !(begins_block(&lines[at], cx) || begins_columns(lines, at, cx))
            || self.is_in_cell()
        {
            return 0;
        }
        self.end_rows();
        let mut end = at + 1;
        while end < lines.len() && !self.ends_block(lines, at, end, cx) {
            end += 1;
        }
        let block = &lines[at..end];
        let labels: Vec<Labels> = block.iter().map(|line| Labels::of(line, cx)).collect();
        let mut open = None;
        let (mut found, waiting) = match columns::read(block, &labels, &mut open, lines, cx) {
            Some(found) => (found, None),
            None if open.is_some() || block.iter().any(|line| columns::is_torn_label(&line.text, cx)) => {
                columns::refuse(block, cx);
                return end - at;
            }
            None => stacked::read(block, &labels, false, cx),
        };
        if let Some(waiting) = waiting {
            match waiting.pair(cx) {
                Some(mut texts) => {
                    found.iter_mut().for_each(|row: &mut Row| torn::fill(&mut row.initiative, &mut texts))
                }
                None => waiting.leave(cx),
            }
        }
        self.in_rows = true;
        for Row { field, initiative } in found {
            if let Some(field) = field {
                self.head_rows(field);
            }
            self.outline.add(Some(initiative));
        }
        self.said(lines, end - 1);
        end - at
    }

    /// The next article, 項, 号 or heading ends a table.
    fn ends_block(&mut self, lines: &[Line], start: usize, at: usize, cx: &Context) -> bool {
        self.said(lines, at - 1);
        let (line, text) = (&lines[at], lines[at].text.as_ref());
        if super::ends(lines, at, self, cx) || line.tab || is_caption(lines, at).is_some() {
            return true;
        }
        let (caption, article) = heads(text);
        if article.is_some_and(|head| self.takes(&head, caption.is_some(), lines, at, cx)) {
            return true;
        }
        let finished = line.gap || self.tail == '。';
        let in_row = line.indent > lines[start].indent + 2 || text.contains("  ") || stacked::has_name(line, cx);
        let apart = |head: &head::ItemHead| !head.glued || head.label.ends_with([')', '）', '.', '．']);
        let Some(head) = head::item(text).filter(|head| finished && !in_row && apart(head)) else { return false };
        let number = self.articles.last().and_then(|a| a.paragraphs.last()).map_or(0, |p| p.number);
        let is_sentence = text.ends_with('。');
        match head.numbering {
            Numbering::Arabic if is_sentence => line.gap && head.value == number + 1,
            _ => !is_sentence && self.outline.place(&head).expected && !self.outline.open.is_empty(),
        }
    }

    /// A heading without a number stands beside the last one, below the 号 that is open.
    fn head_rows(&mut self, heading: Node) {
        let depth = self.outline.open.iter().position(Node::is_unnumbered).unwrap_or(self.outline.open.len());
        self.outline.push(depth, heading);
    }

    /// `夜間診療    取組 内容    文`: columns that are read as words of the article are told.
    pub(super) fn doubt_columns(&mut self, line: &Line, cx: &mut Context) {
        let has_label = || {
            let words = squeeze(&line.text);
            ["内容", "役割"].iter().any(|label| words.contains(label))
        };
        if !self.has_row && !line.solid && holds_run(line.raw().trim()) && has_label() {
            self.has_row = true;
            rows::unread(line, cx);
        }
    }

    /// The words of a row that a wrap cut go on: whether the line was taken
    pub(super) fn row_goes_on(&mut self, line: &Line, cx: &mut Context) -> bool {
        let goes_on = self.in_rows && self.rows.is_open() && !line.gap && line_label(line, cx).is_none();
        if goes_on {
            self.rows.reopen_last();
            self.rows.go_on(line, &line.text, false, cx);
        }
        goes_on
    }

    fn end_row(&mut self) {
        let done = self.rows.close();
        self.outline.add(done);
    }

    /// Other words follow: the last row is complete, and headings without a number are closed.
    pub(super) fn end_rows(&mut self) {
        if self.in_rows {
            self.end_row();
            let depth = self.outline.open.iter().position(Node::is_unnumbered).unwrap_or(self.outline.open.len());
            self.outline.close(depth);
        }
    }

    /// Closes the 項: its 号, and the 分野 that stand under no 号.
    pub(super) fn close_paragraph(&mut self, cx: &mut Context) {
        (self.has_row, self.tail) = (false, '。');
        let had_rows = self.in_rows;
        if had_rows {
            self.end_rows();
            (self.rows, self.in_rows) = (Rows::default(), false);
        }
        if self.outline.open.is_empty() && self.outline.closed.is_empty() {
            return;
        }
        let mut nodes = self.outline.take();
        let tail = nodes.last_mut().and_then(|last| last.take_last_tail(cx));
        if had_rows {
            nodes.iter_mut().for_each(outline::name_by_heading);
        }
        if self.articles.last().is_some_and(tells_roles) {
            outline::cells_by_subject(&mut nodes, &cx.parties, cx.source);
        }
        let has_role = nodes.iter().any(|node| matches!(node.says, Some(Label::Role(_) | Label::Container)));
        let (mut cells, mut fields, mut items) = (Vec::new(), Vec::new(), Vec::new());
        for node in nodes {
            match node.is_unnumbered() {
                true => fields.push(node),
                // `第4条 …⏎取組内容：文⏎甲の役割：文`, also `(1) 取組内容`, `(2) 甲の役割`
                false if node.says.is_some() && (has_role || node.numbering.is_none()) => cells.push(node),
                false => items.push(node.into_item(cx)),
            }
        }
        let Some(article) = self.articles.last_mut() else { return };
        let Some(paragraph) = article.paragraphs.last_mut() else { return };
        paragraph.items.extend(items);
        if let Some(tail) = tail {
            paragraph.tail.get_or_insert_default().append_line(tail);
        }
        if !cells.is_empty() {
            // the article itself is the 取組: its caption is the name
            let name = article.caption.as_ref().map_or_else(Default::default, |caption| caption.text.clone());
            fields.insert(
                0,
                Node { heading: Text { text: name, pieces: Default::default() }, children: cells, ..Node::default() },
            );
        }
        paragraph.fields.extend(outline::fields(fields, cx));
    }
}

/// Whether an article may tell the roles itself, by its caption or by what stands over its 号.
fn tells_roles(article: &Article) -> bool {
    let lead = article.paragraphs.last().map_or("", |paragraph| paragraph.text.text.as_str());
    let caption = article.caption.as_ref().map_or("", |caption| caption.text.as_str());
    let says = |word: &&str| lead.contains(*word) || caption.contains(*word);
    ["取組", "政策分野", "役割"].iter().any(says) && !lead.contains("別表")
}

fn is_name(words: &str) -> bool {
    words.chars().count() <= 30 && !words.contains(['。', '、', '：', '|', '\t'])
}

fn is_row(line: &Line) -> bool {
    line.tab || line.text.starts_with('|')
}

/// `【取組内容】`, `取組内容：文`
fn is_content(line: &Line, cx: &Context) -> bool {
    line_label(line, cx).is_some_and(|(says, ..)| says == Label::Content)
}

/// Whether a line begins a table of 取組.
fn begins(text: &str, cx: &Context) -> bool {
    rows::cells(text).is_some_and(|cells| rows::begins(&cells, cx))
}

/// `取組⏎取組の内容⏎甲の役割⏎乙の役割`: the header of columns whose cells come one after the other, one label a line
pub(super) fn begins_columns(lines: &[Line], at: usize, cx: &Context) -> bool {
    let [name, content, ..] = &lines[at..] else { return false };
    // hardly a line stands above one that ends so
    content.text.ends_with(['容', '要'])
        && content.marks.hold(Marks::LABEL)
        && is_name(&name.text)
        && label::heads_names(&name.text, &cx.parties, cx.words)
        && columns::begins(&lines[at..lines.len().min(at + HEADER)], cx)
}

/// So many lines of labels are enough to know a header.
const HEADER: usize = 8;

/// A header row, or a name before the label of the content.
fn begins_block(line: &Line, cx: &Context) -> bool {
    let says = || label::says(line, &["役割", "内容", "概要"], cx.words);
    let may_be = || says() || FUNCTION.find(line.text.as_bytes()).is_some();
    // between blanks, both of them
    line.marks.hold(Marks::BLANK) && may_be() && (columns::is_header(line, cx) || stacked::names_content(line, cx))
}
