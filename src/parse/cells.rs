//! Which cell each line, or each piece of a line, belongs to.
//!
//! What is known: a cell ends with a sentence; a line that is not its last is as full as its column allows; every row
//! fills every column. Each reading of a block costs what it violates, and the cheapest one is taken.

use super::columns::Row;
use super::part::{Part, is_ended, joined, must_break, sure_width, width};
use super::search::{Step, search};
use crate::ast::Initiative;
use smallvec::SmallVec;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A row that costs as much is torn.
pub const BAD: u32 = 8;
/// A cell that is not there.
const MISSING: u32 = 25;
/// A cell that ends within a sentence.
const UNENDED: u32 = 30;
/// A line that ended a sentence before the edge, and yet goes on.
const SHORT: u32 = 8;
/// A line that was broken before the edge.
const LOOSE: u32 = 4;

/// What was chosen for a line.
#[derive(Clone, Debug)]
pub struct Choice<'l, 's> {
    /// It begins a row.
    pub begins: bool,
    /// What the row before it lacks, as a cost.
    pub closing: u32,
    /// Its pieces and their columns; 0 is the name.
    pub cells: SmallVec<[(usize, Part<'l, 's>); 4]>,
}

#[derive(Clone, Debug)]
struct State<'l, 's> {
    /// The last piece of each cell of the row.
    last: SmallVec<[Option<Part<'l, 's>>; 6]>,
    /// How wide each column is at least.
    widths: SmallVec<[usize; 6]>,
    /// Columns that broke a line: their width is known.
    known: u32,
    /// Columns that have ended in this row.
    closed: u32,
    /// The cell that is filled, in content-stream order.
    column: usize,
    /// The page was cut within the row.
    cut: bool,
    /// Lines of the cell that is filled.
    lines: usize,
    /// Lines of a cell that the coming cut leaves unfinished: as many as those of the other unfinished cells.
    unfinished: Option<usize>,
}

/// A block under a header.
pub struct Table<'l, 's> {
    columns: usize,
    rows: Vec<Row<'l, 's>>,
    starts: Vec<Vec<usize>>,
    /// Whether a page cuts the table behind each line.
    cut_ahead: Vec<bool>,
    by_eye: bool,
    keeps_places: bool,
}

impl<'l, 's> Table<'l, 's> {
    /// `columns` columns beside the name; `starts` are the places of the columns for each line.
    pub fn new(columns: usize, rows: Vec<Row<'l, 's>>, mut starts: Vec<Vec<usize>>) -> Self {
        let counts: Vec<usize> = rows.iter().map(|r| r.pieces.iter().filter(|p| p.1).count()).collect();
        let by_eye = counts.iter().any(|n| *n >= 3) || counts.iter().filter(|n| **n >= 2).count() * 2 > rows.len();
        let keeps_places = by_eye
            && (rows.iter().any(|r| r.whole.text.contains("  "))
                || rows.iter().filter(|r| r.whole.column > 1).count() * 4 > rows.len());
        let mut cut_ahead = vec![false; rows.len()];
        for at in (1..rows.len()).rev() {
            cut_ahead[at - 1] = rows[at].cut || cut_ahead[at];
        }
        if keeps_places {
            places(columns, &rows, &mut starts);
        }
        Self { columns, rows, starts, cut_ahead, by_eye, keeps_places }
    }

    /// A choice for every line.
    pub fn read(&self) -> Option<Vec<Step<Choice<'l, 's>>>> {
        let start = State {
            last: SmallVec::from_elem(None, self.columns + 1),
            widths: SmallVec::from_elem(0, self.columns + 1),
            known: 0,
            closed: 0,
            column: 0,
            cut: false,
            lines: 0,
            unfinished: None,
        };
        let expand = |line: usize, state: &State<'l, 's>, out: &mut Vec<_>| {
            if self.by_eye { self.across(line, state, out) } else { self.in_order(line, state, out) }
        };
        search(self.rows.len(), start, expand, State::key, |state| state.lacks())
    }

    /// Whether the last row lacks something.
    pub fn is_unfinished(&self, row: &Initiative) -> bool {
        row.name.is_empty()
            || row.contents.is_empty()
            || row.contents.iter().any(|c| !is_ended(&c.text.text))
            || row.roles.iter().any(|r| !is_ended(&r.text.text))
            || row.contents.len() + row.roles.len() + row.others.len() < self.columns
    }

