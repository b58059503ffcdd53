//! What is written, read and applied gives the new agreement again.

use crate::amend::block::agreement;
use crate::amend::{apply, read, write};
use crate::diff::tests::{corpus, drawn};
use crate::diff::{self, same_content};
use crate::output::canonical;
use crate::schema::Agreement;

/// Writes the amendment, and asserts that it leads from old to new without complaint.
fn round(old: &Agreement, new: &Agreement) -> String {
    let text = write(old, new).unwrap_or_else(|e| panic!("{e}"));
    let amendment = read(&text);
    if text.is_empty() {
        assert!(same_content(old, new));
        return text;
    }
    assert!(amendment.complaints.is_empty(), "{:?}\n{text}", amendment.complaints);
    let outcome = apply(&amendment, old);
    assert!(outcome.misfits.is_empty(), "{:?}\n{text}", outcome.misfits);
    assert!(same_content(&outcome.agreement, new), "apply(write(old, new), old) != new\n{text}");
    assert_eq!(outcome.diff.changes.is_empty(), diff::diff(old, new).changes.is_empty());
    text
}

#[test]
fn drawn_pairs() {
    let mut whole = 0;
    let mut count = 0;
    for case in 1..=120 {
        let (old, new) = drawn::pair(case);
        let text = round(&old, &new);
        count += 1;
        whole += usize::from(text.contains("の全部を次のように"));
        let back = round(&new, &old);
        whole += usize::from(back.contains("の全部を次のように"));
    }
    assert!(whole * 20 <= count, "{whole} of {count} pairs were restated as a whole");
}

#[test]
fn corpus_pairs() {
    let all = corpus::agreements();
    for (at, old) in all.iter().enumerate() {
        let text = round(old, &corpus::amended(old));
        assert!(!text.contains("の全部を次のように"), "restated as a whole:\n{text}");
        // another agreement altogether can be said where its text can be read
        let Some(new) = all.get((at + 1) % all.len()) else { continue };
        let read = agreement(&canonical::write(new));
        if same_content(&read, new) {
            round(old, new);
        } else {
            let changes = diff::diff(new, &read).changes;
            let first = changes.first().map(|c| format!("{:?} {}: {:?} {:?}", c.kind, c.path, c.before, c.after));
            eprintln!("SKIPPED: the canonical text of {} reads otherwise: {first:?}", new.title);
        }
    }
}
