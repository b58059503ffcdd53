//! Which cell each line, or each piece of a line, belongs to.
//!
//! What is known: a cell ends with a sentence; a line that is not its last is as full as its column allows; every row
//! fills every column. Each reading of a block costs what it violates, and the cheapest one is taken.

mod begins;
mod beside;
mod cuts;
mod drift;
mod held;
pub mod lists;
mod state;
mod stream;

use super::columns::{Row, Starts};
use super::part::{Part, is_ended};
use super::scatter::{Ends, Words};
use super::search::{self, Mix, Step, Ways};
pub use begins::is_done_by_others;
use cuts::Cuts;
pub use cuts::{Piece, across};
pub use state::{Choice, bits, ways};
use state::{Move, State, count};
use std::hash::Hasher;
use std::rc::Rc;

/// A row that costs as much is torn.
pub const BAD: u32 = 8;
/// A cell that is not there.
const MISSING: u32 = 25;
/// A cell that ends within a sentence.
const UNENDED: u32 = 30;
/// A line that ended a sentence before the edge, and yet goes on.
const SHORT: u32 = 8;
/// A name on a line that is wider than their column.
const WIDE: u32 = 20;
/// A line that was broken before the edge.
const LOOSE: u32 = 4;
/// By so many lines at most, cells that a page cuts are of other heights.
const UNEVEN: u32 = 6;
/// A cell whose words leave out lines, by the eye.
const RESUMED: u32 = 3;

/// So many code points stand before the words of a column that is not the first.
const INDENTED: usize = 4;

/// A block under a header.
pub struct Table<'l, 's> {
    columns: usize,
    /// How many of them, the last ones, are roles that stand below each other in one place: each begins with a mark.
    held: usize,
    rows: Vec<Row<'l, 's>>,
    starts: Vec<Starts>,
    /// How many lines are left of the page, from each one on; 0 where no page cuts the table behind it.
    left: Vec<u32>,
    by_eye: bool,
    keeps_places: bool,
    /// The columns, as bits, whose cells may be empty and hold no sentences: `備考`, `費用負担`.
    free: u32,
    /// Entries of lists end without a mark.
    nouns: bool,
    /// A 分野 may stand before the name in its cell, in content-stream order; no line of either is wider.
    fields: Option<usize>,
    cuts: Cuts<'l, 's>,
    /// What tells whether the words of a cell read on behind a page.
    words: Option<(Rc<Words>, Vec<Ends>)>,
    /// For each number of pieces, the ways to put them into columns, by the eye.
    ways: Vec<Vec<u32>>,
}

type Out = search::Out<Move>;

/// Whether the lines hold the columns side by side.
pub fn is_by_eye(rows: &[Row]) -> bool {
    rows.iter().any(|row| stands_beside(row) || goes_on_beside(row)) || is_mostly_by_eye(rows) || is_indented(rows)
}

/// Whether words that go on below stand between others on a line: cell after cell, only what is whole does.
fn stands_beside(row: &Row) -> bool {
    let mut parts = row.pieces.iter().filter(|piece| piece.1).map(|piece| piece.0);
    parts.next();
    let last = parts.next_back();
    last.is_some() && parts.any(|part| !is_ended(part.text))
}

/// Whether words that go on below, and are no name, stand first on a line with others; `場所を貸す。ア 表を作り、配` are two
/// cells without a blank between them.
fn goes_on_beside(row: &Row) -> bool {
    let [(first, _), others @ ..] = &row.pieces[..] else { return false };
    let goes_on = || first.text.rsplit('。').next().is_some_and(|rest| rest.chars().nth(1).is_some());
    let is_cell = |(part, sure): &(Part, bool)| *sure && !part.text.starts_with('。');
    others.iter().any(is_cell) && !first.is_like_name() && goes_on()
}

/// Whether most lines stand below each other, right of the first column: what keeps their places are blanks.
fn is_indented(rows: &[Row]) -> bool {
    rows.iter().filter(|row| row.whole.column >= INDENTED).count() * 2 > rows.len()
}

/// Whether most lines hold words of several columns.
pub fn is_mostly_by_eye(rows: &[Row]) -> bool {
    rows.iter().filter(|row| row.pieces.iter().filter(|piece| piece.1).count() >= 2).count() * 2 > rows.len()
}

