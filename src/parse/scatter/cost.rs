//! What a reading of a scattered table costs.

use super::place::{Column, LACK, Placer, State};
use crate::parse::label::{self, Label};
use crate::parse::part::{is_ended, must_break, sure_width, width};

/// A line that ended a sentence before the edge, and yet goes on.
const SHORT: u32 = 12;
/// A line that was broken before the edge.
const LOOSE: u32 = 5;
/// A line of another column than the block it stands in.
pub const ELSEWHERE: u32 = 15;
/// `甲と…` as a role of 甲.
const PARTNER: u32 = 20;

impl<'l> Placer<'_, 'l, '_> {
    pub fn text(&self, at: usize) -> &'l str {
        self.pieces.all[at].part.text
    }

    pub fn is_open(&self, column: &Column) -> bool {
        column.last.is_some_and(|last| !is_ended(self.text(last)))
    }

    /// What the end of the table costs.
    pub fn close(&self, state: &State) -> u32 {
        let most = state.columns.iter().map(|c| (c.field, c.row)).max().unwrap_or_default();
        let mut state = state.clone();
        self.end_block(&mut state);
        let lacks = state
            .columns
            .iter()
            .map(|c| self.leave(c, self.most(&state, c.field)) + LACK * u32::from(c.field != most.0));
        lacks.sum::<u32>() + LACK * state.cuts.len() as u32
    }

    /// What it costs when a column ends a field with the rows it has.
    pub fn leave(&self, column: &Column, most: usize) -> u32 {
        let rows = match self.rows.get(column.field) {
            Some(0) | None => most,
            Some(rows) => *rows,
        };
        let missing = rows.abs_diff(column.row) as u32;
        LACK * (missing.min(4) + u32::from(self.is_open(column)))
    }

    /// The most rows that a field has in any column.
    pub fn most(&self, state: &State, field: usize) -> usize {
        let done = if state.done.0 == field { state.done.1 } else { 0 };
        state.columns.iter().filter(|c| c.field == field).map(|c| c.row).max().unwrap_or(0).max(done)
    }

    /// What the place of a line says about its column: the blocks, the line before it, the order of the columns.
    pub fn place_cost(&self, at: usize, column: usize, state: &State) -> u32 {
        let fragment = &self.pieces.all[at];
        if let Some(block) = state.block {
            if fragment.inner {
                // pieces of one line stand in neighbouring columns
                let next = if block == state.columns.len() { 0 } else { block + 1 };
                return if column >= next { 2 * (column - next) as u32 } else { 20 };
            }
            let before_is_whole = at > 0 && !self.pieces.all[at - 1].inner;
            if self.pieces.gaps_tell && !fragment.gap && before_is_whole {
                let before = is_ended(self.pieces.all[at - 1].part.text);
                return match column == block {
                    true => 0,
                    false if before => ELSEWHERE / 2,
                    false => ELSEWHERE,
                };
            }
        }
        self.turn_cost(column, state)
    }

    /// Whose turn it is: the column that got least so far, from left to right.
    pub fn turn_cost(&self, column: usize, state: &State) -> u32 {
        let turn = |index: usize| {
            let c = &state.columns[index];
            if self.pieces.blocks {
                let known = self.rows.get(c.field).copied().unwrap_or(0);
                let full = known > 0 && c.row >= known && !self.is_open(c);
                let waits = u32::from(c.headers == 0 || full);
                (waits as usize, c.field, c.row + usize::from(!self.is_open(c)), 0)
            } else {
                let most = self.most(state, c.field);
                let ended = c.row == most && !self.is_open(c);
                (usize::from(c.headers == 0 || ended), 0, 0, if c.row == most && !ended { c.lines } else { 0 })
            }
        };
        let first = (0..state.columns.len()).min_by_key(|index| (turn(*index), *index)).unwrap_or(0);
        if first == column {
            return 0;
        }
        if self.pieces.blocks {
            return self.order_cost;
        }
        let (mine, others) = (turn(column), turn(first));
        let begins = state.columns.iter().all(|c| c.row < self.most(state, c.field) || !self.is_open(c));
        if mine.0 == others.0 && begins {
            3
        } else if mine.0 == others.0 {
            1 + (mine.3.saturating_sub(others.3) as u32).min(2)
        } else {
            2
        }
    }

    /// What it costs to read one line behind another in a column.
    pub fn join(&self, last: usize, next: usize, field: usize, column: usize) -> u32 {
        let (before, after) = (self.text(last), self.text(next));
        let known = self.widths[field][column];
        let full = if known > 0 { known } else { sure_width(before).max(sure_width(after)) };
        match (is_ended(before), must_break(before, after, full)) {
            (true, true) => 1,
            (true, false) => SHORT,
            (false, true) => self.words.cost(before, after),
            (false, false) => {
                let near = after.starts_with(['（', '(', '「']) || must_break(before, after, full.saturating_sub(2));
                LOOSE.saturating_sub(if near { 3 } else { 0 }) + self.words.cost(before, after)
            }
        }
    }

    pub fn too_wide(&self, at: usize, field: usize, column: usize) -> u32 {
        let known = self.widths[field][column];
        let (text, full) = (self.text(at), if known > 0 { known } else { self.usual });
        if !self.pieces.blocks && !is_ended(text) && width(text) * 2 < full {
            return if width(text) <= self.name_width { SHORT / 2 } else { 1 };
        }
        if known > 0 && sure_width(self.text(at)) > known + 2 { SHORT } else { 0 }
    }

    /// `甲と話し合い、…` is no role of 甲, and hardly a content.
    pub fn partner(&self, column: usize, text: &str) -> u32 {
        let mut chars = text.chars();
        let (Some(first), Some('と' | 'や')) = (chars.next(), chars.next()) else { return 0 };
        let first = first.to_string();
        match self.pieces.columns.get(column) {
            Some(Label::Role(who)) if matches!(who.as_ref(), [one] if *one == first) => PARTNER,
            Some(Label::Content) if label::is_stem(&first) => PARTNER / 2,
            _ => 0,
        }
    }
}
