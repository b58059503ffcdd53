//! The ways to read the next fragment of a scattered table.

use super::cost::Turns;
use super::fragments::Kind;
use super::place::{Column, Cut, LACK, Placer, Spot, State};
use crate::parse::search::{Mix, Ways};
use std::hash::{Hash, Hasher};

/// A line that is put aside.
const ASIDE: u32 = 9;

/// What a reading does with a fragment.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    Label(usize),
    Name,
    /// It goes on in the cell of a column.
    GoesOn(usize),
    /// It begins a row of a column.
    NewRow(usize),
    /// It goes on in one of the cuts.
    Rest(usize),
    Aside,
}

impl Ways for Placer<'_, '_, '_> {
    type State = State;
    type Move = Move;
    type Choice = Spot;
    /// As much as a line that leaves its cell in doubt.
    const FAR: u32 = super::BAD;

    fn expand(&self, line: usize, state: &State, out: &mut Vec<(u32, Move)>) {
        let at = self.order[line];
        let (mut entered, mut cost, mut state) = (None, 0, state);
        if self.enters(at, state) {
            let entered = entered.insert(state.clone());
            cost = self.enter(at, entered);
            state = entered;
        }
        if let Kind::Label(column) = self.pieces.all[at].kind {
            out.push((cost + self.label(&mut state.clone(), at, column), Move::Label(column)));
            return;
        }
        if !self.pieces.blocks {
            out.extend(self.name(at, state).map(|more| (cost + more, Move::Name)));
        }
        let turns = Turns::of(self, at, state);
        for column in 0..self.pieces.columns.len() {
            let place = self.place_cost(at, column, &turns);
            if let Some(more) = self.goes_on(at, column, state, &turns, place) {
                out.push((cost + more, Move::GoesOn(column)));
            }
            if let Some(more) = self.new_row(at, column, state, &turns, place) {
                out.push((cost + more, Move::NewRow(column)));
            }
        }
        let cuts = state.cuts.iter().enumerate();
        out.extend(cuts.map(|cut| (cost + self.rest(at, state, cut), Move::Rest(cut.0))));
        out.push((cost + ASIDE, Move::Aside));
    }

    fn step(&self, line: usize, next: &mut State, way: Move) -> Spot {
        let at = self.order[line];
        self.enter(at, next);
        match way {
            Move::Label(column) => {
                self.label(next, at, column);
                Spot::Label
            }
            Move::Name => {
                let (field, row) = self.columns(next).iter().map(|c| (c.field, c.row)).max().unwrap_or_default();
                next.block = Some(self.pieces.columns.len());
                Spot::Name { field, row: row as usize }
            }
            Move::GoesOn(column) => put(next, at, column, false),
            Move::NewRow(index) => {
                self.end_block(next);
                let Column { field, row, last, .. } = next.columns[index];
                if last.is_some_and(|last| !self.is_ended(last) && self.is_cut(at, last)) {
                    next.cuts.push(Cut { column: index, field, row, last });
                }
                put(next, at, index, true)
            }
            Move::Rest(n) => {
                let Cut { column, field, row, .. } = next.cuts[n];
                (next.block, next.filling) = (Some(column), Some(n));
                next.cuts[n].last = Some(at);
                Spot::Cell { field, row: row as usize, column }
            }
            Move::Aside => Spot::Aside,
        }
    }

    fn key(&self, state: &State) -> u64 {
        let mut hasher = Mix::default();
        (self.columns(state), &state.cuts, state.filling, state.block, state.page, state.done).hash(&mut hasher);
        hasher.finish()
    }

    /// What the end of the table costs.
    fn close(&self, state: &State) -> u32 {
        let mut state = state.clone();
        self.end_block(&mut state);
        let columns = self.columns(&state);
        let most = columns.iter().map(|c| (c.field, c.row)).max().unwrap_or_default();
        let lack = |c: &Column| self.leave(c, self.most(&state, c.field)) + LACK * u32::from(c.field != most.0);
        columns.iter().map(lack).sum::<u32>() + LACK * state.cuts.len() as u32
    }

    fn same(a: &Spot, b: &Spot) -> bool {
        a == b
    }
}

fn put(next: &mut State, at: usize, index: usize, begins: bool) -> Spot {
    next.block = Some(index);
    let column = &mut next.columns[index];
    if begins {
        (column.row, column.lines) = (column.row + 1, 0);
    }
    (column.last, column.lines) = (Some(at), column.lines + 1);
    Spot::Cell { field: column.field, row: column.row as usize, column: index }
}
