//! The head of one line, in nom: what stands before the words. A head says what it could be; the fold decides.

mod items;

pub use items::{ItemHead, begins_word, item, item_of, may_be_item};

use super::captions::BULLETS;
use super::numeral;
use crate::lines::is_blank;
use compact_str::{CompactString, ToCompactString, format_compact};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{anychar, one_of};
use nom::combinator::{consumed, map, map_opt, opt, recognize};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// `第3条の2`, and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleHead<'a> {
    /// `3の2`
    pub number: CompactString,
    /// `第3条の2`, as written
    pub label: &'a str,
    /// The words after it, blanks stepped over
    pub rest: &'a str,
    /// No blank stood between label and words
    pub glued: bool,
}

/// `別表第1の2（第3条関係）`, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableHead<'a> {
    /// `1の2`, or empty
    pub number: CompactString,
    /// `別表第1の2`, as written
    pub label: &'a str,
    /// `第3条関係`, without brackets
    pub reference: Option<&'a str>,
    /// The title, where it stands on the same line
    pub rest: &'a str,
}

fn blanks(input: &str) -> IResult<&str, &str> {
    take_while(is_blank).parse(input)
}

/// `12`, `１ ２`, `十二`
fn figure(input: &str) -> IResult<&str, u32> {
    alt((
        map_opt(take_while1(|c| numeral::digit(c).is_some()), numeral::value),
        map_opt(take_while1(numeral::is_kanji_digit), numeral::value),
    ))
    .parse(input)
}

/// `の2`, `の2の3`
fn branch(input: &str) -> IResult<&str, CompactString> {
    if !input.trim_start_matches(is_blank).starts_with('の') {
        return Ok((input, CompactString::default()));
    }
    let (rest, parts) = many0(preceded((blanks, tag("の"), blanks), figure)).parse(input)?;
    Ok((rest, parts.iter().map(|n| format_compact!("の{n}")).collect()))
}

/// `3の2`
pub fn numbered(value: u32, branch: &str) -> CompactString {
    let mut number = value.to_compact_string();
    number.push_str(branch);
    number
}

/// The words after a head, and whether no blank stood between.
fn words(rest: &str) -> (&str, bool) {
    let after = rest.strip_prefix(' ').unwrap_or(rest);
    let words = match after.as_bytes() {
        // kanji, as nearly always
        [0xE4..=0xE9, ..] => after,
        _ => after.trim_start_matches(|c| is_blank(c) || c == '\t'),
    };
    (words, words.len() == rest.len() && !words.is_empty())
}

/// `第3条`, `第 ３ 条の２`, `第三条`, `第3条から第5条まで　削除`
pub fn article(input: &str) -> Option<ArticleHead<'_>> {
    let article = || (delimited((tag("第"), blanks), figure, (blanks, tag("条"))), branch);
    let (rest, (label, (number, branch))) = consumed(article()).parse(input).ok()?;
    let mut range =
        consumed(alt((preceded(tag("から"), (article(), tag("まで"))), preceded(tag("及び"), (article(), tag(""))))));
    // nearly no number is the first of several
    let several = if rest.starts_with(['か', '及']) { range.parse(rest).ok() } else { None };
    let (label, rest) = match several {
        Some((after, (more, _))) if words(after) == ("削除", false) => (&input[..label.len() + more.len()], after),
        _ => (label, rest),
    };
    let (rest, glued) = words(rest);
    Some(ArticleHead { number: numbered(number, &branch), label, rest, glued })
}

/// `第1章 総則`: the level (編 0, 章 1, 節 2, 款 3) of a heading
pub fn division(input: &str) -> Option<u8> {
    let kind = one_of::<_, _, nom::error::Error<&str>>("編章節款");
    let (rest, (_, kind)) = (delimited((tag("第"), blanks), figure, blanks), kind).parse(input).ok()?;
    let heading = rest.trim_start_matches(is_blank);
    let is_title = heading.len() < rest.len() || heading.is_empty();
    (is_title && !heading.ends_with('。')).then(|| "編章節款".chars().position(|c| c == kind).unwrap_or(0) as u8)
}

