//! References in two versions: which follow their target, which do not, and what would be right.

use super::align::Pairs;
use super::fold;
use super::path;
use super::tree::{Node, Tree, detail};
use super::types::{Part, ReferenceChange};
use crate::schema::{Agreement, Reference};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A reference that stands in a text.
struct Mention<'a> {
    words: &'a str,
    start: usize,
    targets: Vec<usize>,
}

/// What the references of a pair of texts say.
#[derive(Default)]
pub(crate) struct Verdict {
    /// References whose words or meaning changed.
    pub changes: Vec<ReferenceChange>,
    /// Whether nothing but references that follow their target changed in the words.
    pub explains: bool,
}

/// References of both agreements, by the node that holds them.
pub(crate) struct References<'t, 'a> {
    old: &'t Tree<'a>,
    new: &'t Tree<'a>,
    pairs: &'t Pairs,
    held_old: FxHashMap<usize, Vec<Mention<'a>>>,
    held_new: FxHashMap<usize, Vec<Mention<'a>>>,
}

impl<'t, 'a> References<'t, 'a> {
    pub(crate) fn of(
        (old, old_tree): (&'a Agreement, &'t Tree<'a>),
        (new, new_tree): (&'a Agreement, &'t Tree<'a>),
        pairs: &'t Pairs,
    ) -> Self {
        let held_old = held(&old.references, old_tree);
        let held_new = held(&new.references, new_tree);
        Self { old: old_tree, new: new_tree, pairs, held_old, held_new }
    }

    /// Old nodes that hold references.
    pub(crate) fn holders(&self) -> impl Iterator<Item = usize> {
        self.held_old.keys().copied()
    }

    /// Compares the references of an old text with those of its new form.
    pub(crate) fn verdict(&self, o: usize, n: usize) -> Verdict {
        let none = Vec::new();
        let before = self.held_old.get(&o).unwrap_or(&none);
        let after = self.held_new.get(&n).unwrap_or(&none);
        let (text_before, text_after) = (&self.old.node(o).text, &self.new.node(n).text);
        let framed = before.len() == after.len() && fold::same(&frame(text_before, before), &frame(text_after, after));
        let twins: Vec<(&Mention<'_>, &Mention<'_>)> =
            if framed { before.iter().zip(after).collect() } else { same_words(before, after) };
        let mut verdict = Verdict { changes: Vec::new(), explains: framed };
        for (a, b) in twins {
            let stays = fold::same(a.words, b.words);
            let kept = self.follows(a, b);
            if stays && kept {
                continue;
            }
            let follows = kept && self.shifted(a, o);
            if !stays && !follows {
                verdict.explains = false;
                continue;
            }
            verdict.changes.push(self.change(a, b, !kept, n));
        }
        verdict
    }

    /// Whether `b` means the nodes that `a` meant, and beside them nothing that is older than this version.
    fn follows(&self, a: &Mention<'_>, b: &Mention<'_>) -> bool {
        if a.targets.is_empty() {
            return true;
        }
        let meant: Vec<usize> = self.successors(a);
        let is_new = |n: &usize| self.pairs.to_old.get(*n) == Some(&None);
        !meant.is_empty()
            && meant.iter().all(|n| b.targets.contains(n))
            && b.targets.iter().all(|n| meant.contains(n) || is_new(n))
    }

    fn successors(&self, mention: &Mention<'_>) -> Vec<usize> {
        mention.targets.iter().filter_map(|o| self.pairs.to_new.get(*o).copied().flatten()).collect()
    }

    /// Whether a number on the way to a target, or to the reference itself, changed.
    fn shifted(&self, mention: &Mention<'_>, holder: usize) -> bool {
        let shifted = |mut o: usize| {
            while o != 0 {
                let Some(Some(n)) = self.pairs.to_new.get(o) else { return true };
                if !fold::same(&self.old.node(o).number, &self.new.node(*n).number) {
                    return true;
                }
                o = self.old.node(o).parent;
            }
            false
        };
        shifted(holder) || mention.targets.iter().any(|o| shifted(*o))
    }

    fn change(&self, a: &Mention<'_>, b: &Mention<'_>, stale: bool, holder: usize) -> ReferenceChange {
        ReferenceChange {
            before: a.words.to_string(),
            after: b.words.to_string(),
            meant: a.targets.iter().map(|o| path::path(self.old, *o)).collect(),
            means: b.targets.iter().map(|n| path::path(self.new, *n)).collect(),
            right: if stale { self.right(a, holder) } else { Some(b.words.to_string()) },
            stale,
        }
    }

    /// The words that mean in the new agreement what `mention` meant in the old one; none if all of it is gone.
    fn right(&self, mention: &Mention<'_>, holder: usize) -> Option<String> {
        let successors = self.successors(mention);
        let (first, last) = (*successors.first()?, *successors.last()?);
        if let Some(words) = self.renumbered(mention) {
            return Some(words);
        }
        let digits = Digits::of(&self.new.node(holder).text);
        let name = |id| self.name(id, holder, digits);
        Some(match successors.as_slice() {
            [_] => name(first),
            [a, b] => format!("{}及び{}", name(*a), name(*b)),
            _ => format!("{}から{}まで", name(first), name(last)),
        })
    }

    /// Replaces the numbers in the words of a reference: `第5条第2項` is `第6条第2項` now. None if a number is not one
    /// of a target's, or if the words have no number.
    fn renumbered(&self, mention: &Mention<'_>) -> Option<String> {
        let mut numbers: FxHashMap<(Part, &str), &str> = FxHashMap::default();
        for &target in &mention.targets {
            let mut o = target;
            while o != 0 {
                let (node, n) = (self.old.node(o), self.pairs.to_new.get(o).copied().flatten());
                if let Some(n) = n {
                    numbers.insert((node.part, &node.number), &self.new.node(n).number);
                }
                o = node.parent;
            }
        }
        let mut out = String::new();
        let mut rest = mention.words;
        let mut replaced = false;
        let digits = Digits::of(rest);
        while let Some(start) = rest.find(numeral) {
            let (head, tail) = rest.split_at(start);
            let end = tail.find(|c| !numeral(c)).unwrap_or(tail.len());
            let (mut figure, mut after) = tail.split_at(end);
            if let Some(branch) = after.strip_prefix("条の").filter(|b| b.starts_with(numeral)) {
                let length = branch.find(|c| !numeral(c)).unwrap_or(branch.len());
                (figure, after) = tail.split_at(end + "条の".len() + length);
            }
            let part = match (head.chars().last(), after.chars().next()) {
                _ if figure.contains('条') || after.starts_with('条') => Part::Article,
                (_, Some('項')) => Part::Paragraph,
                (_, Some('号')) | (Some('(' | '（'), _) => Part::Item,
                _ if head.ends_with("別表") || head.ends_with("別表第") => Part::Table,
                _ => return None,
            };
            let number = digits_of(figure).replace('条', "");
            let new = numbers.get(&(part, number.as_str()))?;
            replaced |= **new != number;
            out.push_str(head);
            match (part, new.split_once('の')) {
                (Part::Article, Some((main, branch))) => {
                    out.push_str(&format!("{}条の{}", digits.write(main), digits.write(branch)));
                    after = after.strip_prefix('条').unwrap_or(after);
                }
                _ if figure.contains('条') => out.push_str(&format!("{}条", digits.write(new))),
                _ => out.push_str(&digits.write(new)),
            }
            rest = after;
        }
        out.push_str(rest);
        replaced.then_some(out)
    }

    /// A node as a text names it, without what it shares with the place of the text.
    fn name(&self, id: usize, holder: usize, digits: Digits) -> String {
        let article = |mut at: usize| {
            while at != 0 && self.new.node(at).part != Part::Article {
                at = self.new.node(at).parent;
            }
            at
        };
        let home = article(holder);
        let mut steps = Vec::new();
        let mut at = id;
        while at != 0 {
            let node = self.new.node(at);
            if !(node.part == Part::Article && at == home && at != id) {
                steps.push(step(node, digits));
            }
            at = node.parent;
        }
        steps.reverse();
        steps.concat()
    }
}

fn step(node: &Node<'_>, digits: Digits) -> String {
    match node.part {
        Part::Article => match node.number.split_once('の') {
            Some((main, branch)) => format!("第{}条の{}", digits.write(main), digits.write(branch)),
            None => format!("第{}条", digits.write(&node.number)),
        },
        Part::Paragraph => format!("第{}項", digits.write(&node.number)),
        Part::Item if fold::fold(&node.label).starts_with('(') => format!("第{}号", digits.write(&node.number)),
        Part::Item => node.label.to_string(),
        Part::Table if !node.label.is_empty() => node.label.to_string(),
        Part::Table => format!("別表{}", digits.write(&node.number)),
        Part::Supplementary => "附則".to_string(),
        _ => String::new(),
    }
}

/// How a text writes its numbers.
#[derive(Clone, Copy)]
enum Digits {
    Half,
    Full,
    Kanji,
}

const KANJI: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn numeral(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || KANJI.contains(&c) || c == '十' || c == '百'
}

impl Digits {
    fn of(text: &str) -> Self {
        let first = text.split('第').filter_map(|t| t.chars().next()).chain(text.chars()).find(|c| numeral(*c));
        match first {
            Some('０'..='９') => Self::Full,
            Some(c) if !c.is_ascii_digit() => Self::Kanji,
            _ => Self::Half,
        }
    }

    fn write(self, number: &str) -> String {
        let wide = |c: char| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c };
        match (self, number.parse::<u32>()) {
            (Self::Full, _) => number.chars().map(wide).collect(),
            (Self::Kanji, Ok(value)) if value < 1000 => kanji(value),
            _ => number.to_string(),
        }
    }
}

fn kanji(value: u32) -> String {
    let mut out = String::new();
    for (unit, mark) in [(100, "百"), (10, "十"), (1, "")] {
        let digit = value / unit % 10;
        if digit > 1 || (digit == 1 && unit == 1) {
            out.extend(KANJI.get(digit as usize));
        }
        if digit > 0 {
            out.push_str(mark);
        }
    }
    out
}

/// A number in Arabic figures; other letters stay.
fn digits_of(text: &str) -> String {
    let mut out = String::new();
    let mut value: Option<u32> = None;
    let mut digit = 0;
    for c in text.chars() {
        match (KANJI.iter().position(|k| *k == c), c) {
            (Some(d), _) => {
                digit = d as u32;
                value = Some(value.unwrap_or(0));
            }
            (None, '十' | '百') => {
                let unit = if c == '十' { 10 } else { 100 };
                value = Some(value.unwrap_or(0) + digit.max(1) * unit);
                digit = 0;
            }
            _ => {
                out.extend(value.take().map(|v| (v + digit).to_string()));
                digit = 0;
                out.push_str(&fold::fold(&c.to_string()));
            }
        }
    }
    out.extend(value.map(|v| (v + digit).to_string()));
    out
}

/// Mentions that occur in both lists with the same words, in order.
fn same_words<'m, 'a>(before: &'m [Mention<'a>], after: &'m [Mention<'a>]) -> Vec<(&'m Mention<'a>, &'m Mention<'a>)> {
    let words = |mentions: &[Mention<'_>]| mentions.iter().map(|m| fold::fold(m.words)).collect::<Vec<_>>();
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &words(before), &words(after));
    let same = ops.into_iter().filter(|op| op.tag() == similar::DiffTag::Equal);
    same.flat_map(|op| op.old_range().zip(op.new_range()))
        .filter_map(|(a, b)| Some((before.get(a)?, after.get(b)?)))
        .collect()
}

