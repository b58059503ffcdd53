//! `bracket-unbalanced`

use super::prose::{self, Prose};
use super::{Context, Rule, Sink};
use crate::ast::Text;
use crate::diagnostics::{Severity, Words};
use crate::lines::join;
use crate::model::path;
use aho_corasick::{AhoCorasick, Match, packed};
use smallvec::SmallVec;
use std::sync::LazyLock;

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
    bad: agreement!("（目的）\n第1条　甲と乙は、共に図書館（「共同館という。）を開く。\n"),
    good: agreement!("（目的）\n第1条　甲と乙は、共に図書館（「共同館」という。）を開く。\n"),
    check,
};

/// Those of full width first. The searcher keeps every eighth pattern in one bucket: in this order none of its buckets
/// takes 、 for a bracket, which is ten times as frequent.
const PAIRS: [(char, char); 8] =
    [('（', '）'), ('［', '］'), ('「', '」'), ('『', '』'), ('〔', '〕'), ('【', '】'), ('(', ')'), ('[', ']')];
const WIDE: usize = 6;

static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(patterns(&PAIRS)).ok());
/// Three bytes at once are found several times faster than one; there is none for some processors.
static ONLY_WIDE: LazyLock<Option<packed::Searcher>> =
    LazyLock::new(|| packed::Searcher::new(patterns(&PAIRS[..WIDE])));

/// Two a pair.
fn patterns(pairs: &[(char, char)]) -> impl Iterator<Item = String> {
    pairs.iter().flat_map(|(left, right)| [left.to_string(), right.to_string()])
}

fn check(context: &Context, sink: &mut Sink) {
    let mut judge = |text: &Text, path: &dyn Fn() -> path::Path| {
        if let Some((bracket, at)) = unbalanced(&text.text) {
            let words =
                Words::new(format!("「{bracket}」に対応する括弧がありません"), format!("{bracket} has no partner"));
            sink.add(path(), join::place(text, at..at + bracket.len_utf8(), context.source), words);
        }
    };
    let faulty = bracketed(context.prose()).into_iter().filter(|nth| unbalanced(context.prose().text(*nth)).is_some());
    prose::visit(context.tree, faulty, &mut |_, at, text| judge(text, at.path));
    for table in &context.tree.tables {
        judge(&table.title, &|| path::table(table));
    }
}

/// The indices of the texts that hold a bracket: few do.
fn bracketed(prose: &Prose) -> Vec<usize> {
    let bytes = prose.words.as_bytes();
    let narrow = memchr::memchr2_iter(b'(', b')', bytes).chain(memchr::memchr2_iter(b'[', b']', bytes));
    let mut places: Vec<usize> = narrow.collect();
    match ONLY_WIDE.as_ref() {
        Some(searcher) => places.extend(searcher.find_iter(bytes).map(|hit| hit.start())),
        None => places.extend(ANY.iter().flat_map(|any| any.find_iter(bytes)).map(|hit| hit.start())),
    }
    let mut texts: Vec<usize> = places.into_iter().map(|at| prose.place(at).0).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The first bracket without a partner and its place; full and half width pair with each other.
fn unbalanced(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let narrow = memchr::memchr2(b'(', b')', bytes).or_else(|| memchr::memchr2(b'[', b']', bytes)).is_some();
    match ONLY_WIDE.as_ref().filter(|_| !narrow) {
        Some(searcher) => first_open(text, searcher.find_iter(text)),
        None => first_open(text, ANY.as_ref()?.find_iter(text)),
    }
}

fn first_open(text: &str, brackets: impl Iterator<Item = Match>) -> Option<(char, usize)> {
    let mut open: SmallVec<[(usize, usize); 8]> = SmallVec::new();
    for hit in brackets {
        // patterns stand in pairs: an even one opens what the next one closes, whatever their width
        let bracket = hit.pattern().as_usize();
        let kind = match bracket / 2 {
            6 => 0,
            7 => 1,
            kind => kind,
        };
        if bracket % 2 == 0 {
            open.push((kind, hit.start()));
        } else if open.last().is_some_and(|(left, _)| *left == kind) {
            open.pop();
        } else if open.is_empty() && is_number(&text[..hit.start()]) {
            continue;
        } else {
            let at = open.last().map_or(hit.start(), |(_, at)| *at);
            return text[at..].chars().next().map(|c| (c, at));
        }
    }
    let (_, at) = open.pop()?;
    text[at..].chars().next().map(|c| (c, at))
}

/// `1)`, `a)`: the number of a list
fn is_number(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || ('０'..='９').contains(&c));
    rest.len() < before.len()
        && rest.chars().next_back().is_none_or(|c| matches!(c, '\n' | '、' | '。' | ' ' | '\u{3000}'))
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
            ("1) 医療\n2) 道路", None),
            ("（「図書館（本館）」を含む。）", None),
            ("（（", Some('（')),
            ("", None),
        ] {
            assert_eq!(unbalanced(text).map(|(c, _)| c), found, "{text}");
        }
    }
}
