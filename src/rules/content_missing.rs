//! `content-missing`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::apart::is_unknown;
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "content-missing",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("取組内容が書かれていない", "an initiative without its content"),
    why: (
        "役割は取組内容があって初めて意味を持ちます（定住自立圏構想推進要綱: 取組ごとに内容と役割を定める）。",
        "A role has a meaning only beside what the initiative is (定住自立圏構想推進要綱: each initiative states content and roles).",
    ),
    bad: agreement!(tables "1 医療\n\n救急の受入れ\t取組内容\t夜間の急病に当番で応じる。\n\t甲の役割\t当番の医師を置く。\n\t乙の役割\t当番の日を町民に知らせる。\n\
                            通院の足\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    good: agreement!(tables "1 医療\n\n救急の受入れ\t取組内容\t夜間の急病に当番で応じる。\n\t甲の役割\t当番の医師を置く。\n\t乙の役割\t当番の日を町民に知らせる。\n\
                             通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let damaged = context.is_damaged();
    let (mut lacking, mut sibling) = (0, None);
    areas::initiatives(context, &mut |_, initiative, path| match initiative.contents.first() {
        None => lacking += 1,
        Some(cell) if sibling.is_none() => {
            let span = cell.label.span().or_else(|| cell.text.span());
            sibling = Some(Related {
                path: path::cell(&path(), "取組内容"),
                span,
                words: Words::new("取組内容はここにはあります", "here the content is stated"),
            });
        }
        Some(_) => {}
    });
    // a table that has no such column anywhere is laid out in another way
    let Some(sibling) = sibling.filter(|_| lacking > 0) else { return };
    areas::initiatives(context, &mut |_, initiative, path| {
        let named_otherwise = initiative.others.iter().any(|cell| is_unknown(cell) && cell.label.text.contains("内容"));
        if !initiative.contents.is_empty() || initiative.torn || initiative.roles.is_empty() || named_otherwise {
            return;
        }
        let (ja, en) = called(initiative);
        let words =
            Words::new(format!("{ja}に取組内容がありません"), format!("{en} has roles and no content (取組内容)"));
        let found = sink.add(path(), areas::place(initiative), words);
        found.related.push(sibling.clone());
        if damaged {
            areas::doubt(found);
        }
    });
}
