//! Which files are meant: names, folders, patterns and lists, as one stream in a fixed order.

use super::args::Input;
use super::files;
use crate::config::Config;
use crate::diagnostics::Words;
use globset::GlobBuilder;
use ignore::{DirEntry, WalkBuilder};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As given, or below the folder as given.
    pub path: PathBuf,
    /// Named by the user; what was only found in a folder may be passed over.
    pub named: bool,
}

/// A file, or a name that is none, and why.
pub type Found = Result<Source, (String, Words)>;

type Stream<'a> = Box<dyn Iterator<Item = Found> + Send + 'a>;

/// What holds for the files of a folder.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// `include` and `exclude`.
    pub config: &'a Config,
    /// Where the settings stand.
    pub place: Option<&'a Path>,
    /// The file that is being written; it is not read.
    pub output: Option<&'a Path>,
}

/// Whether these are several files, or may be.
pub fn are_many(input: &Input) -> bool {
    match input.files.as_slice() {
        [one] if input.files_from.is_none() => is_folder(one) || pattern(one).is_some(),
        _ => true,
    }
}

/// Every file that is meant, one by one: names as given, folders and patterns by name, then the list.
pub fn all<'a>(input: &'a Input, scope: Scope<'a>) -> Result<Stream<'a>, Words> {
    if input.files.is_empty() && input.files_from.is_none() {
        return Err(Words::new("読むファイルかフォルダーを指定してください", "name a file or a folder to read"));
    }
    let named = input.files.iter().flat_map(move |path| match pattern(path) {
        Some(pattern) => matching(pattern, scope),
        None => one(path.clone(), scope),
    });
    Ok(match &input.files_from {
        None => Box::new(named),
        Some(from) => Box::new(named.chain(list(from)?.flat_map(move |path| match path {
            Ok(path) => one(path, scope),
            Err(words) => none(files::name(from), words),
        }))),
    })
}

fn is_folder(path: &Path) -> bool {
    path.as_os_str() != "-" && path.is_dir()
}

fn one(path: PathBuf, scope: Scope) -> Stream {
    if is_folder(&path) { folder(&path, scope) } else { Box::new(std::iter::once(Ok(Source { path, named: true }))) }
}

/// The files below a folder, without what `.gitignore` and `.ignore` leave out, hidden files and the output itself.
/// Links to files are read, links to folders are not followed.
fn folder<'a>(root: &Path, scope: Scope<'a>) -> Stream<'a> {
    let output = scope.output.and_then(|path| path.canonicalize().ok());
    let is_output = move |path: &Path| {
        output.as_ref().is_some_and(|o| o.file_name() == path.file_name() && path.canonicalize().is_ok_and(|p| p == *o))
    };
    let tidy: PathBuf = root.components().collect();
    let walk = WalkBuilder::new(&tidy).require_git(false).sort_by_file_name(Ord::cmp).build();
    Box::new(walk.filter_map(move |entry| match entry.map(file) {
        Ok(Some(path)) => {
            let selected = scope.config.selects(&files::relative(&path, scope.place)) && !is_output(&path);
            selected.then_some(Ok(Source { path, named: false }))
        }
        Ok(None) => None,
        Err(error) => Some(Err(trouble(&tidy, &error))),
    }))
}

/// The path of an entry that is a file or a link to one; a link that leads nowhere is one that cannot be read.
fn file(entry: DirEntry) -> Option<PathBuf> {
    let kind = entry.file_type()?;
    let is_file = kind.is_file() || (kind.is_symlink() && !entry.path().is_dir());
    is_file.then(|| match entry.path().strip_prefix(".") {
        Ok(short) => short.to_path_buf(),
        Err(_) => entry.into_path(),
    })
}

fn trouble(path: &Path, error: &ignore::Error) -> (String, Words) {
    let name = files::name(path);
    let words = Words::new(format!("{name}: {error}"), format!("{name}: {error}"));
    (name, words)
}

const WILD: [char; 4] = ['*', '?', '[', '{'];

/// The words of a path that names no file but a pattern.
fn pattern(path: &Path) -> Option<&str> {
    path.to_str().filter(|words| words.contains(WILD) && !path.exists())
}

