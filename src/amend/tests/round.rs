//! What is written, read and applied gives the new agreement again.

use crate::amend::block::agreement;
use crate::amend::{apply, read, write};
use crate::diff::tests::{corpus, drawn};
use crate::diff::{self, Branch, Part, same_content};
use crate::output::canonical;
use crate::schema::Agreement;
use std::path::PathBuf;

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
    for case in drawn::cases(120) {
        let (old, new) = drawn::pair(case);
        let text = round(&old, &new);
        count += 1;
        whole += usize::from(text.contains("の全部を次のように"));
        let back = round(&new, &old);
        whole += usize::from(back.contains("の全部を次のように"));
    }
    assert!(whole * 20 <= count, "{whole} of {count} pairs were restated as a whole");
}

/// Texts of a folder, read; says so when there is none.
fn read_all(folder: PathBuf, ending: &str) -> Vec<(String, Agreement)> {
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: no texts at {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = files.flatten().map(|f| f.path()).collect();
    files.retain(|f| f.to_string_lossy().ends_with(ending));
    files.sort();
    let read = |f: &PathBuf| (f.display().to_string(), agreement(&std::fs::read_to_string(f).expect("readable")));
    files.iter().map(read).collect()
}

/// Writes the amendment where the new agreement has a text that can be read; says how much was restated.
fn try_round(name: &str, old: &Agreement, new: &Agreement) -> Option<bool> {
    if !same_content(&agreement(&canonical::write(new)), new) {
        // its text reads otherwise: there may be no amendment, but never a wrong one
        if let Ok(text) = write(old, new) {
            assert!(same_content(&apply(&read(&text), old).agreement, new), "{name}");
        }
        return None;
    }
    Some(round(old, new).contains("の全部を次のように"))
}

#[test]
fn corpus_pairs() {
    for old in corpus::agreements() {
        let text = round(&old, &corpus::amended(&old));
        assert!(!text.contains("の全部を次のように"), "restated as a whole:\n{text}");
    }
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("KOUOTSU_CORPUS").map_or(default, PathBuf::from);
    let all = read_all(corpus.join("dev"), ".plain.txt");
    let pairs = all.iter().flat_map(|old| all.iter().map(move |new| (old, new)));
    let tried: Vec<_> = pairs.map(|(old, new)| try_round(&new.0, &old.1, &new.1)).collect();
    assert!(all.is_empty() || tried.iter().flatten().count() * 2 > tried.len(), "{tried:?}");
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }
}

/// One change somewhere below a node: other words, another name, a child less, a child twice, two children swapped.
fn change(node: &mut Branch, dice: &mut Dice) {
    let list = |n: &Branch| n.children.iter().filter(|c| !c.part.keyed()).count();
    if !node.children.is_empty() && (dice.roll(4) > 0 || node.text.is_empty() && node.name.is_empty()) {
        let at = dice.roll(node.children.len());
        let part = node.children[at].part;
        let twin = node.children.iter().position(|c| c.part == part && !part.keyed()).filter(|first| *first != at);
        match (dice.roll(8), twin) {
            (0, _) if list(node) > 1 && !part.keyed() => _ = node.children.remove(at),
            (1, _) if !part.keyed() && part != Part::Row => {
                let mut copy = node.children[at].clone();
                copy.name.push_str("の見直し");
                copy.text = copy.text.replacen('。', "、毎年見直す。", 1);
                node.children.insert(at + 1, copy);
            }
            (2, Some(first)) => node.children.swap(first, at),
            _ => return change(&mut node.children[at], dice),
        }
        let mut number = 0;
        for child in node.children.iter_mut().filter(|c| c.part == part) {
            number += 1;
            renumber(child, number);
        }
        return;
    }
    let named = matches!(node.part, Part::Article | Part::Field | Part::Initiative | Part::Table);
    if named && !node.name.is_empty() {
        node.name = format!("新しい{}", node.name);
    } else if !matches!(node.part, Part::Date | Part::Party | Part::Agreement | Part::Detail) {
        let words = ["を", "は", "。", "の"][dice.roll(4)];
        node.text = node.text.replacen(words, &format!("{words}毎年"), 1 + dice.roll(3));
    }
}

fn renumber(node: &mut Branch, number: u32) {
    if !node.number.is_empty() {
        node.number = number.to_string();
    }
    if node.part == Part::Item {
        let system = crate::parse::head::item(&format!("{} x", node.label)).map(|h| h.numbering);
        node.label = system.map_or(String::new(), |s| crate::parse::numeral::label(s, number));
    }
}

#[test]
fn changed_fixtures() {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut all = read_all(fixtures.join("valid"), ".txt");
    all.extend(read_all(fixtures.join("layouts"), ".txt"));
    let (mut tried, mut whole) = (0, 0);
    for (at, (name, old)) in all.iter().enumerate() {
        for case in 1..=6 {
            let mut dice = Dice((at as u64 * 31 + case).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let mut root = diff::branch(old);
            (0..1 + dice.roll(3)).for_each(|_| change(&mut root, &mut dice));
            let new = diff::restore(&root);
            let found = try_round(name, old, &new);
            tried += usize::from(found.is_some());
            if found == Some(true) {
                whole += 1;
                eprintln!("restated as a whole: {name} {case}");
            }
        }
    }
    eprintln!("{tried} of {} changes could be asked for, {whole} were restated as a whole", all.len() * 6);
    assert!(whole * 10 <= tried, "{whole} of {tried} were restated as a whole");
}
