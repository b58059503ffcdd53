//! `abolition-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "abolition-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("廃止の定めがない", "nothing is said about the end"),
    why: (
        "協定の廃止と失効の手続は、確認した協定のどれにもあります。推進要綱の文面では確かめていないため、注意にとどめます。",
        "Every agreement that was looked at says how it ends. The text of the guideline (推進要綱) was not checked, so this is a note.",
    ),
    bad: settlement!(abolition: "（広報）\n第6条　甲及び乙は、取組の成果を広報紙に載せる。\n"),
    good: settlement!(),
    check,
};

const WORDS: &[&str] = &["廃止", "失効", "効力を失", "終了", "解除", "終わる"];

fn check(context: &Context, sink: &mut Sink) {
    if applies(context, &[Kind::SettlementRegion, Kind::CoreCity]) && !says(context.tree, WORDS) {
        let words = Words::new(
            "協定の廃止や失効について定めた条が見つかりません",
            "no article sets out how the agreement ends (廃止, 失効)",
        );
        sink.add("題名", context.tree.title.span(), words);
    }
}
