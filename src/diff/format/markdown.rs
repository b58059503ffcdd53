use super::{addresses, grouped, has_words, inline, kind_name, reference_lines, severity_name, summary_line};
use crate::diagnostics::{Lang, Severity};
use crate::diff::types::{Change, Diff};

/// A comment on GitHub holds 65,536 characters; the rest is for the words that say what was left out.
const ROOM: usize = 64_000;
/// Texts longer than this are folded.
const LONG: usize = 160;
/// More changes of a kind than this are folded together.
const MANY: usize = 12;

/// The diff as a comment of a pull request: a summary, then lists by kind; what is long is folded, and what does not fit
/// is counted.
pub fn markdown(diff: &Diff, lang: Lang) -> String {
    let mut out = format!("**{}**\n", summary_line(&diff.summary, lang));
    let (mut room, mut left_out) = (ROOM, 0usize);
    for (kind, changes) in grouped(&diff.changes) {
        let title = format!("{} ({})", kind_name(kind, lang), changes.len());
        let folded = changes.len() > MANY;
        let mut list = String::new();
        for change in changes {
            let entry = entry(change, lang);
            match room.checked_sub(entry.chars().count()) {
                Some(rest) => {
                    room = rest;
                    list.push_str(&entry);
                }
                None => left_out += 1,
            }
        }
        if list.is_empty() {
            continue;
        }
        out.push_str(&match folded {
            true => format!("\n<details><summary>{title}</summary>\n\n{list}\n</details>\n"),
            false => format!("\n### {title}\n\n{list}"),
        });
    }
    if left_out > 0 {
        out.push_str(&match lang {
            Lang::Ja => format!("\nこのほか {left_out} 件は、長さの制限により省きました。\n"),
            Lang::En => format!("\n{left_out} more changes were left out to fit a comment.\n"),
        });
    }
    out
}

fn entry(change: &Change, lang: Lang) -> String {
    let level = match change.severity {
        Severity::Note => String::new(),
        severity => format!(" **{}**", severity_name(severity, lang)),
    };
    let mut out = format!("- {}{level}\n", escape(&addresses(change)));
    let words = if !change.segments.is_empty() {
        inline(&change.segments, escape, ["<del>", "</del>"], ["<ins>", "</ins>"])
    } else if has_words(change) && change.references.is_empty() {
        let side = |words: &Option<String>, tag: &str| {
            words.as_ref().map(|w| format!("<{tag}>{}</{tag}>", escape(w))).unwrap_or_default()
        };
        side(&change.before, "del") + &side(&change.after, "ins")
    } else {
        String::new()
    };
    let words = words.replace('\n', "<br>");
    if words.chars().count() > LONG {
        let open = if lang == Lang::Ja { "文言" } else { "words" };
        out.push_str(&format!("  <details><summary>{open}</summary>{words}</details>\n"));
    } else if !words.is_empty() {
        out.push_str(&format!("  <br>{words}\n"));
    }
    for line in reference_lines(change, lang) {
        out.push_str(&format!("  <br>{}\n", escape(&line)));
    }
    out
}

/// Takes their meaning from letters that Markdown and HTML, and GitHub's mentions, give one.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
