//! A label at the start of a line, and the words behind it.

use super::roles::may_join;
use super::{BRACKETS, Label, Vocabulary, is_letter, label};
use crate::lines::{Line, Marks, is_blank};
use crate::parse::party::Party;
use crate::parse::vocabulary::may_begin;
use smallvec::SmallVec;

/// `甲の役割 文`, `取組内容：文`, `【甲の役割】文`, `甲の役割文`: the label at the start of a line, its slice, and what follows.
pub fn prefix<'a>(text: &'a str, parties: &[Party], words: &Vocabulary) -> Option<(Label, &'a str, &'a str)> {
    let mut first = text.chars().next()?;
    let mut text = text;
    if matches!(first, '-' | '・' | '•' | '◦' | '*') {
        text = text.trim_start_matches(['-', '・', '•', '◦']).trim_start_matches(is_blank);
        if text.starts_with("**") {
            return bold(text, parties, words);
        }
        first = text.chars().next()?;
    }
    let bracket = || BRACKETS.iter().find(|pair| pair.0 == first);
    if let Some((_, close)) = (!is_letter(first)).then(bracket).flatten() {
        let end = text.find(*close)? + close.len_utf8();
        let found = label(&text[..end], parties, words)?;
        return Some((found, &text[..end], rest(&text[end..])));
    }
    // nearly every sentence begins with a letter that begins no label, and names no role
    if words.is_empty() && is_letter(first) && !may_begin(first) && !may_join(text) {
        return None;
    }
    // the label ends within its first forty letters, at a blank, a colon, or where its words end
    let mut ends: SmallVec<[usize; 8]> = SmallVec::new();
    let mut colon = None;
    let (bytes, mut at) = (text.as_bytes(), 0);
    let (mut blanks, mut last_blank) = (0, usize::MAX);
    for _ in 0..40 {
        // nearly no letter of a text ends the words of a label; these bytes end those that do
        let is_plain = match bytes.get(at..) {
            Some([0xE3, 0x81..=0x83, ..]) => true,
            Some([0xE4..=0xE9, _, third, ..]) => !matches!(third, 0xB2 | 0x85 | 0xB9 | 0x81 | 0x84),
            _ => false,
        };
        if is_plain {
            at += 3;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        match c {
            '割' | '担' | '容' | '要' | '組' => {
                let words = ["役割", "分担", "内容", "概要", "取組"];
                ends.extend(words.iter().any(|word| text[..end].ends_with(word)).then_some(end));
            }
            '：' | ':' => colon = colon.or(Some((at, end))),
            '\t' => ends.push(at),
            _ if is_blank(c) => {
                // of a run of blanks, the first and the last tell everything
                blanks = if last_blank == at { blanks + 1 } else { 1 };
                if blanks > 2 {
                    ends.pop();
                }
                ends.push(at);
                last_blank = end;
            }
            _ => {}
        }
        at = end;
    }
    if at == text.len() {
        ends.push(text.len());
    }
    if let Some((at, end)) = colon
        && let Some(found) = label(&text[..at], parties, words)
    {
        return Some((found, &text[..at], rest(&text[end..])));
    }
    let (found, end) = ends.iter().rev().find_map(|end| Some((label(&text[..*end], parties, words)?, *end)))?;
    let after = &text[end..];
    let glued = !after.is_empty() && !after.starts_with(is_blank) && !after.starts_with(['\t', '：', ':']);
    // 甲の役割を…, 内容とし… are sentences; so is any glued word after a label that is a common noun
    let is_sentence = after.starts_with([
        'を', 'は', 'に', 'が', 'と', 'の', 'で', 'も', 'へ', '、', '。', '及', '並', '等', '（', '」', 'や', '・',
        '又', 'だ', 'し', 'さ',
    ]);
    // `甲の役割 を超えるものは`: no text begins with を, but a line of one may, where a run of blanks keeps it apart
    let is_apart = || text[..end].trim_end_matches(is_blank).len() + 3 <= text.len() - rest(after).len();
    if rest(after).starts_with('を') && !is_apart() {
        return None;
    }
    if glued && (is_sentence || !matches!(found, Label::Role(_)) && !text[..end].contains('組')) {
        return None;
    }
    if !glued && !after.is_empty() && matches!(found, Label::Name | Label::Field | Label::Other) {
        return None;
    }
    Some((found, &text[..end], rest(after)))
}

/// `**甲の役割**：文`, `**甲の役割：** 文`, as Markdown sets labels in bold type
fn bold<'a>(text: &'a str, parties: &[Party], words: &Vocabulary) -> Option<(Label, &'a str, &'a str)> {
    let (inner, after) = text.strip_prefix("**")?.split_once("**")?;
    let found = label(inner, parties, words)?;
    Some((found, &text[..inner.len() + "****".len()], rest(after)))
}

