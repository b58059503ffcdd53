//! The list of changes, from two trees and their pairs.

use super::align::Pairs;
use super::fold;
use super::path;
use super::reference::{References, Verdict};
use super::tree::{Node, Tree};
use super::types::{Change, ChangeKind, Part, Position, ReferenceChange, Segment};
use super::words;
use crate::diagnostics::Severity;
use crate::schema::Agreement;
use rustc_hash::FxHashSet;

/// The new nodes that were moved: under another parent, or out of the order that the most siblings kept.
pub(crate) fn moved(old: &Tree<'_>, new: &Tree<'_>, pairs: &Pairs) -> FxHashSet<usize> {
    let mut moved = FxHashSet::default();
    for (n, node) in new.nodes.iter().enumerate() {
        let parent = partner(&pairs.to_old, n);
        let mut stays = Vec::new();
        for &child in &node.children {
            let Some(o) = partner(&pairs.to_old, child) else { continue };
            if Some(old.node(o).parent) != parent {
                moved.insert(child);
            } else if !node_is_keyed(new, child) {
                stays.push((old.node(o).at, child));
            }
        }
        if !stays.is_sorted() {
            moved.extend(out_of_order(&stays));
        }
    }
    moved
}

fn node_is_keyed(tree: &Tree<'_>, id: usize) -> bool {
    tree.node(id).part.keyed()
}

pub(crate) fn partner(partners: &[Option<usize>], id: usize) -> Option<usize> {
    partners.get(id).copied().flatten()
}

/// What is not in the longest ascending run of places.
fn out_of_order(stays: &[(usize, usize)]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; stays.len()];
    let place = |i: usize| stays.get(i).map_or(0, |s| s.0);
    for (i, (at, _)) in stays.iter().enumerate() {
        let k = tails.partition_point(|t| place(*t) < *at);
        if let (Some(slot), Some(before)) = (previous.get_mut(i), k.checked_sub(1)) {
            *slot = tails.get(before).copied();
        }
        match tails.get_mut(k) {
            Some(tail) => *tail = i,
            None => tails.push(i),
        }
    }
    let mut kept = FxHashSet::default();
    let mut at = tails.last().copied();
    while let Some(i) = at {
        kept.insert(i);
        at = previous.get(i).copied().flatten();
    }
    stays.iter().enumerate().filter(|(i, _)| !kept.contains(i)).map(|(_, s)| s.1).collect()
}

/// Writes the changes down.
pub(crate) struct Writer<'t, 'a> {
    old: &'t Tree<'a>,
    new: &'t Tree<'a>,
    pairs: &'t Pairs,
    moved: FxHashSet<usize>,
    references: Option<References<'t, 'a>>,
    holders: FxHashSet<usize>,
    out: Vec<Change>,
}

