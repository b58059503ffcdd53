//! `symbol-undefined`

use super::{Context, Rule, Sink, parties, prose};
use crate::diagnostics::{Related, Severity, Words};
use crate::parse::label::is_stem;
use crate::parse::party;
use memchr::memmem::Finder;

pub(super) const RULE: Rule = Rule {
    id: "symbol-undefined",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("定義していない略称が使われている", "a party is spoken of that is not defined"),
    why: (
        "略称は「（以下「甲」という。）」と定義してから用います（法制執務の慣行）。定義のない丙は、だれのことか決まりません。",
        "A short name is defined (以下「甲」という。) before it is used (drafting practice, 法制執務). An undefined 丙 is nobody.",
    ),
    bad: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（協議）\n第2条　この協定に定めのない事項は、甲、乙及び丙が協議して定める。"),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（協議）\n第2条　この協定に定めのない事項は、甲及び乙が協議して定める。"),
    check,
};

const STEMS: &[&str] = &["甲", "乙", "丙", "丁"];

fn check(context: &Context, sink: &mut Sink) {
    let model = context.model;
    // parties without symbols speak of themselves by name; a symbol defined twice says which definition to mend
    if !model.parties.iter().any(|party| is_stem(&party.symbol)) || parties::ambiguous(model) {
        return;
    }
    for stem in STEMS.iter().copied().filter(|stem| model.party(stem).is_none()) {
        let holding = context.prose().holding(&Finder::new(stem));
        if !defined_later(context, stem, &holding) {
            judge(context, stem, &holding, sink);
        }
    }
}

/// The first text that speaks of the symbol as of a party, else a signature under it.
fn judge(context: &Context, stem: &str, holding: &[usize], sink: &mut Sink) {
    let mut place = None;
    let first = holding.iter().copied().find(|nth| speaks(context.prose().text(*nth), stem));
    prose::visit(context.tree, first.into_iter(), &mut |_, at, text| place = Some(((at.path)(), text.span())));
    let signed = context
        .tree
        .signatures
        .iter()
        .find(|s| s.symbol.text == stem && context.tree.signatures.len() > context.model.parties.len());
    let place = place.or_else(|| signed.map(|s| (format!("記名/{stem}").into(), s.symbol.span())));
    let Some((path, span)) = place else { return };
    let names: Vec<&str> = parties::defined(context.model).map(|party| party.symbol.as_str()).collect();
    let words = Words::new(format!("「{stem}」は定義されていません"), format!("{stem} is not defined"));
    sink.add(path, span, words).related.push(Related {
        path: "前文".into(),
        span: context.tree.preamble.span(),
        words: Words::new(
            format!("定義されているのは{}です", names.join("、")),
            format!("defined are {}", names.join(", ")),
        ),
    });
}

/// `丙は`, `、丙及び`: not `3丁の`, `包丁を`
fn speaks(text: &str, stem: &str) -> bool {
    text.match_indices(stem).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + stem.len()..].chars().next());
        before.is_none_or(|c| matches!(c, 'ぁ'..='ん' | '、' | '。' | '，' | '「' | '・' | '甲' | '乙' | '丙' | '\n'))
            && after.is_some_and(|c| {
                matches!(
                    c,
                    'は' | 'が' | 'の' | 'と' | 'に' | 'へ' | 'を' | '、' | '，' | '及' | '又' | '並' | '乙' | '丙'
                )
            })
    })
}

/// `（以下「丙」という。）` in an article.
fn defined_later(context: &Context, stem: &str, holding: &[usize]) -> bool {
    let defines = |text: &str| party::definitions(text).0.iter().any(|party| party.symbol == stem);
    holding.iter().any(|nth| defines(context.prose().text(*nth)))
}

#[cfg(test)]
mod tests {
    use super::speaks;

    #[test]
    fn a_letter_is_not_yet_a_party() {
        for (text, stem, want) in [
            ("甲、乙及び丙は、協議する", "丙", true),
            ("丙の役割", "丙", true),
            ("甲乙丙が", "丙", true),
            ("豆腐3丁を配る", "丁", false),
            ("包丁を研ぐ", "丁", false),
            ("本町1丁目", "丁", false),
            ("丙午の年", "丙", false),
        ] {
            assert_eq!(speaks(text, stem), want, "{text}");
        }
    }
}
