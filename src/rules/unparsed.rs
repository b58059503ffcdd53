//! `unparsed`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "unparsed",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("どこにも属さない文字列", "text that belongs nowhere"),
    why: (
        "条にも別表の欄にも入らなかった文字列です。表から外れた欄の文や、抽出で位置のずれた行かもしれません。読み落とさないよう知らせます。",
        "These words are in no article and in no cell: a cell torn from its table, or a line that the extraction moved. Nothing is dropped in silence.",
    ),
    bad: agreement!("（目的）\n第1条　甲と乙は、共に図書館を開く。\n", "\n別紙の右の欄からこぼれた文\n"),
    good: agreement!("（目的）\n第1条　甲と乙は、共に図書館を開く。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for text in &context.tree.unparsed {
        let short: String = text.text.chars().take(30).collect();
        let words = Words::new(
            format!("どこに属するか分からない文字列です: 「{short}」"),
            format!("text that belongs nowhere: 「{short}」"),
        );
        sink.add("", text.span(), words);
    }
}
