//! Several labels in one cell: `夜間診療⇥【取組内容】文【甲の役割】文【乙の役割】文`.

use super::{Cells, opens_cell};
use crate::parse::Context;
use crate::parse::label::{self, BRACKETS, Label};

/// No label in brackets is longer, in bytes.
const LONGEST: usize = 80;

/// The row with each such label, and the words behind it, in cells of their own; `None` where no label stands before words.
pub fn parted<'c>(cells: &[&'c str], cx: &Context) -> Option<Cells<'c>> {
    let is_parted = |cell: &&str| begins(cell, cx).is_some_and(|(_, len)| len < cell.len());
    if !cells.iter().any(is_parted) {
        return None;
    }
    let mut out = Cells::new();
    cells.iter().for_each(|cell| part(cell, cx, &mut out));
    Some(out)
}

/// `【取組内容】` at the start of a text, and its bytes; `(1)` stands before entries of lists.
fn begins(text: &str, cx: &Context) -> Option<(Label, usize)> {
    // hardly a cell begins with a bracket
    let first = text.chars().next().filter(|first| !label::is_letter(*first) && !matches!(first, '（' | '('))?;
    let (_, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let near = &text[..text.floor_char_boundary(LONGEST)];
    let len = near.find(*close)? + close.len_utf8();
    let label = label::label(&text[..len], &cx.parties, cx.words).filter(opens_cell)?;
    Some((label, len))
}

/// Cuts a cell before and behind each label that is written like the one it begins with.
fn part<'c>(cell: &'c str, cx: &Context, out: &mut Cells<'c>) {
    let Some(open) = begins(cell, cx).and_then(|_| cell.chars().next()) else {
        out.push(cell);
        return;
    };
    let mut from = 0;
    for (at, len) in cell.match_indices(open).filter_map(|(at, _)| Some((at, begins(&cell[at..], cx)?.1))) {
        out.extend((at > 0).then(|| cell[from..at].trim()));
        from = at + len;
        out.push(&cell[at..from]);
    }
    out.extend(Some(cell[from..].trim()).filter(|words| !words.is_empty()));
}
