//! Findings of a check that the old agreement did not have.

use super::types::Diff;
use crate::diagnostics::Diagnostic;
use rustc_hash::FxHashMap;

/// Old addresses as new ones, after renumbering, moves and new names.
pub struct Forward<'d>(FxHashMap<&'d str, &'d str>);

impl<'d> Forward<'d> {
    /// The addresses that `diff` changes.
    pub fn of(diff: &'d Diff) -> Self {
        let other = |change: &'d super::Change| Some((change.old_path.as_deref()?, change.path.as_str()));
        Self(diff.changes.iter().filter_map(other).filter(|(old, new)| old != new).collect())
    }

    /// The new address of what stood at `path`; `path` itself where nothing above it changed its address.
    pub fn path(&self, path: &str) -> String {
        let ends = path.char_indices().map(|(at, _)| at).chain([path.len()]).rev();
        for (head, tail) in ends.map(|end| path.split_at(end)) {
            // `第1` is no part of `第10条`, nor `別表1` of `別表10`
            let whole = !tail.starts_with(|c: char| c.is_ascii_digit()) && !tail.starts_with('の');
            if let Some(new) = self.0.get(head).filter(|_| whole) {
                return format!("{new}{tail}");
            }
        }
        path.to_string()
    }
}

/// The findings of `new` that `old` did not have: another rule, or another node. Words and lines do not count.
pub fn fresh(diff: &Diff, old: &[Diagnostic], new: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let forward = Forward::of(diff);
    let mut known: FxHashMap<(&str, String), usize> = FxHashMap::default();
    for finding in old {
        *known.entry((finding.rule, forward.path(&finding.path))).or_default() += 1;
    }
    let is_new = |finding: &Diagnostic| match known.get_mut(&(finding.rule, finding.path.to_string())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    new.into_iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Severity, Words};
    use crate::diff::{Change, ChangeKind, Part};

    fn change(old: &str, new: &str) -> Change {
        Change {
            kind: ChangeKind::Renumbered,
            part: Part::Article,
            path: new.into(),
            old_path: Some(old.into()),
            before: None,
            after: None,
            segments: vec![],
            severity: Severity::Note,
            number: None,
            place: None,
            references: vec![],
            node: None,
        }
    }

    fn found(rule: &'static str, path: &str) -> Diagnostic {
        Diagnostic {
            rule,
            severity: Severity::Warning,
            words: Words::new("", ""),
            path: path.into(),
            span: None,
            related: vec![],
            help: None,
        }
    }

    #[test]
    fn follows_what_was_renumbered() {
        let diff = Diff {
            schema: String::new(),
            summary: Default::default(),
            changes: vec![change("第5条", "第6条"), change("別表1/2/見守り", "別表1/2/声かけ")],
        };
        let forward = Forward::of(&diff);
        for (old, new) in [
            ("第5条", "第6条"),
            ("第5条第2項", "第6条第2項"),
            ("第5条の2", "第5条の2"),
            ("第50条", "第50条"),
            ("別表1/2/見守り/乙の役割", "別表1/2/声かけ/乙の役割"),
            ("", ""),
        ] {
            assert_eq!(forward.path(old), new);
        }
        let new = vec![found("a", "第6条"), found("b", "第6条"), found("a", "第6条")];
        let left = fresh(&diff, &[found("a", "第5条")], new);
        assert_eq!(left, [found("b", "第6条"), found("a", "第6条")]);
    }
}
