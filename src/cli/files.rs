//! Files to read: from the disk or standard input, with the settings that are in force for them.

use super::args::Input;
use crate::config::{self, Config};
use crate::diagnostics::Words;
use crate::open::{self, Opened, Settings};
use crate::parse::label::Vocabulary;
use crate::source;
use std::io::Read;
use std::path::Path;

/// The name of standard input in outputs.
pub const STDIN: &str = "<stdin>";

/// How to open files, from the command line and the settings in force.
pub fn settings(input: &Input, config: &Config) -> Result<Settings, Words> {
    let encoding = match &input.encoding {
        None => None,
        Some(name) => Some(source::encoding(name).ok_or_else(|| {
            let known = source::ENCODINGS.join(", ");
            Words::new(
                format!("文字コード {name} は知りません（使えるもの: {known}）"),
                format!("unknown encoding {name}; known are {known}"),
            )
        })?),
    };
    let mut settings = Settings { encoding, ..Settings::default() };
    settings.reading.repair = !input.no_repair;
    settings.reading.words =
        Vocabulary { content: config.labels.content.clone(), role: config.labels.role.clone(), name: Vec::new() };
    Ok(settings)
}

/// Settings in force: the file that is named, else the one found upward from the first file; the default without one.
pub fn config(input: &Input) -> Result<(Config, Option<std::path::PathBuf>), Words> {
    let path = match &input.config {
        Some(path) => Some(path.clone()),
        None => input
            .files
            .first()
            .map_or(Path::new("."), |p| if p.as_os_str() == "-" { Path::new(".") } else { p })
            .parent()
            .and_then(|p| config::locate(if p.as_os_str().is_empty() { Path::new(".") } else { p })),
    };
    let Some(path) = path else { return Ok((Config::default(), None)) };
    let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    let config = config::parse(&text, &path.display().to_string()).map_err(|problem| {
        let (file, line) = (problem.file, problem.line);
        Words::new(format!("{file}:{line}: {}", problem.words.ja), format!("{file}:{line}: {}", problem.words.en))
    })?;
    Ok((config, Some(path)))
}

/// The name of a file in outputs.
pub fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { STDIN.to_string() } else { path.display().to_string() }
}

/// Opens one file; the sentence names it.
pub fn open(path: &Path, settings: &Settings) -> Result<Opened, Words> {
    let bytes = read(path, settings.limits.bytes)?;
    open::open(&name(path), &bytes, settings).map_err(|refusal| {
        let name = name(path);
        Words::new(format!("{name}: {}", refusal.words.ja), format!("{name}: {}", refusal.words.en))
    })
}

/// The bytes of a file or of standard input, one more than the limit at most.
fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Words> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)
    } else {
        if path.is_dir() {
            let name = path.display();
            return Err(Words::new(
                format!("{name} はフォルダーです。ファイルを指定してください"),
                format!("{name} is a folder; name a file"),
            ));
        }
        std::fs::File::open(path).and_then(|file| {
            bytes.reserve(file.metadata().map_or(0, |m| m.len().min(limit)) as usize + 1);
            file.take(limit + 1).read_to_end(&mut bytes)
        })
    };
    read.map(|_| bytes).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Words {
    let name = name(path);
    let ja = match error.kind() {
        std::io::ErrorKind::NotFound => "ファイルがありません".to_string(),
        std::io::ErrorKind::PermissionDenied => "読む権限がありません".to_string(),
        _ => error.to_string(),
    };
    Words::new(format!("{name}: {ja}"), format!("{name}: {error}"))
}