/// `第2　福祉`: the label, its number, and the words behind it
pub fn ordinal(input: &str) -> Option<(&str, u32, &str)> {
    let (rest, (label, number)) = consumed(preceded((tag("第"), blanks), figure)).parse(input).ok()?;
    let (rest, glued) = words(rest);
    (!glued && !rest.is_empty()).then_some((label, number, rest))
}

/// `（…）`, `(…)`, `〔…〕` around the whole input: what stands inside, blanks trimmed
pub fn bracketed(input: &str) -> Option<&str> {
    let inner = between(input)?;
    // `（a）b（c）` is not one bracket
    let mut depth = 0i32;
    for c in inner.chars() {
        match c {
            '（' | '(' | '［' | '[' | '〔' => depth += 1,
            '）' | ')' | '］' | ']' | '〕' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    Some(inner.trim_matches(is_blank))
}

/// What stands between the brackets with which the input begins and ends, be they one pair or two
fn between(input: &str) -> Option<&str> {
    const PAIRS: [(char, char); 5] = [('（', '）'), ('(', ')'), ('［', '］'), ('[', ']'), ('〔', '〕')];
    let open = input.chars().next()?;
    let close = input.chars().next_back()?;
    let (_, want) = PAIRS.iter().find(|pair| pair.0 == open)?;
    let matches = *want == close || matches!((open, close), ('(', '）') | ('（', ')'));
    let inner = if matches { &input[open.len_utf8()..input.len() - close.len_utf8()] } else { "" };
    (!inner.is_empty()).then_some(inner)
}

/// [`bracketed`] of what is known to end with the bracket that it opens, by [`closing_bracket`]
pub fn within(bracket: &str) -> Option<&str> {
    Some(between(bracket)?.trim_matches(is_blank))
}

/// What may stand around the head of a table.
const AROUND: [(char, char); 4] = [('【', '】'), ('＜', '＞'), ('〈', '〉'), ('《', '》')];

/// Whether the head of a table may begin so: `別`, `【別`, `■別`
pub fn may_be_table(input: &str) -> bool {
    let is_around = |c: char| AROUND.iter().any(|(open, _)| *open == c);
    input.trim_start_matches(BULLETS).trim_start_matches(is_around).starts_with('別')
}

/// `別表第1（第3条関係）`, `別表１ [第3条(1)]`, `別　表`, `別記`, `別紙－1`, `別表①`, `別表2：福祉`, `■別表1`
pub fn table(input: &str) -> Option<TableHead<'_>> {
    let input = input.trim_start_matches(BULLETS);
    // `【別表第1】（第3条関係）`
    if let Some((inner, close)) = AROUND.iter().find_map(|(open, close)| Some((input.strip_prefix(*open)?, *close))) {
        let (name, after) = inner.split_once(close).filter(|_| inner.starts_with('別'))?;
        let mut head = table(name).filter(|head| after.is_empty() || head.rest.is_empty())?;
        let after = after.trim_start_matches(is_blank);
        let end = if after.starts_with(['（', '(', '［', '[', '〔']) { closing_bracket(after) } else { None };
        if let Some(end) = end.filter(|_| head.reference.is_none()) {
            head.reference = bracketed(&after[..end]);
        }
        let title = after[end.unwrap_or(0)..].trim_start_matches(is_blank);
        head.rest = if title.is_empty() { head.rest } else { title };
        return Some(head);
    }
    let name = alt((recognize((tag("別"), blanks, tag("表"))), tag("別記"), tag("別紙"), tag("別添")));
    let circled = map_opt(anychar, |c| numeral::enclosed(c).map(|(_, value)| value));
    let figures = (terminated(figure, opt(tag("号"))), branch);
    let number = alt((
        preceded((blanks, opt(alt((tag("第"), tag("－"), tag("-")))), blanks), figures),
        map(circled, |value| (value, CompactString::default())),
    ));
    let (rest, (label, (_, number))) = consumed((name, opt(number))).parse(input).ok()?;
    let after_colon = rest.strip_prefix(['：', ':']).filter(|_| number.is_some());
    let number = number.map_or(CompactString::default(), |(n, branch)| numbered(n, &branch));
    let (words, glued) = after_colon.map_or_else(|| words(rest), |rest| (rest.trim_start_matches(is_blank), false));
    let (reference, title) = match words.chars().next() {
        None => (None, words),
        Some('（' | '(' | '［' | '[' | '〔') => match closing_bracket(words) {
            Some(end) => (bracketed(&words[..end]), words[end..].trim_start_matches(is_blank)),
            None => return None,
        },
        // `別表1から別表3に` is a wrapped sentence
        Some(_) if glued => return None,
        // `別表1　第3条関係`
        Some('第') if words.ends_with("関係") => (Some(words), ""),
        Some(_) => (None, words),
    };
    let is_head = !title.ends_with(['。', '、'])
        && !title.starts_with(['に', 'か', 'の', 'を', '及', '、', '。', 'と', 'は', 'で']);
    is_head.then_some(TableHead { number, label, reference, rest: title })
}

/// The end of the bracket that `input` opens, in bytes.
pub fn closing_bracket(input: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in input.char_indices() {
        match c {
            '（' | '(' | '［' | '[' | '〔' => depth += 1,
            '）' | ')' | '］' | ']' | '〕' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_heads() {
        for (text, want) in [
            ("第1条 この協定は", Some(("1", "この協定は", false))),
            ("第１条　この", Some(("1", "この", false))),
            ("第 1 条 この", Some(("1", "この", false))),
            ("第一条", Some(("1", "", false))),
            ("第十二条の二 甲", Some(("12の2", "甲", false))),
            ("第3条の規定により", Some(("3", "の規定により", true))),
            ("第3条から第5条まで　削除", Some(("3", "削除", false))),
            ("第3条から第5条までに定める", Some(("3", "から第5条までに定める", true))),
            ("第1項 の", None),
            ("第3条から第5条まで 削除", Some(("3", "削除", false))),
            ("第3条から第5条まで 改める", Some(("3", "から第5条まで 改める", true))),
        ] {
            let got = article(text);
            assert_eq!(got.as_ref().map(|h| (h.number.as_str(), h.rest, h.glued)), want, "{text}");
        }
    }

    #[test]
    fn table_heads() {
        for (text, want) in [
            ("別表1 [第3条(1)]", Some(("1", Some("第3条(1)"), ""))),
            ("別表第１（第３条(１)関係）", Some(("1", Some("第３条(１)関係"), ""))),
            ("別表第 1 （第 3 条関係）", Some(("1", Some("第 3 条関係"), ""))),
            ("別表", Some(("", None, ""))),
            ("別表第1の2 防災", Some(("1の2", None, "防災"))),
            ("別表1から別表3に", None),
            ("別表第１ から別表第３まで", None),
        ] {
            let got = table(text);
            assert_eq!(got.as_ref().map(|h| (h.number.as_str(), h.reference, h.rest)), want, "{text}");
        }
    }

    #[test]
    fn other_heads() {
        assert_eq!(bracketed("（目的）"), Some("目的"));
        assert_eq!(bracketed("( 基本方針)"), Some("基本方針"));
        assert_eq!(bracketed("（甲）と（乙）"), None);
        assert_eq!(bracketed("(a)"), Some("a"));
        assert_eq!(division("第1章 総則"), Some(1));
        assert_eq!(division("第一編　総則"), Some(0));
        assert_eq!(division("第1章の規定"), None);
    }
}
