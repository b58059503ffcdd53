//! What lines may hold, found in one scan of a text: most lines of a torn table hold no word with which a label ends, and
//! need not be looked into by all who seek one.

use super::{Ahead, is_solid};
use crate::parse::head;
use aho_corasick::packed;
use std::ops::{BitOr, Range};
use std::sync::LazyLock;

/// What a line may hold; what is no mark of it, it surely does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    /// One of the words with which the labels of contents and roles end.
    pub const LABEL: Marks = Marks(1);
    /// A blank of any width.
    pub const BLANK: Marks = Marks(2);
    /// A colon.
    pub const COLON: Marks = Marks(4);
    /// Words that stand in every 後文.
    pub const CLOSING: Marks = Marks(8);
    /// A number or a mark at its start, with which heads begin.
    pub const HEAD: Marks = Marks(16);
    /// At its start, what begins more than words: such a number or mark, or the first letter of 別表, 附則, 備考, 注 and of what
    /// closes an agreement.
    pub const BEGINS: Marks = Marks(32);
    /// A blank behind the first letter of 役割 or 内容.
    pub const APART: Marks = Marks(64);
    /// A blank of no width that a program put at the start of a text, and other programs within one.
    pub const ZERO_WIDTH: Marks = Marks(128);
    /// A blank that takes three bytes: the ideographic one, or one of no width.
    pub const WIDE: Marks = Marks(256);
    /// Nothing is known of the line.
    pub const ANY: Marks = Marks(u16::MAX);

    /// The marks of a repaired line, whose words do not stand in the text as they are read.
    pub fn of(line: &str) -> Marks {
        Scan::of(line).marks(0..line.len(), is_solid(line))
    }

    /// Whether it surely holds one.
    pub fn known(self, mark: Marks) -> bool {
        self != Marks::ANY && self.hold(mark)
    }

    /// Whether there is one of `others` among them.
    pub fn hold(self, others: Marks) -> bool {
        self.0 & others.0 != 0
    }
}

impl BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

const APART: Marks = Marks(Marks::APART.0 | Marks::BLANK.0);
const WIDE: Marks = Marks(Marks::WIDE.0 | Marks::BLANK.0);
const WIDE_APART: Marks = Marks(APART.0 | WIDE.0);
const ZERO_WIDTH: Marks = Marks(Marks::ZERO_WIDTH.0 | WIDE.0);

/// What is looked for. No two of them overlap, but for the blank with which longer ones before it end.
const WORDS: &[(&str, Marks)] = &[
    ("役割", Marks::LABEL),
    ("内容", Marks::LABEL),
    ("分担", Marks::LABEL),
    ("概要", Marks::LABEL),
    ("取組", Marks::LABEL),
    ("機能", Marks::LABEL),
    ("役 ", APART),
    ("内 ", APART),
    ("役\u{3000}", WIDE_APART),
    ("内\u{3000}", WIDE_APART),
    ("\u{3000}", WIDE),
    ("\u{FEFF}", ZERO_WIDTH),
    ("：", Marks::COLON),
    ("証す", Marks::CLOSING),
    ("証と", Marks::CLOSING),
    ("通を", Marks::CLOSING),
    ("通作", Marks::CLOSING),
];

static SEARCHER: LazyLock<Option<packed::Searcher>> =
    LazyLock::new(|| packed::Searcher::new(WORDS.iter().map(|(word, _)| word)));

/// The marks of a text, line by line.
pub struct Scan<'s> {
    source: &'s str,
    found: Option<packed::FindIter<'static, 's>>,
    /// Where the next word stands that was found, and what it marks.
    next: (usize, Marks),
    colon: Ahead,
}

impl<'s> Scan<'s> {
    /// Of a text whose rows keep their tabs nothing is found out: hardly a line is asked, and what searches takes as long to
    /// make as a text to read.
    pub fn of(source: &'s str) -> Self {
        let keeps_tabs = memchr::memchr(b'\t', source.as_bytes()).is_some();
        let searcher = if keeps_tabs { None } else { SEARCHER.as_ref() };
        let mut found = searcher.map(|searcher| searcher.find_iter(source));
        let next = next(found.as_mut());
        Scan { source, found, next, colon: Ahead::default() }
    }

    /// The marks of a range; ranges ascend. `solid`: see [`super::is_solid`].
    pub fn marks(&mut self, range: Range<usize>, solid: bool) -> Marks {
        if self.found.is_none() {
            return Marks::ANY;
        }
        let mut marks = if solid { Marks::default() } else { Marks::BLANK };
        while self.next.0 < range.end {
            if self.next.0 >= range.start {
                marks = marks | self.next.1;
            }
            self.next = next(self.found.as_mut());
        }
        if self.colon.is_in(&range, |from| memchr::memchr(b':', &self.source.as_bytes()[from..])) {
            marks = marks | Marks::COLON;
        }
        match self.source[range].chars().next() {
            // with which more than words begins; 第 that of an article
            Some('別' | '附' | '付' | '備' | '注' | 'こ' | '本' | '以' | '上' | '第') => {
                marks | Marks::BEGINS
            }
            Some(first) if head::begins_word(first) => marks,
            _ => marks | Marks::HEAD | Marks::BEGINS,
        }
    }
}

/// Where the next word stands, and what it marks.
fn next(found: Option<&mut packed::FindIter>) -> (usize, Marks) {
    let word = found.and_then(Iterator::next);
    word.map_or((usize::MAX, Marks::default()), |word| (word.start(), WORDS[word.pattern().as_usize()].1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_marks_of_its_own_words() {
        let text = "甲の役割\n医師を出す。\n夜間　診療\n2 本書2通を作る";
        let mut scan = Scan::of(text);
        let mut from = 0;
        for (line, want) in text.lines().zip([
            Marks::LABEL,
            Marks::default(),
            Marks::BLANK | Marks::WIDE,
            Marks::CLOSING | Marks::HEAD | Marks::BEGINS,
        ]) {
            assert_eq!(scan.marks(from..from + line.len(), true), want, "{line}");
            from += line.len() + 1;
        }
        for line in [
            "別表第1",
            "附則",
            "備考 冬を除く。",
            "注1 冬を除く。",
            "この協定の締結を",
            "【医療】",
            "# 医療",
            "| 医療 |",
        ] {
            assert!(Marks::of(line).hold(Marks::BEGINS), "{line}");
        }
        assert_eq!(Scan::of("甲の役割\t医師を出す。").marks(0..3, true), Marks::ANY);
    }
}
