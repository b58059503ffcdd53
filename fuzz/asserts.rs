//! What the targets assert, whatever the input.

#[path = "../tests/common/tiling.rs"]
pub mod tiling;

use jiff::civil::date;
use kouotsu::check::{Selection, check};
use kouotsu::config::Config;
use kouotsu::input::Document;
use kouotsu::output::document::{Origin, agreement};
use kouotsu::output::{canonical, place::Lines};
use kouotsu::rules::Context;
use kouotsu::schema::Agreement;

/// A text is read without loss: every byte stands in one place, the JSON comes back as it went, the rules bear it.
pub fn text(source: &str) {
    let parsed = kouotsu::parse(source);
    assert_eq!(tiling::fault(&parsed, source), None);
    let lines = Lines::new(source, &[]);
    let origin = Origin { places: Some(&lines), ..Origin::default() };
    let config = Config::default();
    for reading in &parsed.readings {
        let found = agreement(reading, source, &origin);
        assert_eq!(found.coverage.accounted, found.coverage.bytes);
        let json = serde_json::to_string(&found).expect("the output is plain data");
        assert!(serde_json::from_str::<Agreement>(&json).expect("it reads back") == found, "{json}");
        canonical::write(&found);
        let context = Context::of(reading, source, &config);
        check(&context, &reading.complaints, "", &Selection::default(), date(2026, 1, 1));
    }
}

/// A document's places and notes lie in its text, in order, and the text is read without loss.
pub fn document(document: &Document) {
    let mut end = 0;
    for position in &document.map {
        assert!(position.span.start >= end && !position.span.slice(&document.text).is_empty());
        end = position.span.end;
    }
    for note in &document.notes {
        note.span.map(|span| span.slice(&document.text));
    }
    text(&document.text);
}
