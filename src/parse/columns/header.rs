//! The header row of a table whose cells no tab keeps apart.

use super::super::label::{self, Label};
use super::super::part::sure_pieces;
use super::super::rows::{self, Column};
use super::super::stacked::Labels;
use super::{fielded, held, parted};
use crate::lines::{Line, Marks, is_blank};
use crate::parse::Context;
use std::ops::Range;

/// So many lines of a label stand above the others, and below them.
const AROUND: usize = 3;

/// A header row.
#[derive(Clone, Debug)]
pub struct Header {
    pub columns: Vec<Column>,
    /// Where each column begins, in code points.
    pub starts: Vec<usize>,
    /// Its lines.
    pub lines: Range<usize>,
    /// How many of the columns are the roles below each other in the last place; see [`super::held`].
    pub held: usize,
}

/// `分⏎野⏎取組 取組内容 甲の役割`: the label of a narrow column of names, which was written before the others
pub fn label_beside(lines: &[Line], cx: &Context) -> bool {
    let mut word = String::new();
    let narrow = lines.iter().take(4).take_while(|line| line.text.chars().nth(4).is_none());
    let end = narrow.enumerate().find_map(|(at, line)| {
        word.push_str(&line.text);
        is_name_label(&word, cx).then_some(at + 1)
    });
    end.and_then(|end| lines.get(end)).is_some_and(|line| is_header(line, cx)) || begins_fielded(lines, cx)
}

/// `政策⏎分野⏎連携す⏎る取組⏎取組内容 甲の役割`: whether a header with a column of 分野 stands first
pub fn begins_fielded(lines: &[Line], cx: &Context) -> bool {
    let begins = |at: usize| {
        let header = header(lines, 0, at, cx);
        header.is_some_and(|header| header.lines.start == 0 && header.columns.first() == Some(&Column::Field))
    };
    (0..lines.len().min(fielded::MOST + 1)).any(begins)
}

/// Whether a header row stands among the first lines of a block.
pub fn begins(lines: &[Line], cx: &Context) -> bool {
    (0..lines.len().min(fielded::MOST + 2)).any(|at| header(lines, 0, at, cx).is_some())
}

/// `項目` alone on a line, or the `項` of a narrow column: a header row in pieces
pub fn is_torn_label(text: &str, cx: &Context) -> bool {
    text == "項" || text.chars().nth(4).is_none() && is_name_label(text, cx)
}

/// Whether a line is a header row by itself.
pub fn is_header(line: &Line, cx: &Context) -> bool {
    let cells = sure_pieces(line, 0);
    cells.len() > 2 && rows::header(&cells.iter().map(|c| c.text).collect(), cx).is_some()
}

/// All header rows of a block.
pub fn headers(lines: &[Line], labels: &[Labels], cx: &Context) -> Vec<Header> {
    let mut out: Vec<Header> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let from = out.last().map_or(0, |h| h.lines.end);
        let columns = out.first().map(|h| h.columns.len());
        let header = labels[at].may_head().then(|| header(lines, from, at, cx)).flatten();
        match header.filter(|h| columns.is_none_or(|n| h.columns.len() == n)) {
            Some(header) => {
                at = header.lines.end;
                out.push(header);
            }
            None => at += 1,
        }
    }
    out
}

