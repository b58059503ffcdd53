//! Which cell each line of a scattered table belongs to.
//!
//! Within a column the lines keep their order. What is known: a cell ends with a sentence; a line that is not its last
//! is as full as its column; the letters around a break read on; every row fills every column. Each reading costs what
//! it violates, and the cheapest one is taken.

use super::cost::{ELSEWHERE, Fact, Turns};
use super::fragments::{Fragment, Kind, Pieces};
use super::plan::Plan;
use super::words::Words;
use crate::parse::search::{Step, search};
use smallvec::SmallVec;
use std::cell::Cell;
use std::hash::{Hash, Hasher};

/// A cell that is not there, or ends within a sentence.
pub const LACK: u32 = 30;
/// No table that is read here has more columns.
pub const COLUMNS: usize = 7;

/// Where a fragment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// It heads a column.
    Label,
    /// It is part of a name, in the rows of a field from this one on.
    Name { field: usize, row: usize },
    /// It is part of a cell; rows count from 1.
    Cell { field: usize, row: usize, column: usize },
    /// It is put aside.
    Aside,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Column {
    /// How many of its labels were seen.
    pub headers: u32,
    /// The last row that was begun.
    pub row: u32,
    /// How many lines the cell has.
    pub lines: u32,
    pub field: usize,
    /// The last line of that row.
    pub last: Option<usize>,
}

impl Hash for Column {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(u64::from(self.headers) << 32 | u64::from(self.row));
        hasher.write_u64((self.field as u64) << 32 | u64::from(self.lines));
        hasher.write_usize(self.last.unwrap_or(usize::MAX));
    }
}

/// A cell that a page cut, whose rest did not come yet, or one that comes late as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    pub column: usize,
    pub field: usize,
    pub row: u32,
    pub last: Option<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct State {
    /// Those of the table come first.
    pub columns: [Column; COLUMNS],
    pub cuts: SmallVec<[Cut; 1]>,
    /// Which of them the block before belongs to.
    pub filling: Option<usize>,
    /// The column of the line before; the number of columns stands for the names.
    pub block: Option<usize>,
    pub page: usize,
    /// The most rows of a field that a column has left.
    pub done: (usize, u32),
}

/// What is searched.
pub struct Placer<'p, 'l, 's> {
    pub pieces: &'p Pieces<'l, 's>,
    pub plan: &'p Plan,
    pub words: &'p Words,
    /// What the cost of each piece depends on.
    pub facts: Vec<Fact>,
    /// For each piece, the one that was last read behind it, and what the letters say of that.
    pub known: Vec<Cell<(usize, u32)>>,
    /// Indices of what is placed.
    pub order: Vec<usize>,
    /// How wide each column of each field is; 0 where that is not known.
    pub widths: Vec<Vec<usize>>,
    /// How wide most lines are.
    pub usual: usize,
    /// How wide the column of names is at least: its label fits.
    pub name_width: usize,
    /// How many rows each field has, where the names tell.
    pub rows: Vec<u32>,
    /// What it costs to go to another column than the next one.
    pub order_cost: u32,
}

impl<'p, 'l, 's> Placer<'p, 'l, 's> {
    /// Prepares the search.
    pub fn new(pieces: &'p Pieces<'l, 's>, plan: &'p Plan, words: &'p Words) -> Self {
        let is_placed = |f: &Fragment| matches!(f.kind, Kind::Words | Kind::Label(_));
        let order: Vec<usize> = (0..pieces.all.len()).filter(|at| is_placed(&pieces.all[*at])).collect();
        let facts: Vec<Fact> = pieces.all.iter().map(|f| Fact::of(&f.part, words)).collect();
        let mut all: Vec<usize> = order.iter().map(|at| facts[*at].size.width).collect();
        all.sort_unstable();
        let usual = all.get(all.len() * 2 / 3).copied().unwrap_or(0);
        let labels = pieces.all.iter().zip(&facts).filter(|(f, _)| matches!(f.kind, Kind::Names(_)));
        let name_width = labels.map(|(_, fact)| fact.size.width).max().unwrap_or(0).max(4);
        let mut rows = vec![0; plan.fields];
        for (field, _) in &plan.names {
            rows[*field] += 1;
        }
        let widths = vec![vec![0; pieces.columns.len()]; plan.fields];
        let known = vec![Cell::new((usize::MAX, 0)); pieces.all.len()];
        Self { pieces, plan, words, facts, known, order, widths, usual, name_width, rows, order_cost: 3 }
    }

