//! The command line: one definition for help, completions and man pages.

mod deferred;
mod guard;

pub use deferred::Deferred;
pub use guard::{Compare, CompareFormat, Diff, DiffFormat, Fix, History, HistoryFormat, Opening, Side, Snapshot};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// 甲乙: read agreements between Japanese municipalities into data, and check them.
///
/// 定住自立圏形成協定・連携協約を読み取り、データ（JSON, CSV）にし、誤りを調べます。
#[derive(Debug, Parser)]
#[command(name = "kouotsu", version, arg_required_else_help = true, propagate_version = true)]
#[command(after_help = "Examples:
  kouotsu parse agreement.pdf --pretty        the agreement as JSON
  kouotsu parse *.txt --format csv --bom -o all.csv
  kouotsu parse agreements/ -f xlsx -o all.xlsx a whole folder as a workbook
  kouotsu check agreement.docx                what is wrong in it
  kouotsu diff old.pdf new.docx               what changed
  kouotsu explain role-missing                what a rule means
Exit codes: 0 nothing to report, 1 findings at or above the fail level, 2 could not run.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Language of messages; the locale's by default.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
}

/// Language of messages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    /// 日本語
    Ja,
    /// English
    En,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read agreements into data.
    Parse(Deferred<Parse>),
    /// Find what is wrong in agreements.
    Check(Deferred<Check>),
    /// Say what changed from one agreement to another.
    Diff(Deferred<Diff>),
    /// Follow each 取組 through the versions of an agreement.
    History(Deferred<History>),
    /// Lay the agreements of one centre side by side.
    Compare(Deferred<Compare>),
    /// Keep what agreements say beside them, and say when it changes.
    Snapshot(Deferred<Snapshot>),
    /// Mend what is safe to mend in text files.
    Fix(Deferred<Fix>),
    /// Apply an amending agreement, or say what in it does not fit.
    Amend(Deferred<Amend>),
    /// Say what a rule means, with a bad and a good example.
    Explain {
        /// Its id, as findings name it.
        rule: String,
    },
    /// List all rules.
    Rules {
        /// How.
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Keep the findings that are known, so that only new ones count.
    Baseline {
        /// What to do with it.
        #[command(subcommand)]
        command: Baseline,
    },
    /// Write a commented kouotsu.toml.
    Init {
        /// Folder to write it to.
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Print the JSON Schema of an output.
    Schema {
        /// Which output.
        #[arg(value_enum, default_value_t = SchemaOf::Parse)]
        of: SchemaOf,
    },
    /// Print a completion script.
    #[command(after_help = "Example: kouotsu completions bash > /etc/bash_completion.d/kouotsu")]
    Completions {
        /// For which shell.
        shell: Shell,
    },
    /// Write man pages to a folder.
    Man {
        /// Where; made if it does not exist.
        folder: PathBuf,
    },
}

/// What to read, and how.
#[derive(Args, Clone, Debug)]
pub struct Input {
    /// Files of any kind the tool can open, folders, patterns (**/*.pdf), or - for standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Also read the files whose names this file lists, one a line or with NUL between; - is standard input.
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// How many files are read at the same time; all cores by default.
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Neither progress nor summary of a batch.
    #[arg(short, long)]
    pub quiet: bool,
    /// Encoding of text files, instead of the one that is found: utf-8, shift_jis, euc-jp, iso-2022-jp, utf-16le, utf-16be.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Leave wraps, blanks inside words and radicals as they are.
    #[arg(long)]
    pub no_repair: bool,
    /// Settings, instead of the kouotsu.toml found upward from the file.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Where output goes.
#[derive(Args, Clone, Debug)]
pub struct Output {
    /// Write to a file instead of standard output: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `kouotsu parse`
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  kouotsu parse agreement.txt --pretty
  kouotsu parse - < agreement.txt
  kouotsu parse agreements/ --format ndjson -o all.ndjson --resume
  find . -name '*.pdf' -print0 | kouotsu parse --files-from - -f xlsx -o all.xlsx
  kouotsu parse --records < texts.ndjson > agreements.ndjson
  kouotsu parse agreement.txt --format csv --bom -o agreement.csv   (opens in Excel)"
)]
pub struct Parse {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = ParseFormat::Json)]
    pub format: ParseFormat,
    /// Indent JSON; the default on a terminal.
    #[arg(long)]
    pub pretty: bool,
    /// Say of every node where it stands in the source.
    #[arg(long)]
    pub spans: bool,
    /// Begin csv and tsv with a byte order mark, which Excel needs.
    #[arg(long)]
    pub bom: bool,
    /// Where to.
    #[command(flatten)]
    pub output: Output,
    /// Leave out what the output file already holds, and add the rest to it (ndjson only).
    #[arg(long, requires = "output")]
    pub resume: bool,
    /// Read lines {"id", "text"} from standard input, write lines {"id", "agreements", "error"}.
    #[arg(long, conflicts_with_all = ["files", "files_from", "format", "pretty", "bom", "resume"])]
    pub records: bool,
}

