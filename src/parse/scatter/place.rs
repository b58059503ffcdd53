//! Which cell each line of a scattered table belongs to.
//!
//! Within a column the lines keep their order. What is known: a cell ends with a sentence; a line that is not its last
//! is as full as its column; the letters around a break read on; every row fills every column. Each reading costs what
//! it violates, and the cheapest one is taken.

use super::cost::{ELSEWHERE, Fact, Fit, Known};
use super::fragments::{Fragment, Kind, Pieces};
use super::plan::{Header, Plan};
use super::state::{Column, Cut, Heads, Spot, State};
use super::ways::{Here, Move};
use super::words::Words;
use crate::parse::search::{Out, Step, search};
use std::cell::Cell;

/// A cell that is not there, or ends within a sentence.
pub const LACK: u32 = 30;
/// Tables of more pieces are not searched.
const MOST: usize = u16::MAX as usize;

/// What is searched.
pub struct Placer<'p, 'l, 's> {
    pub pieces: &'p Pieces<'l, 's>,
    pub plan: &'p Plan,
    pub words: &'p Words,
    /// What the cost of each piece depends on.
    pub facts: Vec<Fact>,
    /// For each piece in each column, the one that was last read behind it, and what was found.
    pub known: Vec<Cell<Known>>,
    /// Indices of what is placed.
    pub order: Vec<u32>,
    /// What stands above the columns, and for each that is placed, and the end, which of these.
    heads: Vec<Heads>,
    below: Vec<u32>,
    /// Whether a page begins with each that is placed.
    pages: Vec<bool>,
    /// How each that is placed fits each column.
    pub fits: Vec<Fit>,
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
        let order: Vec<u32> = (0..).zip(&pieces.all).filter(|(_, f)| is_placed(f)).map(|(at, _)| at).collect();
        let facts: Vec<Fact> = pieces.all.iter().map(|f| Fact::of(&f.part, words)).collect();
        let mut all: Vec<usize> = order.iter().map(|at| facts[*at as usize].size.width).collect();
        all.sort_unstable();
        let usual = all.get(all.len() * 2 / 3).copied().unwrap_or(0);
        let labels = pieces.all.iter().zip(&facts).filter(|(f, _)| matches!(f.kind, Kind::Names(_)));
        let name_width = labels.map(|(_, fact)| fact.size.width).max().unwrap_or(0).max(4);
        let mut rows = vec![0; plan.fields];
        for (field, _) in &plan.names {
            rows[*field] += 1;
        }
        let widths = vec![vec![0; pieces.columns.len()]; plan.fields];
        let known = vec![Cell::new(Known::default()); pieces.all.len() * pieces.columns.len()];
        let (heads, below) = heads(pieces, plan, &order);
        let page = |at: &u32| pieces.all[*at as usize].page;
        let pages =
            order.iter().zip(std::iter::once(0).chain(order.iter().map(page))).map(|(at, last)| page(at) != last);
        let pages = pages.collect();
        let fits = Vec::new();
        Self {
            pieces,
            plan,
            words,
            facts,
            known,
            order,
            heads,
            below,
            pages,
            fits,
            widths,
            usual,
            name_width,
            rows,
            order_cost: 3,
        }
    }

    /// A spot for each fragment that is placed: first to learn the widths of the columns, then by them.
    pub fn place(mut self) -> Option<Vec<(usize, Step<Spot>)>> {
        if self.order.len() > MOST {
            return None;
        }
        let first = self.search()?;
        self.learn(&first);
        let steps = self.search()?;
        Some(self.order.iter().map(|at| *at as usize).zip(steps).collect())
    }

    fn search(&mut self) -> Option<Vec<Step<Spot>>> {
        self.fits = self.all_fits();
        self.known.fill(Cell::new(Known::default()));
        search(self, self.order.len(), State::default())
    }

    /// The width of a column is what its widest lines have in common.
    fn learn(&mut self, steps: &[Step<Spot>]) {
        let mut all: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new(); self.pieces.columns.len()]; self.plan.fields];
        for (at, step) in self.order.iter().zip(steps) {
            if let Spot::Cell { field, column, .. } = step.choice {
                all[field as usize][usize::from(column)].push(self.facts[*at as usize].size.sure);
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

    /// What stands above the columns before a line, or before the end.
    pub fn heads(&self, line: usize) -> &Heads {
        &self.heads[self.below[line] as usize]
    }

    /// Field and row that were reached.
    pub fn reached(&self, line: usize, state: &State) -> (u32, u32) {
        let fields = self.heads(line).fields;
        fields.into_iter().zip(self.columns(state)).map(|(field, c)| (field, c.row)).max().unwrap_or_default()
    }

    /// Comes to the state before a line; gives what that costs.
    pub fn enter(&self, line: usize, state: &mut State) -> u32 {
        let cost = if self.pages[line] { self.turn(line, state) } else { 0 };
        if state.filling.is_some() {
            let fragment = &self.pieces.all[self.order[line] as usize];
            let is_label = matches!(fragment.kind, Kind::Label(_));
            if !is_label && (fragment.gap || !self.pieces.blocks) {
                self.end_block(state);
            }
        }
        cost
    }

    /// A page ends: all columns are in the same row, and no cell waits for its rest.
    fn turn(&self, line: usize, state: &mut State) -> u32 {
        self.end_block(state);
        state.block = None;
        let (most, fields) = (self.reached(line, state), self.heads(line).fields);
        let uneven = fields.into_iter().zip(self.columns(state)).filter(|(field, c)| (*field, c.row) != most);
        uneven.count() as u32 * 10 + LACK * state.cuts.len() as u32
    }

    /// A cell whose rest came is whole.
    pub fn end_block(&self, state: &mut State) {
        if let Some(n) = state.filling.take()
            && state.cuts[n as usize].last.is_some_and(|last| self.is_ended(last as usize))
        {
            state.cuts.remove(n as usize);
        }
    }

    /// A label: the column goes on under the next header row.
    pub fn label(&self, state: &mut State, line: usize, index: usize) -> u32 {
        let cost = self.leaves(state, line, index);
        self.compare(state, line + 1);
        cost
    }

    /// Finds the columns that have less rows than others of their field.
    pub fn compare(&self, state: &mut State, line: usize) {
        let heads = self.heads(line);
        let (mut most, mut of) = (0, u32::MAX);
        state.less = 0;
        for index in 0..self.pieces.columns.len() {
            if heads.fields[index] != of {
                of = heads.fields[index];
                most = self.most(state, heads, of);
            }
            state.less |= u32::from(state.columns[index].row < most) << index;
        }
    }

    /// The column leaves what stands under the header row above.
    fn leaves(&self, state: &mut State, line: usize, index: usize) -> u32 {
        self.end_block(state);
        let (heads, at) = (self.heads(line), self.order[line] as usize);
        let field = heads.fields[index];
        let most = self.most(state, heads, field);
        state.block = Some(index as u32).filter(|_| self.pieces.blocks);
        let Some(header) = header(self.plan, at) else { return LACK };
        if header.again && header.field == field as usize {
            return 0;
        }
        let (left, is_open) = (std::mem::take(&mut state.columns[index]), state.open & 1 << index != 0);
        state.open &= !(1 << index);
        if heads.seen & 1 << index == 0 {
            return 0;
        }
        if field == state.done.0 {
            state.done.1 = state.done.1.max(left.row);
        } else {
            state.done = (field, left.row);
        }
        let mut cost = self.leave(field, &left, is_open, most);
        let cut = |row: u32, last: Option<u32>| Cut { column: index as u32, field, row, last };
        if let Some(last) = left.last().filter(|_| self.pieces.blocks && is_open)
            && self.pieces.all[last as usize].page < self.pieces.all[at].page
        {
            state.cuts.push(cut(left.row, Some(last)));
            cost = cost.saturating_sub(LACK) + 3;
        }
        // the rest of the rows may come late
        let known = self.rows.get(field as usize).copied().unwrap_or(0);
        if (1..=2).contains(&known.saturating_sub(left.row)) {
            for row in left.row + 1..=known {
                state.cuts.push(cut(row, None));
                cost = cost.saturating_sub(LACK) + 6;
            }
        }
        cost
    }

    /// What it costs that the line goes on in the cell of a column; `None` where that is far from the best.
    pub fn goes_on(&self, line: &Here, index: usize, state: &State, mut place: u32, out: &Out<Move>) -> Option<u32> {
        let last = state.columns[index].last()?;
        // what a page cut may come in any order
        if self.is_cut(line.at, last) {
            place = place.min(1);
        }
        let filling = if state.filling.is_some() { ELSEWHERE } else { 0 };
        let lacks = if !self.pieces.blocks && state.less & 1 << index != 0 { LACK } else { 0 };
        let cost = filling + place + line.fits[index].wide + lacks;
        (!out.is_far(cost)).then(|| cost + self.join(last, line.at, line.heads.fields[index], index).cost)
    }

    /// What it costs that the line begins a row of a column; `None` where that is far from the best.
    pub fn new_row(&self, line: &Here, index: usize, state: &State, place: u32, out: &Out<Move>) -> Option<u32> {
        let column = &state.columns[index];
        let (last, is_open) = (column.last(), state.open & 1 << index != 0);
        let cut = match last.filter(|_| is_open) {
            Some(last) if self.is_cut(line.at, last) => 3,
            Some(_) => LACK,
            None => 0,
        };
        let mut cost = place + line.fits[index].wide + line.fits[index].begins + cut;
        if line.heads.seen & 1 << index == 0 || out.is_far(cost) {
            return None;
        }
        let is_cut = |n: u32| state.cuts[n as usize].last.is_some_and(|last| !self.is_ended(last as usize));
        cost += if state.filling.is_some_and(is_cut) { LACK } else { 0 };
        if self.pieces.blocks {
            let rows = self.rows[line.heads.fields[index] as usize];
            cost += if rows > 0 && column.row >= rows { LACK } else { 0 };
        } else if state.less & 1 << index == 0 {
            // the eye sees one row after the other
            cost += LACK * self.behind(state, index, line.heads);
        }
        if out.is_far(cost) {
            return None;
        }
        if let Some(last) = last.filter(|_| !is_open) {
            let breaks = self.join(last, line.at, line.heads.fields[index], index).breaks;
            cost += if breaks { 2 } else { 0 };
        }
        Some(cost)
    }

    /// Whether a page that ended behind `last` may have cut its cell.
    pub fn is_cut(&self, at: usize, last: u32) -> bool {
        self.pieces.blocks && self.pieces.all[last as usize].page < self.pieces.all[at].page
    }

    /// The rest of a cell that the page cut, or a cell that comes late.
    pub fn rest(&self, at: usize, state: &State, (n, cut): (u32, &Cut)) -> u32 {
        let in_block = self.pieces.gaps_tell && !self.pieces.all[at].gap;
        let place = match state.filling {
            Some(filling) if in_block => ELSEWHERE * u32::from(filling != n),
            _ if in_block => ELSEWHERE,
            _ => 0,
        };
        let column = cut.column as usize;
        place
            + match cut.last {
                Some(last) => self.join(last, at, cut.field, column).cost,
                None => self.begins(at, column),
            }
    }

    /// What a piece of a name costs.
    pub fn name(&self, at: usize, state: &State) -> Option<u32> {
        let (fragment, fact) = (&self.pieces.all[at], &self.facts[at]);
        if !fact.size.like_name || (fragment.inner && state.block.is_some()) {
            return None;
        }
        let mut cost = match fact.size.width {
            wide if wide <= self.name_width => 0,
            wide if wide * 2 <= self.usual => 3,
            _ => 12,
        };
        let names = self.pieces.columns.len() as u32;
        if self.pieces.gaps_tell && !fragment.gap && state.block.is_some_and(|b| b != names) {
            cost += if at > 0 && self.is_ended(at - 1) { 2 } else { 6 };
        }
        Some(cost)
    }
}

/// The header row that the label `at` belongs to.
fn header(plan: &Plan, at: usize) -> Option<&Header> {
    plan.of_label.get(&at).and_then(|header| plan.headers.get(*header))
}

/// What stands above the columns, and which of it before each line, and before the end.
fn heads(pieces: &Pieces, plan: &Plan, order: &[u32]) -> (Vec<Heads>, Vec<u32>) {
    let (mut heads, mut below) = (vec![Heads::default()], Vec::with_capacity(order.len() + 1));
    let mut now = Heads::default();
    for at in order {
        below.push(heads.len() as u32 - 1);
        if let Kind::Label(column) = pieces.all[*at as usize].kind {
            now.seen |= 1 << column;
            now.fields[column] = header(plan, *at as usize).map_or(now.fields[column], |header| header.field as u32);
            heads.push(now);
        }
    }
    below.push(heads.len() as u32 - 1);
    (heads, below)
}
