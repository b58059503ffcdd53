//! What closed levels become: 分野, 取組 and 号; the labels among their subdivisions lift them.

use super::Node;
use crate::ast::{Cell, Field, Initiative, Item, Numbering, Role, Text};
use crate::diagnostics::{Severity, Words};
use crate::parse::label::Label;
use crate::parse::{Context, head};

impl Node {
    /// Content, role or container: what lifts its parent to a 取組.
    fn is_cell(&self) -> bool {
        matches!(self.says, Some(Label::Content | Label::Role(_) | Label::Container))
    }

    fn is_initiative(&self) -> bool {
        !self.is_cell() && self.children.iter().any(Node::is_cell)
    }

    fn is_field(&self) -> bool {
        !self.rows.is_empty() || self.children.iter().any(Node::is_initiative)
    }

    /// The words of a cell: its own, then each entry of its list on a line of its own.
    fn cell_text(self, out: &mut Text) {
        let is_list = !self.children.is_empty();
        out.append(self.body);
        for child in self.children {
            child.list_text(out);
        }
        match is_list {
            true => out.append_line(self.tail),
            false => out.append(self.tail),
        }
    }

    fn list_text(self, out: &mut Text) {
        let mut entry = self.label;
        // the words over a column have their place there
        if !self.heading.pieces.is_empty() {
            if !entry.is_empty() {
                entry.text.push(' ');
            }
            entry.append(self.heading);
        }
        entry.append(self.body);
        out.append_line(entry);
        for child in self.children {
            child.list_text(out);
        }
        out.append_line(self.tail);
    }

    /// `この場合において、…` behind the last cell inside: words of that cell, or of what the cells stand in.
    fn last_tail(&mut self) -> Option<&mut Text> {
        let last = self.children.last_mut()?;
        match last.says.is_some() && !last.tail.is_empty() {
            true => Some(&mut last.tail),
            false => last.last_tail(),
        }
    }

    /// The same, taken out, and told.
    pub fn take_last_tail(&mut self, cx: &mut Context) -> Option<Text> {
        let tail = std::mem::take(self.last_tail()?);
        doubt_tail(&tail, cx);
        Some(tail)
    }

    /// A heading whose children are cells.
    pub fn into_initiative(mut self, cx: &mut Context) -> Initiative {
        // another 取組 follows: they stay where they stand
        if let Some(tail) = self.last_tail() {
            doubt_tail(tail, cx);
        }
        let mut initiative = Initiative { label: self.label, name: self.heading, ..Initiative::default() };
        if !self.body.is_empty() {
            initiative.others.push(Cell { label: Text::default(), text: self.body });
        }
        cells(self.children, &mut initiative, cx);
        if !self.tail.is_empty() {
            initiative.others.push(Cell { label: Text::default(), text: self.tail });
        }
        initiative
    }

    /// A heading whose children are 取組, or that holds rows.
    pub fn into_field(mut self, cx: &mut Context) -> Field {
        let mut field = Field { number: self.number, label: self.label, title: self.heading, initiatives: self.rows };
        if !self.tail.is_empty() {
            self.children.push(Node { body: self.tail, ..Node::default() });
        }
        for child in self.children {
            if child.is_initiative() {
                field.initiatives.push(child.into_initiative(cx));
            } else {
                leftover(child, cx);
            }
        }
        field
    }

    /// As a 号: its subdivisions stay items, or are lifted to fields.
    pub fn into_item(mut self, cx: &mut Context) -> Item {
        if let Some(tail) = self.take_last_tail(cx) {
            self.tail.append_line(tail);
        }
        let mut item = Item {
            number: self.number,
            label: self.label,
            numbering: self.numbering.unwrap_or(Numbering::Bullet),
            text: self.heading,
            items: Vec::new(),
            fields: Vec::new(),
            tail: (!self.tail.is_empty()).then_some(self.tail),
        };
        if !self.body.is_empty() {
            item.text.append_line(self.body);
        }
        let (mut initiative, mut named) = (Initiative::default(), Field { initiatives: self.rows, ..Field::default() });
        let mut own_cells = Vec::new();
        for child in self.children {
            if child.is_cell() || child.says == Some(Label::Other) {
                own_cells.push(child);
            } else if child.is_field() {
                item.fields.push(child.into_field(cx));
            } else if child.is_initiative() {
                named.initiatives.push(child.into_initiative(cx));
            } else {
                item.items.push(child.into_item(cx));
            }
        }
        if !own_cells.is_empty() {
            cells(own_cells, &mut initiative, cx);
            // the 号 itself is the 取組: its words are the name
            initiative.name = Text { text: item.text.text.clone(), pieces: Default::default() };
            named.initiatives.push(initiative);
        }
        if !named.initiatives.is_empty() {
            item.fields.push(named);
        }
        item
    }
}

/// The fields of a table from its headings and rows.
pub fn fields(nodes: Vec<Node>, cx: &mut Context) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if node.is_initiative() {
            match out.last_mut() {
                Some(field) if field.number.is_empty() && field.title.is_empty() => {
                    field.initiatives.push(node.into_initiative(cx))
                }
                _ => out.push(Field { initiatives: vec![node.into_initiative(cx)], ..Field::default() }),
            }
        } else if !node.rows.is_empty() || node.children.iter().all(|c| !c.is_field()) {
            out.push(node.into_field(cx));
        } else {
            // a heading over fields: the view inside one 別表
            let Node { label, heading, body, tail, children, .. } = node;
            let mut view = label;
            view.append(heading);
            view.append(body);
            view.append(tail);
            out.push(Field { title: view, ..Field::default() });
            out.extend(fields(children, cx));
        }
    }
    out
}

