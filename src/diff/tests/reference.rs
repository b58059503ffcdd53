//! References that a drafter forgot, in the ways that agreements write them.

use super::model::{Chapter, Provision, sample, words};
use super::*;
use crate::schema::Reference;

/// Puts `text` into 第6条 as its only reference, which means `to`.
fn with(agreement: &mut Agreement, caption: &str, text: &str, to: &[&str]) {
    let article = agreement.articles.iter_mut().find(|a| a.caption.as_deref() == Some(caption)).expect("an article");
    article.paragraphs[0].text = format!("{text}のとおり、春と秋に会議を開く。");
    let from = format!("第{}条第1項", article.number);
    let to = to.iter().map(|t| t.to_string()).collect();
    agreement.references.push(Reference { from, text: text.into(), to, ..Reference::default() });
}

fn inserted(at: usize) -> Agreement {
    let mut model = sample();
    let text = words("甲と乙は、災害が起きたときは、水と毛布を融通し合う。");
    let paragraphs = vec![Provision { uid: 0, text, items: vec![] }];
    model.articles.insert(at, Chapter { uid: 99, caption: "災害のとき".into(), paragraphs });
    model.agreement()
}

#[test]
fn the_right_words_are_written_as_the_wrong_ones() {
    // Words, meaning before, meaning after an article was put before article 5, what would be right.
    let cases: [(&str, &[&str], &[&str], &str); 8] = [
        ("第5条", &["第5条"], &["第5条"], "第6条"),
        ("第５条", &["第5条"], &["第5条"], "第６条"),
        ("第五条", &["第5条"], &["第5条"], "第六条"),
        ("第5条第1項", &["第5条第1項"], &["第5条第1項"], "第6条第1項"),
        ("第４条から第６条まで", &["第4条", "第5条", "第6条"], &["第4条", "第5条", "第6条"], "第４条から第７条まで"),
        ("第3条及び第5条", &["第3条", "第5条"], &["第3条", "第5条"], "第3条及び第6条"),
        ("同条", &["第5条"], &["第4条"], "第6条"),
        ("次条", &["第7条"], &["第6条"], "第8条"),
    ];
    for (text, meant, means, right) in cases {
        let (mut old, mut new) = (sample().agreement(), inserted(4));
        with(&mut old, "会議", text, meant);
        with(&mut new, "会議", text, means);
        let found = compare(&old, &new);
        let change = found.changes.iter().find(|c| c.path == "第7条第1項").unwrap_or_else(|| panic!("{text}: none"));
        let reference = &change.references[0];
        assert_eq!((change.kind, reference.stale), (ChangeKind::Reference, true), "{text}");
        assert_eq!(reference.right.as_deref(), Some(right), "{text}");
    }
}

#[test]
fn what_still_means_the_same_is_no_change() {
    // A range takes in what was put between its ends; a relative reference moves with its article.
    let cases: [(&str, &[&str], &str, &[&str]); 2] = [
        (
            "第3条から第5条まで",
            &["第3条", "第4条", "第5条"],
            "第3条から第6条まで",
            &["第3条", "第4条", "第5条", "第6条"],
        ),
        ("前条", &["第5条"], "前条", &["第6条"]),
    ];
    for (before, meant, after, means) in cases {
        let (mut old, mut new) = (sample().agreement(), inserted(4));
        with(&mut old, "会議", before, meant);
        with(&mut new, "会議", after, means);
        let found = compare(&old, &new);
        let changes: Vec<_> = found.changes.iter().filter(|c| c.path == "第7条第1項").collect();
        assert!(changes.iter().all(|c| c.kind == ChangeKind::Reference && c.references.iter().all(|r| !r.stale)));
        assert_eq!(changes.is_empty(), before == after, "{before}");
    }
}

#[test]
fn another_target_is_an_edit() {
    let (mut old, mut new) = (sample().agreement(), inserted(4));
    with(&mut old, "会議", "第1条", &["第1条"]);
    with(&mut new, "会議", "第2条", &["第2条"]);
    let found = compare(&old, &new);
    let change = found.changes.iter().find(|c| c.path == "第7条第1項").expect("a change");
    assert_eq!(change.kind, ChangeKind::Edited);
}

#[test]
fn pointers_of_tables_follow() {
    let (mut old, mut new, mut forgotten) = (sample().agreement(), inserted(0), inserted(0));
    old.tables[0].reference = Some("第３条関係".into());
    new.tables[0].reference = Some("第４条関係".into());
    forgotten.tables[0].reference = Some("第３条関係".into());
    for (new, stale) in [(new, false), (forgotten, true)] {
        let found = compare(&old, &new);
        let change = found.changes.iter().find(|c| c.path == "別表1/関係条項").expect("a change");
        assert_eq!((change.kind, change.references[0].stale), (ChangeKind::Reference, stale));
        assert_eq!(change.references[0].right.as_deref(), Some("第４条"));
    }
}
