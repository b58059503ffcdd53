//! Where a reading of a scattered table stands.

use crate::parse::cells::bits;
use crate::parse::search::Mix;
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
    pub seen: u8,
    pub fields: [u32; COLUMNS],
    /// For each column the others with the same field, as bits.
    peers: [u8; COLUMNS],
    /// Whether one field stands in all of them.
    level: bool,
}

impl Heads {
    /// A label heads one of `count` columns: what stands below is a field.
    pub fn see(&mut self, column: usize, field: u32, count: usize) {
        self.seen |= 1 << column;
        self.fields[column] = field;
        self.level = self.fields[..count].iter().all(|other| *other == field);
        for (index, peers) in self.peers.iter_mut().enumerate() {
            let is_peer = |other: &usize| *other != index && self.fields[*other] == self.fields[index];
            *peers = (0..count).filter(is_peer).fold(0, |peers, other| peers | 1 << other);
        }
    }

    /// The columns that have no other one of their field among these, as bits; these themselves may be left out.
    pub fn free(&self, of: u8) -> u8 {
        match self.level {
            true if of == 0 => u8::MAX,
            true => 0,
            false => bits(of.into()).fold(u8::MAX, |free, one| free & !self.peers[one]),
        }
    }
}

/// No table that is read has more rows or lines than 16 bits count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Column {
    /// The last row that was begun.
    pub row: u16,
    /// How many lines the cell has.
    pub lines: u16,
    /// The last line of that row, where there is one.
    pub last: u32,
}

impl Column {
    /// The last line of the row.
    pub fn last(&self) -> Option<u32> {
        (self.lines > 0).then_some(self.last)
    }
}

/// What is copied for every reading, so it is small.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// Those of the table come first.
    pub columns: [Column; COLUMNS],
    /// Those whose cell has lines, as bits.
    pub begun: u8,
    /// Those whose cell ends within a sentence, as bits.
    pub open: u8,
    /// Those that have less rows than another one of their field, as bits.
    pub less: u8,
    /// The column of the line before; the number of columns stands for the names.
    pub block: Option<u8>,
    /// The most rows of a field that a column has left.
    pub done: (u32, u16),
}

impl State {
    /// Tells apart what reads on otherwise in `count` columns; `lines` says whether their lengths count.
    pub fn mix(&self, count: usize, lines: bool) -> Mix {
        let mut hasher = Mix::default();
        for column in &self.columns[..count] {
            let lines = if lines { column.lines } else { column.lines.min(1) };
            hasher.write_u64(u64::from(column.last) << 32 | u64::from(column.row) << 16 | u64::from(lines));
        }
        let block = u64::from(self.block.unwrap_or(u8::MAX));
        hasher.write_u64(u64::from(self.done.0) << 32 | u64::from(self.done.1) << 16 | block);
        hasher
    }
}
