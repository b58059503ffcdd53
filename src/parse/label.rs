//! Labels of cells and levels: 取組内容, 甲の役割, 役割分担. The level is found by these words, never by its depth.

mod prefix;
mod roles;

pub use super::vocabulary::Vocabulary;
pub use prefix::{begins, count, holder, holds, prefix, says};
pub use roles::{Written, is_stem, is_symbol, known, party, role_of_one, written};

use self::roles::{may_join, role};
use super::party::Party;
use super::vocabulary::{CONTAINER, CONTENT, FIELD, LONGEST, NAME, OTHER, ROLE, begins_label, may_end};
use crate::ast::Symbols;
use crate::lines::{find_blank, is_blank};
use std::borrow::Cow;

/// What a label says about the text under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// 取組内容
    Content,
    /// 甲の役割: the symbols of the parties it names
    Role(Symbols),
    /// 役割分担, 互いの役割: the roles stand one level below; with a text of its own, a joint role
    Container,
    /// 項目, 取組: heads the column of names
    Name,
    /// 分野, 区分: heads the column of fields
    Field,
    /// A label that is none of these: 費用負担, 備考
    Other,
}

/// Whether `text` may end as a label does.
pub fn may_be(text: &str, words: &Vocabulary) -> bool {
    !words.is_empty() || text.ends_with(may_end)
}

/// A short label in one spelling: without blanks, brackets and colon, 取組み and 取り組み as 取組.
pub fn fold(text: &str) -> Cow<'_, str> {
    let inner = strip_brackets(text);
    let inner = inner.trim_end_matches([':', '：', '･', '*']).trim_end_matches(is_blank);
    let has_kana = inner.contains(['み', 'お']);
    let Some(mut blank) = find_blank(inner) else {
        return if has_kana { one_spelling(inner).into() } else { inner.into() };
    };
    let (mut word, mut rest) = (String::with_capacity(inner.len()), inner);
    loop {
        word.push_str(&rest[..blank]);
        rest = rest[blank..].trim_start_matches(is_blank);
        let Some(next) = find_blank(rest) else { break };
        blank = next;
    }
    word.push_str(rest);
    if has_kana { one_spelling(&word).into() } else { word.into() }
}

/// 取り組み and 取組み as 取組, および as 及び
fn one_spelling(word: &str) -> String {
    word.replace("取り組み", "取組").replace("取組み", "取組").replace("および", "及び")
}

/// What may stand around a label.
pub const BRACKETS: &[(char, char)] = &[
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('[', ']'),
    ('〈', '〉'),
    ('＜', '＞'),
    ('<', '>'),
    ('《', '》'),
    ('（', '）'),
    ('(', ')'),
];

/// Kana and kanji, as nearly all letters are.
pub fn is_letter(c: char) -> bool {
    matches!(c, 'ぁ'..='ヺ' | '\u{4E00}'..='\u{9FFF}')
}

/// Those and figures: no bracket and no mark stands before words that begin so.
pub fn is_word(first: char) -> bool {
    is_letter(first) || first.is_ascii_alphanumeric() || matches!(first, '０'..='９')
}

/// What may stand before one.
pub const MARKS: &[char] = &[
    '■', '□', '◆', '◇', '●', '○', '◎', '◯', '〇', '▼', '▽', '▲', '△', '▶', '▷', '►', '★', '☆', '※', '＊', '*', '・',
    '•', '◦', '▪', '➢',
];

/// `【甲の役割】`, `〔…〕`, `［…］`, `〈…〉`, `＜…＞`, `■…`, `○…` without the marks
pub fn strip_brackets(text: &str) -> &str {
    let text = text.trim_matches(is_blank);
    // kanji and kana, with which nearly all begin, are no marks
    if text.starts_with(is_letter) {
        return text;
    }
    BRACKETS
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .unwrap_or_else(|| text.trim_start_matches(MARKS))
        .trim_matches(is_blank)
}

/// `夜間診療` of `**夜間診療**`, as Markdown sets words in bold type
pub fn plain(text: &str) -> &str {
    text.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).unwrap_or(text)
}

