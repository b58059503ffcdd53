//! The cells of a column of 分野, each merged over its rows.
//!
//! The words of a 分野 stand at the top of its cell, or in its middle. Every way to give all rows to all words is found; what
//! every way says alike is sure.

use super::Found;
use super::fields::{doubt_field, is_full, node, number, width};
use crate::parse::outline::Node;
use crate::parse::part::Part;
use crate::parse::{Context, stacked, torn};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

/// No 分野 has more lines.
const TALLEST: usize = 16;
/// More cells are not put together in all ways.
const MOST: usize = 20_000;
/// No 分野 in the middle of its rows is tried with more of them.
const LONGEST: usize = 40;

/// The words of a 分野, and its rows.
pub type Cell = (Range<usize>, Range<usize>);

/// How far lines of a cell are from each other.
pub enum Lines<'p> {
    /// Each stands on the next of these places.
    At(&'p [usize]),
    /// As far as this, or nearly so.
    Apart(usize),
}

/// What stands beside the rows of a table.
pub struct Beside<'p, 'l, 's> {
    /// The words of the 分野, one part a line.
    pub parts: &'p [Part<'l, 's>],
    /// The place of each of them.
    pub at: &'p [usize],
    /// The places of each row.
    pub rows: &'p [Range<usize>],
    /// How far lines of a cell are from each other.
    pub lines: Lines<'p>,
    /// The places with which pages begin.
    pub pages: &'p [usize],
    /// So far at most twice the middle of words stands off that of their rows.
    pub slack: usize,
}

impl Beside<'_, '_, '_> {
    /// The 分野 of which every way to read says the same.
    pub fn sure(&self) -> Vec<Cell> {
        self.alike().unwrap_or_default()
    }

    fn alike(&self) -> Option<Vec<Cell>> {
        let mut found: HashSet<Cell> = self.ways(Self::at_the_top)?.into_iter().collect();
        found.extend(self.ways(|beside, part, row, out| beside.in_the_middle(part, row, false, out))?);
        let mut ways = found.clone();
        ways.extend(self.ways(|beside, part, row, out| beside.in_the_middle(part, row, true, out))?);
        let mut cover = vec![0; self.rows.len()];
        for (_, rows) in &ways {
            cover[rows.clone()].iter_mut().for_each(|count| *count += 1);
        }
        let is_alone = |(_, rows): &Cell| cover[rows.clone()].iter().all(|count| *count == 1);
        let mut sure: Vec<Cell> = found.into_iter().filter(is_alone).collect();
        sure.sort_by_key(|(_, rows)| rows.start);
        Some(sure)
    }

    /// The cells of all ways to give all rows to all words, where `next` gives the cells that may begin with words and a row.
    fn ways(&self, next: impl Fn(&Self, usize, usize, &mut Vec<Cell>)) -> Option<Vec<Cell>> {
        let end = (self.parts.len(), self.rows.len());
        let mut open = BTreeSet::from([(0, 0)]);
        let mut cells = Vec::new();
        while let Some((part, row)) = open.pop_first() {
            let from = cells.len();
            if from > MOST {
                return None;
            }
            if part < end.0 && row < end.1 {
                next(self, part, row, &mut cells);
            }
            open.extend(cells[from..].iter().map(|(parts, rows): &Cell| (parts.end, rows.end)));
        }
        // only what leads to the end
        let mut leads = HashSet::from([end]);
        let mut out = Vec::new();
        for (parts, rows) in cells.into_iter().rev() {
            if leads.contains(&(parts.end, rows.end)) {
                leads.insert((parts.start, rows.start));
                out.push((parts, rows));
            }
        }
        Some(out)
    }

    /// Each 分野 begins on the first line of its first row.
    fn at_the_top(&self, part: usize, row: usize, out: &mut Vec<Cell>) {
        if self.at[part] != self.rows[row].start {
            return;
        }
        for end in part + 1..=self.parts.len().min(part + TALLEST) {
            let Some(next) = self.at.get(end) else {
                out.push((part..end, row..self.rows.len()));
                return;
            };
            let begins = self.rows.binary_search_by_key(next, |row| row.start);
            if let Ok(next) = begins {
                out.push((part..end, row..next));
            }
            if !self.goes_on(end, begins.is_ok()) {
                return;
            }
        }
    }

    /// Each 分野 stands in the middle of its rows; where a page parts them, anywhere, if that is asked for.
    fn in_the_middle(&self, part: usize, row: usize, if_cut: bool, out: &mut Vec<Cell>) {
        for end in part + 1..=self.parts.len().min(part + TALLEST) {
            let (first, last) = (self.at[part], self.at[end - 1]);
            let top = self.rows[row].start;
            for next in row + 1..=self.rows.len().min(row + LONGEST) {
                let bottom = self.rows[next - 1].end - 1;
                let is_outside = first < top || last > bottom;
                let is_middle = match self.is_one_page(top, bottom) {
                    true => (first + last).abs_diff(top + bottom) <= self.slack,
                    false => if_cut,
                };
                if !is_outside && is_middle {
                    out.push((part..end, row..next));
                }
            }
            if self.parts.get(end).is_none() || !self.goes_on(end, true) {
                return;
            }
        }
    }

    /// Whether words may go on in the cell of those before them; `if_full` where only a full line tells that they do.
    fn goes_on(&self, at: usize, if_full: bool) -> bool {
        let (last, next) = (&self.parts[at - 1], &self.parts[at]);
        // numbers begin the cells of a column that has them
        let is_cut = number(self.parts[0].text).is_some() && number(next.text).is_some();
        self.lines_between(at) == 1 && !is_cut && (!if_full || is_full(last.text, next.text, width(self.parts)))
    }

    /// How many lines words stand below those before them.
    pub fn lines_between(&self, at: usize) -> usize {
        let (last, next) = (self.at[at - 1], self.at[at]);
        match self.lines {
            Lines::At(lines) => lines.partition_point(|line| *line < next) - lines.partition_point(|line| *line < last),
            Lines::Apart(far) => ((next - last + far / 2) / far).max(1),
        }
    }

    /// Whether no page begins between two places.
    pub fn is_one_page(&self, first: usize, last: usize) -> bool {
        let page = |at: usize| self.pages.partition_point(|page| *page <= at);
        page(first) == page(last)
    }
}

