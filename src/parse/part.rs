//! Pieces of lines, and what the width of a column says about them.

use super::Repairs;
use crate::ast::Text;
use crate::lines::letters::{ANY, Letters};
use crate::lines::{Line, Marks, after_plain, find_blank, is_blank, is_cjk, odd_letters, trim_start};
use smallvec::SmallVec;

/// A slice of a line of a block.
#[derive(Clone, Copy, Debug)]
pub struct Part<'l, 's> {
    /// The line.
    pub line: &'l Line<'s>,
    /// The slice.
    pub text: &'l str,
    /// Which line of the block it is.
    pub at: usize,
    /// Letters before it on its line: its place in extracts that keep columns.
    pub column: usize,
}

impl<'l, 's> Part<'l, 's> {
    /// A slice of `line.text`.
    pub fn new(line: &'l Line<'s>, text: &'l str, at: usize) -> Self {
        let before = &line.text[..(text.as_ptr() as usize).saturating_sub(line.text.as_ptr() as usize)];
        Part { line, text, at, column: line.place(before) }
    }

    /// Whether the words could be a name: short, without an end.
    pub fn is_like_name(&self) -> bool {
        let letters = || self.text.chars().try_fold(0, |letters, c| (!is_clause_end(c)).then_some(letters + 1));
        self.text.len() <= 30 * 4 && letters().is_some_and(|letters| letters <= 30)
    }

    /// Whether another part of the line stands in this one.
    pub fn holds(&self, other: &Part) -> bool {
        self.text.as_bytes().as_ptr_range().contains(&other.text.as_ptr())
    }
}

/// `－`, `なし`, `【乙】なし`: cells that are whole as they stand, and hold no words of a sentence.
pub fn is_nothing(cell: &str) -> bool {
    const WORDS: [&str; 5] = ["なし", "特になし", "該当なし", "同上", "同左"];
    let words = cell.rsplit(['】', '）', '：', ':']).next().unwrap_or(cell).trim_start_matches(is_blank);
    let is_marks = || words.chars().all(|c| "－-―—–─ー‐−〃/／".contains(c));
    cell.is_empty() || WORDS.contains(&words) || !words.is_empty() && is_marks()
}

/// The words of parts that follow each other.
pub fn text<'p, 'l: 'p, 's: 'l>(parts: impl Iterator<Item = &'p Part<'l, 's>> + Clone, repairs: &mut Repairs) -> Text {
    Text::joined(parts.map(|part| (part.line, part.text)), repairs)
}

/// Width in half-width columns; a blank beside a Japanese letter is an extractor's and takes no room.
pub fn width(text: &str) -> usize {
    let (mut width, mut plain) = (0, text.len());
    for (_, c) in odd_letters(text) {
        plain -= c.len_utf8();
        width += if is_cjk(c) { 2 } else { usize::from(!is_blank(c)) };
    }
    width + plain / 3 * 2
}

/// Width without an end mark, which may hang over the edge of a column.
pub fn body_width(text: &str) -> usize {
    width(text.strip_suffix(['。', '、']).unwrap_or(text))
}

fn is_clause_end(c: char) -> bool {
    matches!(c, '。' | '、' | '，')
}

/// Marks beside which typesetters trim another one, but for those of sentences.
fn is_mark(c: char) -> bool {
    matches!(c, '，' | '（' | '）' | '「' | '」' | '『' | '』' | '［' | '］' | '・')
}

/// Whether a sentence ends with these words.
pub fn is_ended(text: &str) -> bool {
    text.ends_with(ends)
}

/// Whether it does with this letter.
fn ends(last: char) -> bool {
    matches!(last, '。' | '」' | '．')
}

/// `る。`, `ない。`, `ものとする。`: whether the end of a sentence comes first, since none is of hiragana alone
pub fn begins_with_rest(text: &str) -> bool {
    let words = text.trim_start_matches(|c| matches!(c, 'ぁ'..='ん'));
    words.len() < text.len() && words.starts_with('。')
}

