//! A label at the start of a line, and the words behind it.

use super::roles::{is_symbol, may_join};
use super::{BRACKETS, Label, MARKS, Vocabulary, is_letter, is_word, label, may_be, roles, usual};
use crate::lines::letters::{ANY, Letters};
use crate::lines::{Line, Marks, find_blank, is_blank};
use crate::parse::party::Party;
use crate::parse::vocabulary::begins_label;
use smallvec::SmallVec;

/// No label is longer, in bytes.
const LONGEST: usize = 120;

/// Letters and marks with which no words of a label end, as nearly all are: the last bytes of 割, 容, 担, 要 and 組 are not
/// among theirs.
static WITHIN: Letters = Letters::of(&[
    [[0xE4, 0xE9], ANY, [0x80, 0x80]],
    [[0xE4, 0xE9], ANY, [0x82, 0x83]],
    [[0xE4, 0xE9], ANY, [0x86, 0xB1]],
    [[0xE4, 0xE9], ANY, [0xB3, 0xB8]],
    [[0xE4, 0xE9], ANY, [0xBA, 0xBF]],
    [[0xE3, 0xE3], [0x81, 0x83], ANY],
    [[0xE3, 0xE3], [0x80, 0x80], [0x81, 0x82]],
]);

/// `甲の役割 文`, `取組内容：文`, `【甲の役割】文`, `甲の役割文`: the label at the start of a line, its slice, and what follows.
pub fn prefix<'a>(text: &'a str, parties: &[Party], words: &Vocabulary) -> Option<(Label, &'a str, &'a str)> {
    let mut first = text.chars().next()?;
    let mut text = text;
    let is_bullet = |c| matches!(c, '-' | '・' | '•' | '◦' | '*');
    let is_mark = || MARKS.contains(&first) && text[first.len_utf8()..].starts_with(is_blank);
    if !is_letter(first) && (is_bullet(first) || is_mark()) {
        text = text.trim_start_matches(|c| c == '-' || c != '*' && MARKS.contains(&c)).trim_start_matches(is_blank);
        if text.starts_with("**") {
            return bold(text, parties, words);
        }
        first = text.chars().next()?;
    }
    let bracket = || BRACKETS.iter().find(|pair| pair.0 == first);
    if let Some((_, close)) = (!is_letter(first)).then(bracket).flatten() {
        let near = &text[..text.floor_char_boundary(LONGEST)];
        let (inner, _) = near.char_indices().find(|(_, c)| c == close)?;
        let (end, inner) = (inner + close.len_utf8(), &text[first.len_utf8()..inner]);
        // `(1) 夜間診療`
        if words.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        // as nearly every label is spelled
        let found = usual(inner, parties).or_else(|| label(&text[..end], parties, words))?;
        return Some((found, &text[..end], rest(&text[end..])));
    }
    let usual = if first == '取' || is_symbol(first) { row(text, parties) } else { None };
    if usual.is_some() {
        return usual;
    }
    // `項目 取組内容 甲の役割`: the label of most names begins no other one, and words behind it make it none
    let behind = if words.is_empty() { text.strip_prefix("項目") } else { None };
    if behind.is_some_and(|rest| rest.starts_with(is_blank) && rest.trim_start_matches(is_blank).starts_with(is_letter))
    {
        return None;
    }
    // nearly every sentence begins with letters that begin no label, and names no role
    if words.is_empty() && is_word(first) && !begins_label(text) && !may_join(text) {
        return None;
    }
    // the label ends within its first forty letters, at a blank, a colon, or where its words end
    let mut ends: SmallVec<[usize; 8]> = SmallVec::new();
    let mut colon = None;
    let (bytes, mut at) = (text.as_bytes(), 0);
    let mut left = 40;
    while left > 0 {
        left -= 1;
        if WITHIN.after(&bytes[at..]).is_some() {
            at += 3;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let mut end = at + c.len_utf8();
        match c {
            '割' | '担' | '容' | '要' | '組' => {
                let words = ["役割", "分担", "内容", "概要", "取組"];
                ends.extend(words.iter().any(|word| text[..end].ends_with(word)).then_some(end));
            }
            '：' | ':' => colon = colon.or(Some((at, end))),
            '\t' => ends.push(at),
            _ if is_blank(c) => {
                // of a run of blanks the last tells everything, and the first where it may cut a note
                ends.push(at);
                let mut last_blank = at;
                let run = text[end..].chars().take(left).take_while(|c| is_blank(*c));
                for blank in run {
                    (last_blank, end) = (end, end + blank.len_utf8());
                    left -= 1;
                }
                if last_blank > at {
                    let may_be_cut = text[..at].contains(['（', '(']);
                    ends.retain(|end| *end < at || may_be_cut);
                    ends.push(last_blank);
                }
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
    // a blank stands behind most words of labels
    ends.dedup();
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

/// `甲の役割 文`, `取組内容 文`, `取組内容`, as most rows begin: a usual label that nothing behind its blanks makes a longer one
fn row<'a>(text: &'a str, parties: &[Party]) -> Option<(Label, &'a str, &'a str)> {
    // 取組の内容 is the longest of them
    let end = find_blank(&text[..text.floor_char_boundary(18)]).or((text.len() <= 18).then_some(text.len()))?;
    let found = usual(&text[..end], parties)?;
    if end == text.len() {
        return Some((found, text, ""));
    }
    let after = text[end..].trim_start_matches(is_blank);
    // `甲の役割 及び費用分担`, `甲の役割 ：`; `甲の役割 を超える` goes on as a sentence
    let is_longer =
        |c| matches!(c, '分' | '及' | '等' | 'と' | '・' | '内' | 'の' | 'を' | '（' | '(' | '：' | ':' | '\t');
    let blanks = &text[end..text.len() - after.len()];
    // the last blank parts them
    let last = end + blanks.char_indices().next_back()?.0;
    (!after.is_empty() && !after.starts_with(is_longer) && last < 60).then_some((found, &text[..last], after))
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
    if !ends_within && !may_be(&line.text, words) {
        return None;
    }
    // as most lines: no role, and no other label, begins with such words
    let names_role = || line.marks.hold(Marks::LABEL | Marks::APART);
    if words.is_empty() && line.text.starts_with(is_word) && !begins_label(&line.text) && !names_role() {
        return None;
    }
    if ends_within || label(&line.text, parties, words).is_some() { prefix(&line.text, parties, words) } else { None }
}

/// `甲　事務局となる。`, `乙：出展者を集める。` under 役割分担: the role of one party, its symbol, and what follows
pub fn holder<'a>(text: &'a str, parties: &[Party]) -> Option<(Label, &'a str, &'a str)> {
    let mut parties = parties.iter().filter(|party| roles::begins_alike(text, &party.symbol));
    let (party, after) = parties.find_map(|p| Some((p, text.strip_prefix(p.symbol.as_str())?)))?;
    let parted = after.starts_with(|c| is_blank(c) || matches!(c, '：' | ':'));
    parted.then(|| (Label::Role(party.alone.clone()), &text[..party.symbol.len()], rest(after)))
}

/// Whether a line holds one of some words with which labels end, or one that a user added: a cheap test for what is no label.
#[inline(always)]
pub fn says(line: &Line, words: &[&str], added: &Vocabulary) -> bool {
    line.marks.hold(Marks::LABEL) && holds(&line.text, words) || !added.is_empty() && says_added(line, added)
}

#[cold]
fn says_added(line: &Line, added: &Vocabulary) -> bool {
    added.content.iter().chain(&added.role).any(|word| line.text.contains(word.as_str()))
}

/// Whether one of some words stands in `text` with which labels end, 役割, 内容, 分担, 概要 and 取組 among them.
pub fn holds(text: &str, words: &[&str]) -> bool {
    after_word(text, text.as_bytes(), words).is_some()
}

/// How many of them there are.
pub fn count(text: &str, words: &[&str]) -> usize {
    std::iter::successors(after_word(text, text.as_bytes(), words), |rest| after_word(text, rest, words)).count()
}

/// What stands behind the first of some words that ends in `rest`, the end of `text`.
fn after_word<'t>(text: &str, mut rest: &'t [u8], words: &[&str]) -> Option<&'t [u8]> {
    loop {
        while let Some(after) = WITHIN.after(rest) {
            rest = after;
        }
        let len = match rest {
            [] => return None,
            [0xE0..=0xEF, ..] => 3,
            _ => 1,
        };
        rest = rest.get(len..).unwrap_or_default();
        let upto = &text.as_bytes()[..text.len() - rest.len()];
        if len == 3 && words.iter().any(|word| upto.ends_with(word.as_bytes())) {
            return Some(rest);
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
            (
                "甲の役割 (1) 当番表を作る。 (2) 会場を貸す。",
                Some((roles(&["甲"]), "(1) 当番表を作る。 (2) 会場を貸す。")),
            ),
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
