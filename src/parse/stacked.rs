//! Names, labels and texts without cells, as extractors leave a ruled table: `夜間診療 取組内容 文`, `甲の役割`, …
//!
//! A label opens a cell. The name of a row may stand before it, or, in extracts made by the eye, in its middle or
//! behind it: see [`super::names`]. Labels that were torn from their texts are read by [`super::torn`].

mod labels;

pub use labels::{
    Found, Labels, before_label, begins_with_label, has_label_inside, has_name, label_column, names_content, names_two,
};

use super::label::{self, Label};
use super::outline::Node;
use super::part::{self, Measured, Part};
use super::{Context, afloat, beside, middle, names, rows, sides, torn};
use crate::ast::{Cell, Initiative, Role};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, is_blank};

/// Hardly a cell has more lines.
const USUAL: usize = 8;

/// One labelled cell and the words that followed it.
#[derive(Debug)]
pub struct Slot<'l, 's> {
    pub label: Label,
    pub head: Part<'l, 's>,
    pub parts: Vec<Measured<'l, 's>>,
}

/// A group: one 取組.
#[derive(Debug, Default)]
pub struct Group<'l, 's> {
    /// Pieces that are certainly its name, in the order of the lines.
    pub names: Vec<Part<'l, 's>>,
    /// Pieces between the group before and its first label.
    pub before: Vec<Part<'l, 's>>,
    /// Pieces before it that belong to no cell of the block.
    pub strays: Vec<Part<'l, 's>>,
    /// The words of the 分野 that begins with it, where those have a column.
    pub field: Vec<Part<'l, 's>>,
    pub slots: Vec<Slot<'l, 's>>,
    pub torn: bool,
}

impl Group<'_, '_> {
    /// Is torn where a label stands in one of these lines, which ascend.
    pub fn doubt(&mut self, lines: &[usize]) {
        self.torn |= self.slots.iter().any(|slot| lines.binary_search(&slot.head.at).is_ok());
    }
}

/// What a line of the block is.
#[derive(Debug)]
pub enum Piece<'l, 's> {
    /// `夜間診療` left of the labels
    Name(Part<'l, 's>),
    /// `取組内容`, with the name before it and the words behind it
    Label(Option<Part<'l, 's>>, Label, Part<'l, 's>, Option<Measured<'l, 's>>),
    /// Anything else
    Words(Measured<'l, 's>),
}

/// A 取組, and the 分野 that begins with it.
#[derive(Debug)]
pub struct Row {
    pub field: Option<Node>,
    pub initiative: Initiative,
}

impl From<Initiative> for Row {
    fn from(initiative: Initiative) -> Self {
        Row { field: None, initiative }
    }
}

/// Reads the lines of a block that holds labels; texts that were torn from them wait. `is_torn` where others wait already.
pub fn read<'l, 's>(
    lines: &'l [Line<'s>],
    labels: &[Labels<'l>],
    is_torn: bool,
    cx: &mut Context,
) -> (Vec<Row>, Option<torn::Waiting<'l, 's>>) {
    let pieces = cut(lines, labels, cx);
    let found = if have_colons(&pieces) { Ok(named(pieces, &[], cx)) } else { sides::read(lines, pieces, &cx.centred) };
    let groups = match found {
        Ok(groups) => groups,
        Err(pieces) => {
            let (pieces, doubt) = middle::straighten(pieces, &cx.centred);
            match if doubt.is_empty() && !is_torn { afloat::read(pieces, cx) } else { Err(pieces) } {
                Ok(groups) => groups,
                Err(pieces) if is_torn || torn::is_torn(&pieces) => {
                    let (found, waiting) = torn::read(pieces, is_torn, cx);
                    return (found.into_iter().map(Row::from).collect(), Some(waiting));
                }
                Err(pieces) => named(pieces, &doubt, cx),
            }
        }
    };
    let rows = groups.into_iter().map(|mut group| {
        let heading = part::text(std::mem::take(&mut group.field).iter(), &mut cx.repairs);
        let field = (!heading.is_empty()).then(|| Node { heading, ..Node::default() });
        Row { field, initiative: initiative(group, cx) }
    });
    (rows.collect(), None)
}

