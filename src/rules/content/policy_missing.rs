//! `policy-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "policy-missing",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("基本方針の定めがない", "no basic policy is stated"),
    why: (
        "連携協約は「基本的な方針及び役割分担を定める協約」です（地方自治法第252条の2第1項）。形成協定でもどれも定めていますが、要綱の文面では確かめていないため注意にとどめます。",
        "A 連携協約 sets out basic policy and the sharing of roles (地方自治法 Article 252-2(1)). Every 定住自立圏形成協定 that was looked at does so too; there it is a note, as the guideline was not checked.",
    ),
    bad: core_city!(policy: "（進め方）\n第2条　甲及び乙は、対等の立場で"),
    good: core_city!(),
    check,
};

const WORDS: &[&str] = &["方針", "基本的な考え方", "理念"];

fn check(context: &Context, sink: &mut Sink) {
    if !applies(context, &[Kind::SettlementRegion, Kind::CoreCity]) || says(context.tree, WORDS) {
        return;
    }
    let words = Words::new("基本方針を定めた条が見つかりません", "no article states the basic policy (基本方針)");
    let finding = sink.add("題名", context.tree.title.span(), words);
    if context.profile == Kind::SettlementRegion {
        finding.severity = Severity::Note;
    }
}
