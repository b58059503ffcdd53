//! How alike two branches are, by their trigrams, without comparing every pair.

use super::fold::fold;
use super::tree::Tree;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Sorted trigrams of the words of a branch.
pub(crate) type Grams = Vec<u32>;

/// A trigram that more nodes than this share says nothing.
const COMMON: usize = 24;
/// No more candidates than this are measured for a node.
const CANDIDATES: usize = 8;

/// Two nodes and how alike they are, from 0 to 1.
pub(crate) struct Likeness {
    pub old: usize,
    pub new: usize,
    pub score: f32,
}

/// Trigrams of a branch, with its name and without its number.
pub(crate) fn grams(tree: &Tree<'_>, id: usize) -> Grams {
    let mut grams = Vec::new();
    collect(tree, id, &mut grams);
    grams.sort_unstable();
    grams
}

fn collect(tree: &Tree<'_>, id: usize, grams: &mut Grams) {
    let node = tree.node(id);
    for words in [&node.name, &node.text] {
        let (mut a, mut b) = ('\0', '\0');
        for c in fold(words).chars().chain((!words.is_empty()).then_some('\0')) {
            if b != '\0' {
                let mut state = FxHasher::default();
                state.write_u64(a as u64 | (b as u64) << 21 | (c as u64) << 42);
                grams.push((state.finish() >> 32) as u32);
            }
            (a, b) = (b, c);
        }
    }
    for &child in &node.children {
        collect(tree, child, grams);
    }
}

/// Characters of a branch, or more than are ever asked for.
pub(crate) fn length(tree: &Tree<'_>, id: usize) -> usize {
    let node = tree.node(id);
    let mut sum = node.name.chars().count() + node.text.chars().count();
    for &child in &node.children {
        if sum > 64 {
            break;
        }
        sum += length(tree, child);
    }
    sum
}

/// Share of the trigrams that both have.
pub(crate) fn dice(a: &[u32], b: &[u32]) -> f32 {
    let (mut i, mut j, mut both) = (0, 0, 0u32);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    if a.is_empty() && b.is_empty() { 0.0 } else { 2.0 * both as f32 / (a.len() + b.len()) as f32 }
}

/// Candidate pairs, the most alike first; of equals, those that stand at like places.
pub(crate) fn ranked(
    os: &[usize],
    old: &FxHashMap<usize, Grams>,
    ns: &[usize],
    new: &FxHashMap<usize, Grams>,
) -> Vec<Likeness> {
    let mut holders: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (rank, n) in ns.iter().enumerate() {
        let mut last = None;
        for &gram in new.get(n).into_iter().flatten() {
            if last != Some(gram) {
                let ranks = holders.entry(gram).or_default();
                if ranks.len() <= COMMON {
                    ranks.push(rank);
                }
            }
            last = Some(gram);
        }
    }
    let mut found = Vec::new();
    for (rank, o) in os.iter().enumerate() {
        let Some(mine) = old.get(o) else { continue };
        for other in candidates(mine, rank, &holders) {
            let Some((n, theirs)) = ns.get(other).and_then(|n| Some((n, new.get(n)?))) else { continue };
            found.push((dice(mine, theirs), rank.abs_diff(other), *o, *n));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2, a.3).cmp(&(b.1, b.2, b.3))));
    found.into_iter().map(|(score, _, old, new)| Likeness { old, new, score }).collect()
}

/// The ranks that share the most telling trigrams, and the same rank.
fn candidates(grams: &[u32], rank: usize, holders: &FxHashMap<u32, Vec<usize>>) -> Vec<usize> {
    let mut votes: FxHashMap<usize, u32> = FxHashMap::default();
    for ranks in grams.iter().filter_map(|g| holders.get(g)).filter(|r| r.len() <= COMMON) {
        for &other in ranks {
            *votes.entry(other).or_default() += 1;
        }
    }
    let mut best: Vec<(u32, usize)> = votes.into_iter().map(|(other, count)| (count, other)).collect();
    best.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.abs_diff(rank).cmp(&b.1.abs_diff(rank))).then(a.1.cmp(&b.1)));
    let mut best: Vec<usize> = best.into_iter().take(CANDIDATES).map(|(_, other)| other).collect();
    if !best.contains(&rank) {
        best.push(rank);
    }
    best
}
