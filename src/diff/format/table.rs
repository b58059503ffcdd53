//! The 新旧対照表 as rows of two sides, for every format that can draw it.

use super::layout;
use crate::schema::Agreement;

/// Which side the new text stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// 改正後 on the left, as ministries do.
    #[default]
    NewLeft,
    /// 改正前 on the left, as many municipalities do.
    OldLeft,
}

/// Words of the heading row.
pub const NEW: &str = "改正後";
/// Words of the heading row.
pub const OLD: &str = "改正前";
/// Words of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they changed: underlined.
    pub marked: bool,
}

/// One side of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Number or name; may be empty.
    pub label: Vec<Run>,
    /// The words.
    pub body: Vec<Run>,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whether a provision begins here: a rule stands above it.
    pub begins: bool,
    /// Depth of indentation, from 0.
    pub level: u8,
    /// Whether it is a heading: a table, a field, an initiative.
    pub heading: bool,
    /// 改正後.
    pub new: Side,
    /// 改正前.
    pub old: Side,
}

/// Lays two agreements out, new against old.
pub fn rows(old: &Agreement, new: &Agreement) -> Vec<Row> {
    layout::rows(old, new)
}
