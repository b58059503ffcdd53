//! 分野 and names that stand one cell after the other: `医⏎療⏎休日⏎の診⏎療`.
//!
//! A line that is not the last of its cell is as full as its column allows. What all widths of the two columns that
//! explain every row say alike is sure.

use super::Found;
use super::fields::{doubt_field, node, number};
use crate::ast::Initiative;
use crate::lines::is_blank;
use crate::parse::Context;
use crate::parse::cells::bits;
use crate::parse::outline::Node;
use crate::parse::part::{Measure, Part, pieces_of, width};
use crate::parse::stacked;
use std::collections::BTreeSet;

/// Rows whose 分野 and name have more lines are left in doubt.
const TALLEST: usize = 24;

/// More widths and lines are not tried against each other.
const MOST: usize = 1_000_000;

/// One of so many rows may be none that the widths explain: a page may have cut it, unseen.
const SOME: usize = 8;

/// The lines of a 分野 and of the name behind it.
pub struct Lines<'l, 's> {
    parts: Vec<Part<'l, 's>>,
    sizes: Vec<Measure>,
    /// Which of them are a number alone: what follows it may stand on a line of its own.
    bare: Vec<bool>,
    /// The only place where a cell may end: a blank on a line parts two cells.
    end: Option<usize>,
}

/// Parts the names of rows from the 分野 before them.
pub fn part(found: Vec<Found>, cx: &mut Context) -> Vec<stacked::Row> {
    let all: Vec<Lines> = found.iter().map(|row| Lines::of(&row.names)).collect();
    // the name of a row that is torn may be another's
    let torn: Vec<bool> = found.iter().map(|row| row.initiative.torn).collect();
    let ends = ends(&all, &torn);
    let mut out = Vec::with_capacity(found.len());
    // whether the 分野 that is open is known, and whether it has a name
    let (mut known, mut named) = (false, true);
    for ((mut row, lines), ends) in found.into_iter().zip(all).zip(ends) {
        let sure = ends.is_power_of_two();
        let end = if sure { Some(ends.trailing_zeros() as usize) } else { lines.said(ends, &row.initiative) };
        let mut field = None;
        if !sure || end == Some(0) && !known {
            doubt_field(row.names.last().copied(), cx);
            // the words of a 分野 may stand in the name
            row.initiative.torn |= !sure;
            known = false;
        }
        match end {
            Some(0) if !out.is_empty() => {}
            Some(end) if end > 0 => {
                field = Some(node(&lines.parts[..end], cx));
                (known, named) = (sure, true);
            }
            _ => {
                field = Some(Node::default()).filter(|_| named);
                named = false;
            }
        }
        // what such a row lacks, or holds of others, may be the words of a 分野
        known &= !row.unsure;
        row.names = lines.parts[end.unwrap_or(0)..].to_vec();
        out.push((field, row));
    }
    doubt_wide(out.iter_mut().map(|(_, row)| row).collect());
    out.into_iter().map(|(field, row)| stacked::Row { field, initiative: row.named(cx) }).collect()
}

/// A name that is wider than the lines of those that are broken is the rest of a cell, or the row before it lacks it.
pub fn doubt_wide(mut rows: Vec<&mut Found>) {
    let mut broken: Vec<usize> = Vec::new();
    for row in &rows {
        let lines = row.names.split_last().map_or(&[][..], |(_, lines)| lines);
        broken.extend(lines.iter().map(|line| width(line.text)).max());
    }
    broken.sort_unstable();
    // most of them are right
    let Some(usual) = broken.get(broken.len() / 2).filter(|_| broken.len() > 2) else { return };
    for at in 0..rows.len() {
        if rows[at].names.iter().any(|line| width(line.text) > usual + usual / 4 + 2) {
            rows[at].initiative.torn = true;
            rows[at.saturating_sub(1)].initiative.torn = true;
        }
    }
}

