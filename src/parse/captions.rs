//! Captions without brackets, over their articles or behind the numbers:
//!
//! ```text
//! 目的                     第1条　目的
//! 第1条　この協定は…        この協定は…
//! ```
//!
//! One such line alone may be words of a sentence that a wrap cut; where every article has one, none is.

use super::{Context, head, label, zones};
use crate::lines::{Line, is_blank};

/// Letters with which no caption ends, and the first line of a cut sentence may.
const GO_ON: &[char] =
    &['は', 'を', 'に', 'と', 'が', 'の', 'で', 'も', 'る', 'た', 'く', 'す', 'し', 'て', 'び', 'へ'];
/// What stands in no caption.
const MARKS: &[char] = &['。', '、', '「', '：', '（', '(', '）', ')', '\t', '|'];
/// Marks before a caption.
pub const BULLETS: &[char] = &['■', '□', '◆', '◇', '●', '○'];
/// No caption is longer, in letters.
const LONGEST: usize = 24;

/// Where the captions of all articles stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    /// `目的⏎第1条　この協定は…`
    Over,
    /// `第1条　目的⏎この協定は…`
    Behind,
}

impl Bare {
    /// Asks the articles from a line on, two at least; `None` where one has no such caption.
    pub fn of(lines: &[Line], start: usize, cx: &Context) -> Option<Self> {
        if all(lines, start, |at, words| is_behind(words, &lines[at], lines.get(at + 1), cx)) {
            return Some(Bare::Behind);
        }
        stand_over_articles(lines, start, cx).then_some(Bare::Over)
    }
}

/// Whether a caption stands over each article from a line on.
pub fn stand_over_articles(lines: &[Line], start: usize, cx: &Context) -> bool {
    all(lines, start, |at, _| at.checked_sub(1).is_some_and(|over| is_over(lines, over, cx)))
}

/// Whether two articles or more begin from a line on, and each is as asked: with its line, and the words behind its number.
fn all(lines: &[Line], start: usize, is_so: impl Fn(usize, &str) -> bool) -> bool {
    let is_end = |line: &Line| zones::is_table(line) || zones::is_supplementary(&line.text);
    let body = lines.iter().enumerate().skip(start).take_while(|(_, line)| !is_end(line));
    let mut count = 0;
    // `第3条の規定` is a reference, which a wrap put at the start of its line
    body.filter(|(_, line)| line.ordinal)
        .filter_map(|(at, line)| head::article(&line.text).filter(|head| !head.glued).map(|head| is_so(at, head.rest)))
        .inspect(|_| count += 1)
        .all(|is_so| is_so)
        && count > 1
}

/// `目的` over `この協定は…`
fn is_behind(words: &str, line: &Line, below: Option<&Line>, cx: &Context) -> bool {
    may_be(words) && !zones::is_full(line, cx) && below.is_some_and(|below| !below.ordinal)
}

/// `目的` over `第1条　この協定は…`, where nothing goes on
pub fn is_over(lines: &[Line], at: usize, cx: &Context) -> bool {
    let [line, below, ..] = &lines[at..] else { return false };
    // `(2) 産業の振興` ends with its line
    let is_whole = |before: &Line| head::item_of(before).is_some() && !zones::is_full(before, cx);
    let ends =
        |before: &Line| before.text.ends_with('。') || head::division(&before.text).is_some() || is_whole(before);
    let is_apart = || line.gap || at.checked_sub(1).is_none_or(|before| ends(&lines[before]));
    below.ordinal
        && may_be(&line.text)
        && is_apart()
        && head::item_of(line).is_none()
        && head::division(&line.text).is_none()
        && head::article(&below.text).is_some_and(|head| !head.glued && !head.rest.is_empty())
}

fn may_be(words: &str) -> bool {
    !words.is_empty()
        && !words.contains(MARKS)
        && !words.ends_with(GO_ON)
        && words.chars().filter(|c| !is_blank(*c)).count() <= LONGEST
        && !words.split(is_blank).next().is_some_and(label::is_stem)
}
