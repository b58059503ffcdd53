//! Lines that browsers and offices put on pages: `https://www.city… 2/9`, `2024/05/01 10:22 …`, `（写し）`.

use super::{Line, is_blank};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What offices stamp on every page.
const STAMPS: &[&str] = &[
    "写",
    "写し",
    "（写）",
    "（写し）",
    "(写)",
    "(写し)",
    "案",
    "（案）",
    "(案)",
    "【案】",
    "見本",
    "（見本）",
    "【見本】",
];
/// None is longer, in bytes.
const LONGEST: usize = 15;

/// Which of some lines, of those that may be, are of the paper they were printed on.
pub fn found(lines: &[Line], may_be: &[usize]) -> BTreeSet<usize> {
    let of = |is_one: fn(&str) -> bool| may_be.iter().copied().filter(move |at| is_one(&lines[*at].text));
    let stamps: Vec<usize> = of(is_stamp).collect();
    // one may be of a title: `協定書⏎（案）`
    let stamps = if stamps.len() > 1 { stamps } else { Vec::new() };
    of(is_printed).chain(stamps).collect()
}

fn is_stamp(text: &str) -> bool {
    text.len() <= LONGEST && STAMPS.contains(&text)
}

/// Whether a line is what a browser prints above or below a page: an address, or when it was printed.
fn is_printed(text: &str) -> bool {
    // nearly no line begins or ends so
    match text.as_bytes() {
        [b'h' | b'f' | b'w', ..] => is_address(text),
        [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', ..] | [.., b'0'..=b'9' | b']'] => {
            memchr::memchr(b':', text.as_bytes()).is_some() && TIME.as_ref().is_some_and(|time| time.is_match(text))
        }
        _ => false,
    }
}

/// `2024/05/01 10:22 定住自立圏について`, `定住自立圏について[2024/05/01 10:22:33]`; a sentence has other words on both sides
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let time = r"[0-9]{4}[/.年-][0-9]{1,2}[/.月-][0-9]{1,2}日?,?\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?";
    Regex::new(&format!(r"^{time}(\s[^。]*)?$|^[^。]*[\s\[]{time}\]?$")).ok()
});

/// `https://www.city.example.lg.jp/teiju.html 2/9`, and no words behind it
fn is_address(text: &str) -> bool {
    let (address, rest) = text.split_at(text.find(is_blank).unwrap_or(text.len()));
    let is_count = |c: char| is_blank(c) || c.is_ascii_punctuation() || c.is_numeric() || "ページ頁".contains(c);
    ["http://", "https://", "file://", "www."].iter().any(|begin| address.starts_with(begin))
        && !address.contains(['。', '、'])
        && rest.chars().all(is_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_print_addresses_and_times() {
        for (line, want) in [
            ("https://www.city.example.lg.jp/teiju/1.html 2/9", true),
            ("https://www.city.example.lg.jp/teiju/1.html[2024/05/01 10:22:33]", true),
            ("2024/05/01 10:22 定住自立圏の協定について｜青葉市", true),
            ("定住自立圏の協定について 2024年5月1日 10:22", true),
            ("https://www.city.example.lg.jp/ に掲げる", false),
            ("2024/05/01 10:22に", false),
            ("2024年5月1日", false),
            ("10:22", false),
        ] {
            assert_eq!(is_printed(line), want, "{line}");
        }
    }
}