/// Formats of `kouotsu parse`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// An object for one agreement, a list for several.
    Json,
    /// One agreement a line.
    Ndjson,
    /// One 取組 a row.
    Csv,
    /// One 取組 a row, tabs between.
    Tsv,
    /// A workbook: 取組, findings, files.
    Xlsx,
    /// A readable page with tables.
    Markdown,
    /// The canonical text.
    Text,
}

/// `kouotsu check`
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  kouotsu check agreement.txt
  kouotsu check agreements/
  kouotsu check agreements/*.pdf --format sarif -o findings.sarif
  kouotsu check agreement.txt --select 'role-*' --fail-level warning
  kouotsu check agreement.txt --baseline known.json"
)]
pub struct Check {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// The least severity that ends with exit code 1.
    #[arg(long, value_enum)]
    pub fail_level: Option<Level>,
    /// Run only these rules (ids, or role-*).
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub select: Vec<String>,
    /// Do not run these rules.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub ignore: Vec<String>,
    /// Findings that are known and do not count.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Which guideline the agreement is held to.
    #[arg(long, value_enum)]
    pub profile: Option<ProfileName>,
    /// Where to.
    #[command(flatten)]
    pub output: Output,
}

/// Formats of `kouotsu check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// One object.
    Json,
    /// One finding a line.
    Ndjson,
    /// SARIF 2.1.0.
    Sarif,
    /// GitHub annotations.
    Github,
    /// GitLab code quality.
    Gitlab,
    /// JUnit XML.
    Junit,
    /// checkstyle XML.
    Checkstyle,
    /// reviewdog.
    Rdjson,
    /// For a pull request comment.
    Markdown,
}

impl CheckFormat {
    /// Its name in the table of formats.
    pub fn name(self) -> String {
        self.to_possible_value().map_or(String::new(), |v| v.get_name().to_string())
    }
}

/// `kouotsu amend`
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kouotsu amend agreement.txt amendment.txt                    the consolidated text
  kouotsu amend agreement.pdf amendment.docx --format markdown -o amended.md
  kouotsu amend agreement.txt amendment.txt --format json
Exit codes: 0 everything fits, 1 an instruction does not, 2 could not run.")]
pub struct Amend {
    /// The agreement as it stands.
    #[arg(value_name = "BASE")]
    pub base: PathBuf,
    /// The amending agreement (改め文), or the agreement stated anew.
    #[arg(value_name = "AMENDMENT")]
    pub amendment: PathBuf,
    /// What to write.
    #[arg(short, long, value_enum, default_value_t = AmendFormat::Text)]
    pub format: AmendFormat,
    /// Encoding of text files, instead of the one that is found.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Where to.
    #[command(flatten)]
    pub output: Output,
}

/// Formats of `kouotsu amend`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AmendFormat {
    /// The canonical text of the consolidated agreement.
    Text,
    /// The instructions, what did not fit, the comparison and the consolidated agreement.
    Json,
    /// A readable page: what changed, what did not fit.
    Markdown,
}

/// A severity on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Also notes.
    Note,
    /// Warnings and errors.
    Warning,
    /// Only errors.
    Error,
}

/// A guideline on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// By the kind of document.
    Auto,
    /// 定住自立圏形成協定
    SettlementRegion,
    /// 連携協約
    CoreCity,
    /// None.
    None,
}

/// Formats of `kouotsu rules`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// The rules page.
    Markdown,
}

/// Outputs that have a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    /// kouotsu/1
    Parse,
    /// kouotsu-check/1
    Check,
    /// kouotsu-diff/1
    Diff,
    /// kouotsu-amend/1
    Amend,
}

/// `kouotsu baseline`
#[derive(Debug, Subcommand)]
pub enum Baseline {
    /// Take what is mended out of the baseline; with --add, take new findings in.
    Update {
        /// The baseline; made with --add if it does not exist.
        baseline: PathBuf,
        /// What to check.
        #[command(flatten)]
        input: Input,
        /// Also take in findings that are new.
        #[arg(long)]
        add: bool,
    },
}
