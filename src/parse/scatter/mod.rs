//! Tables whose header row is in pieces: an extractor wrote columns block by block, or line by line with a gap between
//! all cells. `項目⏎⏎夜間診療⏎⏎取組内容⏎夜間の当番を⏎続ける。⏎⏎甲の役割⏎…`
//!
//! [`fragments`] cuts the table into headings, labels and words, [`plan`] orders the headings and labels, [`place`]
//! finds the cell of every line, written by the eye ([`eye`]) or in [`blocks`], [`names`] the row of every name. All of it
//! is inferred, so every row says so.

mod aside;
mod blocks;
mod cost;
mod eye;
mod fielded;
mod fragments;
mod labels;
mod letters;
mod line;
mod names;
mod place;
mod plan;
mod regroup;
mod sections;
mod seen;
mod state;
mod within;
mod words;

use super::Context;
use super::columns;
use super::label::{self, Label};
use super::named;
use super::outline::Node;
use super::rows::{self, Column};
use super::vocabulary::{may_begin, never_ends_name};
use crate::ast::{Initiative, TriviaKind};
use crate::lines::{Line, is_blank};
use crate::parse::cells::lists;
use crate::parse::part::{Part, is_ended, sure_words};
use crate::parse::search::Step;
pub use fragments::cut;
use fragments::{Kind, Pieces};
use place::Placer;
use plan::Plan;
use state::Spot;
use std::rc::Rc;
pub use words::{Ends, Words};

/// Longer tables are not searched.
const MOST: usize = 6000;
/// Hardly a cell has more lines.
const USUAL: usize = 8;
/// A line that fits as badly leaves its cell in doubt.
const BAD: u32 = 10;
/// Where one of so many lines fits badly, nothing confirms the order of the labels.
const MISREAD: usize = 8;

/// One row as it is put together.
#[derive(Clone, Debug)]
struct Row {
    names: Vec<usize>,
    cells: Vec<Vec<usize>>,
    doubt: Vec<bool>,
}

/// Reads a table whose pieces were cut; `None` where headings and labels do not agree.
pub fn read(pieces: &Pieces, all: &[Line], cx: &mut Context) -> Option<Vec<Node>> {
    let mut plan = plan::plan(pieces)?;
    let words = cx.letters.get_or_init(|| Rc::new(Words::of(all))).clone();
    let mut both = Vec::new();
    if pieces.fielded {
        // the cells tell how many rows there are, and so which of the words are names
        let steps = Placer::new(pieces, &plan, &words).place()?;
        let rows = gather(pieces, &plan, &steps).iter().map(Vec::len).sum();
        both = fielded::blocks(pieces, &words, rows);
        let names = both.iter().filter(|block| !block.field);
        plan.names = names.map(|block| (0, block.parts.clone())).collect();
    }
    let other = plan::row_by_row(pieces, &plan);
    let (placer, steps) = placed(pieces, [Some(&plan), other.as_ref()], &words)?;
    let named = renamed(pieces, &plan, cost_of(&steps), &words);
    let again = named.as_ref().and_then(|plan| placed(pieces, [Some(plan), None], &words));
    let is_better = |(_, again): &Placed| cost_of(again) + place::MISFIT < cost_of(&steps);
    let (placer, steps) = again.filter(is_better).unwrap_or((placer, steps));
    let mut fields = gather(pieces, placer.plan, &steps);
    let mut aside: Vec<usize> = steps.iter().filter(|(_, s)| s.choice == Spot::Aside).map(|(at, _)| *at).collect();
    if !pieces.blocks {
        aside::insert((pieces, &placer.facts), &words, &mut fields, &mut aside);
    }
    names::give(pieces, placer.plan, &words, &steps, &mut fields, &mut aside);
    set_aside(pieces, &aside, cx);
    if pieces.fielded {
        let rows: Vec<Row> = fields.into_iter().flatten().collect();
        return Some(fielded::nodes(pieces, &both, &rows, cx));
    }
    Some(write(pieces, fields, cx))
}

