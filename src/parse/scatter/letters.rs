//! The letters of a document, and what stands around two of them.
//!
//! Hardly any two are asked for: the letters are kept as they stand, with the places where any two do as a chain. Where the
//! same ones stand side by side again and again, and are asked for as often, they are counted up once instead.

use super::seen::Seen;
use crate::lines::{Line, is_blank};
use std::cell::{Cell, OnceCell};

/// No letter.
const NONE: u32 = u32::MAX;
/// So many places may be looked at, and one for every second letter: as many as one agreement asks for. In a text of many
/// alike each two letters stand at too many.
const LOOKS: usize = 1 << 15;

/// Letters that stand side by side within the lines of a document.
#[derive(Debug)]
pub struct Letters {
    /// In the order of the text; [`NONE`] parts what does not stand side by side.
    all: Vec<u32>,
    /// By [`bucket`], one more than the last place of the second of two letters; 0 where there is none.
    last: Vec<u32>,
    /// For each place, the one before it in its bucket.
    before: Vec<u32>,
    /// How many places may still be looked at.
    left: Cell<usize>,
    sets: OnceCell<Sets>,
}

/// What is known of four letters, of which the second and the third stand side by side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// So do these two.
    pub pair: bool,
    /// So do the first three.
    pub before: bool,
    /// So do the last three.
    pub behind: bool,
}

impl Letters {
    /// The letters of `lines`; linear.
    pub fn of(lines: &[Line]) -> Self {
        let most: usize = lines.iter().map(|line| line.text.len() / 3 + 1).sum();
        let mut all: Vec<u32> = Vec::with_capacity(most);
        let is_parting = |c: char| !matches!(c, 'ぁ'..='\u{FEFE}') && (is_blank(c) || c == '\t');
        // a line that was joined from several proves nothing
        for line in lines.iter().filter(|line| !line.is_joined()) {
            all.extend(line.text.chars().map(|c| if is_parting(c) { NONE } else { c.into() }));
            all.push(NONE);
        }
        let mut last = vec![0; all.len().next_power_of_two()];
        let mut first = NONE;
        let put = |(place, second): (u32, &u32)| {
            let bucket = bucket(first, *second, last.len());
            first = *second;
            std::mem::replace(&mut last[bucket], place)
        };
        let before = (1..).zip(&all).map(put).collect();
        let left = Cell::new(LOOKS + all.len() / 2);
        Self { all, last, before, left, sets: OnceCell::new() }
    }

    /// Which of four letters stand side by side.
    pub fn around(&self, first: Option<char>, pair: [char; 2], last: Option<char>) -> Around {
        let [first, last] = [first, last].map(|c| c.map_or(NONE, u32::from));
        let pair = pair.map(u32::from);
        let mut out = Around::default();
        let is_whole = self.look(pair, |before, behind| {
            out.pair = true;
            out.before |= before == first && first != NONE;
            out.behind |= behind == last && last != NONE;
            out.before && out.behind
        });
        if is_whole { out } else { self.sets().around(first, pair, last) }
    }

    /// Whether two letters stand within words, and begin none.
    pub fn is_inside(&self, pair: [char; 2]) -> bool {
        let pair = pair.map(u32::from);
        let mut found = 0;
        let is_whole = self.look(pair, |before, _| {
            found |= notes(before, pair[0]);
            found & BEGIN != 0
        });
        let found = if is_whole { Some(found) } else { self.sets().pairs.get(packed(&pair)) };
        found == Some(INSIDE)
    }

    fn sets(&self) -> &Sets {
        self.sets.get_or_init(|| Sets::of(&self.all))
    }

    /// Looks at the letters before and behind two of them, wherever these stand, until `is_done`; gives whether it could.
    fn look(&self, [first, second]: [u32; 2], mut is_done: impl FnMut(u32, u32) -> bool) -> bool {
        let mut left = self.left.get();
        let mut place = self.last[bucket(first, second, self.last.len())] as usize;
        let at = |place: usize| self.all.get(place).copied().unwrap_or(NONE);
        while place > 0 && left > 0 {
            left -= 1;
            let is_here = at(place - 1) == second && at(place.wrapping_sub(2)) == first;
            if is_here && is_done(at(place.wrapping_sub(3)), at(place)) {
                break;
            }
            place = self.before[place - 1] as usize;
        }
        self.left.set(left);
        left > 0
    }
}

