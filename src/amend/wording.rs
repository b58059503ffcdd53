//! Words inside a place: replaced, inserted, deleted; and the columns of a comparison.

use super::apply::{put, splice};
use super::instruction::Side;
use super::misfit::Fault;
use super::quote;
use super::target::{self, Aspect, Slot, Target};
use crate::diff::Branch;
use crate::parse::head;
use std::ops::Range;

/// Where quoted words stand.
type Hits = Vec<(Slot, Range<usize>)>;

/// Quoted words in a place, in bytes of the whole text of each slot.
pub fn hits(doc: &Branch, target: &Target, words: &str) -> Hits {
    let slots = target::slots(doc, target).into_iter();
    let found = slots.flat_map(|slot| {
        let start = slot.range.start;
        let ranges = quote::find(slot.words(doc), words);
        ranges.into_iter().map(move |r| (slot.clone(), r.start + start..r.end + start))
    });
    found.collect()
}

fn missing(doc: &Branch, target: &Target, words: &str) -> Fault {
    // what is most alike in the named place, else in the whole agreement
    let best = |target: &Target| {
        let slots = target::slots(doc, target).into_iter();
        let near = slots.map(|s| {
            let (score, piece) = quote::nearest(s.words(doc), words);
            (score, piece.to_string(), s.way)
        });
        near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|n| n.0 >= 0.3)
    };
    let whole = Target { way: Vec::new(), aspect: Aspect::Whole };
    let near = best(target).or_else(|| best(&whole)).map(|n| (n.1, n.2));
    Fault::NoWords { words: words.to_string(), way: target.way.clone(), near }
}

fn many(hits: &Hits, words: &str, changed: bool) -> Fault {
    Fault::ManyWords { words: words.to_string(), ways: hits.iter().map(|h| h.0.way.clone()).collect(), changed }
}

/// 「A」を「B」に改める: in every place; more than one is worth knowing unless all are meant.
pub fn replace(doc: &mut Branch, target: &Target, from: &str, to: &str, all: bool) -> Result<Option<Fault>, Fault> {
    let hits = hits(doc, target, from);
    if hits.is_empty() {
        return Err(missing(doc, target, from));
    }
    // from the end, so that the places before stay where they are
    for (slot, range) in hits.iter().rev() {
        let text = slot.text(doc);
        let words = quote::spelled(text.get(range.clone()).unwrap_or(""), to, text);
        let text = splice(text, range.clone(), &words);
        put(doc, slot, text);
    }
    let meant = all || target.aspect == Aspect::Body || hits.len() == 1;
    Ok((!meant).then(|| many(&hits, from, true)))
}

/// 「A」の次に「B」を加える: A must be there once.
pub fn insert(doc: &mut Branch, target: &Target, at: &str, words: &str, side: Side) -> Result<Option<Fault>, Fault> {
    let hits = hits(doc, target, at);
    match hits.as_slice() {
        [] => Err(missing(doc, target, at)),
        [(slot, range)] => {
            let text = slot.text(doc);
            let place = if side == Side::After { range.end } else { range.start };
            let text = splice(text, place..place, &quote::widths(words, text));
            put(doc, slot, text);
            Ok(None)
        }
        _ => Err(many(&hits, at, false)),
    }
}

/// Cells that stand for what did not change, is new, or is gone.
fn is_mark(cell: &str) -> bool {
    let bare: String = cell
        .chars()
        .filter(|c| !matches!(c, '（' | '）' | '(' | ')' | '［' | '］' | '〔' | '〕') && !c.is_whitespace())
        .collect();
    ["", "略", "新設", "新規", "削る", "削除", "…"].contains(&bare.as_str())
}

/// The words of a cell without the head of the provision: the old and the new number may differ.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let caption = head::closing_bracket(cell).filter(|_| cell.starts_with(['（', '('])).and_then(|end| cell.get(end..));
    let behind = caption.map(str::trim_start).filter(|rest| head::article(rest).is_some()).unwrap_or(cell);
    match head::article(behind).filter(|h| !h.glued) {
        Some(head) => head.rest,
        None => head::item(behind).filter(|h| !h.glued).map_or(behind, |h| h.rest),
    }
}

/// Old and new, row by row: each old text must be there once.
pub fn columns(doc: &mut Branch, rows: &[(String, String)]) -> Result<Option<Fault>, Fault> {
    let whole = Target { way: Vec::new(), aspect: Aspect::Whole };
    let mut draft = doc.clone();
    let mut changed = 0;
    for (old, new) in rows {
        if is_mark(old) && is_mark(new) {
            continue;
        }
        // what is new or gone as a whole says nothing of its place
        if is_mark(old) || is_mark(new) {
            return Err(Fault::Block { way: Vec::new(), rest: format!("{old} / {new}") });
        }
        let hits = hits(&draft, &whole, bare(old));
        match hits.as_slice() {
            [] => return Err(missing(&draft, &whole, bare(old))),
            [_] => _ = replace(&mut draft, &whole, bare(old), bare(new), false)?,
            _ => return Err(many(&hits, bare(old), false)),
        }
        changed += 1;
    }
    if changed == 0 {
        return Err(Fault::Block { way: Vec::new(), rest: String::new() });
    }
    *doc = draft;
    Ok(None)
}
