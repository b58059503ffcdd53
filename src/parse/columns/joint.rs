//! A header whose 役割分担 is one column for all parties, over cells that say in sentences or behind marks whose role is meant:
//! `取組 取組内容 役割分担` over `夜間診療 文。 甲は、…する。乙は、…する。`

use crate::lines::Line;
use crate::parse::label::{self, Label};
use crate::parse::part::pieces;
use crate::parse::rows::Column;
use crate::parse::{Context, holders, sentences};

/// So many lines below the header say that.
const BELOW: usize = 60;

/// The columns of such a header; `below` are the lines behind it.
pub fn columns(labels: &[&str], below: &[Line], cx: &Context) -> Option<Vec<Column>> {
    let says: Vec<Option<Label>> = labels.iter().map(|text| label::label(text, &cx.parties, cx.words)).collect();
    let (names, last) = says.split_at_checked(says.len().checked_sub(2)?)?;
    let is_header = last == [Some(Label::Content), Some(Label::Container)]
        && names.iter().all(|name| matches!(name, Some(Label::Name | Label::Field) | None));
    if !is_header || !tells_parties(below, cx) {
        return None;
    }
    let name = |at: usize| match names[at] {
        Some(Label::Field) if at + 1 < names.len() => Column::Field,
        _ => Column::Name,
    };
    let parties = cx.parties.iter().map(|party| party.symbol.clone()).collect();
    Some((0..names.len()).map(name).chain([Column::Content, Column::Role(parties)]).collect())
}

/// Whether words begin with the mark or with a sentence of one party, and others with those of another.
pub fn tells_parties(below: &[Line], cx: &Context) -> bool {
    let mark = |text: &str| holders::begins(text, &cx.parties).map(|(who, _)| who);
    let begins = |text: &str| mark(text).or_else(|| sentences::subject(text, &cx.parties));
    let mut first = None;
    let pieces = below.iter().take(BELOW).enumerate().flat_map(|(at, line)| pieces(line, at));
    pieces
        .flat_map(|(piece, _)| piece.text.split_inclusive('。'))
        .filter_map(begins)
        .any(|who| *first.get_or_insert_with(|| who.clone()) != who)
}
