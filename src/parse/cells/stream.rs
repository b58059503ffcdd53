//! Content-stream order: a line goes on in its cell, begins the next one, or begins a row; or it does several of these,
//! where cells of one line stand side by side.

use super::cuts;
use super::state::{Move, State};
use super::{BAD, LOOSE, Out, SHORT, Table, UNENDED, UNEVEN};
use crate::parse::part::Measure;

impl Table<'_, '_> {
    /// The same where a 分野 stands before some names: as wide as the first reading finds them, since a narrow column of
    /// two kinds of words tells less well where the content begins.
    pub fn with_fields(mut self) -> Self {
        self.fields = Some(usize::MAX);
        let mut widest: Vec<usize> = Vec::new();
        for step in self.read().into_iter().flatten() {
            if step.choice.begins {
                widest.push(0);
            }
            if let Some(name) = step.choice.way.name() {
                let width = self.piece(name).size.width;
                widest.last_mut().into_iter().for_each(|widest| *widest = width.max(*widest));
            }
        }
        widest.sort_unstable();
        // one that no other comes near was misread
        let near = |pair: &&[usize]| pair[0] * 3 >= pair[1] * 2;
        self.fields = widest.windows(2).rev().find(near).map(|pair| pair[1]).or(widest.last().copied());
        self
    }

