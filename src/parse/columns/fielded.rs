//! A header with a column of 分野 before that of the names: `分野 取組 取組内容 甲の役割 乙の役割`.
//!
//! Both columns are narrow, and their labels may be cut: by the eye they go on above and below the labels of the wide
//! columns, cell after cell they stand before them. The parties may stand in a row of their own.
//!
//! ```text
//! 政策 連携す 取組内容 甲の役割 乙の役割    分野 項目 取組内容 役割分担    分⏎野⏎取組 取組内容 甲の役割 乙の役割
//! 分野 る取組                                           甲   乙
//! ```

use super::header::{Header, columns_of};
use super::parted::{Head, parties};
use super::{held, joint};
use crate::lines::Line;
use crate::parse::Context;
use crate::parse::label::{self, Label};
use crate::parse::part::{Part, sure_pieces};
use crate::parse::rows::Column;
use crate::parse::vocabulary::may_be_field;
use std::borrow::Cow;

/// So many lines at most of the labels of 分野 and names stand above the other labels, or below them.
pub const MOST: usize = 6;

/// The header row whose label of the content stands in line `at`.
pub fn header(cells: &[Part], lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<Header> {
    let says = |part: &Part| label::label(part.text, &cx.parties, cx.words);
    let content = cells.iter().position(|cell| says(cell) == Some(Label::Content))?;
    let (left, right) = cells.split_at(content);
    // beside the content stand the roles, under whatever label
    let heads_role = |cell: &Part| {
        matches!(says(cell), Some(Label::Role(_) | Label::Container)) || label::party(cell.text, &cx.parties).is_some()
    };
    if !right.iter().any(heads_role) {
        return None;
    }
    let mut heads: Vec<Head> = right.iter().map(|cell| (cell.column, Cow::Borrowed(cell.text))).collect();
    let (mut rest, mut end, mut held) = (Vec::new(), at + 1, 0);
    if says(right.last()?) == Some(Label::Container) {
        let (place, _) = heads.pop()?;
        match lines.get(end).and_then(|line| parties(line, end, cx)) {
            Some((strays, parties)) => {
                heads.extend(parties);
                rest = strays;
                end += 1;
            }
            None if joint::tells_parties(&lines[end..], cx) => heads.push((place, Cow::Borrowed(right.last()?.text))),
            // 甲 and 乙 stand in the rows, and what heads them is no column
            None => {
                heads.truncate(1);
                heads.extend(held::roles(cx).into_iter().map(|role| (place, role)));
                held = cx.parties.len();
            }
        }
    }
    let above = (from..at).rev().take(MOST).take_while(|above| fragments(&lines[*above], *above).is_some()).count();
    let below = lines[end..].iter().take(MOST).take_while(|line| fragments(line, 0).is_some()).count();
    let around = lines[at - above..at].iter().chain(&lines[end..end + below]).map(|line| line.text.as_ref());
    if !around.chain(left.iter().map(|cell| cell.text)).any(may_be_field) {
        return None;
    }
    for (above, below) in (0..=above).rev().flat_map(|above| (0..=below).rev().map(move |below| (above, below))) {
        let all = |range: std::ops::Range<usize>| range.filter_map(|at| fragments(&lines[at], at)).flatten();
        let words: Vec<Part> = all(at - above..at)
            .chain(left.iter().copied())
            .chain(rest.iter().copied())
            .chain(all(end..end + below))
            .collect();
        let Some(labels) = in_order(&words, cx).filter(|_| below == 0).or_else(|| by_place(&words, cx)) else {
            continue;
        };
        let heads: Vec<Head> = labels.into_iter().map(|(at, text)| (at, Cow::Owned(text))).chain(heads).collect();
        let columns = columns_of(&heads.iter().map(|head| head.1.as_ref()).collect(), &lines[end + below..], cx)?;
        let starts = heads[..heads.len() - held.saturating_sub(1)].iter().map(|head| head.0).collect();
        let is_fielded = matches!(columns[..], [Column::Field, Column::Name, Column::Content, ..]);
        return is_fielded.then_some(Header {
            columns,
            starts,
            lines: at - above..end + below,
            held,
            narrow: None,
            numbered: false,
        });
    }
    None
}

/// The pieces of a line that may be parts of narrow labels.
fn fragments<'l, 's>(line: &'l Line<'s>, at: usize) -> Option<impl Iterator<Item = Part<'l, 's>>> {
    // no label of such a column has more letters in a line
    const MOST: usize = 6;
    if line.find_blank().unwrap_or(line.text.len()) > MOST * 4 {
        return None;
    }
    let is_short = |part: &Part| part.text.chars().nth(MOST).is_none();
    let pieces = Some(sure_pieces(line, at)).filter(|all| all.len() <= 2 && all.iter().all(is_short))?;
    Some(pieces.into_iter())
}

/// Cell after cell: `政策⏎分野⏎連携す⏎る取組`
fn in_order(words: &[Part], cx: &Context) -> Option<[(usize, String); 2]> {
    (1..words.len()).find_map(|cut| labels(words.split_at(cut), cx))
}

/// By the eye: the words of each label stand below each other.
fn by_place(words: &[Part], cx: &Context) -> Option<[(usize, String); 2]> {
    let first = words.iter().map(|part| part.column).min()?;
    let (field, name): (Vec<Part>, Vec<Part>) = words.iter().partition(|part| part.column <= first + 1);
    labels((&field, &name), cx)
}

/// What heads the 分野 and the names.
fn labels((field, name): (&[Part], &[Part]), cx: &Context) -> Option<[(usize, String); 2]> {
    let head = |parts: &[Part], wanted: Label| {
        let word: String = parts.iter().map(|part| part.text).collect();
        let column = parts.iter().map(|part| part.column).min()?;
        (label::label(&word, &cx.parties, cx.words) == Some(wanted)).then_some((column, word))
    };
    Some([head(field, Label::Field)?, head(name, Label::Name)?])
}
