//! Undoes what page layout and extractors did to lines, so that the grammar never sees it.
//!
//! Physical lines come out trimmed, with page furniture set aside; a line whose letters were pulled apart or replaced
//! is a repaired copy that still knows its source. Joining happens where the grammar knows what may be joined: [`join`].

pub mod composed;
pub mod drawn;
mod drifted;
mod furniture;
pub mod join;
mod justified;
pub mod letters;
pub mod markdown;
mod marks;
mod mend;
mod places;
mod printed;
mod quoted;
pub mod radical;
mod restore;
mod tabbed;
mod unfold;
mod whole;
mod width;
mod words;
mod wrapped;

use crate::ast::{Trivia, TriviaKind};
use crate::parse::Repairs;
use crate::span::Span;
pub use letters::{after_plain, find_blank, odd_letters};
pub use marks::Marks;
use restore::{holds_odd, is_pulled_apart, is_zero_width, restore, source_offset};
use std::borrow::Cow;
use std::ops::Range;
use whole::Whole;
use width::Width;
pub use words::Words;

/// One physical line that carries words.
#[derive(Clone, Debug)]
pub struct Line<'s> {
    /// Its words, trimmed of blanks (leading tabs stay: an empty first cell); a repaired copy where letters were damaged.
    pub text: Words<'s>,
    /// Byte offset in the source of what it was made of.
    pub start: u32,
    /// Blanks before it, in letters (its column in extracts that keep columns); see [`places`].
    pub indent: u32,
    /// Its places were counted by a terminal, for which a Japanese letter is two columns wide.
    pub displayed: bool,
    /// An empty line stands directly before it.
    pub gap: bool,
    /// A page ends directly before it.
    pub page: bool,
    /// It holds a tab, or a pipe: a row.
    pub tab: bool,
    /// It holds no byte with which a blank begins.
    pub solid: bool,
    /// It begins with 第: the head of an article stands in no other.
    pub ordinal: bool,
    /// What its words may hold.
    pub marks: Marks,
    /// How wide its words are, once somebody asks.
    pub width: Width,
}

/// Hardly a line of a page takes more bytes: that is 80 full-width letters.
const PAGE: usize = 240;

/// A text cut into lines.
pub struct Lines<'s> {
    /// Lines that carry words, in order.
    pub lines: Vec<Line<'s>>,
    /// Page numbers and running headers.
    pub trivia: Vec<Trivia>,
    /// Whether blanks stand between letters all over (OCR): heads then need no blank after them.
    pub spaced: bool,
    /// Whether it holds backslashes, or what may be tags.
    pub marked: bool,
}

/// Blanks of every width, but not the tab.
pub fn is_blank(c: char) -> bool {
    match c {
        ' ' | '\u{3000}' => true,
        // nearly every letter of a Japanese text
        '\u{3001}'..='\u{FEFE}' => false,
        _ => matches!(c, '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{205F}' | '\u{FEFF}'),
    }
}

/// Kana, kanji, full-width forms and CJK punctuation: letters between which no blank belongs.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3001}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The slice without blanks at both ends and without tabs at its end.
#[inline(always)]
pub fn trim(text: &str) -> &str {
    // the bytes of which the blanks are made; nearly no other letter of a Japanese text begins with them
    let may_begin = match text.as_bytes() {
        [0xE3, second, third, ..] => (*second, *third) == (0x80, 0x80),
        [first, ..] => matches!(first, b' ' | 0xC2 | 0xE2 | 0xEF),
        [] => false,
    };
    let may_end = match text.as_bytes() {
        [.., 0xE3, second, third] => (*second, *third) == (0x80, 0x80),
        [.., 0xE4..=0xE9, _, _] | [.., b'!'..=b'~'] | [] => false,
        _ => true,
    };
    if may_begin || may_end { trim_any(text) } else { text }
}

#[cold]
fn trim_any(text: &str) -> &str {
    let spaces = text.bytes().take_while(|byte| *byte == b' ').count();
    text[spaces..].trim_start_matches(is_blank).trim_end_matches(|c| is_blank(c) || c == '\t' || c.is_ascii_control())
}

/// The slice without blanks at its start: hardly one takes more than a byte.
#[inline]
pub fn trim_start(text: &str) -> &str {
    let spaces = text.bytes().take_while(|byte| *byte == b' ').count();
    text[spaces..].trim_start_matches(is_blank)
}

/// Where a byte that is looked for stands next, so that ranges in ascending order cost one scan of the text.
#[derive(Default)]
struct Ahead(usize);

impl Ahead {
    /// Whether one stands in `range`; `find` gives its offset from where it is told to look.
    fn is_in(&mut self, range: &Range<usize>, find: impl Fn(usize) -> Option<usize>) -> bool {
        if self.0 <= range.start {
            self.0 = find(range.start).map_or(usize::MAX, |offset| range.start + offset);
        }
        self.0 < range.end
    }
}

/// Whether no byte is in `text` with which a blank begins, but for the ideographic one; those of nearly no other letter.
pub fn is_solid(text: &str) -> bool {
    find_first(text).is_none()
}