/// Whether blanks of several widths keep the places of columns that stand side by side.
pub fn keeps_places(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.whole.text.contains("  "))
        || rows.iter().filter(|row| row.whole.column > 1).count() * 4 > rows.len()
}

impl<'l, 's> Table<'l, 's> {
    /// `columns` columns beside the name; `starts` are the places of the columns for each line.
    /// By the eye, or in content-stream order. `held` of the columns have one place.
    pub fn new((columns, held): (usize, usize), rows: Vec<Row<'l, 's>>, mut starts: Vec<Starts>, by_eye: bool) -> Self {
        let keeps_places = by_eye && keeps_places(&rows);
        let mut left = vec![0; rows.len()];
        for at in (1..rows.len()).rev() {
            left[at - 1] = match left[at] {
                _ if rows[at].cut => 1,
                0 => 0,
                behind => behind + 1,
            };
        }
        let nouns = lists::end_as_nouns(&rows);
        let places = columns - held.saturating_sub(1);
        if keeps_places {
            cuts::places(places, &rows, &mut starts);
        }
        let cuts = if by_eye { Cuts::across(&rows, places) } else { Cuts::in_order(&rows) };
        let ways =
            if by_eye { (0..=columns + 1).map(|pieces| ways(pieces, columns + 1)).collect() } else { Vec::new() };
        Self {
            columns,
            held,
            free: 0,
            rows,
            starts,
            left,
            by_eye,
            keeps_places,
            nouns,
            fields: None,
            cuts,
            words: None,
            ways,
        }
    }

    /// The same where no line of a name is wider than that.
    pub fn with_names(mut self, widest: Option<usize>) -> Self {
        let Some(widest) = widest.filter(|_| !self.by_eye) else { return self };
        let wide = self.cuts.pieces.iter_mut().filter(|piece| piece.size.sure > widest);
        wide.for_each(|piece| piece.name_cost += WIDE);
        self
    }

    /// Whether the lines hold the columns side by side.
    pub fn by_eye(&self) -> bool {
        self.by_eye
    }

    /// Whether neither places nor marks tell which cell the entry of a list belongs to.
    pub fn bullets_tell_nothing(&self) -> bool {
        !self.by_eye && self.held == 0
    }

    /// A line of the block.
    pub fn row(&self, line: usize) -> &Row<'l, 's> {
        &self.rows[line]
    }

    /// A choice for every line.
    pub fn read(&self) -> Option<Vec<Step<Choice>>> {
        search::search(self, self.rows.len(), State::default())
    }

    /// The pieces of a line and their columns, as it was read; 0 is the name.
    pub fn cells(&self, choice: &Choice) -> impl Iterator<Item = (usize, &Piece<'l, 's>)> {
        choice.way.pieces().map(|(column, piece)| (column, self.piece(piece)))
    }

    fn piece(&self, piece: u32) -> &Piece<'l, 's> {
        &self.cuts.pieces[piece as usize]
    }

    /// Whether a row lacks something, by its cells.
    pub fn is_unfinished(&self, cells: &[(usize, &Piece)]) -> bool {
        let is_entry = |cell: &(usize, &Piece)| cell.1.entry.is_some();
        let is_ended = |column: usize| {
            let mut lines = cells.iter().filter(|cell| cell.0 == column);
            let is_list = || self.nouns && cells.iter().any(|cell| cell.0 == column && is_entry(cell));
            lines.next_back().is_some_and(|last| last.1.size.ended || is_list())
        };
        !(1..=self.columns).all(is_ended)
    }

    /// All columns, as bits.
    fn all(&self) -> u32 {
        (1 << (self.columns + 1)) - 1
    }

    /// What the row would lack if it ended here.
    fn lacks(&self, state: &State) -> u32 {
        let name = if state.has(0) { 0 } else { 10 };
        let missing = self.all() & !1 & !self.free & !state.filled();
        let unended = state.filled() & !1 & !state.ended();
        match missing | unended {
            0 => name,
            _ => name + count(missing) * MISSING + count(unended) * UNENDED,
        }
    }

