//! Roles in one cell, each behind a mark that names its party: `【甲】文。【乙】文。`, `○甲　文。⏎○乙　文。`, `甲：文。⏎乙：文。`,
//! `甲の役割　文。⏎乙の役割　文。`

use super::label::{self, BRACKETS, Label, MARKS, Vocabulary};
use super::party::Party;
use crate::ast::{Role, Symbols, Text};
use crate::lines::{is_blank, join};
use std::ops::Range;

/// No mark is longer, in bytes.
const LONGEST: usize = 80;

/// How a mark is written; those of one cell are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    bullet: Option<char>,
    open: Option<char>,
    colon: bool,
}

impl Style {
    /// Whether no word of a sentence looks like it: `【甲】`, unlike `（甲）` and `○甲 `
    fn is_plain(self) -> bool {
        self.open.is_some_and(|open| !matches!(open, '（' | '('))
    }
}

/// `【甲】`, `○乙　`: whom the words behind it belong to, and its bytes.
#[derive(Clone, Debug)]
struct Mark {
    who: Symbols,
    len: usize,
    style: Style,
}

/// Whose mark a text begins with, and how many bytes it has.
pub fn begins(text: &str, parties: &[Party]) -> Option<(Symbols, usize)> {
    mark(text, parties).map(|mark| (mark.who, mark.len))
}

/// `【甲】`, `・甲：`, `甲（青葉市）：`, `○甲　`, `甲の役割　`
fn mark(text: &str, parties: &[Party]) -> Option<Mark> {
    named(text, parties).or_else(|| labelled(text, parties))
}

/// `甲の役割　文`, `甲の役割文`
fn labelled(text: &str, parties: &[Party]) -> Option<Mark> {
    let text = &text[..text.floor_char_boundary(2 * LONGEST)];
    let (Label::Role(who), _, rest) = label::prefix(text, parties, &Vocabulary::default())? else { return None };
    Some(Mark { who, len: text.len() - rest.len(), style: Style { bullet: None, open: None, colon: false } })
}

/// `【甲】`, `・甲：`, `甲（青葉市）：`, `○甲　`
fn named(text: &str, parties: &[Party]) -> Option<Mark> {
    // a mark ends soon: what follows, brackets that nothing closes, is not looked into from each of its letters
    let text = &text[..text.floor_char_boundary(2 * LONGEST)];
    let bullet = text.chars().next().filter(|c| MARKS.contains(c));
    let bare = text.trim_start_matches(|c| Some(c) == bullet || bullet.is_some() && is_blank(c));
    let bracket = BRACKETS.iter().find(|(open, _)| bare.starts_with(*open));
    let (who, rest) = match bracket {
        Some((open, close)) => bare[open.len_utf8()..].split_once(*close)?,
        None => bare.split_at(bare.find(|c| matches!(c, '：' | ':' | '。' | '、' | '\n') || is_blank(c))?),
    };
    let colon = rest.starts_with(['：', ':']);
    // `○甲　文`, but no `甲 文`: a blank alone may be an extractor's
    let is_ended = bracket.is_some() || colon || bullet.is_some() && rest.starts_with(is_blank);
    if !is_ended || who.len() > LONGEST {
        return None;
    }
    let rest = rest.strip_prefix(['：', ':']).unwrap_or(rest).trim_start_matches(is_blank);
    let style = Style { bullet, open: bracket.map(|(open, _)| *open), colon };
    Some(Mark { who: holder(who, parties)?, len: text.len() - rest.len(), style })
}

/// `甲`, `青葉市`, `甲（青葉市）`, `甲及び乙`, `甲の役割`
pub fn holder(who: &str, parties: &[Party]) -> Option<Symbols> {
    let role = || label::label(who, parties, &Vocabulary::default());
    match label::party(who, parties) {
        Some(Label::Role(who)) => Some(who),
        _ => label::known(who, parties).or_else(|| match role() {
            Some(Label::Role(who)) => Some(who),
            _ => None,
        }),
    }
}

