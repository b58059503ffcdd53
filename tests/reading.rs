//! What is read from the agreements of `fixtures/valid` and `fixtures/broken`: snapshots of the JSON, the schema that they
//! fit; how those of `fixtures/layouts` are read; and the canonical text that reads back as the same agreement.

mod common;

use common::{files, name, root, text};
use kouotsu::diff::same_content;
use kouotsu::output::document::{Origin, agreement};
use kouotsu::output::place::Lines;
use kouotsu::output::{canonical, markdown};
use kouotsu::schema::{Agreement, Place};
use serde_json::Value;

/// Every agreement of a text, in the output types.
fn read(text: &str) -> Vec<Agreement> {
    let parsed = kouotsu::parse(text);
    parsed.readings.iter().map(|reading| agreement(reading, parsed.source, &Origin::default())).collect()
}

#[test]
fn the_json_of_every_fixture() {
    let schema: Value = serde_json::from_str(&text(&root().join("docs/kouotsu-1.schema.json"))).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema that compiles");
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::glob!("../fixtures", "{valid,broken}/*.txt", |path| {
            let agreements = read(&String::from_utf8_lossy(&std::fs::read(path).expect("a fixture")));
            let json = serde_json::to_value(&agreements).expect("plain data");
            for one in json.as_array().into_iter().flatten() {
                let fault = validator.iter_errors(one).next().map(|error| error.to_string());
                assert_eq!(fault, None, "{}", name(path));
            }
            insta::assert_json_snapshot!("read", json);
        });
    });
}

/// How a text was read, line by line; what it says stands beside it in `NAME.expect.json`.
fn report(agreement: &Agreement) -> String {
    let mut out = format!("{}\n", agreement.title);
    let coverage = &agreement.coverage;
    for repair in &agreement.source.repairs {
        out += &format!("repaired    {} × {}\n", repair.kind, repair.count);
    }
    out += &format!("complete    {} of {} 取組\n", coverage.complete, coverage.initiatives);
    for left in &agreement.unparsed {
        out += &format!("left over   {}{}\n", line(left.span.as_ref()), left.text.replace('\n', "⏎"));
    }
    for found in &agreement.diagnostics {
        let severity = format!("{:?}", found.severity).to_lowercase();
        let (line, rule, path) = (line(found.span.as_ref()), &found.rule, &found.path);
        out += &format!("{severity:11} {line}{rule}「{path}」{}\n", found.message);
    }
    out
}

fn line(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!("line {}: ", place.line))
}

#[test]
fn how_every_layout_is_read() {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::glob!("../fixtures", "layouts/*.txt", |path| {
            let text = text(path);
            let lines = Lines::new(&text, &[]);
            let origin = Origin { places: Some(&lines), ..Origin::default() };
            let parsed = kouotsu::parse(&text);
            let reports = parsed.readings.iter().map(|reading| report(&agreement(reading, &text, &origin)));
            insta::assert_snapshot!("layout", reports.collect::<Vec<_>>().join("\n"));
        });
    });
}

#[test]
fn the_canonical_text_reads_back() {
    let mut wrong = String::new();
    let inside =
        files(&root().join("fixtures/layouts"), ".txt").into_iter().filter(|path| name(path).contains("article"));
    for path in files(&root().join("fixtures/valid"), ".txt").into_iter().chain(inside) {
        for first in read(&text(&path)) {
            let written = canonical::write(&first);
            let again = read(&written);
            let same = again.len() == 1 && same_content(&first, &again[0]);
            let fixed = again.first().is_some_and(|a| canonical::write(a) == written);
            if !same || !fixed {
                wrong += &format!("{}: same {same}, fixed {fixed}\n", name(&path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_markdown_page_reads_back() {
    let page = |agreement: &Agreement| markdown::write(agreement);
    let mut wrong = String::new();
    for path in files(&root().join("fixtures/valid"), ".txt") {
        for first in read(&text(&path)) {
            let again = read(&page(&first));
            if again.len() != 1 || !same_content(&first, &again[0]) {
                wrong += &format!("{}\n", name(&path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let first = read(&text(&root().join("fixtures/valid/deep-numbering.txt")));
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("page", page(&first[0]));
    });
}
