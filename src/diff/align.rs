//! Which node of the new agreement is which of the old one: by identity, not by number.

use super::changes::renumbered;
use super::fold;
use super::likeness::{self, Grams};
use super::path::key;
use super::tree::{Node, Tree};
use super::types::Part;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Parts whose nodes are looked for under other parents too, outermost first.
const MOVABLE: [Part; 6] = [Part::Article, Part::Table, Part::Field, Part::Paragraph, Part::Item, Part::Initiative];
/// Below this many characters the same words say nothing about identity.
const MEANINGFUL: usize = 8;

/// The partners of the nodes of two trees.
pub(crate) struct Pairs {
    /// By old node.
    pub to_new: Vec<Option<usize>>,
    /// By new node.
    pub to_old: Vec<Option<usize>>,
}

struct Aligner<'t, 'a> {
    old: &'t Tree<'a>,
    new: &'t Tree<'a>,
    pairs: Pairs,
    old_hash: Vec<Option<u64>>,
    new_hash: Vec<Option<u64>>,
    old_grams: FxHashMap<usize, Grams>,
    new_grams: FxHashMap<usize, Grams>,
}

/// Pairs the nodes of two agreements.
pub(crate) fn align(old: &Tree<'_>, new: &Tree<'_>) -> Pairs {
    let mut aligner = Aligner {
        old,
        new,
        pairs: Pairs { to_new: vec![None; old.nodes.len()], to_old: vec![None; new.nodes.len()] },
        old_hash: vec![None; old.nodes.len()],
        new_hash: vec![None; new.nodes.len()],
        old_grams: FxHashMap::default(),
        new_grams: FxHashMap::default(),
    };
    aligner.pair(0, 0);
    for part in MOVABLE {
        aligner.elsewhere(part);
    }
    aligner.pairs
}

/// Hash of the words of a branch without its own number and name.
fn hash(tree: &Tree<'_>, id: usize, memo: &mut [Option<u64>]) -> u64 {
    if let Some(Some(known)) = memo.get(id) {
        return *known;
    }
    let node = tree.node(id);
    let mut state = FxHasher::default();
    fold::hash_into(&node.text, &mut state);
    for &child in &node.children {
        let below = tree.node(child);
        state.write_u8(below.part as u8);
        fold::hash_into(&below.number, &mut state);
        fold::hash_into(&below.name, &mut state);
        state.write_u64(hash(tree, child, memo));
    }
    let value = state.finish();
    if let Some(slot) = memo.get_mut(id) {
        *slot = Some(value);
    }
    value
}

fn name_hash(node: &Node<'_>) -> u64 {
    let mut state = FxHasher::default();
    fold::hash_into(&node.name, &mut state);
    state.finish()
}

/// Whether two branches say the same, whatever their own numbers are.
pub(crate) fn equal(old: &Tree<'_>, o: usize, new: &Tree<'_>, n: usize) -> bool {
    let (a, b) = (old.node(o), new.node(n));
    a.part == b.part
        && (a.part != Part::Date || fold::same(&a.number, &b.number))
        && a.children.len() == b.children.len()
        && fold::same(&a.name, &b.name)
        && fold::same(&a.text, &b.text)
        && a.children
            .iter()
            .zip(&b.children)
            .all(|(&o, &n)| !renumbered(old.node(o), new.node(n)) && equal(old, o, new, n))
}

impl Aligner<'_, '_> {
    fn free(&self, o: usize, n: usize) -> bool {
        matches!((self.pairs.to_new.get(o), self.pairs.to_old.get(n)), (Some(None), Some(None)))
    }

    fn set(&mut self, o: usize, n: usize) {
        if let (Some(to_new), Some(to_old)) = (self.pairs.to_new.get_mut(o), self.pairs.to_old.get_mut(n)) {
            (*to_new, *to_old) = (Some(n), Some(o));
        }
    }

