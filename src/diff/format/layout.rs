//! Lays two agreements out as the rows of a 新旧対照表.

use super::table::{Row, Run, Side};
use crate::diff::align::{self, Pairs};
use crate::diff::changes::{self, partner};
use crate::diff::fold;
use crate::diff::path;
use crate::diff::tree::{Node, Tree, detail};
use crate::diff::types::{Op, Part};
use crate::diff::words::segments;
use crate::schema::Agreement;
use rustc_hash::FxHashSet;

/// In the place of what did not change.
const OMITTED: &str = "（略）";
/// Faces a new provision.
const CREATED: &str = "（新設）";
/// Faces a deleted provision.
const DELETED: &str = "（削る）";

pub(super) fn rows(old: &Agreement, new: &Agreement) -> Vec<Row> {
    let (old, new) = (Tree::of(old), Tree::of(new));
    let pairs = align::align(&old, &new);
    let moved = changes::moved(&old, &new, &pairs);
    let mut layout = Layout { old: &old, new: &new, pairs: &pairs, dirty: Vec::new(), moved, rows: Vec::new() };
    layout.dirty = layout.find_dirty();
    layout.children(0, 0, 0);
    layout.rows
}

struct Layout<'t, 'a> {
    old: &'t Tree<'a>,
    new: &'t Tree<'a>,
    pairs: &'t Pairs,
    moved: FxHashSet<usize>,
    /// By new node: whether anything in its branch changed.
    dirty: Vec<bool>,
    rows: Vec<Row>,
}

/// What stands at one place among siblings.
enum Entry {
    Both(usize, usize),
    Added(usize),
    Removed(usize),
}

fn plain(text: impl Into<String>) -> Vec<Run> {
    let text = text.into();
    if text.is_empty() { Vec::new() } else { vec![Run { text, marked: false }] }
}

fn marked(text: impl Into<String>) -> Vec<Run> {
    let text = text.into();
    if text.is_empty() { Vec::new() } else { vec![Run { text, marked: true }] }
}

fn side(label: Vec<Run>, body: Vec<Run>) -> Side {
    Side { label, body }
}

/// New and old words with the changed ones marked.
fn compared(old: &str, new: &str) -> (Vec<Run>, Vec<Run>) {
    let (mut after, mut before) = (Vec::new(), Vec::new());
    for segment in segments(old, new) {
        let (text, was) = (segment.text, segment.was);
        match segment.op {
            Op::Same => {
                before.extend(plain(was.unwrap_or_else(|| text.clone())));
                after.extend(plain(text));
            }
            Op::Deleted => before.extend(marked(text)),
            Op::Inserted => after.extend(marked(text)),
        }
    }
    (after, before)
}

/// Parts that begin a provision of the table.
fn begins(part: Part) -> bool {
    !matches!(part, Part::Paragraph | Part::Item | Part::Content | Part::Role | Part::Detail)
}

fn heads(part: Part) -> bool {
    matches!(part, Part::Table | Part::Field | Part::Initiative)
}

fn wide(number: &str, like: &str) -> String {
    if !like.chars().any(|c| ('０'..='９').contains(&c)) {
        return number.to_string();
    }
    let wide = |c: char| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c };
    number.chars().map(wide).collect()
}

/// Number of a node as a reader expects it.
fn label(tree: &Tree<'_>, id: usize) -> String {
    let node = tree.node(id);
    match node.part {
        Part::Paragraph if node.number == "1" => String::new(),
        Part::Paragraph => wide(&node.number, &tree.node(node.parent).label),
        Part::Article if node.label.is_empty() => format!("第{}条", node.number),
        Part::Item if node.label.is_empty() => format!("({})", node.number),
        Part::Table if node.label.is_empty() => format!("別表{}", node.number),
        Part::Field => node.number.to_string(),
        Part::Content => "取組内容".into(),
        Part::Role => format!("{}の役割", node.name),
        Part::Title => "題名".into(),
        Part::Preamble => "前文".into(),
        Part::Closing => "後文".into(),
        Part::Date => "締結日".into(),
        Part::Remark => "備考".into(),
        Part::Party | Part::Detail => node.name.to_string(),
        Part::Supplementary if node.name.is_empty() => "附則".into(),
        _ => node.label.to_string(),
    }
}

