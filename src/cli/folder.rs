//! The agreements in a folder.

use crate::config::Config;
use crate::diagnostics::Words;
use crate::snapshot;
use std::path::{Path, PathBuf};

/// Endings of the files that a folder is searched for, where the settings do not say.
const ENDINGS: [&str; 5] = ["txt", "pdf", "docx", "html", "htm"];
/// Folders below this depth are not searched.
const DEEP: usize = 32;

/// What folders hold.
#[derive(Debug, Default)]
pub struct Found {
    /// Agreements, or what may be one, in the order of their names.
    pub files: Vec<PathBuf>,
    /// Snapshots that stand beside them.
    pub snapshots: Vec<PathBuf>,
}

/// Searches folders; a file that is named is taken as it is. `place` is where the settings were found.
pub fn search(paths: &[PathBuf], config: &Config, place: Option<&Path>) -> Result<Found, Words> {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            below(path, config, place, DEEP, &mut found)?;
        } else {
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

fn below(folder: &Path, config: &Config, place: Option<&Path>, left: usize, found: &mut Found) -> Result<(), Words> {
    let failed = |error: std::io::Error| {
        let name = folder.display();
        Words::new(format!("{name}: {error}"), format!("{name}: {error}"))
    };
    let mut entries = std::fs::read_dir(folder).and_then(|all| all.collect::<Result<Vec<_>, _>>()).map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let kind = entry.file_type().map_err(failed)?;
        if name.starts_with('.') {
            continue;
        } else if kind.is_dir() {
            if left > 0 {
                below(&path, config, place, left - 1, found)?;
            }
        } else if name.ends_with(snapshot::ENDING) {
            found.snapshots.push(path);
        } else if wanted(&path, config, place) {
            found.files.push(path);
        }
    }
    Ok(())
}

/// Whether a file of a folder is one: as the settings say, else by its ending.
fn wanted(path: &Path, config: &Config, place: Option<&Path>) -> bool {
    let ending = path.extension().is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)));
    (ending || !config.include.is_empty()) && config.selects(&super::files::relative(path, place))
}
