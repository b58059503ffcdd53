//! `content-empty`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "content-empty",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("取組内容の欄が空", "a content without words"),
    why: (
        "欄だけあって文がなければ、何に取り組むのか決まりません（定住自立圏構想推進要綱: 取組ごとに内容と役割を定める）。",
        "A cell without words leaves open what is agreed (定住自立圏構想推進要綱: each initiative states content and roles).",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let damaged = context.is_damaged();
    areas::initiatives(context, &mut |_, initiative, path| {
        let written = initiative.contents.iter().any(|cell| !cell.text.is_empty());
        let Some(cell) = initiative.contents.first().filter(|_| !written && !initiative.torn) else { return };
        let (ja, en) = called(initiative);
        let words =
            Words::new(format!("{ja}の取組内容に文がありません"), format!("{en}: the content (取組内容) has no words"));
        let span = cell.label.span().or_else(|| areas::place(initiative));
        let found = sink.add(path::cell(&path(), "取組内容"), span, words);
        if damaged {
            areas::doubt(found);
        }
    });
}