/// The cell of every piece, and what found them.
type Placed<'p, 'l, 's> = (Placer<'p, 'l, 's>, Vec<(usize, Step<Spot>)>);

/// The cell of every piece, where labels are read in turn, or row by row if that fits clearly better.
fn placed<'p, 'l, 's>(
    pieces: &'p Pieces<'l, 's>,
    [plan, other]: [Option<&'p Plan>; 2],
    words: &'p Words,
) -> Option<Placed<'p, 'l, 's>> {
    let place = |plan: &'p Plan| {
        let mut placer = Placer::new(pieces, plan, words);
        let steps = placer.place()?;
        Some((placer, steps))
    };
    let own = place(plan?)?;
    let other = other.filter(|_| cost_of(&own.1) > place::MISFIT).and_then(place);
    let is_better = |(_, steps): &Placed| cost_of(steps) + place::MISFIT < cost_of(&own.1);
    Some(other.filter(is_better).unwrap_or(own))
}

/// What a reading costs.
fn cost_of(steps: &[(usize, Step<Spot>)]) -> u32 {
    steps.iter().map(|(_, step)| step.cost).sum()
}

/// The plan where the rows of the cells tell how many names stand in a block, if the names as they were read misfit.
fn renamed(pieces: &Pieces, plan: &Plan, cost: u32, words: &Words) -> Option<Plan> {
    if cost <= place::MISFIT || !regroup::may_be(pieces, plan) {
        return None;
    }
    let free = regroup::without_names(pieces, plan);
    let steps = Placer::new(pieces, &free, words).place()?;
    let is_ended = |cell: &Vec<usize>| cell.last().is_some_and(|at| is_ended(pieces.all[*at].part.text));
    let is_sure = |row: &Row| row.cells.iter().all(is_ended) && !row.doubt.contains(&true);
    let count = |rows: Vec<Row>| if rows.iter().all(is_sure) { rows.len() } else { 0 };
    let rows: Vec<usize> = gather(pieces, &free, &steps).into_iter().map(count).collect();
    regroup::by_rows(pieces, plan, &rows, words)
}

/// The pieces of the rows, and the first line that holds one, a heading or a label; `None` where the table is not
/// scattered.
pub fn begins<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Option<(usize, Pieces<'l, 's>)> {
    let may_be = lines.len() <= MOST
        && !lines.iter().any(|l| l.tab)
        && lines.iter().any(|l| is_bare(l, cx))
        && lines.iter().any(|l| may_name(l, cx));
    if may_be { first(lines, cx) } else { None }
}

/// The same of lines that are no rows with tabs, and hold labels. Apart, so that hardly a text pays for what it needs.
#[inline(never)]
fn first<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Option<(usize, Pieces<'l, 's>)> {
    if !fragments::is_scattered(lines, cx) || named::heads_rows(lines, cx) || columns::has_parted_header(lines, cx) {
        return None;
    }
    fragments::cut_rows(lines, cx)
}

/// A line that ends with the label of a column, without brackets
fn is_bare(line: &Line, cx: &Context) -> bool {
    if !label::may_be(&line.text, cx.words) {
        return false;
    }
    let word = line.text.rsplit(is_blank).next().unwrap_or_default();
    !word.ends_with(['】', '〕', '］', ']', '〉', '＞', '》', '）', ')'])
        && matches!(label::label(word, &cx.parties, cx.words), Some(Label::Content | Label::Role(_)))
}

/// Whether the label of the names may stand on a line, or begin there: a cheap test for what holds none
fn may_name(line: &Line, cx: &Context) -> bool {
    let may_be = |text: &str| label::may_be(text, cx.words) && !text.ends_with(never_ends_name);
    let is_label = |text: &str| may_be(text) && label::heads_names(text, &cx.parties, cx.words);
    let begins = |text: &str| text.len() <= 2 * 4 && text.chars().nth(2).is_none() && text.contains(may_begin);
    if !cx.words.is_empty() || line.is_joined() {
        return true;
    }
    match line.find_blank() {
        None => begins(&line.text) || is_label(&line.text),
        Some(_) => sure_words(&line.text).any(|word| begins(word) || is_label(word)),
    }
}

