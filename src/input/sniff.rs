//! What a file is, by its content; names and endings are not asked.

use crate::diagnostics::Words;
use crate::source;
use memchr::memmem;
use std::io::Cursor;
use zip::ZipArchive;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text (Markdown too) in any encoding.
    Text,
    /// PDF.
    Pdf,
    /// Word, .docx or .docm.
    Docx,
    /// HTML.
    Html,
    /// Word before 2007, .doc.
    LegacyWord,
    /// Excel before 2007, .xls.
    LegacyExcel,
    /// PowerPoint before 2007, .ppt.
    LegacyPowerPoint,
    /// 一太郎, .jtd.
    Ichitaro,
    /// An Office file with a password.
    Encrypted,
    /// Excel.
    Xlsx,
    /// PowerPoint.
    Pptx,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// Word 2003 XML or a flat Open XML package.
    WordXml,
    /// A web page saved as one file, .mht.
    Mht,
    /// PNG, JPEG, TIFF, GIF, BMP, WebP, HEIC.
    Image,
    /// A zip, gzip, 7z or rar archive.
    Archive,
    /// Anything else that is not text.
    Binary,
}

/// Formats that cannot be read, and what to do with them.
const REFUSALS: [(Format, &str, &str); 14] = [
    (
        Format::LegacyWord,
        "旧形式のWordファイル（.doc）は読めません。Wordで.docxかPDFとして保存し直してください",
        "an old Word file (.doc) cannot be read; save it as .docx or PDF",
    ),
    (
        Format::LegacyExcel,
        "Excelファイル（.xls）は読めません。PDFとして保存するか、表をWord（.docx）に貼り付けてください",
        "an Excel file (.xls) cannot be read; save it as PDF, or paste the table into Word (.docx)",
    ),
    (
        Format::LegacyPowerPoint,
        "PowerPointファイル（.ppt）は読めません。PDFとして保存し直してください",
        "a PowerPoint file (.ppt) cannot be read; save it as PDF",
    ),
    (
        Format::Ichitaro,
        "一太郎のファイル（.jtd）は読めません。一太郎で.docxかPDFとして保存し直してください",
        "an Ichitaro file (.jtd) cannot be read; save it as .docx or PDF",
    ),
    (
        Format::Encrypted,
        "パスワードのかかったOfficeファイルは読めません。パスワードを外して保存し直してください",
        "an Office file with a password cannot be read; save it without the password",
    ),
    (
        Format::Xlsx,
        "Excelファイル（.xlsx）は読めません。PDFとして保存するか、表をWord（.docx）に貼り付けてください",
        "an Excel file (.xlsx) cannot be read; save it as PDF, or paste the table into Word (.docx)",
    ),
    (
        Format::Pptx,
        "PowerPointファイル（.pptx）は読めません。PDFとして保存し直してください",
        "a PowerPoint file (.pptx) cannot be read; save it as PDF",
    ),
    (
        Format::Odt,
        "OpenDocumentの文書（.odt）は読めません。.docxかPDFとして保存し直してください",
        "an OpenDocument text (.odt) cannot be read; save it as .docx or PDF",
    ),
    (
        Format::Rtf,
        "RTFファイルは読めません。Wordで.docxかPDFとして保存し直してください",
        "an RTF file cannot be read; save it as .docx or PDF",
    ),
    (
        Format::WordXml,
        "XML形式のWord文書は読めません。Wordで.docxとして保存し直してください",
        "a Word document as a single XML file cannot be read; save it as .docx",
    ),
    (
        Format::Mht,
        "MHTML（.mht）は読めません。HTMLかPDFとして保存し直してください",
        "a web archive (.mht) cannot be read; save the page as HTML or PDF",
    ),
    (
        Format::Image,
        "画像の中の文字は読めません。OCRで文字にして、テキストかPDFにしてください",
        "an image cannot be read; run OCR on it and give the text or a PDF with text",
    ),
    (
        Format::Archive,
        "圧縮ファイルは読めません。展開して、中のファイルを指定してください",
        "an archive cannot be read; unpack it and name the files inside",
    ),
    (
        Format::Binary,
        "文字のファイルではないようです。テキスト、PDF、Word（.docx）、HTMLを指定してください",
        "this does not look like text; give a text, PDF, Word (.docx) or HTML file",
    ),
];