    /// A spot for each fragment that is placed: first to learn the widths of the columns, then by them.
    pub fn place(mut self) -> Option<Vec<(usize, Step<Spot>)>> {
        let first = self.search()?;
        self.learn(&first);
        let steps = self.search()?;
        Some(self.order.iter().copied().zip(steps).collect())
    }

    fn search(&self) -> Option<Vec<Step<Spot>>> {
        search(self, self.order.len(), State::default())
    }

    /// The width of a column is what its widest lines have in common.
    fn learn(&mut self, steps: &[Step<Spot>]) {
        let mut all: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new(); self.pieces.columns.len()]; self.plan.fields];
        for (at, step) in self.order.iter().zip(steps) {
            if let Spot::Cell { field, column, .. } = step.choice {
                all[field][column].push(self.facts[*at].size.sure);
            }
        }
        for (field, columns) in all.into_iter().enumerate() {
            for (column, mut found) in columns.into_iter().enumerate() {
                found.sort_unstable_by(|a, b| b.cmp(a));
                let pair = found.windows(2).find(|w| w[0] - w[1] <= 2).map(|w| w[0]);
                self.widths[field][column] = pair.or(found.first().copied()).unwrap_or(0);
            }
        }
        if self.pieces.blocks {
            // all fields of a table drawn once share their columns
            for column in 0..self.pieces.columns.len() {
                let mut found: Vec<usize> = self.widths.iter().map(|w| w[column]).collect();
                found.sort_unstable();
                let most = found.last().copied().unwrap_or(0);
                self.widths.iter_mut().for_each(|w| w[column] = most);
            }
        }
    }

    /// The columns of a state.
    pub fn columns<'a>(&self, state: &'a State) -> &'a [Column] {
        &state.columns[..self.pieces.columns.len()]
    }

    /// Whether something ends before a fragment.
    pub fn enters(&self, at: usize, state: &State) -> bool {
        self.pieces.all[at].page != state.page || state.filling.is_some()
    }

    /// Comes to the state before a fragment; gives what that costs.
    pub fn enter(&self, at: usize, state: &mut State) -> u32 {
        let fragment = &self.pieces.all[at];
        let cost = if fragment.page != state.page { self.turn(state, fragment.page) } else { 0 };
        let is_label = matches!(fragment.kind, Kind::Label(_));
        if state.filling.is_some() && !is_label && (fragment.gap || !self.pieces.blocks) {
            self.end_block(state);
        }
        cost
    }

    /// A page ends: all columns are in the same row, and no cell waits for its rest.
    fn turn(&self, state: &mut State, page: usize) -> u32 {
        self.end_block(state);
        (state.page, state.block) = (page, None);
        let most = self.columns(state).iter().map(|c| (c.field, c.row)).max().unwrap_or_default();
        let uneven = self.columns(state).iter().filter(|c| (c.field, c.row) != most).count() as u32;
        uneven * 10 + LACK * state.cuts.len() as u32
    }

    /// A cell whose rest came is whole.
    pub fn end_block(&self, state: &mut State) {
        if let Some(n) = state.filling.take()
            && state.cuts[n].last.is_some_and(|last| self.is_ended(last))
        {
            state.cuts.remove(n);
        }
    }

    /// A label: the column goes on under the next header row.
    pub fn label(&self, state: &mut State, at: usize, index: usize) -> u32 {
        self.end_block(state);
        let most = self.most(state, state.columns[index].field);
        let column = &mut state.columns[index];
        let header = self.plan.of_label.get(&at).and_then(|h| self.plan.headers.get(*h)).copied();
        column.headers += 1;
        state.block = Some(index).filter(|_| self.pieces.blocks);
        let Some(header) = header else { return LACK };
        if header.again && header.field == column.field {
            return 0;
        }
        let left = *column;
        *column = Column { headers: left.headers, field: header.field, ..Column::default() };
        if left.headers == 1 {
            return 0;
        }
        if left.field == state.done.0 {
            state.done.1 = state.done.1.max(left.row);
        } else {
            state.done = (left.field, left.row);
        }
        let mut cost = self.leave(&left, most);
        let cut = |row: u32, last: Option<usize>| Cut { column: index, field: left.field, row, last };
        if let Some(last) = left.last.filter(|_| self.pieces.blocks && self.is_open(&left))
            && self.pieces.all[last].page < self.pieces.all[at].page
        {
            state.cuts.push(cut(left.row, Some(last)));
            cost = cost.saturating_sub(LACK) + 3;
        }
        // the rest of the rows may come late
        let known = self.rows.get(left.field).copied().unwrap_or(0);
        if (1..=2).contains(&known.saturating_sub(left.row)) {
            for row in left.row + 1..=known {
                state.cuts.push(cut(row, None));
                cost = cost.saturating_sub(LACK) + 6;
            }
        }
        cost
    }

    /// What it costs that the line goes on in the cell of a column.
    pub fn goes_on(&self, at: usize, index: usize, state: &State, turns: &Turns, mut place: u32) -> Option<u32> {
        let column = &state.columns[index];
        let last = column.last?;
        let filling = if state.filling.is_some() { ELSEWHERE } else { 0 };
        // what a page cut may come in any order
        if self.pieces.blocks && self.pieces.all[last].page < self.pieces.all[at].page {
            place = place.min(1);
        }
        let mut cost =
            filling + place + self.join(last, at, column.field, index) + self.too_wide(at, column.field, index);
        if !self.pieces.blocks && column.row < turns.most[index] {
            cost += LACK;
        }
        Some(cost)
    }

    /// What it costs that the line begins a row of a column.
    pub fn new_row(&self, at: usize, index: usize, state: &State, turns: &Turns, place: u32) -> Option<u32> {
        let column = &state.columns[index];
        if column.headers == 0 {
            return None;
        }
        let is_cut = state.filling.is_some_and(|n| state.cuts[n].last.is_some_and(|last| !self.is_ended(last)));
        let left = if is_cut { LACK } else { 0 };
        let fact = &self.facts[at];
        let mut cost =
            left + place + self.too_wide(at, column.field, index) + fact.begins + self.partner(index, fact.partner);
        if let Some(last) = column.last {
            if self.is_open(column) {
                cost += if self.is_cut(at, last) { 3 } else { LACK };
            } else {
                let full = self.widths[column.field][index];
                cost += if self.facts[last].size.must_break(&fact.size, full) { 2 } else { 0 };
            }
        }
        if self.pieces.blocks {
            let rows = self.rows[column.field];
            cost += if rows > 0 && column.row >= rows { LACK } else { 0 };
        } else {
            // the eye sees one row after the other
            let most = turns.most[index];
            let behind = |c: &Column| c.field == column.field && (c.row < most || self.is_open(c));
            if column.row == most {
                let others = self.columns(state).iter().enumerate().filter(|(other, _)| *other != index);
                cost += LACK * others.filter(|(_, c)| behind(c)).count() as u32;
            }
        }
        Some(cost)
    }

    /// Whether a page that ended behind `last` may have cut its cell.
    pub fn is_cut(&self, at: usize, last: usize) -> bool {
        self.pieces.blocks && self.pieces.all[last].page < self.pieces.all[at].page
    }

    /// The rest of a cell that the page cut, or a cell that comes late.
    pub fn rest(&self, at: usize, state: &State, (n, cut): (usize, &Cut)) -> u32 {
        let in_block = self.pieces.gaps_tell && !self.pieces.all[at].gap;
        let place = match state.filling {
            Some(filling) if in_block => ELSEWHERE * u32::from(filling != n),
            _ if in_block => ELSEWHERE,
            _ => 0,
        };
        let fact = &self.facts[at];
        place
            + match cut.last {
                Some(last) => self.join(last, at, cut.field, cut.column),
                None => fact.begins + self.partner(cut.column, fact.partner),
            }
    }

    /// What a piece of a name costs.
    pub fn name(&self, at: usize, state: &State) -> Option<u32> {
        let (fragment, fact) = (&self.pieces.all[at], &self.facts[at]);
        if !fact.like_name || (fragment.inner && state.block.is_some()) {
            return None;
        }
        let mut cost = match fact.size.width {
            wide if wide <= self.name_width => 0,
            wide if wide * 2 <= self.usual => 3,
            _ => 12,
        };
        let names = self.pieces.columns.len();
        if self.pieces.gaps_tell && !fragment.gap && state.block.is_some_and(|b| b != names) {
            cost += if at > 0 && self.is_ended(at - 1) { 2 } else { 6 };
        }
        Some(cost)
    }
}
