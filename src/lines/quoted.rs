//! Rows as a spreadsheet copies them: a cell that holds line ends stands between straight quotes.
//!
//! ```text
//! 夜間診療⇥"当番を続ける。
//! 表を作る。"⇥医師を出す。
//! ```

use super::{Line, Marks, Width, Words};
use crate::parse::{Repairs, is_entry};

use crate::span::Span;
use std::collections::VecDeque;

/// No cell has more lines.
const MOST: usize = 60;

/// Puts the lines of such rows together and takes their quotes away; an entry of a list stays on a line of its own.
pub fn rows<'s>(source: &'s str, lines: &mut Vec<Line<'s>>, repairs: &mut Repairs) {
    let Some(first) = lines.iter().position(|line| begins_quoted(&line.text)) else { return };
    let mut rest: VecDeque<Line> = lines.split_off(first).into();
    while let Some(mut line) = rest.pop_front() {
        if let Some((words, count)) = row(&line, &rest) {
            let mut end = line.whole().end;
            for below in rest.drain(..count) {
                end = below.whole().end;
                repairs.add("line-joined", 1, Span { start: below.start, end: below.start });
            }
            line.text = Words::repaired(words, Span { start: line.start, end }.slice(source));
            (line.tab, line.solid, line.marks, line.width) = (true, false, Marks::ANY, Width::default());
        }
        lines.push(line);
    }
}

/// Whether a cell of a line begins with a quote.
fn begins_quoted(text: &str) -> bool {
    text.starts_with('"') || text.contains("\t\"")
}

/// The words of a row, and how many of the lines below are of it; `None` for what is no row with quotes.
fn row(line: &Line, below: &VecDeque<Line>) -> Option<(String, usize)> {
    if !begins_quoted(&line.text) {
        return None;
    }
    let is_open = |text: &str| text.matches('"').count() % 2 == 1;
    let (mut words, mut count) = (line.text.to_string(), 0);
    let mut open = is_open(&words);
    while open {
        let next: &str = &below.get(count).filter(|_| count < MOST)?.text;
        if is_entry(next) {
            words.push('\n');
        }
        words.push_str(next);
        open ^= is_open(next);
        count += 1;
    }
    unquoted(&words).filter(|words| words.contains('\t')).map(|words| (words, count))
}

/// The cells without the quotes around them; `None` where words stand behind those.
fn unquoted(row: &str) -> Option<String> {
    let mut out = String::with_capacity(row.len());
    let mut rest = row;
    loop {
        let cell = rest.strip_prefix('"');
        if let Some(cell) = cell {
            rest = quoted(cell, &mut out)?;
        }
        let (words, more) = rest.split_once('\t').map_or((rest, None), |(words, more)| (words, Some(more)));
        if cell.is_some() && !words.is_empty() {
            return None;
        }
        out.push_str(words);
        rest = match more {
            Some(more) => more,
            None => return Some(out),
        };
        out.push('\t');
    }
}

/// Copies a cell up to its last quote, of two only one; gives what stands behind it.
fn quoted<'t>(mut cell: &'t str, out: &mut String) -> Option<&'t str> {
    loop {
        let (words, behind) = cell.split_once('"')?;
        out.push_str(words);
        match behind.strip_prefix('"') {
            Some(more) => cell = more,
            None => return Some(behind),
        }
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_a_spreadsheet() {
        for (row, want) in [
            ("夜間診療\t\"当番。表。\"\t医師", Some("夜間診療\t当番。表。\t医師")),
            ("\"夜間\"の\t文", None),
            ("夜間\t\"一方\"\t\"通行\"の札", None),
            ("\"夜間診療\"\t「\"一方通行\"」", Some("夜間診療\t「\"一方通行\"」")),
            ("\"彼の\"\"語\"\"\"\t文", Some("彼の\"語\"\t文")),
            ("名\t\"文", None),
        ] {
            assert_eq!(unquoted(row).as_deref(), want, "{row}");
        }
    }
}
