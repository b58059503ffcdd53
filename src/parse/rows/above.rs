//! Rows whose content stands above the roles, under no label or under one of its own.
//!
//! ```text
//! 夜間診療⇥文            取組⇥取組内容
//! ⇥甲の役割⇥文          ⇥甲の役割⇥乙の役割
//! ⇥乙の役割⇥文          夜間診療⇥文
//!                       ⇥文⇥文
//! ```

use super::header::{Labels, labels};
use super::{Cells, Column, Rows, Slot, cells, name_cell, put};
use crate::ast::{Cell, Initiative, Text};
use crate::lines::Line;
use crate::parse::Context;
use crate::parse::label::Label;

/// So many lines at most has such a content below its first.
const MOST: usize = 12;

/// What stands before the empty cells at the end of a row.
fn filled<'a, 'c>(cells: &'a [&'c str]) -> &'a [&'c str] {
    let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    &cells[..end]
}

/// `⇥⇥②文`: a further line of the last cell
fn is_further(cells: &[&str]) -> bool {
    matches!(filled(cells), ["", "", _])
}

/// The next row that is no further line of a cell.
fn next<'l>(below: &'l [Line]) -> Option<Cells<'l>> {
    let mut rows = below.iter().take(MOST).map_while(|line| cells(&line.text));
    rows.find(|cells| !is_further(cells))
}

/// `取組⇥取組内容` over `⇥甲の役割⇥乙の役割`
pub(super) fn is_header(cells: &Cells, own: &Labels, below: &[Line], cx: &Context) -> bool {
    let is_upper =
        filled(cells).len() == 2 && matches!(own[..], [Some(Label::Name | Label::Field), Some(Label::Content), ..]);
    is_upper && next(below).is_some_and(|lower| heads_roles(&lower, cx))
}

/// `⇥甲の役割⇥乙の役割`
fn heads_roles(cells: &Cells, cx: &Context) -> bool {
    let labels = labels(cells, cx);
    cells.len() > 2 && cells[0].is_empty() && labels[1..].iter().all(|label| matches!(label, Some(Label::Role(_))))
}

impl Rows {
    /// Whether a row, or a line below it, is such a content; it is read, and a finished initiative comes out.
    pub(super) fn above(
        &mut self,
        line: &Line,
        cells: &Cells,
        below: &[Line],
        cx: &mut Context,
    ) -> Option<Option<Initiative>> {
        let is_open = self.current.as_ref().is_some_and(|row| !row.contents.is_empty() && row.roles.is_empty());
        if is_further(cells) && is_open && self.roles_below(below, cx) {
            put(self.current.as_mut()?, &Column::Content, line, cells[2], true, cx);
            return Some(None);
        }
        let [name, text] = *filled(cells) else { return None };
        // `医療⇥夜間診療` has no content
        let is_content = text.contains('。') || !self.columns.is_empty();
        if name.is_empty() || !is_content || !self.roles_below(below, cx) {
            return None;
        }
        let done = self.close();
        let current = self.current.get_or_insert_default();
        name_cell(current, line, name, cx);
        current.contents.push(Cell { label: Text::default(), text: cx.text(line, text) });
        self.slot = Slot::Content;
        Some(done)
    }

    /// `⇥文⇥文` below two rows of labels, `⇥甲の役割⇥文` below none
    fn roles_below(&self, below: &[Line], cx: &Context) -> bool {
        let Some(row) = next(below) else { return false };
        if !self.columns.is_empty() {
            return self.is_above && row.len() == self.columns.len() && row[0].is_empty() && !row[1].is_empty();
        }
        let is_role = |label: &Option<Label>| matches!(label, Some(Label::Role(_)));
        row.len() == 3
            && row[0].is_empty()
            && is_role(&labels(&row, cx)[1])
            && !row[2].is_empty()
            && !heads_roles(&row, cx)
    }
}