/// The text with a mark in the place of each reference.
fn frame(text: &str, mentions: &[Mention<'_>]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for mention in mentions {
        out.push_str(text.get(from..mention.start).unwrap_or(""));
        out.push('\u{FFFC}');
        from = mention.start + mention.words.len();
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}

/// Finds the references of each node in its text, in their order.
fn held<'a>(references: &'a [Reference], tree: &Tree<'a>) -> FxHashMap<usize, Vec<Mention<'a>>> {
    let index = path::Index::of(tree);
    let find = |path: &str| index.get(path).or_else(|| index.get(&first_paragraph(path)?));
    let mut held: FxHashMap<usize, Vec<Mention<'a>>> = FxHashMap::default();
    let mut add = |holder: usize, words: &'a str, targets: Vec<usize>| {
        let mentions = held.entry(holder).or_default();
        let from = mentions.last().map_or(0, |m| m.start + m.words.len());
        if let Some(at) = tree.node(holder).text.get(from..).and_then(|t| t.find(words)) {
            mentions.push(Mention { words, start: from + at, targets });
        }
    };
    for reference in references.iter().filter(|r| !r.external && !r.text.is_empty()) {
        let Some(from) = find(&reference.from).and_then(|id| speaker(tree, id, &reference.text)) else { continue };
        add(from, &reference.text, reference.to.iter().filter_map(|p| find(p)).collect());
    }
    for (id, node) in tree.nodes.iter().enumerate().filter(|(_, n)| n.part == Part::Detail && n.name == detail::POINTER)
    {
        if let Cow::Borrowed(pointer) = node.text {
            let words = pointer.trim_end_matches("関係");
            add(id, words, find(&digits_of(words)).into_iter().collect());
        }
    }
    held
}

/// The node itself, or the node directly below that has the words: a reader may name the article for its only paragraph.
fn speaker(tree: &Tree<'_>, id: usize, words: &str) -> Option<usize> {
    let node = tree.node(id);
    if !node.text.is_empty() {
        return Some(id);
    }
    node.children.iter().copied().find(|c| tree.node(*c).text.contains(words))
}

/// `第3条(1)` is `第3条第1項(1)`.
fn first_paragraph(path: &str) -> Option<String> {
    let at = path.find('(')?;
    let (article, item) = path.split_at(at);
    (!article.ends_with('項')).then(|| format!("{article}第1項{item}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written() {
        for (text, want) in
            [("１２", "12"), ("十二", "12"), ("百二十", "120"), ("二", "2"), ("第三条（１）", "第3条(1)")]
        {
            assert_eq!(digits_of(text), want);
        }
        for (value, want) in [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "百五")] {
            assert_eq!(kanji(value), want);
        }
    }
}