/// Whether a column of `full` half-width columns had to break between `line` and `next`.
pub fn must_break(line: &str, next: &str, full: usize) -> bool {
    broken(width(line), odd(line.chars()), Opening::of(next, true), full)
}

/// What [`must_break`] asks of a text, measured once.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// See [`width`].
    pub width: usize,
    /// The least that a column is wide which holds the words: figures may be narrower than half a letter, an end mark may
    /// hang over the edge, and of two marks side by side typesetters trim one.
    pub sure: usize,
    /// See [`is_ended`].
    pub ended: bool,
    /// Figures or Latin letters are among them.
    pub latin: bool,
    /// Blanks are among them.
    pub blank: bool,
    /// `。` or `、` is among them.
    pub clauses: bool,
    /// How many letters and blanks they are.
    pub letters: usize,
    /// Whether the words could be a name: short, without an end.
    pub like_name: bool,
    /// See [`body_width`].
    pub body: usize,
    odd: u32,
    opening: Opening,
}

impl Measure {
    /// Measures a text.
    pub fn of(text: &str) -> Self {
        let (mut width, mut latin, mut blanks, mut pairs, mut plain) = (0, 0, 0, 0, text.len());
        let (mut clauses, mut is_phrase, mut last_mark, mut letters) = (false, true, usize::MAX, 0);
        for (at, c) in odd_letters(text) {
            letters += 1;
            // nearly all are marks of sentences, figures and blanks
            match c {
                '。' | '、' => {
                    (plain, width, clauses) = (plain - 3, width + 2, true);
                    pairs += usize::from(last_mark == at);
                    last_mark = at + 3;
                }
                ' ' => (plain, blanks) = (plain - 1, blanks + 1),
                c if c.is_ascii_alphanumeric() => (plain, width, latin) = (plain - 1, width + 1, latin + 1),
                _ => {
                    let (is_blank, len) = (is_blank(c), c.len_utf8());
                    plain -= len;
                    width += if is_cjk(c) { 2 } else { usize::from(!is_blank) };
                    blanks += usize::from(is_blank);
                    is_phrase &= c != '，';
                    if is_mark(c) {
                        pairs += usize::from(last_mark == at);
                        last_mark = at + len;
                    }
                }
            }
        }
        width += plain / 3 * 2;
        letters += plain / 3;
        let last = text.chars().next_back().unwrap_or_default();
        let hangs = if matches!(last, '。' | '、') { 2 } else { 0 };
        Measure {
            width,
            sure: (width - hangs).saturating_sub(usize::div_ceil(latin, 3) + pairs),
            ended: ends(last),
            latin: latin > 0,
            blank: blanks > 0,
            letters,
            clauses,
            like_name: is_phrase && !clauses && letters <= 30,
            body: width - hangs,
            odd: (latin + blanks) as u32,
            opening: Opening::of(text, latin + blanks > 0),
        }
    }

    /// See [`must_break`].
    pub fn must_break(&self, next: &Measure, full: usize) -> bool {
        broken(self.width, self.odd, next.opening, full)
    }
}

/// A part of the words of a table, measured.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'l, 's> {
    /// Where it stands.
    pub part: Part<'l, 's>,
    /// How wide it is.
    pub size: Measure,
}

impl<'l, 's> Measured<'l, 's> {
    /// Measures a part.
    pub fn of(part: Part<'l, 's>) -> Self {
        Measured { part, size: Measure::of(part.text) }
    }
}

/// How a text begins.
#[derive(Clone, Copy, Debug)]
struct Opening {
    /// The width of what no line parts: marks that open, a letter or a figure, marks that close.
    unit: u32,
    odd: u32,
}

