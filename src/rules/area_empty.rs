//! `area-empty`

use super::{Context, Rule, Sink};
use crate::ast::{AppendedTable, Item, Text};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "area-empty",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("中身のない別表又は政策分野", "a table or an area that holds nothing"),
    why: (
        "別表や号が政策分野を名指すだけでは、取組の内容も役割も決まりません（定住自立圏構想推進要綱）。",
        "A table or a 号 that only names its area states neither initiatives nor roles (定住自立圏構想推進要綱).",
    ),
    bad: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（連携する取組）\n第2条　取組の内容及び役割は、次のとおりとする。\n\n\
                              (1)　暮らしの分野\n\nア　医療\n\n(ア)　通院の足\n\na　取組の内容\n\n病院までの送迎を続ける。\n\nb　甲の役割\n\n運転手を雇う。\n\nc　乙の役割\n\n予約を受ける。\n\n(2)　交通の分野"),
    good: agreement!(articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n（連携する取組）\n第2条　取組の内容及び役割は、次のとおりとする。\n\n\
                               (1)　暮らしの分野\n\nア　医療\n\n(ア)　通院の足\n\na　取組の内容\n\n病院までの送迎を続ける。\n\nb　甲の役割\n\n運転手を雇う。\n\nc　乙の役割\n\n予約を受ける。"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    // what the reader could not place may be what is missed here
    if !context.tree.unparsed.is_empty() {
        return;
    }
    let sibling = context.tree.tables.iter().find(|table| !table.fields.is_empty());
    for table in context.tree.tables.iter().filter(|table| is_empty(table)) {
        let other = sibling.map(|table| (path::table(table), &table.label));
        say(path::table(table), &table.label, other, sink);
    }
    for article in &context.tree.articles {
        for paragraph in &article.paragraphs {
            let Some(sibling) = paragraph.items.iter().find(|item| !item.fields.is_empty()) else { continue };
            for item in paragraph.items.iter().filter(|item| holds_nothing(item)) {
                let path = |item: &Item| path::item(&path::paragraph(article, paragraph), item);
                say(path(item), &item.label, Some((path(sibling), &sibling.label)), sink);
            }
        }
    }
}

fn is_empty(table: &AppendedTable) -> bool {
    let left_out = table.title.text.contains("略") || table.title.text.contains("削除");
    table.fields.is_empty() && table.rows.is_empty() && table.remarks.is_empty() && !left_out
}

fn holds_nothing(item: &Item) -> bool {
    item.fields.is_empty() && item.items.is_empty() && !item.text.text.ends_with('。')
}

fn say(path: path::Path, label: &Text, sibling: Option<(path::Path, &Text)>, sink: &mut Sink) {
    let words =
        Words::new(format!("{path}に分野も取組もありません"), format!("{path} holds neither fields nor initiatives"));
    let found = sink.add(path, label.span(), words);
    found.related.extend(sibling.map(|(path, label)| Related {
        words: Words::new(format!("{path}にはあります"), format!("{path} does")),
        path,
        span: label.span(),
    }));
}
