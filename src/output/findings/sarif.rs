//! SARIF 2.1.0: code scanning of GitHub and others.

use super::{File, Report, json};
use crate::diagnostics::{Diagnostic, Lang, Related, Severity};
use crate::fingerprint;
use crate::output::place::Lines;
use crate::rules::{RULES, Rule, explain, said};
use crate::span::Span;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What may stand in the path of a URI as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One run that declares every rule.
pub fn write(report: &Report) -> String {
    let lang = report.lang;
    let results: Vec<_> = report.files.iter().flat_map(|file| results(file, lang)).collect();
    let run = json!({
        "tool": {"driver": {
            "name": "kouotsu",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": descriptors(report),
        }},
        "language": said(("ja", "en"), lang),
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": !unreadable(report)}],
        "artifacts": report.files.iter().map(|file| json!({"location": {"uri": uri(&file.name)}})).collect::<Vec<_>>(),
        "results": results,
        "properties": report.summary(),
    });
    json::pretty(&json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}))
}

fn unreadable(report: &Report) -> bool {
    report.files.iter().flat_map(|file| &file.findings).any(|finding| finding.rule == "file-unreadable")
}

/// Every rule of the table, then the reader's own complaints that it does not hold.
fn descriptors(report: &Report) -> Vec<Value> {
    let mut ids: Vec<_> = report.files.iter().flat_map(|f| &f.findings).map(|finding| finding.rule).collect();
    ids.retain(|id| index(id).is_none());
    ids.sort_unstable();
    ids.dedup();
    let others = ids.into_iter().map(|id| json!({"id": id}));
    RULES.iter().map(|rule| descriptor(rule, report.lang)).chain(others).collect()
}

fn descriptor(rule: &Rule, lang: Lang) -> Value {
    let page = explain::explain(rule, lang);
    json!({
        "id": rule.id,
        "shortDescription": {"text": said(rule.title, lang)},
        "fullDescription": {"text": said(rule.why, lang)},
        "help": {"text": page, "markdown": crate::rules::list::section(rule, lang).trim()},
        "defaultConfiguration": {"level": level(rule.severity), "enabled": rule.on},
        "properties": {"precision": if rule.sure { "very-high" } else { "medium" }},
    })
}

fn index(id: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.id == id)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn results(file: &File, lang: Lang) -> Vec<Value> {
    let lines = Lines::new(&file.text, &file.map);
    let prints = fingerprint::fingerprints(&file.findings, &file.text);
    file.findings.iter().zip(&prints).map(|(finding, print)| result(finding, print, file, &lines, lang)).collect()
}

fn result(finding: &Diagnostic, print: &str, file: &File, lines: &Lines, lang: Lang) -> Value {
    let message = match &finding.help {
        Some(help) => format!("{}\n→ {}", finding.words.get(lang), help.get(lang)),
        None => finding.words.get(lang).into(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": message},
        "locations": [location(&finding.path, finding.span, file, lines)],
        // GitHub matches alerts by the first of these names only.
        "partialFingerprints": {"primaryLocationLineHash": print, "kouotsu/v1": print},
    });
    if let Some(index) = index(finding.rule) {
        result["ruleIndex"] = index.into();
    }
    if !finding.related.is_empty() {
        let places = finding.related.iter().enumerate();
        result["relatedLocations"] = places.map(|(id, place)| related(id + 1, place, file, lines, lang)).collect();
    }
    result
}

fn related(id: usize, place: &Related, file: &File, lines: &Lines, lang: Lang) -> Value {
    let mut location = location(&place.path, place.span, file, lines);
    location["id"] = id.into();
    location["message"] = json!({"text": place.words.get(lang)});
    location
}

fn location(path: &str, span: Option<Span>, file: &File, lines: &Lines) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": uri(&file.name)}});
    if let Some(place) = span.map(|span| lines.place(span)) {
        physical["region"] = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        });
        if let Some(page) = place.page {
            physical["properties"] = json!({"page": page});
        }
    }
    let mut location = json!({"physicalLocation": physical});
    if !path.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": path, "kind": "element"}]);
    }
    location
}

/// A relative reference with `/` and percent-encoding; an absolute path becomes a `file` URI.
fn uri(name: &str) -> String {
    let slashed = fingerprint::file(name);
    let encoded = utf8_percent_encode(&slashed, PLAIN).to_string();
    let drive = slashed.as_bytes().get(1) == Some(&b':') && slashed.as_bytes().get(2) == Some(&b'/');
    match (slashed.starts_with('/'), drive) {
        (true, _) => format!("file://{encoded}"),
        (_, true) => format!("file:///{}", encoded.replacen("%3A", ":", 1)),
        _ => encoded,
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_are_uris() {
        for (name, expected) in [
            ("./協定 1.txt", "%E5%8D%94%E5%AE%9A%201.txt"),
            ("a\\b#1.txt", "a/b%231.txt"),
            ("a:b.txt", "a%3Ab.txt"),
            ("/tmp/a.txt", "file:///tmp/a.txt"),
            ("C:\\x\\a.txt", "file:///C:/x/a.txt"),
        ] {
            assert_eq!(uri(name), expected);
        }
    }
}
