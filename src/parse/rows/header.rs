//! What heads the columns of a table: a row of labels, or two.

use super::{Cells, Context, cells};
use crate::ast::Symbols;
use crate::lines::{Line, is_blank, squeeze};
use crate::parse::label::{self, Label};
use crate::parse::{holders, sentences};
use smallvec::SmallVec;

/// What a column holds under a header row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// 分野
    Field,
    /// 項目, and every column before the content
    Name,
    /// 取組内容
    Content,
    /// 甲の役割
    Role(Symbols),
    /// 甲: whose role the next column holds
    Holder,
    /// The role of whom the column before it names
    Held,
    /// 番号
    Number,
    /// Anything else
    Other(String),
}

/// `項目⇥取組内容⇥役割⇥`: the upper row of a header, whose 役割 is parted in the row below; `項目⇥取組内容⇥主体⇥役割`
pub(super) fn is_upper_header(cells: &Cells, labels: &Labels) -> bool {
    // nearly no row has one
    if !labels.iter().any(|label| matches!(label, Some(Label::Container))) {
        return false;
    }
    let position = |wanted: Label| labels.iter().position(|label| label.as_ref() == Some(&wanted));
    let (Some(content), Some(container)) = (position(Label::Content), position(Label::Container)) else { return false };
    let known = |at: usize| cells[at].is_empty() || labels[at].is_some();
    let short = |at: usize, most| cells[at].chars().count() <= most;
    (0..cells.len()).all(|at| known(at) || at < content && short(at, 14) || at + 1 == container && short(at, 6))
}

/// `医療⇥夜間診療⇥文⇥甲⇥文` below it: one column says whose role the next one holds
pub(super) fn holder_columns(upper: &[String], cells: &Cells, cx: &Context) -> Option<Vec<Column>> {
    let upper: Cells = upper.iter().map(String::as_str).collect();
    let labels = labels(&upper, cx);
    let container = labels.iter().position(|label| *label == Some(Label::Container))?;
    let at = if container > 0 && labels[container - 1].is_none() { container - 1 } else { container };
    let is_party = |at: usize| cells.get(at).is_some_and(|cell| holders::holder(cell, &cx.parties).is_some());
    if !is_party(at) || is_party(at + 1) || cells.get(at + 1).is_none_or(|text| text.is_empty()) {
        return None;
    }
    let has_name =
        labels.iter().take_while(|l| **l != Some(Label::Content)).any(|l| matches!(l, Some(Label::Name) | None));
    let columns = labels.iter().enumerate().map(|(column, label)| match label {
        _ if column == at => Column::Holder,
        _ if column == at + 1 => Column::Held,
        Some(Label::Content) => Column::Content,
        Some(Label::Field) if has_name => Column::Field,
        _ if column < at => Column::Name,
        _ => Column::Other(upper[column].to_string()),
    });
    // a heading over both columns has one cell
    let held = (at + 1 == labels.len()).then_some(Column::Held);
    Some(columns.chain(held).collect())
}

/// `夜間診療⇥文⇥甲は、…。乙は、…。`, `…⇥【甲】…【乙】…` below it: 役割分担 is one column for all parties
pub(super) fn joint_columns(upper: &[String], cells: &Cells, cx: &Context) -> Option<Vec<Column>> {
    let upper: Cells = upper.iter().map(String::as_str).collect();
    let labels = labels(&upper, cx);
    let container = labels.iter().position(|label| *label == Some(Label::Container))?;
    let content = labels.iter().position(|label| *label == Some(Label::Content))?;
    let first = |at: usize| cells.get(at).and_then(|text| text.split_inclusive('。').next()).unwrap_or_default();
    if cells.len() != upper.len() || content > container {
        return None;
    }
    // words behind a symbol, `甲車を買う。`, may be two cells
    let is_marked = holders::begins(cells[container], &cx.parties).is_some();
    if !(first(content).ends_with('。') || is_marked && !first(content).is_empty()) {
        return None;
    }
    if !is_marked && sentences::subject(first(container), &cx.parties).is_none() {
        return None;
    }
    let has_name = labels[..content].iter().any(|l| matches!(l, Some(Label::Name) | None));
    let columns = labels.iter().enumerate().map(|(at, label)| match label {
        Some(Label::Content) => Column::Content,
        Some(Label::Container) => Column::Role(cx.parties.iter().map(|p| p.symbol.clone()).collect()),
        Some(Label::Field) if has_name => Column::Field,
        _ if at < content => Column::Name,
        _ => Column::Other(upper[at].to_string()),
    });
    Some(columns.collect())
}

