//! Bytes to text, once: encodings.

use crate::diagnostics::{Diagnostic, Severity, Words};
use crate::span::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use std::cmp::Reverse;

/// A file's bytes as text.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text; bytes that cannot be decoded stand in it as `‹8F›`.
    pub text: String,
    /// `UTF-8`, `Shift_JIS`, `EUC-JP`, `ISO-2022-JP`, `UTF-16LE`, `UTF-16BE`.
    pub encoding: &'static str,
    /// Runs of bytes that cannot be decoded.
    pub undecodable: Vec<Undecodable>,
}

/// A run of bytes that means nothing in the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// Offset in the file, in bytes.
    pub offset: usize,
    /// How many bytes.
    pub len: usize,
    /// Where they are shown in the text.
    pub span: Span,
}

/// The encodings that `--encoding` takes, by their common names.
pub const ENCODINGS: &[&str] = &["utf-8", "shift_jis", "cp932", "euc-jp", "iso-2022-jp", "utf-16le", "utf-16be"];

/// The encoding of a label such as `cp932` or `Shift_JIS`; `None` for one that is not known.
pub fn encoding(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().to_ascii_lowercase();
    match label.as_str() {
        "cp932" | "ms932" | "windows-932" => Some(SHIFT_JIS),
        _ => Encoding::for_label(label.as_bytes()),
    }
}

/// Bytes to text; the encoding is found by a byte order mark, by validity, else by the letters.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, encoding, mark);
    }
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) if !text.contains('\u{1B}') => {
            Decoded { text: text.to_string(), encoding: UTF_8.name(), undecodable: Vec::new() }
        }
        _ => decode_as(bytes, detect(bytes), 0),
    }
}

/// Bytes to text in a given encoding.
pub fn decode_with(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mark = Encoding::for_bom(bytes).filter(|(found, _)| *found == encoding).map_or(0, |(_, len)| len);
    decode_as(bytes, encoding, mark)
}

/// Text to bytes in the encoding that [`decode`] named, with the byte order mark of the `original` bytes.
/// `None` when the encoding lacks a letter.
pub fn encode(text: &str, encoding: &str, original: &[u8]) -> Option<Vec<u8>> {
    let encoding = self::encoding(encoding)?;
    let mark = Encoding::for_bom(original).filter(|(found, _)| *found == encoding).map_or(0, |(_, len)| len);
    let mut out = original.get(..mark)?.to_vec();
    if encoding == UTF_16LE {
        out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    } else if encoding == UTF_16BE {
        out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    } else {
        let (bytes, _, lost) = encoding.encode(text);
        if lost {
            return None;
        }
        out.extend_from_slice(&bytes);
    }
    Some(out)
}

/// So many bytes tell the encoding of a file.
const HEAD: usize = 1 << 16;

/// The encoding of bytes that are not UTF-8: the likeliest Japanese one.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"jp"), Utf8Detection::Allow);
    // a guess is as good as its bytes: one that is spoiled, or a letter that a download cut in two, leads it astray
    let head = &bytes[..bytes.len().min(HEAD)];
    let japanese = [SHIFT_JIS, EUC_JP, ISO_2022_JP, UTF_8].contains(&guess).then_some(guess);
    let all = japanese.into_iter().chain([UTF_8, SHIFT_JIS, EUC_JP]);
    all.min_by_key(|encoding| merit(&decode_as(head, encoding, 0))).unwrap_or(UTF_8)
}

/// How well an encoding fits, the best first: sentences are full of hiragana, which another encoding does not give.
fn merit(decoded: &Decoded) -> (Reverse<usize>, usize) {
    let hiragana = decoded.text.chars().filter(|c| matches!(c, 'ぁ'..='ん')).count();
    (Reverse(hiragana), decoded.undecodable.iter().map(|run| run.len).sum())
}

/// UTF-16 without a mark: zeros, of line ends and blanks, and the first byte of kana stand on the same side of each pair.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    // full-width punctuation and kana: U+3000 to U+30FF
    let high = |side: usize| head.iter().skip(side).step_by(2).filter(|b| matches!(b, 0 | 0x30)).count();
    let (even, odd) = (high(0), high(1));
    if !head.contains(&0) || even.max(odd) <= head.len() / 10 {
        return None;
    }
    Some(if odd > even { UTF_16LE } else { UTF_16BE })
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, skip: usize) -> Decoded {
    let mut out = Decoded {
        text: String::with_capacity(bytes.len() * 3 / 2 + 16),
        encoding: encoding.name(),
        undecodable: Vec::new(),
    };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut at = skip;
    loop {
        let need = decoder.max_utf8_buffer_length_without_replacement(bytes.len() - at).unwrap_or(bytes.len() * 3);
        out.text.reserve(need.min(1 << 20));
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut out.text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return out,
            DecoderResult::OutputFull => out.text.reserve(4096),
            DecoderResult::Malformed(bad, after) => {
                let end = at - after as usize;
                let start = end.saturating_sub(bad as usize);
                show(&mut out, &bytes[start..end], start);
            }
        }
    }
}