impl Format {
    /// Why a file of this format cannot be read and what to convert it to; `None` when it can be read.
    pub fn refusal(self) -> Option<Words> {
        REFUSALS.iter().find(|(format, ..)| *format == self).map(|&(_, ja, en)| Words::new(ja, en))
    }
}

/// First bytes that say it all.
const MAGIC: [(&[u8], Format); 16] = [
    (b"{\\rtf", Format::Rtf),
    (b"\x89PNG\r\n", Format::Image),
    (b"\xff\xd8\xff", Format::Image),
    (b"GIF87a", Format::Image),
    (b"GIF89a", Format::Image),
    (b"II*\0", Format::Image),
    (b"MM\0*", Format::Image),
    (b"\0\0\0\x0cjP  ", Format::Image),
    (b"\0\0\0\x18ftyphei", Format::Image),
    (b"\0\0\0\x1cftyphei", Format::Image),
    (b"\x1f\x8b\x08", Format::Archive),
    (b"7z\xbc\xaf\x27\x1c", Format::Archive),
    (b"Rar!\x1a\x07", Format::Archive),
    (b"PK\x05\x06", Format::Archive),
    (b"PK\x07\x08", Format::Archive),
    (b"BZh9", Format::Archive),
];

/// Bytes of the beginning that are looked at.
const HEAD: usize = 2048;

/// What the bytes of a file are.
pub fn format(bytes: &[u8]) -> Format {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *format;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes);
    }
    if is_compound(bytes) {
        return compound(bytes);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Format::Image;
    }
    // Some bytes may stand before the head of a PDF, but then no sentence about PDF is one.
    if memmem::find(head, b"%PDF-").is_some_and(|at| at < 1024 && (at == 0 || head.contains(&0) || !is_text(head))) {
        return Format::Pdf;
    }
    // A bitmap says its own size.
    if bytes.starts_with(b"BM") && bytes.get(2..6) == Some(&(bytes.len() as u32).to_le_bytes()) {
        return Format::Image;
    }
    let plain = without_zeros(head);
    match markup(&plain) {
        Some(format) => format,
        None if is_text(head) => Format::Text,
        None => Format::Binary,
    }
}

/// Names in the archive, by the first that says what it is.
const PARTS: [(&str, Format); 4] =
    [("word/", Format::Docx), ("xl/", Format::Xlsx), ("ppt/", Format::Pptx), ("EncryptedPackage", Format::Encrypted)];

fn zipped(bytes: &[u8]) -> Format {
    // The first entry of OpenDocument is its type, not compressed.
    if memmem::find(bytes.get(..HEAD).unwrap_or(bytes), b"application/vnd.oasis.opendocument").is_some() {
        return Format::Odt;
    }
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        // A damaged Word file should say so, not be called an archive.
        let word = memmem::find(bytes, b"word/document.xml").is_some();
        return if word { Format::Docx } else { Format::Archive };
    };
    let names: Vec<_> = archive.file_names().flatten().collect();
    let part = PARTS.iter().find(|(start, _)| names.iter().any(|name| name.starts_with(start)));
    part.map_or(Format::Archive, |(_, format)| *format)
}

/// Streams of an OLE file, by the first that says what it is; names are UTF-16 in its directory.
const STREAMS: [(&str, Format); 6] = [
    ("EncryptedPackage", Format::Encrypted),
    ("WordDocument", Format::LegacyWord),
    ("Workbook", Format::LegacyExcel),
    ("PowerPoint Document", Format::LegacyPowerPoint),
    ("JSRV_SegmentInformation", Format::Ichitaro),
    ("DocumentText", Format::Ichitaro),
];

/// Whether the bytes begin an OLE file: .doc, .xls, .ppt, .jtd.
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

fn compound(bytes: &[u8]) -> Format {
    let stream = STREAMS.iter().find(|(name, _)| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    });
    stream.map_or(Format::Binary, |(_, format)| *format)
}

/// The ASCII of the beginning in lower case, whether it is UTF-16 or not.
fn without_zeros(head: &[u8]) -> String {
    let ascii = head.iter().filter(|byte| byte.is_ascii() && **byte != 0);
    ascii.map(|byte| byte.to_ascii_lowercase() as char).collect()
}

/// Tags that only HTML has near its beginning.
const TAGS: [&str; 12] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<title",
    "<meta",
    "<table",
    "<div",
    "<p>",
    "<p ",
    "<article",
    "<main",
];

