//! A header row that is one line, whatever stands around it.

use crate::lines::Line;
use crate::parse::Context;
use crate::parse::part::{gaps_of, sure_pieces};
use crate::parse::rows::{self, Column};

/// Whether a line is a header row by itself.
pub fn is_header(line: &Line, cx: &Context) -> bool {
    columns_in(line, cx).is_some()
}

/// `取組内容 甲の役割 乙の役割`: a header row by itself, and the names stand in no column
pub fn lacks_names(line: &Line, cx: &Context) -> bool {
    columns_in(line, cx).is_some_and(|columns| columns.first() == Some(&Column::Content))
}

/// The columns that a line heads by itself.
fn columns_in(line: &Line, cx: &Context) -> Option<Vec<Column>> {
    // hardly a line has two blanks
    gaps_of(line, &line.text).nth(1)?;
    let cells = sure_pieces(line, 0);
    if cells.len() > 2 { rows::header(&cells.iter().map(|c| c.text).collect(), cx) } else { None }
}
