//! What extractors, sites and scanners do to a text.

use super::setting::{Setting, set};
use kouotsu::schema::Agreement;

/// One kind of damage; in the order in which several are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// The same text, set otherwise.
    Set(Setting),
    /// A page with the names of the parties and the title before the text.
    Cover,
    /// Navigation before, contact lines after.
    Chrome,
    /// `第 3 条`: a blank wherever a digit meets a letter.
    DigitBlanks,
    /// `１２` for `12`.
    WideDigits,
    /// Kangxi radicals in the place of kanji.
    Radicals,
    /// U+3000 for each single blank.
    Ideographic,
    /// A blank at one place in so many, by a seed.
    OcrBlanks(u64, u64),
    /// Lines broken after so many letters; rows of tables stay.
    Wrap(usize),
    /// A page number and a form feed after so many lines.
    Pages(usize),
    /// CRLF.
    Crlf,
}

/// Kanji and the radicals that PDF fonts give for them.
const RADICALS: &[(char, char)] = &[
    ('一', '⼀'),
    ('二', '⼆'),
    ('人', '⼈'),
    ('入', '⼊'),
    ('力', '⼒'),
    ('口', '⼝'),
    ('土', '⼟'),
    ('大', '⼤'),
    ('子', '⼦'),
    ('小', '⼩'),
    ('山', '⼭'),
    ('工', '⼯'),
    ('手', '⼿'),
    ('支', '⽀'),
    ('文', '⽂'),
    ('方', '⽅'),
    ('日', '⽇'),
    ('月', '⽉'),
    ('木', '⽊'),
    ('水', '⽔'),
    ('用', '⽤'),
    ('田', '⽥'),
    ('目', '⽬'),
    ('立', '⽴'),
    ('行', '⾏'),
    ('見', '⾒'),
    ('食', '⾷'),
    ('高', '⾼'),
    ('乙', '⼄'),
    ('長', '⻑'),
    ('民', '⺠'),
    ('西', '⻄'),
];

/// Does every damage to a text, in their own order.
pub fn damaged(text: &str, agreement: &Agreement, damages: &[Damage]) -> String {
    let mut damages = damages.to_vec();
    damages.sort();
    // no text has its labels reworded twice
    damages.dedup_by_key(|damage| match damage {
        Damage::Set(Setting::Labels(_)) => Damage::Set(Setting::Labels(0)),
        other => *other,
    });
    damages.iter().fold(text.to_owned(), |text, damage| match *damage {
        Damage::Set(setting) => set(&text, setting),
        Damage::Cover => cover(agreement) + &text,
        Damage::Chrome => chrome(&text, &agreement.title),
        Damage::DigitBlanks => {
            between(&text, |a, b| a.is_ascii_digit() && letter(b) || letter(a) && b.is_ascii_digit())
        }
        Damage::WideDigits => text.chars().map(wide).collect(),
        Damage::Radicals => text.chars().map(radical).collect(),
        Damage::Ideographic => single_blanks(&text),
        Damage::OcrBlanks(one_in, seed) => ocr_blanks(&text, one_in, seed),
        Damage::Wrap(most) => text.lines().map(|line| wrap(line, most) + "\n").collect(),
        Damage::Pages(most) => pages(&text, most),
        Damage::Crlf => text.replace('\n', "\r\n"),
    })
}

fn cover(agreement: &Agreement) -> String {
    let names: String = agreement.parties.iter().map(|p| format!("{}\n", p.name)).collect();
    format!("\n{}\n\n{names}\n\n\n", agreement.title)
}

fn chrome(text: &str, title: &str) -> String {
    format!(
        "本文へ移動\nホーム ＞ 行政情報 ＞ 広域連携 ＞ {title}\n更新日：2023年11月9日\n\n{text}\nこのページに関する問い合わせ\n\
         まちづくり推進課\nTEL：000-000-0000\nCopyright © City. All rights reserved.\n"
    )
}

fn letter(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// A blank between each two neighbours that fit.
fn between(text: &str, fits: impl Fn(char, char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut last = '\n';
    for c in text.chars() {
        if fits(last, c) {
            out.push(' ');
        }
        out.push(c);
        last = c;
    }
    out
}

fn wide(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        other => other,
    }
}

fn radical(c: char) -> char {
    RADICALS.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1)
}

fn single_blanks(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let blank = |i: usize| chars.get(i) == Some(&' ');
    let swap = |(i, c): (usize, &char)| match *c {
        ' ' if !blank(i + 1) && (i == 0 || !blank(i - 1)) => '\u{3000}',
        c => c,
    };
    chars.iter().enumerate().map(swap).collect()
}

/// A blank between two letters at one place in `one_in`; the same seed gives the same places.
pub fn ocr_blanks(text: &str, one_in: u64, seed: u64) -> String {
    let state = std::cell::Cell::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    between(text, |a, b| {
        // xorshift: the places only need to be scattered
        let mut x = state.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        state.set(x);
        !a.is_whitespace() && !b.is_whitespace() && x.is_multiple_of(one_in.max(1))
    })
}

fn wrap(line: &str, most: usize) -> String {
    if line.contains(['\t', '|']) || line.contains("  ") {
        return line.to_owned();
    }
    let chars: Vec<char> = line.chars().collect();
    chars.chunks(most.max(1)).map(String::from_iter).collect::<Vec<_>>().join("\n")
}

fn pages(text: &str, most: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let page = |(i, lines): (usize, &[&str])| format!("{}\n\n- {} -\n\u{c}", lines.join("\n"), i + 1);
    lines.chunks(most.max(1)).enumerate().map(page).collect()
}

/// A text in the encodings that files come in; `None` where one has no place for some character.
pub fn encodings(text: &str) -> Vec<(&'static str, Option<Vec<u8>>)> {
    let legacy = |encoding: &'static encoding_rs::Encoding| {
        let (bytes, _, lost) = encoding.encode(text);
        (!lost).then(|| bytes.into_owned())
    };
    let marked = || "\u{feff}".encode_utf16().chain(text.encode_utf16());
    vec![
        ("Shift_JIS", legacy(encoding_rs::SHIFT_JIS)),
        ("EUC-JP", legacy(encoding_rs::EUC_JP)),
        ("UTF-16LE", Some(marked().flat_map(u16::to_le_bytes).collect())),
        ("UTF-16BE", Some(marked().flat_map(u16::to_be_bytes).collect())),
        ("UTF-8 with mark", Some(format!("\u{feff}{text}").into_bytes())),
    ]
}
