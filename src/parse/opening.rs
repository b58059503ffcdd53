//! How articles begin: `（目的）`, `第1条 この…`, `（目的） 第1条 この…`.

use super::{Context, captions, head, label, zones};
use crate::ast::Text;
use crate::lines::join::place;
use crate::lines::{Line, is_blank};
use crate::span::Span;
use std::borrow::Cow;
use std::ops::Range;

/// The first line of the articles: 第1条, its caption, or the 編 and 章 before it; the number of lines when there is none.
pub fn first(lines: &[Line], cx: &Context) -> usize {
    let is_head = |at: usize| {
        let (caption, article) = heads(&lines[at].text);
        article.is_some_and(|h| {
            let after_sentence =
                at == 0 || lines[at - 1].text.ends_with(['。', '）', ')', '則', '章']) || lines[at].gap;
            (!h.glued || (h.number == "1" && after_sentence) || cx.spaced)
                && (after_sentence || caption.is_some() || !zones::is_full(&lines[at - 1], cx))
                && !h.rest.starts_with(['の', 'に', 'か', 'を', '、'])
        })
    };
    let Some(mut at) = (0..lines.len()).find(|&at| lines[at].text.starts_with(['第', '（', '(']) && is_head(at))
    else {
        return lines.len();
    };
    let bare = usize::from(captions::stand_over_articles(lines, at, cx));
    at -= bare;
    while at > 0 && (is_caption(lines, at - 1).is_some() || head::division(&lines[at - 1].text).is_some()) {
        at -= 1;
    }
    at
}

/// The lines of a list of contents, `目次`, and below it `第1条　目的 …… 2` in turn; none at the first line without one.
pub fn contents(lines: &[Line]) -> Range<usize> {
    let is_head =
        |line: &Line| line.text.starts_with('目') && line.text.chars().filter(|c| !is_blank(*c)).eq("目次".chars());
    // it stands before the first article
    let is_article = |line: &Line| line.ordinal && head::article(&line.text).is_some();
    let first = lines.iter().take(60).position(|line| is_head(line) || is_article(line));
    let Some(head) = first.filter(|first| is_head(&lines[*first])) else { return 0..0 };
    let mut last = 0;
    let mut end = 0;
    for (at, line) in lines.iter().enumerate().skip(head + 1) {
        let text: &str = &line.text;
        let article = heads(text).1.filter(|article| !article.rest.is_empty());
        let number = article.and_then(|article| article.number.parse().ok());
        let is_part = || head::division(text).is_some() || OTHERS.iter().any(|part| text.starts_with(part));
        match number {
            // no article that begins again at 第1条, and no sentence
            _ if text.ends_with(['。', '、', 'は']) || text.chars().count() > 60 => break,
            Some(number) if number > last => (last, end) = (number, at + 1),
            None if text.chars().all(|c| c.is_numeric() || is_blank(c) || c == '-') => {}
            None if is_part() => end = if last > 0 { at + 1 } else { end },
            _ => break,
        }
    }
    if end > 0 { head..end } else { 0..0 }
}

/// What contents name beside articles.
const OTHERS: &[&str] = &["前文", "後文", "附則", "別表", "署名", "備考"];

/// `（目的） 第1条 この…`, `第1条`: a caption on the same line, and the head
pub fn heads(text: &str) -> (Option<&str>, Option<head::ArticleHead<'_>>) {
    if text.starts_with('第') {
        return (None, head::article(text));
    }
    let Some(end) = head::closing_bracket(text) else { return (None, None) };
    let rest = text[end..].trim_start_matches(is_blank);
    (Some(&text[..end]), if rest.starts_with('第') { head::article(rest) } else { None })
}

/// How many lines a caption takes that begins here; `None` when it is none. A wrapped one closes its bracket lines later.
pub fn is_caption(lines: &[Line], at: usize) -> Option<usize> {
    let text = lines[at].text.as_ref();
    // most lines begin with words
    if text.starts_with(label::is_letter) {
        return None;
    }
    if text.starts_with(FRAMES.map(|frame| frame.0)) {
        let below = lines.get(at + 1).filter(|below| below.ordinal)?;
        return (framed(text).is_some() && head::article(&below.text).is_some()).then_some(1);
    }
    if !text.starts_with(['（', '(', '〔', '［']) {
        return None;
    }
    let mut whole = Cow::Borrowed(text);
    for (count, line) in lines[at..].iter().take(4).enumerate() {
        if count > 0 {
            whole.to_mut().push_str(&line.text);
        }
        if let Some(end) = head::closing_bracket(&whole) {
            let next = lines.get(at + count + 1).filter(|next| next.text.starts_with('第'))?;
            head::within(&whole).filter(|_| end == whole.len())?;
            let is_caption = !whole.ends_with("。）")
                && (whole.len() <= 90 || whole.chars().count() <= 90)
                && head::item(text).is_none_or(|h| !h.rest.is_empty())
                && head::article(&next.text).is_some();
            return is_caption.then_some(count + 1);
        }
    }
    None
}

/// `【目的】`, `＜目的＞`: brackets that stand around captions only where an article follows.
const FRAMES: [(char, char); 6] = [('【', '】'), ('＜', '＞'), ('<', '>'), ('《', '》'), ('〈', '〉'), ('≪', '≫')];

/// `目的` of `【目的】`
fn framed(text: &str) -> Option<&str> {
    let inner = FRAMES.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))?;
    (!inner.is_empty() && !inner.contains(['。', '、'])).then_some(inner)
}

/// Takes the brackets of a caption, which is known to be one, off its words; they become marks around the leaf.
pub fn unbracket(text: &mut Text, source: &str) {
    let Some(inner) = head::within(&text.text).or_else(|| framed(&text.text)) else { return };
    let close = text.text.chars().next_back().map_or(0, char::len_utf8);
    let open = text.text.chars().next().map_or(0, char::len_utf8);
    let place = place(text, open..text.text.len() - close, source);
    text.text = inner.into();
    let Some(place) = place else { return };
    let inside = |piece: &Span| Span { start: piece.start.max(place.start), end: piece.end.min(place.end) };
    text.pieces = text.pieces.iter().map(inside).filter(|piece| piece.start < piece.end).collect();
}
