//! `role-same-text`

use super::areas::{self, called};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;

pub(super) const RULE: Rule = Rule {
    id: "role-same-text",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("二つの役割の文が一字一句同じ", "two roles in the same words"),
    why: (
        "甲と乙の役割の文がまったく同じときは、写し誤りのことがあります。本当に同じことをするなら「甲及び乙の役割」とまとめられます。",
        "Two roles in exactly the same words may be a slip in copying. Where both do the same, they can stand together as 甲及び乙の役割.",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t送迎車の運転手を雇い入れる。\n\t乙の役割\t送迎車の運転手を雇い入れる。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲及び乙の役割\t送迎車の運転手を雇い入れる。\n"),
    check,
};

/// Shorter texts are alike by chance: 費用を負担する。
const SHORT: usize = 30;

fn check(context: &Context, sink: &mut Sink) {
    // cells that are mixed up say nothing about the agreement
    if context.is_damaged() {
        return;
    }
    areas::initiatives(context, &mut |_, initiative, path| {
        for pair in initiative.roles.windows(2) {
            let [first, second] = pair else { continue };
            if first.text.text != second.text.text || first.parties == second.parties || second.text.text.len() <= SHORT
            {
                continue;
            }
            let (one, other) = (first.parties.join("及び"), second.parties.join("及び"));
            let (ja, en) = called(initiative);
            let words = Words::new(
                format!("{ja}の{one}の役割と{other}の役割の文が同じです"),
                format!("{en}: the roles of {one} and {other} are in the same words"),
            );
            let found = sink.add(path::role(&path(), second), second.text.span(), words);
            let words = Words::new(format!("{one}の役割はここです"), format!("the role of {one} is here"));
            found.related.push(Related { path: path::role(&path(), first), span: first.text.span(), words });
        }
    });
}