/// Where two letters belong among so many buckets, a power of two.
fn bucket(first: u32, second: u32, count: usize) -> usize {
    // the upper bits of the product depend on all bits of the first letter
    (first.wrapping_mul(0x9E37_79B9) >> 8 ^ second) as usize & (count - 1)
}

/// The same letters, for any number of questions.
#[derive(Debug)]
struct Sets {
    /// Two letters, and where they stand: [`INSIDE`], [`BEGIN`]; neither where they only begin a line or a piece.
    pairs: Seen<2>,
    triples: Seen<0>,
}

/// Two letters stand within a word.
const INSIDE: u64 = 1;
/// They begin one: behind a mark or a letter of another script.
const BEGIN: u64 = 2;

/// What the letter before two of them, if any, says about where these stand.
fn notes(before: u32, first: u32) -> u64 {
    match (char::from_u32(before), char::from_u32(first)) {
        (Some(before), Some(first)) if script(before) == script(first) => INSIDE,
        (Some(_), _) => BEGIN,
        (None, _) => 0,
    }
}

/// Letters that stand side by side, as one number.
fn packed(letters: &[u32]) -> u64 {
    letters.iter().fold(0, |all, c| all << 21 | u64::from(*c))
}

impl Sets {
    /// Of letters in the order of the text; linear.
    fn of(all: &[u32]) -> Self {
        // many letters stand side by side more than once
        let mut out = Self { pairs: Seen::with_room(all.len() / 4), triples: Seen::with_room(all.len() / 3) };
        let mut before = NONE;
        for pair in all.windows(2) {
            if !pair.contains(&NONE) {
                out.pairs.put(packed(pair), notes(before, pair[0]));
                if before != NONE {
                    out.triples.put(packed(&[before, pair[0], pair[1]]), 0);
                }
            }
            before = pair[0];
        }
        out
    }

    fn around(&self, first: u32, pair: [u32; 2], last: u32) -> Around {
        let is_known = |letters: [u32; 3]| !letters.contains(&NONE) && self.triples.get(packed(&letters)).is_some();
        Around {
            pair: self.pairs.get(packed(&pair)).is_some(),
            before: is_known([first, pair[0], pair[1]]),
            behind: is_known([pair[0], pair[1], last]),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Hiragana,
    Katakana,
    Kanji,
    Other,
}

pub fn script(c: char) -> Script {
    match c {
        '\u{3041}'..='\u{3096}' => Script::Hiragana,
        '\u{30A1}'..='\u{30FC}' => Script::Katakana,
        '\u{3400}'..='\u{9FFF}' | '々' => Script::Kanji,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;
    use crate::lines::split;
    use crate::parse::Repairs;

    #[test]
    fn what_is_counted_up_is_what_the_places_say() {
        let text = "夜間の当番 を続ける。\n当番の夜間を、\n夜\n間\n夜間夜間の診療を続け\n";
        let lines = split(text, &mut Repairs::new(true)).lines;
        let (places, counted) = (Letters::of(&lines), Letters::of(&lines));
        counted.left.set(0);
        let known = |letters: &Letters, of: &[char]| {
            let [a, b, c, d] = [0, 1, 2, 3].map(|at| of.get(at).copied());
            let pair = [b.unwrap_or('。'), c.unwrap_or('。')];
            let around = letters.around(a, pair, d);
            (around.pair, around.before, around.behind, letters.is_inside(pair))
        };
        let all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        for of in all.windows(4).chain(all.windows(2)) {
            assert_eq!(known(&places, of), known(&counted, of), "{of:?}");
        }
        assert!(places.sets.get().is_none() && counted.sets.get().is_some());
    }
}
