//! Findings that are known and accepted: `--baseline FILE`, `baseline update`.

use crate::diagnostics::{Diagnostic, Words};
use crate::fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Value of `schema`.
pub const SCHEMA: &str = "kouotsu-baseline/1";

/// The known findings, in a stable order. Lines play no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema: String,
    known: Vec<Entry>,
}

/// Equal findings of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// File name as given.
    pub file: String,
    /// Rule id.
    pub rule: String,
    /// Address of the node.
    pub path: String,
    /// Hash of the words there, see [`fingerprint::words`].
    pub words: String,
    /// How many.
    pub count: usize,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words().en)]
pub enum Fault {
    /// Not JSON of this form.
    Form(#[from] serde_json::Error),
    /// Of another version, or of none.
    Version(String),
}

impl Fault {
    /// What is wrong.
    pub fn words(&self) -> Words {
        match self {
            Fault::Form(error) => {
                Words::new(format!("ベースラインとして読めません: {error}"), format!("not a baseline: {error}"))
            }
            Fault::Version(found) => Words::new(
                format!("ベースラインの版が {found:?} です（読めるのは {SCHEMA:?}）"),
                format!("the baseline is of version {found:?}, this program reads {SCHEMA:?}"),
            ),
        }
    }
}

type Key = (String, String, String, String);

impl Default for Baseline {
    fn default() -> Self {
        Self { schema: SCHEMA.into(), known: Vec::new() }
    }
}

impl Baseline {
    /// Reads what [`Baseline::json`] wrote.
    pub fn parse(json: &str) -> Result<Self, Fault> {
        let value: serde_json::Value = serde_json::from_str(json)?;
        let version = value.get("schema").and_then(|v| v.as_str()).unwrap_or_default();
        if version != SCHEMA {
            return Err(Fault::Version(version.into()));
        }
        Ok(serde_json::from_value(value)?)
    }

    /// The file: sorted, one key a line.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).map_or_else(|_| String::new(), |json| json + "\n")
    }

    /// The findings of a file as a baseline of their own.
    pub fn of(file: &str, findings: &[Diagnostic], source: &str) -> Self {
        let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
        for finding in findings {
            *counts.entry(key(file, finding, source)).or_default() += 1;
        }
        Self::from_counts(counts)
    }

    /// Both together; `self` and `other` speak of different files.
    pub fn join(&mut self, other: Self) {
        self.known.extend(other.known);
        self.known.sort();
    }

    /// Splits the findings of a file into new ones and known ones. Of equal ones, the first `count` are known.
    pub fn split(&self, file: &str, findings: Vec<Diagnostic>, source: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let name = fingerprint::file(file);
        let mut left = counts(self.known.iter().filter(|entry| entry.file == name));
        findings.into_iter().partition(|finding| match left.get_mut(&key(file, finding, source)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
    }

    /// What `current` no longer shows, with the count that is gone. Only of `files`: of others nothing is known.
    pub fn stale(&self, current: &Self, files: &[&str]) -> Vec<Entry> {
        let (now, files) = (counts(&current.known), names(files));
        let gone = |entry: &Entry| entry.count.saturating_sub(now.get(&entry.key()).copied().unwrap_or(0));
        let checked = self.known.iter().filter(|entry| files.contains(&entry.file));
        checked.map(|entry| Entry { count: gone(entry), ..entry.clone() }).filter(|entry| entry.count > 0).collect()
    }

    /// The next baseline: only shrinks to what `current` still shows, unless `add` takes in new findings too.
    /// What it knows of files other than `files` stays.
    pub fn update(&self, current: &Self, files: &[&str], add: bool) -> Self {
        let (before, files) = (counts(&self.known), names(files));
        let now = counts(&current.known).into_iter();
        let mut next: BTreeMap<Key, usize> = now
            .map(
                |(key, count)| {
                    if add { (key, count) } else { (key.clone(), count.min(before.get(&key).copied().unwrap_or(0))) }
                },
            )
            .filter(|(_, count)| *count > 0)
            .collect();
        next.extend(before.into_iter().filter(|(key, _)| !files.contains(&key.0)));
        Self::from_counts(next)
    }

    /// What is known.
    pub fn entries(&self) -> &[Entry] {
        &self.known
    }

    fn from_counts(counts: BTreeMap<Key, usize>) -> Self {
        let entry = |((file, rule, path, words), count)| Entry { file, rule, path, words, count };
        Self { schema: SCHEMA.into(), known: counts.into_iter().map(entry).collect() }
    }
}

impl Entry {
    /// The sentence for an entry of [`Baseline::stale`].
    pub fn gone(&self) -> Words {
        let Self { file, rule, path, count, .. } = self;
        Words::new(
            format!("{file}: {path} の既知の指摘 {rule} が {count} 件なくなりました"),
            format!("{file}: {count} known {rule} at {path} gone"),
        )
    }

    fn key(&self) -> Key {
        (self.file.clone(), self.rule.clone(), self.path.clone(), self.words.clone())
    }
}

fn counts<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<Key, usize> {
    let mut counts = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.key()).or_default() += entry.count;
    }
    counts
}

