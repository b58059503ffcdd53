//! 別表: its head, title, fields, rows. What each line is, is decided line by line.

mod headings;
mod inside;
mod loose;
mod over;
mod wrapped;

use self::headings::{bracket_heading, markdown_level};
use super::columns::Header;
use super::outline::{self, Node, Outline};
use super::rows::{self, Rows};
use super::stacked::begins_with_label as is_label_line;
use super::torn::{self, Waiting};
use super::{Context, back, head, scatter, stacked, strewn, zones};
use crate::ast::{AppendedTable, Field, Text, Trivia, TriviaKind};
use crate::lines::{Line, Marks, is_blank, squeeze};
use crate::span::Span;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// Reads one 別表 from its head on; gives the first line behind it.
pub fn read(lines: &[Line], start: usize, cx: &mut Context) -> usize {
    let end = end(lines, start);
    let mut table = Table {
        table: AppendedTable::default(),
        outline: Outline { closed: Vec::with_capacity(8), ..Outline::default() },
        rows: Rows::default(),
        loose: None,
        waiting: Waiting::default(),
        header: None,
        scattered: false,
        remarks: false,
        has_hash: OnceCell::new(),
        taken: None,
        titled: false,
        range: start..end,
        is_numbered: OnceCell::new(),
    };
    table.head(&lines[start], cx);
    let mut at = start + 1;
    if let Some((first, pieces)) = scatter::begins(&lines[at..end], cx) {
        let rest = at + first;
        let remark = (rest..end).find(|row| begins_remarks(lines, *row)).unwrap_or(end);
        let pieces = if remark == end { Some(pieces) } else { scatter::cut(&lines[rest..remark], cx) };
        if let Some(nodes) = pieces.and_then(|pieces| scatter::read(&pieces, lines, cx)) {
            (at..rest).for_each(|line| table.line(lines, line, cx));
            table.flush(lines, rest, cx);
            nodes.into_iter().for_each(|node| table.outline.push(0, node));
            at = remark;
        }
    }
    // rows with tabs are whole
    if at == start + 1 && !lines[at..end].iter().any(|line| line.tab) {
        let remark = (at..end).find(|row| begins_remarks(lines, *row)).unwrap_or(end);
        if let Some((first, nodes)) = strewn::read(&lines[at..remark], cx) {
            (at..at + first).for_each(|line| table.line(lines, line, cx));
            table.flush(lines, at + first, cx);
            nodes.into_iter().for_each(|node| table.outline.push(0, node));
            at = remark;
        }
    }
    let is_row = |line: &Line| line.tab || is_label_line(line, cx) || stacked::has_label_inside(line, cx);
    let last_row = (at..end).rev().find(|row| is_row(&lines[*row])).unwrap_or(start);
    while at < end {
        if at > last_row && back::is_chrome(&lines[at].text) && begins_chrome(lines, at) {
            table.flush(lines, at, cx);
            at = back::chrome(lines, at, cx);
            break;
        }
        table.line(lines, at, cx);
        at += 1;
    }
    table.flush(lines, at, cx);
    table.finish(cx);
    at.max(start + 1)
}

/// `電話 0120-…`, not the words of a cell that a wrap put at the start of a line: `電話相談の`
fn begins_chrome(lines: &[Line], at: usize) -> bool {
    let ended = at.checked_sub(1).is_none_or(|b| lines[b].text.ends_with(['。', '\t', '）', '」']) || lines[at].gap);
    ended && (lines[at].gap || !lines[at].text.contains(['、', '。']))
}

/// The next 別表, 附則, 後文 or preamble ends a table.
fn end(lines: &[Line], start: usize) -> usize {
    (start + 1..lines.len())
        .find(|&at| {
            let line = &lines[at];
            // as nearly every line of a torn table
            if !line.marks.hold(Marks::BEGINS | Marks::CLOSING) {
                return false;
            }
            zones::is_table(line)
                && (line.gap
                    || line.page
                    || lines[at - 1].text.ends_with(['。', '\t', '|'])
                    || head::table(&line.text).is_some_and(|h| h.reference.is_some() || h.rest.is_empty()))
                || zones::is_supplementary(&line.text)
                || (!line.tab && back::is_closing(lines, at))
        })
        .unwrap_or(lines.len())
}

