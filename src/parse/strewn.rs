//! Tables of names, labels and texts that an extractor wrote apart: the names of a page, its labels, its texts.
//!
//! ```text
//! 1 医療⏎夜間診療⏎健診の⏎案内⏎2 福祉⏎見守り
//! 取組内容⏎甲の役割⏎乙の役割⏎取組内容⏎…
//! 夜間の当番を続け、⏎表を作る。⏎医師を出す。⏎…
//! ```
//!
//! Names, labels and texts keep their order among themselves. Every row has the same labels, so there are as many names as
//! contents, and as many texts as labels. All of it is inferred, so every row says so.
//!
//! Names may also stand apart from cells that hold their labels, below a composite header: `取組⏎夜間診療⏎取組の内容及び役割分担⏎
//! 【取組の内容】⏎文⏎【甲の役割】⏎…`.

mod names;

use super::Context;
use super::afloat;
use super::alone;
use super::body;
use super::composite;
use super::head;
use super::label::{self, Label};
use super::outline::Node;
use super::part::{Measured, Part};
use super::stacked::{self, Group, Labels, Piece, Slot};
use super::torn::Waiting;
use crate::ast::{Numbering, TriviaKind};
use crate::lines::{Line, Marks};

/// More lines are not read so.
const MOST: usize = 1200;

/// A heading, and how many lines of names and contents stand before it.
struct Heading<'l, 's> {
    line: &'l Line<'s>,
    number: String,
    label: &'l str,
    title: Option<Part<'l, 's>>,
    names: usize,
    groups: usize,
}

/// A label, and how many lines of texts stand before it.
struct Head<'l, 's> {
    label: Label,
    part: Part<'l, 's>,
    texts: usize,
    beside: bool,
}

/// What stands in a table, each in its own order.
#[derive(Default)]
struct Strewn<'l, 's> {
    headings: Vec<Heading<'l, 's>>,
    names: Vec<Part<'l, 's>>,
    heads: Vec<Head<'l, 's>>,
    texts: Vec<Measured<'l, 's>>,
    /// The labels of both columns, where the cells hold labels of their own.
    header: Vec<&'l Line<'s>>,
}

/// The 分野 of a table, and the line that its first heading stands on; `None` where it is no such table.
pub fn read(lines: &[Line], cx: &mut Context) -> Option<(usize, Vec<Node>)> {
    let is_headed = lines.len() <= MOST && (0..lines.len()).any(|at| composite::is_apart(lines, at, cx));
    if lines.len() > MOST || !is_headed && !may_be(lines, cx) {
        return None;
    }
    let first = (0..lines.len()).find(|at| heading(&lines[*at], 1).is_some())?;
    let strewn = Strewn::of(&lines[first..], is_headed, cx)?;
    let nodes = strewn.nodes(cx)?;
    Some((first, nodes))
}

/// Whether labels without words follow each other: a cheap test for what is no such table
fn may_be(lines: &[Line], cx: &Context) -> bool {
    let is_bare = |line: &Line| {
        let text: &str = &line.text;
        if text.len() > 40 {
            return false;
        }
        let may_be = line.marks.hold(Marks::LABEL) && text.ends_with(['割', '容', '】']);
        // as nearly every label is spelled
        let is_usual = || text == "取組内容" || label::role_of_one(text, &cx.parties).is_some();
        let opens = || Labels::of(line, cx).opens().is_some_and(|found| found.3.is_empty());
        may_be && (is_usual() || opens()) || cx.parties.iter().any(|party| party.symbol == text)
    };
    let (mut follow, mut before) = (0, false);
    for line in lines {
        if line.tab {
            return false;
        }
        let bare = is_bare(line);
        // `乙の役割⏎取組内容 文`: where every label has its words, none stands below another
        follow += usize::from(before && (bare || stacked::begins_with_label(line, cx)));
        before = bare;
    }
    // a label of names heads a column
    let heads_names =
        |line: &Line| label::may_be(&line.text, cx.words) && label::heads_names(&line.text, &cx.parties, cx.words);
    follow >= 3 && !lines.iter().any(heads_names)
}

