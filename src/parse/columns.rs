//! Tables with a header row whose cells no tab keeps apart: `項目 取組内容 甲の役割 乙の役割`, then lines.
//!
//! The lines give either one cell after the other (content-stream order), or all columns line by line (by the eye),
//! with the places of the columns or with one blank between cells. [`super::cells`] finds which cell a line belongs to.
//! A column of 分野 before that of the names is taken out first ([`fields`]).

mod alone;
mod among;
mod counted;
mod fielded;
mod fields;
mod fit;
mod floating;
mod glued;
mod halves;
mod header;
mod held;
mod joint;
mod likely;
mod marked;
mod merged;
mod middles;
mod narrow;
mod nested;
mod numbered;
mod parted;
mod strung;
mod turned;
mod twofold;

pub use alone::{is_header, lacks_names};
pub use fields::{doubt_field, is_full, node as field};
pub use header::{Header, begins, begins_fielded, has_header, is_torn_label, label_beside};
pub use narrow::{Lines, ends};
pub use parted::is_among as has_parted_header;

use super::cells::{self, Piece, Table, lists};
use super::part::{Part, joined, pieces};
use super::rows::{self, Column};
use super::stacked::{self, Labels};
use super::{Context, scatter, torn};
use crate::ast::{Initiative, TriviaKind};
use crate::diagnostics::{Severity, Words};
use crate::lines::Line;
use held::Mark;
use smallvec::SmallVec;
use std::rc::Rc;

/// Blocks of more lines are not searched.
const MOST: usize = 1500;

/// Where the columns of a line begin, in code points: the same for many lines.
pub type Starts = Rc<[usize]>;

/// A line of the body.
#[derive(Clone)]
pub struct Row<'l, 's> {
    /// All of it.
    pub whole: Part<'l, 's>,
    /// Between blanks; whether the blank before each piece surely parts it.
    pub pieces: SmallVec<[(Part<'l, 's>, bool); 2]>,
    /// A header row was repeated before it: the page was cut.
    pub cut: bool,
    /// Whether its first words stand in the column of the names is in doubt.
    pub doubt: bool,
    /// Whose role it begins, in a table that says so line by line.
    pub mark: Option<Mark<'l, 's>>,
}

impl<'l, 's> Row<'l, 's> {
    /// Some pieces of a line.
    fn of(pieces: impl Iterator<Item = (Part<'l, 's>, bool)>, line: &Row<'l, 's>) -> Option<Self> {
        let mut pieces: SmallVec<[(Part, bool); 2]> = pieces.collect();
        let (first, last) = (pieces.first()?.0, pieces.last()?.0);
        pieces[0].1 = true;
        Some(Row { whole: joined(&first, &last), pieces, ..*line })
    }

    /// Makes the line one of the pieces that are left when the first were taken; gives whether there are any.
    fn begin_anew(&mut self) -> bool {
        let [(first, sure), ..] = &mut self.pieces[..] else { return false };
        *sure = true;
        let first = *first;
        self.whole = self.pieces.last().map_or(first, |(last, _)| joined(&first, last));
        true
    }
}

