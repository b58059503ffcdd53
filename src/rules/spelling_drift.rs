//! `spelling-drift`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};
use crate::lines::join;
use crate::model::walk;
use crate::span::Span;
use aho_corasick::{AhoCorasick, MatchKind, packed};
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    id: "spelling-drift",
    severity: Severity::Note,
    on: true,
    sure: true,
    title: ("同じ語の表記が揺れている", "a word spelled in two ways"),
    why: (
        "ひとつの文書の中で表記が揺れると、意味の違いがあるように読めます（公用文の慣行）。",
        "Two spellings in one document read as if they meant two things (habits of official writing, 公用文).",
    ),
    bad: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開くまちづくりを進める。\n\n（費用）\n第2条　前条の街づくりの費用は、甲が負担する。\n"
    ),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開くまちづくりを進める。\n\n（費用）\n第2条　前条のまちづくりの費用は、甲が負担する。\n"
    ),
    check,
};

/// Spellings of one word; those up to [`OFFICIAL`] begin with the one of official writing.
pub(super) const GROUPS: &[&[&str]] = &[
    &["取組", "取組み", "取り組み"],
    &["手続", "手続き"],
    &["当たって", "あたって"],
    &["ただし", "但し"],
    &["あらかじめ", "予め"],
    &["及び", "および"],
    &["並びに", "ならびに"],
    &["又は", "または"],
    &["若しくは", "もしくは"],
    &["おおむね", "概ね"],
    &["行う", "行なう"],
    &["全て", "すべて"],
    &["まちづくり", "町づくり", "街づくり"],
    &["ごみ", "ゴミ"],
];

/// So many groups have a spelling of official writing; the others are habits of a house.
pub(super) const OFFICIAL: usize = 12;

/// All spellings, found in one pass.
struct Spellings {
    finder: AhoCorasick,
    /// Of each pattern: its group, and its place in it.
    places: Vec<(usize, usize)>,
    /// Any but the first of a group: most texts have none, and need no count.
    other: Option<packed::Searcher>,
}

static SPELLINGS: LazyLock<Option<Spellings>> = LazyLock::new(|| {
    let places: Vec<(usize, usize)> =
        GROUPS.iter().enumerate().flat_map(|(group, words)| (0..words.len()).map(move |at| (group, at))).collect();
    let finder =
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(GROUPS.iter().copied().flatten()).ok()?;
    let other = packed::Searcher::new(GROUPS.iter().flat_map(|words| words.iter().skip(1)));
    Some(Spellings { finder, places, other })
});

/// Calls `see` with group, spelling and place of each word.
pub(super) fn words(text: &str, see: &mut dyn FnMut(usize, usize, std::ops::Range<usize>)) {
    let Some(Spellings { finder, places, .. }) = SPELLINGS.as_ref() else { return };
    for hit in finder.find_iter(text) {
        let rest = &text[hit.end()..];
        // 取り組みながら, 取り組みます are verbs
        let is_verb = hit.range().len() == "取り組み".len()
            && text[hit.range()].starts_with("取り")
            && !rest.starts_with(['を', 'の', 'に', 'が', 'は', 'と', 'も', '（', '及', '又', '内'])
            || rest.starts_with("ながら");
        if let Some(&(group, spelling)) = places.get(hit.pattern().as_usize())
            && !is_verb
        {
            see(group, spelling, hit.range());
        }
    }
}

fn check(context: &Context, sink: &mut Sink) {
    let other = SPELLINGS.as_ref().and_then(|spellings| spellings.other.as_ref());
    if other.is_some_and(|searcher| searcher.find(context.own()).is_none()) {
        return;
    }
    let mut counts = [[0usize; 3]; GROUPS.len()];
    let mut count = |group: usize, spelling: usize| {
        if let Some(slot) = counts.get_mut(group).and_then(|group| group.get_mut(spelling)) {
            *slot += 1;
        }
    };
    walk::texts(context.tree, &mut |_, text| words(&text.text, &mut |group, spelling, _| count(group, spelling)));
    for (group, spellings) in counts.iter().enumerate() {
        let mut used: Vec<(usize, usize)> = spellings.iter().copied().enumerate().filter(|(_, n)| *n > 0).collect();
        // where both are as frequent, the official one is the other one
        used.sort_by_key(|(at, n)| (*n, std::cmp::Reverse(*at)));
        if let [(rare, few), .., (common, many)] = used.as_slice() {
            report(context, group, (*rare, *few), (*common, *many), sink);
        }
    }
}

fn report(context: &Context, group: usize, rare: (usize, usize), common: (usize, usize), sink: &mut Sink) {
    let spelling = |at: usize| GROUPS.get(group).and_then(|words| words.get(at)).copied().unwrap_or("");
    let (Some((path, span)), other) = (first(context, group, rare.0), first(context, group, common.0)) else { return };
    let (few, many) = (spelling(rare.0), spelling(common.0));
    let words = Words::new(
        format!("「{few}」（{}か所）と「{many}」（{}か所）が混ざっています", rare.1, common.1),
        format!("both 「{few}」 ({} times) and 「{many}」 ({} times)", rare.1, common.1),
    );
    let related = other.map(|(path, span)| Related {
        path,
        span,
        words: Words::new(format!("ここでは「{many}」"), format!("「{many}」 here")),
    });
    sink.add(path, span, words).related.extend(related);
}

/// The first place of a spelling.
fn first(context: &Context, group: usize, spelling: usize) -> Option<(String, Option<Span>)> {
    let mut found = None;
    walk::texts(context.tree, &mut |at, text| {
        if found.is_none() {
            words(&text.text, &mut |g, s, range| {
                if (g, s) == (group, spelling) && found.is_none() {
                    found = Some(((at.path)(), join::place(text, range, context.source)));
                }
            });
        }
    });
    found
}
