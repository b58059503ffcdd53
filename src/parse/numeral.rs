//! Figures in every writing: `12`, `１２`, `十二`, `一二`, ア, イ, a, i, ⑴, ①.

use crate::ast::Numbering;

/// The order of アイウエオ, as 号の細分 use it.
const GOJUON: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
/// The order of イロハ, as statutes use it.
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス";
/// Roman figures up to what a list needs.
const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];

/// `3`, `３`: the value of one figure in either width.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// `〇`..`九`.
fn kanji_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' => 0,
        '一' | '元' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Whether `c` may stand in a kanji numeral.
pub fn is_kanji_digit(c: char) -> bool {
    c != '元' && kanji_digit(c).is_some() || matches!(c, '十' | '百' | '千')
}

/// No agreement counts further, and whoever counts on from here does not overflow.
const MOST: u32 = 1_000_000_000;

/// The value of `12`, `１２`, `十二`, `三五`, `百二十`, at most [`MOST`]; `None` for anything else.
pub fn value(text: &str) -> Option<u32> {
    written(text).map(|value| value.min(MOST))
}

fn written(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let next = |value: u32, c| Some(value.saturating_mul(10).saturating_add(digit(c)?));
    if let Some(value) = text.chars().try_fold(0, next) {
        return Some(value);
    }
    let (mut total, mut unit, mut plain) = (0u32, 0u32, 0u32);
    for c in text.chars() {
        match c {
            '十' | '百' | '千' => {
                let power = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                total = total.saturating_add(unit.max(1).saturating_mul(power));
                (unit, plain) = (0, 0);
            }
            _ => {
                let digit = kanji_digit(c)?;
                plain = plain.saturating_mul(10).saturating_add(digit);
                unit = plain;
            }
        }
    }
    Some(total.saturating_add(unit))
}

/// Numberings that one katakana letter may stand for, the likelier first: `イ` is 2 in アイウ and 1 in イロハ.
pub fn katakana(c: char) -> Option<u32> {
    match c {
        // `(ｱ)`: half-width letters stand in the same order
        'ｱ'..='ﾜ' => Some(c as u32 - 'ｱ' as u32 + 1),
        _ => GOJUON_PLACES.of(c),
    }
}

/// The place of a letter in イロハ.
pub fn iroha(c: char) -> Option<u32> {
    IROHA_PLACES.of(c)
}

static GOJUON_PLACES: Places = Places::in_order(GOJUON);
static IROHA_PLACES: Places = Places::in_order(IROHA);

/// For each katakana from ア to ン its place in an order, from 1, or 0.
struct Places([u8; 'ン' as usize - 'ア' as usize + 1]);

impl Places {
    const fn in_order(letters: &str) -> Self {
        let (letters, mut places, mut place) = (letters.as_bytes(), [0; _], 0);
        while let Some([_, second, third, ..]) = letters.split_at(3 * place as usize).1.first_chunk::<3>() {
            // the last twelve bits of a letter, which the other four precede in all katakana
            let letter = (*second as usize & 0x3F) << 6 | *third as usize & 0x3F;
            place += 1;
            places[letter - ('ア' as usize & 0xFFF)] = place;
        }
        Places(places)
    }

    fn of(&self, c: char) -> Option<u32> {
        let letter = (c as usize).checked_sub('ア' as usize)?;
        self.0.get(letter).filter(|place| **place > 0).map(|place| u32::from(*place))
    }
}

/// Whether a bare numeral may begin with `c`: a cheap test for what is none.
pub fn begins(c: char) -> bool {
    matches!(c, '0'..='9' | 'a'..='z' | '０'..='９' | 'ａ'..='ｚ' | 'ア'..='ン' | 'ｱ'..='ﾜ' | 'ⅰ'..='ⅻ' | 'Ⅰ'..='Ⅻ')
        || capital(c).is_some()
        || begins_kanji(c)
}

