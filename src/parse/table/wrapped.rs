//! Numbered names that a narrow column wrapped: `(1) 救急の受入⏎れ⏎取組内容`.

use super::is_label_line;
use crate::lines::{Line, Marks};
use crate::parse::{Context, head, part, stacked, zones};

/// No column of numbered names is narrower, in half-width columns.
const NARROW: usize = 13;
/// So many lines around a heading are asked for others like it.
const AROUND: usize = 200;

/// `(1) 救急の受入⏎れ⏎取組内容`, where `(2) 看護師⏎取組内容` stands near: whether the line before `at` heads a name in a narrow
/// column, and `rest` ends it; gives whether that is sure
pub(super) fn ends_narrow_name(lines: &[Line], at: usize, rest: &[&str], cx: &Context) -> Option<bool> {
    let own = head::item(&lines[at - 1].text)?;
    let is_alike = |line: &Line| {
        let head = line.marks.hold(Marks::HEAD).then(|| head::item(&line.text)).flatten();
        head.is_some_and(|head| head.numbering == own.numbering) && !line.text.contains(['。', '、'])
    };
    let near = &lines[at.saturating_sub(AROUND)..lines.len().min(at + AROUND)];
    let is_row = |line: &Line| is_label_line(line, cx) || stacked::has_name(line, cx);
    let heads = |pair: &&[Line]| is_alike(&pair[0]) && pair[1..].iter().any(is_row);
    let full = near.windows(3).filter(heads).map(|lines| zones::width(&lines[0])).max().unwrap_or(0);
    let names = |pair: &[Line]| {
        is_alike(&pair[0]) && is_label_line(&pair[1], cx)
            || pair[0].marks.hold(Marks::HEAD) && stacked::names_content(&pair[0], cx)
    };
    let own: &str = &lines[at - 1].text;
    let mut parts = std::iter::once(own).chain(rest.iter().copied()).zip(rest);
    let is_cut = rest.len() <= 2 && parts.all(|(line, next)| part::must_break(line, next, full));
    match is_cut {
        true if near.windows(2).any(names) => Some(true),
        true if full >= NARROW && are_cut(near, full, &is_alike, cx) => Some(false),
        _ => None,
    }
}

/// `(1) 救急の受入⏎れ⏎取組内容⏎…⏎(2) 夜間の小児⏎診療⏎取組内容`: whether three headings or more have one line more each, and are as full
/// as a column of that width allows; titles of 分野 over one name each are not all of one length
fn are_cut(lines: &[Line], full: usize, is_alike: &dyn Fn(&Line) -> bool, cx: &Context) -> bool {
    let is_words = |line: &Line| !is_label_line(line, cx) && !line.gap && !line.text.contains(['。', '、']);
    let cut =
        lines.windows(3).filter(|three| is_alike(&three[0]) && is_words(&three[1]) && is_label_line(&three[2], cx));
    let ends: Vec<bool> = cut.map(|three| part::must_break(&three[0].text, &three[1].text, full)).collect();
    ends.len() >= 3 && ends.iter().all(|is_full| *is_full)
}
