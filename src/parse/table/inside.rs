//! What looks like a heading of a table, and stands inside of cells: entries of lists, numbers of things, names.

use super::{Table, is_label_line};
use crate::lines::{Line, Marks, is_blank};
use crate::parse::cells::lists;
use crate::parse::head::{self, ItemHead};
use crate::parse::label::{self, Label};
use crate::parse::outline::Placement;
use crate::parse::{Context, columns, stacked, zones};

/// The label of a centred cell stands no further below its first line.
const CENTRED: usize = 12;
/// No more lines above the number of a name tell whether it stands in the middle of its cells.
const BLOCK: usize = 400;
/// Nor is its first line as short as its label, in bytes.
const LABEL: usize = 24;
/// So many lines at most has a title.
const TITLE: usize = 2;
/// Wider headings are seldom, in half-width columns.
const LONG: usize = 32;

impl Table<'_, '_> {
    /// `1 医療⏎夜間の当番を続⏎取組内容⏎け、表を作る。⏎(1) 夜間診療`: a name among the lines of centred cells heads no row. The label of a
    /// row stands below its name, and its text below its label.
    pub(super) fn is_beside_cell(&self, lines: &[Line], at: usize, cx: &Context) -> bool {
        let is_text =
            |line: &Line| line.text.len() > LABEL && (line.text.contains(['、', '。']) || zones::width(line) > LONG);
        let heads_content = |line: &Line| {
            let found = line.marks.hold(Marks::LABEL).then(|| label::begins(line, &cx.parties, cx.words)).flatten();
            matches!(found, Some((Label::Content, _, "")))
        };
        let above = self.loose.map_or(&lines[at..at], |start| &lines[start..at]);
        let below = &lines[at + 1..];
        let is_entry = |line: &Line| line.marks.hold(Marks::HEAD) && lists::is_entry(&line.text);
        let holds = |lines: &[Line]| {
            let mut near = lines.iter().take(CENTRED).take_while(|line| !is_entry(line));
            lines.first().is_some_and(is_text) && near.any(heads_content)
        };
        holds(above) || below.first().is_some_and(|next| !next.gap) && holds(below)
    }

    /// `2台の…` in a cell: where blanks keep the columns, a heading does not stand as far to the right as the labels above it.
    pub(super) fn is_in_column(&self, lines: &[Line], at: usize, cx: &Context) -> bool {
        let indent = lines[at].indent as usize;
        let block = self.loose.map_or(&lines[at..at], |start| &lines[start..at]);
        // the numbers of a column of 分野 head its cells, unless another header follows
        if columns::begins_fielded(block, cx) && !columns::begins_fielded(&lines[at + 1..], cx) {
            return true;
        }
        if heads_fields(block, cx) && !heads_fields(&lines[at + 1..], cx) {
            return true;
        }
        indent >= 6 && block.iter().rev().find_map(|l| stacked::label_column(l, cx)).is_some_and(|edge| indent >= edge)
    }

    /// `内容 文⏎(1) 夜間診療⏎甲の役割 文`: the number of a name in the middle of its cells; it comes behind as many contents, and
    /// stands over none
    pub(super) fn is_inside_rows(&self, lines: &[Line], at: usize, head: &ItemHead, cx: &Context) -> bool {
        let Some(start) = self.loose else { return false };
        if self.outline.open.iter().any(|node| node.numbering == Some(head.numbering)) {
            return false;
        }
        let says = |line: &&Line| {
            line.marks.hold(Marks::LABEL)
                && matches!(label::begins(line, &cx.parties, cx.words), Some((Label::Content, ..)))
        };
        lines[start..at].iter().rev().take(BLOCK).filter(says).count() >= head.value as usize
    }

    /// `1. 周知を⏎行う。⏎2. 会場を⏎…` below a header without tabs: the lists of its cells open no level, and go on.
    pub(super) fn is_entry(&self, lines: &[Line], at: usize, head: &ItemHead, place: &Placement, cx: &Context) -> bool {
        let Some(start) = self.loose else { return false };
        let Some(number) = lists::entry(&lines[at].text) else { return false };
        let block = &lines[start..at];
        if self.header.is_none() && !columns::begins(block, cx) {
            return false;
        }
        let edge = self.header.as_ref().and_then(|header| header.starts.get(1));
        let is_in_cell = edge.is_some_and(|edge| lines[at].indent >= 6 && lines[at].indent as usize + 2 >= *edge);
        let is_before = |line: &Line| {
            lists::entry(&line.text).is_some_and(|before| before + 1 == number)
                && head::item(&line.text).is_some_and(|before| before.numbering == head.numbering)
        };
        is_in_cell || place.depth == self.outline.open.len() && place.depth > 0 || block.iter().any(is_before)
    }
}