/// The files that a pattern means, as a shell would give them: hidden ones only by name, folders that `*` meets with all
/// that is in them. Some shells leave this to the program.
fn matching<'a>(pattern: &str, scope: Scope<'a>) -> Stream<'a> {
    let glob = match GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => {
            let reason = error.kind().to_string();
            let words = Words::new(
                format!("{pattern} はパターンとして読めません: {reason}"),
                format!("{pattern} is not a pattern: {reason}"),
            );
            return none(pattern.to_string(), words);
        }
    };
    let is_wild = |part: &Component| part.as_os_str().to_string_lossy().contains(WILD);
    let base: PathBuf = Path::new(pattern).components().take_while(|part| !is_wild(part)).collect();
    let below = Path::new(pattern).components().skip_while(|part| !is_wild(part)).count();
    let deep = pattern.contains("**");
    let mut walk = WalkBuilder::new(if base.as_os_str().is_empty() { Path::new(".") } else { &base });
    walk.standard_filters(false).hidden(!pattern.contains("/.") && !pattern.starts_with('.'));
    walk.max_depth((!deep).then_some(below)).sort_by_file_name(Ord::cmp);
    let tidy = move |path: PathBuf| {
        if base.as_os_str().is_empty() { path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path) } else { path }
    };
    let paths = walk.build().flatten().map(DirEntry::into_path).map(tidy);
    let meant = paths.filter(move |path| glob.is_match(path) && !(deep && path.is_dir()));
    let mut found = meant.flat_map(move |path| one(path, scope)).peekable();
    if found.peek().is_some() {
        return Box::new(found);
    }
    let words = Words::new(format!("{pattern} に当たるファイルがありません"), format!("no file matches {pattern}"));
    none(pattern.to_string(), words)
}

fn none<'a>(name: String, words: Words) -> Stream<'a> {
    Box::new(std::iter::once(Err((name, words))))
}

/// The paths of a list; `-` in it is a file of that name.
fn list(from: &Path) -> Result<impl Iterator<Item = Result<PathBuf, Words>> + Send, Words> {
    let name = from.to_path_buf();
    let source: Box<dyn Read + Send> = if from.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(from).map_err(|error| files::unreadable(from, &error))?)
    };
    let mut reader = BufReader::new(source);
    let mut end = None;
    Ok(std::iter::from_fn(move || {
        next(&mut reader, &mut end).transpose().map(|path| path.map_err(|e| files::unreadable(&name, &e)))
    }))
}

/// Longer than any path on any system.
const LONGEST: u64 = 1 << 16;

/// The next path. No path holds a NUL: one near the beginning means that NULs stand between the paths.
fn next(reader: &mut impl BufRead, end: &mut Option<u8>) -> std::io::Result<Option<PathBuf>> {
    let end = match *end {
        Some(end) => end,
        None => *end.insert(if reader.fill_buf()?.contains(&0) { 0 } else { b'\n' }),
    };
    loop {
        let mut bytes = Vec::new();
        if reader.take(LONGEST).read_until(end, &mut bytes)? == 0 {
            return Ok(None);
        }
        let path = bytes.strip_suffix(&[end]).unwrap_or(&bytes);
        let path = if end == b'\n' { path.strip_suffix(b"\r").unwrap_or(path) } else { path };
        match path {
            b"" => continue,
            b"-" => return Ok(Some(PathBuf::from("./-"))),
            path => return Ok(Some(self::path(path))),
        }
    }
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).as_ref().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_paths() {
        for (list, paths) in [
            (&b"a.txt\nb c.txt\r\n\n-\nd"[..], &["a.txt", "b c.txt", "./-", "d"][..]),
            (b"a\nb.txt\0c.txt\0", &["a\nb.txt", "c.txt"]),
            (b"", &[]),
        ] {
            let (mut reader, mut end) = (list, None);
            let read = std::iter::from_fn(|| next(&mut reader, &mut end).unwrap()).collect::<Vec<_>>();
            assert_eq!(read, paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        }
    }
}