    fn pair(&mut self, o: usize, n: usize) {
        if !self.free(o, n) {
            return;
        }
        self.set(o, n);
        self.children(o, n);
    }

    /// Pairs two equal branches, node by node.
    fn pair_all(&mut self, o: usize, n: usize) {
        self.set(o, n);
        let (old, new) = (self.old, self.new);
        for (&o, &n) in old.node(o).children.iter().zip(&new.node(n).children) {
            self.pair_all(o, n);
        }
    }

    fn children(&mut self, o: usize, n: usize) {
        let (old, new) = (self.old, self.new);
        let (os, ns) = (&old.node(o).children, &new.node(n).children);
        let mut parts: Vec<Part> = Vec::new();
        for &child in os {
            let part = old.node(child).part;
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        for part in parts {
            let of = |tree: &Tree<'_>, ids: &[usize]| -> Vec<usize> {
                ids.iter().copied().filter(|id| tree.node(*id).part == part).collect()
            };
            let (os, ns) = (of(old, os), of(new, ns));
            if part.keyed() {
                self.by_name(&os, &ns);
            } else {
                self.list(&os, &ns);
            }
        }
    }

    fn by_name(&mut self, os: &[usize], ns: &[usize]) {
        for (at, &o) in os.iter().enumerate() {
            let a = self.old.node(o);
            let twin = |n: &&usize| {
                let b = self.new.node(**n);
                fold::same(key(a), key(b)) && a.ordinal == b.ordinal
            };
            if let Some(&n) = ns.get(at).filter(twin).or_else(|| ns.iter().find(twin)) {
                self.pair(o, n);
            }
        }
    }

    /// Siblings: what is equal at both ends, then equal anywhere, then alike.
    fn list(&mut self, all_os: &[usize], all_ns: &[usize]) {
        let (mut os, mut ns) = (all_os, all_ns);
        while let ([o, os_rest @ ..], [n, ns_rest @ ..]) = (os, ns) {
            if !equal(self.old, *o, self.new, *n) {
                break;
            }
            self.pair_all(*o, *n);
            (os, ns) = (os_rest, ns_rest);
        }
        while let ([os_rest @ .., o], [ns_rest @ .., n]) = (os, ns) {
            if !equal(self.old, *o, self.new, *n) {
                break;
            }
            self.pair_all(*o, *n);
            (os, ns) = (os_rest, ns_rest);
        }
        if os.is_empty() || ns.is_empty() {
            return;
        }
        self.by_hash(os, ns, true);
        self.by_hash(os, ns, false);
        self.by_unique_name(os, ns);
        self.alike(os, ns, 0.5, 0.6);
        self.in_place(all_os, all_ns);
    }

    /// Pairs branches with the same words, and with the same name if `named`.
    fn by_hash(&mut self, os: &[usize], ns: &[usize], named: bool) {
        let mut buckets: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
        for &n in ns.iter().rev() {
            let name = if named { name_hash(self.new.node(n)) } else { 0 };
            buckets.entry((name, hash(self.new, n, &mut self.new_hash))).or_default().push(n);
        }
        for &o in os {
            if self.pairs.to_new.get(o) != Some(&None) || (!named && !self.meaningful(o)) {
                continue;
            }
            let name = if named { name_hash(self.old.node(o)) } else { 0 };
            let Some(bucket) = buckets.get_mut(&(name, hash(self.old, o, &mut self.old_hash))) else { continue };
            while let Some(n) = bucket.pop() {
                if self.free(o, n) {
                    self.pair(o, n);
                    break;
                }
            }
        }
    }

    fn meaningful(&self, o: usize) -> bool {
        likeness::length(self.old, o) >= MEANINGFUL
    }

