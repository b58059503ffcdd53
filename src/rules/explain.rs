//! `kouotsu explain RULE`.

use super::{Rule, said};
use crate::diagnostics::{Lang, Severity};

/// The page of one rule for a terminal: what, why, how bad, the two examples, and how to switch it off.
pub fn explain(rule: &Rule, lang: Lang) -> String {
    let head = match lang {
        Lang::Ja => ["重さ", "悪い例", "良い例", "抑止のしかた（kouotsu.toml）"],
        Lang::En => ["Level", "Bad", "Good", "To hide it (kouotsu.toml)"],
    };
    let mut page = format!(
        "{}: {}\n\n{}\n\n{}: {}\n",
        rule.id,
        said(rule.title, lang),
        said(rule.why, lang),
        head[0],
        state(rule, lang)
    );
    for (title, example) in [(head[1], rule.bad), (head[2], rule.good)] {
        if !example.is_empty() {
            page += &format!("\n{title}\n{}", indented(example));
        }
    }
    page + &format!("\n{}\n{}", head[3], indented(&suppression(rule, lang)))
}

/// `エラー`, `error`.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    let pair = match severity {
        Severity::Note => ("注意", "note"),
        Severity::Warning => ("警告", "warning"),
        Severity::Error => ("エラー", "error"),
    };
    said(pair, lang)
}

/// `警告、要確認、既定では無効`.
pub(super) fn state(rule: &Rule, lang: Lang) -> String {
    let doubt = (!rule.sure).then_some(("要確認", "to be judged by a reader"));
    let off = (!rule.on).then_some(("既定では無効", "off by default"));
    let marks = [doubt, off].into_iter().flatten().map(|pair| said(pair, lang));
    std::iter::once(severity(rule.severity, lang)).chain(marks).collect::<Vec<_>>().join(said(("、", ", "), lang))
}

/// What to write into `kouotsu.toml`.
pub(super) fn suppression(rule: &Rule, lang: Lang) -> String {
    format!(
        "[rules]\n{id} = \"off\"\n\n[[suppress]]\nrule = \"{id}\"\npath = \"第3条\"\nreason = \"{reason}\"\n",
        id = rule.id,
        reason = said(("原本のまま", "as in the signed original"), lang),
    )
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn says_everything_in_both_languages() {
        for rule in RULES {
            for lang in [Lang::Ja, Lang::En] {
                let page = explain(rule, lang);
                assert!(page.starts_with(rule.id) && page.contains(said(rule.why, lang)));
                assert_eq!(page.contains(said(("悪い例", "Bad"), lang)), !rule.bad.is_empty(), "{page}");
            }
        }
    }
}
