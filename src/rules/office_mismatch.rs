//! `office-mismatch`

use super::office::{self, Office};
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "office-mismatch",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("職名が団体の種類と合わない", "the office does not fit the municipality"),
    why: (
        "市の長は市長、町の長は町長、村の長は村長です（地方自治法第139条: 市町村に市町村長を置く）。",
        "The head of a 市 is a 市長, of a 町 a 町長, of a 村 a 村長 (Local Autonomy Act, art. 139).",
    ),
    bad: agreement!(end "この協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n若草市長　谷口 花\n"),
    good: agreement!(end "この協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n若草町長　谷口 花\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    office::judge(context, &mut |party, found, text| {
        let Office::OtherKind(name) = found else { return };
        let symbol = &party.symbol;
        let words = Words::new(
            format!("{symbol}は{name}ですが、職名は「{}」です", text.text),
            format!("{symbol} is {name}, and its office is written 「{}」", text.text),
        );
        let definition = Words::new(format!("{symbol}の定義はここです"), format!("{symbol} is defined here"));
        let found = sink.add(format!("記名/{symbol}"), text.span(), words);
        found.related.push(Related { path: "前文".into(), span: party.span, words: definition });
        found.help = Some(Words::new(format!("「{name}長」です"), format!("it is {name}長")));
    });
}
