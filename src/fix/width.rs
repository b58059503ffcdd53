//! Widths of figures: in each kind of label, and in references, the width that most of them have. Figures of one digit
//! and of several are counted apart: many offices write １ and 10.

use super::{Edit, Fixed};
use crate::ast::{Agreement, Field, Item, Paragraph, Text};
use crate::diagnostics::Words;
use crate::parse::{self, Options, Reading, numeral};
use crate::span::Span;
use std::collections::BTreeMap;

/// Kinds of places that share a width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Article,
    Paragraph,
    Item,
    Table,
    Field,
    Reference,
}

pub(super) fn step(fixed: &mut Fixed, options: &Options) {
    let parsed = parse::parse_with(&fixed.text, options);
    let edits = parsed.readings.iter().flat_map(|reading| edits(reading, &fixed.text)).collect();
    let words =
        Words::new("ラベルと参照の数字の幅を揃えました", "made the widths of figures in labels and references alike");
    fixed.take(edits, words, options, &|_| false);
}

fn edits(reading: &Reading, text: &str) -> Vec<Edit> {
    let mut families: BTreeMap<(Family, bool), Vec<Span>> = BTreeMap::new();
    let mut add = |family: Family, span: Span| {
        for figure in figures(span, text) {
            let several = figure.slice(text).chars().nth(1).is_some();
            families.entry((family, several)).or_default().push(figure);
        }
    };
    labels(&reading.tree, &mut |family, label: &Text| label.pieces.iter().for_each(|piece| add(family, *piece)));
    let inside = reading.model.references.iter().filter(|r| !r.external);
    inside.filter_map(|r| r.span).for_each(|span| add(Family::Reference, span));
    families.values().flat_map(|family| alike(family, text)).collect()
}

/// Runs of figures in a place.
fn figures(span: Span, text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, c) in span.slice(text).char_indices().filter(|(_, c)| numeral::digit(*c).is_some()) {
        let start = span.start as usize + at;
        let here = Span::new(start, start + c.len_utf8());
        match out.last_mut() {
            Some(last) if last.end == here.start => last.end = here.end,
            _ => out.push(here),
        }
    }
    out
}

/// Edits that give all figures of a family the width that most have.
fn alike(family: &[Span], text: &str) -> Vec<Edit> {
    let all = |span: &Span, wide: bool| span.slice(text).chars().all(|c| c.is_ascii_digit() != wide);
    let count = |wide| family.iter().filter(|span| all(span, wide)).count();
    let first = family.first().is_some_and(|span| all(span, true));
    let wide = match count(true).cmp(&count(false)) {
        std::cmp::Ordering::Equal => first,
        order => order.is_gt(),
    };
    let write = |span: &Span| Edit { span: *span, with: span.slice(text).chars().map(|c| figure(c, wide)).collect() };
    family.iter().filter(|span| !all(span, wide)).map(write).collect()
}

/// A figure in the wide or the narrow form.
pub(super) fn figure(c: char, wide: bool) -> char {
    let zero = if wide { '０' } else { '0' };
    numeral::digit(c).and_then(|digit| char::from_u32(zero as u32 + digit)).unwrap_or(c)
}

/// Every label that may hold figures.
fn labels(tree: &Agreement, see: &mut dyn FnMut(Family, &Text)) {
    for article in &tree.articles {
        see(Family::Article, &article.label);
        article.paragraphs.iter().for_each(|p| paragraph(p, see));
    }
    for table in &tree.tables {
        see(Family::Table, &table.label);
        fields(&table.fields, see);
    }
    tree.supplementary.iter().flat_map(|s| &s.paragraphs).for_each(|p| paragraph(p, see));
}

fn paragraph(paragraph: &Paragraph, see: &mut dyn FnMut(Family, &Text)) {
    paragraph.label.iter().for_each(|label| see(Family::Paragraph, label));
    items(&paragraph.items, see);
    fields(&paragraph.fields, see);
}

fn items(list: &[Item], see: &mut dyn FnMut(Family, &Text)) {
    for item in list {
        see(Family::Item, &item.label);
        items(&item.items, see);
        fields(&item.fields, see);
    }
}

fn fields(list: &[Field], see: &mut dyn FnMut(Family, &Text)) {
    list.iter().for_each(|field| see(Family::Field, &field.label));
}
