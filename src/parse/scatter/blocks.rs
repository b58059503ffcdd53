//! A scattered table whose cells, or whole columns, were written block by block, with empty lines between them.

use super::line::Line;
use super::place::{ASIDE, LACK, Left, Move, Placer};
use super::state::{Heads, Spot, State};
use crate::parse::search::{Out, Ways};
use smallvec::SmallVec;
use std::hash::Hasher;

/// A line of another column than the block it stands in.
const ELSEWHERE: u32 = 15;
/// A column whose turn it is not.
const ORDER: u32 = 3;

/// Such a table.
pub struct Blocks<'p, 'a, 'l, 's>(pub &'p Placer<'a, 'l, 's>);

/// A cell that a page cut, whose rest did not come yet, or one that comes late as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    column: u8,
    field: u32,
    row: u16,
    last: Option<u32>,
}

/// Where a reading of such a table stands.
#[derive(Debug, Default)]
pub struct Place {
    state: State,
    cuts: SmallVec<[Cut; 1]>,
    /// Which of them the block before belongs to.
    filling: Option<u32>,
}

impl Clone for Place {
    fn clone(&self) -> Self {
        // there are hardly any cuts
        let cuts = if self.cuts.is_empty() { SmallVec::new() } else { SmallVec::from_slice(&self.cuts) };
        Place { cuts, ..*self }
    }
}

/// A line that is read, in a state.
struct Here<'p> {
    line: &'p Line,
    heads: &'p Heads,
    place: &'p Place,
    /// The block that goes on.
    told: Option<usize>,
    /// Whose turn it is, where the block does not tell.
    first: usize,
}

impl Ways for Blocks<'_, '_, '_, '_> {
    type State = Place;
    type Move = Move;
    type Choice = Spot;
    /// As much as a line that leaves its cell in doubt.
    const FAR: u32 = super::BAD;
    /// All lines of such a table cost something.
    const NEAR: u32 = Self::FAR;

    fn enter(&self, line: usize, place: &mut Place) -> u32 {
        let here = &self.0.lines[line];
        let mut cost = 0;
        if here.turns {
            self.end_block(place);
            // no cell waits for its rest
            cost = self.0.turn(line, &mut place.state) + LACK * place.cuts.len() as u32;
        }
        if place.filling.is_some() && here.label.is_none() && here.gap {
            self.end_block(place);
        }
        cost
    }

    fn expand(&self, line: usize, place: &Place, out: &mut Out<Move>) {
        let here = &self.0.lines[line];
        if let Some(column) = here.label {
            out.push(self.label(&mut place.clone(), line, column), Move::Label(column));
            return;
        }
        let (heads, fits) = (self.0.heads(line), self.0.fits(line));
        let told = place.state.block.filter(|_| here.told).map(usize::from);
        let rank = |index: &usize| self.rank(*index, heads, &place.state);
        let first = (0..self.0.count).min_by_key(rank).unwrap_or(0);
        let here = Here { line: here, heads, place, told, first };
        for (index, fit) in fits.iter().enumerate() {
            let cost = here.cost(index);
            if let Some(cost) = self.goes_on(&here, index, cost, fit.wide, out) {
                out.push(cost, Move::GoesOn(index as u8));
            }
            if let Some(cost) = self.new_row(&here, index, cost + fit.wide + fit.begins, out) {
                out.push(cost, Move::NewRow(index as u8));
            }
        }
        for (n, cut) in (0..).zip(&place.cuts) {
            out.push(self.rest(here.line, place, (n, cut)), Move::Rest(n));
        }
        out.push(ASIDE, Move::Aside);
    }

    fn step(&self, line: usize, next: &mut Place, way: Move) -> Spot {
        match way {
            Move::Label(column) => {
                self.label(next, line, column);
                self.0.compare(&mut next.state, line + 1);
                Spot::Label
            }
            Move::GoesOn(column) => self.0.put(&mut next.state, line, column, false),
            Move::NewRow(column) => {
                self.end_block(next);
                let left = next.state.columns[usize::from(column)];
                let is_open = next.state.open & 1 << column != 0;
                let is_cut = |last: &u32| is_open && self.is_cut(self.0.lines[line].at, *last);
                if let Some(last) = left.last().filter(is_cut) {
                    let field = self.0.heads(line).fields[usize::from(column)];
                    next.cuts.push(Cut { column, field, row: left.row, last: Some(last) });
                }
                self.0.put(&mut next.state, line, column, true)
            }
            Move::Rest(n) => {
                let Cut { column, field, row, .. } = next.cuts[n as usize];
                (next.state.block, next.filling) = (Some(column), Some(n));
                next.cuts[n as usize].last = Some(self.0.lines[line].at);
                Spot::Cell { field, row: row.into(), column }
            }
            Move::Name | Move::Aside => Spot::Aside,
        }
    }

    fn key(&self, place: &Place) -> u64 {
        let pair = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        let or_none = |value: Option<u32>| value.unwrap_or(u32::MAX);
        let mut hasher = place.state.mix(self.0.count);
        for cut in &place.cuts {
            hasher.write_u64(pair(cut.column.into(), cut.field));
            hasher.write_u64(pair(cut.row.into(), or_none(cut.last)));
        }
        hasher.write_u64(or_none(place.filling).into());
        hasher.finish()
    }

    fn close(&self, place: &Place) -> u32 {
        let mut place = place.clone();
        self.end_block(&mut place);
        self.0.close(&place.state) + LACK * place.cuts.len() as u32
    }

