//! `declaration-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "declaration-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("中心市宣言に触れていない", "the declaration is not cited"),
    why: (
        "形成協定は、推進要綱第4の中心市宣言を踏まえて結ばれ、確認した協定の大半が宣言を引用しています。書く義務があるかは確かめていません。",
        "An agreement follows the declaration of the centre city (推進要綱 第4), and most cite it. Whether they must was not checked.",
    ),
    bad: settlement!(declared: "甲と乙が力を合わせ、"),
    good: settlement!(),
    check,
};

const WORDS: &[&str] = &["宣言"];

fn check(context: &Context, sink: &mut Sink) {
    if applies(context, &[Kind::SettlementRegion]) && !says(context.tree, WORDS) {
        let words = Words::new(
            "中心市宣言への言及がありません",
            "the declaration of the centre city (中心市宣言) is not mentioned",
        );
        sink.add("題名", context.tree.title.span(), words);
    }
}
