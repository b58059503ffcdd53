//! The list of rules: `kouotsu rules` and `docs/rules.md`.

use super::{RULES, Rule, explain, said};
use crate::diagnostics::{Lang, Severity};
use serde::Serialize;

/// One line a rule, in columns.
pub fn text(lang: Lang) -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    RULES
        .iter()
        .map(|rule| format!("{:width$}  {} ({})\n", rule.id, said(rule.title, lang), explain::state(rule, lang)))
        .collect()
}

/// A rule as JSON.
#[derive(Serialize)]
struct Entry {
    id: &'static str,
    severity: Severity,
    on: bool,
    sure: bool,
    title: &'static str,
    why: &'static str,
    bad: Option<&'static str>,
    good: Option<&'static str>,
}

/// A list of objects.
pub fn json(lang: Lang) -> String {
    let example = |text: &'static str| (!text.is_empty()).then_some(text);
    let entry = |rule: &&Rule| Entry {
        id: rule.id,
        severity: rule.severity,
        on: rule.on,
        sure: rule.sure,
        title: said(rule.title, lang),
        why: said(rule.why, lang),
        bad: example(rule.bad),
        good: example(rule.good),
    };
    let list: Vec<_> = RULES.iter().map(entry).collect();
    serde_json::to_string_pretty(&list).map_or_else(|_| String::new(), |json| json + "\n")
}

/// The rules page in one language: a table, then each rule.
pub fn markdown(lang: Lang) -> String {
    let head = said(
        (
            "# 検査の規則\n\n| 規則 | 重さ | 内容 |\n| --- | --- | --- |\n",
            "# Rules\n\n| rule | level | what it finds |\n| --- | --- | --- |\n",
        ),
        lang,
    );
    let row = |rule: &&Rule| {
        let (id, title) = (rule.id, said(rule.title, lang));
        format!("| [{id}](#{id}) | {} | {title} |\n", explain::state(rule, lang))
    };
    let rows: String = RULES.iter().map(row).collect();
    let sections: String = RULES.iter().map(|rule| section(rule, lang)).collect();
    let hide = said(("## 抑止のしかた", "## Hiding a finding"), lang);
    let example = RULES.first().map(|rule| explain::suppression(rule, lang)).unwrap_or_default();
    format!("{head}{rows}{sections}\n{hide}\n\n`kouotsu.toml`:\n\n```toml\n{example}```\n")
}

pub(crate) fn section(rule: &Rule, lang: Lang) -> String {
    let mut page = format!("\n## {}\n\n{}\n\n", rule.id, said(rule.title, lang));
    page += &format!("{}\n", said(rule.why, lang));
    for (title, example) in [(("悪い例:", "Bad:"), rule.bad), (("良い例:", "Good:"), rule.good)] {
        if !example.is_empty() {
            page += &format!("\n{}\n\n```text\n{}\n```\n", said(title, lang), example.trim_end());
        }
    }
    page
}

/// A language's page in `docs`: `rules.md` in Japanese, `rules.en.md` in English.
pub fn page(lang: Lang) -> String {
    let note = "<!-- Made from src/rules: UPDATE_DOCS=1 cargo test --lib rules::list -->\n\n";
    format!("{note}{}", markdown(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_in_docs_are_up_to_date() {
        for (name, lang) in [("rules.md", Lang::Ja), ("rules.en.md", Lang::En)] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
            if std::env::var_os("UPDATE_DOCS").is_some() {
                std::fs::write(&path, page(lang)).expect("docs can be written");
            }
            let written = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(written == page(lang), "docs/{name} is old: UPDATE_DOCS=1 cargo test --lib rules::list");
        }
    }

    #[test]
    fn lists_every_rule() {
        let list: serde_json::Value = serde_json::from_str(&json(Lang::Ja)).expect("JSON");
        assert_eq!(list.as_array().map(Vec::len), Some(RULES.len()));
        assert_eq!(text(Lang::En).lines().count(), RULES.len());
    }
}
