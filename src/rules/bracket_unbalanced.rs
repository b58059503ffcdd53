//! `bracket-unbalanced`

use super::{Context, Rule, Sink};
use crate::ast::{Item, Text};
use crate::diagnostics::{Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "bracket-unbalanced",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("括弧の対応がとれていない", "a bracket without its partner"),
    why: (
        "かっこが閉じていないと、定義や略称がどこまで及ぶか決まりません（法制執務の慣行）。",
        "Without its partner it is open how far a definition or an exception reaches (drafting practice, 法制執務).",
    ),
    bad: "定住自立圏の形成に関する協定書\n\n青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n\n\
          （目的）\n第1条　この協定は、甲と乙が協力する事項（以下「連携事項という。）を定める。\n",
    good: "定住自立圏の形成に関する協定書\n\n青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n\n\
           （目的）\n第1条　この協定は、甲と乙が協力する事項（以下「連携事項」という。）を定める。\n",
    check,
};

const PAIRS: &[(char, char)] = &[('（', '）'), ('(', ')'), ('「', '」'), ('『', '』'), ('［', '］'), ('〔', '〕')];

fn check(context: &Context, sink: &mut Sink) {
    for article in &context.tree.articles {
        for paragraph in &article.paragraphs {
            let path = format!("第{}条第{}項", article.number, paragraph.number);
            judge(&path, &paragraph.text, sink);
            items(&path, &paragraph.items, sink);
        }
    }
}

fn items(above: &str, list: &[Item], sink: &mut Sink) {
    for item in list {
        let path = format!("{above}{}", item.label.text);
        judge(&path, &item.text, sink);
        items(&path, &item.items, sink);
    }
}

fn judge(path: &str, text: &Text, sink: &mut Sink) {
    let Some(bracket) = unbalanced(&text.text) else { return };
    let words = Words::new(format!("「{bracket}」に対応する括弧がありません"), format!("{bracket} has no partner"));
    sink.add(path, text.span(), words);
}

/// The first bracket without a partner; full and half width pair with each other.
fn unbalanced(text: &str) -> Option<char> {
    let mut open: Vec<char> = Vec::new();
    for c in text.chars() {
        if PAIRS.iter().any(|(left, _)| *left == c) {
            open.push(c);
        } else if PAIRS.iter().any(|(_, right)| *right == c) {
            match open.last() {
                Some(left) if partners(*left, c) => open.pop(),
                left => return Some(left.copied().unwrap_or(c)),
            };
        }
    }
    open.pop()
}

fn partners(left: char, right: char) -> bool {
    let folded = |c| match c {
        '（' => '(',
        '）' => ')',
        c => c,
    };
    PAIRS.iter().any(|(l, r)| folded(*l) == folded(left) && folded(*r) == folded(right))
}

#[cfg(test)]
mod tests {
    use super::unbalanced;

    #[test]
    fn finds_the_bracket() {
        for (text, found) in [
            ("（以下「甲」という。）", None),
            ("（以下「甲という。）", Some('「')),
            ("以下「甲」という。）", Some('）')),
            ("(甲）", None),
            ("（（", Some('（')),
            ("", None),
        ] {
            assert_eq!(unbalanced(text), found, "{text}");
        }
    }
}
