//! `role-twice`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::ast::Initiative;
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "role-twice",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("同じ当事者の役割が二つある", "a party has two roles in one initiative"),
    why: (
        "役割は取組ごと、当事者ごとに一つ書きます（定住自立圏構想推進要綱）。二つあるときは、一方が相手方の役割の書き誤りであることが多いものです。",
        "One initiative states one role of each party (定住自立圏構想推進要綱). Where there are two, one is mostly the other party's under a wrong label.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t甲の役割\t予約を受ける。\n\t乙の役割\t車庫を貸す。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇い、予約を受ける。\n\t乙の役割\t車庫を貸す。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let damaged = context.is_damaged();
    areas::initiatives(context, &mut |_, initiative, path| {
        if initiative.torn {
            return;
        }
        for (first, second) in pairs(initiative) {
            let (Some(first), Some(second)) = (initiative.roles.get(first), initiative.roles.get(second)) else {
                return;
            };
            let (who, (ja, en)) = (second.parties.join("及び"), called(initiative));
            let words =
                Words::new(format!("{ja}に{who}の役割が二つあります"), format!("{en} states the role of {who} twice"));
            let found = sink.add(path::role(&path(), second), areas::role_place(second), words);
            if damaged {
                areas::doubt(found);
            }
            let words = Words::new("先の役割はここです", "the first one is here");
            found.related.push(Related { path: path::role(&path(), first), span: areas::role_place(first), words });
        }
    });
}

/// Whether some party has two roles.
pub(super) fn holds(initiative: &Initiative) -> bool {
    pairs(initiative).next().is_some()
}

/// Roles of the same parties, each with the one before it.
fn pairs(initiative: &Initiative) -> impl Iterator<Item = (usize, usize)> {
    // no agreement has so many parties: what goes on like this is no table of roles
    let roles = &initiative.roles[..initiative.roles.len().min(64)];
    roles.iter().enumerate().filter_map(move |(at, role)| {
        let first = roles[..at].iter().position(|other| other.parties == role.parties)?;
        Some((first, at))
    })
}
