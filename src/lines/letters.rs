//! Letters by their bytes: nearly all of a Japanese text take three, and are passed without being decoded.

use super::is_blank;

/// Letters of three bytes, told from others by tables and without branches: kanji and kana follow each other in no order
/// that a processor could foresee.
pub struct Letters {
    /// For a byte, of which rows it may be the first, the second and the third.
    rows: [[u8; 256]; 3],
}

/// The first and the last of some bytes.
type Bytes = [u8; 2];

impl Letters {
    /// Those of all rows, each told by its first, second and third bytes; eight rows at most.
    pub const fn of(list: &[[Bytes; 3]]) -> Self {
        let (mut rows, mut row) = ([[0; 256]; 3], 0);
        while row < list.len() {
            let mut place = 0;
            while place < 3 {
                let [mut byte, last] = list[row][place];
                while byte <= last {
                    rows[place][byte as usize] |= 1 << row;
                    byte += 1;
                }
                place += 1;
            }
            row += 1;
        }
        Letters { rows }
    }

    /// What stands behind one of them.
    #[inline]
    pub fn after<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let ([first, second, third], rest) = bytes.split_first_chunk()?;
        let [firsts, seconds, thirds] = &self.rows;
        let row = firsts[usize::from(*first)] & seconds[usize::from(*second)] & thirds[usize::from(*third)];
        (row != 0).then_some(rest)
    }
}

/// All bytes that follow a first.
pub const ANY: Bytes = [0x80, 0xBF];

/// Kanji and kana: two columns, no blank and no mark, as ・ is between words of katakana.
static PLAIN: Letters = Letters::of(&[
    [[0xE4, 0xE9], ANY, ANY],
    [[0xE3, 0xE3], [0x81, 0x82], ANY],
    [[0xE3, 0xE3], [0x83, 0x83], [0x80, 0xBA]],
    [[0xE3, 0xE3], [0x83, 0x83], [0xBC, 0xBF]],
]);

/// Those, and marks: all but the ideographic blank.
static INKED: Letters = Letters::of(&[
    [[0xE4, 0xE9], ANY, ANY],
    [[0xE3, 0xE3], [0x81, 0xBF], ANY],
    [[0xE3, 0xE3], [0x80, 0x80], [0x81, 0xBF]],
]);

/// What stands behind a kanji or kana at the start.
pub fn after_plain(bytes: &[u8]) -> Option<&[u8]> {
    PLAIN.after(bytes)
}

/// The letters that are not plain, and where each stands.
pub fn odd_letters(text: &str) -> OddLetters<'_> {
    OddLetters { text, from: 0 }
}

/// See [`odd_letters`].
pub struct OddLetters<'t> {
    text: &'t str,
    from: usize,
}

impl Iterator for OddLetters<'_> {
    type Item = (usize, char);

    // what lines are measured with has it in its own loop
    #[inline(always)]
    fn next(&mut self) -> Option<(usize, char)> {
        let mut bytes = &self.text.as_bytes()[self.from..];
        while let Some(after) = PLAIN.after(bytes) {
            bytes = after;
        }
        let at = self.text.len() - bytes.len();
        let c = match bytes {
            // the marks that nearly every sentence has
            [0xE3, 0x80, 0x81, ..] => '、',
            [0xE3, 0x80, 0x82, ..] => '。',
            [ascii @ 0..=0x7F, ..] => char::from(*ascii),
            _ => self.text[at..].chars().next()?,
        };
        self.from = at + c.len_utf8();
        Some((at, c))
    }
}

/// Whether the mark of an end stands in a text; short ones are not worth a search of bytes.
pub fn holds_end(text: &str) -> bool {
    const SHORT: usize = 80;
    if text.len() > SHORT { text.contains('。') } else { odd_letters(text).any(|(_, c)| c == '。') }
}

/// Whether two blanks stand side by side.
pub fn holds_run(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b' ', bytes).any(|at| bytes.get(at + 1) == Some(&b' '))
}

/// How many bytes of a text are of one kind; in pieces whose counts fit a byte, which a processor adds many at a time.
#[inline]
pub fn count_bytes(text: &str, is_one: impl Fn(u8) -> bool) -> usize {
    let count = |piece: &[u8]| piece.iter().map(|byte| u8::from(is_one(*byte))).sum::<u8>();
    text.as_bytes().chunks(255).map(|piece| usize::from(count(piece))).sum()
}

/// Where the first blank stands.
pub fn find_blank(text: &str) -> Option<usize> {
    let mut rest = text.as_bytes();
    loop {
        rest = match (INKED.after(rest), rest) {
            (Some(rest), _) | (None, [b'!'..=b'~', rest @ ..]) => rest,
            _ => {
                let at = text.len() - rest.len();
                let c = text[at..].chars().next()?;
                if is_blank(c) {
                    return Some(at);
                }
                &rest[c.len_utf8()..]
            }
        }
    }
}
