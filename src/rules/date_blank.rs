//! `date-blank`

use super::{Context, Rule, Sink, dates};
use crate::diagnostics::{Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "date-blank",
    severity: Severity::Note,
    on: true,
    sure: true,
    title: ("日付が埋まっていない", "a date that is not filled in"),
    why: (
        "案では日を空けておくことがあります。締結したものなら、いつ効力が生じるのか分かりません。",
        "A draft leaves the day open. Once signed, it would be open when the agreement takes effect.",
    ),
    bad: agreement!("令和7年3月　　日", "（目的）\n第1条　甲と乙は、共に図書館を開く。\n", ""),
    good: agreement!("令和7年3月26日", "（目的）\n第1条　甲と乙は、共に図書館を開く。\n", ""),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    dates::each(context, &mut |found, path| {
        let parts = [(found.date.year, "年", "year"), (found.date.month, "月", "month"), (found.date.day, "日", "day")];
        let open = || parts.iter().filter(|(part, ..)| part.is_none());
        if open().next().is_some() {
            let ja: Vec<&str> = open().map(|(_, ja, _)| *ja).collect();
            let en: Vec<&str> = open().map(|(_, _, en)| *en).collect();
            let words = Words::new(
                format!("日付の{}が空いています", ja.join("・")),
                format!("the {} of the date is open", en.join(", ")),
            );
            sink.add(path, found.span(context.source), words);
        }
    });
}
