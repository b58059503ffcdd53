//! Where lines and their words stand in texts whose columns blanks keep apart.
//!
//! Extractors count letters, so that all of them are as wide as a blank. Terminals, text browsers and who writes by hand give a
//! Japanese letter two columns; such places are halved, and so are letters again:
//!
//! ```text
//! 夜間診療     当番を続けて 医師を出す。      夜間診療  当番を続けて  医師を出す。
//!              いく。       費用を出す。                いく。        費用を出す。
//! ```

use super::{Line, is_blank};
use unicode_width::UnicodeWidthChar;

/// So many words of a line are asked.
const WORDS: usize = 16;
/// So many words below others tell how their places were counted.
const ENOUGH: usize = 40;
/// So many more words stand below others where columns are counted, for one that stands so by chance where letters are.
const CHANCE: usize = 4;

/// Takes the margin from the places of the lines, and finds out how they were counted. `runs`: whether some lines hold runs of
/// blanks.
pub fn settle(source: &str, runs: bool, lines: &mut [Line]) {
    take_margin(lines);
    if runs && are_columns(source, lines) {
        for line in lines {
            line.indent = columns(indent(source, line)).div_ceil(2) as u32;
            line.displayed = true;
        }
    }
}

impl Line<'_> {
    /// The place of what stands behind these words of the line, in letters.
    pub fn place(&self, before: &str) -> usize {
        // most begin their line
        self.indent as usize + if before.is_empty() { 0 } else { self.letters(before) }
    }

    /// How much room words take, in letters.
    pub fn letters(&self, words: &str) -> usize {
        if self.displayed { columns(words).div_ceil(2) } else { words.chars().count() }
    }
}

/// How many columns of a terminal words take.
fn columns(words: &str) -> usize {
    words.chars().map(|c| c.width_cjk().unwrap_or(0)).sum()
}

/// The blanks before a line, without the margin.
fn indent<'s>(source: &'s str, line: &Line) -> &'s str {
    let before = &source[..line.start as usize];
    let from = before.char_indices().rev().take(line.indent as usize).last().map_or(before.len(), |(at, _)| at);
    &before[from..]
}

/// Takes the margin of the pages from the places of the lines; a form feed may stand where that of a line would.
fn take_margin(lines: &mut [Line]) {
    let places = || lines.iter().filter(|line| !line.page).map(|line| line.indent);
    // nearly no text has one
    if places().all(|indent| indent > 0) {
        let margin = places().min().unwrap_or_default();
        lines.iter_mut().for_each(|line| line.indent = line.indent.saturating_sub(margin));
    }
}

/// Whether words stand below those of the line above by their columns, and not by their letters.
fn are_columns(source: &str, lines: &[Line]) -> bool {
    let (mut by_letters, mut by_columns) = (0, 0);
    let (mut above, mut stands): (Vec<Stand>, Vec<Stand>) = (Vec::new(), Vec::new());
    for line in lines {
        stands.clear();
        stand(source, line, &mut stands);
        let below = |is_same: fn(&Stand, &Stand) -> bool| {
            stands.iter().filter(|stand| above.iter().any(|above| is_same(stand, above))).count()
        };
        by_letters += below(|a, b| a.letters.abs_diff(b.letters) <= 1);
        by_columns += below(|a, b| a.columns.abs_diff(b.columns) <= 1);
        std::mem::swap(&mut above, &mut stands);
        if by_letters.max(by_columns) > ENOUGH {
            break;
        }
    }
    by_columns > by_letters + by_letters / CHANCE + 1
}

/// Where words stand, counted in both ways.
#[derive(Clone, Copy, Debug)]
struct Stand {
    letters: usize,
    columns: usize,
}

/// Where words stand behind two or more blanks.
fn stand(source: &str, line: &Line, out: &mut Vec<Stand>) {
    let raw = line.raw();
    let has_run = !line.solid && raw.contains("  ");
    if line.indent < 2 && !has_run {
        return;
    }
    let before = indent(source, line);
    let mut at = Stand { letters: before.chars().count(), columns: columns(before) };
    let mut blanks = at.letters;
    // where no run stands inside, only the first letter stands behind one
    for c in raw.chars().take(if has_run { usize::MAX } else { 1 }) {
        if !is_blank(c) && blanks > 1 {
            out.push(at);
            if out.len() == WORDS {
                return;
            }
        }
        blanks = if is_blank(c) { blanks + 1 } else { 0 };
        at.letters += 1;
        at.columns += c.width_cjk().unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use crate::lines::split;
    use crate::parse::Repairs;

    #[test]
    fn letters_and_columns() {
        let by_letters = "夜間診療     当番を続けて 医師を出す。\n         いく。    費用を出す。\n";
        let by_columns = "夜間診療     当番を続けて 医師を出す。\n             いく。       費用を出す。\n";
        for (text, displayed, indent) in [(by_letters, false, 9), (by_columns, true, 7)] {
            let text = text.repeat(3);
            let lines = split(&text, &mut Repairs::new(true)).lines;
            assert!(lines.iter().all(|line| line.displayed == displayed));
            let (first, second) = (&lines[0].text, &lines[1].text);
            assert_eq!(lines[1].indent, indent);
            assert_eq!(lines[0].place(&first[..first.find('当').unwrap()]), indent as usize);
            let stands = |line: usize, words: &str, c| lines[line].place(&words[..words.find(c).unwrap()]);
            assert!(stands(0, first, '医').abs_diff(stands(1, second, '費')) <= 1);
        }
    }
}
