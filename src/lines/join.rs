//! Putting words together again: wrapped lines, blanks inside words.

use super::{Line, Marks, is_blank, is_cjk, is_solid, radical, trim};
use crate::ast::Text;
use crate::parse::Repairs;
use crate::span::{Pieces, Span};
use smallvec::{SmallVec, smallvec};
use std::ops::Range;

/// Words that go on from line to line get room for the rest of most cells at once, in bytes.
const ROOM: usize = 192;

impl Text {
    /// The words of `part`, a slice of `line.text`.
    pub fn of(line: &Line, part: &str, repairs: &mut Repairs) -> Text {
        let part = trim_cell(part);
        // so are nearly all: nothing to clean
        if !part.is_empty() && (line.solid || is_solid(part)) {
            return Text { text: part.into(), pieces: Pieces::One(line.span(part)) };
        }
        let mut text = Text::default();
        text.push(line, part, repairs);
        text
    }

    /// Appends `part` of a line: a wrap is joined with nothing, with a blank only between two Latin words.
    pub fn push(&mut self, line: &Line, part: &str, repairs: &mut Repairs) {
        let part = trim_cell(part);
        if part.is_empty() {
            return;
        }
        let span = line.span(part);
        // so are nearly all: the first words, and nothing to clean
        if self.text.is_empty() && line.solid && !self.text.is_heap_allocated() {
            self.text = part.into();
            self.pieces.push(span);
            return;
        }
        if !self.text.is_empty() {
            if are_latin(&self.text, part) {
                self.text.push(' ');
            }
            repairs.add("line-joined", 1, Span { start: span.start, end: span.start });
        }
        self.pieces.push(span);
        self.append_clean(line, part, repairs, span);
    }

    /// The words of parts that follow each other, each with its line; the same as [`Text::push`] one by one.
    pub fn joined<'p>(parts: impl Iterator<Item = (&'p Line<'p>, &'p str)> + Clone, repairs: &mut Repairs) -> Text {
        let (count, len) = parts.clone().fold((0, 0), |(count, len), (_, part)| (count + 1, len + part.len()));
        if count < 2 {
            return parts.last().map_or_else(Text::default, |(line, part)| Text::of(line, part, repairs));
        }
        let (mut text, mut pieces) = (String::with_capacity(len), Pieces::with_capacity(count));
        for (line, part) in parts.map(|(line, part)| (line, trim_cell(part))).filter(|(_, part)| !part.is_empty()) {
            let span = line.span(part);
            if !text.is_empty() {
                if are_latin(&text, part) {
                    text.push(' ');
                }
                repairs.add("line-joined", 1, Span { start: span.start, end: span.start });
            }
            pieces.push(span);
            clean(line, part, repairs, span, |words| text.push_str(words));
        }
        // of two, one may hold blanks alone
        let pieces = if pieces.len() < 2 { pieces.iter().copied().collect() } else { pieces };
        Text { text: text.into(), pieces }
    }

    /// Appends a part that begins a line of its own in the text: an entry of a list.
    pub fn push_line(&mut self, line: &Line, part: &str, repairs: &mut Repairs) {
        let part = trim_cell(part);
        if part.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let span = line.span(part);
        self.pieces.push(span);
        self.append_clean(line, part, repairs, span);
    }

    fn append_clean(&mut self, line: &Line, part: &str, repairs: &mut Repairs, place: Span) {
        let out = &mut self.text;
        clean(line, part, repairs, place, |words| match out.is_empty() && !out.is_heap_allocated() {
            true => *out = words.into(),
            false => {
                if out.capacity() - out.len() < words.len() {
                    out.reserve(words.len() + ROOM);
                }
                out.push_str(words);
            }
        });
    }

    /// Appends another leaf on a line of its own.
    pub fn append_line(&mut self, other: Text) {
        if other.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.iter().copied());
    }

    /// Appends another leaf that continues this one.
    pub fn append(&mut self, other: Text) {
        // most are the first words
        if self.text.is_empty() && self.pieces.is_empty() {
            *self = other;
            return;
        }
        if are_latin(&self.text, &other.text) {
            self.text.push(' ');
        }
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.iter().copied());
    }
}

/// Whether two Latin words meet, between which a blank stood before they were parted.
fn are_latin(left: &str, right: &str) -> bool {
    let is_latin = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    is_latin(left.as_bytes().last()) && is_latin(right.as_bytes().first())
}

/// Gives out words without the blanks that an extractor put between Japanese letters, or between one and a figure.
fn clean(line: &Line, part: &str, repairs: &mut Repairs, place: Span, mut out: impl FnMut(&str)) {
    if !repairs.on || line.solid || !line.marks.hold(Marks::BLANK) || line.marks.hold(Marks::WIDE) && is_solid(part) {
        return out(part);
    }
    let mut removed = 0;
    let mut rest = part;
    while let Some(at) = find_narrow_blank(line, rest) {
        out(&rest[..at]);
        let after = rest[at..].trim_start_matches(|c| is_blank(c) && c != '\u{3000}');
        let (left, right) = (rest[..at].chars().next_back(), after.chars().next());
        let between = |a: Option<char>, b: Option<char>| a.is_some_and(is_cjk) || b.is_some_and(is_cjk);
        if between(left, right) || left.is_none() {
            removed += 1;
        } else {
            out(" ");
        }
        rest = after;
    }
    out(rest);
    repairs.add("blank-removed", removed, place);
}