impl<'t, 'a> Writer<'t, 'a> {
    pub(crate) fn new(
        (old, old_tree): (&'a Agreement, &'t Tree<'a>),
        (new, new_tree): (&'a Agreement, &'t Tree<'a>),
        pairs: &'t Pairs,
    ) -> Self {
        let moved = moved(old_tree, new_tree, pairs);
        let shifted = !moved.is_empty()
            || pairs.to_new.iter().any(Option::is_none)
            || pairs.to_old.iter().any(Option::is_none)
            || pairs
                .to_new
                .iter()
                .enumerate()
                .any(|(o, n)| n.is_some_and(|n| !fold::same(&old_tree.node(o).number, &new_tree.node(n).number)));
        let references = shifted.then(|| References::of((old, old_tree), (new, new_tree), pairs));
        let holders = references.iter().flat_map(References::holders).collect();
        Self { old: old_tree, new: new_tree, pairs, moved, references, holders, out: Vec::new() }
    }

    pub(crate) fn write(mut self) -> Vec<Change> {
        self.pair(0, 0);
        self.out
    }

    /// A node that is in both, and what is below it.
    fn pair(&mut self, o: usize, n: usize) {
        self.own(o, n);
        let (old, new) = (self.old, self.new);
        let lost = old.node(o).children.iter().copied().filter(|c| partner(&self.pairs.to_new, *c).is_none());
        let mut lost = lost.collect::<Vec<_>>().into_iter().peekable();
        for &child in &new.node(n).children {
            let stays = partner(&self.pairs.to_old, child).filter(|_| !self.moved.contains(&child));
            if let Some(stays) = stays {
                let at = old.node(stays).at;
                while let Some(gone) = lost.next_if(|c| old.node(*c).at < at) {
                    self.removed(gone);
                }
            }
            self.child(child);
        }
        for gone in lost {
            self.removed(gone);
        }
    }

    fn child(&mut self, n: usize) {
        match partner(&self.pairs.to_old, n) {
            Some(o) => self.pair(o, n),
            None => self.added(n),
        }
    }

    fn change(&self, kind: ChangeKind, o: Option<usize>, n: Option<usize>) -> Change {
        let old_path = o.map(|o| path::path(self.old, o));
        let new_path = n.map(|n| path::path(self.new, n));
        let part = match (o, n) {
            (_, Some(n)) => self.new.node(n).part,
            (Some(o), None) => self.old.node(o).part,
            (None, None) => Part::Agreement,
        };
        Change {
            kind,
            part,
            path: new_path.or_else(|| old_path.clone()).unwrap_or_default(),
            old_path,
            before: None,
            after: None,
            segments: Vec::new(),
            severity: Severity::Note,
            number: None,
            place: None,
            references: Vec::new(),
            node: None,
        }
    }

    fn place(&self, n: usize) -> Option<Position> {
        let node = self.new.node(n);
        Some(Position { parent: path::path(self.new, node.parent), index: u32::try_from(node.at).unwrap_or(u32::MAX) })
    }

    fn own(&mut self, o: usize, n: usize) {
        let (a, b) = (self.old.node(o), self.new.node(n));
        let dated = a.part == Part::Date;
        let number = renumbered(a, b).then(|| b.number.to_string());
        let (is_moved, renamed) = (self.moved.contains(&n), !fold::same(&a.name, &b.name));
        if is_moved || number.is_some() {
            let kind = if is_moved { ChangeKind::Moved } else { ChangeKind::Renumbered };
            let mut change = self.change(kind, Some(o), Some(n));
            change.before = Some(heading(self.old, o));
            change.after = Some(heading(self.new, n));
            change.number = number;
            change.place = if is_moved { self.place(n) } else { None };
            self.out.push(change);
        }
        if renamed {
            let change = self.change(ChangeKind::Renamed, Some(o), Some(n));
            let some = |name: &str| (!name.is_empty()).then(|| name.to_string());
            self.out.push(Change {
                before: some(&a.name),
                after: some(&b.name),
                segments: words::segments(&a.name, &b.name),
                ..change
            });
        }
        let edited = !fold::same(&a.text, &b.text) || (dated && a.number != b.number);
        let verdict = match &self.references {
            Some(references) if self.holders.contains(&o) => references.verdict(o, n),
            _ => Verdict::default(),
        };
        let stale: Vec<ReferenceChange> = verdict.changes.iter().filter(|r| r.stale).cloned().collect();
        if edited && verdict.explains {
            self.text(ChangeKind::Reference, o, n, words::segments(&a.text, &b.text), verdict.changes);
        } else {
            if edited {
                self.text(ChangeKind::Edited, o, n, words::segments(&a.text, &b.text), Vec::new());
            }
            if !stale.is_empty() {
                self.text(ChangeKind::Reference, o, n, Vec::new(), stale);
            }
        }
    }

    fn text(&mut self, kind: ChangeKind, o: usize, n: usize, segments: Vec<Segment>, references: Vec<ReferenceChange>) {
        let mut change = self.change(kind, Some(o), Some(n));
        let (a, b) = (self.old.node(o), self.new.node(n));
        change.before = Some(a.text.to_string());
        change.after = Some(b.text.to_string());
        change.segments = segments;
        change.number = (b.part == Part::Date).then(|| b.number.to_string());
        change.severity = match () {
            () if references.iter().any(|r| r.stale && r.right.is_none()) => Severity::Error,
            () if references.iter().any(|r| r.stale) => Severity::Warning,
            () => Severity::Note,
        };
        change.references = references;
        self.out.push(change);
    }

    fn added(&mut self, n: usize) {
        let branch = self.new.branch(n, &|c| partner(&self.pairs.to_old, c).is_some());
        let mut change = self.change(ChangeKind::Added, None, Some(n));
        change.after = Some(branch.words());
        change.node = Some(branch);
        change.place = self.place(n);
        self.out.push(change);
        self.strangers(n);
    }

    /// What moved into a node that was added.
    fn strangers(&mut self, n: usize) {
        for &child in &self.new.node(n).children {
            match partner(&self.pairs.to_old, child) {
                Some(o) => self.pair(o, child),
                None => self.strangers(child),
            }
        }
    }

    fn removed(&mut self, o: usize) {
        let branch = self.old.branch(o, &|c| partner(&self.pairs.to_new, c).is_some());
        let mut change = self.change(ChangeKind::Removed, Some(o), None);
        change.before = Some(branch.words());
        change.severity = match branch.part {
            Part::Role => Severity::Error,
            _ if super::judge::initiatives(&branch).next().is_some() => Severity::Warning,
            _ => Severity::Note,
        };
        change.node = Some(branch);
        self.out.push(change);
    }
}

/// Whether a node has another number, or an item another label.
pub(crate) fn renumbered(a: &Node<'_>, b: &Node<'_>) -> bool {
    let relabelled = a.part == Part::Item && !fold::same(&a.label, &b.label);
    a.part != Part::Date && (relabelled || !fold::same(&a.number, &b.number))
}

/// What stands for a node whose words did not change: its number as written, or its name, or its words.
fn heading(tree: &Tree<'_>, id: usize) -> String {
    let node = tree.node(id);
    if node.part == Part::Article && node.label.is_empty() {
        return format!("第{}条", node.number);
    }
    let words = [&node.label, &node.number, &node.name, &node.text];
    words.into_iter().find(|w| !w.is_empty()).map(ToString::to_string).unwrap_or_default()
}
