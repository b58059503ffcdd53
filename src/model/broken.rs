//! Sentences that no sentence is: `…を担当する。の受付及び…` was put together from two cells.

use crate::ast::{Initiative, Paragraph, Text};
use crate::lines::is_blank;
use crate::parse::label::is_letter;
use crate::parse::part::begins_with_rest;
use crate::span::Span;
use memchr::memmem::Finder;
use std::sync::LazyLock;

const LINE_ENDS: &[char] = &['\n', '\r', '\u{C}'];
/// Nor are the last letters of a name that stand in another cell.
const REST: usize = 4;
/// No number of a page is longer, in letters.
const LONGEST: usize = 8;

/// Whether a cell holds the end of another one: what follows the end of a sentence begins none; or the number of a page.
pub fn is_broken(initiative: &Initiative, source: &str) -> bool {
    // words of one piece were never put together
    let is_whole = |text: &Text| text.pieces.len() <= 1;
    let is_wrong =
        |text: &Text| !is_whole(text) && (goes_on_wrong(text) || begins_with_verb(text) || holds_number(text, source));
    initiative.contents.iter().any(|cell| is_wrong(&cell.text))
        || initiative.roles.iter().any(|role| is_wrong(&role.text) || is_open(&role.label))
        || !is_whole(&initiative.name) && holds_number(&initiative.name, source)
        || holds_title(&initiative.name.text)
}

/// `乙の役割（費用負担`: the end of a label, which something parted from it, begins the words below it.
fn is_open(label: &Text) -> bool {
    // most labels have no room for a note
    let open = if label.text.len() > "甲の役割（".len() { label.text.rfind(['（', '(']) } else { None };
    open.is_some_and(|open| !label.text[open..].contains(['）', ')']))
}

/// `企業の誘致定住自立圏形成協定書 2`: whether words that end so name an agreement: a header of the page is among them.
pub fn holds_title(text: &str) -> bool {
    const NAMES: [&str; 4] = ["形成協定", "に関する協定", "協定書", "連携協約"];
    let ends = |c: char| matches!(c, '書' | '定' | '約' | '案' | '）' | ')' | '-') || is_figure(c);
    text.ends_with(ends) && NAMES.iter().any(|name| text.contains(name))
}

/// `保育の広域⏎1⏎利用`: whether a number fills a line among others. It may be that of the page.
pub fn holds_number(text: &Text, source: &str) -> bool {
    // words of one piece hold none
    if text.pieces.len() <= 1 {
        return false;
    }
    // the number of an entry stands behind a mark, and the first is 1
    let is_inside = |at: usize| match at.checked_sub(1) {
        Some(before) => text.pieces[before].slice(source).ends_with(is_letter),
        None => !text.pieces[0].slice(source).contains(['1', '１']),
    };
    let is_number = |(at, piece): (usize, &Span)| {
        let line = line_from(piece.start as usize, source);
        let inner = line.trim_start_matches(['(', '（']).trim_end_matches([')', '）']);
        let is_figures = !inner.is_empty() && inner.chars().all(is_figure);
        is_figures && (inner == line || is_inside(at)) && begins_line(piece.start as usize, source)
    };
    // nearly all begin with words
    let may_be = |(_, piece): &(usize, &Span)| {
        matches!(source.as_bytes().get(piece.start as usize), Some(b'0'..=b'9' | b'(' | 0xEF))
    };
    text.pieces.iter().enumerate().filter(may_be).any(is_number)
}

fn is_figure(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '/' | '／')
}

/// The words from a place on to the end of their line, where they are no longer than the number of a page.
fn line_from(start: usize, source: &str) -> &str {
    let rest = source.get(start..).unwrap_or_default();
    let end = rest.char_indices().take(LONGEST).find(|(_, c)| LINE_ENDS.contains(c)).map_or(0, |(end, _)| end);
    rest[..end].trim_end_matches(is_blank)
}

fn begins_line(start: usize, source: &str) -> bool {
    let before = source.get(..start).unwrap_or_default().trim_end_matches(is_blank);
    before.is_empty() || before.ends_with(LINE_ENDS)
}

