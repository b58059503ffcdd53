//! Agreements with one fault each: `fixtures/invalid/RULE.txt`, `RULE.variant.txt`. Only that rule finds something, and says it so.

mod common;

use common::{files, findings, name, root, text};
use kouotsu::output::findings::{File, Report, text as page};
use std::path::Path;

/// What `kouotsu check` prints.
fn printed(path: &Path) -> (Vec<&'static str>, String) {
    let text = text(path);
    let findings = findings(&text);
    let mut rules: Vec<_> = findings.iter().map(|found| found.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let file = File { name: name(path).to_owned(), text, findings, ..File::default() };
    (rules, page::write(&Report { files: vec![file], ..Report::default() }))
}

#[test]
fn the_rule_of_the_name_alone_finds_the_fault() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut wrong = String::new();
    for path in files(&root().join("fixtures/invalid"), ".txt") {
        let name = name(&path).trim_end_matches(".txt");
        let rule = name.split('.').next().unwrap_or(name);
        let (rules, page) = printed(&path);
        if rules != [rule] {
            wrong += &format!("{name}: found {rules:?}\n");
        }
        settings.bind(|| insta::assert_snapshot!(format!("invalid@{name}"), page));
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
