//! What changed in the words of an agreement.
//!
//! Two agreements become trees of one kind of node (`tree`); nodes find each other by what they say ([`align`]); the
//! pairs give a list of changes ([`changes`]) that can be played again ([`apply()`]), judged ([`judge()`]) and shown
//! ([`mod@format`]).

pub(crate) mod align;
mod apply;
pub(crate) mod changes;
pub mod compare;
pub(crate) mod fold;
pub mod format;
mod fresh;
pub mod history;
mod judge;
mod likeness;
mod path;
mod reference;
mod restore;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod tree;
mod types;
pub(crate) mod words;

pub use apply::{ApplyError, apply};
pub use fresh::{Forward, fresh};
pub use judge::{INITIATIVE_LOST, REFERENCE_STALE, ROLE_LOST, judge};
pub use types::{Branch, Change, ChangeKind, Diff, Op, Part, Position, ReferenceChange, SCHEMA, Segment, Summary};

use crate::schema::Agreement;
use tree::Tree;

/// Compares two agreements. What only the page or the extractor did (wraps, widths, radicals, blanks) is no change.
pub fn diff(old: &Agreement, new: &Agreement) -> Diff {
    let (old_tree, new_tree) = (Tree::of(old), Tree::of(new));
    if align::equal(&old_tree, 0, &new_tree, 0) {
        return Diff { schema: SCHEMA.into(), summary: Summary::default(), changes: Vec::new() };
    }
    let pairs = align::align(&old_tree, &new_tree);
    let changes = changes::Writer::new((old, &old_tree), (new, &new_tree), &pairs).write();
    Diff { schema: SCHEMA.into(), summary: Summary::of(&changes), changes }
}

/// Whether two agreements say the same: title, parties, preamble, articles, closing, date, tables and supplementary
/// provisions, without widths and blanks. Labels count by their number.
pub fn same_content(a: &Agreement, b: &Agreement) -> bool {
    let (a, b) = (Tree::of(a), Tree::of(b));
    same_branch(&a, 0, &b, 0)
}

/// An agreement as one kind of node that owns its words.
pub(crate) fn branch(agreement: &Agreement) -> Branch {
    Tree::of(agreement).branch(0, &|_| false)
}

/// A branch that is an agreement, as a tree with addresses.
pub(crate) fn tree(root: &Branch) -> Tree<'static> {
    let mut tree = Tree { nodes: Vec::new() };
    tree.graft(0, root);
    for id in 0..tree.nodes.len() {
        let children = tree.node(id).children.clone();
        children.into_iter().enumerate().for_each(|(at, child)| tree.node_mut(child).at = at);
        path::set_ordinals(&mut tree, id);
    }
    tree
}

/// The agreement that a branch says; see [`branch`].
pub(crate) fn restore(root: &Branch) -> Agreement {
    restore::agreement(&tree(root))
}

/// Address of the node that is reached by these places among siblings.
pub(crate) fn address(root: &Branch, way: &[usize]) -> String {
    let tree = tree(root);
    let mut id = 0;
    for at in way {
        let Some(&child) = tree.node(id).children.get(*at) else { break };
        id = child;
    }
    path::path(&tree, id)
}

fn same_branch(a: &Tree<'_>, i: usize, b: &Tree<'_>, j: usize) -> bool {
    let (x, y) = (a.node(i), b.node(j));
    let words = [(&x.number, &y.number), (&x.name, &y.name), (&x.text, &y.text)];
    if x.part == Part::Item && !fold::same(&x.label, &y.label) {
        return false;
    }
    if x.part != y.part || x.children.len() != y.children.len() || !words.iter().all(|(a, b)| fold::same(a, b)) {
        return false;
    }
    // Parties and roles are told apart by their symbol; their order says nothing.
    let twin = |(k, &c): (usize, &usize)| {
        let left = a.node(c);
        let named = |d: &&usize| b.node(**d).part == left.part && b.node(**d).name == left.name;
        let found = if left.part.keyed() { y.children.iter().find(named) } else { y.children.get(k) };
        found.is_some_and(|d| same_branch(a, c, b, *d))
    };
    x.children.iter().enumerate().all(twin)
}
