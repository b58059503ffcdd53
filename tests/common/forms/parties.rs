//! How parties are defined, and how they sign.

use super::{ARTICLES, Dice, Form, table, wrapped};
use crate::common::words::{CITIES, PEOPLE, TOWNS};
use serde_json::{Value, json};

const ALIASES: &[&str] = &[
    "（以下「甲」という。）",
    "(以下「甲」という。)",
    "（以下、「甲」という。）",
    "（以下甲という。）",
    "（以下『甲』という。）",
    "（以下「甲」と称する。）",
    "（以下「甲」とする。）",
    "（以下「甲」という｡）",
];
const CLOSINGS: &[&str] = &[
    "この協定の成立を証するため、本書2通を作り、甲乙が記名押印の上、各自その1通を持つ。",
    "以上のとおり取り決めたことを証するため、本書を2通作り、それぞれ1通を持つ。",
];
const STREETS: &[&str] =
    &["東海県X中央一丁目1番1号", "東海県西浜郡X大字本町100番地", "X字大橋12番地3", "東海県X山手2-3-4"];
/// S the symbol, X the name, A the address, P who signs.
const BLOCKS: &[&str] = &[
    "S　A\n　　X\n　　X長　P",
    "S　A\n　　X長　　P",
    "S\nA\nX\nX長　P",
    "（S）A\n　　　X長　P",
    "A\nS　X\n　　X長　P",
    "　　　　　　　S　　A\n　　　　　　　　　　X長　　P",
    "S：A　X長　P",
    "S　A　X長　P",
];

/// Two parties or three, any of which may sign in any form.
pub fn signed(dice: &mut Dice) -> Form {
    let mut names = dice.some(1, CITIES);
    let towns = 1 + usize::from(dice.one_in(3));
    names.extend(dice.some(towns, TOWNS));
    let symbols = &["甲", "乙", "丙"][..names.len()];
    let alias = dice.of(ALIASES);
    let defined: Vec<String> =
        names.iter().zip(symbols).map(|(name, s)| format!("{name}{}", alias.replace('甲', s))).collect();
    let joined = match &defined[..] {
        [a, b, c] => format!("{a}、{b}{}{c}", dice.of(&["及び", "並びに"])),
        [a, b, ..] => format!("{a}{}{b}", dice.of(&["と", "及び", "と、"])),
        _ => String::new(),
    };
    let lead = dice.of(&["", "", "人が減る中で地域の力を保つため、"]);
    let preamble = format!(
        "{lead}{joined}は、{}",
        dice.of(&["次のとおり協定を締結する。", "圏域の形成に関し、次のとおり協定を結ぶ。"])
    );
    let (block, seal, closing) = (dice.of(BLOCKS), dice.of(&["", "", "　印", "　㊞", "（印）"]), dice.of(CLOSINGS));
    let people = dice.some(names.len(), PEOPLE);
    let gap = dice.of(&[None, Some(String::new())]);
    let mut lines = vec!["定住自立圏の形成に関する協定書".to_owned()];
    lines.extend(wrapped(&preamble, dice.of(&[0, 0, 30, 40])));
    lines.extend(ARTICLES.iter().map(|line| line.to_string()));
    lines.extend([closing.to_owned(), "令和5年3月30日".to_owned()]);
    let mut parties = Vec::new();
    for ((name, symbol), person) in names.iter().zip(symbols).zip(people) {
        let street = dice.of(STREETS).replace('X', name);
        let block = block.replace('S', symbol).replace('X', name).replace('A', &street).replace('P', person) + seal;
        lines.extend(block.lines().map(str::to_owned).chain(gap.clone()));
        parties.push(json!([symbol, [name], street, format!("{name}長"), person]));
    }
    lines.extend(table(symbols));
    let want = json!([parties, preamble, closing, "令和5年3月30日", []]);
    Form { text: lines.join("\n") + "\n", want, view }
}

fn view(agreement: &Value) -> Value {
    let party = |party: &Value| {
        let signer = &party["representative"];
        json!([party["symbol"], party["names"], party["address"], signer["office"], signer["name"]])
    };
    let parties: Vec<Value> = agreement["parties"].as_array().into_iter().flatten().map(party).collect();
    let unparsed = &agreement["unparsed"];
    json!([parties, agreement["preamble"], agreement["closing"], agreement["date"]["text"], unparsed])
}
