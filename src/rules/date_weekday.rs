//! `date-weekday`

use super::{Context, Rule, Sink, dates};
use crate::diagnostics::{Severity, Words};
use crate::lines::is_blank;

pub(super) const RULE: Rule = Rule {
    id: "date-weekday",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("日付と曜日が合わない", "a weekday that is not that day's"),
    why: (
        "日付か曜日のどちらかが誤りです（曜日はグレゴリオ暦から決まります）。",
        "The day or the weekday is wrong (the calendar fixes the weekday).",
    ),
    bad: agreement!("（開館）\n第1条　図書館は、令和7年4月1日（水）に開く。\n"),
    good: agreement!("（開館）\n第1条　図書館は、令和7年4月1日（火）に開く。\n"),
    check,
};

const DAYS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];

fn check(context: &Context, sink: &mut Sink) {
    dates::each(context, &mut |found, path| {
        let (Some(day), Some(written)) = (found.date.day(), weekday(found.after())) else { return };
        let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        let Some(right) = DAYS.get(at).filter(|right| **right != written) else { return };
        let words = Words::new(
            format!("「{}」は{right}曜日で、{written}曜日ではありません", found.words()),
            format!("{} is a {right}曜日, not a {written}曜日", found.words()),
        );
        sink.add(path, found.span(context.source), words);
    });
}

/// `（水）`, `（水曜日）`, `水曜日`
fn weekday(after: &str) -> Option<char> {
    let rest = after.trim_start_matches(is_blank);
    let inner = rest.strip_prefix(['（', '(']);
    let day = inner.unwrap_or(rest).chars().next().filter(|c| DAYS.contains(c))?;
    let behind = &inner.unwrap_or(rest)[day.len_utf8()..];
    (behind.starts_with("曜") || inner.is_some() && behind.starts_with(['）', ')', '・'])).then_some(day)
}
