//! `change-missing`

use super::{Context, Rule, Sink, applies, says};
use crate::diagnostics::{Severity, Words};
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "change-missing",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("変更の手続の定めがない", "nothing is said about changes"),
    why: (
        "形成協定の締結と変更には、それぞれの市町村で地方自治法第96条第2項に基づく議会の議決が要ります（各市の条例と説明ページ）。変更の条でその手続を定めます。",
        "To conclude or change a 定住自立圏形成協定 each council must resolve so under 地方自治法 Article 96(2) (ordinances and pages of cities). The article on changes sets out that procedure.",
    ),
    bad: settlement!(change: "（広報）\n第5条　甲及び乙は、取組の成果を広報紙に載せる。\n"),
    good: settlement!(),
    check,
};

const WORDS: &[&str] = &["変更", "変えよう", "改定"];

fn check(context: &Context, sink: &mut Sink) {
    if applies(context, &[Kind::SettlementRegion]) && !says(context.tree, WORDS) {
        let words = Words::new(
            "協定の変更について定めた条が見つかりません",
            "no article sets out how the agreement is changed (変更)",
        );
        sink.add("題名", context.tree.title.span(), words);
    }
}
