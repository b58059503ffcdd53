//! A table, or a block of lines, of its own for each 取組: what it is called stands behind a label, too.
//!
//! ```text
//! 取組名⇥夜間診療        取組名 夜間診療          分野：医療
//! 取組内容⇥文            取組内容 文              事業名：夜間診療
//! 甲の役割⇥文            甲の役割 文              取組内容：文
//! ```

use super::head;
use super::label::{self, Label, is_word};
use super::outline::Node;
use super::part::{self, Measured, Part};
use super::stacked::{self, Group, Labels, Piece, Row, Slot};
use super::vocabulary::begins_label;
use super::{Context, middle, torn};
use crate::ast::TriviaKind;
use crate::lines::{Line, is_blank};

/// So many lines at most stand between the label of a name and that of the content.
const NEAR: usize = 12;

/// The label of a name, and what stands behind it.
struct Named<'a> {
    found: Label,
    label: &'a str,
    name: &'a str,
}

/// `取組名 夜間診療`, `【事業名】夜間診療`, `分野：医療`, `取組名` alone; a label that could as well begin a sentence only
/// before a colon.
fn named<'a>(text: &'a str, cx: &Context) -> Option<Named<'a>> {
    // nearly no line begins with letters that begin a label
    if cx.words.is_empty() && text.starts_with(is_word) && !begins_label(text) {
        return None;
    }
    let ends = |c: char| is_blank(c) || matches!(c, '：' | ':' | '】' | '］' | '〕');
    let first = text.char_indices().take(12).find(|(_, c)| ends(*c));
    let marked = first.filter(|(_, c)| !is_blank(*c)).map(|(at, c)| at + c.len_utf8());
    let (label, rest) = text.split_at(marked.or(first.map(|found| found.0)).unwrap_or(text.len()));
    if !label::may_be(label, cx.words) {
        return None;
    }
    let found = label::label(label, &cx.parties, cx.words).filter(|l| matches!(l, Label::Name | Label::Field))?;
    let word = label::fold(label);
    let is_sure =
        marked.is_some() || word.ends_with(['名', '称']) || first.is_some() && word.ends_with(['項', '目', '野']);
    let name = rest.trim_start_matches(ends);
    let heads_column = |word: &str| label::label(word, &cx.parties, cx.words).is_some();
    let is_header = heads_column(name.split(is_blank).next().unwrap_or(name));
    (is_sure && !is_header).then_some(Named { found, label, name })
}

/// Whether a line is, or begins with, the label of a name.
pub fn is_named(line: &Line, cx: &Context) -> bool {
    named(&line.text, cx).is_some()
}

/// Whether the first of some lines begins a 取組 with the label of its name, or of its 分野.
fn begins(lines: &[Line], cx: &Context) -> bool {
    let says = |line: &Line| label::begins(line, &cx.parties, cx.words).map(|(found, ..)| found);
    let Some((first, below)) = lines.split_first() else { return false };
    let Some(Named { name, .. }) = named(&first.text, cx) else { return false };
    // `取組内容 甲の役割`: labels of columns
    let heads_columns = |line: &Line| {
        let rest = label::begins(line, &cx.parties, cx.words).map_or("", |(.., rest)| rest);
        rest.split(is_blank).next().is_some_and(|word| label::label(word, &cx.parties, cx.words).is_some())
    };
    let content = below.iter().take(NEAR).position(|line| says(line) == Some(Label::Content));
    let content = content.filter(|at| !heads_columns(&below[*at]));
    // a label alone has its name below it, and no other label
    let heads_column = || below.first().and_then(says) == Some(Label::Name);
    content.is_some_and(|at| !name.is_empty() || at > 0 && !heads_column())
}

/// Whether every 取組 of a table begins with the label of its name: nothing is scattered there.
pub fn heads_rows(lines: &[Line], cx: &Context) -> bool {
    let is_content = |line: &&Line| {
        label::may_be(&line.text, cx.words) && label::label(&line.text, &cx.parties, cx.words) == Some(Label::Content)
    };
    let heads: Vec<usize> = (0..lines.len()).filter(|at| begins(&lines[*at..], cx)).collect();
    if heads.iter().any(|at| heads_column(&lines[*at..], cx)) {
        return false;
    }
    let heads = heads.len();
    heads > 1 && heads >= lines.iter().filter(is_content).count()
}

/// `取組名⏎夜間診療⏎⏎健診の案内⏎⏎取組内容`: whether several names, or a label, stand between the label of the name and that of the
/// content; `取組名⏎夜間診療⏎2⏎⏎取組内容⏎甲の役割`: or the number of what comes next does, and the labels have nothing between
fn heads_column(lines: &[Line], cx: &Context) -> bool {
    let says = |line: &Line| label::begins(line, &cx.parties, cx.words).map(|(found, ..)| found);
    let is_content = |line: &Line| says(line) == Some(Label::Content);
    let below = lines.iter().skip(1).take(NEAR).take_while(|line| !is_content(line));
    let count = below.clone().count();
    let is_number = |line: &Line| head::item_of(line).is_some_and(|head| head.rest.is_empty());
    let is_next = || matches!(lines.get(count + 2).and_then(says), Some(Label::Role(_)));
    let is_other = |(at, line): (usize, &Line)| {
        let opens = at > 0 && line.gap || matches!(says(line), Some(Label::Role(_)));
        opens || at > 0 && at + 1 == count && is_number(line) && is_next()
    };
    below.enumerate().any(is_other)
}

