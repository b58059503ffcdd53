//! Labels of roles that are wider than their column: `青葉市の役割分担及び費⏎用分担`.
//!
//! ```text
//! 取組 内容 青葉市の役割分担及び費     取組   内容   青葉市の役割分担及び費   若草町の役割分担及び費用分担
//! 用分担                                    用分担
//! 若草町の役割分担及び費用分担
//! ```
//!
//! What the words of the lines below make whole is told by the words of labels alone; where the place of a column counts,
//! the labels behind keep theirs.

use super::{Line, Marks, Width, Words, is_blank};
use crate::parse::Repairs;
use crate::parse::label::{self, Label, Vocabulary, Written};
use crate::span::Span;
use std::collections::VecDeque;
use std::ops::Range;

/// So many lines at most below its first does a label take.
const MOST: usize = 3;
/// No rest of a label is longer, in bytes: `及び費用分担` twice, between blanks.
const REST: usize = 120;
/// Nor is the line of a header.
const HEADER: usize = 600;

/// Puts such labels together again; hardly a line costs more than a look at its end.
pub fn labels<'s>(source: &'s str, lines: &mut Vec<Line<'s>>, repairs: &mut Repairs) {
    if !repairs.on {
        return;
    }
    let is_cut = |at: &usize| whole(source, &lines[at - 1], lines[*at..].iter()).is_some();
    let Some(first) = (1..lines.len()).find(is_cut) else { return };
    let rest = lines.split_off(first - 1);
    let mut rest: VecDeque<Line> = rest.into();
    // whether the last line is a header whose last label was put together
    let mut is_header = false;
    while let Some(mut line) = rest.pop_front() {
        let mut is_whole = false;
        while let Some((words, count)) = whole(source, &line, rest.iter()) {
            rest.drain(..count).for_each(|next| join(source, &mut line, &next, &words, repairs));
            is_whole = true;
        }
        match lines.last_mut() {
            Some(header) if is_header && label::written(&line.text) == Some(Written::Whole) => {
                let words = format!("{} {}", &*header.text, &*line.text);
                join(source, header, &line, &words, repairs);
            }
            _ => {
                is_header = is_whole && cells(&line.text).nth(1).is_some() && ends_with_role(&line.text);
                lines.push(line);
            }
        }
    }
}

/// Makes `words` what a line and the next one say.
fn join<'s>(source: &'s str, line: &mut Line<'s>, next: &Line, words: &str, repairs: &mut Repairs) {
    let raw = Span::new(line.start as usize, next.start as usize + next.raw().len()).slice(source);
    repairs.add("line-joined", 1, Span { start: next.start, end: next.start });
    line.text = Words::repaired(words.to_string(), raw);
    (line.solid, line.marks, line.width) = (false, Marks::ANY, Width::default());
}

/// `取組 内容 青葉市の役割分担及び費用分担`
fn ends_with_role(text: &str) -> bool {
    cells(text).last().is_some_and(|cell| label::written(&text[cell]) == Some(Written::Whole))
}

/// Whether the first letters of a label may stand at the end of `above` and the last ones in `below`.
fn may_go_on(above: &Line, below: &Line) -> bool {
    let is_rest =
        below.text.len() <= REST && below.text.ends_with(['割', '担', '能', '等', '容', 'び', '分', '用', '役']);
    // no rest of a label begins with a number
    is_rest
        && !below.marks.known(Marks::HEAD)
        && !below.gap
        && !below.page
        && above.text.len() <= HEADER
        && !above.text.ends_with('。')
        && !above.tab
}

/// A line with the rest of its labels, and how many lines below that takes; `None` where none is cut.
fn whole<'l, 's: 'l>(
    source: &str,
    line: &Line,
    below: impl Iterator<Item = &'l Line<'s>> + Clone,
) -> Option<(String, usize)> {
    let next = below.clone().next()?;
    if !may_go_on(line, next) {
        return None;
    }
    let mut header = Header::of(line)?;
    let mut end = line.start as usize + line.raw().len();
    for (count, rest) in below.take(MOST).enumerate() {
        let is_near = source.get(end..rest.start as usize).is_some_and(|apart| apart.chars().all(char::is_whitespace));
        end = rest.start as usize + rest.raw().len();
        if !is_near || rest.gap || rest.page || rest.tab || rest.text.len() > REST || !header.take(&rest.text) {
            return None;
        }
        if header.is_whole() {
            return Some((header.write(), count + 1));
        }
    }
    None
}

