//! Plays the instructions of an amendment.

use super::block;
use super::instruction::{Act, Amendment, Instruction, Place, Side, Step};
use super::misfit::Fault;
use super::shift::{between, shift, shift_all};
use super::target::{self, Aspect, Slot, Target, Way, at, at_mut};
use super::wording;
use crate::diagnostics::Diagnostic;
use crate::diff::tree::detail;
use crate::diff::{self, Branch, Diff, Part, fold};
use crate::output::canonical;
use crate::parse::{date, head, party};
use crate::schema::Agreement;

/// What an amendment makes of an agreement.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The consolidated agreement; what did not fit is left as it was.
    pub agreement: Agreement,
    /// Every instruction that did not fit, or that fits more places than one, in their order.
    pub misfits: Vec<Diagnostic>,
    /// From the base to the consolidated agreement.
    pub diff: Diff,
}

/// Plays the instructions in their order; each one fits as a whole or changes nothing.
pub fn apply(amendment: &Amendment, base: &Agreement) -> Outcome {
    if let Some(restated) = &amendment.restated {
        let diff = diff::diff(base, restated);
        return Outcome { agreement: restated.clone(), misfits: Vec::new(), diff };
    }
    let mut doc = diff::branch(base);
    let misfits = amendment.instructions.iter().flat_map(|i| play(&mut doc, i)).collect();
    let agreement = finish(&doc, base);
    let diff = diff::diff(base, &agreement);
    Outcome { agreement, misfits, diff }
}

/// Plays one instruction; what did not fit comes out.
pub(super) fn play(doc: &mut Branch, instruction: &Instruction) -> Option<Diagnostic> {
    let fault = match act(doc, &instruction.place, &instruction.act) {
        Ok(note) => note?,
        Err(fault) => fault,
    };
    Some(fault.finding(doc, instruction))
}

/// Gives the agreement what only a reading knows: references, kind, coverage.
fn finish(doc: &Branch, base: &Agreement) -> Agreement {
    let mut out = diff::restore(doc);
    let read = block::agreement(&canonical::write(&out));
    out.kind = base.kind;
    out.source = base.source.clone();
    for party in &mut out.parties {
        if let Some(old) = base.parties.iter().find(|p| fold::same(&p.name, &party.name)) {
            party.names.clone_from(&old.names);
        }
    }
    if diff::same_content(&out, &read) {
        (out.kind, out.references, out.coverage) = (read.kind, read.references, read.coverage);
    }
    out.unparsed = base.unparsed.clone();
    out
}

pub(super) type Played = Result<Option<Fault>, Fault>;

/// Does one thing at one place; `Ok` holds what there is to say about it all the same.
pub(super) fn act(doc: &mut Branch, place: &Place, act: &Act) -> Played {
    if let Act::Columns { rows } = act {
        return wording::columns(doc, rows);
    }
    if let Act::Restate { block } = act {
        return restate(doc, place, block);
    }
    let target = target::resolve(doc, place)?;
    match act {
        Act::Replace { from, to, all } => wording::replace(doc, &target, from, to, *all),
        Act::Delete { words } => wording::replace(doc, &target, words, "", false),
        Act::Insert { at, words, side } => wording::insert(doc, &target, at, words, *side),
        Act::Set { words } => set(doc, &target, words),
        Act::Rewrite { block } => rewrite(doc, &target, block),
        Act::Add { .. } => add(doc, &target, act),
        Act::Shift { to } => shift(doc, &target, to),
        Act::Move { until, by } => shift_all(doc, &target, &target::resolve(doc, until)?, *by),
        Act::Remove { until } => {
            let last = until.as_ref().map(|p| target::resolve(doc, p)).transpose()?;
            remove(doc, &target, last.as_ref())
        }
        Act::Columns { .. } | Act::Restate { .. } => Ok(None),
    }
}

pub(super) fn unfit(target: &Target) -> Fault {
    Fault::Unfit { way: target.way.clone() }
}

fn unread(way: &[usize], rest: &str) -> Fault {
    Fault::Block { way: way.to_vec(), rest: rest.to_string() }
}

