//! The cheapest way to read a block line by line, and where another way is as good.

mod tree;

use std::hash::Hasher;
use tree::{NONE, Node, Tree};

/// How many readings go on from line to line.
const BEAM: usize = 32;
/// How many do at least where most lines are to be right, not all.
const FEW: usize = 4;
/// So many then go on in all, for the less lines, the more each of them tells.
const ALL: usize = 1000;
/// By so much sooner a reading is far from the best there.
const SOONER: u32 = 2;
/// Readings that cost less than this more than the best are as good as the best.
const MARGIN: u32 = 3;
/// Among so many lines the best reading hardly comes to cost much more, unless something is wrong with them.
const AROUND: usize = 20;

/// One line, read.
#[derive(Clone, Copy, Debug)]
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

    /// Less than [`Self::FAR`], the least first: the same while the best reading does not come to cost as much more among few
    /// lines, since none that was left behind comes to be as good then. None unless told otherwise: where every line costs
    /// something, it would hold for no text.
    fn near(&self) -> &'static [u32] {
        &[]
    }

    /// Comes to the state before a line; gives what that costs.
    fn enter(&self, line: usize, state: &mut Self::State) -> u32;
    /// The ways to read a line in a state, with their costs.
    fn expand(&self, line: usize, state: &Self::State, out: &mut Out<Self::Move>);
    /// Goes one of them.
    fn step(&self, line: usize, state: &mut Self::State, way: Self::Move) -> Self::Choice;
    /// States with the same key behind a line read on alike.
    fn key(&self, line: usize, state: &Self::State) -> u64;
    /// What the end costs in a state.
    fn close(&self, state: &Self::State) -> u32;
    /// Whether two choices are no reason for doubt. Unless told otherwise, a doubt lasts from the first line that is
    /// read otherwise to the last.
    fn same(_: &Self::Choice, _: &Self::Choice) -> bool {
        false
    }
}

/// The ways to read a line in all states; those that are far from the best are left out.
pub struct Out<M> {
    /// Those that were added come first.
    ways: Vec<Way<M>>,
    count: usize,
    /// The reading whose ways come next, and what it cost so far.
    from: u32,
    before: u32,
    /// What its cheapest way costs.
    least: u32,
    /// What costs as much or more is far: by the best way that was found.
    limit: u32,
    far: u32,
}

#[derive(Clone, Copy)]
struct Way<M> {
    cost: u32,
    from: u32,
    way: M,
}

impl<M: Copy> Out<M> {
    /// Whether a way that costs at least that much is too far from the best to be gone: no need to know the rest.
    pub fn is_far(&self, cost: u32) -> bool {
        self.before + cost >= self.limit
    }

    /// Some way that comes costs no more than that.
    pub fn at_most(&mut self, cost: u32) {
        self.limit = self.limit.min((self.before + cost).saturating_add(self.far));
    }

    /// What the cheapest way costs that the reading has so far.
    pub fn least(&self) -> u32 {
        self.least
    }

    /// The ways of the next reading come.
    fn of(&mut self, from: u32, before: u32) {
        (self.from, self.before, self.least) = (from, before, u32::MAX);
    }

    /// Adds a way.
    #[inline]
    pub fn push(&mut self, cost: u32, way: M) {
        self.least = self.least.min(cost);
        let cost = self.before + cost;
        let way = Way { cost, from: self.from, way };
        // whether it stays is hard to foretell, so nothing branches on it
        match self.ways.get_mut(self.count) {
            Some(place) => *place = way,
            None => self.ways.push(way),
        }
        self.count += usize::from(cost < self.limit);
        self.limit = self.limit.min(cost.saturating_add(self.far));
    }

    /// Whether these ways are those of other readings each, in their order.
    fn is_in_turn(&self, order: &[u64]) -> bool {
        let from = |way: &u64| self.ways[*way as u32 as usize].from;
        order.windows(2).all(|pair| from(&pair[0]) < from(&pair[1]))
    }

    /// Which ways are not far: the cheapest first, and those that cost the same in their order.
    fn in_order(&self, order: &mut Vec<u64>) {
        order.clear();
        let ways = (0..).zip(&self.ways[..self.count]).filter(|(_, way)| way.cost < self.limit);
        order.extend(ways.map(|(at, way): (u64, _)| u64::from(way.cost) << 32 | at));
        if !order.is_sorted() {
            order.sort_unstable();
        }
    }
}

/// Where a key is among those of other readings, of which `seen` are the last six bits: nearly none is known.
fn known(keys: &[u64], seen: u64, key: u64) -> Option<usize> {
    if seen & 1 << (key & 63) == 0 { None } else { keys.iter().position(|known| *known == key) }
}

/// A reading that goes on.
struct Reading<S> {
    node: u32,
    cost: u32,
    state: S,
}

/// Reads `count` lines the cheapest way; `None` for no lines.
pub fn search<W: Ways>(ways: &W, count: usize, start: W::State) -> Option<Vec<Step<W::Choice>>> {
    let bounds = |far: u32| Bounds { far, beam: BEAM, doubts: true };
    let near = ways.near().iter().find_map(|near| read(ways, count, start.clone(), &bounds(*near)));
    near.or_else(|| read(ways, count, start, &bounds(W::FAR)))
}

/// The same where most lines are to be right, not all; nothing is in doubt.
pub fn roughly<W: Ways>(ways: &W, count: usize, start: W::State) -> Option<Vec<Step<W::Choice>>> {
    let beam = (ALL / count.max(1)).clamp(FEW, BEAM);
    read(ways, count, start, &Bounds { far: W::FAR - SOONER, beam, doubts: false })
}

/// What a search leaves out.
struct Bounds {
    /// Readings that cost so much more than the best.
    far: u32,
    /// All but so many readings.
    beam: usize,
    /// Unless this is set, whether other readings are as good.
    doubts: bool,
}

