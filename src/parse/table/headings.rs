//! Headings in a table: `1 医療`, `【医療】`, `## 医療`, which lines are one, and at which level it stands.

use super::inside::runs_on;
use super::wrapped::ends_narrow_name;
use super::{Table, is_label_line, over};
use crate::ast::Numbering;
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, Marks, is_blank};
use crate::parse::head::{self, ItemHead};
use crate::parse::label::{self, Label};
use crate::parse::outline::{Node, Placement};
use crate::parse::stacked::{self, Labels};
use crate::parse::{Context, body, columns, named, rows, zones};

impl<'l, 's> Table<'l, 's> {
    /// `1 医療`, `(1) 夜間診療`, `## 1 医療`: short, without an end, with the number that comes next
    pub(super) fn heading_at<'a>(&self, lines: &'a [Line], at: usize, cx: &Context) -> Option<ItemHead<'a>> {
        let line = &lines[at];
        if !line.marks.hold(Marks::HEAD) {
            return None;
        }
        let unmarked = |text: &'a str| text.trim_start_matches('#').trim_start_matches(is_blank);
        let text: &'a str = &line.text;
        let text = label::plain(if text.starts_with('#') { unmarked(text) } else { text });
        let head = head::item(text)?;
        let words = head.rest;
        if words.contains(['。', '、']) || words.chars().count() > 40 || body::begins_word(line, &head, cx) {
            return None;
        }
        // 一つの町, アの, iは begin words
        let is_letter = !matches!(head.numbering, Numbering::Arabic | Numbering::ParenArabic | Numbering::Circled);
        if head.glued && is_letter && !head.label.ends_with([')', '）', '.', '．', '、']) && !cx.spaced {
            return None;
        }
        // the numbers in cells hardly come next
        let place = self.place(&head);
        let before = at.checked_sub(1).map_or("", |b| lines[b].text.as_ref());
        // `なお、別表⏎2 に掲げる…` in a cell
        let is_cited = || before.ends_with("別表") || before.ends_with('第');
        let dangles = self.loose.is_some()
            && (before.ends_with(['、', '，', 'び', 'は', 'を', 'に', 'の', '（', '(', '・']) || is_cited());
        if !place.expected || dangles {
            return None;
        }
        // `ア 甲の役割⏎①車の手配⏎②人を雇う。`: a list in a cell
        let is_cell = |node: &Node| matches!(node.says, Some(Label::Content | Label::Role(_)));
        if place.depth == self.outline.open.len() && self.outline.open.last().is_some_and(is_cell) {
            return None;
        }
        // `…を負担する。⏎2 台の車両を…⏎見直す。` in a cell
        let counts = head.numbering == Numbering::Arabic && body::is_number_of_things(words);
        let ends_below = |next: &Line| !next.gap && next.text.ends_with('。') && !is_label_line(next, cx);
        if counts && self.loose.is_some() && !line.gap && lines.get(at + 1).is_some_and(ends_below) {
            return None;
        }
        let names_row = head.numbering == Numbering::ParenArabic && self.header.is_none() && !head.rest.is_empty();
        if names_row && (runs_on(lines, at, cx) || self.is_beside_cell(lines, at, cx)) {
            return None;
        }
        if head.numbering == Numbering::Arabic && self.is_numbered(lines) && !heads_numbered(lines, at) {
            return None;
        }
        if self.is_in_column(lines, at, cx) || names_row && self.is_inside_rows(lines, at, &head, cx) {
            return None;
        }
        if self.is_entry(lines, at, &head, &place, cx) || self.is_listed(lines, at, &head, cx) {
            return None;
        }
        let ends = before.ends_with(['。', '）', ')', '」', '】']) || line.gap || self.loose.is_none();
        // a title may be just as long as the lines are
        let first = self.outline.open.is_empty() && self.outline.closed.is_empty() && head.value == 1 && !head.glued;
        let begins_below = |next: &Line| {
            head::item_of(next)
                .is_some_and(|below| below.value == 1 && below.numbering != head.numbering && !below.glued)
        };
        let is_row = |next: &Line| next.tab || stacked::has_name(next, cx) || begins_below(next);
        let over_rows = first && lines.get(at + 1).is_some_and(is_row);
        let alone = words.is_empty();
        if alone && lines.get(at + 1).is_none_or(|next| next.text.ends_with('。') || next.text.chars().count() > 30) {
            return None;
        }
        let fits = (ends || over_rows || !zones::is_full(&lines[at - 1], cx))
            && (line.gap
                || cx.wrap == 0
                || !words.starts_with(['年', '月', '日', '回', '割', '％', '%', '号', '条', '項', '以']));
        fits.then_some(head)
    }

    /// Whether rows below a header `番号 取組 取組内容` have numbers as headings have.
    fn is_numbered(&self, lines: &[Line]) -> bool {
        *self.is_numbered.get_or_init(|| lines[self.range.clone()].iter().any(is_numbered_header))
    }

    /// `2⏎- 3 -⏎防災⏎⏎夜間診療  取組内容  文`: whether a page ended, or another column stood, between the figure and its words
    pub(super) fn name_heading(&mut self, loose: &[Line], labels: &[Labels], cx: &mut Context) -> bool {
        let unnamed = |node: &&mut Node| !node.label.is_empty() && node.heading.is_empty() && node.rows.is_empty();
        let [first, _, ..] = loose else { return false };
        if labels[0].begins_row() || named::is_named(first, cx) {
            return false;
        }
        let Some(node) = self.outline.open.last_mut().filter(unnamed) else { return false };
        node.heading.push(first, &first.text, &mut cx.repairs);
        true
    }

    /// `3 …の解消へ向けたＩＣ⏎Ｔの整備⏎⏎夜間診療  取組内容  文`: how many lines are the rest of a heading, apart from the row below it
    pub(super) fn end_heading(
        &mut self,
        lines: &[Line],
        (loose, labels): (&[Line], &[Labels]),
        start: usize,
        cx: &mut Context,
    ) -> usize {
        let Some(count) = labels.iter().position(Labels::begins_row).filter(|count| *count > 0) else { return 0 };
        // `1 医療⏎連携する取⏎組 取組内容 甲の役割`: the header begins
        if columns::label_beside(loose, cx) {
            return 0;
        }
        // `(1) 公共施設の相互利⏎用⏎【取組内容】`: the heading names the row, and its line is full
        // blanks that were taken out make a full line a short one
        let is_rest = || cx.spaced && count == 1 && loose[0].text.chars().count() <= 3;
        let full = || start > 0 && zones::is_full(&lines[start - 1], cx) || is_rest();
        // rows of the table whose header stands above the heading
        if self.header.is_some() && !(count == 1 && full()) {
            return 0;
        }
        let rest = || loose[..count].iter().map(|line| line.text.as_ref()).collect::<Vec<&str>>();
        let is_content = || labels[count].opens().is_some_and(|found| found.1 == Label::Content);
        let narrow = || (start > 0 && is_content()).then(|| ends_narrow_name(lines, start, &rest(), cx)).flatten();
        let names_row = self.outline.open.len() > 1 && !loose[count].gap && (full() || narrow().is_some());
        // a line that is wider than the column of the names is none of them; one blank alone does not keep that column
        let keeps_place = |before: &&str| before.chars().rev().take(2).filter(|c| is_blank(*c)).count() == 2;
        let before = || stacked::before_label(&loose[count], cx).filter(keeps_place);
        let name = || before().map_or(usize::MAX, zones::width_of);
        let too_wide = || name() < loose[..count].iter().map(zones::width).max().unwrap_or(0);
        let is_apart = if labels[count].begins() { names_row } else { loose[count].gap || too_wide() };
        let goes_on = (0..count).all(|at| !loose[at].gap || is_cut(lines, start + at, cx));
        let Some(node) = self.outline.open.last_mut().filter(|node| is_apart && node.is_bare()) else { return 0 };
        if !goes_on {
            doubt_heading(&loose[0], cx);
            return 0;
        }
        let is_inferred = labels[count].begins() && !full() && narrow() == Some(false);
        for rest in &loose[..count] {
            node.heading.push(rest, &rest.text, &mut cx.repairs);
        }
        if is_inferred {
            cx.complain("cell-torn", Severity::Warning, "", Some(loose[0].whole()), Words::new(
                "見出しの続きか、その下の名称か、行の長さから推定しました。",
                "whether these words end the heading or name what stands below it was inferred from the length of lines",
            ));
        }
        count
    }

    /// `(1) 学校図書の⏎巡回 取組内容⏎文`: the rest of a heading beside the label of the row that it names
    pub(super) fn end_name<'a>(
        &mut self,
        lines: &[Line],
        (loose, labels): (&'a [Line], &mut [Labels<'a>]),
        start: usize,
        cx: &mut Context,
    ) {
        let (Some(first), Some(own)) = (loose.first(), labels.first()) else { return };
        let Some((name, label, slice, rest)) = own.opens().filter(|found| !found.0.is_empty()).cloned() else { return };
        let is_open =
            label == Label::Content && self.outline.open.len() > 1 && self.header.is_none() && start > 0 && !first.gap;
        if !is_open || ends_narrow_name(lines, start, &[name], cx) != Some(true) {
            return;
        }
        // lines before or below a header are taken as they are, or not at all
        let is_torn = |line: &Line| columns::is_torn_label(&line.text, cx);
        let heads = || labels.iter().any(Labels::heads_glued) || columns::has_header(loose, labels, cx);
        if self.scattered || loose.iter().any(is_torn) || heads() {
            return;
        }
        let [own, ..] = labels else { return };
        if let Some(node) = self.outline.open.last_mut().filter(|node| node.is_bare()) {
            node.heading.push(first, name, &mut cx.repairs);
            own.set(("", label, slice, rest));
        }
    }

    pub(super) fn heading(&mut self, lines: &[Line], at: usize, head: &ItemHead, cx: &mut Context) {
        let line = &lines[at];
        let done = self.rows.close();
        self.outline.add(done);
        let place = self.place(head);
        if self.begins_anew(head) {
            self.lift_heading();
        }
        let place = Placement { depth: place.depth.min(self.outline.open.len()), ..place };
        let mut node = Node::new(place, head, cx.text(line, head.label));
        node.heading = cx.text(line, head.rest);
        if place.depth > 0 {
            let says = |text| body::cell_label(text, cx).filter(|(.., rest)| rest.is_empty()).map(|(says, ..)| says);
            node.says = says(head.rest);
            // `ア⏎取組の内容`: the number and its label in two lines
            if let Some((next, found)) =
                lines.get(at + 1).filter(|_| head.rest.is_empty()).and_then(|n| Some((n, says(&n.text)?)))
            {
                (node.heading, node.says) = (cx.text(next, &next.text), Some(found));
                self.taken = Some(at + 1);
            }
        }
        self.outline.push(place.depth, node);
    }

    /// Where a heading goes: `(1) 夜間診療` right below `(1) 医療` opens a level that is numbered alike.
    fn place(&self, head: &ItemHead) -> Placement {
        match self.begins_anew(head) {
            true => Placement {
                depth: self.outline.open.len(),
                numbering: head.numbering,
                value: head.value,
                expected: true,
            },
            false => self.outline.place(head),
        }
    }

    fn begins_anew(&self, head: &ItemHead) -> bool {
        let is_bare = |node: &Node| node.numbering == Some(head.numbering) && node.is_bare();
        head.value == 1 && self.rows.current.is_none() && self.outline.open.last().is_some_and(is_bare)
    }

    /// `(1) 医療⏎(1) 夜間診療 …⏎(2) 福祉⏎(1) 見守り …`: a heading that was taken for the next 取組 goes on with the 分野.
    fn lift_heading(&mut self) {
        let [.., outer, inner] = &self.outline.open[..] else { return };
        if outer.numbering == inner.numbering && inner.value == outer.value + 1 {
            let Some(heading) = self.outline.open.pop() else { return };
            self.outline.push(self.outline.open.len() - 1, heading);
        }
    }

    /// `ア　取組の内容　文` below a heading: whether the line was taken
    pub(super) fn numbered_label(&mut self, lines: &'l [Line<'s>], at: usize, cx: &mut Context) -> bool {
        let line = &lines[at];
        let may_hold = line.marks.hold(Marks::LABEL) || !cx.words.is_empty();
        if !may_hold || self.outline.open.is_empty() || self.rows.current.is_some() {
            return false;
        }
        // nothing parts a number in brackets, or in a circle, from its label
        let is_apart =
            |head: &ItemHead| !head.glued || head.label.ends_with([')', '）']) || head.numbering == Numbering::Circled;
        let Some(head) = head::item_of(line).filter(is_apart) else { return false };
        let Some((says, label, text)) = body::cell_label(head.rest, cx).filter(|(.., text)| !text.is_empty()) else {
            return false;
        };
        let place = self.outline.place(&head);
        if !place.expected || place.depth == 0 {
            return false;
        }
        self.flush(lines, at, cx);
        let mut node = Node::new(place, &head, cx.text(line, head.label));
        (node.says, node.heading, node.body) = (Some(says), cx.text(line, label), cx.text(line, text));
        self.outline.push(place.depth, node);
        true
    }

    /// `【医療】` beside the last one, or below the heading with a number that is open
    pub(super) fn unnumbered(&mut self, node: Node) {
        let done = self.rows.close();
        self.outline.add(done);
        let is_beside = |node: &Node| node.numbering.is_none() && !node.heading.is_empty();
        let depth = self.outline.open.iter().position(is_beside).unwrap_or(self.outline.open.len());
        self.outline.push(depth, node);
    }

    /// `### 見守り` below `## 福祉`, beside the last of its level; nowhere below a heading that has rows.
    pub(super) fn markdown_depth(&self, level: u32) -> Option<usize> {
        let open = &self.outline.open;
        let is_beside = |node: &Node| node.is_unnumbered() && node.value >= level;
        let depth = open.iter().position(is_beside).unwrap_or(open.len());
        let has_rows = |node: &Node| !node.rows.is_empty() && (node.numbering.is_some() || node.heading.is_empty());
        (depth.checked_sub(1).is_none_or(|at| !has_rows(&open[at])) && self.rows.current.is_none()
            || depth < open.len())
        .then_some(depth)
    }

    /// `医療`, `3 医療` behind `1 福祉`: what stands alone before rows heads them, whatever its number
    pub(super) fn out_of_turn(&mut self, line: &Line, cx: &mut Context) {
        let text = line.text.as_ref();
        let Some(head) = head::item(text).filter(|h| !h.glued && !h.rest.is_empty()) else {
            let node = over::unmarked(line, cx);
            self.outline.push(0, node);
            return;
        };
        let place = self.outline.place(&head);
        // another system at the level of the headings opens no level of its own
        let depth =
            if place.expected { place.depth } else { place.depth.min(self.outline.open.len().saturating_sub(1)) };
        let mut node = Node::new(place, &head, cx.text(line, head.label));
        node.heading = cx.text(line, head.rest);
        self.outline.push(depth, node);
    }
}

