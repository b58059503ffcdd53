//! `party-unused`

use super::{Context, Rule, Sink, parties};
use crate::diagnostics::{Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "party-unused",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("定義した当事者が一度も出てこない", "a party that is defined and never used"),
    why: (
        "略称を定義するのは、後で用いるためです（法制執務の慣行）。一度も用いない当事者は、書き写した雛形の残りであることが多いものです。",
        "A short name is defined to be used (drafting practice, 法制執務). A party that is never spoken of is mostly left over from a model text.",
    ),
    bad: agreement!(
        preamble "青葉市（以下「甲」という。）、若草町（以下「乙」という。）及び楓村（以下「丙」という。）は、次のとおり協定を締結する。",
        articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。"
    ),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if context.model.parties.len() < 2 || parties::ambiguous(context.model) {
        return;
    }
    let unused: Vec<_> = parties::defined(context.model).filter(|party| !parties::is_used(context, party)).collect();
    // where no party is named, the text says 両市町 or the like
    if unused.len() == context.model.parties.len() {
        return;
    }
    for party in unused {
        let (symbol, name) = (&party.symbol, party.names.join("・"));
        let words = Words::new(
            format!("「{symbol}」（{name}）は定義されていますが、条文にも役割にも記名にも出てきません"),
            format!("{symbol} ({name}) is defined, and no text, role or signature names it"),
        );
        sink.add("前文", party.span, words);
    }
}
