//! Where one agreement ends and the next begins, and which fold reads which lines.

use super::{Context, back, body, date, front, head, opening, party, table};
use crate::lines::letters::count_bytes;
use crate::lines::{Line, Marks, is_blank, is_cjk, odd_letters};
use std::ops::Range;

/// The lines of each agreement, behind the lines that list the contents of the first. A second 第1条 after a preamble of its
/// own begins another.
pub fn agreements(lines: &[Line], contents: &Range<usize>) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let (mut seen, mut wrap) = (false, None);
    // `第1条`, `第 １ 条`: the other articles need no reading
    let may_be_first = |text: &str| {
        let number = text.strip_prefix('第').unwrap_or_default().trim_start_matches(is_blank);
        number.starts_with(['1', '１', '一', '0', '０', '〇'])
    };
    let is_first = |text: &str| head::article(text).is_some_and(|head| head.number == "1" && !head.glued);
    for (at, line) in lines.iter().enumerate().skip(contents.end) {
        if !line.ordinal || !may_be_first(&line.text) || !is_first(&line.text) {
            continue;
        }
        if seen {
            // title and preamble of another agreement stand within so many lines
            let from = (*starts.last().unwrap_or(&0) + 1).max(at.saturating_sub(120));
            if let Some(start) = front::start_before(&lines[from..at], *wrap.get_or_insert_with(|| wrap_width(lines))) {
                starts.push(from + start);
            }
        }
        seen = true;
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect()
}

/// Reads the lines of one agreement, of which some list its contents.
pub fn read(lines: &[Line], contents: Range<usize>, cx: &mut Context) {
    let first = contents.end + opening::first(&lines[contents.end..], cx);
    let has_articles = first < lines.len();
    let first = if has_articles { first } else { tables_alone(lines) };
    front::read(&lines[..first], has_articles.then_some(contents), cx);
    let mut at = if has_articles { body::read(lines, first, cx) } else { first };
    if cx.parties.is_empty() {
        cx.parties = match has_articles {
            true => party::in_articles(&cx.tree.articles),
            false => party::in_tables(&lines[first..]),
        };
    }
    while at < lines.len() {
        let before = at;
        at = if is_table(&lines[at]) {
            table::read(lines, at, cx)
        } else if is_supplementary(&lines[at].text) {
            back::supplementary(lines, at, cx)
        } else {
            back::read(lines, at, cx)
        };
        if at == before {
            cx.unparsed(&lines[at]);
            at += 1;
        }
    }
}

/// The first 別表 of a text without articles, as it is published apart from them: it speaks of content or roles. The number
/// of lines when there is none.
fn tables_alone(lines: &[Line]) -> usize {
    let speaks = |line: &Line| ["役割", "内容"].iter().any(|word| line.text.contains(word));
    let head = lines.iter().position(is_table);
    head.filter(|head| lines[*head..].iter().any(speaks)).unwrap_or(lines.len())
}

/// `別表第1（第3条関係）` as the head of a table
pub fn is_table(line: &Line) -> bool {
    // the first bytes of 別, of brackets and marks, and of the blanks before them
    if !matches!(line.text.as_bytes(), [0xE5, 0x88, ..] | [0xE3, 0x80, ..] | [b'#' | b' ' | 0xC2 | 0xE2 | 0xEF, ..]) {
        return false;
    }
    let text = line.text.trim_start_matches('#').trim_start_matches(is_blank);
    head::may_be_table(text) && head::table(text).is_some()
}

/// `附則`, `附 則`, `附　則（令和…）`; `（令和8年3月1日）` where the word was lost
pub fn is_supplementary(text: &str) -> bool {
    // the first bytes of 附, of 付 and of brackets
    if !matches!(text.as_bytes(), [0xE9 | 0xE4 | 0xEF | b'(', ..]) {
        return false;
    }
    if text.starts_with(['（', '(']) {
        return text.contains('日') && head::bracketed(text).is_some_and(date::is_date);
    }
    let Some(rest) = text.strip_prefix('附').or_else(|| text.strip_prefix('付')) else { return false };
    let Some(rest) = rest.trim_start_matches(is_blank).strip_prefix('則') else { return false };
    rest.is_empty() || rest.starts_with(is_blank) || rest.starts_with(['（', '('])
}

/// The width at which a text is wrapped, in half-width columns; 0 for a text whose lines are whole paragraphs.
pub fn wrap_width(lines: &[Line]) -> usize {
    let plain = || lines.iter().filter(|l| !l.tab && !l.text.starts_with('|'));
    // a letter of three bytes takes two columns at most: most lines need no measuring
    let at_most = |l: &Line| l.indent as usize + l.text.len() - long_letters(&l.text);
    let exceeds = |l: &Line, most: usize| l.indent as usize + l.text.len() > most && at_most(l) > most;
    let mut most = 0;
    for line in plain() {
        // no page is 75 full-width letters wide
        if line.text.len() > 460 {
            return 0;
        }
        if exceeds(line, most) {
            most = most.max(width(line));
        }
    }
    let (mut near, mut open) = (0, 0);
    for line in plain().filter(|l| exceeds(l, most.saturating_sub(5)) && width(l) + 4 >= most) {
        near += 1;
        open += usize::from(!line.text.ends_with(['。', '」', '）']));
    }
    // many short lines of one width are a narrow column, a few are headings
    let wide = most >= 40 || most >= 20 && near * 3 >= plain().count();
    if near >= 3 && open * 3 >= near && wide { most } else { 0 }
}

/// How many letters take three bytes or four.
fn long_letters(text: &str) -> usize {
    count_bytes(text, |byte| byte >= 0xE0)
}

/// Whether there are letters of two bytes or four, or of three that are neither CJK nor full-width.
fn has_odd(text: &str) -> bool {
    text.bytes().fold(false, |odd, byte| odd | matches!(byte, 0xC0..=0xE2 | 0xEA..=0xEE | 0xF0..))
}

/// Width of a line with its indentation, in half-width columns.
pub fn width(line: &Line) -> usize {
    let measure = || match line.marks.hold(Marks::WIDE) || has_odd(&line.text) {
        true => width_of(&line.text),
        // a letter of three bytes takes two columns, a figure or a blank one
        false => line.text.len() - long_letters(&line.text),
    };
    line.indent as usize + line.width.get_or(measure)
}

/// Width of words, in half-width columns.
pub fn width_of(text: &str) -> usize {
    let (mut width, mut plain) = (0, text.len());
    for (_, c) in odd_letters(text) {
        plain -= c.len_utf8();
        width += if is_cjk(c) { 2 } else { 1 };
    }
    width + plain / 3 * 2
}

/// Whether a line reaches the wrap: what follows may go on in the same word.
pub fn is_full(line: &Line, cx: &Context) -> bool {
    reaches(line, cx.wrap)
}

/// Whether a line reaches a wrap.
pub fn reaches(line: &Line, wrap: usize) -> bool {
    // a letter of three bytes takes two columns: a short line needs no measuring
    wrap > 0 && line.indent as usize + line.text.len() + 4 >= wrap && width(line) + 4 >= wrap
}
