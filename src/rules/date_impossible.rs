//! `date-impossible`

use super::{Context, Rule, Sink, dates};
use crate::diagnostics::{Severity, Words};
use crate::parse::date::ERAS;
use jiff::civil;

pub(super) const RULE: Rule = Rule {
    id: "date-impossible",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("暦にない日付", "a day that no calendar has"),
    why: (
        "2月30日や13月のような日はなく、いつ効力が生じるのか決まりません。",
        "There is no 30 February and no 13th month, so it is open when the agreement takes effect.",
    ),
    bad: agreement!("令和7年2月30日", "（目的）\n第1条　甲と乙は、共に図書館を開く。\n", ""),
    good: agreement!("令和7年2月28日", "（目的）\n第1条　甲と乙は、共に図書館を開く。\n", ""),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    dates::each(context, &mut |found, path| {
        let (Some(year), Some(month), Some(day)) = (found.date.year, found.date.month, found.date.day) else { return };
        let first_year = u32::from(found.date.era.is_some());
        if year >= first_year && found.date.day().is_some() {
            return;
        }
        let gregorian =
            found.date.era.and_then(|era| ERAS.get(era)).map_or(0, |era| u32::try_from(era.base).unwrap_or(0));
        let last = i16::try_from(gregorian.saturating_add(year))
            .ok()
            .zip(i8::try_from(month).ok())
            .and_then(|(year, month)| civil::Date::new(year, month, 1).ok())
            .map(|first| first.days_in_month());
        let (ja, en) = match last {
            Some(last) if year >= first_year => {
                (format!("この月は{last}日までです"), format!("that month ends on the {last}th"))
            }
            _ => (
                format!("{year}年{month}月{day}日と読めました"),
                format!("read as year {year}, month {month}, day {day}"),
            ),
        };
        let words = Words::new(
            format!("「{}」という日はありません（{ja}）", found.words()),
            format!("there is no day {} ({en})", found.words()),
        );
        sink.add(path, found.span(context.source), words);
    });
}
