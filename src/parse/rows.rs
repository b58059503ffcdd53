//! Rows whose cells the text keeps apart: tabs, or the pipes of a Markdown table.

mod above;
mod header;
mod slot;
mod within;

pub use header::{Column, begins, header, is_labelled, is_number_label, number_label};
pub use slot::{are_cells, cell, is_plain, name_cell, put, put_all};

use self::header::{
    Labels, beside_heading, columns, heads_labels, holder_columns, is_upper_header, joint_columns, labels,
    lower_header, opens_cell,
};
use self::slot::{Slot, hold};
use super::label::{self, Label};
use super::outline::Node;
use super::{Context, named};
use crate::ast::{Initiative, Text, Trivia, TriviaKind};
use crate::diagnostics::{Severity, Words};
use crate::lines::{Line, is_blank, squeeze, trim};
use smallvec::SmallVec;

/// Rows as they are read.
#[derive(Debug, Default)]
pub struct Rows {
    /// The header that is in force.
    pub columns: Vec<Column>,
    /// The initiative that goes on, and its last cell.
    pub current: Option<Initiative>,
    slot: Slot,
    /// How many cells the last labelled row had, and which one was its label.
    shape: Option<(usize, usize)>,
    /// A field that a row begins: 分野 as a column.
    pub field: Option<Node>,
    /// The upper row of a header of two rows.
    upper: Vec<String>,
    /// The label of the content stands above those of the roles.
    is_above: bool,
    /// A heading stands above them.
    pub is_headed: bool,
    /// Rows that hold neither labels nor stand under a header.
    pub plain: Vec<Vec<Text>>,
}

pub type Cells<'l> = SmallVec<[&'l str; 6]>;

/// The cells of a line: by tabs, or by pipes (`| 甲の役割 | 文 |`, `甲の役割| 文`); `None` for a line that is no row.
pub fn cells(text: &str) -> Option<Cells<'_>> {
    if let Some((first, mut rest)) = cut(text) {
        let mut out = Cells::new();
        out.push(trim(first));
        while let Some((cell, more)) = cut(rest) {
            out.push(trim(cell));
            rest = more;
        }
        out.push(trim(rest));
        return Some(out);
    }
    let open = text.strip_prefix('|').unwrap_or(text);
    let inner = open.strip_suffix('|').unwrap_or(open);
    let is_row = inner.contains('|') || open.len() < text.len() && inner.len() < open.len();
    is_row.then(|| pipes(inner).map(|cell| trim(cell).trim_matches('*')).collect())
}

/// Cut at the pipes; one behind a backslash is a letter.
fn pipes(row: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    row.split(move |c| std::mem::replace(&mut before, c) != '\\' && c == '|')
}

/// What stands before the first tab, and behind it
fn cut(text: &str) -> Option<(&str, &str)> {
    memchr::memchr(b'\t', text.as_bytes()).map(|tab| (&text[..tab], &text[tab + 1..]))
}

/// `|---|:--:|`: the ruling of a Markdown table
pub fn is_ruling(text: &str) -> bool {
    // ASCII, or the first byte of what draws lines
    matches!(text.as_bytes(), [b'|' | b'-' | b':' | b'+' | b'=' | b'_' | b'*' | 0xE2, _, _, ..])
        && text
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | '─' | '━' | '―' | '┼' | '│' | '_' | '*') || is_blank(c))
}

