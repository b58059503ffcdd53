//! `date-gregorian`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::lines::{is_blank, join};
use crate::parse::date::{self, ERAS};
use crate::parse::numeral;

pub(super) const RULE: Rule = Rule {
    id: "date-gregorian",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("和暦と西暦が合わない", "a year in two calendars that do not agree"),
    why: (
        "「令和7年（2025年）」のように並べた年が食い違えば、どちらかが誤りです。令和の年に2018を足すと西暦になります。",
        "In 令和7年（2025年） one of the two is wrong if they differ: the year of Reiwa plus 2018.",
    ),
    bad: agreement!("（期間）\n第1条　図書館は、令和8年（2025年）から共に開く。\n"),
    good: agreement!("（期間）\n第1条　図書館は、令和7年（2025年）から共に開く。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for dated in context.dated() {
        let text = &dated.text.text;
        for (era, year, range) in dated.years.iter().cloned() {
            let Some(era) = ERAS.get(era) else { continue };
            let rest = text.get(range.end..).unwrap_or("");
            // 令和7年3月26日（2025年3月26日）
            let rest = date::date(&text[range.start..]).map_or(rest, |(_, len)| &text[range.start + len..]);
            let Some(written) = gregorian_behind(rest).or_else(|| gregorian_before(&text[..range.start])) else {
                continue;
            };
            let right = i64::from(era.base) + i64::from(year);
            if right != i64::from(written) {
                let words = Words::new(
                    format!("{}{year}年は西暦{right}年で、{written}年ではありません", era.name),
                    format!("{}{year}年 is {right}, not {written}", era.name),
                );
                sink.add(dated.path.clone(), join::place(dated.text, range, context.source), words);
            }
        }
    }
}

/// `（2025年）`, `（西暦2025年）`, `(2025)`
fn gregorian_behind(rest: &str) -> Option<u32> {
    let inner = rest.trim_start_matches(is_blank).strip_prefix(['（', '('])?;
    let inner = inner.strip_prefix("西暦").unwrap_or(inner).trim_start_matches(is_blank);
    let behind = inner.trim_start_matches(|c| numeral::digit(c).is_some());
    let year = numeral::value(&inner[..inner.len() - behind.len()])?;
    let ends = behind.trim_start_matches(is_blank).starts_with(['年', '）', ')']);
    ((1868..2200).contains(&year) && ends).then_some(year)
}

/// `2025年（`, `2025（`
fn gregorian_before(text: &str) -> Option<u32> {
    let before = text.strip_suffix(['（', '('])?.trim_end_matches(is_blank);
    let before = before.strip_suffix('年').unwrap_or(before).trim_end_matches(is_blank);
    let start = before.trim_end_matches(|c| numeral::digit(c).is_some()).len();
    numeral::value(&before[start..]).filter(|year| (1868..2200).contains(year))
}
