//! Quoted words in a text: found whatever the widths, blanks and radicals; put back in the spelling of the document.

use crate::diff::{Op, fold, words};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A text as it is compared, with the way back.
struct Folded {
    text: String,
    /// For each byte of `text` that begins what one letter became: where the letter stands in the source.
    marks: Vec<(usize, Range<usize>)>,
}

fn folded(source: &str) -> Folded {
    let mut out = Folded { text: String::with_capacity(source.len()), marks: Vec::new() };
    let mut chars = source.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        // a mark of voice belongs to the letter before it
        while let Some((at, m)) = chars.next_if(|(_, m)| matches!(m, '\u{3099}'..='\u{309C}' | '\u{FF9E}' | '\u{FF9F}'))
        {
            end = at + m.len_utf8();
        }
        let letter = fold::fold(source.get(start..end).unwrap_or(""));
        if !letter.is_empty() {
            out.marks.push((out.text.len(), start..end));
            out.text.push_str(&letter);
        }
    }
    out
}

impl Folded {
    /// Where a range of the folded text stands in the source; none if it tears a letter.
    fn source(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.marks.binary_search_by_key(&range.start, |m| m.0).ok()?;
        let behind = match self.marks.binary_search_by_key(&range.end, |m| m.0) {
            Ok(at) => at,
            Err(at) if at == self.marks.len() && range.end == self.text.len() => at,
            Err(_) => return None,
        };
        Some(self.marks.get(first)?.1.start..self.marks.get(behind.checked_sub(1)?)?.1.end)
    }
}

/// Where the words stand in a text, without overlaps.
pub fn find(text: &str, words: &str) -> Vec<Range<usize>> {
    let needle = fold::fold(words);
    if needle.is_empty() {
        return Vec::new();
    }
    let folded = folded(text);
    let exact: Vec<_> = memchr::memmem::find_iter(folded.text.as_bytes(), needle.as_bytes())
        .filter_map(|at| folded.source(at..at + needle.len()))
        .collect();
    // 『』 inside a quotation stand for 「」 in some houses
    if exact.is_empty() && needle.contains(['『', '』']) {
        return find(text, &needle.replace('『', "「").replace('』', "」"));
    }
    exact
}

/// How like the most similar piece of `text` is to `words`, from 0 to 1, and the piece. Linear in the length of the text.
pub fn nearest<'t>(text: &'t str, words: &str) -> (f32, &'t str) {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let wanted: Vec<char> = fold::fold(words).chars().collect();
    let single: FxHashSet<char> = wanted.iter().copied().collect();
    let pairs: FxHashSet<(char, char)> = wanted.iter().copied().zip(wanted.iter().copied().skip(1)).collect();
    let letter = |at: usize| letters.get(at).map_or('\0', |l| l.1);
    let one = |at: usize| usize::from(single.contains(&letter(at)));
    let two = |at: usize| usize::from(pairs.contains(&(letter(at), letter(at + 1))));
    let size = wanted.len().min(letters.len());
    if size == 0 {
        return (0.0, "");
    }
    let begins = |at: usize| usize::from(wanted.first() == Some(&letter(at)));
    let mut sum: usize = (0..size).map(one).sum::<usize>() + (0..size - 1).map(two).sum::<usize>();
    let mut best = (sum, begins(0), 0);
    for start in 1..=letters.len() - size {
        let last = start + size - 1;
        sum = sum + one(last) - one(start - 1);
        if size > 1 {
            sum = sum + two(last - 1) - two(start - 1);
        }
        if (sum, begins(start)) > (best.0, best.1) {
            best = (sum, begins(start), start);
        }
    }
    let from = letters.get(best.2).map_or(0, |l| l.0);
    let to = letters.get(best.2 + size).map_or(text.len(), |l| l.0);
    (best.0 as f32 / (2 * wanted.len() - 1) as f32, text.get(from..to).unwrap_or(""))
}

/// `new` in the spelling of the document: what it shares with `old` stays as it stands, new figures take the width that
/// `text` uses.
pub fn spelled(old: &str, new: &str, text: &str) -> String {
    let keep = words::segments(old, new).into_iter().filter(|s| s.op != Op::Deleted).map(|s| match s.op {
        Op::Same => s.was.unwrap_or(s.text),
        _ => widths(&s.text, text),
    });
    keep.collect()
}

/// Figures in the width that `text` uses, where it uses one.
pub fn widths(words: &str, text: &str) -> String {
    let wide = |c: char| ('０'..='９').contains(&c);
    let (has_wide, has_plain) = (text.contains(wide), text.contains(|c: char| c.is_ascii_digit()));
    let shift = |c: char| match (has_wide, has_plain) {
        (true, false) if c.is_ascii_digit() => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        (false, true) if wide(c) => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    words.chars().map(shift).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_spelling() {
        for (text, words, want) in [
            ("第１２条の規定による。", "第12条", vec!["第１２条"]),
            ("青葉 市と青葉市", "青葉市", vec!["青葉 市", "青葉市"]),
            ("⻑期の計画", "長期", vec!["⻑期"]),
            ("ｶﾞｲﾄﾞを配る", "ガイド", vec!["ｶﾞｲﾄﾞ"]),
            ("以下「甲」という。", "以下『甲』", vec!["以下「甲」"]),
            ("以下「甲」という。", "乙", vec![]),
            ("", "甲", vec![]),
        ] {
            let got: Vec<&str> = find(text, words).into_iter().map(|r| &text[r]).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn the_spelling_of_the_document_stays() {
        assert_eq!(spelled("第１２条", "第13条", "第１２条の規定"), "第１３条");
        assert_eq!(nearest("診療所は、夜間も開く。", "夜間に開く").1, "夜間も開く");
    }
}
