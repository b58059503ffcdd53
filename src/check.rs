//! Runs the rules over one agreement and applies what the user said about them.

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Severity, Words};
use crate::rules::{self, Context, RULES, Rule};
use crate::span::Span;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// `--select` and `--ignore`: ids, or `role-*` for all that begin so. Both empty means what the configuration says.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these run, whatever the configuration says.
    pub select: Vec<String>,
    /// These do not run.
    pub ignore: Vec<String>,
}

impl Selection {
    /// The sentence for the first entry that names no rule.
    pub fn fault(&self) -> Option<Words> {
        let names = |entry: &&String| RULES.iter().any(|rule| matches(entry, rule.id));
        self.select.iter().chain(&self.ignore).find(|entry| !names(entry)).map(|entry| rules::unknown(entry))
    }
}

/// What was found in one agreement.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// By place; findings without one come last.
    pub findings: Vec<Diagnostic>,
    /// What suppressions hide.
    pub suppressed: Vec<Diagnostic>,
    /// Which of the suppressions did, by their index in the configuration.
    pub used: BTreeSet<usize>,
}

/// Runs the rules, joins the reader's own `complaints`, and applies levels, selection and suppressions.
/// `file` is the name relative to the configuration.
pub fn check(context: &Context, complaints: &[Diagnostic], file: &str, selection: &Selection, today: Date) -> Checked {
    let running = RULES.iter().filter(|rule| allowed(rule.id, rule.on, context.config, selection));
    let mut found: Vec<_> = running.flat_map(|rule| rules::run(rule, context)).collect();
    // what a rule says better, the reader need not say too
    let ruled = |id| rules::find(id).is_some_and(|rule| !rule.bad.is_empty());
    found.extend(complaints.iter().filter(|c| !ruled(c.rule) && runs(c.rule, context.config, selection)).cloned());
    for finding in &mut found {
        finding.severity = severity(finding, context.config);
    }
    sort(&mut found);
    found.dedup();
    hide(found, file, context.config, today)
}

/// Findings about the suppressions themselves; their spans are in the text of the configuration.
/// `used` is what all of the checked `files` used together.
pub fn suppressions(
    config: &Config,
    selection: &Selection,
    used: &BTreeSet<usize>,
    files: &[&str],
    today: Date,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, entry) in config.suppress.iter().enumerate() {
        let ran = runs(&entry.rule, config, selection);
        let concerned = files.iter().any(|file| entry.concerns(file));
        let (rule, words) = if entry.expired(today) {
            (&rules::SUPPRESSION_EXPIRED, expired(entry))
        } else if !used.contains(&index) && ran && concerned {
            (&rules::SUPPRESSION_UNUSED, unused(entry))
        } else {
            continue;
        };
        if !runs(rule.id, config, selection) {
            continue;
        }
        let mut finding = declared(rule, words, entry.path.clone());
        finding.span = Some(Span::new(entry.place, entry.place + "[[suppress]]".len()));
        finding.severity = severity(&finding, config);
        found.push(finding);
    }
    found
}

/// The finding for a file that cannot be read; `reason` is the system's own sentence.
pub fn unreadable(reason: &str) -> Diagnostic {
    let words = Words::new(format!("読めません: {reason}"), format!("cannot be read: {reason}"));
    declared(&rules::FILE_UNREADABLE, words, String::new())
}

/// By place, then rule and address; without a place last.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.is_none(), d.span, d.rule);
        key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path))
    });
}

fn declared(rule: &'static Rule, words: Words, path: String) -> Diagnostic {
    Diagnostic {
        rule: rule.id,
        severity: rule.severity,
        words,
        path: path.into(),
        span: None,
        related: Vec::new(),
        help: None,
    }
}

fn expired(entry: &crate::config::Suppression) -> Words {
    let until = entry.until.map(|day| day.to_string()).unwrap_or_default();
    Words::new(
        format!("{} の抑止は {until} で期限が切れました（理由: {}）", entry.rule, entry.reason),
        format!("the suppression of {} expired on {until} (reason: {})", entry.rule, entry.reason),
    )
}

fn unused(entry: &crate::config::Suppression) -> Words {
    Words::new(
        format!("{} の抑止に当たる指摘がありません（理由: {}）", entry.rule, entry.reason),
        format!("nothing is hidden by the suppression of {} (reason: {})", entry.rule, entry.reason),
    )
}

/// Whether what is called `id` is to be said; the reader has words of its own that are no rule.
fn runs(id: &str, config: &Config, selection: &Selection) -> bool {
    allowed(id, rules::find(id).is_none_or(|rule| rule.on), config, selection)
}

/// Whether a rule runs; the command line goes before the configuration, and that before `on`, the rule's own default.
fn allowed(id: &str, on: bool, config: &Config, selection: &Selection) -> bool {
    let named = |entries: &[String]| entries.iter().any(|entry| matches(entry, id));
    if named(&selection.ignore) {
        return false;
    }
    if !selection.select.is_empty() {
        return named(&selection.select);
    }
    match config.rules.get(id) {
        Some(level) => level.severity().is_some(),
        None => on,
    }
}

