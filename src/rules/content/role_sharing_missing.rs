//! `role-sharing-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::model::walk;
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "role-sharing-missing",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("役割分担の定めがない", "no sharing of roles is stated"),
    why: (
        "連携協約は、連携して事務を処理するに当たっての基本的な方針と役割分担を定めるものです（地方自治法第252条の2第1項）。",
        "A 連携協約 sets out basic policy and the sharing of roles for what is handled together (地方自治法 Article 252-2(1)).",
    ),
    bad: core_city!(role: "内容"),
    good: core_city!(),
    check,
};

const WORDS: &[&str] = &["役割", "分担して", "分担す"];

fn check(context: &Context, sink: &mut Sink) {
    if !applies(context, &[Kind::CoreCity]) || says(context.tree, WORDS) {
        return;
    }
    if walk::initiatives(context.fields()).all(|(_, initiative)| initiative.roles.is_empty()) {
        let words = Words::new(
            "役割分担を定めた条も、役割の欄も見つかりません",
            "neither an article nor a column of a table says who does what (役割)",
        );
        sink.add("題名", context.tree.title.span(), words);
    }
}
