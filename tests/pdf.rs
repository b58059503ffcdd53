//! PDF files become text in the reference shape.
#![cfg(feature = "pdf")]
#![allow(missing_docs, clippy::unwrap_used)]

use kouotsu::input::Document;
use kouotsu::input::pdf::{Limits, PdfError, read};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization;

/// The characters without white space, widths folded; list bullets of the plain text are no text of the page.
fn bare(text: &str) -> String {
    let lines = text.lines().map(|l| l.strip_prefix("- ").unwrap_or(l));
    lines.collect::<String>().nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The cells of all tab rows, row by row.
fn tab_rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|l| l.contains('\t'));
    rows.map(|l| l.split('\t').map(bare).collect()).collect()
}

fn corpus() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let dir = std::env::var_os("KOUOTSU_CORPUS").map_or(default, PathBuf::from).join("dev");
    if dir.is_dir() {
        return Some(dir);
    }
    eprintln!("skipped: no corpus at {}", dir.display());
    None
}

fn first_difference(a: &str, b: &str) -> String {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let at = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let part = |c: &[char]| c.iter().skip(at.saturating_sub(15)).take(50).collect::<String>();
    format!("at {at} of {}/{}:\n  {}\n  {}", a.len(), b.len(), part(&a), part(&b))
}

#[test]
fn corpus_files_equal_their_plain_text() {
    let Some(dir) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "pdf")) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let plain = fs::read_to_string(dir.join(format!("{}.plain.txt", name.split('.').next().unwrap()))).unwrap();
        let found = read(&fs::read(file).unwrap(), &Limits::default()).unwrap();
        check_map(&found);
        // Printed as a stacked table, which their plain text is not.
        if name.starts_with("bracket") {
            assert_eq!(tab_rows(&found.text).iter().filter(|r| !r[0].is_empty()).count(), tab_rows(&found.text).len() / 3);
            continue;
        }
        if bare(&found.text) != bare(&plain) {
            wrong.push(format!("{name}: text differs {}", first_difference(&bare(&found.text), &bare(&plain))));
        }
        if tab_rows(&found.text) != tab_rows(&plain) {
            let (a, b): (BTreeSet<_>, BTreeSet<_>) = (tab_rows(&found.text).into_iter().collect(), tab_rows(&plain).into_iter().collect());
            let one = a.difference(&b).next();
            wrong.push(format!("{name}: rows differ, {} of {}; {one:?}", a.intersection(&b).count(), b.len()));
        }
        if !found.notes.is_empty() {
            wrong.push(format!("{name}: {:?}", found.notes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every place lies in the text, on a character boundary, in order.
fn check_map(document: &Document) {
    let mut end = 0;
    for position in &document.map {
        assert!(!position.span.slice(&document.text).is_empty());
        assert!(position.span.start >= end && position.page > 0);
        end = position.span.end;
    }
}
