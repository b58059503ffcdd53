//! A tree back as an agreement.

use super::tree::{Node, Tree, detail};
use super::types::Part;
use crate::schema::{
    Agreement, AppendedTable, Article, Date, Field, Initiative, Item, Paragraph, Party, Representative, SCHEMA,
    Supplementary,
};

/// The agreement that a tree says. `names` of a party are taken from its name; what the tree does not hold (source,
/// coverage, references, findings) is empty.
pub(crate) fn agreement(tree: &Tree<'_>) -> Agreement {
    let mut out = Agreement { schema: SCHEMA.into(), ..Agreement::default() };
    for &id in &tree.node(0).children {
        let node = tree.node(id);
        match node.part {
            Part::Title => out.title = text(node),
            Part::Party => out.parties.push(party(tree, id)),
            Part::Preamble => out.preamble = Some(text(node)),
            Part::Article => out.articles.push(article(tree, id)),
            Part::Closing => out.closing = Some(text(node)),
            Part::Date => out.date = Some(Date { text: text(node), iso: some(&node.number) }),
            Part::Table => out.tables.push(table(tree, id)),
            Part::Supplementary => {
                out.supplementary
                    .push(Supplementary { label: node.name.to_string(), paragraphs: paragraphs(tree, id) });
            }
            _ => {}
        }
    }
    out
}

fn text(node: &Node<'_>) -> String {
    node.text.to_string()
}

fn some(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_string())
}

fn below<'t, 'a>(tree: &'t Tree<'a>, id: usize, part: Part) -> impl Iterator<Item = usize> + use<'t, 'a> {
    tree.node(id).children.iter().copied().filter(move |c| tree.node(*c).part == part)
}

fn note(tree: &Tree<'_>, id: usize, name: &str) -> Option<String> {
    below(tree, id, Part::Detail).map(|c| tree.node(c)).find(|n| n.name == name).map(text)
}

fn party(tree: &Tree<'_>, id: usize) -> Party {
    let name = note(tree, id, detail::NAME).unwrap_or_default();
    let (office, person) = (note(tree, id, detail::OFFICE), note(tree, id, detail::PERSON));
    let signs = office.is_some() || person.is_some();
    Party {
        symbol: tree.node(id).name.to_string(),
        names: name.split('・').filter(|n| !n.is_empty()).map(str::to_string).collect(),
        name,
        address: note(tree, id, detail::ADDRESS),
        representative: signs.then_some(Representative { office, name: person }),
        span: None,
    }
}

fn article(tree: &Tree<'_>, id: usize) -> Article {
    let node = tree.node(id);
    let division = note(tree, id, detail::DIVISION);
    Article {
        number: node.number.to_string(),
        label: node.label.to_string(),
        caption: some(&node.name),
        division: division.map(|d| d.split('\t').map(str::to_string).collect()).unwrap_or_default(),
        paragraphs: paragraphs(tree, id),
        span: None,
    }
}

fn paragraphs(tree: &Tree<'_>, id: usize) -> Vec<Paragraph> {
    let paragraph = |c| {
        let node = tree.node(c);
        Paragraph {
            number: node.number.parse().unwrap_or(0),
            text: text(node),
            items: items(tree, c),
            fields: fields(tree, c),
            span: None,
        }
    };
    below(tree, id, Part::Paragraph).map(paragraph).collect()
}

fn items(tree: &Tree<'_>, id: usize) -> Vec<Item> {
    let item = |c| {
        let node = tree.node(c);
        Item {
            number: node.number.to_string(),
            label: node.label.to_string(),
            text: text(node),
            items: items(tree, c),
            fields: fields(tree, c),
            span: None,
        }
    };
    below(tree, id, Part::Item).map(item).collect()
}

fn table(tree: &Tree<'_>, id: usize) -> AppendedTable {
    let node = tree.node(id);
    let cells = |c| tree.node(c).text.split('\t').map(str::to_string).collect();
    AppendedTable {
        number: node.number.to_string(),
        label: node.label.to_string(),
        reference: note(tree, id, detail::POINTER),
        title: node.name.to_string(),
        fields: fields(tree, id),
        rows: below(tree, id, Part::Row).map(cells).collect(),
        remarks: below(tree, id, Part::Remark).map(|c| text(tree.node(c))).collect(),
        span: None,
    }
}

fn fields(tree: &Tree<'_>, id: usize) -> Vec<Field> {
    let field = |c| {
        let node = tree.node(c);
        let initiatives = below(tree, c, Part::Initiative).map(|i| initiative(tree, i)).collect();
        Field { number: node.number.to_string(), title: node.name.to_string(), initiatives, span: None }
    };
    below(tree, id, Part::Field).map(field).collect()
}

fn initiative(tree: &Tree<'_>, id: usize) -> Initiative {
    Initiative {
        name: tree.node(id).name.to_string(),
        content: below(tree, id, Part::Content).next().map(|c| text(tree.node(c))),
        roles: below(tree, id, Part::Role).map(|c| (tree.node(c).name.to_string(), text(tree.node(c)))).collect(),
        span: None,
    }
}
