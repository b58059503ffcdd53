//! What converters to Markdown put around words: marks of headings, pipes of a row over all columns, backslashes, tags, fences.

use super::{is_blank, trim};
use crate::parse::is_entry;
use std::borrow::Cow;

/// `第1章 総則` of `## 第1章 総則`, `医療` of `| 医療 |  |  |`; nothing of `::: {.page}`
#[inline(always)]
pub fn bare(text: &str) -> &str {
    match text.as_bytes() {
        [b'#', ..] => {
            let rest = text.trim_start_matches('#');
            if rest.starts_with(is_blank) { rest.trim_start_matches(is_blank) } else { text }
        }
        [b'|', ..] => over_all_columns(text).unwrap_or(text),
        [b':', b':', b':', rest @ ..] if is_fence(rest) => "",
        _ => text,
    }
}

/// What follows the first colons of `:::`, of `::: {style="break-before:page"}`
fn is_fence(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii();
    rest.iter().all(|byte| *byte == b':') || rest.starts_with(b"{") && rest.ends_with(b"}")
}

/// The first cell of a row whose others are empty, as a cell over all columns comes out.
fn over_all_columns(row: &str) -> Option<&str> {
    let (first, others) = row.strip_prefix('|')?.split_once('|')?;
    let is_alone = others.contains('|') && others.chars().all(|c| c == '|' || is_blank(c));
    Some(trim(first)).filter(|first| is_alone && !first.is_empty() && !first.starts_with(['-', ':', '=']))
}

/// The elements whose tags only set words; those of cells and rows keep words apart.
const TAGS: &[&str] = &[
    "br", "div", "span", "p", "a", "b", "i", "u", "em", "strong", "sup", "sub", "font", "center", "small", "img", "hr",
];

/// The elements whose tags keep words apart.
const APART: &[&str] = &[
    "table", "thead", "tbody", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5",
    "h6", "html", "body", "head", "pre",
];

/// Where a tag stands that is more than a mark around words: `<td>`
pub fn left(text: &str) -> Option<usize> {
    let is_tag = |at: &usize| is_of(APART, &text[at + 1..]);
    memchr::memchr_iter(b'<', text.as_bytes()).find(is_tag)
}

/// `td>`, `/td>`, `td class="…">`
fn is_of(elements: &[&str], rest: &str) -> bool {
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
    elements.iter().any(|element| element.eq_ignore_ascii_case(&name[..end]))
}

/// The length of the tag, or of the comment, that a letter begins, without that letter: `br>`, `!-- page 2 -->`
pub fn tag(first: char, rest: &str) -> Option<usize> {
    if first != '<' {
        return None;
    }
    if let Some(words) = rest.strip_prefix("!--") {
        // no comment holds `--`, with which another begins: each is looked through once
        let end = words.find("--").filter(|at| words[*at..].starts_with("-->"))?;
        return Some("!--".len() + end + "-->".len());
    }
    let close = rest.find(['>', '<']).filter(|at| rest[*at..].starts_with('>'))?;
    is_of(TAGS, rest).then_some(close + 1)
}

/// The words without tags and the backslashes that only Markdown needs, before marks and at the end of a line, and how many
/// there were.
pub fn unmarked(text: &str) -> (Cow<'_, str>, u32) {
    if memchr::memchr2(b'\\', b'<', text.as_bytes()).is_none() {
        return (Cow::Borrowed(text), 0);
    }
    let (mut words, mut marks) = (String::with_capacity(text.len()), 0);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let rest = chars.as_str();
        if let Some(len) = tag(c, rest) {
            chars = rest[len..].chars();
            marks += 1;
            // in a cell it ends a line, which says where an entry of a list begins
            let is_break = || rest.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br"));
            if text.starts_with('|') && is_break() && is_entry(chars.as_str()) {
                words.push('\n');
            }
        } else if c == '\\' && (rest.is_empty() || rest.starts_with(is_escaped)) {
            words.extend(chars.next());
            marks += 1;
        } else {
            words.push(c);
        }
    }
    match marks {
        0 => (Cow::Borrowed(text), 0),
        _ => (Cow::Owned(trim(&words).to_string()), marks),
    }
}

/// Whether a backslash before a mark only says that it is one; before a pipe, it says that no cell ends there.
fn is_escaped(mark: char) -> bool {
    mark.is_ascii_punctuation() && mark != '|'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_over_all_columns() {
        for (row, words) in [
            ("| 医療 |  |  |", "医療"),
            ("| (1) 夜間診療 | |", "(1) 夜間診療"),
            ("## 第1章 総則", "第1章 総則"),
            ("#1", "#1"),
            ("| 医療 |", "| 医療 |"),
            ("| | 続き | |", "| | 続き | |"),
            ("| --- | |", "| --- | |"),
            ("| 医療 | 文 |", "| 医療 | 文 |"),
            ("::: {style=\"break-before:page\"}", ""),
            (":::::", ""),
            ("::: 医療", "::: 医療"),
        ] {
            assert_eq!(bare(row), words);
        }
    }

    #[test]
    fn tags_of_tables() {
        for (text, at) in
            [("甲<td>乙", Some(3)), ("</table>", Some(0)), ("<ICT>", None), ("a < td", None), ("<td", None)]
        {
            assert_eq!(left(text), at, "{text}");
        }
    }

    #[test]
    fn marks_around_words() {
        for (text, words) in [
            ("\\(1\\) 医療", "(1) 医療"),
            ("運転手を雇う。\\", "運転手を雇う。"),
            ("1\\. 医療", "1. 医療"),
            ("\\1,000", "\\1,000"),
            ("甲\\|乙", "甲\\|乙"),
            ("車を出す。<br>宿を<BR/>貸す。<br />", "車を出す。宿を貸す。"),
            ("| 甲 | (1) 車を出す。<br>(2) 宿を<br>貸す。 |", "| 甲 | (1) 車を出す。\n(2) 宿を貸す。 |"),
            ("<!-- page 2 -->", ""),
            ("<!-- <!-- 2", "<!-- <!-- 2"),
            ("<div style=\"break-before:page\"> 第1条", "第1条"),
            ("<ICT>の活用<br", "<ICT>の活用<br"),
            ("<td>甲</td>", "<td>甲</td>"),
        ] {
            assert_eq!(unmarked(text).0, words);
        }
    }
}
