//! A scattered table whose cells, or whole columns, were written block by block, with empty lines between them.

use super::line::Line;
use super::place::{ASIDE, FAR, LACK, Left, MISFIT, Move, Placer};
use super::state::{Heads, Spot, State};
use crate::parse::cells::bits;
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
    /// The columns of the lines before in a block that holds several, as bits.
    shared: u8,
}

impl Clone for Place {
    fn clone(&self) -> Self {
        // there are hardly any cuts
        let cuts = if self.cuts.is_empty() { SmallVec::new() } else { SmallVec::from_slice(&self.cuts) };
        Place { cuts, ..*self }
    }
}

/// Whose turn it is to get a line.
enum Turns {
    /// The column whose block goes on, or that of the piece before.
    Told(usize),
    /// The one that got least so far, from left to right.
    First(usize),
    /// The one of these whose cell goes on and has least lines, from left to right.
    Shared { columns: u8, first: usize },
}

impl Ways for Blocks<'_, '_, '_, '_> {
    type State = Place;
    type Move = Move;
    type Choice = Spot;
    const FAR: u32 = FAR;

    fn enter(&self, line: usize, place: &mut Place) -> u32 {
        let here = &self.0.lines[line];
        let mut cost = 0;
        if !here.beside || !here.near && !here.inner {
            place.shared = 0;
        }
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
        // what costs so much more is gone by no reading, so neither is a cell begun that is open, nor a row too many
        const { assert!(ASIDE + Self::FAR <= LACK) };
        let aside = ASIDE * (here.until - here.at + 1);
        out.at_most(aside);
        let (heads, fits, state) = (self.0.heads(line), self.0.fits(line), &place.state);
        let turns = Turns::of(self, here, heads, place);
        let filling = if place.filling.is_some() { ELSEWHERE } else { 0 };
        let waits =
            place.filling.is_some_and(|n| place.cuts[n as usize].last.is_some_and(|last| !self.0.is_ended(last)));
        let may_begin = if waits { 0 } else { heads.seen };
        for (index, (fit, column)) in fits.iter().zip(&state.columns).enumerate() {
            let (cost, field) = (turns.cost(here, index, state), heads.fields[index]);
            let last = column.last();
            // what a page cut may come in any order
            let is_cut = last.is_some_and(|last| self.is_cut(here.at, last));
            let near = if is_cut { cost.min(1) } else { cost };
            if out.is_far(near) {
                continue;
            }
            let join = |last: u32| self.0.join(last, here.at, field, index);
            let goes_on = filling + fit.wide + near;
            if let Some(last) = last.filter(|_| !out.is_far(goes_on)) {
                out.push(goes_on + join(last).cost, Move::GoesOn(index as u8));
            }
            let is_in = |columns: u8| columns & 1 << index != 0;
            let is_open = is_in(state.open);
            let begins = cost + fit.wide + fit.begins + if is_open { 3 } else { 0 };
            if is_in(may_begin)
                && (!is_open || is_cut)
                && !out.is_far(begins)
                && !self.is_full((field, index), column.row)
            {
                let breaks = last.is_some_and(|last| !is_open && join(last).breaks);
                out.push(begins + if breaks { 2 } else { 0 }, Move::NewRow(index as u8));
            }
        }
        for (n, cut) in (0..).zip(&place.cuts) {
            let wide = fits[usize::from(cut.column)].wide;
            out.push(wide + self.rest(here, place, (n, cut)), Move::Rest(n));
        }
        if out.least() >= MISFIT {
            out.push(aside, Move::Aside);
        }
    }

    fn step(&self, line: usize, next: &mut Place, way: Move) -> Spot {
        match way {
            Move::Label(column) => {
                self.label(next, line, column);
                // the columns of the lines below stand above them
                let is_shared = self.0.lines.get(line + 1).is_some_and(|below| below.in_turn);
                next.shared |= u8::from(is_shared) << column;
                self.0.compare(&mut next.state, line + 1);
                Spot::Label
            }
            Move::GoesOn(column) => {
                next.shared |= u8::from(self.0.lines[line].beside) << column;
                self.0.put(&mut next.state, line, column, false)
            }
            Move::NewRow(column) => {
                next.shared |= u8::from(self.0.lines[line].beside) << column;
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
                next.cuts[n as usize].last = Some(self.0.lines[line].until);
                Spot::Cell { field, row: row.into(), column }
            }
            Move::Name | Move::Aside => Spot::Aside,
        }
    }

