//! Numbers that a tab sets apart from their words, as Word writes them into a text file: `(1)⇥夜間診療`, `第1条⇥この協定は…`

use super::{Line, Marks, Width, Words};
use crate::ast::Numbering;
use crate::parse::{Repairs, head};

/// No number of a heading is longer, in bytes: `第10条の2`.
const LONGEST: usize = 18;

/// Makes such lines those of words; a row of a table stays one.
pub fn numbers(lines: &mut [Line], repairs: &mut Repairs) {
    // nearly no text has one
    if !lines.iter().any(may_be) {
        return;
    }
    let numbered = |line: &Line| if may_be(line) { number(&line.text) } else { None };
    let is_row = |other: Option<Number>| other == Some(Number::Bare);
    let (mut above, mut own) = (None, lines.first().and_then(numbered));
    for at in 0..lines.len() {
        let below = lines.get(at + 1).and_then(numbered);
        // `1⇥青葉市⏎2⇥若草町`: the rows of a table
        let is_heading = match own {
            Some(Number::Bare) => lines[at].text.ends_with('。') || !is_row(above) && !is_row(below),
            Some(Number::Marked) => true,
            None => false,
        };
        if is_heading {
            let line = &mut lines[at];
            repairs.add("blank-removed", 1, line.whole());
            line.text = Words::repaired(line.text.replacen('\t', " ", 1), line.raw());
            (line.tab, line.solid, line.marks, line.width) = (false, false, Marks::ANY, Width::default());
        }
        (above, own) = (own, below);
    }
}

/// Whether a line may begin with a number: nearly all rows begin with a kanji, or with an empty cell.
fn may_be(line: &Line) -> bool {
    let begins = |bytes: &[u8]| match bytes {
        [0xE3, second, ..] => matches!(second, 0x82 | 0x83 | 0x88),
        // 第
        [0xE7, second, third, ..] => (*second, *third) == (0xAC, 0xAC),
        [first, ..] => matches!(first, b'0'..=b'9' | b'a'..=b'z' | b'(' | 0xE2 | 0xEF),
        [] => false,
    };
    line.tab && begins(line.text.as_bytes())
}

/// What stands before the only tab of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    /// `1`, `２．`
    Bare,
    /// `(1)`, `ア`, `①`, `第1条`
    Marked,
}

fn number(text: &str) -> Option<Number> {
    let tab = memchr::memchr(b'\t', text.as_bytes()).filter(|tab| (1..=LONGEST).contains(tab))?;
    let (number, words) = (&text[..tab], &text[tab + 1..]);
    if words.is_empty() || words.contains('\t') {
        return None;
    }
    if head::article(number).is_some_and(|head| head.rest.is_empty()) {
        return Some(Number::Marked);
    }
    let head = head::item(number).filter(|head| head.rest.is_empty() && !head.doubtful)?;
    let is_bare = head.numbering == Numbering::Arabic;
    Some(if is_bare { Number::Bare } else { Number::Marked })
}

#[cfg(test)]
mod tests {
    use crate::lines::split;
    use crate::parse::Repairs;

    #[test]
    fn numbers_go_before_their_words() {
        for (source, want) in [
            ("1\t医療\n夜間診療\t取組内容\t文。", vec!["1 医療", "夜間診療\t取組内容\t文。"]),
            ("(1)\t夜間診療\n(2)\t救急", vec!["(1) 夜間診療", "(2) 救急"]),
            ("第1条\tこの協定は、", vec!["第1条 この協定は、"]),
            ("2\t前項を行う。\n3\t前項による。", vec!["2 前項を行う。", "3 前項による。"]),
            ("1\t青葉市\n2\t若草町", vec!["1\t青葉市", "2\t若草町"]),
            ("救急\t文。", vec!["救急\t文。"]),
        ] {
            let lines: Vec<String> =
                split(source, &mut Repairs::new(true)).lines.iter().map(|line| line.text.to_string()).collect();
            assert_eq!(lines, want, "{source}");
        }
    }
}
