//! `law-not-cited`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "law-not-cited",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("地方自治法第252条の2を引用していない", "地方自治法 Article 252-2 is not cited"),
    why: (
        "連携協約は地方自治法第252条の2第1項に基づきます。確認した連携協約の多くが引用していますが、書かないものもあります。",
        "A 連携協約 rests on 地方自治法 Article 252-2(1). Most cite it, some do not.",
    ),
    bad: core_city!(law: "互いに話し合い、"),
    good: core_city!(),
    check,
};

const WORDS: &[&str] = &["252条の2", "２５２条の２", "二百五十二条の二", "二五二条の二"];

fn check(context: &Context, sink: &mut Sink) {
    if applies(context, &[Kind::CoreCity]) && !says(context.tree, WORDS) {
        let words = Words::new(
            "根拠となる地方自治法第252条の2の引用がありません",
            "the law that it rests on, 地方自治法 Article 252-2, is not cited",
        );
        sink.add("題名", context.tree.title.span(), words);
    }
}
