//! Which cell each line of a scattered table belongs to.
//!
//! Within a column the lines keep their order. What is known: a cell ends with a sentence; a line that is not its last
//! is as full as its column; the letters around a break read on; every row fills every column. Each reading costs what
//! it violates, and the cheapest one is taken.

use super::blocks::Blocks;
use super::eye::Eye;
use super::fragments::{Kind, Pieces};
use super::line::{self, Fact, Fit, Known, Line};
use super::plan::Plan;
use super::state::{Column, Heads, Spot, State};
use super::words::Words;
use crate::parse::search::{Step, roughly, search};
use std::cell::Cell;

/// A cell that is not there, or ends within a sentence.
pub const LACK: u32 = 30;
/// A line that is put aside.
pub const ASIDE: u32 = 9;
/// Only a line that costs as much wherever it may go is put aside: what fits goes on in all readings.
pub const MISFIT: u32 = 3;
/// A reading that costs as much more than the best hardly comes to be as good: it would have to gain more than a line that
/// is put aside for its misfit.
pub const FAR: u32 = 8;
/// Most lines of a cell stand so near to each other.
pub const NEAR: usize = 8;
/// Tables of more pieces are not searched.
const MOST: usize = u16::MAX as usize;

/// What a reading does with a fragment.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    Label(u8),
    Name,
    /// It goes on in the cell of a column.
    GoesOn(u8),
    /// It begins a row of a column.
    NewRow(u8),
    /// It goes on in a cell that was cut before.
    Rest(u32),
    Aside,
}

/// What a column left at its label.
pub struct Left {
    /// What it lacks, as a cost.
    pub cost: u32,
    /// Where it stood; `None` where nothing ends.
    pub column: Option<Column>,
    pub field: u32,
}

/// What is searched.
pub struct Placer<'p, 'l, 's> {
    pub pieces: &'p Pieces<'l, 's>,
    pub plan: &'p Plan,
    pub words: &'p Words,
    /// How many columns there are.
    pub count: usize,
    /// See [`Pieces::blocks`].
    pub blocks: bool,
    /// What the cost of each piece depends on.
    pub facts: Vec<Fact>,
    /// On which page each piece stands.
    pub pages: Vec<u32>,
    /// For each piece in each column, the one that was last read behind it, and what was found.
    pub known: Vec<Cell<Known>>,
    /// For each piece and each of the [`NEAR`] pieces before it, what their letters say, where that was asked.
    pub letters: Vec<Cell<u8>>,
    /// What is placed, in the order of the text.
    pub lines: Vec<Line>,
    /// What stands above the columns, and for each that is placed, and the end, which of these.
    heads: Vec<Heads>,
    below: Vec<u32>,
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
    /// How many cells each column has in a row, one below the other.
    held: Vec<u16>,
}

impl<'p, 'l, 's> Placer<'p, 'l, 's> {
    /// Prepares the search.
    pub fn new(pieces: &'p Pieces<'l, 's>, plan: &'p Plan, words: &'p Words) -> Self {
        let facts: Vec<Fact> = pieces.all.iter().map(|f| Fact::of(f, words)).collect();
        let all = || pieces.all.iter().zip(&facts);
        let placed = all().filter(|(f, _)| matches!(f.kind, Kind::Words | Kind::Label(_)));
        let mut widths: Vec<usize> = placed.map(|(_, fact)| fact.size.width).collect();
        widths.sort_unstable();
        let usual = widths.get(widths.len() * 2 / 3).copied().unwrap_or(0);
        let labels = all().filter(|(f, _)| matches!(f.kind, Kind::Names(_)));
        let name_width = labels.map(|(_, fact)| fact.size.width).max().unwrap_or(0).max(4);
        let mut rows = vec![0; plan.fields];
        for (field, _) in &plan.names {
            rows[*field] += 1;
        }
        let mut lines = line::lines((pieces, plan), &facts, (usual, name_width));
        if pieces.blocks {
            line::beside(&mut lines);
            line::join(&mut lines);
        }
        let count = pieces.columns.len();
        let (heads, below) = heads(&lines, count);
        let mut placer = Self {
            pieces,
            plan,
            words,
            count,
            blocks: pieces.blocks,
            facts,
            pages: pieces.all.iter().map(|piece| piece.page as u32).collect(),
            known: vec![Cell::new(Known::default()); pieces.all.len() * count],
            letters: vec![Cell::new(u8::MAX); pieces.all.len() * NEAR],
            lines,
            heads,
            below,
            fits: Vec::new(),
            widths: vec![vec![0; count]; plan.fields],
            usual,
            name_width,
            rows,
            held: (0..count).map(|column| pieces.held(column) as u16).collect(),
        };
        placer.fits = placer.all_fits();
        placer
    }