/// `別表第1の全部を次のように改める`; of the whole agreement, everything
fn restate(doc: &mut Branch, place: &Place, text: &str) -> Played {
    if !place.is_empty() {
        let target = target::resolve(doc, place)?;
        return rewrite(doc, &target, text);
    }
    let new = block::agreement(text);
    if new.articles.is_empty() {
        return Err(unread(&[], text));
    }
    *doc = diff::branch(&new);
    Ok(None)
}

/// Gives a node other words, and what follows from them.
pub(super) fn set_text(doc: &mut Branch, way: &[usize], words: String) {
    let Some(node) = at_mut(doc, way) else { return };
    let old = std::mem::replace(&mut node.text, words);
    match node.part {
        Part::Date => node.number = date::date(&node.text).and_then(|(d, _)| d.iso()).unwrap_or_default(),
        Part::Preamble => {
            let new = party::definitions(&node.text).0;
            let before = party::definitions(&old).0;
            for party in new {
                let known = before.iter().any(|p| p.symbol == party.symbol && p.names == party.names);
                if !known && !party.names.is_empty() {
                    set_detail(doc, &party.symbol, detail::NAME, &party.names.join("・"));
                }
            }
        }
        _ => {}
    }
}

/// Sets a property of a party; empty words take it away.
fn set_detail(doc: &mut Branch, symbol: &str, name: &str, words: &str) {
    let party = doc.children.iter_mut().find(|c| c.part == Part::Party && c.name == symbol);
    let Some(party) = party else { return };
    let order = [detail::NAME, detail::ADDRESS, detail::OFFICE, detail::PERSON];
    let rank = |name: &str| order.iter().position(|o| *o == name).unwrap_or(order.len());
    party.children.retain(|d| d.name != name);
    if !words.is_empty() {
        let place = party.children.iter().position(|d| rank(&d.name) > rank(name)).unwrap_or(party.children.len());
        let node = Branch { name: name.into(), text: words.into(), ..block::empty(Part::Detail) };
        party.children.insert(place, node);
    }
}

/// Without the brackets of a caption.
fn caption(words: &str) -> &str {
    head::bracketed(words.trim()).unwrap_or(words.trim())
}

/// `第3条の見出しを「（B）」に改める`
fn set(doc: &mut Branch, target: &Target, words: &str) -> Played {
    let node = at_mut(doc, &target.way).ok_or_else(|| unfit(target))?;
    match (&target.aspect, node.part) {
        (Aspect::Name, Part::Article) => node.name = caption(words).to_string(),
        (Aspect::Name, Part::Table | Part::Field | Part::Initiative) => node.name = words.to_string(),
        (Aspect::Number, Part::Field) => node.number = words.to_string(),
        (Aspect::Detail(name), _) => {
            let symbol = node.name.clone();
            set_detail(doc, &symbol, name, words);
        }
        (Aspect::Slice(range), _) => {
            let text = splice(&node.text, range.clone(), words);
            set_text(doc, &target.way, text);
        }
        (Aspect::Text, _) => set_text(doc, &target.way, words.to_string()),
        (Aspect::Whole, Part::Title | Part::Preamble | Part::Closing | Part::Date | Part::Content) => {
            set_text(doc, &target.way, words.to_string());
        }
        (Aspect::Whole, Part::Role | Part::Remark | Part::Detail) => set_text(doc, &target.way, words.to_string()),
        _ => return Err(unfit(target)),
    }
    Ok(None)
}

pub(super) fn splice(text: &str, range: std::ops::Range<usize>, words: &str) -> String {
    let (before, after) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
    [before, words, after].concat()
}

