//! Which cell each line of a scattered table belongs to.
//!
//! Within a column the lines keep their order. What is known: a cell ends with a sentence; a line that is not its last
//! is as full as its column; the letters around a break read on; every row fills every column. Each reading costs what
//! it violates, and the cheapest one is taken.

use super::cost::ELSEWHERE;
use super::fragments::{Fragment, Kind, Pieces};
use super::plan::Plan;
use super::words::Words;
use crate::parse::part::{is_ended, must_break, sure_width, width};
use crate::parse::search::{Step, search_lines};
use smallvec::SmallVec;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A cell that is not there, or ends within a sentence.
pub const LACK: u32 = 30;
/// A line that is put aside.
const ASIDE: u32 = 9;

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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Column {
    /// How many of its labels were seen.
    pub headers: usize,
    pub field: usize,
    /// The last row that was begun.
    pub row: usize,
    /// The last line of that row.
    pub last: Option<usize>,
    /// How many lines the cell has.
    pub lines: usize,
}

/// A cell that a page cut, whose rest did not come yet, or one that comes late as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    pub column: usize,
    pub field: usize,
    pub row: usize,
    pub last: Option<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct State {
    pub columns: SmallVec<[Column; 6]>,
    pub cuts: SmallVec<[Cut; 2]>,
    /// Which of them the block before belongs to.
    pub filling: Option<usize>,
    /// The column of the line before; the number of columns stands for the names.
    pub block: Option<usize>,
    pub page: usize,
    /// The most rows of a field that a column has left.
    pub done: (usize, usize),
}

/// What is searched.
pub struct Placer<'p, 'l, 's> {
    pub pieces: &'p Pieces<'l, 's>,
    pub plan: &'p Plan,
    pub words: &'p Words,
    /// Indices of what is placed.
    pub order: Vec<usize>,
    /// How wide each column of each field is; 0 where that is not known.
    pub widths: Vec<Vec<usize>>,
    /// How wide most lines are.
    pub usual: usize,
    /// How wide the column of names is at least: its label fits.
    pub name_width: usize,
    /// How many rows each field has, where the names tell.
    pub rows: Vec<usize>,
    /// What it costs to go to another column than the next one.
    pub order_cost: u32,
}

type Out = Vec<(u32, State, Spot)>;

impl<'p, 'l, 's> Placer<'p, 'l, 's> {
    /// Prepares the search.
    pub fn new(pieces: &'p Pieces<'l, 's>, plan: &'p Plan, words: &'p Words) -> Self {
        let is_placed = |f: &Fragment| matches!(f.kind, Kind::Words | Kind::Label(_));
        let order: Vec<usize> = (0..pieces.all.len()).filter(|at| is_placed(&pieces.all[*at])).collect();
        let mut all: Vec<usize> = order.iter().map(|at| width(pieces.all[*at].part.text)).collect();
        all.sort_unstable();
        let usual = all.get(all.len() * 2 / 3).copied().unwrap_or(0);
        let labels = pieces.all.iter().filter(|f| matches!(f.kind, Kind::Names(_)));
        let name_width = labels.map(|f| width(f.part.text)).max().unwrap_or(0).max(4);
        let mut rows = vec![0; plan.fields];
        for (field, _) in &plan.names {
            rows[*field] += 1;
        }
        let widths = vec![vec![0; pieces.columns.len()]; plan.fields];
        Self { pieces, plan, words, order, widths, usual, name_width, rows, order_cost: 3 }
    }

    /// A spot for each fragment that is placed: first to learn the widths of the columns, then by them.
    pub fn place(mut self) -> Option<Vec<(usize, Step<Spot>)>> {
        let first = self.search()?;
        self.learn(&first);
        let steps = self.search()?;
        Some(self.order.iter().copied().zip(steps).collect())
    }

    fn search(&self) -> Option<Vec<Step<Spot>>> {
        let start =
            State { columns: SmallVec::from_elem(Column::default(), self.pieces.columns.len()), ..State::default() };
        search_lines(
            self.order.len(),
            start,
            |at, state, out| self.expand(self.order[at], state, out),
            |state| state.key(),
            |state| self.close(state),
            |a, b| a == b,
        )
    }