fn gather(pieces: &Pieces, plan: &Plan, steps: &[(usize, Step<Spot>)]) -> Vec<Vec<Row>> {
    let columns = pieces.cells().count();
    // where the cells of a column begin in a row
    let first: Vec<usize> = (0..pieces.columns.len()).map(|column| (0..column).map(|c| pieces.held(c)).sum()).collect();
    let is_bad = |step: &Step<Spot>| step.choice == Spot::Aside || step.cost >= BAD;
    let is_misread = steps.iter().filter(|(_, step)| is_bad(step)).count() * MISREAD > steps.len();
    let empty = || Row {
        names: Vec::new(),
        cells: (0..columns).map(|_| Vec::with_capacity(USUAL)).collect(),
        doubt: vec![false; columns],
    };
    let mut fields: Vec<Vec<Row>> = vec![Vec::new(); plan.fields];
    for (at, step) in steps {
        let Spot::Cell { field, row, column } = step.choice else { continue };
        let (field, row, column) = (field as usize, row as usize, usize::from(column));
        // under one label stand the cells of several parties
        let held = pieces.held(column);
        let (row, cell) = (row.div_ceil(held), first[column] + (row + held - 1) % held);
        let rows = &mut fields[field];
        while rows.len() < row {
            rows.push(empty());
        }
        if let Some(found) = rows.get_mut(row.wrapping_sub(1)) {
            found.cells[cell].push(*at);
            found.doubt[cell] |=
                step.doubt || step.cost >= BAD || is_misread && plan.doubtful.contains(&(field, column));
        }
    }
    fields
}

/// Keeps what is no words of a row.
fn set_aside(pieces: &Pieces, aside: &[usize], cx: &mut Context) {
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
}

/// Writes the tree.
fn write(pieces: &Pieces, fields: Vec<Vec<Row>>, cx: &mut Context) -> Vec<Node> {
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
    for ((label, cell), doubt) in pieces.cells().zip(&row.cells).zip(&row.doubt) {
        let column = match label {
            Label::Content => Column::Content,
            Label::Role(who) => Column::Role(who.clone()),
            Label::Container => Column::Role(cx.parties.iter().map(|p| p.symbol.clone()).collect()),
            _ => Column::Other(String::new()),
        };
        let parts = cell.iter().map(|at| &pieces.all[*at].part);
        if *doubt || !parts.clone().next_back().is_some_and(|last| is_ended(last.text)) {
            let torn = parts.map(|part| cx.text(part.line, part.text)).collect::<Vec<_>>();
            cx.tree.unparsed.extend(torn);
        } else if is_new(&out, &column) && parts.clone().all(is_plain) {
            rows::put_all(&mut out, &column, parts, cx);
        } else {
            parts.for_each(|part| rows::put(&mut out, &column, part.line, part.text, true, cx));
        }
    }
    out
}

/// Whether words of a cell are no entry of a list, and stand on one line each.
fn is_plain(part: &Part) -> bool {
    rows::is_plain(part) && !lists::is_entry(part.text)
}

