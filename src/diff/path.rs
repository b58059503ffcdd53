//! Stable addresses: `第6条第2項`, `第3条第1項(1)`, `別表1/2/障がい者福祉/乙の役割`.

use super::fold::{fold, hash_into};
use super::tree::{Node, Tree};
use super::types::Part;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// What tells a node from its siblings of the same part, as written.
pub(crate) fn key<'n>(node: &'n Node<'_>) -> &'n str {
    match node.part {
        Part::Item if !node.label.is_empty() => &node.label,
        Part::Article | Part::Paragraph | Part::Item | Part::Table => &node.number,
        Part::Field if !node.number.is_empty() => &node.number,
        Part::Field | Part::Initiative | Part::Party | Part::Role | Part::Detail => &node.name,
        _ => "",
    }
}

/// Adds the last step of a node's address to that of its parent.
pub(crate) fn push_step(path: &mut String, node: &Node<'_>) {
    let key = key(node);
    let nth = node.ordinal + 1;
    let unnamed = node.part == Part::Initiative && key.is_empty();
    let mut push = |words: &[&str]| words.iter().for_each(|w| path.push_str(w));
    match node.part {
        Part::Agreement => {}
        Part::Title => push(&["題名"]),
        Part::Preamble => push(&["前文"]),
        Part::Closing => push(&["後文"]),
        Part::Date => push(&["締結日"]),
        Part::Supplementary => push(&["附則"]),
        Part::Article => match key.split_once('の') {
            Some((main, branch)) => push(&["第", main, "条の", branch]),
            None => push(&["第", key, "条"]),
        },
        Part::Paragraph => push(&["第", key, "項"]),
        Part::Party => push(&[key]),
        Part::Item if node.label.is_empty() => push(&["(", key, ")"]),
        Part::Item => push(&[&fold(key)]),
        Part::Table => push(&["別表", key]),
        Part::Field if key.is_empty() => {}
        Part::Initiative if unnamed => push(&["/"]),
        Part::Field | Part::Detail | Part::Initiative => push(&["/", key]),
        Part::Content => push(&["/取組内容"]),
        Part::Role => push(&["/", key, "の役割"]),
        Part::Row => push(&["/行", &nth.to_string()]),
        Part::Remark => push(&["/備考", &nth.to_string()]),
    }
    let counted = matches!(node.part, Part::Row | Part::Remark);
    if unnamed || (nth > 1 && !counted) {
        push(&["#", &nth.to_string()]);
    }
}

/// Address of a node.
pub(crate) fn path(tree: &Tree<'_>, id: usize) -> String {
    let mut chain = vec![id];
    let mut at = id;
    while at != 0 {
        at = tree.node(at).parent;
        chain.push(at);
    }
    let mut path = String::new();
    for &id in chain.iter().rev() {
        push_step(&mut path, tree.node(id));
    }
    path
}

/// Nodes by the hash of their address.
pub(crate) struct Index(FxHashMap<u64, usize>);

fn hash(path: &str) -> u64 {
    let mut state = FxHasher::default();
    state.write(path.as_bytes());
    state.finish()
}

impl Index {
    /// All addresses of a tree.
    pub(crate) fn of(tree: &Tree<'_>) -> Self {
        let mut index = Self(FxHashMap::with_capacity_and_hasher(tree.nodes.len(), Default::default()));
        index.add(tree, 0, &mut String::new());
        index
    }

    fn add(&mut self, tree: &Tree<'_>, id: usize, path: &mut String) {
        self.0.entry(hash(path)).or_insert(id);
        let length = path.len();
        for &child in &tree.node(id).children {
            push_step(path, tree.node(child));
            self.add(tree, child, path);
            path.truncate(length);
        }
    }

    /// The node at `path`.
    pub(crate) fn get(&self, path: &str) -> Option<usize> {
        self.0.get(&hash(path)).copied()
    }
}

/// Siblings with more children than this are counted by a map.
const FEW: usize = 24;

/// Numbers the siblings that share a key, so that every address is one node's.
pub(crate) fn set_ordinals(tree: &mut Tree<'_>, parent: usize) {
    let identity = |child: &usize| {
        let node = tree.node(*child);
        let mut state = FxHasher::default();
        state.write_u8(node.part as u8);
        hash_into(key(node), &mut state);
        state.finish()
    };
    let keys: Vec<u64> = tree.node(parent).children.iter().map(identity).collect();
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    for (at, key) in keys.iter().enumerate() {
        let ordinal = if keys.len() <= FEW {
            keys.iter().take(at).filter(|k| *k == key).count() as u32
        } else {
            let count = seen.entry(*key).or_insert(0);
            *count += 1;
            *count - 1
        };
        if let Some(&child) = tree.node(parent).children.get(at) {
            tree.node_mut(child).ordinal = ordinal;
        }
    }
}
