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
    /// Other readings as good that end here: what stands before, and whether they read this line otherwise.
    others: Vec<(usize, bool)>,
}

/// Reads `count` lines as [`search_lines`] does; a doubt lasts from the first line that is read otherwise to the last.
pub fn search<S: Clone, C: Clone>(
    count: usize,
    start: S,
    expand: impl Fn(usize, &S, &mut Vec<(u32, S, C)>),
    key: impl Fn(&S) -> u64,
    close: impl Fn(&S) -> u32,
) -> Option<Vec<Step<C>>> {
    search_lines(count, start, expand, key, close, |_, _| false)
}

/// Reads `count` lines. `expand` gives the readings that may follow a state at a line, with their costs; states with the
/// same `key` read on alike; `close` is what the end costs in a state; only lines whose choices are not the `same` are
/// in doubt. `None` for no lines.
pub fn search_lines<S: Clone, C: Clone>(
    count: usize,
    start: S,
    expand: impl Fn(usize, &S, &mut Vec<(u32, S, C)>),
    key: impl Fn(&S) -> u64,
    close: impl Fn(&S) -> u32,
    same: impl Fn(&C, &C) -> bool,
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
                        let differs = parent.unwrap_or(usize::MAX) == node.parent || !same(&choice, &node.choice);
                        let at = *known.get();
                        nodes[at].others.push((parent.unwrap_or(usize::MAX), differs));
                    }
                }
                Entry::Vacant(place) if new_front.len() < BEAM => {
                    place.insert(nodes.len());
                    new_front.push((Some(nodes.len()), cost, state));
                    nodes.push(Node { parent: parent.unwrap_or(usize::MAX), cost, choice, others: Vec::new() });
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
    let others: Vec<usize> = ends[1..].iter().filter(|e| e.0 < best + MARGIN).map(|e| e.1).collect();
    Some(trace(&nodes, end, &others, count, &same))
}

/// Marks the lines before `line` that two readings read otherwise.
fn differences<C>(
    nodes: &[Node<C>],
    (mut left, mut right): (usize, usize),
    mut line: usize,
    same: &impl Fn(&C, &C) -> bool,
    doubts: &mut [bool],
) {
    for _ in 0..FAR {
        let (Some(l), Some(r)) = (nodes.get(left), nodes.get(right)) else { break };
        if left == right {
            break;
        }
        line = line.saturating_sub(1);
        if let Some(doubt) = doubts.get_mut(line) {
            *doubt |= !same(&l.choice, &r.choice);
        }
        (left, right) = (l.parent, r.parent);
    }
}

fn trace<C: Clone>(
    nodes: &[Node<C>],
    end: usize,
    ends: &[usize],
    count: usize,
    same: &impl Fn(&C, &C) -> bool,
) -> Vec<Step<C>> {
    let mut steps = Vec::with_capacity(count);
    let mut doubts = vec![false; count];
    for other in ends {
        differences(nodes, (*other, end), count, same, &mut doubts);
    }
    let (mut at, mut line) = (end, count);
    while let Some(node) = nodes.get(at) {
        line = line.saturating_sub(1);
        for (other, differs) in &node.others {
            if let Some(doubt) = doubts.get_mut(line) {
                *doubt |= differs;
            }
            differences(nodes, (*other, node.parent), line, same, &mut doubts);
        }
        let before = nodes.get(node.parent).map_or(0, |p| p.cost);
        steps.push(Step { choice: node.choice.clone(), cost: node.cost - before.min(node.cost), doubt: false });
        at = node.parent;
    }
    steps.reverse();
    for (step, doubt) in steps.iter_mut().zip(doubts) {
        step.doubt = doubt;
    }
    steps
}