impl Rows {
    /// Reads one row, above the lines `below`; a finished initiative comes out.
    pub fn row(&mut self, line: &Line, cells: Cells, below: &[Line], cx: &mut Context) -> Option<Initiative> {
        if cells.iter().all(|c| c.is_empty()) {
            return None;
        }
        if let Some(found) = self.usual(&cells, cx) {
            return self.usually(line, &cells, found, cx);
        }
        let upper = std::mem::take(&mut self.upper);
        let parted = if upper.is_empty() { within::parted(&cells, cx) } else { None };
        let parted = parted.map(|cells| (labels(&cells, cx), cells));
        // below a header the labels of roles in one cell are read with their column
        let is_row = |labels: &Labels| self.columns.is_empty() || labels.contains(&Some(Label::Content));
        let (labels, cells) =
            parted.filter(|(labels, _)| is_row(labels)).unwrap_or_else(|| (labels(&cells, cx), cells));
        let empty = cells.iter().take_while(|cell| cell.is_empty()).count();
        if named::is_row(&cells[empty..], &labels[empty..]) && are_labelled(below, cx) {
            return self.named(line, &cells[empty..], &labels[empty..], cx);
        }
        let lower = || holder_columns(&upper, &cells, cx).or_else(|| joint_columns(&upper, &cells, cx));
        if let Some(columns) = if upper.is_empty() { None } else { lower() } {
            self.columns = columns;
            return self.columned(line, &cells, cx);
        }
        if let Some(columns) = columns(&cells, &labels, cx).or_else(|| lower_header(&upper, &cells, cx)) {
            self.columns = beside_heading(columns, &cells, self.is_headed, &self.columns);
            self.is_above &= !self.columns.contains(&Column::Content);
            if labels[0] == Some(Label::Field) && self.columns[0] == Column::Name && holds_nameless(below) {
                self.columns[0] = Column::Field;
            }
            cx.trivia(line.whole(), TriviaKind::Header);
            return if self.awaits_roles() { None } else { self.close() };
        }
        let is_above = above::is_header(&cells, &labels, below, cx);
        if is_above || heads_labels(&labels, below, cx) {
            self.is_above = is_above;
            self.columns.clear();
            cx.trivia(line.whole(), TriviaKind::Header);
            return self.close();
        }
        if is_upper_header(&cells, &labels) {
            self.upper = cells.iter().map(|c| c.to_string()).collect();
            cx.trivia(line.whole(), TriviaKind::Header);
            return self.close();
        }
        let is_holder = |at: &usize| self.columns.get(*at) == Some(&Column::Holder);
        let opens = |label: &Option<Label>| label.as_ref().is_some_and(opens_cell);
        if let Some(at) = labels.iter().position(opens).filter(|at| !is_holder(at)) {
            return self.labelled(line, &cells, labels, at, cx);
        }
        if let Some(done) = self.above(line, &cells, below, cx) {
            return done;
        }
        if !self.columns.is_empty() {
            return self.columned(line, &cells, cx);
        }
        if let Some(at) = self.unknown_label(&cells) {
            // `⇥甲⇥文` below the content: what 甲 does
            let found = label::party(cells[at], &cx.parties).unwrap_or(Label::Other);
            self.open(line, cells[at], found, cx);
            self.go_on(line, cells[at + 1], false, cx);
            return None;
        }
        if empty > 0 && self.current.is_some() && self.slot != Slot::None {
            for cell in cells.iter().filter(|c| !c.is_empty()) {
                self.go_on(line, cell, true, cx);
            }
            return None;
        }
        if !upper.is_empty() || cells.iter().any(|cell| begins_labelled(cell, cx)) {
            unread(line, cx);
        }
        let done = self.close();
        self.plain.push(cells.iter().map(|c| cx.text(line, c)).collect());
        done
    }

    /// `取組名⇥夜間診療`, `分野⇥医療⇥取組名⇥夜間診療`: what the 取組 is called of which the rows below speak
    fn named(&mut self, line: &Line, cells: &[&str], labels: &[Option<Label>], cx: &mut Context) -> Option<Initiative> {
        let done = self.close();
        self.columns.clear();
        for (pair, label) in cells.chunks_exact(2).zip(labels.iter().step_by(2)) {
            cx.trivia(line.span(pair[0]), TriviaKind::Header);
            match label {
                Some(Label::Field) => self.field = Some(field(line, pair[1], cx)),
                _ => name_cell(self.current.get_or_insert_default(), line, pair[1], cx),
            }
        }
        done
    }

    /// `夜間診療⇥取組内容⇥文。`, `⇥甲の役割⇥文。` below it: nearly all rows are these two, and need no second look
    fn usual(&self, cells: &Cells, cx: &Context) -> Option<Label> {
        let [name, label, text] = cells[..] else { return None };
        if !self.columns.is_empty() || !self.upper.is_empty() || !text.ends_with('。') {
            return None;
        }
        match name {
            "" => label::role_of_one(label, &cx.parties).filter(|_| self.current.is_some()),
            _ if label != "取組内容" => None,
            _ => label::label(name, &cx.parties, cx.words).is_none().then_some(Label::Content),
        }
    }

    /// Reads such a row.
    fn usually(&mut self, line: &Line, cells: &Cells, found: Label, cx: &mut Context) -> Option<Initiative> {
        let done = if found == Label::Content { self.close() } else { None };
        self.shape = Some((3, 1));
        if !cells[0].is_empty() {
            name_cell(self.current.get_or_insert_default(), line, cells[0], cx);
        }
        self.open(line, cells[1], found, cx);
        self.go_on(line, cells[2], false, cx);
        done
    }