/// `・取組内容：文`: whether all labels go on as their texts, and stand beside no cell
fn have_colons(pieces: &[Piece]) -> bool {
    let has_colon = |head: &Part| {
        let end = head.text.as_ptr() as usize + head.text.len() - head.line.text.as_ptr() as usize;
        head.line.text[end..].trim_start_matches(is_blank).starts_with(['：', ':'])
    };
    let mut heads = pieces.iter().filter_map(|piece| match piece {
        Piece::Label(_, _, head, _) => Some(head),
        _ => None,
    });
    heads.all(has_colon)
}

/// The groups of pieces with their names.
fn named<'l, 's>(pieces: Vec<Piece<'l, 's>>, doubt: &[usize], cx: &Context) -> Vec<Group<'l, 's>> {
    let mut groups = groups(pieces);
    groups.iter_mut().for_each(|group| group.doubt(doubt));
    let is_parted = beside::part(&mut groups, cx);
    names::find(&mut groups);
    if !cx.spaced && !is_parted {
        beside::part_in_order(&mut groups, cx);
    }
    groups
}

/// Cuts lines at their labels and, where the extract keeps columns, at the column of the labels.
pub fn cut<'l, 's>(lines: &'l [Line<'s>], labels: &[Labels<'l>], cx: &Context) -> Vec<Piece<'l, 's>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut edge = usize::MAX;
    let mut container = false;
    for (at, (line, labels)) in lines.iter().zip(labels).enumerate() {
        let text: &str = &line.text;
        let holder = || label::holder(text, &cx.parties).map(|(found, slice, rest)| ("", found, slice, rest));
        let found = labels.opens().cloned().or_else(|| container.then(holder).flatten());
        match &found {
            Some((_, Label::Container, ..)) => container = true,
            Some((_, Label::Content, ..)) => container = false,
            _ => {}
        }
        let part = |text: &'l str| (!text.is_empty()).then(|| Part::new(line, text, at));
        match found {
            Some((name, found, slice, rest)) => {
                let head = Part::new(line, slice, at);
                edge = edge.min(head.column);
                out.push(Piece::Label(part(name), found, head, part(rest).map(Measured::of)));
            }
            None => out.push(Piece::Words(Measured::of(Part::new(line, text, at)))),
        }
    }
    // columns are kept where every label stands well inside its line
    if edge < 3 || edge == usize::MAX {
        return out;
    }
    let mut parted = Vec::with_capacity(out.len());
    for piece in out {
        match piece {
            Piece::Words(words) => by_column(words, edge, &mut parted),
            other => parted.push(other),
        }
    }
    parted
}

/// `見守りの            文が続く`: what stands left of the labels is a name.
fn by_column<'l, 's>(words: Measured<'l, 's>, edge: usize, out: &mut Vec<Piece<'l, 's>>) {
    let part = words.part;
    if part.column + 1 >= edge {
        out.push(Piece::Words(words));
        return;
    }
    // what begins left of the labels as well is a name beside it
    let at_edge = |run: &usize| {
        let right = part.text[*run..].trim_start_matches(is_blank);
        Part::new(part.line, right, part.at).column + 1 >= edge
    };
    let run = part.text.match_indices("  ").map(|(run, _)| run).find(at_edge).unwrap_or(part.text.len());
    let left = Part { text: &part.text[..run], ..part };
    let right = part.text[run..].trim_start_matches(is_blank);
    if !left.is_like_name() {
        out.push(Piece::Words(words));
        return;
    }
    out.push(Piece::Name(left));
    if !right.is_empty() {
        out.push(Piece::Words(Measured::of(Part::new(part.line, right, part.at))));
    }
}

