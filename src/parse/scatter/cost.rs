//! What a reading of a scattered table costs.

use super::fragments::Kind;
use super::place::{COLUMNS, Column, Heads, LACK, Placer, State};
use super::words::{Ends, Words};
use crate::parse::label::{self, Label};
use crate::parse::part::{Measure, Part};

/// A line that ended a sentence before the edge, and yet goes on.
const SHORT: u32 = 12;
/// A line that was broken before the edge.
const LOOSE: u32 = 5;
/// A line of another column than the block it stands in.
pub const ELSEWHERE: u32 = 15;
/// `甲と…` as a role of 甲.
const PARTNER: u32 = 20;

/// What is asked of a piece again and again.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    pub size: Measure,
    /// What it costs to begin a cell with it.
    pub begins: u32,
    /// A bracket opens it.
    pub opens: bool,
    pub ends: Ends,
    /// `甲と…`: the letter before the particle.
    pub partner: Option<char>,
}

impl Fact {
    /// The facts of a piece.
    pub fn of(part: &Part, words: &Words) -> Self {
        let mut chars = part.text.chars();
        Fact {
            size: Measure::of(part.text),
            begins: words.begins(part.text),
            opens: part.text.starts_with(['（', '(', '「']),
            ends: Ends::of(part.text),
            partner: chars.next().filter(|_| matches!(chars.next(), Some('と' | 'や'))),
        }
    }
}

/// What is known of a piece in a column, whatever stands before.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// What it costs that it is too wide.
    pub wide: u32,
    /// What it costs to begin a cell with it.
    pub begins: u32,
}

/// What is known of a piece behind another one, in a column of a field.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    next: u32,
    field: u32,
    /// What it costs that they are lines of one cell.
    pub cost: u32,
    /// Whether the column had to break between them.
    pub breaks: bool,
}

impl Default for Known {
    fn default() -> Self {
        Known { next: u32::MAX, field: u32::MAX, cost: 0, breaks: false }
    }
}

/// What is asked of a state once for each piece; columns are bits.
#[derive(Clone, Copy)]
pub struct Turns {
    /// Columns that have less rows than another one of their field.
    pub less: u32,
    /// Columns whose cell waits for the end of its sentence.
    pub open: u32,
    /// Columns that wait for others.
    waits: u32,
    /// Whose turn it is, where neither the block nor the line tells.
    first: u32,
    /// The block that goes on, or the column of the piece before on its line.
    told: Option<u32>,
}

impl Turns {
    /// For a piece.
    pub fn of(placer: &Placer, at: usize, heads: &Heads, state: &State) -> Self {
        let pieces = placer.pieces;
        let fragment = &pieces.all[at];
        let goes_on = || pieces.gaps_tell && !fragment.gap && at > 0 && !pieces.all[at - 1].inner;
        let told = state.block.filter(|_| fragment.inner || goes_on());
        let mut out = Turns { less: 0, open: 0, waits: 0, first: 0, told };
        let (mut most, mut of, mut lowest) = (0, u32::MAX, u64::MAX);
        for (index, column) in (0..).zip(placer.columns(state)) {
            let (field, seen) = (heads.fields[index as usize], heads.seen[index as usize] > 0);
            if field != of {
                (most, of) = (placer.most(state, heads, field), field);
            }
            let less = column.row < most;
            let (waits, rank) = placer.rank(column, field, less);
            let waits = waits || !seen;
            out.less |= u32::from(less) << index;
            out.open |= u32::from(column.open) << index;
            out.waits |= u32::from(waits) << index;
            let rank = if waits { rank | 1 << 63 } else { rank };
            if rank < lowest {
                (out.first, lowest) = (index, rank);
            }
        }
        out
    }

    /// How many other columns of the field are not as far as this one.
    pub fn behind(&self, index: usize, heads: &Heads) -> u32 {
        let behind = (self.less | self.open) & !(1 << index);
        if behind == 0 {
            return 0;
        }
        let is_behind = |other: &usize| behind & 1 << other != 0 && heads.fields[*other] == heads.fields[index];
        (0..COLUMNS).filter(is_behind).count() as u32
    }
}