/// Gives rows to the 分野 beside them; where the name of a row is `lost`, it may stand among their words.
pub fn give(found: Vec<Found>, beside: &Beside, lost: &[bool], cx: &mut Context) -> Vec<stacked::Row> {
    let sure = beside.sure();
    let is_given = sure.iter().map(|(_, rows)| rows.len()).sum::<usize>() == found.len();
    // what is not sure is likely, and said to be in doubt
    let cells = if is_given { None } else { beside.likely() }.unwrap_or_else(|| sure.clone());
    let mut out = Vec::with_capacity(found.len());
    let mut doubt = false;
    for (at, row) in found.into_iter().enumerate() {
        let cell = cells.iter().find(|(_, rows)| rows.contains(&at));
        let mut field = None;
        match cell {
            Some((words, rows)) => {
                // what a name lacks may stand among the words of the 分野
                if lost[rows.clone()].contains(&true) || !sure.iter().any(|cell| cell.0 == *words && cell.1 == *rows) {
                    doubt_field(row.names.last().copied(), cx);
                }
                if rows.start == at {
                    field = Some(node(&beside.parts[words.clone()], cx));
                }
            }
            None => {
                doubt_field(row.names.last().copied(), cx);
                field = Some(Node::default()).filter(|_| !doubt);
            }
        }
        doubt = cell.is_none();
        out.push(stacked::Row { field, initiative: row.named(cx) });
    }
    let is_left = |at: &usize| !cells.iter().any(|(parts, _)| parts.contains(at));
    torn::leave((0..beside.parts.len()).filter(is_left).map(|at| &beside.parts[at]), cx);
    out
}
