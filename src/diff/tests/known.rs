//! Edits that are known one by one.

use super::model::{Chapter, Model, Piece, Provision, sample, words};
use super::*;
use crate::diagnostics::Severity;

fn chapter(uid: u32, caption: &str, text: &str) -> Chapter {
    let paragraphs = vec![Provision { uid: 0, text: words(text), items: vec![] }];
    Chapter { uid, caption: caption.into(), paragraphs }
}

fn rescue() -> Chapter {
    chapter(99, "災害のとき", "甲と乙は、災害が起きたときは、水と毛布を融通し合う。")
}

/// What no reader sees: wraps, widths, blanks, brackets.
pub(super) fn damage(agreement: &mut Agreement) {
    let wide = |c: char| match c {
        '0'..='9' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        '（' => '(',
        '）' => ')',
        c => c,
    };
    let spoil = |text: &mut String| {
        *text = text.chars().map(wide).collect::<String>().replace('、', "、\n").replace("する", "す る")
    };
    for article in &mut agreement.articles {
        spoil(&mut article.label);
        article.paragraphs.iter_mut().for_each(|p| spoil(&mut p.text));
    }
    for initiative in agreement.tables.iter_mut().flat_map(|t| &mut t.fields).flat_map(|f| &mut f.initiatives) {
        initiative.content.iter_mut().for_each(spoil);
        initiative.roles.values_mut().for_each(spoil);
    }
    agreement.preamble.iter_mut().for_each(spoil);
    agreement.references.iter_mut().for_each(|r| spoil(&mut r.text));
}

/// Two versions between which five things changed, and two that are none.
pub(super) fn example() -> (Agreement, Agreement) {
    let old = sample();
    let mut new = old.clone();
    new.articles.insert(4, rescue());
    new.tables[0].1[1].works.swap(0, 1);
    new.tables[0].1[0].works[1].name = "看護師の養成".into();
    new.tables[0].1[0].works[0].roles[1].1 = words("当番の医師に報酬を払う。");
    new.tables[1].1[0].works[0].roles.pop();
    let (old, mut new) = (old.agreement(), new.agreement());
    damage(&mut new);
    (old, new)
}

#[test]
fn five_edits_and_two_that_are_none() {
    let (old, new) = example();
    let found = compare(&old, &new);
    let want = [
        "reference 第4条第1項",
        "added 第5条",
        "renumbered 第6条",
        "renumbered 第7条",
        "renumbered 第8条",
        "edited 別表1/1/夜間の当番医/乙の役割",
        "renamed 別表1/1/看護師の養成",
        "reference 別表1/1/看護師の養成/乙の役割",
        "moved 別表1/2/子どもの居場所",
        "removed 別表2/1/乗合タクシー/乙の役割",
    ];
    let (mut got, mut want) = (brief(&found), want.map(String::from).to_vec());
    let either = |line: &mut String| *line = line.replace("moved 別表1/2/見守り", "moved 別表1/2/子どもの居場所");
    got.iter_mut().for_each(either);
    got.sort();
    want.sort();
    assert_eq!(got, want, "\n{}", show(&found));
    let edited = found.changes.iter().find(|c| c.kind == ChangeKind::Edited).expect("one edit");
    let marked: Vec<_> = edited.segments.iter().filter(|s| s.op != Op::Same).map(|s| s.text.as_str()).collect();
    assert_eq!(marked, ["謝礼", "報酬"]);
    let findings = judge(&found);
    let rules: Vec<_> = findings.iter().map(|f| (f.rule, f.severity)).collect();
    assert_eq!(rules, [(ROLE_LOST, Severity::Error)]);
}

#[test]
fn damage_is_no_change() {
    let old = sample().agreement();
    let mut new = old.clone();
    damage(&mut new);
    assert_eq!(brief(&compare(&old, &new)), Vec::<String>::new());
}

#[test]
fn forgotten_references_are_found() {
    let old = sample();
    let mut new = old.clone();
    new.articles.insert(4, rescue());
    new.articles[3].paragraphs[0].text[1] = Piece::Forgotten(6, "第6条".into());
    let found = compare(&old.agreement(), &new.agreement());
    let stale = found.changes.iter().find(|c| c.path == "第4条第1項").expect("a change");
    assert_eq!((stale.kind, stale.severity), (ChangeKind::Reference, Severity::Warning));
    let reference = &stale.references[0];
    assert_eq!(reference.right.as_deref(), Some("第7条"));
    assert_eq!(
        (reference.meant.clone(), reference.means.clone()),
        (vec!["第6条".to_string()], vec!["第6条".to_string()])
    );
    assert_eq!(judge(&found)[0].rule, REFERENCE_STALE);
}

