//! The likeliest rows of each 分野, where several ways to give them fit: its words stand at the top of its rows or in their
//! middle, in the whole table alike.

use super::fields::{is_full, number};
use super::merged::{Beside, Cell};
use crate::parse::part;
use std::ops::Range;

/// No 分野 has more rows.
const LONGEST: usize = 40;
/// More ways are not tried.
const MOST: usize = 200_000;
/// No way.
const FAR: usize = usize::MAX / 4;
/// What a 分野 costs at most that a page cuts.
const CUT: usize = 3;
/// So many lines at most from one line of a 分野 to the next.
const NEAR: usize = 2;
/// So many lines a 分野 may stand outside of its rows: lines of two columns may share one, or not.
const OUTSIDE: usize = 1;

/// Where the words of a 分野 stand.
#[derive(Clone, Copy)]
enum Stand {
    Top,
    Middle,
}

impl Beside<'_, '_, '_> {
    /// A 分野 for every row, each with the words of one; `None` where there are more of them than rows.
    pub fn likely(&self) -> Option<Vec<Cell>> {
        let runs = self.runs();
        let (fields, rows) = (runs.len(), self.rows.len());
        if fields == 0 || fields > rows || fields * rows * LONGEST > MOST {
            return None;
        }
        let best = [Stand::Top, Stand::Middle].into_iter().filter_map(|stand| self.best(&runs, stand));
        best.min_by_key(|(cost, _)| *cost).map(|(_, cells)| cells)
    }

    /// The words of each 分野: lines below each other, all but the last of them full.
    fn runs(&self) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        let width = self.parts.iter().map(|part| part::width(part.text)).max().unwrap_or(0);
        for at in 0..self.parts.len() {
            match out.last_mut().filter(|_| at > 0 && self.is_rest(at, width)) {
                Some(run) => run.end = at + 1,
                None => out.push(at..at + 1),
            }
        }
        out
    }

    /// Whether words are the rest of those before them; a line of another column may stand between.
    fn is_rest(&self, at: usize, width: usize) -> bool {
        let (last, next) = (&self.parts[at - 1], &self.parts[at]);
        self.lines_between(at) <= NEAR && number(next.text).is_none() && is_full(last.text, next.text, width)
    }

    /// The way that costs least, and what it costs.
    fn best(&self, runs: &[Range<usize>], stand: Stand) -> Option<(usize, Vec<Cell>)> {
        let rows = self.rows.len();
        // for each number of 分野 and of rows: the least that they cost, and where the last one begins
        let mut best = vec![vec![(FAR, 0); rows + 1]; runs.len() + 1];
        best[0][0] = (0, 0);
        for (nth, run) in runs.iter().enumerate() {
            for start in 0..rows {
                let sum = best[nth][start].0;
                if sum >= FAR {
                    continue;
                }
                let ends = best[nth + 1].iter_mut().enumerate().skip(start + 1).take(LONGEST);
                for (end, found) in ends {
                    let Some(cost) = self.cost(run, start..end, stand) else { continue };
                    *found = (*found).min((sum + cost, start));
                }
            }
        }
        let cost = best[runs.len()][rows].0;
        let mut end = rows;
        let mut out = Vec::with_capacity(runs.len());
        for (nth, run) in runs.iter().enumerate().rev() {
            let start = best[nth + 1][end].1;
            out.push((run.clone(), start..end));
            end = start;
        }
        out.reverse();
        (cost < FAR).then_some((cost, out))
    }

    /// How far words stand off the place of a 分野 over some rows, in half lines; `None` where they do not stand beside them.
    fn cost(&self, run: &Range<usize>, rows: Range<usize>, stand: Stand) -> Option<usize> {
        let (first, last) = (self.at[run.start], self.at[run.end - 1]);
        let (top, bottom) = (self.rows[rows.start].start, self.rows[rows.end - 1].end - 1);
        if first + OUTSIDE < top || last > bottom + OUTSIDE {
            return None;
        }
        let aslant = match stand {
            Stand::Top => 2 * first.abs_diff(top),
            Stand::Middle => (first + last).abs_diff(top + bottom),
        };
        Some(if self.is_one_page(top, bottom) { aslant } else { aslant.min(CUT) })
    }
}
