//! 別表: its head, title, fields, rows. What each line is, is decided line by line.

use super::head::ItemHead;
use super::label::{self, Label};
use super::outline::{self, Node, Outline, Placement};
use super::part::{self, Part};
use super::rows::{self, Rows};
use super::stacked::{Labels, Row};
use super::torn::{self, Waiting};
use super::{Context, back, body, columns, head, scatter, stacked, zones};
use crate::ast::{AppendedTable, Initiative, Numbering, Text, TriviaKind};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, is_blank};
use std::collections::HashMap;

/// Reads one 別表 from its head on; gives the first line behind it.
pub fn read(lines: &[Line], start: usize, cx: &mut Context) -> usize {
    let end = end(lines, start);
    let mut table = Table {
        table: AppendedTable::default(),
        outline: Outline { closed: Vec::with_capacity(16), ..Outline::default() },
        rows: Rows::default(),
        loose: None,
        waiting: Waiting::default(),
        scattered: false,
        remarks: false,
    };
    table.head(&lines[start], cx);
    let mut at = start + 1;
    if let Some(first) = scatter::begins(&lines[at..end], cx) {
        let rest = at + first;
        let remark = (rest..end).find(|row| is_remark(&lines[*row].text)).unwrap_or(end);
        if let Some(nodes) = scatter::read(&lines[rest..remark], lines, cx) {
            (at..rest).for_each(|line| table.line(lines, line, cx));
            table.flush(lines, rest, cx);
            nodes.into_iter().for_each(|node| table.outline.push(0, node));
            at = remark;
        }
    }
    let is_row = |line: &Line| line.tab || is_label_line(&line.text, cx) || stacked::has_label_inside(&line.text, cx);
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
            zones::is_table(line)
                && (line.gap
                    || line.page
                    || lines[at - 1].text.ends_with(['。', '\t'])
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
    /// The cells of a header row stand apart: what follows tells no columns.
    scattered: bool,
    remarks: bool,
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
    }

    fn line(&mut self, lines: &'l [Line<'s>], at: usize, cx: &mut Context) {
        let line = &lines[at];
        let text = line.text.as_ref();
        if rows::is_ruling(text) {
            self.flush(lines, at, cx);
            cx.trivia(line.whole(), TriviaKind::Ruling);
            return;
        }
        if let Some(cells) = rows::cells(text) {
            self.flush(lines, at, cx);
            let done = self.rows.row(line, cells, cx);
            self.outline.add(done);
            if let Some(field) = self.rows.field.take() {
                self.outline.push(0, field);
            }
            return;
        }
        if self.remarks || is_remark(text) {
            self.flush(lines, at, cx);
            self.remark(line, cx);
            return;
        }
        if let Some(head) = self.heading_at(lines, at, cx) {
            self.flush(lines, at, cx);
            self.heading(line, &head, cx);
            return;
        }
        if self.numbered_label(lines, at, cx) {
            return;
        }
        if let Some(heading) = bracket_heading(lines, at, cx) {
            self.flush(lines, at, cx);
            self.unnumbered(line, heading, cx);
            return;
        }
        if let Some(level) = markdown_level(line, cx).filter(|_| !is_label_line(text, cx))
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

    /// `### 見守り` below `## 福祉`, beside the last of its level; nowhere below a heading that has rows.
    fn markdown_depth(&self, level: u32) -> Option<usize> {
        let open = &self.outline.open;
        let is_beside = |node: &Node| node.is_unnumbered() && node.value >= level;
        let depth = open.iter().position(is_beside).unwrap_or(open.len());
        let has_rows = |node: &Node| !node.rows.is_empty() && (node.numbering.is_some() || node.heading.is_empty());
        (depth.checked_sub(1).is_none_or(|at| !has_rows(&open[at])) && self.rows.current.is_none()
            || depth < open.len())
        .then_some(depth)
    }

    /// `【医療】` beside the last one, or below the heading with a number that is open
    fn unnumbered(&mut self, line: &Line, heading: &str, cx: &mut Context) {
        let done = self.rows.close();
        self.outline.add(done);
        let is_beside = |node: &Node| node.numbering.is_none() && !node.heading.is_empty();
        let depth = self.outline.open.iter().position(is_beside).unwrap_or(self.outline.open.len());
        let heading = cx.text(line, heading);
        self.outline.push(depth, Node { heading, ..Node::default() });
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

    /// `1 医療`, `(1) 夜間診療`, `## 1 医療`: short, without an end, with the number that comes next
    fn heading_at<'a>(&self, lines: &'a [Line], at: usize, cx: &Context) -> Option<ItemHead<'a>> {
        let line = &lines[at];
        let text = label::plain(line.text.trim_start_matches('#').trim_start_matches(is_blank));
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
        // `…を負担する。⏎2 台の車両を…⏎見直す。` in a cell
        let counts = head.numbering == Numbering::Arabic && body::is_number_of_things(words);
        let ends_below = |next: &Line| !next.gap && next.text.ends_with('。') && !is_label_line(&next.text, cx);
        if counts && self.loose.is_some() && !line.gap && lines.get(at + 1).is_some_and(ends_below) {
            return None;
        }
        if self.is_in_column(lines, at, cx) {
            return None;
        }
        let place = self.place(&head);
        let before = at.checked_sub(1).map_or("", |b| lines[b].text.as_ref());
        let ends = before.ends_with(['。', '）', ')', '」', '】']) || line.gap || self.loose.is_none();
        // a title may be just as long as the lines are
        let first = self.outline.open.is_empty() && self.outline.closed.is_empty() && head.value == 1 && !head.glued;
        let over_rows = first && lines.get(at + 1).is_some_and(|next| next.tab || stacked::has_name(next, cx));
        let dangles =
            before.ends_with(['、', '，', 'び', 'は', 'を', 'に', 'の', '（', '(', '・']) && self.loose.is_some();
        let alone = words.is_empty();
        if alone && lines.get(at + 1).is_none_or(|next| next.text.ends_with('。') || next.text.chars().count() > 30) {
            return None;
        }
        let fits = place.expected
            && !dangles
            && (ends || over_rows || !zones::is_full(&lines[at - 1], cx))
            && (line.gap
                || cx.wrap == 0
                || !words.starts_with(['年', '月', '日', '回', '割', '％', '%', '号', '条', '項', '以']));
        fits.then_some(head)
    }

    /// `2台の…` in a cell: where blanks keep the columns, a heading does not stand as far to the right as the labels above it.
    fn is_in_column(&self, lines: &[Line], at: usize, cx: &Context) -> bool {
        let indent = lines[at].indent as usize;
        let block = self.loose.map_or(&lines[at..at], |start| &lines[start..at]);
        indent >= 6 && block.iter().rev().find_map(|l| stacked::label_column(l, cx)).is_some_and(|edge| indent >= edge)
    }

    /// `3 …の解消へ向けたＩＣ⏎Ｔの整備⏎⏎夜間診療  取組内容  文`: how many lines are the rest of a heading, apart from the row below it
    fn end_heading(
        &mut self,
        lines: &[Line],
        (loose, labels): (&[Line], &[Labels]),
        start: usize,
        cx: &mut Context,
    ) -> usize {
        // `2⏎- 3 -⏎防災⏎⏎夜間診療  取組内容  文`: a page ended between the figure and its words
        let unnamed = |node: &&mut Node| !node.label.is_empty() && node.heading.is_empty() && node.rows.is_empty();
        if let [first, rest @ ..] = loose
            && !rest.is_empty()
            && !labels[0].begins_row()
            && let Some(node) = self.outline.open.last_mut().filter(unnamed)
        {
            node.heading.push(first, &first.text, &mut cx.repairs);
            return 1 + self.end_heading(lines, (rest, &labels[1..]), start + 1, cx);
        }
        let Some(count) = labels.iter().position(Labels::begins_row).filter(|count| *count > 0) else { return 0 };
        // `(1) 公共施設の相互利⏎用⏎【取組内容】`: the heading names the row, and its line is full
        // blanks that were taken out make a full line a short one
        let is_rest = || cx.spaced && count == 1 && loose[0].text.chars().count() <= 3;
        let full = || start > 0 && zones::is_full(&lines[start - 1], cx) || is_rest();
        let names_row = self.outline.open.len() > 1 && full() && !loose[count].gap;
        let is_apart = if labels[count].begins() { names_row } else { loose[count].gap };
        let goes_on = (0..count).all(|at| !loose[at].gap || is_cut(lines, start + at, cx));
        let Some(node) = self.outline.open.last_mut().filter(|node| is_apart && node.is_bare()) else { return 0 };
        if !goes_on {
            doubt_heading(&loose[0], cx);
            return 0;
        }
        for rest in &loose[..count] {
            node.heading.push(rest, &rest.text, &mut cx.repairs);
        }
        count
    }

    fn heading(&mut self, line: &Line, head: &ItemHead, cx: &mut Context) {
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
            node.says = body::cell_label(head.rest, cx).filter(|(.., rest)| rest.is_empty()).map(|(says, ..)| says);
        }
        self.outline.push(place.depth, node);
    }

    /// `ア　取組の内容　文` below a heading: whether the line was taken
    fn numbered_label(&mut self, lines: &'l [Line<'s>], at: usize, cx: &mut Context) -> bool {
        let line = &lines[at];
        let Some(head) = head::item(&line.text).filter(|head| !head.glued || head.label.ends_with([')', '）'])) else {
            return false;
        };
        let Some((says, label, text)) = body::cell_label(head.rest, cx).filter(|(.., text)| !text.is_empty()) else {
            return false;
        };
        let place = self.outline.place(&head);
        if !place.expected || place.depth == 0 || self.rows.current.is_some() {
            return false;
        }
        self.flush(lines, at, cx);
        let mut node = Node::new(place, &head, cx.text(line, head.label));
        (node.says, node.heading, node.body) = (Some(says), cx.text(line, label), cx.text(line, text));
        self.outline.push(place.depth, node);
        true
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

    /// Reads the loose lines before line `end`: a title, names and labels without cells, or words that go on.
    fn flush(&mut self, lines: &'l [Line<'s>], end: usize, cx: &mut Context) {
        let Some(start) = self.loose.take() else { return };
        let mut loose = &lines[start..end];
        let begun = !self.outline.open.is_empty() || !self.outline.closed.is_empty() || self.rows.current.is_some();
        // the words of a row that a wrap cut go on
        while let Some((line, rest)) =
            loose.split_first().filter(|(line, _)| begun && self.rows.is_open() && !is_label_line(&line.text, cx))
        {
            self.rows.reopen_last();
            self.rows.go_on(line, &line.text, false, cx);
            loose = rest;
        }
        // the first lines of a table are its pointer and its title
        while let Some((line, rest)) = loose.split_first().filter(|_| !begun && !columns::label_beside(loose, cx)) {
            let text = line.text.as_ref();
            if self.table.reference.is_none() && head::bracketed(text).is_some_and(|inner| inner.contains('条')) {
                let inner = head::bracketed(text).unwrap_or(text);
                self.table.reference = Some(cx.text(line, inner));
            } else if self.table.title.is_empty() && !is_label_line(text, cx) && !stacked::has_label_inside(text, cx) {
                self.table.title = cx.text(line, text);
            } else if !self.table.title.is_empty()
                && rest.len() + 1 < loose.len() + 1
                && goes_on(&lines[..start + (lines[start..end].len() - loose.len())], line, cx)
            {
                self.table.title.push(line, text, &mut cx.repairs);
            } else {
                break;
            }
            loose = rest;
        }
        if loose.is_empty() {
            return;
        }
        if let Some(node) = self.outline.open.last_mut().filter(|node| node.says.is_some()) {
            for line in loose {
                match head::item(&line.text).filter(|head| !head.glued) {
                    Some(head) => {
                        let mut entry = cx.text(line, head.label);
                        entry.text.push(' ');
                        entry.append(cx.text(line, head.rest));
                        node.body.append_line(entry);
                    }
                    None => node.body.push(line, &line.text, &mut cx.repairs),
                }
            }
            return;
        }
        let labels: Vec<Labels> = loose.iter().map(|line| Labels::of(&line.text, cx)).collect();
        if labels.iter().any(Labels::is_row) {
            let done = self.rows.close();
            self.outline.add(done);
            let rest = self.end_heading(lines, (loose, &labels), end - loose.len(), cx);
            let (loose, labels) = (&loose[rest..], &labels[rest..]);
            let (mut found, waiting) = match columns::read(loose, labels, cx) {
                Some(found) => (found.into_iter().map(Row::from).collect(), None),
                // the header is there, but not in one piece: nothing tells the columns any more
                None if self.scattered || loose.iter().any(|l| columns::is_torn_label(&l.text, cx)) => {
                    self.scattered = true;
                    columns::refuse(loose, cx);
                    return;
                }
                None => stacked::read(loose, labels, !self.waiting.is_empty(), cx),
            };
            if waiting.is_some() {
                self.end_row(&mut found);
            }
            self.stack(found);
            // a text may stand behind the next heading: they are paired at the end of the table
            if let Some(waiting) = waiting {
                self.waiting.append(waiting);
            }
            return;
        }
        // a heading alone on its marker's line, or cut by a wrap
        if let Some(node) = self
            .outline
            .open
            .last_mut()
            .filter(|n| n.rows.is_empty() && n.children.is_empty() && self.rows.current.is_none())
            && (node.heading.is_empty()
                || loose.len() == 1
                    && loose[0].text.chars().count() <= 20
                    && (!loose[0].gap || is_cut(lines, end - 1, cx)))
        {
            for line in loose {
                node.heading.push(line, &line.text, &mut cx.repairs);
            }
            return;
        }
        // a heading without a number, or with another than the next: `医療` before rows
        if loose.len() == 1
            && lines.get(end).is_some_and(|next| next.tab)
            && loose[0].text.chars().count() <= 30
            && !loose[0].text.ends_with('。')
        {
            let done = self.rows.close();
            self.outline.add(done);
            // below a heading, and above rows whose first cell is empty, it is a name
            if !self.outline.open.is_empty() && lines.get(end).is_some_and(|next| next.text.starts_with('\t')) {
                let mut initiative = Initiative::default();
                rows::name_cell(&mut initiative, &loose[0], &loose[0].text, cx);
                self.rows.current = Some(initiative);
                return;
            }
            if self.outline.open.last().is_some_and(Node::is_bare) {
                doubt_heading(&loose[0], cx);
            }
            self.out_of_turn(&loose[0], cx);
            return;
        }
        for line in loose {
            match self.waiting.is_empty() {
                true => cx.unparsed(line),
                false => self.waiting.push(part::Measured::of(Part::new(line, &line.text, 0))),
            }
        }
    }

    fn fill(&mut self, texts: &mut HashMap<u32, Text>) {
        let mut nodes: Vec<&mut Node> = self.outline.closed.iter_mut().chain(&mut self.outline.open).collect();
        while let Some(node) = nodes.pop() {
            node.rows.iter_mut().for_each(|row| torn::fill(row, texts));
            nodes.extend(&mut node.children);
        }
    }

    /// `医療`, `3 医療` behind `1 福祉`: what stands alone before rows heads them, whatever its number
    fn out_of_turn(&mut self, line: &Line, cx: &mut Context) {
        let text = line.text.as_ref();
        let Some(head) = head::item(text).filter(|h| !h.glued && !h.rest.is_empty()) else {
            let heading = cx.text(line, text);
            self.outline.push(0, Node { heading, ..Node::default() });
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

    /// `取組内容⏎3 教育⏎甲の役割⏎乙の役割`: a heading was written before the last labels of the row above it
    fn end_row(&mut self, found: &mut Vec<Row>) {
        let last = self.outline.closed.iter_mut().chain(&mut self.outline.open).rev().find_map(|n| n.rows.last_mut());
        let is_rest = |first: &Initiative| first.name.is_empty() && first.contents.is_empty();
        if let Some(last) = last.filter(|row| !row.contents.is_empty() && row.roles.is_empty())
            && found.first().is_some_and(|row| is_rest(&row.initiative))
        {
            let rest = found.remove(0).initiative;
            last.roles.extend(rest.roles);
            last.others.extend(rest.others);
        }
    }

    /// Initiatives that were read from labels without cells go under the 分野 that begins with them, or the heading that is open.
    fn stack(&mut self, found: Vec<Row>) {
        let mut found = found.into_iter().peekable();
        while found.peek().is_some() {
            let field = found.next_if(|row| !row.field.is_empty());
            if let Some(Row { field, initiative }) = field {
                self.outline.push(0, Node { heading: field, rows: vec![initiative], ..Node::default() });
            }
            let rest = std::iter::from_fn(|| found.next_if(|row| row.field.is_empty()));
            self.put(rest.map(|row| row.initiative).collect());
        }
    }

    /// Initiatives go under the heading that is open, or are the heading.
    fn put(&mut self, mut found: Vec<Initiative>) {
        if self.outline.open.is_empty() {
            self.outline.push(0, Node::default());
        }
        let depth = self.outline.open.len();
        let Some(node) = self.outline.open.last_mut() else { return };
        let is_heading_of_one = found.len() == 1 && found[0].name.is_empty() && node.rows.is_empty() && depth > 1;
        let sibling_is_one = depth > 1 && found.len() == 1 && found[0].name.is_empty();
        if is_heading_of_one || sibling_is_one {
            let Some(mut initiative) = found.pop() else { return };
            initiative.label = std::mem::take(&mut node.label);
            initiative.name = std::mem::take(&mut node.heading);
            // its level stays open for its next number
            if let [.., parent, _] = &mut self.outline.open[..] {
                parent.rows.push(initiative);
            }
            return;
        }
        node.rows.extend(found);
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
        nodes.iter_mut().flat_map(|node| &mut node.children).for_each(outline::name_by_heading);
        self.table.fields = outline::fields(nodes, cx);
        self.table.rows = std::mem::take(&mut self.rows.plain);
        cx.tree.tables.push(self.table);
    }
}

/// `医療` of `【医療】`, `**医療**`, where a row, a label or a heading with a number follows
fn bracket_heading<'a>(lines: &'a [Line], at: usize, cx: &Context) -> Option<&'a str> {
    let text = label::plain(&lines[at].text);
    let is_bold = text.len() < lines[at].text.len();
    let inner = text.strip_prefix('【').and_then(|inner| inner.strip_suffix('】'));
    let next = lines.get(at + 1)?;
    let under = label::plain(&next.text);
    // `**医療**` over `**夜間診療**`, which stands over a label
    let is_over = under.len() < next.text.len() && label::label(under, &cx.parties, cx.words).is_none();
    let inner = match inner {
        Some(inner) => inner,
        None if is_bold && is_over => text,
        None => return None,
    };
    let heads = is_over
        || next.tab
        || next.text.starts_with('|')
        || head::item(&next.text).is_some_and(|head| head.value == 1 && head.rest.chars().count() <= 40)
        || is_label_line(&next.text, cx)
        || stacked::has_name(next, cx);
    let is_name = inner.chars().count() <= 40 && !inner.contains(['。', '、', '【', '】']);
    (heads && is_name && label::label(inner, &cx.parties, cx.words).is_none()).then_some(inner)
}

