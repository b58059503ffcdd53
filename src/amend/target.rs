//! What a place means in an agreement.

use super::instruction::{Place, Step};
use super::misfit::Fault;
use crate::diff::tree::detail;
use crate::diff::{Branch, Part, fold};
use crate::parse::head;
use std::ops::Range;

/// Places among siblings, from the agreement down to a node.
pub type Way = Vec<usize>;

/// What of a node is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The node and all below it.
    Whole,
    /// The node with its caption, and all below it.
    Captions,
    /// All articles and tables.
    Body,
    /// Caption, title or name.
    Name,
    /// Its number.
    Number,
    /// Its own words, without what stands below.
    Text,
    /// A piece of its own words, in bytes.
    Slice(Range<usize>),
    /// A property of a party, by its name.
    Detail(&'static str),
}

/// A node and what of it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The node.
    pub way: Way,
    /// What of it.
    pub aspect: Aspect,
}

/// A text that quoted words are looked for in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The node.
    pub way: Way,
    /// Its name, not its words.
    pub name: bool,
    /// The piece that is meant, in bytes.
    pub range: Range<usize>,
}

/// The node at the end of a way.
pub fn at<'b>(root: &'b Branch, way: &[usize]) -> Option<&'b Branch> {
    way.iter().try_fold(root, |node, at| node.children.get(*at))
}

/// The same to change it.
pub fn at_mut<'b>(root: &'b mut Branch, way: &[usize]) -> Option<&'b mut Branch> {
    way.iter().try_fold(root, |node, at| node.children.get_mut(*at))
}

fn below(way: &[usize], at: usize) -> Way {
    way.iter().copied().chain([at]).collect()
}

/// The children of a node that fit.
fn children(root: &Branch, way: &[usize], fits: impl Fn(&Branch) -> bool) -> Vec<Way> {
    let node = at(root, way);
    let list = node.into_iter().flat_map(|n| n.children.iter().enumerate());
    list.filter(|(_, c)| fits(c)).map(|(i, _)| below(way, i)).collect()
}

/// The node that is meant, or why there is none.
pub fn resolve(root: &Branch, place: &Place) -> Result<Target, Fault> {
    let mut target = Target { way: Way::new(), aspect: Aspect::Whole };
    for step in place {
        let found = take(root, &target.way, step)?;
        target = match found.as_slice() {
            [one] => one.clone(),
            [] => return Err(Fault::missing(root, &target.way, step)),
            many => return Err(Fault::Several { ways: many.iter().map(|t| t.way.clone()).collect() }),
        };
    }
    Ok(target)
}

/// The nodes that a step may mean below a node.
fn take(root: &Branch, way: &[usize], step: &Step) -> Result<Vec<Target>, Fault> {
    let part = |part: Part| children(root, way, move |c| c.part == part);
    let numbered = |part: Part, number: &str| children(root, way, |c| c.part == part && fold::same(&c.number, number));
    let ways = match step {
        Step::Title => part(Part::Title),
        Step::Preamble => part(Part::Preamble),
        Step::Closing => part(Part::Closing),
        Step::Date => part(Part::Date),
        Step::Supplementary => part(Part::Supplementary).into_iter().take(1).collect(),
        Step::Article(n) => numbered(Part::Article, n),
        Step::Paragraph(n) => numbered(Part::Paragraph, &n.to_string()),
        Step::Table(n) => {
            let found = numbered(Part::Table, n);
            // 別表第1 of an agreement with one 別表
            let only = part(Part::Table);
            if found.is_empty() && only.len() == 1 && (n.is_empty() || n == "1") { only } else { found }
        }
        Step::Item(n) => {
            let way = paragraph(root, way, step)?;
            children(root, &way, |c| c.part == Part::Item && fold::same(&c.number, n))
        }
        Step::Label(label) => labelled(root, &paragraph(root, way, step)?, label),
        Step::Row(tail) => return row(root, way, tail),
        Step::Body => return Ok(vec![Target { way: way.to_vec(), aspect: Aspect::Body }]),
        Step::Signatures => vec![way.to_vec()],
        Step::Captions => return Ok(vec![Target { way: way.to_vec(), aspect: Aspect::Captions }]),
        Step::Name => return Ok(vec![Target { way: way.to_vec(), aspect: Aspect::Name }]),
        Step::Number => return Ok(vec![Target { way: way.to_vec(), aspect: Aspect::Number }]),
        Step::Lead => return Ok(vec![Target { way: paragraph(root, way, step)?, aspect: Aspect::Text }]),
        Step::Main | Step::Proviso | Step::First | Step::Second => {
            let way = paragraph(root, way, step)?;
            let slice = at(root, &way).and_then(|n| slice(&n.text, step));
            return Ok(slice.map(|range| Target { way, aspect: Aspect::Slice(range) }).into_iter().collect());
        }
    };
    Ok(ways.into_iter().map(|way| Target { way, aspect: Aspect::Whole }).collect())
}

