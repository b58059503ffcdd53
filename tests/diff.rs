//! The program on two versions: every known edit is reported, and nothing else.

mod common;

use assert_cmd::Command;
use common::{corpus, files, name, root, text};
use kouotsu::diff::{ChangeKind, Diff, Op};
use kouotsu::output::document::{Origin, agreement};
use kouotsu::schema::Agreement;
use std::path::{Path, PathBuf};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kouotsu"));
    command.args(["--lang", "en"]);
    command
}

fn fixture(name: &str) -> PathBuf {
    root().join("fixtures/diff").join(name)
}

/// What the program says of two files: exit code and standard output.
fn run(args: &[&str], files: [&Path; 2]) -> (i32, String) {
    let out = program().arg("diff").args(files).args(args).output().expect("the program runs");
    (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&out.stdout).into_owned())
}

fn compared(old: &Path, new: &Path) -> Diff {
    let (_, json) = run(&["--format", "json"], [old, new]);
    serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}: {json}"))
}

/// `kind path` of each change, sorted.
fn brief(diff: &Diff) -> Vec<String> {
    let kind = |kind: ChangeKind| format!("{kind:?}").to_lowercase();
    let mut lines: Vec<String> = diff.changes.iter().map(|c| format!("{} {}", kind(c.kind), c.path)).collect();
    lines.sort();
    lines
}

#[test]
fn known_edits_are_reported_exactly() {
    let schema: serde_json::Value = common::json(&root().join("docs/kouotsu-diff-1.schema.json"));
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    for path in files(&root().join("fixtures/diff"), ".expect.txt") {
        let new = fixture(&name(&path).replace(".expect.txt", ".txt"));
        let (_, json) = run(&["--format", "json"], [&fixture("old.txt"), &new]);
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert!(schema.is_valid(&value), "{}", new.display());
        let found: Diff = serde_json::from_value(value).expect("a diff");
        let want: Vec<String> = text(&path).lines().map(str::to_string).collect();
        assert_eq!(brief(&found), want, "{}", new.display());
        let stale = found.changes.iter().flat_map(|c| &c.references).filter(|r| r.stale).count();
        assert_eq!(stale, 0, "{}: references follow", new.display());
    }
}

#[test]
fn one_changed_word_is_marked() {
    let found = compared(&fixture("old.txt"), &fixture("reword-role.txt"));
    let marked: Vec<_> = found.changes[0].segments.iter().filter(|s| s.op != Op::Same).collect();
    assert_eq!(marked.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(), ["謝礼", "報酬"]);
}

#[test]
fn exit_codes() {
    let lost = "role-lost,initiative-lost";
    for (new, args, want) in [
        ("old.txt", &["--exit-code", "--fail-on", "note"][..], 0),
        ("rewrap-lines.txt", &["--exit-code"], 0),
        ("reword-role.txt", &["--exit-code"], 1),
        ("reword-role.txt", &["--fail-on", "note"], 0),
        ("delete-role.txt", &[], 1),
        ("delete-role.txt", &["--fail-on", "never"], 0),
        ("delete-role.txt", &["--fail-on", "never", "--exit-code"], 1),
        ("delete-role.txt", &["--fail-on", lost], 1),
        ("delete-role.txt", &["--fail-on", "reference-stale"], 0),
        ("delete-role.txt", &["--fail-on", "sometimes"], 2),
        ("no-such-file.txt", &[], 2),
    ] {
        assert_eq!(run(args, [&fixture("old.txt"), &fixture(new)]).0, want, "{new} {args:?}");
    }
}

#[test]
fn every_format_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    for (format, begins) in [
        ("text", "1 removed"),
        ("json", "{"),
        ("markdown", "**"),
        ("html", "<!DOCTYPE html>"),
        ("github", "::error file="),
        ("docx", "PK"),
        ("xlsx", "PK"),
    ] {
        let out = folder.path().join(format);
        let place = out.to_string_lossy();
        let args = ["--format", format, "-o", &place, "--fail-on", "never"];
        assert_eq!(run(&args, [&fixture("old.txt"), &fixture("delete-role.txt")]).0, 0, "{format}");
        let bytes = std::fs::read(&out).expect("written");
        assert!(
            bytes.starts_with(begins.as_bytes()),
            "{format}: {}",
            String::from_utf8_lossy(&bytes[..40.min(bytes.len())])
        );
    }
    let sides = |args: &[&str]| {
        let page = run(args, [&fixture("old.txt"), &fixture("reword-role.txt")]).1;
        (page.find("<th scope=\"col\">改正後"), page.find("<th scope=\"col\">改正前"))
    };
    let (new, old) = sides(&["--format", "html"]);
    assert!(new.is_some() && new < old);
    let (new, old) = sides(&["--format", "html", "--new-on", "right"]);
    assert!(old.is_some() && old < new);
}

#[test]
fn findings_have_their_place_in_the_new_file() {
    let (_, out) = run(&["--format", "github"], [&fixture("old.txt"), &fixture("delete-role.txt")]);
    let lost = out.lines().find(|line| line.contains("title=role-lost")).expect("an annotation");
    let at = text(&fixture("delete-role.txt")).lines().position(|l| l.starts_with("乗合タクシー")).expect("a line") + 1;
    assert!(lost.contains(&format!("line={at},")), "{lost}");
}

