//! `article-empty`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::model::walk;

pub(super) const RULE: Rule = Rule {
    id: "article-empty",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("本文のない条", "an article without text"),
    why: (
        "条は少なくとも 1 つの項からなります。削った条を番号のため残すときは「第5条　削除」と書きます（法制執務の慣行）。",
        "An article consists of at least one paragraph. A deleted article that keeps its number says 削除 (drafting practice, 法制執務).",
    ),
    bad: agreement!("（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（協議）\n第2条\n"),
    good: agreement!("（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n第2条　削除\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for (path, span) in context.tree.articles.iter().flat_map(walk::without_text) {
        let words = Words::new(format!("{path}に本文がありません"), format!("{path} has no text"));
        sink.add(path, span, words).help = Some(Words::new(
            "本文を書くか、削った条なら「削除」と書いてください",
            "write its text, or 削除 if the article was deleted",
        ));
    }
}
