//! Numbers that follow each other: 条, 項, 号, 別表, 分野, 取組; and what is wrong with them.

use super::number_style;
use crate::ast::{Agreement, Article, Field, Item, Numbering, Text};
use crate::model::path;
use crate::parse::{head, numeral};
use std::collections::BTreeMap;

/// `3の2` is 3, 2.
pub type Number = [u32; 4];

/// Where most series begin.
const FIRST: [u32; 2] = [1, 1];

/// One that is numbered.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its number, or the first of `第3条から第5条まで`.
    pub first: Number,
    /// Its number, or the last of `第3条から第5条まで`.
    pub last: Number,
    /// As written.
    pub label: &'a Text,
    /// The system, where the tree tells it.
    pub numbering: Option<Numbering>,
}

/// Siblings in the order of the text.
pub struct Series<'a, 'p> {
    /// At least one.
    pub members: &'p [Member<'a>],
    /// The numbers at which they may begin, the usual one first.
    pub starts: [u32; 2],
    /// Path of the member at an index.
    pub path: &'p dyn Fn(usize) -> path::Path,
}

/// What is wrong with the member at an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Numbers are left out before it; the first of them.
    Gap(Number),
    /// The member at this index has the same number.
    Twice(usize),
    /// It stands behind the member at this index, and should not.
    Order(usize),
}

/// `3の2`; `None` for anything else.
fn number(text: &str) -> Option<Number> {
    let mut number = [0; 4];
    let mut parts = text.split('の');
    for place in &mut number {
        let Some(part) = parts.next() else { break };
        *place = part.parse().ok()?;
    }
    Some(number)
}

/// Whether `next` comes directly after `last`: 3 → 4, 3 → 3の2, 3の2 → 3の3, 3の2 → 4.
fn follows(last: Number, next: Number) -> bool {
    (0..next.len()).any(|at| {
        let step = if at > 0 && last.get(at) == Some(&0) { 2 } else { 1 };
        let same = last.iter().zip(&next).take(at).all(|(a, b)| a == b);
        let steps = last.get(at).map(|n| n.saturating_add(step)) == next.get(at).copied();
        same && steps && next.iter().skip(at + 1).all(|n| *n == 0)
    })
}

/// The number that should follow `last` where `next` stands: 3 behind 2, 2の2 between 2 and 2の3.
fn between(last: Number, next: Number) -> Number {
    let level = last.iter().zip(&next).position(|(a, b)| a != b).unwrap_or(0);
    let mut missing = [0; 4];
    for (at, (place, number)) in missing.iter_mut().zip(last).enumerate().take(level + 1) {
        let step = u32::from(at == level) + u32::from(at == level && at > 0 && number == 0);
        *place = number.saturating_add(step);
    }
    missing
}

/// `3の2`
pub fn written(number: Number) -> String {
    let parts: Vec<String> = number.iter().filter(|n| **n > 0).map(u32::to_string).collect();
    parts.join("の")
}

impl Series<'_, '_> {
    /// Every fault with the index of its member, in order; one slip gives one fault.
    pub fn faults(&self) -> Vec<(usize, Fault)> {
        let members = self.members;
        let begins = |start: &&u32| members.first().is_some_and(|m| m.first == [**start, 0, 0, 0]);
        let start = self.starts.iter().find(begins);
        if start.is_some() && members.windows(2).all(|pair| matches!(pair, [a, b] if follows(a.last, b.first))) {
            return Vec::new();
        }
        let mut places: BTreeMap<Number, (usize, usize)> = BTreeMap::new();
        for (at, member) in members.iter().enumerate() {
            places.entry(member.first).and_modify(|place| place.1 = at).or_insert((at, at));
        }
        let mut faults = Vec::new();
        let mut before = ([start.unwrap_or(&self.starts[0]).saturating_sub(1), 0, 0, 0], 0);
        // a member with a wrong number stands where the missing one should
        let mut stray = false;
        for (at, member) in members.iter().enumerate() {
            let (first, last_place) = places.get(&member.first).copied().unwrap_or((at, at));
            let returns = members.get(at + 1).is_some_and(|next| next.first < member.first && next.first > before.0);
            if first < at && (member.first <= before.0 || returns) {
                faults.push((at, Fault::Twice(first)));
                stray = true;
            } else if member.first <= before.0 && at > 0 {
                faults.push((at, Fault::Order(before.1)));
                stray = true;
            } else if follows(before.0, member.first) {
                (before, stray) = ((member.last, at), false);
            } else if returns {
                faults.push((at, if last_place > at { Fault::Twice(last_place) } else { Fault::Order(before.1) }));
                stray = true;
            } else {
                let missing = between(before.0, member.first);
                let elsewhere = last_place > at || places.contains_key(&missing);
                if !stray && !elsewhere {
                    faults.push((at, Fault::Gap(missing)));
                }
                (before, stray) = ((member.last, at), false);
            }
        }
        faults
    }
}

