//! One budget for the whole file: a bomb ends in a clear error.

use super::PdfError;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use std::borrow::Cow;
use std::io::Read;

/// What one file may cost before it is refused.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pages.
    pub pages: usize,
    /// Operators of all content streams together; a form that is shown counts as [`FORM_COST`] of them.
    pub operators: usize,
    /// Glyphs shown.
    pub glyphs: usize,
    /// Bytes that streams unpack to.
    pub decoded: usize,
    /// Forms within forms; deeper ones are left out.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pages: 2_000, operators: 5_000_000, glyphs: 2_000_000, decoded: 128 << 20, nesting: 12 }
    }
}

/// Operators that showing a form counts as: it must be looked up and unpacked.
const FORM_COST: usize = 100;

/// The content of a stream.
pub struct Unpacked<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// It breaks off or is broken.
    pub damaged: bool,
}

/// What is left of the limits.
pub struct Budget {
    limits: Limits,
    operators: usize,
    glyphs: usize,
    decoded: usize,
}

impl Budget {
    pub fn new(limits: Limits) -> Self {
        Self { limits, operators: limits.operators, glyphs: limits.glyphs, decoded: limits.decoded }
    }

    pub fn nesting(&self) -> usize {
        self.limits.nesting
    }

    /// Open `q` operators; each one holds memory.
    pub fn saved_states(&self, open: usize) -> Result<(), PdfError> {
        const MOST: usize = 100_000;
        if open < MOST { Ok(()) } else { Err(PdfError::Budget { what: "saved states", limit: MOST }) }
    }

    pub fn operator(&mut self) -> Result<(), PdfError> {
        spend(&mut self.operators, 1, "operators", self.limits.operators)
    }

    pub fn form(&mut self) -> Result<(), PdfError> {
        spend(&mut self.operators, FORM_COST, "operators", self.limits.operators)
    }

    pub fn glyph(&mut self) -> Result<(), PdfError> {
        spend(&mut self.glyphs, 1, "glyphs", self.limits.glyphs)
    }

    pub fn pages(&self, count: usize) -> Result<(), PdfError> {
        spend(&mut self.limits.pages.clone(), count, "pages", self.limits.pages)
    }

    /// The unpacked bytes of a stream; of a broken one those before the break.
    pub fn decode<'a>(&mut self, stream: &Stream<'a>) -> Result<Unpacked<'a>, PdfError> {
        let filters = stream.filters();
        let raw = stream.raw_data();
        let plain_flate = filters.as_slice() == [Filter::FlateDecode] && !stream.dict().contains_key("DecodeParms");
        let unpacked = if plain_flate {
            inflate(&raw, self.decoded.saturating_add(1))
        } else if worst_size(&raw, &filters) <= self.decoded {
            let bytes = stream.decoded_data();
            Unpacked { damaged: bytes.is_err(), bytes: bytes.unwrap_or_default() }
        } else {
            return Err(PdfError::Budget { what: "decoded bytes", limit: self.limits.decoded });
        };
        spend(&mut self.decoded, unpacked.bytes.len(), "decoded bytes", self.limits.decoded)?;
        Ok(unpacked)
    }

    /// Refuses a file whose object or cross-reference streams are bombs: the parser unpacks those itself, without a limit.
    pub fn check_structure(&self, file: &[u8]) -> Result<(), PdfError> {
        let mut left = self.limits.decoded;
        let mut before = 0;
        for at in memchr::memmem::find_iter(file, b"stream") {
            let head = &file[before..at];
            if head.ends_with(b"end") {
                before = at;
                continue;
            }
            let head = &head[head.len().saturating_sub(4096)..];
            before = at;
            if !is_structural(head) {
                continue;
            }
            let body = &file[at + b"stream".len()..];
            let size = unpacked_size(head, body, left.saturating_add(1));
            spend(&mut left, size, "decoded bytes", self.limits.decoded)?;
        }
        Ok(())
    }
}

fn spend(left: &mut usize, cost: usize, what: &'static str, limit: usize) -> Result<(), PdfError> {
    *left = left.checked_sub(cost).ok_or(PdfError::Budget { what, limit })?;
    Ok(())
}