    /// Content-stream order: the line goes on in its cell, begins the next, or begins a row.
    pub(super) fn in_order(&self, line: usize, state: &State, out: &mut Out) {
        let row = &self.rows[line];
        if let Some(mark) = row.mark {
            self.marked(line, mark.column, state, out);
            return;
        }
        // as nearly every line
        let is_within = match self.cuts.only(line) {
            Some(only) if !row.cut && state.column() > 0 && !state.has_ended(state.column()) => {
                out.push(self.goes_on_within(state, only), Move::new(false, state.column(), only, 1 << state.column()));
                // within a sentence all else is far
                if out.is_far(self.leaves(line, state)) {
                    return;
                }
                true
            }
            _ => false,
        };
        let begun = state.is_begun();
        let Some(id) = self.cuts.of(line, cuts::WHOLE).first() else { return };
        let whole = self.piece(id);
        // whether all its words go to one cell
        let is_whole = self.cuts.lines[line].len() == 1;
        let split = self.cuts.of(line, cuts::SPLIT);
        let blank = match split.first() {
            _ if is_whole => 0,
            // behind a cut the rests of two cells may share a line
            Some(_) if row.cut || self.fields.is_some() => BAD,
            None if self.cuts.of(line, cuts::RESTS).first().is_none() => 0,
            _ => 3,
        };
        let goes_on = |column: usize, piece: u32, columns: u32| Move::new(false, column, piece, columns);
        // the row goes on
        if begun {
            let now = state.column();
            let uneven = if row.cut && !state.has_ended(now) { state.uneven() } else { 0 };
            let blank = blank + uneven;
            let leaves = self.leaves(line, state);
            if now == 0 {
                let above = state.last(0).map(|last| &self.piece(last).size);
                let last = above.map(|last| last.width);
                // `育成 夜間診療`: the last line of a 分野 and the name
                let two = split.pieces().nth(1).filter(|_| self.fields.is_some());
                let wide = self.piece(two.unwrap_or(id)).size.width;
                let vertical = wide <= 4 && last.is_none_or(|last| last <= 4);
                // `スポー⏎ツ・文化`: what begins no line took a letter with it
                let forced = |last: &Measure| last.must_break(&whole.size, state.width(0).max(wide));
                let wraps = last.is_some_and(|last| wide <= last) || self.fields.is_none() && above.is_some_and(forced);
                let is_narrow = self.fields.map(|most| wide <= most);
                let cost = match (vertical, wraps, is_narrow) {
                    (true, ..) | (_, true, Some(_)) => 0,
                    // the name below a 分野
                    (_, false, Some(true)) => 1,
                    (_, true, None) => 2,
                    _ => SHORT,
                };
                out.push(cost + self.name_blank(blank) + whole.name_cost, goes_on(0, id, 1));
                // `医療⏎救急 文`: the name below a 分野, and its content
                if let Some(name) = split.first()
                    && self.fields.is_some_and(|most| self.piece(name).size.width <= most)
                {
                    for cut in [cuts::SPLIT, cuts::EACH, cuts::SECOND] {
                        self.apart(line, state, (false, 0, cut), self.piece(name).name_cost, out);
                    }
                }
            } else if !is_within {
                let reads_on = if row.cut { state.last(now).map_or(0, |last| self.reads_on(last, id)) } else { 0 };
                out.push(self.goes_on_within(state, id) + reads_on + blank, goes_on(now, id, 1 << now));
            }
            // only behind a page another cell comes than the next
            let others = match (state.cut, row.cut) {
                _ if out.is_far(blank + leaves) => 0..0,
                (true, true) => 1..self.columns + 1,
                (true, false) => now + 1..self.columns + 1,
                (false, _) => now + 1..self.columns.min(now + 1) + 1,
            };
            for next in others.filter(|next| *next != now) {
                if !state.has(next) && self.held() & 1 << next != 0 {
                    continue;
                }
                let cost = blank + self.goes_to((line, leaves), state, next, id);
                out.push(cost, goes_on(next, id, 1 << next));
            }
            match state.cut {
                _ if is_whole => {}
                true => self.rests(line, state, out),
                false => self.ends(line, state, out),
            }
            if let Some((name, rest)) = split.both()
                && row.cut
            {
                // `出 報を共有し、`: the rest of the name beside that of a cell
                for column in (1..=self.columns).filter(|c| state.has(*c) && !state.has_ended(*c)) {
                    let cost = 1 + self.piece(name).name_cost + self.goes_on(state, column, rest);
                    out.push(cost, goes_on(column, name, 1 | 1 << column));
                }
            }
            if row.cut && now > 0 {
                // beside a 分野 two cells are narrow, and neither their words nor letters on lines of their own read on
                let is_one = self.fields.is_none() && whole.size.width > 4;
                let reads_on = state.last(0).filter(|_| is_one).map_or(0, |last| self.reads_on(last, id));
                let cost = 2 + whole.name_cost + reads_on + self.too_wide(state, 0, id);
                out.push(cost, goes_on(0, id, 1));
            }
        }
        // a new row, but hardly within a sentence
        if begun && state.column() > 0 && out.is_far(UNENDED) && !state.has_ended(state.column()) {
            return;
        }
        let closing = if begun { self.lacks(state) } else { 0 };
        if out.is_far(closing) {
            return;
        }
        out.push(closing + self.name_blank(blank) + whole.name_cost, Move::new(true, 0, id, 1));
        if let Some(name) = split.first() {
            for cut in [cuts::SPLIT, cuts::EACH] {
                self.apart(line, state, (true, 0, cut), closing + self.piece(name).name_cost, out);
            }
        }
        if let Some(name) = self.cuts.of(line, cuts::SECOND).first().filter(|_| self.fields.is_some()) {
            self.apart(line, state, (true, 0, cuts::SECOND), closing + self.piece(name).name_cost, out);
        }
    }

    /// What it costs when a piece goes on in the cell that is filled.
    fn goes_on_within(&self, state: &State, id: u32) -> u32 {
        let now = state.column();
        let cost = match self.goes_on(state, now, id) {
            // a first line of content that is broken too early may be one of the name
            LOOSE if self.fields.is_some() && now == 1 && state.lines == 1 => BAD,
            cost => cost,
        };
        cost + self.too_wide(state, now, id)
    }

    /// Pieces of a line that go to one cell each, from a column on.
    fn apart(&self, line: usize, state: &State, way: (bool, usize, usize), cost: u32, out: &mut Out) {
        let (begins, from, cut) = way;
        let pieces = self.cuts.of(line, cut);
        let count = pieces.count();
        if count < 2 || from + count > self.columns + 1 - self.held || out.is_far(cost + pieces.blank) {
            return;
        }
        let cells = (from..).zip(pieces.pieces()).skip(1);
        let wide: u32 = cells.map(|(column, piece)| self.too_wide(state, column, piece)).sum();
        let (column, columns) = (from + count - 1, ((1 << count) - 1) << from);
        out.push(cost + pieces.blank + wide, Move::new(begins, column, pieces.pieces().start, columns));
    }

