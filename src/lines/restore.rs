//! A copy of a damaged line: radicals are kanji, letters that were pulled apart stand together, the marks of Markdown are gone.

use super::composed::FILL;
use super::letters::count_bytes;
use super::words::Repaired;
use super::{Words, is_blank, is_cjk, markdown, radical};
use crate::parse::Repairs;
use crate::span::Span;
use std::ops::RangeInclusive;

/// The offset in the source of what stands at `at` in a repaired copy: what the copy lacks is stepped over. Offsets that
/// ascend cost one look at the line.
pub fn source_offset(line: &Repaired, at: usize) -> usize {
    let (raw, copy) = (line.raw, line.copy.as_str());
    if at == 0 {
        return usize::from(raw.starts_with('"') && !copy.starts_with('"'));
    }
    let (mut from, mut end) = Some(line.known.get()).filter(|known| known.0 <= at).unwrap_or_default();
    // most words stand in the copy as they stand in the source
    let words = &copy[from..at];
    if raw[end..].starts_with(words) && !words.contains('<') {
        (from, end) = (at, end + words.len());
        // kanji and kana are never left out
        let goes_on = |rest: &[u8]| matches!(rest, [0xE4..=0xE9, ..] | [0xE3, 0x81..=0x83, ..]);
        if at == copy.len() && end == raw.len() || goes_on(&raw.as_bytes()[end..]) {
            line.known.set((at, end));
            return end;
        }
    }
    let mut left = copy[from..at].chars().peekable();
    let mut chars = raw[end..].chars();
    while left.peek().is_some() {
        let Some(c) = chars.next() else { return raw.len() };
        if let Some(len) = markdown::tag(c, chars.as_str()) {
            chars = chars.as_str()[len..].chars();
            // of a cell with lines
            if left.next_if_eq(&'\n').is_some() {
                end = raw.len() - chars.as_str().len();
            }
            continue;
        }
        // blanks that keep a column in its place
        let next = || left.clone().chain(copy[at..].chars().take(1)).find(|letter| *letter != ' ');
        let kept = is_kept(c) || matches!(c, '\\' | '"' | '<') && next() == Some(c);
        while kept && left.next_if_eq(&' ').is_some() {}
        let is_same = |want: &char| *want == c || radical::kanji(c) == Some(*want) || *want == ' ' && c.is_whitespace();
        if left.next_if(is_same).is_some() {
            end = raw.len() - chars.as_str().len();
        }
    }
    line.known.set((at, end));
    raw.len() - behind(&raw[end..], &copy[at..]).len()
}

/// Whether the copy surely has a letter, too.
fn is_kept(c: char) -> bool {
    !is_blank(c) && !is_zero_width(c) && !matches!(c, '\\' | '"' | '<')
}

/// What is left of a line behind a letter without the tags, the quotes, and the blanks that were taken out: they belong to
/// what stands before them unless the copy has them, too.
fn behind<'s>(mut rest: &'s str, copy: &str) -> &'s str {
    let is_space = |c: char| is_blank(c) || c.is_whitespace();
    let keeps_blank = copy.starts_with(is_space);
    loop {
        if !keeps_blank {
            rest = rest.trim_start_matches(is_space);
        }
        let quote = rest.strip_prefix('"').filter(|_| !copy.starts_with('"'));
        match quote.or_else(|| rest.strip_prefix('<').and_then(|words| Some(&words[markdown::tag('<', words)?..]))) {
            Some(words) => rest = words,
            None => return rest,
        }
    }
}

/// A copy of a damaged line, or the line itself: radicals become kanji, letters that were pulled apart stand together.
pub fn restore<'s>(raw: &'s str, spaced: bool, repairs: &mut Repairs, place: Span) -> Words<'s> {
    let is_apart = is_pulled_apart(raw);
    let squeeze = spaced || is_apart;
    let radicals = raw.chars().filter(|c| radical::kanji(*c).is_some()).count();
    let (bare, marks) = markdown::unmarked(raw);
    if !squeeze && radicals == 0 && marks == 0 && !raw.contains(is_zero_width) {
        return Words::Plain(raw);
    }
    let mut copy = String::with_capacity(raw.len());
    let mut last = '\t';
    let mut chars = bare.chars().peekable();
    let (mut removed, mut composed) = (0, 0);
    while let Some(c) = chars.next() {
        if c == FILL {
            composed += 1;
            continue;
        }
        if is_zero_width(c) {
            removed += 1;
            continue;
        }
        if squeeze && is_blank(c) && c != '\u{3000}' {
            let next = chars.peek().copied().unwrap_or('\t');
            // `ア 備 蓄 品 の`: no word begins with one katakana before a kanji
            let is_number =
                || copy.len() == last.len_utf8() && matches!((last, next), ('ア'..='ン', '\u{4E00}'..='\u{9FFF}'));
            // a run of blanks parts cells
            if is_apart && is_number() || !is_apart && (is_blank(next) || is_blank(last)) {
                last = c;
                copy.push(c);
                continue;
            }
            if is_cjk(last)
                || is_cjk(next)
                || last == '\t'
                || next == '\t'
                || !last.is_ascii_alphanumeric()
                || !next.is_ascii_alphanumeric()
            {
                removed += 1;
                continue;
            }
        }
        last = radical::kanji(c).unwrap_or(c);
        copy.push(last);
    }
    repairs.add("radical-mapped", radicals as u32, place);
    repairs.add("blank-removed", removed, place);
    repairs.add("markup-removed", marks, place);
    repairs.add("kana-composed", composed, place);
    Words::repaired(copy, raw)
}

/// Blanks that take no room, as web pages put them where a line may break, and control characters, as extractors give them for
/// letters that a font does not name: they part nothing.
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | FILL | '\u{FEFF}')
        || c.is_ascii() && is_control(c as u8)
}

/// Control characters but those that end lines and cells.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0E..=0x1F | 0x7F)
}

/// Whether one is among these bytes; a DEL alone is not looked for. `ends`: whether bytes from a vertical tab on are.
pub fn holds_control(bytes: &[u8], ends: bool) -> bool {
    holds(bytes, 0..=8) || ends && holds(bytes, 0x0E..=0x1F)
}

/// Whether a byte in a range is among these: by a least value, which many of them give in one go.
pub fn holds(bytes: &[u8], range: RangeInclusive<u8>) -> bool {
    let from = *range.start();
    bytes.iter().fold(u8::MAX, |least, byte| least.min(byte.wrapping_sub(from))) <= range.end() - from
}

/// Whether a line holds one, or a radical.
pub fn holds_odd(raw: &str) -> bool {
    // the first bytes of nearly all of them; those of nearly no other letter
    memchr::memchr2(0xC2, 0xE2, raw.as_bytes()).is_some()
        && (raw.contains(is_zero_width) || radical::may_hold(raw.as_bytes()))
}

/// `休 日 夜 間`: three or more letters, nearly each one alone between single blanks.
pub fn is_pulled_apart(raw: &str) -> bool {
    // nearly no line has two blanks
    let words = 1 + count_bytes(raw, |byte| byte == b' ');
    if words < 3 {
        return false;
    }
    // as many letters as there are words, and half as many more; none takes more than four bytes
    if raw.len() > words + words * 3 / 2 * 4 {
        return false;
    }
    let (mut alone, mut more) = (0, 0);
    for word in raw.split(' ') {
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if is_cjk(c) => alone += 1,
            (Some(_), _) => more += word.chars().count(),
            _ => return false,
        }
    }
    alone >= 3 && more <= alone / 2
}