/// Does this dictionary belong to an object stream or a cross-reference stream? (`#` may hide a name.)
fn is_structural(head: &[u8]) -> bool {
    let has = |key: &[u8]| memchr::memmem::find(head, key).is_some();
    count_names(head, b"/First") > 0 || has(b"XRef") || has(b"ObjStm") || memchr::memchr(b'#', head).is_some()
}

/// How often a name stands there: `/First` not in `/FirstChar`, nor `/Fl` in `/Flags`, which fonts have.
fn count_names(head: &[u8], name: &[u8]) -> usize {
    let is_whole = |at: &usize| !head.get(at + name.len()).is_some_and(u8::is_ascii_alphanumeric);
    memchr::memmem::find_iter(head, name).filter(is_whole).count()
}

/// The bytes of a zlib or bare deflate stream, at most `limit`.
fn inflate(raw: &[u8], limit: usize) -> Unpacked<'static> {
    let mut out = Vec::with_capacity(raw.len().saturating_mul(4).min(limit));
    let mut result = ZlibDecoder::new(raw).take(limit as u64).read_to_end(&mut out);
    if out.is_empty() && result.is_err() {
        result = DeflateDecoder::new(raw).take(limit as u64).read_to_end(&mut out);
    }
    Unpacked { bytes: Cow::Owned(out), damaged: result.is_err() }
}

/// How many bytes a structural stream unpacks to, counted up to `limit`; more than one packing filter counts as its worst case.
fn unpacked_size(head: &[u8], body: &[u8], limit: usize) -> usize {
    let count = |name: &[u8]| memchr::memmem::find_iter(head, name).count();
    if count(b"LZW") > 0 || count(b"/RunLength") > 0 {
        return memchr::memmem::find(body, b"endstream").unwrap_or(body.len()).saturating_mul(2731);
    }
    let start = body.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let mut unpacked = ZlibDecoder::new(&body[start..]).take(limit as u64);
    let mut buffer = [0; 1 << 14];
    let mut size = 0;
    while let Ok(n @ 1..) = unpacked.read(&mut buffer) {
        size += n;
    }
    if count_names(head, b"/Fl") + count_names(head, b"/FlateDecode") > 1 { size.saturating_mul(1032) } else { size }
}

/// How large the output of these filters can be at most.
fn worst_size(raw: &[u8], filters: &[Filter]) -> usize {
    filters.iter().fold(raw.len(), |size, filter| match filter {
        // `z` stands for four bytes.
        Filter::Ascii85Decode => size.saturating_add(3 * memchr::memchr_iter(b'z', raw).count()),
        Filter::FlateDecode => size.saturating_mul(1032),
        Filter::LzwDecode => size.saturating_mul(2731),
        Filter::RunLengthDecode => size.saturating_mul(64),
        _ => size,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font before a font file that it embeds: `/FirstChar` and `/Flags` say nothing of how a stream is packed.
    #[test]
    fn a_font_is_no_bomb() {
        let packed = |size: usize| {
            let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut packer, &vec![0; size]).unwrap();
            packer.finish().unwrap()
        };
        let file = |head: &str, size: usize| [head.as_bytes(), b">>\nstream\n", &packed(size), b"\nendstream"].concat();
        let budget = Budget::new(Limits::default());
        let font = "1 0 obj <</FirstChar 32 /Flags 4>> endobj 2 0 obj <</Filter /FlateDecode";
        for (head, size, fits) in [
            (font, 1 << 20, true),
            ("1 0 obj <</Type /ObjStm /First 9 /Filter /FlateDecode", 1 << 20, true),
            ("1 0 obj <</Type /ObjStm /First 9 /Filter /FlateDecode", 129 << 20, false),
            ("1 0 obj <</Type /ObjStm /First 9 /Filter [/FlateDecode /Fl]", 1 << 20, false),
        ] {
            assert_eq!(budget.check_structure(&file(head, size)).is_ok(), fits, "{head}");
        }
    }
}