/// Where the first of these bytes stands.
fn find_first(text: &str) -> Option<usize> {
    memchr::memchr3(b' ', 0xC2, 0xE2, text.as_bytes())
}

/// The words without their blanks.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    match text.contains(is_blank) {
        true => text.chars().filter(|c| !is_blank(*c)).collect(),
        false => Cow::Borrowed(text),
    }
}

/// Cuts `source` into lines; linear, one scan for an undamaged text.
pub fn split<'s>(source: &'s str, repairs: &mut Repairs) -> Lines<'s> {
    let whole = Whole::of(source, repairs.on);
    let Whole { spaced, runs, returns, paged, marked, quoted } = whole;
    let mut out = Lines { lines: Vec::with_capacity(source.len() / 96), trivia: Vec::new(), spaced, marked };
    let (mut from, mut gap, mut page) = (0, false, false);
    let bytes = source.as_bytes();
    let mut next_page = Ahead::default();
    let mut line_end = |from: usize| match returns {
        true => memchr::memchr3(b'\n', b'\r', 0x0C, &bytes[from..]).map_or(bytes.len(), |offset| from + offset),
        false => {
            let end = memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |offset| from + offset);
            let find = |from| memchr::memchr(0x0C, &bytes[from..]);
            if paged && next_page.is_in(&(from..end), find) { next_page.0 } else { end }
        }
    };
    // where the next of them stands: most lines ask nobody
    let (mut next_tab, mut next_blank) = (Ahead::default(), Ahead::default());
    let mut scan = marks::Scan::of(source);
    while from <= bytes.len() {
        let end = line_end(from);
        if end > from {
            let physical = &source[from..end];
            let cuts = if repairs.on && physical.len() >= unfold::LONG { unfold::cuts(physical) } else { Vec::new() };
            repairs.add("line-split", cuts.len() as u32, Span::new(from, end));
            let (mut part, mut cuts) = (from, cuts.into_iter());
            while part < end {
                let cut = cuts.next().map_or(end, |cut| from + cut);
                let physical = &source[part..cut];
                let raw = markdown::bare(trim(physical));
                if raw.is_empty() {
                    gap = true;
                    let fence = trim(physical);
                    if !fence.is_empty() {
                        out.trivia.push(Trivia { span: Span::of(fence, source), kind: TriviaKind::Mark });
                    }
                } else {
                    let start = part + (raw.as_ptr() as usize - physical.as_ptr() as usize);
                    let range = start..start + raw.len();
                    let solid = !next_blank.is_in(&range, |from| memchr::memchr3(b' ', 0xC2, 0xE2, &bytes[from..]));
                    let tab = next_tab.is_in(&range, |from| memchr::memchr2(b'\t', b'|', &bytes[from..]));
                    let marks = scan.marks(range, solid);
                    let text = words(raw, Span::of(raw, source), (solid, marks), &whole, repairs);
                    let marks = match &text {
                        Words::Plain(_) => marks,
                        Words::Repaired(repaired) => Marks::of(&repaired.copy),
                    };
                    if text.is_empty() {
                        out.trivia.push(Trivia { span: Span::of(raw, source), kind: TriviaKind::Mark });
                        (gap, part) = (true, cut);
                        continue;
                    }
                    let ordinal = raw.starts_with('第');
                    let indent = if start == part { 0 } else { source[part..start].chars().count() as u32 };
                    let (start, width) = (start as u32, Width::default());
                    let displayed = false;
                    out.lines.push(Line {
                        text,
                        start,
                        indent,
                        displayed,
                        gap,
                        page,
                        tab,
                        solid,
                        ordinal,
                        marks,
                        width,
                    });
                    (gap, page) = (false, false);
                }
                part = cut;
            }
        } else if from == 0 || bytes[from - 1] != b'\r' || !matches!(bytes[end..], [b'\n', ..] | [b'\r', b'\n', ..]) {
            // CR LF, and CR CR LF as two conversions leave it, are one line end
            gap = true;
        }
        page |= bytes.get(end) == Some(&0x0C);
        from = end + 1;
    }
    if quoted {
        quoted::rows(source, &mut out.lines, repairs);
    }
    if repairs.on {
        tabbed::numbers(&mut out.lines, repairs);
    }
    close_gaps(source, &mut out.lines);
    places::settle(source, runs, &mut out.lines);
    furniture::set_aside(source, &mut out, repairs);
    drifted::lift(&mut out.lines, repairs);
    mend::heads(source, &mut out.lines, repairs);
    wrapped::labels(source, &mut out.lines, repairs);
    out
}

