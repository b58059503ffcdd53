//! An agreement as one kind of node, so that comparing, playing and laying out know no layout.

use super::path;
use super::types::{Branch, Part};
use crate::schema::{Agreement, Field, Initiative, Item, Paragraph};
use std::borrow::Cow;

/// Names of [`Part::Detail`] nodes.
pub(crate) mod detail {
    pub(crate) const NAME: &str = "名称";
    pub(crate) const ADDRESS: &str = "住所";
    pub(crate) const OFFICE: &str = "職名";
    pub(crate) const PERSON: &str = "氏名";
    pub(crate) const DIVISION: &str = "章節";
    pub(crate) const POINTER: &str = "関係条項";
}

/// A node; the fields that its part has no use for are empty.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub part: Part,
    pub number: Cow<'a, str>,
    pub label: Cow<'a, str>,
    pub name: Cow<'a, str>,
    pub text: Cow<'a, str>,
    pub parent: usize,
    /// Place among the children of its parent.
    pub at: usize,
    /// Earlier siblings with the same key.
    pub ordinal: u32,
    pub children: Vec<usize>,
}

/// Nodes; the first is the agreement. A parent stands before its children.
#[derive(Clone, Debug)]
pub(crate) struct Tree<'a> {
    pub nodes: Vec<Node<'a>>,
}

const ROOT: usize = 0;

impl Part {
    /// Whether siblings of this part are told apart by their key alone: their order says nothing, and they never move.
    pub(crate) fn keyed(self) -> bool {
        use Part::*;
        matches!(self, Agreement | Title | Party | Preamble | Closing | Date | Content | Role | Detail)
    }
}

impl<'a> Node<'a> {
    pub(crate) fn new(part: Part) -> Self {
        let empty = Cow::Borrowed("");
        Self {
            part,
            number: empty.clone(),
            label: empty.clone(),
            name: empty.clone(),
            text: empty,
            parent: ROOT,
            at: 0,
            ordinal: 0,
            children: Vec::new(),
        }
    }

    fn number(mut self, number: impl Into<Cow<'a, str>>) -> Self {
        self.number = number.into();
        self
    }

    fn label(mut self, label: &'a str) -> Self {
        self.label = label.into();
        self
    }

    fn name(mut self, name: &'a str) -> Self {
        self.name = name.into();
        self
    }

    fn text(mut self, text: impl Into<Cow<'a, str>>) -> Self {
        self.text = text.into();
        self
    }
}

