//! `cost-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "cost-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("費用の負担の定めがない", "nothing is said about cost"),
    why: (
        "事務の執行と費用の負担は、確認した協定のほとんどが定めています。義務かどうかは推進要綱の文面で確かめていないため、注意にとどめます。",
        "Nearly every agreement that was looked at says who bears the cost. Whether the guideline demands it was not checked, so this is a note.",
    ),
    bad: settlement!(cost: "人員"),
    good: settlement!(),
    check,
};

const WORDS: &[&str] = &["費用", "経費", "負担"];

fn check(context: &Context, sink: &mut Sink) {
    if applies(context, &[Kind::SettlementRegion, Kind::CoreCity]) && !says(context.tree, WORDS) {
        let words = Words::new(
            "費用（経費）の負担を定めた条が見つかりません",
            "no article says who bears the cost (費用, 経費, 負担)",
        );
        sink.add("題名", context.tree.title.span(), words);
    }
}