#[test]
fn a_target_that_is_gone_is_an_error() {
    let old = sample();
    let mut new = old.clone();
    new.articles.remove(5);
    new.articles[3].paragraphs[0].text[1] = Piece::Forgotten(6, "第6条".into());
    new.tables[0].1[0].works[1].roles[1].1 = words("町立の診療所で実習を受け入れる。期間は、話し合って決める。");
    let found = compare(&old.agreement(), &new.agreement());
    let stale = found.changes.iter().find(|c| c.kind == ChangeKind::Reference).expect("a change");
    assert_eq!((stale.severity, stale.references[0].right.clone()), (Severity::Error, None));
    let edited: Vec<_> =
        found.changes.iter().filter(|c| c.kind == ChangeKind::Edited).map(|c| c.path.as_str()).collect();
    assert_eq!(edited, ["別表1/1/看護師の養成/乙の役割".replace("養成", "育成")]);
}

/// Name, edit, and what should be found.
type Case = (&'static str, fn(&mut Model), &'static [&'static str]);

#[test]
fn single_changes() {
    let cases: [Case; 8] = [
        ("nothing", |_| {}, &[]),
        (
            "an initiative goes to another field",
            |m| {
                let work = m.tables[0].1[0].works.remove(0);
                m.tables[1].1[0].works.push(work);
            },
            &["moved 別表2/1/夜間の当番医"],
        ),
        (
            "a field in the middle",
            |m| {
                let works = vec![super::model::Work {
                    uid: 50,
                    name: "林道".into(),
                    content: words("林道の草を刈る。"),
                    roles: vec![],
                }];
                m.tables[0].1.insert(1, super::model::Domain { title: "林業".into(), works });
            },
            &["added 別表1/2", "renumbered 別表1/3"],
        ),
        ("a caption", |m| m.articles[1].caption = "心構え".into(), &["renamed 第2条"]),
        (
            "a paragraph",
            |m| {
                m.articles[2]
                    .paragraphs
                    .insert(1, Provision { uid: 0, text: words("分野ごとに係を置く。"), items: vec![] });
            },
            &["added 第3条第2項", "renumbered 第3条第3項"],
        ),
        (
            "the only paragraph is another",
            |m| m.articles[6].paragraphs[0].text = words("争いは、裁判所で決着をつける。"),
            &["edited 第7条第1項"],
        ),
        (
            "an initiative is lost",
            |m| {
                m.tables[0].1[1].works.remove(0);
            },
            &["removed 別表1/2/見守り"],
        ),
        (
            "a table is lost",
            |m| {
                m.tables.remove(0);
            },
            &["removed 別表1", "renumbered 別表1"],
        ),
    ];
    for (name, edit, want) in cases {
        let old = sample();
        let mut new = old.clone();
        edit(&mut new);
        let found = compare(&old.agreement(), &new.agreement());
        assert_eq!(brief(&found), want, "{name}\n{}", show(&found));
        let back = compare(&new.agreement(), &old.agreement());
        assert_eq!(back.changes.is_empty(), want.is_empty(), "{name}, backwards");
    }
}

#[test]
fn lost_initiatives_of_a_lost_table_are_named() {
    let old = sample();
    let mut new = old.clone();
    new.tables.remove(0);
    let findings = judge(&compare(&old.agreement(), &new.agreement()));
    assert_eq!(findings.iter().filter(|f| f.rule == INITIATIVE_LOST).count(), 4);
}

#[test]
fn empty_agreements() {
    let (none, some) = (Agreement::default(), sample().agreement());
    compare(&none, &none);
    compare(&none, &some);
    compare(&some, &none);
}

#[test]
fn changes_that_do_not_fit_are_refused() {
    let (old, new) = example();
    let found = diff(&old, &new);
    assert!(apply(&found, &Agreement::default()).is_err());
    let mut other = old.clone();
    other.tables[0].fields[0].initiatives[0].roles.insert("乙".into(), "別の言葉である。".into());
    assert_eq!(apply(&found, &other), Err(ApplyError::OtherWords("別表1/1/夜間の当番医/乙の役割".into())));
    let mut twice = found.clone();
    let moved = twice.changes.iter().find(|c| c.kind == ChangeKind::Moved).expect("a move").clone();
    twice.changes.push(moved);
    assert!(apply(&twice, &old).is_err());
}