/// `番号 取組 取組内容 甲の役割`, also one label a line
fn is_numbered_header(line: &Line) -> bool {
    !line.tab && rows::number_label(&line.text).is_some()
}

/// `2 福祉` above a header, or above a row with a number
fn heads_numbered(lines: &[Line], at: usize) -> bool {
    let below = || lines[at + 1..].iter().take(3);
    below().any(is_numbered_header)
        || below().next().is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// `医療` of `【医療】`, `＜医療＞`, `■医療`, `**医療**`, where a row, a label or a heading with a number follows
pub(super) fn bracket_heading<'a>(lines: &'a [Line], at: usize, cx: &Context) -> Option<&'a str> {
    let line: &str = &lines[at].text;
    if line.starts_with(label::is_letter) {
        return None;
    }
    let (is_marked, inner) = (line.starts_with(over::MARKS), around(line));
    // as most lines in brackets: `【甲の役割】文`
    if inner.is_none() && !line.starts_with('*') {
        return None;
    }
    let bold = Some(label::plain(line)).filter(|text| text.len() < line.len());
    let next = lines.get(at + 1)?;
    let under = label::plain(&next.text);
    // `**医療**` over `**夜間診療**`, which stands over a label
    let is_over = || under.len() < next.text.len() && label::label(under, &cx.parties, cx.words).is_none();
    let inner = inner.or_else(|| bold.filter(|_| is_over()))?;
    let begins = |head: &ItemHead| head.value == 1 && head.rest.chars().count() <= 40;
    // the last entry of a list may stand over the label of a role
    let heads = next.tab && (!next.text.starts_with('\t') || names_row(next, cx))
        || next.text.starts_with('|')
        || head::item(&next.text).as_ref().is_some_and(begins)
        || stacked::has_name(next, cx)
        || columns::is_header(next, cx)
        || named::is_named(next, cx)
        || !is_marked && (is_over() || is_label_line(next, cx) || over::is_name_over_content(lines, at + 1, cx));
    // `政策分野` ends the titles of tables
    let is_name =
        inner.chars().count() <= 40 && !inner.contains(['。', '、', '【', '】']) && !inner.ends_with("政策分野");
    (heads && is_name && label::label(inner, &cx.parties, cx.words).is_none()).then_some(inner)
}

