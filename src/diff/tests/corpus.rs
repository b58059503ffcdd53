//! Agreements of the corpus, where it exists.

use super::*;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::time::Instant;

/// Keys that a node of the contract has and the truth files leave out.
fn complete(value: &mut Value, key: &str) {
    let defaults = match key {
        "" => {
            json!({"schema": "kouotsu/1", "kind": "other", "title": "", "parties": [], "preamble": null, "articles": [],
            "closing": null, "date": null, "tables": [], "supplementary": [], "references": [], "unparsed": [], "diagnostics": [],
            "source": {"name": "", "format": "", "encoding": "", "bytes": 0, "sha256": "", "repairs": []},
            "coverage": {"bytes": 0, "accounted": 0, "initiatives": 0, "complete": 0}})
        }
        "parties" => json!({"names": [], "address": null, "representative": null}),
        "articles" => json!({"label": "", "caption": null, "division": [], "paragraphs": []}),
        "paragraphs" => json!({"items": []}),
        "items" => json!({"label": "", "items": [], "fields": []}),
        "tables" => {
            json!({"number": "", "label": "", "reference": null, "title": "", "fields": [], "rows": [], "remarks": []})
        }
        "fields" => json!({"number": "", "title": "", "initiatives": []}),
        "initiatives" => json!({"content": null, "roles": {}}),
        _ => json!({}),
    };
    match value {
        Value::Object(map) => {
            let defaults: Map<String, Value> = defaults.as_object().cloned().unwrap_or_default();
            for (name, default) in defaults {
                let entry = map.entry(name).or_insert(Value::Null);
                if entry.is_null() {
                    *entry = default;
                }
            }
            map.iter_mut().for_each(|(name, below)| complete(below, name));
        }
        Value::Array(list) => list.iter_mut().for_each(|below| complete(below, key)),
        _ => {}
    }
}

/// The agreements of the corpus; says so when there is none.
pub(crate) fn agreements() -> Vec<Agreement> {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("KOUOTSU_CORPUS").map_or(default, PathBuf::from);
    let Ok(files) = std::fs::read_dir(corpus.join("dev")) else {
        eprintln!("SKIPPED: no corpus at {}", corpus.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = files.flatten().map(|f| f.path()).collect();
    files.sort();
    let truth = files.iter().filter(|f| f.to_string_lossy().ends_with(".truth.json"));
    let read = |file: &PathBuf| {
        let mut value: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("readable")).expect("JSON");
        complete(&mut value, "");
        serde_json::from_value(value).expect("an agreement")
    };
    truth.map(read).collect()
}

#[test]
fn every_pair_plays() {
    let all = agreements();
    for old in &all {
        for new in &all {
            let found = compare(old, new);
            assert_eq!(found.changes.is_empty(), same_content(old, new));
        }
    }
}

/// Edits one role and inserts an article, as amendments do.
pub(crate) fn amended(old: &Agreement) -> Agreement {
    let mut new = old.clone();
    let mut article = new.articles[0].clone();
    article.caption = Some("災害のとき".into());
    article.paragraphs[0].text = "甲と乙は、災害が起きたときは、水と毛布を融通し合う。".into();
    new.articles.insert(4.min(new.articles.len()), article);
    for (i, article) in new.articles.iter_mut().enumerate() {
        article.number = (i + 1).to_string();
    }
    let initiatives = new.tables.iter_mut().flat_map(|t| &mut t.fields).flat_map(|f| &mut f.initiatives);
    for (i, initiative) in initiatives.enumerate() {
        if i % 7 == 3 {
            initiative.content.iter_mut().for_each(|c| *c = c.replace("住民", "町民"));
            initiative.roles.values_mut().take(1).for_each(|r| r.push_str("毎年、結果を知らせる。"));
        }
    }
    new
}

/// `cargo test --release --lib diff::tests::corpus::speed -- --ignored --nocapture`
#[test]
#[ignore = "measures; run it in release"]
fn speed() {
    let time = |name: &str, runs: u32, old: &Agreement, new: &Agreement| {
        let start = Instant::now();
        let mut changes = 0;
        for _ in 0..runs {
            changes = std::hint::black_box(diff(old, new)).changes.len();
        }
        eprintln!("{name}: {:?}, {changes} changes", start.elapsed() / runs);
    };
    for old in agreements() {
        time("same", 200, &old, &old.clone());
        time("amended", 200, &old, &amended(&old));
        for rounds in [50, 100, 200] {
            let large = repeated(&old, rounds);
            time(&format!("{rounds} times, amended"), 1, &large, &amended(&large));
            let mut renamed = amended(&large);
            renamed.tables.reverse();
            for initiative in renamed.tables.iter_mut().flat_map(|t| &mut t.fields).flat_map(|f| &mut f.initiatives) {
                initiative.name.push_str("の推進");
            }
            time(&format!("{rounds} times, all renamed and reversed"), 1, &large, &renamed);
        }
    }
    let one = |seed: usize| {
        let words = ["図書", "を", "水道", "に", "配る", "。", "見守り", "の", "診療所", "と"];
        let mut state = seed;
        let mut text = String::new();
        while text.len() < 2_500_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[(state >> 33) % words.len()]);
        }
        Agreement { preamble: Some(text), ..Agreement::default() }
    };
    time("one text of 2.5 MB, all words drawn anew", 1, &one(1), &one(2));
}

/// The tables of an agreement many times over.
fn repeated(old: &Agreement, rounds: u32) -> Agreement {
    let mut large = old.clone();
    for round in 0..rounds {
        for table in &old.tables {
            let mut table = table.clone();
            table.title = format!("{}（その{round}）", table.title);
            for initiative in table.fields.iter_mut().flat_map(|f| &mut f.initiatives) {
                initiative.name = format!("{}{round}", initiative.name);
            }
            large.tables.push(table);
        }
    }
    large
}
