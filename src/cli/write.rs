//! Output: whole or not at all.

use super::{End, Outcome};
use crate::diagnostics::Words;
use crate::output::place::visible;
use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Files are written in pieces of so many bytes.
const CHUNK: usize = 1 << 18;

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
    let write = || -> io::Result<()> {
        let mut target = Target::open(Some(path))?;
        target.write_all(bytes)?;
        target.finish()
    };
    write().map(|()| End::Clean).map_err(|error| failed(path, &error))
}

/// A file that will take the place of another, with its permissions; those of a new file without one.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(".kouotsu").permissions_if_unix().tempfile_in(folder)?;
    if let Ok(old) = path.metadata() {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(file)
}

/// Output that is written as it comes.
pub enum Target {
    /// Standard output.
    Stdout(BufWriter<Stdout>),
    /// A file that is moved to its place when it is whole.
    Whole(BufWriter<NamedTempFile>, PathBuf),
    /// A file that grows; a device or a pipe, which nothing may take the place of.
    Growing(BufWriter<File>),
}

impl Target {
    /// Standard output, or the file that is named or that a link of that name leads to.
    pub fn open(output: Option<&Path>) -> io::Result<Self> {
        let Some(path) = output else { return Ok(Target::Stdout(BufWriter::new(io::stdout()))) };
        if path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir()) {
            return Ok(Target::Growing(BufWriter::new(File::options().write(true).open(path)?)));
        }
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        Ok(Target::Whole(BufWriter::with_capacity(CHUNK, beside(&path)?), path))
    }

    /// Moves a whole file to its place. A target that is only dropped leaves no file.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        if let Target::Whole(file, path) = self {
            let file = file.into_inner().map_err(|error| error.into_error())?;
            file.persist(path).map_err(|error| error.error)?;
        }
        Ok(())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Stdout(out) => out.write(bytes),
            Target::Whole(out, _) => out.write(bytes),
            Target::Growing(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Stdout(out) => out.flush(),
            Target::Whole(out, _) => out.flush(),
            Target::Growing(out) => out.flush(),
        }
    }
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
