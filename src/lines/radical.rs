//! Radical code points that PDF fonts give in the place of kanji (300 pairs read off the cmap tables of three common
//! Japanese fonts). NFKC is the wrong tool: it leaves ⺠ and ⻘ alone, maps ⼾ to 戶, and destroys ①, （ and ＩＣＴ.

use super::{markdown, trim};
use crate::span::Span;

/// Sorted by the first character of each pair.
const PAIRS: &[(char, char)] = &[
    ('⺂', '乛'),
    ('⺃', '乚'),
    ('⺅', '亻'),
    ('⺇', '𠘨'),
    ('⺉', '刂'),
    ('⺋', '㔾'),
    ('⺍', '𭕄'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺐', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺖', '忄'),
    ('⺗', '㣺'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺦', '丬'),
    ('⺨', '犭'),
    ('⺩', '𤣩'),
    ('⺪', '𤴔'),
    ('⺫', '罒'),
    ('⺭', '礻'),
    ('⺮', '𥫗'),
    ('⺯', '糹'),
    ('⺰', '纟'),
    ('⺱', '罓'),
    ('⺲', '罒'),
    ('⺳', '㓁'),
    ('⺹', '耂'),
    ('⺺', '肀'),
    ('⺽', '𦥑'),
    ('⺾', '艹'),
    ('⺿', '艹'),
    ('⻀', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻇', '𧢲'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻊', '𧾷'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻏', '阝'),
    ('⻐', '钅'),
    ('⻑', '長'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻕', '𨸏'),
    ('⻖', '阝'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻞', '𩙿'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻡', '𩠐'),
    ('⻢', '马'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻲', '亀'),
    ('⻳', '龟'),
    ('⼀', '一'),
    ('⼁', '丨'),
    ('⼂', '丶'),
    ('⼃', '丿'),
    ('⼄', '乙'),
    ('⼅', '亅'),
    ('⼆', '二'),
    ('⼇', '亠'),
    ('⼈', '人'),
    ('⼉', '儿'),
    ('⼊', '入'),
    ('⼋', '八'),
    ('⼌', '冂'),
    ('⼍', '冖'),
    ('⼎', '冫'),
    ('⼏', '几'),
    ('⼐', '凵'),
    ('⼑', '刀'),
    ('⼒', '力'),
    ('⼓', '勹'),
    ('⼔', '匕'),
    ('⼕', '匚'),
    ('⼖', '匸'),
    ('⼗', '十'),
    ('⼘', '卜'),
    ('⼙', '卩'),
    ('⼚', '厂'),
    ('⼛', '厶'),
    ('⼜', '又'),
    ('⼝', '口'),
    ('⼞', '囗'),
    ('⼟', '土'),
    ('⼠', '士'),
    ('⼡', '夂'),
    ('⼢', '夊'),
    ('⼣', '夕'),
    ('⼤', '大'),
    ('⼥', '女'),
    ('⼦', '子'),
    ('⼧', '宀'),
    ('⼨', '寸'),
    ('⼩', '小'),
    ('⼪', '尢'),
    ('⼫', '尸'),
    ('⼬', '屮'),
    ('⼭', '山'),
    ('⼮', '巛'),
    ('⼯', '工'),
    ('⼰', '己'),
    ('⼱', '巾'),
    ('⼲', '干'),
    ('⼳', '幺'),
    ('⼴', '广'),
    ('⼵', '廴'),
    ('⼶', '廾'),
    ('⼷', '弋'),
    ('⼸', '弓'),
    ('⼹', '彐'),
    ('⼺', '彡'),
    ('⼻', '彳'),
    ('⼼', '心'),
    ('⼽', '戈'),
    ('⼾', '戸'),
    ('⼿', '手'),
    ('⽀', '支'),
    ('⽁', '攴'),
    ('⽂', '文'),
    ('⽃', '斗'),
    ('⽄', '斤'),
    ('⽅', '方'),
    ('⽆', '无'),
    ('⽇', '日'),
    ('⽈', '曰'),
    ('⽉', '月'),
    ('⽊', '木'),
    ('⽋', '欠'),
    ('⽌', '止'),
    ('⽍', '歹'),
    ('⽎', '殳'),
    ('⽏', '毋'),
    ('⽐', '比'),
    ('⽑', '毛'),
    ('⽒', '氏'),
    ('⽓', '气'),
    ('⽔', '水'),
    ('⽕', '火'),
    ('⽖', '爪'),
    ('⽗', '父'),
    ('⽘', '爻'),
    ('⽙', '爿'),
    ('⽚', '片'),
    ('⽛', '牙'),
    ('⽜', '牛'),
    ('⽝', '犬'),
    ('⽞', '玄'),
    ('⽟', '玉'),
    ('⽠', '瓜'),
    ('⽡', '瓦'),
    ('⽢', '甘'),
    ('⽣', '生'),
    ('⽤', '用'),
    ('⽥', '田'),
    ('⽦', '疋'),
    ('⽧', '疒'),
    ('⽨', '癶'),
    ('⽩', '白'),
    ('⽪', '皮'),
    ('⽫', '皿'),
    ('⽬', '目'),
    ('⽭', '矛'),
    ('⽮', '矢'),
    ('⽯', '石'),
    ('⽰', '示'),
    ('⽱', '禸'),
    ('⽲', '禾'),
    ('⽳', '穴'),
    ('⽴', '立'),
    ('⽵', '竹'),
    ('⽶', '米'),
    ('⽷', '糸'),
    ('⽸', '缶'),
    ('⽹', '网'),
    ('⽺', '羊'),
    ('⽻', '羽'),
    ('⽼', '老'),
    ('⽽', '而'),
    ('⽾', '耒'),
    ('⽿', '耳'),
    ('⾀', '聿'),
    ('⾁', '肉'),
    ('⾂', '臣'),
    ('⾃', '自'),
    ('⾄', '至'),
    ('⾅', '臼'),
    ('⾆', '舌'),
    ('⾇', '舛'),
    ('⾈', '舟'),
    ('⾉', '艮'),
    ('⾊', '色'),
    ('⾋', '艸'),
    ('⾌', '虍'),
    ('⾍', '虫'),
    ('⾎', '血'),
    ('⾏', '行'),
    ('⾐', '衣'),
    ('⾑', '襾'),
    ('⾒', '見'),
    ('⾓', '角'),
    ('⾔', '言'),
    ('⾕', '谷'),
    ('⾖', '豆'),
    ('⾗', '豕'),
    ('⾘', '豸'),
    ('⾙', '貝'),
    ('⾚', '赤'),
    ('⾛', '走'),
    ('⾜', '足'),
    ('⾝', '身'),
    ('⾞', '車'),
    ('⾟', '辛'),
    ('⾠', '辰'),
    ('⾡', '辵'),
    ('⾢', '邑'),
    ('⾣', '酉'),
    ('⾤', '釆'),
    ('⾥', '里'),
    ('⾦', '金'),
    ('⾧', '長'),
    ('⾨', '門'),
    ('⾩', '阜'),
    ('⾪', '隶'),
    ('⾫', '隹'),
    ('⾬', '雨'),
    ('⾭', '靑'),
    ('⾮', '非'),
    ('⾯', '面'),
    ('⾰', '革'),
    ('⾱', '韋'),
    ('⾲', '韭'),
    ('⾳', '音'),
    ('⾴', '頁'),
    ('⾵', '風'),
    ('⾶', '飛'),
    ('⾷', '食'),
    ('⾸', '首'),
    ('⾹', '香'),
    ('⾺', '馬'),
    ('⾻', '骨'),
    ('⾼', '高'),
    ('⾽', '髟'),
    ('⾾', '鬥'),
    ('⾿', '鬯'),
    ('⿀', '鬲'),
    ('⿁', '鬼'),
    ('⿂', '魚'),
    ('⿃', '鳥'),
    ('⿄', '鹵'),
    ('⿅', '鹿'),
    ('⿆', '麥'),
    ('⿇', '麻'),
    ('⿈', '黃'),
    ('⿉', '黍'),
    ('⿊', '黒'),
    ('⿋', '黹'),
    ('⿌', '黽'),
    ('⿍', '鼎'),
    ('⿎', '鼓'),
    ('⿏', '鼠'),
    ('⿐', '鼻'),
    ('⿑', '齊'),
    ('⿒', '齒'),
    ('⿓', '龍'),
    ('⿔', '龜'),
    ('⿕', '龠'),
];

/// Where the two blocks of radicals begin, and how many code points they have.
const FIRST: usize = 0x2E80;
const COUNT: usize = 0x160;

/// The kanji of each code point of the blocks.
static KANJI: [Option<char>; COUNT] = {
    let mut table = [None; COUNT];
    let mut at = 0;
    while at < PAIRS.len() {
        table[PAIRS[at].0 as usize - FIRST] = Some(PAIRS[at].1);
        at += 1;
    }
    table
};

/// The kanji that a radical code point stands for, and the middle dot for the point `‧` that shares its glyph; `None` for any
/// other character.
pub fn kanji(c: char) -> Option<char> {
    if c == '‧' {
        return Some('・');
    }
    *KANJI.get((c as usize).wrapping_sub(FIRST))?
}

/// Whether bytes can hold a radical, `‧`, or a line end of Unicode, in UTF-8: a cheap test for a whole text.
pub fn may_hold(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xE2, bytes).any(|at| matches!(bytes[at + 1..], [0xBA..=0xBF, ..] | [0x80, 0xA7..=0xA9, ..]))
}

/// A text with kanji in the place of its radicals, and common line ends in the place of those of Unicode, which begin with the
/// same byte. Each takes as many bytes as what it replaces: all words stand where they stood.
pub struct Replaced {
    /// The text that is read.
    pub text: String,
    /// The lines that held radicals, and how many.
    pub lines: Vec<(Span, u32)>,
}

/// Replaces the radicals of a text, but for the few whose kanji takes four bytes; `None` where there are none.
pub fn replaced(source: &str) -> Option<Replaced> {
    let bytes = source.as_bytes();
    if !may_hold(bytes) {
        return None;
    }
    let (mut text, mut kept, mut end) = (String::with_capacity(source.len()), 0, 0);
    let mut lines: Vec<(Span, u32)> = Vec::new();
    for at in memchr::memchr_iter(0xE2, bytes) {
        let Some(c) = source.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        if matches!(c, '\u{2028}' | '\u{2029}') {
            text.extend([&source[kept..at], "  \n"]);
            kept = at + c.len_utf8();
            continue;
        }
        let kanji = kanji(c);
        let Some(kanji) = kanji.filter(|kanji| kanji.len_utf8() == '⼀'.len_utf8()) else { continue };
        text.push_str(&source[kept..at]);
        text.push(kanji);
        kept = at + kanji.len_utf8();
        if at >= end {
            let start = memchr::memrchr3(b'\n', b'\r', 0x0C, &bytes[end..at]).map_or(end, |last| end + last + 1);
            end = memchr::memchr3(b'\n', b'\r', 0x0C, &bytes[at..]).map_or(bytes.len(), |len| at + len);
            lines.push((Span::of(markdown::bare(trim(&source[start..end])), source), 0));
        }
        lines.last_mut().into_iter().for_each(|line| line.1 += 1);
    }
    text.push_str(&source[kept..]);
    (kept > 0).then_some(Replaced { text, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_radicals_and_nothing_else() {
        assert!(PAIRS.windows(2).all(|w| w[0].0 < w[1].0));
        for (from, to) in
            [('⼄', Some('乙')), ('⺠', Some('民')), ('⼾', Some('戸')), ('①', None), ('（', None), ('Ｉ', None)]
        {
            assert_eq!(kanji(from), to, "{from}");
        }
        assert_eq!(replaced("第1条\u{2028}甲").map(|replaced| replaced.text).as_deref(), Some("第1条  \n甲"));
        let source = "一\n  ⾏⼀ \n⼆⺇";
        let replaced = replaced(source).expect("radicals");
        assert_eq!(replaced.text, "一\n  行一 \n二⺇");
        let lines: Vec<(&str, u32)> = replaced.lines.iter().map(|(line, count)| (line.slice(source), *count)).collect();
        assert_eq!(lines, [("⾏⼀", 2), ("⼆⺇", 1)]);
        assert!(may_hold("⾏う".as_bytes()) && !may_hold("行う…①".as_bytes()));
    }
}
