//! Lists in the cells of a table: `・周知を行う。`, `1. 周知を行う。`, `ア 周知を行う。`
//!
//! Each entry begins a line. What follows an entry that ended is the next entry or another cell, and its number tells
//! which: `1` begins a list, `2` goes on where `1` stands. A bullet tells neither.

use super::cuts::Piece;
use super::state::State;
use super::{LOOSE, SHORT, Table};
use crate::ast::Numbering;
use crate::parse::Context;
use crate::parse::columns::Row;
use crate::parse::part::{self, joined};
use crate::parse::{head, label, numeral};
use std::collections::BTreeSet;

pub const BULLETS: &[char] = &['・', '•', '●', '◆', '■', '▪', '◦', '➢'];
/// What an entry costs in a list that its number does not go on with.
const ASTRAY: u32 = 6;
/// By so much the lines of an entry may be narrower than its first one.
pub const HANGING: usize = 4;

/// The number of the entry that begins with a text: `1` of `(1) 周知`, `ア 周知`; 0 of `・周知`
pub fn entry(text: &str) -> Option<u8> {
    if !head::may_be_item(text) || is_word(text) {
        return None;
    }
    if text.starts_with(BULLETS) {
        return Some(0);
    }
    let head = head::item(text)?;
    let is_sure = head.numbering == Numbering::Circled
        || head.label.ends_with([')', '）'])
        || head.label.ends_with(['.', '．']) && !head.rest.starts_with(|c: char| c.is_ascii_digit())
        || head.numbering == Numbering::Katakana && !head.glued;
    u8::try_from(head.value).ok().filter(|number| is_sure && *number > 0)
}

/// `サービス`, `一般`, `2日`: whether the first letter, or figure, goes on as a word
fn is_word(text: &str) -> bool {
    let mut letters = text.chars();
    let may_be_number = |c| label::is_letter(c) || matches!(c, '0'..='9' | '０'..='９');
    let goes_on = |c| (label::is_letter(c) || c == 'ー') && !numeral::is_kanji_digit(c);
    letters.next().is_some_and(may_be_number) && letters.next().is_some_and(goes_on)
}

/// Whether a text begins with the number or the mark of an entry.
pub fn is_entry(text: &str) -> bool {
    entry(text).is_some()
}

/// `ア 周知`, `• 周知`: the blank behind a mark parts no cells; `図る。 1. 周知`: that before it does.
pub fn join(rows: &mut [Row]) {
    // where blanks keep the columns, names of one letter a line go on below: `ア 文⏎レ 文⏎ル 文`
    let is_letter = |text: &str| text.chars().nth(1).is_none() && mark(text).is_none();
    let letters = rows.iter().filter(|row| row.pieces.first().is_some_and(|first| is_letter(first.0.text)));
    let is_vertical = letters.count() * 4 > rows.len();
    // `ク 文` may be the end of a name: イ stands behind ア, and ク behind キ
    let mut letters: u64 = rows.iter().any(|row| row.pieces.iter().any(|piece| piece.0.text == "イ")).into();
    for row in rows {
        let mut at = 0;
        while at + 1 < row.pieces.len() {
            let (first, words) = (row.pieces[at].0, row.pieces[at + 1].0);
            // hardly a piece is the mark of an entry
            let Some(number) = mark(first.text).filter(|number| *number < 63) else {
                at += 1;
                continue;
            };
            let gap = words.column.saturating_sub(first.column + first.text.chars().count());
            let is_letter = first.text.chars().all(char::is_alphabetic);
            let may_be = match is_letter {
                true => letters & 1 << (number - 1) != 0 && !(at == 0 && is_vertical && first.column < 6),
                false => true,
            };
            if gap <= 2 && may_be {
                letters |= u64::from(is_letter) << number;
                row.pieces[at] = (joined(&first, &words), true);
                row.pieces.remove(at + 1);
            }
            at += 1;
        }
    }
}

/// The number of an entry, where the words are nothing else: `ア`, `1.`, `・`
pub fn mark(text: &str) -> Option<u8> {
    // most pieces are words
    let is_word = |c| matches!(c, 'ぁ'..='ん' | '\u{4E00}'..='\u{9FFF}');
    if text.starts_with(is_word) || text.chars().nth(4).is_some() { None } else { entry(&format!("{text} 文")) }
}