/// `⇥⇥甲⇥乙` below it; `甲⇥乙` where cells that go through both rows stand in the upper one alone
pub(super) fn lower_header(upper: &[String], cells: &Cells, cx: &Context) -> Option<Vec<Column>> {
    if upper.is_empty() {
        return None;
    }
    let through = cells.iter().all(|cell| label::party(cell, &cx.parties).is_some());
    let before = if through { container(upper, cx)? } else { 0 };
    let lower = cells.iter().enumerate().map(|(at, cell)| match cell.is_empty() {
        true => upper.get(at).cloned().unwrap_or_default(),
        false => format!("{cell}の役割"),
    });
    // empty cells at the end of a line are not always written
    let behind = upper.iter().skip(before + cells.len()).cloned();
    let behind = behind.take(if through { 0 } else { usize::MAX });
    let words: Vec<String> = upper[..before].iter().cloned().chain(lower).chain(behind).collect();
    header(&words.iter().map(String::as_str).collect(), cx)
}

/// Where `役割分担` stands in an upper row.
fn container(upper: &[String], cx: &Context) -> Option<usize> {
    upper.iter().position(|cell| label::label(cell, &cx.parties, cx.words) == Some(Label::Container))
}

/// What each cell of a row says as a label.
pub(super) type Labels = SmallVec<[Option<Label>; 6]>;

pub(super) fn labels(cells: &Cells, cx: &Context) -> Labels {
    cells.iter().map(|cell| label::label(cell, &cx.parties, cx.words)).collect()
}

/// `項目⇥取組内容⇥甲⇥乙（若草町）`: beside the label of the content every party's own name heads its roles
fn holders(cells: &Cells, labels: &Labels, cx: &Context) -> Option<Labels> {
    let is_header =
        labels.contains(&Some(Label::Content)) && !labels.iter().flatten().any(|l| matches!(l, Label::Role(_)));
    if !is_header || cells.iter().any(|cell| cell.contains('。')) {
        return None;
    }
    let named = cells.iter().zip(labels).map(|(cell, label)| label.clone().or_else(|| label::party(cell, &cx.parties)));
    let named: Labels = named.collect();
    let is_role = |party: &crate::parse::party::Party| named.contains(&Some(Label::Role(party.alone.clone())));
    (cx.parties.len() > 1 && cx.parties.iter().all(is_role)).then_some(named)
}

/// `番号`, `No.`
pub fn is_number_label(text: &str) -> bool {
    NUMBERS.contains(&text)
}

/// `No.` of `No. 取組 取組内容`: the label of the numbers, alone or before others
pub fn number_label(text: &str) -> Option<&str> {
    // hardly a line begins so: 番, №, 項, 連, 通, 整
    let may_be = matches!(
        text.as_bytes(),
        [b'N', ..]
            | [0xE7, 0x95, 0xAA, ..]
            | [0xE2, 0x84, 0x96, ..]
            | [0xE9, 0xA0, 0x85, ..]
            | [0xE9, 0x80, 0xA3 | 0x9A, ..]
            | [0xE6, 0x95, 0xB4, ..]
    );
    if !may_be {
        return None;
    }
    let label = text.split(is_blank).next()?;
    is_number_label(label).then_some(label)
}

/// Whether a row holds a label of content or role.
pub fn is_labelled(cells: &Cells, cx: &Context) -> bool {
    labels(cells, cx).iter().flatten().any(opens_cell)
}

/// Whether a row begins a table of 取組 wherever it stands: a header, or a label and its text.
pub fn begins(cells: &Cells, cx: &Context) -> bool {
    let labels = labels(cells, cx);
    // `内容⇥金額` heads other columns
    let is_text = |label: &Label, text: &str| matches!(label, Label::Role(_)) || text.ends_with('。');
    let is_labelled = cells.windows(2).zip(labels.windows(2)).any(|(cells, pair)| {
        pair[1].is_none()
            && !cells[1].is_empty()
            && pair[0].as_ref().is_some_and(|l| opens_cell(l) && is_text(l, cells[1]))
    });
    is_labelled || columns(cells, &labels, cx).is_some() || is_upper_header(cells, &labels)
}