struct Table<'l, 's> {
    table: AppendedTable,
    outline: Outline,
    rows: Rows,
    /// The first of the lines that are neither rows nor headings; read together when something else begins.
    loose: Option<usize>,
    /// Labels and texts that an extractor tore apart.
    waiting: Waiting<'l, 's>,
    /// The header row that is in force, where no tab keeps the columns apart.
    header: Option<Header>,
    /// The cells of a header row stand apart: what follows tells no columns.
    scattered: bool,
    remarks: bool,
    /// There may be headings of Markdown, once somebody asks.
    has_hash: OnceCell<bool>,
    /// The line that the number above it has taken for its words.
    taken: Option<usize>,
    /// The title stands on the line of the head.
    titled: bool,
    /// Its lines.
    range: Range<usize>,
    /// A header with a column of numbers stands in it, once somebody asks.
    is_numbered: OnceCell<bool>,
}

/// Words of a title: of a view, or of all 取組. No 分野 is called so.
const TITLES: &[&str] = &["政策分野", "視点", "取組", "役割", "一覧", "圏域", "生活機能", "結びつき", "都市機能"];

/// Whether words are those of a title.
fn is_view(text: &str) -> bool {
    TITLES.iter().any(|word| text.contains(word))
}

impl<'l, 's> Table<'l, 's> {
    /// `別表第1（第3条関係） 暮らし…`
    fn head(&mut self, line: &Line, cx: &mut Context) {
        let text = line.text.trim_start_matches('#').trim_start_matches(is_blank);
        let Some(head) = head::table(text) else { return };
        self.table.number = head.number;
        self.table.label = cx.text(line, head.label);
        self.table.reference = head.reference.map(|r| cx.text(line, r));
        self.table.title = cx.text(line, head.rest);
        self.titled = !head.rest.is_empty();
    }

    fn line(&mut self, lines: &'l [Line<'s>], at: usize, cx: &mut Context) {
        let line = &lines[at];
        let text = line.text.as_ref();
        if self.taken == Some(at) {
            return;
        }
        if !line.tab && self.is_over_names(lines, at, cx) {
            self.flush(lines, at, cx);
            self.over_names(line, cx);
            return;
        }
        if !line.marks.hold(Marks::BEGINS) && !line.tab && !self.remarks && (line.indent == 0 || !self.has_hash(cx)) {
            self.loose.get_or_insert(at);
            return;
        }
        if rows::is_ruling(text) {
            self.flush(lines, at, cx);
            cx.trivia(line.whole(), TriviaKind::Ruling);
            return;
        }
        if let Some(cells) = (line.tab || text.starts_with('|')).then(|| rows::cells(text)).flatten() {
            self.flush(lines, at, cx);
            let is_heading = |node: &Node| !node.heading.is_empty() && (node.is_bare() || node.numbering.is_some());
            self.rows.is_headed = self.outline.open.last().is_some_and(is_heading);
            let done = self.rows.row(line, cells, &lines[at + 1..], cx);
            self.outline.add(done);
            if let Some(field) = self.rows.field.take() {
                self.begin_field(field, cx);
            }
            return;
        }
        if self.remarks || begins_remarks(lines, at) {
            self.flush(lines, at, cx);
            self.remark(line, cx);
            return;
        }
        if self.numbered_label(lines, at, cx) {
            return;
        }
        if let Some(head) = self.heading_at(lines, at, cx) {
            self.flush(lines, at, cx);
            if self.is_title(lines, at, &head, cx) {
                self.table.title = cx.text(line, text);
            } else {
                self.heading(lines, at, &head, cx);
            }
            return;
        }
        if let Some(heading) = bracket_heading(lines, at, cx) {
            self.flush(lines, at, cx);
            let node = over::unnumbered(line, heading, cx);
            self.unnumbered(node);
            return;
        }
        if let Some(level) = markdown_level(line, cx).filter(|_| !is_label_line(line, cx))
            && let Some(depth) = self.markdown_depth(level)
        {
            self.flush(lines, at, cx);
            let done = self.rows.close();
            self.outline.add(done);
            self.outline.push(depth, Node { heading: cx.text(line, text), value: level, ..Node::default() });
            return;
        }
        self.loose.get_or_insert(at);
    }

    fn has_hash(&self, cx: &Context) -> bool {
        *self.has_hash.get_or_init(|| memchr::memchr(b'#', cx.source.as_bytes()).is_some())
    }

    /// A 分野; the one that is open goes on where it is named again.
    fn begin_field(&mut self, field: Node, cx: &mut Context) {
        let is_same =
            |node: &Node| node.number == field.number && squeeze(&node.heading.text) == squeeze(&field.heading.text);
        if self.outline.open.first().is_some_and(is_same) {
            let said_again = field.label.pieces.iter().chain(field.heading.pieces.iter());
            said_again.for_each(|span| cx.trivia(*span, TriviaKind::Header));
            self.outline.close(1);
            return;
        }
        self.outline.push(0, field);
    }

    /// `備考`, `注 …`, and what follows to the end of the table
    fn remark(&mut self, line: &Line, cx: &mut Context) {
        let done = self.rows.close();
        self.outline.add(done);
        let text = cx.text(line, &line.text);
        let is_first = self.table.remarks.len() <= 1;
        match self.table.remarks.last_mut() {
            Some(last)
                if !is_first
                    && !is_remark(&line.text)
                    && !last.text.ends_with('。')
                    && head::item(&line.text).is_none() =>
            {
                last.append(text);
            }
            _ => self.table.remarks.push(text),
        }
        self.remarks = true;
    }

    fn fill(&mut self, texts: &mut HashMap<u32, Text>) {
        let mut nodes: Vec<&mut Node> = self.outline.closed.iter_mut().chain(&mut self.outline.open).collect();
        while let Some(node) = nodes.pop() {
            node.rows.iter_mut().for_each(|row| torn::fill(row, texts));
            nodes.extend(&mut node.children);
        }
    }

    /// `別表⏎福祉⏎…⏎教育⏎…`: whether the line below the head is the heading of the first 分野, which has none, as those of the others are
    fn is_title_a_heading(&self) -> bool {
        let [first, rest @ ..] = &self.table.fields[..] else { return false };
        let is_bare =
            |field: &Field| field.label.is_empty() && !field.title.is_empty() && !field.initiatives.is_empty();
        let is_field = |text: &Text| text.text.ends_with("分野");
        let may_be = !self.titled || is_field(&self.table.title) && rest.iter().all(|field| is_field(&field.title));
        let has_rows = first.label.is_empty() && first.title.is_empty() && !first.initiatives.is_empty();
        may_be && has_rows && !is_view(&self.table.title.text) && !rest.is_empty() && rest.iter().all(is_bare)
    }

    fn finish(mut self, cx: &mut Context) {
        let done = self.rows.close();
        self.outline.add(done);
        let waiting = std::mem::take(&mut self.waiting);
        match waiting.pair(cx) {
            Some(mut texts) => self.fill(&mut texts),
            None => waiting.leave(cx),
        }
        let mut nodes = self.outline.take();
        nodes.iter_mut().for_each(outline::name_first_by_heading);
        nodes.iter_mut().flat_map(|node| &mut node.children).for_each(outline::name_by_heading);
        self.table.fields = outline::fields(outline::name_by_headings(nodes), cx);
        if self.is_title_a_heading() {
            self.table.fields[0].title = std::mem::take(&mut self.table.title);
        }
        let initiatives = self.table.fields.iter_mut().flat_map(|field| &mut field.initiatives);
        initiatives.for_each(|initiative| without_bullet(&mut initiative.name, cx));
        self.table.rows = std::mem::take(&mut self.rows.plain);
        cx.tree.tables.push(self.table);
    }
}

