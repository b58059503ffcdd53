//! A scattered table that was written line by line over all columns, as the eye goes.

use super::line::Line;
use super::place::{ASIDE, LACK, Move, Placer};
use super::state::{Heads, Spot, State};
use crate::parse::cells::bits;
use crate::parse::search::{Out, Ways};
use std::hash::Hasher;

/// A line of another column than the one before it, where no gap stands between.
const ELSEWHERE: u32 = 15;

/// Such a table. One row comes after the other: a cell that is open goes on, and no column begins a row before all others
/// of its field have ended theirs.
pub struct Eye<'p, 'a, 'l, 's>(pub &'p Placer<'a, 'l, 's>);

/// Whose turn it is to get a line.
struct Turns {
    /// The columns whose rows are not full, as bits.
    open: u8,
    /// Those that wait for others.
    waits: u8,
    /// The one that got least so far, from left to right.
    first: usize,
    /// The column of the piece before, where that tells.
    told: Option<usize>,
}

impl Ways for Eye<'_, '_, '_, '_> {
    type State = State;
    type Move = Move;
    type Choice = Spot;
    /// As much as a line that leaves its cell in doubt.
    const FAR: u32 = super::BAD;
    /// All lines of such a table cost something.
    const NEAR: u32 = Self::FAR;

    fn enter(&self, line: usize, state: &mut State) -> u32 {
        if self.0.lines[line].turns { self.0.turn(line, state) } else { 0 }
    }

    fn expand(&self, line: usize, state: &State, out: &mut Out<Move>) {
        let here = &self.0.lines[line];
        if let Some(column) = here.label {
            out.push(self.0.leaves(&mut state.clone(), line, column.into()).cost, Move::Label(column));
            return;
        }
        // what costs so much more is gone by no reading, so neither is a cell begun that is open, nor one begun early
        const { assert!(ASIDE + Self::FAR <= LACK) };
        out.at_most(ASIDE);
        if let Some(cost) = self.name(here, state) {
            out.push(cost, Move::Name);
        }
        let (heads, fits) = (self.0.heads(line), self.0.fits(line));
        let turns = self.turns(here, heads, state);
        let slots = fits.iter().zip(&state.columns).zip(heads.fields.iter().zip(&heads.peers)).enumerate();
        for (index, ((fit, column), (field, peers))) in slots {
            let is_in = |columns: u8| columns & 1 << index != 0;
            let goes_on = column.lines > 0 && !is_in(state.less);
            let may_begin = is_in(heads.seen & !state.open);
            let begins = may_begin && (is_in(state.less) || (state.open | state.less) & peers == 0);
            let cost = turns.cost(here, index, self.0.count, state) + fit.wide;
            if !(goes_on || begins) || out.is_far(cost) {
                continue;
            }
            let join = (column.lines > 0).then(|| self.0.join(column.last, here.at, *field, index));
            if let Some(join) = join.filter(|_| goes_on) {
                out.push(cost + join.cost, Move::GoesOn(index as u8));
            }
            if begins {
                let breaks = if join.is_some_and(|join| join.breaks) { 2 } else { 0 };
                out.push(cost + fit.begins + breaks, Move::NewRow(index as u8));
            }
        }
        out.push(ASIDE, Move::Aside);
    }

    fn step(&self, line: usize, next: &mut State, way: Move) -> Spot {
        match way {
            Move::Label(column) => {
                self.0.leaves(next, line, column.into());
                next.block = None;
                self.0.compare(next, line + 1);
                Spot::Label
            }
            Move::Name => {
                let (field, row) = self.0.reached(line, next);
                next.block = Some(self.0.count as u8);
                Spot::Name { field, row: row.into() }
            }
            Move::GoesOn(column) => self.0.put(next, line, column, false),
            Move::NewRow(column) => self.0.put(next, line, column, true),
            Move::Rest(_) | Move::Aside => Spot::Aside,
        }
    }

    fn key(&self, state: &State) -> u64 {
        state.mix(self.0.count).finish()
    }

    fn close(&self, state: &State) -> u32 {
        self.0.close(state)
    }

    fn same(a: &Spot, b: &Spot) -> bool {
        a == b
    }
}

impl Eye<'_, '_, '_, '_> {
    /// What a piece of a name costs.
    fn name(&self, line: &Line, state: &State) -> Option<u32> {
        let cost = line.name.filter(|_| !line.inner || state.block.is_none())?;
        let is_other = line.near && state.block.is_some_and(|block| usize::from(block) != self.0.count);
        let other = if line.after_end { 2 } else { 6 };
        Some(if is_other { cost + other } else { cost })
    }

    fn turns(&self, line: &Line, heads: &Heads, state: &State) -> Turns {
        let all = (1 << self.0.count) - 1;
        let waits = all & !(heads.seen & (state.less | state.open));
        let lines = |index: &usize| if state.less & 1 << index != 0 { 0 } else { state.columns[*index].lines };
        Turns {
            open: state.open & !state.less,
            waits,
            first: bits(u32::from(all & !waits)).min_by_key(lines).unwrap_or(0),
            told: state.block.filter(|_| line.told).map(usize::from),
        }
    }
}

impl Turns {
    /// What the place of a line says about its column: the line before it, the order of the columns.
    fn cost(&self, line: &Line, column: usize, count: usize, state: &State) -> u32 {
        if let Some(block) = self.told {
            // pieces of one line stand in neighbouring columns
            let next = if block == count { 0 } else { block + 1 };
            return match line.inner {
                true if column >= next => 2 * (column - next) as u32,
                true => 20,
                false if column == block => 0,
                false if line.after_end => ELSEWHERE / 2,
                false => ELSEWHERE,
            };
        }
        if column == self.first {
            return 0;
        }
        let is_in = |columns: u8, index: usize| columns & 1 << index != 0;
        let lines = |index: usize| if is_in(self.open, index) { state.columns[index].lines } else { 0 };
        match is_in(self.waits, column) == is_in(self.waits, self.first) {
            true if self.open == 0 => 3,
            true => 1 + u32::from(lines(column).saturating_sub(lines(self.first)).min(2)),
            false => 2,
        }
    }
}
