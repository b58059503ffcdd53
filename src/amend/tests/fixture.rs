//! `fixtures/diff/amend/NAME.base.txt` and `NAME.amendment.txt`: what comes of them stands in `NAME.expect.txt`, the
//! consolidated text, then what did not fit, then the amendment that is written for the same change.

use crate::amend::block::agreement;
use crate::amend::{apply, read, report, write};
use crate::diff::same_content;
use crate::output::canonical;
use std::path::PathBuf;

#[test]
fn amended_agreements() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/diff/amend");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("fixtures")
        .flatten()
        .filter_map(|f| f.file_name().to_string_lossy().strip_suffix(".base.txt").map(String::from))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        let text = |kind: &str| std::fs::read_to_string(folder.join(format!("{name}.{kind}.txt"))).unwrap_or_default();
        let (base, amendment) = (agreement(&text("base")), read(&text("amendment")));
        let outcome = apply(&amendment, &base);
        let findings: String = report::findings(&amendment, &outcome)
            .map(|f| format!("{} {}: {}\n", f.rule, f.path, f.words.ja))
            .collect();
        let day = amendment.effective.as_ref().and_then(|d| d.iso.clone()).unwrap_or_default();
        let back = write(&base, &outcome.agreement).expect("an amendment");
        assert!(same_content(&apply(&read(&back), &base).agreement, &outcome.agreement), "{name}:\n{back}");
        let expected = text("expect");
        let text = canonical::write(&outcome.agreement);
        let got = format!("{text}---\n施行日 {day}\n{findings}---\n{back}");
        let path = folder.join(format!("{name}.expect.txt"));
        if std::env::var_os("KOUOTSU_UPDATE").is_some() {
            std::fs::write(&path, &got).expect("written");
            continue;
        }
        assert_eq!(got, expected, "{name}: KOUOTSU_UPDATE=1 writes it anew");
    }
}
