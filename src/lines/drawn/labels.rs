//! Labels that a narrow cell cut, on lines that they share with other cells:
//!
//! ```text
//! 医療 夜間の 取組内 夜間の当番を続け、
//!      診療   容     表を作る。
//!             甲の役 医師を出す。
//!             割
//! ```

use super::{Drawn, lines};
use crate::lines::is_blank;
use crate::lines::mend::is_cut_label;
use crate::span::Span;
use std::ops::Range;

/// Columns of proportional letters may stand so many letters off.
const ASLANT: usize = 4;

/// What is left of a label in the next line.
const RESTS: [&str; 4] = ["容", "内容", "割", "役割"];

/// Whether a word stands alone between blanks or line ends, as it does in nearly no text.
fn holds(source: &str, word: &str) -> bool {
    let parts = |c: char| is_blank(c) || c.is_control();
    let is_alone = |at: usize| {
        let (before, behind) = (&source[..at], &source[at + word.len()..]);
        (before.is_empty() || before.ends_with(parts)) && (behind.is_empty() || behind.starts_with(parts))
    };
    memchr::memmem::find_iter(source.as_bytes(), word).any(is_alone)
}

/// The text with such labels put together on their first lines; `None` where there are none.
pub fn mend(source: &str) -> Option<Drawn> {
    if !RESTS.iter().any(|rest| holds(source, rest)) {
        return None;
    }
    let mut out = Drawn::default();
    let mut lines = lines(source).peekable();
    // what is copied up to, and what of the line is the rest of a label
    let mut copied = 0;
    while let Some(line) = lines.next() {
        let Some(next) = lines.peek().cloned() else { break };
        let Some((end, rest)) = cut(&source[line.clone()], &source[next.clone()]) else { continue };
        let (end, rest) = (line.start + end, next.start + rest.start..next.start + rest.end);
        out.copy(source, copied..end);
        out.copy(source, rest.clone());
        out.joints.push(Span::new(rest.start, rest.start));
        let is_alone = source[next.clone()].trim().len() == rest.len();
        // an empty line would part what stands around it
        let upto = if is_alone { line.end } else { rest.start };
        out.copy(source, end..upto);
        if !is_alone {
            out.mark("  ");
        }
        copied = rest.end;
    }
    out.copy(source, copied..source.len());
    (!out.joints.is_empty()).then_some(out)
}

/// Where a label in a line ends, and its rest in the next one.
fn cut(line: &str, next: &str) -> Option<(usize, Range<usize>)> {
    let rest = words(next).find(|word| RESTS.contains(&&next[word.clone()]))?;
    let column = |line: &str, at: usize| line[..at].chars().count();
    let is_first = |word: &Range<usize>| {
        is_cut_label(&line[word.clone()], &next[rest.clone()])
            && column(line, word.start).abs_diff(column(next, rest.start)) <= ASLANT
    };
    // words stand behind the label
    let first = words(line).find(is_first).filter(|word| !line[word.end..].trim().is_empty())?;
    Some((first.end, rest))
}

/// The words of a line between blanks.
fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let words = line.split(|c: char| is_blank(c) || c.is_control()).filter(|word| !word.is_empty());
    words.map(move |word| Span::of(word, line)).map(|span| span.start as usize..span.end as usize)
}
