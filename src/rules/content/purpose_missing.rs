//! `purpose-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "purpose-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("目的の定めがない", "no purpose is stated"),
    why: (
        "定住自立圏形成協定は、どれも目的を定めています。推進要綱の文面では確かめていないため、注意にとどめます。",
        "Every 定住自立圏形成協定 that was looked at states its purpose. The text of the guideline (推進要綱) was not checked, so this is a note.",
    ),
    bad: settlement!(purpose: "（宣言）\n第1条　甲は、圏域の暮らしを守ることを中心市宣言で公表した。\n"),
    good: settlement!(),
    check,
};

const WORDS: &[&str] = &["目的", "趣旨"];

fn check(context: &Context, sink: &mut Sink) {
    if applies(context, &[Kind::SettlementRegion, Kind::CoreCity]) && !says(context.tree, WORDS) {
        let words = Words::new("目的や趣旨を定めた条が見つかりません", "no article states the purpose (目的, 趣旨)");
        sink.add("題名", context.tree.title.span(), words);
    }
}