/// Reads a block in which every 取組 begins with the label of its name; `None` where one does not, or where labels were
/// torn from their texts.
pub fn read(lines: &[Line], labels: &[Labels], cx: &mut Context) -> Option<Vec<Row>> {
    if !begins(lines, cx) {
        return None;
    }
    let pieces = stacked::cut(lines, labels, cx).into_iter().map(|piece| labelled(piece, lines, cx)).collect();
    let (pieces, doubt) = middle::straighten(pieces, &cx.centred);
    if torn::is_torn(&pieces) || !matches!(pieces.first(), Some(Piece::Label(None, Label::Name | Label::Field, ..))) {
        return None;
    }
    let mut groups = groups(pieces);
    groups.iter_mut().for_each(|group| group.doubt(&doubt));
    Some(groups.into_iter().map(|group| row(group, cx)).collect())
}

/// The label of a name as such, where the line has one.
fn labelled<'l, 's>(piece: Piece<'l, 's>, lines: &[Line], cx: &Context) -> Piece<'l, 's> {
    let Piece::Words(Measured { part, .. }) = &piece else { return piece };
    let Some(Named { found, label, name }) = named(part.text, cx).filter(|_| begins(&lines[part.at..], cx)) else {
        return piece;
    };
    let name = (!name.is_empty()).then(|| Measured::of(Part::new(part.line, name, part.at)));
    Piece::Label(None, found, Part::new(part.line, label, part.at), name)
}

/// One group for each name; every line belongs to the label before it.
fn groups<'l, 's>(pieces: Vec<Piece<'l, 's>>) -> Vec<Group<'l, 's>> {
    let mut out: Vec<Group> = Vec::new();
    for piece in pieces {
        let heads = |label: &Label| matches!(label, Label::Name | Label::Field);
        match piece {
            Piece::Label(name, label, head, rest) => {
                let is_full = |group: &Group| group.slots.iter().any(|slot| !heads(&slot.label));
                if heads(&label) && out.last().is_none_or(is_full) {
                    out.push(Group::default());
                }
                let Some(group) = out.last_mut() else { continue };
                group.strays.extend(name);
                group.slots.push(Slot { label, head, parts: rest.into_iter().collect() });
            }
            Piece::Words(words) => {
                let slot = out.last_mut().and_then(|group| group.slots.last_mut());
                slot.into_iter().for_each(|slot| slot.parts.push(words));
            }
            Piece::Name(part) => out.last_mut().into_iter().for_each(|group| group.strays.push(part)),
        }
    }
    out
}

/// A 取組 whose name, and whose 分野, stand in cells of their own.
fn row(mut group: Group, cx: &mut Context) -> Row {
    // words before a label, which no label heads
    group.torn |= !group.strays.is_empty();
    let mut field = None;
    let (heads, slots) = group.slots.into_iter().partition(|slot| matches!(slot.label, Label::Name | Label::Field));
    group.slots = slots;
    let heads: Vec<Slot> = heads;
    for slot in heads {
        group.torn |= are_several(&slot, &group.slots);
        cx.trivia(slot.head.line.span(slot.head.text), TriviaKind::Header);
        let parts = slot.parts.iter().map(|words| words.part);
        // sentences are no name: the label of the cell stands in its middle, or further down
        group.torn |= slot.parts.iter().any(|words| !words.size.like_name);
        match slot.label {
            Label::Field => field = Some(part::text(parts.collect::<Vec<_>>().iter(), &mut cx.repairs)),
            _ => group.names.extend(parts),
        }
    }
    let field = field.map(|heading| Node { heading, ..Node::default() });
    Row { field, initiative: stacked::initiative(group, cx) }
}

/// `取組名⏎夜間診療⏎障がい者の見守り⏎取組内容⏎文。⏎文。`: whether the cell of a name seems to hold those of 取組 that stand beside
/// each other. No line that wraps is shorter than the next one; and each of them has its own sentences.
fn are_several(name: &Slot, cells: &[Slot]) -> bool {
    let lines = name.parts.len();
    let ends = |cell: &Slot| cell.parts.iter().filter(|words| words.part.text.ends_with('。')).count();
    let is_short = |pair: &[Measured]| pair[0].size.width + 2 < pair[1].size.width;
    lines > 1 && (name.parts.windows(2).any(is_short) || cells.iter().all(|cell| ends(cell) >= lines))
}

/// `取組名⇥夜間診療`, `分野⇥医療⇥取組名⇥夜間診療`: whether every cell of a row is the label of a name or a 分野, or stands beside one
pub fn is_row(cells: &[&str], labels: &[Option<Label>]) -> bool {
    let is_pair = |(cells, labels): (&[&str], &[Option<Label>])| {
        matches!(labels, [Some(Label::Name | Label::Field), None]) && !cells[1].is_empty()
    };
    !cells.is_empty() && cells.chunks(2).zip(labels.chunks(2)).all(is_pair)
}
