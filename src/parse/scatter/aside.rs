//! Lines that stand apart from their cell.

use super::Row;
use super::fragments::Pieces;
use super::words::Words;
use crate::parse::part::{is_ended, must_break, width};

/// How far from its place a line may stand that was set aside.
const NEAR: usize = 80;
/// With more such lines, none finds its place.
const MANY: usize = 100;

/// Puts lines that were set aside where they read on to both sides, if there is one such place.
pub fn insert(pieces: &Pieces, words: &Words, fields: &mut [Vec<Row>], aside: &mut Vec<usize>) {
    if aside.len() > MANY {
        return;
    }
    aside.retain(|at| {
        let fragment = &pieces.all[*at];
        let (text, wide) = (fragment.part.text, width(fragment.part.text));
        let is_near = |other: &usize| other.abs_diff(*at) <= NEAR;
        // (cost, field, row, column, place in the cell)
        let mut found: Vec<(u32, [usize; 4])> = Vec::new();
        for (field, rows) in fields.iter().enumerate() {
            for (row, column, cell) in rows
                .iter()
                .enumerate()
                .flat_map(|(r, row)| row.cells.iter().enumerate().map(move |(c, cell)| (r, c, cell)))
            {
                // the lines of a cell stand in their order
                let ends = cell.first().zip(cell.last());
                if ends.is_none_or(|(first, last)| *first > at + NEAR || last + NEAR < *at) {
                    continue;
                }
                let mut known = None;
                let mut full = || {
                    let widest = || cell.iter().map(|at| width(pieces.all[*at].part.text)).max().unwrap_or(0);
                    *known.get_or_insert_with(widest)
                };
                for (n, pair) in cell.windows(2).enumerate() {
                    let (before, after) = (&pieces.all[pair[0]], &pieces.all[pair[1]]);
                    let near = before.page == fragment.page && is_near(&pair[0]);
                    let (before, after) = (before.part.text, after.part.text);
                    let fits = near
                        && !is_ended(before)
                        && wide.abs_diff(full()) <= 4
                        && must_break(before, text, full())
                        && must_break(text, after, full());
                    if fits {
                        let cost = words.cost(before, text) + words.cost(text, after);
                        found.push((cost, [field, row, column, n + 1]));
                    }
                }
            }
        }
        found.sort_unstable();
        match found.as_slice() {
            [(cost, [field, row, column, place]), rest @ ..]
                if *cost <= 3 && rest.first().is_none_or(|second| second.0 >= cost + 2) =>
            {
                fields[*field][*row].cells[*column].insert(*place, *at);
                false
            }
            _ => true,
        }
    });
}
