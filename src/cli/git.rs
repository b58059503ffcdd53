//! Versions of a file, from the program `git`.

use crate::diagnostics::Words;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What `REV`, `A..B` or `A...B` names.
#[derive(Debug, PartialEq, Eq)]
pub struct Range {
    /// The older version.
    pub old: String,
    /// The newer one; `None` is the file on the disk.
    pub new: Option<String>,
    /// Whether the older one is where both parted.
    pub parted: bool,
}

/// Reads `REV`, `A..B`, `A...B`; an empty end is HEAD.
pub fn range(text: &str) -> Range {
    let head = |rev: &str| if rev.is_empty() { "HEAD".to_string() } else { rev.to_string() };
    let (mark, parted) = if text.contains("...") { ("...", true) } else { ("..", false) };
    match text.split_once(mark) {
        Some((old, new)) => Range { old: head(old), new: Some(head(new)), parted },
        None => Range { old: head(text), new: None, parted: false },
    }
}

impl Range {
    /// The revision of the older version.
    pub fn base(&self, file: &Path) -> Result<String, Words> {
        match &self.new {
            Some(new) if self.parted => {
                let out = run(file, &["merge-base", &self.old, new])?;
                Ok(String::from_utf8_lossy(&out).trim().to_string())
            }
            _ => Ok(self.old.clone()),
        }
    }
}

/// The bytes of `file` as they were in `rev`; `None` when that version has no such file.
pub fn show(rev: &str, file: &Path) -> Result<Option<Vec<u8>>, Words> {
    // what looks like an option is no revision
    let rev = rev.trim_start_matches('-');
    run(file, &["rev-parse", "--verify", &format!("{rev}^{{commit}}")]).map_err(|words| Words {
        ja: format!("{rev} という版がありません。{}", words.ja),
        en: format!("there is no version {rev}; {}", words.en),
    })?;
    let (_, name) = place(file);
    let blob = format!("{rev}:./{name}");
    match run(file, &["cat-file", "-e", &blob]) {
        Ok(_) => run(file, &["cat-file", "blob", &blob]).map(Some),
        Err(_) => Ok(None),
    }
}

/// The folder to run in, and the file's name there.
fn place(file: &Path) -> (PathBuf, String) {
    let folder = file.parent().filter(|p| p.is_dir());
    let relative = folder.and(file.file_name()).map_or(file, Path::new);
    (folder.unwrap_or(Path::new(".")).to_path_buf(), relative.to_string_lossy().replace('\\', "/"))
}

fn run(file: &Path, args: &[&str]) -> Result<Vec<u8>, Words> {
    let out = Command::new("git").arg("-C").arg(place(file).0).args(args).stdin(Stdio::null()).output();
    let out = out.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Words::new(
            "git が見つかりません。インストールするか、2つのファイルを直接指定してください",
            "git was not found: install it, or name two files instead",
        ),
        _ => Words::new(format!("git を実行できません: {error}"), format!("cannot run git: {error}")),
    })?;
    if out.status.success() {
        return Ok(out.stdout);
    }
    let stderr = String::from_utf8_lossy(&out.stderr);
    let reason = stderr.lines().next().unwrap_or_default();
    Err(Words::new(format!("git から読めません: {reason}"), format!("git cannot give it: {reason}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (text, old, new, parted) in [
            ("main", "main", None, false),
            ("main..", "main", Some("HEAD"), false),
            ("a..b", "a", Some("b"), false),
            ("a...b", "a", Some("b"), true),
            ("..b", "HEAD", Some("b"), false),
        ] {
            assert_eq!(range(text), Range { old: old.into(), new: new.map(String::from), parted }, "{text}");
        }
    }
}
