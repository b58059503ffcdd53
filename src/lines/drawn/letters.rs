//! The letters of a drawn line by the columns that they stand in.

use unicode_width::UnicodeWidthChar;

/// How wide letters were taken for where a table was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruler {
    /// What draws lines takes one column, and so does `①`.
    Narrow,
    /// What draws lines takes one column, `①` two.
    Mixed,
    /// Both take two, as in a Japanese font of one width.
    Wide,
    /// Nobody counted: the marks alone tell, each a column, and what stands between two of them another.
    Marks,
}

/// In the order in which they are tried.
pub const RULERS: [Ruler; 4] = [Ruler::Narrow, Ruler::Mixed, Ruler::Wide, Ruler::Marks];

/// No letter begins in a column.
const NONE: u32 = u32::MAX;

/// A line by its columns.
#[derive(Debug)]
pub struct Letters<'s> {
    /// The line.
    pub line: &'s str,
    /// The offset of the letter that begins in each column.
    columns: Vec<u32>,
}

/// `─`, `━`, `═`
pub fn is_level(c: char) -> bool {
    matches!(c, '─' | '━' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '═' | '╴' | '╶' | '╸' | '╺' | '╼' | '╾')
}

/// `│`, `┼`, `┌`: what parts cells
pub fn is_upright(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{2570}' | '\u{2574}'..='\u{257F}') && !is_level(c)
}

/// Whether what draws lines goes on upwards: `└`, `┼`
pub fn goes_up(c: char) -> bool {
    is_upright(c)
        && !matches!(c, '\u{250C}'..='\u{2513}' | '\u{252C}'..='\u{2533}' | '\u{2552}'..='\u{2557}' | '╤' | '╥' | '╦' | '╭' | '╮')
}

/// Whether what draws lines goes on downwards: `┌`, `┼`
pub fn goes_down(c: char) -> bool {
    is_upright(c)
        && !matches!(c, '\u{2514}'..='\u{251B}' | '\u{2534}'..='\u{253B}' | '\u{2558}'..='\u{255D}' | '╧' | '╨' | '╩' | '╯' | '╰')
}

impl<'s> Letters<'s> {
    /// A line measured; `None` with a tab in it. `is_mark` tells what parts its cells.
    pub fn of(line: &'s str, ruler: Ruler, is_mark: impl Fn(char) -> bool) -> Option<Self> {
        let mut columns = Vec::with_capacity(line.len());
        let mut after_mark = true;
        for (at, c) in line.char_indices() {
            if c == '\t' {
                return None;
            }
            if ruler == Ruler::Marks {
                if is_mark(c) {
                    // between two marks stands a column, though it be empty
                    columns.extend((after_mark && !columns.is_empty()).then_some(at as u32));
                    columns.push(at as u32);
                    after_mark = true;
                } else if after_mark {
                    columns.push(at as u32);
                    after_mark = false;
                }
                continue;
            }
            let is_line = is_level(c) || is_upright(c);
            let width = match ruler {
                Ruler::Narrow | Ruler::Mixed if is_line => 1,
                Ruler::Narrow => c.width().unwrap_or(0),
                _ => c.width_cjk().unwrap_or(0),
            };
            if width > 0 {
                columns.push(at as u32);
                columns.extend(std::iter::repeat_n(NONE, width - 1));
            }
        }
        Some(Letters { line, columns })
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// Where the letter that begins in a column stands in the line.
    pub fn offset(&self, column: usize) -> Option<usize> {
        self.columns.get(column).filter(|at| **at != NONE).map(|at| *at as usize)
    }

    /// The letter that begins in a column.
    pub fn letter(&self, column: usize) -> Option<char> {
        self.line[self.offset(column)?..].chars().next()
    }

    /// What stands between the letters of two columns; `None` where none begins in one of them.
    pub fn between(&self, left: usize, right: usize) -> Option<&'s str> {
        let from = self.offset(left)? + self.letter(left)?.len_utf8();
        self.line.get(from..self.offset(right)?)
    }
}
