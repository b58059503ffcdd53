//! The words of a column of 分野 where one blank stands between all columns: `医療 夜間診療 文 文 文`.
//!
//! A line with words in all columns begins with a 分野. What is left of a full line of it begins the next line.

use super::fields::{keep, take_first};
use super::{Row, Starts};
use crate::parse::part::{self, Part, must_break};

/// Takes the words of the 分野 out of the lines of a body with so many columns; `None` where no line has words in all of them.
pub fn take<'l, 's>(
    rows: &mut Vec<Row<'l, 's>>,
    starts: &mut Vec<Starts>,
    columns: usize,
) -> Option<Vec<Part<'l, 's>>> {
    let whole: Vec<[Part; 2]> = rows.iter().filter_map(|row| heads(row, columns)).collect();
    let widest = |at: usize| whole.iter().map(|pair| part::width(pair[at].text)).max();
    let (field, name) = (widest(0)?, widest(1)?);
    let mut out = Vec::new();
    let mut kept = Vec::with_capacity(rows.len());
    let (mut open, mut last_name, mut cut): (Option<Part>, Option<Part>, bool) = (None, None, false);
    for (mut row, places) in rows.drain(..).zip(starts.drain(..)) {
        row.cut |= std::mem::take(&mut cut);
        let first = row.pieces[0].0;
        let goes_on = |last: Option<Part>, next: &Part, full: usize| {
            let is_narrow = next.is_like_name() && part::width(next.text) <= full;
            is_narrow && last.is_some_and(|last| must_break(last.text, next.text, full))
        };
        let second = row.pieces.get(1).map(|piece| piece.0);
        let is_field = match heads(&row, columns) {
            Some([_, name]) => {
                last_name = Some(name);
                true
            }
            None => {
                let is_rest = goes_on(open, &first, field);
                let with_name = second.is_some_and(|second| goes_on(last_name, &second, name));
                // the rest of a name may be as narrow
                row.doubt = is_rest && !with_name && goes_on(last_name, &first, name);
                last_name = if with_name { second } else { Some(first).filter(Part::is_like_name) };
                is_rest
            }
        };
        open = is_field.then_some(first);
        cut = match is_field {
            true => take_first(row, places, &mut out, &mut kept),
            false => keep(row, places, &mut kept),
        };
    }
    (*rows, *starts) = kept.into_iter().unzip();
    Some(out)
}

/// The 分野 and the name of a line with words in all columns.
fn heads<'l, 's>(row: &Row<'l, 's>, columns: usize) -> Option<[Part<'l, 's>; 2]> {
    let is_whole = is_whole(row, columns) && row.pieces.len() == columns;
    let pair = [row.pieces.first()?.0, row.pieces.get(1)?.0];
    (is_whole && pair.iter().all(Part::is_like_name)).then_some(pair)
}

/// Whether a line has words in all columns.
pub fn is_whole(row: &Row, columns: usize) -> bool {
    row.pieces.iter().filter(|piece| piece.1).count() == columns
}
