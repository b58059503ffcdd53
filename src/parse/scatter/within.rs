//! Names among the lines of the cells that stand right of them, below the labels of both.
//!
//! ```text
//! 取組名⏎取組の内容
//! 夜間診⏎夜間の当番を続け、⏎療⏎表を作る。
//! 健診⏎会場を貸す。
//! ```
//!
//! A name is short, ends no sentence, and has room for the words below it, which no line of a cell has. Several columns may
//! stand so: `取組名⏎取組の内容⏎甲の役割⏎夜間診⏎夜間の当番を続け、⏎医師を出⏎療⏎表を作る。⏎す。`

use super::fragments::{Kind, Pieces};
use crate::parse::afloat;
use crate::parse::cells::lists;
use crate::parse::part::{Measured, is_ended};
use std::ops::Range;

impl Pieces<'_, '_> {
    /// Marks such names, and their rests.
    pub fn names_within(&mut self) {
        let runs: Vec<Range<usize>> = (1..self.all.len()).filter_map(|at| self.run(at)).collect();
        let names: Vec<Vec<usize>> = runs.iter().map(|run| self.names_of(run)).collect();
        let width = |at: &usize| self.all[*at].size.width;
        let full = names.iter().flatten().map(width).max().unwrap_or(0);
        for names in names {
            let numbered = names.iter().any(|at| lists::is_entry(self.all[*at].part.text));
            let columns = names.first().map_or(1, |first| self.labels_above(*first));
            for (n, at) in names.iter().enumerate() {
                let is_rest = n > 0 && self.is_rest((names[n - 1], *at), columns, numbered, full);
                self.all[*at].kind = if is_rest { Kind::NameRest } else { Kind::Name };
            }
        }
    }

    /// The lines directly below the label of the contents and those of other columns, where that of the names stands directly
    /// above them.
    fn run(&self, at: usize) -> Option<Range<usize>> {
        let (names, content) = (&self.all[at - 1], &self.all[at]);
        let is_header = matches!(names.kind, Kind::Names(_)) && content.kind == Kind::Label(0) && !content.gap;
        if !is_header {
            return None;
        }
        let is_label = |at: &usize| matches!(self.all[*at].kind, Kind::Label(_)) && !self.all[*at].gap;
        let start = (at + 1..self.all.len()).find(|at| !is_label(at))?;
        let is_inside = |at: &usize| self.all[*at].kind == Kind::Words && !self.all[*at].gap;
        let end = (start..self.all.len()).find(|at| !is_inside(at)).unwrap_or(self.all.len());
        (end > start).then_some(start..end)
    }

    /// How many labels of columns stand directly above a line.
    fn labels_above(&self, at: usize) -> usize {
        self.all[..at].iter().rev().take_while(|piece| matches!(piece.kind, Kind::Label(_))).count()
    }

    /// The lines of a run that are of names; none unless it begins with one.
    fn names_of(&self, run: &Range<usize>) -> Vec<usize> {
        let words: Vec<Measured> = self.all[run.clone()].iter().map(|piece| Measured::of(piece.part)).collect();
        // beside a narrow column the room of a name is small
        let full = afloat::full_width_of(&words) + 1;
        let is_beside = |at: usize| self.all.get(run.start + at).is_some_and(|piece| piece.inner);
        let is_name = |at: &usize| {
            let next = words.get(at + 1).filter(|_| !is_beside(at + 1));
            afloat::is_name(&words[*at], next, full) || afloat::is_numbered_name(&words[*at], full)
        };
        let names: Vec<usize> = (0..words.len()).filter(is_name).collect();
        match names.first() {
            Some(0) if names.len() < words.len() => names.into_iter().map(|at| run.start + at).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a name goes on with a line: its number is missing, the cell beside it has not ended, or has one line only.
    fn is_rest(&self, (before, at): (usize, usize), columns: usize, numbered: bool, full: usize) -> bool {
        if numbered {
            return !lists::is_entry(self.all[at].part.text);
        }
        let (name, rest) = (&self.all[before].size, &self.all[at].size);
        let is_open = |at: usize| !is_ended(self.all[at].part.text);
        let is_within = at > before + 1 && is_open(at - 1);
        // beside each line of a name stands one of every column that has not ended
        let is_beside = || at <= before + 1 + columns || (at.saturating_sub(columns).max(before + 1)..at).any(is_open);
        is_within || is_beside() && name.must_break(rest, full)
    }
}
