//! Names of a page that an extractor wrote before the blocks of their rows, which hold their labels.
//!
//! ```text
//! 1 医療⏎取組⏎⏎夜間診療⏎⏎健診の⏎案内⏎⏎2 福祉⏎取組⏎⏎見守り
//!
//! 取組の内容及び役割分担⏎【取組の内容】⏎文。⏎【甲の役割】⏎文。⏎【取組の内容】⏎文。⏎【甲の役割】⏎文。
//!
//! 取組の内容及び役割分担⏎【取組の内容】⏎…
//! ```
//!
//! A header stands over the blocks of each 分野, so there are as many of them as headings, and below each as many contents as
//! names stand below the heading. All of it is inferred, so every row says so.

use super::{MOST, Parts, heading};
use crate::ast::TriviaKind;
use crate::lines::Line;
use crate::parse::composite;
use crate::parse::label::{self, Label};
use crate::parse::outline::Node;
use crate::parse::part::{Measured, Part};
use crate::parse::stacked::{self, Group, Labels, Slot};
use crate::parse::{Context, head::ItemHead};

/// A heading, and how many names stand before it.
struct Heading<'l, 's> {
    line: &'l Line<'s>,
    head: ItemHead<'l>,
    names: usize,
}

/// What stands in a table, each in its own order.
#[derive(Default)]
struct Blocks<'l, 's> {
    headings: Vec<Heading<'l, 's>>,
    names: Vec<Parts<'l, 's>>,
    groups: Vec<Group<'l, 's>>,
    /// How many contents stand before each header.
    headers: Vec<usize>,
    /// Labels that head columns.
    labels: Vec<&'l Line<'s>>,
    /// Whether the line before is one of a name.
    in_name: bool,
    /// Whether a name has no block behind it.
    apart: bool,
}

/// The 分野 of a table, and the line that its first heading stands on; `None` where it is no such table.
pub fn read(lines: &[Line], cx: &mut Context) -> Option<(usize, Vec<Node>)> {
    let is_header = |line: &Line| composite::is_alone(line, cx);
    if lines.len() > MOST || !lines.iter().any(is_header) {
        return None;
    }
    let first = (0..lines.len()).find(|at| heading(&lines[*at], 1).is_some())?;
    let mut blocks = Blocks::default();
    for (at, line) in lines.iter().enumerate().skip(first) {
        blocks.take(line, at, cx)?;
    }
    let counts = blocks.counts()?;
    Some((first, blocks.nodes(&counts, cx)))
}

impl<'l, 's> Blocks<'l, 's> {
    /// Takes a line; `None` where it has no place.
    fn take(&mut self, line: &'l Line<'s>, at: usize, cx: &Context) -> Option<()> {
        let was_name = std::mem::take(&mut self.in_name);
        let next = u32::try_from(self.headings.len() + 1).ok()?;
        if let Some(head) = heading(line, next).filter(|head| !head.rest.is_empty()) {
            self.apart |= self.is_waiting();
            self.headings.push(Heading { line, head, names: self.names.len() });
            return self.is_ended().then_some(());
        }
        if composite::is_alone(line, cx) {
            self.headers.push(self.groups.len());
            self.labels.push(line);
            return self.is_ended().then_some(());
        }
        if matches!(label::label(&line.text, &cx.parties, cx.words), Some(Label::Name | Label::Field)) {
            self.labels.push(line);
            return Some(());
        }
        let part = |text: &'l str| (!text.is_empty()).then(|| Part::new(line, text, at));
        if let Some((name, found, slice, rest)) = Labels::of(line, cx).opens().cloned() {
            self.names.extend(part(name).map(|name| vec![name]));
            if found == Label::Content {
                self.groups.push(Group { torn: true, ..Group::default() });
            }
            let parts = part(rest).map(Measured::of).into_iter().collect();
            let slot = Slot { label: found, head: Part::new(line, slice, at), parts };
            self.groups.last_mut()?.slots.push(slot);
            return Some(());
        }
        let words = Measured::of(part(&line.text)?);
        let is_name = words.size.like_name && !words.size.ended && self.is_ended();
        if is_name && was_name && !line.gap {
            self.names.last_mut()?.push(words.part);
            self.in_name = true;
        } else if is_name && line.gap {
            self.apart |= self.is_waiting();
            self.names.push(vec![words.part]);
            self.in_name = true;
        } else {
            self.groups.last_mut()?.slots.last_mut()?.parts.push(words);
        }
        Some(())
    }

    /// Whether a name has no block yet.
    fn is_waiting(&self) -> bool {
        self.names.len() > self.groups.len()
    }

    /// Whether no cell waits for the end of its sentence.
    fn is_ended(&self) -> bool {
        let open = self.groups.last().and_then(|group| group.slots.last());
        open.is_none_or(|slot| slot.parts.last().is_some_and(|words| words.size.ended))
    }

    /// How many rows stand under each heading; `None` where names and blocks do not agree, or stand together.
    fn counts(&self) -> Option<Vec<usize>> {
        let ends = |begins: Vec<usize>, end: usize| -> Vec<usize> {
            let ends = begins.iter().skip(1).copied().chain([end]);
            begins.iter().zip(ends).map(|(begin, end)| end.saturating_sub(*begin)).collect()
        };
        let names = ends(self.headings.iter().map(|heading| heading.names).collect(), self.names.len());
        let groups = ends(self.headers.clone(), self.groups.len());
        let says = |group: &Group| group.slots.iter().map(|slot| slot.label.clone()).collect::<Vec<_>>();
        let is_alike = self.groups.windows(2).all(|pair| says(&pair[0]) == says(&pair[1]));
        let is_first = self.headers.first() == Some(&0) && self.headings.first()?.names == 0;
        (self.apart && is_first && is_alike && self.is_ended() && names == groups && !names.contains(&0))
            .then_some(names)
    }

    fn nodes(self, counts: &[usize], cx: &mut Context) -> Vec<Node> {
        for line in self.labels {
            cx.trivia(line.whole(), TriviaKind::Header);
        }
        let mut rows = self.names.into_iter().zip(self.groups).map(|(names, group)| Group { names, ..group });
        let mut nodes = Vec::with_capacity(counts.len());
        for (heading, count) in self.headings.into_iter().zip(counts) {
            let mut node = Node { number: heading.head.number(), ..Node::default() };
            node.label = cx.text(heading.line, heading.head.label);
            node.heading = cx.text(heading.line, heading.head.rest);
            node.rows = rows.by_ref().take(*count).map(|group| stacked::initiative(group, cx)).collect();
            nodes.push(node);
        }
        nodes
    }
}
