//! One finding a line, then one line with the counts.

use super::json::{Finding, SCHEMA, checked};
use super::{Report, Summary};
use serde::Serialize;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Finding {
        schema: &'static str,
        file: String,
        #[serde(flatten)]
        finding: Box<Finding>,
    },
    Summary {
        schema: &'static str,
        #[serde(flatten)]
        summary: Summary,
    },
}

/// Lines with `type` `finding`, and a last one with `type` `summary`.
pub fn write(report: &Report) -> String {
    let files = report.files.iter().map(|file| checked(file, report.lang));
    let findings = files.flat_map(|file| {
        let line = move |finding| Line::Finding { schema: SCHEMA, file: file.name.clone(), finding: Box::new(finding) };
        file.findings.into_iter().map(line)
    });
    let last = Line::Summary { schema: SCHEMA, summary: report.summary() };
    findings.chain([last]).filter_map(|line| serde_json::to_string(&line).ok()).map(|line| line + "\n").collect()
}
