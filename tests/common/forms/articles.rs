//! Captions, numbers of articles, 項 and 号.

use super::{Dice, Form, numbered, wrapped};
use serde_json::{Value, json};

/// Captions, their 項, and the 号 of the last of these.
const CLAUSES: &[(&str, &[&str], &[&str])] = &[
    ("基本方針", &["甲及び乙は、前条の目的のため、互いに役割を分かち、力を合わせる。"], &[]),
    (
        "連携する政策分野",
        &["甲及び乙が連携する政策分野は、次に掲げるとおりとする。"],
        &["暮らしを支える政策分野", "つながりを強める政策分野", "担い手を育てる政策分野"],
    ),
    (
        "取組の推進",
        &["甲及び乙は、取組の進み具合を毎年度確かめ、要るときは見直す。", "前項の見直しは、書面で行う。"],
        &[],
    ),
    (
        "費用の負担",
        &[
            "取組に要する費用は、甲及び乙が話し合って定める割合により負担する。",
            "前項の場合において、多額に上るときは、その都度話し合う。",
            "甲は、乙が負担した費用を翌年度の4月30日までに精算する。",
        ],
        &[],
    ),
    (
        "連絡会議",
        &["甲及び乙は、次の事項を話し合うため、連絡会議を置く。"],
        &["取組の計画に関すること。", "費用の分担に関すること。", "その他必要な事項に関すること。"],
    ),
    (
        "個人情報の取扱い",
        &["甲及び乙は、知り得た個人の情報を他へ漏らさない。ただし、法令に定めがあるときは、この限りでない。"],
        &[],
    ),
    (
        "協定の変更",
        &[
            "甲又は乙は、これを改めようとするときは、あらかじめ申し出る。",
            "前項の変更は、議会の議決を経なければならない。",
        ],
        &[],
    ),
    ("疑義の決定", &["定めのない事項又は疑いが生じた事項は、甲及び乙が話し合って決める。"], &[]),
];
const BEHIND: &str = "この場合において、要るときは、別のものを加えることができる。";

/// N the number, C the caption, P the first 項.
const ARTICLES: &[&str] = &[
    "（C）\n第N条_P",
    "（C）\n第Ｎ条_P",
    "（C）\n第一条_P",
    "（C）\n第 N 条_P",
    "（C）第N条_P",
    "第N条（C）_P",
    "第N条（C）\nP",
    "第N条_C\nP",
    "C\n第N条_P",
    "■C\n第N条_P",
    "【C】\n第N条_P",
    "〔C〕\n第N条_P",
    "＜C＞\n第N条_P",
    "（C）\n第N条：P",
    "（C）\n第N条\nP",
];

/// Any articles, all of one form.
pub fn articles(dice: &mut Dice) -> Form {
    let form = dice.of(ARTICLES);
    let (paragraph, item) = (dice.of(&["N", "Ｎ", "①"]), dice.of(&["(N)", "（Ｎ）", "⑴", "一", "ア"]));
    let (blank, wrap) = (dice.of(&[" ", "　"]), dice.of(&[0, 0, 36, 44]));
    let (has_first, gap) = (dice.one_in(6) && !form.contains("\nP"), dice.of(&["\n", "\n\n"]));
    let first = ("目的", &["この取決めは、力を持ち寄り、安んじて暮らせる圏域をつくることを目的とする。"][..], &[][..]);
    let count = 2 + dice.below(CLAUSES.len() - 1);
    let clauses = [first].into_iter().chain(dice.some(count, CLAUSES));
    let (mut lines, mut want) = (Vec::new(), Vec::new());
    let mut put = |line: String| lines.push(wrapped(&line, wrap).join("\n"));
    for (at, (caption, texts, items)) in clauses.enumerate() {
        let mut said = Vec::new();
        for (nth, text) in texts.iter().enumerate() {
            let number = numbered(paragraph, nth + 1);
            match nth {
                0 => {
                    let number = if has_first && texts.len() > 1 { number + blank } else { String::new() };
                    let article = numbered(&form.replace('_', blank), at + 1).replace('C', caption);
                    article.replace('P', &format!("{number}{text}")).lines().for_each(|line| put(line.to_owned()));
                }
                _ => put(format!("{number}{blank}{text}")),
            }
            said.push((text.to_string(), Vec::new()));
        }
        for (nth, text) in items.iter().enumerate() {
            put(format!("{}{blank}{text}", numbered(item, nth + 1)));
            said.iter_mut().last().into_iter().for_each(|(_, items)| items.push(*text));
        }
        if !items.is_empty() && dice.one_in(2) {
            put(BEHIND.to_owned());
            said.iter_mut().last().into_iter().for_each(|(words, _)| words.push_str(BEHIND));
        }
        want.push(json!([(at + 1).to_string(), caption, said]));
    }
    let text = [
        "定住自立圏の形成に関する協定書\n\n青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり締結する。",
        &lines.join(gap),
        "この取決めを証するため、本書2通を作り、各1通を持つ。\n令和5年3月30日\n甲　青葉市\n　　青葉市長　山川　一郎\n乙　若草町\n　　若草町長　海野　みなと\n",
    ];
    Form { text: text.join(gap), want: want.into(), view }
}

fn view(agreement: &Value) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let paragraph = |paragraph: &Value| {
        let items: Vec<Value> = list(&paragraph["items"]).iter().map(|item| item["text"].clone()).collect();
        json!([paragraph["text"], items])
    };
    let article = |article: &Value| {
        let paragraphs: Vec<Value> = list(&article["paragraphs"]).iter().map(paragraph).collect();
        json!([article["number"], article["caption"], paragraphs])
    };
    list(&agreement["articles"]).iter().map(article).collect()
}
