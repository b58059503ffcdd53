//! The 改め文 that turns one agreement into another. Every sentence is played as it is written; what it does not reach is
//! said one level higher, in the end for the whole agreement.

use super::apply;
use super::block;
use super::instruction::Place;
use super::name;
use super::place::place;
use super::read::read;
use super::target::{Way, at};
use crate::diff::align::{self, Pairs};
use crate::diff::changes;
use crate::diff::tree::{Tree, detail};
use crate::diff::{self, Branch, Part, fold};
use crate::output::canonical;
use crate::schema::Agreement;
use rustc_hash::FxHashSet;

/// Why there is no 改め文.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// Even the restated agreement reads as something else.
    #[error("the new agreement cannot be said in the words of an amendment")]
    Unsayable,
}

/// The amendment that turns `old` into `new`: its title and its instructions; empty where nothing changed. Applying it to
/// `old` gives the content of `new`.
///
/// # Errors
/// The new agreement holds what no text can say.
pub fn write(old: &Agreement, new: &Agreement) -> Result<String, WriteError> {
    if diff::same_content(old, new) {
        return Ok(String::new());
    }
    let title = if old.title.is_empty() { "協定書" } else { &old.title };
    let sentences = instructions(old, new);
    let parts =
        format!("{title}の一部を変更する協定書\n\n{title}の一部を次のように変更する。\n\n{}", sentences.join("\n"));
    if !sentences.is_empty() && leads(&parts, old, new) {
        return Ok(parts);
    }
    let block = indented(&canonical::write(new));
    let whole = format!("{title}の全部を変更する協定書\n\n{title}の全部を次のように改める。\n{block}");
    if leads(&whole, old, new) { Ok(whole) } else { Err(WriteError::Unsayable) }
}

/// Whether an amendment leads from one agreement to the other, without anything to say about it.
fn leads(text: &str, old: &Agreement, new: &Agreement) -> bool {
    let mut doc = diff::branch(old);
    plays(text, &mut doc) && diff::same_content(&diff::restore(&doc), new)
}

fn plays(text: &str, doc: &mut Branch) -> bool {
    let amendment = read(text);
    amendment.complaints.is_empty()
        && !amendment.instructions.is_empty()
        && amendment.instructions.iter().all(|i| apply::play(doc, i).is_none())
}

fn instructions(old: &Agreement, new: &Agreement) -> Vec<String> {
    let (old_tree, new_tree) = (Tree::of(old), Tree::of(new));
    let pairs = align::align(&old_tree, &new_tree);
    let moved = changes::moved(&old_tree, &new_tree, &pairs);
    let doc = diff::branch(old);
    let mut writer = Writer { old: &old_tree, new: &new_tree, pairs: &pairs, moved, doc, out: Vec::new() };
    if writer.edit(0, 0) { writer.out } else { Vec::new() }
}

/// The sentences so far, and the agreement as they leave it.
pub struct Writer<'t, 'a> {
    pub old: &'t Tree<'a>,
    pub new: &'t Tree<'a>,
    pub pairs: &'t Pairs,
    /// New nodes that stand elsewhere; they are taken out and put in again.
    pub moved: FxHashSet<usize>,
    pub doc: Branch,
    pub out: Vec<String>,
}

/// Parts whose number is given by the level above.
fn is_numbered(part: Part) -> bool {
    matches!(part, Part::Article | Part::Paragraph | Part::Item | Part::Table | Part::Field)
}

/// Whether two branches say the same; the number of the topmost node does not count.
fn same(a: &Branch, b: &Branch, top: bool) -> bool {
    let number = top && is_numbered(a.part)
        || fold::same(&a.number, &b.number) && (a.part != Part::Item || fold::same(&a.label, &b.label));
    let twin = |(k, x): (usize, &Branch)| {
        let named = |y: &&Branch| y.part == x.part && y.name == x.name;
        let found = if x.part.keyed() { b.children.iter().find(named) } else { b.children.get(k) };
        found.is_some_and(|y| same(x, y, false))
    };
    number
        && a.part == b.part
        && fold::same(&a.name, &b.name)
        && fold::same(&a.text, &b.text)
        && a.children.len() == b.children.len()
        && a.children.iter().enumerate().all(twin)
}

