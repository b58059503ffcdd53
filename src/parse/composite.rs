//! A header over cells that hold labels of their own: `取組   取組の内容及び役割分担`, and below it `夜間診療   【取組の内容】 …`.
//!
//! It heads two columns, of names and of all that is said of them; the labels in the cells tell the rest.

use super::Context;
use super::label::{self, Label};
use super::part::{Part, sure_pieces};
use super::stacked::Labels;
use crate::lines::{Line, Marks};

/// No such label is shorter, as `内容と役割` is, or longer, in bytes.
const SHORTEST: usize = 15;
const LONGEST: usize = 72;
/// The letters with which they end.
const ENDS: &[char] = &['割', '担', '等'];

/// What stands between the two labels.
const JOINS: &[&str] = &["及び", "並びに", "と", "・", "、"];

/// The letters with which that begins: the labels of columns hold none of them.
fn may_join(c: char) -> bool {
    matches!(c, '及' | '並' | 'と' | '・' | '、')
}

/// How many of the first lines of a block are such a header.
pub fn header(lines: &[Line], labels: &[Labels], cx: &Context) -> usize {
    // at most a label of names and a composite one, each on a line of its own
    let Some(end) = (0..lines.len().min(2)).find(|at| ends_with_composite(&lines[*at], cx)).map(|at| at + 1) else {
        return 0;
    };
    let cells: Vec<_> = lines[..end].iter().flat_map(|line| sure_pieces(line, 0)).collect();
    let is_name = |text: &str| matches!(label::label(text, &cx.parties, cx.words), Some(Label::Name | Label::Field));
    let is_header = matches!(&cells[..], [name, _] if is_name(name.text)) || cells.len() == 1;
    let is_marked =
        |labels: &Labels| labels.opens().is_some_and(|found| found.2.starts_with(['【', '〔', '［', '〈', '＜', '《']));
    if is_header && labels[end..].iter().any(is_marked) { end } else { 0 }
}

/// Whether such a label stands alone on a line, apart from the label of the names, which stands to its left.
#[inline]
pub fn is_apart(lines: &[Line], at: usize, cx: &Context) -> bool {
    let is_name = |line: &Line| matches!(label::label(&line.text, &cx.parties, cx.words), Some(Label::Name));
    is_alone(&lines[at], cx) && at.checked_sub(1).is_some_and(|before| !is_name(&lines[before]))
}

/// Whether such a label stands alone on a line.
#[inline]
pub fn is_alone(line: &Line, cx: &Context) -> bool {
    let may_be = |text: &str| (SHORTEST..=LONGEST).contains(&text.len()) && text.ends_with(ENDS);
    line.marks.hold(Marks::LABEL) && may_be(&line.text) && is_composite(&line.text, cx)
}

/// Whether the last words of a line are a composite label.
fn ends_with_composite(line: &Line, cx: &Context) -> bool {
    let is_label = |last: &Part| is_composite(last.text, cx) || is_glued(last.text, cx);
    line.text.ends_with(ENDS) && line.text.contains(may_join) && sure_pieces(line, 0).last().is_some_and(is_label)
}

/// `取組取組の内容及び役割分担`: both labels, and nothing that parts them
fn is_glued(text: &str, cx: &Context) -> bool {
    let mut cuts = text.char_indices().skip(1).take(LONGEST / 3).map(|(at, _)| text.split_at(at));
    text.len() <= LONGEST
        && cuts.any(|(name, rest)| label::heads_names(name, &cx.parties, cx.words) && is_composite(rest, cx))
}

/// `取組の内容及び役割分担`, `内容・役割`: the label of the content and that of the roles in one
fn is_composite(text: &str, cx: &Context) -> bool {
    let says = |text: &str| label::label(text, &cx.parties, cx.words);
    if text.chars().nth(24).is_some() || !text.contains(may_join) || says(text).is_some() {
        return false;
    }
    JOINS.iter().filter_map(|join| text.split_once(join)).any(|(content, roles)| {
        says(content) == Some(Label::Content) && matches!(says(roles), Some(Label::Container | Label::Role(_)))
    })
}
