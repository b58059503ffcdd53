//! Comparisons of invented agreements; every one is played back.

pub(crate) mod corpus;
pub(crate) mod drawn;
mod formats;
mod known;
mod many;
mod model;
mod reference;

use super::*;
use crate::schema::Agreement;

/// Compares, and asserts that the changes lead from old to new, also when they went through JSON.
pub(super) fn compare(old: &Agreement, new: &Agreement) -> Diff {
    let found = diff(old, new);
    let json = serde_json::to_string(&found).expect("a diff is JSON");
    let read: Diff = serde_json::from_str(&json).expect("and back");
    assert_eq!(read, found);
    let played = apply(&read, old).unwrap_or_else(|e| panic!("{e}\n{}", show(&found)));
    assert!(same_content(&played, new), "apply(diff, old) != new\n{}", show(&found));
    found
}

/// One line a change, for failures.
pub(super) fn show(diff: &Diff) -> String {
    let line = |c: &Change| format!("{:?} {:?} -> {} [{:?} => {:?}]", c.kind, c.old_path, c.path, c.before, c.after);
    diff.changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `kind path` of each change.
pub(super) fn brief(diff: &Diff) -> Vec<String> {
    let kind = |c: &Change| format!("{:?}", c.kind).to_lowercase();
    diff.changes.iter().map(|c| format!("{} {}", kind(c), c.path)).collect()
}
