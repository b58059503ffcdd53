//! The cheapest way to read a block line by line, and where another way is as good.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How many readings go on from line to line.
const BEAM: usize = 32;
/// Readings that cost less than this more than the best are as good as the best.
const MARGIN: u32 = 3;
/// How far back two readings are compared.
const FAR: usize = 300;

/// One line, read.
#[derive(Clone, Debug)]
pub struct Step<C> {
    /// What was chosen.
    pub choice: C,
    /// What that cost.
    pub cost: u32,
    /// Whether another choice was as good.
    pub doubt: bool,
}

struct Node<C> {
    parent: usize,
    cost: u32,
    choice: C,
    /// The first line from which on another reading was as good.
    doubt: Option<usize>,
}

/// Reads `count` lines. `expand` gives the readings that may follow a state at a line, with their costs; states with the
/// same `key` read on alike; `close` is what the end costs in a state. `None` for no lines.
pub fn search<S: Clone, C: Clone>(
    count: usize,
    start: S,
    expand: impl Fn(usize, &S, &mut Vec<(u32, S, C)>),
    key: impl Fn(&S) -> u64,
    close: impl Fn(&S) -> u32,
) -> Option<Vec<Step<C>>> {
    let mut nodes: Vec<Node<C>> = Vec::new();
    let mut front: Vec<(Option<usize>, u32, S)> = vec![(None, 0, start)];
    for line in 0..count {
        let mut next: Vec<(u32, Option<usize>, S, C)> = Vec::new();
        let mut found = Vec::new();
        for (parent, cost, state) in &front {
            expand(line, state, &mut found);
            next.extend(found.drain(..).map(|(more, state, choice)| (cost + more, *parent, state, choice)));
        }
        next.sort_by_key(|n| n.0);
        let mut kept: HashMap<u64, usize> = HashMap::new();
        let mut new_front: Vec<(Option<usize>, u32, S)> = Vec::new();
        for (cost, parent, state, choice) in next {
            match kept.entry(key(&state)) {
                Entry::Occupied(known) => {
                    let Some(node) = nodes.get(*known.get()) else { continue };
                    if cost < node.cost + MARGIN {
                        let differs = if parent.unwrap_or(usize::MAX) == node.parent {
                            line
                        } else {
                            divergence(&nodes, parent, node.parent, line)
                        };
                        let at = *known.get();
                        nodes[at].doubt = Some(nodes[at].doubt.map_or(differs, |d| d.min(differs)));
                    }
                }
                Entry::Vacant(place) if new_front.len() < BEAM => {
                    place.insert(nodes.len());
                    new_front.push((Some(nodes.len()), cost, state));
                    nodes.push(Node { parent: parent.unwrap_or(usize::MAX), cost, choice, doubt: None });
                }
                Entry::Vacant(_) => {}
            }
        }
        front = new_front;
    }
    let mut ends: Vec<(u32, usize)> =
        front.iter().filter_map(|(node, cost, state)| Some((cost + close(state), (*node)?))).collect();
    ends.sort_unstable();
    let (best, end) = *ends.first()?;
    let last = count.checked_sub(1)?;
    for (cost, other) in &ends[1..] {
        if *cost < best + MARGIN {
            let differs = divergence(&nodes, Some(*other), end, count);
            nodes[end].doubt = Some(nodes[end].doubt.map_or(differs, |d| d.min(differs)));
        }
    }
    Some(trace(&nodes, end, last))
}

/// The first line at which two readings of the lines before `line` differ.
fn divergence<C>(nodes: &[Node<C>], left: Option<usize>, right: usize, line: usize) -> usize {
    let (mut left, mut right, mut line) = (left.unwrap_or(usize::MAX), right, line);
    for _ in 0..FAR {
        let (Some(l), Some(r)) = (nodes.get(left), nodes.get(right)) else { break };
        if left == right {
            break;
        }
        (left, right, line) = (l.parent, r.parent, line.saturating_sub(1));
    }
    line
}

fn trace<C: Clone>(nodes: &[Node<C>], end: usize, last: usize) -> Vec<Step<C>> {
    let mut steps = Vec::with_capacity(last + 1);
    let (mut at, mut line, mut doubt_from) = (end, last, usize::MAX);
    while let Some(node) = nodes.get(at) {
        doubt_from = doubt_from.min(node.doubt.unwrap_or(usize::MAX));
        let before = nodes.get(node.parent).map_or(0, |p| p.cost);
        let doubt = doubt_from <= line;
        if doubt_from >= line {
            doubt_from = usize::MAX;
        }
        steps.push(Step { choice: node.choice.clone(), cost: node.cost - before.min(node.cost), doubt });
        (at, line) = (node.parent, line.saturating_sub(1));
    }
    steps.reverse();
    steps
}
