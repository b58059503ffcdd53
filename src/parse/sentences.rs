//! Roles in sentences under one label for all parties: `役割分担　甲は、…する。乙は、…する。甲及び乙は、…する。` Each party has its own
//! sentences, where every one begins with its subject; else the text stays a joint role.

use super::holders;
use super::label::{self, Label, Vocabulary};
use super::party::Party;
use crate::ast::{Agreement, Cell, Field, Initiative, Item, Role, Symbols, Text};
use crate::lines::join;
use std::ops::Range;

/// No subject is longer, in bytes.
const LONGEST: usize = 90;

/// Shares the sentences of joint roles out among their parties.
pub fn share(tree: &mut Agreement, parties: &[Party], source: &str) {
    let paragraphs = tree.articles.iter_mut().flat_map(|article| &mut article.paragraphs);
    for paragraph in paragraphs.chain(tree.supplementary.iter_mut().flat_map(|block| &mut block.paragraphs)) {
        in_fields(&mut paragraph.fields, parties, source);
        in_items(&mut paragraph.items, parties, source);
    }
    tree.tables.iter_mut().for_each(|table| in_fields(&mut table.fields, parties, source));
}

fn in_items(items: &mut [Item], parties: &[Party], source: &str) {
    for item in items {
        in_fields(&mut item.fields, parties, source);
        in_items(&mut item.items, parties, source);
    }
}

fn in_fields(fields: &mut [Field], parties: &[Party], source: &str) {
    for initiative in fields.iter_mut().flat_map(|field| &mut field.initiatives) {
        let joint = |role: &Role| role.parties.len() > 1 && !role.text.is_empty() && is_for_all(&role.label, parties);
        if let Some(at) = initiative.roles.iter().position(joint)
            && let Some(roles) = initiative.roles.get(at).and_then(|role| roles(&role.text, parties, source))
        {
            put(initiative, at, roles);
        }
    }
}

/// `役割分担`, `(b) 役割分担`, or a header row: no label that names the parties
fn is_for_all(label: &Text, parties: &[Party]) -> bool {
    let word = label.text.rsplit(' ').next().unwrap_or_default();
    label.is_empty() || label::label(word, parties, &Vocabulary::default()) == Some(Label::Container)
}

/// Puts the roles in the place of the joint one; its label stays a cell without words.
fn put(initiative: &mut Initiative, at: usize, roles: Vec<Role>) {
    let label = initiative.roles.remove(at).label;
    if !label.is_empty() {
        initiative.others.push(Cell { label, text: Text::default() });
    }
    initiative.roles.insert_many(at, roles);
}

/// The roles that a joint one states: behind marks, or in sentences.
fn roles(text: &Text, parties: &[Party], source: &str) -> Option<Vec<Role>> {
    holders::shared(text, parties, source).or_else(|| shared(text, parties, source))
}

/// The roles that the sentences of a text state, in their order; `None` if one has no subject, or all have the same.
fn shared(text: &Text, parties: &[Party], source: &str) -> Option<Vec<Role>> {
    let ranges = ranges(&text.text);
    let subjects: Vec<Symbols> = subjects(&text.text, &ranges, parties).into_iter().collect::<Option<_>>()?;
    if subjects.iter().all(|s| s.len() > 1) {
        return None;
    }
    // sentences of one subject that follow each other stay one text
    let runs: Vec<(Symbols, Range<usize>)> =
        subjects.into_iter().zip(ranges).fold(Vec::new(), |mut runs, (who, range)| {
            match runs.last_mut() {
                Some((last, open)) if *last == who => open.end = range.end,
                _ => runs.push((who, range)),
            }
            runs
        });
    let ranges: Vec<Range<usize>> = runs.iter().map(|(_, range)| range.clone()).collect();
    let mut roles: Vec<Role> = Vec::new();
    for ((who, _), text) in runs.iter().zip(join::parts(text, &ranges, source)?) {
        match roles.iter_mut().find(|role| role.parties == *who) {
            Some(role) => role.text.append_line(text),
            None => roles.push(Role { label: Text::default(), parties: who.clone(), text }),
        }
    }
    Some(roles)
}

/// `甲は、…する。⏎乙は、…する。`: where each sentence stands; 。 in brackets ends none
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '「' | '（' | '(' => depth += 1,
            '」' | '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let end = at + c.len_utf8();
        if (c == '。' && depth == 0) || end == text.len() {
            let words = &text[start..end];
            let from = end - words.trim_start().len();
            if !words.trim().is_empty() {
                out.push(from..from + words.trim().len());
            }
            start = end;
        }
    }
    out
}

