//! Roles in sentences under one label for all parties: `役割分担　甲は、…する。乙は、…する。甲及び乙は、…する。` Each party has its own
//! sentences, where every one begins with its subject; else the text stays a joint role.

use super::Context;
use super::holders;
use super::label::{self, Label, Vocabulary};
use super::party::Party;
use crate::ast::{Agreement, Cell, Field, Initiative, Item, Role, Symbols, Text};
use crate::diagnostics::{Severity, Words};
use crate::lines::join;
use crate::span::Span;
use std::ops::Range;

/// No subject is longer, in bytes.
const LONGEST: usize = 90;

/// Shares the sentences of joint roles out among their parties; tells where that cannot be done though several of them are named.
pub fn share(cx: &mut Context) {
    let mut tree = std::mem::take(&mut cx.tree);
    let mut unsure = Vec::new();
    in_tree(&mut tree, &mut Sharing { parties: &cx.parties, source: cx.source, unsure: &mut unsure });
    cx.tree = tree;
    for span in unsure {
        let words = Words::new(
            "一つの欄に双方の役割があり、主語のない文がどちらの役割か決められません。全文を双方の役割としました。",
            "roles of several parties in one cell: whose a sentence without a subject is, is not told; all of it stands under each",
        );
        cx.complain("cell-torn", Severity::Warning, "", Some(span), words);
    }
}

/// What is needed to share roles out, and the joint ones that were left though their sentences name several parties.
struct Sharing<'a> {
    parties: &'a [Party],
    source: &'a str,
    unsure: &'a mut Vec<Span>,
}

fn in_tree(tree: &mut Agreement, cx: &mut Sharing) {
    let paragraphs = tree.articles.iter_mut().flat_map(|article| &mut article.paragraphs);
    for paragraph in paragraphs.chain(tree.supplementary.iter_mut().flat_map(|block| &mut block.paragraphs)) {
        in_fields(&mut paragraph.fields, cx);
        in_items(&mut paragraph.items, cx);
    }
    tree.tables.iter_mut().for_each(|table| in_fields(&mut table.fields, cx));
}

fn in_items(items: &mut [Item], cx: &mut Sharing) {
    for item in items {
        in_fields(&mut item.fields, cx);
        in_items(&mut item.items, cx);
    }
}

fn in_fields(fields: &mut [Field], cx: &mut Sharing) {
    for initiative in fields.iter_mut().flat_map(|field| &mut field.initiatives) {
        let joint =
            |role: &Role| role.parties.len() > 1 && !role.text.is_empty() && is_for_all(&role.label, cx.parties);
        let Some(at) = initiative.roles.iter().position(joint) else { continue };
        let text = &initiative.roles[at].text;
        match roles(text, cx.parties, cx.source) {
            Some(roles) => put(initiative, at, roles),
            None if names_several(&text.text, cx.parties) => cx.unsure.extend(text.span()),
            None => {}
        }
    }
}

/// Whether sentences of a text have different subjects.
fn names_several(text: &str, parties: &[Party]) -> bool {
    let ranges = ranges(text);
    let mut subjects = ranges.iter().filter_map(|range| subject(&text[range.clone()], parties));
    subjects.next().is_some_and(|first| subjects.any(|other| other != first))
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

/// `その費用を出す。`: a sentence that is about nobody and nothing else than the one before it
fn goes_on(sentence: &str, parties: &[Party]) -> bool {
    let is_party = |before: &str| {
        parties
            .iter()
            .any(|party| party.names.iter().chain([&party.symbol]).any(|name| before.ends_with(name.as_str())))
    };
    let is_noun = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | 'ァ'..='ー' | '）' | ')' | '」');
    sentence.match_indices(['は', 'が', 'も']).all(|(at, mark)| {
        let (before, after) = (&sentence[..at], &sentence[at + mark.len()..]);
        let is_or = before.ends_with(['又', 'た', 'い']);
        let is_case = || before.ends_with(['に', 'で', 'と', 'ら']);
        let is_topic = !is_or && (before.ends_with(is_noun) || after.starts_with('、') && !is_case());
        !(mark == "は" && is_topic || is_party(before))
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
            ("甲は、車を買う。費用については、別に定める。", "甲-"),
            ("甲は、車を買う。車の手入れは、業者に頼む。", "甲-"),
            ("甲は、車を買う。雪の日には、道を開ける。", "甲甲"),
            ("甲は、車を買う。乙又は県と話し合い、道を直す。", "甲甲"),
            ("甲は、車を買う。道又は橋を直すとともに、乙が行う見守りを助ける。", "甲-"),
            ("甲は、車を買う。その費用を出す。乙は、道を直す。雪の日には除雪をする。", "甲甲乙乙"),
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
