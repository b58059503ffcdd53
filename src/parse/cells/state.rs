//! Where a reading of a block stands, and the ways on.

/// No header that is read here has more columns, the name among them.
pub const COLUMNS: usize = 8;

/// A way to read a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub begins: bool,
    /// The cell that is filled, in content-stream order.
    pub column: u8,
    /// The columns of its pieces, one bit for each; the lowest is the name.
    columns: u8,
    /// The first of its pieces, which tells how the line is cut.
    pub first: u32,
}

impl Move {
    pub fn new(begins: bool, column: usize, first: u32, columns: u32) -> Self {
        Move { begins, column: column as u8, first, columns: columns as u8 }
    }

    /// The columns of its pieces, one bit for each.
    pub fn columns(self) -> u32 {
        self.columns.into()
    }

    /// The pieces of the line and their columns, from left to right.
    pub fn pieces(self) -> impl Iterator<Item = (usize, u32)> + Clone {
        bits(self.columns()).zip(self.first..)
    }

    /// The piece that is words of the name.
    pub fn name(self) -> Option<u32> {
        (self.columns & 1 != 0).then_some(self.first)
    }
}

/// What was chosen for a line.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// It begins a row.
    pub begins: bool,
    /// What the row before it lacks, as a cost.
    pub closing: u32,
    pub way: Move,
}

/// What is copied for every reading, so it is small.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// The last piece of each cell of the row, and one; 0 where there is none.
    lasts: [u32; COLUMNS],
    /// The places of these pieces, and one.
    places: [u16; COLUMNS],
    /// How wide each column is at least.
    widths: [u16; COLUMNS],
    /// Of each cell that holds a list the number of the last entry, and one.
    pub entries: [u8; COLUMNS],
    /// Lines of the cell that is filled.
    pub lines: u16,
    /// Lines of a cell that the coming cut leaves unfinished: as many as those of the other unfinished cells.
    pub unfinished: Option<u16>,
    /// The columns that have words in this row, as bits.
    filled: u8,
    /// Those of them whose last words may be the end of their cell.
    ended: u8,
    /// Columns that broke a line, as bits: their width is known.
    known: u8,
    /// Columns that have ended in this row.
    closed: u8,
    /// The cell that is filled, in content-stream order.
    column: u8,
    /// The page was cut within the row.
    pub cut: bool,
}

impl State {
    pub fn is_begun(&self) -> bool {
        self.filled != 0
    }

    /// The cell that is filled, in content-stream order.
    pub fn column(&self) -> usize {
        self.column.into()
    }

    /// The columns that have words in this row, as bits.
    pub fn filled(&self) -> u32 {
        self.filled.into()
    }

    /// Those of them whose last words may be the end of their cell.
    pub fn ended(&self) -> u32 {
        self.ended.into()
    }

    /// Columns that have ended in this row.
    pub fn closed(&self) -> u32 {
        self.closed.into()
    }

    /// Whether the cell of a column has words in this row.
    pub fn has(&self, column: usize) -> bool {
        self.filled & 1 << column != 0
    }

    /// Whether the last words in the cell of a column may be its end.
    pub fn has_ended(&self, column: usize) -> bool {
        self.ended & 1 << column != 0
    }

    /// Whether a cell of the row holds a list.
    pub fn has_entries(&self) -> bool {
        u64::from_ne_bytes(self.entries) != 0
    }

    /// Which cells have words, which of these may end there, which one is filled, and where its last words stand: as a
    /// number.
    pub fn standing(&self) -> u64 {
        let place = self.places[usize::from(self.column)];
        u64::from(place) << 32 | u64::from(self.filled) << 16 | u64::from(self.ended) << 8 | u64::from(self.column)
    }

