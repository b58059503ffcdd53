//! 甲 and 乙 in a narrow column before the roles, which stand one below the other: `夜間診療   文   甲   文⏎乙   文`.
//!
//! What a line begins so is the role of that party, and so are the lines below it. Each role is read as a column of its
//! own; those of all parties stand in one place.

use super::header::Header;
use super::{Row, Starts};
use crate::ast::{Initiative, Role, Symbols, Text, TriviaKind};
use crate::lines::Line;
use crate::parse::Context;
use crate::parse::label::{self, Label};
use crate::parse::part::{Part, is_ended, joined};
use crate::parse::rows::{self, Column};
use std::borrow::Cow;

/// Whose role a line begins.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'l, 's> {
    /// The column of those roles.
    pub column: usize,
    /// `甲`
    pub part: Part<'l, 's>,
}

/// `項目 取組内容 役割`, `項目 取組内容 主体 役割`: the header of such a table, by the cells of its line
pub fn header(cells: &[Part], at: usize, cx: &Context) -> Option<Header> {
    let says = |part: &Part| label::label(part.text, &cx.parties, cx.words);
    let (Some(Label::Container), [name, content, ..]) = (says(cells.last()?), cells) else { return None };
    if !(3..=4).contains(&cells.len()) || says(name) != Some(Label::Name) || says(content) != Some(Label::Content) {
        return None;
    }
    let roles = roles(cx);
    let texts = [name.text, content.text].into_iter().chain(roles.iter().map(|role| role.as_ref()));
    let columns = rows::header(&texts.collect(), cx)?;
    let starts = [name, content, cells.last()?].iter().map(|cell| cell.column).collect();
    Some(Header { columns, starts, lines: at..at + 1, held: roles.len(), narrow: None, numbered: false })
}

/// So many lines at most below such a header until the first role.
const NEAR: usize = 60;

/// `取組⏎取組内容⏎役割分担`, one label a line, and 甲 alone on a line below: the same header cell after cell; `start` is the line
/// of the label of the names
pub fn one_a_line(lines: &[Line], start: usize, at: usize, cx: &Context) -> Option<Header> {
    let says = |line: &Line| label::label(&line.text, &cx.parties, cx.words);
    let (content, container) = (lines.get(at)?, lines.get(at + 1)?);
    if says(content) != Some(Label::Content) || says(container) != Some(Label::Container) {
        return None;
    }
    let is_first = |line: &Line| cx.parties.first().is_some_and(|party| *line.text == *party.symbol);
    let below = lines.get(at + 2..)?;
    if below.first().is_none_or(is_first) || !below.iter().take(NEAR).any(is_first) {
        return None;
    }
    let roles = roles(cx);
    let texts = std::iter::once(content.text.as_ref()).chain(roles.iter().map(|role| role.as_ref()));
    let mut columns = rows::header(&texts.collect(), cx)?;
    columns.insert(0, Column::Name);
    Some(Header { columns, starts: vec![0; 3], lines: start..at + 2, held: roles.len(), narrow: None, numbered: false })
}

/// What would head the roles of each party if they stood side by side.
pub fn roles(cx: &Context) -> Vec<Cow<'static, str>> {
    cx.parties.iter().map(|party| Cow::Owned(format!("{}の役割", party.symbol))).collect()
}

/// Takes 甲 and 乙 out of the lines, each before the words behind it; `None` where that is not the table.
pub fn take<'l, 's>(
    (rows, starts): (Vec<Row<'l, 's>>, Vec<Starts>),
    roles: &[Column],
    from: usize,
    by_eye: bool,
    cx: &Context,
) -> Option<(Vec<Row<'l, 's>>, Vec<Starts>)> {
    let mut seen = vec![false; roles.len()];
    let (mut out, mut places) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    // one that stands alone heads the next line
    let mut alone: Option<Mark> = None;
    for (row, starts) in rows.into_iter().zip(starts) {
        if row.pieces.iter().any(|piece| is_joint(piece.0.text, cx)) {
            return None;
        }
        let mark = row.pieces.iter().enumerate().find_map(|(at, piece)| {
            let Label::Role(party) = label::party(piece.0.text, &cx.parties)? else { return None };
            let column = roles.iter().position(|column| matches!(column, Column::Role(of) if *of == party))?;
            seen[column] = true;
            Some((at, Mark { column: from + column, part: piece.0 }))
        });
        let Some((at, mark)) = mark else {
            out.push(Row { mark: alone.take(), ..row });
            places.push(starts);
            continue;
        };
        let is_last = at + 1 == row.pieces.len();
        // by the eye its words stand beside it
        if alone.is_some() || by_eye && is_last {
            return None;
        }
        let (before, behind) = (row.pieces[..at].iter(), row.pieces[at + 1..].iter());
        if by_eye {
            // nothing but the role stands there
            let ends = row.pieces.get(at + 1).zip(row.pieces.last());
            let behind = ends.map(|(first, last)| (joined(&first.0, &last.0), true));
            let pieces = Row::of(before.copied().chain(behind), &row);
            out.extend(pieces.map(|row| Row { mark: Some(mark), ..row }));
            places.push(starts);
            continue;
        }
        let cut = row.cut && at == 0;
        if let Some(before) = Row::of(before.copied(), &row) {
            out.push(before);
            places.push(starts.clone());
        }
        match Row::of(behind.copied(), &row) {
            Some(behind) => {
                out.push(Row { cut, mark: Some(mark), ..behind });
                places.push(starts);
            }
            None => alone = Some(mark),
        }
    }
    let is_table = out.is_empty() || seen.iter().all(|seen| *seen);
    (alone.is_none() && is_table).then_some((out, places))
}

/// `夜間診療 夜間の当番を続け 甲 医師を出し、`: whether words that go on below stand before 甲; cell after cell, only what is
/// whole does
pub fn stands_beside(rows: &[Row], cx: &Context) -> bool {
    rows.iter().any(|row| {
        let parts = || row.pieces.iter().filter(|piece| piece.1).map(|piece| piece.0);
        let mark = parts().position(|part| label::party(part.text, &cx.parties).is_some());
        parts().take(mark.unwrap_or(0)).skip(1).last().is_some_and(|part| !is_ended(part.text))
    })
}

/// `甲及び乙`: a role of several parties has no column
fn is_joint(text: &str, cx: &Context) -> bool {
    let is_short = text.len() <= 8 * 3;
    let role = || label::label(&format!("{text}の役割"), &cx.parties, cx.words);
    is_short && matches!(role(), Some(Label::Role(parties)) if parties.len() > 1)
}

/// `甲` opens a role, unless it stands among the words; where a page says it again, it is the one that goes on.
pub fn open(initiative: &mut Initiative, parties: &Symbols, mark: Option<&Part>, cx: &mut Context) {
    if initiative.roles.iter().any(|role| role.parties == *parties) {
        mark.iter().for_each(|mark| cx.trivia(mark.line.span(mark.text), TriviaKind::Header));
        return;
    }
    let label = mark.map_or_else(Text::default, |mark| cx.text(mark.line, mark.text));
    initiative.roles.push(Role { label, parties: parties.clone(), text: Text::default() });
}
