//! Kana whose voicing mark is a character of its own, as some systems and fonts leave it: `か゛` is が; and the vertical tab, with
//! which Word ends lines.

use memchr::memmem::Finder;
use std::sync::LazyLock;
use unicode_normalization::char::compose;

/// Fills the place of a mark that became part of its letter, so that all words stand where they stood; no text holds it.
pub const FILL: char = '\u{2064}';
/// Where the marks are characters, one stands within so many bytes.
const FIRST: usize = 1200;

/// The marks, and those that take room of their own.
const MARKS: [(char, char); 4] =
    [('\u{3099}', '\u{3099}'), ('\u{309B}', '\u{3099}'), ('\u{309A}', '\u{309A}'), ('\u{309C}', '\u{309A}')];

static VOICED: LazyLock<[Finder; 2]> = LazyLock::new(|| [Finder::new("\u{3099}"), Finder::new("\u{309B}")]);

/// A text of the same length in which kana are whole; `None` where nothing is to be done, as for nearly all texts.
pub fn composed(source: &str) -> Option<String> {
    let first = &source.as_bytes()[..source.len().min(FIRST)];
    let is_apart = VOICED.iter().any(|voiced| voiced.find(first).is_some());
    let has_ends = memchr::memchr(0x0B, source.as_bytes()).is_some();
    if !is_apart && !has_ends {
        return None;
    }
    let text = if is_apart { whole(source) } else { source.to_string() };
    Some(if has_ends { text.replace('\u{B}', "\n") } else { text })
}

/// A text in which every mark that can be is part of its letter.
pub fn whole(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    for c in source.chars() {
        let mark = MARKS.iter().find(|(mark, _)| *mark == c);
        match mark.and_then(|(_, mark)| compose(text.chars().next_back()?, *mark)) {
            Some(letter) => {
                text.pop();
                text.extend([letter, FILL]);
            }
            None => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_to_their_letters() {
        for (source, want) in [
            ("か\u{3099}くしゅうは\u{309A}", Some("が\u{2064}くしゅうぱ\u{2064}")),
            ("カ\u{309B}イト\u{309B}、協定\u{309B}", Some("ガ\u{2064}イド\u{2064}、協定\u{309B}")),
            ("第1条\u{B}甲", Some("第1条\n甲")),
            ("がくしゅう", None),
        ] {
            assert_eq!(composed(source).as_deref(), want, "{source}");
        }
    }
}
