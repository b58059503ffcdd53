//! Folders, lists and records, as a user runs them.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::Path;

fn kouotsu(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("kouotsu").expect("the program");
    command.current_dir(folder).args(["--lang", "en"]);
    command
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).expect("a fixture")
}

const ONE: &str = "valid/one-table.txt";
const THREE: &str = "valid/three-parties.txt";

/// A folder with agreements, files that are none, and files that cannot be read.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [
        ("a/2.txt", fixture(ONE)),
        ("a/10.txt", fixture(ONE)),
        ("b.txt", fixture(THREE)),
        ("c/ページ.html", fixture("html/regulations.html")),
        // Word writes the directory of a file behind its words
        ("c/old.doc", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 300_000], utf16("WordDocument")].concat()),
        ("c/damaged.docx", b"PK\x03\x04 word/document.xml".to_vec()),
        ("c/photo", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("c/noise", vec![0, 1, 2, 3, 4, 5]),
        ("c/news.txt", fixture("broken/newsletter.txt")),
        ("c/data.snap.json", "{\"第1条\": 1}".into()),
        ("c/settings.toml", "# 甲\nprofile = \"auto\"\n".into()),
        (".hidden.txt", fixture(ONE)),
        (".gitignore", "ignored.txt\n".into()),
        ("ignored.txt", fixture(ONE)),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(|l| serde_json::from_slice(l).expect("JSON")).collect()
}

fn names(bytes: &[u8]) -> Vec<String> {
    let mut names: Vec<_> =
        lines(bytes).iter().map(|a| a["source"]["name"].as_str().expect("a name").to_string()).collect();
    names.dedup();
    names
}

#[test]
fn a_folder_in_order_and_what_cannot_be_read() {
    let folder = folder();
    for jobs in ["1", "2", "7"] {
        for (given, before) in [(".", ""), ("a/..//", "a/../")] {
            let done = kouotsu(folder.path()).args(["parse", given, "-f", "ndjson", "--jobs", jobs]).output().unwrap();
            let expected = ["a/10.txt", "a/2.txt", "b.txt", "c/ページ.html"].map(|n| format!("{before}{n}"));
            assert_eq!(names(&done.stdout), expected);
            let said = String::from_utf8(done.stderr).unwrap();
            assert_eq!(done.status.code(), Some(2), "{said}");
            assert!(said.contains("c/old.doc: an old Word file") && said.contains("c/damaged.docx: "), "{said}");
            assert!(said.contains("4 files read: ") && said.contains("2 failed"), "{said}");
            assert!(said.contains("5 passed over (images 1, data 1, other texts 2, other files 1)"), "{said}");
        }
    }
}

