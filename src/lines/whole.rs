//! What is asked once of a whole text, so that most of its lines are asked nothing.

use super::restore;
use std::ops::Range;

/// What is asked of a whole text before it is cut.
pub struct Whole {
    /// Single blanks stand between Japanese letters all over the text, as OCR leaves them.
    pub spaced: bool,
    /// Runs of blanks stand inside of lines.
    pub runs: bool,
    /// Its lines end with carriage returns, too.
    pub returns: bool,
    /// Marks end its pages.
    pub paged: bool,
    /// It holds backslashes, what may be tags, or control characters.
    pub marked: bool,
    /// It holds straight quotes.
    pub quoted: bool,
}

impl Whole {
    /// `repair`: whether repairs are on. Asks piece by piece, so that a piece is still at hand for the next question.
    pub fn of(source: &str, repair: bool) -> Self {
        const PIECE: usize = 1 << 16;
        let bytes = source.as_bytes();
        let (mut single, mut runs, mut returns, mut paged) = (0, false, false, false);
        let (mut marked, mut quoted) = (false, false);
        for from in (0..bytes.len()).step_by(PIECE) {
            let piece = from..bytes.len().min(from + PIECE);
            // what ends lines and pages in other ways, and most control characters
            let ends = restore::holds(&bytes[piece.clone()], 0x0B..=0x1F);
            returns |= ends && memchr::memchr(b'\r', &bytes[piece.clone()]).is_some();
            paged |= ends && memchr::memchr(0x0C, &bytes[piece.clone()]).is_some();
            if memchr::memchr3(b'\\', b'<', b'"', &bytes[piece.clone()]).is_some() {
                marked |= memchr::memchr2(b'\\', b'<', &bytes[piece.clone()]).is_some();
                quoted |= repair && memchr::memchr(b'"', &bytes[piece.clone()]).is_some();
            }
            if repair {
                marked |= restore::holds_control(&bytes[piece.clone()], ends);
                let found = single_blanks(bytes, piece);
                (single, runs) = (single + found.0, runs || found.1);
            }
        }
        Whole {
            spaced: single * 3 * 12 > bytes.len() && is_spaced_at_first(bytes),
            runs,
            returns,
            paged,
            marked,
            quoted,
        }
    }
}

/// Whether single blanks stand in the first words as well: further down they may part the columns of a table.
fn is_spaced_at_first(bytes: &[u8]) -> bool {
    const FIRST: usize = 800 * 3;
    let first = 0..bytes.len().min(FIRST);
    single_blanks(bytes, first.clone()).0 * 3 * 24 > first.len()
}

/// How many single blanks between Japanese letters begin in a range of a text, and whether a run of blanks stands inside a line.
fn single_blanks(bytes: &[u8], range: Range<usize>) -> (usize, bool) {
    let (mut single, mut runs, mut at) = (0, false, range.start);
    while let Some(blank) = bytes.get(at..range.end).and_then(|left| memchr::memchr(b' ', left)) {
        let start = at + blank;
        at = start + bytes[start..].iter().take_while(|byte| **byte == b' ').count();
        // a Japanese letter is three bytes whose first is E3..E9 or EF; its last byte is 80..BF
        let is_between =
            start >= 3 && bytes[start - 1] >= 0x80 && bytes.get(at).is_some_and(|b| (0xE3..=0xEF).contains(b));
        single += usize::from(at == start + 1 && is_between);
        runs |= at > start + 1 && start > 0 && bytes[start - 1] != b'\n';
    }
    (single, runs)
}
