//! `date-era-over`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::lines::join;
use crate::parse::date::ERAS;

pub(super) const RULE: Rule = Rule {
    id: "date-era-over",
    severity: Severity::Note,
    on: true,
    sure: true,
    title: ("終わった元号の年", "a year past the end of its era"),
    why: (
        "平成は平成31年4月30日で終わりました（元号は元号法と政令で改まります）。改元前に結んだ協定が将来の期限として書くことはあるので注意にとどめ、締結の日ならエラーにします。",
        "Heisei ended on 2019-04-30. A term written before the change may name a later year: a note; on the date of signing it is an error.",
    ),
    bad: agreement!("（期間）\n第1条　本協定は、平成35年3月31日まで効力を有する。\n"),
    good: agreement!("（期間）\n第1条　本協定は、令和5年3月31日まで効力を有する。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for dated in context.dated() {
        for (era, year, range) in dated.years.iter().cloned() {
            let Some(next) = era.checked_sub(1).and_then(|at| ERAS.get(at)) else { continue };
            let (Some(this), (y, m, d)) = (ERAS.get(era), next.first) else { continue };
            let whole = dated.dates.iter().find(|(_, place)| place.start == range.start);
            let day = whole.and_then(|(date, _)| date.day());
            let last = i64::from(y) - i64::from(this.base);
            let over = day.map_or(i64::from(year) > last, |day| day >= jiff::civil::date(y, m, d));
            if !over {
                continue;
            }
            let meant = i64::from(year) - (i64::from(next.base) - i64::from(this.base));
            let (begins, meant) =
                (jiff::civil::date(y, m, d), if meant == 1 { "元".into() } else { meant.to_string() });
            let words = Words::new(
                format!("{}は{y}年{m}月{d}日の改元で終わりました（この年は{}{meant}年です）", this.name, next.name),
                format!(
                    "{} ended when {} began on {begins}; that year is {}{meant}年",
                    this.name, next.name, next.name
                ),
            );
            let finding = sink.add(dated.path.clone(), join::place(dated.text, range, context.source), words);
            if dated.signing {
                finding.severity = Severity::Error;
            }
        }
    }
}
