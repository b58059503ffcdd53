//! Which keys there are, and the nearest one for a key that there is not.

use crate::diagnostics::Words;
use crate::rules;
use toml::de::{DeTable, DeValue};

const TOP: &[&str] = &["rules", "profile", "include", "exclude", "suppress", "labels", "lang", "fail-level"];
const LABELS: &[&str] = &["content", "role"];
const SUPPRESS: &[&str] = &["rule", "path", "file", "reason", "until"];
const REQUIRED: &[&str] = &["rule", "path", "reason"];

/// Where in the file, and what is wrong.
type Fault = (usize, Words);

/// Refuses unknown keys and rules, and suppressions that do not say what and why.
pub(super) fn verify(table: &DeTable) -> Result<(), Fault> {
    known(table, TOP)?;
    if let Some(labels) = table.get("labels").and_then(|v| v.get_ref().as_table()) {
        known(labels, LABELS)?;
    }
    if let Some(levels) = table.get("rules").and_then(|v| v.get_ref().as_table()) {
        for id in levels.keys() {
            rule(id.get_ref(), id.span().start)?;
        }
    }
    for (entry, place) in entries(table, "suppress") {
        known(entry, SUPPRESS)?;
        for key in REQUIRED {
            let value = entry.get(*key).and_then(|v| v.get_ref().as_str());
            if value.is_none_or(|value| value.trim().is_empty()) {
                let words = Words::new(format!("抑止には {key} が必要です"), format!("a suppression needs {key}"));
                return Err((place, words));
            }
        }
        if let Some(id) = entry.get("rule") {
            rule(id.get_ref().as_str().unwrap_or_default(), id.span().start)?;
        }
    }
    Ok(())
}

/// Where the tables of the list `key` stand.
pub(super) fn places(table: &DeTable, key: &str) -> Vec<usize> {
    entries(table, key).map(|(_, place)| place).collect()
}

fn entries<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> impl Iterator<Item = (&'t DeTable<'i>, usize)> {
    let list = table.get(key).and_then(|value| match value.get_ref() {
        DeValue::Array(list) => Some(list),
        _ => None,
    });
    let tables = list.into_iter().flat_map(|list| list.iter());
    tables.filter_map(|entry| Some((entry.get_ref().as_table()?, entry.span().start)))
}

fn known(table: &DeTable, names: &[&str]) -> Result<(), Fault> {
    let Some(key) = table.keys().find(|key| !names.contains(&key.get_ref().as_ref())) else { return Ok(()) };
    let name = key.get_ref();
    let words = match rules::nearest(name, names.iter().copied()) {
        Some(near) => Words::new(
            format!("{name} という項目はありません（{near} のことですか）"),
            format!("unknown key {name}; did you mean {near}?"),
        ),
        None => Words::new(
            format!("{name} という項目はありません（使えるのは {}）", names.join("、")),
            format!("unknown key {name}; there are {}", names.join(", ")),
        ),
    };
    Err((key.span().start, words))
}

fn rule(id: &str, place: usize) -> Result<(), Fault> {
    if rules::find(id).is_some() { Ok(()) } else { Err((place, rules::unknown(id))) }
}