/// What is wrong with any number: most agreements are in order, and no rule need look for more.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disorder {
    /// Some series has a fault.
    pub faulty: bool,
    /// Some series changes its writing.
    pub mixed: bool,
}

/// What is wrong with any number.
pub fn disorder(tree: &Agreement) -> Disorder {
    let mut found = Disorder::default();
    series(tree, &mut |series| {
        found.faulty = found.faulty || !series.faults().is_empty();
        found.mixed = found.mixed || number_style::change(series.members).is_some();
    });
    found
}

/// Calls `see` with every series of siblings.
pub fn series(tree: &Agreement, see: &mut dyn FnMut(&Series)) {
    let mut members = Vec::new();
    members.extend(tree.articles.iter().filter_map(article));
    if members.len() == tree.articles.len() {
        give(
            &members,
            FIRST,
            &|at| tree.articles.get(at).map_or_else(path::Path::default, |a| path::article(&a.number)),
            see,
        );
    }
    for article in &tree.articles {
        members.clear();
        members.extend(article.paragraphs.iter().filter_map(|p| Some(plain(p.number, p.label.as_ref()?))));
        // the first 項 carries no number
        let bare = article.paragraphs.first().is_some_and(|p| p.label.is_none());
        let nth = |at: usize| {
            let paragraph = article.paragraphs.get(at + usize::from(bare));
            paragraph.map_or_else(path::Path::default, |p| path::paragraph(article, p))
        };
        give(&members, if bare { [2, 2] } else { FIRST }, &nth, see);
        for paragraph in &article.paragraphs {
            let own = || path::paragraph(article, paragraph);
            items(&paragraph.items, &own, see);
            fields(&paragraph.fields, &mut 0, &own, see);
        }
    }
    for word in ["別表", "別記", "別紙"] {
        let tables: Vec<_> = tree.tables.iter().filter(|table| table.label.text.starts_with(word)).collect();
        members.clear();
        members.extend(tables.iter().filter_map(|t| member(&t.number, &t.label)));
        if members.len() > 1 {
            give(
                &members,
                FIRST,
                &|at| tables.get(at).map_or_else(path::Path::default, |table| path::table(table)),
                see,
            );
        }
    }
    let mut ends = 0;
    for table in &tree.tables {
        fields(&table.fields, &mut ends, &|| path::table(table), see);
    }
    for (index, block) in tree.supplementary.iter().enumerate() {
        members.clear();
        members.extend(block.paragraphs.iter().filter_map(|p| Some(plain(p.number, p.label.as_ref()?))));
        let nth = |at| block.paragraphs.get(at).map_or_else(path::Path::default, |p| path::supplementary(index, p));
        if members.len() == block.paragraphs.len() {
            give(&members, FIRST, &nth, see);
        }
    }
}

fn give(members: &[Member], starts: [u32; 2], path: &dyn Fn(usize) -> path::Path, see: &mut dyn FnMut(&Series)) {
    if !members.is_empty() {
        see(&Series { members, starts, path });
    }
}

fn plain(number: u32, label: &Text) -> Member<'_> {
    let number = [number, 0, 0, 0];
    Member { first: number, last: number, label, numbering: None }
}

fn member<'a>(text: &str, label: &'a Text) -> Option<Member<'a>> {
    let number = if text.is_empty() { [1, 0, 0, 0] } else { number(text)? };
    Some(Member { first: number, last: number, label, numbering: None })
}

/// `第3条`, `第3条から第5条まで`; what is not written is not judged
fn article(article: &Article) -> Option<Member<'_>> {
    let first = number(&article.number).filter(|_| !article.label.is_empty())?;
    let rest = article.label.text.rfind('第').filter(|at| *at > 0).and_then(|at| article.label.text.get(at..));
    let last = rest.and_then(head::article).and_then(|head| number(&head.number)).unwrap_or(first);
    Some(Member { first, last, label: &article.label, numbering: None })
}

fn items(list: &[Item], above: &dyn Fn() -> path::Path, see: &mut dyn FnMut(&Series)) {
    if list.is_empty() {
        return;
    }
    let members: Vec<Member> = list
        .iter()
        .filter(|item| item.numbering != Numbering::Bullet)
        .filter_map(|item| Some(Member { numbering: Some(item.numbering), ..member(&item.number, &item.label)? }))
        .collect();
    if members.len() == list.len() {
        give(
            &members,
            FIRST,
            &|at| list.get(at).map_or_else(path::Path::default, |item| path::item(&above(), item)),
            see,
        );
    }
    let mut ends = 0;
    for item in list {
        let own = || path::item(&above(), item);
        items(&item.items, &own, see);
        fields(&item.fields, &mut ends, &own, see);
    }
}