    fn same(a: &Spot, b: &Spot) -> bool {
        a == b
    }
}

impl Here<'_> {
    /// What the blocks and the order of the columns say about the column of a line.
    fn cost(&self, column: usize) -> u32 {
        let Some(block) = self.told else { return if column == self.first { 0 } else { ORDER } };
        match self.line.inner {
            // pieces of one line stand in neighbouring columns
            true if column > block => 2 * (column - block - 1) as u32,
            true => 20,
            false if column == block => 0,
            false if self.line.after_end => ELSEWHERE / 2,
            false => ELSEWHERE,
        }
    }
}

impl Blocks<'_, '_, '_, '_> {
    /// Whether a column waits for others, and how much it got so far.
    fn rank(&self, index: usize, heads: &Heads, state: &State) -> (bool, u32, u32) {
        let (row, field) = (u32::from(state.columns[index].row), heads.fields[index]);
        let known = self.0.rows.get(field as usize).copied().unwrap_or(0);
        let is_open = state.open & 1 << index != 0;
        let is_full = known > 0 && row >= known && !is_open;
        (heads.seen & 1 << index == 0 || is_full, field, row + u32::from(!is_open))
    }

    /// What it costs that the line goes on in the cell of a column; `None` where that is far from the best.
    fn goes_on(&self, here: &Here, index: usize, cost: u32, wide: u32, out: &Out<Move>) -> Option<u32> {
        let last = here.place.state.columns[index].last()?;
        // what a page cut may come in any order
        let cost = if self.is_cut(here.line.at, last) { cost.min(1) } else { cost };
        let filling = if here.place.filling.is_some() { ELSEWHERE } else { 0 };
        let cost = filling + cost + wide;
        let field = here.heads.fields[index];
        (!out.is_far(cost)).then(|| cost + self.0.join(last, here.line.at, field, index).cost)
    }

    /// What it costs that the line begins a row of a column; `None` where that is far from the best.
    fn new_row(&self, here: &Here, index: usize, mut cost: u32, out: &Out<Move>) -> Option<u32> {
        let (state, field) = (&here.place.state, here.heads.fields[index]);
        let (column, is_open) = (&state.columns[index], state.open & 1 << index != 0);
        let last = column.last();
        cost += match last.filter(|_| is_open) {
            Some(last) if self.is_cut(here.line.at, last) => 3,
            Some(_) => LACK,
            None => 0,
        };
        if here.heads.seen & 1 << index == 0 || out.is_far(cost) {
            return None;
        }
        let is_cut = |n: u32| here.place.cuts[n as usize].last.is_some_and(|last| !self.0.is_ended(last));
        cost += if here.place.filling.is_some_and(is_cut) { LACK } else { 0 };
        let rows = self.0.rows[field as usize];
        cost += if rows > 0 && u32::from(column.row) >= rows { LACK } else { 0 };
        if out.is_far(cost) {
            return None;
        }
        if let Some(last) = last.filter(|_| !is_open) {
            cost += if self.0.join(last, here.line.at, field, index).breaks { 2 } else { 0 };
        }
        Some(cost)
    }

    /// The rest of a cell that the page cut, or a cell that comes late.
    fn rest(&self, line: &Line, place: &Place, (n, cut): (u32, &Cut)) -> u32 {
        let elsewhere = match place.filling {
            Some(filling) if line.near => ELSEWHERE * u32::from(filling != n),
            _ if line.near => ELSEWHERE,
            _ => 0,
        };
        let column = usize::from(cut.column);
        elsewhere
            + match cut.last {
                Some(last) => self.0.join(last, line.at, cut.field, column).cost,
                None => self.0.begins(line.at as usize, column),
            }
    }

    /// Whether a page that ended behind `last` may have cut its cell.
    fn is_cut(&self, at: u32, last: u32) -> bool {
        let all = &self.0.pieces.all;
        all[last as usize].page < all[at as usize].page
    }

    /// A cell whose rest came is whole.
    fn end_block(&self, place: &mut Place) {
        if let Some(n) = place.filling.take()
            && place.cuts[n as usize].last.is_some_and(|last| self.0.is_ended(last))
        {
            place.cuts.remove(n as usize);
        }
    }

    /// A label: the column goes on under the next header row, and what it lacks may come late.
    fn label(&self, place: &mut Place, line: usize, index: u8) -> u32 {
        self.end_block(place);
        let Left { mut cost, column, field } = self.0.leaves(&mut place.state, line, index.into());
        place.state.block = Some(index);
        let Some(column) = column else { return cost };
        let cut = |row: u16, last: Option<u32>| Cut { column: index, field, row, last };
        let at = self.0.lines[line].at;
        let is_cut = |last: &u32| !self.0.is_ended(*last) && self.is_cut(at, *last);
        if let Some(last) = column.last().filter(is_cut) {
            place.cuts.push(cut(column.row, Some(last)));
            cost = cost.saturating_sub(LACK) + 3;
        }
        // the rest of the rows may come late
        let known = self.0.rows.get(field as usize).copied().unwrap_or(0);
        if (1..=2).contains(&known.saturating_sub(column.row.into())) {
            for row in u32::from(column.row) + 1..=known {
                place.cuts.push(cut(row as u16, None));
                cost = cost.saturating_sub(LACK) + 6;
            }
        }
        cost
    }
}