/// Name of a node where it is words of the agreement.
fn name<'n>(node: &'n Node<'_>) -> &'n str {
    match node.part {
        Part::Article | Part::Table | Part::Field | Part::Initiative | Part::Supplementary => &node.name,
        _ => "",
    }
}

impl Layout<'_, '_> {
    fn find_dirty(&self) -> Vec<bool> {
        let mut dirty = vec![false; self.new.nodes.len()];
        for (n, b) in self.new.nodes.iter().enumerate().rev() {
            let Some(o) = partner(&self.pairs.to_old, n) else {
                dirty[n] = true;
                continue;
            };
            let a = self.old.node(o);
            let own = changes::renumbered(a, b) || !fold::same(&a.name, &b.name) || !fold::same(&a.text, &b.text);
            let lost = a.children.iter().any(|c| partner(&self.pairs.to_new, *c).is_none());
            dirty[n] = own || lost || self.moved.contains(&n) || b.children.iter().any(|c| dirty[*c]);
        }
        dirty
    }

    /// Children of both, what was removed at its place.
    fn entries(&self, o: usize, n: usize) -> Vec<Entry> {
        let lost = self.old.node(o).children.iter().copied().filter(|c| partner(&self.pairs.to_new, *c).is_none());
        let mut lost = lost.peekable();
        let mut out = Vec::new();
        for &child in &self.new.node(n).children {
            let Some(twin) = partner(&self.pairs.to_old, child) else {
                out.push(Entry::Added(child));
                continue;
            };
            if !self.moved.contains(&child) {
                let at = self.old.node(twin).at;
                while let Some(gone) = lost.next_if(|c| self.old.node(*c).at < at) {
                    out.push(Entry::Removed(gone));
                }
            }
            out.push(Entry::Both(twin, child));
        }
        out.extend(lost.map(Entry::Removed));
        out
    }

    fn clean(&self, n: usize) -> bool {
        self.dirty.get(n) == Some(&false)
    }

    fn children(&mut self, o: usize, n: usize, level: u8) {
        let mut run: Vec<(usize, usize)> = Vec::new();
        for entry in self.entries(o, n) {
            match entry {
                Entry::Both(o, n) if self.clean(n) => {
                    let joins = run.last().is_none_or(|(_, m)| self.runs_on(*m, n));
                    if !joins {
                        self.omit(&std::mem::take(&mut run), level);
                    }
                    run.push((o, n));
                    continue;
                }
                _ => self.omit(&std::mem::take(&mut run), level),
            }
            match entry {
                Entry::Both(o, n) => self.both(o, n, level),
                Entry::Added(n) => self.one(n, level, true),
                Entry::Removed(o) => self.one(o, level, false),
            }
        }
        self.omit(&run, level);
    }

    /// Whether an unchanged node goes on the run of unchanged ones before it.
    fn runs_on(&self, before: usize, n: usize) -> bool {
        let (a, b) = (self.new.node(before).part, self.new.node(n).part);
        let labelled = |p| matches!(p, Part::Content | Part::Role);
        let outer = |p| !matches!(p, Part::Article | Part::Table);
        (begins(a) && begins(b) && outer(a) && outer(b) && self.new.node(n).parent == 0) || (a == b && !labelled(a))
    }

