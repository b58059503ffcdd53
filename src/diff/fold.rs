//! Texts as a reader hears them: widths, radicals, blanks, dashes and waves do not count.

use rustc_hash::FxHasher;
use std::borrow::Cow;
use std::hash::Hasher;
use unicode_normalization::UnicodeNormalization;

/// Radicals that have no compatibility mapping, with the kanji they stand for.
const RADICALS: &[(char, char)] = &[
    ('⺃', '乚'),
    ('⺅', '亻'),
    ('⺉', '刂'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺏', '尢'),
    ('⺐', '尢'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺕', '彐'),
    ('⺖', '忄'),
    ('⺗', '心'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺝', '月'),
    ('⺞', '歹'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '氺'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺦', '丬'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺪', '疋'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺯', '糸'),
    ('⺲', '罒'),
    ('⺷', '羊'),
    ('⺹', '耂'),
    ('⺼', '肉'),
    ('⺽', '臼'),
    ('⺾', '艹'),
    ('⻀', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '西'),
    ('⻄', '西'),
    ('⻆', '角'),
    ('⻈', '讠'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻏', '阝'),
    ('⻐', '釒'),
    ('⻑', '長'),
    ('⻒', '長'),
    ('⻓', '長'),
    ('⻕', '阝'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韋'),
    ('⻚', '頁'),
    ('⻛', '風'),
    ('⻝', '食'),
    ('⻞', '食'),
    ('⻟', '飠'),
    ('⻢', '馬'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '魚'),
    ('⻦', '鳥'),
    ('⻧', '鹵'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻫', '斉'),
    ('⻬', '齊'),
    ('⻭', '歯'),
    ('⻮', '齒'),
    ('⻯', '竜'),
    ('⻰', '龍'),
    ('⻱', '亀'),
    ('⻲', '亀'),
    ('⻳', '亀'),
];

/// One character as it is compared; `None` is a blank. Only for characters that are not [`compound`].
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\t' => c,
        '!'..='~' => match c {
            '~' => '〜',
            _ => c,
        },
        '\u{3041}'..='\u{3096}' | '\u{4E00}'..='\u{9FFF}' | '\u{30A1}'..='\u{30FA}' | '、' | '。' => c,
        '～' | '〜' | '∼' | '〰' => '〜',
        'ー' | '－' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' => '-',
        '！'..='｝' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c if c.is_whitespace() => return None,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => return None,
        c if c.is_control() => return None,
        _ => c,
    })
}

/// Whether a character needs the tables of Unicode: radicals, half-width kana, ligatures.
fn compound(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3099}'..='\u{309C}' | '\u{3200}'..='\u{324F}' | '\u{32C0}'..='\u{33FF}'
        | '\u{2474}'..='\u{249B}' | '\u{2116}'..='\u{217F}' | '\u{FF61}'..='\u{FFEE}' | '\u{FB00}'..='\u{FB06}'
        | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' | '\u{0300}'..='\u{036F}')
}

fn unfold(text: &str) -> Cow<'_, str> {
    if !text.chars().any(compound) {
        return Cow::Borrowed(text);
    }
    let radical = |c: char| match RADICALS.binary_search_by_key(&c, |r| r.0) {
        Ok(i) => RADICALS.get(i).map_or(c, |r| r.1),
        Err(_) => c,
    };
    Cow::Owned(text.chars().map(radical).nfkc().collect())
}

/// The text as it is compared.
pub(crate) fn fold(text: &str) -> String {
    unfold(text).chars().filter_map(plain).collect()
}

/// Whether two texts have the same words.
pub(crate) fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    unfold(a).chars().filter_map(plain).eq(unfold(b).chars().filter_map(plain))
}

/// Adds the words of `text` to `state`; texts that are [`same`] add the same.
pub(crate) fn hash_into(text: &str, state: &mut FxHasher) {
    for c in unfold(text).chars().filter_map(plain) {
        state.write_u32(c as u32);
    }
    state.write_u32(u32::MAX);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_does_not_count() {
        let table = [
            ("第１２条（目的）", "第12条(目的)"),
            ("ｶﾞｲﾄﾞ ﾗｲﾝ", "ガイドライン"),
            ("⻑期的な⽅針", "長期的な方針"),
            ("青葉 市\nの 図書\u{3000}館", "青葉市の図書館"),
            ("９時～１７時", "9時〜17時"),
            ("デ－タの共有―その他", "データの共有ーその他"),
            ("が", "か\u{3099}"),
        ];
        for (a, b) in table {
            assert!(same(a, b), "{a} / {b}: {} / {}", fold(a), fold(b));
        }
    }

    #[test]
    fn words_count() {
        for (a, b) in [("共有する", "提供する"), ("①", "1"), ("、", "，"), ("a\tb", "ab")] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn radicals_are_sorted() {
        assert!(RADICALS.is_sorted_by_key(|r| r.0));
    }
}