impl Placer<'_, '_, '_> {
    /// How each line that is placed fits each column.
    pub fn all_fits(&self) -> Vec<Fit> {
        let count = self.pieces.columns.len();
        let mut out = Vec::with_capacity(self.order.len() * count);
        for (line, at) in self.order.iter().enumerate() {
            let (at, heads) = (*at as usize, self.heads(line));
            let fit = |column: usize| match self.pieces.all[at].kind {
                Kind::Label(_) => Fit { wide: 0, begins: 0 },
                _ => Fit { wide: self.too_wide(at, heads.fields[column], column), begins: self.begins(at, column) },
            };
            out.extend((0..count).map(fit));
        }
        out
    }

    /// Whether a sentence ends with a piece.
    pub fn is_ended(&self, at: usize) -> bool {
        self.facts[at].size.ended
    }

    /// What it costs when a column ends a field with the rows it has.
    pub fn leave(&self, field: u32, column: &Column, most: u32) -> u32 {
        let rows = match self.rows.get(field as usize) {
            Some(0) | None => most,
            Some(rows) => *rows,
        };
        let missing = rows.abs_diff(column.row);
        LACK * (missing.min(4) + u32::from(column.open))
    }

    /// The most rows that a field has in any column.
    pub fn most(&self, state: &State, heads: &Heads, field: u32) -> u32 {
        let mut most = if state.done.0 == field { state.done.1 } else { 0 };
        for (index, column) in self.columns(state).iter().enumerate() {
            most = if heads.fields[index] == field { most.max(column.row) } else { most };
        }
        most
    }

    /// What the place of a line says about its column: the blocks, the line before it, the order of the columns.
    pub fn place_cost(&self, at: usize, column: usize, turns: &Turns, state: &State) -> u32 {
        if let Some(block) = turns.told.map(|block| block as usize) {
            return match self.pieces.all[at].inner {
                // pieces of one line stand in neighbouring columns
                true => {
                    let next = if block == self.pieces.columns.len() { 0 } else { block + 1 };
                    if column >= next { 2 * (column - next) as u32 } else { 20 }
                }
                false if column == block => 0,
                false if self.is_ended(at - 1) => ELSEWHERE / 2,
                false => ELSEWHERE,
            };
        }
        let first = turns.first as usize;
        if column == first {
            return 0;
        }
        if self.pieces.blocks {
            return self.order_cost;
        }
        let is = |columns: u32, index: usize| columns & 1 << index != 0;
        let lines = |index: usize| if is(turns.open & !turns.less, index) { state.columns[index].lines } else { 0 };
        match is(turns.waits, column) == is(turns.waits, first) {
            true if turns.open & !turns.less == 0 => 3,
            true => 1 + lines(column).saturating_sub(lines(first)).min(2),
            false => 2,
        }
    }

    /// Whether a column waits for others, and how much it got so far: the one that got least is next, from left to right.
    fn rank(&self, c: &Column, field: u32, less: bool) -> (bool, u64) {
        if self.pieces.blocks {
            let known = self.rows.get(field as usize).copied().unwrap_or(0);
            let full = known > 0 && c.row >= known && !c.open;
            (full, u64::from(field) << 32 | u64::from(c.row + u32::from(!c.open)))
        } else {
            (!less && !c.open, u64::from(if !less && c.open { c.lines } else { 0 }))
        }
    }

    /// What it costs to read one line behind another in a column, and whether the column had to break there.
    pub fn join(&self, last: u32, next: usize, field: u32, column: usize) -> Known {
        let cell = &self.known[last as usize * self.pieces.columns.len() + column];
        let known = cell.get();
        if known.next == next as u32 && known.field == field {
            return known;
        }
        let found = self.joined(last as usize, next, field, column);
        cell.set(found);
        found
    }

    fn joined(&self, last: usize, next: usize, field: u32, column: usize) -> Known {
        let (above, below) = (&self.facts[last], &self.facts[next]);
        let (before, after) = (&above.size, &below.size);
        let known = self.widths[field as usize][column];
        let full = if known > 0 { known } else { before.sure.max(after.sure) };
        let letters = || self.words.cost_between(&above.ends, &below.ends);
        let cost = match (before.ended, before.must_break(after, full)) {
            (true, true) => 1,
            (true, false) => SHORT,
            (false, true) => letters(),
            (false, false) => {
                let near = below.opens || before.must_break(after, full.saturating_sub(2));
                LOOSE.saturating_sub(if near { 3 } else { 0 }) + letters()
            }
        };
        Known { next: next as u32, field, cost, breaks: before.must_break(after, known) }
    }

    /// What it costs to begin a cell of a column with a piece.
    pub fn begins(&self, at: usize, column: usize) -> u32 {
        let fact = &self.facts[at];
        fact.begins + self.partner(column, fact.partner)
    }

    fn too_wide(&self, at: usize, field: u32, column: usize) -> u32 {
        let (known, size) = (self.widths[field as usize][column], &self.facts[at].size);
        let full = if known > 0 { known } else { self.usual };
        if !self.pieces.blocks && !size.ended && size.width * 2 < full {
            return if size.width <= self.name_width { SHORT / 2 } else { 1 };
        }
        if known > 0 && size.sure > known + 2 { SHORT } else { 0 }
    }

    /// `甲と話し合い、…` is no role of 甲, and hardly a content.
    fn partner(&self, column: usize, first: Option<char>) -> u32 {
        let Some(first) = first else { return 0 };
        let mut letter = [0; 4];
        let first: &str = first.encode_utf8(&mut letter);
        match self.pieces.columns.get(column) {
            Some(Label::Role(who)) if matches!(who.as_ref(), [one] if *one == first) => PARTNER,
            Some(Label::Content) if label::is_stem(first) => PARTNER / 2,
            _ => 0,
        }
    }
}
