//! What holds for every text, however damaged: nothing is lost, nothing is said twice, every leaf is in the source.

mod common;

use common::damage::{Damage, damaged, ocr_blanks};
use common::generate::draft;
use common::layout::{Style, write};
use common::loss::lost;
use common::score::{norm, score};
use common::tiling::{complaint, untiled};
use common::{cases, corpus, files, name, root, text};
use kouotsu::{Options, parse, parse_with};
use proptest::prelude::*;
use proptest::sample::select;
use std::time::{Duration, Instant};

/// Every fixture, with what the generator's damages make of it.
fn fixtures() -> Vec<(String, String)> {
    ["valid", "layouts", "broken"]
        .iter()
        .flat_map(|folder| files(&root().join("fixtures").join(folder), ".txt"))
        .map(|path| (name(&path).to_owned(), text(&path)))
        .collect()
}

#[test]
fn every_fixture_is_tiled() {
    let mut complaints = String::new();
    for (name, text) in fixtures() {
        let variants = [
            text.clone(),
            text.replace('\n', " "),
            text.replace('\n', "\n\n"),
            ocr_blanks(&text, 3, 5),
            text.replace('\t', " "),
        ];
        for (at, variant) in variants.iter().enumerate() {
            complaints += &complaint(variant).map_or(String::new(), |c| format!("{name} ({at}): {c}\n"));
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn the_output_says_all_that_was_read() {
    let real = corpus().into_iter().flat_map(|folder| files(&folder.join("dev"), ".txt"));
    let real = real.map(|path| (name(&path).to_owned(), text(&path)));
    let mut complaints = String::new();
    for (name, text) in fixtures().into_iter().chain(real) {
        complaints += &lost(&text).map_or(String::new(), |words| format!("{name}: {words}\n"));
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn without_repairs_every_fixture_is_tiled() {
    for (name, text) in fixtures() {
        let options = Options { repair: false, ..Options::default() };
        for reading in parse_with(&text, &options).readings {
            assert_eq!(untiled(&text, &reading), None, "{name}");
            assert!(reading.repairs.made.iter().all(|r| r.kind == "line-joined"), "{name}: {:?}", reading.repairs.made);
        }
    }
}

/// Marks, words and blanks that texts are made of, in any order.
const SHREDS: &[&str] = &[
    "第1条",
    "第２条の３",
    "第",
    "条",
    "（目的）",
    "（",
    "）",
    "「",
    "」",
    "別表",
    "別表第1（第3条関係）",
    "附則",
    "(1)",
    "（ア）",
    "ア",
    "イ",
    "a",
    "(a)",
    "i",
    "2",
    "１",
    "①",
    "⑴",
    "甲",
    "乙",
    "甲の役割",
    "取組内容",
    "【乙の役割】",
    "役割分担",
    "青葉市",
    "（以下「甲」という。）",
    "と",
    "は",
    "、",
    "。",
    "\t",
    "|",
    "|---|",
    "\n",
    "\n\n",
    "\r\n",
    "\u{c}",
    " ",
    "　",
    "\u{a0}",
    "- 2 -",
    "令和7年4月1日",
    "青葉市長",
    "山川 一郎",
    "本書2通を作り、",
    "協定書",
    "⼄",
    "⾏",
    "x",
    "力",
    "前項の規定により",
    "この場合において、",
    "備考",
    "以下",
    "電話",
    "𠮷",
    "e\u{301}",
];

fn shreds() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(SHREDS), 0..120).prop_map(|parts| parts.concat())
}

/// Styles whose lines are paragraphs.
const PARAGRAPHS: &[Style] = &[Style::Brackets, Style::Tree, Style::TreeArabic];

/// What a text says otherwise than another.
fn differs(one: &str, other: &str) -> Option<String> {
    let (one, other) = (common::read(one), common::read(other));
    let score = score(&one, &other);
    let same = |key: &str| norm(one[key].as_str().unwrap_or_default()) == norm(other[key].as_str().unwrap_or_default());
    let fits = score.missing.is_empty() && score.wrong.is_empty() && same("preamble") && same("closing");
    (!fits).then(|| score.show(6))
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn any_text_is_tiled(text in "\\PC{0,200}") {
        prop_assert_eq!(complaint(&text), None);
    }

    #[test]
    fn any_heap_of_shreds_is_tiled(text in shreds()) {
        prop_assert_eq!(complaint(&text), None, "{:?}", text);
    }

    #[test]
    fn a_fixture_with_a_hole_is_tiled(which in any::<prop::sample::Index>(), from in 0.0..1.0f64, len in 0usize..200) {
        let all = fixtures();
        let text = &all[which.index(all.len())].1;
        let start = text.floor_char_boundary((text.len() as f64 * from) as usize);
        let end = text.ceil_char_boundary((start + len).min(text.len()));
        let holed = format!("{}{}", &text[..start], &text[end..]);
        prop_assert_eq!(complaint(&holed), None);
    }

    #[test]
    fn wrapping_changes_nothing(draft in draft(), style in select(PARAGRAPHS), width in 20..60usize) {
        let agreement = draft.agreement(style);
        let plain = write(&agreement, style);
        let wrapped = damaged(&plain, &agreement, &[Damage::Wrap(width)]);
        prop_assert_eq!(differs(&plain, &wrapped), None, "{}", wrapped);
    }

    #[test]
    fn wide_digits_change_labels_only(draft in draft(), style in select(PARAGRAPHS)) {
        let agreement = draft.agreement(style);
        let plain = write(&agreement, style);
        let wide = damaged(&plain, &agreement, &[Damage::WideDigits]);
        prop_assert_eq!(differs(&plain, &wide), None, "{}", wide);
    }
}

/// Time for `n` and for `4 n` repetitions: linear work takes about four times as long.
fn is_linear(name: &str, make: impl Fn(usize) -> String) {
    let time = |n: usize| {
        let text = make(n);
        let start = Instant::now();
        let parsed = parse(&text);
        assert!(!parsed.readings.is_empty());
        start.elapsed()
    };
    let n = 3_000;
    let (one, four) = (time(n).max(Duration::from_millis(5)), time(4 * n));
    assert!(four < one * 12 + Duration::from_millis(500), "{name}: {one:?} for {n}, {four:?} for four times as many");
}

#[test]
fn hostile_texts_cost_linear_time() {
    let head = "協定書\n\n青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n\n第1条 目的は、次のとおりとする。\n";
    is_linear("opening brackets", |n| "（".repeat(n * 15));
    is_linear("quotes", |n| "以下「".repeat(n));
    is_linear("a long number", |n| format!("第{}条 目的", "9".repeat(n * 5)));
    is_linear("a long number of an item", |n| format!("{head}({}) 目的", "9".repeat(n * 5)));
    is_linear("articles", |n| (1..n).map(|i| format!("第{i}条 目的\n")).collect());
    is_linear("one article again and again", |n| "第1条 目的。\n".repeat(n));
    is_linear("headings", |n| (1..n).map(|i| format!("第{i}章 総則\n")).collect());
    is_linear("items", |n| head.to_owned() + &(1..n).map(|i| format!("({i}) 医療\n")).collect::<String>());
    is_linear("deep items", |n| head.to_owned() + &"(1) 医療\nア 医療\n(ア) 医療\na 医療\n".repeat(n / 4));
    is_linear("first items", |n| head.to_owned() + &"ア 医療\n(1) 医療\n".repeat(n));
    is_linear("tables", |n| head.to_owned() + &"別表1\n".repeat(n));
    is_linear("labels", |n| format!("{head}別表\n{}", "甲の役割 文\n取組内容 文\n".repeat(n)));
    is_linear("cells", |n| format!("{head}別表\n{}", "\t甲の役割".repeat(n)));
    is_linear("words of one line", |n| "あ ".repeat(n * 4));
    is_linear("heads of one line", |n| " 第1条 ".repeat(n));
    is_linear("dates", |n| "令和7年".repeat(n));
    is_linear("short lines", |n| "あ\n".repeat(n * 4));
    is_linear("captions", |n| "（あ\n".repeat(n));
    is_linear("signatures", |n| format!("{head}この協定を証するため、本書2通を作る。\n{}", "甲 青葉市\n".repeat(n)));
    is_linear("supplementary", |n| head.to_owned() + &"附則\nこの協定は、\n".repeat(n));
    is_linear("references", |n| format!("{head}{}", "第1条から第9条まで、別表1".repeat(n)));
    is_linear("titles", |n| "協定書\n".repeat(n) + head);
    is_linear("agreements", |n| head.repeat(n / 10));
    is_linear("closings", |n| format!("{head}{}", "この協定\n".repeat(n)));
    is_linear("notes of a title", |n| format!("協定書{}\n{head}", "（案）".repeat(n * 10)));
    is_linear("marks apart from their kana", |n| format!("{head}{}", "は\u{3099}\n".repeat(n)));
    for marks in ["【", "○", "【甲】文。"] {
        let table = |n| format!("取組\t取組内容\t役割分担\n診療\t文。\t【甲】文。{}\n", marks.repeat(n * 5));
        is_linear("marks of roles in one cell", |n| format!("{head}別表\n{}", table(n)));
    }
    is_linear("radicals of one line", |n| format!("{head}⼄ {}", "(1) あ ⼄".repeat(n)));
}

#[test]
fn no_text_is_too_deep_or_too_long() {
    let notes = format!("協定書{}\n第1条 目的。", "（案）".repeat(100_000));
    let number = format!("第{}条 目的", "9".repeat(100_000));
    for text in ["（".repeat(300_000), number, "第1章 総則\n".repeat(50_000), notes] {
        assert_eq!(complaint(&text), None);
    }
}
