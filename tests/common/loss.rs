//! Whatever a leaf of the tree says stands in the JSON too, but for numbers and known labels, which its keys replace.

use kouotsu::ast::Text;
use kouotsu::lines::is_blank;
use kouotsu::model::walk;
use kouotsu::output::document::{Origin, agreement};
use kouotsu::parse::{Options, head, label};
use kouotsu::{Reading, parse};
use serde_json::Value;

/// The first leaf of a text whose words the output does not hold.
pub fn lost(source: &str) -> Option<String> {
    parse(source).readings.iter().find_map(|reading| lost_leaf(source, reading))
}

fn lost_leaf(source: &str, reading: &Reading) -> Option<String> {
    let json = serde_json::to_value(agreement(reading, source, &Origin::default())).expect("plain data");
    let mut said = String::new();
    for (key, value) in json.as_object().into_iter().flatten() {
        // what is said about the words holds copies of them
        if !matches!(key.as_str(), "source" | "references" | "diagnostics") {
            strings(value, &mut said);
        }
    }
    let mut lost = None;
    walk::leaves(&reading.tree, &mut |leaf: &Text| {
        if lost.is_none() && !is_mark(&leaf.text) && !said.contains(&bare(unframed(&leaf.text))) {
            lost = Some(leaf.text.to_string());
        }
    });
    lost
}

fn strings(value: &Value, said: &mut String) {
    match value {
        Value::String(text) => {
            said.push_str(&bare(text));
            said.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|value| strings(value, said)),
        Value::Object(keys) => keys.iter().for_each(|(key, value)| {
            said.push_str(key);
            strings(value, said);
        }),
        _ => {}
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c) && !c.is_whitespace() && !c.is_control()).collect()
}

/// `甲` of `【甲】`, `○甲`: the key of a role stands there without what is around it.
fn unframed(text: &str) -> &str {
    text.trim_matches(|c: char| is_blank(c) || "【】〔〕［］[]〈〉＜＞<>《》（）()○〇◯●◎■□◆◇・※：:".contains(c))
}

/// `(1)`, `第2`, `甲の役割`, `a 取組の内容`: a number, a label that the vocabulary knows, or both.
fn is_mark(text: &str) -> bool {
    let words = head::item(text).map_or(text, |head| head.rest);
    let is_ordinal = || text.strip_prefix('第').is_some_and(|number| number.chars().all(char::is_numeric));
    words.is_empty() || is_ordinal() || label::label(words, &[], &Options::default().words).is_some()
}