/// The 項 that a place without one means: the only one of an article, or the only one with 号.
fn paragraph(root: &Branch, way: &[usize], step: &Step) -> Result<Way, Fault> {
    if !at(root, way).is_some_and(|n| matches!(n.part, Part::Article | Part::Supplementary)) {
        return Ok(way.to_vec());
    }
    let all = children(root, way, |c| c.part == Part::Paragraph);
    let listed = children(root, way, |c| c.part == Part::Paragraph && c.children.iter().any(|i| i.part == Part::Item));
    let counted = matches!(step, Step::Item(_) | Step::Label(_));
    match (all.as_slice(), listed.as_slice()) {
        ([one], _) => Ok(one.clone()),
        (_, [one]) if counted => Ok(one.clone()),
        ([], _) => Err(Fault::missing(root, way, step)),
        _ => Err(Fault::Several { ways: if counted && !listed.is_empty() { listed } else { all } }),
    }
}

/// 号 and 号の細分 by their label; a 分野, its 取組 and their cells inside an article count by their letter.
fn labelled(root: &Branch, way: &[usize], label: &str) -> Vec<Way> {
    let found = children(root, way, |c| c.part == Part::Item && fold::same(&c.label, label));
    if !found.is_empty() {
        return found;
    }
    let Some(value) = head::item(&format!("{label} x")).map(|h| h.value as usize) else { return found };
    let by_number =
        children(root, way, |c| c.part == Part::Item && c.number == value.to_string() && same_system(&c.label, label));
    if !by_number.is_empty() {
        return by_number;
    }
    let parts = [Part::Field, Part::Initiative, Part::Content, Part::Role];
    children(root, way, |c| parts.contains(&c.part)).into_iter().nth(value.wrapping_sub(1)).into_iter().collect()
}

fn same_system(a: &str, b: &str) -> bool {
    let system = |label: &str| head::item(&format!("{label} x")).map(|h| h.numbering);
    system(a) == system(b)
}

/// ただし書, 前段 and so on as a piece of a text.
fn slice(text: &str, step: &Step) -> Option<Range<usize>> {
    let proviso = [text.find("。ただし"), text.find("。但し")].into_iter().flatten().min().map(|at| at + "。".len());
    let first = first_sentence(text);
    match step {
        Step::Proviso => proviso.map(|at| at..text.len()),
        Step::Main => proviso.map(|at| 0..at),
        Step::First => (first < text.len()).then_some(0..first),
        Step::Second => (first < text.len()).then_some(first..text.len()),
        _ => Some(0..text.len()),
    }
}

