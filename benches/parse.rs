//! Parsing against serde_json reading the JSON that it emits back into the output types, both in one run.
//!
//! `cargo bench --bench parse`. The text is the reference agreement of the corpus (`KOUOTSU_CORPUS`), or a fixture
//! of this repository where there is no corpus.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jiff::civil::{Date, date};
use kouotsu::check::{self, Selection};
use kouotsu::config::Config;
use kouotsu::rules::Context;
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
const TODAY: Date = date(2026, 1, 1);

/// Text to an owned tree, its model and its complaints. What a function gives is dropped outside of the time.
#[divan::bench(args = TIMES, min_time = 1)]
fn parse(bencher: Bencher, times: usize) {
    let text = text(times);
    bencher.counter(BytesCount::of_str(&text)).bench(|| kouotsu::parse(black_box(&text)));
}

/// The same, and every rule of `kouotsu check` on it.
#[divan::bench(args = TIMES, min_time = 1)]
fn check(bencher: Bencher, times: usize) {
    let text = text(times);
    let config = Config::default();
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let parsed = kouotsu::parse(black_box(&text));
        let found = parsed.readings.iter().map(|reading| {
            let context = Context::of(reading, &text, &config);
            check::check(&context, &reading.complaints, "text.txt", &Selection::default(), TODAY).findings.len()
        });
        found.sum::<usize>()
    });
}

/// The same facts as JSON, read into owned types.
#[divan::bench(args = TIMES, min_time = 1)]
fn serde_json_typed(bencher: Bencher, times: usize) {
    let text = text(times);
    let parsed = kouotsu::parse(&text);
    let json = serde_json::to_string(&kouotsu::agreements(&parsed)).expect("JSON");
    bencher.counter(BytesCount::of_str(&json)).bench(|| serde_json::from_str::<Vec<Agreement>>(black_box(&json)));
}

/// A tree to the output types and JSON.
#[divan::bench(args = TIMES, min_time = 1)]
fn write_json(bencher: Bencher, times: usize) {
    let text = text(times);
    let parsed = kouotsu::parse(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::to_string(&kouotsu::agreements(&parsed)).map(|json| json.len()));
}