    /// What a blank in a name costs: it may part the name from its 分野.
    fn name_blank(&self, blank: u32) -> u32 {
        if self.fields.is_some() { blank.min(1) } else { blank }
    }

    /// What it costs to leave a cell within a sentence; never more than [`UNENDED`].
    pub(super) fn leaves(&self, line: usize, state: &State) -> u32 {
        match state.column() {
            0 => 0,
            now if self.rows[line].cut || state.has_ended(now) => 0,
            _ if !state.cut && self.may_be_cut(line, state) => state.uneven() + 2,
            _ => UNENDED,
        }
    }

    /// Whether the page may end within the cell that is filled: all lines that are left of it are those of the cells behind it,
    /// and these end there as well, or sooner.
    fn may_be_cut(&self, line: usize, state: &State) -> bool {
        let others = (self.columns - state.column()) as u32;
        (1..=others * (state.height() + UNEVEN)).contains(&self.left[line])
    }

    /// What it costs to go on in another cell than before, which costs `leaves` to leave.
    pub(super) fn goes_to(&self, (line, leaves): (usize, u32), state: &State, next: usize, id: u32) -> u32 {
        let (now, row, whole) = (state.column(), &self.rows[line], self.piece(id));
        let mut cost = self.too_wide(state, next, id);
        if !state.has(next) {
            cost += self.begins_list(whole) + self.begins_cell(whole, next);
        }
        if leaves > 0 {
            cost += leaves;
        } else if now > 0
            && !row.cut
            && whole.entry.is_none()
            && state.last(now).is_some_and(|l| self.piece(l).size.must_break(&whole.size, state.width(now)))
        {
            cost += 1;
        }
        if now == 0 && whole.size.width <= 4 {
            cost += 6;
        }
        if !state.has(next) && state.cut && row.mark.is_none() {
            // all cells of a row begin on its first page
            cost += 15;
        }
        if let Some(last) = state.last(next).map(|last| &self.piece(last).size)
            && !self.is_next(state, next, whole)
        {
            cost += if last.ended { 3 } else { 0 };
            cost += if last.must_break(&whole.size, state.width(next)) { 0 } else { LOOSE };
        }
        if let Some(last) = state.last(next) {
            cost += self.reads_on(last, id);
        }
        cost
    }

    /// `医師を出す。 費用を出`: the last line of a cell and the first one of the next, on one line
    fn ends(&self, line: usize, state: &State, out: &mut Out) {
        for cut in [cuts::RESTS, cuts::EACH] {
            let first = self.cuts.of(line, cut).first();
            let Some(first) = first.filter(|piece| self.piece(*piece).size.ended) else { continue };
            let now = state.column();
            for left in now.max(1)..=now + 1 {
                let cost = match left == now {
                    true => self.goes_on(state, now, first) + self.too_wide(state, now, first),
                    false => self.goes_to((line, self.leaves(line, state)), state, left, first),
                };
                self.apart(line, state, (false, left, cut), cost, out);
            }
        }
    }

    /// `る。 を共有する。`: the rests of two cells that a page cut, on one line
    fn rests(&self, line: usize, state: &State, out: &mut Out) {
        let Some((first, rest)) = self.cuts.of(line, cuts::RESTS).both() else { return };
        let from = if self.rows[line].cut { 1 } else { state.column().max(1) };
        for left in from..self.columns {
            for right in left + 1..=self.columns {
                let is_rest = |column: usize| state.has(column) && !state.has_ended(column);
                if is_rest(left) && is_rest(right) {
                    let cost = self.goes_on(state, left, first) + self.goes_on(state, right, rest);
                    let columns = 1 << left | 1 << right;
                    out.push(cost, Move::new(false, right, first, columns));
                }
            }
        }
    }
}
