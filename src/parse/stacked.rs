//! Names, labels and texts without cells, as extractors leave a ruled table: `夜間診療 取組内容 文`, `甲の役割`, …
//!
//! A label opens a cell. What stands before 取組内容 and behind a finished sentence is the name; extractors that go by
//! the eye put it in the middle of the row, where a short line interrupts a sentence.

use super::Context;
use super::label::{self, Label};
use crate::ast::{Cell, Initiative, Role, Text};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, is_blank, is_cjk};

/// A slice of a line.
#[derive(Clone, Copy, Debug)]
struct Part<'l, 's> {
    line: &'l Line<'s>,
    text: &'l str,
    /// Code points before it on its line.
    column: usize,
}

/// One labelled cell and the lines that followed it.
#[derive(Debug)]
struct Slot<'l, 's> {
    label: Option<(Label, Part<'l, 's>)>,
    parts: Vec<Part<'l, 's>>,
}

/// A group: one 取組.
#[derive(Debug, Default)]
struct Group<'l, 's> {
    name: Vec<Part<'l, 's>>,
    slots: Vec<Slot<'l, 's>>,
}

/// Whether a label of content or role stands inside the line, between blanks.
pub fn has_label_inside(text: &str, cx: &Context) -> bool {
    inside(text, cx).is_some()
}

/// `夜間診療 取組内容 文`: the end of the name, the label, its slice and the rest
fn inside<'a>(text: &'a str, cx: &Context) -> Option<(&'a str, Label, &'a str, &'a str)> {
    if !(text.contains("役割") || text.contains("内容")) {
        return None;
    }
    let mut from = 0;
    while let Some(gap) = text[from..].find(is_blank) {
        let start = from + gap + text[from + gap..].chars().next().map_or(1, char::len_utf8);
        let rest = &text[start..];
        if !rest.starts_with(is_blank)
            && let Some((found @ (Label::Content | Label::Role(_)), slice, after)) =
                label::prefix(rest, &cx.parties, cx.words)
        {
            let name = text[..start].trim_end_matches(is_blank);
            // a bare 内容 in a sentence is a word
            let sure = after.is_empty() || rest[slice.len()..].starts_with(is_blank);
            if sure && name.chars().count() <= 30 && !name.contains(['。', '、']) {
                return Some((name, found, slice, after));
            }
        }
        from = start;
    }
    None
}

/// Reads the lines of a block that holds labels.
pub fn read(lines: &[Line], cx: &mut Context) -> Vec<Initiative> {
    let mut groups = groups(lines, cx);
    names(&mut groups);
    let mut out = Vec::with_capacity(groups.len());
    for group in groups {
        out.push(initiative(group, cx));
    }
    out
}

fn groups<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Vec<Group<'l, 's>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut before: Vec<Part> = Vec::new();
    for line in lines {
        let text = line.text.as_ref();
        let part = |text: &'l str| Part {
            line,
            text,
            column: line.indent as usize
                + line.text[..text.as_ptr() as usize - line.text.as_ptr() as usize].chars().count(),
        };
        let found = match label::prefix(text, &cx.parties, cx.words) {
            Some((found, slice, rest)) if !matches!(found, Label::Name | Label::Field) => {
                Some(("", found, slice, rest))
            }
            _ => inside(text, cx),
        };
        let Some((name, found, slice, rest)) = found else {
            match groups.last_mut().and_then(|g| g.slots.last_mut()) {
                Some(slot) => slot.parts.push(part(text)),
                None => before.push(part(text)),
            }
            continue;
        };
        let filled = |group: &Group| group.slots.iter().any(|s| matches!(s.label, Some((Label::Role(_), _))));
        if groups.is_empty() || (found == Label::Content && groups.last().is_some_and(filled)) {
            let mut group = Group::default();
            match groups.last_mut().and_then(|g| g.slots.last_mut()) {
                Some(last) => group.name = split_tail(&mut last.parts),
                None => group.name = std::mem::take(&mut before),
            }
            groups.push(group);
        }
        if let Some(group) = groups.last_mut() {
            if !name.is_empty() {
                group.name.push(part(name));
            }
            let parts = if rest.is_empty() { Vec::new() } else { vec![part(rest)] };
            group.slots.push(Slot { label: Some((found, part(slice))), parts });
        }
    }
    groups
}

/// The lines behind the last finished sentence of a cell, where they look like a name.
fn split_tail<'l, 's>(parts: &mut Vec<Part<'l, 's>>) -> Vec<Part<'l, 's>> {
    let Some(end) = parts.iter().rposition(|p| p.text.ends_with(['。', '」'])) else {
        return Vec::new();
    };
    let is_name = parts[end + 1..].iter().all(|p| !p.text.contains(['。', '、']) && p.text.chars().count() <= 30);
    if is_name { parts.split_off(end + 1) } else { Vec::new() }
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}

/// Finds the names that stand in the middle of their rows.
fn names(groups: &mut [Group]) {
    for group in groups.iter_mut().filter(|g| g.name.is_empty()) {
        let widest = group.slots.iter().flat_map(|s| &s.parts).map(|p| width(p.text)).max().unwrap_or(0);
        for slot in &mut group.slots {
            let mut at = 0;
            while at < slot.parts.len() {
                let text = slot.parts[at].text;
                let interrupts = at > 0
                    && !slot.parts[at - 1].text.ends_with('。')
                    && width(slot.parts[at - 1].text) * 10 >= widest * 8;
                let plain = !text.contains(['。', '、', '）']) && width(text) * 10 < widest * 6;
                let goes_on = slot.parts.get(at + 1).is_some();
                if plain && interrupts && goes_on {
                    group.name.push(slot.parts.remove(at));
                } else {
                    at += 1;
                }
            }
        }
    }
}

fn initiative(group: Group, cx: &mut Context) -> Initiative {
    let mut out = Initiative::default();
    for part in &group.name {
        super::rows::name_cell(&mut out, part.line, part.text, cx);
    }
    for slot in group.slots {
        let mut text = Text::default();
        for part in &slot.parts {
            text.push(part.line, part.text, &mut cx.repairs);
        }
        let (found, label) = match slot.label {
            Some((found, part)) => (found, Text::of(part.line, part.text, &mut cx.repairs)),
            None => (Label::Other, Text::default()),
        };
        match found {
            Label::Content => out.contents.push(Cell { label, text }),
            Label::Role(parties) => out.roles.push(Role { label, parties, text }),
            Label::Container if text.is_empty() => out.others.push(Cell { label, text }),
            Label::Container => {
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
