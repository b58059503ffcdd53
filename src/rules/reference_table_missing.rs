//! `reference-table-missing`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "reference-table-missing",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("存在しない別表を引用している", "a reference to a 別表 that does not exist"),
    why: (
        "別表の番号が本文と食い違うと、取組と役割を定めた場所が分かりません。別表がひとつも無いときは別ファイルのことがあるので警告にとどめます。",
        "Where text and 別表 disagree about the number, the place that sets out roles is lost. With no 別表 at all they may be in another file: a warning.",
    ),
    bad: agreement!(
        "（取組）\n第1条　甲及び乙の取組は、別表1から別表3までに定める。\n",
        "\n別表1\n図書館の開館\n時期\t毎年\n\n別表2\n道路の除雪\n時期\t毎年\n"
    ),
    good: agreement!(
        "（取組）\n第1条　甲及び乙の取組は、別表1及び別表2に定める。\n",
        "\n別表1\n図書館の開館\n時期\t毎年\n\n別表2\n道路の除雪\n時期\t毎年\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let tables = &context.tree.tables;
    for reference in &context.model.references {
        for missing in reference.missing.iter().filter(|missing| missing.starts_with("別表")) {
            let names: Vec<path::Path> = tables.iter().map(path::table).collect();
            let (ja, en) = match names.is_empty() {
                true => ("別表はこの文書にありません".into(), "this document has no 別表".into()),
                false => (format!("あるのは{}", names.join("、")), format!("there are {}", names.join(", "))),
            };
            let words = Words::new(
                format!("「{}」が指す{missing}はありません（{ja}）", reference.text),
                format!("{} names {missing}, which does not exist ({en})", reference.text),
            );
            let finding = sink.add(reference.from.clone(), reference.span, words);
            if names.is_empty() {
                finding.severity = Severity::Warning;
                finding.help = Some(Words::new(
                    "別表が別のファイルなら、続けてひとつにして読ませてください",
                    "if the 別表 are another file, join the two and read them as one",
                ));
            }
        }
    }
}
