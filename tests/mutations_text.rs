//! One change to a right agreement raises exactly the rules that it should: references, dates, texts, contents.

mod common;

use kouotsu::rules::find;

/// The rules that `text` raises by default, each once.
fn raised(text: &str) -> Vec<&'static str> {
    let mut ids: Vec<_> = common::findings(text).into_iter().map(|finding| finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The right agreement of a rule's own example.
fn example(rule: &str) -> &'static str {
    find(rule).map_or("", |rule| rule.good)
}

/// What is replaced, by what, and the rules that then speak.
type Mutation = (&'static str, &'static str, &'static [&'static str]);

fn judge(base: &str, mutations: &[Mutation]) {
    assert_eq!(raised(base), Vec::<&str>::new(), "the base is not right");
    let mut wrong = String::new();
    for (from, to, expected) in mutations {
        let mutated = base.replacen(from, to, 1);
        let found = raised(&mutated);
        if mutated == base || found != *expected {
            wrong += &format!("{from} -> {to}: expected {expected:?}, found {found:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const CHANGE: &str =
    "（協定の変更）\n第5条　この協定を変更しようとするときは、あらかじめ、それぞれの議会の議決を経るものとする。\n";
const NEWS: &str = "（広報）\n第5条　甲及び乙は、広報紙に成果を載せる。\n";

#[test]
fn a_settlement_region() {
    judge(
        example("change-missing"),
        &[
            // references
            ("第4条　前条の取組", "第4条　第9条の取組", &["reference-missing"]),
            ("第4条　前条の取組", "第4条　第3条第2項の取組", &["reference-missing"]),
            ("第4条　前条の取組", "第4条　第3条第1項第7号の取組", &["reference-missing"]),
            ("2　この協定は、前項の", "2　この協定は、第6条第2項の", &["reference-self"]),
            ("第1条　本協定は、", "第1条　本協定は、前条のほか、", &["reference-missing"]),
            ("甲又は乙は、議会の", "甲又は乙は、前項により、議会の", &["reference-missing"]),
            ("第4条　前条の取組", "第4条　前3条（会議）の取組", &[]),
            ("第4条　前条の取組", "第4条　第3条（会議）の取組", &["reference-caption"]),
            ("第4条　前条の取組", "第4条　第3条（連携する取組）の取組", &[]),
            ("別表1から別表3まで", "別表1から別表2まで", &["reference-range-short"]),
            ("別表1から別表3まで", "別表1から別表4まで", &["reference-table-missing"]),
            ("別表2 [第3条(2)]", "別表2 [第3条(3)]", &["table-pointer-mismatch"]),
            ("別表2 [第3条(2)]", "別表2 [第3条(9)]", &["reference-missing"]),
            ("政策分野（別表1）", "政策分野（別表2）", &["table-pointer-mismatch"]),
            ("\n生活機能の強化に関する政策分野\n", "\n生活の基盤の強化に関する政策分野\n", &["table-title-mismatch"]),
            ("\n生活機能の強化に関する政策分野\n", "\n生活機能の強化\n", &[]),
            ("\n生活機能の強化に関する政策分野\n", "\n生 活 機 能 の 強 化 に 係 る 政 策 分 野\n", &[]),
            // dates
            ("令和7年3月26日", "令和7年2月30日", &["date-impossible"]),
            ("令和7年3月26日", "令和7年13月1日", &["date-impossible"]),
            ("令和7年3月26日", "平成37年3月26日", &["date-era-over"]),
            ("令和7年3月26日", "令和元年4月30日", &["date-era-not-begun"]),
            ("令和7年3月26日", "令和7年3月　日", &["date-blank"]),
            ("夜間の当番を続ける", "夜間の当番を令和7年4月1日（水）から続ける", &["date-weekday"]),
            ("夜間の当番を続ける", "夜間の当番を令和7年4月1日（火）から続ける", &[]),
            ("夜間の当番を続ける", "夜間の当番を令和7年（2026年）から続ける", &["date-gregorian"]),
            ("中心市宣言を公表", "中心市宣言（令和8年1月5日付け告示第3号）を公表", &["date-order"]),
            // texts
            ("当番表を作る", "当番表（月ごとの表を作る", &["bracket-unbalanced"]),
            ("当番表を作る", "「当番表を作る", &["bracket-unbalanced"]),
            ("会場を貸す。", "会場を貸すとともに鍵を", &["sentence-unfinished"]),
            ("（事務の執行）\n", "", &["caption-missing"]),
            ("当番表を作る", "当番表を\u{FFFD}る", &["extraction-damage"]),
            ("当番表を作る", "当番表（以下「割当て」という。）を作る", &["alias-unused"]),
            ("当番表を作る", "山の原協定所の当番表を作る", &[]),
            ("夜間の当番を続ける", "原協定を踏まえ、又は原協定に代えて続ける", &["alias-undefined"]),
            ("ときは、あらかじめ", "ときは、予め及びあらかじめ", &["spelling-drift"]),
            // contents
            (CHANGE, NEWS, &["change-missing"]),
            ("それぞれの議会の議決を経る", "協議する", &["council-resolution-missing"]),
            ("2年を経過した日", "1年を経過した日", &["notice-period-missing"]),
            ("中心市宣言を公表した甲と", "力のある甲と", &["declaration-missing"]),
            ("取組に要する経費は", "取組に要する人員は", &["cost-missing"]),
        ],
    );
}

#[test]
fn a_core_city() {
    judge(
        example("policy-missing"),
        &[
            ("（基本的な方針）", "（進め方）", &["policy-missing"]),
            ("その役割は", "その内容は", &["role-sharing-missing"]),
            (
                "（連絡会議）\n第5条　両者の長は、毎年度、会議を開く",
                "（相談）\n第5条　両者の長は、相談する",
                &["meeting-missing"],
            ),
            ("第252条の2第1項", "の規定", &["law-not-cited"]),
            ("(2)　高次の都市機能の集積・強化　甲は", "(2)　病院の充実　甲は", &["view-missing"]),
            ("変更し、又は廃止しよう", "変更しよう", &[]),
        ],
    );
}
