//! Parsing against serde_json reading the JSON that it emits back into the output types, both in one run.
//!
//! `cargo bench --bench parse`. The text is the reference agreement of the corpus (`KOUOTSU_CORPUS`), or a fixture
//! of this repository where there is no corpus.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use kouotsu::output::document::{Origin, agreement};
use kouotsu::schema::Agreement;
use std::path::PathBuf;

fn main() {
    divan::main();
}

/// The text, `times` times: as many agreements in one file.
fn text(times: usize) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let corpus = std::env::var_os("KOUOTSU_CORPUS").map_or(root.join("../shared/corpus"), PathBuf::from);
    let one = std::fs::read_to_string(corpus.join("iwamizawa-bibai.txt"))
        .or_else(|_| std::fs::read_to_string(root.join("fixtures/valid/long.txt")))
        .expect("a text to parse");
    one.repeat(times)
}

const TIMES: [usize; 3] = [1, 10, 100];

/// Text to an owned tree, its model and its complaints.
#[divan::bench(args = TIMES)]
fn parse(bencher: Bencher, times: usize) {
    let text = text(times);
    bencher.counter(BytesCount::of_str(&text)).bench(|| kouotsu::parse(black_box(&text)).readings.len());
}

/// The same facts as JSON, read into owned types.
#[divan::bench(args = TIMES)]
fn serde_json_typed(bencher: Bencher, times: usize) {
    let text = text(times);
    let parsed = kouotsu::parse(&text);
    let all: Vec<Agreement> = parsed.readings.iter().map(|r| agreement(r, parsed.source, &Origin::default())).collect();
    let json = serde_json::to_string(&all).expect("JSON");
    bencher
        .counter(BytesCount::of_str(&json))
        .bench(|| serde_json::from_str::<Vec<Agreement>>(black_box(&json)).map(|a| a.len()));
}

/// A tree to the output types and JSON.
#[divan::bench(args = TIMES)]
fn write_json(bencher: Bencher, times: usize) {
    let text = text(times);
    let parsed = kouotsu::parse(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let all: Vec<Agreement> =
            parsed.readings.iter().map(|r| agreement(r, parsed.source, &Origin::default())).collect();
        serde_json::to_string(&all).map(|json| json.len())
    });
}
