//! Fonts: from the bytes of a string to codes, widths and characters. Font programs are never opened.

use super::PdfError;
use super::budget::Budget;
use super::names;
use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS};
use hayro_cmap::{BfString, CMap, CMapName, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Resources;
use std::collections::HashMap;
use std::rc::Rc;

/// How codes stand in a string.
enum Codes {
    /// One byte each; what each byte means without `/ToUnicode`.
    Bytes(Box<[Option<char>; 256]>),
    /// Two bytes each, the code is the CID.
    Pairs,
    /// As a CMap says.
    Mapped(Box<CMap>),
}

/// What a code or its CID says about the character where there is no `/ToUnicode`.
enum Meaning {
    None,
    /// The code is UTF-16.
    Utf16,
    /// The code is text in this encoding.
    Legacy(&'static Encoding),
    /// The code is a JIS X 0208 row and cell, which EUC-JP writes with the high bits set.
    Jis,
    /// CID to Unicode, by the character collection.
    Collection(Box<CMap>),
}

/// A font as far as text needs it.
pub struct Font {
    codes: Codes,
    to_unicode: Option<CMap>,
    meaning: Meaning,
    /// First and last code (CID), and the width of each.
    widths: Vec<(u32, u32, f64)>,
    default_width: f64,
    /// Text space units of one glyph space unit.
    scale: f64,
    /// Glyphs go from top to bottom.
    pub vertical: bool,
}

/// One code of a shown string.
pub struct Code<'b> {
    bytes: &'b [u8],
    value: u32,
    cid: u32,
}

impl Code<'_> {
    /// Word spacing applies to this code alone.
    pub fn is_space(&self) -> bool {
        self.bytes == b" "
    }
}

/// A character of a font, and what more the same glyph stands for.
pub type Character = (char, Option<Box<str>>);

impl Font {
    /// The next code and the bytes after it.
    pub fn next<'b>(&self, bytes: &'b [u8]) -> Option<(Code<'b>, &'b [u8])> {
        let first = *bytes.first()?;
        let (len, cid) = match &self.codes {
            Codes::Bytes(_) => (1, u32::from(first)),
            Codes::Pairs => (2.min(bytes.len()), number(bytes.get(..2).unwrap_or_default())),
            Codes::Mapped(map) => (1..=4.min(bytes.len()))
                .find_map(|n| Some((n, map.lookup_cid_code(number(bytes.get(..n)?), n as u8)?)))
                .unwrap_or((2.min(bytes.len()), 0)),
        };
        let (code, rest) = bytes.split_at_checked(len)?;
        Some((Code { bytes: code, value: number(code), cid }, rest))
    }

    /// The advance of a code, as a part of the font size.
    pub fn width(&self, code: &Code) -> f64 {
        let i = self.widths.partition_point(|w| w.0 <= code.cid);
        let entry = i.checked_sub(1).and_then(|i| self.widths.get(i)).filter(|w| code.cid <= w.1);
        entry.map_or(self.default_width, |w| w.2) * self.scale
    }

    /// The character that a code stands for, if the file says it.
    pub fn character(&self, code: &Code) -> Option<Character> {
        let found = match &self.to_unicode {
            Some(map) => map.lookup_bf_string(code.value).and_then(character),
            None => None,
        };
        found.or_else(|| self.implied(code)).filter(|c| !matches!(c.0, '\0' | '\u{FFFD}'))
    }

    fn implied(&self, code: &Code) -> Option<Character> {
        if let Codes::Bytes(chars) = &self.codes {
            return chars.get(code.value as usize).copied().flatten().map(|c| (c, None));
        }
        match &self.meaning {
            Meaning::None => None,
            Meaning::Utf16 => {
                let units = code.bytes.chunks_exact(2).map(|b| number(b) as u16);
                char::decode_utf16(units).next()?.ok().map(|c| (c, None))
            }
            Meaning::Legacy(encoding) => decode(encoding, code.bytes),
            Meaning::Jis => decode(EUC_JP, &code.bytes.iter().map(|b| b | 0x80).collect::<Vec<_>>()),
            Meaning::Collection(map) => map.lookup_bf_string(code.cid).and_then(character),
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, &b| n << 8 | u32::from(b))
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<Character> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    text.chars().next().map(|c| (c, None))
}