/// Reads a block under a header row; `None` where there is none. A row that says `1 医療` over all columns parts the
/// blocks of one table: the header that was `open` stays so. `all` are the lines of the document.
pub fn read(
    lines: &[Line],
    labels: &[Labels],
    open: &mut Option<Header>,
    all: &[Line],
    cx: &mut Context,
) -> Option<Vec<stacked::Row>> {
    let mut headers = header::headers(lines, labels, cx);
    if let Some(before) = open.take() {
        // what stands before a header of the block are rows, or the rest of a heading
        let is_row = |line: &Line| line.text.contains(['。', '、']);
        let goes_on = headers.first().map_or_else(
            || !labels.iter().any(Labels::is_row),
            |own| own.columns == before.columns && lines[..own.lines.start].iter().any(is_row),
        );
        headers.splice(0..0, goes_on.then_some(before));
    }
    let first = headers.first()?;
    let names = first.columns.iter().take_while(|c| matches!(c, Column::Name | Column::Field)).count();
    let is_fielded = first.columns.first() == Some(&Column::Field) && names == 2;
    let is_plain = !is_fielded && first.held == 0;
    if names != 1 && !is_fielded
        || first.numbered && !is_plain
        || !(3..=8).contains(&first.columns.len())
        || lines.len() > MOST
    {
        return None;
    }
    *open = headers.last().map(|last| Header { lines: 0..0, ..last.clone() });
    let (mut body, mut starts) = body(lines, &headers);
    let numbers = if first.numbered { numbered::take(&mut body, &mut starts) } else { Vec::new() };
    strung::part(&mut body, &mut starts, first, all, cx);
    let is_whole = body.first().is_some_and(|row| counted::is_whole(row, first.columns.len()));
    let is_joint = matches!(first.columns.last(), Some(Column::Role(parties)) if parties.len() > 1);
    let is_among = is_fielded && !is_joint && first.held == 0 && !is_whole && !cells::keeps_places(&body);
    let among = is_among.then(|| among::read(lines, first, &body, all, cx)).flatten();
    // by the eye, blanks of one width do not tell whose words stand first
    let is_counted = is_fielded && first.held == 0 && (is_whole || floating::may_be(&body, first.columns.len()));
    let by_eye = cells::is_by_eye(&body)
        && (is_plain
            || cells::keeps_places(&body)
            || is_counted && cells::is_mostly_by_eye(&body)
            || first.held > 0 && !is_fielded && held::stands_beside(&body, cx));
    // behind a page the words alone tell which of its cells goes on
    let drifts = by_eye && first.held > 0 && !cells::keeps_places(&body);
    if drifts || !by_eye && lines.iter().skip(1).any(|line| line.page) {
        cx.letters.get_or_init(|| Rc::new(scatter::Words::of(all)));
    }
    if !by_eye {
        turned::letters(all, cx);
    }
    let is_marked = first.held > 0 && !is_fielded && by_eye && cells::keeps_places(&body);
    let marked = is_marked.then(|| marked::read(&body, &starts, &first.columns, first.held, cx)).flatten();
    let is_nested = first.held > 0 && !is_fielded && !cells::keeps_places(&body);
    let marked =
        marked.or_else(|| is_nested.then(|| nested::read(lines, &body, &first.columns, first.held, all, cx)).flatten());
    if first.held > 0 && marked.is_none() {
        let (others, roles) = first.columns.split_at(first.columns.len() - first.held);
        (body, starts) = held::take((body, starts), roles, others.len() - usize::from(is_fielded), by_eye, cx)?;
    }
    // with one blank, the roles of all leave too little that tells the 分野 from the names
    let is_open = is_joint && is_fielded && cells::is_by_eye(&body) && !cells::keeps_places(&body);
    let is_hopeless = || is_open || !is_plain && !by_eye && cells::is_mostly_by_eye(&body);
    if among.is_none() && is_hopeless() {
        return None;
    }
    let strays: Vec<Part> = lines[..first.lines.start].iter().map(|l| Part::new(l, &l.text, 0)).collect();
    torn::leave(&strays, cx);
    for line in headers.iter().flat_map(|header| &lines[header.lines.clone()]) {
        cx.trivia(line.whole(), TriviaKind::Header);
    }
    if among.is_some() {
        return among;
    }
    if is_fielded {
        return Some(fields::read(lines, &headers, (body, starts), by_eye, cx));
    }
    let keeps_places = by_eye && first.held == 0 && cells::keeps_places(&body);
    let middles = || keeps_places.then(|| middles::read(&body, &starts, &first.columns, Some(all), cx)).flatten();
    let centred = marked.or_else(middles);
    let is_single = by_eye && is_plain && !keeps_places;
    let centred = centred.or_else(|| is_single.then(|| halves::read(lines, &body, &first.columns, all, cx)).flatten());
    let mut found = centred.unwrap_or_else(|| {
        let table = Table::new((first.columns.len() - 1, first.held), body, starts, by_eye).with_others(&first.columns);
        let table = table.with_names(first.narrow).with_roles(&first.columns).with_words(cx);
        let table = table.with_parties(&first.columns, cx);
        initiatives(&table, &first.columns, cx)
    });
    if first.numbered {
        numbered::give(&mut found, &numbers, cx);
    }
    // the words of another column of names stand among these, and nothing tells where
    let beside = first.lines.start > 0 && label_beside(lines, cx);
    found.iter_mut().for_each(|found| found.initiative.torn |= beside);
    if !by_eye {
        narrow::doubt_wide(found.iter_mut().collect());
    }
    Some(found.into_iter().map(|found| found.named(cx).into()).collect())
}

/// A row that was found.
struct Found<'l, 's> {
    /// All but its name.
    initiative: Initiative,
    /// Its name, line by line.
    names: Vec<Part<'l, 's>>,
    /// Its first line.
    start: usize,
    /// Whether its name, and what stands before it, are in doubt.
    unsure: bool,
    /// Whether the cell of an entry of a list is in doubt.
    astray: bool,
}

impl Found<'_, '_> {
    fn named(mut self, cx: &mut Context) -> Initiative {
        for part in &self.names {
            rows::name_cell(&mut self.initiative, part.line, part.text, cx);
        }
        self.initiative
    }
}

