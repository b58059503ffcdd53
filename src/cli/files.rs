//! Files to read: from the disk or standard input, with the settings that are in force for them.

use super::args::Input;
use crate::config::{self, Config};
use crate::diagnostics::Words;
use crate::open::{self, Opened, Settings};
use crate::parse::label::Vocabulary;
use crate::source;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The name of standard input in outputs.
pub const STDIN: &str = "<stdin>";

/// The kind of a file can be told from so many bytes.
const HEAD: usize = 4096;

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
        None => config::locate(input.files.first().filter(|p| p.as_os_str() != "-").map_or(Path::new("."), |p| p)),
    };
    let Some(path) = path else { return Ok((Config::default(), None)) };
    let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    let config = config::parse(&text, &path.display().to_string()).map_err(|problem| {
        let (file, line) = (problem.file, problem.line);
        Words::new(format!("{file}:{line}: {}", problem.words.ja), format!("{file}:{line}: {}", problem.words.en))
    })?;
    Ok((config, Some(path)))
}

/// The name of a file in outputs, with `/` on every system.
pub fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { STDIN.to_string() } else { slashed(path) }
}

/// A path with `/` on every system.
pub fn slashed(path: &Path) -> String {
    let name = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The name relative to the folder of the settings in force, with `/`.
pub fn relative(path: &Path, config: Option<&Path>) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = config
        .and_then(|c| std::path::absolute(c).ok())
        .and_then(|c| c.parent().map(Path::to_path_buf))
        .unwrap_or_default();
    slashed(absolute.strip_prefix(&folder).unwrap_or(path))
}

/// Opens one file; the sentence names it.
pub fn open(path: &Path, settings: &Settings) -> Result<Opened, Words> {
    decode(path, &read(path, settings.limits.bytes)?, settings)
}

/// Opens the bytes of a file; the sentence names it.
pub fn decode(path: &Path, bytes: &[u8], settings: &Settings) -> Result<Opened, Words> {
    let name = name(path);
    open::open(&name, bytes, settings)
        .map_err(|refusal| Words::new(format!("{name}: {}", refusal.words.ja), format!("{name}: {}", refusal.words.en)))
}

/// A file and its first bytes.
pub fn head(path: &Path) -> Result<(File, Vec<u8>), Words> {
    let mut bytes = Vec::with_capacity(HEAD);
    let mut file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let read = file.by_ref().take(HEAD as u64).read_to_end(&mut bytes);
    read.map(|_| (file, bytes)).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file of which some are read, one more than the limit at most.
pub fn rest(mut file: File, mut bytes: Vec<u8>, path: &Path, limit: u64) -> Result<Vec<u8>, Words> {
    // a file of known length is read at once; what is no file may never end
    let read = match file.metadata() {
        Ok(known) if known.is_file() && known.len() <= limit => file.read_to_end(&mut bytes),
        _ => file.take((limit + 1).saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes),
    };
    read.map(|_| bytes).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file or of standard input, one more than the limit at most.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Words> {
    if path.as_os_str() != "-" {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        return rest(file, Vec::new(), path, limit);
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|error| unreadable(path, &error))
}

/// The sentence for a file that the system does not give.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Words {
    let name = name(path);
    let ja = match error.kind() {
        std::io::ErrorKind::NotFound => "ファイルがありません".to_string(),
        std::io::ErrorKind::PermissionDenied => "読む権限がありません".to_string(),
        _ => error.to_string(),
    };
    Words::new(format!("{name}: {ja}"), format!("{name}: {error}"))
}