fn character(found: BfString) -> Option<Character> {
    match found {
        BfString::Char(c) => Some((c, None)),
        BfString::String(text) => {
            let mut chars = text.chars();
            let first = chars.next()?;
            let rest = chars.as_str();
            Some((first, (!rest.is_empty()).then(|| rest.into())))
        }
    }
}

/// The fonts of a file, each read once.
#[derive(Default)]
pub struct Fonts(HashMap<(u32, i32), Option<Rc<Font>>>);

impl Fonts {
    /// The font that `name` stands for on this page; `None` if there is no such font.
    pub fn get(
        &mut self,
        name: &Name,
        resources: &Resources,
        budget: &mut Budget,
    ) -> Result<Option<Rc<Font>>, PdfError> {
        let key = resources.fonts.get_ref(name.as_ref()).map(|r| (r.obj_number, r.gen_number));
        if let Some(font) = key.and_then(|k| self.0.get(&k)) {
            return Ok(font.clone());
        }
        budget.form()?;
        let font = match resources.get_font(name) {
            Some(dict) => Some(Rc::new(read(&dict, budget)?)),
            None => None,
        };
        if let Some(key) = key {
            self.0.insert(key, font.clone());
        }
        Ok(font)
    }
}

fn read(dict: &Dict, budget: &mut Budget) -> Result<Font, PdfError> {
    let to_unicode = match dict.get::<Object>("ToUnicode") {
        Some(Object::Stream(stream)) => parse_stream(&stream, budget)?,
        _ => None,
    };
    match dict.get::<Name>("Subtype").as_deref() {
        Some(b"Type0") => composite(dict, to_unicode, budget),
        subtype => Ok(simple(dict, to_unicode, subtype == Some(b"Type3"))),
    }
}

fn parse_stream(stream: &Stream, budget: &mut Budget) -> Result<Option<CMap>, PdfError> {
    Ok(parse(&budget.decode(stream)?.bytes))
}

fn parse(bytes: &[u8]) -> Option<CMap> {
    CMap::parse(bytes, load_embedded)
}

/// A CMap that every reader of PDF knows by its name.
fn predefined(name: &[u8]) -> Option<CMap> {
    parse(load_embedded(CMapName::from_bytes(name))?)
}

fn composite(dict: &Dict, to_unicode: Option<CMap>, budget: &mut Budget) -> Result<Font, PdfError> {
    let descendant = dict.get::<Array>("DescendantFonts").and_then(|a| a.iter::<Dict>().next()).unwrap_or_default();
    let mut meaning = Meaning::None;
    let map = match dict.get::<Object>("Encoding") {
        Some(Object::Name(name)) => {
            meaning = meaning_of(name.as_ref());
            match name.as_ref() {
                b"Identity-H" => None,
                b"Identity-V" => Some(CMap::identity_v()),
                name => predefined(name),
            }
        }
        Some(Object::Stream(stream)) => parse_stream(&stream, budget)?,
        _ => None,
    };
    if to_unicode.is_none() && matches!(meaning, Meaning::None) {
        let system = descendant.get::<Dict>("CIDSystemInfo");
        let ordering = system.and_then(|s| s.get::<PdfString>("Ordering").map(|o| o.as_bytes().to_vec()));
        let ordering = ordering.filter(|o| o != b"Identity");
        let collection = ordering.and_then(|o| predefined(&[b"Adobe-", o.as_slice(), b"-UCS2"].concat()));
        meaning = collection.map_or(Meaning::None, |map| Meaning::Collection(Box::new(map)));
    }
    Ok(Font {
        vertical: map.as_ref().is_some_and(|m| m.metadata().writing_mode == Some(WritingMode::Vertical)),
        codes: map.map_or(Codes::Pairs, |map| Codes::Mapped(Box::new(map))),
        to_unicode,
        meaning,
        widths: cid_widths(&descendant),
        default_width: descendant.get::<f64>("DW").unwrap_or(1000.),
        scale: 0.001,
    })
}

