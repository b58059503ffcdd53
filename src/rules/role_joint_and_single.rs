//! `role-joint-and-single`

use super::areas::{self, called};
use super::{Context, Rule, Sink, parties};
use crate::ast::Role;
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "role-joint-and-single",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("共同の役割と単独の役割が並んでいる", "a joint role beside a role of one of its parties"),
    why: (
        "「甲及び乙の役割」のほかに「甲の役割」があると、共同の役割のうち甲がどこまで担うのか読み手が迷います。意図したものなら、そのままで構いません。",
        "With 甲及び乙の役割 beside 甲の役割 a reader may wonder how much of the joint role is left to 甲. Nothing is wrong where that is meant.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲及び乙の役割\t運転手を雇う。\n\t甲の役割\t車庫を貸す。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲及び乙の役割\t運転手を雇い、車庫を貸す。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    areas::initiatives(context, &mut |_, initiative, path| {
        for joint in initiative.roles.iter().filter(|role| role.parties.len() > 1 && !says_who(role)) {
            let mut both =
                joint.parties.iter().filter_map(|p| parties::single(initiative, p).next().map(|role| (p, role)));
            let Some((symbol, single)) = both.next() else { continue };
            let (who, (ja, en)) = (joint.parties.join("及び"), called(initiative));
            let words = Words::new(
                format!("{ja}に{who}の役割と{symbol}の役割があります"),
                format!("{en} states a role of {} and another of {symbol}", joint.parties.join(" and ")),
            );
            let found = sink.add(path::role(&path(), single), areas::role_place(single), words);
            let words = Words::new("共同の役割はここです", "the joint role is here");
            found.related.push(Related { path: path::role(&path(), joint), span: areas::role_place(joint), words });
        }
    });
}

/// `甲は、…。甲及び乙は、…。` under 役割分担: each sentence says whose it is.
fn says_who(role: &Role) -> bool {
    let subject = role.text.text.split_once('は').map_or("", |(subject, _)| subject);
    role.label.is_empty() && role.parties.iter().all(|party| subject.contains(party.as_str()))
}
