//! The guards of a repository, on the example repository with real commits; and `fix`.

mod common;

use assert_cmd::Command;
use common::{root, say, text};
use std::path::Path;
use std::process::{Command as System, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kouotsu");

fn git(folder: &Path, args: &[&str]) -> Output {
    let fixed = ["-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"];
    let out = System::new("git").current_dir(folder).args(fixed).args(args).output().expect("git runs");
    assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    out
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// The example repository with one commit on `main` and a branch `change`; `None` without git, said aloud.
fn repository() -> Option<tempfile::TempDir> {
    if System::new("git").arg("--version").output().is_err() {
        say("SKIPPED: no git");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("docs/example-repo"), folder.path());
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-q", "-m", "agreements"]);
    git(folder.path(), &["switch", "-q", "-c", "change"]);
    Some(folder)
}

fn kouotsu(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let out = Command::new(PROGRAM).current_dir(folder).args(["--lang", "en"]).args(args).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (out.status.code().unwrap_or(-1), text(&out.stdout), text(&out.stderr))
}

const FILE: &str = "agreements/wakakusa.txt";

#[test]
fn versions_in_git_are_compared() {
    let Some(folder) = repository() else { return };
    let here = folder.path();
    let changed = text(&here.join(FILE)).replace("謝礼を払う", "報酬を払う");
    std::fs::write(here.join(FILE), &changed).expect("a file");
    let (code, out, _) = kouotsu(here, &["diff", "main", "--exit-code", "--", FILE]);
    assert!(code == 1 && out.contains("[-謝礼-]{+報酬+}"), "{out}");
    let (code, out, _) = kouotsu(here, &["diff", "main..HEAD", "--exit-code", "--", FILE]);
    assert_eq!((code, out.as_str()), (0, "no change\n"), "not committed yet");
    git(here, &["commit", "-q", "-a", "-m", "change"]);
    for range in ["main..HEAD", "main...change", "main.."] {
        let (code, out, _) = kouotsu(here, &["diff", range, "--exit-code", "--", FILE]);
        assert!(code == 1 && out.contains("報酬"), "{range}: {out}");
    }
    let below = here.join("agreements");
    assert_eq!(
        kouotsu(&below, &["diff", "main..HEAD", "--exit-code", "--", "wakakusa.txt"]).0,
        1,
        "from a folder below"
    );
    let both = ["diff", "main", "--exit-code", "--", FILE, "agreements/shiranami.txt"];
    let (_, out, _) = kouotsu(here, &both);
    assert!(out.contains("== agreements/shiranami.txt\nno change"), "{out}");
    let (code, _, err) = kouotsu(here, &["diff", "nowhere..HEAD", "--", FILE]);
    assert!(code == 2 && err.contains("there is no version nowhere"), "{err}");
    let (code, _, err) = kouotsu(here, &["diff", "main..HEAD", "--", "agreements/none.txt"]);
    assert!(code == 0 && err.contains("nothing to compare"), "{err}");
    let out = Command::new(PROGRAM)
        .current_dir(here)
        .env("PATH", "")
        .args(["--lang", "en", "diff", "main", "--", FILE])
        .output();
    let out = out.expect("it runs");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("git was not found"));
}

/// Runs what the action runs.
#[cfg(unix)]
fn pull_request(here: &Path) -> (i32, String) {
    let script = root().join("ci/pull-request.sh");
    let mut command = System::new("bash");
    command.current_dir(here).arg(script).args(["main", "report"]);
    let out = command.env("KOUOTSU", PROGRAM).env("KOUOTSU_LANG", "ja").output().expect("bash runs");
    let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    (out.status.code().unwrap_or(-1), text)
}

#[test]
#[cfg(unix)]
fn a_pull_request_gets_its_report() {
    let Some(folder) = repository() else { return };
    let here = folder.path();
    let (code, out) = pull_request(here);
    assert_eq!((code, out.as_str()), (0, ""), "nothing changed");
    assert!(!here.join("report/comment.md").exists());

    std::fs::copy(root().join("fixtures/diff/all-at-once.txt"), here.join(FILE)).expect("a copy");
    git(here, &["mv", "agreements/shiranami.txt", "agreements/白波 市.txt"]);
    std::fs::write(here.join("agreements/new.txt"), text(&root().join("fixtures/diff/old.txt"))).expect("a file");
    git(here, &["add", "-A"]);
    git(here, &["commit", "-q", "-m", "change"]);
    let (code, out) = pull_request(here);
    assert_eq!(code, 1, "a role is lost: {out}");
    assert!(out.contains("::error file=agreements/wakakusa.txt,line="), "{out}");
    let comment = text(&here.join("report/comment.md"));
    for words in
        ["## agreements/wakakusa.txt", "<del>謝礼</del><ins>報酬</ins>", "新しい協定です", "## agreements/白波 市.txt"]
    {
        assert!(comment.contains(words), "{words}: {comment}");
    }
    assert!(comment.contains("変更はありません"), "a new name is no change: {comment}");
    let sarif = common::json(&here.join("report/findings.sarif"));
    assert_eq!(sarif["version"], "2.1.0");
    let tables: Vec<_> = std::fs::read_dir(here.join("report/tables")).expect("tables").flatten().collect();
    assert_eq!(tables.len(), 4, "a page and a Word file for each of two agreements: {tables:?}");
    assert_eq!(kouotsu(here, &["snapshot", "agreements"]).0, 1, "the snapshots are old");
}

#[test]
fn hooks_run_as_they_are_written() {
    let Some(folder) = repository() else { return };
    let here = folder.path();
    let hooks = text(&root().join(".pre-commit-hooks.yaml"));
    for entry in ["kouotsu check", "kouotsu snapshot", "kouotsu diff HEAD"] {
        assert!(hooks.contains(&format!("entry: {entry}\n")), "{entry}");
    }
    let all = [FILE, "agreements/shiranami.txt"];
    let diff = |code: i32| {
        let args = [&["diff", "HEAD", "--fail-on=error", "--"][..], &all].concat();
        assert_eq!(kouotsu(here, &args).0, code);
    };
    assert_eq!(kouotsu(here, &[&["check"][..], &all].concat()).0, 0);
    assert_eq!(kouotsu(here, &["snapshot", "agreements"]).0, 0);
    diff(0);
    std::fs::copy(root().join("fixtures/diff/delete-role.txt"), here.join(FILE)).expect("a copy");
    assert_eq!(kouotsu(here, &["snapshot", "agreements"]).0, 1);
    diff(1);
}

#[test]
fn fix_keeps_encoding_and_line_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.txt");
    let old = text(&root().join("fixtures/diff/old.txt")).replace("第4条 取組", "第４条 取組").replace('\n', "\r\n");
    let encode = |text: &str| encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    std::fs::write(&file, encode(&old)).expect("a file");
    let (code, out, err) = kouotsu(folder.path(), &["fix", "a.txt"]);
    assert_eq!(code, 1, "there is something to fix: {err}");
    assert!(out.contains("-第４条 取組") && out.contains("+第4条 取組"), "{out}");
    assert_eq!(std::fs::read(&file).expect("a file"), encode(&old), "nothing is written unasked");
    let (code, out, _) = kouotsu(folder.path(), &["fix", "a.txt", "--write"]);
    assert_eq!((code, out.as_str()), (0, ""));
    let want = old.replace("第４条", "第4条");
    assert_eq!(std::fs::read(&file).expect("a file"), encode(&want));
    assert_eq!(kouotsu(folder.path(), &["fix", "a.txt"]).0, 0);
}

#[test]
fn fix_refuses_what_is_no_text() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.html"), "<!DOCTYPE html><html><body><p>第1条 本を運ぶ。</p></body></html>")
        .expect("a file");
    let (code, _, err) = kouotsu(folder.path(), &["fix", "a.html"]);
    assert!(code == 2 && err.contains("only text files"), "{err}");
    std::fs::write(folder.path().join("b.txt"), b"\x91\xE6\xFF\xFF\x8F\xF0").expect("a file");
    assert_eq!(kouotsu(folder.path(), &["fix", "b.txt", "--write"]).0, 2, "bytes that cannot be written back");
}
