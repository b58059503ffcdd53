//! Agreements drawn at random, laid out in every style, damaged in every way. `KOUOTSU_CASES` sets how many.

mod common;

use common::damage::{Damage, damaged};
use common::generate::draft;
use common::layout::{STYLES, Style, style, write};
use common::score::{Score, norm, score};
use common::setting::{SETTINGS, UNKNOWN_LABELS};
use common::{cases, read};
use kouotsu::schema::Agreement;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Nothing that the text says is lost by these.
const HARMLESS: &[Damage] =
    &[Damage::Cover, Damage::Chrome, Damage::WideDigits, Damage::Radicals, Damage::Ideographic, Damage::Crlf];

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        select(HARMLESS),
        select(SETTINGS).prop_map(Damage::Set),
        Just(Damage::Set(UNKNOWN_LABELS)),
        Just(Damage::DigitBlanks),
        (2..8u64, any::<u64>()).prop_map(|(one_in, seed)| Damage::OcrBlanks(one_in, seed)),
        (12..60usize).prop_map(Damage::Wrap),
        (8..50usize).prop_map(Damage::Pages),
    ]
}

fn against(agreement: &Agreement, text: &str) -> Score {
    score(&serde_json::to_value(agreement).expect("the contract is plain data"), &read(text))
}

/// Content and roles by name: what every style can say.
fn initiatives(node: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match node {
        Value::Array(nodes) => found.extend(nodes.iter().flat_map(initiatives)),
        Value::Object(keys) => {
            let rows = node["initiatives"].as_array().into_iter().flatten();
            found.extend(rows.map(|row| norm(&format!("{} {} {}", row["name"], row["content"], row["roles"]))));
            found.extend(keys.values().flat_map(initiatives));
        }
        _ => {}
    }
    found
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_clean_text_gives_every_fact(draft in draft()) {
        let mut complaints = String::new();
        for &style in STYLES {
            let agreement = draft.agreement(style);
            let score = against(&agreement, &write(&agreement, style));
            if !(score.missing.is_empty() && score.wrong.is_empty()) {
                complaints += &format!("{style:?}\n{}\n", score.show(6));
            }
        }
        prop_assert!(complaints.is_empty(), "{complaints}");
    }

    #[test]
    fn harmless_damage_costs_nothing(draft in draft(), style in style(), damage in select(HARMLESS)) {
        let agreement = draft.agreement(style);
        let text = damaged(&write(&agreement, style), &agreement, &[damage]);
        let score = against(&agreement, &text);
        prop_assert!(score.missing.is_empty() && score.wrong.is_empty(), "{style:?} {damage:?}\n{}\n{text}", score.show(6));
    }

    #[test]
    fn settings_cost_nothing(draft in draft(), style in style(), setting in select(SETTINGS)) {
        let agreement = draft.agreement(style);
        let text = damaged(&write(&agreement, style), &agreement, &[Damage::Set(setting)]);
        let score = against(&agreement, &text);
        prop_assert!(score.missing.is_empty() && score.wrong.is_empty(), "{style:?} {setting:?}\n{}\n{text}", score.show(6));
    }

    #[test]
    fn damage_is_never_wrong_in_silence(draft in draft(), style in style(), damages in vec(damage(), 1..=3)) {
        let agreement = draft.agreement(style);
        let text = damaged(&write(&agreement, style), &agreement, &damages);
        let score = against(&agreement, &text);
        prop_assert_eq!(score.silent(), 0, "{:?} {:?}\n{}\n{}", style, damages, score.show(6), text);
    }

    #[test]
    fn two_layouts_give_one_model(draft in draft(), one in style(), other in style()) {
        let model = |style: Style| initiatives(&read(&write(&draft.agreement(style), style)));
        prop_assert_eq!(model(one), model(other), "{:?} {:?}", one, other);
    }
}

const BEGIN: &str = "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n\n";
const TABLE: &str = "第1条 取組は、別表のとおりとする。\n\n別表第1（第1条関係）\n\n暮らしの強化\n\n";
const ROW: &str = "夜間診療            取組内容    当番を続ける。\n                    甲の役割    医師を出す。\n                    \
                   乙の役割    費用を出す。\n";

