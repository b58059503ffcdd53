//! `label-unknown`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::ast::Initiative;
use crate::diagnostics::{Severity, Words};
use crate::model::apart::{is_near, is_unknown};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "label-unknown",
    severity: Severity::Warning,
    on: true,
    sure: false,
    title: ("見出しの分からない行", "a row under a label that is not known"),
    why: (
        "取組の行の見出しは「取組内容」と「甲の役割」「乙の役割」です。よく似て異なる見出しは、書き誤りか文字の化けのことが多く、役割が読まれなくなります。",
        "The rows of an initiative are labelled 取組内容, 甲の役割, 乙の役割. A label that is almost one of these is mostly a slip or a garbled letter, and its role is not read.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役目\t予約を受ける。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let mut columns = BTreeSet::new();
    areas::initiatives(context, &mut |_, initiative, path| {
        for cell in initiative.others.iter().filter(|cell| is_unknown(cell)) {
            // the words over a column are one label for all rows
            if cell.label.pieces.is_empty() && !columns.insert(cell.label.text.clone()) {
                continue;
            }
            let ((ja, en), label) = (called(initiative), &cell.label.text);
            let words = Words::new(
                format!("{ja}の行の見出し「{label}」は、内容とも役割とも分かりません"),
                format!("{en}: the label 「{label}」 says neither content nor role"),
            );
            let near = is_near(label, context.model);
            let found = sink.add(path(), cell.label.span().or_else(|| cell.text.span()), words);
            if !near {
                found.severity = Severity::Note;
            }
            found.help = Some(Words::new(
                "見出しを直すか、この言い方を使うなら kouotsu.toml に語を加えてください",
                "mend the label, or add the word to kouotsu.toml if it is in use",
            ));
        }
    });
}

/// Whether such a row may be the role of a party.
pub(super) fn may_name(initiative: &Initiative, symbol: &str) -> bool {
    initiative.others.iter().any(|cell| cell.label.text.contains(symbol) && is_unknown(cell))
}