/// `項目 取組内容 甲の役割 乙の役割`, in one line or one label a line; a narrow column writes `項⏎目`.
fn header(lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<Header> {
    let line = &lines[at];
    // no label ends so, and no name of a party: nearly every line of a text does
    if cx.words.is_empty() && line.text.ends_with(|c| matches!(c, 'ぁ'..='ん' | '、' | '。')) {
        return None;
    }
    if !line.marks.hold(Marks::LABEL) || !label::holds(&line.text, &["内容", "役割", "概要"]) {
        return None;
    }
    // labels are no sentences; one alone on its line heads a column only below the label of the names
    if line.text.contains('。') || line.find_blank().is_none() && label_above(lines, from, at, cx).is_none() {
        return None;
    }
    // nor is the last cell the words of a text
    let last = line.text.rsplit(is_blank).next().unwrap_or_default();
    let is_long = last.chars().nth(14).is_some() && !label::may_be(last, cx.words);
    if is_long && label::party(last, &cx.parties).is_none() {
        return None;
    }
    let cells = sure_pieces(line, at);
    if cells.len() > 1 && !may_head(&line.text, cx) {
        return None;
    }
    if let Some(header) = fielded::header(&cells, lines, from, at, cx) {
        return Some(header);
    }
    let in_two = || parted::header(&cells, lines, from, at, cx);
    if let Some(header) = in_two().or_else(|| held::header(&cells, at, cx)) {
        return Some(header);
    }
    let (mut columns, mut starts, mut end);
    if cells.len() >= 2 {
        columns = rows::header(&cells.iter().map(|c| c.text).collect(), cx)?;
        starts = cells.iter().map(|c| c.column).collect::<Vec<_>>();
        end = at + 1;
    } else {
        end = at;
        let (mut texts, mut strong) = (Vec::new(), 0);
        while let Some(line) = lines.get(end) {
            let Some(found) = label::label(&line.text, &cx.parties, cx.words) else { break };
            strong += usize::from(matches!(found, Label::Content | Label::Role(_)));
            texts.push(line.text.as_ref());
            end += 1;
        }
        if strong < 2 || texts.iter().collect::<std::collections::HashSet<_>>().len() < texts.len() {
            return None;
        }
        // one label a line: only below the label of the names
        label_above(lines, from, at, cx)?;
        columns = rows::header(&texts.iter().copied().collect(), cx)?;
        starts = vec![0; columns.len()];
    }
    let mut start = at;
    if matches!(columns.first(), Some(Column::Content | Column::Role(_))) {
        start = match label_above(lines, from, at, cx) {
            Some(start) => start,
            None => {
                let around = label_around(lines, from, at..end, cx)?;
                end = around.end;
                around.start
            }
        };
        columns.insert(0, Column::Name);
        starts.insert(0, 0);
    } else if let Some(cell) = cells.first() {
        // 項, and below it 目; 取組 alone is a label as well as 取⏎組⏎の⏎名⏎称
        let mut word = cell.text.to_string();
        let narrow = lines.get(end..)?.iter().take(6).take_while(|line| line.text.chars().nth(4).is_none());
        let is_end = |line: &Line| {
            word.push_str(&line.text);
            is_name_label(&word, cx)
        };
        let ends: Vec<bool> = narrow.map(is_end).collect();
        let below = ends.iter().rposition(|is_end| *is_end).map(|at| at + 1);
        let is_whole = label::label(cell.text, &cx.parties, cx.words).is_some();
        end += below.or(is_whole.then_some(0))?;
    }
    Some(Header { columns, starts, lines: start..end, held: 0 })
}

/// Whether the labels of a content or of two roles may stand in one line: a row of them is a header, a single role is none.
fn may_head(text: &str, cx: &Context) -> bool {
    let has_content = label::holds(text, &["内容", "概要", "取組", "取り組"]) || text.contains("內容");
    let roles = || ["役割", "機能", "分担"].iter().map(|word| text.matches(word).count()).sum::<usize>();
    !cx.words.is_empty() || has_content || roles() > 1
}

fn is_name_label(text: &str, cx: &Context) -> bool {
    matches!(label::label(text, &cx.parties, cx.words), Some(Label::Name | Label::Field))
}

/// The first line of the label of the names, which ends directly above: `項目`, `項⏎目`
fn label_above(lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<usize> {
    let above = at.checked_sub(1).filter(|above| label::may_be(&lines[*above].text, cx.words))?;
    // 名称 alone is a label as well as 取組の⏎名称
    (1..=4.min((above + 1).checked_sub(from)?)).rev().map(|n| at - n).find(|start| {
        // twelve letters at most
        let is_short = lines[*start..at].iter().map(|l| l.text.len()).sum::<usize>() <= 12 * 4;
        let word = || lines[*start..at].iter().map(|l| l.text.as_ref()).collect::<String>();
        is_short && Some(word()).is_some_and(|word| word.chars().count() <= 12 && is_name_label(&word, cx))
    })
}

/// `連携する取⏎取組内容 甲の役割⏎組`: the label of the names is in the middle of its cell, above and below the others
fn label_around(lines: &[Line], from: usize, at: Range<usize>, cx: &Context) -> Option<Range<usize>> {
    let is_short = |line: &&Line| line.text.chars().nth(6).is_none();
    let above = lines[from..at.start].iter().rev().take(AROUND).take_while(is_short).count();
    let below = lines.get(at.end..)?.iter().take(AROUND).take_while(is_short).count();
    let mut ways = (1..=above).flat_map(|above| (1..=below).map(move |below| at.start - above..at.end + below));
    ways.find(|way| {
        let parts = lines[way.start..at.start].iter().chain(&lines[at.end..way.end]);
        is_name_label(&parts.map(|line| line.text.as_ref()).collect::<String>(), cx)
    })
}
