//! 号 and their subdivisions as they open and close; [`lift`] makes 分野 and 取組 of them.

mod lift;
mod unlabelled;

pub use lift::{fields, name_by_heading, name_by_headings, name_first_by_heading};
pub use unlabelled::cells_by_subject;

use super::head::{self, ItemHead};
use super::label::Label;
use crate::ast::{Initiative, Numbering, Text};
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
        // the deepest level that expects just this number, of `１` and `1` the one that is as wide
        let expects = |node: &Node| readings().find(|(n, v)| node.numbering == Some(*n) && next(node, *v));
        let is_wide = |label: &str| label.contains(|c| matches!(c, '０'..='９'));
        let mut levels =
            self.open.iter().enumerate().rev().filter_map(|(depth, node)| Some((depth, node, expects(node)?)));
        if let Some(deepest) = levels.next() {
            let as_wide = |node: &Node| node.label.is_empty() || is_wide(&node.label.text) == is_wide(head.label);
            let found = if as_wide(deepest.1) { None } else { levels.find(|level| as_wide(level.1)) };
            let (depth, _, (numbering, value)) = found.unwrap_or(deepest);
            return Placement { depth, numbering, value, expected: true };
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
        let Some(mut initiative) = done else { return };
        if initiative.name.is_empty() && initiative.contents.is_empty() && self.take_roles(&mut initiative) {
            return;
        }
        if self.open.is_empty() {
            self.push(0, Node::default());
        }
        if let Some(node) = self.open.last_mut() {
            // most headings have a row or two, and rows are large: no room is left for more
            let count = node.rows.len();
            node.rows.reserve_exact(if count == node.rows.capacity() { count.max(2) } else { 0 });
            node.rows.push(initiative);
        }
    }

    /// `取組内容⏎文⏎甲の役割⇥乙の役割⏎文⇥文`: the row above, which has its content alone, takes the roles of one without a name
    fn take_roles(&mut self, initiative: &mut Initiative) -> bool {
        let is_headed = self.open.last().is_some_and(Node::is_bare);
        let last = self.closed.iter_mut().chain(&mut self.open).rev().find_map(|node| node.rows.last_mut());
        let last = last.filter(|row| !is_headed && !row.contents.is_empty() && row.roles.is_empty());
        if let Some(row) = last {
            row.roles.append(&mut initiative.roles);
            row.others.append(&mut initiative.others);
            return true;
        }
        false
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
}
