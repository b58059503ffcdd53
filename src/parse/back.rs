//! 後文, date, 記名 and 附則, and the furniture of a page behind them.

mod signatures;

pub use signatures::begins;
pub(super) use signatures::{is_name, office, person, seal, signer};

use self::signatures::{align, is_signed, signature, signs};
use super::{Context, date, head, rows, zones};
use crate::ast::{Numbering, Paragraph, Supplementary, TriviaKind};
use crate::lines::{Line, Marks, is_blank};

/// Words that begin the furniture of a web page behind the agreement.
const CHROME: &[&str] = &[
    "この記事に関する",
    "お問い合わせ",
    "お問合せ",
    "問い合わせ先",
    "問合せ先",
    "トップページ",
    "ページの先頭",
    "ページトップ",
    "このページ",
    "関連リンク",
    "関連情報",
    "関連ファイル",
    "添付ファイル",
    "ダウンロード",
    "Copyright",
    "copyright",
    "©",
    "体系情報",
    "沿革情報",
    "Similar documents",
    "Adobe",
    "PDFファイル",
    "サイトマップ",
    "by ",
    "更新日",
    "シェア",
    "Page ",
    "みなさまのご意見",
];
/// Words that stand before a number or an address in such furniture: `電話：0123`, never `電話相談の窓口`.
const CONTACT: &[&str] = &["〒", "電話", "ファクス", "FAX", "Tel", "TEL", "メール", "E-mail", "担当課", "アンケート"];

/// The letters with which such words begin: a cheap test for what is none.
fn may_begin_chrome(c: char) -> bool {
    matches!(
        c,
        'こ' | 'お'
            | 'み'
            | 'ト'
            | 'ペ'
            | 'ダ'
            | 'サ'
            | 'シ'
            | 'フ'
            | 'メ'
            | 'ア'
            | '問'
            | '関'
            | '添'
            | '体'
            | '沿'
            | '更'
    ) || matches!(c, '電' | '担' | '〒' | '©' | 'A' | 'C' | 'E' | 'F' | 'P' | 'S' | 'T' | 'b' | 'c')
}

/// Whether a line begins the furniture of a web page.
pub fn is_chrome(text: &str) -> bool {
    let bare = || text.trim_start_matches(['■', '●', '▲', '△', '◆', '・', '○', '→', '>']).trim_start_matches(is_blank);
    // no mark is a kanji or hiragana
    let text = if matches!(text.as_bytes(), [0xE4..=0xE9, ..] | [0xE3, 0x81, ..]) { text } else { bare() };
    // such lines are short
    if text.len() >= 240 || !text.starts_with(may_begin_chrome) {
        return false;
    }
    let contact = CONTACT.iter().find_map(|word| text.strip_prefix(word)).is_some_and(|rest| {
        let rest = rest.strip_prefix("番号").unwrap_or(rest);
        rest.is_empty()
            || rest.starts_with(|c: char| is_blank(c) || matches!(c, ':' | '：' | '（' | '0'..='9' | '０'..='９'))
    });
    (contact || CHROME.iter().any(|word| text.starts_with(word)))
        && !text.contains(['。', '、'])
        && text.chars().count() < 60
}

/// `…を証するため`, `本書2通を作成し`
fn attests(text: &str) -> bool {
    let proves = |rest: &str| ["するため", "として"].iter().any(|word| rest.starts_with(word));
    let is_copy = |rest: &str| ["を作", "作", "を保有", "を所持"].iter().any(|word| rest.starts_with(word));
    let is_of_document = || text.contains('書') || text.contains("記名");
    // nearly no line has one of the letters that stand in every 後文: 証 and 通, by the bytes that end them
    let says = |at: usize| match text.as_bytes()[..=at] {
        [.., 0xE8, 0xA8, 0xBC] => proves(&text[at + 1..]),
        [.., 0xE9, 0x80, 0x9A] => is_copy(&text[at + 1..]) && is_of_document(),
        _ => false,
    };
    memchr::memchr2_iter(0xBC, 0x9A, text.as_bytes()).any(says)
}

/// `この協定の締結を証するため、本書2通を作成し、…`; a wrap may cut it
pub fn is_closing(lines: &[Line], at: usize) -> bool {
    let text = lines[at].text.as_ref();
    if lines[at].marks.hold(Marks::CLOSING) && attests(text) {
        return !(text.starts_with(['第', '（', '(']) && text.contains('条'));
    }
    let starts = |text: &str| {
        ["この協定", "この連携協約", "本協定", "本連携協約", "この協約", "以上", "上記", "本書", "この協"]
            .iter()
            .any(|w| text.starts_with(w))
    };
    !text.ends_with('。') && text.starts_with(['こ', '本', '以', '上']) && starts(text) && {
        // a narrow column cuts `証するため` itself
        let next = lines[at + 1..].iter().take(2).take_while(|next| !next.gap || next.page);
        let joined = next.fold(text.to_owned(), |joined, next| joined + &next.text);
        joined.len() > text.len() && attests(&joined) && joined.find("証する").is_none_or(|p| p < text.len() + 30)
    }
}

