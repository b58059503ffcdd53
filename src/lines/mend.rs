//! Heads that line ends cut in two: `第2⏎条 甲は`, `別表（第3⏎条関係）`, `ア⏎⏎医療`, `協⏎定⏎書`, `甲の役⏎割`,
//! `甲の役割（費用⏎を含む。）`.

use super::{Line, Marks, Width, Words, is_blank};
use crate::ast::Numbering;
use crate::parse::part::begins_with_rest;
use crate::parse::{Repairs, head, label, numeral};
use crate::span::Span;

/// No head that was cut is longer, in bytes.
const SHORT: usize = 48;
/// Nor is a number, `・（１０）`.
const MARKER: usize = 15;
/// Nor is the rest of a label, `内容`, or a letter of a vertical title.
const REST: usize = 6;

/// Puts such heads together again; long lines cost no more than a look at their length.
pub fn heads<'s>(source: &'s str, lines: &mut Vec<Line<'s>>, repairs: &mut Repairs) {
    if !repairs.on {
        return;
    }
    let Some(first) = (1..lines.len()).find(|&at| joint(source, &lines[..at], &lines[at]).is_some()) else { return };
    let rest = lines.split_off(first);
    for next in rest {
        let blank = joint(source, lines, &next);
        match (blank, lines.last_mut()) {
            (Some(blank), Some(line)) => {
                let end = next.start + next.raw().len() as u32;
                repairs.add("line-joined", 1, Span { start: next.start, end: next.start });
                (line.solid, line.marks, line.width) = (false, Marks::ANY, Width::default());
                let raw = Span { start: line.start, end }.slice(source);
                line.text = Words::repaired([&*line.text, blank, &*next.text].concat(), raw);
            }
            _ => lines.push(next),
        }
    }
}

/// What belongs between the last of some lines and the next one; `None` where they are not one head.
#[inline]
fn joint(source: &str, lines: &[Line], next: &Line) -> Option<&'static str> {
    let (line, before) = lines.split_last()?;
    // what a wrap cut is a letter or two, or stands behind a number or a mark, as hardly a line does
    let is_begun = || line.marks.hold(Marks::HEAD) || line.marks.hold(Marks::BEGINS) && begins_head(&line.text);
    let is_noted = || line.marks.hold(Marks::LABEL) && is_cut_note(&line.text, &next.text);
    let may_be =
        line.text.len() <= SHORT && !line.tab && !next.tab && (next.text.len() <= REST || is_begun() || is_noted());
    if may_be { joint_of(source, (line, before), next) } else { None }
}

/// The same of a line that may be a head, and those before it.
fn joint_of(source: &str, (line, before): (&Line, &[Line]), next: &Line) -> Option<&'static str> {
    let (text, below): (&str, &str) = (&line.text, &next.text);
    // `(ア)⏎a⏎夜間診療⏎取組の内容`: markers before all their words
    let is_run = || before.last().is_some_and(is_marker);
    // `項 取組内容 甲の役割⏎目⏎合`: the rest of a label above a name that has one letter a line
    let heads_columns = || before.last().is_some_and(begins_columns);
    let is_vertical = is_vertical(line, below) && !heads_columns();
    let is_noted = || line.marks.hold(Marks::LABEL) && is_cut_note(text, below);
    let blank = if is_cut(text, below) || is_vertical || is_cut_label(text, below) || is_noted() {
        ""
    } else if is_marker(line) && !is_run() && !begins(below) && !begins_with_rest(below) {
        " "
    } else {
        return None;
    };
    // `幹線のバ⏎ス`: the rest of a word that a narrow cell cut
    let is_katakana = |text: &str| text.ends_with(|c| matches!(c, 'ァ'..='ー'));
    if !line.gap && is_katakana(text) && before.last().is_some_and(|above| is_katakana(&above.text)) {
        return None;
    }
    // a figure may be what a wrap left of the line before
    let finished = || before.last().is_none_or(|line| line.text.ends_with(['。', '）', ')', '］', ']', '」', '】']));
    let begun = blank.is_empty() || line.gap || line.page || !text.ends_with(char::is_numeric) || finished();
    let apart = || Span { start: line.start + line.raw().len() as u32, end: next.start }.slice(source);
    (begun && apart().chars().all(char::is_whitespace)).then_some(blank)
}

/// `第2` and `条 甲は`, `別表（第3` and `条関係）`: only together they are a head
fn is_cut(text: &str, next: &str) -> bool {
    if !begins_head(text) || head::closing_bracket(text).is_some() {
        return false;
    }
    let end = next.char_indices().nth(24).map_or(next.len(), |(end, _)| end);
    let whole = format!("{text}{}", &next[..end]);
    let article = || head::article(text).is_none() && head::article(&whole).is_some_and(|h| !h.glued);
    let table = || {
        head::table(text).is_none() && head::table(&whole).is_some_and(|h| h.reference.is_some() || h.rest.is_empty())
    };
    match text.chars().next() {
        Some('第') => article(),
        Some('別') => table(),
        _ => head::bracketed(&whole).is_some_and(|inner| inner.starts_with('第') && inner.ends_with("関係")),
    }
}

