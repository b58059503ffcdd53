//! What a reading of a scattered table costs.

use super::place::{COLUMNS, Column, LACK, Placer, State};
use super::words::Words;
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
            partner: chars.next().filter(|_| matches!(chars.next(), Some('と' | 'や'))),
        }
    }
}

/// What is asked of a state once for each piece.
pub struct Turns {
    /// The most rows that the field of each column has in any column.
    pub most: [u32; COLUMNS],
    turn: Turn,
}

/// Whose turn it is.
enum Turn {
    /// The block or the line tells.
    Told { block: usize },
    /// The columns, one after the other.
    Columns { first: usize, begins: bool, ranks: [Rank; COLUMNS] },
}

type Rank = (u32, usize, u32, u32);

impl Turns {
    /// For a piece.
    pub fn of(placer: &Placer, at: usize, state: &State) -> Self {
        let pieces = placer.pieces;
        let fragment = &pieces.all[at];
        let columns = placer.columns(state);
        let mut most = [0; COLUMNS];
        for (most, column) in most.iter_mut().zip(columns) {
            *most = placer.most(state, column.field);
        }
        let goes_on = || pieces.gaps_tell && !fragment.gap && at > 0 && !pieces.all[at - 1].inner;
        if let Some(block) = state.block.filter(|_| fragment.inner || goes_on()) {
            return Turns { most, turn: Turn::Told { block } };
        }
        let mut ranks = [Rank::default(); COLUMNS];
        for ((rank, most), column) in ranks.iter_mut().zip(most).zip(columns) {
            *rank = placer.rank(column, most);
        }
        let first = (0..columns.len()).min_by_key(|index| (ranks[*index], *index)).unwrap_or(0);
        let begins = columns.iter().zip(most).all(|(c, most)| c.row < most || !placer.is_open(c));
        Turns { most, turn: Turn::Columns { first, begins, ranks } }
    }
}

impl Placer<'_, '_, '_> {
    /// Whether a sentence ends with a piece.
    pub fn is_ended(&self, at: usize) -> bool {
        self.facts[at].size.ended
    }

    pub fn is_open(&self, column: &Column) -> bool {
        column.last.is_some_and(|last| !self.is_ended(last))
    }

    /// What it costs when a column ends a field with the rows it has.
    pub fn leave(&self, column: &Column, most: u32) -> u32 {
        let rows = match self.rows.get(column.field) {
            Some(0) | None => most,
            Some(rows) => *rows,
        };
        let missing = rows.abs_diff(column.row);
        LACK * (missing.min(4) + u32::from(self.is_open(column)))
    }

    /// The most rows that a field has in any column.
    pub fn most(&self, state: &State, field: usize) -> u32 {
        let done = if state.done.0 == field { state.done.1 } else { 0 };
        self.columns(state).iter().filter(|c| c.field == field).map(|c| c.row).max().unwrap_or(0).max(done)
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
            Turn::Columns { first, begins, ref ranks } => match ranks[column].0 == ranks[first].0 {
                true if begins => 3,
                true => 1 + ranks[column].3.saturating_sub(ranks[first].3).min(2),
                false => 2,
            },
        }
    }

    /// Whose turn it is: the column that got least so far, from left to right.
    fn rank(&self, c: &Column, most: u32) -> Rank {
        if self.pieces.blocks {
            let known = self.rows.get(c.field).copied().unwrap_or(0);
            let full = known > 0 && c.row >= known && !self.is_open(c);
            let waits = u32::from(c.headers == 0 || full);
            (waits, c.field, c.row + u32::from(!self.is_open(c)), 0)
        } else {
            let ended = c.row == most && !self.is_open(c);
            (u32::from(c.headers == 0 || ended), 0, 0, if c.row == most && !ended { c.lines } else { 0 })
        }
    }

    /// What it costs to read one line behind another in a column.
    pub fn join(&self, last: usize, next: usize, field: usize, column: usize) -> u32 {
        let (before, after) = (&self.facts[last].size, &self.facts[next].size);
        let known = self.widths[field][column];
        let full = if known > 0 { known } else { before.sure.max(after.sure) };
        match (before.ended, before.must_break(after, full)) {
            (true, true) => 1,
            (true, false) => SHORT,
            (false, true) => self.letters(last, next),
            (false, false) => {
                let near = self.facts[next].opens || before.must_break(after, full.saturating_sub(2));
                LOOSE.saturating_sub(if near { 3 } else { 0 }) + self.letters(last, next)
            }
        }
    }

    /// What the letters around the break between two pieces say.
    fn letters(&self, last: usize, next: usize) -> u32 {
        let (known, cost) = self.known[last].get();
        if known == next {
            return cost;
        }
        let text = |at: usize| self.pieces.all[at].part.text;
        let cost = self.words.cost(text(last), text(next));
        self.known[last].set((next, cost));
        cost
    }

    pub fn too_wide(&self, at: usize, field: usize, column: usize) -> u32 {
        let (known, size) = (self.widths[field][column], &self.facts[at].size);
        let full = if known > 0 { known } else { self.usual };
        if !self.pieces.blocks && !size.ended && size.width * 2 < full {
            return if size.width <= self.name_width { SHORT / 2 } else { 1 };
        }
        if known > 0 && size.sure > known + 2 { SHORT } else { 0 }
    }

    /// `甲と話し合い、…` is no role of 甲, and hardly a content.
    pub fn partner(&self, column: usize, first: Option<char>) -> u32 {
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