    /// A spot for each fragment that is placed: first roughly, to learn the widths of the columns, then by them.
    pub fn place(&mut self) -> Option<Vec<(usize, Step<Spot>)>> {
        if self.lines.len() > MOST {
            return None;
        }
        let first = self.search(true)?;
        self.learn(&first);
        let steps = self.search(false)?;
        let mut out = Vec::with_capacity(self.pieces.all.len());
        for (line, step) in self.lines.iter().zip(steps) {
            self.spots(line, step, &mut out);
        }
        Some(out)
    }

    /// What a line was read as, for it and the pieces that go with it.
    fn spots(&self, line: &Line, step: Step<Spot>, out: &mut Vec<(usize, Step<Spot>)>) {
        let first = out.len();
        out.push((line.at as usize, step));
        for at in line.at + 1..=line.until {
            let cost = match step.choice {
                Spot::Cell { field, column, .. } => self.goes_on(at, field, column.into()),
                _ => 0,
            };
            out[first].1.cost = out[first].1.cost.saturating_sub(cost);
            out.push((at as usize, Step { cost, ..step }));
        }
    }

    fn search(&mut self, rough: bool) -> Option<Vec<Step<Spot>>> {
        self.fit();
        self.known.fill(Cell::new(Known::default()));
        let count = self.lines.len();
        match (self.blocks, rough) {
            (true, true) => roughly(&Blocks(self), count, Default::default()),
            (true, false) => search(&Blocks(self), count, Default::default()),
            (false, true) => roughly(&Eye(self), count, Default::default()),
            (false, false) => search(&Eye(self), count, Default::default()),
        }
    }

