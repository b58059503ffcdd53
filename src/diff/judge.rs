//! Changes that make an agreement worse.

use super::types::{Branch, Change, ChangeKind, Diff, Part};
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
    let finding = |rule, severity, words, help| Diagnostic {
        rule,
        severity,
        words,
        path: change.path.clone(),
        span: None,
        related: Vec::new(),
        help,
    };
    match (change.kind, &change.node) {
        (ChangeKind::Removed, Some(node)) if node.part == Part::Role => {
            let words = Words::new(
                format!("{}の役割がなくなっています", node.name),
                format!("the role of {} is gone", node.name),
            );
            vec![finding(ROLE_LOST, Severity::Error, words, None)]
        }
        (ChangeKind::Removed, Some(node)) => {
            let lost = |initiative: &Branch| {
                let words = Words::new(
                    format!("取組「{}」がなくなり、これに代わる取組もありません", initiative.name),
                    format!("the initiative \u{201c}{}\u{201d} is gone and nothing took its place", initiative.name),
                );
                finding(INITIATIVE_LOST, Severity::Warning, words, None)
            };
            initiatives(node).map(lost).collect()
        }
        (ChangeKind::Reference, _) => {
            let stale = change.references.iter().filter(|r| r.stale);
            stale
                .map(|r| {
                    let (meant, means) = (r.meant.join("、"), r.means.join("、"));
                    let now = if means.is_empty() {
                        ("指すものがありません", "means nothing".into())
                    } else {
                        ("別のものを指します", format!("means {means}"))
                    };
                    let words = Words::new(
                        format!(
                            "「{}」は改正前の{meant}を指していましたが、改正後は{}{}",
                            r.after,
                            now.0,
                            if means.is_empty() { String::new() } else { format!("（{means}）") }
                        ),
                        format!("\u{201c}{}\u{201d} meant {meant} before and now {}", r.after, now.1),
                    );
                    let help = r.right.as_ref().map(|right| {
                        Words::new(format!("「{right}」とします"), format!("write \u{201c}{right}\u{201d}"))
                    });
                    let severity = if r.right.is_none() { Severity::Error } else { Severity::Warning };
                    finding(REFERENCE_STALE, severity, words, help)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}