/// What `text`, a whole cell or line, says as a label; `None` when it is no label.
pub fn label(text: &str, parties: &[Party], words: &Vocabulary) -> Option<Label> {
    // no label is longer than 40 letters
    let may_end = |c| may_end(c) || is_blank(c) || !words.is_empty() && !matches!(c, '。' | '、');
    if text.len() > 120 || !text.ends_with(may_end) {
        return None;
    }
    // a blank behind it says nothing, unless it cuts a note: `甲の役割（中心  `
    let bare = if text.ends_with(is_blank) { text.trim_end_matches(is_blank) } else { text };
    if bare.len() < text.len() && !bare.contains(['（', '(']) {
        return label(bare, parties, words);
    }
    if let Some(found) = usual(text, parties) {
        return Some(found);
    }
    // the label of most names
    if text == "項目" && words.is_empty() {
        return Some(Label::Name);
    }
    let inner = strip_brackets(text);
    if inner.len() < text.len()
        && let Some(found) = usual(inner, parties)
    {
        return Some(found);
    }
    // one word of the vocabulary, or a party and its role
    if words.is_empty() && !begins_label(inner) && !may_join(inner) {
        return None;
    }
    let folded = fold(text);
    let meant = misread(&folded);
    let word = meant.as_deref().unwrap_or(&folded);
    let has = |list: &[&str]| word.len() <= LONGEST && list.contains(&word);
    let added = |list: &[String]| list.iter().any(|w| fold(w) == word);
    if has(CONTENT) || added(&words.content) {
        return Some(Label::Content);
    }
    if let Some(role) = role_of_one(word, parties) {
        return Some(role);
    }
    if let Some(parties) = role(word, parties, words) {
        return Some(Label::Role(parties.into()));
    }
    if has(CONTAINER) {
        return Some(Label::Container);
    }
    if has(NAME) || added(&words.name) {
        return Some(Label::Name);
    }
    if has(FIELD) {
        return Some(Label::Field);
    }
    has(OTHER).then_some(Label::Other)
}

/// Whether a whole cell or line heads the column of names, or that of the 分野.
pub fn heads_names(text: &str, parties: &[Party], words: &Vocabulary) -> bool {
    matches!(label(text, parties, words), Some(Label::Name | Label::Field))
}

/// The two labels that nearly every row has.
fn usual(text: &str, parties: &[Party]) -> Option<Label> {
    match text {
        "取組内容" | "取組の内容" => Some(Label::Content),
        _ => role_of_one(text, parties),
    }
}

/// The label that OCR misread: `田の役割` for 甲の役割, `取組內容`; `None` for one that it may well be.
pub fn look_alike(text: &str) -> Option<String> {
    // as nearly every label is spelled
    if matches!(text, "取組内容" | "甲の役割" | "乙の役割") {
        return None;
    }
    if !text.contains(['內', '田', '申', '由', '早', 'Z', 'z', 'Ｚ', 'ｚ', '2', 'L']) {
        return None;
    }
    misread(&fold(text))
}

/// The same for a label in one spelling.
fn misread(word: &str) -> Option<String> {
    if word.contains('內') {
        return Some(word.replace('內', "内"));
    }
    let first = word.chars().next()?;
    let stem = match first {
        '田' | '申' | '由' | '早' => '甲',
        'Z' | 'z' | 'Ｚ' | 'ｚ' | '2' | 'L' => '乙',
        _ => return None,
    };
    let rest = &word[first.len_utf8()..];
    rest.strip_prefix('の').filter(|role| ROLE.contains(role)).map(|_| format!("{stem}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::vocabulary::{may_be_field, may_begin, never_ends_name};

    pub(super) fn parties() -> Vec<Party> {
        [("甲", "青葉市"), ("乙", "若草町"), ("丙", "楓村")]
            .iter()
            .map(|(s, n)| Party::new(s.to_string(), vec![n.to_string()], (0, 0)))
            .collect()
    }

    pub(super) fn roles(symbols: &[&str]) -> Option<Label> {
        Some(Label::Role(symbols.iter().map(|s| s.to_string()).collect()))
    }

    #[test]
    fn every_label_begins_and_ends_as_the_cheap_tests_expect() {
        for word in [CONTENT, ROLE, CONTAINER, NAME, FIELD, OTHER].concat() {
            let begins = begins_label(word) || ROLE.contains(&word) && !word.starts_with(may_begin);
            assert!(word.ends_with(may_end) && begins, "{word}");
        }
        assert!(FIELD.iter().all(|word| may_be_field(word)));
        assert!(![NAME, FIELD].concat().iter().any(|word| word.ends_with(never_ends_name)));
    }

    #[test]
    fn labels() {
        let words = Vocabulary::default();
        for (text, want) in [
            ("取組内容", Some(Label::Content)),
            ("【取組みの内容】", Some(Label::Content)),
            ("内 容", Some(Label::Content)),
            ("甲の役割", roles(&["甲"])),
            ("甲 の役割", roles(&["甲"])),
            ("甲及び乙並びに丙の役割", roles(&["甲", "乙", "丙"])),
            ("青葉市の役割分担及び費用分担", roles(&["甲"])),
            ("白波市の役割", roles(&["白波市"])),
            ("役割分担", Some(Label::Container)),
            ("互いの役割", Some(Label::Container)),
            ("項目", Some(Label::Name)),
            ("分野", Some(Label::Field)),
            ("医療の役割", None),
            ("甲の役割を定める。", None),
        ] {
            assert_eq!(label(text, &parties(), &words), want, "{text}");
        }
    }

    #[test]
    fn look_alikes() {
        for (text, want) in [
            ("【田の役割】", Some("甲の役割")),
            ("Zの役割", Some("乙の役割")),
            ("取組內容", Some("取組内容")),
            ("田の水", None),
        ] {
            assert_eq!(look_alike(text).as_deref(), want, "{text}");
        }
    }
}
