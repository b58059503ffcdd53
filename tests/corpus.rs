//! Scores every text of the corpus against its truth and holds the floors. `KOUOTSU_SCORE_ONLY=1` prints without asserting.

mod common;

use common::score::{Score, score};
use common::{corpus, damage, files, json, name, read, read_bytes, say, text};
use std::path::Path;

const REFERENCE: &str = "iwamizawa-bibai";
const CLEAN: &[&str] = &["plain", "cover", "crlf", "wrap", "chrome", "radicals"];
const PDF: &[&str] = &["layout", "raw", "pymupdf", "pypdf", "plumber"];

/// Extractors that tear columns apart and write them block by block.
const TORN: &[&str] = &["pdftotext", "pdfminer"];

/// Texts, ends of their variants, least F1; empty means any; the first row that fits counts.
const FLOORS: &[(&[&str], &[&str], f64)] = &[
    (&[REFERENCE], &[], 1.0),
    (&[], CLEAN, 1.0),
    (&["reference", "bracket", "inline"], PDF, 0.98),
    // columns interleaved line by line: what of them was inferred, and a warning for each row
    (&["horizontal", "one"], TORN, 0.85),
    (&[], &[], 0.85),
];

/// Least F1 of a text with a blank at one place in four.
const OCR: f64 = 0.99;

struct Row {
    name: String,
    variant: String,
    score: Score,
    floor: f64,
}

fn floor(name: &str, variant: &str) -> f64 {
    let any = |list: &[&str], word: &str| list.is_empty() || list.iter().any(|end| word.ends_with(end));
    FLOORS.iter().find(|(names, ends, _)| any(names, name) && any(ends, variant)).map_or(1.0, |row| row.2)
}

/// Prints NAME × VARIANT and fails below a floor or on a silent wrong fact.
fn judge(what: &str, rows: &[Row]) {
    let mut below = String::new();
    let mut table = format!("\n{what:24} {:20} {:>7} {:>5} {:>6} {:>6}", "", "F1", "wrong", "silent", "floor");
    for row in rows {
        let (f1, silent) = (row.score.f1(), row.score.silent());
        let ok = f1 >= row.floor - 1e-9 && silent == 0;
        let mark = if ok { "" } else { " <--" };
        let wrong = row.score.wrong.len();
        table += &format!("\n{:24} {:20} {f1:7.4} {wrong:5} {silent:6} {:6.2}{mark}", row.name, row.variant, row.floor);
        if !ok {
            below += &format!("\n{} {}\n{}", row.name, row.variant, row.score.show(6));
        }
    }
    say(&table);
    if std::env::var_os("KOUOTSU_SCORE_ONLY").is_none() {
        assert!(below.is_empty(), "below the floor:\n{below}");
    }
}

/// Every agreement of the corpus: its name and its truth.
fn truths(corpus: &Path) -> Vec<(String, serde_json::Value)> {
    let dev = corpus.join("dev");
    [corpus, &dev]
        .iter()
        .flat_map(|folder| files(folder, ".truth.json"))
        .map(|path| (name(&path).trim_end_matches(".truth.json").to_owned(), json(&path)))
        .collect()
}

/// The undamaged text of an agreement.
fn undamaged(corpus: &Path, name: &str) -> String {
    match name {
        REFERENCE => text(&corpus.join(format!("{name}.txt"))),
        _ => text(&corpus.join(format!("dev/{name}.plain.txt"))),
    }
}

#[test]
fn every_text_reaches_its_floor() {
    let Some(corpus) = corpus() else { return };
    let mut rows = Vec::new();
    for (title, truth) in truths(&corpus) {
        for path in files(&corpus, ".txt").into_iter().chain(files(&corpus.join("dev"), ".txt")) {
            let stem = name(&path).trim_end_matches(".txt");
            let (head, variant) = stem.split_once('.').unwrap_or((stem, ""));
            if head == title {
                let (score, floor) = (score(&truth, &read(&text(&path))), floor(&title, variant));
                rows.push(Row { name: title.clone(), variant: variant.into(), score, floor });
            }
        }
    }
    assert!(!rows.is_empty(), "the corpus holds no text with a truth");
    judge("texts", &rows);
}

#[test]
fn every_encoding_reads_as_the_undamaged_text() {
    let Some(corpus) = corpus() else { return };
    let mut rows = Vec::new();
    for (name, truth) in truths(&corpus) {
        let plain = undamaged(&corpus, &name);
        for (variant, bytes) in damage::encodings(&plain) {
            match bytes {
                Some(bytes) => {
                    let score = score(&truth, &read_bytes(&bytes));
                    rows.push(Row { name: name.clone(), variant: variant.into(), score, floor: 1.0 });
                }
                None => say(&format!("SKIPPED: {name} has characters that {variant} cannot write")),
            }
        }
    }
    judge("encodings", &rows);
}

#[test]
fn blanks_at_one_place_in_four_cost_next_to_nothing() {
    let Some(corpus) = corpus() else { return };
    let ocr = |(name, truth): (String, serde_json::Value)| {
        let score = score(&truth, &read(&damage::ocr_blanks(&undamaged(&corpus, &name), 4, 7)));
        Row { name, variant: "ocr-blanks".into(), score, floor: OCR }
    };
    judge("OCR blanks", &truths(&corpus).into_iter().map(ocr).collect::<Vec<_>>());
}
