//! 号 and their subdivisions as they open and close; labels lift them to 分野 and 取組.

use super::Context;
use super::head::{self, ItemHead};
use super::label::Label;
use crate::ast::{Cell, Field, Initiative, Item, Numbering, Role, Text};
use crate::diagnostics::{Severity, Words};
use compact_str::CompactString;

/// A level that is open or closed: a 号, a heading, or a label.
#[derive(Debug, Default)]
pub struct Node {
    /// How it is numbered; `None` for a label without a number.
    pub numbering: Option<Numbering>,
    /// In figures.
    pub value: u32,
    /// `1の2`
    pub number: CompactString,
    /// As written.
    pub label: Text,
    /// Its words: of a label, the label's.
    pub heading: Text,
    /// What it says where its words are a label.
    pub says: Option<Label>,
    /// The words under a label.
    pub body: Text,
    /// Words that stand after its subdivisions.
    pub tail: Text,
    /// One level below.
    pub children: Vec<Node>,
    /// Rows of a table that stand under it.
    pub rows: Vec<Initiative>,
}

/// Levels that may be open at once; real agreements have six.
const DEEPEST: usize = 16;

/// The open levels, outermost first, and what is closed.
#[derive(Debug, Default)]
pub struct Outline {
    /// Closed nodes of the first level.
    pub closed: Vec<Node>,
    /// Open ones; each is inside the one before it.
    pub open: Vec<Node>,
}

/// Where a head would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// How many levels stay open.
    pub depth: usize,
    /// The reading of the head.
    pub numbering: Numbering,
    /// Its value in that reading.
    pub value: u32,
    /// Whether the number is the one that must come next.
    pub expected: bool,
}

impl Outline {
    /// The level at which a head goes on, or opens a new one.
    pub fn place(&self, head: &ItemHead) -> Placement {
        let readings = || std::iter::once((head.numbering, head.value)).chain(head.other);
        let next =
            |node: &Node, value: u32| value == node.value + 1 || (value == node.value && !head.branch.is_empty());
        // what stands under 役割分担 begins anew: `i 甲の役割` is no ninth letter
        let last = self.open.last();
        if last.is_some_and(|n| n.says == Some(Label::Container) && n.children.is_empty())
            && let Some((numbering, value)) =
                readings().find(|(n, v)| *v == 1 && last.is_some_and(|l| l.numbering != Some(*n)))
        {
            return Placement { depth: self.open.len(), numbering, value, expected: true };
        }
        // the deepest level that expects just this number
        for (depth, node) in self.open.iter().enumerate().rev() {
            if let Some((numbering, value)) = readings().find(|(n, v)| node.numbering == Some(*n) && next(node, *v)) {
                return Placement { depth, numbering, value, expected: true };
            }
        }
        // a first number opens a level, also one that is numbered like a level further out
        let top = self.open.last().and_then(|n| n.numbering);
        if let Some((numbering, value)) = readings().find(|(n, v)| *v == 1 && top != Some(*n)) {
            return Placement { depth: self.open.len(), numbering, value, expected: true };
        }
        for (depth, node) in self.open.iter().enumerate().rev() {
            if let Some((numbering, value)) = readings().find(|(n, _)| node.numbering == Some(*n)) {
                return Placement { depth, numbering, value, expected: false };
            }
        }
        Placement { depth: self.open.len(), numbering: head.numbering, value: head.value, expected: false }
    }

    /// Closes levels until `depth` are open.
    pub fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(node) = self.open.pop() else { return };
            match self.open.last_mut() {
                Some(parent) => parent.children.push(node),
                None => self.closed.push(node),
            }
        }
    }

    /// Opens a level inside the first `depth` ones; never deeper than [`DEEPEST`].
    pub fn push(&mut self, depth: usize, node: Node) {
        self.close(depth.min(DEEPEST - 1));
        self.open.push(node);
    }

    /// Puts a row under the innermost heading; there is one without words where none is open.
    pub fn add(&mut self, done: Option<Initiative>) {
        let Some(initiative) = done else { return };
        if self.open.is_empty() {
            self.push(0, Node::default());
        }
        if let Some(node) = self.open.last_mut() {
            node.rows.push(initiative);
        }
    }

    /// Everything, closed.
    pub fn take(&mut self) -> Vec<Node> {
        self.close(0);
        std::mem::take(&mut self.closed)
    }

    /// Where a label without a number goes: beside the last label, or under the heading that is open.
    pub fn label_depth(&self, says: &Label) -> usize {
        let innermost = self.open.iter().rposition(|n| n.says.is_some() && n.numbering.is_none());
        match innermost {
            // a role under 役割分担
            Some(at)
                if self.open[at].says == Some(Label::Container)
                    && self.open[at].body.is_empty()
                    && matches!(says, Label::Role(_)) =>
            {
                at + 1
            }
            Some(at) => {
                let container =
                    at > 0 && self.open[at - 1].says == Some(Label::Container) && !matches!(says, Label::Role(_));
                if container { at - 1 } else { at }
            }
            None => self.open.len(),
        }
    }
}

impl Node {
    /// A node from a head.
    pub fn new(placement: Placement, head: &ItemHead, label: Text) -> Self {
        Node {
            numbering: Some(placement.numbering),
            value: placement.value,
            number: head::numbered(placement.value, &head.branch),
            label,
            ..Node::default()
        }
    }

    /// A heading with nothing below it yet.
    pub fn is_bare(&self) -> bool {
        self.rows.is_empty() && self.children.is_empty() && !self.heading.is_empty()
    }

    /// A heading without a number, or rows without a heading.
    pub fn is_unnumbered(&self) -> bool {
        self.numbering.is_none() && self.says.is_none()
    }

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
        if !entry.is_empty() && !self.heading.is_empty() {
            entry.text.push(' ');
        }
        entry.append(self.heading);
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
            if child.is_cell() {
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

fn doubt_tail(tail: &Text, cx: &mut Context) {
    let words = Words::new(
        "役割の続きか、号や項の後段か決められません。どこに置かれたかを確かめてください。",
        "these words may belong to the role or stand behind the whole item: check where they were put",
    );
    cx.complain("cell-torn", Severity::Warning, "", tail.span(), words);
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

/// The fields of a table from its headings and rows.
pub fn fields(nodes: Vec<Node>, cx: &mut Context) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
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
