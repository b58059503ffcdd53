//! The examples of a rule are its specification: `bad` raises it and no other, `good` raises nothing.

use jiff::civil::date;
use kouotsu::check::{Selection, check};
use kouotsu::config::Config;
use kouotsu::rules::{Context, RULES};

/// The rules that `text` raises, each once.
fn raised(text: &str) -> Vec<&'static str> {
    let config = Config::default();
    // Rules that are off by default have examples too.
    let selection = Selection { select: vec!["*".into()], ignore: vec![] };
    let parsed = kouotsu::parse(text);
    let mut ids: Vec<_> = parsed
        .readings
        .iter()
        .flat_map(|reading| {
            let context = Context::of(reading, text, &config);
            check(&context, &reading.complaints, "example.txt", &selection, date(2026, 1, 1)).findings
        })
        .map(|finding| finding.rule)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn bad_raises_its_rule_alone_and_good_raises_none() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| !rule.bad.is_empty()) {
        for (text, expected) in [(rule.bad, vec![rule.id]), (rule.good, vec![])] {
            let found = raised(text);
            if found != expected {
                wrong.push(format!("{}: expected {expected:?}, found {found:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