impl Opening {
    /// `has_odd`: whether letters are among them for which no width is sure.
    fn of(text: &str, has_odd: bool) -> Self {
        let odd = if has_odd { odd(text.chars().take(4)) } else { 0 };
        // words, as nearly every text begins
        if let Some(rest) = after_plain(text.as_bytes()) {
            let is_usual = BEGINS.after(rest).is_some();
            let behind = text[text.len() - rest.len()..].chars().filter(|c| !is_blank(*c));
            let closing = if is_usual { 0 } else { behind.take_while(|c| closes(*c)).count() as u32 };
            return Opening { unit: 2 + 2 * closing, odd };
        }
        let mut unit = 0;
        let mut chars = text.chars().filter(|c| !is_blank(*c)).peekable();
        while chars.next_if(|c| matches!(c, '（' | '「' | '『' | '［' | '(')).is_some() {
            unit += 2;
        }
        match chars.next() {
            Some(first) if first.is_ascii_alphanumeric() => {
                unit += 1;
                while chars.next_if(char::is_ascii_alphanumeric).is_some() {
                    unit += 1;
                }
            }
            Some(first) => unit += if is_cjk(first) { 2 } else { 1 },
            None => {}
        }
        while chars.next_if(|c| closes(*c)).is_some() {
            unit += 2;
        }
        Opening { unit, odd }
    }
}

/// Kanji, and nearly all kana that may begin a line: the second letter of most texts; none of them [`closes`] a unit.
static BEGINS: Letters = Letters::of(&[
    [[0xE4, 0xE9], ANY, ANY],
    // お to ぢ, つ to み, む to も, よ to ん
    [[0xE3, 0xE3], [0x81, 0x81], [0x8A, 0xA2]],
    [[0xE3, 0xE3], [0x81, 0x81], [0xA4, 0xBF]],
    [[0xE3, 0xE3], [0x82, 0x82], [0x80, 0x82]],
    [[0xE3, 0xE3], [0x82, 0x82], [0x88, 0x93]],
    // オ to タ, ツ to モ
    [[0xE3, 0xE3], [0x82, 0x82], [0xAA, 0xBF]],
    [[0xE3, 0xE3], [0x83, 0x83], [0x84, 0xA2]],
]);

/// Marks and letters that begin no line.
fn closes(c: char) -> bool {
    let is_mark = matches!(c, '。' | '、' | '）' | '」' | '』' | '］' | '，' | '．' | '・' | 'ー' | '々' | ')');
    let is_hiragana = matches!(c, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ');
    is_mark || is_hiragana || matches!(c, 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ')
}

/// Figures and Latin letters are not exactly half as wide, and the blank beside one is a fourth.
fn is_odd(c: &char) -> bool {
    c.is_ascii_alphanumeric() || is_blank(*c)
}

fn odd(letters: impl Iterator<Item = char>) -> u32 {
    letters.filter(is_odd).count() as u32
}

fn broken(width: usize, odd: u32, next: Opening, full: usize) -> bool {
    let odd = odd + next.odd;
    let slack = if odd == 0 { 0 } else { 1 + odd / 2 };
    width + (next.unit + slack) as usize > full
}

/// The pieces of a line between blanks, and whether each blank is sure to part them: a run, or one between two
/// Japanese letters. (One blank beside a figure may be an extractor's.)
pub fn pieces<'l, 's>(line: &'l Line<'s>, at: usize) -> SmallVec<[(Part<'l, 's>, bool); 2]> {
    if line.marks.hold(Marks::BLANK) {
        return pieces_in(line, &line.text, at);
    }
    let mut out = SmallVec::new();
    out.push((Part { line, text: &line.text, at, column: line.indent as usize }, true));
    out
}

/// The same of a slice of a line.
fn pieces_in<'l, 's>(line: &'l Line<'s>, text: &'l str, at: usize) -> SmallVec<[(Part<'l, 's>, bool); 2]> {
    let mut out: SmallVec<[(Part, bool); 2]> = SmallVec::new();
    let mut from = 0;
    // how many code points stand before the last piece, counted once
    let Part { mut column, .. } = Part::new(line, text, at);
    let mut counted = 0;
    loop {
        let end = line.blank_in(&text[from..]).map_or(text.len(), |gap| from + gap);
        if end > from {
            column += line.letters(&text[counted..from]);
            counted = from;
            let sure = out.last().is_none_or(|(last, _)| {
                let last_end = last.text.as_ptr() as usize - text.as_ptr() as usize + last.text.len();
                let gap = text[last_end..from].chars().count();
                let beside_figure = last.text.ends_with(is_latin) || text[from..].starts_with(is_latin);
                gap > 1 || !beside_figure
            });
            out.push((Part { line, text: &text[from..end], at, column }, sure));
        }
        if end == text.len() {
            return out;
        }
        from = text.len() - trim_start(&text[end..]).len();
    }
}

/// Where each blank inside of words begins, and whether it is sure to part them; see [`pieces`].
pub fn gaps(text: &str) -> impl Iterator<Item = (usize, bool)> {
    gaps_by(text, find_blank)
}

/// The same of some words of a line, which may tell sooner.
pub fn gaps_of<'l>(line: &'l Line, text: &'l str) -> impl Iterator<Item = (usize, bool)> + 'l {
    gaps_by(text, |rest| line.blank_in(rest))
}

fn gaps_by<'t>(text: &'t str, find: impl Fn(&str) -> Option<usize> + 't) -> impl Iterator<Item = (usize, bool)> + 't {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + find(&text[from..])?;
        let rest = trim_start(&text[at..]);
        from = text.len() - rest.len();
        let beside_figure = || text[..at].ends_with(is_latin) || rest.starts_with(is_latin);
        let is_inside = at > 0 && !rest.is_empty();
        Some((at, is_inside && (text[at..from].chars().nth(1).is_some() || !beside_figure())))
    })
}

