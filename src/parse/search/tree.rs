//! The lines that were read, in all ways that were gone, and where other ways are as good.

use super::{MARGIN, Step};

/// How far back two readings are compared.
const BACK: usize = 300;

/// No line stands before the first.
pub const NONE: u32 = u32::MAX;

/// A line that was read.
pub struct Node<C> {
    /// The node of the line before, and what both cost with all before them.
    pub parent: u32,
    pub cost: u32,
    pub choice: C,
}

/// Another reading that ends in a node and is as good: what stands before, and whether it reads this line otherwise.
struct Other {
    node: u32,
    before: u32,
    differs: bool,
}

/// The lines that were read, in all ways that were gone.
pub struct Tree<C> {
    nodes: Vec<Node<C>>,
    others: Vec<Other>,
}

impl<C: Clone> Tree<C> {
    /// No lines yet; room for so many.
    pub fn with_room(count: usize) -> Self {
        Tree { nodes: Vec::with_capacity(count), others: Vec::new() }
    }

    /// Which node comes next.
    pub fn end(&self) -> u32 {
        self.nodes.len() as u32
    }

    /// Adds a node.
    pub fn put(&mut self, node: Node<C>) {
        self.nodes.push(node);
    }

    /// Another reading, with the node before it, its cost and its last choice, comes to where that of a node stands.
    pub fn meet(&mut self, node: u32, (before, cost, choice): (u32, u32, &C), same: &impl Fn(&C, &C) -> bool) {
        let known = &self.nodes[node as usize];
        if cost < known.cost + MARGIN {
            let differs = before == known.parent || !same(choice, &known.choice);
            self.others.push(Other { node, before, differs });
        }
    }

    /// Marks the lines before `line` that two readings read otherwise.
    fn differences(
        &self,
        (mut left, mut right): (u32, u32),
        mut line: usize,
        same: &impl Fn(&C, &C) -> bool,
        doubts: &mut [bool],
    ) {
        for _ in 0..BACK {
            let nodes = (self.nodes.get(left as usize), self.nodes.get(right as usize));
            let (Some(l), Some(r)) = nodes else { break };
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

    /// The lines of the reading that ends with a node; other ways to read them end with others.
    pub fn trace(
        mut self,
        end: u32,
        ends: impl Iterator<Item = u32>,
        count: usize,
        same: &impl Fn(&C, &C) -> bool,
    ) -> Vec<Step<C>> {
        let mut steps = Vec::with_capacity(count);
        let mut doubts = vec![false; count];
        for other in ends {
            self.differences((other, end), count, same, &mut doubts);
        }
        self.others.sort_unstable_by_key(|other| other.node);
        let (mut at, mut line) = (end, count);
        while let Some(node) = self.nodes.get(at as usize) {
            line = line.saturating_sub(1);
            let first = self.others.partition_point(|other| other.node < at);
            for other in self.others[first..].iter().take_while(|other| other.node == at) {
                if let Some(doubt) = doubts.get_mut(line) {
                    *doubt |= other.differs;
                }
                self.differences((other.before, node.parent), line, same, &mut doubts);
            }
            let before = self.nodes.get(node.parent as usize).map_or(0, |p| p.cost);
            steps.push(Step { choice: node.choice.clone(), cost: node.cost - before.min(node.cost), doubt: false });
            at = node.parent;
        }
        steps.reverse();
        for (step, doubt) in steps.iter_mut().zip(doubts) {
            step.doubt = doubt;
        }
        steps
    }
}
