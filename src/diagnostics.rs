//! Findings: one primary place, annotated others, and words in two languages.

use crate::model::path::Path;
use crate::span::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bad a finding is; ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

/// The same sentence in Japanese and English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}

/// Language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 日本語.
    #[default]
    Ja,
    /// English.
    En,
}

impl Words {
    /// Both sentences.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// The sentence in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Stable address of the node.
    pub path: Path,
    /// Where it stands in the source.
    pub span: Option<Span>,
    /// What it has to do with the finding.
    pub words: Words,
}

/// One thing that the reader or a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Id: `role-missing`.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What was found and what was expected.
    pub words: Words,
    /// Stable address of the node, without line numbers.
    pub path: Path,
    /// Where it stands in the source.
    pub span: Option<Span>,
    /// Other places.
    pub related: Vec<Related>,
    /// What to do.
    pub help: Option<Words>,
}
