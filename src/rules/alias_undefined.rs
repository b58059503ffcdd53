//! `alias-undefined`

use super::{Context, Rule, Sink, prose};
use crate::diagnostics::{Severity, Words};
use crate::lines::join;
use memchr::memmem::Finder;

pub(super) const RULE: Rule = Rule {
    id: "alias-undefined",
    severity: Severity::Warning,
    on: true,
    sure: false,
    title: ("定められていない略称", "an alias that nothing defines"),
    why: (
        "「推進要綱」「原協定」のような略称は、以下「…」という。と定めてから使います（法制執務の慣行）。定義が落ちると何を指すか決まりません。",
        "Short names such as 推進要綱 or 原協定 are used after 以下「…」という。 defines them (drafting practice, 法制執務); without it their meaning is open.",
    ),
    bad: agreement!("（目的）\n第1条　甲と乙は、推進要綱に基づき、共に図書館を開く。\n"),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、青葉地域づくり推進要綱（以下「推進要綱」という。）に基づき、共に図書館を開く。\n\n（費用）\n第2条　費用は、推進要綱により負担する。\n"
    ),
    check,
};

/// Short names that mean nothing by themselves. Other words in 「」 may be names of things.
const SHORT: &[&str] = &["推進要綱", "原協定", "旧協定", "災対法"];

fn check(context: &Context, sink: &mut Sink) {
    let prose = context.prose();
    for name in SHORT {
        let holding = prose.holding(&Finder::new(name));
        let first = holding.into_iter().find_map(|nth| Some((nth, bare(prose.text(nth), name)?)));
        let Some((nth, start)) = first.filter(|_| !is_defined(context, name)) else { continue };
        prose::visit(context.tree, [nth].into_iter(), &mut |_, at, text| {
            let words = Words::new(
                format!("「{name}」を定めた文（以下「{name}」という。）がありません"),
                format!("nothing defines 「{name}」 (以下「{name}」という。)"),
            );
            sink.add((at.path)(), join::place(text, start..start + name.len(), context.source), words);
        });
    }
}

/// Whether the name is an alias, or is said to be one somewhere in the file: its form may be one that nobody reads.
fn is_defined(context: &Context, name: &str) -> bool {
    let quoted = |at: usize| ["「", "『", "以下"].iter().any(|quote| context.own()[..at].ends_with(quote));
    context.model.aliases.iter().any(|alias| alias.name == name)
        || memchr::memmem::find_iter(context.own().as_bytes(), name).any(quoted)
}

/// Where the name stands alone: not as the end of a longer one (`圏域づくり推進要綱`), nor with its source behind it in brackets.
fn bare(text: &str, name: &str) -> Option<usize> {
    let alone = |before: &str| {
        before.is_empty()
            || before.ends_with(['、', '。', '（', '(', 'は', 'が', 'を', 'に', 'で', 'と'])
            || ["及び", "並びに", "又は"].iter().any(|joint| before.ends_with(joint))
    };
    let free = |at: &usize| alone(&text[..*at]) && !text[*at + name.len()..].starts_with(['（', '(']);
    memchr::memmem::find_iter(text.as_bytes(), name).find(free)
}
