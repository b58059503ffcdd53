//! The pieces into which the lines of a block may be cut, measured once.

use super::lists;
use crate::parse::columns::{Row, Starts};
use crate::parse::part::{Measure, Part, is_ended, joined, width};
use smallvec::{SmallVec, smallvec};
use std::ops::Range;

/// In content-stream order, the whole line.
pub const WHOLE: usize = 0;
/// `夜間診療 当番を続ける。`: a name and the first line of its content; no pieces where there is none
pub const SPLIT: usize = 1;
/// `る。 を共有する。`: the rests of two cells; no pieces where there are none
pub const RESTS: usize = 2;
/// `医療 夜間診療 当番を続ける。`: a 分野 with a name, and a cell each; no pieces where there are none
pub const SECOND: usize = 3;
/// `夜間診療 当番を続ける。 医師を出す。`: a cell each, more than two; no pieces where there are none
pub const EACH: usize = 4;

/// A piece of a line, and what is asked of it again and again.
#[derive(Clone, Debug)]
pub struct Piece<'l, 's> {
    pub part: Part<'l, 's>,
    pub size: Measure,
    /// The same for all pieces that begin at one place of a line: the first of them.
    pub place: u16,
    /// What it costs to take it for a name.
    pub name_cost: u32,
    /// A bracket opens it.
    pub opens: bool,
    /// See [`lists::entry`].
    pub entry: Option<u8>,
    /// Nothing but the mark of a party: what follows goes on, wherever its line ends.
    pub is_mark: bool,
    /// Columns, as bits, whose cells hardly begin with these words; see [`super::begins`].
    pub hardly: u32,
}

impl<'l, 's> Piece<'l, 's> {
    fn of(part: Part<'l, 's>, place: u16) -> Self {
        let size = Measure::of(part.text);
        Piece {
            part,
            size,
            place,
            name_cost: name_cost(&size),
            opens: part.text.starts_with(['（', '(', '「']),
            entry: lists::entry(part.text),
            is_mark: false,
            hardly: 0,
        }
    }
}

/// A way to cut a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cut {
    /// The first of its pieces, and how many they are.
    from: u32,
    count: u32,
    /// What it costs not to cut at the doubtful blanks.
    pub blank: u32,
}

impl Cut {
    pub fn pieces(&self) -> Range<u32> {
        self.from..self.from + self.count
    }

    pub fn count(&self) -> usize {
        self.count as usize
    }

    pub fn first(&self) -> Option<u32> {
        (self.count > 0).then_some(self.from)
    }

    /// Two pieces that are all.
    pub fn both(&self) -> Option<(u32, u32)> {
        (self.count == 2).then_some((self.from, self.from + 1))
    }
}

/// The ways to cut each line.
#[derive(Debug, Default)]
pub struct Cuts<'l, 's> {
    pub pieces: Vec<Piece<'l, 's>>,
    /// In content-stream order only the first, where there is no other.
    pub lines: Vec<SmallVec<[Cut; 5]>>,
}

impl<'l, 's> Cuts<'l, 's> {
    /// None yet of so many lines.
    fn for_lines(count: usize) -> Self {
        // hardly a line is cut
        Self { pieces: Vec::with_capacity(count + count / 4), lines: Vec::with_capacity(count) }
    }

    /// In content-stream order.
    pub fn in_order(rows: &[Row<'l, 's>]) -> Self {
        let mut out = Self::for_lines(rows.len());
        for row in rows {
            let whole = out.cut(&[row.whole], 0);
            // as nearly every line
            if row.pieces.len() < 2 {
                out.lines.push(smallvec![whole]);
                continue;
            }
            // a blank that is left in a cell
            let blank = if row.pieces.iter().filter(|piece| piece.1).count() > 2 { 5 } else { 0 };
            let split = split(row).map_or_else(Cut::default, |parts| out.cut(&parts, blank));
            let rests = rests(row).map_or_else(Cut::default, |parts| out.cut(&parts, blank));
            let second = each(row, 2).map_or_else(Cut::default, |parts| out.cut(&parts, 0));
            let each = each(row, 1).map_or_else(Cut::default, |parts| out.cut(&parts, 0));
            let is_whole = [split, rests, second, each].iter().all(|cut| cut.count() == 0);
            let cuts = [whole, split, rests, second, each];
            out.lines.push(SmallVec::from_slice(if is_whole { &cuts[..1] } else { &cuts }));
        }
        out
    }

    /// A way to cut a line in content-stream order.
    pub fn of(&self, line: usize, cut: usize) -> Cut {
        self.lines[line].get(cut).copied().unwrap_or_default()
    }

    /// The only piece of a line that may be cut nowhere.
    pub fn only(&self, line: usize) -> Option<u32> {
        if let [whole] = self.lines[line][..] { whole.first() } else { None }
    }

    /// By the eye, for `columns` columns beside the name.
    pub fn across(rows: &[Row<'l, 's>], columns: usize) -> Self {
        let mut out = Self::for_lines(rows.len());
        for row in rows {
            let line = across(row, columns).iter().map(|(parts, blank)| out.cut(parts, *blank)).collect();
            out.lines.push(line);
        }
        out
    }

    fn cut(&mut self, parts: &[Part<'l, 's>], blank: u32) -> Cut {
        let from = self.pieces.len() as u32;
        for part in parts {
            let place = self.place(part);
            self.pieces.push(Piece::of(*part, place));
        }
        Cut { from, count: parts.len() as u32, blank }
    }