/// Whom each sentence is about: `甲は、…する。また、…する。` goes on with 甲
pub fn subjects(text: &str, ranges: &[Range<usize>], parties: &[Party]) -> Vec<Option<Symbols>> {
    let mut out: Vec<Option<Symbols>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        let sentence = &text[range.clone()];
        let known = subject(sentence, parties);
        let last = || out.last().cloned().flatten().filter(|_| goes_on(sentence, parties));
        out.push(known.or_else(last));
    }
    out
}

/// `また、…`: a sentence that adds to the one before it, and is about nobody else
fn goes_on(sentence: &str, parties: &[Party]) -> bool {
    let rest =
        ["また、", "さらに、", "更に、", "併せて、", "あわせて、"].iter().find_map(|word| sentence.strip_prefix(word));
    rest.is_some_and(|rest| {
        !parties.iter().any(|party| party.names.iter().chain([&party.symbol]).any(|name| rest.contains(name.as_str())))
    })
}

/// `甲及び乙は、…`: whom a sentence is about, if it is about nobody else
pub fn subject(sentence: &str, parties: &[Party]) -> Option<Symbols> {
    let (who, rest) = sentence.split_once('は').filter(|(who, _)| who.len() <= LONGEST)?;
    let symbols = label::known(who, parties)?;
    // 甲は、…し、乙は、…する
    let other =
        |name: &String| rest.match_indices(name.as_str()).any(|(at, _)| rest[at + name.len()..].starts_with('は'));
    let named = parties.iter().flat_map(|party| party.names.iter().chain([&party.symbol]));
    let is_parted =
        rest.starts_with(['、', '，', ' ', '\u{3000}']) || rest.starts_with(|c: char| !('ぁ'..='ん').contains(&c));
    (is_parted && !named.into_iter().any(other)).then_some(symbols)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(names: &[(&str, &str)]) -> Vec<Party> {
        names.iter().map(|(s, n)| Party::new(s.to_string(), vec![n.to_string()], (0, 0))).collect()
    }

    #[test]
    fn a_sentence_has_one_subject() {
        let two = parties(&[("甲", "青葉市"), ("乙", "若草町")]);
        let three = parties(&[("甲", "青葉市"), ("乙", "若草町"), ("丙", "楓村")]);
        for (parties, sentence, expected) in [
            (&two, "甲は、車を買う。", Some("甲")),
            (&two, "乙は停留所を建てる。", Some("乙")),
            (&two, "若草町は、停留所を建てる。", Some("乙")),
            (&two, "甲及び乙は、運賃を話し合う。", Some("甲乙")),
            (&two, "甲乙は、運賃を話し合う。", Some("甲乙")),
            (&two, "両市町は、運賃を話し合う。", Some("甲乙")),
            (&three, "甲乙は、運賃を話し合う。", Some("甲乙")),
            (&three, "甲、乙及び丙は、運賃を話し合う。", Some("甲乙丙")),
            (&three, "両市町は、運賃を話し合う。", None),
            (&two, "甲は、車を買い、乙は、停留所を建てる。", None),
            (&two, "甲はじめ近くの町が集まる。", None),
            (&two, "また、運賃は甲が決める。", None),
            (&two, "甲の消防本部は、車を買う。", None),
            (&two, "白波市は、車を買う。", None),
            (&two, "運賃を話し合う。", None),
        ] {
            assert_eq!(subject(sentence, parties).map(|s| s.concat()).as_deref(), expected, "{sentence}");
        }
    }

    #[test]
    fn sentences_that_add_have_the_subject_before() {
        let parties = parties(&[("甲", "青葉市"), ("乙", "若草町")]);
        for (text, expected) in [
            ("甲は、車を買う。また、費用を出す。", "甲甲"),
            ("甲は、車を買う。また、乙が費用を出す。", "甲-"),
            ("また、費用を出す。甲は、車を買う。", "-甲"),
            ("甲は、車を買う。費用は別に定める。", "甲-"),
        ] {
            let found = subjects(text, &ranges(text), &parties);
            let found: String =
                found.iter().map(|who| who.as_ref().map_or("-".to_string(), |who| who.concat())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_outside_brackets() {
        let text = "甲は、車（中古を含む。）を買う。\n乙は、停留所を建てる";
        let found: Vec<&str> = ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["甲は、車（中古を含む。）を買う。", "乙は、停留所を建てる"]);
    }
}
