//! By the eye: each piece of a line goes to a column, from left to right.

use super::cuts::Cut;
use super::state::{COLUMNS, Move, State, count};
use super::{Out, Table, bits};
use smallvec::SmallVec;

/// A line of a row on which every cell begins a sentence.
const ANEW: u32 = 4;

/// What the places of the pieces cost, the first of them, and their columns.
type Placed = (u32, u32, u32);

impl Table<'_, '_> {
    /// The line goes on in the cells of the row, or begins a row.
    pub(super) fn across(&self, line: usize, state: &State, out: &mut Out) {
        let row = &self.rows[line];
        let begun = state.is_begun();
        let closing = if begun { self.lacks(state) } else { 0 };
        let open = state.filled() & !state.ended() & !state.closed() & !1;
        let gap = if row.whole.line.gap || !begun { 0 } else { 1 };
        let apart = if row.whole.line.gap && self.keeps_places && closing == 0 { 2 } else { 0 };
        let (now, first) = (self.holder(line, state.column()), self.holder(line, 0));
        let needed = self.first();
        let goes_on = |(place, piece, columns): Placed, out: &Out| {
            let way = Move::new(false, now, piece, columns);
            let is_far = |cost: u32| out.is_far(place + apart + cost);
            let may_be = begun && !is_far(0) && self.is_held(line, columns, now);
            let cost = may_be.then(|| self.goes_on_across(line, state, (way, open), is_far)).flatten()?;
            Some((place + apart + cost, way))
        };
        let begins = |(place, piece, columns): Placed, out: &Out| {
            let may_be = !out.is_far(place + closing) && self.is_held(line, columns, first);
            let missing = count(needed & !columns);
            let way = Move::new(true, first, piece, columns);
            let name = || way.name().map_or(0, |piece| self.piece(piece).name_cost);
            may_be.then(|| (closing + place + missing * 10 + name() + gap, way))
        };
        let try_both = |way: Placed, out: &mut Out| {
            if out.is_far(way.0) {
                return;
            }
            for (cost, way) in [goes_on(way, out), begins(way, out)].into_iter().flatten() {
                out.push(cost, way);
            }
        };
        if !self.keeps_places {
            for (pieces, columns) in self.cuttings(line) {
                try_both((pieces.blank, pieces.pieces().start, columns), out);
            }
            return;
        }
        let ways = self.placed(line);
        // nearly always the words go to the nearest columns, and all else is far
        let nearest = (0..ways.len()).min_by_key(|at| ways[*at].0);
        let known = nearest.map(|at| [goes_on(ways[at], out), begins(ways[at], out)]);
        known.iter().flatten().flatten().for_each(|(cost, _)| out.at_most(*cost));
        for (at, way) in ways.into_iter().enumerate() {
            match known {
                Some(known) if nearest == Some(at) => {
                    known.into_iter().flatten().for_each(|(cost, way)| out.push(cost, way));
                }
                _ => try_both(way, out),
            }
        }
    }

    /// The ways to cut a line, each with those to put its pieces into columns.
    fn cuttings(&self, line: usize) -> impl Iterator<Item = (&Cut, u32)> {
        let cuts = self.cuts.lines[line].iter();
        cuts.flat_map(|pieces| self.ways[pieces.count()].iter().map(move |columns| (pieces, *columns)))
    }

    /// The same with what their places cost, where blanks keep these.
    fn placed(&self, line: usize) -> SmallVec<[Placed; 8]> {
        let mut out = SmallVec::new();
        for pieces in &self.cuts.lines[line] {
            // how far each piece is from each column
            let far: SmallVec<[[u32; COLUMNS]; COLUMNS]> = pieces.pieces().map(|piece| self.far(line, piece)).collect();
            let sum = |columns: u32| bits(columns).zip(&far).map(|(column, far)| far[column]).sum::<u32>();
            let ways = self.ways[pieces.count()].iter();
            out.extend(ways.map(|columns| (pieces.blank + sum(*columns), pieces.pieces().start, *columns)));
        }
        out
    }

    /// How far a piece stands from each column.
    fn far(&self, line: usize, piece: u32) -> [u32; COLUMNS] {
        let last = self.columns - self.held.saturating_sub(1);
        let (starts, at) = (&self.starts[line], self.piece(piece).part.column);
        let mut out = [0; COLUMNS];
        for (column, far) in out[..=self.columns].iter_mut().enumerate() {
            let start = starts.get(column.min(last)).copied().unwrap_or(0);
            *far = (at.abs_diff(start).saturating_sub(2) as u32).min(20);
        }
        out
    }

    /// What it costs when the pieces of a line go on in the cells of the row; `open` cells wait for their end. `None` where
    /// it costs too much.
    fn goes_on_across(
        &self,
        line: usize,
        state: &State,
        (way, open): (Move, u32),
        is_far: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut cost = 0;
        let columns = way.columns();
        let has_content = columns > 1;
        // where all cells begin a sentence, a row does
        if self.keeps_places && columns | 1 == self.all() && columns & !1 & !state.ended() == 0 {
            cost += ANEW;
        }
        if has_content {
            let skipped = count(open & !columns);
            cost += skipped * if self.keeps_places || self.drifts() { 3 } else { 20 };
        }
        // cells that have ended, and those that did not begin with the row
        let others = columns & !1 & !self.rows[line].mark.map_or(0, |mark| 1 << mark.column);
        cost += count(columns & state.filled() & state.closed()) * 20;
        cost += count(others & !state.filled()) * 15;
        for (column, id) in way.pieces() {
            if is_far(cost) {
                return None;
            }
            let piece = self.piece(id);
            cost += self.resumes(line, state, column);
            if column == 0 {
                let short = piece.size.width <= 8;
                cost += piece.name_cost + u32::from(!short) + u32::from(!state.has(0));
                cost += if has_content { 0 } else { 1 };
                cost += self.ends_name(state, piece);
                continue;
            }
            match state.last(column) {
                Some(last) if state.closed() & 1 << column == 0 => {
                    cost += self.goes_on(state, column, id) + self.drifts_to(state, last, id);
                }
                _ => {}
            }
            cost += self.too_wide(state, column, id);
        }
        Some(cost)
    }
}
