//! `number-gap`

use super::series::{self, Fault};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "number-gap",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("番号が飛んでいる", "a number is left out"),
    why: (
        "条、項、号、別表の番号は 1 から順に付けます。削った条を「第5条　削除」と残すのは、番号を飛ばさないためです（法制執務の慣行）。飛んだ番号は、落ちた条文のあることが多いものです。",
        "条, 項, 号 and 別表 are numbered from 1 without gaps; 「第5条　削除」 keeps the number of a deleted article for that reason (drafting practice, 法制執務). A number left out mostly means a lost provision.",
    ),
    bad: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第2条　費用は、甲と乙が折半する。\n\n（協議）\n第4条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（費用）\n第2条　費用は、甲と乙が折半する。\n\n第3条　削除\n\n（協議）\n第4条　この協定に定めのない事項は、甲と乙が協議して定める。"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if !context.disorder().faulty {
        return;
    }
    series::series(context.tree, &mut |series| {
        for (at, fault) in series.faults() {
            let (Fault::Gap(missing), Some(member)) = (fault, series.members.get(at)) else { continue };
            let (path, label, missing) = ((series.path)(at), &member.label.text, series::written(missing));
            let before = at.checked_sub(1).and_then(|before| series.members.get(before));
            let words = match before {
                Some(before) => Words::new(
                    format!("「{}」の次が「{label}」です。{missing}がありません", before.label.text),
                    format!("「{label}」 follows 「{}」: {missing} is missing", before.label.text),
                ),
                None => Words::new(
                    format!("「{label}」から始まっています。{missing}がありません"),
                    format!("this begins with 「{label}」: {missing} is missing"),
                ),
            };
            let found = sink.add(path, member.label.span(), words);
            found.related.extend(before.map(|before| Related {
                path: (series.path)(at.saturating_sub(1)),
                span: before.label.span(),
                words: Words::new("前の番号はここです", "the number before it is here"),
            }));
        }
    });
}