#[test]
fn findings_that_were_known_do_not_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    let old = text(&fixture("insert-article.txt")).replace(
        "（変更）\n\n第7条 この協定を変えようとするときは、第6条の会議を経た上で、それぞれの議会の議決を求める。",
        "（変更）\n\n第7条",
    );
    let known = write("known.txt", &old);
    let same = write("same.txt", &old.replace("報酬", "謝礼").replace("春と秋", "夏と冬"));
    let fine = fixture("insert-article.txt");
    assert_eq!(run(&["--fail-on", "article-empty"], [&known, &same]).0, 0, "it was there before");
    assert_eq!(run(&["--fail-on", "article-empty"], [&fine, &known]).0, 1, "it is new");
    assert_eq!(run(&["--fail-on", "article-empty", "--no-check"], [&fine, &known]).0, 0);
}

#[test]
fn schemas_are_printed() {
    let schemas = [
        ("diff", "kouotsu-diff-1"),
        ("parse", "kouotsu-1"),
        ("check", "kouotsu-check-1"),
        ("amend", "kouotsu-amend-1"),
    ];
    for (of, file) in schemas {
        let out = program().args(["schema", of]).output().expect("the program runs");
        let want = text(&root().join(format!("docs/{file}.schema.json")));
        assert_eq!(String::from_utf8_lossy(&out.stdout), want, "{of}");
    }
}

#[test]
fn histories_and_neighbours() {
    let folder = tempfile::tempdir().expect("a folder");
    let later = text(&fixture("rename-initiative.txt")).replace("令和6年", "令和7年");
    let (old, new) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
    std::fs::copy(fixture("old.txt"), &old).expect("a file");
    std::fs::write(&new, later).expect("a file");
    let out = program().arg("history").args([&new, &old]).output().expect("the program runs");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(text.starts_with("[1] 2024-05-09"), "{text}");
    assert!(text.contains("看護師の育成\n  2024-05-09  appeared"), "{text}");
    assert!(text.contains("2025-05-09  renamed"), "{text}");
    let neighbours = root().join("docs/example-repo/agreements");
    for (format, begins) in [("csv", "Area,Field,Initiative"), ("html", "<!DOCTYPE html>"), ("xlsx", "PK")] {
        let out = program().arg("compare").arg(&neighbours).args(["--format", format]).output().expect("it runs");
        assert!(out.stdout.starts_with(begins.as_bytes()), "{format}");
    }
    let out = program().arg("compare").arg(&neighbours).output().expect("it runs");
    let csv = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(csv.lines().next().is_some_and(|l| l.contains("白波市") && l.contains("若草町")), "{csv}");
    assert!(csv.contains("看護師の養成,differs") && csv.contains("見守り,same,same"), "{csv}");
}

fn read(text: &str) -> Agreement {
    let parsed = kouotsu::parse(text);
    parsed.readings.first().map(|r| agreement(r, text, &Origin::default())).unwrap_or_default()
}

/// The initiatives of a text in the reference shape, as ranges of lines.
fn groups(lines: &[String]) -> Vec<std::ops::Range<usize>> {
    let starts: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|l| !l.starts_with('\t') && l.contains("\t取組内容\t")))
        .collect();
    let end = |start: usize| (start + 1..lines.len()).find(|at| !lines[*at].starts_with('\t')).unwrap_or(lines.len());
    starts.into_iter().map(|start| start..end(start)).collect()
}

/// The edits of `fixtures/diff`, on the agreement of the corpus.
#[test]
fn known_edits_of_the_real_agreement_are_reported_exactly() {
    let Some(folder) = corpus() else { return };
    let old = text(&folder.join("iwamizawa-bibai.txt"));
    let mut lines: Vec<String> = old.lines().map(str::to_string).collect();
    let groups = groups(&lines);
    let role = |lines: &[String], group: &std::ops::Range<usize>| {
        group.clone().find(|at| lines[*at].starts_with("\t乙の役割\t")).expect("a role")
    };
    let reworded = groups[8..].iter().map(|g| role(&lines, g)).find(|at| lines[*at].contains("実施")).expect("a word");
    lines[reworded] = lines[reworded].replacen("実施", "競技", 1);
    let renamed = groups[3].start;
    lines[renamed] = lines[renamed].replacen("\t取組内容", "の後押し\t取組内容", 1);
    let deleted = role(&lines, &groups[5]);
    lines[deleted].clear();
    let (first, second) = (groups[0].clone(), groups[1].clone());
    assert_eq!(first.end, second.start, "neighbours");
    lines[first.start..second.end].rotate_left(first.len());
    for (line, was, is) in [("第7条 ", "第7条", "第8条"), ("第6条 ", "第6条", "第7条"), ("第5条 ", "第5条", "第6条")]
    {
        let at = lines.iter().position(|l| l.starts_with(line)).expect("an article");
        lines[at] = lines[at].replacen(was, is, 1);
    }
    let wrapped = lines.iter().position(|l| l.starts_with("第2条 ")).expect("an article");
    let middle = lines[wrapped].char_indices().nth(30).map_or(0, |(at, _)| at);
    lines[wrapped].insert(middle, '\n');
    let caption = lines.iter().position(|l| l.starts_with("第6条 ")).expect("an article") - 2;
    lines.insert(caption, "（災害のとき）\n\n第5条 甲と乙は、災害が起きたときは、水と毛布を融通し合う。\n".into());
    let wide = |c: char| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c };
    let new: String =
        lines.iter().enumerate().filter(|(at, _)| *at != deleted + 1).map(|(_, l)| l.clone() + "\n").collect();
    let new: String = new.chars().map(wide).collect();
    let found = kouotsu::diff::diff(&read(&old), &read(&new));
    let sum = found.summary;
    assert_eq!(
        (sum.added, sum.removed, sum.renumbered, sum.moved, sum.renamed, sum.edited),
        (1, 1, 3, 1, 1, 1),
        "{:#?}",
        brief(&found)
    );
    assert!(found.changes.iter().flat_map(|c| &c.references).all(|r| !r.stale), "references follow");
}
