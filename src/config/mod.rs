//! `kouotsu.toml`: levels, profile, files, suppressions and labels.

mod keys;
mod suppress;

pub use suppress::Suppression;

use crate::diagnostics::{Lang, Severity, Words};
use crate::schema::Kind;
use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the file.
pub const FILE: &str = "kouotsu.toml";

/// What `kouotsu init` writes: every key with its meaning, all commented out.
pub const TEMPLATE: &str = include_str!("kouotsu.toml");

/// Level of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Does not run.
    Off,
    /// See [`Severity::Note`].
    Note,
    /// See [`Severity::Warning`].
    Warning,
    /// See [`Severity::Error`].
    Error,
}

impl Level {
    /// The severity that it stands for; `None` for `off`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// Which guideline an agreement is held to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// What the document is.
    #[default]
    Auto,
    /// 定住自立圏構想推進要綱.
    SettlementRegion,
    /// 連携中枢都市圏構想推進要綱.
    CoreCity,
    /// None.
    None,
}

impl Profile {
    /// The guideline for a document of kind `found`; `Other` is none.
    pub fn of(self, found: Kind) -> Kind {
        match self {
            Profile::Auto => found,
            Profile::SettlementRegion => Kind::SettlementRegion,
            Profile::CoreCity => Kind::CoreCity,
            Profile::None => Kind::Other,
        }
    }
}

/// Words that label rows, besides those that the reader knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Labels {
    /// For 取組内容.
    pub content: Vec<String>,
    /// For 役割.
    pub role: Vec<String>,
}

/// The settings; the default is what holds without a file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Config {
    /// By rule id.
    pub rules: BTreeMap<String, Level>,
    /// Guideline.
    pub profile: Profile,
    /// Globs of files to check in a folder; empty means all that can be read.
    pub include: Vec<String>,
    /// Globs of files to leave out of a folder.
    pub exclude: Vec<String>,
    /// Findings to hide.
    pub suppress: Vec<Suppression>,
    /// More words for labels.
    pub labels: Labels,
    /// Language of messages; `None` is the locale's.
    pub lang: Option<Lang>,
    /// The least severity that ends with exit code 1; `None` is `error`.
    pub fail_level: Option<Severity>,
    #[serde(skip)]
    included: GlobSet,
    #[serde(skip)]
    excluded: GlobSet,
}

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {}", words.en)]
pub struct Problem {
    /// The file, as given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and what is expected.
    pub words: Words,
}

impl Config {
    /// Whether a file of a folder is to be checked; `path` is relative to the folder of the configuration, with `/`.
    pub fn selects(&self, path: &str) -> bool {
        (self.include.is_empty() || self.included.is_match(path)) && !self.excluded.is_match(path)
    }
}

/// The nearest `kouotsu.toml`, from the folder of `start` (a file or a folder) upward.
pub fn locate(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
}

/// Reads the settings in `text`; `file` is the name for messages. Unknown keys and rules are refused.
pub fn parse(text: &str, file: &str) -> Result<Config, Problem> {
    let at = |offset: usize, words: Words| Problem { file: file.into(), line: line_of(text, offset), words };
    let syntax = |error: toml::de::Error| {
        let message = error.message();
        at(error.span().map_or(0, |span| span.start), Words::new(format!("設定が読めません: {message}"), message))
    };
    let table = toml::de::DeTable::parse(text).map_err(syntax)?;
    keys::verify(table.get_ref()).map_err(|(offset, words)| at(offset, words))?;
    let mut config: Config = toml::from_str(text).map_err(syntax)?;
    let pattern = |(pattern, reason): (String, String)| {
        let words = Words::new(
            format!("{pattern} はパターンとして読めません: {reason}"),
            format!("{pattern} is not a pattern: {reason}"),
        );
        at(text.find(&pattern).unwrap_or(0), words)
    };
    config.included = globs(&config.include).map_err(pattern)?;
    config.excluded = globs(&config.exclude).map_err(pattern)?;
    for (suppression, offset) in config.suppress.iter_mut().zip(keys::places(table.get_ref(), "suppress")) {
        suppression.place = offset;
        suppression.compile().map_err(pattern)?;
    }
    Ok(config)
}

fn globs(patterns: &[String]) -> Result<GlobSet, (String, String)> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(glob(pattern)?);
    }
    set.build().map_err(|error| (String::new(), error.kind().to_string()))
}

/// A glob, or itself and why it is none.
fn glob(pattern: &str) -> Result<Glob, (String, String)> {
    let built = globset::GlobBuilder::new(pattern).literal_separator(true).build();
    built.map_err(|error| (pattern.into(), error.kind().to_string()))
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_the_default_with_and_without_its_comments() {
        assert!(parse(TEMPLATE, FILE).is_ok());
        let key = |line: &str| line.contains(" = ") || line.starts_with("# [[");
        let open = TEMPLATE.lines().map(|l| if key(l) { l.trim_start_matches("# ") } else { l });
        let config = parse(&open.collect::<Vec<_>>().join("\n"), FILE).expect("every key of the template is valid");
        assert_eq!(config.rules.len(), 1);
        assert_eq!(config.suppress.len(), 1);
        assert_eq!(config.labels.role, ["分担"]);
        assert_eq!(config.fail_level, Some(Severity::Error));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (text, line, en) in [
            ("\nprofil = \"auto\"", 2, "unknown key profil; did you mean profile?"),
            ("[rules]\narticle-emty = \"off\"", 2, "there is no rule article-emty; did you mean article-empty?"),
            ("[[suppress]]\nrule = \"article-empty\"\npath = \"第1条\"", 1, "a suppression needs reason"),
            (
                "[[suppress]]\nrule = \"article-empty\"\npath = \"第1条\"\nreason = \" \"",
                1,
                "a suppression needs reason",
            ),
            ("[[suppress]]\nrule = \"x-y\"\npath = \"第1条\"\nreason = \"原本\"", 2, "there is no rule x-y"),
            ("[labels]\ncontents = []", 2, "unknown key contents; did you mean content?"),
            ("lang = \"fr\"", 1, "unknown variant `fr`, expected `ja` or `en`"),
            ("include = [\"[\"]", 1, "[ is not a pattern: unclosed character class; missing ']'"),
        ] {
            let problem = parse(text, FILE).expect_err(text);
            assert_eq!((problem.line, problem.words.en.as_str()), (line, en), "{text}");
        }
    }

    #[test]
    fn selects_files() {
        let config = parse("include = [\"**/*.txt\"]\nexclude = [\"下書き/**\"]", FILE).expect("valid");
        assert!(config.selects("a/協定.txt") && config.selects("協定.txt"));
        assert!(!config.selects("下書き/協定.txt") && !config.selects("a.pdf"));
        assert!(Config::default().selects("a.pdf"));
    }

    #[test]
    fn is_found_upward() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("a/b");
        std::fs::create_dir_all(&below).expect("folders");
        std::fs::write(folder.path().join(FILE), "").expect("a file");
        assert_eq!(locate(&below.join("x.txt")), Some(folder.path().join(FILE)));
    }
}