/// `第5条を次のように改める`
fn rewrite(doc: &mut Branch, target: &Target, text: &str) -> Played {
    let structured = [
        Part::Article,
        Part::Paragraph,
        Part::Item,
        Part::Table,
        Part::Field,
        Part::Initiative,
        Part::Row,
        Part::Supplementary,
    ];
    let old = at(doc, &target.way).ok_or_else(|| unfit(target))?;
    if target.aspect != Aspect::Whole || !structured.contains(&old.part) {
        let words = block::words(text);
        if words.is_empty() {
            return Err(unread(&target.way, text));
        }
        return set(doc, target, &words);
    }
    let (Some((&last, above)), old) = (target.way.split_last(), old.clone()) else { return Err(unfit(target)) };
    let mut nodes = read(doc, text, old.part, above)?;
    let many = nodes.len() > 1;
    if let Some(first) = nodes.first_mut() {
        let keep = |new: &mut String, old: &String| {
            if new.is_empty() {
                new.clone_from(old);
            }
        };
        match old.part {
            Part::Paragraph | Part::Field => keep(&mut first.number, &old.number),
            Part::Initiative => keep(&mut first.name, &old.name),
            Part::Article => inherit(first, &old),
            _ => {}
        }
        if old.part == Part::Field && !many {
            keep(&mut first.name, &old.name);
        }
    }
    if let Some(parent) = at_mut(doc, above) {
        parent.children.splice(last..=last, nodes);
    }
    Ok(None)
}

/// An article stands in the chapter of its neighbour unless it names one.
fn inherit(new: &mut Branch, neighbour: &Branch) {
    let is_division = |d: &&Branch| d.part == Part::Detail && d.name == detail::DIVISION;
    if !new.children.iter().any(|d| is_division(&d))
        && let Some(division) = neighbour.children.iter().find(is_division)
    {
        new.children.insert(0, division.clone());
    }
}

/// Reads new provisions for the node at `above`.
fn read(doc: &Branch, text: &str, part: Part, above: &[usize]) -> Result<Vec<Branch>, Fault> {
    let inside = at(doc, above).map_or(Part::Agreement, |n| n.part);
    let found = block::read(text, part, inside, doc);
    if !found.rest.is_empty() {
        return Err(unread(above, &found.rest));
    }
    if found.nodes.is_empty() {
        return Err(unread(above, text));
    }
    Ok(found.nodes)
}

/// What is added: by the word of the sentence, else by where it is added.
fn kind(unit: Option<char>, node: &Branch, beside: bool) -> Part {
    let in_table = matches!(node.part, Part::Table | Part::Field | Part::Initiative);
    match unit {
        Some('条') => Part::Article,
        Some('項') if !in_table => Part::Paragraph,
        Some('号') => Part::Item,
        Some('表') if !(in_table && node.part != Part::Table) => Part::Table,
        Some('部') => Part::Field,
        _ if beside => node.part,
        _ => match node.part {
            Part::Agreement => Part::Article,
            Part::Article | Part::Supplementary => Part::Paragraph,
            Part::Item if node.children.iter().any(|c| c.part == Part::Field) => Part::Field,
            Part::Table if node.children.iter().any(|c| c.part == Part::Row) => Part::Row,
            Part::Table => Part::Field,
            Part::Field => Part::Initiative,
            _ => Part::Item,
        },
    }
}

