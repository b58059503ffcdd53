//! `alias-unused`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::model::{Alias, walk};

pub(super) const RULE: Rule = Rule {
    id: "alias-unused",
    severity: Severity::Note,
    on: true,
    sure: true,
    title: ("使われない略称", "an alias that is never used"),
    why: (
        "略称は、後で使うために定めます。使わないなら定義は要りません（法制執務の慣行）。",
        "An alias is defined to be used later; otherwise it is not needed (drafting practice, 法制執務).",
    ),
    bad: agreement!("（目的）\n第1条　甲と乙は、二つの館（以下「共同館」という。）を開く。\n"),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、二つの館（以下「共同館」という。）を開く。\n\n（費用）\n第2条　共同館の費用は、甲が負担する。\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for alias in context.model.aliases.iter().filter(|alias| !is_used(context, alias)) {
        let words = Words::new(
            format!("略称「{}」は、定めた後に使われていません", alias.name),
            format!("the alias 「{}」 is not used after its definition", alias.name),
        );
        sink.add(&alias.path, alias.span, words);
    }
}

/// Whether the name stands anywhere else than in and before its definition.
fn is_used(context: &Context, alias: &Alias) -> bool {
    let Some(place) = alias.span else { return true };
    let name = memchr::memmem::Finder::new(alias.name.as_bytes());
    let mut used = false;
    walk::leaves(context.tree, &mut |text| {
        if used || text.text.len() < alias.name.len() || name.find(text.text.as_bytes()).is_none() {
            return;
        }
        let defines = text.span().is_some_and(|span| span.start <= place.start && place.end <= span.end);
        let quoted = |quote: &str| format!("{quote}{}", alias.name);
        used = match ["「", "『", "下", "下 "]
            .iter()
            .find_map(|quote| text.text.find(&quoted(quote)).map(|at| at + quote.len()))
        {
            Some(at) if defines => {
                text.text.get(at + alias.name.len()..).is_some_and(|rest| rest.contains(&alias.name))
            }
            _ => !std::ptr::eq(text, &context.tree.title),
        };
    });
    used
}
