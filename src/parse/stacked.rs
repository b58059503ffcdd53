//! Names, labels and texts without cells, as extractors leave a ruled table: `夜間診療 取組内容 文`, `甲の役割`, …
//!
//! A label opens a cell. The name of a row may stand before it, or, in extracts made by the eye, in its middle or
//! behind it: see [`super::names`]. Labels that were torn from their texts are read by [`super::torn`].

use super::label::{self, Label};
use super::outline::Node;
use super::part::{self, Measured, Part};
use super::{Context, afloat, beside, head, middle, names, sides, torn};
use crate::ast::{Cell, Initiative, Role};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, Marks, find_blank, is_blank};

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

/// A label in a line: what stands before it, what it says, its words, and what follows.
pub type Found<'a> = (&'a str, Label, &'a str, &'a str);

/// What the labels of a line say, asked once.
#[derive(Debug)]
pub struct Labels<'a> {
    /// At its start.
    first: Option<Found<'a>>,
    /// Inside, where none of content or roles begins it.
    inside: Option<Found<'a>>,
    /// Where its first blank stands; not looked for where it begins with a label.
    blank: Option<usize>,
}

impl<'a> Labels<'a> {
    /// The labels of a line.
    pub fn of(line: &'a Line, cx: &Context) -> Self {
        let first = label::begins(line, &cx.parties, cx.words).map(|(found, slice, rest)| ("", found, slice, rest));
        let mut out = Labels { first, inside: None, blank: None };
        if !out.begins() {
            out.blank = line.find_blank();
            let between = || out.blank.and_then(|blank| inside(&line.text, blank, cx));
            out.inside = if may_hold(line) { between().or_else(|| glued_inside(&line.text, cx)) } else { None };
        }
        out
    }

    /// A label that its line alone does not show.
    pub fn set(&mut self, found: Found<'a>) {
        match found.0.is_empty() {
            true => self.first = Some(found),
            false => self.inside = Some(found),
        }
    }

    /// Whether a header row may begin: with a label, or with blanks between its labels.
    pub fn may_head(&self) -> bool {
        self.first.is_some() || self.blank.is_some()
    }

    /// Whether it is, or begins with, a label of content or role.
    pub fn begins(&self) -> bool {
        matches!(self.first, Some((_, Label::Content | Label::Role(_) | Label::Container, ..)))
    }

    /// Whether a name stands before a label, or a label begins the line.
    pub fn begins_row(&self) -> bool {
        self.begins() || self.inside.as_ref().is_some_and(|(name, ..)| !name.is_empty())
    }

    /// Whether a label of content or role begins it, or stands between blanks.
    pub fn is_row(&self) -> bool {
        // a label inside that nothing parts from the name is none for sure
        let is_glued = |(name, _, slice, _): &Found| name.as_bytes().as_ptr_range().end == slice.as_ptr();
        self.begins() || self.inside.as_ref().is_some_and(|found| !is_glued(found))
    }

    /// The label that opens a cell.
    pub fn opens(&self) -> Option<&Found<'a>> {
        let heads_column = |found: &&Found| matches!(found.1, Label::Name | Label::Field);
        self.first.as_ref().filter(|found| !heads_column(found)).or(self.inside.as_ref())
    }
}

/// Whether a label of content or role stands inside the line, between blanks.
pub fn has_label_inside(line: &Line, cx: &Context) -> bool {
    between(line, cx).is_some()
}

/// Whether a name stands before a label on the line.
pub fn has_name(line: &Line, cx: &Context) -> bool {
    let is_named = |(name, ..): Found| !name.is_empty();
    may_hold(line) && between(line, cx).or_else(|| glued_inside(&line.text, cx)).is_some_and(is_named)
}

/// `夜間診療 取組内容 文`: a name, the label of its content, and words behind it; not `夜間診療 a 取組内容 文`
pub fn names_content(line: &Line, cx: &Context) -> bool {
    let is_named = |(name, found, _, rest): (&str, Label, &str, &str)| {
        let last = name.rsplit(is_blank).next().unwrap_or(name);
        let is_number = head::item(last).is_some_and(|head| head.rest.is_empty());
        !name.is_empty() && !is_number && found == Label::Content && !rest.is_empty()
    };
    between(line, cx).is_some_and(is_named)
}

