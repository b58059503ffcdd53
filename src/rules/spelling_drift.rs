//! `spelling-drift`

use super::{Context, Rule, Sink, prose};
use crate::diagnostics::{Related, Severity, Words};
use crate::lines::join;
use crate::span::Span;
use aho_corasick::{AhoCorasick, Match, packed};
use std::cmp::Reverse;
use std::ops::Range;
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

/// Every spelling but the first of its group, found in one pass: most texts have few or none.
struct Others {
    /// Several times faster than the automaton on Japanese text; there is none for some processors.
    packed: Option<packed::Searcher>,
    automaton: AhoCorasick,
    /// Of each pattern: its group, and its place in it.
    places: Vec<(usize, usize)>,
}

static OTHERS: LazyLock<Option<Others>> = LazyLock::new(|| {
    let words = || GROUPS.iter().flat_map(|words| words.iter().skip(1));
    let places = GROUPS.iter().enumerate().flat_map(|(group, words)| (1..words.len()).map(move |at| (group, at)));
    Some(Others {
        packed: packed::Searcher::new(words()),
        automaton: AhoCorasick::new(words()).ok()?,
        places: places.collect(),
    })
});

/// Calls `see` with group, spelling and place of each word that is not spelled as the first of its group.
pub(super) fn others(text: &str, see: &mut dyn FnMut(usize, usize, Range<usize>)) {
    let Some(Others { packed, automaton, places }) = OTHERS.as_ref() else { return };
    let mut found = |hit: Match| {
        if let Some(&(group, spelling)) = places.get(hit.pattern().as_usize())
            && !is_verb(text, hit.range())
        {
            see(group, spelling, hit.range());
        }
    };
    match packed {
        Some(packed) => packed.find_iter(text).for_each(&mut found),
        None => automaton.find_iter(text).for_each(&mut found),
    }
}

/// Calls `see` with the place of each word that is spelled as the first of its group: 取組, but not in 取組み.
fn firsts(text: &str, group: usize, see: &mut dyn FnMut(Range<usize>)) {
    let Some((first, others)) = GROUPS.get(group).and_then(|words| words.split_first()) else { return };
    for at in memchr::memmem::find_iter(text.as_bytes(), first) {
        let is_longer = others.iter().any(|other| text[at..].starts_with(other));
        let place = at..at + first.len();
        if !is_longer && !is_verb(text, place.clone()) {
            see(place);
        }
    }
}

/// 取り組みながら, 取り組みます are verbs
fn is_verb(text: &str, place: Range<usize>) -> bool {
    let rest = &text[place.end..];
    let may_be_noun = rest.starts_with(['を', 'の', 'に', 'が', 'は', 'と', 'も', '（', '及', '又', '内']);
    &text[place] == "取り組み" && !may_be_noun || rest.starts_with("ながら")
}

/// How often a spelling stands in the texts, and where first.
#[derive(Clone, Debug, Default)]
struct Used {
    count: usize,
    first: Range<usize>,
}

impl Used {
    fn add(&mut self, place: Range<usize>) {
        if self.count == 0 {
            self.first = place;
        }
        self.count += 1;
    }
}

fn check(context: &Context, sink: &mut Sink) {
    let words = &context.prose().words;
    let mut used: [[Used; 3]; GROUPS.len()] = Default::default();
    others(words, &mut |group, spelling, place| used[group][spelling].add(place));
    for (group, spellings) in used.iter_mut().enumerate() {
        if spellings.iter().all(|used| used.count == 0) {
            continue;
        }
        firsts(words, group, &mut |place| spellings[0].add(place));
        let mut used: Vec<(usize, &Used)> = spellings.iter().enumerate().filter(|(_, used)| used.count > 0).collect();
        // where both are as frequent, the official one is the other one
        used.sort_by_key(|(at, used)| (used.count, Reverse(*at)));
        if let [rare, .., common] = used.as_slice() {
            report(context, group, *rare, *common, sink);
        }
    }
}

fn report(context: &Context, group: usize, rare: (usize, &Used), common: (usize, &Used), sink: &mut Sink) {
    let spelling = |at: usize| GROUPS.get(group).and_then(|words| words.get(at)).copied().unwrap_or("");
    let (Some((path, span)), other) = (place(context, rare.1), place(context, common.1)) else { return };
    let (few, many) = (spelling(rare.0), spelling(common.0));
    let words = Words::new(
        format!("「{few}」（{}か所）と「{many}」（{}か所）が混ざっています", rare.1.count, common.1.count),
        format!("both 「{few}」 ({} times) and 「{many}」 ({} times)", rare.1.count, common.1.count),
    );
    let related = other.map(|(path, span)| Related {
        path,
        span,
        words: Words::new(format!("ここでは「{many}」"), format!("「{many}」 here")),
    });
    sink.add(path, span, words).related.extend(related);
}

/// The first place of a spelling.
fn place(context: &Context, used: &Used) -> Option<(crate::model::path::Path, Option<Span>)> {
    let (nth, at) = context.prose().place(used.first.start);
    let mut found = None;
    prose::visit(context.tree, [nth].into_iter(), &mut |_, here, text| {
        found = Some(((here.path)(), join::place(text, at..at + used.first.len(), context.source)));
    });
    found
}