fn names(files: &[&str]) -> BTreeSet<String> {
    files.iter().map(|file| fingerprint::file(file)).collect()
}

fn key(file: &str, finding: &Diagnostic, source: &str) -> Key {
    (fingerprint::file(file), finding.rule.into(), finding.path.as_str().into(), fingerprint::words(finding, source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Severity, Words};

    fn found(paths: &[&str]) -> Vec<Diagnostic> {
        let one = |path: &&str| Diagnostic {
            rule: "article-empty",
            severity: Severity::Error,
            words: Words::new("", ""),
            path: (*path).into(),
            span: None,
            related: vec![],
            help: None,
        };
        paths.iter().map(one).collect()
    }

    fn of(paths: &[&str]) -> Baseline {
        Baseline::of("a.txt", &found(paths), "")
    }

    #[test]
    fn knows_as_many_as_it_counted() {
        let (new, known) = of(&["第1条"]).split("a.txt", found(&["第1条", "第1条", "第2条"]), "");
        assert_eq!(new, found(&["第1条", "第2条"]));
        assert_eq!(known, found(&["第1条"]));
        assert_eq!(of(&["第1条"]).split("b.txt", found(&["第1条"]), "").0.len(), 1);
        assert_eq!(of(&["第1条"]).split("./a.txt", found(&["第1条"]), "").1.len(), 1);
    }

    #[test]
    fn an_update_only_shrinks_unless_told_otherwise() {
        let old = of(&["第1条", "第1条", "第2条"]);
        let now = of(&["第1条", "第3条"]);
        assert_eq!(old.update(&now, &["a.txt"], false), of(&["第1条"]));
        assert_eq!(old.update(&now, &["a.txt"], true), now);
        assert_eq!(old.update(&Baseline::default(), &["b.txt"], false), old, "other files stay");
        let stale: Vec<_> = old.stale(&now, &["a.txt"]).into_iter().map(|e| (e.path, e.count)).collect();
        assert_eq!(stale, [("第1条".into(), 1), ("第2条".into(), 1)]);
    }

    #[test]
    fn is_written_and_read_in_a_stable_order() {
        let baseline = of(&["第2条", "第1条"]);
        assert_eq!(baseline, of(&["第1条", "第2条"]));
        assert_eq!(Baseline::parse(&baseline.json()).expect("its own form"), baseline);
        assert!(matches!(Baseline::parse("{\"schema\":\"kouotsu-baseline/9\"}"), Err(Fault::Version(_))));
        assert!(matches!(Baseline::parse("[]"), Err(Fault::Version(_))));
        assert!(matches!(Baseline::parse("{"), Err(Fault::Form(_))));
    }
}
