//! The program: reads the command line, calls the library, writes whole outputs.

mod amend;
pub mod args;
mod batch;
mod check;
mod diff;
mod files;
mod fix;
mod folder;
mod git;
mod many;
mod material;
mod ordered;
mod parse;
mod progress;
mod records;
mod resume;
mod sink;
mod snapshot;
mod sources;
mod write;

use crate::config;
use crate::diagnostics::{Lang, Words};
use crate::output::findings::json;
use crate::rules::{self, explain, list};
use args::{Baseline, Cli, Command, Deferred, Language, ListFormat, SchemaOf};
use clap::{CommandFactory, Parser};
use std::path::Path;
use std::process::ExitCode;

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Nothing to report.
    Clean = 0,
    /// Findings at or above the fail level.
    Findings = 1,
    /// Could not run.
    Failed = 2,
}

/// One line for the person at the terminal; ends the program with 2.
type Outcome = Result<End, Words>;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // help and version are no failures; clap's own code for the rest is 2
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let lang = language(cli.lang);
    match run(cli.command, lang, cli.lang.is_some()) {
        Ok(end) => ExitCode::from(end as u8),
        Err(words) => {
            write::complain(words.get(lang));
            ExitCode::from(2)
        }
    }
}

fn language(chosen: Option<Language>) -> Lang {
    match chosen {
        Some(Language::Ja) => Lang::Ja,
        Some(Language::En) => Lang::En,
        None if sys_locale::get_locale().is_some_and(|locale| locale.starts_with("ja")) => Lang::Ja,
        None => Lang::En,
    }
}

fn run(command: Command, lang: Lang, chosen: bool) -> Outcome {
    match command {
        Command::Parse(Deferred(parse)) => parse::run(&parse, lang),
        Command::Check(Deferred(check)) => check::run(&check, lang, chosen),
        Command::Diff(Deferred(args)) => diff::run(&args, lang, chosen),
        Command::History(Deferred(args)) => many::history(&args, lang),
        Command::Compare(Deferred(args)) => many::compare(&args, lang),
        Command::Snapshot(Deferred(args)) => snapshot::run(&args, lang),
        Command::Fix(Deferred(args)) => fix::run(&args, lang),
        Command::Amend(Deferred(amend)) => amend::run(&amend, lang),
        Command::Explain { rule } => {
            let rule = rules::find(&rule).ok_or_else(|| rules::unknown(&rule))?;
            write::stdout(explain::explain(rule, lang).as_bytes())
        }
        Command::Rules { format } => {
            let text = match format {
                ListFormat::Text => list::text(lang),
                ListFormat::Json => list::json(lang),
                ListFormat::Markdown => list::page(lang),
            };
            write::stdout(text.as_bytes())
        }
        Command::Baseline { command: Baseline::Update { baseline, input, add } } => {
            check::update(&baseline, &input, add, lang)
        }
        Command::Init { folder } => init(&folder),
        Command::Schema { of } => {
            let schema = match of {
                SchemaOf::Parse => crate::schema::json_schema(),
                SchemaOf::Check => json::schema(),
                SchemaOf::Diff => crate::diff::format::json_schema(),
                SchemaOf::Amend => crate::amend::report::json_schema(),
            };
            let text = serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n";
            write::stdout(text.as_bytes())
        }
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "kouotsu", &mut out);
            write::stdout(&out)
        }
        Command::Man { folder } => man(&folder),
    }
}

/// Writes a commented `kouotsu.toml`; one that exists is left alone.
fn init(folder: &Path) -> Outcome {
    let path = folder.join(config::FILE);
    if path.exists() {
        let name = path.display();
        return Err(Words::new(format!("{name} は既にあります"), format!("{name} exists already")));
    }
    write::file(&path, config::TEMPLATE.as_bytes())
}

/// A page for the program and one for each command.
fn man(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).map_err(|error| write::failed(folder, &error))?;
    let command = Cli::command();
    let commands = std::iter::once(("kouotsu".to_string(), command.clone()))
        .chain(command.get_subcommands().map(|sub| (format!("kouotsu-{}", sub.get_name()), sub.clone())));
    for (name, command) in commands {
        let mut page = Vec::new();
        let failed = |error: std::io::Error| write::failed(folder, &error);
        clap_mangen::Man::new(command.name(leak(&name))).render(&mut page).map_err(failed)?;
        write::file(&folder.join(format!("{name}.1")), &page)?;
    }
    Ok(End::Clean)
}

/// clap keeps names for the life of the program.
fn leak(name: &str) -> &'static str {
    Box::leak(name.to_string().into_boxed_str())
}