    /// Content-stream order: the line goes on in its cell, begins the next, or begins a row.
    fn in_order(&self, line: usize, state: &State<'l, 's>, out: &mut Vec<(u32, State<'l, 's>, Choice<'l, 's>)>) {
        let row = &self.rows[line];
        let whole = row.whole;
        let mut state = state.clone();
        let begun = state.last.iter().any(Option::is_some);
        let uneven = if row.cut && begun && !state.ended(state.column) { state.uneven() } else { 0 };
        state.cut |= row.cut;
        let split = self.split(row);
        let blank = if split.is_some() { 3 } else { 0 };
        // the row goes on
        if begun {
            let now = state.column;
            let blank = blank + uneven;
            if now == 0 {
                let last = state.last[0];
                let vertical = width(whole.text) <= 4 && last.is_none_or(|l| width(l.text) <= 4);
                let wraps = last.is_some_and(|l| width(whole.text) <= width(l.text));
                let cost = if vertical {
                    0
                } else if wraps {
                    2
                } else {
                    SHORT
                };
                state.put(&mut *out, false, 0, &[(0, whole)], cost + blank + name_cost(whole.text));
            } else {
                state.put(
                    &mut *out,
                    false,
                    now,
                    &[(now, whole)],
                    blank + state.goes_on(now, &whole) + state.too_wide(now, &whole),
                );
            }
            for next in 1..=self.columns {
                if next == now || (next != now + 1 && !state.cut) || (next < now && !row.cut) {
                    continue;
                }
                let mut cost = blank + state.too_wide(next, &whole);
                if now > 0 && !row.cut && !state.ended(now) {
                    cost += if self.cut_ahead[line] && !state.cut { state.uneven() + 2 } else { UNENDED };
                } else if now > 0
                    && !row.cut
                    && state.last[now].is_some_and(|l| must_break(l.text, whole.text, state.widths[now]))
                {
                    cost += 1;
                }
                if now == 0 && width(whole.text) <= 4 {
                    cost += 6;
                }
                if state.last[next].is_none() && state.cut {
                    // all cells of a row begin on its first page
                    cost += 15;
                }
                if let Some(last) = state.last[next] {
                    cost += if is_ended(last.text) { 3 } else { 0 };
                    cost += if must_break(last.text, whole.text, state.widths[next]) { 0 } else { LOOSE };
                }
                state.put(&mut *out, false, next, &[(next, whole)], cost);
            }
            if state.cut {
                self.rests(row, &state, out);
            }
            if row.cut && now > 0 {
                state.put(&mut *out, false, 0, &[(0, whole)], 2 + name_cost(whole.text));
            }
        }
        // a new row
        let closing = if begun { state.lacks() } else { 0 };
        let fresh = state.fresh();
        fresh.begin(out, closing, 0, &[(0, whole)], blank + name_cost(whole.text));
        if let Some((name, rest)) = split {
            fresh.begin(out, closing, 1, &[(0, name), (1, rest)], name_cost(name.text) + fresh.too_wide(1, &rest));
        }
    }

    /// `る。 を共有する。`: the rests of two cells that a page cut, on one line
    fn rests(&self, row: &Row<'l, 's>, state: &State<'l, 's>, out: &mut Vec<(u32, State<'l, 's>, Choice<'l, 's>)>) {
        let [(first, _), (second, sure), ..] = row.pieces.as_slice() else { return };
        let Some((last, _)) = row.pieces.last().filter(|_| *sure && is_ended(first.text)) else { return };
        let rest = joined(second, last);
        let from = if row.cut { 1 } else { state.column.max(1) };
        for left in from..self.columns {
            for right in left + 1..=self.columns {
                let is_rest = |column: usize| state.last[column].is_some() && !state.ended(column);
                if is_rest(left) && is_rest(right) {
                    let cost = state.goes_on(left, first) + state.goes_on(right, &rest);
                    state.put(&mut *out, false, right, &[(left, *first), (right, rest)], cost);
                }
            }
        }
    }

    /// `夜間診療 当番を続ける。`: a name and the first line of its content
    fn split(&self, row: &Row<'l, 's>) -> Option<(Part<'l, 's>, Part<'l, 's>)> {
        let (name, last) = (row.pieces.first()?.0, row.pieces.last()?.0);
        let (second, sure) = row.pieces.get(1)?;
        (*sure && name.is_like_name() && name.text.chars().count() <= 20).then(|| (name, joined(second, &last)))
    }

