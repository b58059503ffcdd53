//! Labels of cells and levels: 取組内容, 甲の役割, 役割分担. The level is found by these words, never by its depth.

use super::party::Party;

pub use super::vocabulary::Vocabulary;
use super::vocabulary::{ALL, CONTAINER, CONTENT, FIELD, NAME, OTHER, ROLE, may_begin, may_end};
use crate::ast::Symbols;
use crate::lines::{find_blank, is_blank, is_plain};
use smallvec::SmallVec;
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
    let has_blank = find_blank(inner).is_some();
    if !has_blank && !inner.contains(['み', 'お']) {
        return Cow::Borrowed(inner);
    }
    let mut word = String::with_capacity(inner.len());
    match has_blank {
        true => word.extend(inner.chars().filter(|c| !is_blank(*c))),
        false => word.push_str(inner),
    }
    if !word.contains(['み', 'お']) {
        return Cow::Owned(word);
    }
    Cow::Owned(word.replace("取り組み", "取組").replace("取組み", "取組").replace("および", "及び"))
}

/// What may stand around a label.
const BRACKETS: &[(char, char)] = &[
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
fn is_letter(c: char) -> bool {
    matches!(c, 'ぁ'..='ヺ' | '\u{4E00}'..='\u{9FFF}')
}

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
        .unwrap_or_else(|| text.trim_start_matches(['■', '□', '◆', '◇', '●', '▼', '＊', '*']))
        .trim_matches(is_blank)
}

/// `夜間診療` of `**夜間診療**`, as Markdown sets words in bold type
pub fn plain(text: &str) -> &str {
    text.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).unwrap_or(text)
}

/// What `text`, a whole cell or line, says as a label; `None` when it is no label.
pub fn label(text: &str, parties: &[Party], words: &Vocabulary) -> Option<Label> {
    // no label is longer than 40 letters
    let may_end = |c| !words.is_empty() && !matches!(c, '。' | '、') || may_end(c) || is_blank(c);
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
    let inner = strip_brackets(text);
    if inner.len() < text.len()
        && let Some(found) = usual(inner, parties)
    {
        return Some(found);
    }
    // one word of the vocabulary, or a party and its role
    if words.is_empty() && !inner.starts_with(may_begin) && !may_join(inner) {
        return None;
    }
    let folded = fold(text);
    let meant = misread(&folded);
    let word = meant.as_deref().unwrap_or(&folded);
    let has = |list: &[&str]| list.contains(&word);
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

/// The two labels that nearly every row has.
fn usual(text: &str, parties: &[Party]) -> Option<Label> {
    match text {
        "取組内容" | "取組の内容" => Some(Label::Content),
        _ => role_of_one(text, parties),
    }
}

/// `甲の役割`
pub fn role_of_one(text: &str, parties: &[Party]) -> Option<Label> {
    let who = text.strip_suffix("の役割")?;
    parties.iter().find(|p| p.symbol == who).map(|party| Label::Role(party.alone.clone()))
}

/// What joins the name of a party and its role.
const JOINS: &[&str] = &["の役割", "の機能", "が担う", "の分担", "が果たす", "の果たす", "の担う", "の主な"];

/// Whether one of them may stand in `text`: a cheap test that looks at two letters, with blanks between them or not.
fn may_join(text: &str) -> bool {
    // no label is longer than 40 letters
    let bytes = &text.as_bytes()[..text.len().min(120)];
    let follows = |at: usize| text[at + 1..].chars().find(|c| !is_blank(*c)).unwrap_or(' ');
    let joins = |at: usize| match &bytes[..=at] {
        upto if upto.ends_with("の".as_bytes()) => {
            matches!(follows(at), '役' | '機' | '分' | '果' | '担' | '主')
        }
        upto if upto.ends_with("が".as_bytes()) => matches!(follows(at), '担' | '果'),
        _ => false,
    };
    // the bytes that end の and が
    memchr::memchr2_iter(0xAE, 0x8C, bytes).any(joins)
}

/// `甲の役割`, `甲及び乙並びに丙の役割`, `青葉市の役割分担及び費用分担`, `中心市の役割`
fn role(word: &str, parties: &[Party], words: &Vocabulary) -> Option<Vec<String>> {
    let joins =
        |(at, c): &(usize, char)| matches!(c, 'の' | 'が') && JOINS.iter().any(|join| word[*at..].starts_with(join));
    let at = word.char_indices().find(joins).map(|(at, _)| at);
    // 役割（甲）
    if let Some((what, who)) = word.strip_suffix('）').and_then(|word| word.split_once('（'))
        && ROLE.contains(&what)
    {
        return who_is(who, parties);
    }
    let custom = || words.role.iter().find_map(|w| word.strip_suffix(w.as_str()));
    let who = match at {
        Some(at) => {
            let rest = &word[at + 'の'.len_utf8()..];
            // a note in brackets may follow: 甲の役割（中心市）
            let rest = rest.split(['（', '(']).next().unwrap_or(rest);
            if !ROLE.contains(&rest) {
                return None;
            }
            &word[..at]
        }
        None => custom()?.trim_end_matches('の'),
    };
    who_is(who, parties)
}

/// `甲`, `青葉市`, `甲（青葉市）` over a column: the roles of one party
pub fn party(text: &str, parties: &[Party]) -> Option<Label> {
    let name = text.split(['（', '(']).next().unwrap_or(text).trim_matches(is_blank);
    let party = parties.iter().find(|p| p.symbol == name || p.names.iter().any(|known| known == name))?;
    Some(Label::Role(party.alone.clone()))
}

/// The symbols that a label names: `甲及び乙`, `青葉市`, `両市`
pub fn who_is(who: &str, parties: &[Party]) -> Option<Vec<String>> {
    if who.is_empty() {
        return None;
    }
    if ALL.contains(&who) {
        let all: Vec<String> = parties.iter().map(|p| p.symbol.clone()).collect();
        return (all.len() > 1).then_some(all);
    }
    let mut symbols = Vec::new();
    for part in who
        .split(['・', '、', '，'])
        .flat_map(|s| s.split("及び"))
        .flat_map(|s| s.split("並びに"))
        .flat_map(|s| s.split("又は"))
    {
        // 甲（中心市）の役割, 甲側の役割
        let part = part.split(['（', '(']).next().unwrap_or(part).trim_matches(is_blank).trim_end_matches('側');
        if part.is_empty() {
            continue;
        }
        let known = parties.iter().find(|p| {
            p.symbol == part || p.names.iter().any(|n| n == part || n.ends_with(part) && part.chars().count() > 1)
        });
        match known {
            Some(party) => symbols.push(party.symbol.clone()),
            None if may_be_party(part) => symbols.push(part.to_string()),
            None => return None,
        }
    }
    (!symbols.is_empty()).then_some(symbols)
}

/// 甲, 乙 …; a name that ends as a municipality does; the words of visions.
fn may_be_party(part: &str) -> bool {
    is_stem(part)
        || (part.ends_with(['市', '町', '村', '区', '県', '府', '都', '道', '圏', '合'])
            && part.chars().count() <= 14
            && !part.contains(['の', 'を', 'は']))
        || matches!(part, "中心市" | "近隣市町" | "近隣市町村" | "連携市町" | "連携中枢都市" | "構成市町")
}

/// 甲乙丙丁…, one letter.
pub fn is_stem(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if is_symbol(c))
}

