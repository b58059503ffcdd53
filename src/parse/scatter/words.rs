//! Whether two pieces of a text read on: the letters around a break stand together elsewhere in the document, or not.

use super::seen::Seen;
use crate::lines::{Line, is_blank};

/// What it costs to begin a cell with words that begin no sentence, or with the second entry of a list.
pub const REST: u32 = 12;

/// Letters that stand side by side within the lines of a document.
#[derive(Debug)]
pub struct Words {
    /// Two letters, and where they stand: [`INSIDE`], [`BEGIN`]; neither where they only begin a line or a piece.
    pairs: Seen<2>,
    triples: Seen<0>,
}

/// Two letters stand within a word.
const INSIDE: u64 = 1;
/// They begin one: behind a mark or a letter of another script.
const BEGIN: u64 = 2;

/// The bits of two letters, and of three.
const PAIR: u64 = (1 << 42) - 1;
const TRIPLE: u64 = (1 << 63) - 1;

/// Letters that stand side by side, as one number.
fn packed(letters: &[char]) -> u64 {
    letters.iter().fold(0, |all, c| all << 21 | u64::from(u32::from(*c)))
}

/// The two letters with which a text begins, and those with which it ends, from the end; blanks are none.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    first: [Option<char>; 2],
    last: [Option<char>; 2],
}

impl Ends {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        let is_letter = |c: &char| !is_blank(*c);
        let (mut first, mut last) = (text.chars().filter(is_letter), text.chars().rev().filter(is_letter));
        Ends { first: [first.next(), first.next()], last: [last.next(), last.next()] }
    }
}

impl Words {
    /// The letters of `lines`; linear.
    pub fn of(lines: &[Line]) -> Self {
        // many letters stand side by side more than once
        let letters: usize = lines.iter().map(|line| line.text.len() / 3).sum();
        let mut out = Self { pairs: Seen::with_room(letters / 4), triples: Seen::with_room(letters / 3) };
        // a line that was joined from several proves nothing
        for line in lines.iter().filter(|line| !line.is_joined()) {
            // the letters behind the last blank: all that were, and the scripts of the last two
            let (mut all, mut count, mut above, mut of) = (0u64, 0, Script::Other, Script::Other);
            for c in line.text.chars() {
                if !matches!(c, 'ぁ'..='\u{FEFE}') && (is_blank(c) || c == '\t') {
                    count = 0;
                    continue;
                }
                all = all << 21 | u64::from(u32::from(c));
                count += 1;
                if count > 2 {
                    out.pairs.put(all & PAIR, if above == of { INSIDE } else { BEGIN });
                    out.triples.put(all & TRIPLE, 0);
                } else if count == 2 {
                    out.pairs.put(all & PAIR, 0);
                }
                (above, of) = (of, script(c));
            }
        }
        out
    }

    /// What it costs to read `next` behind `last`: nothing where three of the letters around the break are known
    /// together, most where not even two are.
    pub fn cost(&self, last: &str, next: &str) -> u32 {
        self.cost_between(&Ends::of(last), &Ends::of(next))
    }

    /// The same of two texts whose ends are known.
    pub fn cost_between(&self, last: &Ends, next: &Ends) -> u32 {
        let ([Some(b), a], [Some(c), d]) = (last.last, next.first) else { return 0 };
        let is_known = |letters: &[char]| self.triples.get(packed(letters)).is_some();
        let before = a.is_some_and(|a| is_known(&[a, b, c]));
        let behind = d.is_some_and(|d| is_known(&[b, c, d]));
        match (before, behind) {
            (true, true) => 0,
            (true, false) | (false, true) => 1,
            _ if self.pairs.get(packed(&[b, c])).is_some() => 3,
            // a letter that begins no word
            _ if is_small(c) => 2,
            _ => 5,
        }
    }

    /// What it costs to begin a cell with these words.
    pub fn begins(&self, text: &str) -> u32 {
        let mut letters = text.chars().filter(|c| !is_blank(*c));
        let (Some(first), second) = (letters.next(), letters.next()) else { return 0 };
        if text.ends_with('。') && text.chars().nth(4).is_none() || is_small(first) {
            return REST;
        }
        if crate::parse::torn::goes_on(text) {
            return 6;
        }
        let inside = second.is_some_and(|second| self.pairs.get(packed(&[first, second])) == Some(INSIDE));
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
