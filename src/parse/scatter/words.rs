//! Whether two pieces of a text read on: the letters around a break stand together elsewhere in the document, or not.

use crate::lines::{Line, is_blank};
use rustc_hash::{FxHashMap, FxHashSet};

/// Letters that stand side by side within the lines of a document.
#[derive(Debug, Default)]
pub struct Words {
    pairs: FxHashSet<[char; 2]>,
    triples: FxHashSet<[char; 3]>,
    /// For two letters, whether they ever begin a word: behind a mark or a letter of another script.
    begin: FxHashMap<[char; 2], bool>,
}

impl Words {
    /// The letters of `lines`; linear.
    pub fn of(lines: &[Line]) -> Self {
        let mut out = Self::default();
        // a line that was joined from several proves nothing
        for line in lines.iter().filter(|l| !l.raw().contains('\n')) {
            let mut before = [' ', ' '];
            for c in line.text.chars() {
                let fits = |c: char| !is_blank(c) && c != '\t';
                if fits(before[1]) && fits(c) {
                    out.pairs.insert([before[1], c]);
                    if fits(before[0]) {
                        out.triples.insert([before[0], before[1], c]);
                        *out.begin.entry([before[1], c]).or_default() |= script(before[0]) != script(before[1]);
                    }
                }
                before = [before[1], c];
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
        let triples =
            [a.map(|a| [a, b, c]), d.map(|d| [b, c, d])].into_iter().flatten().filter(|t| self.triples.contains(t));
        match (triples.count(), self.pairs.contains(&[b, c])) {
            (2, _) => 0,
            (1, _) => 1,
            (_, true) => 3,
            // a letter that begins no word
            _ if SMALL.contains(c) => 2,
            _ => 5,
        }
    }

    /// What it costs to begin a cell with these words.
    pub fn begins(&self, text: &str) -> u32 {
        let mut letters = text.chars().filter(|c| !is_blank(*c));
        let (Some(first), second) = (letters.next(), letters.next()) else { return 0 };
        if text.chars().count() <= 4 && text.ends_with('。') || SMALL.contains(first) {
            return 12;
        }
        if crate::parse::torn::goes_on(text) {
            return 6;
        }
        let inside = second.and_then(|second| self.begin.get(&[first, second])).is_some_and(|begin| !begin);
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
const SMALL: &str = "ぁぃぅぇぉっゃゅょァィゥェォッャュョー々、。）」ん";

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