/// 甲, 乙, 丙, 丁 …
pub fn is_symbol(c: char) -> bool {
    matches!(c, '甲' | '乙' | '丙' | '丁' | '戊' | '己' | '庚' | '辛' | '壬' | '癸')
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
    if word.chars().any(|c| c == '內') {
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

/// `甲の役割 文`, `取組内容：文`, `【甲の役割】文`, `甲の役割文`: the label at the start of a line, its slice, and what follows.
pub fn prefix<'a>(text: &'a str, parties: &[Party], words: &Vocabulary) -> Option<(Label, &'a str, &'a str)> {
    let mut first = text.chars().next()?;
    let mut text = text;
    if matches!(first, '-' | '・' | '•' | '◦' | '*') {
        text = text.trim_start_matches(['-', '・', '•', '◦']).trim_start_matches(is_blank);
        if text.starts_with("**") {
            return bold(text, parties, words);
        }
        first = text.chars().next()?;
    }
    let bracket = || BRACKETS.iter().find(|pair| pair.0 == first);
    if let Some((_, close)) = (!is_letter(first)).then(bracket).flatten() {
        let end = text.find(*close)? + close.len_utf8();
        let found = label(&text[..end], parties, words)?;
        return Some((found, &text[..end], rest(&text[end..])));
    }
    // nearly every sentence begins with a letter that begins no label, and names no role
    if words.is_empty() && is_letter(first) && !may_begin(first) && !may_join(text) {
        return None;
    }
    // the label ends within its first forty letters, at a blank, a colon, or where its words end
    let mut ends: SmallVec<[usize; 8]> = SmallVec::new();
    let mut colon = None;
    let (bytes, mut at) = (text.as_bytes(), 0);
    let (mut blanks, mut last_blank) = (0, usize::MAX);
    for _ in 0..40 {
        // nearly no letter of a text ends the words of a label; these bytes end those that do
        if is_plain(bytes, at) && !matches!(bytes.get(at + 2), Some(0xB2 | 0x85 | 0xB9 | 0x81 | 0x84)) {
            at += 3;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        match c {
            '割' | '担' | '容' | '要' | '組' => {
                let words = ["役割", "分担", "内容", "概要", "取組"];
                ends.extend(words.iter().any(|word| text[..end].ends_with(word)).then_some(end));
            }
            '：' | ':' => colon = colon.or(Some((at, end))),
            '\t' => ends.push(at),
            _ if is_blank(c) => {
                // of a run of blanks, the first and the last tell everything
                blanks = if last_blank == at { blanks + 1 } else { 1 };
                if blanks > 2 {
                    ends.pop();
                }
                ends.push(at);
                last_blank = end;
            }
            _ => {}
        }
        at = end;
    }
    if at == text.len() {
        ends.push(text.len());
    }
    if let Some((at, end)) = colon
        && let Some(found) = label(&text[..at], parties, words)
    {
        return Some((found, &text[..at], rest(&text[end..])));
    }
    let (found, end) = ends.iter().rev().find_map(|end| Some((label(&text[..*end], parties, words)?, *end)))?;
    let after = &text[end..];
    let glued = !after.is_empty() && !after.starts_with(is_blank) && !after.starts_with(['\t', '：', ':']);
    // 甲の役割を…, 内容とし… are sentences; so is any glued word after a label that is a common noun
    let is_sentence = after.starts_with([
        'を', 'は', 'に', 'が', 'と', 'の', 'で', 'も', 'へ', '、', '。', '及', '並', '等', '（', '」', 'や', '・',
        '又', 'だ', 'し', 'さ',
    ]);
    // `甲の役割 を超えるものは`: no text begins with を, whatever blank stands before it
    if rest(after).starts_with('を') {
        return None;
    }
    if glued && (is_sentence || !matches!(found, Label::Role(_)) && !text[..end].contains('組')) {
        return None;
    }
    if !glued && !after.is_empty() && matches!(found, Label::Name | Label::Field | Label::Other) {
        return None;
    }
    Some((found, &text[..end], rest(after)))
}

/// `**甲の役割**：文`, `**甲の役割：** 文`, as Markdown sets labels in bold type
fn bold<'a>(text: &'a str, parties: &[Party], words: &Vocabulary) -> Option<(Label, &'a str, &'a str)> {
    let (inner, after) = text.strip_prefix("**")?.split_once("**")?;
    let found = label(inner, parties, words)?;
    Some((found, &text[..inner.len() + "****".len()], rest(after)))
}

/// `甲　事務局となる。`, `乙：出展者を集める。` under 役割分担: the role of one party, its symbol, and what follows
pub fn holder<'a>(text: &'a str, parties: &[Party]) -> Option<(Label, &'a str, &'a str)> {
    let (party, after) = parties.iter().find_map(|p| Some((p, text.strip_prefix(p.symbol.as_str())?)))?;
    let parted = after.starts_with(|c| is_blank(c) || matches!(c, '：' | ':'));
    parted.then(|| (Label::Role(party.alone.clone()), &text[..party.symbol.len()], rest(after)))
}

