//! Rows that a page cut where the text does not say where pages end: the first lines of all cells, then their last lines.
//!
//! Read cell by cell, such a row puts the end of one cell behind that of another. Its lines do not read on; another line of
//! the row would.

use crate::lines::Line;
use crate::parse::Context;
use crate::parse::cells::Piece;
use crate::parse::scatter::{Ends, Words};
use std::rc::Rc;

/// What it costs at least to read on where no two letters around the break are known together.
pub const UNKNOWN: u32 = 5;
/// What it costs at most where three of them are.
pub const KNOWN: u32 = 1;
/// Rows of more lines are not compared.
const MOST: usize = 100;

/// Finds the letters of a text that does not say where its pages end; `all` are its lines.
pub fn letters(all: &[Line], cx: &Context) {
    if !cx.paged.get_or_init(|| all.iter().any(|line| line.page)) {
        cx.letters.get_or_init(|| Rc::new(Words::of(all)));
    }
}

/// Whether a line of a cell goes on in another line of the row than the next one.
pub fn is_turned(cells: &[(usize, &Piece)], words: &Words) -> bool {
    if cells.len() > MOST {
        return false;
    }
    let ends: Vec<Ends> = cells.iter().map(|(_, piece)| Ends::of(piece.part.text)).collect();
    let next = |at: usize| (at + 1..cells.len()).find(|next| cells[*next].0 == cells[at].0);
    let goes_wrong = |at: &usize| {
        !cells[*at].1.size.ended && next(*at).is_some_and(|next| words.cost_between(&ends[*at], &ends[next]) >= UNKNOWN)
    };
    let goes_on = |at: usize| (at + 1..cells.len()).any(|other| words.cost_between(&ends[at], &ends[other]) <= KNOWN);
    (0..cells.len()).filter(goes_wrong).any(goes_on)
}
