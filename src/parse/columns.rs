//! Tables with a header row whose cells no tab keeps apart: `項目 取組内容 甲の役割 乙の役割`, then lines.
//!
//! The lines give either one cell after the other (content-stream order), or all columns line by line (by the eye),
//! with the places of the columns or with one blank between cells. [`super::cells`] finds which cell a line belongs to.

use super::cells::{self, Choice, Table};
use super::label::{self, Label};
use super::part::{Part, pieces, sure_pieces};
use super::rows::{self, Column};
use super::search::Step;
use super::stacked::Labels;
use super::{Context, torn};
use crate::ast::{Initiative, TriviaKind};
use crate::diagnostics::{Severity, Words};
use crate::lines::Line;
use smallvec::SmallVec;

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
    pub pieces: SmallVec<[(Part<'l, 's>, bool); 2]>,
    /// A header row was repeated before it: the page was cut.
    pub cut: bool,
}

/// Reads a block under a header row; `None` where there is none.
pub fn read(lines: &[Line], labels: &[Labels], cx: &mut Context) -> Option<Vec<Initiative>> {
    let headers = headers(lines, labels, cx);
    let first = headers.first()?;
    let names = first.columns.iter().take_while(|c| matches!(c, Column::Name | Column::Field)).count();
    if names != 1 || !(3..=8).contains(&first.columns.len()) || lines.len() > MOST {
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
        for (at, line) in lines.iter().enumerate().take(end).skip(header.lines.end) {
            body.push(Row {
                whole: Part::new(line, &line.text, at),
                pieces: pieces(line, at),
                cut: (n > 0 && at == header.lines.end) || (line.page && at > header.lines.end),
            });
            starts.push(header.starts.clone());
        }
    }
    let table = Table::new(columns.len() - 1, body, starts);
    let mut found = match table.read() {
        Some(steps) => initiatives(&table, &columns, steps, cx),
        None => Vec::new(),
    };
    // the words of another column of names stand among these, and nothing tells where
    let beside = first.lines.start > 0 && label_beside(lines, cx);
    found.iter_mut().for_each(|initiative| initiative.torn |= beside);
    Some(found)
}

/// `分⏎野⏎取組 取組内容 甲の役割`: the label of a narrow column of names, which was written before the others
pub fn label_beside(lines: &[Line], cx: &Context) -> bool {
    let mut word = String::new();
    let narrow = lines.iter().take(4).take_while(|line| line.text.chars().nth(4).is_none());
    let end = narrow.enumerate().find_map(|(at, line)| {
        word.push_str(&line.text);
        is_name_label(&word, cx).then_some(at + 1)
    });
    end.and_then(|end| lines.get(end)).is_some_and(|line| is_header(line, cx))
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

/// Columns that were written one after the other, or into each other: which row a text belongs to is not to be told.
pub fn refuse(lines: &[Line], cx: &mut Context) {
    cx.complain(
        "cell-torn",
        Severity::Warning,
        "",
        lines.first().map(Line::whole),
        Words::new(
            "表の列がばらばらに抽出されており、どの取組の文か決められません。PDFそのもの、または pdftotext -raw の結果を読ませてください。",
            "the columns of this table were torn apart: the text does not say which row a line belongs to; read the PDF itself, or the output of pdftotext -raw",
        ),
    );
    for line in lines {
        cx.unparsed(line);
    }
}

/// All header rows of a block.
fn headers(lines: &[Line], labels: &[Labels], cx: &Context) -> Vec<Header> {
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
    let above = at.checked_sub(1).filter(|above| label::may_be(&lines[*above].text, cx.words))?;
    (1..=4.min((above + 1).checked_sub(from)?)).map(|n| at - n).find(|start| {
        // twelve letters at most
        let is_short = lines[*start..at].iter().map(|l| l.text.len()).sum::<usize>() <= 12 * 4;
        let word = || lines[*start..at].iter().map(|l| l.text.as_ref()).collect::<String>();
        is_short && Some(word()).is_some_and(|word| word.chars().count() <= 12 && is_name_label(&word, cx))
    })
}

/// Rows from what was chosen for each line. A row in doubt, or one that fits badly, is torn.
fn initiatives(table: &Table, columns: &[Column], steps: Vec<Step<Choice>>, cx: &mut Context) -> Vec<Initiative> {
    let mut out: Vec<Initiative> = Vec::new();
    let mut cost = 0;
    for (line, step) in steps.into_iter().enumerate() {
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
        for (column, part) in table.cells(line, &step.choice) {
            if let Some(column) = columns.get(column) {
                rows::put(row, column, part.line, part.text, true, cx);
            }
        }
    }
    if let Some(last) = out.last_mut() {
        last.torn |= table.is_unfinished(last);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::model::walk;
    use crate::parse::parse;

    const HEAD: &str = "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n第1条 取組は、別表のとおりとする。\n別表（第1条関係）\n1 医療\n";

    /// Name, content and roles of each initiative, and whether it is torn.
    fn rows(table: &str) -> Vec<(String, String, bool)> {
        let text = format!("{HEAD}{table}");
        let parsed = parse(&text);
        let places = walk::fields(&parsed.readings[0].tree);
        walk::initiatives(&places)
            .map(|(_, i)| {
                let cells = i.contents.iter().map(|c| &c.text).chain(i.roles.iter().map(|r| &r.text));
                (i.name.text.to_string(), cells.map(|t| t.text.as_str()).collect::<Vec<_>>().join("/"), i.torn)
            })
            .collect()
    }

    #[test]
    fn cells_in_order_by_the_eye_and_with_places() {
        let want =
            vec![("夜間診療".to_string(), "夜間の当番を続けていく。/医師を出す。/費用を出す。".to_string(), false)];
        for table in [
            "項目 取組内容 甲の役割 乙の役割\n夜間診療 夜間の当番を続け\nていく。\n医師を出す。\n費用を出す。\n",
            "項目 取組内容 甲の役割 乙の役割\n夜間診療 夜間の当番を続け 医師を出す。 費用を出す。\nていく。\n",
            "項目    取組内容      甲の役割    乙の役割\n夜間診療  夜間の当番を続け  医師を出す。  費用を出す。\n      ていく。\n",
            "項\n目\n取組内容 甲の役割 乙の役割\n夜\n間\n診\n療\n夜間の当番を続け\nていく。\n医師を出す。\n費用を出す。\n",
        ] {
            assert_eq!(rows(table), want, "{table}");
        }
    }
}
