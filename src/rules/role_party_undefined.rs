//! `role-party-undefined`

use super::areas::{self, called};
use super::{Context, Rule, Sink, parties};
use crate::ast::Role;
use crate::diagnostics::{Related, Severity, Words};
use crate::model::path;
use crate::parse::label::is_stem;
use crate::parse::party::is_municipality;

pub(super) const RULE: Rule = Rule {
    id: "role-party-undefined",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("定義されていない者の役割", "a role of a party that is not defined"),
    why: (
        "役割を負うのは協定の当事者だけです。前文で定義していない者の役割は、だれも負いません（法制執務の慣行: 略称は定義してから用いる）。",
        "Only parties bear roles. Nobody bears the role of one that the preamble does not define (drafting practice, 法制執務: a short name is defined before it is used).",
    ),
    bad: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t丙の役割\t予約を受ける。\n"),
    good: agreement!(tables "1 医療\n\n通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    // a symbol that is defined twice says which definition to mend
    if context.model.parties.is_empty() || parties::ambiguous(context.model) {
        return;
    }
    areas::initiatives(context, &mut |_, initiative, path| {
        for role in &initiative.roles {
            let Some(stranger) = stranger(role, context) else { continue };
            let (ja, en) = called(initiative);
            let absent: Vec<&str> = parties::defined(context.model)
                .map(|party| party.symbol.as_str())
                .filter(|symbol| !parties::has_role(initiative, symbol))
                .collect();
            let (instead_ja, instead_en) = match absent.as_slice() {
                [] => Default::default(),
                list => (
                    format!("。{}の役割がありません", list.join("及び")),
                    format!("; there is no role of {}", list.join(", ")),
                ),
            };
            let words = Words::new(
                format!("{ja}に「{stranger}」の役割がありますが、{stranger}は定義されていません{instead_ja}"),
                format!("{en} states a role of {stranger}, which is not defined{instead_en}"),
            );
            let found = sink.add(path::role(&path(), role), areas::role_place(role), words);
            let names: Vec<&str> = parties::defined(context.model).map(|party| party.symbol.as_str()).collect();
            found.related.push(Related {
                path: "前文".into(),
                span: context.tree.preamble.span(),
                words: Words::new(
                    format!("定義されているのは{}です", names.join("、")),
                    format!("defined are {}", names.join(", ")),
                ),
            });
        }
    });
}

/// The first symbol of a label that nobody defines; 中心市 and the like name a party by what it is.
fn stranger<'a>(role: &'a Role, context: &Context) -> Option<&'a str> {
    let generic = |word: &str| ["中心市", "近隣", "連携", "中枢", "構成", "関係"].iter().any(|w| word.starts_with(w));
    let names = |word: &str| is_stem(word) || is_municipality(word) && !generic(word);
    role.parties.iter().map(String::as_str).find(|word| context.model.party(word).is_none() && names(word))
}
