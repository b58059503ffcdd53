//! `signature-mismatch`

use super::office::{self, Office};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "signature-mismatch",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("記名した者が当事者の長でない", "the one who signs is of another municipality"),
    why: (
        "団体を代表して記名するのは、その団体の長です（地方自治法第147条）。甲と乙の記名を取り違えると、だれが何を約したのか決まりません。",
        "The head of a municipality represents it and signs (Local Autonomy Act, art. 147). With the blocks of 甲 and 乙 swapped it is open who promised what.",
    ),
    bad: agreement!(end "この協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n白波町長　谷口 花\n"),
    good: agreement!(end "この協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n若草町長　谷口 花\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    office::judge(context, &mut |party, found, text| {
        let Office::Elsewhere(place) = found else { return };
        let (symbol, name) = (&party.symbol, party.names.join("・"));
        let words = Words::new(
            format!("{symbol}は{name}ですが、記名は「{}」です", text.text),
            format!("{symbol} is {name}, and 「{}」 ({place}) signs for it", text.text),
        );
        let definition = Words::new(format!("{symbol}の定義はここです"), format!("{symbol} is defined here"));
        let related = Related { path: "前文".into(), span: party.span, words: definition };
        sink.add(format!("記名/{symbol}"), text.span(), words).related.push(related);
    });
}