fn severity(finding: &Diagnostic, config: &Config) -> Severity {
    config.rules.get(finding.rule).and_then(|level| level.severity()).unwrap_or(finding.severity)
}

fn matches(entry: &str, id: &str) -> bool {
    entry.strip_suffix('*').map_or(entry == id, |start| id.starts_with(start))
}

fn hide(found: Vec<Diagnostic>, file: &str, config: &Config, today: Date) -> Checked {
    let mut checked = Checked::default();
    let all = config.suppress.iter().enumerate();
    let holding: Vec<_> = all.filter(|(_, s)| !s.expired(today) && s.concerns(file)).collect();
    for finding in found {
        let hiding: Vec<_> = holding.iter().filter(|(_, s)| s.hides(&finding)).map(|(index, _)| *index).collect();
        if hiding.is_empty() {
            checked.findings.push(finding);
        } else {
            checked.used.extend(hiding);
            checked.suppressed.push(finding);
        }
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::{Agreement, Article};
    use crate::config;
    use crate::model::Model;
    use crate::rules::Facts;
    use crate::schema::Kind;

    const TODAY: Date = Date::constant(2026, 1, 1);
    const HIDE: &str = "[[suppress]]\nrule = \"article-empty\"\nreason = \"原本のまま\"\n";

    fn selection(select: &[&str], ignore: &[&str]) -> Selection {
        let owned = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
        Selection { select: owned(select), ignore: owned(ignore) }
    }

    fn checked(config: &Config, selection: &Selection, complaints: &[Diagnostic]) -> Checked {
        let article = |number: &str| Article { number: number.into(), ..Default::default() };
        let tree = Agreement { articles: vec![article("2"), article("1")], ..Default::default() };
        let model = Model::default();
        let context = Context {
            source: "",
            span: Span::default(),
            tree: &tree,
            model: &model,
            profile: Kind::Other,
            config,
            facts: Facts::default(),
        };
        check(&context, complaints, "a.txt", selection, TODAY)
    }

    fn settings(text: &str) -> Config {
        config::parse(text, config::FILE).expect("valid settings")
    }

    fn paths(found: &[Diagnostic]) -> Vec<&str> {
        found.iter().map(|finding| finding.path.as_str()).collect()
    }

    #[test]
    fn levels_and_selection() {
        let off = "[rules]\narticle-empty = \"off\"";
        for (text, select, ignore, count) in [
            ("", &[][..], &[][..], 2),
            ("", &[], &["article-empty"], 0),
            ("", &["bracket-*"], &[], 0),
            ("", &["article-*"], &["article-empty"], 0),
            (off, &[], &[], 0),
            (off, &["article-*"], &[], 2),
        ] {
            let found = checked(&settings(text), &selection(select, ignore), &[]).findings;
            assert_eq!(found.len(), count, "{text} {select:?} {ignore:?}");
        }
        let note = settings("[rules]\narticle-empty = \"note\"");
        assert_eq!(checked(&note, &Selection::default(), &[]).findings[0].severity, Severity::Note);
        assert!(selection(&["article-*"], &["articel-empty"]).fault().is_some());
        assert!(selection(&["article-*"], &[]).fault().is_none());
    }

    #[test]
    fn suppressions_hide_and_are_watched() {
        for (more, hidden, about) in [
            ("path = \"第1条\"", 1, None),
            ("path = \"第1条\"\nfile = \"b.txt\"", 0, None),
            ("path = \"第3条\"", 0, Some("suppression-unused")),
            ("path = \"第1条\"\nuntil = 2025-12-31", 0, Some("suppression-expired")),
            ("path = \"第1条\"\nuntil = 2026-01-01", 1, None),
        ] {
            let config = settings(&format!("# 設定\n{HIDE}{more}"));
            let found = checked(&config, &Selection::default(), &[]);
            assert_eq!((found.suppressed.len(), found.findings.len()), (hidden, 2 - hidden), "{more}");
            let notes = suppressions(&config, &Selection::default(), &found.used, &["a.txt"], TODAY);
            assert_eq!(notes.first().map(|note| note.rule), about, "{more}");
            assert!(notes.iter().all(|note| note.span == Some(Span::new(9, 21))), "{notes:?}");
        }
    }

    #[test]
    fn complaints_join_in_order_of_place() {
        let at = |start: usize| Diagnostic {
            rule: "line-unplaced",
            severity: Severity::Warning,
            words: Words::new("", ""),
            path: start.to_string().into(),
            span: Some(Span::new(start, start + 1)),
            related: vec![],
            help: None,
        };
        let found = checked(&Config::default(), &Selection::default(), &[at(9), at(3), at(3)]).findings;
        assert_eq!(paths(&found), ["3", "9", "第1条", "第2条"]);
    }
}