    /// The first piece that begins where a part does. (A block of so many lines as are read has less than 2^16 of them.)
    fn place(&self, part: &Part) -> u16 {
        let mut of_line = self.pieces.iter().rev().take_while(|piece| piece.part.at == part.at);
        let known = of_line.find(|piece| piece.part.column == part.column);
        known.map_or(self.pieces.len() as u16, |piece| piece.place)
    }
}

fn split<'l, 's>(row: &Row<'l, 's>) -> Option<[Part<'l, 's>; 2]> {
    let (name, last) = (row.pieces.first()?.0, row.pieces.last()?.0);
    let (second, sure) = row.pieces.get(1)?;
    (*sure && name.is_like_name() && name.text.chars().count() <= 20).then(|| [name, joined(second, &last)])
}

/// The first pieces together, and each of the others; but for the first and the last they are whole cells.
fn each<'l, 's>(row: &Row<'l, 's>, first: usize) -> Option<Vec<Part<'l, 's>>> {
    let sure = row.pieces.iter().filter(|piece| piece.1).count();
    if !(3..=8).contains(&sure) {
        return None;
    }
    let mut out: Vec<Part> = Vec::new();
    let mut count = 0;
    for (part, sure) in &row.pieces {
        count += usize::from(*sure);
        match out.last_mut() {
            Some(last) if !sure || count <= first => *last = joined(last, part),
            _ => out.push(*part),
        }
    }
    let [_, cells @ .., _] = out.as_slice() else { return None };
    cells.iter().all(|cell| is_ended(cell.text)).then_some(out)
}

fn rests<'l, 's>(row: &Row<'l, 's>) -> Option<[Part<'l, 's>; 2]> {
    let [(first, _), (second, sure), ..] = row.pieces.as_slice() else { return None };
    let (last, _) = row.pieces.last().filter(|_| *sure && is_ended(first.text))?;
    Some([*first, joined(second, last)])
}

/// The pieces of a line in each way to cut it, and what that costs.
pub type Cuttings<'l, 's> = SmallVec<[(Vec<Part<'l, 's>>, u32); 1]>;

/// The ways to cut a line into pieces: at sure blanks, and at one doubtful blank more.
pub fn across<'l, 's>(row: &Row<'l, 's>, columns: usize) -> Cuttings<'l, 's> {
    if row.pieces.len() > 32 {
        return smallvec![(vec![row.whole], 0)];
    }
    let doubtful: Vec<usize> = (0..row.pieces.len()).filter(|at| !row.pieces[*at].1).collect();
    let extra = std::iter::once(None).chain(doubtful.iter().take(4).map(|at| Some(*at)));
    extra
        .map(|extra| {
            let mut out: Vec<Part> = Vec::with_capacity(row.pieces.len());
            let mut cost = 0;
            for (at, (part, sure)) in row.pieces.iter().enumerate() {
                match out.last_mut() {
                    Some(last) if !sure && extra != Some(at) => {
                        // one letter before the blank: of a narrow column of names
                        cost += if at == 1 && width(last.text) <= 4 { 3 } else { 0 };
                        *last = joined(last, part);
                    }
                    _ => out.push(*part),
                }
            }
            // more pieces than columns: blanks within a cell
            while out.len() > columns + 1 {
                let at = (1..out.len()).min_by_key(|at| gap(&out[at - 1], &out[*at])).unwrap_or(1);
                let right = out.remove(at);
                out[at - 1] = joined(&out[at - 1], &right);
            }
            (out, cost)
        })
        .collect()
}

fn gap(left: &Part, right: &Part) -> usize {
    right.column.saturating_sub(left.column + left.text.chars().count())
}

/// Where the columns begin, from the lines that fill all of them; the header may be centred. A single one is enough where all
/// other lines agree with it.
pub fn places(columns: usize, rows: &[Row], starts: &mut [Starts]) {
    let mut from = 0;
    while from < rows.len() {
        let to = (from + 1..rows.len()).find(|at| rows[*at].cut || rows[*at].whole.line.page).unwrap_or(rows.len());
        let full: Vec<Vec<usize>> = rows[from..to]
            .iter()
            .map(|r| r.pieces.iter().filter(|p| p.1).map(|p| p.0.column).collect::<Vec<_>>())
            .filter(|c| c.len() == columns + 1)
            .collect();
        if full.len() >= 2 {
            let median = |column: usize| {
                let mut all: Vec<usize> = full.iter().map(|c| c[column]).collect();
                all.sort_unstable();
                all[all.len() / 2]
            };
            starts[from..to].fill((0..=columns).map(median).collect());
        } else if let [only] = &full[..]
            && rows[from..to].iter().all(|row| stands_at(row, only))
        {
            starts[from..to].fill(only[..].into());
        }
        from = to;
    }
}

/// Whether all pieces of a line begin where columns do.
fn stands_at(row: &Row, columns: &[usize]) -> bool {
    let mut pieces = row.pieces.iter().filter(|piece| piece.1);
    pieces.all(|(part, _)| columns.iter().any(|column| part.column.abs_diff(*column) <= 1))
}

/// What it costs to take words for a name.
fn name_cost(size: &Measure) -> u32 {
    if size.clauses {
        40
    } else if size.width > 30 {
        10
    } else {
        0
    }
}
