//! `copies-mismatch`

use super::{Context, Rule, Sink, parties};
use crate::ast::Signature;
use crate::diagnostics::{Related, Severity, Words};
use crate::lines::is_blank;
use crate::parse::numeral;

pub(super) const RULE: Rule = Rule {
    id: "copies-mismatch",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("作成する通数が当事者の数と合わない", "the number of copies does not fit the parties"),
    why: (
        "協定書は当事者の数だけ作り、各自が1通を持ちます（契約実務の慣行）。当事者を加えたときに通数を直し忘れることがあります。",
        "There are as many copies as parties, and each keeps one (practice of contracts). The number is easily left as it was when a party joins.",
    ),
    bad: agreement!(end "この協定の成立を証するため、本書3通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n若草町長　谷口 花\n"),
    good: agreement!(end "この協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n若草町長　谷口 花\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    let closing = &context.tree.closing;
    let Some(copies) = copies(&closing.text) else { return };
    let signs = |s: &&Signature| s.office.is_some() || s.name.is_some();
    let signers = context.tree.signatures.iter().filter(signs).count();
    let count = parties::defined(context.model).count();
    let names: usize = parties::defined(context.model).map(|party| party.names.len()).sum();
    let unused = parties::defined(context.model).filter(|party| !parties::is_used(context, party)).count();
    let fits = [signers, count, names, count.saturating_sub(unused)].contains(&(copies as usize));
    // a text that defines nobody is read in part only
    if fits || count < 2 || parties::ambiguous(context.model) {
        return;
    }
    let words = Words::new(
        format!("作成するのは{copies}通ですが、当事者は{count}者です"),
        format!("{copies} copies are made for {count} parties"),
    );
    let list: Vec<&str> = parties::defined(context.model).map(|party| party.symbol.as_str()).collect();
    sink.add("後文", closing.span(), words).related.push(Related {
        path: "前文".into(),
        span: context.model.parties.first().and_then(|party| party.span),
        words: Words::new(format!("当事者は{}です", list.join("、")), format!("the parties are {}", list.join(", "))),
    });
}

/// `2通`, `２通`, `二通`, `弐通`: the first number of copies above one, which is what each keeps.
fn copies(text: &str) -> Option<u32> {
    text.match_indices('通').find_map(|(at, _)| {
        let before = text[..at].trim_end_matches(is_blank);
        let figures = |c: char| numeral::digit(c).is_some() || numeral::is_kanji_digit(c) || formal(c).is_some();
        let number = &before[before.trim_end_matches(figures).len()..];
        let value = match number.chars().next() {
            Some(c) if number.chars().count() == 1 && formal(c).is_some() => formal(c),
            _ => numeral::value(number),
        };
        value.filter(|value| (2..100).contains(value))
    })
}

/// The figures of deeds.
fn formal(c: char) -> Option<u32> {
    match c {
        '壱' | '壹' => Some(1),
        '弐' | '貳' => Some(2),
        '参' | '參' => Some(3),
        '肆' => Some(4),
        '伍' => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::copies;

    #[test]
    fn how_many() {
        for (text, want) in [
            ("本書2通を作成し、各1通を保有する。", Some(2)),
            ("本書２通を作り", Some(2)),
            ("正本三通を作成し", Some(3)),
            ("本書弐通を作成し、各壱通を保持する", Some(2)),
            ("各1通を保有する。", None),
            ("普通の方法により", None),
            ("", None),
        ] {
            assert_eq!(copies(text), want, "{text}");
        }
    }
}
