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
    pub like_name: bool,
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
            like_name: part.is_like_name(),
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

/// What is asked of a state once for each piece.
pub struct Turns {
    /// The most rows that the field of each column has in any column.
    pub most: [u32; COLUMNS],
    /// The columns that have fewer rows than that, as bits, and those whose cell waits for the end of its sentence.
    pub less: u32,
    pub open: u32,
    turn: Turn,
}

/// Whose turn it is.
enum Turn {
    /// The block or the line tells.
    Told { block: usize },
    /// The columns, one after the other.
    Columns { first: usize, ranks: [u64; COLUMNS] },
}

/// In the rank of a column that waits.
const WAITS: u64 = 1 << 63;

impl Turns {
    /// For a piece.
    pub fn of(placer: &Placer, at: usize, heads: &Heads, state: &State) -> Self {
        let pieces = placer.pieces;
        let fragment = &pieces.all[at];
        let columns = placer.columns(state);
        let (mut most, mut less, mut open) = ([0; COLUMNS], 0, 0);
        for (index, column) in columns.iter().enumerate() {
            most[index] = match index.checked_sub(1) {
                Some(before) if heads.fields[before] == heads.fields[index] => most[before],
                _ => placer.most(state, heads, heads.fields[index]),
            };
            less |= u32::from(column.row < most[index]) << index;
            open |= u32::from(column.open) << index;
        }
        let goes_on = || pieces.gaps_tell && !fragment.gap && at > 0 && !pieces.all[at - 1].inner;
        if let Some(block) = state.block.filter(|_| fragment.inner || goes_on()) {
            return Turns { most, less, open, turn: Turn::Told { block: block as usize } };
        }
        let (mut ranks, mut first) = ([0; COLUMNS], 0);
        for (index, column) in columns.iter().enumerate() {
            ranks[index] = placer.rank(column, (heads.seen[index], heads.fields[index]), less & 1 << index != 0);
            first = if ranks[index] < ranks[first] { index } else { first };
        }
        Turns { most, less, open, turn: Turn::Columns { first, ranks } }
    }

    /// Whether other columns of the field are not as far as this one, and how many.
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
    pub fn place_cost(&self, at: usize, column: usize, turns: &Turns) -> u32 {
        match turns.turn {
            Turn::Told { block } if self.pieces.all[at].inner => {
                // pieces of one line stand in neighbouring columns
                let next = if block == self.pieces.columns.len() { 0 } else { block + 1 };
                if column >= next { 2 * (column - next) as u32 } else { 20 }
            }
            Turn::Told { block } if column == block => 0,
            Turn::Told { .. } if self.is_ended(at - 1) => ELSEWHERE / 2,
            Turn::Told { .. } => ELSEWHERE,
            Turn::Columns { first, .. } if first == column => 0,
            Turn::Columns { .. } if self.pieces.blocks => self.order_cost,
            Turn::Columns { first, ref ranks } => match ranks[column] & WAITS == ranks[first] & WAITS {
                true if turns.open & !turns.less == 0 => 3,
                true => 1 + (ranks[column] as u32).saturating_sub(ranks[first] as u32).min(2),
                false => 2,
            },
        }
    }

    /// Whose turn it is: the column that got least so far, from left to right; by its labels and its field, and whether
    /// it has less rows than others.
    fn rank(&self, c: &Column, (seen, field): (u32, u32), less: bool) -> u64 {
        let waits = |waits: bool| if waits { WAITS } else { 0 };
        if self.pieces.blocks {
            let known = self.rows.get(field as usize).copied().unwrap_or(0);
            let full = known > 0 && c.row >= known && !c.open;
            waits(seen == 0 || full) | u64::from(field) << 32 | u64::from(c.row + u32::from(!c.open))
        } else {
            waits(seen == 0 || !less && !c.open) | u64::from(if !less && c.open { c.lines } else { 0 })
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
