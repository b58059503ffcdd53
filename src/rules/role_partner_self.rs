//! `role-partner-self`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};
use crate::model::path;
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "role-partner-self",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("役割の文が自分を相手方としている", "a role that names its own party as the partner"),
    why: (
        "「甲の役割」は甲を主語として読むので、「甲と連携し」は自分と連携することになります。甲と乙の欄を取り違えたときに起きます。",
        "甲の役割 is read with 甲 as its subject, so 甲と連携し lets 甲 work with itself. It happens when the cells of two parties are swapped.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t甲と連携し、運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t乙と連携し、運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

/// What follows the name of a partner.
const WITH: &[&str] = &[
    "と連携",
    "と協力",
    "と共同",
    "と共に",
    "とともに",
    "と協議",
    "と調整",
    "と話し合",
    "と相談",
    "と分担",
    "と一緒",
    "や関係機関",
    "に協力",
    "を支援",
    "への支援",
    "からの要請",
    "の求めに応じ",
];

fn check(context: &Context, sink: &mut Sink) {
    // cells that are mixed up say nothing about the agreement
    if context.is_damaged() {
        return;
    }
    let mut finders: FxHashMap<&str, Finder> = FxHashMap::default();
    areas::initiatives(context, &mut |_, initiative, path| {
        for role in &initiative.roles {
            let [own] = role.parties.as_ref() else { continue };
            let finder = finders.entry(own).or_insert_with(|| Finder::new(own));
            let Some(phrase) = phrase(&role.text.text, finder) else { continue };
            let others = context.model.parties.iter().filter(|party| party.symbol != *own);
            if others.clone().any(|party| role.text.text.contains(&party.symbol)) {
                continue;
            }
            let (ja, en) = called(initiative);
            let words = Words::new(
                format!("{ja}の{own}の役割が「{phrase}」と、{own}自身を相手方としています"),
                format!("{en}: the role of {own} names {own} itself as the partner (「{phrase}」)"),
            );
            let others: Vec<&str> = others.map(|party| party.symbol.as_str()).collect();
            sink.add(path::role(&path(), role), role.text.span(), words).help = Some(Words::new(
                format!("{}の役割と取り違えていないか確かめてください", others.join("又は")),
                format!("see whether this is the role of {}", others.join(" or ")),
            ));
        }
    });
}

/// `甲と連携`: the words in which a role names its own party as the partner.
fn phrase<'a>(text: &'a str, own: &Finder) -> Option<&'a str> {
    own.find_iter(text.as_bytes()).find_map(|at| {
        let end = at + own.needle().len();
        let rest = text.get(end..)?;
        let with = WITH.iter().find(|with| rest.starts_with(**with))?;
        // `市民及び甲と`: not the partner alone; `装甲と`: another word
        let alone = at == 0 || text[..at].ends_with(['。', '、', '\n', ' ', '　', 'は', 'て', 'し']);
        alone.then(|| &text[at..end + with.len()])
    })
}
