//! A scattered table that was written line by line over all columns, as the eye goes.

use super::line::Line;
use super::place::{ASIDE, FAR, LACK, MISFIT, Move, Placer};
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
enum Turns {
    /// The column of the piece before tells, or the names.
    Told(usize),
    /// The columns wait for each other.
    Wait(Waiting),
}

/// How the columns wait for each other.
struct Waiting {
    /// The columns whose cell goes on, as bits.
    open: u8,
    /// Those that wait for no other.
    ready: u8,
    /// The one of them that got least so far, from left to right.
    first: usize,
    /// How many lines its cell has that goes on.
    least: u16,
}

impl Ways for Eye<'_, '_, '_, '_> {
    type State = State;
    type Move = Move;
    type Choice = Spot;
    const FAR: u32 = FAR;

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
        let goes_on = state.begun & !state.less;
        let begins = heads.seen & !state.open & (state.less | heads.free(state.open | state.less));
        for index in bits(u32::from(goes_on | begins)) {
            let is_in = |columns: u8| columns & 1 << index != 0;
            let (fit, column) = (&fits[index], &state.columns[index]);
            if out.is_far(fit.wide) {
                continue;
            }
            let cost = self.turn_cost(&turns, here, index, state) + fit.wide;
            if out.is_far(cost) {
                continue;
            }
            let mut breaks = 0;
            if is_in(state.begun) {
                let join = self.0.join(column.last, here.at, heads.fields[index], index);
                breaks = if join.breaks { 2 } else { 0 };
                if is_in(goes_on) {
                    out.push(cost + join.cost, Move::GoesOn(index as u8));
                }
            }
            if is_in(begins) {
                out.push(cost + fit.begins + breaks, Move::NewRow(index as u8));
            }
        }
        if out.least() >= MISFIT {
            out.push(ASIDE, Move::Aside);
        }
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

    fn key(&self, _: usize, state: &State) -> u64 {
        state.mix(self.0.count, true).finish()
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
        match state.block.filter(|_| line.told) {
            Some(block) => Turns::Told(block.into()),
            None => Turns::Wait(self.waiting(heads, state)),
        }
    }

    fn waiting(&self, heads: &Heads, state: &State) -> Waiting {
        let all = (1 << self.0.count) - 1;
        let ready = all & heads.seen & (state.less | state.open);
        // a column with less rows has no line of the row that the others are in
        let lines = |index: usize| if state.less & 1 << index != 0 { 0 } else { state.columns[index].lines };
        let first = bits(ready.into()).min_by_key(|index| lines(*index)).unwrap_or(0);
        let open = state.open & !state.less;
        let least = if open & 1 << first != 0 { state.columns[first].lines } else { 0 };
        Waiting { open, ready, first, least }
    }

    /// What the place of a line says about its column: the line before it, the order of the columns.
    fn turn_cost(&self, turns: &Turns, line: &Line, column: usize, state: &State) -> u32 {
        match turns {
            Turns::Told(block) => {
                // pieces of one line stand in neighbouring columns
                let next = if *block == self.0.count { 0 } else { block + 1 };
                match line.inner {
                    true if column >= next => 2 * (column - next) as u32,
                    true => 20,
                    false if column == *block => 0,
                    false if line.after_end => ELSEWHERE / 2,
                    false => ELSEWHERE,
                }
            }
            Turns::Wait(waiting) => waiting.cost(column, state),
        }
    }
}

impl Waiting {
    /// What the order of the columns says about the column of a line.
    fn cost(&self, column: usize, state: &State) -> u32 {
        if column == self.first {
            return 0;
        }
        let is_ready = self.ready & 1 << column != 0;
        if is_ready != (self.ready != 0) {
            return 2;
        }
        let lines = if self.open & 1 << column != 0 { state.columns[column].lines } else { 0 };
        match self.open {
            0 => 3,
            _ => 1 + u32::from(lines.saturating_sub(self.least).min(2)),
        }
    }
}