/// The end of the first sentence: a 。 inside brackets ends none.
fn first_sentence(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '「' => depth += 1,
            '）' | ')' | '」' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// What names inside a table mean: the longest that fits is taken, then what follows it.
fn row(root: &Branch, way: &[usize], tail: &str) -> Result<Vec<Target>, Fault> {
    let mut found = vec![Target { way: way.to_vec(), aspect: Aspect::Whole }];
    let mut rest = fold::fold(tail);
    while !rest.is_empty() {
        let known: Vec<(String, Target)> = found.iter().flat_map(|t| spellings(root, &t.way)).collect();
        let fits = |rest: &str| {
            let length = known.iter().filter(|(name, _)| rest.starts_with(name)).map(|(name, _)| name.len()).max();
            length.filter(|l| *l > 0)
        };
        // 別表第1中…, 別表第1の1の表…
        let bare = ["中", "の", "、"].iter().find_map(|w| rest.strip_prefix(w)).map(String::from);
        let (start, length) = match (fits(&rest), bare) {
            (Some(length), _) => (rest.clone(), length),
            (None, Some(bare)) if fits(&bare).is_some() => (bare.clone(), fits(&bare).unwrap_or(0)),
            _ => {
                let near = known.iter().max_by(|a, b| likeness(&a.0, &rest).total_cmp(&likeness(&b.0, &rest)));
                let near = near.filter(|n| likeness(&n.0, &rest) > 0.4);
                return Err(Fault::Missing {
                    way: found.first().map_or(way.to_vec(), |t| t.way.clone()),
                    step: rest,
                    near: near.map(|n| n.1.way.clone()),
                });
            }
        };
        let name = start.get(..length).unwrap_or("");
        found = known.into_iter().filter(|(known, _)| known == name).map(|(_, target)| target).collect();
        found.dedup();
        rest = start.get(length..).unwrap_or("").to_string();
    }
    Ok(found)
}

fn likeness(name: &str, tail: &str) -> f64 {
    let length = name.chars().count();
    strsim::normalized_levenshtein(name, &tail.chars().take(length).collect::<String>())
}

/// How the nodes right below a node, and the 取組 of a table, are named.
fn spellings(root: &Branch, way: &[usize]) -> Vec<(String, Target)> {
    let Some(node) = at(root, way) else { return Vec::new() };
    let mut out = Vec::new();
    let mut add = |way: &[usize], aspect: &Aspect, words: &[&str], ends: &[&str]| {
        if words.iter().all(|w| !w.is_empty()) {
            let add = |end: &&str| {
                (fold::fold(&(words.concat() + end)), Target { way: way.to_vec(), aspect: aspect.clone() })
            };
            out.extend(ends.iter().map(add));
        }
    };
    let whole = Aspect::Whole;
    if matches!(node.part, Part::Table | Part::Field | Part::Initiative) {
        add(way, &Aspect::Name, &[], &["の名称", "の題名", "の表題", "の見出し"]);
        add(way, &Aspect::Number, &[], &["の番号"]);
    }
    if node.part == Part::Initiative {
        add(way, &Aspect::Name, &[], &["取組の欄", "項目の欄"]);
    }
    for (i, child) in node.children.iter().enumerate() {
        let here = below(way, i);
        match child.part {
            Part::Field => {
                let ends = ["の部", "の表", "の分野"];
                add(&here, &whole, &[&child.name], &ends);
                add(&here, &whole, &[&child.number], &ends);
                add(&here, &whole, &[&child.number, &child.name], &ends);
                for (k, initiative) in child.children.iter().enumerate() {
                    add(&below(&here, k), &whole, &[&initiative.name], &["の項"]);
                }
            }
            Part::Initiative => add(&here, &whole, &[&child.name], &["の項"]),
            Part::Content => add(&here, &whole, &[], &["取組内容の欄", "取組内容", "取組の内容の欄"]),
            Part::Role => add(&here, &whole, &[&child.name], &["の役割の欄", "の役割"]),
            Part::Row => add(&here, &whole, &[child.text.split('\t').next().unwrap_or("")], &["の項"]),
            Part::Remark => add(&here, &whole, &[], &["備考"]),
            Part::Detail if child.name == detail::POINTER => add(&here, &whole, &[], &["の関係条項"]),
            Part::Party => {
                for name in [detail::NAME, detail::ADDRESS, detail::OFFICE, detail::PERSON] {
                    add(&here, &Aspect::Detail(name), &[&child.name, "の"], &[name]);
                }
            }
            _ => {}
        }
    }
    out
}

/// The texts in which quoted words are looked for.
pub fn slots(root: &Branch, target: &Target) -> Vec<Slot> {
    let Some(node) = at(root, &target.way) else { return Vec::new() };
    let own = |name: bool, words: &str| Slot { way: target.way.clone(), name, range: 0..words.len() };
    let mut out = Vec::new();
    match &target.aspect {
        Aspect::Name => out.push(own(true, &node.name)),
        Aspect::Text => out.push(own(false, &node.text)),
        Aspect::Slice(range) => out.push(Slot { range: range.clone(), ..own(false, "") }),
        Aspect::Number | Aspect::Detail(_) => {}
        Aspect::Whole => gather(node, &mut target.way.clone(), false, &mut out),
        Aspect::Captions => gather(node, &mut target.way.clone(), true, &mut out),
        Aspect::Body => {
            for (i, child) in node.children.iter().enumerate() {
                if matches!(child.part, Part::Article | Part::Table) {
                    gather(child, &mut below(&target.way, i), true, &mut out);
                }
            }
        }
    }
    out
}

/// A caption belongs to its article only where 本則 is meant.
fn gather(node: &Branch, way: &mut Way, captions: bool, out: &mut Vec<Slot>) {
    let named =
        matches!(node.part, Part::Table | Part::Field | Part::Initiative) || captions && node.part == Part::Article;
    if named && !node.name.is_empty() {
        out.push(Slot { way: way.clone(), name: true, range: 0..node.name.len() });
    }
    if !node.text.is_empty() {
        out.push(Slot { way: way.clone(), name: false, range: 0..node.text.len() });
    }
    for (i, child) in node.children.iter().enumerate() {
        let hidden = matches!(child.part, Part::Party) || child.part == Part::Detail && child.name != detail::POINTER;
        if !hidden {
            way.push(i);
            gather(child, way, captions, out);
            way.pop();
        }
    }
}

impl Slot {
    /// The whole text that the slot is a piece of.
    pub fn text<'b>(&self, root: &'b Branch) -> &'b str {
        at(root, &self.way).map_or("", |n| if self.name { &n.name } else { &n.text })
    }

    /// The words of the slot.
    pub fn words<'b>(&self, root: &'b Branch) -> &'b str {
        self.text(root).get(self.range.clone()).unwrap_or("")
    }
}
