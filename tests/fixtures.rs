//! The invented agreements of `fixtures/`, each beside what it says (`NAME.expect.json`: one agreement, or a list of several).

mod common;

use common::score::score;
use common::{files, json, name, read, read_all, root, text, written};
use kouotsu::parse::label::Vocabulary;
use kouotsu::{Options, parse_with};
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

/// Labels in words that nobody knows, of as many letters as those that they stand for.
fn in_other_words(text: &str) -> String {
    let words = [("取組内容", "めざす姿"), ("取組の内容", "めざすの姿"), ("の役割", "の責務")];
    words.iter().fold(text.to_owned(), |text, (known, other)| text.replace(known, other))
}

/// What a user adds in `kouotsu.toml` is read as what is built in, or a warning says that it is not.
#[test]
fn labels_that_a_user_adds_are_read_in_every_layout() {
    let added = ["めざす姿", "めざすの姿"].map(String::from);
    let words =
        Vocabulary {
            content: added.into(), role: vec!["責務".into(), "責務分担".into()], ..Vocabulary::default()
        };
    let options = Options { words, ..Options::default() };
    let (mut found, mut silent) = (Vec::new(), Vec::new());
    for path in files(&root().join("fixtures/layouts"), ".txt") {
        let text = text(&path);
        // blanks of no width inside labels keep them from being replaced
        if text.contains('\u{200B}') {
            continue;
        }
        let other = in_other_words(&text);
        let truth = serde_json::from_str(&in_other_words(&read(&text).to_string())).expect("only words differ");
        let score = score(&truth, &written(&parse_with(&other, &options), &other)[0]);
        if score.silent() > 0 {
            silent.push(name(&path).to_owned());
        }
        found.push(score.f1());
    }
    let mean = found.iter().sum::<f64>() / found.len() as f64;
    assert_eq!(silent, [""; 0]);
    assert!(mean > 0.95, "{mean}");
}