#[test]
fn every_format_is_what_single_files_give() {
    let folder = folder();
    let run = |args: &[&str]| kouotsu(folder.path()).arg("parse").args(args).output().unwrap().stdout;
    let files = ["a/10.txt", "a/2.txt", "b.txt"];
    let single: Vec<Value> = files.iter().map(|f| serde_json::from_slice(&run(&[f])).unwrap()).collect();
    for args in [&["a", "b.txt", "--pretty"][..], &["a", "b.txt"], &["a/*", "b.txt"], &["{a/**,b.txt}"]] {
        let all = String::from_utf8(run(args)).unwrap();
        let list: Vec<Value> = serde_json::from_str(&all).expect("a list");
        assert_eq!(list, single, "{args:?}");
        if args.contains(&"--pretty") {
            assert_eq!(all, serde_json::to_string_pretty(&list).unwrap() + "\n");
        }
    }
    let csv = String::from_utf8(run(&["a", "b.txt", "-f", "csv", "--bom"])).unwrap();
    assert!(csv.starts_with("\u{feff}file,table,area,field,initiative,content,role of 甲,role of 乙,role of 丙\r\n"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows of one length");
    let counted: u64 = single.iter().map(|a| a["coverage"]["initiatives"].as_u64().unwrap()).sum();
    assert_eq!(rows.len() as u64, counted);
    let text = String::from_utf8(run(&["a", "-f", "text"])).unwrap();
    let ten = String::from_utf8(run(&["a/10.txt", "-f", "text"])).unwrap();
    assert_eq!(text, format!("{ten}\n{ten}"));
}

#[test]
fn patterns_that_meet_nothing_and_empty_folders() {
    let folder = tempfile::tempdir().unwrap();
    for (arg, said) in [("*.txt", "no file matches *.txt"), (".", "there is no agreement to read"), ("x", "x: ")] {
        let done = kouotsu(folder.path()).args(["parse", arg, "-o", "out.json"]).output().unwrap();
        assert_eq!(done.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&done.stderr).contains(said), "{done:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "whole or not at all");
    }
}

#[test]
fn settings_choose_files_of_a_folder() {
    let folder = folder();
    fs::write(folder.path().join("kouotsu.toml"), "include = [\"**/*.txt\"]\nexclude = [\"a/2*\"]\n").unwrap();
    let done = kouotsu(folder.path()).args(["parse", ".", "-f", "ndjson"]).output().unwrap();
    assert_eq!(names(&done.stdout), ["a/10.txt", "b.txt"]);
    let done = kouotsu(folder.path()).args(["parse", "a/2.txt", "a", "-f", "ndjson", "-q"]).output().unwrap();
    assert_eq!((names(&done.stdout), done.stderr), (vec!["a/2.txt".into(), "a/10.txt".into()], vec![]));
}

#[test]
fn lists_of_files() {
    let folder = folder();
    for list in ["b.txt\r\na\nmissing.txt\n", "b.txt\0a\0missing.txt"] {
        let done = kouotsu(folder.path())
            .args(["parse", "--files-from", "-", "-f", "ndjson"])
            .write_stdin(list)
            .output()
            .unwrap();
        assert_eq!(names(&done.stdout), ["b.txt", "a/10.txt", "a/2.txt"]);
        assert_eq!(done.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&done.stderr).contains("missing.txt: "));
    }
    fs::write(folder.path().join("list"), "b.txt\n").unwrap();
    let done = kouotsu(folder.path()).args(["check", "--files-from", "list", "-f", "json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(report["files"][0]["name"], "b.txt");
}

#[test]
fn goes_on_where_it_ended() {
    let folder = folder();
    let out = folder.path().join("all.ndjson");
    let run = || {
        let args = ["parse", ".", "-f", "ndjson", "-o", "all.ndjson", "--resume"];
        let done = kouotsu(folder.path()).args(args).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{done:?}");
        (fs::read(&out).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (whole, _) = run();
    assert_eq!(names(&whole).len(), 4);
    let (again, said) = run();
    assert!(whole == again && said.contains("1 files read") && said.contains("3 in the output already"), "{said}");
    // ended in the middle of a line
    fs::write(&out, &whole[..whole.len() / 2]).unwrap();
    assert!(run().0 == whole);
    // a file that has changed
    fs::write(folder.path().join("a/10.txt"), fixture(THREE)).unwrap();
    let (more, said) = run();
    assert!(more.starts_with(&whole[..1000]) && said.contains("a/10.txt: not what the output holds"), "{said}");
    assert_eq!(names(&more).iter().filter(|n| *n == "a/10.txt").count(), 2);
    // not an output
    fs::write(&out, "{}\n").unwrap();
    let args = ["parse", ".", "-f", "ndjson", "-o", "all.ndjson", "--resume"];
    let done = kouotsu(folder.path()).args(args).output().unwrap();
    assert!(String::from_utf8_lossy(&done.stderr).contains("all.ndjson:1: not a line of kouotsu parse"));
    assert_eq!(fs::read(&out).unwrap(), b"{}\n");
}

#[test]
fn one_report_of_a_folder() {
    let folder = folder();
    let done = kouotsu(folder.path()).args(["check", ".", "-f", "json", "-o", "report.json"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    let report: Value = serde_json::from_slice(&fs::read(folder.path().join("report.json")).unwrap()).unwrap();
    let names: Vec<_> = report["files"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    let expected = ["a/10.txt", "a/2.txt", "b.txt", "c/damaged.docx", "c/old.doc", "c/ページ.html"];
    assert_eq!(names, expected);
    assert_eq!(report["files"][4]["findings"][0]["rule"], "file-unreadable");
}

#[test]
fn records_in_and_records_out() {
    let folder = tempfile::tempdir().unwrap();
    let text = String::from_utf8(fixture(ONE)).unwrap();
    let input = [
        serde_json::json!({"id": 7, "text": text, "more": []}).to_string(),
        "no JSON".into(),
        String::new(),
        serde_json::json!({"id": "空"}).to_string(),
        serde_json::json!({"id": {"a": 1}, "text": "\u{89}PNG"}).to_string(),
        serde_json::json!({"id": "x", "text": "<html><body><p>第1条　甲は、乙と手を結ぶ。"}).to_string(),
    ]
    .join("\n");
    let done = kouotsu(folder.path()).args(["parse", "--records", "--jobs", "2"]).write_stdin(input).output().unwrap();
    let answers = lines(&done.stdout);
    let ids: Vec<_> = answers.iter().map(|a| a["id"].to_string()).collect();
    assert_eq!(ids, ["7", "null", "\"空\"", "{\"a\":1}", "\"x\""]);
    assert_eq!(answers[0]["agreements"][0]["source"]["name"], "7");
    assert!(answers[0]["error"].is_null());
    assert!(answers[1]["error"].as_str().unwrap().starts_with("not a line"));
    assert_eq!(answers[2]["error"], "there is no text");
    assert_eq!(answers[4]["agreements"][0]["source"]["format"], "html");
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("2 of 5 records could not be read"));
}

#[test]
fn a_workbook() {
    let folder = folder();
    let done = kouotsu(folder.path()).args(["parse", ".", "-f", "xlsx", "-o", "all.xlsx"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    let mut book = zip::ZipArchive::new(fs::File::open(folder.path().join("all.xlsx")).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let names = part("xl/workbook.xml");
    assert!(["Initiatives", "Findings", "Files"].iter().all(|n| names.contains(n)), "{names}");
    let initiatives = part("xl/worksheets/sheet1.xml");
    assert!(["role of 丙", "autoFilter ref=\"A1:I", "pane ", "b.txt"].iter().all(|w| initiatives.contains(w)));
    let files = part("xl/worksheets/sheet3.xml");
    assert!(["c/old.doc: an old Word file", "settlement region", "<c r=\"J2\""].iter().all(|w| files.contains(w)));
    assert!(part("xl/styles.xml").contains("wrapText=\"1\""));
    // the workbook itself is not read the second time
    let again = kouotsu(folder.path()).args(["parse", ".", "-f", "xlsx", "-o", "all.xlsx"]).output().unwrap();
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(said.contains("5 passed over"), "{said}");
    let one = kouotsu(folder.path()).args(["parse", "b.txt", "-f", "xlsx"]).output().unwrap();
    assert!(one.stdout.starts_with(b"PK\x03\x04") && one.stderr.is_empty() && one.status.success());
}

/// Needs Java and PySpark; `KOUOTSU_PYTHON` names the Python that has it.
#[test]
fn spark_drives_it() {
    let python = std::env::var("KOUOTSU_PYTHON").unwrap_or_else(|_| "python3".into());
    let has = |command: &str, args: &[&str]| {
        std::process::Command::new(command).args(args).output().is_ok_and(|done| done.status.success())
    };
    if !has("java", &["-version"]) || !has(&python, &["-c", "import pyspark"]) {
        eprintln!("SKIPPED spark_drives_it: java or pyspark is missing (pip install pyspark; KOUOTSU_PYTHON=python)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("1.txt"), fixture(ONE)).unwrap();
    fs::write(texts.join("3.txt"), fixture(THREE)).unwrap();
    let counted: u64 = ["1.txt", "3.txt"]
        .iter()
        .map(|name| {
            let done = kouotsu(&texts).args(["parse", name]).output().unwrap().stdout;
            serde_json::from_slice::<Value>(&done).unwrap()["coverage"]["initiatives"].as_u64().unwrap()
        })
        .sum();
    let done = std::process::Command::new(&python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/spark.py"))
        .args([&texts, &folder.path().join("out")])
        .env("KOUOTSU", env!("CARGO_BIN_EXE_kouotsu"))
        .env("PYSPARK_PYTHON", &python)
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .env("PYTHONUTF8", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        said.contains(&format!("{counted} initiatives of 2 texts")),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[cfg(unix)]
#[test]
fn what_stands_where_the_output_goes_stays_what_it_is() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.txt"), fixture(ONE)).unwrap();
    let write = |input: &str, name: &str| {
        kouotsu(folder.path()).args(["parse", input, "-q", "-f", "ndjson", "-o", name]).assert().success();
    };

    fs::write(at("private"), "old").unwrap();
    fs::set_permissions(at("private"), fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink("private", at("link")).unwrap();
    for input in ["a.txt", "*.txt"] {
        write(input, "link");
        assert!(at("link").symlink_metadata().unwrap().is_symlink(), "{input}: a link was replaced");
        assert_eq!(at("private").metadata().unwrap().permissions().mode() & 0o777, 0o600, "{input}");
        assert_eq!(names(&fs::read(at("private")).unwrap()), ["a.txt"]);
    }

    if !std::process::Command::new("mkfifo").arg(at("pipe")).status().is_ok_and(|done| done.success()) {
        println!("skipped: no mkfifo here");
        return;
    }
    let pipe = at("pipe");
    let reader = std::thread::spawn(move || fs::read(pipe).unwrap());
    write("a.txt", "pipe");
    assert_eq!(names(&reader.join().unwrap()), ["a.txt"]);
    assert!(at("pipe").metadata().unwrap().file_type().is_fifo(), "a pipe was replaced");
}