/// Whether a label heads a cell of a 取組.
pub(super) fn opens_cell(label: &Label) -> bool {
    matches!(label, Label::Content | Label::Role(_) | Label::Container)
}

/// A row in which every cell is a label, two of them at least content or role.
pub fn header(cells: &Cells, cx: &Context) -> Option<Vec<Column>> {
    columns(cells, &labels(cells, cx), cx)
}

pub(super) fn columns(cells: &Cells, labels: &Labels, cx: &Context) -> Option<Vec<Column>> {
    let strong = labels.iter().flatten().filter(|l| matches!(l, Label::Content | Label::Role(_))).count();
    // the text of a row under labels is longer than what heads a column
    let is_row = || cells.iter().any(|cell| cell.len() > 60) || !labels.contains(&Some(Label::Content));
    if strong == 0 || strong == 1 && is_row() {
        return None;
    }
    if strong == 1 {
        if let Some(named) = holders(cells, labels, cx) {
            return columns(cells, &named, cx);
        }
        // `取組⇥取組内容⇥甲の責務⇥乙の責務`: what other columns hold is kept, and told
        let is_name = cells.len() > 2 && matches!(labels[0], Some(Label::Name | Label::Field));
        let is_header = is_name && labels[1] == Some(Label::Content) && !labels.contains(&Some(Label::Container));
        if !is_header || cells.iter().any(|cell| cell.contains(['。', '、']) || cell.chars().count() > 14) {
            return None;
        }
    }
    let filled = cells.iter().zip(labels).all(|(cell, label)| label.is_some() || cell.chars().count() <= 14);
    let unknown = cells.iter().zip(labels).filter(|(cell, label)| label.is_none() && !cell.is_empty()).count();
    if !filled || strong > 1 && unknown > 1 {
        return None;
    }
    let first_strong = labels.iter().position(|l| matches!(l, Some(Label::Content | Label::Role(_)))).unwrap_or(0);
    // `取組 | 内容` and `分野 | 内容`: the column before the content names the initiative
    let has_name = labels[..first_strong].iter().any(|l| matches!(l, Some(Label::Name) | None));
    let columns = cells.iter().zip(labels).enumerate().map(|(at, (cell, label))| match label {
        Some(Label::Content) => Column::Content,
        Some(Label::Role(parties)) => Column::Role(parties.clone()),
        Some(Label::Field) if at < first_strong && has_name => Column::Field,
        None if is_number_label(cell) => Column::Number,
        _ if at < first_strong => Column::Name,
        Some(Label::Container) => Column::Role(cx.parties.iter().map(|p| p.symbol.clone()).collect()),
        _ => Column::Other(cell.to_string()),
    });
    Some(columns.collect())
}

/// `項目⇥内容`, `取組⇥項目⇥内容` over `夜間診療⇥取組内容⇥文`: what heads the labels, and the words beside them
pub(super) fn heads_labels(own: &Labels, below: &[Line], cx: &Context) -> bool {
    let [before @ .., Some(Label::Content)] = &own[..] else { return false };
    let Some(at) = before.len().checked_sub(1) else { return false };
    let is_head = |label: &Option<Label>| matches!(label, Some(Label::Name | Label::Field | Label::Container));
    let is_label = |label: &Label| opens_cell(label) || *label == Label::Name;
    let next = || below.first().and_then(|line| cells(&line.text));
    before.iter().all(is_head)
        && next().is_some_and(|row| row.len() == own.len() && labels(&row, cx)[at].as_ref().is_some_and(is_label))
}

/// `区分⇥取組⇥取組内容` below the heading of a 分野: what the first column holds is none
pub(super) fn beside_heading(
    mut columns: Vec<Column>,
    cells: &Cells,
    is_headed: bool,
    before: &[Column],
) -> Vec<Column> {
    // a header that is said again stands below rows
    let was_none = matches!(before, [Column::Other(_), Column::Name, ..]);
    if let [first @ Column::Field, Column::Name, ..] = &mut columns[..]
        && (is_headed || was_none)
        && squeeze(cells[0]) == "区分"
    {
        *first = Column::Other(cells[0].to_string());
    }
    columns
}

/// Heads a column of numbers.
const NUMBERS: &[&str] = &["番号", "No", "No.", "NO", "NO.", "№", "項番", "連番", "通番", "整理番号"];