impl Writer<'_, '_> {
    /// Where an old node stands: by its rank among the siblings of its part, until their order is changed.
    pub fn way(&self, o: usize) -> Way {
        if o == 0 {
            return Way::new();
        }
        let (node, parent) = (self.old.node(o), self.old.node(self.old.node(o).parent));
        let rank = parent.children.iter().take(node.at).filter(|c| self.old.node(**c).part == node.part).count();
        let mut way = self.way(node.parent);
        let now = at(&self.doc, &way).map_or(&[][..], |n| &n.children);
        let place = now.iter().enumerate().filter(|(_, c)| c.part == node.part).nth(rank);
        way.push(place.map_or(usize::MAX, |(at, _)| at));
        way
    }

    /// The place of an old node as it is called now.
    pub fn place(&self, o: usize) -> String {
        name::place(&self.doc, &self.way(o))
    }

    /// The same as steps; none where the grammar has no words for it.
    pub fn steps(&self, words: &str) -> Option<Place> {
        let text = format!("{words}中「");
        place(&text, &[]).filter(|(rest, _)| *rest == "中「").map(|(_, place)| place)
    }

    /// Writes a sentence if it can be played.
    pub fn say(&mut self, sentence: String) -> bool {
        let mut doc = self.doc.clone();
        let plays = plays(&sentence, &mut doc);
        if plays {
            self.doc = doc;
            self.out.push(sentence);
        }
        plays
    }

    /// Says how an old node becomes a new one, its number aside: piece by piece, or else as a whole.
    pub fn visit(&mut self, o: usize, n: usize) -> bool {
        let (way, goal) = (self.way(o), self.new.branch(n, &|_| false));
        let reached = |doc: &Branch| at(doc, &way).is_some_and(|node| same(node, &goal, true));
        if reached(&self.doc) {
            return true;
        }
        let before = (self.doc.clone(), self.out.len());
        if self.edit(o, n) && reached(&self.doc) {
            return true;
        }
        self.doc = before.0;
        self.out.truncate(before.1);
        self.rewrite(o, goal.clone()) && reached(&self.doc)
    }

    /// Words, then what stands below, then the name: until then the old name holds.
    fn edit(&mut self, o: usize, n: usize) -> bool {
        let (a, b) = (self.old.node(o), self.new.node(n));
        (fold::same(&a.text, &b.text) && (a.part != Part::Date || a.number == b.number) || self.reword(o, n))
            && self.children(o, n)
            && (fold::same(&a.name, &b.name) || self.rename(o, n))
    }

    /// `第3条の見出しを「（B）」に改める。`
    fn rename(&mut self, o: usize, n: usize) -> bool {
        let (place, part, new) = (self.place(o), self.old.node(o).part, &self.new.node(n).name);
        match (part, new.is_empty()) {
            (Part::Article, true) => self.say(format!("{place}の見出しを削る。")),
            (Part::Article, false) => self.say(format!("{place}の見出しを「（{new}）」に改める。")),
            (Part::Table | Part::Field | Part::Initiative, false) => {
                self.say(format!("{place}の名称を「{new}」に改める。"))
            }
            _ => false,
        }
    }

    /// `第5条を次のように改める。` and the new text, under the old number
    fn rewrite(&mut self, o: usize, mut goal: Branch) -> bool {
        let (place, node) = (self.place(o), self.old.node(o));
        if is_numbered(node.part) {
            goal.number = node.number.to_string();
            goal.label = node.label.to_string();
        }
        // the only 項 of an article has no name of its own
        if place.is_empty() || node.part == Part::Paragraph && !place.ends_with('項') {
            return false;
        }
        text(&goal).is_some_and(|text| self.say(format!("{place}を次のように改める。\n{}", indented(&text))))
    }