/// How many `#` stand before a heading of Markdown.
fn markdown_level(line: &Line, cx: &Context) -> Option<u32> {
    let before = cx.source[..line.start as usize].trim_end_matches(is_blank);
    let level = before.len() - before.trim_end_matches('#').len();
    (level > 0).then_some(level as u32)
}

/// `備考`, `注1 …`, `※ …`
fn is_remark(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !is_blank(*c));
    match (letters.next(), letters.next()) {
        (Some('※'), _) | (Some('備'), Some('考')) | (Some('注'), None) => true,
        (Some('注'), Some(c)) => c.is_ascii_digit() || matches!(c, '意' | '）' | '：'),
        _ => false,
    }
}

/// Whether a line is, or begins with, a label of content or role.
fn is_label_line(text: &str, cx: &Context) -> bool {
    matches!(label::prefix(text, &cx.parties, cx.words), Some((Label::Content | Label::Role(_) | Label::Container, ..)))
}

/// Whether a page ended within the words that stand before a line: they reach the wrap.
fn is_cut(lines: &[Line], at: usize, cx: &Context) -> bool {
    lines[at].page && at.checked_sub(1).is_some_and(|before| zones::is_full(&lines[before], cx))
}

/// `3 …ＩＣＴインフラの⏎- 2 -⏎整備`: behind a page end, the rest of a heading or the first words below it.
fn doubt_heading(line: &Line, cx: &mut Context) {
    if line.page {
        let words = Words::new(
            "改ページの前の見出しの続きかどうか決められません。",
            "these words may belong to the heading before the page end",
        );
        cx.complain("cell-torn", Severity::Warning, "", Some(line.whole()), words);
    }
}

/// Whether a title goes on in the next line: it is cut by the wrap.
fn goes_on(before: &[Line], line: &Line, cx: &Context) -> bool {
    !line.gap && before.last().is_some_and(|last| zones::is_full(last, cx)) && !line.text.ends_with('。')
}
