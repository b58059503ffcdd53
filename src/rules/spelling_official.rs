//! `spelling-official`

use super::spelling_drift::{GROUPS, OFFICIAL, others};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::lines::join;
use crate::model::walk;

pub(super) const RULE: Rule = Rule {
    id: "spelling-official",
    severity: Severity::Note,
    on: false,
    sure: false,
    title: ("公用文の表記と違う語", "a word not spelled as in official writing"),
    why: (
        "公用文では、ただし・あらかじめは仮名、及び・並びに・又は・若しくはは漢字、取組・手続は送り仮名なしで書く慣行です。団体ごとの決まりが優先するため、既定では無効です。",
        "Habits of official writing (公用文): ただし and あらかじめ in kana, 及び and 又は in kanji, 取組 and 手続 without okurigana. A house style goes first, so this is off by default.",
    ),
    bad: agreement!("（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　費用は、予め定める。\n"),
    good: agreement!("（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　費用は、あらかじめ定める。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    walk::texts(context.tree, &mut |at, text| {
        others(&text.text, &mut |group, spelling, range| {
            let Some((official, written)) = GROUPS.get(group).and_then(|g| Some((g.first()?, g.get(spelling)?))) else {
                return;
            };
            if group < OFFICIAL {
                let words = Words::new(
                    format!("「{written}」は、公用文では「{official}」と書きます"),
                    format!("official writing has 「{official}」 for 「{written}」"),
                );
                sink.add((at.path)(), join::place(text, range, context.source), words);
            }
        });
    });
}
