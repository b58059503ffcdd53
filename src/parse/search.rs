//! The cheapest way to read a block line by line, and where another way is as good.

use smallvec::SmallVec;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::Hasher;

/// How many readings go on from line to line.
const BEAM: usize = 32;
/// Readings that cost less than this more than the best are as good as the best.
const MARGIN: u32 = 3;
/// How far back two readings are compared.
const BACK: usize = 300;

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

/// What may be read, line by line.
pub trait Ways {
    /// Where a reading stands.
    type State: Clone;
    /// A way to read one line: cheap to make, since most are never gone.
    type Move: Copy;
    /// What is kept of a line that was read.
    type Choice: Clone;
    /// Readings that cost this much more than the best are not gone on with.
    const FAR: u32;

    /// The ways to read a line in a state, with their costs.
    fn expand(&self, line: usize, state: &Self::State, out: &mut Vec<(u32, Self::Move)>);
    /// Goes one of them.
    fn step(&self, line: usize, state: &mut Self::State, way: Self::Move) -> Self::Choice;
    /// States with the same key read on alike.
    fn key(&self, state: &Self::State) -> u64;
    /// What the end costs in a state.
    fn close(&self, state: &Self::State) -> u32;
    /// Whether two choices are no reason for doubt. Unless told otherwise, a doubt lasts from the first line that is
    /// read otherwise to the last.
    fn same(_: &Self::Choice, _: &Self::Choice) -> bool {
        false
    }
}

struct Node<C> {
    parent: u32,
    cost: u32,
    choice: C,
    /// Other readings as good that end here: what stands before, and whether they read this line otherwise.
    others: SmallVec<[(u32, bool); 2]>,
}

/// A reading that goes on.
struct Reading<S> {
    node: u32,
    cost: u32,
    state: S,
}

/// No line stands before the first.
const NONE: u32 = u32::MAX;

/// Reads `count` lines the cheapest way; `None` for no lines.
pub fn search<W: Ways>(ways: &W, count: usize, start: W::State) -> Option<Vec<Step<W::Choice>>> {
    let mut nodes: Vec<Node<W::Choice>> = Vec::new();
    let mut front = vec![Reading { node: NONE, cost: 0, state: start }];
    let (mut next, mut found): (Vec<Reading<W::State>>, _) = (Vec::with_capacity(BEAM + 1), Vec::new());
    // what each way costs in all, and which one it is; hardly more are gone than are kept, so they are not sorted
    let mut order: Vec<Reverse<u64>> = Vec::new();
    for line in 0..count {
        let mut keys: [u64; BEAM] = [0; BEAM];
        let mut parents: [usize; BEAM] = [0; BEAM];
        let mut best = u32::MAX;
        for (reading, end) in front.iter().zip(&mut parents) {
            let from = found.len();
            ways.expand(line, &reading.state, &mut found);
            for (cost, _) in &mut found[from..] {
                *cost += reading.cost;
                best = best.min(*cost);
            }
            *end = found.len();
        }
        let near = found.iter().zip(0..).filter(|((cost, _), _)| *cost < best.saturating_add(W::FAR));
        order.extend(near.map(|((cost, _), at)| Reverse(u64::from(*cost) << 32 | at)));
        let mut cheapest = BinaryHeap::from(order);
        while let Some(Reverse(way)) = cheapest.pop() {
            let (cost, at) = ((way >> 32) as u32, way as u32 as usize);
            let is_far = |last: &Reading<W::State>| cost >= last.cost + MARGIN;
            if next.len() == BEAM && next.last().is_none_or(is_far) {
                break;
            }
            let parent = &front[parents[..front.len()].partition_point(|end| *end <= at)];
            let (before, read) = (parent.node, next.len());
            next.push(Reading { node: nodes.len() as u32, cost, state: parent.state.clone() });
            let state = &mut next[read].state;
            let choice = ways.step(line, state, found[at].1);
            let key = ways.key(state);
            if let Some(known) = keys[..read].iter().position(|known| *known == key) {
                next.truncate(read);
                let node: &mut Node<W::Choice> = &mut nodes[next[known].node as usize];
                if cost < node.cost + MARGIN {
                    let differs = before == node.parent || !W::same(&choice, &node.choice);
                    node.others.push((before, differs));
                }
            } else if read < BEAM {
                keys[read] = key;
                nodes.push(Node { parent: before, cost, choice, others: SmallVec::new() });
            } else {
                next.truncate(read);
            }
        }
        order = cheapest.into_vec();
        order.clear();
        found.clear();
        front.clear();
        std::mem::swap(&mut front, &mut next);
    }
    let read = front.iter().filter(|reading| reading.node != NONE);
    let mut ends: Vec<(u32, u32)> = read.map(|r| (r.cost + ways.close(&r.state), r.node)).collect();
    ends.sort_unstable();
    let (best, end) = *ends.first()?;
    let others: Vec<u32> = ends[1..].iter().filter(|e| e.0 < best + MARGIN).map(|e| e.1).collect();
    Some(trace(&nodes, end, &others, count, &W::same))
}

/// A quick hash for keys.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as u64);
    }

    fn write_u64(&mut self, value: u64) {
        // both halves of the product, so that every bit of a value moves every bit of the key
        let product = u128::from(self.0 ^ value ^ 0x2D35_8DCC_AA6C_78A5) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

/// Marks the lines before `line` that two readings read otherwise.
fn differences<C>(
    nodes: &[Node<C>],
    (mut left, mut right): (u32, u32),
    mut line: usize,
    same: &impl Fn(&C, &C) -> bool,
    doubts: &mut [bool],
) {
    for _ in 0..BACK {
        let (Some(l), Some(r)) = (nodes.get(left as usize), nodes.get(right as usize)) else { break };
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
    end: u32,
    ends: &[u32],
    count: usize,
    same: &impl Fn(&C, &C) -> bool,
) -> Vec<Step<C>> {
    let mut steps = Vec::with_capacity(count);
    let mut doubts = vec![false; count];
    for other in ends {
        differences(nodes, (*other, end), count, same, &mut doubts);
    }
    let (mut at, mut line) = (end, count);
    while let Some(node) = nodes.get(at as usize) {
        line = line.saturating_sub(1);
        for (other, differs) in &node.others {
            if let Some(doubt) = doubts.get_mut(line) {
                *doubt |= differs;
            }
            differences(nodes, (*other, node.parent), line, same, &mut doubts);
        }
        let before = nodes.get(node.parent as usize).map_or(0, |p| p.cost);
        steps.push(Step { choice: node.choice.clone(), cost: node.cost - before.min(node.cost), doubt: false });
        at = node.parent;
    }
    steps.reverse();
    for (step, doubt) in steps.iter_mut().zip(doubts) {
        step.doubt = doubt;
    }
    steps
}
