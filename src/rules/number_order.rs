//! `number-order`

use super::series::{self, Fault};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "number-order",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("番号の順が入れ替わっている", "numbers stand out of order"),
    why: (
        "番号は書かれた順に増えます（法制執務の慣行）。前条、次条、前項などの引用は書かれた順で数えるので、順が違うと別の規定を指します。",
        "Numbers grow in the order of the text (drafting practice, 法制執務). 前条, 次条 and 前項 count in written order and would mean another provision.",
    ),
    bad: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第3条　費用は、甲と乙が折半する。\n\n（期間）\n第2条　この協定は、5年間効力を有する。\n\n（協議）\n第4条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第2条　費用は、甲と乙が折半する。\n\n（期間）\n第3条　この協定は、5年間効力を有する。\n\n（協議）\n第4条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if !context.disorder().faulty {
        return;
    }
    series::series(context.tree, &mut |series| {
        for (at, fault) in series.faults() {
            let (Fault::Order(before), Some(member)) = (fault, series.members.get(at)) else { continue };
            let (label, before_label) = (&member.label.text, series.members.get(before).map(|member| member.label));
            let after = before_label.map_or("", |label| &label.text);
            let words = Words::new(
                format!("「{label}」が「{after}」の後にあり、順が違います"),
                format!("「{label}」 stands out of order behind 「{after}」"),
            );
            let found = sink.add((series.path)(at), member.label.span(), words);
            found.related.extend(before_label.map(|label| Related {
                path: (series.path)(before),
                span: label.span(),
                words: Words::new("この後では順が違います", "it does not follow this one"),
            }));
        }
    });
}
