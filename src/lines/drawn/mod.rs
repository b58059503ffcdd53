//! Tables drawn with lines (`┌─┬─┐`, `+---+---+`) or columned by dashes (`----- -----`): the lines tell exactly where each cell ends.
//!
//! Such a table is rewritten row by row with pipes, as converters to Markdown write theirs, and the text is read with it; what
//! was read is then moved back to its places in the source ([`Drawn::places`]). A table whose lines do not meet stays as it is.

mod dashes;
mod frame;
mod labels;
mod letters;
mod table;

use super::{is_blank, trim};
use crate::span::Span;
use memchr::memmem;
use std::ops::Range;
use table::Table;

pub use labels::mend;

/// A text whose drawn tables are rows, and where its words stand in the source.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The text that is read.
    pub text: String,
    runs: Vec<Run>,
    /// The rewritten tables, as ranges of `text`.
    tables: Vec<Range<usize>>,
    /// The tables in the source that were rewritten.
    pub read: Vec<Span>,
    /// Tables in the source whose lines do not meet.
    pub broken: Vec<Span>,
    /// Tables of which nothing says which lines are one row, and cells that a lost line may part.
    pub doubtful: Vec<Span>,
    /// The last lines of cells whose ends may be lost.
    pub cut: Vec<Span>,
    /// Where lines of a cell were joined.
    pub joints: Vec<Span>,
}

/// Words that stand in the source as they stand in the text.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: usize,
    source: usize,
    len: usize,
}

/// Whether a text may hold what draws tables; nearly none does, and pays no more than a look at its bytes. One whose rows
/// keep their tabs needs none.
fn may_hold(source: &[u8]) -> bool {
    if memchr::memchr(b'\t', source).is_some() {
        return false;
    }
    // the bytes that begin `─`, `│` and their like; radicals begin as they do, and may be as many as other letters
    let holds = |first: &[u8]| memmem::find(source, first).is_some();
    holds(b"---") || memchr::memchr(0xE2, source).is_some() && (holds(&[0xE2, 0x94]) || holds(&[0xE2, 0x95]))
}

/// The text with its drawn tables as rows; `None` where nothing is drawn.
pub fn read(source: &str) -> Option<Drawn> {
    if !may_hold(source.as_bytes()) {
        return None;
    }
    let lines: Vec<Range<usize>> = lines(source).collect();
    let mut out = Drawn::default();
    let found = found(source, &lines);
    // where the rows of one table are parted by rules, so are those of the others
    let wraps = found.iter().any(|found| matches!(&found.held, Held::Table(table) if table.wraps));
    let mut copied = 0;
    for Found { lines: rows, held } in found {
        let (start, end) = (lines[rows.start].start, lines.get(rows.end).map_or(source.len(), |next| next.start));
        match held {
            Held::Table(table) if wraps || !table.doubt => {
                out.copy(source, copied..start);
                let from = out.text.len();
                table::write(&table, source, &mut out);
                out.tables.push(from..out.text.len());
                out.read.push(Span::new(start, end));
                copied = end;
            }
            Held::Table(_) => out.doubtful.push(Span::new(start, end)),
            Held::Broken => out.broken.push(Span::new(start, end)),
            Held::Nothing => {}
        }
    }
    if out.read.is_empty() && out.broken.is_empty() && out.doubtful.is_empty() {
        return None;
    }
    out.copy(source, copied..source.len());
    Some(out)
}

/// The lines of what may be a drawn table, and what they hold.
struct Found {
    lines: Range<usize>,
    held: Held,
}

/// What drawn lines hold.
enum Held {
    Table(Table),
    /// A table whose lines do not meet.
    Broken,
    /// No table.
    Nothing,
}

/// The drawn tables of a text; each of its lines is looked at by one of them.
fn found(source: &str, lines: &[Range<usize>]) -> Vec<Found> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < lines.len() {
        let found = frame::find(source, lines, at).or_else(|| dashes::find(source, lines, at));
        at = found.as_ref().map_or(at + 1, |found| found.lines.end);
        out.extend(found);
    }
    out
}

/// The lines of a text without their ends.
fn lines(source: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = source.get(from..).filter(|rest| !rest.is_empty())?;
        let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let range = from..from + rest[..len].trim_end_matches('\r').len();
        from += len + 1;
        Some(range)
    })
}

/// Without the backslash with which pandoc ends a line inside a cell.
fn unbroken(words: &str) -> &str {
    words.strip_suffix('\\').map_or(words, trim)
}

impl Drawn {
    /// Appends words of the source.
    fn copy(&mut self, source: &str, range: Range<usize>) {
        let Some(words) = source.get(range.clone()).filter(|words| !words.is_empty()) else { return };
        self.runs.push(Run { at: self.text.len(), source: range.start, len: words.len() });
        self.text.push_str(words);
    }

    /// Appends what only the rows need.
    fn mark(&mut self, mark: &str) {
        self.text.push_str(mark);
    }

    fn runs_in(&self, place: Span) -> impl Iterator<Item = (usize, Span)> + '_ {
        let place = place.start as usize..place.end as usize;
        let first = self.runs.partition_point(|run| run.at + run.len <= place.start);
        let runs = self.runs[first..].iter().take_while(move |run| run.at < place.end);
        runs.map(move |run| {
            let (start, end) = (run.at.max(place.start), (run.at + run.len).min(place.end));
            (start, Span::new(run.source + start - run.at, run.source + end - run.at))
        })
    }

    /// Where words of the text stand in the source: in several places, where a cell has several lines.
    pub fn places(&self, place: Span) -> impl Iterator<Item = Span> {
        self.runs_in(place).map(|(_, span)| span)
    }

    /// The words of a place without the pipes that the source does not have.
    pub fn words(&self, place: Span) -> String {
        let mut out = String::new();
        let mut end = place.start as usize;
        for (at, span) in self.runs_in(place) {
            let is_apart = self.text.get(end..at).is_some_and(|between| between.contains('|'));
            if is_apart && !out.is_empty() {
                out.push(' ');
            }
            end = at + span.len();
            out.push_str(&self.text[at..end]);
        }
        out
    }

    /// Whether pipes that the source does not have stand among these words.
    pub fn has_marks(&self, place: Span) -> bool {
        let mut end = place.start as usize;
        self.runs_in(place).any(|(at, span)| {
            let between = self.text.get(end..at);
            end = at + span.len();
            between.is_some_and(|between| between.contains('|'))
        })
    }

    /// First to last place of some words in the source; a point where there are none.
    pub fn hull(&self, place: Span) -> Span {
        let hull = self.places(place).reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) });
        hull.unwrap_or_else(|| {
            let at = self.point(place.start as usize) as u32;
            Span { start: at, end: at }
        })
    }

    /// Where what stands at an offset of the text, or behind it, stands in the source.
    fn point(&self, at: usize) -> usize {
        let next = self.runs.partition_point(|run| run.at + run.len <= at);
        match (self.runs.get(next), self.runs.last()) {
            (Some(run), _) => run.source + at.saturating_sub(run.at),
            (None, Some(last)) => last.source + last.len,
            (None, None) => 0,
        }
    }

    /// Where an agreement begins or ends in the source; `None` inside a table, whose cells may stand on both sides.
    pub fn border(&self, at: usize) -> Option<usize> {
        let next = self.tables.partition_point(|table| table.end <= at);
        let is_inside = self.tables.get(next).is_some_and(|table| table.start < at);
        (!is_inside).then(|| self.point(at))
    }
}

#[cfg(test)]
mod tests;
