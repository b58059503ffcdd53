//! `reference-missing`

use super::{Context, Rule, Sink};
use crate::ast::Agreement;
use crate::diagnostics::{Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "reference-missing",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("存在しない条・項・号を引用している", "a reference to an article, paragraph or item that does not exist"),
    why: (
        "条や項を動かしたときに引用を直し忘れる（いわゆるハネ改正の漏れ）と、何に従うのか決まらなくなります（法制執務の慣行）。",
        "When a provision moves and the references to it stay, it is open what applies: the commonest fault of an amendment (drafting practice, 法制執務).",
    ),
    bad: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　前条の図書館の費用は、第5条により負担する。\n"
    ),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　前条の図書館の費用は、甲が負担する。\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let tree = context.tree;
    if tree.articles.is_empty() {
        return;
    }
    for reference in &context.model.references {
        for missing in reference.missing.iter().filter(|missing| !missing.starts_with("別表")) {
            let (ja, en) = there_is(tree, missing);
            let words = Words::new(
                format!("「{}」が指す{missing}はありません（{ja}）", reference.text),
                format!("{} names {missing}, which does not exist ({en})", reference.text),
            );
            sink.add(reference.from.clone(), reference.span, words).help = Some(Words::new(
                "条や項を動かしたなら、引用も直してください",
                "if a provision moved, amend the reference too",
            ));
        }
    }
}

/// What exists on the level of the missing address.
fn there_is(tree: &Agreement, missing: &str) -> (String, String) {
    let within = |address: &str| missing.strip_prefix(address).is_some_and(|rest| rest.starts_with(['第', '(', '各']));
    for article in &tree.articles {
        let address = path::article(&article.number);
        if !within(&address) {
            continue;
        }
        for paragraph in &article.paragraphs {
            let address = path::paragraph(article, paragraph);
            if within(&address) || missing.starts_with(&format!("{address}各")) {
                let count = paragraph.items.len();
                return (format!("{address}の号は{count}個"), format!("{address} has {count} items"));
            }
        }
        let count = article.paragraphs.len();
        return (format!("{address}の項は{count}個"), format!("{address} has {count} paragraphs"));
    }
    let number = |article: Option<&crate::ast::Article>| article.map(|a| path::article(&a.number)).unwrap_or_default();
    let (first, last) = (number(tree.articles.first()), number(tree.articles.last()));
    (format!("条は{first}から{last}まで"), format!("articles run from {first} to {last}"))
}
