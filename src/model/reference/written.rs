//! How a reference is written: `第4条第2項(1)`, `前2条`, `次条第1項から第3項まで`, `同項各号`.

use crate::ast::Numbering;
use crate::lines::is_blank;
use crate::parse::{head, numeral};
use compact_str::{CompactString, ToCompactString};

/// What is written for one level: 条, 項 or 号.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing.
    #[default]
    Absent,
    /// `第4条`, `(1)`
    Number(CompactString),
    /// `第1条から第3条まで`
    Range(CompactString, CompactString),
    /// `前条` is 1, `前3項` is 3
    Before(usize),
    /// `次条`
    Next,
    /// `本条`, `この条`
    This,
    /// `同条`
    Same,
    /// `前各項`
    AllBefore,
    /// `各号`, `次の各号`
    All,
    /// `当該各号`: those that were spoken of
    Those,
}

/// A reference to a provision, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub article: Step,
    pub paragraph: Step,
    pub item: Step,
}

impl Written {
    /// Whether no level is written.
    pub fn is_empty(&self) -> bool {
        [&self.article, &self.paragraph, &self.item].iter().all(|step| **step == Step::Absent)
    }
}

/// Words for one level that carry no number.
const WORDS: &[(&str, char, Step)] = &[
    ("前条", '条', Step::Before(1)),
    ("次条", '条', Step::Next),
    ("本条", '条', Step::This),
    ("この条", '条', Step::This),
    ("同条", '条', Step::Same),
    ("前項", '項', Step::Before(1)),
    ("次項", '項', Step::Next),
    ("本項", '項', Step::This),
    ("この項", '項', Step::This),
    ("同項", '項', Step::Same),
    ("前各項", '項', Step::AllBefore),
    ("前号", '号', Step::Before(1)),
    ("次号", '号', Step::Next),
    ("同号", '号', Step::Same),
    ("前各号", '号', Step::AllBefore),
    ("次の各号", '号', Step::All),
    ("当該各号", '号', Step::Those),
    ("各号", '号', Step::All),
];

/// The provision that `input` begins with, and what follows it.
pub(super) fn provision(input: &str) -> (Written, &str) {
    let (article, rest) = step(input, '条');
    let (paragraph, rest) = step(rest, '項');
    let (item, rest) = step(rest, '号');
    if item != Step::Absent || (article == Step::Absent && paragraph == Step::Absent) {
        return (Written { article, paragraph, item }, rest);
    }
    let (item, rest) = match parenthesized(rest) {
        Some((number, rest)) => match rest.strip_prefix("から").and_then(parenthesized) {
            Some((last, rest)) => (Step::Range(number, last), made(rest)),
            None => (Step::Number(number), rest),
        },
        None => (Step::Absent, rest),
    };
    (Written { article, paragraph, item }, rest)
}

/// One level: a word, `第2項`, `前2項`, `第1項から第3項まで`
fn step(input: &str, unit: char) -> (Step, &str) {
    let bare = input.trim_start_matches(is_blank);
    if !bare.starts_with(['前', '次', '本', 'こ', '同', '当', '各', '第']) {
        return (Step::Absent, input);
    }
    if !bare.starts_with('第') {
        if let Some((word, _, step)) = WORDS.iter().find(|(word, of, _)| *of == unit && bare.starts_with(word)) {
            return (step.clone(), &bare[word.len()..]);
        }
        let before = bare.strip_prefix('前').and_then(figure);
        return match before.and_then(|(count, rest)| Some((count, rest.strip_prefix(unit)?))) {
            Some((count, rest)) => (Step::Before(count.min(1000) as usize), rest),
            None => (Step::Absent, input),
        };
    }
    match numbered(bare, unit) {
        Some((first, rest)) => match rest.strip_prefix("から").and_then(|r| numbered(r, unit)) {
            Some((last, rest)) => (Step::Range(first, last), made(rest)),
            None => (Step::Number(first), rest),
        },
        None => (Step::Absent, input),
    }
}

/// What follows まで.
fn made(rest: &str) -> &str {
    rest.strip_prefix("まで").unwrap_or(rest)
}

/// `第12条の2`, for the unit that is asked for
fn numbered(text: &str, unit: char) -> Option<(CompactString, &str)> {
    let (number, rest) = figure(text.trim_start_matches(is_blank).strip_prefix('第')?)?;
    let (branch, rest) = branch(rest.trim_start_matches(is_blank).strip_prefix(unit)?);
    let mut number = number.to_compact_string();
    number.push_str(&branch);
    Some((number, rest))
}

/// `(1)`, `（１）`, `⑴`
fn parenthesized(text: &str) -> Option<(CompactString, &str)> {
    let open = text.trim_start_matches(is_blank);
    if !open.starts_with(|c| matches!(c, '(' | '（' | '⑴'..='⒇')) {
        return None;
    }
    let head = head::item(open).filter(|head| head.numbering == Numbering::ParenArabic)?;
    Some((head.value.to_compact_string(), &open[head.label.len()..]))
}

/// `12`, `十二`: the value and what follows
pub(super) fn figure(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(is_blank);
    let digits = text.trim_start_matches(|c| numeral::digit(c).is_some());
    let rest = if digits.len() < text.len() { digits } else { text.trim_start_matches(numeral::is_kanji_digit) };
    Some((numeral::value(&text[..text.len() - rest.len()])?, rest))
}

/// `の2`, `の2の2`; `第3条の2つの` counts things
pub(super) fn branch(mut text: &str) -> (String, &str) {
    let mut out = String::new();
    while let Some((value, rest)) = text.strip_prefix('の').and_then(figure)
        && !rest.starts_with(['つ', '回', '人', '年', '月', '市', '町', '村', '以', '者', '割', '団', '分'])
    {
        out += &format!("の{value}");
        text = rest;
    }
    (out, text)
}
