//! Output: whole or not at all.

use super::{End, Outcome};
use crate::diagnostics::Words;
use crate::output::place::visible;
use std::io::Write;
use std::path::Path;

/// Writes to a file if one is named, else to standard output.
pub fn to(output: Option<&Path>, bytes: &[u8]) -> Outcome {
    match output {
        Some(path) => file(path, bytes),
        None => stdout(bytes),
    }
}

/// Writes to standard output; a reader that has gone away is no failure.
pub fn stdout(bytes: &[u8]) -> Outcome {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(failed(Path::new("stdout"), &error)),
        _ => Ok(End::Clean),
    }
}

/// Writes beside the file and moves it there, so that no half of it is ever seen.
pub fn file(path: &Path, bytes: &[u8]) -> Outcome {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".kouotsu").permissions_if_unix().tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.flush()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map(|()| End::Clean).map_err(|error| failed(path, &error))
}

/// The sentence for a file that cannot be written.
pub fn failed(path: &Path, error: &std::io::Error) -> Words {
    let name = path.display();
    Words::new(format!("{name} に書けません: {error}"), format!("cannot write {name}: {error}"))
}

/// One line on standard error.
pub fn complain(line: &str) {
    // nothing can be done about a standard error that is closed
    let _ = writeln!(std::io::stderr(), "kouotsu: {}", visible(line));
}

trait PermissionsIfUnix {
    fn permissions_if_unix(&mut self) -> &mut Self;
}

impl PermissionsIfUnix for tempfile::Builder<'_, '_> {
    /// Temporary files are private; an output is not.
    fn permissions_if_unix(&mut self) -> &mut Self {
        #[cfg(unix)]
        self.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        self
    }
}
