//! The head of a 号 or a 項: `(1)`, `ア`, `①`, `2`, and the systems in which it may be numbered. Of all heads it is sought most
//! often, several times in a line, and so without combinators.

use super::{branch, numbered, words};
use crate::ast::Numbering;
use crate::lines::{Line, Marks, is_blank};
use crate::parse::numeral;
use compact_str::CompactString;

/// `(1)`, `ア`, `2`, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemHead<'a> {
    /// The system, the likelier one first
    pub numbering: Numbering,
    /// Its value in that system
    pub value: u32,
    /// A second reading: `i` is 9 in a, b, c and 1 in i, ii
    pub other: Option<(Numbering, u32)>,
    /// `の2` of an inserted 号
    pub branch: CompactString,
    /// As written
    pub label: &'a str,
    /// The words after it, blanks stepped over
    pub rest: &'a str,
    /// No blank stood between label and words
    pub glued: bool,
    /// A look-alike kanji was read as katakana
    pub doubtful: bool,
}

impl ItemHead<'_> {
    /// `1`, `1の2`
    pub fn number(&self) -> CompactString {
        numbered(self.value, &self.branch)
    }

    /// `イ` of `インフラ`: a letter without a blank behind it may begin a word
    pub fn may_be_word(&self) -> bool {
        self.glued && !self.label.ends_with([')', '）', '.', '．']) && self.label.starts_with(char::is_alphabetic)
    }
}

/// `(1)`, `（ア）`, `( a )`, `⑴`, `①`, `ア `, `a `, `i `, `一 `, `2 `, `2.`
pub fn item(input: &str) -> Option<ItemHead<'_>> {
    if !may_be_item(input) {
        return None;
    }
    let input = bullet(input);
    let first = input.chars().next()?;
    if let Some((numbering, value)) = numeral::enclosed(first) {
        let (label, rest) = input.split_at(first.len_utf8());
        return Some(finish(label, rest, Found::sure(numbering, value), false));
    }
    match first {
        '(' | '（' => parenthesised(input),
        _ if numeral::begins(first) => bare(input),
        _ => None,
    }
}

/// Whether a line may begin with the head of a 号: most lines are words.
pub fn may_be_item(input: &str) -> bool {
    !input.starts_with(begins_word)
}

/// Whether words, and no head, begin with a letter.
pub fn begins_word(c: char) -> bool {
    matches!(c, 'ぁ'..='ん') || matches!(c, '\u{4E00}'..='\u{9FFF}') && !numeral::begins_kanji(c)
}

/// The head of a 号 with which a whole line begins.
pub fn item_of<'a>(line: &'a Line) -> Option<ItemHead<'a>> {
    if line.marks.hold(Marks::HEAD) { item(&line.text) } else { None }
}

/// `・ `, `• `, `- `, `* ` before a numbered head, as Markdown converters put it
fn bullet(input: &str) -> &str {
    let rest = input.trim_start_matches(['-', '•', '*', '●', '◦', '▪']);
    if rest.len() < input.len() && (rest.starts_with(is_blank) || rest.starts_with(['(', '（'])) {
        rest.trim_start_matches(is_blank)
    } else {
        input
    }
}

struct Found {
    numbering: Numbering,
    value: u32,
    other: Option<(Numbering, u32)>,
    doubtful: bool,
}

impl Found {
    fn sure(numbering: Numbering, value: u32) -> Self {
        Self { numbering, value, other: None, doubtful: false }
    }
}

fn finish<'a>(label: &'a str, rest: &'a str, found: Found, has_dot: bool) -> ItemHead<'a> {
    let Found { numbering, value, other, doubtful } = found;
    let ((mut rest, mut glued), mut number) = (words(rest), CompactString::default());
    if rest.starts_with('の')
        && let Ok((after, found)) = branch(rest)
        && !found.is_empty()
        && after.starts_with(is_blank)
    {
        ((rest, glued), number) = (words(after), found);
    }
    ItemHead { numbering, value, other, branch: number, label, rest, glued: glued && !has_dot, doubtful }
}

