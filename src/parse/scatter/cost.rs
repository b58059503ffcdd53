//! What a reading of a scattered table costs.

use super::fragments::Kind;
use super::place::{LACK, Placer};
use super::state::{COLUMNS, Column, Heads, State};
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

/// What is asked of a state once for each piece.
#[derive(Clone, Copy)]
pub struct Turns {
    /// Columns that wait for others, as bits.
    waits: u32,
    /// Whose turn it is, where neither the block nor the line tells.
    first: usize,
    /// The block that goes on, or the column of the piece before on its line.
    told: Option<u32>,
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

    /// Whose turn it is to get a piece: the column that got least so far, from left to right.
    pub fn turns(&self, at: usize, heads: &Heads, state: &State) -> Turns {
        let pieces = self.pieces;
        let fragment = &pieces.all[at];
        let goes_on = || pieces.gaps_tell && !fragment.gap && at > 0 && !pieces.all[at - 1].inner;
        let told = state.block.filter(|_| fragment.inner || goes_on());
        let all = (1 << pieces.columns.len()) - 1;
        let (mut waits, mut first) = (all & !heads.seen, 0);
        if pieces.blocks {
            let rank = |index: &usize| self.rank(*index, heads, state);
            first = (0..pieces.columns.len()).min_by_key(rank).unwrap_or(0);
        } else {
            waits |= all & !state.less & !state.open;
            let lines = |index: &usize| if state.less & 1 << index != 0 { 0 } else { state.columns[*index].lines };
            let next = (0..COLUMNS).filter(|index| all & !waits & 1 << index != 0).min_by_key(lines);
            first = next.unwrap_or(first);
        }
        Turns { waits, first, told }
    }

    /// Block by block: whether a column waits for others, and how much it got so far.
    fn rank(&self, index: usize, heads: &Heads, state: &State) -> (bool, u32, u32) {
        let (row, field) = (state.columns[index].row, heads.fields[index]);
        let known = self.rows.get(field as usize).copied().unwrap_or(0);
        let is_open = state.open & 1 << index != 0;
        let is_full = known > 0 && row >= known && !is_open;
        (heads.seen & 1 << index == 0 || is_full, field, row + u32::from(!is_open))
    }

    /// How many other columns of the field are not as far as this one.
    pub fn behind(&self, state: &State, index: usize, heads: &Heads) -> u32 {
        let behind = (state.less | state.open) & !(1 << index);
        let is_behind = |other: &usize| behind & 1 << other != 0 && heads.fields[*other] == heads.fields[index];
        if behind == 0 { 0 } else { (0..COLUMNS).filter(is_behind).count() as u32 }
    }

    /// Whether a sentence ends with a piece.
    pub fn is_ended(&self, at: usize) -> bool {
        self.facts[at].size.ended
    }

    /// What it costs when a column ends a field with the rows it has.
    pub fn leave(&self, field: u32, column: &Column, is_open: bool, most: u32) -> u32 {
        let rows = match self.rows.get(field as usize) {
            Some(0) | None => most,
            Some(rows) => *rows,
        };
        let missing = rows.abs_diff(column.row);
        LACK * (missing.min(4) + u32::from(is_open))
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
        if column == turns.first {
            return 0;
        }
        if self.pieces.blocks {
            return self.order_cost;
        }
        let open = state.open & !state.less;
        let is = |columns: u32, index: usize| columns & 1 << index != 0;
        let lines = |index: usize| if is(open, index) { state.columns[index].lines } else { 0 };
        match is(turns.waits, column) == is(turns.waits, turns.first) {
            true if open == 0 => 3,
            true => 1 + lines(column).saturating_sub(lines(turns.first)).min(2),
            false => 2,
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
