//! Whether a file that was only found in a folder holds an agreement: by its content, not by its name.
//!
//! Pictures, archives, sheets and texts that are about something else are passed over and counted. Documents that may
//! hold an agreement but cannot be read (.doc, .jtd, .rtf, a password) are no such files: they are reported.

use crate::diagnostics::Lang;
use crate::input::sniff::{self, Format};
use crate::open::Opened;
use crate::output::sheet;
use crate::parse::Reading;
use crate::rules::Pair;

/// What a file is that holds no agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Other {
    /// A picture.
    Image,
    /// A zip and its like.
    Archive,
    /// A workbook or slides.
    Sheet,
    /// JSON, and tables that this program wrote.
    Data,
    /// Words in which no part of an agreement is found, or hardly a Japanese letter.
    Text,
    /// Anything else.
    Binary,
}

impl Other {
    /// Its name.
    pub fn words(self) -> Pair {
        match self {
            Other::Image => ("画像", "images"),
            Other::Archive => ("圧縮ファイル", "archives"),
            Other::Sheet => ("表計算・スライド", "workbooks and slides"),
            Other::Data => ("データ", "data"),
            Other::Text => ("協定でない文書", "other texts"),
            Other::Binary => ("その他", "other files"),
        }
    }
}

/// What the first bytes say for sure: large files need not be read whole. What an OLE file is, its directory says, which
/// may stand anywhere.
pub fn by_head(head: &[u8]) -> Option<Other> {
    let sure = |other: &Other| matches!(other, Other::Image | Other::Binary) && !sniff::is_compound(head);
    by_bytes(head).filter(sure)
}

/// What the bytes of a whole file say.
pub fn by_bytes(bytes: &[u8]) -> Option<Other> {
    match sniff::format(bytes) {
        Format::Image => Some(Other::Image),
        Format::Archive => Some(Other::Archive),
        Format::Xlsx | Format::Pptx | Format::LegacyExcel | Format::LegacyPowerPoint => Some(Other::Sheet),
        Format::Binary => Some(Other::Binary),
        _ => None,
    }
}

/// What the words of a file say. The words of a PDF or a Word file may be damaged beyond recognition: not asked.
pub fn by_text(opened: &Opened) -> Option<Other> {
    if opened.source.format != "text" {
        return None;
    }
    let text = opened.text.trim_start_matches(sheet::BOM);
    if is_json(text) || is_ours(text) {
        return Some(Other::Data);
    }
    // every letter that is not ASCII begins with one such byte
    let wide = text.bytes().filter(|byte| *byte >= 0xC0).count();
    let narrow = text.bytes().filter(u8::is_ascii_graphic).count();
    (wide * 4 < narrow || text.trim().is_empty()).then_some(Other::Text)
}

/// What the reading of a file says. A PDF without words is a scan, and reported; a text with 甲 and 乙 may be an agreement
/// that is too damaged to show a part.
pub fn by_readings(opened: &Opened, readings: &[Reading]) -> Option<Other> {
    let has_part = |r: &Reading| {
        !r.model.parties.is_empty() || !r.tree.articles.is_empty() || r.tree.tables.iter().any(|t| !t.fields.is_empty())
    };
    let is_scan = opened.source.format == "pdf" && opened.text.trim().is_empty();
    let speaks_of_parties = ['甲', '乙'].iter().all(|symbol| opened.text.contains(*symbol));
    let may_be = is_scan || speaks_of_parties || readings.iter().any(has_part);
    (!may_be).then_some(Other::Text)
}

fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    text.starts_with(['{', '[']) && matches!(values.next(), Some(Ok(_)))
}

/// Whether it is csv or tsv that this program wrote.
fn is_ours(text: &str) -> bool {
    let begins = |lang, delimiter: &str| text.starts_with(&sheet::header(&[], lang).join(delimiter));
    [Lang::Ja, Lang::En].iter().any(|lang| begins(*lang, ",") || begins(*lang, "\t"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::{Settings, open};

    #[test]
    fn by_content() {
        let csv = sheet::write(&[], b',', true, Lang::Ja);
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\n"[..], Some(Other::Image)),
            (b"PK\x05\x06", Some(Other::Archive)),
            (&[0, 1, 2, 3, 4], Some(Other::Binary)),
            ("{\"第1条\": [\"（目的）\"]}\n".as_bytes(), Some(Other::Data)),
            (csv.as_bytes(), Some(Other::Data)),
            ("[dependencies]\nx = \"1\" # 甲\n".as_bytes(), Some(Other::Text)),
            ("市の広報です。\n来月の催しをお知らせします。\n".as_bytes(), Some(Other::Text)),
            (b"", Some(Other::Text)),
            ("青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を結ぶ。\n".as_bytes(), None),
            ("[別表]\n第1条　甲は、乙と手を結ぶ。\n".as_bytes(), None),
        ] {
            let found = by_bytes(bytes).or_else(|| {
                let opened = open("x", bytes, &Settings::default()).unwrap();
                by_text(&opened).or_else(|| by_readings(&opened, &opened.parse(&Settings::default()).readings))
            });
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
