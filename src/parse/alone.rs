//! 甲 and 乙 as labels of their own, where the rows have a narrow column of labels: `内容 文⏎甲 文⏎乙 文`.
//!
//! A line may begin so for another reason. They are labels where no label of a role stands in the block, and every party
//! has its own behind each content, in the order of the parties.

use super::Context;
use super::label::{self, Label};
use super::part::{Part, sure_words};
use super::party::Party;
use super::stacked::{Found, Labels};
use crate::lines::{Line, is_blank};

/// Notes the labels that are a symbol alone.
pub fn mark<'l>(lines: &'l [Line], labels: &mut [Labels<'l>], cx: &Context) {
    let is_role = |labels: &Labels| labels.opens().is_some_and(|found| matches!(found.1, Label::Role(_)));
    if cx.parties.len() < 2 || labels.iter().any(is_role) {
        return;
    }
    let is_content = |at: &usize| labels[*at].opens().is_some_and(|found| found.1 == Label::Content);
    let contents: Vec<usize> = (0..labels.len()).filter(is_content).collect();
    if contents.is_empty() {
        return;
    }
    let ends = contents.iter().skip(1).copied().chain([lines.len()]);
    let mut found = Vec::new();
    for (content, end) in contents.iter().zip(ends) {
        let before = found.len();
        found.extend((content + 1..end).filter_map(|at| Some((at, symbol(&lines[at], cx)?))));
        let roles = found[before..].iter().map(|(_, found)| &found.1);
        let wanted = cx.parties.iter().map(|party| Label::Role(party.alone.clone()));
        if !roles.cloned().eq(wanted) {
            return mark_counted(lines, labels, contents.len(), cx);
        }
    }
    for (at, symbol) in found {
        labels[at].set(symbol);
    }
}

/// Labels out of turn: lines of one symbol, of each as many as there are contents.
fn mark_counted<'l>(lines: &'l [Line], labels: &mut [Labels<'l>], contents: usize, cx: &Context) {
    let is_counted = |party: &Party| lines.iter().filter(|line| *line.text == *party.symbol).count() == contents;
    if !cx.parties.iter().all(is_counted) {
        return;
    }
    for (line, labels) in lines.iter().zip(labels) {
        if let Some(party) = cx.parties.iter().find(|party| *line.text == *party.symbol) {
            labels.set(("", Label::Role(party.alone.clone()), &line.text, ""));
        }
    }
}

/// `甲`, `甲 文`, `夜間診療 甲 文`: what stands before the symbol, whose role it says, the symbol, and what follows
fn symbol<'a>(line: &'a Line, cx: &Context) -> Option<Found<'a>> {
    let text: &str = &line.text;
    let party = |text: &str| cx.parties.iter().find(|party| party.symbol == text);
    if let Some(party) = party(text) {
        return Some(("", Label::Role(party.alone.clone()), text, ""));
    }
    if let Some((found, slice, rest)) = label::holder(text, &cx.parties) {
        return Some(("", found, slice, rest));
    }
    let first = line.find_blank()?;
    // hardly a line holds one
    if !cx.parties.iter().any(|party| text[first..].contains(party.symbol.as_str())) {
        return None;
    }
    let mut words = sure_words(text);
    let (name, symbol) = (words.next()?, words.next()?);
    let found = Label::Role(party(symbol)?.alone.clone());
    let end = symbol.as_ptr() as usize - text.as_ptr() as usize + symbol.len();
    let is_name = Part::new(line, name, 0).is_like_name();
    is_name.then_some((name, found, symbol, text[end..].trim_start_matches(is_blank)))
}
