//! Sentences that no sentence is: `…を担当する。の受付及び…` was put together from two cells.

use crate::ast::{Initiative, Text};

/// Whether a cell holds the end of another one: what follows the end of a sentence begins none.
pub fn is_broken(initiative: &Initiative) -> bool {
    let contents = initiative.contents.iter().map(|cell| &cell.text);
    contents.chain(initiative.roles.iter().map(|role| &role.text)).any(goes_on_wrong)
}

/// `。の受付`, `。を行う`: a sentence that begins with a particle. Words of one piece were never put together.
fn goes_on_wrong(text: &Text) -> bool {
    text.pieces.len() > 1 && text.text.split('。').skip(1).any(begins_with_particle)
}

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

#[cfg(test)]
mod tests {
    use super::*;

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