/// `⇥取組名⇥夜間診療`
fn names_row(line: &Line, cx: &Context) -> bool {
    let cells = rows::cells(&line.text).unwrap_or_default();
    let empty = cells.iter().take_while(|cell| cell.is_empty()).count();
    let labels: Vec<_> = cells[empty..].iter().map(|cell| label::label(cell, &cx.parties, cx.words)).collect();
    named::is_row(&cells[empty..], &labels)
}

/// `医療` of `【医療】`, `＜医療＞`, `■ 医療`; what stands in round brackets is a note
fn around(line: &str) -> Option<&str> {
    let is_pair = |pair: &&(char, char)| !matches!(pair.0, '（' | '(') && line.starts_with(pair.0);
    let inner = match label::BRACKETS.iter().find(is_pair) {
        Some((open, close)) => line.strip_prefix(*open)?.strip_suffix(*close)?,
        None => line.strip_prefix(over::MARKS)?.trim_start_matches(is_blank),
    };
    Some(inner).filter(|inner| !inner.is_empty())
}

/// How many `#` stand before a heading of Markdown.
pub(super) fn markdown_level(line: &Line, cx: &Context) -> Option<u32> {
    if line.indent == 0 {
        return None;
    }
    let before = &cx.source[..line.start as usize];
    let indent = before.bytes().rev().take_while(|byte| *byte == b' ').count();
    let before = &before[..before.len() - indent];
    if before.ends_with('\n') {
        return None;
    }
    let before = before.trim_end_matches(is_blank);
    let level = before.len() - before.trim_end_matches('#').len();
    (level > 0).then_some(level as u32)
}

/// Whether a page ended within the words that stand before a line: they reach the wrap.
pub(super) fn is_cut(lines: &[Line], at: usize, cx: &Context) -> bool {
    lines[at].page && at.checked_sub(1).is_some_and(|before| zones::is_full(&lines[before], cx))
}

/// `3 …ＩＣＴインフラの⏎- 2 -⏎整備`: behind a page end, the rest of a heading or the first words below it.
pub(super) fn doubt_heading(line: &Line, cx: &mut Context) {
    if line.page {
        let words = Words::new(
            "改ページの前の見出しの続きかどうか決められません。",
            "these words may belong to the heading before the page end",
        );
        cx.complain("cell-torn", Severity::Warning, "", Some(line.whole()), words);
    }
}
