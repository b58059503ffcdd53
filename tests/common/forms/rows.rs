//! 取組 for trees and tables: their labels, names and words.

use super::Dice;
use crate::common::words::{FIELDS, NAMES, OBJECTS, VERBS};
use serde_json::{Map, Value, json};

const CONTENTS: &[&str] = &[
    "取組の内容",
    "取組内容",
    "連携の内容",
    "連携する取組の内容",
    "内容",
    "事業の内容",
    "連携内容",
    "具体的な取組内容",
    "取り組みの内容",
    "取組の概要",
    "連携事業の内容",
];
const ROLES: &[&str] = &[
    "Sの役割",
    "Sの役割分担",
    "Sが担う役割",
    "Sの役割及び費用負担",
    "Sの分担",
    "Sの役割（費用負担を含む。）",
    "Sの役割等",
    "Sの担う役割",
    "Sの機能分担",
    "Nの役割",
    "S（N）の役割",
];

/// Who agrees, and what the cells of each row are called: content first.
pub struct Labels {
    pub symbols: &'static [&'static str],
    pub all: Vec<String>,
}

const TOWNS: &[&str] = &["青葉市", "若草町", "楓村"];

impl Labels {
    pub fn draw(dice: &mut Dice) -> Self {
        let symbols = dice.of(&[&["甲", "乙"][..], &["甲", "乙"], &["甲", "乙", "丙"]]);
        let form = dice.of(ROLES);
        let roles = symbols.iter().zip(TOWNS).map(|(symbol, name)| form.replace('S', symbol).replace('N', name));
        let content = dice.of(CONTENTS).to_owned();
        Labels { symbols, all: [content].into_iter().chain(roles).collect() }
    }

    /// Title, preamble, and articles around the words of the second.
    pub fn agreement(&self, second: &str, body: &[String]) -> Vec<String> {
        let defined =
            self.symbols.iter().zip(TOWNS).map(|(symbol, name)| format!("{name}（以下「{symbol}」という。）"));
        let defined: Vec<String> = defined.collect();
        let head = [
            "定住自立圏の形成に関する協定書",
            "",
            &format!("{}は、次のとおり締結する。", defined.join("と")),
            "（目的）",
            "第1条　この取決めは、力を持ち寄ることを目的とする。",
            "（連携する政策分野、取組の内容及び役割分担）",
            second,
        ]
        .map(str::to_owned);
        let tail = ["（協議）", "第3条　定めのないことは、話し合う。"].map(str::to_owned);
        head.into_iter().chain(body.iter().cloned()).chain(tail).collect()
    }

    /// What a row says, as the JSON has it.
    pub fn row(&self, name: &str, cells: &[String]) -> Value {
        let roles = self.symbols.iter().zip(&cells[1..]).map(|(symbol, role)| (symbol.to_string(), json!(role)));
        json!([name, cells[0], roles.collect::<Map<String, Value>>()])
    }
}

pub fn names(dice: &mut Dice) -> std::vec::IntoIter<&'static str> {
    dice.some(NAMES.len(), NAMES).into_iter()
}

/// Short titles of 分野.
pub fn fields(dice: &mut Dice) -> std::vec::IntoIter<&'static str> {
    let short: Vec<&str> = FIELDS.iter().copied().filter(|title| title.chars().count() < 8).collect();
    dice.some(short.len(), &short).into_iter()
}

pub fn sentence(dice: &mut Dice) -> String {
    format!("{}を{}", dice.of(OBJECTS), dice.of(VERBS))
}

/// The rows of an agreement, wherever they stand.
pub fn view(node: &Value) -> Value {
    fn collect(node: &Value, found: &mut Vec<Value>) {
        match node {
            Value::Array(nodes) => nodes.iter().for_each(|node| collect(node, found)),
            Value::Object(keys) => {
                let rows = node["initiatives"].as_array().into_iter().flatten();
                found.extend(rows.map(|row| json!([row["name"], row["content"], row["roles"]])));
                keys.values().for_each(|node| collect(node, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&json!([node["articles"], node["tables"]]), &mut found);
    found.into()
}