    /// By the eye: each piece of the line goes to a column, from left to right.
    fn across(&self, line: usize, state: &State<'l, 's>, out: &mut Vec<(u32, State<'l, 's>, Choice<'l, 's>)>) {
        let row = &self.rows[line];
        let mut state = state.clone();
        if row.cut {
            (state.cut, state.closed) = (true, 0);
        }
        let begun = state.last.iter().any(Option::is_some);
        let closing = if begun { state.lacks() } else { 0 };
        let fresh = state.fresh();
        for (pieces, blank) in self.cuts(row) {
            for columns in ways(pieces.len(), self.columns + 1) {
                let cells: SmallVec<[(usize, Part); 4]> = columns.into_iter().zip(pieces.iter().copied()).collect();
                let place = blank + self.misplaced(line, &cells);
                if begun {
                    let cost = place + self.goes_on_across(row, &state, &cells);
                    let mut next = state.clone();
                    let has_content = cells.iter().any(|c| c.0 > 0);
                    for column in 1..=self.columns {
                        let skipped = !cells.iter().any(|c| c.0 == column) && state.last[column].is_some();
                        if has_content && skipped && !self.keeps_places {
                            next.closed |= 1 << column;
                        }
                    }
                    next.put(&mut *out, false, 0, &cells, cost);
                }
                let missing = (1..=self.columns).filter(|c| !cells.iter().any(|cell| cell.0 == *c)).count() as u32;
                let names: u32 = cells.iter().filter(|c| c.0 == 0).map(|c| name_cost(c.1.text)).sum();
                let gap = if row.whole.line.gap || !begun { 0 } else { 1 };
                fresh.begin(out, closing, 0, &cells, place + missing * 10 + names + gap);
            }
        }
    }

    /// What it costs when the pieces of a line go on in the cells of the row.
    fn goes_on_across(&self, row: &Row, state: &State, cells: &[(usize, Part<'l, 's>)]) -> u32 {
        let mut cost = if row.whole.line.gap && self.keeps_places && state.lacks() == 0 { 2 } else { 0 };
        let has_content = cells.iter().any(|c| c.0 > 0);
        for (column, part) in cells {
            if *column == 0 {
                let short = width(part.text) <= 8;
                cost += name_cost(part.text) + u32::from(!short) + u32::from(state.last[0].is_none());
                cost += if has_content { 0 } else { 1 };
                continue;
            }
            match state.last[*column] {
                Some(_) if state.closed & (1 << column) != 0 => cost += 20,
                Some(_) => cost += state.goes_on(*column, part),
                None => cost += 15,
            }
            cost += state.too_wide(*column, part);
        }
        if has_content {
            for column in 1..=self.columns {
                let filled = cells.iter().any(|c| c.0 == column);
                if !filled && state.last[column].is_some() && !state.ended(column) && state.closed & (1 << column) == 0
                {
                    cost += if self.keeps_places { 3 } else { 20 };
                }
            }
        }
        cost
    }

    /// How far the pieces stand from their columns.
    fn misplaced(&self, line: usize, cells: &[(usize, Part)]) -> u32 {
        if !self.keeps_places {
            return 0;
        }
        let far = |(column, part): &(usize, Part)| {
            let start = self.starts[line].get(*column).copied().unwrap_or(0);
            (part.column.abs_diff(start).saturating_sub(2) as u32).min(20)
        };
        cells.iter().map(far).sum()
    }

    /// The ways to cut a line into pieces: at sure blanks, and at one doubtful blank more.
    fn cuts(&self, row: &Row<'l, 's>) -> Vec<(Vec<Part<'l, 's>>, u32)> {
        if row.pieces.len() > 32 {
            return vec![(vec![row.whole], 0)];
        }
        let doubtful: Vec<usize> = (0..row.pieces.len()).filter(|at| !row.pieces[*at].1).collect();
        let extra = std::iter::once(None).chain(doubtful.iter().take(4).map(|at| Some(*at)));
        extra
            .map(|extra| {
                let mut out: Vec<Part> = Vec::new();
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
                while out.len() > self.columns + 1 {
                    let at = (1..out.len()).min_by_key(|at| gap(&out[at - 1], &out[*at])).unwrap_or(1);
                    let right = out.remove(at);
                    out[at - 1] = joined(&out[at - 1], &right);
                }
                (out, cost)
            })
            .collect()
    }
}