/// `夜間診療` of `・夜間診療`: the mark of a list is no part of a name.
fn without_bullet(name: &mut Text, cx: &mut Context) {
    let is_bullet = |c: &char| matches!(c, '・' | '•' | '●' | '◆' | '◇' | '■' | '□');
    let Some(bullet) = name.text.chars().next().filter(is_bullet) else { return };
    let [first, ..] = &mut name.pieces[..] else { return };
    let words = first.slice(cx.source).strip_prefix(bullet).map(|words| words.trim_start_matches(is_blank));
    let Some(words) = words.filter(|words| !words.is_empty()) else { return };
    let start = first.end - words.len() as u32;
    cx.tree.trivia.push(Trivia { span: Span { start: first.start, end: start }, kind: TriviaKind::Mark });
    first.start = start;
    name.text = name.text[bullet.len_utf8()..].trim_start_matches(is_blank).into();
}

/// Whether the remarks of a table begin at a line; `甲の役割⏎乙の役割⏎備考` are the labels of columns.
#[inline(always)]
fn begins_remarks(lines: &[Line], at: usize) -> bool {
    let heads_column = || {
        let above = at.checked_sub(1).map_or("", |above| lines[above].text.as_ref());
        &*lines[at].text == "備考" && above.ends_with(['割', '担'])
    };
    is_remark(&lines[at].text) && !heads_column()
}

/// `備考`, `注1 …`, `※ …`
#[inline(always)]
fn is_remark(text: &str) -> bool {
    text.starts_with(['※', '備', '注']) && begins_remark(text)
}

/// The same of a line that begins as one may.
fn begins_remark(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !is_blank(*c));
    match (letters.next(), letters.next()) {
        (Some('※'), _) | (Some('備'), Some('考')) | (Some('注'), None) => true,
        (Some('注'), Some(c)) => c.is_ascii_digit() || matches!(c, '意' | '）' | '：'),
        _ => false,
    }
}