/// `(1) 夜間診療⏎取組内容⇥文⏎甲の役割⇥文`: the 号 or the heading itself is the 取組 of rows without a name.
pub fn name_by_heading(node: &mut Node) {
    node.children.iter_mut().for_each(name_by_heading);
    if node.is_unnumbered() || !matches!(&node.rows[..], [only] if only.name.is_empty()) {
        return;
    }
    for row in node.rows.drain(..) {
        let cell = |says, heading, body| Node { says: Some(says), heading, body, ..Node::default() };
        let contents = row.contents.into_iter().map(|c| cell(Label::Content, c.label, c.text));
        let roles = row.roles.into_iter().map(|r| cell(Label::Role(r.parties), r.label, r.text));
        let others = row.others.into_iter().map(|c| cell(Label::Other, c.label, c.text));
        node.children.extend(contents.chain(roles).chain(others));
    }
}

/// `(1) 夜間診療⏎⇥取組内容⇥文⏎(2) 通院の足⇥取組内容⇥文`: the page cut a name from its row, and the next row goes on with its
/// number.
pub fn name_first_by_heading(node: &mut Node) {
    node.children.iter_mut().for_each(name_first_by_heading);
    let number =
        |row: &Initiative| head::item(&format!("{} {}", row.label.text, row.name.text)).map(|h| (h.numbering, h.value));
    let is_name = |child: &Node| {
        let follows = node.rows.last().is_none_or(|last| {
            child.numbering.is_some_and(|numbering| number(last) == Some((numbering, child.value.wrapping_sub(1))))
        });
        let [first, second, ..] = &child.rows[..] else { return false };
        let goes_on = child.numbering.is_some_and(|numbering| number(second) == Some((numbering, child.value + 1)));
        goes_on && follows && first.name.is_empty() && child.children.is_empty()
    };
    if !matches!(&node.children[..], [only] if is_name(only)) {
        return;
    }
    for mut child in std::mem::take(&mut node.children) {
        child.rows[0].label = child.label;
        child.rows[0].name = child.heading;
        node.rows.append(&mut child.rows);
    }
}

/// `(1) 夜間診療⏎【取組内容】…⏎(2) 通院の足⏎【取組内容】…`: headings over one row each, which has no name, are the names.
pub fn name_by_headings(mut nodes: Vec<Node>) -> Vec<Node> {
    let is_name = |node: &Node| {
        let is_sound = |row: &Initiative| !row.torn && !row.contents.is_empty() && row.label.is_empty();
        let is_one = matches!(&node.rows[..], [row] if row.name.is_empty() && is_sound(row));
        is_one && node.children.is_empty() && !node.heading.is_empty() && node.tail.is_empty()
    };
    // `1 医療` alone may be a 分野 whose name below it was lost
    let may_be_field = matches!(&nodes[..], [] | [Node { numbering: None | Some(Numbering::Arabic), .. }]);
    if may_be_field || !nodes.iter().all(is_name) {
        return nodes;
    }
    let named = nodes.iter_mut().flat_map(|node| {
        let (label, name) = (std::mem::take(&mut node.label), std::mem::take(&mut node.heading));
        node.rows.drain(..).map(move |row| Initiative { label: label.clone(), name: name.clone(), ..row })
    });
    let rows = named.collect();
    vec![Node { rows, ..Node::default() }]
}

/// Puts cells into an initiative.
fn cells(children: Vec<Node>, initiative: &mut Initiative, cx: &mut Context) {
    for child in children {
        let label = match child.says {
            // the label's number is part of its words: `a 取組の内容`
            Some(_) => joined(&child),
            None => Text::default(),
        };
        match child.says.clone() {
            Some(Label::Content) => {
                let mut text = Text::default();
                child.cell_text(&mut text);
                initiative.contents.push(Cell { label, text });
            }
            Some(Label::Role(parties)) => {
                let mut text = Text::default();
                child.cell_text(&mut text);
                initiative.roles.push(Role { label, parties, text });
            }
            Some(Label::Container) if child.children.iter().any(Node::is_cell) => {
                initiative.others.push(Cell { label, text: child.body });
                cells(child.children, initiative, cx);
            }
            Some(Label::Container) => {
                let parties = cx.parties.iter().map(|p| p.symbol.clone()).collect();
                let mut text = Text::default();
                child.cell_text(&mut text);
                initiative.roles.push(Role { label, parties, text });
            }
            says => {
                let mut text = Text::default();
                match says {
                    Some(_) => child.cell_text(&mut text),
                    None => child.list_text(&mut text),
                }
                initiative.others.push(Cell { label, text });
            }
        }
    }
}

/// The number and the words of a label as one leaf.
fn joined(node: &Node) -> Text {
    let mut text = node.label.clone();
    if !text.is_empty() {
        text.text.push(' ');
    }
    text.append(node.heading.clone());
    text
}

/// A heading among 取組 that holds nothing which could be one.
fn leftover(node: Node, cx: &mut Context) {
    let mut text = Text::default();
    node.list_text(&mut text);
    if !text.is_empty() {
        cx.tree.unparsed.push(text);
    }
}

fn doubt_tail(tail: &Text, cx: &mut Context) {
    let words = Words::new(
        "役割の続きか、号や項の後段か決められません。どこに置かれたかを確かめてください。",
        "these words may belong to the role or stand behind the whole item: check where they were put",
    );
    cx.complain("cell-torn", Severity::Warning, "", tail.span(), words);
}
