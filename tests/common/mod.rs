//! What the integration tests share: the reader as they see it, scoring, drafts and damage.
#![allow(dead_code)] // every test program uses another part of it

pub mod damage;
pub mod forms;
pub mod generate;
pub mod layout;
pub mod loss;
pub mod score;
pub mod setting;
pub mod tiling;
pub mod words;

use jiff::civil::date;
use kouotsu::check::{Selection, check};
use kouotsu::config::Config;
use kouotsu::diagnostics::Diagnostic;
use kouotsu::output::document::{Origin, agreement};
use kouotsu::rules::Context;
use kouotsu::schema::Agreement;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The agreements that a text holds, as `kouotsu parse` would write them.
pub fn read_all(text: &str) -> Vec<Value> {
    written(&kouotsu::parse(text), text)
}

/// The agreements that were read in a text, as `kouotsu parse` would write them.
pub fn written(parsed: &kouotsu::Parsed, text: &str) -> Vec<Value> {
    parsed.readings.iter().map(|reading| value(&agreement(reading, text, &Origin::default()))).collect()
}

/// The first agreement of a text.
pub fn read(text: &str) -> Value {
    read_all(text).into_iter().next().unwrap_or(Value::Null)
}

/// The first agreement of a file, whatever its encoding.
pub fn read_bytes(bytes: &[u8]) -> Value {
    read(&kouotsu::decode(bytes).text)
}

fn value(agreement: &Agreement) -> Value {
    serde_json::to_value(agreement).expect("the contract is plain data")
}

/// What `kouotsu check` finds with its defaults, in every agreement of a text.
pub fn findings(text: &str) -> Vec<Diagnostic> {
    let config = Config::default();
    let parsed = kouotsu::parse(text);
    let found = parsed.readings.iter().flat_map(|reading| {
        let context = Context::of(reading, text, &config);
        check(&context, &reading.complaints, "text.txt", &Selection::default(), date(2026, 1, 1)).findings
    });
    found.collect()
}

/// How many cases a property tries: the same draws in every run, so that a run tells of a change; `KOUOTSU_CASES` sets another
/// number and draws afresh.
pub fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var("KOUOTSU_CASES").ok().and_then(|n| n.parse().ok());
    let rng_seed = if asked.is_none() { RngSeed::Fixed(1) } else { ProptestConfig::default().rng_seed };
    ProptestConfig { cases: asked.unwrap_or(count), rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

/// The folder of this project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The corpus, where there is one; says so where there is none.
pub fn corpus() -> Option<PathBuf> {
    let path = std::env::var_os("KOUOTSU_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    if !path.is_dir() {
        say(&format!("SKIPPED: no corpus at {} (set KOUOTSU_CORPUS)", path.display()));
        return None;
    }
    Some(path)
}

/// Writes past the capture of the test harness.
pub fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A file as text.
pub fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A file as JSON.
pub fn json(path: &Path) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The files of a folder whose names end so, in the order of their names.
pub fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut found: Vec<_> =
        entries.filter_map(Result::ok).map(|e| e.path()).filter(|p| name(p).ends_with(end)).collect();
    found.sort();
    found
}

/// The last part of a path.
pub fn name(path: &Path) -> &str {
    path.file_name().and_then(|n| n.to_str()).unwrap_or_default()
}
