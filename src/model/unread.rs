//! Labels of roles that no vocabulary knows: `甲の責務`. Their roles stand in another cell.

use super::Model;
use crate::ast::{Initiative, Text};
use crate::lines::is_blank;
use crate::parse::{head, label, numeral};
use crate::span::Span;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Words with which such a label ends.
const DUTIES: &[&str] = &[
    "役割", "役目", "分担", "取組", "責務", "責任", "義務", "事務", "業務", "担当", "機能", "内容", "事項", "対応",
    "負担",
];
/// The labels of the roles in a header stand within so many bytes behind that of the content.
const NEAR: usize = 120;
/// A label without a colon is no longer; it is a phrase.
const SHORT: usize = 10;

/// The symbols of parties with which such a label begins.
pub fn stems(model: &Model) -> Vec<char> {
    let stems = model.parties.iter().map(|party| &party.symbol).filter(|symbol| label::is_stem(symbol));
    stems.flat_map(|symbol| symbol.chars()).collect()
}

/// The first words in the cells or in the name of an initiative that look like a label, and where they stand.
pub fn label<'a>(initiative: &'a Initiative, stems: &[char]) -> Option<(&'a str, Option<Span>)> {
    // `役割（甲）`, `甲のなすべき役割`: what stands between the content and no role at all is no name
    if initiative.roles.is_empty() && initiative.name.text.contains("役割") {
        return Some((&initiative.name.text, initiative.name.span()));
    }
    // `【…の⏎整備】`: a heading that a wrap cut
    if initiative.name.text.contains(['【', '】']) {
        return Some((&initiative.name.text, initiative.name.span()));
    }
    // `雪害への備え⏎甲の責務`: a label that stands below it, beside its role
    if initiative.name.pieces.len() > 1 && ends_with_label(&initiative.name.text, stems) {
        return Some((&initiative.name.text, initiative.name.span()));
    }
    let contents = initiative.contents.iter().map(|cell| (&cell.text, false));
    let roles = initiative.roles.iter().map(|role| (&role.text, role.parties.len() > 1));
    let mut texts = contents.chain(roles).chain([(&initiative.name, false)]);
    texts.find_map(|(text, joint)| Some((inside(text, joint, stems)?, text.span())))
}

static CONTENT: LazyLock<Finder> = LazyLock::new(|| Finder::new("内容"));

/// `…を支援する。除雪の分担(ア)取組の内容…`: whether the label of another content stands in a text
fn holds_content(text: &Text) -> bool {
    let is_label = |at: usize| {
        let (before, behind) = (&text.text[..at], &text.text[at + "内容".len()..]);
        let before = before.strip_suffix('の').unwrap_or(before).strip_suffix("取組");
        before.is_some_and(|before| before.ends_with([')', '）', '\n', '。'])) && !behind.starts_with(is_particle)
    };
    CONTENT.find_iter(text.text.as_bytes()).any(is_label)
}

/// `…分野政策分野事業名取組内容甲の役割乙の役割…`: whether the header of a table stands among the words of a text
pub fn holds_header(text: &Text, stems: &[char]) -> bool {
    // it stood on a line of its own
    if text.pieces.len() < 2 || stems.len() < 2 {
        return false;
    }
    let is_header = |at: usize| {
        let behind = &text.text[at + "内容".len()..];
        let near = &behind[..behind.floor_char_boundary(NEAR)];
        let label = |near: &'_ str, stem: &char| -> Option<usize> {
            let begins = near.trim_start_matches(is_blank);
            let rest = begins.strip_prefix(*stem)?.strip_prefix('の')?;
            Some(near.len() - rest.trim_start_matches(|c| !stems.contains(&c)).len())
        };
        stems.iter().try_fold(near, |near, stem| near.get(label(near, stem)?..)).is_some()
    };
    CONTENT.find_iter(text.text.as_bytes()).any(is_header)
}

fn inside<'a>(text: &'a Text, joint: bool, stems: &[char]) -> Option<&'a str> {
    // a label begins a line of the source: words on one line can only begin with it
    let on_one_line = text.pieces.len() <= 1;
    if !on_one_line && holds_content(text) {
        return Some(&text.text);
    }
    if on_one_line && !begins(&text.text, stems) || !has_stem(&text.text, stems) {
        return None;
    }
    let lines = || text.text.split(['\n', '。']).filter(|line| begins(line, stems));
    let glued = || lines().filter(|line| duty(line, stems).is_some_and(is_glued));
    // one sentence may begin so, a label for each party is none
    let all_glued = || joint || stems.len() > 1 && stems.iter().all(|stem| glued().any(|line| begins(line, &[*stem])));
    let is_label = |line: &&str| is_label(line, stems) || joint && is_holder(line, stems);
    lines().find(is_label).or_else(|| glued().next().filter(|_| all_glued()))
}

/// Whether a party is named as in such a label anywhere: nearly no text does.
fn has_stem(text: &str, stems: &[char]) -> bool {
    let bytes = text.as_bytes();
    let last = |stem: char| stem.encode_utf8(&mut [0; 4]).bytes().next_back().unwrap_or_default();
    // a stem ends with its last byte; those of nearly no other letter
    let named = |at: usize| {
        let rest = text.get(at + 1..).unwrap_or_default();
        rest.starts_with(goes_on) && text[..=at].ends_with(stems)
    };
    match stems {
        [] => false,
        [one] => memchr::memchr_iter(last(*one), bytes).any(named),
        [one, other] => memchr::memchr2_iter(last(*one), last(*other), bytes).any(named),
        _ => stems.iter().any(|stem| memchr::memchr_iter(last(*stem), bytes).any(named)),
    }
}