fn rest(after: &str) -> &str {
    after.trim_start_matches(|c| is_blank(c) || matches!(c, '\t' | '：' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties() -> Vec<Party> {
        [("甲", "青葉市"), ("乙", "若草町"), ("丙", "楓村")]
            .iter()
            .map(|(s, n)| Party::new(s.to_string(), vec![n.to_string()], (0, 0)))
            .collect()
    }

    fn roles(symbols: &[&str]) -> Option<Label> {
        Some(Label::Role(symbols.iter().map(|s| s.to_string()).collect()))
    }

    #[test]
    fn every_label_begins_and_ends_as_the_cheap_tests_expect() {
        for word in [CONTENT, ROLE, CONTAINER, NAME, FIELD, OTHER].concat() {
            assert!(word.ends_with(may_end) && (word.starts_with(may_begin) || ROLE.contains(&word)), "{word}");
        }
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
    fn prefixes() {
        let words = Vocabulary::default();
        for (text, want) in [
            ("甲の役割 当番表を作る。", Some((roles(&["甲"]), "当番表を作る。"))),
            ("甲の役割：当番表", Some((roles(&["甲"]), "当番表"))),
            ("【甲の役割】当番表", Some((roles(&["甲"]), "当番表"))),
            ("乙の役割甲や団体と", Some((roles(&["乙"]), "甲や団体と"))),
            ("甲の役割", Some((roles(&["甲"]), ""))),
            ("甲の役割を定める", None),
            ("甲の役割 を超える", None),
            ("取組内容 夜間の", Some((Some(Label::Content), "夜間の"))),
            ("内容を改める。", None),
            ("取組を進める。", None),
        ] {
            let got = prefix(text, &parties(), &words).map(|(l, _, rest)| (Some(l), rest));
            assert_eq!(got, want, "{text}");
        }
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