/// The words of a line without their damage.
#[inline]
fn words<'s>(
    raw: &'s str,
    place: Span,
    (solid, marks): (bool, Marks),
    whole: &Whole,
    repairs: &mut Repairs,
) -> Words<'s> {
    if !repairs.on {
        return Words::Plain(raw);
    }
    if !whole.spaced
        && justified::may_hold(raw, marks)
        && !raw.contains(|c| is_zero_width(c) || matches!(c, '<' | '\\'))
        && let Some((copy, removed)) = justified::labels(raw)
    {
        repairs.add("blank-removed", removed, place);
        return Words::repaired(copy, raw);
    }
    let is_damaged = || whole.spaced || is_pulled_apart(raw) || holds_odd(raw);
    match !solid && is_damaged() || whole.marked || marks.known(Marks::ZERO_WIDTH) {
        true => restore(raw, whole.spaced, repairs, place),
        false => Words::Plain(raw),
    }
}

/// Where an empty line stands before each, none says anything: paragraphs are lines and every cell of a table is one, or lines
/// stand at twice their distance; then the wider ones do.
fn close_gaps(source: &str, lines: &mut [Line]) {
    let close = lines.iter().skip(1).filter(|line| !line.gap).count();
    if lines.len() <= 20 || close * 50 > lines.len() {
        return;
    }
    let is_paragraphs = lines.iter().any(|line| line.text.len() > PAGE);
    let ends = std::iter::once(0).chain(lines.iter().map(|line| line.whole().end as usize));
    let between = ends.zip(&*lines).map(|(end, line)| &source[end.min(line.start as usize)..line.start as usize]);
    let empty: Vec<usize> = between.map(|blank| memchr::memchr_iter(b'\n', blank.as_bytes()).count()).collect();
    // as far apart each: an extractor that takes every line for a block
    let is_twice = empty.iter().filter(|count| **count > 2).count() * 50 > lines.len();
    if is_paragraphs || is_twice {
        lines.iter_mut().zip(empty).for_each(|(line, count)| line.gap = !is_paragraphs && count > 2);
    }
}

impl<'s> Line<'s> {
    /// As it stands in the source.
    pub fn raw(&self) -> &'s str {
        self.text.raw()
    }

    /// Whether it was put together from several, or holds the lines of a cell.
    pub fn is_joined(&self) -> bool {
        matches!(self.text, Words::Repaired(_)) && (self.raw().contains('\n') || self.text.contains('\n'))
    }

    /// Where its first blank stands.
    pub fn find_blank(&self) -> Option<usize> {
        self.blank_in(&self.text)
    }

    /// Where the first blank stands of some of its words.
    pub fn blank_in(&self, words: &str) -> Option<usize> {
        if !self.marks.hold(Marks::BLANK) {
            return None;
        }
        if self.marks.hold(Marks::WIDE) {
            return find_blank(words);
        }
        // those of one byte are found many letters at a time
        let first = find_first(words)?;
        if words.as_bytes()[first] == b' ' { Some(first) } else { find_blank(words) }
    }

    /// Where `part`, a slice of `self.text`, stands in the source.
    pub fn span(&self, part: &str) -> Span {
        let from = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let (start, end) = match &self.text {
            Words::Plain(_) => (from, from + part.len()),
            Words::Repaired(repaired) => {
                let raw = repaired.raw;
                let start = source_offset(repaired, from);
                let end = source_offset(repaired, from + part.len()).max(start);
                let is_quoted = part.ends_with('"');
                let is_left = |c: char| is_blank(c) || c.is_whitespace() || c == '"' && !is_quoted;
                let kept = raw[start..end].trim_end_matches(is_left);
                (start, start + kept.len())
            }
        };
        Span::new(self.start as usize + start, self.start as usize + end)
    }

    /// The whole line as a piece of the source.
    pub fn whole(&self) -> Span {
        Span { start: self.start, end: self.start + self.raw().len() as u32 }
    }
}

/// Marks furniture as trivia.
pub(crate) fn furniture(trivia: &mut Vec<Trivia>, line: &Line) {
    trivia.push(Trivia { span: line.whole(), kind: TriviaKind::Page });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        split(source, &mut Repairs::new(true)).lines.iter().map(|l| l.text.to_string()).collect()
    }

    #[test]
    fn lines_are_trimmed_and_furniture_is_set_aside() {
        assert_eq!(texts("\u{FEFF}第1条　甲\r\n\r\n  乙 \n"), ["第1条　甲", "乙"]);
        assert_eq!(texts("甲は\n- 2 -\n\u{c}乙を\n"), ["甲は", "乙を"]);
        assert_eq!(texts("\t甲の役割\t文\t\n"), ["\t甲の役割\t文"]);
        assert_eq!(texts("休 日 夜 間\n"), ["休日夜間"]);
        assert_eq!(texts("⾏う。\n"), ["行う。"]);
    }

    #[test]
    fn a_repaired_line_knows_its_source() {
        let source = "暮 ら し の 強 化\n";
        let lines = split(source, &mut Repairs::new(true)).lines;
        let part = &lines[0].text["暮らし".len()..];
        assert_eq!(part, "の強化");
        assert_eq!(lines[0].span(part).slice(source), "の 強 化");
        assert_eq!(lines[0].span(&lines[0].text).slice(source), "暮 ら し の 強 化");
    }
}
