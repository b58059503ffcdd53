//! The header of a table without ruling lines: a row with labels, wrapped over further rows, or with parties below 役割分担.

use super::bands::APART;
use super::lines::Row;
use super::rows::is_label;
use super::unruled::{Chunk, LABEL_GAP, chunks};
use std::ops::Range;

/// A longer text (in characters) is no heading of rows.
const HEADING: usize = 24;
/// No label is longer, in characters.
const LONGEST: usize = 14;
/// Rows nearer than this, in em, hold lines of cells that are set in the middle.
pub const INTERLEAVED: f64 = 1.2;
/// What follows a wrapped label stands so much farther from it than its lines from each other.
const FARTHER: f64 = 1.05;
/// No label is set wider than this, in em, from line to line.
const FARTHEST: f64 = 2.;

/// The labels of the columns, and the rows that they stand in.
pub struct Head {
    pub labels: Vec<Chunk>,
    pub rows: Range<usize>,
    /// Labels in a row of their own, below one for all of them.
    pub under: Range<usize>,
}

impl Head {
    /// The header around `row`, which has labels; `free` ends where the next table begins, and starts where the last one ended.
    pub fn new(rows: &[Row], row: usize, free: Range<usize>) -> Self {
        let limit = free.end;
        let mut head = Self { labels: spaced(chunks(&rows[row], LABEL_GAP)), rows: row..row + 1, under: 0..0 };
        while let [.., above, first] = &rows[free.start..=head.rows.start] {
            let near = first.baseline - above.baseline < INTERLEAVED * first.em;
            let Some(labels) = head.with(above, true).filter(|_| near) else { break };
            (head.labels, head.rows.start) = (labels, head.rows.start - 1);
        }
        if !head.divide(&rows[..limit]) {
            head.wrap(&rows[..limit]);
            head.divide(&rows[..limit]);
        }
        head
    }

    /// Takes the further lines of wrapped labels: those below are as near to each other, and what follows is farther.
    fn wrap(&mut self, rows: &[Row]) {
        let mut wrapped = (self.labels.clone(), self.rows.end);
        let mut first = None;
        while let [last, row, ..] = &rows[wrapped.1 - 1..] {
            let step = row.baseline - last.baseline;
            let usual = *first.get_or_insert(step);
            let labels = Self { labels: wrapped.0.clone(), rows: 0..0, under: 0..0 }.with(row, false);
            match labels.filter(|_| !is_numbered(row) && step < FARTHEST * row.em && step < APART * usual) {
                Some(labels) => wrapped = (labels, wrapped.1 + 1),
                None if step > FARTHER * usual => break,
                None => return,
            }
        }
        (self.labels, self.rows.end) = wrapped;
    }

    /// The labels with the parts of them in this row.
    fn with(&self, row: &Row, above: bool) -> Option<Vec<Chunk>> {
        let mut labels = self.labels.clone();
        for part in spaced(chunks(row, LABEL_GAP)) {
            match labels.iter_mut().find(|label| part.x0 < label.x1 && part.x1 > label.x0) {
                Some(label) if is_label(&label.text) => return None,
                Some(label) => {
                    let (a, b) = if above { (&part, &*label) } else { (&*label, &part) };
                    *label = Chunk { x0: a.x0.min(b.x0), x1: a.x1.max(b.x1), text: format!("{}{}", a.text, b.text) };
                }
                None => labels.push(part),
            }
        }
        labels.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let short = |c: &Chunk| c.text.chars().count() <= LONGEST && !c.text.contains(['、', '。']);
        labels.iter().all(short).then_some(labels)
    }

    /// `役割分担` over `甲`, `乙`: whether the next row is that of the parties
    fn divide(&mut self, rows: &[Row]) -> bool {
        let parties = rows.get(self.rows.end).map(|row| spaced(chunks(row, LABEL_GAP))).unwrap_or_default();
        let (Some(first), Some(last)) = (parties.first(), parties.last()) else { return false };
        let Some(at) = self.labels.iter().position(|c| c.text.contains("役割") && c.x1 > first.x0) else {
            return false;
        };
        let apart = at.checked_sub(1).is_none_or(|before| self.labels[before].x1 < first.x0)
            && self.labels.get(at + 1).is_none_or(|after| last.x1 < after.x0);
        let divides = apart && parties.len() > 1 && parties.iter().all(|c| is_party(&c.text));
        if divides {
            self.under = at..at + parties.len();
            self.labels.splice(at..=at, parties);
            self.rows.end += 1;
        }
        divides
    }
}

/// `１　医療`, `(2) 福祉`
pub fn is_numbered(row: &Row) -> bool {
    let text: String = row.glyphs.iter().filter(|g| !g.is_blank()).map(|g| g.char).collect();
    let numbered = text.starts_with(|c: char| c.is_numeric() || "（(【■○◎".contains(c));
    numbered && text.chars().count() <= HEADING && !text.contains('。')
}

/// `甲`, `乙（若草町）`, `青葉市`
pub fn is_party(text: &str) -> bool {
    let name = text.split(['（', '(']).next().unwrap_or(text);
    matches!(name, "甲" | "乙" | "丙" | "丁")
        || name.ends_with(['市', '町', '村', '区']) && name.chars().count() <= LONGEST
}

/// `分　野`: the letters of one label; 甲 and 乙 are two.
fn spaced(parts: Vec<Chunk>) -> Vec<Chunk> {
    let single = |c: &Chunk| c.text.chars().count() == 1 && !is_party(&c.text);
    let mut out: Vec<Chunk> = Vec::new();
    let mut open = false;
    for part in parts {
        let letter = single(&part);
        match out.last_mut() {
            Some(last) if open && letter && part.x0 - last.x1 < 2. * (part.x1 - part.x0) => {
                last.text.push_str(&part.text);
                last.x1 = part.x1;
            }
            _ => out.push(part),
        }
        open = letter;
    }
    out
}
