//! Where a reading of a scattered table stands.

use crate::parse::search::Mix;
use smallvec::SmallVec;
use std::hash::Hasher;

/// No table that is read here has more columns.
pub const COLUMNS: usize = 7;

/// Where a fragment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// It heads a column.
    Label,
    /// It is part of a name, in the rows of a field from this one on.
    Name { field: u32, row: u32 },
    /// It is part of a cell; rows count from 1.
    Cell { field: u32, row: u32, column: u8 },
    /// It is put aside.
    Aside,
}

/// What stands above the columns: the same in all readings, since a label is never read otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heads {
    /// The columns whose labels were seen, as bits.
    pub seen: u32,
    pub fields: [u32; COLUMNS],
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Column {
    /// The last row that was begun.
    pub row: u32,
    /// How many lines the cell has.
    pub lines: u32,
    /// The last line of that row, where there is one.
    pub last: u32,
}

impl Column {
    /// The last line of the row.
    pub fn last(&self) -> Option<u32> {
        (self.lines > 0).then_some(self.last)
    }
}

/// A cell that a page cut, whose rest did not come yet, or one that comes late as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub column: u32,
    pub field: u32,
    pub row: u32,
    pub last: Option<u32>,
}

#[derive(Debug, Default)]
pub struct State {
    /// Those of the table come first.
    pub columns: [Column; COLUMNS],
    /// Those whose cell ends within a sentence, as bits.
    pub open: u32,
    /// Those that have less rows than another one of their field, as bits.
    pub less: u32,
    pub cuts: SmallVec<[Cut; 1]>,
    /// Which of them the block before belongs to.
    pub filling: Option<u32>,
    /// The column of the line before; the number of columns stands for the names.
    pub block: Option<u32>,
    /// The most rows of a field that a column has left.
    pub done: (u32, u32),
}

impl Clone for State {
    fn clone(&self) -> Self {
        // there are hardly any cuts
        let cuts = if self.cuts.is_empty() { SmallVec::new() } else { SmallVec::from_slice(&self.cuts) };
        State { cuts, ..*self }
    }
}

impl State {
    /// Tells apart what reads on otherwise in `count` columns.
    pub fn key(&self, count: usize) -> u64 {
        let pair = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        let or_none = |value: Option<u32>| value.unwrap_or(u32::MAX);
        let mut hasher = Mix::default();
        for column in &self.columns[..count] {
            // neither is more than there are pieces
            hasher.write_u64(pair(column.last, column.row << 16 | column.lines));
        }
        for cut in &self.cuts {
            hasher.write_u64(pair(cut.column, cut.field));
            hasher.write_u64(pair(cut.row, or_none(cut.last)));
        }
        hasher.write_u64(pair(or_none(self.filling), or_none(self.block)));
        hasher.write_u64(pair(self.done.0, self.done.1));
        hasher.finish()
    }
}
