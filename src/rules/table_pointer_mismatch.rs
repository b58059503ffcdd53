//! `table-pointer-mismatch`

use super::{Context, Rule, Sink};
use crate::ast::{AppendedTable, Item};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::reference::Paths;
use crate::model::{Model, path};

pub(super) const RULE: Rule = Rule {
    id: "table-pointer-mismatch",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("号と別表が互いを指していない", "a 号 and a 別表 that do not point at each other"),
    why: (
        "号が（別表1）と書き、別表1が［第3条(2)］と書くなら、どちらかが誤りで、取組がどの政策分野のものか決まりません。",
        "If 号 (1) says （別表1） and 別表1 says [第3条(2)], one of them is wrong and it is open which area the work belongs to.",
    ),
    bad: agreement!(
        "（取組）\n第1条　取組は、次のとおりとする。\n(1)　図書館の開館（別表1）\n(2)　道路の除雪（別表2）\n",
        "\n別表1 [第1条(1)]\n図書館の開館\n時期\t毎年\n\n別表2 [第1条(1)]\n道路の除雪\n時期\t毎年\n"
    ),
    good: agreement!(
        "（取組）\n第1条　取組は、次のとおりとする。\n(1)　図書館の開館（別表1）\n(2)　道路の除雪（別表2）\n",
        "\n別表1 [第1条(1)]\n図書館の開館\n時期\t毎年\n\n別表2 [第1条(2)]\n道路の除雪\n時期\t毎年\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for table in &context.tree.tables {
        let name = path::table(table);
        let back = targets(context.model, table);
        let crossed = |p: &&Pointer| p.names.contains(&name) && disagree(&p.address, &back);
        let Some(Pointer { address, item, .. }) = context.pointers().iter().find(crossed) else { continue };
        let pointer = table.reference.as_ref().map_or("", |text| text.text.as_str());
        let words = Words::new(
            format!("{address}は{name}を指していますが、{name}は「{pointer}」を指しています"),
            format!("{address} points at {name}, but {name} points at {pointer}"),
        );
        let span = table.reference.as_ref().and_then(|text| text.span());
        sink.add(name.clone(), span, words).related.push(Related {
            path: address.clone(),
            span: item.text.span(),
            words: Words::new(format!("{name}を指す号"), format!("the 号 that points at {name}")),
        });
    }
}

/// Whether a table with these targets says that it does not belong to the 号 at `address`.
pub(super) fn disagree(address: &str, back: &[path::Path]) -> bool {
    !back.is_empty() && !back.iter().any(|to| address.starts_with(to.as_str()))
}

/// What a 別表 points at: `[第3条(1)]`.
pub(super) fn targets(model: &Model, table: &AppendedTable) -> Paths {
    let Some(place) = table.reference.as_ref().and_then(|text| text.span()) else { return Paths::new() };
    let inside = |r: &&crate::model::Reference| r.span.is_some_and(|s| s.start >= place.start && s.end <= place.end);
    model.references.iter().filter(inside).flat_map(|r| r.to.iter().cloned()).collect()
}

/// A 号 that ends with a pointer in brackets: `…分野（別表1）`.
pub(super) struct Pointer<'a> {
    pub address: path::Path,
    pub item: &'a Item,
    /// The 別表 that it names.
    pub names: Paths,
}

/// Every one of them.
pub(super) fn pointers<'a>(context: &Context<'a>) -> Vec<Pointer<'a>> {
    let mut out = Vec::new();
    for article in &context.tree.articles {
        for paragraph in &article.paragraphs {
            for item in &paragraph.items {
                let Some((_, pointer)) = split(&item.text.text) else { continue };
                let address = path::item(&path::paragraph(article, paragraph), item);
                let own = |r: &&crate::model::Reference| r.from == address && pointer.contains(r.text.as_str());
                let names = context.model.references.iter().filter(own).flat_map(|r| r.to.iter().cloned()).collect();
                out.push(Pointer { address, item, names });
            }
        }
    }
    out
}

/// The words of a 号 and the pointer behind them.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end_matches('。').strip_suffix(['）', ')', '］', ']'])?;
    let at = inner.rfind(['（', '(', '［', '['])?;
    inner[at..].contains("別表").then(|| (&text[..at], &inner[at..]))
}
