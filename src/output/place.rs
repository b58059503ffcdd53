//! Lines and columns of a text, and text without what a terminal would obey.

use crate::input::Position;
use crate::span::Span;
use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthChar;

/// A place as programs and people name it. Columns count from 1; ends are exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// First byte of the decoded text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line of the start, from 1.
    pub line: usize,
    /// Column of the start in Unicode code points.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end in Unicode code points.
    pub end_column: usize,
    /// Column of the start as a terminal shows it: full-width is 2.
    pub display_column: usize,
    /// Page of a PDF, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl From<Place> for crate::schema::Place {
    fn from(place: Place) -> Self {
        let (line, column) = (place.line as u32, place.column as u32);
        Self { start: place.start, end: place.end, line, column, page: place.page }
    }
}

/// Where lines begin, and how many letters stand before some places, so that no question costs a scan of the text.
pub struct Lines<'a> {
    text: &'a str,
    map: &'a [Position],
    starts: Vec<usize>,
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    offset: usize,
    letters: usize,
    width: usize,
}

const BETWEEN_MARKS: usize = 512;

impl<'a> Lines<'a> {
    /// Reads the text once. A line ends with LF, CRLF or CR. `map` says on which page what stands, in the order of the text.
    pub fn new(text: &'a str, map: &'a [Position]) -> Self {
        let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes());
        let whole = |end: &usize| !(text.as_bytes()[*end] == b'\r' && text.as_bytes().get(end + 1) == Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.filter(whole).map(|end| end + 1)).collect();
        let mut marks = vec![Mark::default()];
        let mut here = Mark::default();
        for (offset, c) in text.char_indices() {
            if offset >= marks.len() * BETWEEN_MARKS {
                marks.push(Mark { offset, ..here });
            }
            here.letters += 1;
            here.width += c.width().unwrap_or(1);
        }
        Self { text, map, starts, marks }
    }

    /// The place of `span`; a span that is not of this text is brought into it.
    pub fn place(&self, span: Span) -> Place {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.floor_char_boundary(span.end as usize).max(start);
        let (line, end_line) = (self.line_at(start), self.line_at(end));
        let columns = |line: usize, offset: usize| {
            let (from, to) = (self.count(self.start_of(line)), self.count(offset));
            (to.letters - from.letters + 1, to.width - from.width + 1)
        };
        let (column, display_column) = columns(line, start);
        Place {
            start: start as u32,
            end: end as u32,
            line,
            column,
            end_line,
            end_column: columns(end_line, end).0,
            display_column,
            page: self.page(start),
        }
    }

    fn page(&self, offset: usize) -> Option<u32> {
        let at = self.map.partition_point(|position| position.span.start as usize <= offset).checked_sub(1)?;
        self.map.get(at).map(|position| position.page).filter(|page| *page > 0)
    }

    /// Column of a place in bytes of UTF-8, from 1.
    pub fn byte_column(&self, line: usize, offset: u32) -> usize {
        (offset as usize).saturating_sub(self.start_of(line)) + 1
    }

    /// The words of a line without its end, and the offset of its first byte.
    pub fn line(&self, line: usize) -> (&'a str, usize) {
        let start = self.start_of(line);
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        (self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']), start)
    }

    fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn start_of(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    fn count(&self, offset: usize) -> Mark {
        let at = self.marks.partition_point(|mark| mark.offset <= offset).saturating_sub(1);
        let mark = self.marks.get(at).copied().unwrap_or_default();
        let rest = self.text.get(mark.offset..offset).unwrap_or_default();
        rest.chars().fold(mark, |mark, c| Mark {
            offset,
            letters: mark.letters + 1,
            width: mark.width + c.width().unwrap_or(1),
        })
    }
}

/// The text as one line that a terminal, a log and XML can hold: one letter for each letter, line ends and tabs as
/// blanks, control characters as their pictures, marks that change the direction of writing as `�`.
pub fn visible(text: &str) -> String {
    text.chars().map(letter).collect()
}

fn letter(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => '\u{fffd}',
        '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_place() {
        let text = "第1条\r\n甲は乙と\r乙";
        for (part, place) in [("第", (1, 1, 1, 2, 1)), ("乙と", (2, 3, 2, 5, 5)), ("と\r乙", (2, 4, 3, 2, 7))] {
            let start = text.find(part).expect("part");
            let p = Lines::new(text, &[]).place(Span::new(start, start + part.len()));
            assert_eq!((p.line, p.column, p.end_line, p.end_column, p.display_column), place, "{part}");
        }
        assert_eq!(Lines::new(text, &[]).line(2), ("甲は乙と", 9));
    }

    #[test]
    fn names_the_page() {
        let map = [(0, 3, 1), (4, 7, 2)].map(|(start, end, page)| Position {
            span: Span::new(start, end),
            page,
            rect: [0.0; 4],
        });
        let page = |offset| Lines::new("甲\n乙丙", &map).place(Span::new(offset, offset)).page;
        assert_eq!([0, 4, 7].map(page), [Some(1), Some(2), Some(2)]);
        assert_eq!(Lines::new("甲", &[]).place(Span::new(0, 1)).page, None);
    }

    #[test]
    fn brings_a_strange_span_into_the_text() {
        for (start, end) in [(0, 0), (1, 2), (5, 1), (100, 200), (3, 100)] {
            for text in ["", "甲", "甲\n"] {
                let p = Lines::new(text, &[]).place(Span { start, end });
                assert!(p.end as usize <= text.len() && p.start <= p.end && p.line >= 1 && p.column >= 1);
                assert!(Lines::new(text, &[]).line(p.line).0.len() <= text.len());
            }
        }
    }

    #[test]
    fn counts_the_same_from_marks() {
        let text = "甲a\u{3099}\n乙①ｱ".repeat(900);
        let lines = Lines::new(&text, &[]);
        for (offset, _) in text.char_indices() {
            let before = text[..offset].rsplit('\n').next().unwrap_or_default();
            let place = lines.place(Span::new(offset, offset));
            assert_eq!(place.column, before.chars().count() + 1);
            assert_eq!(place.line, text[..offset].matches('\n').count() + 1);
        }
    }

    #[test]
    fn shows_what_a_terminal_would_obey() {
        assert_eq!(visible("a\u{1b}[31m\n\u{9b}\u{202e}甲\u{0}\u{7f}"), "a␛[31m \u{fffd}\u{fffd}甲␀␡");
    }
}