fn markup(plain: &str) -> Option<Format> {
    let plain = plain.trim_start();
    if plain.starts_with("mime-version:") || plain.starts_with("from: <saved by") {
        return plain.contains("multipart/related").then_some(Format::Mht);
    }
    if !plain.starts_with('<') {
        return None;
    }
    if plain.contains("<w:worddocument") || plain.contains("<pkg:package") {
        return Some(Format::WordXml);
    }
    TAGS.iter().any(|tag| plain.contains(tag)).then_some(Format::Html)
}

/// Hardly any control bytes but blanks, escapes of ISO-2022-JP and the zeros of UTF-16: extractors give some for letters that a
/// font does not name.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || is_utf16(head) {
        return true;
    }
    let controls = head.iter().filter(|byte| matches!(byte, 1..=7 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    !head.contains(&0) && controls * 50 <= head.len()
}

/// UTF-16 without a mark: it decodes, and holds no control characters but line ends and tabs.
fn is_utf16(head: &[u8]) -> bool {
    source::wide(head).is_some_and(|encoding| {
        let (text, lost) = encoding.decode_without_bom_handling(&head[..head.len() & !1]);
        !lost && !text.contains(|c: char| c.is_control() && !c.is_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"<x/>").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn ole(stream: &str) -> Vec<u8> {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn by_content() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let mut bitmap = b"BM\x40\0\0\0".to_vec();
        bitmap.resize(0x40, 0);
        for (bytes, expected) in [
            (Vec::new(), Format::Text),
            ("第1条　この協定は".into(), Format::Text),
            (b"# \x91\xe6\x82P\x8f\xf0\r\n".to_vec(), Format::Text),
            (b"\x1b$Bl7\x1b(B\n".to_vec(), Format::Text),
            (utf16("\u{feff}第1条"), Format::Text),
            (utf16("第1条\n第2条\n"), Format::Text),
            (utf16("\n\n連携に関する協定書\n\n一　甲は、乙と協力する。\n"), Format::Text),
            (b"\0\x10\0\x02\n\0\x3a\0\x03\0".to_vec(), Format::Binary),
            (b"%PDF-1.7\n%\xe2\xe3".to_vec(), Format::Pdf),
            (b"\0\0%PDF-1.4\n".to_vec(), Format::Pdf),
            (b"a text about %PDF-1.4\n".to_vec(), Format::Text),
            (b"BM is a text".to_vec(), Format::Text),
            (bitmap, Format::Image),
            (b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>x".to_vec(), Format::Html),
            (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>".to_vec(), Format::Html),
            (utf16("\u{feff}<html><body>第1条"), Format::Html),
            ("<別表> 第1条".into(), Format::Text),
            (b"<?xml version='1.0'?><w:wordDocument>".to_vec(), Format::WordXml),
            (b"MIME-Version: 1.0\nContent-Type: multipart/related; x".to_vec(), Format::Mht),
            (archive(&["[Content_Types].xml", "word/document.xml"]), Format::Docx),
            (archive(&["[Content_Types].xml", "xl/workbook.xml"]), Format::Xlsx),
            (archive(&["[Content_Types].xml", "ppt/presentation.xml"]), Format::Pptx),
            (archive(&["agreement.pdf"]), Format::Archive),
            (b"PK\x03\x04\0\0\0\0 word/document.xml".to_vec(), Format::Docx),
            (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text".to_vec(), Format::Odt),
            (ole("WordDocument"), Format::LegacyWord),
            (ole("Workbook"), Format::LegacyExcel),
            (ole("EncryptedPackage"), Format::Encrypted),
            (ole("DocumentText"), Format::Ichitaro),
            (ole("Contents"), Format::Binary),
            (b"{\\rtf1\\ansi".to_vec(), Format::Rtf),
            (b"\x89PNG\r\n\x1a\n".to_vec(), Format::Image),
            (b"II*\0\x08\0\0\0".to_vec(), Format::Image),
            (vec![0, 1, 2, 3, 4, 5], Format::Binary),
        ] {
            assert_eq!(format(&bytes), expected, "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_to_do() {
        assert!(Format::LegacyWord.refusal().unwrap().en.contains(".docx or PDF"));
        assert!(Format::Image.refusal().unwrap().ja.contains("OCR"));
        for readable in [Format::Text, Format::Pdf, Format::Docx, Format::Html] {
            assert_eq!(readable.refusal(), None);
        }
    }
}