/// `(1)`, `（一）`, `(ア)`, `( a )`, `(iv)`
fn parenthesised(input: &str) -> Option<ItemHead<'_>> {
    let inside = input.strip_prefix(['(', '（'])?.trim_start_matches(is_blank);
    // `（目的）`, as most brackets hold words
    if !inside.starts_with(numeral::begins) {
        return None;
    }
    let (end, close) = inside.char_indices().find(|(_, c)| matches!(c, ')' | '）' | '(' | '（' | '\n'))?;
    let inner = inside[..end].trim_end_matches(is_blank);
    if !matches!(close, ')' | '）') || inner.len() > 24 {
        return None;
    }
    let found = letter(inner, true)?;
    let (label, rest) = input.split_at(input.len() - inside.len() + end + close.len_utf8());
    Some(finish(label, rest, found, false))
}

/// Words in kana with which headings begin, and no sentence goes on.
const KANA_WORDS: &[&str] = &["その他", "ごみ", "まち", "ひと", "こども", "ふるさと", "がん", "いじめ", "みどり"];

/// What follows the bracket of `1) 医療`, `ア）医療`, `1)その他`; that of `（別表第⏎2）の取組` closes another one
fn closed(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix([')', '）'])?;
    let is_begun = |c: char| is_blank(c) || matches!(c, '\u{4E00}'..='\u{9FFF}' | 'ァ'..='ヺ');
    let begins = rest.starts_with(is_begun) || KANA_WORDS.iter().any(|word| rest.starts_with(word));
    (rest.is_empty() || begins).then_some(rest)
}

/// `ア `, `a `, `iv `, `一 `, `2 `, `2．`, `1) `
fn bare(input: &str) -> Option<ItemHead<'_>> {
    let first = input.chars().next()?;
    let one = || {
        numeral::katakana(first).is_some()
            || numeral::latin(first).is_some()
            || numeral::capital(first).is_some()
            || numeral::roman(first.encode_utf8(&mut [0; 4])).is_some()
            || numeral::lookalike(first).is_some()
    };
    let run = |is_one: fn(char) -> bool| input.len() - input.trim_start_matches(is_one).len();
    let len = match first {
        _ if numeral::digit(first).is_some() => run(|c| numeral::digit(c).is_some()),
        'i' | 'v' | 'x' => run(|c| matches!(c, 'i' | 'v' | 'x')),
        _ if numeral::is_kanji_digit(first) => run(numeral::is_kanji_digit),
        _ if one() => first.len_utf8(),
        _ => return None,
    };
    let (label, rest) = input.split_at(len);
    if let Some(closed) = closed(rest) {
        let found = letter(label, true)?;
        // a level of its own below `(1)`
        let other = (found.numbering == Numbering::ParenArabic).then_some((Numbering::ClosedArabic, found.value));
        let found = Found { other: found.other.or(other), ..found };
        return Some(finish(&input[..input.len() - closed.len()], closed, found, false));
    }
    let found = letter(label, false)?;
    if found.numbering == Numbering::Capital && begins_latin_word(label, rest) {
        return None;
    }
    let dotted = rest.strip_prefix(['.', '．']).filter(|after| !after.starts_with(|c| numeral::digit(c).is_some()));
    let label = &input[..input.len() - rest.len() + dotted.map_or(0, |after| rest.len() - after.len())];
    Some(finish(label, dotted.unwrap_or(rest), found, dotted.is_some()))
}

/// `AEDの設置`, `A E Dの設置`, `A EDの設置`, `B 5判`; `A ＩＣＴ講習` and `A　ICT講習` are no words that blanks parted.
fn begins_latin_word(label: &str, rest: &str) -> bool {
    let parted = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '.' | '．'));
    if parted.len() == rest.len() {
        return !rest.is_empty();
    }
    let mut letters = parted.chars();
    let is_latin = |c: &char| c.is_ascii_alphanumeric() || numeral::capital(*c).is_some();
    let Some(first) = letters.next().filter(is_latin) else { return false };
    let is_alone = letters.next().is_none_or(is_blank);
    let is_alike = rest.starts_with(' ') && label.len() == first.len_utf8();
    numeral::capital(first).is_none() || is_alone || is_alike
}

