//! Commands that compare and guard.

use super::Output;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How to open files.
#[derive(Args, Clone, Debug)]
pub struct Opening {
    /// Encoding of text files, instead of the one that is found.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Leave wraps, blanks inside words and radicals as they are.
    #[arg(long)]
    pub no_repair: bool,
    /// Settings, instead of the kouotsu.toml found upward from the file.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// `kouotsu diff`
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kouotsu diff old.pdf new.docx
  kouotsu diff old.txt new.txt --format html -o table.html     (新旧対照表)
  kouotsu diff old.txt new.txt --fail-on warning --exit-code
  kouotsu diff main..HEAD -- agreements/a.txt                  (two versions in git; main...HEAD from where they parted)
  kouotsu diff main -- agreements/a.txt                        (a version in git and the file as it is now)")]
pub struct Diff {
    /// Two files, or with -- FILE one or two versions in git.
    #[arg(required = true, num_args = 1..=2, value_name = "OLD NEW | REV[..REV]")]
    pub sides: Vec<PathBuf>,
    /// Files whose versions in git are compared; several go with text, markdown and github.
    #[arg(last = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// Which side 改正後 stands on in tables.
    #[arg(long, value_enum, default_value_t = Side::Left)]
    pub new_on: Side,
    /// What ends with exit code 1: error, warning, note, never, or rules (role-lost, initiative-lost, reference-stale, those of check).
    #[arg(long, value_delimiter = ',', value_name = "LEVEL|RULE")]
    pub fail_on: Vec<String>,
    /// Judge the changes alone; do not add what check finds in NEW and not in OLD.
    #[arg(long)]
    pub no_check: bool,
    /// End with exit code 1 when there is any change.
    #[arg(long)]
    pub exit_code: bool,
    /// Which agreement of files that hold several, from 1.
    #[arg(long, value_name = "N")]
    pub agreement: Option<usize>,
    /// How to open.
    #[command(flatten)]
    pub opening: Opening,
    /// Where to.
    #[command(flatten)]
    pub output: Output,
}

/// Formats of `kouotsu diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// kouotsu-diff/1.
    Json,
    /// For a pull request comment.
    Markdown,
    /// 新旧対照表 as one page.
    Html,
    /// 新旧対照表 as a Word file.
    Docx,
    /// GitHub annotations.
    Github,
    /// List of changes and 新旧対照表 as a workbook.
    Xlsx,
    /// 改め文 that turns OLD into NEW.
    Amendment,
}

/// A side of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// As ministries do.
    Left,
    /// As many municipalities do.
    Right,
}

/// `kouotsu history`
#[derive(Args, Debug)]
#[command(after_help = "Example: kouotsu history 2016.pdf 2020.pdf 2024.docx")]
pub struct History {
    /// Versions of one agreement, in any order; the date of signing counts.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = HistoryFormat::Text)]
    pub format: HistoryFormat,
    /// How to open.
    #[command(flatten)]
    pub opening: Opening,
    /// Where to.
    #[command(flatten)]
    pub output: Output,
}

/// Formats of `kouotsu history`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// For people.
    Text,
    /// kouotsu-history/1.
    Json,
}

/// `kouotsu compare`
#[derive(Args, Debug)]
#[command(after_help = "Example: kouotsu compare agreements --format xlsx -o neighbours.xlsx")]
pub struct Compare {
    /// Folders or files: the agreements of one centre with its neighbours.
    #[arg(required = true, value_name = "DIR")]
    pub paths: Vec<PathBuf>,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = CompareFormat::Csv)]
    pub format: CompareFormat,
    /// Begin csv with a byte order mark, which Excel needs.
    #[arg(long)]
    pub bom: bool,
    /// How to open.
    #[command(flatten)]
    pub opening: Opening,
    /// Where to.
    #[command(flatten)]
    pub output: Output,
}

/// Formats of `kouotsu compare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// One 取組 a row, one neighbour a column.
    Csv,
    /// One page.
    Html,
    /// A workbook.
    Xlsx,
}

/// `kouotsu snapshot`
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kouotsu snapshot agreements             1 when an agreement says something else than its *.snap.json
  kouotsu snapshot agreements --update    write them anew")]
pub struct Snapshot {
    /// Folders or files.
    #[arg(required = true, value_name = "DIR")]
    pub paths: Vec<PathBuf>,
    /// Write what the agreements say now, and take away snapshots of agreements that are gone.
    #[arg(long)]
    pub update: bool,
    /// How to open.
    #[command(flatten)]
    pub opening: Opening,
}

/// `kouotsu fix`
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kouotsu fix agreement.txt            what would be changed, as a unified diff
  kouotsu fix agreement.txt --write    change it
Exit codes: 0 nothing to fix or all written, 1 there is something to fix, 2 could not run.")]
pub struct Fix {
    /// Text files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change the files: each whole or not at all, in its own encoding and with its own line ends.
    #[arg(long)]
    pub write: bool,
    /// How to open.
    #[command(flatten)]
    pub opening: Opening,
}

impl Opening {
    /// The same as an input with files.
    pub fn of(&self, files: &[PathBuf]) -> super::Input {
        super::Input {
            files: files.to_vec(),
            files_from: None,
            jobs: None,
            quiet: true,
            encoding: self.encoding.clone(),
            no_repair: self.no_repair,
            config: self.config.clone(),
        }
    }
}
