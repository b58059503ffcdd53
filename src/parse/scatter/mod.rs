//! Tables whose header row is in pieces: an extractor wrote columns block by block, or line by line with a gap between
//! all cells. `項目⏎⏎夜間診療⏎⏎取組内容⏎夜間の当番を⏎続ける。⏎⏎甲の役割⏎…`
//!
//! [`fragments`] cuts the table into headings, labels and words, [`plan`] orders the headings and labels, [`place`]
//! finds the cell of every line, [`names`] the row of every name. All of it is inferred, so every row says so.

mod aside;
mod cost;
mod fragments;
mod labels;
mod names;
mod place;
mod plan;
mod words;

use super::Context;
use super::label::{self, Label};
use super::outline::Node;
use super::rows::{self, Column};
use crate::ast::{Initiative, TriviaKind};
use crate::lines::{Line, is_blank};
use crate::parse::part::is_ended;
use crate::parse::search::Step;
use fragments::{Kind, Pieces};
use place::{Placer, Spot};
use plan::Plan;
use std::rc::Rc;
pub use words::Words;

/// Longer tables are not searched.
const MOST: usize = 6000;
/// A line that fits as badly leaves its cell in doubt.
const BAD: u32 = 10;

/// One row as it is put together.
#[derive(Clone, Debug)]
struct Row {
    names: Vec<usize>,
    cells: Vec<Vec<usize>>,
    doubt: Vec<bool>,
}

/// Reads the lines of a table from its first heading or label on; `None` where they are no such table.
pub fn read(lines: &[Line], all: &[Line], cx: &mut Context) -> Option<Vec<Node>> {
    let pieces = fragments::cut(lines, cx)?;
    let plan = plan::plan(&pieces)?;
    let words = cx.letters.get_or_init(|| Rc::new(Words::of(all))).clone();
    let steps = Placer::new(&pieces, &plan, &words).place()?;
    let mut fields = gather(&pieces, &plan, &steps);
    let mut aside: Vec<usize> = steps.iter().filter(|(_, s)| s.choice == Spot::Aside).map(|(at, _)| *at).collect();
    if !pieces.blocks {
        aside::insert(&pieces, &words, &mut fields, &mut aside);
    }
    names::give(&pieces, &plan, &words, &steps, &mut fields, &mut aside);
    Some(write(&pieces, fields, &aside, cx))
}

/// The first line that belongs to the rows, a heading or a label; `None` where the table is not scattered.
pub fn begins(lines: &[Line], cx: &Context) -> Option<usize> {
    let may_be =
        lines.len() <= MOST && !lines.iter().any(|l| l.tab) && lines.iter().any(|l| is_bare(l, cx));
    let pieces = may_be.then(|| fragments::cut(lines, cx)).flatten().filter(Pieces::is_scattered)?;
    pieces.all.iter().find(|f| !matches!(f.kind, Kind::Words | Kind::Name)).map(|f| f.part.at)
}

/// A line that ends with the label of a column, without brackets
fn is_bare(line: &Line, cx: &Context) -> bool {
    let word = line.text.rsplit(is_blank).next().unwrap_or_default();
    !word.ends_with(['】', '〕', '］', ']', '〉', '＞', '》', '）', ')'])
        && matches!(label::label(word, &cx.parties, cx.words), Some(Label::Content | Label::Role(_)))
}

fn gather(pieces: &Pieces, plan: &Plan, steps: &[(usize, Step<Spot>)]) -> Vec<Vec<Row>> {
    let columns = pieces.columns.len();
    let empty = || Row { names: Vec::new(), cells: vec![Vec::new(); columns], doubt: vec![false; columns] };
    let mut fields: Vec<Vec<Row>> = vec![Vec::new(); plan.fields];
    for (at, step) in steps {
        let Spot::Cell { field, row, column } = step.choice else { continue };
        let rows = &mut fields[field];
        while rows.len() < row {
            rows.push(empty());
        }
        if let Some(found) = rows.get_mut(row.wrapping_sub(1)) {
            found.cells[column].push(*at);
            found.doubt[column] |= step.doubt || step.cost >= BAD || plan.doubtful.contains(&(field, column));
        }
    }
    fields
}

/// Writes the tree.
fn write(pieces: &Pieces, fields: Vec<Vec<Row>>, aside: &[usize], cx: &mut Context) -> Vec<Node> {
    for fragment in &pieces.all {
        if matches!(fragment.kind, Kind::Names(_) | Kind::Label(_) | Kind::Rest) {
            cx.trivia(fragment.part.line.span(fragment.part.text), TriviaKind::Header);
        }
    }
    for at in aside {
        let part = pieces.all[*at].part;
        let text = cx.text(part.line, part.text);
        cx.tree.unparsed.push(text);
    }
    let mut nodes = Vec::with_capacity(fields.len());
    for (index, rows) in fields.into_iter().enumerate() {
        let mut node = Node::default();
        if let Some(heading) = pieces.headings.get(index) {
            node.number.clone_from(&heading.number);
            if let Some(label) = heading.label {
                node.label = cx.text(label.line, label.text);
            }
            if let Some(title) = heading.title {
                node.heading = cx.text(title.line, title.text);
            }
        }
        node.rows = rows.iter().map(|row| initiative(pieces, row, cx)).collect();
        nodes.push(node);
    }
    nodes
}

fn initiative(pieces: &Pieces, row: &Row, cx: &mut Context) -> Initiative {
    let mut out = Initiative { torn: true, ..Initiative::default() };
    for at in &row.names {
        let part = pieces.all[*at].part;
        rows::name_cell(&mut out, part.line, part.text, cx);
    }
    for ((label, cell), doubt) in pieces.columns.iter().zip(&row.cells).zip(&row.doubt) {
        let column = match label {
            Label::Content => Column::Content,
            Label::Role(who) => Column::Role(who.clone()),
            Label::Container => Column::Role(cx.parties.iter().map(|p| p.symbol.clone()).collect()),
            _ => Column::Other(String::new()),
        };
        let ended = cell.last().is_some_and(|at| is_ended(pieces.all[*at].part.text));
        for at in cell {
            let part = pieces.all[*at].part;
            if *doubt || !ended {
                let text = cx.text(part.line, part.text);
                cx.tree.unparsed.push(text);
            } else {
                rows::put(&mut out, &column, part.line, part.text, true, cx);
            }
        }
    }
    out
}
