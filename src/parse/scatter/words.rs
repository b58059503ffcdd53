//! Whether two pieces of a text read on: the letters around a break stand together elsewhere in the document, or not.

use crate::lines::{Line, is_blank};
use rustc_hash::{FxHashMap, FxHashSet};

/// Letters that stand side by side within the lines of a document.
#[derive(Debug, Default)]
pub struct Words {
    /// Two letters, and whether they ever begin a word: behind a mark or a letter of another script.
    pairs: FxHashMap<u64, Begins>,
    triples: FxHashSet<u64>,
}

/// Whether two letters begin a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Begins {
    /// They only stand where a line or a piece does.
    #[default]
    Unknown,
    No,
    Yes,
}

/// Letters that stand side by side, as one number.
fn packed(letters: &[char]) -> u64 {
    letters.iter().fold(0, |all, c| all << 21 | u64::from(u32::from(*c)))
}

impl Words {
    /// The letters of `lines`; linear.
    pub fn of(lines: &[Line]) -> Self {
        let mut out = Self::default();
        // many letters stand side by side more than once
        let letters: usize = lines.iter().map(|line| line.text.len() / 3).sum();
        out.pairs.reserve(letters / 3);
        out.triples.reserve(letters / 3);
        // a line that was joined from several proves nothing
        for line in lines.iter().filter(|line| !line.raw().contains('\n')) {
            // the two letters before, behind the last blank
            let (mut before, mut last): (Option<(char, Script)>, Option<(char, Script)>) = (None, None);
            for c in line.text.chars() {
                if is_blank(c) || c == '\t' {
                    (before, last) = (None, None);
                    continue;
                }
                let now = (c, script(c));
                if let Some((b, of)) = last {
                    let begins = out.pairs.entry(packed(&[b, c])).or_default();
                    if let Some((a, above)) = before {
                        out.triples.insert(packed(&[a, b, c]));
                        *begins = (*begins).max(if above != of { Begins::Yes } else { Begins::No });
                    }
                }
                (before, last) = (last, Some(now));
            }
        }
        out
    }

    /// What it costs to read `next` behind `last`: nothing where three of the letters around the break are known
    /// together, most where not even two are.
    pub fn cost(&self, last: &str, next: &str) -> u32 {
        let mut before = last.chars().rev().filter(|c| !is_blank(*c));
        let mut after = next.chars().filter(|c| !is_blank(*c));
        let (Some(b), a, Some(c), d) = (before.next(), before.next(), after.next(), after.next()) else { return 0 };
        let triples = [a.map(|a| [a, b, c]), d.map(|d| [b, c, d])].into_iter().flatten();
        let known = triples.filter(|letters| self.triples.contains(&packed(letters)));
        match (known.count(), self.pairs.contains_key(&packed(&[b, c]))) {
            (2, _) => 0,
            (1, _) => 1,
            (_, true) => 3,
            // a letter that begins no word
            _ if is_small(c) => 2,
            _ => 5,
        }
    }

    /// What it costs to begin a cell with these words.
    pub fn begins(&self, text: &str) -> u32 {
        let mut letters = text.chars().filter(|c| !is_blank(*c));
        let (Some(first), second) = (letters.next(), letters.next()) else { return 0 };
        if text.chars().count() <= 4 && text.ends_with('。') || is_small(first) {
            return 12;
        }
        if crate::parse::torn::goes_on(text) {
            return 6;
        }
        let inside = second.is_some_and(|second| self.pairs.get(&packed(&[first, second])) == Some(&Begins::No));
        match script(first) {
            Script::Hiragana if matches!(first, 'を' | 'が' | 'は' | 'に' | 'の' | 'る' | 'れ' | 'て' | 'で') => {
                4
            }
            Script::Hiragana => 1,
            _ if inside => 4,
            _ => 0,
        }
    }
}

/// Letters that begin no word.
fn is_small(c: char) -> bool {
    matches!(c, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ん')
        || matches!(c, 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ー')
        || matches!(c, '々' | '、' | '。' | '）' | '」')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Hiragana,
    Katakana,
    Kanji,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{3041}'..='\u{3096}' => Script::Hiragana,
        '\u{30A1}'..='\u{30FC}' => Script::Katakana,
        '\u{3400}'..='\u{9FFF}' | '々' => Script::Kanji,
        _ => Script::Other,
    }
}