    /// The width of a column is what its widest lines have in common.
    fn learn(&mut self, steps: &[Step<Spot>]) {
        let mut all: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new(); self.count]; self.plan.fields];
        for (line, step) in self.lines.iter().zip(steps) {
            if let Spot::Cell { field, column, .. } = step.choice {
                let sizes = self.facts[line.at as usize..=line.until as usize].iter().map(|fact| fact.size.sure);
                all[field as usize][usize::from(column)].extend(sizes);
            }
        }
        for (field, columns) in all.into_iter().enumerate() {
            for (column, mut found) in columns.into_iter().enumerate() {
                found.sort_unstable_by(|a, b| b.cmp(a));
                let pair = found.windows(2).find(|w| w[0] - w[1] <= 2).map(|w| w[0]);
                self.widths[field][column] = pair.or(found.first().copied()).unwrap_or(0);
            }
        }
        if self.blocks {
            // all fields of a table drawn once share their columns
            for column in 0..self.count {
                let mut found: Vec<usize> = self.widths.iter().map(|w| w[column]).collect();
                found.sort_unstable();
                let most = found.last().copied().unwrap_or(0);
                self.widths.iter_mut().for_each(|w| w[column] = most);
            }
        }
    }

    /// The columns of a state.
    pub fn columns<'a>(&self, state: &'a State) -> &'a [Column] {
        &state.columns[..self.count]
    }

    /// What stands above the columns before a line, or before the end.
    pub fn heads(&self, line: usize) -> &Heads {
        &self.heads[self.below[line] as usize]
    }

    /// Which row a column is in.
    pub fn level(&self, index: usize, state: &State) -> u16 {
        // nearly no column has more than one
        match (state.columns[index].row, self.held[index]) {
            (row, 1) => row,
            (row, held) => row.div_ceil(held),
        }
    }

    /// How many cells a column has in so many rows.
    pub fn cells(&self, index: usize, rows: u32) -> u32 {
        rows * u32::from(self.held[index])
    }

    /// Field and row that were reached.
    pub fn reached(&self, line: usize, state: &State) -> (u32, u16) {
        let fields = self.heads(line).fields;
        fields
            .into_iter()
            .zip(0..self.count)
            .map(|(field, index)| (field, self.level(index, state)))
            .max()
            .unwrap_or_default()
    }

    /// How a line that is placed fits each column.
    pub fn fits(&self, line: usize) -> &[Fit] {
        &self.fits[line * self.count..][..self.count]
    }

    /// A page ends: all columns are in the same row.
    pub fn turn(&self, line: usize, state: &mut State) -> u32 {
        state.block = None;
        let (most, fields) = (self.reached(line, state), self.heads(line).fields);
        let uneven =
            fields.into_iter().zip(0..self.count).filter(|(field, index)| (*field, self.level(*index, state)) != most);
        uneven.count() as u32 * 10
    }

    /// A line goes to a column.
    pub fn put(&self, next: &mut State, line: usize, index: u8, begins: bool) -> Spot {
        let Line { until, ended, .. } = self.lines[line];
        next.block = Some(index);
        next.begun |= 1 << index;
        next.open &= !(1 << index);
        next.open |= u8::from(!ended) << index;
        let column = &mut next.columns[usize::from(index)];
        (column.last, column.lines) = (until, column.lines + 1);
        if begins {
            (column.row, column.lines) = (column.row + 1, 1);
            self.compare(next, line);
        }
        let row = next.columns[usize::from(index)].row;
        Spot::Cell { field: self.heads(line).fields[usize::from(index)], row: row.into(), column: index }
    }

    /// Finds the columns that have less rows than others of their field.
    pub fn compare(&self, state: &mut State, line: usize) {
        let heads = self.heads(line);
        let (mut most, mut of) = (0, u32::MAX);
        state.less = 0;
        for index in 0..self.count {
            if heads.fields[index] != of {
                of = heads.fields[index];
                most = self.most(state, heads, of);
            }
            state.less |= u8::from(self.level(index, state) < most) << index;
        }
    }

    /// A column leaves what stands under the header row above its label.
    pub fn leaves(&self, state: &mut State, line: usize, index: usize) -> Left {
        let heads = self.heads(line);
        let field = heads.fields[index];
        let left = |cost: u32, column: Option<Column>| Left { cost, column, field };
        let Some(header) = self.lines[line].header else { return left(LACK, None) };
        if header.again && header.field == field as usize {
            return left(0, None);
        }
        let most = self.most(state, heads, field);
        let level = self.level(index, state);
        let (column, is_open) = (std::mem::take(&mut state.columns[index]), state.open & 1 << index != 0);
        state.begun &= !(1 << index);
        state.open &= !(1 << index);
        if heads.seen & 1 << index == 0 {
            return left(0, None);
        }
        if field == state.done.0 {
            state.done.1 = state.done.1.max(level);
        } else {
            state.done = (field, level);
        }
        left(self.leave((field, index), &column, is_open, most), Some(column))
    }

    /// What the end of the table costs.
    pub fn close(&self, state: &State) -> u32 {
        let end = self.lines.len();
        let (heads, (reached, _)) = (self.heads(end), self.reached(end, state));
        let columns = self.columns(state).iter().zip(heads.fields).enumerate();
        let lack = columns.map(|(index, (column, field))| {
            let most = self.most(state, heads, field);
            self.leave((field, index), column, state.open & 1 << index != 0, most) + LACK * u32::from(field != reached)
        });
        lack.sum()
    }
}

/// What stands above the columns, and which of it before each line, and before the end.
fn heads(lines: &[Line], count: usize) -> (Vec<Heads>, Vec<u32>) {
    let (mut heads, mut below) = (vec![Heads::default()], Vec::with_capacity(lines.len() + 1));
    let mut now = Heads::default();
    for line in lines {
        below.push(heads.len() as u32 - 1);
        if let Some(column) = line.label.map(usize::from) {
            now.see(column, line.header.map_or(now.fields[column], |header| header.field as u32), count);
            heads.push(now);
        }
    }
    below.push(heads.len() as u32 - 1);
    (heads, below)
}