/// What stands in the label: the system and the value.
fn letter(inner: &str, paren: bool) -> Option<Found> {
    let pick = |bare, parenthesised| if paren { parenthesised } else { bare };
    let mut chars = inner.chars();
    let (first, more) = (chars.next()?, chars.next());
    if let Some(digit) = numeral::digit(first) {
        let all = || inner.chars().all(|c| numeral::digit(c).is_some());
        // most are one figure
        let value = if more.is_none() { digit } else { numeral::value(inner).filter(|_| all())? };
        return Some(Found::sure(pick(Numbering::Arabic, Numbering::ParenArabic), value));
    }
    // `（目的）`, as most brackets hold words
    if !numeral::begins(first) {
        return None;
    }
    if more.is_none() {
        if let Some(value) = numeral::katakana(first) {
            let other = numeral::iroha(first).filter(|_| !paren).map(|n| (Numbering::Iroha, n));
            return Some(Found { other, ..Found::sure(pick(Numbering::Katakana, Numbering::ParenKatakana), value) });
        }
        if let Some(value) = numeral::latin(first) {
            let other = numeral::roman(inner).map(|n| (pick(Numbering::Roman, Numbering::ParenRoman), n));
            return Some(Found { other, ..Found::sure(pick(Numbering::Latin, Numbering::ParenLatin), value) });
        }
    }
    if let Some(value) = numeral::capital(first).filter(|_| more.is_none()) {
        return Some(Found::sure(pick(Numbering::Capital, Numbering::ParenCapital), value));
    }
    if let Some(value) = numeral::roman(inner) {
        return Some(Found::sure(pick(Numbering::Roman, Numbering::ParenRoman), value));
    }
    if inner.chars().all(numeral::is_kanji_digit) {
        let value = numeral::value(inner)?;
        let alike = more.is_none().then(|| numeral::lookalike(first)).flatten().and_then(numeral::katakana);
        let other = alike.map(|n| (pick(Numbering::Katakana, Numbering::ParenKatakana), n));
        return Some(Found { other, ..Found::sure(pick(Numbering::Kanji, Numbering::ParenKanji), value) });
    }
    let alike = numeral::lookalike(first).filter(|_| more.is_none()).and_then(numeral::katakana)?;
    Some(Found {
        numbering: pick(Numbering::Katakana, Numbering::ParenKatakana),
        value: alike,
        other: None,
        doubtful: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn item_heads() {
        use Numbering::*;
        for (text, want) in [
            ("(1) 暮らし", Some((ParenArabic, 1, "暮らし", false))),
            ("（１）暮らし", Some((ParenArabic, 1, "暮らし", true))),
            ("( 1 )  暮らし", Some((ParenArabic, 1, "暮らし", false))),
            ("- (1) 暮らし", Some((ParenArabic, 1, "暮らし", false))),
            ("⑵暮らし", Some((ParenArabic, 2, "暮らし", true))),
            ("③ 暮らし", Some((Circled, 3, "暮らし", false))),
            ("ア　医療", Some((Katakana, 1, "医療", false))),
            ("(ア)", Some((ParenKatakana, 1, "", false))),
            ("a　取組の内容", Some((Latin, 1, "取組の内容", false))),
            ("(b) 会場", Some((ParenLatin, 2, "会場", false))),
            ("B 会場", Some((Capital, 2, "会場", false))),
            ("（Ａ）会場", Some((ParenCapital, 1, "会場", true))),
            ("AEDの設置", None),
            ("Ａ Ｅ Ｄの設置", None),
            ("ii 乙の役割", Some((Roman, 2, "乙の役割", false))),
            ("一 目的", Some((Kanji, 1, "目的", false))),
            ("2 前項", Some((Arabic, 2, "前項", false))),
            ("１．医療", Some((Arabic, 1, "医療", false))),
            ("1) 医療", Some((ParenArabic, 1, "医療", false))),
            ("ア）医療", Some((ParenKatakana, 1, "医療", true))),
            ("2）の取組", Some((Arabic, 2, "）の取組", true))),
            ("Ⅱ 医療", Some((Roman, 2, "医療", false))),
            ("2.5倍", Some((Arabic, 2, ".5倍", true))),
            ("(協定の変更)", None),
            ("甲の役割", None),
        ] {
            let got = item(text);
            assert_eq!(got.as_ref().map(|h| (h.numbering, h.value, h.rest, h.glued)), want, "{text}");
        }
        assert_eq!(item("(1)の2 追加").map(|h| h.number()), Some("1の2".into()));
        assert!(item("(力) 鉄道").is_some_and(|h| h.doubtful && h.value == 6));
    }
}
