//! A file, whatever it is, becomes one text: by its content, not by its ending.

use crate::diagnostics::{Diagnostic, Words};
use crate::input::{Position, docx, html, sniff};
use crate::parse::{self, Parsed};
use crate::schema;
use crate::source;
use encoding_rs::Encoding;
use sha2::{Digest, Sha256};

/// How to open.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Instead of the encoding that is found.
    pub encoding: Option<&'static Encoding>,
    /// How to read the text.
    pub reading: parse::Options,
    /// Upper bound of what one file may cost.
    pub limits: Limits,
}

/// Upper bound of what one file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file, and of what a container unpacks to.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 30 }
    }
}

/// A file as text.
#[derive(Clone, Debug)]
pub struct Opened {
    /// `source` of the output; its repairs come from the reading.
    pub source: schema::Source,
    /// The text.
    pub text: String,
    /// Pages and places of what was not plain text.
    pub map: Vec<Position>,
    /// What the reader of the file has to say.
    pub notes: Vec<Diagnostic>,
}

/// Why a file could not be opened: one clear line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was found and what was expected.
    pub words: Words,
}

/// Opens the bytes of a file called `name`.
///
/// # Errors
/// A format that cannot be read, with what to convert to; a file that is damaged beyond reading or too large.
pub fn open(name: &str, bytes: &[u8], settings: &Settings) -> Result<Opened, Refusal> {
    let refuse = |words| Err(Refusal { words });
    if bytes.len() as u64 > settings.limits.bytes {
        let limit = settings.limits.bytes;
        return refuse(Words::new(
            format!("ファイルが大きすぎます（上限 {limit} バイト）"),
            format!("the file is larger than {limit} bytes"),
        ));
    }
    let mut out = Opened { source: origin(name, bytes), text: String::new(), map: Vec::new(), notes: Vec::new() };
    let format = if settings.encoding.is_some() { sniff::Format::Text } else { sniff::format(bytes) };
    if let Some(words) = format.refusal() {
        return refuse(words);
    }
    let document = match format {
        sniff::Format::Docx => match docx::read(bytes, settings.limits.bytes.min(256 << 20)) {
            Ok(document) => ("docx", document),
            Err(error) => return refuse(error.words()),
        },
        sniff::Format::Pdf => ("pdf", pdf(bytes)?),
        sniff::Format::Html => {
            let decoded = decoded(bytes, settings, &mut out);
            ("html", html::read(&decoded))
        }
        _ => {
            out.text = decoded(bytes, settings, &mut out);
            return Ok(out);
        }
    };
    out.source.format = document.0.to_string();
    out.text = document.1.text;
    out.map = document.1.map;
    out.notes.extend(document.1.notes);
    Ok(out)
}

/// SHA-256 in hexadecimal, as in `source.sha256`.
pub fn digest(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

fn origin(name: &str, bytes: &[u8]) -> schema::Source {
    schema::Source {
        name: name.to_string(),
        format: "text".to_string(),
        encoding: "UTF-8".to_string(),
        bytes: bytes.len() as u64,
        sha256: digest(bytes),
        repairs: Vec::new(),
    }
}

fn decoded(bytes: &[u8], settings: &Settings, out: &mut Opened) -> String {
    let decoded = match settings.encoding {
        Some(encoding) => source::decode_with(bytes, encoding),
        None => source::decode(bytes),
    };
    out.source.encoding = decoded.encoding.to_string();
    out.notes.extend(source::complaint(&decoded));
    decoded.text
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &[u8]) -> Result<crate::input::Document, Refusal> {
    Err(Refusal {
        words: Words::new(
            "PDFを読む機能（feature pdf）なしで作られたプログラムです",
            "this program was built without the feature that reads PDF files",
        ),
    })
}

#[cfg(feature = "pdf")]
fn pdf(bytes: &[u8]) -> Result<crate::input::Document, Refusal> {
    crate::input::pdf::read(bytes, &crate::input::pdf::Limits::default())
        .map_err(|error| Refusal { words: error.words() })
}

impl Opened {
    /// Reads the text; what the reader of the file had to say goes to the first agreement.
    pub fn parse(&self, settings: &Settings) -> Parsed<'_> {
        let mut parsed = parse::parse_with(&self.text, &settings.reading);
        for note in self.notes.iter().rev() {
            let at = note
                .span
                .map_or(0, |span| parsed.readings.iter().rposition(|r| r.span.start <= span.start).unwrap_or(0));
            if let Some(reading) = parsed.readings.get_mut(at) {
                reading.complaints.insert(0, note.clone());
            }
        }
        parsed
    }
}
