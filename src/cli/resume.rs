//! Going on where an earlier run ended: what an ndjson file holds already.

use super::write::failed;
use crate::diagnostics::Words;
use crate::schema::SCHEMA;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

/// The files that an output holds: their names and the digests of their bytes.
#[derive(Debug, Default)]
pub struct Held {
    digests: HashMap<String, String>,
}

impl Held {
    /// SHA-256 of the version that is held.
    pub fn digest(&self, name: &str) -> Option<&str> {
        self.digests.get(name).map(String::as_str)
    }
}

/// The part of a line that names its source.
#[derive(Deserialize)]
struct Line {
    schema: String,
    source: Source,
}

#[derive(Deserialize)]
struct Source {
    name: String,
    sha256: String,
}

/// Opens an output to add to it, made where it does not exist. A run may have ended in the middle of a file, so the last
/// file of the output is cut off and read again.
///
/// # Errors
/// The file cannot be opened, or is not what `kouotsu parse` writes.
pub fn open(path: &Path) -> Result<(Held, File), Words> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let mut file = opened.map_err(|error| failed(path, &error))?;
    let (held, whole) = read(&file).map_err(|error| match error {
        Fault::Io(error) => failed(path, &error),
        Fault::Line(line) => {
            let name = path.display();
            Words::new(
                format!("{name}:{line}: kouotsu parse の行ではありません。--resume で続けられません"),
                format!("{name}:{line}: not a line of kouotsu parse; --resume cannot go on from it"),
            )
        }
    })?;
    file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).map_err(|error| failed(path, &error))?;
    Ok((held, file))
}

enum Fault {
    Io(io::Error),
    Line(usize),
}

/// What is held, and how many bytes it takes.
fn read(file: &File) -> Result<(Held, u64), Fault> {
    let mut reader = BufReader::new(file);
    let (mut held, mut bytes) = (Held::default(), Vec::new());
    let (mut end, mut last): (u64, Option<(String, String, u64)>) = (0, None);
    for number in 1.. {
        bytes.clear();
        let length = reader.read_until(b'\n', &mut bytes).map_err(Fault::Io)?;
        if !bytes.ends_with(b"\n") {
            break;
        }
        let line: Line = serde_json::from_slice(&bytes).map_err(|_| Fault::Line(number))?;
        if line.schema != SCHEMA {
            return Err(Fault::Line(number));
        }
        if last.as_ref().is_none_or(|(name, ..)| *name != line.source.name) {
            held.digests.extend(last.take().map(|(name, digest, _)| (name, digest)));
            last = Some((line.source.name, line.source.sha256, end));
        }
        end += length as u64;
    }
    let whole = last.map_or(0, |(_, _, start)| start);
    Ok((held, whole))
}
