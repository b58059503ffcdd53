//! The examples of a rule are its specification: `bad` raises it and no other, `good` raises nothing.

use jiff::civil::date;
use kouotsu::ast::Agreement;
use kouotsu::check::{Selection, check};
use kouotsu::config::{Config, Profile};
use kouotsu::diagnostics::Diagnostic;
use kouotsu::model::Model;
use kouotsu::rules::{Context, RULES};

/// One agreement, what it means, and the reader's own complaints; `None` as long as there is no reader.
fn read(_text: &str) -> Option<(Agreement, Model, Vec<Diagnostic>)> {
    None
}

/// The rules that `text` raises, each once.
fn raised(text: &str) -> Option<Vec<&'static str>> {
    let (tree, model, complaints) = read(text)?;
    let config = Config::default();
    let context =
        Context { source: text, tree: &tree, model: &model, profile: Profile::Auto.of(model.kind), config: &config };
    // Rules that are off by default have examples too.
    let selection = Selection { select: vec!["*".into()], ignore: vec![] };
    let found = check(&context, &complaints, "example.txt", &selection, date(2026, 1, 1)).findings;
    let mut ids: Vec<_> = found.iter().map(|finding| finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    Some(ids)
}

#[test]
fn bad_raises_its_rule_alone_and_good_raises_none() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| !rule.bad.is_empty()) {
        for (text, expected) in [(rule.bad, vec![rule.id]), (rule.good, vec![])] {
            match raised(text) {
                None => return eprintln!("skipped: there is no reader yet"),
                Some(found) if found == expected => {}
                Some(found) => wrong.push(format!("{}: expected {expected:?}, found {found:?}", rule.id)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
