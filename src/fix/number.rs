//! Numbers of 号 after a deletion: (1) (2) (4) becomes (1) (2) (3), and every reference to (4) follows.
//!
//! Which references have to follow, and how they read then, is what the comparison of both texts says.

use super::width::figure;
use super::{Edit, Fixed, Note, apply, line, public, same, unsure};
use crate::ast::{Item, Numbering};
use crate::diagnostics::Words;
use crate::diff::{self, Change, ChangeKind, Part, ReferenceChange};
use crate::model::path;
use crate::parse::{self, Options, Parsed, Reading, numeral};
use crate::span::Span;

pub(super) fn step(fixed: &mut Fixed, options: &Options) {
    let parsed = parse::parse_with(&fixed.text, options);
    let mut lists = Vec::new();
    for reading in &parsed.readings {
        for article in &reading.tree.articles {
            for paragraph in &article.paragraphs {
                let at = path::paragraph(article, paragraph);
                let text = &paragraph.text.text;
                collect(&paragraph.items, (&at, text), &path::article(&article.number), reading, &mut lists);
            }
        }
    }
    let mut edits = Vec::new();
    for list in lists {
        let note = Note { line: list.edits.first().map_or(0, |e| line(&fixed.text, e.span.start)), words: list.words };
        match list.refusal {
            Some(reason) => fixed.proposals.push(Note { words: joined(&note.words, &reason), ..note }),
            None => edits.push((list.edits, note)),
        }
    }
    let (edits, notes): (Vec<Vec<Edit>>, Vec<Note>) = edits.into_iter().unzip();
    let edits: Vec<Edit> = edits.into_iter().flatten().collect();
    if edits.is_empty() {
        return;
    }
    match renumbered(&parsed, edits, options) {
        Some(text) => {
            fixed.text = text;
            fixed.made.extend(notes);
        }
        None => fixed.proposals.extend(notes.into_iter().map(|n| Note { words: unsure(&n.words), ..n })),
    }
}

/// Siblings whose numbers have gaps.
struct List {
    edits: Vec<Edit>,
    words: Words,
    refusal: Option<Words>,
}

fn collect(items: &[Item], (at, before): (&str, &str), article: &str, reading: &Reading, out: &mut Vec<List>) {
    for item in items {
        collect(&item.items, (&path::item(at, item), &item.text.text), article, reading, out);
    }
    let numbers: Option<Vec<u32>> = items.iter().map(|item| item.number.parse().ok()).collect();
    let Some(numbers) = numbers else { return };
    let wanted = 1..=numbers.len() as u32;
    if wanted.clone().eq(numbers.iter().copied()) || items.iter().any(|i| i.numbering == Numbering::Bullet) {
        return;
    }
    let relabelled: Option<Vec<Edit>> = items.iter().zip(wanted).map(|(item, n)| relabelled(item, n)).collect();
    let rises = numbers.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
    let alike = items.windows(2).all(|pair| matches!(pair, [a, b] if a.numbering == b.numbering));
    let dangling =
        reading.model.references.iter().find(|r| r.missing.iter().any(|missing| missing.starts_with(article)));
    let refusal = if !rises || !alike || relabelled.is_none() {
        Some(Words::new("順序が乱れているため", "they are not in order"))
    } else if !reading.tree.unparsed.is_empty() || hidden(items, &numbers, before) {
        Some(Words::new("欠けた号が読めていないおそれがあるため", "what seems to be missing may not have been read"))
    } else {
        dangling.map(|r| {
            Words::new(
                format!("「{}」の指すものがなくなっているため", r.text),
                format!("\u{201c}{}\u{201d} means what is gone", r.text),
            )
        })
    };
    let labels: Vec<&str> = items.iter().map(|i| i.label.text.as_str()).collect();
    let words = Words::new(
        format!("{at}の号（{}）の番号を詰めました", labels.join("、")),
        format!("closed the gaps in the numbers below {at} ({})", labels.join(", ")),
    );
    out.push(List { edits: relabelled.unwrap_or_default(), words, refusal });
}