    /// All that tells two readings of a row apart, as numbers.
    #[inline]
    pub fn all(&self) -> [u64; 4] {
        let [a, b, c, d, e, f, g, h] = self.places;
        let word = |[a, b, c, d]: [u16; 4]| u64::from(a) << 48 | u64::from(b) << 32 | u64::from(c) << 16 | u64::from(d);
        let cell = u64::from(self.column) | u64::from(self.cut) << 8 | u64::from(self.lines.min(40)) << 16;
        let unfinished = self.unfinished.map_or(u32::MAX, u32::from);
        [
            u64::from(unfinished) << 32 | u64::from(self.closed) << 24 | cell,
            u64::from_ne_bytes(self.entries),
            word([a, b, c, d]),
            word([e, f, g, h]),
        ]
    }

    /// The last piece of the cell of a column.
    pub fn last(&self, column: usize) -> Option<u32> {
        self.lasts[column].checked_sub(1)
    }

    /// A piece that stands at a place goes to the cell of a column, as wide as `width`; whether the cell may end with it.
    pub fn put(&mut self, column: usize, (piece, place): (u32, u16), width: usize, ended: bool) {
        self.lasts[column] = piece + 1;
        self.places[column] = place + 1;
        self.widths[column] = self.widths[column].max(width.min(u16::MAX.into()) as u16);
        self.filled |= 1 << column;
        self.ended = self.ended & !(1 << column) | u8::from(ended) << column;
    }

    /// The number of the last entry in the cell of a column.
    pub fn entry(&self, column: usize) -> Option<u8> {
        self.entries[column].checked_sub(1)
    }

    /// Whether the width of a column is known.
    pub fn is_known(&self, column: usize) -> bool {
        self.known & 1 << column != 0
    }

    /// A column broke a line.
    pub fn know(&mut self, column: usize) {
        self.known |= 1 << column;
    }

    /// Of the cells that have words, all others than these have ended; that of the name never does.
    pub fn close_others(&mut self, columns: u32) {
        self.closed |= self.filled & !1 & !(columns as u8);
    }

    /// No cell of the row has ended.
    pub fn reopen(&mut self) {
        self.closed = 0;
    }

    /// A line goes a way; a cell that it leaves within a sentence is unfinished.
    pub fn leave(&mut self, Move { begins, column, columns, .. }: Move) {
        if self.column != column || begins {
            let ends = columns & 1 << self.column != 0;
            let leaves = column > 0 && self.column > 0 && !ends && !self.has_ended(self.column.into());
            if !begins && leaves && self.unfinished.is_none() {
                self.unfinished = Some(self.lines);
            }
            self.lines = 0;
        }
        (self.column, self.lines) = (column, self.lines + 1);
    }

    /// How many lines the cell has that is filled, or another one that the coming cut leaves unfinished.
    pub fn height(&self) -> u32 {
        self.unfinished.map_or(self.lines, |lines| lines.max(self.lines)).into()
    }

    /// How far the lines of the cell are from those of another cell that the page cuts.
    pub fn uneven(&self) -> u32 {
        self.unfinished.map_or(0, |lines| (u32::from(lines.abs_diff(self.lines)) * 2).min(12))
    }

    /// How wide a column is at least.
    pub fn width(&self, column: usize) -> usize {
        self.widths[column].into()
    }

    /// The state before the first line of a row.
    pub fn fresh(&self) -> Self {
        State { widths: self.widths, known: self.known, ..State::default() }
    }
}

/// How many columns each set of them has: not all processors count bits at once.
static COUNTS: [u8; 1 << COLUMNS] = {
    let (mut counts, mut set) = ([0; 1 << COLUMNS], 1);
    while set < counts.len() {
        counts[set] = counts[set / 2] + (set % 2) as u8;
        set += 1;
    }
    counts
};

/// How many columns are among these bits.
pub fn count(set: u32) -> u32 {
    COUNTS[usize::from(set as u8)].into()
}

/// All ways to put `pieces` pieces into `columns` columns from left to right: a bit for each column that gets one.
pub fn ways(pieces: usize, columns: usize) -> Vec<u32> {
    (0u32..1 << columns).filter(|set| set.count_ones() as usize == pieces).collect()
}

/// The columns whose bits are set, from left to right.
pub fn bits(mut set: u32) -> impl Iterator<Item = usize> + Clone {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then_some(set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}
