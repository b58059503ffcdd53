//! `table-unreferenced`

use super::{Context, Rule, Sink, reference_range_short};
use crate::diagnostics::{Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "table-unreferenced",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("どこからも引用されない別表", "a 別表 that nothing refers to"),
    why: (
        "別表は本則の条が「別表に定める」と引用してはじめて働きます（法制執務の慣行）。",
        "A 別表 takes effect through the article that refers to it (drafting practice, 法制執務).",
    ),
    bad: agreement!("（取組）\n第1条　甲及び乙は、共に図書館を開く。\n", "\n別表\n図書館の開館\n時期\t毎年\n"),
    good: agreement!("（取組）\n第1条　甲及び乙は、別表のとおり図書館を開く。\n", "\n別表\n図書館の開館\n時期\t毎年\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    if context.tree.articles.is_empty() {
        return;
    }
    let short = reference_range_short::left_out(context);
    for table in &context.tree.tables {
        let name = path::table(table);
        let cited = context.model.references.iter().any(|r| !r.from.starts_with(name.as_str()) && r.to.contains(&name));
        if !cited && !short.iter().any(|(_, out)| std::ptr::eq(*out, table)) {
            let words = Words::new(format!("{name}を引用する条がありません"), format!("no article refers to {name}"));
            sink.add(name, table.label.span(), words);
        }
    }
}
