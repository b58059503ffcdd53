//! Mends what is safe to mend in a text: numbers of 号 after a deletion with the references to them, widths of figures
//! in labels and references, blanks behind labels.
//!
//! After each step the text is read again; a step that changed anything else is taken back and said so.

mod number;
mod propose;
mod spacing;
mod width;

use crate::diagnostics::Words;
use crate::diff::{self, Change};
use crate::output::document::{Origin, agreement};
use crate::parse::{self, Options, Parsed, Reading};
use crate::schema::Agreement;
use crate::span::Span;
use std::collections::BTreeMap;

/// A text and what was done to it.
#[derive(Clone, Debug, Default)]
pub struct Fixed {
    /// The mended text; the given one where nothing was mended.
    pub text: String,
    /// What was mended.
    pub made: Vec<Note>,
    /// What somebody should look at: mending it would change the meaning, or could not be shown to be safe.
    pub proposals: Vec<Note>,
}

/// What was done, or could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line in the text, from 1; no step adds or removes lines.
    pub line: usize,
    /// The sentence.
    pub words: Words,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    span: Span,
    with: String,
}

/// Mends a text. Never changes what it means.
pub fn fix(text: &str, options: &Options) -> Fixed {
    let mut fixed = Fixed { text: text.to_string(), ..Fixed::default() };
    number::step(&mut fixed, options);
    width::step(&mut fixed, options);
    spacing::step(&mut fixed, options);
    fixed.proposals.extend(propose::all(&fixed.text, options));
    fixed.proposals.sort_by_key(|note| note.line);
    fixed.proposals.dedup();
    fixed
}

impl Fixed {
    /// Takes edits that must not change the agreement but for `allowed` changes; takes none of them if they do.
    fn take(&mut self, edits: Vec<Edit>, words: Words, options: &Options, allowed: &dyn Fn(&Change) -> bool) {
        let Some(first) = edits.iter().map(|e| e.span.start).min() else { return };
        let note = Note { line: line(&self.text, first), words };
        let text = apply(&self.text, edits);
        if same(&parse::parse_with(&self.text, options), &parse::parse_with(&text, options), allowed) {
            self.text = text;
            self.made.push(note);
        } else {
            self.proposals.push(Note { words: unsure(&note.words), ..note });
        }
    }
}

fn unsure(words: &Words) -> Words {
    Words::new(
        format!("{}: 読み直すと意味が変わるため、直しませんでした", words.ja),
        format!("{}: left alone, because the text would then say something else", words.en),
    )
}

/// The line of a place, from 1.
fn line(text: &str, at: u32) -> usize {
    text.bytes().take(at as usize).filter(|b| *b == b'\n').count() + 1
}

/// The text with its edits; of edits that overlap, the first.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if let Some(before) = text.get(from..start) {
            out.push_str(before);
            out.push_str(&edit.with);
            from = end;
        }
    }
    out + text.get(from..).unwrap_or_default()
}

fn public(parsed: &Parsed, reading: &Reading) -> Agreement {
    agreement(reading, parsed.source, &Origin::default())
}

/// Whether two texts give the same agreements but for `allowed` changes, and the reader has no more complaints.
fn same(old: &Parsed, new: &Parsed, allowed: &dyn Fn(&Change) -> bool) -> bool {
    let pair = |(a, b): (&Reading, &Reading)| {
        let (before, after) = (public(old, a), public(new, b));
        let left = |agreement: &Agreement| -> String {
            agreement.unparsed.iter().flat_map(|u| u.text.chars()).filter(|c| !c.is_whitespace()).collect()
        };
        let missing = |agreement: &Agreement| agreement.references.iter().map(|r| r.missing.len()).sum::<usize>();
        let (known, now) = (complaints(a), complaints(b));
        diff::diff(&before, &after).changes.iter().all(allowed)
            && left(&before) == left(&after)
            && before.references.len() == after.references.len()
            && missing(&before) == missing(&after)
            && now.iter().all(|(rule, count)| known.get(rule).is_some_and(|k| k >= count))
    };
    old.readings.len() == new.readings.len() && old.readings.iter().zip(&new.readings).all(pair)
}

fn complaints(reading: &Reading) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for complaint in &reading.complaints {
        *counts.entry(complaint.rule).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests;