fn gap(left: &Part, right: &Part) -> usize {
    right.column.saturating_sub(left.column + left.text.chars().count())
}

/// Where the columns begin, from the lines that fill all of them; the header may be centred.
fn places(columns: usize, rows: &[Row], starts: &mut [Vec<usize>]) {
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
            let found: Vec<usize> = (0..=columns).map(median).collect();
            starts[from..to].fill(found);
        }
        from = to;
    }
}

/// All ways to put `pieces` pieces into `columns` columns from left to right.
fn ways(pieces: usize, columns: usize) -> Vec<SmallVec<[usize; 4]>> {
    (0u32..1 << columns.min(12))
        .filter(|set| set.count_ones() as usize == pieces)
        .map(|set| (0..columns).filter(|c| set & (1 << c) != 0).collect())
        .collect()
}

/// What it costs to take words for a name.
fn name_cost(text: &str) -> u32 {
    if text.contains(['。', '、']) {
        40
    } else if width(text) > 30 {
        10
    } else {
        0
    }
}

impl<'l, 's> State<'l, 's> {
    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.column, self.closed, self.cut, self.lines.min(40), self.unfinished).hash(&mut hasher);
        for last in &self.last {
            last.map(|p| (p.at, p.column)).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn ended(&self, column: usize) -> bool {
        self.last[column].is_some_and(|p| is_ended(p.text))
    }

    /// How far the lines of the cell are from those of another cell that the page cuts.
    fn uneven(&self) -> u32 {
        self.unfinished.map_or(0, |lines| (lines.abs_diff(self.lines) as u32 * 2).min(12))
    }

    /// What the row would lack if it ended here.
    fn lacks(&self) -> u32 {
        let name = if self.last[0].is_none() { 10 } else { 0 };
        self.last[1..].iter().fold(name, |cost, last| {
            cost + match last {
                None => MISSING,
                Some(part) if !is_ended(part.text) => UNENDED,
                Some(_) => 0,
            }
        })
    }

    /// What it costs when `part` goes on in the cell of a column.
    fn goes_on(&self, column: usize, part: &Part) -> u32 {
        let Some(last) = self.last[column] else { return 0 };
        let full = self.widths[column].max(sure_width(part.text));
        match (is_ended(last.text), must_break(last.text, part.text, full)) {
            (_, true) => 0,
            (true, false) => SHORT,
            (false, false) => LOOSE - u32::from(part.text.starts_with(['（', '(', '「'])),
        }
    }

    /// A line that is wider than a column whose width is known.
    fn too_wide(&self, column: usize, part: &Part) -> u32 {
        let is_known = self.known & (1 << column) != 0;
        if is_known && sure_width(part.text) > self.widths[column] + 3 { SHORT } else { 0 }
    }

    /// The state before the first line of a row.
    fn fresh(&self) -> Self {
        let mut state = self.clone();
        state.last.iter_mut().for_each(|last| *last = None);
        (state.closed, state.column, state.cut, state.lines, state.unfinished) = (0, 0, false, 0, None);
        state
    }

    fn begin(
        &self,
        out: &mut Vec<(u32, Self, Choice<'l, 's>)>,
        closing: u32,
        column: usize,
        cells: &[(usize, Part<'l, 's>)],
        cost: u32,
    ) {
        let at = out.len();
        self.put(out, true, column, cells, cost + closing);
        if let Some((.., choice)) = out.get_mut(at) {
            choice.closing = closing;
        }
    }

    fn put(
        &self,
        out: &mut Vec<(u32, Self, Choice<'l, 's>)>,
        begins: bool,
        column: usize,
        cells: &[(usize, Part<'l, 's>)],
        cost: u32,
    ) {
        let mut next = self.clone();
        if next.column != column || begins {
            if !begins && column > 0 && next.column > 0 && !self.ended(next.column) && next.unfinished.is_none() {
                next.unfinished = Some(next.lines);
            }
            next.lines = 0;
        }
        next.lines += 1;
        for (column, part) in cells {
            if next.last[*column].is_some_and(|last| must_break(last.text, part.text, next.widths[*column])) {
                next.known |= 1 << column;
            }
            next.widths[*column] = next.widths[*column].max(sure_width(part.text));
            next.last[*column] = Some(*part);
        }
        next.column = column;
        out.push((cost, next, Choice { begins, closing: 0, cells: cells.iter().copied().collect() }));
    }
}