    /// A run of unchanged nodes is one （略）; of properties, nothing.
    fn omit(&mut self, run: &[(usize, usize)], level: u8) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        if self.new.node(first.1).part == Part::Detail {
            return;
        }
        let of = |tree: &Tree<'_>, first: usize, last: usize| {
            let named = |id| {
                let node = tree.node(id);
                match node.part {
                    Part::Paragraph if node.number == "1" && run.len() > 1 => wide("1", &tree.node(node.parent).label),
                    Part::Initiative if run.len() == 1 => node.name.to_string(),
                    Part::Field if run.len() == 1 => format!("{}　{}", node.number, node.name).trim().to_string(),
                    Part::Row => String::new(),
                    _ => label(tree, id),
                }
            };
            let (a, b) = (named(first), named(last));
            if a == b || run.len() == 1 {
                return side(plain(a), plain(OMITTED));
            }
            let joint = if run.len() == 2 { "・" } else { "～" };
            side(plain([a, b].join(joint)), plain(OMITTED))
        };
        let part = self.new.node(first.1).part;
        let (new, old) = (of(self.new, first.1, last.1), of(self.old, first.0, last.0));
        let bare = part == Part::Initiative && run.len() > 1;
        let (new, old) = if bare { (side(vec![], plain(OMITTED)), side(vec![], plain(OMITTED))) } else { (new, old) };
        self.rows.push(Row { begins: begins(part), level, heading: false, new, old });
    }

    /// A node that is in both and changed, itself or below.
    fn both(&mut self, o: usize, n: usize, level: u8) {
        let (a, b) = (self.old.node(o), self.new.node(n));
        let is_moved = self.moved.contains(&n);
        let shifted = is_moved || changes::renumbered(a, b);
        let away = is_moved && partner(&self.pairs.to_new, a.parent) != Some(b.parent);
        let style = |text: String, on: bool| if on { marked(text) } else { plain(text) };
        let mut new_label = style(label(self.new, n), shifted);
        let mut old_label = style(if away { path::path(self.old, o) } else { label(self.old, o) }, shifted);
        let (mut new_name, mut old_name) = compared(name(a), name(b));
        if is_moved && new_label.is_empty() {
            new_name.iter_mut().for_each(|r| r.marked = true);
            old_name.iter_mut().for_each(|r| r.marked = true);
        }
        if away && b.part != Part::Article {
            old_name.clear();
        }
        let clean_below = !b.children.iter().any(|c| !self.clean(*c)) && a.children.len() == b.children.len();
        if b.part == Part::Article {
            self.caption(new_name, old_name);
            let first = self.only_line(o, n);
            let (new_body, old_body) = match first {
                _ if clean_below => (plain(OMITTED), plain(OMITTED)),
                Some((o, n)) => self.body(o, n),
                None => Default::default(),
            };
            self.rows.push(Row {
                begins: b.name.is_empty() && a.name.is_empty(),
                level,
                heading: false,
                new: side(new_label, new_body),
                old: side(old_label, old_body),
            });
            match first {
                _ if clean_below => {}
                Some((o, n)) => {
                    self.children(o, n, level + 1);
                    self.rest(o, n, level);
                }
                None => self.children(o, n, level),
            }
            return;
        }
        if heads(b.part) || b.part == Part::Supplementary {
            for (label, name) in [(&mut new_label, new_name), (&mut old_label, old_name)] {
                if !label.is_empty() && !name.is_empty() {
                    label.extend(plain("　"));
                }
                label.extend(name);
            }
        }
        let (mut new_body, mut old_body) = self.body(o, n);
        if clean_below && !b.children.is_empty() && heads(b.part) {
            (new_body, old_body) = (plain(OMITTED), plain(OMITTED));
        }
        let (new, old) = (side(new_label, new_body), side(old_label, old_body));
        self.rows.push(Row { begins: begins(b.part), level, heading: heads(b.part), new, old });
        if !(clean_below && heads(b.part)) {
            self.children(o, n, level + u8::from(!heads(b.part)));
        }
    }

    /// The first paragraphs, if they are each other's: they stand on the line of the article's number.
    fn only_line(&self, o: usize, n: usize) -> Option<(usize, usize)> {
        let paragraph = |tree: &Tree<'_>, id: usize| {
            tree.node(id).children.iter().copied().find(|c| tree.node(*c).part == Part::Paragraph)
        };
        let (a, b) = (paragraph(self.old, o)?, paragraph(self.new, n)?);
        let details =
            |tree: &Tree<'_>, id: usize| tree.node(id).children.iter().any(|c| tree.node(*c).part == Part::Detail);
        let plain = !details(self.old, o) && !details(self.new, n);
        (plain && partner(&self.pairs.to_old, b) == Some(a) && !self.moved.contains(&b)).then_some((a, b))
    }

    /// The paragraphs after the first.
    fn rest(&mut self, first_o: usize, first_n: usize, level: u8) {
        let (o, n) = (self.old.node(first_o).parent, self.new.node(first_n).parent);
        let mut run = Vec::new();
        for entry in
            self.entries(o, n).into_iter().skip_while(|e| !matches!(e, Entry::Both(_, n) if *n == first_n)).skip(1)
        {
            match entry {
                Entry::Both(o, n) if self.clean(n) => run.push((o, n)),
                _ => self.omit(&std::mem::take(&mut run), level),
            }
            match entry {
                Entry::Both(o, n) if !self.clean(n) => self.both(o, n, level),
                Entry::Both(..) => {}
                Entry::Added(n) => self.one(n, level, true),
                Entry::Removed(o) => self.one(o, level, false),
            }
        }
        self.omit(&run, level);
    }

    fn caption(&mut self, new: Vec<Run>, old: Vec<Run>) {
        let bracket = |name: Vec<Run>| match name.is_empty() {
            true => Vec::new(),
            false => [plain("（"), name, plain("）")].concat(),
        };
        if !(new.is_empty() && old.is_empty()) {
            let (new, old) = (side(vec![], bracket(new)), side(vec![], bracket(old)));
            self.rows.push(Row { begins: true, level: 0, heading: false, new, old });
        }
    }

    fn body(&self, o: usize, n: usize) -> (Vec<Run>, Vec<Run>) {
        let (a, b) = (&self.old.node(o).text, &self.new.node(n).text);
        match (a.is_empty() && b.is_empty(), fold::same(a, b)) {
            (true, _) => (Vec::new(), Vec::new()),
            (_, true) => (plain(OMITTED), plain(OMITTED)),
            _ => compared(a, b),
        }
    }

    /// A node that is on one side only.
    fn one(&mut self, id: usize, level: u8, added: bool) {
        let mut lines = Vec::new();
        self.lines(id, level, added, &mut lines);
        let facing = plain(if added { CREATED } else { DELETED });
        for (i, (begins, level, heading, words)) in lines.into_iter().enumerate() {
            let other = if i == 0 { side(vec![], facing.clone()) } else { Side::default() };
            let (new, old) = if added { (words, other) } else { (other, words) };
            self.rows.push(Row { begins: begins && i == 0, level, heading, new, old });
        }
        if added {
            self.strangers(id, level);
        }
    }

    /// What moved into a node that was added.
    fn strangers(&mut self, n: usize, level: u8) {
        let new = self.new;
        for &child in &new.node(n).children {
            match partner(&self.pairs.to_old, child) {
                Some(o) => self.both(o, child, level),
                None => self.strangers(child, level),
            }
        }
    }

    fn lines(&self, id: usize, level: u8, added: bool, out: &mut Vec<(bool, u8, bool, Side)>) {
        let (tree, partners) = if added { (self.new, &self.pairs.to_old) } else { (self.old, &self.pairs.to_new) };
        let node = tree.node(id);
        let mut head = label(tree, id);
        let mut children = node.children.iter().copied().filter(|c| partner(partners, *c).is_none()).peekable();
        let mut text = node.text.to_string();
        if node.part == Part::Article {
            if !node.name.is_empty() {
                out.push((true, level, false, side(vec![], marked(format!("（{}）", node.name)))));
            }
            if let Some(first) = children.next_if(|c| tree.node(*c).part == Part::Paragraph) {
                text = tree.node(first).text.to_string();
                out.push((node.name.is_empty(), level, false, side(marked(head), marked(text))));
                for &item in &tree.node(first).children {
                    self.lines(item, level + 1, added, out);
                }
            } else {
                out.push((node.name.is_empty(), level, false, side(marked(head), vec![])));
            }
        } else {
            let name = name(node);
            if !name.is_empty() {
                head = format!("{head}　{name}").trim().to_string();
            }
            if node.part == Part::Detail && node.name == detail::DIVISION {
                text = text.replace('\t', "　");
            }
            out.push((begins(node.part), level, heads(node.part), side(marked(head), marked(text))));
        }
        let below = level + u8::from(matches!(node.part, Part::Paragraph | Part::Item));
        for child in children {
            self.lines(child, below, added, out);
        }
    }
}
