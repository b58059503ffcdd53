//! `content-twice`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "content-twice",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("一つの取組に取組内容が二つある", "one initiative with two contents"),
    why: (
        "取組内容は取組ごとに一つ書きます。二つあるときは、次の取組の名称が落ちているか、役割の欄の見出しを書き誤っています。",
        "One initiative has one content. Two of them mean that the name of the next initiative is lost, or that a role has the wrong label.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t取組内容\t薬を届ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続け、薬を届ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    // cells that are mixed up say nothing about the agreement
    if context.is_damaged() {
        return;
    }
    areas::initiatives(context, &mut |_, initiative, path| {
        let mut written = initiative.contents.iter().filter(|cell| !cell.text.is_empty());
        let (Some(first), Some(second)) = (written.next(), written.next()) else { return };
        if initiative.torn {
            return;
        }
        let (ja, en) = called(initiative);
        let words = Words::new(format!("{ja}に取組内容が二つあります"), format!("{en} has two contents (取組内容)"));
        let place = || path::cell(&path(), "取組内容");
        let found = sink.add(place(), second.label.span().or_else(|| second.text.span()), words);
        let words = Words::new("先の取組内容はここです", "the first one is here");
        found.related.push(Related { path: place(), span: first.label.span().or_else(|| first.text.span()), words });
    });
}
