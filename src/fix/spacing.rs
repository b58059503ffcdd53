//! Blanks: behind the labels of a kind the blank that most have, none at the ends of lines.

use super::{Edit, Fixed};
use crate::ast::{Agreement, Item, Paragraph, Text};
use crate::diagnostics::Words;
use crate::lines::is_blank;
use crate::parse::{self, Options};
use crate::span::Span;
use std::collections::BTreeMap;

/// A kind of label, and the blanks behind its labels.
type Gaps = BTreeMap<&'static str, Vec<Span>>;

pub(super) fn step(fixed: &mut Fixed, options: &Options) {
    let parsed = parse::parse_with(&fixed.text, options);
    let behind = parsed.readings.iter().flat_map(|reading| behind_labels(&reading.tree, &fixed.text)).collect();
    let words = Words::new("条・項・号の後の空白を揃えました", "made the blanks behind the labels alike");
    fixed.take(behind, words, options, &|_| false);
    let words = Words::new("行末の空白を除きました", "took away blanks at the ends of lines");
    fixed.take(at_ends(&fixed.text), words, options, &|_| false);
}

fn behind_labels(tree: &Agreement, text: &str) -> Vec<Edit> {
    let mut gaps = Gaps::new();
    let mut add = |kind: &'static str, label: &Text, words: &Text| {
        let (Some(label), Some(words)) = (label.span(), words.pieces.first()) else { return };
        if label.end < words.start {
            let gap = Span { start: label.end, end: words.start };
            if gap.slice(text).chars().all(is_blank) {
                gaps.entry(kind).or_default().push(gap);
            }
        }
    };
    let supplementary = tree.supplementary.iter().flat_map(|s| &s.paragraphs);
    for paragraph in tree.articles.iter().flat_map(|a| &a.paragraphs).chain(supplementary) {
        below(paragraph, &mut add);
    }
    for article in &tree.articles {
        article.paragraphs.first().iter().for_each(|p| add("article", &article.label, &p.text));
    }
    gaps.values().flat_map(|gaps| alike(gaps, text)).collect()
}

fn below(paragraph: &Paragraph, add: &mut dyn FnMut(&'static str, &Text, &Text)) {
    paragraph.label.iter().for_each(|label| add("paragraph", label, &paragraph.text));
    items(&paragraph.items, add);
}

fn items(list: &[Item], add: &mut dyn FnMut(&'static str, &Text, &Text)) {
    for item in list {
        add("item", &item.label, &item.text);
        items(&item.items, add);
    }
}

/// Edits that give all gaps the blank that most have; of equally common ones, the first in the text.
fn alike(gaps: &[Span], text: &str) -> Vec<Edit> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for blank in gaps.iter().map(|gap| gap.slice(text)) {
        match counts.iter_mut().find(|(known, _)| *known == blank) {
            Some((_, count)) => *count += 1,
            None => counts.push((blank, 1)),
        }
    }
    let Some((common, _)) = counts.iter().rev().max_by_key(|(_, count)| *count) else { return Vec::new() };
    let other = gaps.iter().filter(|gap| gap.slice(text) != *common);
    other.map(|gap| Edit { span: *gap, with: common.to_string() }).collect()
}

/// Blanks at the ends of lines; a tab there may be an empty cell.
fn at_ends(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let kept = words.trim_end_matches([' ', '\u{3000}']);
        // the blanks of a line without words may be how the page was drawn
        if kept.len() < words.len() && !kept.is_empty() {
            edits.push(Edit { span: Span::new(from + kept.len(), from + words.len()), with: String::new() });
        }
        from += line.len();
    }
    edits
}
