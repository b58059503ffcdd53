//! `notice-period-missing`

use super::{Context, Rule, Sink, applies, article_says, captioned};
use crate::ast::Article;
use crate::diagnostics::{Severity, Words};
use crate::model::path;
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "notice-period-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("廃止の予告期間が2年でない", "no two years' notice"),
    why: (
        "確認した協定では、廃止は通告から原則2年で効力を生じます。推進要綱の文面では確かめていないため、注意にとどめます。",
        "In the agreements that were looked at the end comes two years after the notice, in principle. The guideline (推進要綱) was not checked, so this is a note.",
    ),
    bad: settlement!(abolition: "（廃止）\n第6条　甲又は乙は、議会の議決を経て、書面により廃止を通告することができる。\n"),
    good: settlement!(),
    check,
};

const YEARS: &[&str] = &["2年", "２年", "二年", "2箇年", "2か年", "２か年", "24月", "24か月"];

fn check(context: &Context, sink: &mut Sink) {
    let ends = &["廃止", "失効"];
    let about = |article: &Article| article_says(article, &["効力を失", "廃止", "失効", "終わる"]);
    let Some(article) = captioned(context.tree, ends).filter(|_| applies(context, &[Kind::SettlementRegion])) else {
        return;
    };
    if context.tree.articles.iter().any(|other| about(other) && article_says(other, YEARS)) {
        return;
    }
    let address = path::article(&article.number);
    let words = Words::new(
        format!("{address}に、通告から2年で効力を失う旨の定めが見つかりません"),
        format!("{address} does not say that the agreement ends two years after the notice"),
    );
    sink.add(address, article.label.span(), words);
}
