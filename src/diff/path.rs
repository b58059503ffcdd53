//! Stable addresses: `第6条第2項`, `第3条第1項(1)`, `別表1/2/障がい者福祉/乙の役割`.

use super::fold::fold;
use super::tree::{Node, Tree};
use super::types::Part;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What tells a node from its siblings of the same part, as written.
pub(crate) fn key<'n>(node: &'n Node<'_>) -> Cow<'n, str> {
    match node.part {
        Part::Article | Part::Paragraph | Part::Table => Cow::Borrowed(&node.number),
        Part::Item if !node.label.is_empty() => Cow::Owned(fold(&node.label)),
        Part::Item => Cow::Owned(format!("({})", node.number)),
        Part::Field if !node.number.is_empty() => Cow::Borrowed(&node.number),
        Part::Field | Part::Initiative | Part::Party | Part::Role | Part::Detail => Cow::Borrowed(&node.name),
        _ => Cow::Borrowed(""),
    }
}

/// Adds the last step of a node's address to that of its parent.
pub(crate) fn push_step(path: &mut String, node: &Node<'_>) {
    let key = key(node);
    let slashed = |word: &str| format!("/{word}");
    let unnamed = node.part == Part::Initiative && key.is_empty();
    let step = match node.part {
        Part::Agreement => return,
        Part::Title => "題名".into(),
        Part::Preamble => "前文".into(),
        Part::Closing => "後文".into(),
        Part::Date => "締結日".into(),
        Part::Supplementary => "附則".into(),
        Part::Article => match key.split_once('の') {
            Some((main, branch)) => format!("第{main}条の{branch}"),
            None => format!("第{key}条"),
        },
        Part::Paragraph => format!("第{key}項"),
        Part::Party | Part::Item => key.into_owned(),
        Part::Table => format!("別表{key}"),
        Part::Field if key.is_empty() => String::new(),
        Part::Field | Part::Detail => slashed(&key),
        Part::Initiative if unnamed => format!("/#{}", node.ordinal + 1),
        Part::Initiative => slashed(&key),
        Part::Content => slashed("取組内容"),
        Part::Role => format!("/{key}の役割"),
        Part::Row => format!("/行{}", node.ordinal + 1),
        Part::Remark => format!("/備考{}", node.ordinal + 1),
    };
    path.push_str(&step);
    let counted = unnamed || matches!(node.part, Part::Row | Part::Remark);
    if node.ordinal > 0 && !counted {
        path.push_str(&format!("#{}", node.ordinal + 1));
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

/// All addresses of a tree.
pub(crate) fn index(tree: &Tree<'_>) -> FxHashMap<String, usize> {
    let mut map = FxHashMap::with_capacity_and_hasher(tree.nodes.len(), Default::default());
    let mut stack = vec![(0, String::new())];
    while let Some((id, path)) = stack.pop() {
        for &child in &tree.node(id).children {
            let mut below = path.clone();
            push_step(&mut below, tree.node(child));
            stack.push((child, below));
        }
        map.entry(path).or_insert(id);
    }
    map
}

/// Numbers the siblings that share a key, so that every address is one node's.
pub(crate) fn set_ordinals(tree: &mut Tree<'_>, parent: usize) {
    let children = tree.node(parent).children.clone();
    let mut ordinals = vec![0u32; children.len()];
    let mut seen: FxHashMap<(Part, String), u32> = FxHashMap::default();
    for (ordinal, &child) in ordinals.iter_mut().zip(&children) {
        let node = tree.node(child);
        let count = seen.entry((node.part, fold(&key(node)))).or_insert(0);
        *ordinal = *count;
        *count += 1;
    }
    for (ordinal, child) in ordinals.into_iter().zip(children) {
        tree.node_mut(child).ordinal = ordinal;
    }
}
