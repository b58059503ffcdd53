//! Word files (.docx, .docm, strict or transitional) as text in the reference shape.

mod body;
mod field;
mod numbering;
mod styles;
mod xml;

use super::Document;
use crate::diagnostics::Words;
use numbering::Numbering;
use std::io::{Cursor, Read};
use styles::Styles;
use zip::ZipArchive;

/// Why a Word file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not a zip archive, or a damaged one.
    #[error("not a Word file, or a damaged one ({0}); open it in Word and save it again")]
    Archive(String),
    /// A zip archive without the main part of a Word file.
    #[error("the archive holds no Word document (no word/document.xml)")]
    NoDocument,
    /// The parts unpack to more bytes than allowed.
    #[error("the Word file unpacks to more than {limit} bytes; it was not read")]
    TooLarge {
        /// Allowed bytes.
        limit: u64,
    },
    /// A part is not well-formed.
    #[error("{part} in the Word file is damaged: {why}; open the file in Word and save it again")]
    Xml {
        /// Name of the part.
        part: String,
        /// What the XML reader says.
        why: String,
    },
}

impl Error {
    /// The message in both languages.
    pub fn words(&self) -> Words {
        let ja = match self {
            Error::Archive(why) => {
                format!("Wordファイルではないか、壊れています（{why}）。Wordで開いて保存し直してください")
            }
            Error::NoDocument => "Word文書（word/document.xml）が入っていません".to_string(),
            Error::TooLarge { limit } => format!("Wordファイルの中身が{limit}バイトを超えるため、読みませんでした"),
            Error::Xml { part, why } => {
                format!("Wordファイルの中の{part}が壊れています（{why}）。Wordで開いて保存し直してください")
            }
        };
        Words::new(ja, self.to_string())
    }
}

/// Reads a Word file; `limit` bounds the bytes of all unpacked parts together.
///
/// Automatic numbers are computed and stand before their paragraphs, tracked changes count as accepted, headers, footers,
/// comments and footnotes are left out. What was left out or decided is in the document's notes.
pub fn read(bytes: &[u8], limit: u64) -> Result<Document, Error> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Error::Archive(error.to_string()))?;
    let mut package = Package { archive, limit, left: limit };
    let main = match package.part("_rels/.rels")? {
        Some(links) => target(&links, "/officeDocument", "")?,
        None => None,
    };
    let main = main.unwrap_or_else(|| "word/document.xml".to_string());
    let text = package.part(&main)?.ok_or(Error::NoDocument)?;
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let links = package.part(&format!("{folder}/_rels/{name}.rels"))?.unwrap_or_default();
    let numbering = package.linked(&links, "/numbering", folder)?;
    let numbering = numbering.map(|text| Numbering::read(&text)).transpose()?.unwrap_or_default();
    // Styles are only needed for the numbers that they carry.
    let styles = package.linked(&links, "/styles", folder)?;
    let styles = styles.map(|text| Styles::read(&text)).transpose()?.unwrap_or_default();
    body::read(&text, numbering, &styles)
}

/// The zip archive and how many bytes may still be unpacked.
struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limit: u64,
    left: u64,
}

impl Package<'_> {
    /// The text of the part `name`; `None` when there is none.
    fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(Error::Archive(error.to_string())),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| Error::Archive(error.to_string()))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(Error::TooLarge { limit: self.limit })?;
        Ok(Some(xml::decode(&bytes).into_owned()))
    }

    /// The part that `links` names for `kind`.
    fn linked(&mut self, links: &str, kind: &str, folder: &str) -> Result<Option<String>, Error> {
        match target(links, kind, folder)? {
            Some(name) => self.part(&name),
            None => Ok(None),
        }
    }
}

/// The part that a relationship of type `…kind` points to, relative to `folder`.
fn target(links: &str, kind: &str, folder: &str) -> Result<Option<String>, Error> {
    let mut found = None;
    if links.is_empty() {
        return Ok(None);
    }
    xml::walk("_rels", links, |token| {
        if let xml::Token::Start(element) = token
            && element.attribute("Type").is_some_and(|name| name.ends_with(kind))
            && found.is_none()
        {
            found = element.attribute("Target");
        }
    })?;
    Ok(found.map(|target| match target.strip_prefix('/') {
        Some(whole) => whole.to_string(),
        None if folder.is_empty() => target,
        None => format!("{folder}/{target}"),
    }))
}

#[cfg(test)]
mod tests;
