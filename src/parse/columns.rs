//! Tables with a header row whose cells no tab keeps apart: `項目 取組内容 甲の役割 乙の役割`, then lines.
//!
//! The lines give either one cell after the other (content-stream order), or all columns line by line (by the eye),
//! with the places of the columns or with one blank between cells. [`super::cells`] finds which cell a line belongs to.

use super::cells::{self, Choice, Table};
use super::label::{self, Label};
use super::part::{Part, pieces, sure_pieces};
use super::rows::{self, Column};
use super::search::Step;
use super::{Context, torn};
use crate::ast::{Initiative, TriviaKind};
use crate::lines::Line;

/// Blocks of more lines are not searched.
const MOST: usize = 1500;

/// A header row.
struct Header {
    columns: Vec<Column>,
    /// Where each column begins, in code points.
    starts: Vec<usize>,
    /// Its lines.
    lines: std::ops::Range<usize>,
}

/// A line of the body.
pub struct Row<'l, 's> {
    /// All of it.
    pub whole: Part<'l, 's>,
    /// Between blanks; whether the blank before each piece surely parts it.
    pub pieces: Vec<(Part<'l, 's>, bool)>,
    /// A header row was repeated before it: the page was cut.
    pub cut: bool,
}

/// Reads a block under a header row; `None` where there is none.
pub fn read(lines: &[Line], cx: &mut Context) -> Option<Vec<Initiative>> {
    let headers = headers(lines, cx);
    let first = headers.first()?;
    let names = first.columns.iter().take_while(|c| matches!(c, Column::Name | Column::Field)).count();
    if names != 1 || first.columns.len() < 3 || lines.len() > MOST {
        return None;
    }
    let columns = first.columns.clone();
    let strays: Vec<Part> = lines[..first.lines.start].iter().map(|l| Part::new(l, &l.text, 0)).collect();
    torn::leave(&strays, cx);
    let mut body: Vec<Row> = Vec::with_capacity(lines.len());
    let mut starts: Vec<Vec<usize>> = Vec::with_capacity(lines.len());
    for (n, header) in headers.iter().enumerate() {
        for line in &lines[header.lines.clone()] {
            cx.trivia(line.whole(), TriviaKind::Header);
        }
        let end = headers.get(n + 1).map_or(lines.len(), |next| next.lines.start);
        for at in header.lines.end..end {
            let line = &lines[at];
            body.push(Row {
                whole: Part::new(line, &line.text, at),
                pieces: pieces(line, at),
                cut: (n > 0 && at == header.lines.end) || (line.page && at > header.lines.end),
            });
            starts.push(header.starts.clone());
        }
    }
    let table = Table::new(columns.len() - 1, body, starts);
    Some(match table.read() {
        Some(steps) => initiatives(&table, &columns, steps, cx),
        None => Vec::new(),
    })
}

/// All header rows of a block.
fn headers(lines: &[Line], cx: &Context) -> Vec<Header> {
    let mut out: Vec<Header> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let from = out.last().map_or(0, |h| h.lines.end);
        let columns = out.first().map(|h| h.columns.len());
        match header(lines, from, at, cx).filter(|h| columns.is_none_or(|n| h.columns.len() == n)) {
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
    if !(line.text.contains("内容") || line.text.contains("役割") || line.text.contains("概要")) {
        return None;
    }
    let cells = sure_pieces(line, at);
    let (mut columns, mut starts, mut end);
    if cells.len() >= 2 {
        columns = rows::header(&cells.iter().map(|c| c.text).collect(), cx)?;
        starts = cells.iter().map(|c| c.column).collect::<Vec<_>>();
        end = at + 1;
    } else {
        // one label a line: only below the label of the names
        label_above(lines, from, at, cx)?;
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
        columns = rows::header(&texts.iter().copied().collect(), cx)?;
        starts = vec![0; columns.len()];
    }
    let mut start = at;
    if matches!(columns.first(), Some(Column::Content | Column::Role(_))) {
        start = label_above(lines, from, at, cx)?;
        columns.insert(0, Column::Name);
        starts.insert(0, 0);
    } else if let Some(cell) = cells.first().filter(|c| label::label(c.text, &cx.parties, cx.words).is_none()) {
        // 項, and below it 目
        let mut word = cell.text.to_string();
        let below = lines.get(end..)?.iter().take(3).position(|line| {
            word.push_str(&line.text);
            is_name_label(&word, cx)
        })?;
        end += below + 1;
    }
    Some(Header { columns, starts, lines: start..end })
}

fn is_name_label(text: &str, cx: &Context) -> bool {
    matches!(label::label(text, &cx.parties, cx.words), Some(Label::Name | Label::Field))
}

/// The first line of the label of the names, which ends directly above: `項目`, `項⏎目`
fn label_above(lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<usize> {
    (1..=4.min(at.checked_sub(from)?)).map(|n| at - n).find(|start| {
        let word: String = lines[*start..at].iter().map(|l| l.text.as_ref()).collect();
        word.chars().count() <= 12 && is_name_label(&word, cx)
    })
}

/// Rows from what was chosen for each line. A row in doubt, or one that fits badly, is torn.
fn initiatives(table: &Table, columns: &[Column], steps: Vec<Step<Choice>>, cx: &mut Context) -> Vec<Initiative> {
    let mut out: Vec<Initiative> = Vec::new();
    let mut cost = 0;
    for step in steps {
        if step.choice.begins || out.is_empty() {
            out.push(Initiative::default());
            cost = 0;
        }
        // what a row lacks shows at the line behind it
        let close = step.choice.closing;
        if close >= cells::BAD
            && let Some(last) = out.iter_mut().rev().nth(usize::from(step.choice.begins))
        {
            last.torn = true;
        }
        cost += step.cost.saturating_sub(close);
        let Some(row) = out.last_mut() else { continue };
        row.torn |= step.doubt || cost >= cells::BAD;
        for (column, part) in &step.choice.cells {
            if let Some(column) = columns.get(*column) {
                rows::put(row, column, part.line, part.text, true, cx);
            }
        }
    }
    if let Some(last) = out.last_mut() {
        last.torn |= table.is_unfinished(last);
    }
    out
}