/// Whether the entries of lists end without a mark: `・周知⏎・会場の提供`; those of a sentence have one, `(1) 町民、⏎(2) …`
pub fn end_as_nouns(rows: &[Row]) -> bool {
    let has_mark =
        |text: &str| text.ends_with(['。', '、', '，', '」']) || text.ends_with("及び") || text.ends_with("又は");
    let (mut marked, mut all) = (0, 0);
    for pair in rows.windows(2).filter(|pair| !pair[1].cut) {
        for (part, _) in pair[1].pieces.iter().filter(|piece| entry(piece.0.text).is_some()) {
            let above = pair[0].pieces.iter().find(|piece| piece.0.column.abs_diff(part.column) <= 2);
            all += usize::from(above.is_some());
            marked += usize::from(above.is_some_and(|piece| has_mark(piece.0.text)));
        }
    }
    marked * 2 < all
}

/// Leaves out the lists of a row in doubt: which entry belongs to which cell is not to be told.
pub fn leave(cells: &mut Vec<(usize, &Piece)>, cx: &mut Context) {
    let columns: BTreeSet<usize> = cells.iter().map(|cell| cell.0).collect();
    for column in columns {
        let is_entry = |cell: &&(usize, &Piece)| cell.0 == column && cell.1.entry.is_some();
        let Some(first) = cells.iter().position(|cell| is_entry(&cell)) else { continue };
        // `対象は、⏎(1) 町民`: the list of a sentence stays with it
        let before = cells[..first].iter().rfind(|cell| cell.0 == column);
        if before.is_some_and(|before| !before.1.size.ended) {
            continue;
        }
        let all = std::mem::take(cells).into_iter().enumerate();
        let (list, rest): (Vec<_>, Vec<_>) = all.partition(|(at, cell)| cell.0 == column && *at >= first);
        *cells = rest.into_iter().map(|(_, cell)| cell).collect();
        let text = part::text(list.iter().map(|(_, cell)| &cell.1.part), &mut cx.repairs);
        cx.tree.unparsed.push(text);
    }
}

impl Table<'_, '_> {
    /// What it costs when an entry goes on in the cell of a column, or a line in a cell that holds entries; `None` where
    /// nothing is known of lists.
    pub(super) fn goes_on_in_list(&self, state: &State, column: usize, piece: &Piece) -> Option<u32> {
        let entries = (piece.entry, state.entry(column));
        if entries == (None, None) {
            return None;
        }
        let above = self.piece(state.last(column)?);
        let last = &above.size;
        let ended = last.ended || self.nouns;
        match entries {
            (None, None) => None,
            (None, Some(_)) if above.is_mark => Some(0),
            // by the eye, its place tells
            (Some(_), _) if self.by_eye => Some(u32::from(!ended)),
            (Some(0), Some(0)) => Some(if ended { 0 } else { LOOSE }),
            (Some(next), Some(last)) if next == last + 1 => Some(if ended { 0 } else { LOOSE }),
            // `次の事業を行う。⏎・周知`
            (Some(0 | 1), None) => Some(if last.ended { LOOSE } else { 1 }),
            (Some(_), _) => Some(ASTRAY),
            (None, Some(_)) => {
                let full = state.width(column).saturating_sub(HANGING);
                let breaks = last.must_break(&piece.size, full);
                Some(match (last.ended, breaks) {
                    (true, false) => SHORT,
                    (true, true) if self.by_eye => 1,
                    (true, true) => LOOSE,
                    (false, breaks) => {
                        if breaks {
                            0
                        } else {
                            LOOSE
                        }
                    }
                })
            }
        }
    }

    /// Whether an entry is the next one in the list of a cell.
    pub(super) fn is_next(&self, state: &State, column: usize, piece: &Piece) -> bool {
        let pair = piece.entry.zip(state.entry(column));
        pair.is_some_and(|(next, last)| next == last + 1 || next == 0 && last == 0)
    }

    /// What it costs when a piece begins a cell: `2. 会場` hardly does.
    pub(super) fn begins_list(&self, piece: &Piece) -> u32 {
        if piece.entry.is_some_and(|number| number > 1) && !self.by_eye { ASTRAY } else { 0 }
    }
}