/// Reads 後文, date and 記名 from line `start` on; gives the first line behind them.
pub fn read(lines: &[Line], start: usize, cx: &mut Context) -> usize {
    let mut at = start;
    if cx.tree.closing.is_empty() && is_closing(lines, at) {
        while at < lines.len() && !zones::is_table(&lines[at]) {
            let line = &lines[at];
            cx.tree.closing.push(line, &line.text, &mut cx.repairs);
            at += 1;
            if cx.tree.closing.text.ends_with('。') || lines.get(at).is_some_and(|l| date::date(&l.text).is_some()) {
                break;
            }
        }
    }
    let mut signatures = std::mem::take(&mut cx.tree.signatures);
    while at < lines.len() {
        let line = &lines[at];
        if zones::is_table(line)
            || zones::is_supplementary(&line.text)
            || is_closing(lines, at) && cx.tree.closing.is_empty()
        {
            break;
        }
        if is_chrome(&line.text) {
            // `電話 0123` under an address, before the other party signs
            if !is_signed(&signatures, cx) && (at + 1..lines.len().min(at + 8)).any(|next| signs(lines, next, cx)) {
                cx.trivia(line.whole(), TriviaKind::Chrome);
                at += 1;
                continue;
            }
            at = chrome(lines, at, cx);
            break;
        }
        if rows::is_ruling(&line.text) {
            cx.trivia(line.whole(), TriviaKind::Ruling);
        } else if date::is_date(&line.text)
            && (cx.tree.date.is_empty() || !cx.tree.closing.is_empty() && signatures.is_empty())
        {
            // a date under the title of a 例規 page gives way to the date of signing
            let date = cx.text(line, &line.text);
            let old = std::mem::replace(&mut cx.tree.date, date);
            if let Some(span) = old.span() {
                cx.trivia(span, TriviaKind::Chrome);
            }
        } else {
            signature(lines, at, &mut signatures, cx);
        }
        at += 1;
    }
    align(&mut signatures, cx);
    cx.tree.signatures = signatures;
    at
}

/// Sets the furniture of a page aside, up to a head that belongs to an agreement; gives the line behind it.
pub fn chrome(lines: &[Line], start: usize, cx: &mut Context) -> usize {
    let mut at = start;
    while at < lines.len()
        && !zones::is_table(&lines[at])
        && !zones::is_supplementary(&lines[at].text)
        && !lines[at].tab
    {
        cx.trivia(lines[at].whole(), TriviaKind::Chrome);
        at += 1;
    }
    at
}

/// Reads 附則 from its head on; gives the first line behind it.
pub fn supplementary(lines: &[Line], start: usize, cx: &mut Context) -> usize {
    let line = &lines[start];
    let mut block = Supplementary { label: cx.text(line, &line.text), paragraphs: Vec::new() };
    let mut at = start + 1;
    while at < lines.len() {
        let line = &lines[at];
        let text = line.text.as_ref();
        if zones::is_table(line) || zones::is_supplementary(text) || is_closing(lines, at) || is_chrome(text) {
            break;
        }
        let open = block.paragraphs.last().is_some_and(|p| !p.text.text.ends_with('。'));
        if !open
            && (date::date(text).is_some_and(|(_, len)| len == text.len())
                || (!block.paragraphs.is_empty() && !text.ends_with('。') && office(text).is_some()))
        {
            break;
        }
        let head = head::item(text).filter(|h| h.numbering == Numbering::Arabic && !open && !h.glued);
        match head {
            Some(head) => block.paragraphs.push(Paragraph {
                number: head.value,
                label: Some(cx.text(line, head.label)),
                text: cx.text(line, head.rest),
                ..Paragraph::default()
            }),
            None => {
                let next = block.paragraphs.len() as u32 + 1;
                match block.paragraphs.last_mut() {
                    Some(last) => last.text.push(line, text, &mut cx.repairs),
                    None => {
                        let text = cx.text(line, text);
                        block.paragraphs.push(Paragraph { number: next, text, ..Paragraph::default() });
                    }
                }
            }
        }
        at += 1;
    }
    cx.tree.supplementary.push(block);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_begins_as_the_cheap_test_expects() {
        for word in [CHROME, CONTACT].concat() {
            assert!(word.starts_with(may_begin_chrome), "{word}");
        }
    }
}
