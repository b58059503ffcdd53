//! Roles that stand one below the other, each behind the mark of its party: only a mark opens one.

use super::cuts;
use super::state::{Move, State};
use super::{MISSING, Out, Table};

impl Table<'_, '_> {
    /// The columns of such roles, as bits.
    pub(super) fn held(&self) -> u32 {
        self.all() & !(self.all() >> self.held)
    }

    /// By the eye: the role that the words of a line in that place belong to; 0 for none.
    pub(super) fn holder(&self, line: usize, open: usize) -> usize {
        self.rows[line].mark.map_or(open, |mark| mark.column)
    }

    /// Whether pieces in these columns leave all roles alone but that one.
    pub(super) fn is_held(&self, line: usize, columns: u32, role: usize) -> bool {
        if self.held == 0 {
            return true;
        }
        let roles = columns & self.held();
        match self.rows[line].mark {
            Some(mark) => roles == 1 << mark.column,
            None => roles & !(1 << role) == 0,
        }
    }

    /// The columns that the first line of a row fills by the eye.
    pub(super) fn first(&self) -> u32 {
        let first = self.columns + 1 - self.held;
        self.all() & !1 & !(self.held() & !(1 << first))
    }

    /// Content-stream order: `甲 文` begins the role of that party.
    pub(super) fn marked(&self, line: usize, column: usize, state: &State, out: &mut Out) {
        let Some(id) = self.cuts.of(line, cuts::WHOLE).first() else { return };
        let way = |begins| Move::new(begins, column, id, 1 << column);
        let closing = if state.is_begun() { self.lacks(state) } else { 0 };
        out.push(closing + MISSING, way(true));
        if state.is_begun() {
            // however wide the words are, they are its
            let cost =
                self.goes_to((line, self.leaves(line, state)), state, column, id) - self.too_wide(state, column, id);
            out.push(cost, way(false));
        }
    }
}