/// Some ranges of the words as leaves of their own; `None` unless these hold every piece that the whole has.
pub fn parts(text: &Text, ranges: &[Range<usize>], source: &str) -> Option<Vec<Text>> {
    let places = Places::of(text, source);
    let part = |range: &Range<usize>| {
        let pieces = text.pieces.iter().filter_map(|piece| places.within(*piece, range));
        Some(Text { text: text.text.get(range.clone())?.into(), pieces: pieces.collect() })
    };
    let parts: Vec<Text> = ranges.iter().map(part).collect::<Option<_>>()?;
    let inked = |text: &Text| {
        let letters = text.pieces.iter().flat_map(|piece| piece.slice(source).chars());
        letters.filter(|c| !is_blank(*c) && !c.is_whitespace()).count()
    };
    (parts.iter().map(inked).sum::<usize>() == inked(text)).then_some(parts)
}

/// Where the first blank stands that is not as wide as a letter.
fn find_narrow_blank(line: &Line, text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + line.blank_in(&text[from..])?;
        if !text[at..].starts_with('\u{3000}') {
            return Some(at);
        }
        from = at + '\u{3000}'.len_utf8();
    }
}

/// A cell without the blanks and tabs around it.
fn trim_cell(part: &str) -> &str {
    let part = trim(part);
    if part.starts_with('\t') { part.trim_start_matches(|c| is_blank(c) || c == '\t') } else { part }
}

/// Where one range of bytes of a repaired text stands in the source; `None` when it cannot be told. Linear in the text:
/// who asks for many ranges of one text makes its [`Places`].
pub fn place(text: &Text, range: Range<usize>, source: &str) -> Option<Span> {
    Places::of(text, source).span(range)
}

/// Where the words of a text stand in the source: made once, asked as often as needed.
#[derive(Debug, Default)]
pub struct Places(SmallVec<[Run; 1]>);

/// Whether the pieces of a text, one behind the other, are all of it: nothing was taken out, and no blank or line end, which
/// alone are put in, is among its words. The kanji in the place of a radical takes three bytes as well, or four.
fn is_whole(text: &Text) -> bool {
    let len = text.pieces.iter().map(|piece| piece.len()).sum::<usize>();
    let bytes = text.text.as_bytes();
    len == bytes.len() && memchr::memchr2(b' ', b'\n', bytes).is_none() && bytes.iter().copied().fold(0, u8::max) < 0xF0
}

/// How many bytes two texts have in common at their start.
fn common(rest: &str, words: &str) -> usize {
    if words.starts_with(rest) {
        return rest.len();
    }
    // nearly always up to a blank, or a radical
    let first = memchr::memchr2(b' ', 0xE2, rest.as_bytes()).unwrap_or_default();
    if rest.is_char_boundary(first) && words.starts_with(&rest[..first]) && first > 0 {
        return first;
    }
    let same = rest.bytes().zip(words.bytes()).take_while(|(a, b)| a == b).count();
    rest.floor_char_boundary(same)
}

/// Words that stand in the source as they stand in the text.
#[derive(Clone, Copy, Debug)]
struct Run {
    text: usize,
    source: usize,
    len: usize,
}

impl Places {
    /// The places of all words of `text`; linear in its length.
    pub fn of(text: &Text, source: &str) -> Places {
        if let [piece] = &*text.pieces
            && piece.len() == text.text.len()
        {
            return Places(smallvec![Run { text: 0, source: piece.start as usize, len: piece.len() }]);
        }
        if is_whole(text) {
            let runs = text.pieces.iter().scan(0, |at, piece| {
                let text = std::mem::replace(at, *at + piece.len());
                Some(Run { text, source: piece.start as usize, len: piece.len() })
            });
            return Places(runs.collect());
        }
        let mut runs: SmallVec<[Run; 1]> = SmallVec::with_capacity(text.pieces.len() * 2);
        let mut words = text.text.as_str();
        for piece in text.pieces.iter() {
            let mut rest = piece.slice(source);
            while !rest.is_empty() && !words.is_empty() {
                let (text, source) = (text.text.len() - words.len(), piece.end as usize - rest.len());
                let same = common(rest, words);
                if same > 0 {
                    match runs.last_mut() {
                        Some(run) if run.text + run.len == text && run.source + run.len == source => run.len += same,
                        _ => runs.push(Run { text, source, len: same }),
                    }
                    (rest, words) = (&rest[same..], &words[same..]);
                    continue;
                }
                let (Some(c), Some(word)) = (rest.chars().next(), words.chars().next()) else { break };
                if word == ' ' || word == '\n' {
                    words = &words[1..];
                } else {
                    if radical::kanji(c) == Some(word) {
                        runs.push(Run { text, source, len: c.len_utf8() });
                        words = &words[word.len_utf8()..];
                    }
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        Places(runs)
    }

    /// What of a piece of the source holds words of this range of the text.
    fn within(&self, piece: Span, range: &Range<usize>) -> Option<Span> {
        let after = self.0.partition_point(|run| run.text + run.len <= range.start);
        let runs = self.0[after..].iter().take_while(|run| run.text < range.end);
        let held = runs.filter_map(|run| {
            let start = run.source + range.start.saturating_sub(run.text);
            let end = run.source + run.len.min(range.end - run.text);
            let (start, end) = (start.max(piece.start as usize), end.min(piece.end as usize));
            (start < end).then(|| Span::new(start, end))
        });
        held.reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) })
    }

    /// The place of a range of bytes of the text; `None` when it cannot be told.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let first = self.0.get(self.0.partition_point(|run| run.text + run.len <= range.start))?;
        let last = self.0.get(self.0.partition_point(|run| run.text < range.end).checked_sub(1)?)?;
        let start = first.source + range.start.saturating_sub(first.text);
        let end = last.source + last.len.min(range.end - last.text);
        (start < end).then(|| Span::new(start, end))
    }
}
