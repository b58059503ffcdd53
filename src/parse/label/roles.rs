//! Whose role a label names: `甲の役割`, `甲及び乙並びに丙の役割`, `青葉市の役割`.

use super::{Label, Vocabulary};
use crate::ast::Symbols;
use crate::lines::is_blank;
use crate::parse::party::Party;
use crate::parse::vocabulary::{ALL, ROLE};

/// `甲の役割`
pub fn role_of_one(text: &str, parties: &[Party]) -> Option<Label> {
    let who = text.strip_suffix("の役割")?;
    parties.iter().find(|p| p.symbol == who).map(|party| Label::Role(party.alone.clone()))
}

/// How much of the label of a role is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// `青葉市の役割分担及び`
    Begun,
    /// `青葉市の役割`, though `分担` may follow.
    Whole,
}

/// How much of the label of the role of one party words are, by themselves; `None` where they are none.
pub fn written(word: &str) -> Option<Written> {
    // no label is longer than 40 letters
    if word.len() > 120 {
        return None;
    }
    let (who, what) = word.split_once('の').unwrap_or((word, ""));
    let is_begun = || ROLE.iter().any(|role| role.starts_with(what));
    match may_be_party(who) && !who.contains(is_blank) {
        true if ROLE.contains(&what) => Some(Written::Whole),
        true if is_begun() => Some(Written::Begun),
        _ => None,
    }
}

/// What joins the name of a party and its role.
const JOINS: &[&str] = &["の役割", "の機能", "が担う", "の分担", "が果たす", "の果たす", "の担う", "の主な"];

/// Whether one of them may stand in `text`: a cheap test that looks at two letters, with blanks between them or not.
pub(super) fn may_join(text: &str) -> bool {
    // no label is longer than 40 letters
    let bytes = &text.as_bytes()[..text.len().min(120)];
    let follows = |at: usize| text[at + 1..].chars().find(|c| !is_blank(*c)).unwrap_or(' ');
    let joins = |at: usize| match &bytes[..=at] {
        upto if upto.ends_with("の".as_bytes()) => {
            matches!(follows(at), '役' | '機' | '分' | '果' | '担' | '主')
        }
        upto if upto.ends_with("が".as_bytes()) => matches!(follows(at), '担' | '果'),
        _ => false,
    };
    // the bytes that end の and が
    memchr::memchr2_iter(0xAE, 0x8C, bytes).any(joins)
}

/// `甲の役割`, `甲及び乙並びに丙の役割`, `青葉市の役割分担及び費用分担`, `中心市の役割`
pub(super) fn role(word: &str, parties: &[Party], words: &Vocabulary) -> Option<Vec<String>> {
    let joins =
        |(at, c): &(usize, char)| matches!(c, 'の' | 'が') && JOINS.iter().any(|join| word[*at..].starts_with(join));
    let at = word.char_indices().find(joins).map(|(at, _)| at);
    // 役割（甲）
    if let Some((what, who)) = word.strip_suffix('）').and_then(|word| word.split_once('（'))
        && ROLE.contains(&what)
    {
        return who_is(who, parties);
    }
    let custom = || words.role.iter().find_map(|w| word.strip_suffix(w.as_str()));
    let who = match at {
        Some(at) => {
            let rest = &word[at + 'の'.len_utf8()..];
            // a note in brackets may follow: 甲の役割（中心市）
            let (rest, note) = rest.split_at(rest.find(['（', '(']).unwrap_or(rest.len()));
            if !ROLE.contains(&rest) || !is_note(note) {
                return None;
            }
            &word[..at]
        }
        None => custom()?.trim_end_matches('の'),
    };
    who_is(who, parties)
}

/// `（中心市）`, `（費用の負担を含む。）`, or `（中心` that the line cut; not the `(1)` of a list, nor words behind it
fn is_note(note: &str) -> bool {
    let inner = note.trim_start_matches(['（', '(']);
    let inner = inner.strip_suffix(['）', ')']).map_or(inner, |inner| inner.strip_suffix('。').unwrap_or(inner));
    let is_number = |c: char| matches!(c, '0'..='9' | '０'..='９');
    !inner.contains(['。', '）', ')']) && (note.is_empty() || !inner.chars().all(is_number))
}

