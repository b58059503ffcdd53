//! Workflow commands of GitHub Actions: annotations in the pull request.

use super::{File, Report, sentences};
use crate::diagnostics::{Diagnostic, Lang, Severity};
use crate::output::place::{Lines, visible};

/// One command a finding, and a notice with the counts.
pub fn write(report: &Report) -> String {
    let summary = report.summary().words();
    let page: String = report.files.iter().map(|file| annotations(file, report.lang)).collect();
    page + &format!("::notice title=kouotsu::{}\n", data(summary.get(report.lang)))
}

/// One command a finding of a file.
pub fn annotations(file: &File, lang: Lang) -> String {
    let lines = Lines::new(&file.text, &file.map);
    file.findings.iter().map(|finding| command(finding, file, &lines, lang)).collect()
}

/// `::error file=a.txt,line=1,endLine=1,col=2,endColumn=3,title=role-missing::…`
fn command(finding: &Diagnostic, file: &File, lines: &Lines, lang: Lang) -> String {
    let name = match finding.severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = finding.span.map(|span| lines.place(span)).map(|p| {
        // GitHub takes columns only where start and end share a line.
        let columns =
            if p.line == p.end_line { format!(",col={},endColumn={}", p.column, p.end_column) } else { String::new() };
        format!(",line={},endLine={}{columns}", p.line, p.end_line)
    });
    format!(
        "::{name} file={}{},title={}::{}\n",
        property(&visible(&file.name)),
        place.unwrap_or_default(),
        property(finding.rule),
        data(&sentences(finding, lang))
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
