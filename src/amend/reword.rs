//! Changed words as quotations: the shortest that stand once in the place that is named.

use super::apply;
use super::instruction::{Act, Place, Side};
use super::target;
use super::wording;
use super::write::Writer;
use crate::diff::tree::detail;
use crate::diff::words::{self, Script, script};
use crate::diff::{Branch, Op, Part, fold};

/// Words that a quotation may grow by, on each side.
const CONTEXT: usize = 24;

/// A change and the words around it that stay.
#[derive(Default)]
struct Hunk {
    left: Vec<char>,
    deleted: String,
    inserted: String,
    right: Vec<char>,
}

fn hunks(before: &str, after: &str) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    let mut left: Vec<char> = Vec::new();
    let mut open = false;
    for segment in words::segments(before, after) {
        if segment.op == Op::Same {
            let kept: Vec<char> = segment.was.unwrap_or(segment.text).chars().collect();
            if let Some(last) = out.last_mut().filter(|_| open) {
                last.right.clone_from(&kept);
            }
            (left, open) = (kept, false);
            continue;
        }
        if !open {
            out.push(Hunk { left: std::mem::take(&mut left), ..Hunk::default() });
            open = true;
        }
        if let Some(last) = out.last_mut() {
            let side = if segment.op == Op::Deleted { &mut last.deleted } else { &mut last.inserted };
            side.push_str(&segment.text);
        }
    }
    out
}

/// Whether words can stand in 「」.
fn quotable(words: &str) -> bool {
    let mut depth = [0i32; 2];
    for c in words.chars() {
        match c {
            '「' => depth[0] += 1,
            '」' => depth[0] -= 1,
            '『' => depth[1] += 1,
            '』' => depth[1] -= 1,
            '\n' | '\t' => return false,
            _ => {}
        }
        if depth.iter().any(|d| *d < 0) {
            return false;
        }
    }
    depth == [0, 0] && !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace)
}

/// Where a run of one script ends, in letters from the start; the whole text at last.
fn ends<'c>(letters: impl Iterator<Item = &'c char>) -> Vec<usize> {
    let scripts: Vec<Script> = letters.map(|c| script(*c)).collect();
    let mut ends: Vec<usize> = (1..scripts.len()).filter(|i| scripts.get(*i) != scripts.get(i - 1)).collect();
    ends.extend((!scripts.is_empty()).then_some(scripts.len()));
    ends
}

/// Whether words say something by themselves: more than a particle, a mark or a figure.
fn tells(words: &str) -> bool {
    let bare = words
        .chars()
        .filter(|c| !matches!(script(*c), Script::Hiragana | Script::Mark | Script::Digit | Script::Blank));
    bare.count() > 0 && words.chars().count() > 1
}

impl Hunk {
    /// The last letters before the change: `count` runs of one script.
    fn left(&self, count: usize) -> Option<String> {
        let length = if count == 0 { 0 } else { *ends(self.left.iter().rev()).get(count - 1)? };
        self.left.get(self.left.len().checked_sub(length)?..).map(|c| c.iter().collect())
    }

    /// The first letters behind it.
    fn right(&self, count: usize) -> Option<String> {
        let length = if count == 0 { 0 } else { *ends(self.right.iter()).get(count - 1)? };
        self.right.get(..length).map(|c| c.iter().collect())
    }

    /// The shortest instruction whose quotation stands once.
    fn act(&self, once: &dyn Fn(&str) -> bool) -> Option<Act> {
        let fits = |words: &str| quotable(words) && once(words);
        if !quotable(&self.inserted) {
            return None;
        }
        if fold::fold(&self.deleted).is_empty() {
            let words = self.inserted.clone();
            let sides = (1..CONTEXT).flat_map(|n| [(self.left(n), Side::After), (self.right(n), Side::Before)]);
            let mut sides = sides.filter_map(|(at, side)| Some((at?, side)));
            let (at, side) = sides.find(|(at, _)| tells(at) && fits(at))?;
            return Some(Act::Insert { at, words, side });
        }
        if fold::fold(&self.inserted).is_empty() && tells(&self.deleted) && fits(&self.deleted) {
            return Some(Act::Delete { words: self.deleted.clone() });
        }
        // a figure is quoted with what it counts, a particle with its word
        let least = if tells(&self.deleted) { 0 } else { 2 };
        for count in least..2 * CONTEXT {
            let (left, right) = (self.left(count.div_ceil(2)), self.right(count / 2));
            // one side may end before the other
            let left: String = left.unwrap_or_else(|| self.left.iter().collect());
            let right: String = right.unwrap_or_else(|| self.right.iter().collect());
            let from = format!("{left}{}{right}", self.deleted);
            let to = format!("{left}{}{right}", self.inserted);
            if quotable(&to) && fits(&from) {
                return Some(Act::Replace { from, to, all: false });
            }
        }
        None
    }
}

