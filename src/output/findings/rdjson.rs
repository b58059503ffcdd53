//! Reviewdog's RDFormat (`rdjson`).

use super::{File, Report, hidden, json, sentences};
use crate::diagnostics::{Diagnostic, Lang, Severity};
use crate::output::place::Lines;
use serde_json::{Value, json};

/// A `DiagnosticResult`. It refuses unknown keys, so hidden findings become one diagnostic of level `INFO` in each file.
pub fn write(report: &Report) -> String {
    let diagnostics: Vec<_> = report.files.iter().flat_map(|file| diagnostics(file, report.lang)).collect();
    json::pretty(&json!({"source": {"name": "kouotsu"}, "diagnostics": diagnostics}))
}

fn diagnostics(file: &File, lang: Lang) -> Vec<Value> {
    let lines = Lines::new(&file.text, &file.map);
    let mut list: Vec<_> = file.findings.iter().map(|finding| diagnostic(finding, file, &lines, lang)).collect();
    if file.suppressed + file.known > 0 {
        list.push(json!({
            "message": hidden(file.suppressed, file.known).get(lang),
            "location": {"path": file.name},
            "severity": "INFO",
            "code": {"value": "hidden-findings"},
        }));
    }
    list
}

fn diagnostic(finding: &Diagnostic, file: &File, lines: &Lines, lang: Lang) -> Value {
    let severity = match finding.severity {
        Severity::Note => "INFO",
        Severity::Warning => "WARNING",
        Severity::Error => "ERROR",
    };
    let location = match finding.span.map(|span| lines.place(span)) {
        // Columns of this format count bytes of UTF-8.
        Some(p) => json!({"path": file.name, "range": {
            "start": {"line": p.line, "column": lines.byte_column(p.line, p.start)},
            "end": {"line": p.end_line, "column": lines.byte_column(p.end_line, p.end)},
        }}),
        None => json!({"path": file.name}),
    };
    json!({
        "message": sentences(finding, lang),
        "location": location,
        "severity": severity,
        "code": {"value": finding.rule},
    })
}