    /// `⇥乙の役目⇥文` among rows that are labelled there: a label that no list knows
    fn unknown_label(&self, cells: &Cells) -> Option<usize> {
        let (count, at) = self.shape.filter(|_| self.current.is_some())?;
        let label = cells.get(at).filter(|c| !c.is_empty() && c.chars().count() <= 12 && !c.contains(['。', '、']))?;
        let text = cells.get(at + 1).filter(|c| !c.is_empty())?;
        let alone = count == cells.len() && count == at + 2 && cells.iter().take(at).all(|c| c.is_empty());
        (alone && (text.ends_with('。') || label.chars().count() < text.chars().count())).then_some(at)
    }

    /// `救急⇥取組内容⇥文`, `⇥甲の役割⇥文`, also several labels in one row
    fn labelled(
        &mut self,
        line: &Line,
        cells: &Cells,
        labels: Labels,
        at: usize,
        cx: &mut Context,
    ) -> Option<Initiative> {
        self.shape = Some((cells.len(), at));
        // the header of another table ends with its rows
        self.columns.clear();
        let mut name: SmallVec<[&str; 3]> = cells[..at].iter().copied().filter(|c| !c.is_empty()).collect();
        let is_content = labels[at] == Some(Label::Content);
        let place = match &self.current {
            Some(current) => merged(current, &name, is_content),
            None => Merged::Next,
        };
        let done = if place == Merged::Next { self.close() } else { None };
        if place == Merged::Again {
            // the same name again carries nothing new
            cx.tree
                .trivia
                .extend(name.drain(..).map(|part| Trivia { span: line.span(part), kind: TriviaKind::Header }));
        }
        // `医療⇥夜間診療⇥取組内容`
        if name.len() == 2 && super::head::item(name[0]).is_none_or(|h| !h.rest.is_empty()) {
            self.field = Some(field(line, name.remove(0), cx));
        }
        let current = self.current.get_or_insert_default();
        for part in name {
            name_cell(current, line, part, cx);
        }
        // `取組内容⇥文。⇥文。`: a table whose 取組 stand side by side, or one whose cell was cut
        let mut texts = 0;
        for (cell, label) in cells.iter().zip(labels).skip(at).filter(|(cell, _)| !cell.is_empty()) {
            match label.filter(|l| opens_cell(l) || *l == Label::Other) {
                Some(found) => {
                    texts = 0;
                    self.open(line, cell, found, cx);
                }
                None => {
                    texts += 1;
                    self.go_on(line, cell, false, cx);
                }
            }
            if texts > 1
                && let Some(current) = &mut self.current
            {
                current.torn = true;
            }
        }
        done
    }

    /// `夜間診療⇥【取組内容】文⏎⇥甲の役割⇥乙の役割⏎⇥文⇥文`: whether the columns hold the roles of the row that is open
    fn awaits_roles(&self) -> bool {
        let are_roles = self.columns.iter().all(|column| matches!(column, Column::Name | Column::Role(_)));
        are_roles && self.current.as_ref().is_some_and(|row| !row.contents.is_empty() && row.roles.is_empty())
    }

    /// `救急⇥内容の文⇥甲の文⇥乙の文`
    fn columned(&mut self, line: &Line, cells: &Cells, cx: &mut Context) -> Option<Initiative> {
        // `⇥⇥②文`: a further line of the last cell
        if let ([before @ .., rest], Some(row), Some(last)) = (&cells[..], &mut self.current, self.columns.last())
            && cells.len() > self.columns.len()
            && before.iter().all(|cell| cell.is_empty())
        {
            put(row, last, line, rest, true, cx);
            return None;
        }
        // where there is no column of names, the 分野 tells where a row begins
        let heads = if self.columns.contains(&Column::Name) { Column::Name } else { Column::Field };
        let named = self.columns.iter().zip(cells).any(|(c, cell)| *c == heads && !cell.is_empty());
        // a row whose cells are all there, behind one whose sentences are all finished, is another one that lost its name
        let whole = self.columns.iter().zip(cells).all(|(column, cell)| *column == heads || !cell.is_empty());
        let goes_on = |current: &Initiative| !(whole && is_finished(current)) || self.awaits_roles();
        let cut_by_page = !named && self.current.as_ref().is_some_and(goes_on);
        if cells.len() > self.columns.len() || cells.len() == 1 || (cells.len() < self.columns.len() && !named) {
            // a row that does not fit its header: kept whole, never guessed
            let done = self.close();
            self.plain.push(cells.iter().map(|c| cx.text(line, c)).collect());
            return done;
        }
        let done = if cut_by_page { None } else { self.close() };
        let mut initiative = if cut_by_page { self.current.take().unwrap_or_default() } else { Initiative::default() };
        let columns = std::mem::take(&mut self.columns);
        let mut holder = "";
        for (column, cell) in columns.iter().zip(cells) {
            match column {
                Column::Field if cell.is_empty() => {}
                Column::Field => self.field = Some(field(line, cell, cx)),
                Column::Holder => holder = cell,
                Column::Held => hold(&mut initiative, line, holder, cell, cx),
                _ => put(&mut initiative, column, line, cell, cut_by_page, cx),
            }
        }
        self.columns = columns;
        self.slot = Slot::None;
        self.current = Some(initiative);
        done
    }
}