/// 分野 begin at 1 in each 別表 or go on from the one before; so do 取組 in each 分野.
fn fields(list: &[Field], ends: &mut u32, area: &dyn Fn() -> path::Path, see: &mut dyn FnMut(&Series)) {
    if list.is_empty() {
        return;
    }
    // a heading that a page repeats is no second field
    let fresh = |at: usize, field: &Field| {
        at.checked_sub(1)
            .and_then(|b| list.get(b))
            .is_none_or(|b| b.number != field.number || b.title.text != field.title.text)
    };
    let numbered: Vec<&Field> = list.iter().enumerate().filter(|(at, f)| fresh(*at, f)).map(|(_, f)| f).collect();
    let members: Vec<Member> =
        numbered.iter().filter(|f| !f.number.is_empty()).filter_map(|f| member(&f.number, &f.label)).collect();
    if members.len() == numbered.len() {
        let nth = |at: usize| numbered.get(at).map_or_else(path::Path::default, |f| path::field(&area(), f));
        give(&members, [1, ends.saturating_add(1)], &nth, see);
        *ends = members.last().map_or(0, |member| member.last[0]);
    }
    let mut ends = 0;
    for field in list {
        let members: Vec<Member> = field.initiatives.iter().filter_map(|i| labelled(&i.label)).collect();
        if members.len() < 2 || members.len() != field.initiatives.len() {
            continue;
        }
        let nth = |at| {
            let initiative = |i| path::initiative(&path::field(&area(), field), i);
            field.initiatives.get(at).map_or_else(path::Path::default, initiative)
        };
        give(&members, [1, u32::saturating_add(ends, 1)], &nth, see);
        ends = members.last().map_or(ends, |member| member.last[0]);
    }
}

/// `(1)` before the name of a 取組
fn labelled(label: &Text) -> Option<Member<'_>> {
    let head = if label.is_empty() { None } else { head::item(&label.text) }?;
    let number = number(&head.number())?;
    Some(Member { first: number, last: number, label, numbering: Some(head.numbering) })
}

/// How the figures of a label are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `1`
    Half,
    /// `１`
    Full,
    /// `一`
    Kanji,
    /// `⑴`, `①`
    Enclosed,
}

/// The style of the first figure of a label; `None` for a label of letters.
pub fn style(label: &str) -> Option<Style> {
    label.chars().find_map(|c| match c {
        '0'..='9' => Some(Style::Half),
        '０'..='９' => Some(Style::Full),
        c if numeral::is_kanji_digit(c) => Some(Style::Kanji),
        c => numeral::enclosed(c).map(|_| Style::Enclosed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_gives_one_fault() {
        use Fault::{Gap, Order, Twice};
        let label = Text::default();
        for (numbers, start, want) in [
            ("1 2 3", 1, vec![]),
            ("1 2 2の2 2の3 3", 1, vec![]),
            ("1 2の2", 1, vec![(1, Gap([2, 0, 0, 0]))]),
            ("1 2 4", 1, vec![(2, Gap([3, 0, 0, 0]))]),
            ("1 2 2の3 3", 1, vec![(2, Gap([2, 2, 0, 0]))]),
            ("2 3", 1, vec![(0, Gap([1, 0, 0, 0]))]),
            ("4 5", 4, vec![]),
            ("1 2", 4, vec![]),
            ("5 6", 4, vec![(0, Gap([1, 0, 0, 0]))]),
            ("1 2 2 3", 1, vec![(2, Twice(1))]),
            ("1 3 3 4", 1, vec![(2, Twice(1))]),
            ("1 2 2 4", 1, vec![(2, Twice(1))]),
            ("1 3 2 4", 1, vec![(1, Order(0))]),
            ("1 2 9 4 5", 1, vec![(2, Order(1))]),
            ("1 2 5 4 5", 1, vec![(2, Twice(4))]),
            ("1 2 3 1 2", 1, vec![(3, Twice(0)), (4, Twice(1))]),
        ] {
            let members: Vec<Member> = numbers.split(' ').filter_map(|n| member(n, &label)).collect();
            let series = Series { members: &members, starts: [1, start], path: &|_| path::Path::default() };
            assert_eq!(series.faults(), want, "{numbers}");
        }
    }

    #[test]
    fn styles() {
        for (label, want) in [
            ("第3条", Some(Style::Half)),
            ("第３条の2", Some(Style::Full)),
            ("第三条", Some(Style::Kanji)),
            ("⑴", Some(Style::Enclosed)),
            ("(ア)", None),
        ] {
            assert_eq!(style(label), want, "{label}");
        }
    }
}