    fn key(&self, _: usize, place: &Place) -> u64 {
        let pair = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        let or_none = |value: Option<u32>| value.unwrap_or(u32::MAX);
        let mut hasher = place.state.mix(self.0.count, place.shared != 0);
        for cut in &place.cuts {
            hasher.write_u64(pair(cut.column.into(), cut.field));
            hasher.write_u64(pair(cut.row.into(), or_none(cut.last)));
        }
        hasher.write_u64(pair(or_none(place.filling), place.shared.into()));
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

impl Turns {
    fn of(blocks: &Blocks, line: &Line, heads: &Heads, place: &Place) -> Self {
        let state = &place.state;
        if place.shared != 0 && !line.inner {
            let open = place.shared & state.open;
            let waits = if line.in_turn { place.shared & state.less & !open } else { 0 };
            let columns = if open | waits == 0 { place.shared } else { open | waits };
            if line.in_turn && open | waits == 0 {
                // a row begins, from left to right
                return Turns::First(columns.trailing_zeros() as usize);
            }
            // a column that waits has no line of the row that the others are in
            let lines = |column: &usize| if open & 1 << column == 0 { 0 } else { state.columns[*column].lines };
            return Turns::Shared { columns, first: bits(columns.into()).min_by_key(lines).unwrap_or(0) };
        }
        let first = || (0..blocks.0.count).min_by_key(|index| blocks.rank(*index, heads, state)).unwrap_or(0);
        let told = state.block.filter(|_| line.told);
        told.map_or_else(|| Turns::First(first()), |block| Turns::Told(block.into()))
    }

    /// What the blocks and the order of the columns say about the column of a line.
    fn cost(&self, line: &Line, column: usize, state: &State) -> u32 {
        match *self {
            Turns::Shared { first, .. } if column == first => 0,
            Turns::Shared { columns, first } if columns & 1 << column != 0 => {
                1 + u32::from(state.columns[column].lines.saturating_sub(state.columns[first].lines).min(2))
            }
            Turns::Shared { .. } => ORDER,
            Turns::First(first) => {
                if column == first {
                    0
                } else {
                    ORDER
                }
            }
            // pieces of one line stand in neighbouring columns
            Turns::Told(block) if line.inner && column > block => 2 * (column - block - 1) as u32,
            Turns::Told(_) if line.inner => 20,
            Turns::Told(block) if column == block => 0,
            Turns::Told(_) if line.after_end => ELSEWHERE / 2,
            Turns::Told(_) => ELSEWHERE,
        }
    }
}

impl Blocks<'_, '_, '_, '_> {
    /// Whether a column waits for others, and how much it got so far.
    fn rank(&self, index: usize, heads: &Heads, state: &State) -> (bool, u32, u32) {
        let (row, field) = (self.0.level(index, state), heads.fields[index]);
        let is_open = state.open & 1 << index != 0;
        let is_full = self.is_full((field, index), state.columns[index].row) && !is_open;
        (heads.seen & 1 << index == 0 || is_full, field, u32::from(row) + u32::from(!is_open))
    }

    /// Whether the names tell that a field has no more rows.
    fn is_full(&self, (field, index): (u32, usize), row: u16) -> bool {
        let rows = self.0.cells(index, self.0.rows[field as usize]);
        rows > 0 && u32::from(row) >= rows
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
        self.0.pages[last as usize] < self.0.pages[at as usize]
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
        let known = self.0.cells(index.into(), self.0.rows.get(field as usize).copied().unwrap_or(0));
        if (1..=2).contains(&known.saturating_sub(column.row.into())) {
            for row in u32::from(column.row) + 1..=known {
                place.cuts.push(cut(row as u16, None));
                cost = cost.saturating_sub(LACK) + 6;
            }
        }
        cost
    }
}