impl<'l, 's> Lines<'l, 's> {
    /// Of words of both.
    pub fn of(names: &[Part<'l, 's>]) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let mut end = None;
        for name in names {
            let pieces = pieces_of(name);
            let is_one = pieces.len() == 1;
            for (at, part) in pieces.into_iter().enumerate() {
                end = if at > 0 { Some(parts.len()) } else { end };
                if is_one { parts.extend(written(part)) } else { parts.push(part) }
            }
        }
        let sizes = parts.iter().map(|part| Measure::of(part.text)).collect();
        let bare = parts.iter().map(|part| number(part.text).is_some_and(|head| head.rest.is_empty())).collect();
        Lines { parts, sizes, bare, end }
    }

    /// The same, where each line is a cell, or an empty line alone parts two cells.
    pub fn parted(mut self, is_whole: bool) -> Self {
        let mut gaps = (1..self.parts.len()).filter(|at| is_whole || self.parts[*at].line.gap);
        if let (Some(end), None) = (gaps.next(), gaps.next()) {
            self.end = Some(end);
        }
        self
    }

    /// The 分野, which has so many lines, and the name.
    pub fn split(mut self, end: usize) -> (Vec<Part<'l, 's>>, Vec<Part<'l, 's>>) {
        let name = self.parts.split_off(end.min(self.parts.len()));
        (self.parts, name)
    }

    /// Of such ends the one behind which stands the longest name that the row says again: `夜間診療の当番を…`
    fn said(&self, ends: u32, row: &Initiative) -> Option<usize> {
        let texts = || row.contents.iter().map(|cell| &cell.text).chain(row.roles.iter().map(|role| &role.text));
        let is_said = |end: &usize| {
            let name: String = self.parts[*end..].iter().map(|part| part.text).collect();
            name.chars().nth(3).is_some() && texts().any(|text| text.text.contains(&name))
        };
        bits(ends).find(is_said)
    }

    /// Where the 分野 may end, one bit for each number of lines, in columns of such widths.
    fn ends(&self, field: usize, name: usize) -> u32 {
        let count = self.parts.len();
        let is_full = |at: usize, width: usize| self.bare[at] || self.sizes[at].must_break(&self.sizes[at + 1], width);
        let fits = |range: std::ops::Range<usize>, width: usize| {
            // half of a mark at the end of a line is blank, and may stand over the edge
            let trimmed = |at: usize| if self.parts[at].text.ends_with('・') { 2 } else { 0 };
            range.clone().all(|at| self.sizes[at].width <= width + trimmed(at))
                && range.skip(1).all(|at| is_full(at - 1, width))
        };
        let is_end = |end: usize| {
            // no words end with a mark that joins others
            (end == 0 || !self.bare[end - 1] && !self.parts[end - 1].text.ends_with('・'))
                && self.end.is_none_or(|only| only == end)
                && fits(0..end, field)
                && fits(end..count, name)
        };
        (0..count.min(TALLEST)).filter(|end| is_end(*end)).fold(0, |ends, end| ends | 1 << end)
    }
}

/// `医⏎療`, `1⏎医療`: the lines of a piece that were put together before.
fn written<'l, 's>(part: Part<'l, 's>) -> Vec<Part<'l, 's>> {
    let letters = |text: &str| text.chars().filter(|c| !is_blank(*c)).count();
    let is_whole = part.text.len() == part.line.text.len();
    if !is_whole || letters(part.line.raw().replace('\n', "").as_str()) != letters(part.text) {
        return vec![part];
    }
    let mut rest = part.text;
    let lines = part.line.raw().split('\n').filter(|line| letters(line) > 0).map(|line| {
        let next =
            rest.char_indices().filter(|(_, c)| !is_blank(*c)).nth(letters(line)).map_or(rest.len(), |(at, _)| at);
        let (text, behind) = rest.split_at(next);
        rest = behind;
        Part { text: text.trim_end_matches(is_blank), ..part }
    });
    lines.collect()
}

/// Where the 分野 of each row may end, in all columns that explain every row; of those that are torn, the most.
pub fn ends(rows: &[Lines], torn: &[bool]) -> Vec<u32> {
    let widths: BTreeSet<usize> = rows.iter().flat_map(|row| row.sizes.iter().map(|size| size.width)).collect();
    let has_numbers = rows.first().and_then(|row| row.parts.first()).is_some_and(|part| number(part.text).is_some());
    let mut out = vec![0; rows.len()];
    let count: usize = rows.iter().map(|row| row.parts.len()).sum();
    if widths.len() * widths.len() * count > MOST {
        return out;
    }
    let mut most = 0;
    for (field, name) in widths.iter().flat_map(|field| widths.iter().map(move |name| (*field, *name))) {
        let ends = rows.iter().enumerate().map(|(at, row)| {
            let is_numbered = row.parts.first().is_some_and(|part| number(part.text).is_some());
            let begins = at == 0 || has_numbers && is_numbered;
            let ends = row.ends(field, name);
            // a first row begins a 分野; where some have numbers, all have
            if begins {
                ends & !1
            } else if has_numbers {
                ends & 1
            } else {
                ends
            }
        });
        let ends: Vec<u32> = ends.collect();
        let explained = ends.iter().filter(|ends| **ends > 0).count();
        let unexplained = ends.iter().zip(torn).filter(|(ends, torn)| **ends == 0 && !**torn).count();
        if explained < most || unexplained * SOME > rows.len() {
            continue;
        }
        if explained > most {
            most = explained;
            out.fill(0);
        }
        out.iter_mut().zip(ends).for_each(|(out, ends)| *out |= ends);
    }
    out
}