/// A line of labels that may be cut.
struct Header<'l> {
    text: &'l str,
    /// Where each label stands in the line, and the words that are known of it.
    cells: Vec<(Range<usize>, String)>,
}

impl<'l> Header<'l> {
    /// `白根市の役割分担及び費`, alone or beside the label of a content
    fn of(line: &'l Line) -> Option<Self> {
        let text: &str = &line.text;
        if !cells(text).any(|cell| label::written(&text[cell]).is_some()) {
            return None;
        }
        let is_content = |word: &str| label::label(word, &[], &Vocabulary::default()) == Some(Label::Content);
        // where other words stand among them, no table takes them
        let is_label = |word: &str| {
            label::written(word).is_some() || is_content(word) || label::heads_names(word, &[], &Vocabulary::default())
        };
        let is_row =
            || cells(text).any(|cell| is_content(&text[cell])) && cells(text).all(|cell| is_label(&text[cell]));
        let is_header = cells(text).nth(1).is_none() || is_row();
        is_header
            .then(|| Header { text, cells: cells(text).map(|cell| (cell.clone(), text[cell].to_string())).collect() })
    }

    /// `担`, `用分担    担`: gives the pieces of a line below to the labels; whether each has one.
    fn take(&mut self, rest: &str) -> bool {
        let mut from = 0;
        cells(rest).all(|piece| {
            let piece = &rest[piece];
            let takes = |at: &usize, wanted: fn(&Written) -> bool| {
                let word = &self.cells[*at].1;
                label::written(word).is_some_and(|written| wanted(&written))
                    && label::written(&format!("{word}{piece}")).is_some()
            };
            let mut open = from..self.cells.len();
            // 内容 below 甲の役割 is a label of its own
            let is_label = || label::label(piece, &[], &Vocabulary::default()).is_some();
            let begun = open.clone().find(|at| takes(at, |written| *written == Written::Begun));
            let found = begun.or_else(|| open.find(|at| takes(at, |_| true)).filter(|_| !is_label()));
            let Some(at) = found else { return false };
            self.cells[at].1.push_str(piece);
            from = at + 1;
            true
        })
    }

    /// Whether no label lacks anything, and none is said twice.
    fn is_whole(&self) -> bool {
        let is_twice = |at: usize| self.cells[..at].iter().any(|(_, word)| *word == self.cells[at].1);
        self.cells.iter().all(|(_, word)| label::written(word) != Some(Written::Begun))
            && !(1..self.cells.len()).any(is_twice)
    }

    /// The line with whole labels; of blanks that keep columns as many go as letters come.
    fn write(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + REST);
        let (mut from, mut more) = (0, 0);
        for (cell, word) in &self.cells {
            let gap = &self.text[from..cell.start];
            let room = gap.chars().count().saturating_sub(1).min(more);
            out.extend(gap.chars().skip(room));
            out.push_str(word);
            more += word.chars().count() - self.text[cell.clone()].chars().count();
            more -= room;
            from = cell.end;
        }
        out
    }
}

/// The words of a line between blanks.
fn cells(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(is_blank).filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

#[cfg(test)]
mod tests {
    use crate::lines::split;
    use crate::parse::Repairs;

    fn texts(source: &str) -> Vec<String> {
        split(source, &mut Repairs::new(true)).lines.iter().map(|l| l.text.to_string()).collect()
    }

    #[test]
    fn labels_that_a_column_wrapped_are_whole() {
        for (source, want) in [
            (
                "取組\n内容\n青葉市の役割分担及び費用分\n担\n若草町の役割分担及び費用分担",
                vec!["取組", "内容", "青葉市の役割分担及び費用分担", "若草町の役割分担及び費用分担"],
            ),
            (
                "取組 内容 青葉市の役割分担\n及び費用\n分担\n若草町の役割分担\n及び費用分担\n夜間診療 文",
                vec!["取組 内容 青葉市の役割分担及び費用分担 若草町の役割分担及び費用分担", "夜間診療 文"],
            ),
            (
                "取組   内容   青葉市の役割分    若草町の役割分\n    担   担",
                vec!["取組   内容   青葉市の役割分担   若草町の役割分担"],
            ),
            ("青葉市の役割分担及び費用分\n担が重くなる。", vec!["青葉市の役割分担及び費用分", "担が重くなる。"]),
        ] {
            assert_eq!(texts(source), want, "{source}");
        }
    }
}