/// The lines below the header rows, and where their columns begin.
fn body<'l, 's>(lines: &'l [Line<'s>], headers: &[Header]) -> (Vec<Row<'l, 's>>, Vec<Starts>) {
    let mut body = Vec::with_capacity(lines.len());
    let mut starts = Vec::with_capacity(lines.len());
    for (n, header) in headers.iter().enumerate() {
        let end = headers.get(n + 1).map_or(lines.len(), |next| next.lines.start);
        let places = Starts::from(&header.starts[..]);
        for (at, line) in lines.iter().enumerate().take(end).skip(header.lines.end) {
            body.push(Row {
                whole: Part::new(line, &line.text, at),
                pieces: pieces(line, at),
                cut: (n > 0 && at == header.lines.end) || (line.page && at > header.lines.end),
                doubt: false,
                mark: None,
            });
            starts.push(places.clone());
        }
    }
    lists::join(&mut body);
    (body, starts)
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

/// The rows of a table, by what was chosen for each line. A row in doubt, or one that fits badly, is torn.
fn initiatives<'l, 's>(table: &Table<'l, 's>, columns: &[Column], cx: &mut Context) -> Vec<Found<'l, 's>> {
    let mut out: Vec<(Found, Vec<(usize, &Piece)>)> = Vec::new();
    let mut cost = 0;
    for (line, step) in table.read().into_iter().flatten().enumerate() {
        if step.choice.begins || out.is_empty() {
            let start = table.row(line).whole.at;
            out.push((
                Found { initiative: Initiative::default(), names: Vec::new(), start, unsure: false, astray: false },
                Vec::with_capacity(16),
            ));
            cost = 0;
        }
        // what a row lacks shows at the line behind it
        let close = step.choice.closing;
        if close >= cells::BAD
            && let Some((last, _)) = out.iter_mut().rev().nth(usize::from(step.choice.begins))
        {
            last.initiative.torn = true;
            last.unsure = true;
        }
        cost += step.cost.saturating_sub(close);
        let Some((row, cells)) = out.last_mut() else { continue };
        row.initiative.torn |= step.doubt || table.row(line).doubt || cost >= cells::BAD;
        row.unsure |= step.doubt && step.choice.way.column <= 1 || cost >= cells::BAD;
        row.astray |= step.doubt && table.cells(&step.choice).any(|(_, piece)| piece.entry.is_some());
        if let Some(mark) = table.row(line).mark
            && let Some(Column::Role(parties)) = columns.get(mark.column)
        {
            // words before the mark went to its role: it stands among them
            let is_among = table.cells(&step.choice).any(|(_, piece)| piece.part.holds(&mark.part));
            row.initiative.torn |= is_among;
            held::open(&mut row.initiative, parties, (!is_among).then_some(&mark.part), cx);
        }
        for (column, piece) in table.cells(&step.choice) {
            match columns.get(column) {
                Some(Column::Name | Column::Field) => row.names.push(piece.part),
                Some(_) => cells.push((column, piece)),
                None => {}
            }
        }
    }
    if let Some((last, cells)) = out.last_mut() {
        last.initiative.torn |= last.names.is_empty() || table.is_unfinished(cells);
    }
    // where most rows do not fit, one that does is none for sure
    let unsure = out.iter().filter(|(row, _)| row.unsure).count();
    let is_lost = !table.by_eye() && unsure * 2 > out.len() && out.len() > 5;
    let full = if table.by_eye() {
        Vec::new()
    } else {
        twofold::widths(out.iter().map(|(_, cells)| &cells[..]), columns.len())
    };
    let letters =
        if table.by_eye() { None } else { cx.letters.get().filter(|_| cx.paged.get() == Some(&false)).cloned() };
    let done = |(mut row, mut cells): (Found<'l, 's>, Vec<(usize, &Piece)>)| {
        row.initiative.torn |= letters.as_ref().is_some_and(|words| turned::is_turned(&cells, words));
        row.initiative.torn |= twofold::is_in(&cells, &full);
        row.unsure |= is_lost;
        row.initiative.torn |= is_lost;
        if row.astray && table.bullets_tell_nothing() {
            lists::leave(&mut cells, cx);
        }
        fill(&mut row.initiative, &cells, columns, cx);
        row
    };
    out.into_iter().map(done).collect()
}

/// Puts the words of a row into its cells.
fn fill(row: &mut Initiative, cells: &[(usize, &Piece)], columns: &[Column], cx: &mut Context) {
    // the columns that were begun, and those that are done, as bits
    let (mut begun, mut done) = (0, 0);
    // as nearly every row: each column is a cell of its own, which nothing opened
    let is_apart = row.contents.is_empty() && row.roles.is_empty() && rows::are_cells(columns);
    for (at, (column, Piece { part, .. })) in cells.iter().enumerate() {
        let bit = 1 << column;
        if begun & bit == 0 && is_apart {
            let parts = cells[at..].iter().filter(|cell| cell.0 == *column).map(|(_, piece)| *piece);
            // and no words of it stand on lines of their own
            if parts.clone().all(|piece| piece.entry.is_none() && rows::is_plain(&piece.part)) {
                rows::put_all(row, &columns[*column], parts.map(|piece| &piece.part), cx);
                done |= bit;
            }
        }
        begun |= bit;
        if done & bit == 0 {
            rows::put(row, &columns[*column], part.line, part.text, true, cx);
        }
    }
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
            "項目    取組内容      甲の役割乙の役割\n夜間診療  夜間の当番を続け  医師を出す。  費用を出す。\n      ていく。\n",
            "項目    取組内容      甲の役割\n                        乙の役割\n夜間診療  夜間の当番を続け  医師を出す。  費用を出す。\n      ていく。\n",
            "項\n目\n取組内容 甲の役割 乙の役割\n夜\n間\n診\n療\n夜間の当番を続け\nていく。\n医師を出す。\n費用を出す。\n",
        ] {
            assert_eq!(rows(table), want, "{table}");
        }
    }
}
