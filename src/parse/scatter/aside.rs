//! Lines that stand apart from their cell.

use super::Row;
use super::fragments::Pieces;
use super::line::Fact;
use super::words::Words;

/// How far from its place a line may stand that was set aside.
const NEAR: usize = 80;
/// With more such lines, none finds its place.
const MANY: usize = 100;

/// Puts lines that were set aside where they read on to both sides, if there is one such place.
pub fn insert((pieces, facts): (&Pieces, &[Fact]), words: &Words, fields: &mut [Vec<Row>], aside: &mut Vec<usize>) {
    if aside.len() > MANY {
        return;
    }
    aside.retain(|at| {
        let (page, own) = (pieces.all[*at].page, &facts[*at]);
        let is_near = |other: usize| other.abs_diff(*at) <= NEAR && pieces.all[other].page == page;
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
                let full = cell.iter().map(|at| facts[*at].size.width).max().unwrap_or(0);
                if own.size.width.abs_diff(full) > 4 {
                    continue;
                }
                for (n, pair) in cell.windows(2).enumerate() {
                    let (before, after) = (&facts[pair[0]], &facts[pair[1]]);
                    let fits = is_near(pair[0])
                        && !before.size.ended
                        && before.size.must_break(&own.size, full)
                        && own.size.must_break(&after.size, full);
                    if fits {
                        let cost =
                            words.cost_between(&before.ends, &own.ends) + words.cost_between(&own.ends, &after.ends);
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