/// So many rows tell how a table is written.
const LONG: usize = 60;

/// What a row under labels says about the cell of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Merged {
    /// It belongs to the row before it.
    Same,
    /// It says the name of the row before it again.
    Again,
    /// It begins a 取組.
    Next,
}

/// A merged cell is empty below its first row, written beside a later one, or said again in each.
fn merged(current: &Initiative, name: &[&str], is_content: bool) -> Merged {
    if name.is_empty() {
        let is_full = !current.contents.is_empty() && !current.roles.is_empty();
        return if is_content && is_full { Merged::Next } else { Merged::Same };
    }
    if is_content {
        return Merged::Next;
    }
    let name = name.concat();
    let said = squeeze(&name);
    if current.name.is_empty() {
        Merged::Same
    } else if said == squeeze(&current.name.text) || said == squeeze(&(current.label.text.clone() + &current.name.text))
    {
        Merged::Again
    } else {
        Merged::Next
    }
}

/// `1 医療` in a column of fields
pub fn field(line: &Line, cell: &str, cx: &mut Context) -> Node {
    match super::head::item(cell).filter(|h| !h.rest.is_empty() && (!h.glued || h.label.ends_with([')', '）']))) {
        Some(head) => Node {
            number: head.number(),
            label: cx.text(line, head.label),
            heading: cx.text(line, head.rest),
            ..Node::default()
        },
        None => Node { heading: cx.text(line, cell), ..Node::default() },
    }
}

/// `⇥文。⇥文。⇥文。` below a row whose sentences are finished: 取組 without names below the 分野 of the first
fn holds_nameless(below: &[Line]) -> bool {
    let rows = below.iter().map_while(|line| cells(&line.text)).take(LONG);
    let is_finished = |cells: &Cells| cells.iter().skip(1).all(|cell| cell.ends_with('。'));
    rows.collect::<Vec<_>>()
        .windows(2)
        .any(|pair| pair[1].first().is_some_and(|first| first.is_empty()) && pair.iter().all(is_finished))
}

/// Whether one of the next rows holds a label of content or role.
fn are_labelled(below: &[Line], cx: &Context) -> bool {
    let speaks = |line: &Line| cells(&line.text).is_some_and(|cells| is_labelled(&cells, cx));
    below.iter().take(3).any(speaks)
}

/// `取組内容当番を続ける。`: whether a cell holds a label and its words
fn begins_labelled(cell: &str, cx: &Context) -> bool {
    let found = label::prefix(cell, &cx.parties, cx.words);
    matches!(found, Some((Label::Content | Label::Role(_), _, rest)) if !rest.is_empty())
}

/// A row of a table that looks like 取組, and was not read as such.
pub fn unread(line: &Line, cx: &mut Context) {
    let words = Words::new(
        "取組の表のようですが、取組としては読めない行です。文はそのまま残しました。",
        "a row of what looks like a table of initiatives was not read as one; its words are kept as they stand",
    );
    cx.complain("label-unread", Severity::Warning, "", Some(line.whole()), words);
}

/// Whether the text of every cell ends with a sentence.
fn is_finished(initiative: &Initiative) -> bool {
    let roles = initiative.roles.iter().map(|role| &role.text);
    initiative.contents.iter().map(|cell| &cell.text).chain(roles).all(|text| text.text.ends_with('。'))
}
