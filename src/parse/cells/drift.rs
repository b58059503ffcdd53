//! Lines by the eye that do not stand beside each other: cells whose lines have other heights stand between each other's.

use super::cuts::Piece;
use super::state::State;
use super::{LOOSE, RESUMED, Table, bits};

impl Table<'_, '_> {
    /// Whether lines of the roles may stand between those of the content, and no blanks tell which are which: the rows of
    /// the roles have heights of their own.
    pub(super) fn drifts(&self) -> bool {
        self.by_eye && !self.keeps_places && self.held > 0
    }

    /// What it costs, where lines drift, when a piece reads on behind another cell better than behind `last`.
    pub(super) fn drifts_to(&self, state: &State, last: u32, piece: u32) -> u32 {
        if !self.drifts() {
            return 0;
        }
        let open = bits(self.all() & !1).filter(|column| !state.has_ended(*column));
        let best = open.filter_map(|column| state.last(column)).map(|last| self.reads_on(last, piece)).min();
        best.map_or(0, |best| self.reads_on(last, piece).saturating_sub(best))
    }

    /// What it costs, among lists, when a name goes on whose line had room for more; where lines drift, one with as much
    /// room as these words take.
    pub(super) fn ends_name(&self, state: &State, piece: &Piece) -> u32 {
        if self.drifts() {
            let full = state.width(0).max(piece.size.sure);
            let is_full = |last: u32| self.piece(last).size.must_break(&piece.size, full);
            return if state.last(0).is_none_or(is_full) { 0 } else { LOOSE };
        }
        let last = state.last(0).filter(|_| self.keeps_places && state.has_entries());
        let has_room = |last: u32| !self.piece(last).size.must_break(&piece.size, state.width(0));
        if last.is_some_and(has_room) { RESUMED } else { 0 }
    }

    /// What it costs when a cell goes on that had no words on the last lines, among lists: those cells are longer.
    pub(super) fn resumes(&self, line: usize, state: &State, column: usize) -> u32 {
        let last = state.last(column).filter(|_| self.keeps_places && !state.cut && state.has_entries());
        // lines of cells that stand between each other's skip one
        let skips = last.is_some_and(|last| self.rows[line].whole.at > self.piece(last).part.at + 2);
        if skips { RESUMED } else { 0 }
    }
}
