//! Page numbers and running headers: lines of the page, not of the agreement.

use super::{Line, Lines, furniture, is_blank, squeeze};
use crate::parse::{Repairs, head, numeral};
use std::collections::HashMap;

/// Takes page numbers and running headers out of the lines; what they stood in is whole again.
pub fn set_aside(out: &mut Lines, repairs: &mut Repairs) {
    if !repairs.on {
        return;
    }
    let headers = running_headers(&out.lines);
    let mut found: Vec<bool> = (0..out.lines.len()).map(|at| is_furniture(&out.lines, at, &headers)).collect();
    if !found.contains(&true) {
        return;
    }
    keep_headings(&out.lines, &mut found);
    let mut found = found.into_iter();
    // what follows a page number follows a page end
    let mut page = false;
    out.lines.retain_mut(|line| {
        if found.next() == Some(true) {
            repairs.add("page-furniture", 1, line.whole());
            furniture(&mut out.trivia, line);
            page = true;
            return false;
        }
        line.page |= std::mem::take(&mut page);
        true
    });
}

/// So many numbers that ascend with their pages are those of the pages.
const ALIKE: usize = 3;

/// `2⏎⏎福祉` at the top of a page: where pages are numbered, most are, and a page has one number, which ascends with them.
fn keep_headings(lines: &[Line], found: &mut [bool]) {
    let mut page = 0;
    // (line, page, how far its number is ahead of the page)
    let mut bare: Vec<(usize, u32, i64)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        page += u32::from(line.page);
        let number = found[at].then(|| numeral::value(&line.text)).flatten();
        bare.extend(number.map(|number| (at, page, i64::from(number) - i64::from(page))));
    }
    let mut alike: HashMap<i64, usize> = HashMap::new();
    bare.iter().for_each(|(.., ahead)| *alike.entry(*ahead).or_default() += 1);
    let agree = |ahead: i64| alike.get(&ahead).copied().unwrap_or_default();
    let is_numbered = bare.len() * 2 > page as usize;
    for own in bare.chunk_by(|a, b| a.1 == b.1) {
        let most = own.iter().map(|(.., ahead)| agree(*ahead)).max().unwrap_or_default();
        for (at, _, ahead) in own {
            found[*at] = agree(*ahead) == most && (is_numbered || most >= ALIKE);
        }
    }
}

/// Whether a line is of the page: a page number, or a running header at the edge of a page.
fn is_furniture(lines: &[Line], at: usize, headers: &HashMap<String, u32>) -> bool {
    let line = &lines[at];
    let edge = || line.page || lines.get(at + 1).is_none_or(|next| next.page);
    // a page has one number: `2` below `- 1 -` is of the text
    let bare_edge = || edge() && !at.checked_sub(1).is_some_and(|before| is_page_number(&lines[before].text, || false));
    is_page_number(&line.text, bare_edge)
        || !headers.is_empty() && edge() && headers.contains_key(&fold_digits(&line.text))
}

/// `- 2 -`, `－２－`, `2 / 9`, `2 ページ`, `p. 2`; a bare `2` only at the edge of a page.
fn is_page_number(text: &str, edge: impl Fn() -> bool) -> bool {
    if text.len() > 24 || !text.bytes().any(|b| b.is_ascii_digit() || b == 0xEF) {
        return false;
    }
    let is_dash =
        |c: char| matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | 'ー' | '~' | '～' | '〜');
    // most short lines are words
    let is_figure = |c| is_dash(c) || is_blank(c) || matches!(c, '0'..='9' | '０'..='９');
    if !(text.starts_with(|c| is_figure(c) || matches!(c, 'p' | 'P'))
        && text.ends_with(|c| is_figure(c) || matches!(c, 'ジ' | '頁')))
    {
        return false;
    }
    let word = squeeze(text);
    let bare = word.trim_matches(is_dash);
    let dashed = bare.len() < word.len() && word.starts_with(is_dash) && word.ends_with(is_dash);
    let digits = |s: &str| !s.is_empty() && s.chars().count() <= 4 && s.chars().all(is_digit);
    (dashed && digits(bare))
        || (digits(bare) && bare.len() == word.len() && edge())
        || bare.strip_suffix("ページ").or(bare.strip_suffix("頁")).is_some_and(digits)
        || bare.strip_prefix("p.").or(bare.strip_prefix("P.")).is_some_and(digits)
        || bare.split_once(['/', '／']).is_some_and(|(a, b)| digits(a) && digits(b) && edge())
}

/// Lines that stand at the edge of three pages or more and of one in four, alike but for their digits, and carry no tab.
fn running_headers(lines: &[Line]) -> HashMap<String, u32> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let pages = lines.iter().filter(|l| l.page).count() as u32;
    if pages < 2 {
        return seen;
    }
    for (at, line) in lines.iter().enumerate() {
        let last = lines.get(at + 1).is_none_or(|next| next.page);
        let is_label = |t: &str| {
            t.contains("役割")
                || t.contains("内容")
                || head::table(t).is_some()
                || head::article(t).is_some()
                || head::item(t).is_some()
        };
        if (line.page || last)
            && line.text.len() < 120
            && !line.tab
            && !is_label(&line.text)
            && !line.text.ends_with('。')
            // words that a wrap cut before their comma
            && !lines.get(at + 1).is_some_and(|next| next.text.starts_with(['、', '。', '）', '」']))
        {
            *seen.entry(fold_digits(&line.text)).or_default() += 1;
        }
    }
    // left and right pages may have headers of their own, a cover and an annex none
    seen.retain(|_, count| *count >= 3 && *count * 4 >= pages);
    seen
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn fold_digits(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(|c| if is_digit(c) { '0' } else { c }).collect()
}
