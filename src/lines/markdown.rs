//! What converters to Markdown put around words: marks of headings, pipes of a row over all columns, backslashes.

use super::{is_blank, trim};

/// `第1章 総則` of `## 第1章 総則`, `医療` of `| 医療 |  |  |`
pub fn bare(text: &str) -> &str {
    match text.as_bytes() {
        [b'#', ..] => {
            let rest = text.trim_start_matches('#');
            if rest.starts_with(is_blank) { rest.trim_start_matches(is_blank) } else { text }
        }
        [b'|', ..] => over_all_columns(text).unwrap_or(text),
        _ => text,
    }
}

/// The first cell of a row whose others are empty, as a cell over all columns comes out.
fn over_all_columns(row: &str) -> Option<&str> {
    let (first, others) = row.strip_prefix('|')?.split_once('|')?;
    let is_alone = others.contains('|') && others.chars().all(|c| c == '|' || is_blank(c));
    Some(trim(first)).filter(|first| is_alone && !first.is_empty() && !first.starts_with(['-', ':', '=']))
}

/// `\(`: whether a backslash that only Markdown needs stands somewhere.
pub fn is_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\\', bytes).any(|at| bytes.get(at + 1).is_some_and(|mark| escapes(char::from(*mark))))
}

/// Whether a backslash before a mark only says that it is one; before a pipe, it says that no cell ends there.
pub fn escapes(mark: char) -> bool {
    mark.is_ascii_punctuation() && mark != '|'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_over_all_columns() {
        for (row, words) in [
            ("| 医療 |  |  |", "医療"),
            ("| (1) 夜間診療 | |", "(1) 夜間診療"),
            ("## 第1章 総則", "第1章 総則"),
            ("#1", "#1"),
            ("| 医療 |", "| 医療 |"),
            ("| | 続き | |", "| | 続き | |"),
            ("| --- | |", "| --- | |"),
            ("| 医療 | 文 |", "| 医療 | 文 |"),
        ] {
            assert_eq!(bare(row), words);
        }
    }

    #[test]
    fn backslashes() {
        for (text, want) in
            [("\\(1\\) 医療", true), ("1\\. 医療", true), ("\\1,000", false), ("甲\\|乙", false), ("\\", false)]
        {
            assert_eq!(is_escaped(text), want, "{text}");
        }
    }
}
