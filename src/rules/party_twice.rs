//! `party-twice`

use super::{Context, Rule, Sink, parties};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "party-twice",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("略称又は当事者が二重に定義されている", "a party is defined twice"),
    why: (
        "一つの略称は一つの者を指し、一つの者の略称は一つです（法制執務の慣行）。二重に定義すると、甲がだれのことか決まりません。",
        "One short name stands for one party, and one party has one short name (drafting practice, 法制執務). Defined twice, nobody knows who 甲 is.",
    ),
    bad: agreement!(
        preamble "青葉市（以下「甲」という。）と若草町（以下「甲」という。）は、次のとおり協定を締結する。",
        articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。"
    ),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for (first, second) in parties::doubles(context.model) {
        let (symbol, name) = (&second.symbol, second.names.join("・"));
        let words = if first.symbol == second.symbol {
            let before = first.names.join("・");
            Words::new(
                format!("「{symbol}」が{before}と{name}との二つに定義されています"),
                format!("{symbol} is defined as {before} and as {name}"),
            )
        } else {
            let before = &first.symbol;
            Words::new(
                format!("{name}が「{before}」と「{symbol}」との二つに定義されています"),
                format!("{name} is defined as {before} and as {symbol}"),
            )
        };
        let words_before = Words::new("先の定義はここです", "the first definition is here");
        let related = Related { path: "前文".into(), span: first.span, words: words_before };
        sink.add("前文", second.span, words).related.push(related);
    }
}
