//! The figures of automatic numbers, by their names in Word (`w:numFmt`).

/// Letters that stand for 1, 2, 3 …, by format; past the end they are doubled (aa, bb) as Word does.
const LETTERS: [(&[&str], &str); 4] = [
    (&["lowerLetter"], "abcdefghijklmnopqrstuvwxyz"),
    (&["upperLetter"], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    // Word draws `aiueo` half-width; the width says nothing, so both are written alike.
    (
        &["aiueo", "aiueoFullWidth"],
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    ),
    (
        &["iroha", "irohaFullWidth"],
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
    ),
];

/// Single signs for 1, 2, 3 …; past the end Word goes on in plain figures.
const SIGNS: [(&[&str], &str); 6] = [
    (
        &["decimalEnclosedCircle", "decimalEnclosedCircleChinese"],
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    ),
    (&["decimalEnclosedParen"], "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    (&["decimalEnclosedFullstop"], "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    (&["ideographEnclosedCircle"], "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    (&["ideographTraditional"], "甲乙丙丁戊己庚辛壬癸"),
    (&["ideographZodiac"], "子丑寅卯辰巳午未申酉戌亥"),
];

/// Formats that count in 一二三 with 十百千.
const COUNTED: [&str; 6] = [
    "japaneseCounting",
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "koreanCounting",
];

/// Formats that write each digit in 一二三〇.
const DIGITS: [&str; 4] = ["japaneseDigitalTenThousand", "ideographDigital", "taiwaneseDigital", "koreanDigital2"];

/// `number` in the figures of `format`; `None` when the format is not known.
pub(super) fn figures(format: &str, number: u32) -> Option<String> {
    let row = |table: &[(&[&str], &'static str)]| table.iter().find(|(names, _)| names.contains(&format)).map(|r| r.1);
    if let Some(letters) = row(&LETTERS) {
        return Some(repeated(letters, number));
    }
    if let Some(signs) = row(&SIGNS) {
        let sign = number.checked_sub(1).and_then(|at| signs.chars().nth(at as usize));
        return Some(sign.map_or_else(|| number.to_string(), String::from));
    }
    if COUNTED.contains(&format) {
        return Some(counted(number, "〇一二三四五六七八九", ["", "十", "百", "千"], true));
    }
    if DIGITS.contains(&format) {
        return Some(digits(number, "〇一二三四五六七八九"));
    }
    match format {
        "decimal" | "decimalHalfWidth" | "ordinal" | "cardinalText" => Some(number.to_string()),
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(number, "０１２３４５６７８９")),
        "decimalZero" => Some(format!("{number:02}")),
        "japaneseLegal" => Some(counted(number, "〇壱弐参四五六七八九", ["", "拾", "百", "千"], false)),
        "numberInDash" => Some(format!("- {number} -")),
        "lowerRoman" => Some(roman(number).to_lowercase()),
        "upperRoman" => Some(roman(number)),
        "none" => Some(String::new()),
        _ => None,
    }
}

/// 1 → a, 26 → z, 27 → aa, 53 → aaa.
fn repeated(letters: &str, number: u32) -> String {
    let Some(before) = number.checked_sub(1) else { return number.to_string() };
    let count = letters.chars().count() as u32;
    let letter = letters.chars().nth((before % count) as usize);
    let times = (before / count + 1) as usize;
    if times > 30 {
        return number.to_string();
    }
    letter.map(|letter| letter.to_string().repeat(times)).unwrap_or_default()
}

/// Each decimal digit in the signs of `signs`, which start at zero.
fn digits(number: u32, signs: &str) -> String {
    number.to_string().chars().filter_map(|digit| signs.chars().nth(digit.to_digit(10)? as usize)).collect()
}

/// 二十一, 百五; with `bare`, one ten is 十 and not 一十.
fn counted(number: u32, signs: &str, units: [&str; 4], bare: bool) -> String {
    if number == 0 || number > 9999 {
        return digits(number, signs);
    }
    let places = [1000, 100, 10, 1];
    let mut out = String::new();
    for (place, unit) in places.into_iter().zip(units.into_iter().rev()) {
        let digit = number / place % 10;
        if digit == 0 {
            continue;
        }
        if !(bare && digit == 1 && place > 1) {
            out.extend(signs.chars().nth(digit as usize));
        }
        out.push_str(unit);
    }
    out
}

/// 4 → IV; Arabic figures past 3999.
fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            out.push_str(letters);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (format, number, expected) in [
            ("decimal", 12, "12"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalZero", 3, "03"),
            ("aiueo", 3, "ウ"),
            ("aiueoFullWidth", 46, "ン"),
            ("aiueoFullWidth", 47, "アア"),
            ("iroha", 2, "ロ"),
            ("lowerLetter", 27, "aa"),
            ("lowerRoman", 14, "xiv"),
            ("upperRoman", 9, "IX"),
            ("japaneseCounting", 10, "十"),
            ("japaneseCounting", 21, "二十一"),
            ("japaneseCounting", 105, "百五"),
            ("japaneseLegal", 12, "壱拾弐"),
            ("japaneseDigitalTenThousand", 10, "一〇"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 51, "51"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("ideographTraditional", 1, "甲"),
            ("none", 4, ""),
            ("lowerLetter", u32::MAX, "4294967295"),
        ] {
            assert_eq!(figures(format, number).as_deref(), Some(expected), "{format} {number}");
        }
        assert_eq!(figures("hebrew1", 1), None);
    }
}
