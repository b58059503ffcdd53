//! Findings that a user hides, with a reason.

use crate::diagnostics::Diagnostic;
use globset::GlobMatcher;
use jiff::civil::Date;
use serde::Deserialize;

/// One `[[suppress]]`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Suppression {
    /// Id of the rule.
    pub rule: String,
    /// Address of the node; what stands below it is hidden too. `*` stands for a part of one step, `**` for steps.
    pub path: String,
    /// Glob of files, relative to the configuration.
    pub file: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
    /// Where it stands in `kouotsu.toml`, in bytes.
    #[serde(skip)]
    pub place: usize,
    #[serde(skip)]
    files: Option<GlobMatcher>,
    #[serde(skip)]
    paths: Option<GlobMatcher>,
}

impl Suppression {
    /// Whether it hides `finding`, wherever it was found.
    pub fn hides(&self, finding: &Diagnostic) -> bool {
        self.rule == finding.rule
            && match &self.paths {
                Some(glob) => steps(&finding.path).any(|path| glob.is_match(path)),
                None => stands_below(&finding.path, &self.path),
            }
    }

    /// Whether it is meant for `file`.
    pub fn concerns(&self, file: &str) -> bool {
        self.files.as_ref().is_none_or(|glob| glob.is_match(crate::fingerprint::file(file)))
    }

    /// Whether its last day is before `today`.
    pub fn expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Reads its patterns; a fault is the pattern and what is wrong with it.
    pub(super) fn compile(&mut self) -> Result<(), (String, String)> {
        self.files = self.file.as_deref().map(super::glob).transpose()?.map(|glob| glob.compile_matcher());
        if self.path.contains('*') {
            self.paths = Some(super::glob(&self.path)?.compile_matcher());
        }
        Ok(())
    }
}

/// The address itself and those above it: `別表1/2/救急`, `別表1/2`, `別表1`.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(above, _)| above))
}

/// `第3条` holds `第3条第1項(1)` but not `第3条の2`; `別表1` holds `別表1/2` but not `別表10`.
fn stands_below(path: &str, above: &str) -> bool {
    let Some(rest) = path.strip_prefix(above) else { return false };
    let in_article = above.rsplit('/').next().is_some_and(|step| step.starts_with('第'));
    let goes_on = |c: char| c == 'の' || c.is_numeric();
    rest.is_empty() || rest.starts_with('/') || in_article && !rest.starts_with(goes_on)
}

/// `2027-03-31` with or without quotes.
fn day<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Date(toml::value::Datetime),
        Text(String),
    }
    let text = match Written::deserialize(input)? {
        Written::Date(date) => date.to_string(),
        Written::Text(text) => text,
    };
    text.parse().map(Some).map_err(|_| serde::de::Error::custom(format!("{text} is not a day; write 2027-03-31")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Severity, Words};

    #[test]
    fn reaches_what_stands_below() {
        for (pattern, path, hidden) in [
            ("第3条", "第3条", true),
            ("第3条", "第3条第1項(1)", true),
            ("第3条", "第3条の2", false),
            ("第3条第1項", "第3条第1項(1)ア", true),
            ("第3条第1項(1)", "第3条第1項(1)ア", true),
            ("第3条第1項(1)", "第3条第1項(1)の2", false),
            ("第3条", "第30条", false),
            ("別表1", "別表1/2/救急", true),
            ("別表1", "別表10/2/救急", false),
            ("別表1/2/救急", "別表1/2/救急医療", false),
            ("別表*", "別表10/2/救急", true),
            ("別表*/2", "別表1/2/救急/乙の役割", true),
            ("別表*/3", "別表1/2/救急", false),
            ("**/救急", "別表1/2/救急/乙の役割", true),
        ] {
            let mut suppression = Suppression { rule: "x".into(), path: pattern.into(), ..Default::default() };
            suppression.compile().expect("a pattern");
            let finding = Diagnostic {
                rule: "x",
                severity: Severity::Note,
                words: Words::new("", ""),
                path: path.into(),
                span: None,
                related: vec![],
                help: None,
            };
            assert_eq!(suppression.hides(&finding), hidden, "{pattern} {path}");
        }
    }

    #[test]
    fn holds_until_the_end_of_its_day() {
        let text = "[[suppress]]\nrule=\"article-empty\"\npath=\"第1条\"\nreason=\"原本\"\nuntil=";
        for day in ["2027-03-31", "\"2027-03-31\""] {
            let config = super::super::parse(&format!("{text}{day}"), "k").expect("valid");
            let expired = |day: &str| config.suppress[0].expired(day.parse().expect("a day"));
            assert!(!expired("2027-03-31") && expired("2027-04-01"));
        }
        assert!(super::super::parse(&format!("{text}\"2027-02-30\""), "k").is_err());
    }
}