/// Acts of one place as the end of a sentence: `「A」を「B」に改め、「C」を削る`
fn sentence(acts: &[Act]) -> String {
    let kind = |act: &Act| std::mem::discriminant(act);
    let groups: Vec<&[Act]> = acts.chunk_by(|a, b| kind(a) == kind(b)).collect();
    let count = groups.len();
    let group = |(at, group): (usize, &&[Act])| {
        let last = at + 1 == count;
        let words: Vec<String> = group.iter().map(phrase).collect();
        match group.first() {
            Some(Act::Delete { .. }) => format!("{}を削{}", words.join("及び"), if last { "る" } else { "り" }),
            Some(Act::Insert { .. }) => format!("{}加え{}", words.join("、"), if last { "る" } else { "" }),
            _ => format!("{}改め{}", words.join("、"), if last { "る" } else { "" }),
        }
    };
    groups.iter().enumerate().map(group).collect::<Vec<_>>().join("、")
}

fn phrase(act: &Act) -> String {
    match act {
        Act::Replace { from, to, .. } => format!("「{from}」を「{to}」に"),
        Act::Insert { at, words, side: Side::After } => format!("「{at}」の次に「{words}」を"),
        Act::Insert { at, words, .. } => format!("「{at}」の前に「{words}」を"),
        Act::Delete { words } => format!("「{words}」"),
        _ => String::new(),
    }
}

impl Writer<'_, '_> {
    /// Says how the words of a node change, by quotations; false where that would quote most of them.
    pub fn reword(&mut self, o: usize, n: usize) -> bool {
        let (a, b) = (self.old.node(o), self.new.node(n));
        let above = self.old.node(a.parent);
        let set = match a.part {
            Part::Date => Some("締結日".to_string()),
            Part::Detail if above.part == Part::Party => Some(format!("記名の{}の{}", above.name, a.name)),
            Part::Detail if a.name == detail::POINTER => Some(format!("{}の関係条項", self.place(a.parent))),
            Part::Detail => return false,
            _ => None,
        };
        if let Some(place) = set {
            return self.say(format!("{place}を「{}」に改める。", b.text));
        }
        if a.text.is_empty() || b.text.is_empty() {
            return false;
        }
        let hunks = hunks(&a.text, &b.text);
        let gone: usize = hunks.iter().map(|h| h.deleted.chars().count()).sum();
        if gone * 5 > a.text.chars().count() * 3 && gone > 12 {
            return false;
        }
        let places = self.places(o);
        places.iter().any(|place| self.quotes(place, &hunks).is_some_and(|s| self.say(s)))
    }

    /// The names of places that hold a node's words, the narrowest first.
    fn places(&self, o: usize) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = o;
        while at != 0 {
            let node = self.old.node(at);
            if !matches!(node.part, Part::Row | Part::Remark | Part::Detail) {
                out.push(self.place(at));
            }
            let listed = node.children.iter().any(|c| self.old.node(*c).part == Part::Item);
            if node.part == Part::Paragraph && at == o && listed {
                out.push(format!("{}各号列記以外の部分", self.place(at)));
            }
            at = node.parent;
        }
        out.retain(|place| !place.is_empty());
        out
    }

    /// The sentence that makes all changes in one place, if every quotation is found there once.
    fn quotes(&self, place: &str, hunks: &[Hunk]) -> Option<String> {
        let steps: Place = self.steps(place)?;
        let target = target::resolve(&self.doc, &steps).ok()?;
        let mut draft: Branch = self.doc.clone();
        let mut acts = Vec::new();
        for hunk in hunks {
            let act = hunk.act(&|words| wording::hits(&draft, &target, words).len() == 1)?;
            apply::act(&mut draft, &steps, &act).ok()?;
            acts.push(act);
        }
        (!acts.is_empty()).then(|| format!("{place}中{}。", sentence(&acts)))
    }
}