    /// What stands below a node: texts by their kind, provisions in their order.
    fn children(&mut self, o: usize, n: usize) -> bool {
        let (old, new) = (self.old, self.new);
        let (os, ns) = (&old.node(o).children, &new.node(n).children);
        let mut parts: Vec<Part> = Vec::new();
        for part in os.iter().map(|c| old.node(*c).part).chain(ns.iter().map(|c| new.node(*c).part)) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let of = |tree: &Tree<'_>, ids: &[usize], part: Part| -> Vec<usize> {
            ids.iter().copied().filter(|id| tree.node(*id).part == part).collect()
        };
        // what stands below a part is said before the order of the part is changed
        let each = |part: &Part| {
            let (os, ns) = (of(old, os, *part), of(new, ns, *part));
            if part.keyed() {
                return os.iter().all(|c| self.twin(n, *c).is_none_or(|d| self.visit(*c, d)));
            }
            self.kept(&os, &ns).into_iter().all(|(a, b)| self.visit(a, b)) && self.order(o, &os, &ns)
        };
        parts.iter().all(each) && self.lost_and_found(o, n)
    }

    /// The text of the same kind below a new node.
    fn twin(&self, n: usize, child: usize) -> Option<usize> {
        let a = self.old.node(child);
        let fits = |d: &&usize| self.new.node(**d).part == a.part && self.new.node(**d).name == a.name;
        self.new.node(n).children.iter().find(fits).copied()
    }

    /// Texts that are gone, or that there were none of.
    fn lost_and_found(&mut self, o: usize, n: usize) -> bool {
        let (old, new) = (self.old, self.new);
        let symbol = &new.node(n).name;
        for &child in old.node(o).children.iter().filter(|c| old.node(**c).part.keyed()) {
            let node = old.node(child);
            let said = match node.part {
                _ if self.twin(n, child).is_some() => true,
                Part::Closing => self.say("後文を削る。".into()),
                Part::Preamble => self.say("前文を削る。".into()),
                Part::Detail if old.node(o).part == Part::Party => {
                    self.say(format!("記名の{symbol}の{}を削る。", node.name))
                }
                _ => false,
            };
            if !said {
                return false;
            }
        }
        for &child in new.node(n).children.iter().filter(|c| new.node(**c).part.keyed()) {
            let node = new.node(child);
            let known = |c: &usize| old.node(*c).part == node.part && old.node(*c).name == node.name;
            let said = old.node(o).children.iter().any(known)
                || node.part == Part::Detail
                    && old.node(o).part == Part::Party
                    && self.say(format!("記名の{symbol}の{}を「{}」に改める。", node.name, node.text));
            if !said {
                return false;
            }
        }
        true
    }
}

/// A new text as it is written below its instruction; none for what has no text of its own.
pub fn text(node: &Branch) -> Option<String> {
    let wrap = |part, child: Branch| Branch { number: "1".into(), children: vec![child], ..block::empty(part) };
    let whole = |child: Branch| diff::restore(&wrap(Part::Agreement, child));
    let mut out = String::new();
    match node.part {
        Part::Article => whole(node.clone()).articles.iter().for_each(|a| canonical::write_article(&mut out, a)),
        Part::Table => whole(node.clone()).tables.iter().for_each(|t| canonical::write_table(&mut out, t)),
        Part::Supplementary => {
            whole(node.clone()).supplementary.iter().for_each(|s| canonical::write_supplementary(&mut out, s));
        }
        Part::Paragraph => {
            let lead = if node.number == "1" { String::new() } else { format!("{} ", node.number) };
            let paragraph = whole(wrap(Part::Article, node.clone())).articles.pop()?.paragraphs.pop()?;
            canonical::write_paragraph(&mut out, &paragraph, lead);
        }
        Part::Item => {
            let article = wrap(Part::Article, wrap(Part::Paragraph, node.clone()));
            let item = whole(article).articles.pop()?.paragraphs.pop()?.items.pop()?;
            canonical::write_item(&mut out, &item);
        }
        Part::Field => {
            canonical::write_part(&mut out, &whole(wrap(Part::Table, node.clone())).tables.pop()?.fields.pop()?)
        }
        Part::Initiative => {
            let table = wrap(Part::Table, wrap(Part::Field, node.clone()));
            canonical::write_rows(&mut out, &whole(table).tables.pop()?.fields.pop()?.initiatives.pop()?);
        }
        Part::Detail if node.name == detail::POINTER => return None,
        Part::Agreement | Part::Party | Part::Detail | Part::Date => return None,
        _ => out.push_str(&node.text),
    }
    let out = out.trim_end_matches('\n').to_string();
    (!out.trim().is_empty()).then_some(out)
}

/// One full-width blank before every line.
pub fn indented(text: &str) -> String {
    let line = |l: &str| if l.is_empty() { "\n".to_string() } else { format!("\u{3000}{l}\n") };
    text.trim_end().lines().map(line).collect()
}