/// A group for each content; what stands before a label, or left of it, is a name.
pub fn groups<'l, 's>(pieces: Vec<Piece<'l, 's>>) -> Vec<Group<'l, 's>> {
    let mut groups: Vec<Group> = Vec::new();
    // pieces that may belong to the next group
    let mut pending: Vec<Part> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Name(part) => pending.push(part),
            Piece::Words(words) => {
                let Some(group) = groups.last_mut() else {
                    pending.push(words.part);
                    continue;
                };
                group.names.append(&mut pending);
                if let Some(slot) = group.slots.last_mut() {
                    slot.parts.push(words);
                }
            }
            Piece::Label(name, found, head, rest) => {
                let filled = |group: &Group| group.slots.iter().any(|s| matches!(s.label, Label::Role(_)));
                if groups.is_empty() || (found == Label::Content && groups.last().is_some_and(filled)) {
                    let mut group = Group { before: std::mem::take(&mut pending), ..Group::default() };
                    if let Some(last) = groups.last_mut().and_then(|g| g.slots.last_mut())
                        && group.before.is_empty()
                        && name.is_none_or(|name| is_rest(last, &name))
                    {
                        group.before = split_tail(&mut last.parts);
                    }
                    groups.push(group);
                }
                let Some(group) = groups.last_mut() else { continue };
                group.names.append(&mut pending);
                group.names.extend(name);
                let mut parts = Vec::with_capacity(USUAL);
                parts.extend(rest);
                group.slots.push(Slot { label: found, head, parts });
            }
        }
    }
    if let Some(group) = groups.last_mut() {
        group.names.append(&mut pending);
    }
    groups
}

/// `…を支援する。⏎防災訓練の合同実⏎施 内容 文`: whether a name goes on that begins behind the words of a cell
fn is_rest(slot: &Slot, name: &Part) -> bool {
    let before = slot.parts.last();
    before.is_some_and(|before| before.size.like_name && before.size.width >= part::width(name.text))
}

/// The lines behind the last finished sentence of a cell, where they look like a name.
pub fn split_tail<'l, 's>(parts: &mut Vec<Measured<'l, 's>>) -> Vec<Part<'l, 's>> {
    let Some(end) = parts.iter().rposition(|p| p.part.text.ends_with(['。', '」'])) else {
        return Vec::new();
    };
    let is_name = parts[end + 1..].iter().all(|p| p.size.like_name);
    // the last entries of a list may end no sentence, either
    if is_name && !names::listed(parts).iter().skip(end + 1).any(|listed| *listed) {
        parts.drain(end + 1..).map(|p| p.part).collect()
    } else {
        Vec::new()
    }
}

/// `乙の役割⏎4⏎文`: the number of what follows, rather than words of the cell
fn begins_with_number(slot: &Slot) -> bool {
    let [first, _, ..] = &slot.parts[..] else { return false };
    let part = first.part;
    part.text.len() == part.line.text.len() && part.text.chars().all(|c| matches!(c, '0'..='9' | '０'..='９'))
}

/// A 取組 from its pieces.
pub fn initiative(group: Group, cx: &mut Context) -> Initiative {
    let doubtful = !cx.spaced && group.names.iter().any(beside::holds_two_names);
    let is_numbered = group.slots.iter().any(begins_with_number);
    let is_beside = beside::holds_number(&group.names) || beside::holds_heading(&group.names);
    let mut out = Initiative { torn: group.torn || doubtful || is_numbered || is_beside, ..Initiative::default() };
    torn::leave(&group.strays, cx);
    for part in &group.names {
        rows::name_cell(&mut out, part.line, part.text, cx);
    }
    for slot in group.slots {
        let label = cx.text(slot.head.line, slot.head.text);
        let text = rows::cell(slot.parts.iter().map(|words| &words.part), cx);
        match slot.label {
            Label::Content => out.contents.push(Cell { label, text }),
            Label::Role(parties) => out.roles.push(Role { label, parties, text }),
            Label::Container if !text.is_empty() => {
                let parties = cx.parties.iter().map(|p| p.symbol.clone()).collect();
                out.roles.push(Role { label, parties, text });
            }
            _ => out.others.push(Cell { label, text }),
        }
    }
    if out.name.is_empty() && out.contents.is_empty() {
        let span = out.roles.first().and_then(|r| r.label.span());
        cx.complain(
            "name-lost",
            Severity::Warning,
            "",
            span,
            Words::new(
                "取組の名称と内容が見つかりません。",
                "the name and the content of an initiative were not found",
            ),
        );
    }
    out
}
