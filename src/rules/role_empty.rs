//! `role-empty`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "role-empty",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("役割の欄が空", "a role without words"),
    why: (
        "欄だけあって文がなければ、その当事者が何をするのか決まりません（定住自立圏構想推進要綱: 取組ごとに甲乙の役割を定める）。",
        "A cell without words leaves open what the party does (定住自立圏構想推進要綱: each initiative states the role of each party).",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let damaged = context.is_damaged();
    areas::initiatives(context, &mut |_, initiative, path| {
        if initiative.torn {
            return;
        }
        for role in initiative.roles.iter().filter(|role| role.text.is_empty()) {
            // the cell that a page cut off goes on under the same label
            if initiative.roles.iter().any(|other| other.parties == role.parties && !other.text.is_empty()) {
                continue;
            }
            let (who, (ja, en)) = (role.parties.join("及び"), called(initiative));
            let words = Words::new(
                format!("{ja}の{who}の役割に文がありません"),
                format!("{en}: the role of {who} has no words"),
            );
            let span = role.label.span().or_else(|| areas::place(initiative));
            let found = sink.add(path::role(&path(), role), span, words);
            if damaged {
                areas::doubt(found);
            }
            found.related.extend(initiative.roles.iter().find(|other| !other.text.is_empty()).map(|other| Related {
                path: path::role(&path(), other),
                span: areas::role_place(other),
                words: Words::new(
                    format!("{}の役割はここにあります", other.parties.join("及び")),
                    format!("the role of {} is here", other.parties.join("及び")),
                ),
            }));
        }
    });
}
