//! A header in two rows: 役割分担 over a column for each party. The labels of the other columns span both rows, and stand
//! in any line of them.
//!
//! ```text
//! 取組  取組内容  役割分担                    役割分担      取組 取組内容
//!                甲    乙      取組  取組内容               役割分担
//!                                           甲    乙      甲 乙
//! ```

use super::header::{Header, is_staggered};
use crate::lines::{Line, Marks};
use crate::parse::Context;
use crate::parse::label::{self, Label};
use crate::parse::part::{Part, sure_pieces};
use crate::parse::rows::{self, Column};
use std::borrow::Cow;

/// A label, and where its column begins.
pub type Head<'l> = (usize, Cow<'l, str>);

/// The header whose labels of the names and of the content stand in line `at`; no line above `from` belongs to it.
pub fn header(cells: &[Part], lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<Header> {
    let says = |part: &Part| label::label(part.text, &cx.parties, cx.words);
    let (heads, last) = match cells.split_last()? {
        (last, heads) if says(last) == Some(Label::Container) => (heads, true),
        _ => (cells, false),
    };
    if !(2..=3).contains(&heads.len()) || says(heads.last()?) != Some(Label::Content) {
        return None;
    }
    let is_over = |at: usize| lines.get(at).is_some_and(|line| is_over(line, cx));
    let above = !last && at > from && is_over(at - 1);
    let below = !last && !above && is_over(at + 1);
    if !(last || above || below) {
        return None;
    }
    let parties_at = at + 1 + usize::from(below);
    let (strays, parties) = parties(lines.get(parties_at)?, parties_at, cx)?;
    let heads: Vec<Head> = heads.iter().map(|cell| (cell.column, Cow::Borrowed(cell.text))).chain(parties).collect();
    let columns = rows::header(&heads.iter().map(|head| head.1.as_ref()).collect(), cx)?;
    let is_header = strays.is_empty() && matches!(columns[..], [Column::Name, ..] | [Column::Field, Column::Name, ..]);
    let starts = heads.iter().map(|head| head.0).collect();
    is_header.then_some(Header {
        columns,
        starts,
        lines: at - usize::from(above)..parties_at + 1,
        held: 0,
        narrow: None,
        numbered: false,
    })
}

/// Whether such a header stands among the lines, or another that takes two of them.
pub fn is_among(lines: &[Line], cx: &Context) -> bool {
    let is_header = |at: usize| header(&sure_pieces(&lines[at], at), lines, 0, at, cx).is_some();
    // a label stands last in it
    let may_end = |line: &Line| line.marks.hold(Marks::LABEL) && label::may_be(&line.text, cx.words);
    let may_hold = |line: &Line| may_end(line) && label::holds(&line.text, &["内容"]);
    (0..lines.len()).any(|at| may_hold(&lines[at]) && (is_header(at) || is_staggered(lines, at, cx)))
}

/// `役割分担` alone on its line
fn is_over(line: &Line, cx: &Context) -> bool {
    label::may_be(&line.text, cx.words) && label::label(&line.text, &cx.parties, cx.words) == Some(Label::Container)
}

/// `甲 乙` below 役割分担: the labels of their columns, and what stands before them
pub fn parties<'l, 's>(line: &'l Line<'s>, at: usize, cx: &Context) -> Option<(Vec<Part<'l, 's>>, Vec<Head<'l>>)> {
    let cells = sure_pieces(line, at);
    let first = cells.iter().position(|cell| label::party(cell.text, &cx.parties).is_some())?;
    let (strays, parties) = cells.split_at(first);
    let is_header = parties.len() > 1 && parties.iter().all(|cell| label::party(cell.text, &cx.parties).is_some());
    let heads = parties.iter().map(|cell| (cell.column, Cow::Owned(format!("{}の役割", cell.text)))).collect();
    is_header.then(|| (strays.to_vec(), heads))
}
