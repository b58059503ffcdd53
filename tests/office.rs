//! Word files of the corpus against the text that they were made from.

use kouotsu::input::docx;
use std::path::PathBuf;

const LIMIT: u64 = 64 << 20;

/// The corpus, or `None` said aloud.
fn corpus() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("KOUOTSU_CORPUS").map_or_else(beside, PathBuf::from).join("dev");
    if !folder.is_dir() {
        eprintln!("SKIPPED: no corpus at {}; set KOUOTSU_CORPUS", folder.display());
        return None;
    }
    Some(folder)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Rows of tables, cell by cell.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().filter(|line| line.contains('\t')).map(|line| line.split('\t').map(str::trim).collect()).collect()
}

#[test]
fn word_files_say_what_they_were_made_from() {
    let Some(folder) = corpus() else { return };
    for name in ["reference", "horizontal", "one", "inline", "bracket"] {
        let document = docx::read(&std::fs::read(folder.join(format!("{name}.docx"))).unwrap(), LIMIT).unwrap();
        let plain = std::fs::read_to_string(folder.join(format!("{name}.plain.txt"))).unwrap();
        assert!(document.notes.is_empty(), "{name}: {:?}", document.notes);
        // The Word file of this one has a table where the plain text has 【甲の役割】.
        if name == "bracket" {
            assert!(rows(&document.text).iter().all(|row| row.len() == 3), "{name}");
            continue;
        }
        assert_eq!(squeezed(&document.text), squeezed(&plain), "{name}");
        assert_eq!(rows(&document.text), rows(&plain), "{name}");
    }
}

#[test]
fn one_line_is_one_paragraph() {
    let Some(folder) = corpus() else { return };
    for name in ["reference", "horizontal", "one", "inline"] {
        let document = docx::read(&std::fs::read(folder.join(format!("{name}.docx"))).unwrap(), LIMIT).unwrap();
        let plain = std::fs::read_to_string(folder.join(format!("{name}.plain.txt"))).unwrap();
        let lines = |text: &str| text.lines().map(squeezed).filter(|line| !line.is_empty()).collect::<Vec<_>>();
        assert_eq!(lines(&document.text), lines(&plain), "{name}");
    }
}

#[test]
fn pages_become_the_text_beside_them() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/html");
    let mut pages = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let page = entry.unwrap().path();
        if page.extension().is_some_and(|ending| ending == "html") {
            let document = kouotsu::input::html::read(&std::fs::read_to_string(&page).unwrap());
            let expected = std::fs::read_to_string(page.with_extension("txt")).unwrap();
            assert_eq!(document.text, expected, "{}", page.display());
            pages += 1;
        }
    }
    assert!(pages > 1);
}
