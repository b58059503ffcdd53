//! `kouotsu amend` as a user runs it.

mod common;

use assert_cmd::Command;
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/diff/amend").join(name)
}

fn amend(name: &str, more: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("kouotsu").expect("the program");
    let files = [fixture(&format!("{name}.base.txt")), fixture(&format!("{name}.amendment.txt"))];
    command.arg("amend").args(files).args(["--lang", "ja"]).args(more).assert()
}

#[test]
fn the_consolidated_text_is_written() {
    let expected = std::fs::read_to_string(fixture("words-and-articles.expect.txt")).expect("readable");
    let text = expected.split("---\n").next().unwrap_or_default().to_string();
    amend("words-and-articles", &[]).code(0).stdout(text).stderr("");
    amend("restated", &[]).code(0);
}

#[test]
fn misfits_go_to_standard_error() {
    let out = amend("misfits", &[]).code(1).get_output().clone();
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(said.lines().count(), 6, "{said}");
    assert!(said.contains("海辺と山里"), "{said}");
}

#[test]
fn programs_get_everything() {
    let out = amend("misfits", &["--format", "json"]).code(1).get_output().clone();
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let schema: serde_json::Value = common::json(&common::root().join("docs/kouotsu-amend-1.schema.json"));
    assert!(jsonschema::is_valid(&schema, &report));
    assert_eq!(report["schema"], "kouotsu-amend/1");
    assert_eq!(report["misfits"].as_array().map(Vec::len), Some(6));
    assert_eq!(report["effective"]["iso"], "2025-03-25");
    assert_eq!(report["diff"]["schema"], "kouotsu-diff/1");
    amend("restated", &["--format", "markdown"]).code(0);
}