impl<'a> Tree<'a> {
    /// The node with this id; ids come from this tree only.
    pub(crate) fn node(&self, id: usize) -> &Node<'a> {
        &self.nodes[id]
    }

    pub(crate) fn node_mut(&mut self, id: usize) -> &mut Node<'a> {
        &mut self.nodes[id]
    }

    /// Adds a node below `parent`.
    pub(crate) fn push(&mut self, parent: usize, mut node: Node<'a>) -> usize {
        let id = self.nodes.len();
        node.parent = parent;
        node.at = self.node(parent).children.len();
        self.nodes.push(node);
        self.node_mut(parent).children.push(id);
        id
    }

    /// Adds a branch below `parent`, but not to its list of children.
    pub(crate) fn graft(&mut self, parent: usize, branch: &Branch) -> usize {
        let id = self.nodes.len();
        let mut node = Node::new(branch.part).number(branch.number.clone()).text(branch.text.clone());
        node.label = branch.label.clone().into();
        node.name = branch.name.clone().into();
        node.parent = parent;
        self.nodes.push(node);
        for child in &branch.children {
            let child = self.graft(id, child);
            self.node_mut(id).children.push(child);
        }
        id
    }

    /// The branch at `id`, without the nodes that `skip` names.
    pub(crate) fn branch(&self, id: usize, skip: &dyn Fn(usize) -> bool) -> Branch {
        let node = self.node(id);
        Branch {
            part: node.part,
            number: node.number.to_string(),
            label: node.label.to_string(),
            name: node.name.to_string(),
            text: node.text.to_string(),
            children: node.children.iter().filter(|c| !skip(**c)).map(|c| self.branch(*c, skip)).collect(),
        }
    }

    /// An agreement as a tree.
    pub(crate) fn of(agreement: &'a Agreement) -> Self {
        let mut tree = Tree { nodes: Vec::with_capacity(512) };
        tree.nodes.push(Node::new(Part::Agreement));
        if !agreement.title.is_empty() {
            tree.push(ROOT, Node::new(Part::Title).text(&agreement.title));
        }
        tree.parties(agreement);
        tree.optional(ROOT, Node::new(Part::Preamble), agreement.preamble.as_deref());
        for article in &agreement.articles {
            let head = Node::new(Part::Article).number(&article.number).label(&article.label);
            let id = tree.push(ROOT, head.name(article.caption.as_deref().unwrap_or("")));
            let division = (!article.division.is_empty()).then(|| article.division.join("\t"));
            if let Some(division) = division {
                tree.push(id, Node::new(Part::Detail).name(detail::DIVISION).text(division));
            }
            tree.paragraphs(id, &article.paragraphs);
        }
        tree.optional(ROOT, Node::new(Part::Closing), agreement.closing.as_deref());
        if let Some(date) = &agreement.date {
            let iso = date.iso.as_deref().unwrap_or("");
            tree.push(ROOT, Node::new(Part::Date).number(iso).text(&date.text));
        }
        tree.tables(agreement);
        for part in &agreement.supplementary {
            let id = tree.push(ROOT, Node::new(Part::Supplementary).name(&part.label));
            tree.paragraphs(id, &part.paragraphs);
        }
        for id in 0..tree.nodes.len() {
            if tree.node(id).children.len() > 1 {
                path::set_ordinals(&mut tree, id);
            }
        }
        tree
    }

    fn optional(&mut self, parent: usize, node: Node<'a>, text: Option<&'a str>) {
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            self.push(parent, node.text(text));
        }
    }

    fn parties(&mut self, agreement: &'a Agreement) {
        for party in &agreement.parties {
            let id = self.push(ROOT, Node::new(Part::Party).name(&party.symbol));
            let signs = party.representative.as_ref();
            for (name, text) in [
                (detail::NAME, Some(party.name.as_str())),
                (detail::ADDRESS, party.address.as_deref()),
                (detail::OFFICE, signs.and_then(|r| r.office.as_deref())),
                (detail::PERSON, signs.and_then(|r| r.name.as_deref())),
            ] {
                self.optional(id, Node::new(Part::Detail).name(name), text);
            }
        }
    }

    fn paragraphs(&mut self, parent: usize, paragraphs: &'a [Paragraph]) {
        for paragraph in paragraphs {
            let head = Node::new(Part::Paragraph).number(paragraph.number.to_string());
            let id = self.push(parent, head.text(&paragraph.text));
            self.items(id, &paragraph.items);
            self.fields(id, &paragraph.fields);
        }
    }

    fn items(&mut self, parent: usize, items: &'a [Item]) {
        for item in items {
            let head = Node::new(Part::Item).number(&item.number).label(&item.label);
            let id = self.push(parent, head.text(&item.text));
            self.items(id, &item.items);
            self.fields(id, &item.fields);
        }
    }

    fn tables(&mut self, agreement: &'a Agreement) {
        for table in &agreement.tables {
            let head = Node::new(Part::Table).number(&table.number).label(&table.label);
            let id = self.push(ROOT, head.name(&table.title));
            self.optional(id, Node::new(Part::Detail).name(detail::POINTER), table.reference.as_deref());
            self.fields(id, &table.fields);
            for row in &table.rows {
                self.push(id, Node::new(Part::Row).text(row.join("\t")));
            }
            for remark in &table.remarks {
                self.push(id, Node::new(Part::Remark).text(remark));
            }
        }
    }

    fn fields(&mut self, parent: usize, fields: &'a [Field]) {
        for field in fields {
            let id = self.push(parent, Node::new(Part::Field).number(&field.number).name(&field.title));
            for initiative in &field.initiatives {
                self.initiative(id, initiative);
            }
        }
    }

    fn initiative(&mut self, parent: usize, initiative: &'a Initiative) {
        let id = self.push(parent, Node::new(Part::Initiative).name(&initiative.name));
        self.optional(id, Node::new(Part::Content), initiative.content.as_deref());
        for (symbol, text) in &initiative.roles {
            self.push(id, Node::new(Part::Role).name(symbol).text(text));
        }
    }
}