/// The same within bounds; `None` also where what costs more may have been better.
fn read<W: Ways>(ways: &W, count: usize, start: W::State, bounds: &Bounds) -> Option<Vec<Step<W::Choice>>> {
    let far = bounds.far;
    // what the best reading costs before each of the last lines
    let mut bests = [0; AROUND];
    let mut is_lost = |line: usize, best: u32| {
        let before = std::mem::replace(&mut bests[line % AROUND], best);
        // where not all lines are to be right, none is looked at twice
        bounds.doubts && far < W::FAR && best >= before + far
    };
    let mut all = Readings::of(ways, count, start, bounds);
    for line in 0..count {
        all.expand(line);
        if is_lost(line, all.order.first().map_or(0, |way| (way >> 32) as u32)) {
            return None;
        }
        // more ways than readings are not those of other readings each
        match all.order.len() <= all.front.len() && all.out.is_in_turn(&all.order) {
            true => all.go_in_turn(line),
            false => all.go(line),
        }
    }
    let read = all.front.iter().filter(|reading| reading.node != NONE);
    let mut ends: Vec<(u32, u32)> = read.map(|r| (r.cost + ways.close(&r.state), r.node)).collect();
    ends.sort_unstable();
    let (best, end) = *ends.first()?;
    if is_lost(count, best) {
        return None;
    }
    let others = ends[1..].iter().filter(|e| bounds.doubts && e.0 < best + MARGIN).map(|e| e.1);
    Some(all.tree.trace(end, others, count, &W::same))
}

/// The readings that go on from line to line.
struct Readings<'w, W: Ways> {
    ways: &'w W,
    beam: usize,
    doubts: bool,
    tree: Tree<W::Choice>,
    /// Those before a line, and those behind it.
    front: Vec<Reading<W::State>>,
    next: Vec<Reading<W::State>>,
    out: Out<W::Move>,
    order: Vec<u64>,
    /// The keys of those behind a line.
    keys: [u64; BEAM],
}

impl<'w, W: Ways> Readings<'w, W> {
    /// The one that has read nothing.
    fn of(ways: &'w W, count: usize, start: W::State, &Bounds { far, beam, doubts }: &Bounds) -> Self {
        let mut front = Vec::with_capacity(BEAM + 1);
        front.push(Reading { node: NONE, cost: 0, state: start });
        Readings {
            ways,
            beam,
            doubts,
            tree: Tree::with_room(count * 8),
            front,
            next: Vec::with_capacity(BEAM + 1),
            out: Out {
                ways: Vec::with_capacity(BEAM),
                count: 0,
                from: 0,
                before: 0,
                least: u32::MAX,
                limit: u32::MAX,
                far,
            },
            order: Vec::with_capacity(BEAM),
            keys: [0; BEAM],
        }
    }

    /// Finds the ways to read a line.
    fn expand(&mut self, line: usize) {
        let out = &mut self.out;
        (out.count, out.limit) = (0, u32::MAX);
        for (from, reading) in (0..).zip(&mut self.front) {
            reading.cost += self.ways.enter(line, &mut reading.state);
            out.of(from, reading.cost);
            if !out.is_far(0) {
                self.ways.expand(line, &reading.state, out);
            }
        }
        out.in_order(&mut self.order);
    }

    /// Each reading goes on in one way at most, and in its place.
    fn go_in_turn(&mut self, line: usize) {
        let Self { ways, doubts, tree, front, out, order, keys, .. } = self;
        // the last six bits of each key
        let mut seen = 0;
        let mut read = 0;
        for way in &*order {
            let Way { cost, from, way } = out.ways[*way as u32 as usize];
            if read < from as usize {
                front.swap(read, from as usize);
            }
            let reading = &mut front[read];
            let choice = ways.step(line, &mut reading.state, way);
            // nothing is like a reading that is alone
            let key = if order.len() > 1 { ways.key(line, &reading.state) } else { 0 };
            if let Some(known) = known(&keys[..read], seen, key) {
                let before = reading.node;
                if *doubts {
                    tree.meet(front[known].node, (before, cost, &choice), &W::same);
                }
                continue;
            }
            keys[read] = key;
            seen |= 1 << (key & 63);
            reading.cost = cost;
            let parent = std::mem::replace(&mut reading.node, tree.end());
            tree.put(Node { parent, cost, choice });
            read += 1;
        }
        front.truncate(read);
    }

    /// The readings go on in their cheapest ways.
    fn go(&mut self, line: usize) {
        let Self { ways, beam, doubts, tree, front, next, out, order, keys } = self;
        let mut seen = 0;
        for way in &*order {
            let Way { cost, from, way } = out.ways[*way as u32 as usize];
            let is_far = |last: &Reading<W::State>| cost >= last.cost + MARGIN;
            // of more than that only those are asked for that may be as good as another
            if next.len() == *beam && (!*doubts || next.last().is_none_or(is_far)) {
                break;
            }
            let parent = &front[from as usize];
            let (before, read) = (parent.node, next.len());
            next.push(Reading { node: tree.end(), cost, state: parent.state.clone() });
            let state = &mut next[read].state;
            let choice = ways.step(line, state, way);
            let key = ways.key(line, state);
            if let Some(known) = known(&keys[..read], seen, key) {
                next.truncate(read);
                if *doubts {
                    tree.meet(next[known].node, (before, cost, &choice), &W::same);
                }
            } else if read < *beam {
                keys[read] = key;
                seen |= 1 << (key & 63);
                tree.put(Node { parent: before, cost, choice });
            } else {
                next.truncate(read);
            }
        }
        front.clear();
        std::mem::swap(front, next);
    }
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
