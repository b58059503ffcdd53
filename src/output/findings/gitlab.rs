//! GitLab Code Quality: a list of issues.

use super::{File, Report, hidden, json, sentences};
use crate::diagnostics::{Diagnostic, Lang, Severity};
use crate::fingerprint;
use crate::output::place::Lines;
use serde_json::{Value, json};

/// The list. It has no place for counts, so hidden findings become one issue of level `info` in each file.
pub fn write(report: &Report) -> String {
    json::pretty(&report.files.iter().flat_map(|file| issues(file, report.lang)).collect::<Vec<_>>())
}

fn issues(file: &File, lang: Lang) -> Vec<Value> {
    let lines = Lines::new(&file.text, &file.map);
    let prints = fingerprint::fingerprints(&file.findings, &file.text);
    let findings = file.findings.iter().zip(&prints);
    let mut issues: Vec<_> = findings.map(|(finding, print)| issue(finding, print, file, &lines, lang)).collect();
    if file.suppressed + file.known > 0 {
        issues.push(json!({
            "description": hidden(file.suppressed, file.known).get(lang),
            "check_name": "hidden-findings",
            "fingerprint": fingerprint::short(&[&fingerprint::file(&file.name), "hidden-findings"]),
            "severity": "info",
            "location": {"path": fingerprint::file(&file.name), "lines": {"begin": 1}},
        }));
    }
    issues
}

fn issue(finding: &Diagnostic, print: &str, file: &File, lines: &Lines, lang: Lang) -> Value {
    let severity = match finding.severity {
        Severity::Note => "info",
        Severity::Warning => "minor",
        Severity::Error => "major",
    };
    let (begin, end) = finding.span.map(|span| lines.place(span)).map_or((1, 1), |p| (p.line, p.end_line));
    json!({
        "description": sentences(finding, lang),
        "check_name": finding.rule,
        // Unique in the project, not only in the file.
        "fingerprint": fingerprint::short(&[&fingerprint::file(&file.name), print]),
        "severity": severity,
        "location": {"path": fingerprint::file(&file.name), "lines": {"begin": begin, "end": end}},
    })
}