/// The place of the label in a line, in code points.
pub fn label_column(line: &Line, cx: &Context) -> Option<usize> {
    let slice = match label::begins(line, &cx.parties, cx.words) {
        Some((Label::Content | Label::Role(_), slice, _)) => slice,
        _ => between(line, cx)?.2,
    };
    Some(Part::new(line, slice, 0).column)
}

/// The name and the blanks before the label in a line.
pub fn before_label<'l>(line: &'l Line, cx: &Context) -> Option<&'l str> {
    let slice = between(line, cx)?.2;
    line.text.get(..slice.as_ptr() as usize - line.text.as_ptr() as usize)
}

/// Whether a label of content or role may stand inside a line: a cheap test for what holds none
fn may_hold(line: &Line) -> bool {
    line.marks.hold(Marks::LABEL)
        && label::holds(&line.text, &["役割", "内容", "機能分担", "の概要", "業概要", "組概要"])
}

/// `夜間診療 取組内容 文`: the end of the name, the label, its slice and the rest
fn between<'a>(line: &'a Line, cx: &Context) -> Option<Found<'a>> {
    if may_hold(line) { inside(&line.text, line.find_blank()?, cx) } else { None }
}

/// The same, from the first blank on.
fn inside<'a>(text: &'a str, first_blank: usize, cx: &Context) -> Option<Found<'a>> {
    let mut gap = first_blank;
    loop {
        let rest = text[gap..].trim_start_matches(is_blank);
        let start = text.len() - rest.len();
        if let Some((found @ (Label::Content | Label::Role(_)), slice, after)) =
            label::prefix(rest, &cx.parties, cx.words)
        {
            let name = text[..start].trim_end_matches(is_blank);
            // a bare 内容 in a sentence is a word
            // it may stand between marks: **取組内容**
            let end = slice.as_ptr() as usize - rest.as_ptr() as usize + slice.len();
            let behind = rest[end..].trim_start_matches('*');
            let sure = (after.is_empty() || behind.starts_with(is_blank)) && !slice.trim_end().contains("  ");
            if sure && name.chars().count() <= 30 && !name.contains(['。', '、']) {
                return Some((name, found, slice, after));
            }
        }
        gap = start + find_blank(rest)?;
    }
}

/// `備蓄の点検取組内容毎年9月に…`: nothing parts name, label and text
fn glued_inside<'a>(text: &'a str, cx: &Context) -> Option<Found<'a>> {
    let at = ["取組内容", "取組の内容"].iter().filter_map(|label| text.find(label)).min().filter(|at| *at > 0)?;
    let (name, rest) = text.split_at(at);
    let (found, slice, after) = label::prefix(rest, &cx.parties, cx.words)?;
    let is_name = name.chars().count() <= 20
        && !name.contains(['。', '、', '（', '(', '「'])
        && !name.starts_with(['【', '〔', '［'])
        && !after.is_empty();
    (is_name && found == Label::Content).then_some((name, found, slice, after))
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
    let groups = match sides::read(lines, cut(lines, labels, cx), &cx.centred) {
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
    if is_name { parts.drain(end + 1..).map(|p| p.part).collect() } else { Vec::new() }
}

/// `教育 図書館の相互利用 取組内容 文`: whether two names stand before the label on a line
pub fn names_two(line: &Line, cx: &Context) -> bool {
    between(line, cx).is_some_and(|(name, ..)| beside::holds_two_names(&Part::new(line, name, 0)))
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
    let mut out = Initiative { torn: group.torn || doubtful || is_numbered, ..Initiative::default() };
    torn::leave(&group.strays, cx);
    for part in &group.names {
        super::rows::name_cell(&mut out, part.line, part.text, cx);
    }
    for slot in group.slots {
        let label = cx.text(slot.head.line, slot.head.text);
        let text = part::text(slot.parts.iter().map(|words| &words.part), &mut cx.repairs);
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