/// The same of a whole line.
pub fn begins<'a>(line: &'a Line, parties: &[Party], words: &Vocabulary) -> Option<(Label, &'a str, &'a str)> {
    // without a place where a label may end within it, the line as a whole is one, or none
    let ends_within = line.marks.hold(Marks::LABEL | Marks::BLANK | Marks::COLON) || !line.text.starts_with(is_letter);
    if ends_within || label(&line.text, parties, words).is_some() { prefix(&line.text, parties, words) } else { None }
}

/// `甲　事務局となる。`, `乙：出展者を集める。` under 役割分担: the role of one party, its symbol, and what follows
pub fn holder<'a>(text: &'a str, parties: &[Party]) -> Option<(Label, &'a str, &'a str)> {
    let (party, after) = parties.iter().find_map(|p| Some((p, text.strip_prefix(p.symbol.as_str())?)))?;
    let parted = after.starts_with(|c| is_blank(c) || matches!(c, '：' | ':'));
    parted.then(|| (Label::Role(party.alone.clone()), &text[..party.symbol.len()], rest(after)))
}

/// Whether one of some words stands in `text` with which labels end, 役割, 内容, 分担, 概要 and 取組 among them.
pub fn holds(text: &str, words: &[&str]) -> bool {
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return false,
            // nearly no letter has the last byte of 割, 容, 担, 要 or 組
            [0xE4..=0xE9, _, 0xB2 | 0xB9 | 0x85 | 0x81 | 0x84, rest @ ..] => {
                let upto = &text[..text.len() - rest.len()];
                if words.iter().any(|word| upto.ends_with(word)) {
                    return true;
                }
                rest
            }
            [0xE0..=0xEF, _, _, rest @ ..] | [_, rest @ ..] => rest,
        }
    }
}

fn rest(after: &str) -> &str {
    after.trim_start_matches(|c| is_blank(c) || matches!(c, '\t' | '：' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::label::tests::{parties, roles};

    #[test]
    fn prefixes() {
        let words = Vocabulary::default();
        for (text, want) in [
            ("甲の役割 当番表を作る。", Some((roles(&["甲"]), "当番表を作る。"))),
            ("甲の役割：当番表", Some((roles(&["甲"]), "当番表"))),
            ("【甲の役割】当番表", Some((roles(&["甲"]), "当番表"))),
            ("乙の役割甲や団体と", Some((roles(&["乙"]), "甲や団体と"))),
            ("甲の役割", Some((roles(&["甲"]), ""))),
            ("甲の役割を定める", None),
            ("甲の役割 を超える", None),
            ("甲の役割     を作り", Some((roles(&["甲"]), "を作り"))),
            ("取組内容 夜間の", Some((Some(Label::Content), "夜間の"))),
            ("内容を改める。", None),
            ("取組を進める。", None),
        ] {
            let got = prefix(text, &parties(), &words).map(|(l, _, rest)| (Some(l), rest));
            assert_eq!(got, want, "{text}");
        }
    }
}
