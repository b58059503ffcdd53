//! `date-era-not-begun`

use super::{Context, Rule, Sink, dates};
use crate::diagnostics::{Severity, Words};
use crate::parse::date::ERAS;

pub(super) const RULE: Rule = Rule {
    id: "date-era-not-begun",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("まだ始まっていない元号の日付", "a day before its era began"),
    why: (
        "令和は2019年5月1日（令和元年5月1日）に始まりました。その前の日は平成31年です。",
        "Reiwa began on 2019-05-01; the days before it are of 平成31年.",
    ),
    bad: agreement!("令和元年4月1日", "（目的）\n第1条　甲と乙は、共に図書館を開く。\n", ""),
    good: agreement!("平成31年4月1日", "（目的）\n第1条　甲と乙は、共に図書館を開く。\n", ""),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    dates::each(context, &mut |found, path| {
        let (Some(era), Some(day)) = (found.date.era.and_then(|at| ERAS.get(at)), found.date.day()) else { return };
        let (y, m, d) = era.first;
        if found.date.year != Some(0) && day < jiff::civil::date(y, m, d) {
            let words = Words::new(
                format!("{}は{y}年{m}月{d}日に始まりました。「{}」はその前です", era.name, found.words()),
                format!("{} began on {y}-{m:02}-{d:02}; {} is before that", era.name, found.words()),
            );
            sink.add(path, found.span(context.source), words);
        }
    });
}