/// Whether a row has no cell of a column yet.
fn is_new(row: &Initiative, column: &Column) -> bool {
    match column {
        Column::Content => row.contents.is_empty(),
        Column::Role(parties) => row.roles.iter().all(|role| role.parties != *parties),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Initiative;
    use crate::model::walk;
    use crate::parse::parse;

    const HEAD: &str = "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n第1条 取組は、別表のとおりとする。\n\n別表（第1条関係）\n暮らしの分野\n1 医療\n";
    const ROWS: &[(&str, [&str; 3])] = &[
        (
            "夜間診療",
            [
                "急な病の人を夜間も受け入れる当番を、圏域の病院が順に続けていく。",
                "当番に当たる医師を市立病院から出し、要する費用の半分を負う。",
                "患者を運ぶ車を用意する。",
            ],
        ),
        (
            "健診の案内",
            [
                "働く世代の健診を休日にも開く。",
                "会場を貸し、申込みの窓口となり、結果を本人に早く届ける。",
                "町内の職場を回り、健診の日取りを広く知らせて受診を勧める。",
            ],
        ),
    ];

    fn wrap(text: &str, width: usize) -> Vec<String> {
        let mut lines: Vec<String> = vec![String::new()];
        for c in text.chars() {
            let full = lines.last().is_some_and(|l| l.chars().count() >= width);
            if full && !matches!(c, '。' | '、') {
                lines.push(String::new());
            }
            lines.last_mut().unwrap().push(c);
        }
        lines
    }

    /// Each cell a block of its own, each column under its label.
    fn by_blocks() -> String {
        let mut out = format!("\n項目\n{}\n", ROWS[0].0);
        for (column, label) in ["取組内容", "甲の役割", "乙の役割"].iter().enumerate() {
            out += &format!("\n{label}\n{}\n", wrap(ROWS[0].1[column], 9).join("\n"));
        }
        out += &format!("\n{}\n", ROWS[1].0);
        for cell in ROWS[1].1 {
            out += &format!("\n{}\n", wrap(cell, 9).join("\n"));
        }
        out
    }

    /// Line by line over all columns, an empty line behind each piece.
    fn by_eye() -> String {
        let mut out = String::from("\n項目\n\n取組内容\n\n甲の役割\n\n乙の役割\n");
        for (name, cells) in ROWS {
            let columns: Vec<Vec<String>> =
                std::iter::once(wrap(name, 2)).chain(cells.iter().map(|c| wrap(c, 9))).collect();
            let most = columns.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..most {
                for piece in columns.iter().filter_map(|c| c.get(line)) {
                    out += &format!("\n{piece}\n");
                }
            }
        }
        out
    }

    /// Name, cells and whether it is torn, of each row.
    fn rows(table: &str) -> Vec<(String, Vec<String>, bool)> {
        let parsed = parse(&format!("{HEAD}{table}")).readings;
        let places = walk::fields(&parsed[0].tree);
        let row = |i: &Initiative| {
            let texts = i.contents.iter().map(|c| &c.text).chain(i.roles.iter().map(|r| &r.text));
            (i.name.text.to_string(), texts.map(|t| t.text.to_string()).collect(), i.torn)
        };
        walk::initiatives(&places).map(|(_, i)| row(i)).collect()
    }

    #[test]
    fn blocks_find_their_cells_and_every_row_says_that_it_was_inferred() {
        let want: Vec<_> =
            ROWS.iter().map(|(name, cells)| (name.to_string(), cells.map(String::from).to_vec(), true)).collect();
        assert_eq!(rows(&by_blocks()), want);
    }

    #[test]
    fn lines_of_columns_alike_make_cells_only_where_that_is_sure() {
        let read = rows(&by_eye());
        assert_eq!(read.len(), ROWS.len());
        for ((name, cells, torn), (want, all)) in read.iter().zip(ROWS) {
            assert_eq!(name, want);
            assert!(torn & cells.iter().all(|cell| all.contains(&cell.as_str())), "{cells:?}");
        }
    }

    #[test]
    fn a_line_without_a_place_is_not_put_anywhere() {
        let table = by_eye().replace("患者を運ぶ車を用意\n", "患者を運ぶ車を用意\n\n灯火を消す刻限は冬\n");
        let parsed = parse(&format!("{HEAD}{table}")).readings;
        assert!(parsed[0].complaints.iter().any(|c| c.rule == "cell-torn"));
        let places = walk::fields(&parsed[0].tree);
        let cells = walk::initiatives(&places).flat_map(|(_, row)| &row.contents);
        assert!(cells.filter(|c| c.text.text.contains("灯火")).count() == 0);
    }
}
