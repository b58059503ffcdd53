//! What was read in a text whose drawn tables are rows, or whose kana were put together, moved back to where it stands in
//! the source.

use super::Context;
use crate::ast::{Agreement, Field, Item, Paragraph, Pieces, Text, Trivia};
use crate::diagnostics::{Severity, Words};
use crate::lines::composed::FILL;
use crate::lines::drawn::Drawn;
use crate::span::Span;

/// Moves all that an agreement says; gives its span in the source, `None` where it begins or ends inside a table.
pub fn back(drawn: &Drawn, span: Span, source: &str, cx: &mut Context) -> Option<Span> {
    let end = match span.end as usize == drawn.text.len() {
        true => source.len(),
        false => drawn.border(span.end as usize)?,
    };
    let start = if span.start == 0 { 0 } else { drawn.border(span.start as usize)? };
    let span = Span::new(start, end);
    leaves(&mut cx.tree, &mut |leaf| text(leaf, drawn));
    let trivia = std::mem::take(&mut cx.tree.trivia);
    let places = |t: Trivia| drawn.places(t.span).map(move |span| Trivia { span, ..t });
    cx.tree.trivia = trivia.into_iter().flat_map(places).collect();
    cx.repairs.made.iter_mut().for_each(|repair| repair.span = drawn.hull(repair.span));
    for complaint in &mut cx.complaints {
        complaint.span = complaint.span.map(|span| drawn.hull(span));
        complaint.related.iter_mut().for_each(|related| related.span = related.span.map(|span| drawn.hull(span)));
    }
    let is_here = |place: &&Span| (span.start..span.end).contains(&place.start);
    for (kind, places) in [("frame-removed", &drawn.read), ("line-joined", &drawn.joints)] {
        places.iter().filter(is_here).for_each(|place| cx.repairs.add(kind, 1, *place));
    }
    for (places, words) in [(&drawn.broken, BROKEN), (&drawn.doubtful, DOUBTFUL), (&drawn.cut, CUT)] {
        for place in places.iter().filter(is_here) {
            cx.complain("cell-torn", Severity::Warning, "", Some(*place), Words::new(words.0, words.1));
        }
    }
    Some(span)
}

/// Ends the leaves of `text` behind the marks that became part of their last letters: those at the end of a line look like blanks.
pub fn over_marks(tree: &mut Agreement, text: &str) {
    let mark = FILL.len_utf8() as u32;
    let mut taken = Vec::new();
    leaves(tree, &mut |leaf| {
        for piece in leaf.pieces.iter_mut().filter(|piece| text[piece.end as usize..].starts_with(FILL)) {
            taken.push(piece.end);
            piece.end += mark;
        }
    });
    taken.sort_unstable();
    for trivia in tree.trivia.iter_mut().filter(|trivia| taken.binary_search(&trivia.span.start).is_ok()) {
        trivia.span.start += mark;
    }
    tree.trivia.retain(|trivia| trivia.span.start < trivia.span.end);
}

/// A table whose lines do not meet.
const BROKEN: (&str, &str) = (
    "罫線で描かれた表の線がそろっていないため、どこまでが一つの欄か分かりません。",
    "the lines with which this table is drawn do not meet, so that nothing says where a cell ends",
);
/// A table whose rows no rules part, and whose cells may have several lines; a cell that may be two.
const DOUBTFUL: (&str, &str) = (
    "罫線で描かれた表に、あるはずの線が見当たりません。どこまでが一つの欄か確かめてください。",
    "a line that parts cells or rows seems to be missing in this drawn table; check where they end",
);
/// As elinks leaves out a mark for which a cell has no room.
const CUT: (&str, &str) = (
    "欄の最後の行が枠いっぱいで、句点で終わっていません。末尾の文字が失われたかもしれません。",
    "the last line of this cell fills it and does not end with a full stop; its last letters may be lost",
);

/// A leaf; pipes that the source does not have leave its words.
fn text(leaf: &mut Text, drawn: &Drawn) {
    if leaf.pieces.iter().any(|piece| drawn.has_marks(*piece)) {
        leaf.text = leaf.pieces.iter().map(|piece| drawn.words(*piece)).collect::<Vec<_>>().join(" ").into();
    }
    leaf.pieces = leaf.pieces.iter().flat_map(|piece| drawn.places(*piece)).collect::<Pieces>();
}

/// Calls `see` with every leaf.
fn leaves(tree: &mut Agreement, see: &mut impl FnMut(&mut Text)) {
    [&mut tree.title, &mut tree.preamble, &mut tree.closing, &mut tree.date].into_iter().for_each(&mut *see);
    for article in &mut tree.articles {
        article.headings.iter_mut().for_each(|heading| see(&mut heading.heading));
        article.caption.iter_mut().for_each(&mut *see);
        see(&mut article.label);
        article.paragraphs.iter_mut().for_each(|paragraph| in_paragraph(paragraph, see));
    }
    for signature in &mut tree.signatures {
        see(&mut signature.symbol);
        [&mut signature.address, &mut signature.office, &mut signature.name].into_iter().flatten().for_each(&mut *see);
    }
    for table in &mut tree.tables {
        [&mut table.label, &mut table.title].into_iter().chain(&mut table.reference).for_each(&mut *see);
        table.fields.iter_mut().for_each(|field| in_field(field, see));
        table.rows.iter_mut().flatten().chain(&mut table.remarks).for_each(&mut *see);
    }
    for block in &mut tree.supplementary {
        see(&mut block.label);
        block.paragraphs.iter_mut().for_each(|paragraph| in_paragraph(paragraph, see));
    }
    tree.unparsed.iter_mut().for_each(see);
}

fn in_paragraph(paragraph: &mut Paragraph, see: &mut impl FnMut(&mut Text)) {
    let Paragraph { label, text, tail, items, fields, number: _ } = paragraph;
    label.iter_mut().chain([text]).chain(tail).for_each(&mut *see);
    items.iter_mut().for_each(|item| in_item(item, see));
    fields.iter_mut().for_each(|field| in_field(field, see));
}

fn in_item(item: &mut Item, see: &mut impl FnMut(&mut Text)) {
    [&mut item.label, &mut item.text].into_iter().chain(&mut item.tail).for_each(&mut *see);
    item.fields.iter_mut().for_each(|field| in_field(field, see));
    item.items.iter_mut().for_each(|item| in_item(item, see));
}

fn in_field(field: &mut Field, see: &mut impl FnMut(&mut Text)) {
    [&mut field.label, &mut field.title].into_iter().for_each(&mut *see);
    for initiative in &mut field.initiatives {
        [&mut initiative.label, &mut initiative.name].into_iter().for_each(&mut *see);
        for cell in initiative.contents.iter_mut().chain(&mut initiative.others) {
            [&mut cell.label, &mut cell.text].into_iter().for_each(&mut *see);
        }
        for role in &mut initiative.roles {
            [&mut role.label, &mut role.text].into_iter().for_each(&mut *see);
        }
    }
}
