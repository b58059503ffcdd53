//! A Word file to text to tree. Bytes that are no zip archive are the parts of one: document, numbering and styles, with a NUL
//! between them; parts without an XML declaration are made well-formed first.
#![no_main]

use kouotsu::input::docx;
use libfuzzer_sys::fuzz_target;
use std::borrow::Cow;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const LINKS: &str = r#"<Relationships><Relationship Type="x/numbering" Target="numbering.xml"/><Relationship Type="x/styles" Target="styles.xml"/></Relationships>"#;

const ROOT: &str = r#"<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">"#;

/// The part with every tag closed, and nothing closed that is not open.
fn mended(part: &[u8]) -> Vec<u8> {
    let part = String::from_utf8_lossy(part);
    let (mut out, mut open) = (ROOT.to_owned(), vec!["w:x"]);
    for piece in part.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.rfind('<').unwrap_or(piece.len()));
        out.extend(text.chars().filter(|c| *c != '<'));
        let name =
            tag.trim_start_matches(['<', '/']).split(['/', '>', ' ', '\n', '\t', '\r']).next().unwrap_or_default();
        if !tag.ends_with('>') || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        if !tag.starts_with("</") {
            out += tag;
            open.extend((!tag.ends_with("/>")).then_some(name));
        } else if let Some(at) = open.iter().skip(1).rposition(|one| *one == name) {
            open.drain(at + 1..).rev().for_each(|name| out += &format!("</{name}>"));
        }
    }
    open.iter().rev().for_each(|name| out += &format!("</{name}>"));
    out.into_bytes()
}

fn package(bytes: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let names = ["word/document.xml", "word/numbering.xml", "word/styles.xml"];
    let parts = bytes.splitn(3, |byte| *byte == 0);
    let parts = parts.map(|part| if bytes.starts_with(b"<?") { Cow::Borrowed(part) } else { mended(part).into() });
    for (name, part) in names.into_iter().zip(parts).chain([("word/_rels/document.xml.rels", LINKS.as_bytes().into())])
    {
        zip.start_file(name, options)?;
        zip.write_all(&part)?;
    }
    Ok(zip.finish()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let read = if bytes.starts_with(b"PK") {
        docx::read(bytes, 1 << 20)
    } else {
        docx::read(&package(bytes).expect("stored parts"), 1 << 20)
    };
    if let Ok(document) = read {
        kouotsu_fuzz::document(&document);
    }
});