/// `第4条の次に次の1条を加える`, `第3条に次の1項を加える`, `第2項に後段として次のように加える`
fn add(doc: &mut Branch, target: &Target, act: &Act) -> Played {
    let Act::Add { side, role, unit, count, block: text } = act else { return Ok(None) };
    let node = at(doc, &target.way).ok_or_else(|| unfit(target))?;
    let sentence = matches!(role, Some(Step::Proviso | Step::Second));
    if sentence && side.is_none() {
        let way = lone(node, &target.way);
        let old = at(doc, &way).filter(|n| !n.text.is_empty()).map(|n| n.text.as_str()).ok_or_else(|| unfit(target))?;
        let (lead, tail) = old.split_once('\n').map_or((old, String::new()), |(l, t)| (l, format!("\n{t}")));
        let words = [lead, &block::words(text), &tail].concat();
        set_text(doc, &way, words);
        return Ok(None);
    }
    if matches!(role, Some(Step::Name)) && side.is_none() {
        return set(doc, &Target { way: target.way.clone(), aspect: Aspect::Name }, text);
    }
    let part = kind(*unit, node, side.is_some());
    let above = match (side, target.way.split_last()) {
        (Some(_), Some((_, above))) => above.to_vec(),
        (None, _) if part == Part::Item => lone(node, &target.way),
        (None, _) => target.way.clone(),
        (Some(_), None) => return Err(unfit(target)),
    };
    if side.is_some() && node.part != part {
        return Err(unfit(target));
    }
    let mut nodes = read(doc, text, part, &above)?;
    let index = index(doc, &above, part, *side, target, role.as_ref());
    let parent = at(doc, &above).ok_or_else(|| unfit(target))?;
    if let Some(neighbour) = index.checked_sub(1).and_then(|i| parent.children.get(i)).or(parent.children.get(index)) {
        nodes.iter_mut().filter(|n| n.part == Part::Article).for_each(|n| inherit(n, neighbour));
    }
    if let Some(first) = nodes.first_mut().filter(|n| n.part == Part::Paragraph && n.number.is_empty()) {
        let before =
            index.checked_sub(1).and_then(|i| parent.children.get(i)).and_then(|p| p.number.parse::<u32>().ok());
        first.number = (before.unwrap_or(0) + 1).to_string();
    }
    let found = nodes.len();
    for new in nodes.iter().filter(|n| is_numbered(n.part)) {
        let same = |c: &Branch| c.part == new.part && fold::same(&c.number, &new.number);
        if let Some(at) = parent.children.iter().position(same) {
            return Err(Fault::Taken { way: [above, vec![at]].concat() });
        }
    }
    let way = above.clone();
    if let Some(parent) = at_mut(doc, &above) {
        let index = index.min(parent.children.len());
        parent.children.splice(index..index, nodes);
    }
    Ok(count.filter(|said| *said as usize != found).map(|said| Fault::Count { way, said, found }))
}

/// Siblings of this part must have different numbers.
fn is_numbered(part: Part) -> bool {
    matches!(part, Part::Article | Part::Paragraph | Part::Table | Part::Item)
}

/// The only 項 of an article, or the node itself.
fn lone(node: &Branch, way: &[usize]) -> Way {
    let mut paragraphs = node.children.iter().enumerate().filter(|(_, c)| c.part == Part::Paragraph);
    match (node.part, paragraphs.next(), paragraphs.next()) {
        (Part::Article | Part::Supplementary, Some((only, _)), None) => way.iter().copied().chain([only]).collect(),
        _ => way.to_vec(),
    }
}

/// Where new nodes go among the children of `above`.
fn index(doc: &Branch, above: &[usize], part: Part, side: Option<Side>, target: &Target, role: Option<&Step>) -> usize {
    let last = target.way.last().copied().unwrap_or(0);
    let children = at(doc, above).map_or(&[][..], |n| &n.children);
    let number = role.and_then(|step| super::sentence::number(&vec![step.clone()]));
    let behind = || children.iter().rposition(|c| c.part == part || c.part == Part::Detail).map_or(0, |i| i + 1);
    match (side, number) {
        (Some(Side::After), _) => last + 1,
        (Some(Side::Before), _) => last,
        (None, Some(number)) => {
            let later = |c: &Branch| c.part == part && c.number.parse::<i32>().is_ok_and(|n| n >= number);
            children.iter().position(later).unwrap_or_else(behind)
        }
        (None, None) => behind(),
    }
}

/// `第7条を削る`, `第5条から第7条までを削る`, `ただし書を削る`
fn remove(doc: &mut Branch, target: &Target, last: Option<&Target>) -> Played {
    match &target.aspect {
        Aspect::Name => set(doc, target, "").map(|_| None),
        Aspect::Detail(_) => set(doc, target, ""),
        Aspect::Slice(_) => set(doc, target, ""),
        Aspect::Whole => {
            let (above, run) = between(target, last.unwrap_or(target))?;
            if let Some(parent) = at_mut(doc, &above) {
                parent.children.drain(run);
            }
            Ok(None)
        }
        _ => Err(unfit(target)),
    }
}

/// Puts words into a slot.
pub(super) fn put(doc: &mut Branch, slot: &Slot, words: String) {
    if !slot.name {
        return set_text(doc, &slot.way, words);
    }
    if let Some(node) = at_mut(doc, &slot.way) {
        node.name = words;
    }
}