/// The same for a kanji: a figure, or what OCR gives for katakana.
pub fn begins_kanji(c: char) -> bool {
    matches!(c, '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
        || matches!(c, '力' | '口' | '工' | '夕' | '卜')
}

/// The katakana that a look-alike kanji stands for in OCR text.
pub fn lookalike(c: char) -> Option<char> {
    Some(match c {
        '力' => 'カ',
        '二' => 'ニ',
        '八' => 'ハ',
        '口' => 'ロ',
        '工' => 'エ',
        '夕' => 'タ',
        '卜' => 'ト',
        _ => return None,
    })
}

/// `a` is 1; full-width letters too.
pub fn latin(c: char) -> Option<u32> {
    match c {
        'a'..='z' => Some(c as u32 - 'a' as u32 + 1),
        'ａ'..='ｚ' => Some(c as u32 - 'ａ' as u32 + 1),
        _ => None,
    }
}

/// `A` is 1; full-width letters too.
pub fn capital(c: char) -> Option<u32> {
    match c {
        'A'..='Z' => Some(c as u32 - 'A' as u32 + 1),
        'Ａ'..='Ｚ' => Some(c as u32 - 'Ａ' as u32 + 1),
        _ => None,
    }
}

/// `iv` is 4; ⅳ and Ⅳ too.
pub fn roman(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c @ 'ⅰ'..='ⅻ'), None) => Some(c as u32 - 'ⅰ' as u32 + 1),
        (Some(c @ 'Ⅰ'..='Ⅻ'), None) => Some(c as u32 - 'Ⅰ' as u32 + 1),
        (Some(c @ 'ａ'..='ｚ'), None) => roman(&char::from_u32(c as u32 - 'ａ' as u32 + 'a' as u32)?.to_string()),
        (Some('i' | 'v' | 'x'), _) => ROMAN.iter().position(|r| *r == text).map(|at| at as u32 + 1),
        _ => None,
    }
}

/// `⑴` and `①`: one character is a whole number.
pub fn enclosed(c: char) -> Option<(Numbering, u32)> {
    match c {
        '⑴'..='⒇' => Some((Numbering::ParenArabic, c as u32 - '⑴' as u32 + 1)),
        '①'..='⑳' => Some((Numbering::Circled, c as u32 - '①' as u32 + 1)),
        '㈠'..='㈩' => Some((Numbering::ParenKanji, c as u32 - '㈠' as u32 + 1)),
        '⒜'..='⒵' => Some((Numbering::ParenLatin, c as u32 - '⒜' as u32 + 1)),
        _ => None,
    }
}

/// The label of `number` in its system, in one fixed form: `(3)`, `ウ`, `c`, `iii`.
pub fn label(numbering: Numbering, number: u32) -> String {
    let nth = |letters: &str| {
        letters.chars().nth(number.saturating_sub(1) as usize).map_or(number.to_string(), |c| c.to_string())
    };
    let roman = || ROMAN.get(number.saturating_sub(1) as usize).map_or(number.to_string(), |r| r.to_string());
    match numbering {
        Numbering::ParenArabic => ["(", itoa::Buffer::new().format(number), ")"].concat(),
        Numbering::ClosedArabic => format!("{number})"),
        Numbering::Circled => char::from_u32('①' as u32 + number.saturating_sub(1))
            .filter(|_| (1..=20).contains(&number))
            .map_or(number.to_string(), |c| c.to_string()),
        Numbering::Kanji => kanji(number),
        Numbering::ParenKanji => format!("({})", kanji(number)),
        Numbering::Katakana => nth(GOJUON),
        Numbering::ParenKatakana => format!("({})", nth(GOJUON)),
        Numbering::Iroha => nth(IROHA),
        Numbering::Latin => nth("abcdefghijklmnopqrstuvwxyz"),
        Numbering::ParenLatin => format!("({})", nth("abcdefghijklmnopqrstuvwxyz")),
        Numbering::Capital => nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        Numbering::ParenCapital => format!("({})", nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        Numbering::Roman => roman(),
        Numbering::ParenRoman => format!("({})", roman()),
        Numbering::Arabic => number.to_string(),
        Numbering::Bullet => "・".to_string(),
    }
}

/// `二十三`.
fn kanji(number: u32) -> String {
    let names: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let digit = |n: u32| names.get(n as usize).copied().unwrap_or('〇');
    match number {
        0..=9 => digit(number).to_string(),
        10..=99 => {
            let tens = if number / 10 == 1 { String::new() } else { digit(number / 10).to_string() };
            let ones = if number.is_multiple_of(10) { String::new() } else { digit(number % 10).to_string() };
            format!("{tens}十{ones}")
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (text, want) in [
            ("12", Some(12)),
            ("１２", Some(12)),
            ("十二", Some(12)),
            ("三五", Some(35)),
            ("百二十", Some(120)),
            ("二十", Some(20)),
            ("元", Some(1)),
            ("十", Some(10)),
            ("", None),
            ("甲", None),
            ("99999999999", Some(MOST)),
        ] {
            assert_eq!(value(text), want, "{text}");
        }
    }

    #[test]
    fn letters() {
        assert_eq!(
            (katakana('カ'), iroha('ハ'), latin('ｃ'), roman("iv"), roman("ⅳ")),
            (Some(6), Some(3), Some(3), Some(4), Some(4))
        );
        assert_eq!(enclosed('⑵'), Some((Numbering::ParenArabic, 2)));
        assert_eq!(label(Numbering::ParenKatakana, 6), "(カ)");
        assert_eq!(label(Numbering::Kanji, 23), "二十三");
    }
}