/// Whether such a head may begin with a line.
fn begins_head(text: &str) -> bool {
    // the first bytes of 第, of 別 and of brackets
    let may_begin =
        matches!(text.as_bytes(), [0xE7, 0xAC, ..] | [0xE5, 0x88, ..] | [0xEF, 0xBC, ..] | [b'(' | b'[', ..]);
    may_begin && text.starts_with(['第', '別', '（', '(', '［', '['])
}

/// `取組内⏎容`, `夜間診療 取組内⏎容`, `甲の役⏎割`, `甲の役⏎割：文`, as a narrow cell cuts its label; not `取組⏎内容`, which may head two columns
pub(super) fn is_cut_label(text: &str, next: &str) -> bool {
    // hardly a line begins so
    if !next.starts_with(['容', '内', '担', '割', '役']) {
        return false;
    }
    let last = || text.rsplit(is_blank).next().unwrap_or(text);
    match next.split(['：', ':']).next().unwrap_or(next) {
        "容" => matches!(last(), "取組内" | "取組の内"),
        "内容" => last() == "取組の",
        "担" => ["役割分", "費用負", "費用分"].iter().any(|cut| last().ends_with(cut)) && last().contains("の役割"),
        "割" => text.ends_with("の役") && !text.contains(['。', '、']),
        "役割" => text.strip_suffix('の').is_some_and(label::is_stem),
        _ => false,
    }
}

/// `(イ) 甲の役割（費用負担⏎を含む。）：文`: a label whose note goes on to its bracket, and ends there
fn is_cut_note(text: &str, next: &str) -> bool {
    // the last byte of （, which hardly a label has behind its number
    let may_be = text.as_bytes().get(3..).is_some_and(|label| memchr::memchr2(b'(', 0x88, label).is_some());
    if !may_be || text.ends_with(['。', '）', ')']) {
        return false;
    }
    let Some(open) = text.rfind(['（', '(']) else { return false };
    let Some(close) = next.find(['）', ')']) else { return false };
    let (label, note) = (&text[..open], &text[open..]);
    let is_whole = |words: &str| !words.contains(|c| is_blank(c) || matches!(c, '（' | '(' | '）' | ')'));
    let mut behind = next[close..].chars().skip(1);
    let ends = |c| is_blank(c) || matches!(c, '：' | ':' | '】' | '＞' | '>' | '〕' | ']' | '］' | '》' | '〉' | '」');
    ["役割", "分担", "内容", "負担", "取組"].iter().any(|word| label.ends_with(word))
        && is_whole(note.trim_start_matches(['（', '(']))
        && close <= SHORT
        && is_whole(&next[..close])
        && behind.next().is_none_or(ends)
}

/// `項 取組内容 甲の役割`: a row of labels before which that of the names stands, or a part of it
fn begins_columns(line: &Line) -> bool {
    let is_label = |cell: &str| ["役割", "内容", "分担"].iter().any(|word| cell.ends_with(word));
    let first = line.find_blank().filter(|_| line.marks.hold(Marks::LABEL)).map(|end| &line.text[..end]);
    first.is_some_and(|first| !is_label(first) && is_label(&line.text))
}

/// One letter a line, as vertical titles and names come out.
fn is_vertical(line: &Line, next: &str) -> bool {
    let is_letter = |text: &str| {
        text.len() == "々".len()
            && text.starts_with(|c| matches!(c, '々' | '\u{4E00}'..='\u{9FFF}'))
            && !label::is_stem(text)
            && numeral::value(text).is_none()
    };
    is_letter(next) && line.raw().split_whitespace().all(is_letter)
}

/// Whether a line may end with a number, as hardly one does.
pub fn ends_as_number(text: &str) -> bool {
    text.ends_with(|c| matches!(c, ')' | '）' | '.' | '．') || numeral::begins(c) || numeral::enclosed(c).is_some())
}

/// `ア`, `(1)`, `2` alone
fn is_marker(line: &Line) -> bool {
    line.marks.hold(Marks::HEAD)
        && line.text.len() <= MARKER
        && ends_as_number(&line.text)
        && head::item_of(line).is_some_and(|head| {
            head.rest.is_empty() && !head.doubtful && !matches!(head.numbering, Numbering::Kanji | Numbering::Bullet)
        })
}

/// Whether a line has a head of its own.
fn begins(text: &str) -> bool {
    let marked = head::item(text).is_some_and(|head| !head.glued || head.label.ends_with([')', '）']));
    marked || text.starts_with(['【', '（', '(']) || head::article(text).is_some() || head::table(text).is_some()
}