/// `。の受付`, `。を行う`: a sentence that begins with a particle.
fn goes_on_wrong(text: &Text) -> bool {
    let begins = |end: usize| begins_with_particle(&text.text[end + '。'.len_utf8()..]);
    // nothing begins behind the last
    let words = text.text.strip_suffix('。').unwrap_or(&text.text);
    END.find_iter(words.as_bytes()).any(begins) || ends_with_rest(&text.text)
}

/// `図る。甲と話し合い、…`: a first sentence of one verb is the end of another.
fn begins_with_verb(text: &Text) -> bool {
    // 行う。, 進める。
    const ENDING: usize = 2;
    let mut letters = text.text.chars();
    let is_kanji = matches!(letters.next(), Some('\u{4E00}'..='\u{9FFF}'));
    let rest = letters.as_str();
    let end = rest.chars().take(ENDING + 1).take_while(|c| matches!(c, 'ぁ'..='ん')).map(char::len_utf8).sum::<usize>();
    is_kanji && (1..=ENDING * 3).contains(&end) && rest[end..].strip_prefix('。').is_some_and(|rest| !rest.is_empty())
}

/// `…を図る。応`: a sentence, and behind it the last letters of a name that a narrow column wrapped
fn ends_with_rest(text: &str) -> bool {
    let rest = || text.rsplit_once('。').map_or("", |(_, rest)| rest);
    !text.ends_with('。') && matches!(rest().chars().count(), 1..=REST) && rest().chars().all(is_letter)
}

/// The end of a sentence.
static END: LazyLock<Finder> = LazyLock::new(|| Finder::new("。"));

/// `の受付`, `を行う`, `に協力`; not `のり面`, `がん検診`, `に` of a word in kana
fn begins_with_particle(sentence: &str) -> bool {
    let mut letters = sentence.chars();
    let is_word = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | 'ァ'..='ヺ');
    match letters.next() {
        Some('を') => true,
        Some('の' | 'に' | 'が') => letters.next().is_some_and(is_word),
        _ => false,
    }
}

/// `る。甲及び乙は、…協力す`: whether a 項 begins with the end of a sentence, or ends within one behind another.
pub fn is_torn(paragraph: &Paragraph) -> bool {
    let text = paragraph.text.text.as_str();
    let is_cut = text.ends_with(is_letter) && text.contains('。');
    let goes_on = !paragraph.items.is_empty() || !paragraph.fields.is_empty() || paragraph.tail.is_some();
    is_cut && !goes_on || begins_with_rest(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_begins_and_ends_with_whole_sentences() {
        for (text, want) in [
            ("る。甲及び乙は、前条の目的を達するため協力す", true),
            ("ならない。", true),
            ("甲は、会場を貸す。乙は、費用を負", true),
            ("甲は、会場を貸す。", false),
            ("削除", false),
            ("この限りでない。", false),
        ] {
            let text = Text { text: text.into(), ..Text::default() };
            assert_eq!(is_torn(&Paragraph { text, ..Paragraph::default() }), want);
        }
    }

    #[test]
    fn particles_begin_no_sentence() {
        for (sentence, want) in [
            ("の受付を行う。", true),
            ("を行う。", true),
            ("のり面を直す。", false),
            ("がん検診を行う。", false),
            ("", false),
        ] {
            assert_eq!(begins_with_particle(sentence), want, "{sentence}");
        }
    }
    #[test]
    fn a_sentence_of_one_verb_is_the_end_of_another() {
        for (cell, want) in [
            ("図る。甲と話し合い、日を決める。", true),
            ("進める。会場を貸す。", true),
            ("行う。", false),
            ("開く日を決める。会場を貸す。", false),
            ("実施する。会場を貸す。", false),
            ("", false),
        ] {
            let text = Text { text: cell.into(), ..Text::default() };
            assert_eq!(begins_with_verb(&text), want, "{cell}");
        }
    }

    #[test]
    fn rests_of_names_and_headers_of_pages() {
        assert!(
            ends_with_rest("点検を行う。応") && !ends_with_rest("点検を行う。") && !ends_with_rest("点検。\n・広報")
        );
        for (name, want) in [
            ("企業の誘致定住自立圏形成協定書 2", true),
            ("人事の交流定住自立圏形成協定（案）", true),
            ("災害時の協定", false),
            ("協定書の保管庫", false),
        ] {
            assert_eq!(holds_title(name), want, "{name}");
        }
    }
}
