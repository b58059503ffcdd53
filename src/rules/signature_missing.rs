//! `signature-missing`

use super::{Context, Rule, Sink, parties};
use crate::ast::Signature;
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "signature-missing",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("記名のない当事者がある", "a party that does not sign"),
    why: (
        "協定は当事者全員の代表者が記名押印して成立します（地方自治法第147条: 長が団体を代表する）。",
        "An agreement is concluded when the heads of all parties sign (Local Autonomy Act, art. 147: the head represents the municipality).",
    ),
    bad: agreement!(end "この協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n"),
    good: agreement!(end "この協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n若草町長　谷口 花\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let signatures = &context.tree.signatures;
    let block = |at: Option<usize>| at.and_then(|at| signatures.get(at));
    let signs = |s: &Signature| s.office.is_some();
    // without one whole block nobody knows how this text writes them
    let Some(sample) = context.model.parties.iter().filter_map(|p| block(p.signature)).find(|s| signs(s)) else {
        return;
    };
    if parties::ambiguous(context.model) {
        return;
    }
    for party in parties::defined(context.model) {
        let (symbol, name) = (&party.symbol, party.names.join("・"));
        let (words, span) = match block(party.signature) {
            Some(own) if signs(own) => continue,
            Some(own) => (
                Words::new(
                    format!("{symbol}（{name}）の記名に職名がありません"),
                    format!("the signature of {symbol} ({name}) names no office"),
                ),
                own.symbol.span().or_else(|| own.address.as_ref().and_then(|a| a.span())),
            ),
            None if !parties::is_used(context, party) => continue,
            None => (
                Words::new(format!("{symbol}（{name}）の記名がありません"), format!("{symbol} ({name}) does not sign")),
                party.span,
            ),
        };
        let path = format!("記名/{symbol}");
        let office = sample.office.as_ref();
        let related = Related {
            path: format!("記名/{}", sample.symbol.text).into(),
            span: office.and_then(|office| office.span()),
            words: Words::new(
                format!("{}はここに記名しています", office.map_or("", |o| &o.text)),
                format!("{} signs here", office.map_or("", |o| &o.text)),
            ),
        };
        sink.add(path, span, words).related.push(related);
    }
}
