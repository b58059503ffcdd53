//! The new text that follows an instruction: read with the grammar of agreements, in the place where it will stand.

use crate::diff::tree::detail;
use crate::diff::{self, Branch, Part};
use crate::lines::is_blank;
use crate::output::document::{self, Origin};
use crate::parse::{self, head};
use crate::schema::Agreement;

/// Provisions of one kind, and the words that are none.
pub struct Block {
    /// The provisions. A 項 without a number has `""`.
    pub nodes: Vec<Branch>,
    /// Words that could not be read.
    pub rest: String,
}

/// The words of the article that stands before a new text, so that the grammar knows where it is.
const LEAD: &str = "次のとおりとする。";

/// Reads provisions of one kind; `inside` is the part of the node that they are put into, and `doc` knows the parties.
pub fn read(text: &str, part: Part, inside: Part, doc: &Branch) -> Block {
    let (number, body) = match part {
        Part::Paragraph => numbered(text),
        _ => (None, text),
    };
    let skip = if part == Part::Field && inside != Part::Item { before_first(text) } else { 0 };
    let before = match (part, inside) {
        (Part::Article, _) => String::new(),
        (Part::Paragraph, _) => "第1条 ".to_string(),
        (Part::Item | Part::Table | Part::Supplementary, _) => format!("第1条 {LEAD}\n\n"),
        (Part::Field, Part::Item) => format!("第1条 {LEAD}\n\n(1) 号\n\n"),
        (Part::Initiative, _) => format!("第1条 {LEAD}\n\n別表1\n\n表\n\n1 分野\n\n"),
        _ => {
            let fields: String = (1..=skip).map(|n| format!("{n} 分野\n\n名\t取組内容\t文\n\n")).collect();
            format!("第1条 {LEAD}\n\n別表1\n\n表\n\n{fields}")
        }
    };
    let source = format!("協定書\n\n{}\n\n{before}{body}\n", parties(doc));
    let found = agreement(&source);
    let mut rest: Vec<String> = found.unparsed.iter().map(|u| u.text.clone()).collect();
    rest.extend(found.closing.iter().chain(found.date.iter().map(|d| &d.text)).cloned());
    let lead = found.articles.first().and_then(|a| a.paragraphs.first()).map(|p| p.text.as_str());
    let leads = !matches!(part, Part::Article | Part::Paragraph);
    rest.extend(lead.filter(|l| leads && *l != LEAD).map(|l| l.trim_start_matches(LEAD).to_string()));
    let mut nodes = pick(&diff::branch(&found), part, inside);
    nodes.drain(..skip.min(nodes.len()));
    if part == Part::Initiative && nodes.is_empty() {
        nodes = cells(&found, doc);
    }
    if let Some(first) = nodes.first_mut().filter(|_| part == Part::Paragraph) {
        first.number = number.unwrap_or_default();
    }
    Block { nodes, rest: rest.concat() }
}

/// A whole agreement.
pub fn agreement(source: &str) -> Agreement {
    let parsed = parse::parse(source);
    let reading = parsed.readings.first();
    reading.map(|r| document::agreement(r, parsed.source, &Origin::default())).unwrap_or_default()
}

/// `2　前項の…`: the number and the words
fn numbered(text: &str) -> (Option<String>, &str) {
    let first = text.trim_start_matches(|c| is_blank(c) || c == '\n');
    match head::item(first).filter(|h| h.numbering == crate::ast::Numbering::Arabic && !h.glued) {
        Some(head) => {
            (Some(head.value.to_string()), first.get(head.label.len()..).unwrap_or("").trim_start_matches(is_blank))
        }
        None => (None, first),
    }
}

/// How many 分野 stand before a new one: a heading is one where its number is expected.
fn before_first(text: &str) -> usize {
    let head = text.lines().next().and_then(head::item).filter(|h| h.numbering == crate::ast::Numbering::Arabic);
    head.map_or(0, |h| (h.value as usize).saturating_sub(1).min(200))
}

/// A preamble that defines the parties of the agreement.
fn parties(doc: &Branch) -> String {
    let named = doc.children.iter().filter(|c| c.part == Part::Party).filter_map(|party| {
        let name = party.children.iter().find(|d| d.name == detail::NAME)?;
        Some(format!("{}（以下「{}」という。）", name.text, party.name))
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("{}は、次のとおり協定を締結する。", named.join("と"))
    }
}

fn of(node: &Branch, part: Part) -> impl Iterator<Item = &Branch> {
    node.children.iter().filter(move |c| c.part == part)
}

fn pick(root: &Branch, part: Part, inside: Part) -> Vec<Branch> {
    let paragraph = of(root, Part::Article).next().and_then(|a| of(a, Part::Paragraph).next());
    let table = of(root, Part::Table).next();
    let below = |node: Option<&Branch>, part| node.into_iter().flat_map(|n| of(n, part)).cloned().collect();
    match (part, inside) {
        (Part::Paragraph, _) => below(of(root, Part::Article).next(), part),
        (Part::Item, _) => below(paragraph, part),
        (Part::Field, Part::Item) => below(paragraph.and_then(|p| p.children.first()), part),
        (Part::Field | Part::Row | Part::Remark, _) => below(table, part),
        (Part::Initiative, _) => {
            table.into_iter().flat_map(|t| of(t, Part::Field)).flat_map(|f| of(f, part)).cloned().collect()
        }
        _ => of(root, part).cloned().collect(),
    }
}

/// Rows without a heading, in a table that has one: name, content, and a role for each party.
fn cells(found: &Agreement, doc: &Branch) -> Vec<Branch> {
    let symbols: Vec<&str> = of(doc, Part::Party).map(|p| p.name.as_str()).collect();
    let rows = found.tables.iter().flat_map(|t| &t.rows);
    let leaf = |part, name: &str, text: &str| Branch { name: name.into(), text: text.into(), ..empty(part) };
    let row = |cells: &Vec<String>| match cells.as_slice() {
        [name, content, roles @ ..] if roles.len() == symbols.len() => {
            let roles = symbols.iter().zip(roles).map(|(symbol, text)| leaf(Part::Role, symbol, text));
            let children = std::iter::once(leaf(Part::Content, "", content)).chain(roles).collect();
            Some(Branch { children, ..leaf(Part::Initiative, name, "") })
        }
        _ => None,
    };
    rows.map(row).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// A node without words.
pub fn empty(part: Part) -> Branch {
    Branch {
        part,
        number: String::new(),
        label: String::new(),
        name: String::new(),
        text: String::new(),
        children: Vec::new(),
    }
}

/// New text as words: wrapped lines together, an entry of a list on a line of its own.
pub fn words(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(|l| l.trim_matches(|c| is_blank(c) || c == '\t')).filter(|l| !l.is_empty()) {
        if !out.is_empty() && head::item(line).is_some_and(|h| !h.glued || h.label.starts_with(['(', '（'])) {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}
