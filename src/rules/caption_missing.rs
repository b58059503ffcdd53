//! `caption-missing`

use super::{Context, Rule, Sink};
use crate::ast::Article;
use crate::diagnostics::{Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "caption-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("見出しのない条", "an article without a caption"),
    why: (
        "ほかの条に見出しがあるのに、この条にありません。続く条にまで及ぶ共通見出しのこともあるので注意にとどめ、共通見出しがありえない最初の条は警告にします（法制執務の慣行）。",
        "The other articles have captions. One caption may cover the articles that follow, so this is a note; nothing can cover the first: a warning (drafting practice, 法制執務).",
    ),
    bad: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n第2条　図書館の費用は、甲が負担する。\n\n（協議）\n第3条　そのほかは、協議して定める。\n"
    ),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　図書館の費用は、甲が負担する。\n\n（協議）\n第3条　そのほかは、協議して定める。\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let articles = &context.tree.articles;
    let bare = |article: &&Article| article.caption.is_none() && !is_deleted(article);
    if articles.iter().filter(bare).count() * 2 >= articles.len() {
        return;
    }
    for (at, article) in articles.iter().enumerate().filter(|(_, article)| bare(article)) {
        let address = path::article(&article.number);
        let before = articles[..at].iter().rev().find_map(|a| a.caption.as_ref());
        let words = match before {
            Some(caption) => Words::new(
                format!("{address}に見出しがありません（前の条の「{}」が及ぶならそのままで構いません）", caption.text),
                format!("{address} has no caption (right if 「{}」 covers it too)", caption.text),
            ),
            None => Words::new(format!("{address}に見出しがありません"), format!("{address} has no caption")),
        };
        let finding = sink.add(address, article.label.span(), words);
        if before.is_none() {
            finding.severity = Severity::Warning;
        }
    }
}

/// `第5条　削除`
fn is_deleted(article: &Article) -> bool {
    article.paragraphs.iter().any(|paragraph| paragraph.text.text.trim_end_matches('。') == "削除")
}
