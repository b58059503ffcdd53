//! Lines on which an extractor wrote all lines of several cells of a row, cell after cell:
//! `医療⏎夜間診⏎療⏎当番を続⏎ける。⏎医師を出す。` → `医療 夜間診 療 当番を続 ける。 医師を出す。`
//!
//! By the eye, a line holds no more pieces than there are columns, and hardly one of them goes on in that beside it. Where
//! only such lines hold words beside each other that go on below, the cells come one after the other.

use super::header::Header;
use super::turned::KNOWN;
use super::{Row, Starts};
use crate::lines::Line;
use crate::parse::Context;
use crate::parse::cells;
use crate::parse::part::is_ended;
use crate::parse::rows::Column;
use crate::parse::scatter::{Ends, Words};
use std::rc::Rc;

/// One of so many lines at most is written so.
const SOME: usize = 4;

/// Makes every piece of such lines a line; `all` are the lines of the document.
pub fn part(rows: &mut Vec<Row>, starts: &mut Vec<Starts>, header: &Header, all: &[Line], cx: &Context) {
    let count = rows.iter().filter(|row| may_be(row, header)).count();
    if count == 0 || count * SOME > rows.len() || cells::keeps_places(rows) {
        return;
    }
    let words = cx.letters.get_or_init(|| Rc::new(Words::of(all)));
    let names = header.columns.iter().take_while(|column| matches!(column, Column::Name | Column::Field)).count();
    let mut parted: (Vec<Row>, Vec<Starts>) = Default::default();
    for (row, places) in rows.iter().zip(&*starts) {
        let is_strung = may_be(row, header) && is_strung(row, (header.columns.len(), names), words);
        let pieces = if is_strung { pieces_of(row) } else { vec![row.clone()] };
        parted.1.extend(pieces.iter().map(|_| places.clone()));
        parted.0.extend(pieces);
    }
    if !cells::is_by_eye(&parted.0) {
        (*rows, *starts) = parted;
    }
}

/// Whether words that go on stand before others on a line, whose last ones end a sentence or stand behind names alone.
fn may_be(row: &Row, header: &Header) -> bool {
    let columns = header.columns.len();
    let [heads @ .., (last, _)] = &row.pieces[..] else { return false };
    // `夜間診療 医師を出し、当番 甲`: what marks a role is like a name
    let may_end = || is_ended(last.text) || header.held == 0 && heads.iter().all(|(part, _)| part.is_like_name());
    let goes_on = || heads.iter().skip(1).any(|(part, _)| !is_ended(part.text));
    heads.len() > 1 && (heads.len() >= columns || goes_on()) && may_end()
}

/// Whether every piece that has not ended reads on in the next one, but for names: that of the 分野, and that of the row.
fn is_strung(row: &Row, (columns, names): (usize, usize), words: &Words) -> bool {
    let sure: Vec<usize> = (1..row.pieces.len()).filter(|at| row.pieces[*at].1).collect();
    let reads_on = |at: &usize| {
        let (last, next) = (row.pieces[at - 1].0.text, row.pieces[*at].0.text);
        words.cost_between(&Ends::of(last), &Ends::of(next)) <= KNOWN
    };
    let heads = row.pieces.iter().take_while(|(part, _)| part.is_like_name()).count();
    let goes_on = |at: &&usize| !is_ended(row.pieces[**at - 1].0.text);
    let (within, behind): (Vec<usize>, Vec<usize>) =
        sure.iter().filter(goes_on).filter(|at| !reads_on(at)).partition(|at| **at <= heads);
    behind.is_empty() && (within.len() <= names || sure.len() + 1 > columns)
}

/// `夜間診 療 当番を続` → a line each; a doubtful blank parts none.
fn pieces_of<'l, 's>(row: &Row<'l, 's>) -> Vec<Row<'l, 's>> {
    let sure: Vec<usize> = (0..row.pieces.len()).filter(|at| row.pieces[*at].1).collect();
    let ends = sure.iter().skip(1).copied().chain([row.pieces.len()]);
    let lines = sure.iter().zip(ends).filter_map(|(from, to)| Row::of(row.pieces[*from..to].iter().copied(), row));
    lines.enumerate().map(|(nth, line)| Row { cut: row.cut && nth == 0, ..line }).collect()
}