/// Whether a label that is missing stands in the words of its neighbours: not deleted, only not seen.
fn hidden(items: &[Item], numbers: &[u32], before: &str) -> bool {
    let Some((first, last)) = items.first().zip(numbers.last()) else { return false };
    let plain = |text: &str| -> String {
        let narrow = |c| match c {
            '（' => '(',
            '）' => ')',
            c => figure(c, false),
        };
        text.chars().map(narrow).collect()
    };
    let texts: Vec<String> = items.iter().map(|i| i.text.text.as_str()).chain([before]).map(plain).collect();
    // a number that was read wrongly may be huge
    let mut missing = (1..*last).filter(|n| !numbers.contains(n)).take(items.len() + 8);
    missing.any(|n| {
        let label = numeral::label(first.numbering, n);
        texts.iter().any(|text| text.contains(&label))
    })
}

fn joined(words: &Words, reason: &Words) -> Words {
    let ja = words.ja.replace("を詰めました", "に欠けや乱れがあります");
    Words::new(
        format!("{ja}。{}、直しませんでした", reason.ja),
        format!("{}: not done, because {}", words.en, reason.en),
    )
}

/// The label with another number, in its own writing; an edit without a change for the same number.
fn relabelled(item: &Item, number: u32) -> Option<Edit> {
    let [span] = &*item.label.pieces else { return None };
    let label = item.label.text.as_str();
    let start = label.find(|c| !matches!(c, '(' | '（' | '[' | '〔'))?;
    let end = label.rfind(|c| !matches!(c, ')' | '）' | ']' | '〕' | '.' | '．' | '、'))?;
    let end = end + label.get(end..)?.chars().next()?.len_utf8();
    let core = label.get(start..end)?;
    let plain = numeral::label(item.numbering, number);
    let bare = plain.trim_matches(['(', ')']);
    let with = if core.chars().all(|c| numeral::digit(c).is_some()) {
        let wide = !core.starts_with(|c: char| c.is_ascii_digit());
        number.to_string().chars().map(|c| figure(c, wide)).collect()
    } else if let (Some((_, old)), None) = (core.chars().next().and_then(numeral::enclosed), core.chars().nth(1)) {
        let first = core.chars().next()? as u32 - old + 1;
        char::from_u32(first + number - 1).filter(|c| numeral::enclosed(*c).is_some())?.to_string()
    } else if item.number == number.to_string() {
        core.to_string()
    } else if numeral::label(item.numbering, item.number.parse().ok()?).trim_matches(['(', ')']) == core {
        bare.to_string()
    } else {
        return None;
    };
    let with = format!("{}{with}{}", label.get(..start)?, label.get(end..)?);
    Some(Edit { span: *span, with })
}

/// The text with new labels and with references that follow; `None` where that cannot be shown to be right.
fn renumbered(parsed: &Parsed, edits: Vec<Edit>, options: &Options) -> Option<String> {
    let text = apply(parsed.source, edits);
    let moved = parse::parse_with(&text, options);
    let mut follow = Vec::new();
    for (old, new) in parsed.readings.iter().zip(&moved.readings) {
        let found = diff::diff(&public(parsed, old), &public(&moved, new));
        for change in found.changes.iter().filter(|c| c.kind == ChangeKind::Reference) {
            for reference in change.references.iter().filter(|r| r.stale) {
                let with = reference.right.clone()?;
                follow.push(Edit { span: place(new, change, reference, &follow)?, with });
            }
        }
    }
    let done = apply(&text, follow);
    let allowed = |change: &Change| match change.kind {
        ChangeKind::Renumbered => change.part == Part::Item,
        ChangeKind::Reference => change.references.iter().all(|r| !r.stale),
        _ => false,
    };
    same(parsed, &parse::parse_with(&done, options), &allowed).then_some(done)
}

/// Where a reference stands that has to follow; of equal ones in one text, the first that was not taken yet.
fn place(reading: &Reading, change: &Change, reference: &ReferenceChange, taken: &[Edit]) -> Option<Span> {
    let here = |from: &str| change.path == from || change.path.strip_prefix(from).is_some_and(|r| r.starts_with('/'));
    let mut all = reading.model.references.iter().filter(|r| r.text == reference.after && here(&r.from));
    all.find_map(|r| r.span.filter(|span| taken.iter().all(|edit| edit.span != *span)))
}