/// What the codes of a predefined CMap are, by its name.
fn meaning_of(name: &[u8]) -> Meaning {
    let has = |part: &[u8]| memchr::memmem::find(name, part).is_some();
    match name {
        b"H" | b"V" => Meaning::Jis,
        b"EUC-H" | b"EUC-V" => Meaning::Legacy(EUC_JP),
        _ if has(b"RKSJ") => Meaning::Legacy(SHIFT_JIS),
        _ if name.starts_with(b"Uni") && (has(b"UCS2") || has(b"UTF16")) => Meaning::Utf16,
        _ => Meaning::None,
    }
}

/// `/W [c [w1 w2 …] first last w …]`.
fn cid_widths(descendant: &Dict) -> Vec<(u32, u32, f64)> {
    let mut widths = Vec::new();
    let Some(array) = descendant.get::<Array>("W") else { return widths };
    let mut items = array.iter::<Object>();
    let number = |o: Option<Object>| match o {
        Some(Object::Number(n)) => Some(n.as_f64()),
        _ => None,
    };
    while let Some(first) = number(items.next()) {
        match items.next() {
            Some(Object::Array(list)) => {
                widths.extend((first as u32..=u32::MAX).zip(list.iter::<f64>()).map(|(cid, w)| (cid, cid, w)));
            }
            last => {
                let (Some(last), Some(width)) = (number(last), number(items.next())) else { break };
                widths.push((first as u32, last as u32, width));
            }
        }
    }
    widths.sort_by_key(|w| w.0);
    widths
}

fn simple(dict: &Dict, to_unicode: Option<CMap>, type3: bool) -> Font {
    let first = dict.get::<u32>("FirstChar").unwrap_or(0);
    let widths = dict.get::<Array>("Widths");
    let widths =
        widths.map(|a| (first..=u32::MAX).zip(a.iter::<f64>().take(256)).map(|(code, w)| (code, code, w)).collect());
    let matrix = dict.get::<[f64; 6]>("FontMatrix").filter(|_| type3);
    Font {
        codes: Codes::Bytes(Box::new(if to_unicode.is_some() { [None; 256] } else { encoding(dict) })),
        to_unicode,
        meaning: Meaning::None,
        widths: widths.unwrap_or_default(),
        default_width: if type3 { 0. } else { 500. },
        scale: matrix.map_or(0.001, |m| m[0].abs()),
        vertical: false,
    }
}

/// What `/Encoding` says of each byte; an embedded subset without it may mean anything and says nothing.
fn encoding(dict: &Dict) -> [Option<char>; 256] {
    const SYMBOLIC: u32 = 4;
    let descriptor = dict.get::<Dict>("FontDescriptor").unwrap_or_default();
    let symbolic = descriptor.get::<u32>("Flags").is_some_and(|f| f & SYMBOLIC != 0);
    let embedded = ["FontFile", "FontFile2", "FontFile3"].iter().any(|k| descriptor.contains_key(k));
    let named = dict.get::<Name>("Encoding");
    let custom = dict.get::<Dict>("Encoding");
    let base = named.or_else(|| custom.as_ref()?.get::<Name>("BaseEncoding"));
    let type3 = dict.get::<Name>("Subtype").as_deref() == Some(b"Type3");
    let mut chars = [None; 256];
    if base.is_some() || !(type3 || symbolic && embedded) {
        for (code, char) in (0..=255).zip(&mut chars) {
            *char = names::char_of_code(base.as_deref(), code);
        }
    }
    let mut code = 0usize;
    for item in custom.and_then(|c| c.get::<Array>("Differences")).iter().flat_map(|a| a.iter::<Object>()) {
        match item {
            Object::Number(n) => code = n.as_f64() as usize,
            Object::Name(name) => {
                if let Some(char) = chars.get_mut(code) {
                    *char = names::char_of_name(name.as_str());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    chars
}
