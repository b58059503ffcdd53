//! Which cells hardly begin with some words: `なお、…` goes on, and `甲と話し合い、…` is what another party than 甲 does.

use super::Table;
use super::cuts::Piece;
use super::lists;
use crate::lines::is_blank;
use crate::parse::Context;
use crate::parse::label;
use crate::parse::rows::Column;
use crate::parse::scatter::{Ends, Words};
use crate::parse::torn;
use std::rc::Rc;

/// What it costs when such words begin a cell.
const HARDLY: u32 = 6;

impl Table<'_, '_> {
    /// The same with the columns behind all contents and roles: their cells may be empty, and hold no sentences. Most cells of
    /// 備考 are empty, and the others hold sentences.
    pub fn with_others(mut self, columns: &[Column]) -> Self {
        for (at, column) in columns.iter().enumerate().rev() {
            let Column::Other(label) = column else { break };
            self.free |= 1 << at;
            if label == "備考" && !self.by_eye {
                let phrases = self.cuts.pieces.iter_mut().filter(|piece| piece.size.like_name && !piece.size.ended);
                phrases.for_each(|piece| piece.hardly |= 1 << at);
            }
        }
        self
    }

    /// The same with what its roles say of those who bear them; in content-stream order, where words tell the cells.
    pub fn with_roles(mut self, columns: &[Column]) -> Self {
        if self.by_eye {
            return self;
        }
        let all = self.all() & !1;
        for piece in self.cuts.pieces.iter_mut().filter(|piece| piece.part.text.starts_with(may_say)) {
            let text = piece.part.text.trim_start_matches(lists::BULLETS).trim_start_matches(is_blank);
            let is_no_role = |column: &Column| matches!(column, Column::Role(of) if is_done_by_others(text, of));
            piece.hardly |= match torn::goes_on(text) {
                true => all,
                false => (0..).zip(columns).filter(|(_, of)| is_no_role(of)).fold(0, |bits, (at, _)| bits | 1 << at),
            };
        }
        self
    }

    /// The same with the letters of the document, where they were asked for.
    pub fn with_words(mut self, cx: &Context) -> Self {
        let ends = |words: &Rc<Words>| {
            let ends = self.cuts.pieces.iter().map(|piece| Ends::of(piece.part.text));
            (words.clone(), ends.collect())
        };
        let is_asked = |_: &&Rc<Words>| self.drifts() || !self.by_eye && self.rows.iter().any(|row| row.cut);
        self.words = cx.letters.get().filter(is_asked).map(ends);
        self
    }

    /// What it costs when a piece goes on in another cell than the piece above it: do the words read on?
    pub(super) fn reads_on(&self, last: u32, next: u32) -> u32 {
        let Some((words, ends)) = &self.words else { return 0 };
        let cost = words.cost_between(&ends[last as usize], &ends[next as usize]);
        let (last, piece) = (self.piece(last), self.piece(next));
        // sentences may follow each other that do nowhere else, and so may entries
        match (last.size.ended, piece.entry) {
            (true, Some(_)) => 0,
            (true, None) => cost.min(2),
            (false, _) => cost,
        }
    }

    /// What it costs when a piece begins a cell of a column, or an entry of the list in it.
    pub(super) fn begins_cell(&self, piece: &Piece, column: usize) -> u32 {
        if piece.hardly & 1 << column != 0 { HARDLY } else { 0 }
    }
}

/// The letters with which such words begin, behind a mark or not: hardly a line does.
fn may_say(first: char) -> bool {
    match first {
        'ぁ'..='ん' => matches!(first, 'た' | 'な' | 'こ' | 'ま'),
        '\u{4E00}'..='\u{9FFF}' => label::is_symbol(first),
        _ => lists::BULLETS.contains(&first) || is_blank(first),
    }
}

/// `甲と話し合い、…`, `甲や関係する団体と…`, `乙は、…` under 甲の役割; not `甲と乙が…`
pub fn is_done_by_others(text: &str, bearers: &[String]) -> bool {
    let [bearer] = bearers else { return false };
    let Some(rest) = text.strip_prefix(label::is_symbol) else { return false };
    match text.starts_with(bearer.as_str()) {
        true => rest.strip_prefix(['と', 'や']).is_some_and(|rest| !rest.starts_with(label::is_symbol)),
        false => rest.starts_with("は、"),
    }
}
