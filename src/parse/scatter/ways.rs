//! The ways to read the next fragment of a scattered table.

use super::cost::{Fit, Turns};
use super::fragments::Kind;
use super::place::{LACK, Placer};
use super::state::{Cut, Heads, Spot, State};
use crate::parse::search::{Out, Ways};

/// A line that is put aside.
const ASIDE: u32 = 9;

/// What a reading does with a fragment.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    Label(u32),
    Name,
    /// It goes on in the cell of a column.
    GoesOn(u32),
    /// It begins a row of a column.
    NewRow(u32),
    /// It goes on in one of the cuts.
    Rest(u32),
    Aside,
}

/// A line that is read, in a state.
pub struct Here<'p> {
    pub at: usize,
    pub heads: &'p Heads,
    pub fits: &'p [Fit],
    pub turns: Turns,
}

impl Ways for Placer<'_, '_, '_> {
    type State = State;
    type Move = Move;
    type Choice = Spot;
    /// As much as a line that leaves its cell in doubt.
    const FAR: u32 = super::BAD;
    /// All lines of such a table cost something.
    const NEAR: u32 = Self::FAR;

    fn enter(&self, line: usize, state: &mut State) -> u32 {
        Placer::enter(self, line, state)
    }

    fn expand(&self, line: usize, state: &State, out: &mut Out<Move>) {
        let at = self.order[line] as usize;
        if let Kind::Label(column) = self.pieces.all[at].kind {
            out.push(self.label(&mut state.clone(), line, column), Move::Label(column as u32));
            return;
        }
        if !self.pieces.blocks
            && let Some(cost) = self.name(at, state)
        {
            out.push(cost, Move::Name);
        }
        let count = self.pieces.columns.len();
        let (heads, fits) = (self.heads(line), &self.fits[line * count..][..count]);
        let here = Here { at, heads, fits, turns: self.turns(at, heads, state) };
        for (column, fit) in fits.iter().enumerate() {
            let place = self.place_cost(at, column, &here.turns, state);
            // a page may make it less
            if !self.pieces.blocks && out.is_far(place + fit.wide) {
                continue;
            }
            if let Some(cost) = self.goes_on(&here, column, state, place, out) {
                out.push(cost, Move::GoesOn(column as u32));
            }
            if let Some(cost) = self.new_row(&here, column, state, place, out) {
                out.push(cost, Move::NewRow(column as u32));
            }
        }
        for (n, cut) in (0..).zip(&state.cuts) {
            out.push(self.rest(at, state, (n, cut)), Move::Rest(n));
        }
        out.push(ASIDE, Move::Aside);
    }

    fn step(&self, line: usize, next: &mut State, way: Move) -> Spot {
        match way {
            Move::Label(column) => {
                self.label(next, line, column as usize);
                Spot::Label
            }
            Move::Name => {
                let (field, row) = self.reached(line, next);
                next.block = Some(self.pieces.columns.len() as u32);
                Spot::Name { field, row }
            }
            Move::GoesOn(column) => self.put(next, line, column, false),
            Move::NewRow(column) => {
                self.end_block(next);
                let left = next.columns[column as usize];
                let is_open = next.open & 1 << column != 0;
                let is_cut = |last: &u32| is_open && self.is_cut(self.order[line] as usize, *last);
                if let Some(last) = left.last().filter(is_cut) {
                    let field = self.heads(line).fields[column as usize];
                    next.cuts.push(Cut { column, field, row: left.row, last: Some(last) });
                }
                self.put(next, line, column, true)
            }
            Move::Rest(n) => {
                let Cut { column, field, row, .. } = next.cuts[n as usize];
                (next.block, next.filling) = (Some(column), Some(n));
                next.cuts[n as usize].last = Some(self.order[line]);
                Spot::Cell { field, row, column: column as u8 }
            }
            Move::Aside => Spot::Aside,
        }
    }

    fn key(&self, state: &State) -> u64 {
        state.key(self.pieces.columns.len())
    }

    /// What the end of the table costs.
    fn close(&self, state: &State) -> u32 {
        let mut state = state.clone();
        self.end_block(&mut state);
        let end = self.order.len();
        let (heads, (reached, _)) = (self.heads(end), self.reached(end, &state));
        let columns = self.columns(&state).iter().zip(heads.fields).enumerate();
        let lack = columns.map(|(index, (column, field))| {
            let most = self.most(&state, heads, field);
            self.leave(field, column, state.open & 1 << index != 0, most) + LACK * u32::from(field != reached)
        });
        lack.sum::<u32>() + LACK * state.cuts.len() as u32
    }

    fn same(a: &Spot, b: &Spot) -> bool {
        a == b
    }
}

impl Placer<'_, '_, '_> {
    fn put(&self, next: &mut State, line: usize, index: u32, begins: bool) -> Spot {
        next.block = Some(index);
        next.open &= !(1 << index);
        next.open |= u32::from(!self.is_ended(self.order[line] as usize)) << index;
        let column = &mut next.columns[index as usize];
        (column.last, column.lines) = (self.order[line], column.lines + 1);
        if begins {
            (column.row, column.lines) = (column.row + 1, 1);
            self.compare(next, line);
        }
        let row = next.columns[index as usize].row;
        Spot::Cell { field: self.heads(line).fields[index as usize], row, column: index as u8 }
    }
}
