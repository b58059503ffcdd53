//! The letters of a document, and what stands around two of them.
//!
//! Hardly any two are asked for: the letters are kept as they stand, with the places where any two do as a chain. Where the
//! same ones stand side by side again and again, and are asked for as often, they are counted up once instead. A few are sought
//! in the text.

use super::seen::Seen;
use crate::lines::{Line, is_blank};
use memchr::memmem;
use std::cell::{Cell, OnceCell};

/// No letter.
const NONE: u32 = u32::MAX;
/// So many questions may be answered by the text itself.
const FEW: usize = 24;
/// So many places may be looked at, and one for every second letter: as many as one agreement asks for. In a text of many
/// alike each two letters stand at too many.
const LOOKS: usize = 1 << 15;

/// Letters that stand side by side within the lines of a document.
#[derive(Debug)]
pub struct Letters {
    /// The lines, each with a tab behind it, where few questions are expected.
    text: String,
    /// How many the text may still be asked.
    left: Cell<usize>,
    chain: OnceCell<Chain>,
}

/// The same, for many questions.
#[derive(Debug)]
struct Chain {
    /// In the order of the text; [`NONE`] parts what does not stand side by side.
    all: Vec<u32>,
    /// For each of them the place before it in its bucket.
    before: Vec<u32>,
    /// By [`bucket`], one more than the last place of the second of two letters; 0 where there is none.
    last: Vec<u32>,
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
        let chain = Chain::of(whole(lines));
        Self { text: String::new(), left: Cell::new(0), chain: chain.into() }
    }

    /// The same where few questions are expected.
    pub fn for_few(lines: &[Line]) -> Self {
        let mut text = String::with_capacity(whole(lines).map(|line| line.len() + 1).sum());
        for line in whole(lines) {
            text.push_str(line);
            text.push('\t');
        }
        Self { text, left: Cell::new(FEW), chain: OnceCell::new() }
    }

    /// Which of four letters stand side by side.
    pub fn around(&self, first: Option<char>, pair: [char; 2], last: Option<char>) -> Around {
        let [first, last] = [first, last].map(|c| c.map_or(NONE, u32::from));
        let mut out = Around::default();
        let is_whole = self.look(pair, |before, behind| {
            out.pair = true;
            out.before |= before == first && first != NONE;
            out.behind |= behind == last && last != NONE;
            out.before && out.behind
        });
        if is_whole { out } else { self.chain().sets().around(first, pair.map(u32::from), last) }
    }

    /// Whether two letters stand within words, and begin none.
    pub fn is_inside(&self, pair: [char; 2]) -> bool {
        let mut found = 0;
        let is_whole = self.look(pair, |before, _| {
            found |= notes(before, pair[0].into());
            found & BEGIN != 0
        });
        let counted = || self.chain().sets().pairs.get(packed(&pair.map(u32::from)));
        let found = if is_whole { Some(found) } else { counted() };
        found == Some(INSIDE)
    }

    fn chain(&self) -> &Chain {
        self.chain.get_or_init(|| Chain::of(self.text.split('\t')))
    }

    /// Looks at the letters before and behind two of them, wherever these stand, until `is_done`; gives whether it could.
    fn look(&self, pair: [char; 2], is_done: impl FnMut(u32, u32) -> bool) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else {
            return self.chain().look(pair.map(u32::from), is_done);
        };
        self.left.set(left);
        self.seek(pair, is_done);
        true
    }

    /// The same in the text itself.
    fn seek(&self, pair: [char; 2], mut is_done: impl FnMut(u32, u32) -> bool) {
        if pair.map(letter).contains(&NONE) {
            return;
        }
        let mut both = [0; 8];
        let first = pair[0].encode_utf8(&mut both).len();
        let len = first + pair[1].encode_utf8(&mut both[first..]).len();
        let finder = memmem::Finder::new(&both[..len]);
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| finder.find(rest.as_bytes())).map(|at| from + at) {
            let before = self.text[..at].chars().next_back().map_or(NONE, letter);
            let behind = self.text[at + len..].chars().next().map_or(NONE, letter);
            if is_done(before, behind) {
                return;
            }
            from = at + first;
        }
    }
}

/// Adds the letters of a text, and [`NONE`] for blanks.
fn letters(text: &str, all: &mut Vec<u32>) {
    let mut rest = text.as_bytes();
    loop {
        // as nearly all: kana and kanji, and marks, but the blank
        while let [first @ 0xE3..=0xE9, second, third, behind @ ..] = rest {
            let letter = u32::from(first & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
            all.push(if letter == u32::from('\u{3000}') { NONE } else { letter });
            rest = behind;
        }
        let Some(c) = text[text.len() - rest.len()..].chars().next() else { return };
        all.push(letter(c));
        rest = &rest[c.len_utf8()..];
    }
}

/// A letter of the text; a blank is none.
fn letter(c: char) -> u32 {
    let is_parting = !matches!(c, 'ぁ'..='\u{FEFE}') && (is_blank(c) || c == '\t');
    if is_parting { NONE } else { c.into() }
}

/// The text of each line that was not joined from several, which proves nothing.
fn whole<'l>(lines: &'l [Line]) -> impl Iterator<Item = &'l str> + Clone {
    lines.iter().filter(|line| !line.is_joined()).map(|line| line.text.as_ref())
}

impl Chain {
    /// Of lines; linear.
    fn of<'l>(lines: impl Iterator<Item = &'l str> + Clone) -> Self {
        // nearly all letters take three bytes, and figures one
        let most: usize = lines.clone().map(|line| line.len() * 3 / 8 + 1).sum();
        let (mut all, mut last) = (Vec::with_capacity(most), vec![0; most.next_power_of_two()]);
        for line in lines {
            letters(line, &mut all);
            all.push(NONE);
        }
        let mut first = NONE;
        let chained = (1..).zip(&all).map(|(place, second)| {
            let bucket = bucket(std::mem::replace(&mut first, *second), *second, last.len());
            std::mem::replace(&mut last[bucket], place)
        });
        let before = chained.collect();
        let left = Cell::new(LOOKS + all.len() / 2);
        Self { all, before, last, left, sets: OnceCell::new() }
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
            let pair = [pair[0], pair[1]];
            if !pair.contains(&NONE) {
                out.pairs.put(packed(&pair), notes(before, pair[0]));
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
    use super::{FEW, Letters};
    use crate::lines::split;
    use crate::parse::Repairs;

    #[test]
    fn what_is_sought_or_counted_up_is_what_the_places_say() {
        let text = "夜間の当番 を続ける。\n当番の夜間を、\n夜\n間\n夜間夜間の診療を続け\n";
        let lines = split(text, &mut Repairs::new(true)).lines;
        let (sought, places, counted) = (Letters::for_few(&lines), Letters::of(&lines), Letters::of(&lines));
        counted.chain().left.set(0);
        let known = |letters: &Letters, of: &[char]| {
            let [a, b, c, d] = [0, 1, 2, 3].map(|at| of.get(at).copied());
            let pair = [b.unwrap_or('。'), c.unwrap_or('。')];
            let around = letters.around(a, pair, d);
            (around.pair, around.before, around.behind, letters.is_inside(pair))
        };
        let all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        for of in all.windows(4).chain(all.windows(2)) {
            sought.left.set(FEW);
            assert_eq!(known(&sought, of), known(&counted, of), "{of:?}");
            assert_eq!(known(&places, of), known(&counted, of), "{of:?}");
        }
        assert!(sought.chain.get().is_none() && places.chain().sets.get().is_none());
        assert!(counted.chain().sets.get().is_some());
    }
}
