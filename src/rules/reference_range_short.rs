//! `reference-range-short`

use super::{Context, Rule, Sink};
use crate::ast::AppendedTable;
use crate::diagnostics::{Related, Severity, Words};
use crate::model::{Reference, path};

pub(super) const RULE: Rule = Rule {
    id: "reference-range-short",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("別表の範囲が足りない", "a range of 別表 that leaves one out"),
    why: (
        "別表を足したときに「別表1から別表3まで」を直し忘れると、足した別表の取組に根拠となる条がなくなります。",
        "When a 別表 is added and 別表1から別表3まで stays, no article covers what the new one sets out.",
    ),
    bad: agreement!(
        "（取組）\n第1条　甲及び乙の取組は、別表1から別表2までに定める。\n",
        "\n別表1\n図書館の開館\n時期\t毎年\n\n別表2\n道路の除雪\n時期\t毎年\n\n別表3\n職員の研修\n時期\t毎年\n"
    ),
    good: agreement!(
        "（取組）\n第1条　甲及び乙の取組は、別表1から別表3までに定める。\n",
        "\n別表1\n図書館の開館\n時期\t毎年\n\n別表2\n道路の除雪\n時期\t毎年\n\n別表3\n職員の研修\n時期\t毎年\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for (reference, table) in left_out(context) {
        let name = path::table(table);
        let words = Words::new(
            format!("「{}」に{name}が入っていません", reference.text),
            format!("{} leaves out {name}", reference.text),
        );
        sink.add(reference.from.clone(), reference.span, words).related.push(Related {
            path: name,
            span: table.label.span(),
            words: Words::new("ほかの条もこの別表を引用していません", "no other article cites this one either"),
        });
    }
}

/// Each 別表 that no article names, and the widest range that stops beside it. 号 only point to their own 別表.
pub(super) fn left_out<'a>(context: &Context<'a>) -> Vec<(&'a Reference, &'a AppendedTable)> {
    let model = context.model;
    let is_article = |reference: &&Reference| reference.from.starts_with('第') && !reference.from.ends_with(')');
    let is_range = |r: &&Reference| {
        r.to.len() > 1 && r.missing.is_empty() && r.text.starts_with("別表") && r.text.contains("から")
    };
    let Some(widest) = model.references.iter().filter(is_article).filter(is_range).max_by_key(|r| r.to.len()) else {
        return Vec::new();
    };
    let cited = |name: &path::Path| model.references.iter().filter(is_article).any(|r| r.to.contains(name));
    context.tree.tables.iter().filter(|table| !cited(&path::table(table))).map(|table| (widest, table)).collect()
}
