//! `meeting-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "meeting-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("定期の会議の定めがない", "no regular meeting is set out"),
    why: (
        "確認した連携協約は、首長どうしが毎年度協議する連絡会議などを定めています。推進要綱の文面では確かめていないため、注意にとどめます。",
        "The 連携協約 that were looked at set out a yearly meeting of the heads. The text of the guideline (推進要綱) was not checked, so this is a note.",
    ),
    bad: core_city!(meeting: "（広報）\n第5条　甲及び乙は、取組の成果を広報紙に載せる。\n"),
    good: core_city!(),
    check,
};

const WORDS: &[&str] = &["会議", "毎年", "年1回", "年に1回", "年１回", "年に１回", "年一回", "定期"];

fn check(context: &Context, sink: &mut Sink) {
    if applies(context, &[Kind::CoreCity]) && !says(context.tree, WORDS) {
        let words = Words::new(
            "首長の定期の協議（連絡会議など）を定めた条が見つかりません",
            "no article sets out a regular meeting of the heads (連絡会議)",
        );
        sink.add("題名", context.tree.title.span(), words);
    }
}
