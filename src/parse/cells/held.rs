//! Roles that stand one below the other, each behind the mark of its party: only a mark opens one.

use super::cuts;
use super::state::{Move, State};
use super::{MISSING, Out, Table, WIDE};
use crate::parse::rows::Column;
use crate::parse::{Context, holders, sentences};

impl Table<'_, '_> {
    /// The same with the marks and the subjects of the last column, where that holds the roles of all (`【甲】文。⏎【乙】文。`,
    /// `甲は、文。⏎乙は、文。`): they are the entries of a list there.
    pub fn with_parties(mut self, columns: &[Column], cx: &Context) -> Self {
        if !matches!(columns.last(), Some(Column::Role(parties)) if parties.len() > 1) {
            return self;
        }
        let others = self.all() & !(1 << self.columns);
        for piece in &mut self.cuts.pieces {
            let text = piece.part.text;
            let mark = holders::begins(text, &cx.parties);
            let number = match &mark {
                Some((who, _)) => cx.parties.iter().position(|party| **who == [party.symbol.clone()]).map(|at| at + 1),
                None => sentences::subject(text, &cx.parties).filter(|who| who.len() == 1).map(|_| 0),
            };
            let Some(number) = number.and_then(|number| u8::try_from(number).ok()) else { continue };
            (piece.entry, piece.name_cost, piece.hardly) = (Some(number), piece.name_cost + WIDE, others);
            piece.is_mark = mark.is_some_and(|(_, len)| len == text.len());
        }
        self
    }

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