/// The roles behind the marks of a text that begins with one, in their order; `None` where a party has two of them.
pub fn shared(text: &Text, parties: &[Party], source: &str) -> Option<Vec<Role>> {
    let words = text.text.as_str();
    let style = mark(words, parties)?.style;
    let found: Vec<(usize, Mark)> = marks(words, style, parties).collect();
    let is_again = |at: usize| found[..at].iter().any(|(_, mark)| mark.who == found[at].1.who);
    if (0..found.len()).any(is_again) {
        return None;
    }
    let ends = found.iter().skip(1).map(|(start, _)| *start).chain([words.len()]);
    let ranges = found.iter().zip(ends).flat_map(|((start, mark), end)| {
        let from = start + mark.len;
        [*start..from, from..from + words[from..end].trim_end().len()]
    });
    let ranges: Vec<Range<usize>> = ranges.collect();
    let mut parts = join::parts(text, &ranges, source)?.into_iter();
    let role = |(_, mark): (usize, Mark)| Some(Role { label: parts.next()?, parties: mark.who, text: parts.next()? });
    found.into_iter().map(role).collect()
}

/// The marks of a text that are written like its first one: at its start, behind a sentence, at the start of a line.
fn marks<'a>(words: &'a str, style: Style, parties: &'a [Party]) -> impl Iterator<Item = (usize, Mark)> + 'a {
    let mut before = '\n';
    let starts = words.char_indices().filter_map(move |(at, c)| {
        let may_begin = style.is_plain() || matches!(before, '\n' | '。' | '）' | ')');
        if !is_blank(c) {
            before = c;
        }
        let first = style.bullet.or(style.open);
        (may_begin && first.is_none_or(|first| first == c)).then_some(at)
    });
    starts.filter_map(move |at| mark(&words[at..], parties).filter(|mark| mark.style == style).map(|mark| (at, mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_parties() {
        let names = [("甲", "青葉市"), ("乙", "若草町")];
        let two: Vec<Party> =
            names.iter().map(|(s, n)| Party::new(s.to_string(), vec![n.to_string()], (0, 0))).collect();
        for (text, expected) in [
            ("【甲】車を買う。【乙】小屋を建てる。", "甲:車を買う。|乙:小屋を建てる。"),
            ("【甲】なし【乙】小屋を建てる。", "甲:なし|乙:小屋を建てる。"),
            ("【甲の役割】車の手配【乙の役割】小屋の用意", "甲:車の手配|乙:小屋の用意"),
            (
                "甲の役割車を買う。乙の役割は小屋に限る。乙の役割小屋を建てる。",
                "甲:車を買う。乙の役割は小屋に限る。|乙:小屋を建てる。",
            ),
            ("○甲　車を買う。\n○乙　小屋を建てる。", "甲:車を買う。|乙:小屋を建てる。"),
            ("甲：車を買う。人を雇う。乙：小屋を建てる。", "甲:車を買う。人を雇う。|乙:小屋を建てる。"),
            ("・青葉市：車を買う。\n・若草町：小屋を建てる。", "甲:車を買う。|乙:小屋を建てる。"),
            ("（甲）乙（若草町）に車を貸す。（乙）小屋を建てる。", "甲:乙（若草町）に車を貸す。|乙:小屋を建てる。"),
            ("甲 車を買う。", "-"),
            ("【甲】車を買う。【甲】人を雇う。", "-"),
            ("【費用】半分ずつとする。", "-"),
        ] {
            let text = Text { text: text.into(), pieces: Default::default() };
            let roles = shared(&text, &two, "").map_or("-".to_string(), |roles| {
                let said = |role: &Role| format!("{}:{}", role.parties.concat(), role.text.text);
                roles.iter().map(said).collect::<Vec<_>>().join("|")
            });
            assert_eq!(roles, expected, "{}", text.text);
        }
    }
}
