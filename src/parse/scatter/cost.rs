//! What a reading of a scattered table costs.

use super::line::{Fit, Known, Line};
use super::place::{LACK, MISFIT, NEAR, Placer};
use super::state::{Column, Heads, State};
use super::words::REST;
use crate::parse::label::{self, Label};

/// A line that ended a sentence before the edge, and yet goes on.
const SHORT: u32 = 12;
/// A line that was broken before the edge.
const LOOSE: u32 = 5;
/// `甲と…` as a role of 甲.
const PARTNER: u32 = 20;

impl Placer<'_, '_, '_> {
    /// How each line that is placed fits each column, before their widths are known.
    pub fn all_fits(&self) -> Vec<Fit> {
        let begins = |line: &Line, column: usize| match line.label {
            Some(_) => 0,
            None => self.begins(line.at as usize, column),
        };
        let of = |line| (0..self.count).map(move |column| Fit { wide: 0, begins: begins(line, column) });
        let mut fits = Vec::with_capacity(self.lines.len() * self.count);
        self.lines.iter().for_each(|line| fits.extend(of(line)));
        fits
    }

    /// Finds out which lines are too wide for each column.
    pub fn fit(&mut self) {
        let mut fits = std::mem::take(&mut self.fits);
        for (nth, line) in self.lines.iter().enumerate().filter(|(_, line)| line.label.is_none()) {
            for column in 0..self.count {
                let field = self.heads(nth).fields[column];
                let rest: u32 = (line.at + 1..=line.until).map(|at| self.goes_on(at, field, column)).sum();
                fits[nth * self.count + column].wide = self.too_wide(line.at as usize, field, column) + rest;
            }
        }
        self.fits = fits;
    }

    /// Whether a sentence ends with a piece.
    pub fn is_ended(&self, at: u32) -> bool {
        self.facts[at as usize].size.ended
    }

    /// What it costs when a column ends a field with the rows it has.
    pub fn leave(&self, (field, index): (u32, usize), column: &Column, is_open: bool, most: u16) -> u32 {
        let rows = match self.rows.get(field as usize) {
            Some(0) | None => most.into(),
            Some(rows) => *rows,
        };
        let missing = self.cells(index, rows).abs_diff(column.row.into());
        LACK * (missing.min(4) + u32::from(is_open))
    }

    /// The most rows that a field has in any column.
    pub fn most(&self, state: &State, heads: &Heads, field: u32) -> u16 {
        let mut most = if state.done.0 == field { state.done.1 } else { 0 };
        for (index, of) in (0..self.count).zip(&heads.fields) {
            most = if *of == field { most.max(self.level(index, state)) } else { most };
        }
        most
    }

    /// What it costs to read one line behind another in a column, and whether the column had to break there.
    pub fn join(&self, last: u32, next: u32, field: u32, column: usize) -> Known {
        let cell = &self.known[last as usize * self.count + column];
        let known = cell.get();
        if known.next == next && known.field == field {
            return known;
        }
        let found = self.joined(last, next, field, column);
        cell.set(found);
        found
    }

    fn joined(&self, last: u32, next: u32, field: u32, column: usize) -> Known {
        let (above, below) = (&self.facts[last as usize], &self.facts[next as usize]);
        let (before, after) = (&above.size, &below.size);
        let known = self.widths[field as usize][column];
        let full = if known > 0 { known } else { before.sure.max(after.sure) };
        let letters = || self.letters(last, next);
        let cost = match (before.ended, before.must_break(after, full)) {
            // the next entry of a list goes on; the first one, and a mark, tell neither
            (true, _) if below.entry.is_some() => u32::from(below.entry < Some(2)),
            // what begins no sentence hardly follows one: `車を出す。⏎。`
            (true, true) if below.begins >= REST => MISFIT,
            (true, true) => 1,
            (true, false) => SHORT,
            (false, true) => letters(),
            (false, false) => {
                let near = below.opens || before.must_break(after, full.saturating_sub(2));
                LOOSE.saturating_sub(if near { 3 } else { 0 }) + letters()
            }
        };
        Known { next, field, cost, breaks: before.must_break(after, known) }
    }

    /// What the letters say of two pieces as lines of one cell, in whatever column.
    fn letters(&self, last: u32, next: u32) -> u32 {
        let cost = || self.words.cost_between(&self.facts[last as usize].ends, &self.facts[next as usize].ends);
        let near = last < next && next - last <= NEAR as u32;
        let Some(known) = near.then(|| &self.letters[next as usize * NEAR + (next - last - 1) as usize]) else {
            return cost();
        };
        if known.get() == u8::MAX {
            known.set(cost() as u8);
        }
        known.get().into()
    }

    /// What it costs that a piece goes on in a column behind the piece before.
    pub fn goes_on(&self, at: u32, field: u32, column: usize) -> u32 {
        self.too_wide(at as usize, field, column) + self.joined(at - 1, at, field, column).cost
    }

    /// What it costs to begin a cell of a column with a piece.
    pub fn begins(&self, at: usize, column: usize) -> u32 {
        let fact = &self.facts[at];
        fact.begins + self.partner(column, fact.partner)
    }

    fn too_wide(&self, at: usize, field: u32, column: usize) -> u32 {
        let (known, size) = (self.widths[field as usize][column], &self.facts[at].size);
        let full = if known > 0 { known } else { self.usual };
        if !self.blocks && !size.ended && size.width * 2 < full {
            return if size.width <= self.name_width { SHORT / 2 } else { 1 };
        }
        if known > 0 && size.sure > known + 2 { SHORT } else { 0 }
    }

    /// `甲と話し合い、…` is no role of 甲, and hardly a content.
    fn partner(&self, column: usize, first: Option<char>) -> u32 {
        let Some(first) = first else { return 0 };
        let mut letter = [0; 4];
        let first: &str = first.encode_utf8(&mut letter);
        match self.pieces.columns.get(column) {
            Some(Label::Role(who)) if matches!(who.as_ref(), [one] if *one == first) => PARTNER,
            Some(Label::Content) if label::is_stem(first) => PARTNER / 2,
            _ => 0,
        }
    }
}
