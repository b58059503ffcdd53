//! `extraction-damage`

use super::{Context, Rule, Sink};
use crate::ast::Text;
use crate::diagnostics::{Severity, Words};
use crate::lines::join;
use crate::model::{path, walk};
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    id: "extraction-damage",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("読めない文字が残っている", "characters that cannot be read"),
    why: (
        "U+FFFD は失われた文字の跡、私用領域の文字は外字です。どちらもほかの環境では読めません（Unicode 標準）。",
        "U+FFFD stands for a lost character; a private-use one is a local gaiji. Neither can be read elsewhere (the Unicode Standard).",
    ),
    bad: agreement!("（目的）\n第1条　甲と乙は、共に図\u{FFFD}館を開く。\n"),
    good: agreement!("（目的）\n第1条　甲と乙は、共に図書館を開く。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if !may_be_lost(context.own().as_bytes()) {
        return;
    }
    let mut seen: Vec<Span> = Vec::new();
    let mut judge = |text: &Text, path: &dyn Fn() -> path::Path| {
        let Some((at, c)) = text.text.char_indices().find(|(_, c)| is_lost(*c)) else { return };
        let span = join::place(text, at..at + c.len_utf8(), context.source);
        if span.is_some_and(|span| seen.contains(&span)) {
            return;
        }
        seen.extend(span);
        let count = text.text.chars().filter(|c| is_lost(*c)).count();
        let code = u32::from(c);
        let words = Words::new(
            format!("読めない文字 U+{code:04X} があります（この文に{count}字）"),
            format!("unreadable character U+{code:04X} ({count} in this text)"),
        );
        sink.add(path(), span, words);
    };
    walk::texts(context.tree, &mut |at, text| judge(text, at.path));
    // captions, titles and names have no walk of their own
    walk::leaves(context.tree, &mut |text| judge(text, &path::Path::default));
}

/// Whether bytes stand there with which such a character begins.
fn may_be_lost(bytes: &[u8]) -> bool {
    let second = |at: usize| bytes.get(at + 1).copied().unwrap_or(0);
    memchr::memchr3(0xEE, 0xF3, 0xF4, bytes).is_some()
        || memchr::memchr_iter(0xEF, bytes).any(|at| matches!(second(at), 0x80..=0xA3 | 0xBF))
}

fn is_lost(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}
