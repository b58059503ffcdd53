//! The words of a column of 分野 in the middle of its rows, where one blank stands between all columns and the other cells
//! stand at the top of theirs.
//!
//! ```text
//! 夜間診療 夜間の当番を続け、 医師を出し、場所 費用を出す。
//! 表を作る。 を貸す。
//! 医療
//! 通院の足 乗合の車を走らせ、 車を出す。 運賃の一部を出し、
//! 時刻を決める。 停留所を置く。
//! ```
//!
//! A row begins with a line that has words in all columns but perhaps that of the 分野, below lines that have ended.
//! Narrow words with which another line begins are the rest of a name, or the words of a 分野.

use super::fields::{keep, take_first};
use super::{Row, Starts, counted};
use crate::parse::part::{self, Part, is_ended, must_break};

/// So much wider at least are the lines of a content than those of the names.
const WIDER: usize = 4;

/// Whether the first line of a body has words in all columns but that of the 分野.
pub fn may_be(rows: &[Row], columns: usize) -> bool {
    let [first, ..] = rows else { return false };
    counted::is_whole(first, columns - 1) && first.pieces.len() == columns - 1 && first.pieces[0].0.is_like_name()
}

/// Takes the words of the 分野 out of the lines of a body with so many columns; `None` where their widths do not tell them
/// from those of a content.
pub fn take<'l, 's>(
    rows: &mut Vec<Row<'l, 's>>,
    starts: &mut Vec<Starts>,
    columns: usize,
) -> Option<Vec<Part<'l, 's>>> {
    let [first, ..] = &rows[..] else { return None };
    let name = width_of(rows, &above(rows, columns, part::width(first.pieces[0].0.text)), columns - 2)?;
    let all = above(rows, columns, name);
    let name = width_of(rows, &all, columns - 2)?;
    if width_of(rows, &all, columns - 3)? < name + WIDER {
        return None;
    }
    let mut out = Vec::new();
    let mut kept = Vec::with_capacity(rows.len());
    let (mut last_name, mut cut): (Option<Part>, bool) = (None, false);
    for ((mut row, places), above) in rows.drain(..).zip(starts.drain(..)).zip(all) {
        row.cut |= std::mem::take(&mut cut);
        let is_narrow = |part: &Part| part.is_like_name() && part::width(part.text) <= name;
        let goes_on =
            |part: &Part| is_narrow(part) && last_name.is_some_and(|last| must_break(last.text, part.text, name));
        let first = row.pieces[0].0;
        let second = row.pieces.get(1).map(|piece| piece.0);
        let is_field = match (above.begins, second) {
            (true, _) => row.pieces.len() == columns,
            (false, Some(second)) => is_narrow(&first) && (!goes_on(&first) || goes_on(&second)),
            // beside the rest of a name a sentence would go on
            (false, None) => is_narrow(&first) && (!goes_on(&first) || above.goes_on),
        };
        // a line of its own may part the lines of a name
        if !is_field || second.is_some() {
            let named = if is_field { second } else { Some(first) };
            last_name = named.filter(|part| above.begins || goes_on(part));
        }
        cut = match is_field {
            true => take_first(row, places, &mut out, &mut kept),
            false => keep(row, places, &mut kept),
        };
    }
    (*rows, *starts) = kept.into_iter().unzip();
    Some(out)
}

/// What the lines above say of a line.
#[derive(Clone, Copy)]
struct Above {
    /// It begins a row.
    begins: bool,
    /// A sentence goes on below them.
    goes_on: bool,
}

/// Which lines begin a row, where names are so wide.
fn above(rows: &[Row], columns: usize, name: usize) -> Vec<Above> {
    let mut above_ended = true;
    let is_narrow = |part: &Part| part.is_like_name() && part::width(part.text) <= name;
    let begins = rows.iter().map(|row| {
        let is_full = counted::is_whole(row, row.pieces.len()) && row.pieces.len() + 1 >= columns;
        let begins = above_ended && is_full && row.pieces[0].0.is_like_name();
        let above = Above { begins, goes_on: !above_ended };
        let heads = row.pieces.iter().take_while(|(part, _)| is_narrow(part)).count();
        let heads = if begins { row.pieces.len() + 2 - columns } else { heads };
        let mut words = row.pieces[heads..].iter().map(|piece| piece.0.text);
        // the words of a 分野 may stand on a line of their own
        above_ended = words.all(is_ended) && (above_ended || heads < row.pieces.len());
        above
    });
    begins.collect()
}

/// How wide the pieces of such lines are that have so many behind them.
fn width_of(rows: &[Row], above: &[Above], back: usize) -> Option<usize> {
    let lines = rows.iter().zip(above).filter(|(_, above)| above.begins);
    lines.filter_map(|(row, _)| row.pieces.iter().rev().nth(back)).map(|(part, _)| part::width(part.text)).max()
}
