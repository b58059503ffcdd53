//! Characters of simple fonts that have an encoding but no `/ToUnicode`.

use std::collections::HashMap;
use std::sync::LazyLock;

static NAMES: LazyLock<HashMap<&'static str, char>> =
    LazyLock::new(|| glyph_names::GLYPH_NAME_PAIRS.iter().map(|&(char, name)| (name, char)).collect());

/// `A`, `parenleft`, `uni3042`, `u3042`, `f_i` (its first part), `A.alt`.
pub fn char_of_name(name: &str) -> Option<char> {
    let name = name.split(['.', '_']).next().filter(|n| !n.is_empty())?;
    if let Some(&char) = NAMES.get(name) {
        return Some(char);
    }
    let hex = name.strip_prefix("uni").filter(|h| h.len() == 4);
    let hex = hex.or_else(|| name.strip_prefix('u').filter(|h| (4..=6).contains(&h.len())))?;
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
}

/// The character of `code` in one of the base encodings; `None` names the standard one.
pub fn char_of_code(base: Option<&[u8]>, code: u8) -> Option<char> {
    let table = match base {
        Some(b"MacRomanEncoding") => encoding_rs::MACINTOSH,
        Some(b"WinAnsiEncoding") => encoding_rs::WINDOWS_1252,
        _ => return standard(code),
    };
    let char = table.decode_without_bom_handling(&[code]).0.chars().next()?;
    (!char.is_control()).then_some(char)
}

/// The standard encoding: ASCII with two quotes of its own. Its upper half holds no letter that an agreement would need.
fn standard(code: u8) -> Option<char> {
    match code {
        0x27 => Some('’'),
        0x60 => Some('‘'),
        0x20..=0x7e => Some(code as char),
        _ => None,
    }
}

/// The usual form of a character that is drawn for vertical writing.
pub fn upright(char: char) -> char {
    const FORMS: &str =
        "︑、︒。︓：︔；︕！︖？︰‥︱―︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］";
    let mut forms = FORMS.chars();
    if matches!(char, '\u{FE10}'..='\u{FE48}') && forms.any(|c| c == char) {
        forms.next().unwrap_or(char)
    } else {
        char
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let table = [
            ("A", Some('A')),
            ("parenleft", Some('(')),
            ("uni7532", Some('甲')),
            ("u4E59", Some('乙')),
            ("uni7532.vert", Some('甲')),
            ("g123", None),
            (".notdef", None),
        ];
        for (name, char) in table {
            assert_eq!(char_of_name(name), char, "{name}");
        }
    }

    #[test]
    fn codes() {
        assert_eq!(char_of_code(Some(b"WinAnsiEncoding"), 0x93), Some('“'));
        assert_eq!(char_of_code(None, b'7'), Some('7'));
        assert_eq!(char_of_code(None, 3), None);
    }
}