    /// Pairs the nodes whose name occurs once on each side.
    fn by_unique_name(&mut self, os: &[usize], ns: &[usize]) {
        let mut names: FxHashMap<u64, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for &o in os.iter().filter(|o| !self.old.node(**o).name.is_empty()) {
            names.entry(name_hash(self.old.node(o))).or_default().0.push(o);
        }
        for &n in ns.iter().filter(|n| !self.new.node(**n).name.is_empty()) {
            names.entry(name_hash(self.new.node(n))).or_default().1.push(n);
        }
        for &o in os {
            if let Some(([_], [n])) = names.get(&name_hash(self.old.node(o))).map(|(a, b)| (a.as_slice(), b.as_slice()))
            {
                self.pair(o, *n);
            }
        }
    }

    /// Pairs what is most alike, if it is at least `enough` alike; `strict` where both have a name and the names differ.
    fn alike(&mut self, os: &[usize], ns: &[usize], enough: f32, strict: f32) {
        let os: Vec<usize> = os.iter().copied().filter(|o| self.pairs.to_new.get(*o) == Some(&None)).collect();
        let ns: Vec<usize> = ns.iter().copied().filter(|n| self.pairs.to_old.get(*n) == Some(&None)).collect();
        if os.is_empty() || ns.is_empty() {
            return;
        }
        self.measure(&os, &ns);
        for found in likeness::ranked(&os, &self.old_grams, &ns, &self.new_grams) {
            let (a, b) = (self.old.node(found.old), self.new.node(found.new));
            let same_name = fold::same(&a.name, &b.name);
            let limit = if same_name { enough } else { strict };
            if found.score >= limit {
                self.pair(found.old, found.new);
            }
        }
    }

    fn measure(&mut self, os: &[usize], ns: &[usize]) {
        for &o in os {
            self.old_grams.entry(o).or_insert_with(|| likeness::grams(self.old, o));
        }
        for &n in ns {
            self.new_grams.entry(n).or_insert_with(|| likeness::grams(self.new, n));
        }
    }

    /// Last: the only paragraph of both, and what has the same number between the same neighbours, if it is alike at all.
    fn in_place(&mut self, os: &[usize], ns: &[usize]) {
        if let ([o], [n]) = (os, ns)
            && self.old.node(*o).part == Part::Paragraph
        {
            return self.pair(*o, *n);
        }
        let mut gaps: FxHashMap<(Option<usize>, String), usize> = FxHashMap::default();
        let mut before = None;
        for &n in ns {
            match self.pairs.to_old.get(n) {
                Some(Some(_)) => before = Some(n),
                _ => _ = gaps.insert((before, self.new.node(n).number.to_string()), n),
            }
        }
        let mut before = None;
        let mut twins = Vec::new();
        for &o in os {
            match self.pairs.to_new.get(o) {
                Some(Some(n)) => before = Some(*n),
                _ => twins.extend(gaps.get(&(before, self.old.node(o).number.to_string())).map(|n| (o, *n))),
            }
        }
        for (o, n) in twins {
            self.measure(&[o], &[n]);
            let score = match (self.old_grams.get(&o), self.new_grams.get(&n)) {
                (Some(a), Some(b)) => likeness::dice(a, b),
                _ => 0.0,
            };
            let named = !self.old.node(o).name.is_empty() && !self.new.node(n).name.is_empty();
            if score >= if named { 0.5 } else { 0.25 } {
                self.pair(o, n);
            }
        }
    }

    /// What stands under another parent now.
    fn elsewhere(&mut self, part: Part) {
        let of = |tree: &Tree<'_>, partners: &[Option<usize>]| -> Vec<usize> {
            let free = partners.iter().enumerate().filter(|(_, p)| p.is_none()).map(|(id, _)| id);
            free.filter(|id| tree.node(*id).part == part && likeness::length(tree, *id) >= MEANINGFUL).collect()
        };
        let (os, ns) = (of(self.old, &self.pairs.to_new), of(self.new, &self.pairs.to_old));
        if os.is_empty() || ns.is_empty() {
            return;
        }
        self.by_hash(&os, &ns, true);
        self.by_hash(&os, &ns, false);
        self.alike(&os, &ns, 0.6, 0.8);
    }
}
