//! Dates as agreements write them: `令和7年3月26日`, `平成 20 年 12 月 26日`, `昭和三五年四月一日`, `平成30年6月 日`.

use super::numeral;
use crate::lines::{is_blank, squeeze};
use jiff::civil;

/// An era, the Gregorian year before its first, and its first day.
pub struct Era {
    /// `令和`
    pub name: &'static str,
    /// Year 1 is `base + 1`
    pub base: i16,
    /// First day (drafting practice: the day on which an era ends belongs to the next one)
    pub first: (i16, i8, i8),
}

/// Every era since the Gregorian calendar is counted in them, newest first.
pub const ERAS: [Era; 5] = [
    Era { name: "令和", base: 2018, first: (2019, 5, 1) },
    Era { name: "平成", base: 1988, first: (1989, 1, 8) },
    Era { name: "昭和", base: 1925, first: (1926, 12, 25) },
    Era { name: "大正", base: 1911, first: (1912, 7, 30) },
    Era { name: "明治", base: 1867, first: (1868, 10, 23) },
];

/// A date as written; a draft leaves parts blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Index into [`ERAS`]; `None` for a Gregorian year
    pub era: Option<usize>,
    /// As written: 7 in 令和7年
    pub year: Option<u32>,
    /// 1 to 12, if it is possible
    pub month: Option<u32>,
    /// As written
    pub day: Option<u32>,
}

impl Date {
    /// The day that is meant; `None` for a blank or an impossible one.
    pub fn day(&self) -> Option<civil::Date> {
        let base = self.era.map_or(0, |era| ERAS[era].base);
        let year = i16::try_from(self.year?).ok()?.checked_add(base)?;
        civil::Date::new(year, i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?).ok()
    }

    /// `2025-03-26`
    pub fn iso(&self) -> Option<String> {
        self.day().map(|d| d.to_string())
    }
}

/// Whether `input` is a date and nothing else.
pub fn is_date(input: &str) -> bool {
    date(input).is_some_and(|(_, len)| input[len..].trim_matches(is_blank).is_empty())
}

/// A date at the start of `input`, and its length in bytes.
pub fn date(input: &str) -> Option<(Date, usize)> {
    let (era, rest) = era(input).map_or((None, input), |(era, rest)| (Some(era), rest));
    let (year, rest) = part(rest, '年')?;
    if era.is_none() && year.is_none_or(|y| y < 1868) {
        return None;
    }
    let (month, rest) = part(rest, '月')?;
    let (day, rest) = part(rest, '日')?;
    Some((Date { era, year, month, day }, input.len() - rest.len()))
}

/// `令和`, `令 和`: the era, and what follows
fn era(input: &str) -> Option<(usize, &str)> {
    ERAS.iter().enumerate().find_map(|(at, era)| {
        let (first, second) = era.name.split_at("令".len());
        Some((at, input.strip_prefix(first)?.trim_start_matches(is_blank).strip_prefix(second)?))
    })
}

/// `3月`, ` 12 月`, `元年`, ` 月`, `○年`: the figure, if there is one, and what follows the unit
fn part(input: &str, unit: char) -> Option<(Option<u32>, &str)> {
    // a figure and its blanks are short: what stands further on belongs to something else
    let end = input.char_indices().take(16).find(|(_, c)| *c == unit)?.0;
    let figure = squeeze(&input[..end]);
    let blank =
        figure.is_empty() || figure.chars().all(|c| matches!(c, '○' | '〇' | '●' | '×' | '＿' | '_' | 'x' | '◯' | '△'));
    let value = if figure == "元" { Some(1) } else { numeral::value(&figure) };
    (figure.chars().count() <= 6 && (blank || value.is_some()))
        .then_some((if blank { None } else { value }, &input[end + unit.len_utf8()..]))
}

/// All dates in a text, with their byte ranges.
pub fn dates(text: &str) -> Vec<(Date, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "年") {
        if at < from {
            continue;
        }
        // the era or the figures of a Gregorian year stand before 年
        let before = &text[from..at];
        let start = ERAS
            .iter()
            .filter_map(|era| before.rfind(era.name))
            .max()
            .or_else(|| {
                let digits = before.trim_end_matches(is_blank).trim_end_matches(|c| numeral::digit(c).is_some());
                (digits.len() < before.len()).then_some(digits.len())
            })
            .map(|offset| from + offset);
        if let Some(start) = start
            && let Some((date, len)) = date(&text[start..])
            && start + len > at
        {
            found.push((date, start..start + len));
            from = start + len;
        }
    }
    found
}

/// All years of an era in a text, alone or in a date: index into [`ERAS`], year, and byte range up to 年.
pub fn years(text: &str) -> Vec<(usize, u32, std::ops::Range<usize>)> {
    let year = |at: usize| {
        let figure = text[..at].trim_end_matches(|c| {
            is_blank(c) || numeral::digit(c).is_some() || numeral::is_kanji_digit(c) || c == '元'
        });
        let era = ERAS.iter().position(|era| figure.ends_with(era.name))?;
        let (value, _) = part(&text[figure.len()..], '年')?;
        Some((era, value?, figure.len() - ERAS[era].name.len()..at + '年'.len_utf8()))
    };
    memchr::memmem::find_iter(text.as_bytes(), "年").filter_map(year).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_alone_and_in_dates() {
        let text = "平成35年度から令和元年5月1日、昭和 六十四 年、毎年、2025年";
        let found: Vec<_> = years(text).into_iter().map(|(era, year, range)| (era, year, &text[range])).collect();
        assert_eq!(found, [(1, 35, "平成35年"), (0, 1, "令和元年"), (2, 64, "昭和 六十四 年")]);
    }

    #[test]
    fn every_era_and_writing() {
        for (text, iso) in [
            ("令和7年3月26日", Some("2025-03-26")),
            ("令和元年５月１日", Some("2019-05-01")),
            ("平成 20 年 12 月 26日", Some("2008-12-26")),
            ("昭和三五年四月一日", Some("1960-04-01")),
            ("大正元年七月三十日", Some("1912-07-30")),
            ("2025年3月26日", Some("2025-03-26")),
            ("平成30年6月 日", None),
            ("令和7年2月30日", None),
            ("令和　　年　　月　　日", None),
        ] {
            let (date, len) = date(text).expect(text);
            assert_eq!((date.iso().as_deref(), len), (iso, text.len()), "{text}");
        }
        assert!(date("令和7年度").is_none());
        assert_eq!(dates("要綱（平成20年12月26日付け）を、令和7年4月1日に").len(), 2);
    }
}
