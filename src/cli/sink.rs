//! What `kouotsu parse` writes of many files, as it comes.

use super::args::{Parse, ParseFormat};
use super::write::{self, Target};
use crate::diagnostics::{Lang, Words};
use crate::output::spool::{self, Rows, Spool};
use crate::output::workbook::Book;
use crate::output::{canonical, markdown};
use crate::schema::Agreement;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// The agreements of one file, as far as the threads can bring them.
pub enum Piece {
    /// As they are written.
    Text(Vec<u8>),
    /// For tables, whose columns depend on what comes later.
    Rows(Rows),
    /// For workbooks.
    Whole(Vec<Agreement>),
}

/// Room for texts. Memory that one thread takes and another gives back holds up both: what was written is filled again.
#[derive(Default)]
pub struct Rooms(Mutex<Vec<Vec<u8>>>);

impl Rooms {
    /// Larger ones are not kept.
    const LARGE: usize = 1 << 20;

    fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give(&self, mut room: Vec<u8>) {
        if room.capacity() <= Self::LARGE {
            room.clear();
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(room);
        }
    }
}

/// Brings agreements into their form.
///
/// # Errors
/// None that are known: memory takes every byte.
pub fn piece(agreements: Vec<Agreement>, rooms: &Rooms, format: ParseFormat, pretty: bool) -> io::Result<Piece> {
    match format {
        ParseFormat::Csv | ParseFormat::Tsv => return Ok(Piece::Rows(spool::rows(&agreements))),
        ParseFormat::Xlsx => return Ok(Piece::Whole(agreements)),
        _ => {}
    }
    let mut out = rooms.take();
    for (at, agreement) in agreements.iter().enumerate() {
        let [_, between, _] = frame(format, pretty);
        out.extend_from_slice(if at == 0 { b"" } else { between.as_bytes() });
        match format {
            // lines of a list stand two blanks to the right; no line ends inside strings of JSON
            ParseFormat::Json if pretty => {
                let text = serde_json::to_string_pretty(agreement)?;
                write!(out, "  {}", text.replace('\n', "\n  "))?;
            }
            ParseFormat::Json => serde_json::to_writer(&mut out, agreement)?,
            ParseFormat::Ndjson => {
                serde_json::to_writer(&mut out, agreement)?;
                out.push(b'\n');
            }
            ParseFormat::Markdown => out.extend(markdown::write(agreement).as_bytes()),
            _ => out.extend(canonical::write(agreement).as_bytes()),
        }
    }
    Ok(Piece::Text(out))
}

/// What stands before, between and after texts.
fn frame(format: ParseFormat, pretty: bool) -> [&'static str; 3] {
    match format {
        ParseFormat::Json if pretty => ["[\n", ",\n", "\n]\n"],
        ParseFormat::Json => ["[", ",", "]\n"],
        ParseFormat::Markdown => ["", "\n---\n\n", ""],
        ParseFormat::Text => ["", "\n", ""],
        _ => ["", "", ""],
    }
}

enum Form {
    Texts { frame: [&'static str; 3], written: bool },
    Table(Box<Spool>, u8),
    Book(Box<Book>),
}

/// An output that grows.
pub struct Sink {
    target: Target,
    form: Form,
    bom: bool,
    lang: Lang,
}

impl Sink {
    /// Nothing is written before the first piece.
    pub fn new(target: Target, args: &Parse, pretty: bool, lang: Lang) -> io::Result<Self> {
        let form = match args.format {
            ParseFormat::Csv => Form::Table(Box::new(Spool::new()?), b','),
            ParseFormat::Tsv => Form::Table(Box::new(Spool::new()?), b'\t'),
            ParseFormat::Xlsx => Form::Book(Box::new(Book::new(lang)?)),
            format => Form::Texts { frame: frame(format, pretty), written: false },
        };
        Ok(Self { target, form, bom: args.bom, lang })
    }

    /// Takes the agreements of one file.
    pub fn take(&mut self, piece: Piece, rooms: &Rooms) -> io::Result<()> {
        match (&mut self.form, piece) {
            (Form::Texts { frame: [begin, between, _], written }, Piece::Text(text)) => {
                if !text.is_empty() {
                    let before: &str = if *written { between } else { begin };
                    self.target.write_all(before.as_bytes())?;
                    self.target.write_all(&text)?;
                    *written = true;
                }
                rooms.give(text);
                // who reads along, or goes on later, finds whole files
                if matches!(self.target, Target::Stdout(_) | Target::Growing(_)) { self.target.flush() } else { Ok(()) }
            }
            (Form::Table(spool, _), Piece::Rows(rows)) => spool.add(&rows),
            (Form::Book(book), Piece::Whole(agreements)) => agreements.iter().try_for_each(|a| book.add(a)),
            // a piece is made for its form
            _ => Ok(()),
        }
    }

    /// Takes a file that cannot be read.
    pub fn fail(&mut self, name: &str, words: &Words) -> io::Result<()> {
        match &mut self.form {
            Form::Book(book) => book.fail(name, words.get(self.lang)),
            _ => Ok(()),
        }
    }

    /// Writes what is left, and moves the file to its place.
    pub fn finish(mut self) -> io::Result<()> {
        match self.form {
            Form::Texts { frame: [_, _, end], written: true } => self.target.write_all(end.as_bytes())?,
            Form::Texts { .. } => {}
            Form::Table(spool, delimiter) => spool.write(&mut self.target, delimiter, self.bom, self.lang)?,
            Form::Book(book) => {
                let cut = book.write(&mut self.target)?;
                if cut > 0 {
                    let words = Words::new(
                        format!("セルに入りきらない文が{cut}件あり、…で切りました。全文は json か csv にあります"),
                        format!("{cut} cells were too long for a workbook and end in …; json and csv have all of it"),
                    );
                    write::complain(words.get(self.lang));
                }
            }
        }
        self.target.finish()
    }
}
