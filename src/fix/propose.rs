//! What somebody should look at: mending it would change what the agreement says.

use super::{Note, line};
use crate::diagnostics::Words;
use crate::parse::{self, Options, Reading};

pub(super) fn all(text: &str, options: &Options) -> Vec<Note> {
    let parsed = parse::parse_with(text, options);
    parsed.readings.iter().flat_map(|reading| gaps(reading, text).into_iter().chain(dangling(reading, text))).collect()
}

/// Articles whose numbers leave some out.
fn gaps(reading: &Reading, text: &str) -> Vec<Note> {
    let mut out = Vec::new();
    let mut last = 0;
    for article in &reading.tree.articles {
        let Ok(number) = article.number.split('の').next().unwrap_or_default().parse::<u32>() else { continue };
        if number > last + 1 {
            let label = &article.label.text;
            let words = Words::new(
                format!("{label}の前に第{}条がありません。番号を詰めるかどうかは人が決めます", last + 1),
                format!(
                    "there is no 第{}条 before {label}; whether to close the gap is for people to decide",
                    last + 1
                ),
            );
            out.push(Note { line: article.label.span().map_or(0, |span| line(text, span.start)), words });
        }
        last = last.max(number);
    }
    out
}

/// References to what is not there.
fn dangling(reading: &Reading, text: &str) -> Vec<Note> {
    let all = reading.model.references.iter().filter(|r| !r.missing.is_empty() && !r.external);
    let note = |r: &crate::model::Reference| Note {
        line: r.span.map_or(0, |span| line(text, span.start)),
        words: Words::new(
            format!("{}の「{}」が指すものがありません", r.from, r.text),
            format!("\u{201c}{}\u{201d} in {} means what is not there", r.text, r.from),
        ),
    };
    all.map(note).collect()
}
