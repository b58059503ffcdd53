use super::{addresses, grouped, has_words, inline, kind_name, reference_lines, severity_name, summary_line};
use crate::diagnostics::{Lang, Severity};
use crate::diff::types::{Change, Diff, Op, Segment};

/// The diff for a terminal: a summary line, then the changes by kind. Deleted words stand in `[-…-]`, inserted ones in `{+…+}`.
pub fn text(diff: &Diff, lang: Lang) -> String {
    let mut out = summary_line(&diff.summary, lang) + "\n";
    for (kind, changes) in grouped(&diff.changes) {
        out.push_str(&format!("\n{}\n", kind_name(kind, lang)));
        for change in changes {
            let level = match change.severity {
                Severity::Note => String::new(),
                severity => format!("  [{}]", severity_name(severity, lang)),
            };
            out.push_str(&format!("  {}{level}\n", addresses(change)));
            for line in words(change, lang) {
                out.push_str(&format!("    {line}\n"));
            }
        }
    }
    out
}

fn words(change: &Change, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if !change.segments.is_empty() {
        let marked = inline(&near(&change.segments), str::to_string, ["[-", "-]"], ["{+", "+}"]);
        lines.extend(marked.lines().map(str::to_string));
    } else if has_words(change) && change.references.is_empty() {
        for (sign, words) in [("-", &change.before), ("+", &change.after)] {
            lines.extend(words.iter().flat_map(|w| w.lines()).map(|l| format!("{sign} {l}")));
        }
    }
    lines.extend(reference_lines(change, lang));
    lines
}

/// Characters of unchanged words that are shown on each side of a change.
const NEAR: usize = 20;

/// The changed words with a few words around them.
fn near(segments: &[Segment]) -> Vec<Segment> {
    let last = segments.len().saturating_sub(1);
    let shorten = |(at, segment): (usize, &Segment)| {
        let letters: Vec<char> = segment.text.chars().collect();
        let (head, tail) = (if at == 0 { 0 } else { NEAR }, if at == last { 0 } else { NEAR });
        if segment.op != Op::Same || letters.len() <= head + tail + 2 {
            return segment.clone();
        }
        let words = letters.iter().take(head).chain(&['…']).chain(letters.iter().skip(letters.len() - tail));
        Segment { text: words.collect(), ..segment.clone() }
    };
    segments.iter().enumerate().map(shorten).collect()
}
