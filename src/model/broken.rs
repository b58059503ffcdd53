//! Sentences that no sentence is: `…を担当する。の受付及び…` was put together from two cells.

use crate::ast::{Initiative, Paragraph, Text};
use crate::lines::is_blank;
use crate::parse::label::is_letter;
use crate::parse::part::begins_with_rest;
use crate::span::Span;
use memchr::memmem::Finder;
use std::sync::LazyLock;

const LINE_ENDS: &[char] = &['\n', '\r', '\u{C}'];

/// Whether a cell holds the end of another one: what follows the end of a sentence begins none; or the number of a page.
pub fn is_broken(initiative: &Initiative, source: &str) -> bool {
    let contents = initiative.contents.iter().map(|cell| &cell.text);
    let mut texts = contents.chain(initiative.roles.iter().map(|role| &role.text));
    texts.any(|text| goes_on_wrong(text) || holds_number(text, source)) || holds_number(&initiative.name, source)
}

/// `保育の広域⏎1⏎利用`: whether a number fills a line among others. It may be that of the page.
fn holds_number(text: &Text, source: &str) -> bool {
    let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let fills_line = |piece: &Span| {
        let before = source.get(..piece.start as usize).unwrap_or_default().trim_end_matches(is_blank);
        let behind = source.get(piece.end as usize..).unwrap_or_default().trim_start_matches(is_blank);
        before.ends_with(LINE_ENDS) && behind.starts_with(LINE_ENDS)
    };
    // no number of a page is longer
    let may_be = |piece: &&Span| piece.len() <= 3 * 3;
    let is_number = |piece: &Span| piece.slice(source).chars().all(is_digit);
    text.pieces.len() > 1 && text.pieces.iter().filter(may_be).any(|piece| is_number(piece) && fills_line(piece))
}

/// `。の受付`, `。を行う`: a sentence that begins with a particle. Words of one piece were never put together.
fn goes_on_wrong(text: &Text) -> bool {
    let begins = |end: usize| begins_with_particle(&text.text[end + '。'.len_utf8()..]);
    text.pieces.len() > 1 && END.find_iter(text.text.as_bytes()).any(begins)
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
}
