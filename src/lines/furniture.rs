//! Page numbers and running headers: lines of the page, not of the agreement.

use super::{Line, Lines, furniture, is_blank};
use crate::parse::{Repairs, head};
use std::collections::HashMap;

/// Takes page numbers and running headers out of the lines; what they stood in is whole again.
pub fn set_aside(out: &mut Lines, repairs: &mut Repairs) {
    if !repairs.on {
        return;
    }
    let headers = running_headers(&out.lines);
    let mut kept: Vec<Line> = Vec::with_capacity(out.lines.len());
    let mut carried = (false, false);
    let lines = std::mem::take(&mut out.lines);
    let count = lines.len();
    let ends: Vec<bool> = (0..count).map(|at| lines.get(at + 1).is_none_or(|next| next.page)).collect();
    for (line, ends_page) in lines.into_iter().zip(ends) {
        let edge = line.page || ends_page;
        if is_page_number(&line.text, edge) || (edge && headers.contains_key(&fold_digits(&line.text))) {
            repairs.add("page-furniture", 1, line.whole());
            furniture(&mut out.trivia, &line);
            carried = (carried.0, carried.1 || line.page);
            // what follows a page number follows a page end
            carried.1 = true;
            continue;
        }
        let mut line = line;
        line.page |= carried.1;
        line.gap |= carried.0;
        carried = (false, false);
        kept.push(line);
    }
    out.lines = kept;
}

/// `- 2 -`, `－２－`, `2 / 9`, `2 ページ`, `p. 2`; a bare `2` only at the edge of a page.
fn is_page_number(text: &str, edge: bool) -> bool {
    if text.len() > 24 || !text.bytes().any(|b| b.is_ascii_digit() || b == 0xEF) {
        return false;
    }
    let is_dash =
        |c: char| matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | 'ー' | '~' | '～' | '〜');
    let word: String = text.chars().filter(|c| !is_blank(*c)).collect();
    let bare = word.trim_matches(is_dash);
    let dashed = bare.len() < word.len() && word.starts_with(is_dash) && word.ends_with(is_dash);
    let digits = |s: &str| {
        !s.is_empty() && s.chars().count() <= 4 && s.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
    };
    (dashed && digits(bare))
        || (edge && digits(bare) && bare.len() == word.len())
        || bare.strip_suffix("ページ").or(bare.strip_suffix("頁")).is_some_and(digits)
        || bare.strip_prefix("p.").or(bare.strip_prefix("P.")).is_some_and(digits)
        || bare.split_once(['/', '／']).is_some_and(|(a, b)| digits(a) && digits(b) && edge)
}

/// Lines that stand at the edge of three pages or more, alike but for their digits, and carry no tab.
fn running_headers(lines: &[Line]) -> HashMap<String, u32> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    if lines.iter().filter(|l| l.page).count() < 2 {
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
            && !line.text.contains('\t')
            && !is_label(&line.text)
            && !line.text.ends_with('。')
        {
            *seen.entry(fold_digits(&line.text)).or_default() += 1;
        }
    }
    seen.retain(|_, count| *count >= 3);
    seen
}

fn fold_digits(text: &str) -> String {
    text.chars()
        .filter(|c| !is_blank(*c))
        .map(|c| if c.is_ascii_digit() || ('０'..='９').contains(&c) { '0' } else { c })
        .collect()
}