    /// What it costs when a piece goes on in the cell of a column.
    fn goes_on(&self, state: &State, column: usize, piece: u32) -> u32 {
        let Some(last) = state.last(column).map(|last| &self.piece(last).size) else { return 0 };
        let piece = self.piece(piece);
        if let Some(cost) = self.goes_on_in_list(state, column, piece) {
            return cost + piece.entry.map_or(0, |_| self.begins_cell(piece, column));
        }
        let full = state.width(column).max(piece.size.sure);
        // trimmed marks of one line make a column look a letter wider than it is
        let slack = if self.keeps_places || self.fields.is_some() { 2 } else { 0 };
        let breaks = |full: usize| last.must_break(&piece.size, full);
        match (last.ended, breaks(full.saturating_sub(slack))) {
            (false, true) => 0,
            // as good as an end of the cell
            (true, true) if breaks(full) => u32::from(self.by_eye),
            (true, true) => 1,
            (true, false) => SHORT,
            (false, false) => LOOSE - u32::from(piece.opens),
        }
    }

    /// Whether no page cuts the row any more behind a line: of the cells before the one that is filled, only what they lack
    /// counts. (Which entries a cell holds tells how wide it is.)
    fn is_last_page(&self, line: usize, state: &State) -> bool {
        let is_plain = !self.by_eye && self.held == 0 && self.fields.is_none();
        is_plain && self.left[line] == 0 && !state.cut && !state.has_entries()
    }

    /// A piece goes to the cell of a column.
    fn put(&self, next: &mut State, column: usize, id: u32) {
        let Piece { size, place, entry, .. } = self.piece(id);
        let is_broken = |last: u32| {
            let last = self.piece(last);
            !last.is_mark && entry.is_none() && last.size.must_break(size, next.width(column))
        };
        if !next.is_known(column) && next.last(column).is_some_and(is_broken) {
            next.know(column);
        }
        next.entries[column] = entry.map_or(next.entries[column], |number| number.saturating_add(1));
        let is_noun = self.nouns && next.entries[column] > 0 || self.free & 1 << column != 0;
        next.put(column, (id, *place), size.sure, size.ended || is_noun);
    }

    /// A line that is wider than a column whose width is known.
    fn too_wide(&self, state: &State, column: usize, piece: u32) -> u32 {
        if state.is_known(column) && self.piece(piece).size.sure > state.width(column) + 3 { SHORT } else { 0 }
    }
}

impl Ways for Table<'_, '_> {
    type State = State;
    type Move = Move;
    type Choice = Choice;
    /// As much as a cell that is not there, or ends within a sentence.
    const FAR: u32 = UNENDED;

    fn near(&self) -> &'static [u32] {
        // by the eye, and without places, what is read badly is read so all over
        if self.by_eye && !self.keeps_places { &[10] } else { &[10, 20] }
    }

    fn enter(&self, line: usize, state: &mut State) -> u32 {
        if self.rows[line].cut {
            state.cut = true;
            if self.by_eye {
                state.reopen();
            }
        }
        0
    }

    fn expand(&self, line: usize, state: &State, out: &mut Out) {
        if self.by_eye { self.across(line, state, out) } else { self.in_order(line, state, out) }
    }

    fn step(&self, _: usize, next: &mut State, way: Move) -> Choice {
        let (begins, columns) = (way.begins, way.columns());
        let closing = if begins && next.is_begun() { self.lacks(next) } else { 0 };
        if begins {
            *next = next.fresh();
        } else if self.by_eye && columns > 1 && !self.keeps_places && !self.drifts() {
            next.close_others(columns);
        }
        next.leave(way);
        for (column, id) in way.pieces() {
            self.put(next, column, id);
        }
        Choice { begins, closing, way }
    }

    fn key(&self, line: usize, state: &State) -> u64 {
        let mut hasher = Mix::default();
        match self.is_last_page(line, state) {
            true => hasher.write_u64(state.standing()),
            false => state.all().into_iter().for_each(|number| hasher.write_u64(number)),
        }
        hasher.finish()
    }

    fn close(&self, state: &State) -> u32 {
        self.lacks(state)
    }

    fn same(left: &Choice, right: &Choice) -> bool {
        (left.begins, left.way) == (right.begins, right.way)
    }
}
