//! `kouotsu-check/1`: for programs.

use super::{File, Report, Summary};
use crate::diagnostics::{Diagnostic, Lang, Severity};
use crate::output::place::{Lines, Place};
use crate::schema::Coverage;
use crate::span::Span;
use schemars::JsonSchema;
use serde::Serialize;

/// Value of [`Findings::schema`].
pub const SCHEMA: &str = "kouotsu-check/1";

/// The whole report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Findings {
    /// `kouotsu-check/1`.
    pub schema: &'static str,
    /// What `column` counts: `unicodeCodePoints`; `display_column` counts columns of a terminal.
    pub column_kind: &'static str,
    /// In the order in which they were named.
    pub files: Vec<Checked>,
    /// Counts over all files.
    pub summary: Summary,
}

/// One file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Checked {
    /// As given.
    pub name: String,
    /// By place.
    pub findings: Vec<Finding>,
    /// How many findings a suppression hides.
    pub suppressed: usize,
    /// How many findings the baseline knows.
    pub known: usize,
    /// How much was read.
    pub coverage: Coverage,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// `role-missing`.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// In the chosen language.
    pub message: String,
    /// Stable address of the node.
    pub path: String,
    /// Place; `null` for what is not there.
    pub span: Option<Place>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What to do.
    pub help: Option<String>,
    /// The same after re-wrapping; unique in its file.
    pub fingerprint: String,
}

/// Another place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Related {
    /// What it has to do with the finding.
    pub message: String,
    /// Stable address of the node.
    pub path: String,
    /// Place.
    pub span: Option<Place>,
}

/// One object, indented.
pub fn write(report: &Report) -> String {
    let findings = Findings {
        schema: SCHEMA,
        column_kind: "unicodeCodePoints",
        files: report.files.iter().map(|file| checked(file, report.lang)).collect(),
        summary: report.summary(),
    };
    pretty(&findings)
}

/// The JSON Schema of this format.
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Findings>()
}

pub(super) fn checked(file: &File, lang: Lang) -> Checked {
    let lines = Lines::new(&file.text, &file.map);
    let prints = crate::fingerprint::fingerprints(&file.findings, &file.text);
    let findings = file.findings.iter().zip(prints);
    Checked {
        name: file.name.clone(),
        findings: findings.map(|(finding, print)| convert(finding, print, &lines, lang)).collect(),
        suppressed: file.suppressed,
        known: file.known,
        coverage: file.coverage.clone(),
    }
}

/// JSON on many lines; the output types cannot fail to serialize.
pub(super) fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).map_or_else(|_| String::new(), |json| json + "\n")
}

fn convert(finding: &Diagnostic, fingerprint: String, lines: &Lines, lang: Lang) -> Finding {
    let place = |span: Option<Span>| span.map(|span| lines.place(span));
    let related = |related: &crate::diagnostics::Related| Related {
        message: related.words.get(lang).into(),
        path: related.path.as_str().into(),
        span: place(related.span),
    };
    Finding {
        rule: finding.rule,
        severity: finding.severity,
        message: finding.words.get(lang).into(),
        path: finding.path.as_str().into(),
        span: place(finding.span),
        related: finding.related.iter().map(related).collect(),
        help: finding.help.as_ref().map(|help| help.get(lang).into()),
        fingerprint,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_in_docs_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/kouotsu-check-1.schema.json");
        let schema = super::pretty(&super::schema());
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &schema).expect("docs can be written");
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == schema, "the schema in docs is old: UPDATE_DOCS=1 cargo test --lib findings::json");
    }
}
