//! Findings in every format. Each is a pure function of a [`Report`].

pub mod checkstyle;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;

pub mod markdown;
pub mod ndjson;
pub mod rdjson;
pub mod sarif;
pub mod text;

#[cfg(test)]
mod tests;

use crate::diagnostics::{Diagnostic, Lang, Severity, Words};
use crate::input::Position;
use crate::output::place;
use crate::schema::Coverage;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Display;

/// All that a check found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order in which they were named.
    pub files: Vec<File>,
    /// Language of the messages.
    pub lang: Lang,
    /// Whether [`text`] may use colours, see [`crate::output::findings::text::colour`].
    pub colour: bool,
}

/// One file; one that cannot be read has no text and one finding that says so.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// As given, best relative to the root of the repository.
    pub name: String,
    /// The decoded text that the spans are in.
    pub text: String,
    /// Where the text stands in a PDF; empty for other formats.
    pub map: Vec<Position>,
    /// By place.
    pub findings: Vec<Diagnostic>,
    /// How many findings a suppression hides.
    pub suppressed: usize,
    /// How many findings the baseline knows.
    pub known: usize,
    /// How much was read.
    pub coverage: Coverage,
}

/// How many of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Files.
    pub files: usize,
    /// Findings of level `error`.
    pub errors: usize,
    /// Findings of level `warning`.
    pub warnings: usize,
    /// Findings of level `note`.
    pub notes: usize,
    /// Findings that suppressions hide.
    pub suppressed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// 取組.
    pub initiatives: u32,
    /// Those with content and the role of every party.
    pub complete: u32,
    /// Bytes that no part of the reader could place.
    pub unread: u64,
}

/// A format by the name that the command line gives it.
pub type Format = (&'static str, fn(&Report) -> String);

/// Every format; the first is the default.
pub const FORMATS: &[Format] = &[
    ("text", text::write),
    ("json", json::write),
    ("ndjson", ndjson::write),
    ("sarif", sarif::write),
    ("github", github::write),
    ("gitlab", gitlab::write),
    ("junit", junit::write),
    ("checkstyle", checkstyle::write),
    ("rdjson", rdjson::write),
    ("markdown", markdown::write),
];

impl Report {
    /// Counts over all files.
    pub fn summary(&self) -> Summary {
        let level = |level| self.findings().filter(|f| f.severity == level).count();
        Summary {
            files: self.files.len(),
            errors: level(Severity::Error),
            warnings: level(Severity::Warning),
            notes: level(Severity::Note),
            suppressed: self.files.iter().map(|f| f.suppressed).sum(),
            known: self.files.iter().map(|f| f.known).sum(),
            initiatives: self.files.iter().map(|f| f.coverage.initiatives).sum(),
            complete: self.files.iter().map(|f| f.coverage.complete).sum(),
            unread: self.files.iter().map(|f| f.coverage.bytes.saturating_sub(f.coverage.accounted)).sum(),
        }
    }

    /// Whether a finding is at or above `level` (exit code 1).
    pub fn fails(&self, level: Severity) -> bool {
        self.findings().any(|finding| finding.severity >= level)
    }

    fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.iter().flat_map(|file| &file.findings)
    }
}

impl Summary {
    /// One line, hidden findings last.
    pub fn words(&self) -> Words {
        let Self { files, errors, warnings, notes, suppressed, known, initiatives, complete, unread } = self;
        let left = match unread {
            0 => Words::new("", ""),
            _ => Words::new(
                format!("読めない部分 {unread} バイト。"),
                format!("{} not understood; ", counted(*unread, "byte")),
            ),
        };
        let hidden = hidden(*suppressed, *known);
        Words::new(
            format!(
                "{files} ファイル: エラー {errors}、警告 {warnings}、注意 {notes}。取組 {complete}/{initiatives}。{}{}",
                left.ja, hidden.ja
            ),
            format!(
                "{}: {}, {}, {}; {complete} of {} complete; {}{}",
                counted(*files, "file"),
                counted(*errors, "error"),
                counted(*warnings, "warning"),
                counted(*notes, "note"),
                counted(*initiatives, "initiative"),
                left.en,
                hidden.en
            ),
        )
    }
}

/// `1 file`, `2 files`
fn counted<N: Display + From<u8> + PartialEq>(number: N, noun: &str) -> String {
    format!("{number} {noun}{}", if number == N::from(1) { "" } else { "s" })
}

/// How much is not shown; said even when it is nothing.
fn hidden(suppressed: usize, known: usize) -> Words {
    Words::new(
        format!("既知 {known}、抑止 {suppressed}"),
        format!("{known} known by the baseline, {suppressed} suppressed"),
    )
}

/// Message, address and help on lines of their own, each free of control characters.
fn sentences(finding: &Diagnostic, lang: Lang) -> String {
    let mut lines = vec![place::visible(finding.words.get(lang))];
    if !finding.path.is_empty() {
        lines.push(place::visible(&finding.path));
    }
    if let Some(help) = &finding.help {
        lines.push(format!("→ {}", place::visible(help.get(lang))));
    }
    lines.join("\n")
}
