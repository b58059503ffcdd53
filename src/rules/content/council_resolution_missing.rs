//! `council-resolution-missing`

use super::{Context, Rule, Sink, applies, article_says, captioned};
use crate::ast::Article;
use crate::diagnostics::{Severity, Words};
use crate::model::path;
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "council-resolution-missing",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("変更に議会の議決を求めていない", "a change without a council's resolution"),
    why: (
        "形成協定の締結と変更には、それぞれの市町村で地方自治法第96条第2項に基づく議会の議決が要ります（各市の条例と説明ページ）。",
        "To conclude or change a 定住自立圏形成協定 each council must resolve so under 地方自治法 Article 96(2) (ordinances and pages of cities).",
    ),
    bad: settlement!(change: "（協定の変更）\n第5条　この協定を変更しようとするときは、あらかじめ協議するものとする。\n"),
    good: settlement!(),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if !applies(context, &[Kind::SettlementRegion]) {
        return;
    }
    let tree = context.tree;
    let Some(change) = captioned(tree, &["変更"]) else { return };
    let ends = captioned(tree, &["廃止", "失効"]);
    let resolves = |article: &&Article| article_says(article, &["議決"]);
    // the article on the end speaks of its own resolution, unless both stand in one
    let elsewhere =
        |article: &&Article| ends.is_none_or(|end| std::ptr::eq(end, change) || !std::ptr::eq(end, *article));
    if tree.articles.iter().filter(elsewhere).any(|article| resolves(&article)) {
        return;
    }
    let address = path::article(&change.number);
    let words = Words::new(
        format!("{address}（変更）に議会の議決の定めがありません"),
        format!("{address}, on changes, asks for no resolution of the councils (議決)"),
    );
    sink.add(address, change.label.span(), words);
}
