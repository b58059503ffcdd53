//! Roles that no label announces: `(ア) 夜間診療⏎甲は、…する。⏎乙は、…する。` Where every 号 that says anything is a name over sentences
//! whose subjects are the parties, the sentences are cells, as under labels.

use super::Node;
use crate::ast::{Symbols, Text};
use crate::lines::join;
use crate::parse::label::Label;
use crate::parse::party::Party;
use crate::parse::sentences;

/// Makes cells of such sentences, in an article that may tell the roles.
pub fn cells_by_subject(nodes: &mut [Node], parties: &[Party], source: &str) {
    if parties.len() > 1 && count(nodes, parties).is_some_and(|count| count > 1) {
        nodes.iter_mut().for_each(|node| cut(node, parties, source));
    }
}

/// How many of the innermost 号 share their sentences out among all parties; `None` where some say anything else.
fn count(nodes: &[Node], parties: &[Party]) -> Option<usize> {
    let of = |node: &Node| {
        if node.says.is_some() || !node.rows.is_empty() || !node.tail.is_empty() {
            return None;
        }
        let text = &node.heading.text;
        if !node.children.is_empty() || !text.contains('。') {
            return if text.contains('。') { None } else { count(&node.children, parties) };
        }
        let cells = cells(text, parties)?;
        let has_own = |party: &Party| {
            cells.iter().any(|cell| matches!(cell.who.as_deref(), Some([only]) if *only == party.symbol))
        };
        Some(usize::from(parties.iter().all(has_own)))
    };
    nodes.iter().map(of).sum()
}

/// Sentences of one subject, and where they stand; those before all subjects are the content.
struct Sentences {
    who: Option<Symbols>,
    ranges: Vec<std::ops::Range<usize>>,
}

/// `夜間診療⏎通う人を助ける。⏎甲は、…する。⏎乙は、…する。`: the cells behind the name
fn cells(text: &str, parties: &[Party]) -> Option<Vec<Sentences>> {
    let name = name(text)?;
    let ranges: Vec<_> =
        sentences::ranges(&text[name..]).into_iter().map(|range| range.start + name..range.end + name).collect();
    let subjects = sentences::subjects(text, &ranges, parties);
    let mut out: Vec<Sentences> = Vec::new();
    for (range, who) in ranges.into_iter().zip(subjects) {
        // behind the first subject each has one
        if who.is_none() && out.iter().any(|cell| cell.who.is_some()) {
            return None;
        }
        match out.iter_mut().find(|cell| cell.who == who) {
            Some(Sentences { ranges, .. }) => match ranges.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => ranges.push(range),
            },
            None => out.push(Sentences { who, ranges: vec![range] }),
        }
    }
    out.iter().any(|cell| cell.who.is_some()).then_some(out)
}

/// Where the name ends before the first sentence, in bytes.
fn name(text: &str) -> Option<usize> {
    text[..text.find('。')?].rfind(['\n', '\u{3000}'])
}

/// Puts the sentences of the innermost 号 into cells below them.
fn cut(node: &mut Node, parties: &[Party], source: &str) {
    node.children.iter_mut().for_each(|below| cut(below, parties, source));
    let text = &node.heading.text;
    let Some(cells) = Some(text).filter(|text| text.contains('。')).and_then(|text| cells(text, parties)) else {
        return;
    };
    let name = 0..name(text).unwrap_or_default();
    let ranges: Vec<_> = std::iter::once(name).chain(cells.iter().flat_map(|cell| cell.ranges.clone())).collect();
    let Some(texts) = join::parts(&node.heading, &ranges, source) else { return };
    let mut texts = texts.into_iter();
    node.heading = texts.next().unwrap_or_default();
    for cell in cells {
        let mut body = Text::default();
        texts.by_ref().take(cell.ranges.len()).for_each(|text| body.append_line(text));
        let says = Some(cell.who.map_or(Label::Content, Label::Role));
        node.children.push(Node { says, body, ..Node::default() });
    }
}
