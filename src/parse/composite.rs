//! A header over cells that hold labels of their own: `取組   取組の内容及び役割分担`, and below it `夜間診療   【取組の内容】 …`.
//!
//! It heads two columns, of names and of all that is said of them; the labels in the cells tell the rest.

use super::Context;
use super::label::{self, Label};
use super::part::sure_pieces;
use super::stacked::Labels;
use crate::lines::Line;

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

/// Whether such a label of all but the names stands alone on a line.
pub fn is_alone(line: &Line, cx: &Context) -> bool {
    line.text.ends_with(['割', '担', '等']) && is_composite(&line.text, cx)
}

/// Whether the last words of a line are a composite label.
fn ends_with_composite(line: &Line, cx: &Context) -> bool {
    line.text.ends_with(['割', '担', '等'])
        && sure_pieces(line, 0).last().is_some_and(|last| is_composite(last.text, cx))
}

/// `取組の内容及び役割分担`, `内容・役割`: the label of the content and that of the roles in one
fn is_composite(text: &str, cx: &Context) -> bool {
    let says = |text: &str| label::label(text, &cx.parties, cx.words);
    if text.chars().nth(24).is_some() || says(text).is_some() {
        return false;
    }
    ["及び", "並びに", "と", "・", "、"].iter().filter_map(|join| text.split_once(join)).any(|(content, roles)| {
        says(content) == Some(Label::Content) && matches!(says(roles), Some(Label::Container | Label::Role(_)))
    })
}