/// The words of [`sure_pieces`], without their places.
pub fn sure_words(text: &str) -> impl Iterator<Item = &str> {
    let mut gaps = gaps(text).filter_map(|(at, is_sure)| is_sure.then_some(at));
    let mut rest = Some(text.trim_matches(is_blank));
    std::iter::from_fn(move || {
        let words = rest?;
        let from = words.as_ptr() as usize - text.as_ptr() as usize;
        let gap = gaps.find(|gap| *gap > from).and_then(|gap| words.split_at_checked(gap - from));
        rest = gap.map(|(_, behind)| trim_start(behind)).filter(|behind| !behind.is_empty());
        Some(gap.map_or(words, |(word, _)| word))
    })
}

/// Latin letters and marks, and figures of either width; a wide letter may stand alone in a name of one letter a line.
fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '０'..='９')
}

/// Pieces with doubtful blanks joined again.
pub fn sure_pieces<'l, 's>(line: &'l Line<'s>, at: usize) -> SmallVec<[Part<'l, 's>; 2]> {
    pieces_of(&Part { line, text: &line.text, at, column: line.indent as usize })
}

/// The pieces of a part between sure blanks.
pub fn pieces_of<'l, 's>(part: &Part<'l, 's>) -> SmallVec<[Part<'l, 's>; 2]> {
    let mut out: SmallVec<[Part; 2]> = SmallVec::new();
    if part.line.blank_in(part.text).is_none() {
        out.push(*part);
        return out;
    }
    for (part, sure) in pieces_in(part.line, part.text, part.at) {
        match out.last_mut() {
            Some(last) if !sure => *last = joined(last, &part),
            _ => out.push(part),
        }
    }
    out
}

/// Two pieces of one line with the blank between them.
pub fn joined<'l, 's>(left: &Part<'l, 's>, right: &Part<'l, 's>) -> Part<'l, 's> {
    let text: &'l str = &left.line.text;
    let start = left.text.as_ptr() as usize - text.as_ptr() as usize;
    let end = right.text.as_ptr() as usize - text.as_ptr() as usize + right.text.len();
    Part { text: &text[start..end.max(start)], ..*left }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_is_forced_or_not() {
        for (line, next, full, want) in [
            ("夜間の当番を", "続ける。", 12, true),
            ("通院の足", "続ける。", 12, false),
            ("夜間の当番", "す。", 12, true),
            ("会場に", "24時間対応の", 8, true),
            ("対象は、", "（子ども", 11, true),
        ] {
            assert_eq!(must_break(line, next, full), want, "{line} {next}");
        }
    }
}
