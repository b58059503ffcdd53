//! `number-twice`

use super::series::{self, Fault};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "number-twice",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("同じ番号が二つある", "a number is given twice"),
    why: (
        "条、項、号、別表は番号で引用します（法制執務の慣行）。同じ番号が二つあると、引用がどちらを指すのか決まりません。",
        "条, 項, 号 and 別表 are cited by their numbers (drafting practice, 法制執務). With a number given twice it is open which one a reference means.",
    ),
    bad: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第2条　費用は、甲と乙が折半する。\n\n（協議）\n第2条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第2条　費用は、甲と乙が折半する。\n\n（協議）\n第3条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if !context.disorder().faulty {
        return;
    }
    series::series(context.tree, &mut |series| {
        for (at, fault) in series.faults() {
            let (Fault::Twice(other), Some(member)) = (fault, series.members.get(at)) else { continue };
            let label = &member.label.text;
            let words = Words::new(format!("「{label}」が二つあります"), format!("「{label}」 stands twice"));
            let found = sink.add((series.path)(at), member.label.span(), words);
            found.related.extend(series.members.get(other).map(|member| Related {
                path: (series.path)(other),
                span: member.label.span(),
                words: Words::new("もう一つはここです", "the other one is here"),
            }));
        }
    });
}
