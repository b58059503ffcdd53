//! `table-title-mismatch`

use super::table_pointer_mismatch::{Pointer, disagree, split, targets};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;
use unicode_normalization::UnicodeNormalization;

pub(super) const RULE: Rule = Rule {
    id: "table-title-mismatch",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("別表の題名が号の文言と違う", "a title of a 別表 that differs from its 号"),
    why: (
        "号と別表の題名は同じ政策分野の名です。空白、字の幅、「に関する政策分野」の有無は違いに数えません。",
        "The 号 and the title of its 別表 name the same area. Blanks, widths and a missing に関する政策分野 do not count.",
    ),
    bad: agreement!(
        "（取組）\n第1条　取組は、次のとおりとする。\n(1)　図書館の開館（別表1）\n(2)　道路の除雪（別表2）\n",
        "\n別表1\n図書館の開館\n時期\t毎年\n\n別表2\n道路の舗装\n時期\t毎年\n"
    ),
    good: agreement!(
        "（取組）\n第1条　取組は、次のとおりとする。\n(1)　図書館の開館（別表1）\n(2)　道路の除雪（別表2）\n",
        "\n別表1\n図書館の開館\n時期\t毎年\n\n別表2\n道路の除雪\n時期\t毎年\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for Pointer { address, item, names } in context.pointers() {
        let [name] = names.as_slice() else { continue };
        let table = context.tree.tables.iter().find(|table| path::table(table) == *name);
        let (Some(table), Some((words, _))) = (table, split(&item.text.text)) else { continue };
        if alike(&table.title.text, words) || disagree(address, &targets(context.model, table)) {
            continue;
        }
        let words = words.trim();
        let said = Words::new(
            format!("{name}の題名は「{}」ですが、{address}は「{words}」です", table.title.text),
            format!("the title of {name} is 「{}」, but {address} says 「{words}」", table.title.text),
        );
        sink.add(name.clone(), table.title.span(), said).related.push(Related {
            path: address.clone(),
            span: item.text.span(),
            words: Words::new(format!("{name}を指す号"), format!("the 号 that points at {name}")),
        });
    }
}

/// Whether one is a part of the other.
fn alike(title: &str, words: &str) -> bool {
    // most are the same as written, and need no folding
    title == words || {
        let (title, area) = (bare(title), bare(words));
        title.contains(&area) || area.contains(&title)
    }
}

/// Without what may be missing on one side; an empty one is in all.
fn bare(text: &str) -> String {
    let text = folded(text);
    let ends =
        ["に関する政策分野", "に関する政策分野", "の政策分野", "政策分野", "に係る分野", "に関する分野", "の分野"];
    ends.iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text).to_string()
}

/// Without blanks and widths.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}
