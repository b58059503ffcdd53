//! `number-style`

use super::series::{self, Member, Style, style};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "number-style",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("番号の書き方が途中で変わっている", "numbers change their writing midway"),
    why: (
        "同じ段の番号は同じ書き方でそろえます（公用文作成の考え方: 算用数字の全角と半角は文書内で統一する）。途中で変わると、別の段の始まりと読み違えられます。",
        "Siblings are numbered in one way (公用文作成の考え方: one width of figures within a document). A change midway reads like the beginning of another level.",
    ),
    bad: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第2条　費用は、甲と乙が折半する。\n\n（協議）\n第三条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第2条　費用は、甲と乙が折半する。\n\n（協議）\n第3条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if !context.disorder().mixed {
        return;
    }
    series::series(context.tree, &mut |series| {
        let Some(at) = change(series.members) else { return };
        let (Some(before), Some(member)) = (series.members.get(at), series.members.get(at + 1)) else { return };
        let words = Words::new(
            format!("「{}」の次が「{}」と、番号の書き方が変わっています", before.label.text, member.label.text),
            format!("「{}」 follows 「{}」: the numbers change their writing", member.label.text, before.label.text),
        );
        let found = sink.add((series.path)(at + 1), member.label.span(), words);
        found.severity = differ(before, member).unwrap_or(found.severity);
        found.related.push(Related {
            path: (series.path)(at),
            span: before.label.span(),
            words: Words::new("前の番号はここです", "the number before it is here"),
        });
    });
}

/// The index of the last member before the first change.
pub(super) fn change(members: &[Member]) -> Option<usize> {
    members.windows(2).position(|pair| matches!(pair, [a, b] if differ(a, b).is_some()))
}

/// How bad the difference is: the width of figures is a habit, another system is not.
fn differ(a: &Member, b: &Member) -> Option<Severity> {
    let (old, new) = (style(&a.label.text)?, style(&b.label.text)?);
    let widths = |s| matches!(s, Style::Half | Style::Full);
    match a.numbering == b.numbering {
        true if old == new => None,
        true if widths(old) && widths(new) => Some(Severity::Note),
        _ => Some(Severity::Warning),
    }
}
