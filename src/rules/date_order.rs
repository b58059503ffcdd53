//! `date-order`

use super::{Context, Rule, Sink, dates};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "date-order",
    severity: Severity::Warning,
    on: true,
    sure: false,
    title: ("引用した通知や宣言より前に締結している", "signed before what it cites"),
    why: (
        "中心市宣言や通知を踏まえて結ぶ協定の日付は、それらより後になります（各市の公表する経過による）。改正を溶け込ませた全文では元の日付のままのことがあります。",
        "An agreement that cites a declaration or a notice is signed after it (timelines that cities publish). A consolidated text may keep the first date.",
    ),
    bad: agreement!(
        "令和7年3月26日",
        "（目的）\n第1条　本協定は、甲の宣言（令和7年4月1日付け告示第8号）に基づき、図書館を開くことを目的とする。\n",
        ""
    ),
    good: agreement!(
        "令和7年3月26日",
        "（目的）\n第1条　本協定は、甲の宣言（令和7年2月1日付け告示第8号）に基づき、図書館を開くことを目的とする。\n",
        ""
    ),
    check,
};

/// What follows the date of something that has been done.
const DONE: &[&str] = &[
    "付",
    "に公表した",
    "に宣言した",
    "に行った",
    "に締結した",
    "公表",
    "宣言",
    "締結",
    "告示第",
    "法律第",
    "総行",
    "条例第",
    "規則第",
];

fn check(context: &Context, sink: &mut Sink) {
    let Some(signed) = context.model.date.and_then(|date| date.day()) else { return };
    dates::each(context, &mut |found, path| {
        let Some(day) = found.date.day().filter(|day| *day > signed) else { return };
        if !found.signing && DONE.iter().any(|word| found.after().starts_with(word)) {
            let words = Words::new(
                format!("締結の日（{signed}）が、引用した「{}」より前です", found.words()),
                format!("signed on {signed}, before {} that it cites ({day})", found.words()),
            );
            let place = context.tree.date.span();
            let related =
                Related {
                    path: "日付".into(), span: place, words: Words::new("締結の日", "the date of signing")
                };
            sink.add(path, found.span(context.source), words).related.push(related);
        }
    });
}
