//! Nothing is found in agreements that are in order: one false alarm costs more than ten hits.

mod common;

use common::{corpus, files, findings, name, root, say, text};
use kouotsu::diagnostics::Severity;
use std::path::{Path, PathBuf};

/// What is found at the level of a warning or above, in words; notes are printed.
fn alarms(path: &Path) -> String {
    let mut alarms = String::new();
    for found in findings(&text(path)) {
        let line = format!("{}: {} {}: {}\n", name(path), found.rule, found.path, found.words.ja);
        match found.severity {
            Severity::Note => say(line.trim_end()),
            _ => alarms += &line,
        }
    }
    alarms
}

fn quiet(paths: &[PathBuf]) {
    let alarms: String = paths.iter().map(|path| alarms(path)).collect();
    assert!(alarms.is_empty(), "{alarms}");
}

#[test]
fn valid_agreements_raise_no_alarm() {
    quiet(&files(&root().join("fixtures/valid"), ".txt"));
}

#[test]
fn the_corpus_raises_no_alarm() {
    let Some(corpus) = corpus() else { return };
    let mut paths = files(&corpus.join("dev"), ".plain.txt");
    paths.push(corpus.join("iwamizawa-bibai.txt"));
    quiet(&paths);
}