/// Puts bytes that cannot be decoded into the text where they stand.
fn show(out: &mut Decoded, bytes: &[u8], offset: usize) {
    let from = out.text.len();
    out.text.push('‹');
    for byte in bytes {
        out.text.push_str(&format!("{byte:02X}"));
    }
    out.text.push('›');
    let span = Span::new(from, out.text.len());
    match out.undecodable.last_mut() {
        Some(last) if last.offset + last.len == offset && last.span.end as usize == from => {
            last.len += bytes.len();
            last.span.end = span.end;
        }
        _ => out.undecodable.push(Undecodable { offset, len: bytes.len(), span }),
    }
}

/// One warning for the bytes that could not be decoded, at the first of them.
pub fn complaint(decoded: &Decoded) -> Option<Diagnostic> {
    let first = decoded.undecodable.first()?;
    let count: usize = decoded.undecodable.iter().map(|u| u.len).sum();
    let (encoding, offset) = (decoded.encoding, first.offset);
    Some(Diagnostic {
        rule: "undecodable-bytes",
        severity: Severity::Warning,
        words: Words::new(
            format!(
                "{encoding}として読めないバイトが{count}個あります（最初は先頭から{offset}バイト目）。‹›で囲んで残しました。"
            ),
            format!(
                "{count} bytes mean nothing in {encoding} (the first at offset {offset}); they stand in the text as ‹8F›"
            ),
        ),
        path: Default::default(),
        span: Some(first.span),
        related: Vec::new(),
        help: Some(Words::new("--encoding で文字コードを指定してください。", "name the encoding with --encoding")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\r\n第１条　この協定は、暮らしを支えることを目的とする。\n";

    #[test]
    fn every_encoding_is_found() {
        let utf16 = |swap: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xFEFFu16).into_iter().chain(TEXT.encode_utf16());
            units.flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        for (bytes, name) in [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), "UTF-8"),
            (SHIFT_JIS.encode(TEXT).0.into_owned(), "Shift_JIS"),
            (EUC_JP.encode(TEXT).0.into_owned(), "EUC-JP"),
            (ISO_2022_JP.encode(TEXT).0.into_owned(), "ISO-2022-JP"),
            (utf16(false, true), "UTF-16LE"),
            (utf16(true, true), "UTF-16BE"),
            (utf16(false, false), "UTF-16LE"),
            (utf16(true, false), "UTF-16BE"),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.undecodable.len()), (name, TEXT, 0));
            assert_eq!(encode(&decoded.text, name, &bytes), Some(bytes), "{name}");
        }
    }

    #[test]
    fn damage_hides_no_encoding() {
        let text = TEXT.as_bytes();
        let spoiled = [&text[..9], &[0xFF; 20], &text[9..]].concat();
        let cut = TEXT.find('暮').map_or(text, |at| &text[..at + 1]);
        for bytes in [cut, &spoiled] {
            let decoded = decode(bytes);
            assert_eq!((decoded.encoding, decoded.undecodable.len()), ("UTF-8", 1));
        }
        for other in [SHIFT_JIS, EUC_JP] {
            let mut bytes = other.encode(TEXT).0.into_owned();
            bytes.extend([0xFF, b'\n']);
            assert_eq!(decode(&bytes).encoding, other.name());
        }
    }

    #[test]
    fn undecodable_bytes_stay_visible() {
        let mut bytes = SHIFT_JIS.encode("甲の役割を定める。").0.into_owned();
        bytes.extend([0xFF, 0xFF]);
        let decoded = decode_with(&bytes, SHIFT_JIS);
        assert_eq!(decoded.text, "甲の役割を定める。‹FF›‹FF›");
        assert_eq!(decoded.undecodable.len(), 1);
        assert_eq!((decoded.undecodable[0].offset, decoded.undecodable[0].len), (18, 2));
        assert!(complaint(&decoded).is_some());
    }
}
