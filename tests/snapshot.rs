//! Snapshots beside agreements: verified, explained, written anew.

mod common;

use assert_cmd::Command;
use common::{root, text};
use std::path::Path;

fn snapshot(folder: &Path, more: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kouotsu"));
    let out = command.args(["--lang", "en", "snapshot"]).arg(folder).args(more).output().expect("the program runs");
    (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&out.stdout).into_owned())
}

fn fixture(name: &str) -> String {
    text(&root().join("fixtures/diff").join(name))
}

#[test]
fn snapshots_follow_what_is_said_and_not_how() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, place) = (folder.path().join("a.txt"), folder.path().join("a.txt.snap.json"));
    let write = |text: &[u8]| std::fs::write(&file, text).expect("a file");
    write(fixture("old.txt").as_bytes());
    let (code, out) = snapshot(folder.path(), &[]);
    assert!(code == 1 && out.contains("no snapshot"), "{out}");
    assert_eq!(snapshot(folder.path(), &["--update"]).0, 0);
    let first = std::fs::read_to_string(&place).expect("a snapshot");
    assert!(!first.contains("sha256") && !first.contains("a.txt"), "nothing about the file");
    assert_eq!(snapshot(folder.path(), &[]), (0, String::new()));
    for same in ["rewrap-lines.txt", "widen-digits.txt"] {
        write(fixture(same).as_bytes());
        assert_eq!(snapshot(folder.path(), &[]), (0, String::new()), "{same}");
    }
    // wrapped anew, in another encoding, with other line ends: the same bytes
    let crlf = fixture("rewrap-lines.txt").replace('\n', "\r\n");
    write(&encoding_rs::SHIFT_JIS.encode(&crlf).0);
    assert_eq!(snapshot(folder.path(), &["--update"]).0, 0);
    assert_eq!(std::fs::read_to_string(&place).expect("a snapshot"), first);
    write(fixture("reword-role.txt").as_bytes());
    let (code, out) = snapshot(folder.path(), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("別表1/1/夜間の当番医/乙の役割") && out.contains("[-謝礼-]{+報酬+}"), "{out}");
    assert!(!out.contains("\"text\""), "the diff explains, not lines of JSON: {out}");
}

#[test]
fn orphans_and_strangers() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("a.txt", &fixture("old.txt"));
    write("note.txt", "これは買い物の覚え書きである。\n");
    assert_eq!(snapshot(folder.path(), &["--update"]).0, 0);
    assert!(!folder.path().join("note.txt.snap.json").exists(), "not an agreement");
    std::fs::rename(folder.path().join("a.txt"), folder.path().join("b.txt")).expect("renamed");
    let (code, out) = snapshot(folder.path(), &[]);
    assert!(code == 1 && out.contains("a.txt.snap.json: its agreement is gone"), "{out}");
    assert_eq!(snapshot(folder.path(), &["--update"]).0, 0);
    assert!(!folder.path().join("a.txt.snap.json").exists());
    assert_eq!(snapshot(folder.path(), &[]), (0, String::new()));
    write("b.txt.snap.json", "{\"schema\": \"kouotsu-snapshot/9\"}");
    assert_eq!(snapshot(folder.path(), &[]).0, 2, "another version is no difference");
}

#[test]
fn what_belongs_nowhere_counts() {
    let read = |text: &str| {
        let value = kouotsu::snapshot::of_text(text);
        kouotsu::snapshot::parse(&kouotsu::snapshot::json(&value)).expect("its own form")
    };
    let mut old = read(&fixture("old.txt"));
    let new = old.clone();
    assert!(kouotsu::snapshot::compare(&old, &new).is_empty());
    old[0].unparsed.push(kouotsu::schema::Unparsed { text: "どこにも属さない。".into(), span: None });
    assert_eq!(kouotsu::snapshot::compare(&old, &new).len(), 1);
    assert_eq!(kouotsu::snapshot::compare(&new, &[]).len(), 1, "an agreement that is gone");
}

#[test]
fn the_example_repository_is_up_to_date() {
    let folder = root().join("docs/example-repo/agreements");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        snapshot(&folder, &["--update"]);
    }
    assert_eq!(snapshot(&folder, &[]), (0, String::new()), "UPDATE_DOCS=1 cargo test --test snapshot");
}
