//! `reference-caption`

use super::table_title_mismatch::folded;
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "reference-caption",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("引用に添えた見出しが条の見出しと違う", "a cited caption that is not that article's"),
    why: (
        "「第5条（費用の負担）」のように見出しを添えた引用で見出しが違えば、番号か見出しのどちらかが誤りです。",
        "In 第5条（費用の負担） the number or the caption is wrong if the article has another caption.",
    ),
    bad: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　図書館の費用は、甲が負担する。\n\n\
         （協議）\n第3条　第1条（費用）の額は、協議して定める。\n"
    ),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　図書館の費用は、甲が負担する。\n\n\
         （協議）\n第3条　第2条（費用）の額は、協議して定める。\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let captions =
        || context.tree.articles.iter().filter_map(|a| Some((path::article(&a.number), a.caption.as_ref()?)));
    for reference in &context.model.references {
        let (Some(cited), [to]) = (&reference.caption, reference.to.as_slice()) else { continue };
        let Some((address, caption)) = captions().find(|(address, _)| address == to) else { continue };
        if folded(cited) == folded(&caption.text) {
            continue;
        }
        let words = Words::new(
            format!("{address}の見出しは「{}」で、「{cited}」ではありません", caption.text),
            format!("the caption of {address} is 「{}」, not 「{cited}」", caption.text),
        );
        let finding = sink.add(reference.from.clone(), reference.span, words);
        finding.related.extend(captions().find(|(_, other)| folded(&other.text) == folded(cited)).map(
            |(path, other)| Related {
                span: other.span(),
                words: Words::new(format!("この見出しの条は{path}です"), format!("{path} has this caption")),
                path,
            },
        ));
    }
}
