//! Other numbers for provisions: 第5条を第6条とする, 1条ずつ繰り下げる.

use super::apply::{Played, unfit};
use super::instruction::{Place, Step};
use super::misfit::Fault;
use super::quote;
use super::target::{Aspect, Target, Way, at, at_mut};
use crate::diff::{Branch, Part, fold};
use crate::parse::head;

/// A number or a label as the last step of a place says it.
fn renumber(node: &mut Branch, step: &Step) -> bool {
    let (number, label) = match (step, node.part) {
        (Step::Article(n), Part::Article) => (n.clone(), super::name::step(step)),
        (Step::Table(n), Part::Table) if node.label.contains('第') => (n.clone(), format!("別表第{n}")),
        (Step::Table(n), Part::Table) => (n.clone(), format!("別表{n}")),
        (Step::Paragraph(n), Part::Paragraph) => (n.to_string(), String::new()),
        (Step::Item(n), Part::Item) => (n.clone(), labelled(&node.label, n)),
        (Step::Label(label), Part::Item) => match head::item(&format!("{label} x")) {
            Some(head) => (head.number().into(), label.clone()),
            None => return false,
        },
        _ => return false,
    };
    if !node.label.is_empty() {
        node.label = quote::spelled(&node.label, &label, &node.label);
    }
    node.number = number;
    true
}

/// The label of a number, in the system of another label.
fn labelled(like: &str, number: &str) -> String {
    let system = head::item(&format!("{like} x")).map_or(crate::ast::Numbering::ParenArabic, |h| h.numbering);
    crate::model::path::label(system, number)
}

/// The sibling that has the number which a node shall get.
fn taken(doc: &Branch, way: &[usize], number: &str, but: &[usize]) -> Option<Way> {
    let (_, above) = way.split_last()?;
    let part = at(doc, way)?.part;
    let has = |(i, c): (usize, &Branch)| !but.contains(&i) && c.part == part && fold::same(&c.number, number);
    let at = at(doc, above)?.children.iter().enumerate().position(has)?;
    Some(above.iter().copied().chain([at]).collect())
}

/// `第5条を第6条とする`
pub fn shift(doc: &mut Branch, target: &Target, to: &Place) -> Played {
    let step = to.last().ok_or_else(|| unfit(target))?;
    let mut node = at(doc, &target.way).cloned().ok_or_else(|| unfit(target))?;
    let last = target.way.last().copied().unwrap_or(0);
    if target.aspect != Aspect::Whole || !renumber(&mut node, step) {
        return Err(unfit(target));
    }
    if let Some(way) = taken(doc, &target.way, &node.number, &[last]) {
        return Err(Fault::Taken { way });
    }
    if let Some(slot) = at_mut(doc, &target.way) {
        *slot = node;
    }
    Ok(None)
}

/// The siblings from one target to another.
pub fn between(first: &Target, last: &Target) -> Result<(Way, std::ops::RangeInclusive<usize>), Fault> {
    match (first.way.split_last(), last.way.split_last()) {
        (Some((a, above)), Some((b, below))) if above == below && a <= b => Ok((above.to_vec(), *a..=*b)),
        _ => Err(unfit(last)),
    }
}

/// `第5条から第7条までを1条ずつ繰り下げる`
pub fn shift_all(doc: &mut Branch, first: &Target, last: &Target, by: i32) -> Played {
    let (above, run) = between(first, last)?;
    let part = at(doc, &first.way).map(|n| n.part);
    let parent = at(doc, &above).ok_or_else(|| unfit(first))?;
    let mut nodes: Vec<Branch> = parent.children.get(run.clone()).unwrap_or(&[]).to_vec();
    let but: Vec<usize> = run.clone().collect();
    for node in nodes.iter_mut().filter(|n| Some(n.part) == part) {
        let (main, branch) = node.number.split_at(node.number.find('の').unwrap_or(node.number.len()));
        let number = main.parse::<i32>().ok().and_then(|n| n.checked_add(by)).filter(|n| *n > 0);
        let number = format!("{}{branch}", number.ok_or_else(|| unfit(first))?);
        let step = match node.part {
            Part::Article => Step::Article(number.clone()),
            Part::Table => Step::Table(number.clone()),
            Part::Paragraph => Step::Paragraph(number.parse().unwrap_or(0)),
            _ => Step::Item(number.clone()),
        };
        if let Some(way) = taken(doc, &first.way, &number, &but) {
            return Err(Fault::Taken { way });
        }
        if !renumber(node, &step) {
            return Err(unfit(first));
        }
    }
    if let Some(parent) = at_mut(doc, &above) {
        parent.children.splice(run, nodes);
    }
    Ok(None)
}
