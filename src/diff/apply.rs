//! Plays a list of changes.

use super::fold;
use super::path;
use super::restore;
use super::tree::Tree;
use super::types::{Change, ChangeKind, Diff, Part};
use crate::schema::Agreement;
use rustc_hash::{FxHashMap, FxHashSet};

/// Why a list of changes does not fit an agreement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The agreement has no such node.
    #[error("no node at {0}")]
    NoNode(String),
    /// The node says something else than the change expects.
    #[error("other words at {0} than the change expects")]
    OtherWords(String),
    /// A change lacks what is needed to play it.
    #[error("the change at {0} is incomplete")]
    Incomplete(String),
}

/// What is put below a parent, by its folded address, and at which place.
type Incoming = FxHashMap<String, Vec<(u32, usize)>>;

/// The new agreement: `old` with the changes of `diff`. It has the content of the agreement that was compared
/// ([`super::same_content`]); source, coverage, references and findings are empty.
pub fn apply(diff: &Diff, old: &Agreement) -> Result<Agreement, ApplyError> {
    let mut tree = Tree::of(old);
    let index = addresses(&tree);
    let mut detached = FxHashSet::default();
    let mut incoming = Incoming::default();
    for change in &diff.changes {
        if change.kind == ChangeKind::Added {
            let (Some(node), Some(place)) = (&change.node, &change.place) else { return Err(incomplete(change)) };
            let id = tree.graft(0, node);
            incoming.entry(fold::fold(&place.parent)).or_default().push((place.index, id));
            continue;
        }
        let old_path = change.old_path.as_ref().ok_or_else(|| incomplete(change))?;
        let key = (change.part, old_path.clone());
        let id = *index.get(&key).ok_or_else(|| ApplyError::NoNode(old_path.clone()))?;
        match change.kind {
            ChangeKind::Added => {}
            // A node that leaves twice could come to stand below itself.
            ChangeKind::Removed | ChangeKind::Moved if !detached.insert(id) => {
                return Err(ApplyError::NoNode(old_path.clone()));
            }
            ChangeKind::Removed => {}
            ChangeKind::Moved => {
                let place = change.place.as_ref().ok_or_else(|| incomplete(change))?;
                incoming.entry(fold::fold(&place.parent)).or_default().push((place.index, id));
                renumber(&mut tree, id, change);
            }
            ChangeKind::Renumbered => renumber(&mut tree, id, change),
            ChangeKind::Renamed => {
                expect(&tree.node(id).name, change)?;
                tree.node_mut(id).name = change.after.clone().unwrap_or_default().into();
            }
            ChangeKind::Edited | ChangeKind::Reference => {
                // An edited text with a stale reference has two changes with the same words.
                if !fold::same(&tree.node(id).text, change.after.as_deref().unwrap_or("")) {
                    expect(&tree.node(id).text, change)?;
                }
                tree.node_mut(id).text = change.after.clone().unwrap_or_default().into();
                if let Some(iso) = &change.number {
                    tree.node_mut(id).number = iso.clone().into();
                }
            }
        }
    }
    settle(&mut tree, 0, String::new(), &detached, &mut incoming);
    match incoming.into_keys().next() {
        Some(parent) => Err(ApplyError::NoNode(parent)),
        None => Ok(restore::agreement(&tree)),
    }
}

fn incomplete(change: &Change) -> ApplyError {
    ApplyError::Incomplete(change.path.clone())
}

fn expect(words: &str, change: &Change) -> Result<(), ApplyError> {
    if fold::same(words, change.before.as_deref().unwrap_or("")) {
        return Ok(());
    }
    Err(ApplyError::OtherWords(change.old_path.clone().unwrap_or_default()))
}

fn renumber(tree: &mut Tree<'_>, id: usize, change: &Change) {
    let Some(number) = &change.number else { return };
    let node = tree.node_mut(id);
    node.number = number.clone().into();
    if !node.label.is_empty() {
        node.label = change.after.clone().unwrap_or_default().into();
    }
}

fn addresses(tree: &Tree<'_>) -> FxHashMap<(Part, String), usize> {
    let mut map = FxHashMap::default();
    let mut stack = vec![(0, String::new())];
    while let Some((id, path)) = stack.pop() {
        for &child in &tree.node(id).children {
            let mut below = path.clone();
            path::push_step(&mut below, tree.node(child));
            stack.push((child, below));
        }
        map.entry((tree.node(id).part, path)).or_insert(id);
    }
    map
}

/// Takes out what left, puts in what came, and goes on below with the new addresses.
fn settle(tree: &mut Tree<'_>, id: usize, path: String, detached: &FxHashSet<usize>, incoming: &mut Incoming) {
    let mut arrivals = incoming.remove(&fold::fold(&path)).unwrap_or_default();
    arrivals.sort_unstable();
    let stays: Vec<usize> = tree.node(id).children.iter().copied().filter(|c| !detached.contains(c)).collect();
    let mut children = Vec::with_capacity(stays.len() + arrivals.len());
    let mut stays = stays.into_iter();
    for (index, arrival) in arrivals {
        let ahead = (index as usize).saturating_sub(children.len());
        children.extend(stays.by_ref().take(ahead));
        children.push(arrival);
    }
    children.extend(stays);
    tree.node_mut(id).children = children.clone();
    path::set_ordinals(tree, id);
    for child in children {
        let mut below = path.clone();
        path::push_step(&mut below, tree.node(child));
        settle(tree, child, below, detached, incoming);
    }
}
