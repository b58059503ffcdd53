//! Lines of a table that are neither rows nor headings: its pointer and title, words that go on, or names and labels
//! without cells; the labels choose how they are read.

use super::headings::{doubt_heading, is_cut};
use super::{Table, is_label_line, is_view, over};
use crate::ast::{Initiative, TriviaKind};
use crate::lines::Line;
use crate::parse::label::{self, Label};
use crate::parse::outline::Node;
use crate::parse::part::{self, Part};
use crate::parse::stacked::{self, Labels, Row};
use crate::parse::{Context, alone, beside, columns, composite, head, named, rows, zones};

impl<'l, 's> Table<'l, 's> {
    /// Reads the loose lines before line `end`: a title, names and labels without cells, or words that go on.
    pub(super) fn flush(&mut self, lines: &'l [Line<'s>], end: usize, cx: &mut Context) {
        let Some(start) = self.loose.take() else { return };
        let mut loose = &lines[start..end];
        let begun = !self.outline.open.is_empty() || !self.outline.closed.is_empty() || self.rows.current.is_some();
        // the words of a row that a wrap cut go on
        let is_beside = |line: &Line| !line.gap || line.page;
        while let Some((line, rest)) = loose
            .split_first()
            .filter(|(line, _)| begun && self.rows.is_open() && is_beside(line) && !is_label_line(line, cx))
        {
            self.rows.reopen_last();
            self.rows.go_on(line, &line.text, false, cx);
            loose = rest;
            // right above a header it may be a heading as well
            if let Some(row) = self.rows.current.as_mut().filter(|_| rest.is_empty() && heads(lines.get(end), cx)) {
                row.torn = true;
            }
        }
        // the first lines of a table are its pointer and its title
        while let Some((line, rest)) =
            loose.split_first().filter(|_| !begun && !columns::label_beside(loose, cx) && !begins_with_two(loose, cx))
        {
            let text = line.text.as_ref();
            if self.table.reference.is_none() && head::bracketed(text).is_some_and(|inner| inner.contains('条')) {
                let inner = head::bracketed(text).unwrap_or(text);
                self.table.reference = Some(cx.text(line, inner));
            } else if self.table.title.is_empty()
                && !is_label_line(line, cx)
                && !stacked::has_label_inside(line, cx)
                && !named::is_named(line, cx)
                && (head::ordinal(text).is_none() || is_view(text))
            {
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
        let mut labels: Vec<Labels> = loose.iter().map(|line| Labels::of(line, cx)).collect();
        alone::mark(loose, &mut labels, cx);
        self.end_name(lines, (loose, &mut labels), end - loose.len(), cx);
        let has_labels = labels.iter().any(Labels::is_row);
        let is_below = !has_labels && self.is_below_header(lines, end - loose.len(), loose.len(), cx);
        if has_labels || is_below {
            let done = self.rows.close();
            self.outline.add(done);
            let first = usize::from(self.name_heading(loose, &labels, cx));
            let (loose, labels) = (&loose[first..], &labels[first..]);
            let first = composite::header(loose, labels, cx);
            let has_names = first > 0;
            loose[..first].iter().for_each(|line| cx.trivia(line.whole(), TriviaKind::Header));
            let (loose, labels) = (&loose[first..], &labels[first..]);
            let named = named::read(loose, labels, cx);
            let rest =
                if named.is_some() { 0 } else { self.end_heading(lines, (loose, labels), end - loose.len(), cx) };
            let (loose, labels) = (&loose[rest..], &labels[rest..]);
            let found = named.or_else(|| columns::read(loose, labels, &mut self.header, lines, cx));
            let (mut found, waiting) = match found {
                Some(found) => (found, None),
                // the header is there, but not in one piece, or over lines that are none of its rows: nothing tells the
                // columns any more
                None if self.scattered
                    || is_below
                    || self.header.is_some()
                    || labels.iter().any(Labels::heads_glued)
                    || loose.iter().any(|l| columns::is_torn_label(&l.text, cx) || columns::lacks_names(l, cx)) =>
                {
                    self.scattered = true;
                    columns::refuse(loose, cx);
                    return;
                }
                None => stacked::read(loose, labels, !self.waiting.is_empty(), cx),
            };
            if waiting.is_some() {
                self.end_row(&mut found);
            }
            // below the label of the names every row has one; the label of a column is no title, and that column stands elsewhere
            let is_headed = heads_column(&self.table.title.text, cx);
            let is_torn = |row: &Initiative| is_headed || has_names && row.name.is_empty();
            found.iter_mut().for_each(|row| row.initiative.torn |= is_torn(&row.initiative));
            self.stack(found, cx);
            // a text may stand behind the next heading: they are paired at the end of the table
            if let Some(waiting) = waiting {
                self.waiting.append(waiting);
            }
            return;
        }
        // above a row that begins with its content it is a name
        let is_unnamed = |node: &&Node| node.heading.is_empty() && node.rows.is_empty();
        if let [name] = loose
            && lines.get(end).is_some_and(|next| begins_with_content(next, cx))
            && name.text.chars().count() <= 40
            && !name.text.contains('。')
            && self.outline.open.last().filter(is_unnamed).is_none()
        {
            self.name_row(name, cx);
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
        // `第2　福祉⏎次の取組を行う。` before rows
        if let [_, lead] = loose
            && over::says_heading(&loose[0].text)
            && lead.text.ends_with('。')
            && lines.get(end).is_some_and(|next| next.tab)
        {
            cx.unparsed(lead);
            loose = &loose[..1];
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
                self.name_row(&loose[0], cx);
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

    /// Begins a 取組 whose cells follow in rows of their own.
    fn name_row(&mut self, line: &Line, cx: &mut Context) {
        let done = self.rows.close();
        self.outline.add(done);
        let mut initiative = Initiative::default();
        rows::name_cell(&mut initiative, line, &line.text, cx);
        self.rows.current = Some(initiative);
    }

    /// Whether lines below a heading are rows of the table whose header stands above that heading.
    fn is_below_header(&self, lines: &[Line], start: usize, count: usize, cx: &Context) -> bool {
        // what follows a full line may be the rest of the heading
        let is_heading_ended = || start > 0 && !zones::is_full(&lines[start - 1], cx);
        self.header.is_some() && count > 1 && is_heading_ended()
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
    fn stack(&mut self, found: Vec<Row>, cx: &mut Context) {
        let mut found = found.into_iter().peekable();
        while found.peek().is_some() {
            let first = found.next_if(|row| row.field.is_some());
            if let Some(Row { field: Some(field), initiative }) = first {
                self.begin_field(field, cx);
                self.outline.add(Some(initiative));
            }
            let rest = std::iter::from_fn(|| found.next_if(|row| row.field.is_none()));
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
        // the name may be the rest of the heading
        if depth > 1
            && self.header.is_none()
            && node.rows.is_empty()
            && let [only] = &mut found[..]
        {
            only.torn = true;
        }
        node.rows.extend(found);
    }
}

/// `取組内容⇥文`
fn begins_with_content(line: &Line, cx: &Context) -> bool {
    let says = |cell: &str| label::label(cell, &cx.parties, cx.words) == Some(Label::Content);
    line.tab && rows::cells(&line.text).is_some_and(|cells| cells.len() == 2 && says(cells[0]) && !cells[1].is_empty())
}

/// `取組名⇥取組の内容⇥甲の役割⇥乙の役割`
fn heads(line: Option<&Line>, cx: &Context) -> bool {
    let cells = line.filter(|line| line.tab).and_then(|line| rows::cells(&line.text));
    cells.is_some_and(|cells| rows::header(&cells, cx).is_some())
}

/// `分野`, `取組名` alone
fn heads_column(title: &str, cx: &Context) -> bool {
    title.len() <= 8 * 3 && label::heads_names(title, &cx.parties, cx.words)
}

/// `医療 休日の診⏎療⏎取組内容 文⏎…⏎福祉 見守り 取組内容 文`: a 分野 and a name, as others below, and no title
fn begins_with_two(lines: &[Line], cx: &Context) -> bool {
    let holds_two = |line: &Line| {
        let is_short = line.text.chars().nth(20).is_none() && !line.text.contains(['。', '、']);
        is_short && beside::holds_two_names(&Part::new(line, &line.text, 0))
    };
    let mut lines = lines.iter();
    lines.next().is_some_and(holds_two) && lines.any(|line| holds_two(line) || stacked::names_two(line, cx))
}

/// Whether a title goes on in the next line: it is cut by the wrap.
fn goes_on(before: &[Line], line: &Line, cx: &Context) -> bool {
    !line.gap && before.last().is_some_and(|last| zones::is_full(last, cx)) && !line.text.ends_with('。')
}