    /// The width of a column is what its widest lines have in common.
    fn learn(&mut self, steps: &[Step<Spot>]) {
        let mut all: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new(); self.pieces.columns.len()]; self.plan.fields];
        for (at, step) in self.order.iter().zip(steps) {
            if let Spot::Cell { field, column, .. } = step.choice {
                all[field][column].push(sure_width(self.pieces.all[*at].part.text));
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

    fn expand(&self, at: usize, state: &State, out: &mut Out) {
        let fragment = &self.pieces.all[at];
        let mut state = state.clone();
        let mut cost = 0;
        if fragment.page != state.page {
            cost += self.turn(&mut state, fragment.page);
        }
        match fragment.kind {
            Kind::Label(column) => {
                cost += self.label(&mut state, at, column);
                out.push((cost, state, Spot::Label));
            }
            _ => {
                if fragment.gap || !self.pieces.blocks {
                    self.end_block(&mut state);
                }
                let from = out.len();
                if !self.pieces.blocks {
                    self.name(at, &state, out);
                }
                for column in 0..state.columns.len() {
                    self.goes_on(at, column, &state, out);
                    self.new_row(at, column, &state, out);
                }
                self.rest(at, &state, out);
                out.push((ASIDE, state, Spot::Aside));
                out[from..].iter_mut().for_each(|o| o.0 += cost);
            }
        }
    }

    /// A page ends: all columns are in the same row, and no cell waits for its rest.
    fn turn(&self, state: &mut State, page: usize) -> u32 {
        self.end_block(state);
        (state.page, state.block) = (page, None);
        let most = state.columns.iter().map(|c| (c.field, c.row)).max().unwrap_or_default();
        let uneven = state.columns.iter().filter(|c| (c.field, c.row) != most).count() as u32;
        uneven * 10 + LACK * state.cuts.len() as u32
    }

    /// A cell whose rest came is whole.
    pub fn end_block(&self, state: &mut State) {
        if let Some(n) = state.filling.take()
            && state.cuts[n].last.is_some_and(|last| is_ended(self.text(last)))
        {
            state.cuts.remove(n);
        }
    }

    /// A label: the column goes on under the next header row.
    fn label(&self, state: &mut State, at: usize, index: usize) -> u32 {
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
        let cut = |row: usize, last: Option<usize>| Cut { column: index, field: left.field, row, last };
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

    /// The line goes on in the cell of a column.
    fn goes_on(&self, at: usize, index: usize, state: &State, out: &mut Out) {
        let column = state.columns[index];
        let Some(last) = column.last else { return };
        let filling = if state.filling.is_some() { ELSEWHERE } else { 0 };
        // what a page cut may come in any order
        let mut place = self.place_cost(at, index, state);
        if self.pieces.blocks && self.pieces.all[last].page < self.pieces.all[at].page {
            place = place.min(1);
        }
        let mut cost =
            filling + place + self.join(last, at, column.field, index) + self.too_wide(at, column.field, index);
        if !self.pieces.blocks && column.row < self.most(state, column.field) {
            cost += LACK;
        }
        self.put(state, at, index, false, cost, out);
    }

    /// The line begins a row of a column.
    fn new_row(&self, at: usize, index: usize, state: &State, out: &mut Out) {
        let column = state.columns[index];
        if column.headers == 0 {
            return;
        }
        let mut state = state.clone();
        let is_cut = state.filling.is_some_and(|n| state.cuts[n].last.is_some_and(|last| !is_ended(self.text(last))));
        let left = if is_cut { LACK } else { 0 };
        self.end_block(&mut state);
        let text = self.text(at);
        let mut cost = left
            + self.place_cost(at, index, &state)
            + self.too_wide(at, column.field, index)
            + self.words.begins(text)
            + self.partner(index, text);
        if let Some(last) = column.last {
            if self.is_open(&column) {
                if self.pieces.blocks && self.pieces.all[last].page < self.pieces.all[at].page {
                    cost += 3;
                    state.cuts.push(Cut { column: index, field: column.field, row: column.row, last: Some(last) });
                } else {
                    cost += LACK;
                }
            } else {
                let full = self.widths[column.field][index];
                cost += if must_break(self.text(last), text, full) { 2 } else { 0 };
            }
        }
        if self.pieces.blocks {
            let rows = self.rows[column.field];
            cost += if rows > 0 && column.row >= rows { LACK } else { 0 };
        } else {
            // the eye sees one row after the other
            let most = self.most(&state, column.field);
            let behind = |c: &Column| c.field == column.field && (c.row < most || self.is_open(c));
            if column.row == most {
                let missing = (0..state.columns.len()).filter(|c| *c != index && behind(&state.columns[*c])).count();
                cost += LACK * missing as u32;
            }
        }
        self.put(&state, at, index, true, cost, out);
    }

    /// The rest of a cell that the page cut, or a cell that comes late.
    fn rest(&self, at: usize, state: &State, out: &mut Out) {
        let in_block = self.pieces.gaps_tell && !self.pieces.all[at].gap;
        for (n, cut) in state.cuts.iter().enumerate() {
            let place = match state.filling {
                Some(filling) if in_block => ELSEWHERE * u32::from(filling != n),
                _ if in_block => ELSEWHERE,
                _ => 0,
            };
            let text = self.text(at);
            let cost = match cut.last {
                Some(last) => self.join(last, at, cut.field, cut.column),
                None => self.words.begins(text) + self.partner(cut.column, text),
            };
            let mut next = state.clone();
            (next.block, next.filling) = (Some(cut.column), Some(n));
            next.cuts[n].last = Some(at);
            out.push((place + cost, next, Spot::Cell { field: cut.field, row: cut.row, column: cut.column }));
        }
    }

    /// A piece of a name.
    fn name(&self, at: usize, state: &State, out: &mut Out) {
        let fragment = &self.pieces.all[at];
        let names = state.columns.len();
        if !fragment.part.is_like_name() || (fragment.inner && state.block.is_some()) {
            return;
        }
        let wide = width(fragment.part.text);
        let mut cost = match wide {
            _ if wide <= self.name_width => 0,
            _ if wide * 2 <= self.usual => 3,
            _ => 12,
        };
        if self.pieces.gaps_tell && !fragment.gap && state.block.is_some_and(|b| b != names) {
            cost += if at > 0 && is_ended(self.text(at - 1)) { 2 } else { 6 };
        }
        let (field, row) = state.columns.iter().map(|c| (c.field, c.row)).max().unwrap_or_default();
        let mut next = state.clone();
        next.block = Some(names);
        out.push((cost, next, Spot::Name { field, row }));
    }

    fn put(&self, state: &State, at: usize, index: usize, begins: bool, cost: u32, out: &mut Out) {
        let mut next = state.clone();
        next.block = Some(index);
        let column = &mut next.columns[index];
        if begins {
            (column.row, column.lines) = (column.row + 1, 0);
        }
        (column.last, column.lines) = (Some(at), column.lines + 1);
        let spot = Spot::Cell { field: column.field, row: column.row, column: index };
        out.push((cost, next, spot));
    }
}

impl State {
    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.columns, &self.cuts, self.filling, self.block, self.page, self.done).hash(&mut hasher);
        hasher.finish()
    }
}