/// Whether `text` may begin with a name: the first letter tells nearly all.
pub(super) fn begins_alike(text: &str, name: &str) -> bool {
    let first = |text: &str| text.as_bytes().first_chunk::<3>().copied();
    first(name).is_none_or(|own| first(text) == Some(own))
}

/// `甲`, `青葉市`, `甲（青葉市）` over a column: the roles of one party
pub fn party(text: &str, parties: &[Party]) -> Option<Label> {
    let text = text.trim_start_matches(is_blank);
    let is_named = |name: &str| {
        if !begins_alike(text, name) {
            return false;
        }
        let after = text.strip_prefix(name).map(|after| after.trim_start_matches(is_blank));
        after.is_some_and(|after| after.is_empty() || after.starts_with(['（', '(']))
    };
    let party = parties.iter().find(|p| is_named(&p.symbol) || p.names.iter().any(|known| is_named(known)))?;
    Some(Label::Role(party.alone.clone()))
}

/// The parties, all of them defined, that words name: `甲`, `甲及び乙`, `甲乙`, `青葉市`, `両市町`
pub fn known(who: &str, parties: &[Party]) -> Option<Symbols> {
    let named = match ALL.contains(&who) && parties.len() != 2 {
        // `甲乙` where there is 丙, too
        true => who.chars().map(String::from).collect(),
        false => who_is(who, parties)?,
    };
    let is_known = |symbol: &String| parties.iter().any(|p| p.symbol == *symbol);
    named.iter().all(is_known).then(|| {
        let mut all: Vec<String> = parties.iter().map(|p| p.symbol.clone()).filter(|s| named.contains(s)).collect();
        all.dedup();
        all.into()
    })
}

/// The symbols that a label names: `甲及び乙`, `青葉市`, `両市`
fn who_is(who: &str, parties: &[Party]) -> Option<Vec<String>> {
    if who.is_empty() {
        return None;
    }
    if ALL.contains(&who) {
        let all: Vec<String> = parties.iter().map(|p| p.symbol.clone()).collect();
        return (all.len() > 1).then_some(all);
    }
    let mut symbols = Vec::new();
    let mut rest = Some(who);
    while let Some(words) = rest {
        let joint = words.char_indices().find_map(|(at, c)| Some((at, joint(c, &words[at..])?)));
        let part = joint.map_or(words, |(at, _)| &words[..at]);
        rest = joint.map(|(at, len)| &words[at + len..]);
        // 甲（中心市）の役割, 甲側の役割
        let part = part.split(['（', '(']).next().unwrap_or(part).trim_matches(is_blank).trim_end_matches('側');
        if part.is_empty() {
            continue;
        }
        let known = parties.iter().find(|p| {
            p.symbol == part || p.names.iter().any(|n| n == part || n.ends_with(part) && part.chars().count() > 1)
        });
        match known {
            Some(party) => symbols.push(party.symbol.clone()),
            None if may_be_party(part) => symbols.push(part.to_string()),
            None => return None,
        }
    }
    (!symbols.is_empty()).then_some(symbols)
}

/// How long what joins two parties is, where it stands first in `words`: `・`, `及び`
fn joint(first: char, words: &str) -> Option<usize> {
    let word = match first {
        '・' | '、' | '，' => return Some(first.len_utf8()),
        '及' => "及び",
        '並' => "並びに",
        '又' => "又は",
        _ => return None,
    };
    words.starts_with(word).then_some(word.len())
}

/// 甲, 乙 …; a name that ends as a municipality does; the words of visions.
fn may_be_party(part: &str) -> bool {
    is_stem(part)
        || (part.ends_with(['市', '町', '村', '区', '県', '府', '都', '道', '圏', '合'])
            && part.chars().count() <= 14
            && !part.contains(['の', 'を', 'は']))
        || matches!(part, "中心市" | "近隣市町" | "近隣市町村" | "連携市町" | "連携中枢都市" | "構成市町")
}

/// 甲乙丙丁…, one letter.
pub fn is_stem(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if is_symbol(c))
}

/// 甲, 乙, 丙, 丁 …
pub fn is_symbol(c: char) -> bool {
    matches!(c, '甲' | '乙' | '丙' | '丁' | '戊' | '己' | '庚' | '辛' | '壬' | '癸')
}
