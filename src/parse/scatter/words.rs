//! Whether two pieces of a text read on: the letters around a break stand together elsewhere in the document, or not.

use super::letters::{Letters, Script, script};
use crate::lines::{Line, is_blank};

/// What it costs to begin a cell with words that begin no sentence, or with the second entry of a list.
pub const REST: u32 = 12;

/// Letters that stand side by side within the lines of a document.
#[derive(Debug)]
pub struct Words(Letters);

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
        Self(Letters::of(lines))
    }

    /// The same where few questions are expected.
    pub fn for_few(lines: &[Line]) -> Self {
        Self(Letters::for_few(lines))
    }

    /// What it costs to read `next` behind `last`: nothing where three of the letters around the break are known
    /// together, most where not even two are.
    pub fn cost(&self, last: &str, next: &str) -> u32 {
        self.cost_between(&Ends::of(last), &Ends::of(next))
    }

    /// The same of two texts whose ends are known.
    pub fn cost_between(&self, last: &Ends, next: &Ends) -> u32 {
        let ([Some(b), a], [Some(c), d]) = (last.last, next.first) else { return 0 };
        let around = self.0.around(a, [b, c], d);
        match (around.before, around.behind) {
            (true, true) => 0,
            (true, false) | (false, true) => 1,
            _ if around.pair => 3,
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
        let is_inside = || second.is_some_and(|second| self.0.is_inside([first, second]));
        match script(first) {
            Script::Hiragana if matches!(first, 'を' | 'が' | 'は' | 'に' | 'の' | 'る' | 'れ' | 'て' | 'で') => {
                4
            }
            Script::Hiragana => 1,
            _ if is_inside() => 4,
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
