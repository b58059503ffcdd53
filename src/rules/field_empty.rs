//! `field-empty`

use super::areas;
use super::{Context, Rule, Sink};
use crate::ast::Field;
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "field-empty",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("取組のない分野", "a field without initiatives"),
    why: (
        "分野の見出しだけでは何も約束していません（定住自立圏構想推進要綱: 分野ごとに取組の内容と役割を定める）。取組の行が落ちているおそれがあります。",
        "The heading of a field alone agrees nothing (定住自立圏構想推進要綱: each field states its initiatives). Its rows may be lost.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n\n2 教育\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    // rows that no header explains may be what is missed here
    let unclear = !context.tree.unparsed.is_empty()
        || context.tree.tables.iter().any(|table| !table.rows.is_empty() && !table.fields.is_empty());
    if unclear {
        return;
    }
    areas::areas(context.tree, &mut |fields, area| {
        let Some(sibling) = fields.iter().find(|field| !field.initiatives.is_empty()) else { return };
        for field in fields.iter().filter(|field| is_empty(field)) {
            let title = &field.title.text;
            let words = Words::new(
                format!("分野「{title}」に取組がありません"),
                format!("the field {title} has no initiative"),
            );
            let path = |field: &Field| path::field(&area(), field);
            let found = sink.add(path(field), field.title.span().or_else(|| field.label.span()), words);
            let words = Words::new(
                format!("分野「{}」には取組が{}件あります", sibling.title.text, sibling.initiatives.len()),
                format!("the field {} has {}", sibling.title.text, sibling.initiatives.len()),
            );
            found.related.push(Related { path: path(sibling), span: sibling.title.span(), words });
        }
    });
}

/// A heading without a number may stand over the fields that follow it.
fn is_empty(field: &Field) -> bool {
    field.initiatives.is_empty() && !field.label.is_empty()
}
