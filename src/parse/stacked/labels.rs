//! Labels in a line: at its start, or behind a name.

use crate::lines::letters::holds_run;
use crate::lines::{Line, find_blank, is_blank};
use crate::parse::label::{self, Label};
use crate::parse::part::Part;
use crate::parse::{Context, beside, head};

/// A label in a line: what stands before it, what it says, its words, and what follows.
pub type Found<'a> = (&'a str, Label, &'a str, &'a str);

/// What the labels of a line say, asked once.
#[derive(Debug)]
pub struct Labels<'a> {
    /// At its start.
    first: Option<Found<'a>>,
    /// Inside, where none of content or roles begins it.
    inside: Option<Found<'a>>,
    /// Whether there is a blank; not looked for where it begins with a label.
    blank: bool,
    /// Whether nothing parts the label inside from what stands before it.
    glued: bool,
    /// Whether that is the label of the names.
    heads: bool,
}

impl<'a> Labels<'a> {
    /// The labels of a line.
    #[inline]
    pub fn of(line: &'a Line, cx: &Context) -> Self {
        let first = label::begins(line, &cx.parties, cx.words).map(|(found, slice, rest)| ("", found, slice, rest));
        let mut out = Labels { first, inside: None, blank: false, glued: false, heads: false };
        if out.begins() {
            return out;
        }
        let blank = line.find_blank();
        out.blank = blank.is_some();
        if may_hold(line, cx) {
            out.inside = blank.and_then(|blank| inside(&line.text, blank, cx));
            if out.inside.is_none() {
                out.inside = glued_inside(&line.text, cx);
                out.glued = out.inside.is_some();
                out.heads =
                    out.inside.as_ref().is_some_and(|(name, ..)| label::heads_names(name, &cx.parties, cx.words));
            }
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
        self.first.is_some() || self.blank
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
        // a label inside that nothing parts from a name is none for sure
        self.begins() || self.inside.is_some() && (!self.glued || self.heads)
    }

    /// `項目取組内容甲の役割`: whether nothing parts the labels of a header.
    pub fn heads_glued(&self) -> bool {
        self.heads
    }

    /// The label that opens a cell.
    pub fn opens(&self) -> Option<&Found<'a>> {
        let heads_column = |found: &&Found| matches!(found.1, Label::Name | Label::Field);
        self.first.as_ref().filter(|found| !heads_column(found)).or(self.inside.as_ref())
    }
}

/// Whether a line is, or begins with, a label of content or role.
pub fn begins_with_label(line: &Line, cx: &Context) -> bool {
    matches!(label::begins(line, &cx.parties, cx.words), Some((Label::Content | Label::Role(_) | Label::Container, ..)))
}

/// Whether a label of content or role stands inside the line, between blanks.
pub fn has_label_inside(line: &Line, cx: &Context) -> bool {
    between(line, cx).is_some()
}

/// Whether a name stands before a label on the line.
pub fn has_name(line: &Line, cx: &Context) -> bool {
    let is_named = |(name, ..): Found| !name.is_empty();
    may_hold(line, cx) && between(line, cx).or_else(|| glued_inside(&line.text, cx)).is_some_and(is_named)
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
fn may_hold(line: &Line, cx: &Context) -> bool {
    label::says(line, &["役割", "内容", "機能分担", "の概要", "業概要", "組概要"], cx.words)
}

/// `夜間診療 取組内容 文`: the end of the name, the label, its slice and the rest
fn between<'a>(line: &'a Line, cx: &Context) -> Option<Found<'a>> {
    if may_hold(line, cx) { inside(&line.text, line.find_blank()?, cx) } else { None }
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
            let sure = (after.is_empty() || behind.starts_with(is_blank)) && !holds_run(slice.trim_end());
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

/// `教育 図書館の相互利用 取組内容 文`: whether two names stand before the label on a line
pub fn names_two(line: &Line, cx: &Context) -> bool {
    between(line, cx).is_some_and(|(name, ..)| beside::holds_two_names(&Part::new(line, name, 0)))
}
