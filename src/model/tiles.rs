//! Every byte of the source belongs to one leaf, to trivia, or is blank. What is left over becomes `unparsed`.

use super::walk;
use crate::ast::{Agreement, Text, Trivia, TriviaKind};
use crate::lines::{is_blank, markdown};
use crate::span::Span;

/// The places of all leaves and all trivia, in the order of the source.
pub fn tiles(tree: &Agreement) -> Vec<Span> {
    // as numbers, since these are sorted fastest
    let key = |span: &Span| u64::from(span.start) << 32 | u64::from(span.end);
    let mut keys: Vec<u64> = Vec::with_capacity(512);
    keys.extend(tree.trivia.iter().map(|t| &t.span).filter(|span| !span.is_empty()).map(key));
    walk::leaves(tree, &mut |leaf| keys.extend(leaf.pieces.iter().filter(|span| !span.is_empty()).map(key)));
    // in two runs already, which this sort only merges
    keys.sort();
    keys.into_iter().map(|key| Span { start: (key >> 32) as u32, end: key as u32 }).collect()
}

/// Fills what no leaf took: marks around leaves become trivia, words become `unparsed`.
pub fn close_gaps(source: &str, range: Span, tree: &mut Agreement) {
    let mut at = range.start;
    let mut found: Vec<(Span, bool)> = Vec::new();
    let mut spans = tiles(tree);
    spans.push(Span { start: range.end, end: range.end });
    for span in spans {
        if span.start > at {
            let between = Span { start: at, end: span.start };
            // so it is between most leaves
            let is_blank = |b: &u8| matches!(b, b'\n' | b'\t' | b' ');
            if !source.as_bytes()[between.start as usize..between.end as usize].iter().all(is_blank) {
                gap(source, between, &mut found);
            }
        }
        at = at.max(span.end);
    }
    for (span, is_words) in found {
        if is_words {
            tree.unparsed.push(Text { text: span.slice(source).into(), pieces: [span].into_iter().collect() });
        } else {
            tree.trivia.push(Trivia { span, kind: TriviaKind::Mark });
        }
    }
    tree.unparsed.sort_by_key(|t| t.pieces.first().map_or(0, |p| p.start));
    tree.trivia.sort_unstable_by_key(|t| t.span);
}

/// The marks or words between two leaves, without the blanks around them.
fn gap(source: &str, span: Span, found: &mut Vec<(Span, bool)>) {
    let is_space = |c: char| is_blank(c) || c.is_whitespace() || c.is_control();
    let mut rest = span.slice(source);
    loop {
        rest = rest.trim_start_matches(is_space);
        let end = rest.find(['\n', '\r', '\u{c}']).unwrap_or(rest.len());
        let line = rest[..end].trim_end_matches(is_space);
        if line.is_empty() {
            return;
        }
        let is_words = markdown::unmarked(line).0.chars().any(|c| c.is_alphanumeric() && !matches!(c, 'ー' | '印'));
        found.push((Span::of(line, source), is_words));
        rest = &rest[end..];
    }
}

/// How many bytes of `range` stand in a leaf or in trivia, or are blank.
pub fn accounted(source: &str, range: Span, tree: &Agreement) -> u64 {
    let (mut at, mut lost) = (range.start, 0);
    for span in tiles(tree).into_iter().chain([Span { start: range.end, end: range.end }]) {
        if span.start > at {
            let gap = Span { start: at, end: span.start }.slice(source);
            lost += gap
                .chars()
                .filter(|c| !(is_blank(*c) || c.is_whitespace() || c.is_control()))
                .map(char::len_utf8)
                .sum::<usize>();
        }
        at = at.max(span.end);
    }
    range.len() as u64 - lost as u64
}