/// What draws have shown, each as the smallest text that shows it: a place in the JSON, and what stands there.
#[test]
fn what_draws_have_shown() {
    let field = "/tables/0/fields/0/title";
    let name = "/tables/0/fields/0/initiatives/0/name";
    let content = "/tables/0/fields/0/initiatives/0/content";
    let table = |rows: &str| format!("協定書\n\n{BEGIN}{TABLE}1 医療\n\n{rows}");
    let signed =
        |lines: &str| format!("協定書\n\n{BEGIN}第1条 取組を行う。\n\n本書2通を作り、各1通を持つ。\n\n{lines}");
    let role = "/tables/0/fields/0/initiatives/0/roles/乙";
    let counted = "乙の役割：その運営に当たる。\n2 台の車両を年 2 回以上\n見直す。\n2 交通\n町のバス\n取組内容：バスを走らせる。\n";
    let cases = [
        // a number of things begins a line within a cell, and is no heading
        (table(&format!("夜間の診療\n取組内容：診る。\n甲の役割：医師を送る。\n{counted}")), role, "その運営に当たる。2台の車両を年2回以上見直す。"),
        // a heading goes on in two lines, apart from the row below it
        (
            format!("協定書\n\n{BEGIN}{TABLE}1 電子の窓口と手続の\n案内及び受付の\n整備\n\n{ROW}"),
            field,
            "電子の窓口と手続の案内及び受付の整備",
        ),
        // the same where two conversions left CR CR LF
        (
            format!("協定書\n\n{BEGIN}{TABLE}1 電子の窓口の\n整備\n\n取組\t取組内容\t甲の役割\t乙の役割\n巡回\t回る。\t出す。\t出す。\n")
                .replace('\n', "\r\r\n"),
            field,
            "電子の窓口の整備",
        ),
        // a figure of full width, and a blank behind it
        (
            table("夜間診療            取組内容    当番は、必ず\n                                ２ 人以上で務める。\n                    甲の役割    医師を出す。\n"),
            name,
            "夜間診療",
        ),
        // 連携取組内容 is a label too, but not over a run of blanks
        (table(&ROW.replace("夜間診療  ", "夜間の 連携")), name, "夜間の連携"),
        // an end mark that begins a line, and words before it that could be a name
        (
            table("(1) 夜間診療\n【取組内容】\n当番を年2回以上見直す\n。受付の窓口を町民へ向けて開き、これを続ける。\n【甲の役割】\n医師を出す。\n"),
            content,
            "当番を年2回以上見直す。受付の窓口を町民へ向けて開き、これを続ける。",
        ),
        // a number of things behind a wrap
        (
            format!("協定書\n\n{BEGIN}第1条 進み具合を確かめるため、会議を毎年\n1 回以上開く。\n"),
            "/articles/0/paragraphs/0/text",
            "進み具合を確かめるため、会議を毎年1回以上開く。",
        ),
        // a title in three pieces
        (
            format!("青葉市と若草町との広域\n都市圏の形成に関する連\n携協約書\n\n{BEGIN}第1条 取組を行う。\n"),
            "/title",
            "青葉市と若草町との広域都市圏の形成に関する連携協約書",
        ),
        (signed("令 和 7年4月1日\n\n甲　青葉市本町\n\n青葉市長　山川 一郎\n"), "/date/iso", "2025-04-01"),
        (signed("乙　若草町本町\n\n若草町 長　海野 みなと\n"), "/parties/1/representative/name", "海野 みなと"),
        // a seal that a wrap cut from the name
        (signed("乙　若草町本町\n\n若草町長　　力 石 大　\n印\n"), "/parties/1/representative/name", "力石大"),
        // a line wider than the column of the names is the rest of a heading
        (
            table("夜間診療\n").replace("1 医療\n\n夜間診療\n", "1 相談の窓口と手続の案内の\n受付を一つにまとめる仕組み\n夜間診療            取組内容    診る。\n                    甲の役割    医師を出す。\n                    乙の役割    費用を出す。\n"),
            field,
            "相談の窓口と手続の案内の受付を一つにまとめる仕組み",
        ),
        (
            signed("甲　青葉市本町\n\n青葉市長　小笠原 真理\n子\n\n乙　若草町本町\n\n若草町長　海野 みなと\n"),
            "/parties/0/representative/name",
            "小笠原 真理子",
        ),
        // イ of a word, in a text full of blanks
        (
            format!(
                "協定書\n\n{}",
                "青葉市（ 以下「 甲」という 。）と若 草町（以 下「乙」と いう。） は、次のと おり協 定を締 結する。\n\n\
                 第1条 取組は、 別表のと おりと する。\n\n別表 第1（第1 条関係 ）\n\n暮 らしの 強化\n\n\
                 1 情 報の窓 口とＩ ＣＴ\nイ ンフラの整 備\n\n巡 回\t取組 内容\t回 る。\n\t甲の役 割\t出 す。\n"
            ),
            field,
            "情報の窓口とＩＣＴインフラの整備",
        ),
        // 項 2 behind a line that the wrap made full, in a text full of blanks
        (
            "第 1条 当事 者 は、議会の議決 を 経 て、他の当事者 へ書 面により廃止の申出を することが できる。\n\
             2 こ の協定は、前項の 申出の日から2 年を経た日に効力を失 う。た だし、 す べて の当事者が別の日に\n\
             合意 し たときは、その日とする。\n\
             この 協定の成 立を証するため、本書2通を作 り、甲及び乙が 記名押印の上、各1通を保有する。\n"
                .to_owned(),
            "/articles/0/paragraphs/1/text",
            "この協定は、前項の申出の日から2年を経た日に効力を失う。ただし、すべての当事者が別の日に合意したときは、その日とする。",
        ),
        // 後文 that a narrow column and a page end cut
        (
            "第1条 取組を行う。\n\nこの連携協約の成立を証するた\n\n- 4 -\n\u{c}\nめ、本書2通を作り、甲及び乙が\n記名押印の上、各1通を保有する。\n"
                .to_owned(),
            "/articles/0/paragraphs/0/text",
            "取組を行う。",
        ),
        // a caption below a line that the wrap made full
        (
            "第1条 この取決めは、住民の暮らし\nを支える働きを持ち寄り、安心して\n住み続けられる地域をつくることを\n目的とする。\n\
             第2条 取組の分野は、次のとおりと\nする。\n(1) 結びつきやネットワークの\n強化に係る政策分野（別表第2）\n\
             （連絡会議）\n第3条 この協定の進み具合を確かめ\nるため、会議を開く。\n"
                .to_owned(),
            "/articles/2/caption",
            "連絡会議",
        ),
        // a level opens below a heading that the wrap made full
        (
            "第1条 この取決めは、住民の暮らしを支\nえる働きを持ち寄り、安心して住み続け\nられる地域をつくることを目的とする。\n\
             第2条 取組の分野は、次のとおりとし、\nその内容及び役割は、次の各号に定める\nところによる。\n\
             (1) 生活機能の強化に係る政策分野\nア　医療\n(ア)　夜間の小児診療\n\
             a　取組の内容\n輪番の医師を確保する。\nb　甲の役割\n医師を出す。\n"
                .to_owned(),
            "/articles/1/paragraphs/0/items/0/text",
            "生活機能の強化に係る政策分野",
        ),
    ];
    for (text, place, want) in &cases {
        let got = read(text);
        assert_eq!(got.pointer(place).and_then(Value::as_str), Some(*want), "{text}\n{got:#}");
    }
}

/// Behind a page end the words may belong to the heading before it or to the row below: that is said.
#[test]
fn a_heading_before_a_page_end_is_not_guessed() {
    let text = format!("協定書\n\n{BEGIN}{TABLE}1 電子の窓口の\n\n- 2 -\n\u{c}整備\n\n{ROW}");
    let got = read(&text);
    let warned = got["diagnostics"].as_array().into_iter().flatten().any(|d| d["severity"] == "warning");
    assert!(warned, "{got:#}");
}