/// `2 福祉`, `2`: the number that comes next, and its title
fn heading<'l>(line: &'l Line, next: u32) -> Option<head::ItemHead<'l>> {
    if !line.marks.hold(Marks::HEAD) {
        return None;
    }
    let head = head::item(&line.text)?;
    // `第⏎4 条第2項の…` in a cell
    let is_counter = head.rest.starts_with(['年', '月', '日', '回', '割', '％', '%', '号', '条', '項', '以']);
    let is_title = !is_counter && !head.rest.contains(['。', '、']) && head.rest.chars().count() <= 20;
    let is_sound = head.numbering == Numbering::Arabic && head.value == next && head.branch.is_empty();
    (is_sound && is_title && (head.rest.is_empty() || !body::is_number_of_things(head.rest))).then_some(head)
}

impl<'l, 's> Strewn<'l, 's> {
    fn of(lines: &'l [Line<'s>], is_headed: bool, cx: &Context) -> Option<Self> {
        let texts = Vec::with_capacity(lines.len());
        let mut out = Strewn { texts, ..Strewn::default() };
        let is_header = |line: &&Line| {
            let is_name = || label::label(&line.text, &cx.parties, cx.words) == Some(Label::Name);
            is_headed && (composite::is_alone(line, cx) || is_name())
        };
        out.header = lines.iter().filter(is_header).collect();
        let pieces = pieces(lines, cx);
        let full = afloat::full_width(pieces.iter().flatten());
        let mut groups = 0;
        for (at, piece) in pieces.iter().enumerate() {
            let Some(piece) = piece else {
                let next = u32::try_from(out.headings.len() + 1).ok()?;
                let line = &lines[at];
                let head = heading(line, next)?;
                let title = (!head.rest.is_empty()).then(|| Part::new(line, head.rest, at));
                let (number, names) = (head.value.to_string(), out.names.len());
                out.headings.push(Heading { line, number, label: head.label, title, names, groups });
                continue;
            };
            match piece {
                _ if out.is_header(&lines[at]) => {}
                Piece::Label(name, label, part, rest) => {
                    if !matches!(label, Label::Content | Label::Role(_)) {
                        return None;
                    }
                    groups += usize::from(*label == Label::Content);
                    out.names.extend(*name);
                    let head =
                        Head { label: label.clone(), part: *part, texts: out.texts.len(), beside: rest.is_some() };
                    out.heads.push(head);
                    out.texts.extend(*rest);
                }
                Piece::Name(part) => out.names.push(*part),
                Piece::Words(words) => {
                    let next = pieces[at + 1..].iter().flatten().find_map(afloat::words_of);
                    let is_name = afloat::is_name(words, next, full) || afloat::is_numbered_name(words, full);
                    // beside cells with labels of their own
                    if is_headed && let Some((name, rest)) = afloat::split(words, full) {
                        out.names.push(name);
                        out.texts.push(rest);
                        continue;
                    }
                    let untitled = out.headings.last_mut().filter(|heading| heading.title.is_none());
                    match (is_name, untitled) {
                        (true, Some(heading)) => heading.title = Some(words.part),
                        (true, None) => out.names.push(words.part),
                        (false, _) => out.texts.push(*words),
                    }
                }
            }
        }
        out.is_torn().then_some(out)
    }

    fn is_header(&self, line: &Line) -> bool {
        self.header.iter().any(|header| std::ptr::eq(*header, line))
    }

    /// Whether labels stand without words, or names apart from their cells.
    fn is_torn(&self) -> bool {
        if !self.header.is_empty() {
            return true;
        }
        let empty = |pair: &&[Head]| pair[0].texts == pair[1].texts && !pair[0].beside;
        self.heads.windows(2).filter(empty).count() * 4 >= self.heads.len()
    }

    /// The first label of each row; `None` where one has other labels than the first.
    fn rows(&self) -> Option<Vec<usize>> {
        let firsts: Vec<usize> = (0..self.heads.len()).filter(|at| self.heads[*at].label == Label::Content).collect();
        let width = *firsts.get(1).unwrap_or(&self.heads.len());
        let labels = |from: usize| self.heads.get(from..from + width).map(|heads| heads.iter().map(|head| &head.label));
        let is_alike = |from: &usize| labels(*from).is_some_and(|own| labels(0).is_some_and(|first| own.eq(first)));
        (firsts.first() == Some(&0) && width > 1 && firsts.len() * width == self.heads.len())
            .then_some(firsts)
            .filter(|firsts| firsts.iter().all(is_alike))
    }

    /// Labels that were written out of turn: of each as many as of the others, so they tell no more than the number of rows.
    fn in_turn(&self, cx: &Context) -> Option<Vec<Head<'l, 's>>> {
        let mut kinds: Vec<Label> = vec![Label::Content];
        kinds.extend(cx.parties.iter().map(|party| Label::Role(party.alone.clone())));
        let of = |kind: &Label| self.heads.iter().filter(|head| head.label == *kind).map(|head| head.part).collect();
        let columns: Vec<Vec<Part>> = kinds.iter().map(of).collect();
        let rows = columns.first()?.len();
        if rows * kinds.len() != self.heads.len() || columns.iter().any(|column| column.len() != rows) {
            return None;
        }
        let head = |row: usize| {
            let cells = kinds.iter().zip(&columns);
            cells.map(move |(label, column)| Head { label: label.clone(), part: column[row], texts: 0, beside: false })
        };
        Some((0..rows).flat_map(head).collect())
    }

    /// Where the texts end that stand below each label; `None` where one has none.
    fn ends(&self) -> Option<Vec<usize>> {
        let ends: Vec<usize> = self.heads.iter().skip(1).map(|next| next.texts).chain([self.texts.len()]).collect();
        let begins = self.heads.iter().map(|head| head.texts);
        begins.zip(&ends).all(|(begin, end)| begin < *end).then_some(ends)
    }

    fn nodes(mut self, cx: &mut Context) -> Option<Vec<Node>> {
        let firsts = match self.rows() {
            Some(firsts) => firsts,
            None => {
                self.heads = self.in_turn(cx)?;
                self.rows()?
            }
        };
        let (names, sections) = names::give(&self, firsts.len())?;
        let mut waiting = Waiting::default();
        let mut texts = self.texts.iter();
        for (at, head) in self.heads.iter().enumerate() {
            let until = self.heads.get(at + 1).map_or(self.texts.len(), |next| next.texts);
            let mut own = texts.by_ref().take(until.saturating_sub(head.texts));
            waiting.label(&head.label, &head.part, if head.beside { own.next().copied() } else { None });
            own.for_each(|words| waiting.push(*words));
        }
        let ends = if self.header.is_empty() { waiting.cut_at()? } else { self.ends()? };
        self.header.iter().for_each(|line| cx.trivia(line.whole(), TriviaKind::Header));
        let mut heads = self.heads.into_iter().zip(ends);
        let (width, mut from) = (heads.len() / firsts.len(), 0);
        let mut groups = names.into_iter().map(|names| {
            let slots = heads.by_ref().take(width).map(|(head, end)| {
                let parts = self.texts[std::mem::replace(&mut from, end)..end].to_vec();
                Slot { label: head.label, head: head.part, parts }
            });
            Group { names, slots: slots.collect(), torn: true, ..Group::default() }
        });
        let mut nodes = Vec::with_capacity(sections.len());
        for (heading, count) in self.headings.into_iter().zip(sections) {
            let mut node = Node { number: heading.number.into(), ..Node::default() };
            node.label = cx.text(heading.line, heading.label);
            if let Some(title) = heading.title {
                node.heading = cx.text(title.line, title.text);
            }
            node.rows = groups.by_ref().take(count).map(|group| stacked::initiative(group, cx)).collect();
            nodes.push(node);
        }
        Some(nodes)
    }
}

/// What each line is; `None` for headings.
fn pieces<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Vec<Option<Piece<'l, 's>>> {
    let mut next = 1;
    let mut labels: Vec<Labels> = lines.iter().map(|line| Labels::of(line, cx)).collect();
    alone::mark(lines, &mut labels, cx);
    let piece = |(at, (line, labels)): (usize, (&'l Line<'s>, &Labels<'l>))| {
        if heading(line, next).is_some() {
            next += 1;
            return None;
        }
        let part = |text: &'l str| (!text.is_empty()).then(|| Part::new(line, text, at));
        Some(match labels.opens() {
            Some((name, label, slice, rest)) => {
                Piece::Label(part(name), label.clone(), Part::new(line, slice, at), part(rest).map(Measured::of))
            }
            None => Piece::Words(Measured::of(Part::new(line, &line.text, at))),
        })
    };
    lines.iter().zip(&labels).enumerate().map(piece).collect()
}
