//! The invented agreements of `fixtures/`, each beside what it says (`NAME.expect.json`: one agreement, or a list of several).

mod common;

use common::score::score;
use common::{files, json, name, read_all, root, text};
use serde_json::Value;
use std::path::Path;

/// Compares the texts of a folder with their expectations. A text whose name ends with `.doubt.txt` no longer holds everything
/// that it once said: facts may be lost, with a warning, and none may be wrong in silence.
fn compare(folder: &str) {
    let mut complaints = String::new();
    for path in files(&root().join("fixtures").join(folder), ".txt") {
        let expect = path.with_extension("expect.json");
        if expect.is_file() {
            complaints += &complaint(&path, expected(&expect));
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

fn expected(path: &Path) -> Vec<Value> {
    match json(path) {
        Value::Array(several) => several,
        one => vec![one],
    }
}

fn complaint(path: &Path, wanted: Vec<Value>) -> String {
    // one text that the reader cannot bear must not hide what is wrong with the others
    let Ok(got) = std::panic::catch_unwind(|| read_all(&text(path))) else {
        return format!("{}: the reader panicked\n", name(path));
    };
    let doubt = name(path).ends_with(".doubt.txt");
    let mut out = String::new();
    if got.len() != wanted.len() {
        out += &format!("{}: {} agreements, expected {}\n", name(path), got.len(), wanted.len());
    }
    for (want, have) in wanted.iter().zip(&got) {
        let score = score(want, have);
        let ok = if doubt { score.warned } else { score.missing.is_empty() && score.wrong.is_empty() };
        if !ok {
            out += &format!("{}\n{}\n", name(path), score.show(8));
        }
    }
    out
}

#[test]
fn valid_agreements_give_every_fact() {
    compare("valid");
}

#[test]
fn layouts_give_every_fact_that_is_left() {
    compare("layouts");
}

#[test]
fn nothing_is_left_without_its_expectation() {
    for folder in ["valid", "layouts"] {
        for path in files(&root().join("fixtures").join(folder), ".txt") {
            assert!(path.with_extension("expect.json").is_file(), "{} has no expectation", name(&path));
        }
    }
}

#[test]
fn valid_agreements_raise_no_warning() {
    for path in files(&root().join("fixtures/valid"), ".txt") {
        for agreement in read_all(&text(&path)) {
            let warned = score(&agreement, &agreement).warned;
            assert!(!warned, "{}: {}", name(&path), agreement["diagnostics"]);
        }
    }
}

#[test]
fn broken_texts_are_read_with_a_warning() {
    for path in files(&root().join("fixtures/broken"), ".txt") {
        let warned = read_all(&text(&path)).iter().any(|agreement| score(agreement, agreement).warned);
        assert!(warned, "{}: nothing is said about it", name(&path));
    }
}