/// Behind the party in such a label.
fn goes_on(c: char) -> bool {
    is_blank(c) || matches!(c, 'の' | 'が' | '：' | ':')
}

/// Whether a line begins as such a label does, behind whatever marks it: `甲の`, `甲が`, `甲：`
#[inline]
fn begins(line: &str, stems: &[char]) -> bool {
    let mut letters = line.chars();
    match letters.next() {
        // no mark is hiragana or kanji, but for a number
        Some('ぁ'..='ん') => false,
        Some(first) if stems.contains(&first) => letters.as_str().starts_with(goes_on),
        Some(c @ '\u{4E00}'..='\u{9FFF}') if !numeral::is_kanji_digit(c) => false,
        _ => unmarked(line).strip_prefix(stems).is_some_and(|rest| rest.starts_with(goes_on)),
    }
}

/// `甲の責務` of `i 甲の責務`, `【甲の責務`
fn unmarked(line: &str) -> &str {
    let words = head::item(line).map_or(line, |head| head.rest);
    words.trim_start_matches(|c| {
        matches!(c, '【' | '〔' | '［' | '[' | '〈' | '＜' | '<' | '《') || label::MARKS.contains(&c)
    })
}

/// `責務：船を出す` of `i 甲の責務：船を出す`, `【甲の責務：…`
fn duty<'a>(line: &'a str, stems: &[char]) -> Option<&'a str> {
    let words = unmarked(line);
    words.strip_prefix(stems).and_then(|rest| rest.strip_prefix(['の', 'が']))
}

/// `(a) 甲　船を出す`: one party alone, in a role of all
fn is_holder(line: &str, stems: &[char]) -> bool {
    let words = head::item(line).map_or(line, |head| head.rest);
    words.strip_prefix(stems).is_some_and(|after| after.starts_with(|c| is_blank(c) || matches!(c, '：' | ':')))
}

/// `甲の責務`, `甲の責務：船を出す`, `【甲の責務】`, `甲の責務乙の責務`
fn is_label(line: &str, stems: &[char]) -> bool {
    let Some(rest) = duty(line, stems) else { return false };
    let end = rest.find(['：', ':', '】', '〕', '］', ']', '〉', '＞', '>', '》']);
    let name = rest[..end.unwrap_or(rest.len())].trim_end_matches('等');
    let another = stems.iter().any(|stem| name.contains(&format!("{stem}の")));
    DUTIES.iter().any(|duty| name.ends_with(duty)) && (another || name.chars().count() <= SHORT)
}

/// `雪害への備え甲の責務`
fn ends_with_label(text: &str, stems: &[char]) -> bool {
    let mut found = text.match_indices(|c| stems.contains(&c));
    found.any(|(at, _)| at > 0 && is_label(&text[at..], stems))
}

/// `責務船を出す`: nothing parts the label and its text
fn is_glued(rest: &str) -> bool {
    DUTIES.iter().filter_map(|duty| rest.strip_prefix(duty)).any(|text| !text.starts_with(is_particle))
}

/// Words go on after these: `甲の事務を`
fn is_particle(c: char) -> bool {
    matches!(c, 'を' | 'に' | 'は' | 'が' | 'と' | 'で' | 'も' | 'へ' | 'の' | '、' | '及' | '並' | '・')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_labels_below() {
        for (name, want) in [("雪害への備え甲の責務乙の責務", true), ("甲乙の広報", false), ("甲の保育所の活用", false)]
        {
            assert_eq!(ends_with_label(name, &['甲', '乙']), want, "{name}");
        }
    }

    #[test]
    fn headers_among_words() {
        for (words, want) in [
            ("生活の分野事業名取組内容甲の役割乙の役割福祉 見守り", true),
            ("取組の内容 甲の果たす役割 乙の果たす役割 見守り", true),
            ("取組の内容及び甲の役割は、次のとおりとする。", false),
            ("取組の内容、甲の役割、乙の役割", false),
        ] {
            let text = Text { text: words.into(), pieces: [Span::new(0, 3), Span::new(3, 6)].into_iter().collect() };
            assert_eq!(holds_header(&text, &['甲', '乙']), want, "{words}");
        }
    }

    #[test]
    fn labels_and_sentences() {
        let labels =
            ["甲の責務", "乙が行う業務：船を出す", "【甲の責務】", "甲の責務乙の責務", "(a) 甲の担当等", "◎甲の責務"];
        let sentences = [
            "甲の責務を果たす",
            "甲の保育所で続ける一時預かりの事務",
            "船を出す",
            "乙が行う",
            "甲乙の責務",
            "◎船を出す",
        ];
        for (lines, want) in [(&labels, true), (&sentences, false)] {
            lines.iter().for_each(|line| assert_eq!(is_label(line, &['甲', '乙']), want, "{line}"));
        }
        assert!(is_glued("責務船を出す") && !is_glued("事務を助ける") && !is_glued("船を出す"));
    }
}
