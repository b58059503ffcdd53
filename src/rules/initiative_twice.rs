//! `initiative-twice`

use super::areas;
use super::{Context, Rule, Sink};
use crate::ast::{Field, Initiative};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;
use std::collections::hash_map::{Entry, HashMap};

pub(super) const RULE: Rule = Rule {
    id: "initiative-twice",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("同じ名称の取組が一つの分野に二つある", "two initiatives of the same name in one field"),
    why: (
        "取組は名称で引用し、変更するときも名称で特定します（「…の項中」、法制執務の慣行）。同じ名称が二つあると、どちらを指すのか決まりません。",
        "An initiative is cited and amended by its name (「…の項中」, drafting practice, 法制執務). With the same name twice it is open which is meant.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n\
                            通院の足\t取組内容\t診療所までの送迎を始める。\n\t甲の役割\t車を買う。\n\t乙の役割\t車庫を貸す。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n\
                             診療所への足\t取組内容\t診療所までの送迎を始める。\n\t甲の役割\t車を買う。\n\t乙の役割\t車庫を貸す。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    areas::areas(context.tree, &mut |fields, area| {
        for field in fields {
            for (first, second) in pairs(field) {
                let path = || path::initiative(&path::field(&area(), field), second);
                let name = &second.name.text;
                let words = Words::new(
                    format!("取組「{name}」がこの分野に二つあります"),
                    format!("the initiative {name} stands twice in this field"),
                );
                let found = sink.add(path(), second.name.span(), words);
                let words = Words::new("先の取組はここです", "the first one is here");
                found.related.push(Related { path: path(), span: first.name.span(), words });
            }
        }
    });
}

/// Initiatives of the same name, each with the first one.
fn pairs(field: &Field) -> Vec<(&Initiative, &Initiative)> {
    if field.initiatives.len() < 2 {
        return Vec::new();
    }
    let mut first: HashMap<&str, &Initiative> = HashMap::with_capacity(field.initiatives.len());
    let mut found = Vec::new();
    for initiative in field.initiatives.iter().filter(|initiative| !initiative.name.is_empty()) {
        match first.entry(&initiative.name.text) {
            Entry::Occupied(entry) => found.push((*entry.get(), initiative)),
            Entry::Vacant(entry) => drop(entry.insert(initiative)),
        }
    }
    found
}
