//! Changes that make an agreement worse.

use super::types::{Branch, Change, ChangeKind, Diff, Part, ReferenceChange};
use crate::diagnostics::{Diagnostic, Severity, Words};

/// A role that was there and is gone.
pub const ROLE_LOST: &str = "role-lost";
/// An initiative that was there and has no successor.
pub const INITIATIVE_LOST: &str = "initiative-lost";
/// A reference that no longer means what it meant.
pub const REFERENCE_STALE: &str = "reference-stale";

/// The initiatives of a branch.
pub(crate) fn initiatives(branch: &Branch) -> Box<dyn Iterator<Item = &Branch> + '_> {
    let own = (branch.part == Part::Initiative).then_some(branch);
    Box::new(own.into_iter().chain(branch.children.iter().flat_map(initiatives)))
}

/// Findings about the changes themselves, in their order. Paths are of the new agreement where the node still exists.
pub fn judge(diff: &Diff) -> Vec<Diagnostic> {
    diff.changes.iter().flat_map(judge_change).collect()
}

fn judge_change(change: &Change) -> Vec<Diagnostic> {
    match (change.kind, &change.node) {
        (ChangeKind::Removed, Some(node)) if node.part == Part::Role => vec![role_lost(change, node)],
        (ChangeKind::Removed, Some(node)) => initiatives(node).map(|lost| initiative_lost(change, lost)).collect(),
        (ChangeKind::Reference, _) => {
            change.references.iter().filter(|r| r.stale).map(|r| reference_stale(change, r)).collect()
        }
        _ => Vec::new(),
    }
}

fn finding(change: &Change, rule: &'static str, severity: Severity, words: Words) -> Diagnostic {
    Diagnostic { rule, severity, words, path: change.path.as_str().into(), span: None, related: Vec::new(), help: None }
}

fn role_lost(change: &Change, role: &Branch) -> Diagnostic {
    let words =
        Words::new(format!("{}の役割がなくなっています", role.name), format!("the role of {} is gone", role.name));
    finding(change, ROLE_LOST, Severity::Error, words)
}

fn initiative_lost(change: &Change, initiative: &Branch) -> Diagnostic {
    let words = Words::new(
        format!("取組「{}」がなくなり、これに代わる取組もありません", initiative.name),
        format!("the initiative \u{201c}{}\u{201d} is gone and nothing took its place", initiative.name),
    );
    finding(change, INITIATIVE_LOST, Severity::Warning, words)
}

/// An error where the target is gone, a warning where the words mean another node now.
fn reference_stale(change: &Change, reference: &ReferenceChange) -> Diagnostic {
    let (text, meant, means) = (&reference.after, reference.meant.join("、"), reference.means.join("、"));
    let (ja, en) = match means.is_empty() {
        true => ("指すものがありません".to_string(), "means nothing".to_string()),
        false => (format!("{means}を指します"), format!("means {means}")),
    };
    let words = Words::new(
        format!("「{text}」は改正前の{meant}を指していましたが、改正後は{ja}"),
        format!("\u{201c}{text}\u{201d} meant what was {meant} before, and now {en}"),
    );
    let severity = if reference.right.is_none() { Severity::Error } else { Severity::Warning };
    let write = |right: &String| Words::new(format!("「{right}」とします"), format!("write \u{201c}{right}\u{201d}"));
    Diagnostic { help: reference.right.as_ref().map(write), ..finding(change, REFERENCE_STALE, severity, words) }
}