/// Lines between a label and an entry of the list below it that are looked into.
const LIST: usize = 60;

impl Table<'_, '_> {
    /// `【甲の役割】⏎ア　車を出す。⏎イ　人を出す。`: an entry of the list that begins below a label, and no heading of a row, which
    /// has labels of its own
    pub(super) fn is_listed(&self, lines: &[Line], at: usize, head: &ItemHead, cx: &Context) -> bool {
        let Some(start) = self.loose.filter(|_| self.header.is_none()) else { return false };
        // a heading stands over rows, a name over the label of its content, which is seen at a glance nearly always
        if lines.get(at + 1).is_some_and(|next| next.tab || shows_content(next)) {
            return false;
        }
        let says = |at: usize| lines.get(at).and_then(|line| label::begins(line, &cx.parties, cx.words));
        if says(at + 1).is_some_and(|(says, ..)| says == Label::Content) {
            return false;
        }
        let from = at.saturating_sub(LIST).max(start);
        let Some(above) = (from..at).rev().find(|line| says(*line).is_some()) else { return false };
        let label = says(above).filter(|(says, ..)| matches!(says, Label::Content | Label::Role(_)));
        let Some((.., rest)) = label else { return false };
        // labels one below the other head columns, or wait for their texts
        if rest.is_empty() && above > from && says(above - 1).is_some_and(|(.., rest)| rest.is_empty()) {
            return false;
        }
        // behind words of the cell a number that goes on with the headings is one
        if !rest.is_empty() && self.outline.open.iter().any(|node| node.numbering == Some(head.numbering)) {
            return false;
        }
        let entries = head::item(rest).into_iter().chain(lines[above + 1..at].iter().filter_map(head::item_of));
        let list: Vec<u32> = entries.filter(|it| it.numbering == head.numbering).map(|it| it.value).collect();
        let below = || (at + 1..lines.len().min(at + LIST)).take_while(|line| says(*line).is_none());
        let is_next = |next: ItemHead| next.numbering == head.numbering && next.value == 2;
        match head.value {
            1 => {
                rest.is_empty() && above + 1 == at
                    || below().any(|line| head::item_of(&lines[line]).is_some_and(is_next))
            }
            value => list.first() == Some(&1) && list.last() == Some(&(value - 1)),
        }
    }
}

/// `【取組の内容】…`, `取組内容　…`: whether a line surely begins with the label of a content
fn shows_content(line: &Line) -> bool {
    let text = line.text.strip_prefix('【').unwrap_or(&line.text);
    line.marks.hold(Marks::LABEL) && (text.starts_with("取組の内容") || text.starts_with("取組内容"))
}

/// `(1) 休日の当番医の体制及び訓練の参加者の募集を担⏎当する。`: whether a line is the first one of an entry of a cell
pub(super) fn runs_on(lines: &[Line], at: usize, cx: &Context) -> bool {
    // `…で方針を確かめたうえで、専門⏎(2) 夜間の小児⏎甲の役割 職の派遣`: a name in the middle of its cells
    let interrupts = |before: &Line| {
        let is_text = zones::width(before) > LONG && before.text.contains(['、', '。']) && !before.text.ends_with('。');
        is_text && !lines[at].gap && !lines[at].page
    };
    // over the label of its content a name begins a row
    let begins = |next: &Line| matches!(label::begins(next, &cx.parties, cx.words), Some((Label::Content, ..)));
    // and a heading stands over the first name
    let counts = |next: &Line| head::item_of(next).is_some_and(|name| name.value == 1 && !name.rest.is_empty());
    let is_over = || lines.get(at + 1).is_some_and(counts) && lines.get(at + 2).is_some_and(begins);
    if at > 0 && interrupts(&lines[at - 1]) && !lines.get(at + 1).is_some_and(begins) && !is_over() {
        return true;
    }
    let is_text = |next: &&Line| !next.gap && !next.tab && next.text.contains('。');
    let Some(next) = lines.get(at + 1).filter(is_text) else { return false };
    zones::width(&lines[at]) > LONG && !is_label_line(next, cx) && !stacked::has_label_inside(next, cx)
}

/// `分野 取組内容 甲の役割 乙の役割`: the 分野 stand in the column of the names, and no heading says them. The title may stand above.
fn heads_fields(block: &[Line], cx: &Context) -> bool {
    let is_label = |line: &Line| {
        let first = line.text.split(is_blank).next().filter(|word| word.ends_with("分野"));
        first.is_some_and(|word| label::heads_names(word, &cx.parties, cx.words))
    };
    let header = block.iter().take(TITLE + 1).position(is_label);
    header.is_some_and(|at| columns::begins(&block[at..], cx))
}
