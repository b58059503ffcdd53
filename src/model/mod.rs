//! What the agreement means: parties, fields × parties, references resolved.

pub mod apart;
mod broken;
mod complaints;
pub mod path;
pub mod reference;
pub mod tiles;
mod unread;
pub mod walk;

use crate::ast::Agreement;
use crate::lines::join::Places;
use crate::parse::date::{self, Date};
use crate::parse::party;
use crate::schema::Kind;
use crate::span::Span;
pub use complaints::{complaints, place};
pub use reference::Reference;

/// A party: a symbol, its names, and the signature that belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// `甲`; the name itself where the agreement gives no symbol.
    pub symbol: String,
    /// One or more municipalities.
    pub names: Vec<String>,
    /// Where it is defined: `以下「甲」という`.
    pub span: Option<Span>,
    /// Index into `signatures` of the tree.
    pub signature: Option<usize>,
}

/// `以下「圏域」という`: an alias that names no party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// `圏域`
    pub name: String,
    /// Path of the text that defines it.
    pub path: String,
    /// Where.
    pub span: Option<Span>,
}

/// What the tree means.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Kind of document.
    pub kind: Kind,
    /// In the order of their definition; every definition of a symbol, also a second one.
    pub parties: Vec<Party>,
    /// Aliases that name no party.
    pub aliases: Vec<Alias>,
    /// In the order of the text.
    pub references: Vec<Reference>,
    /// The date of signing.
    pub date: Option<Date>,
}

impl Model {
    /// Understands a tree, with what its preamble defines.
    pub fn of(tree: &Agreement, defined: (Vec<party::Party>, Vec<party::Alias>), source: &str) -> Model {
        let (parties, defined) = defined;
        let preamble = Places::of(&tree.preamble, source);
        let place = |range: (usize, usize)| preamble.span(range.0..range.1);
        let mut parties: Vec<Party> = parties
            .into_iter()
            .map(|p| Party { span: place(p.range), symbol: p.symbol, names: p.names, signature: None })
            .collect();
        if parties.is_empty() {
            parties = parties_by_name(tree);
        }
        sign(&mut parties, tree);
        let alias = |found: party::Alias, path: &str, places: &Places| Alias {
            span: places.span(found.range.0..found.range.1),
            name: found.name,
            path: path.to_string(),
        };
        let mut aliases: Vec<Alias> = defined.into_iter().map(|found| alias(found, "前文", &preamble)).collect();
        let references = reference::resolve(tree, source, &mut |at, text| {
            let found = if std::ptr::eq(text, &tree.preamble) { Vec::new() } else { party::definitions(&text.text).1 };
            if !found.is_empty() {
                let (path, places) = ((at.path)(), Places::of(text, source));
                aliases.extend(found.into_iter().map(|found| alias(found, &path, &places)));
            }
        });
        let date = date::date(&tree.date.text)
            .map(|(date, _)| date)
            .or_else(|| date::dates(&tree.title.text).first().map(|d| d.0));
        Model { kind: kind(tree), parties, aliases, references, date }
    }

    /// The party with a symbol.
    pub fn party(&self, symbol: &str) -> Option<&Party> {
        self.parties.iter().find(|p| p.symbol == symbol)
    }
}

/// The kind of document, by its title and the words of its preamble.
fn kind(tree: &Agreement) -> Kind {
    let says = |word: &str| tree.title.text.contains(word) || tree.preamble.text.contains(word);
    if says("定住自立圏") {
        Kind::SettlementRegion
    } else if says("連携協約") || says("連携中枢都市圏") {
        Kind::CoreCity
    } else {
        Kind::Other
    }
}

/// Parties that no sentence defines: the columns carry their names, or they sign.
fn parties_by_name(tree: &Agreement) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    let mut add = |symbol: &str| {
        if !symbol.is_empty() && !out.iter().any(|p| p.symbol == symbol) {
            out.push(Party { symbol: symbol.to_string(), names: vec![symbol.to_string()], ..Party::default() });
        }
    };
    for (_, initiative) in walk::initiatives(&walk::fields(tree)) {
        initiative.roles.iter().flat_map(|r| r.parties.iter()).for_each(|symbol| add(symbol));
    }
    if out.is_empty() {
        for signature in &tree.signatures {
            let office = signature.office.as_ref().map_or("", |o| o.text.as_str());
            let end = ["市長", "町長", "村長"].iter().filter_map(|chief| office.find(chief)).min();
            if let Some(end) = end {
                let name = &office[..end + '市'.len_utf8()];
                if !out.iter().any(|p| p.symbol == name) {
                    out.push(Party { symbol: name.to_string(), names: vec![name.to_string()], ..Party::default() });
                }
            }
        }
    }
    // a symbol that only roles use is not defined, unless the tables stand apart from what defines it
    out.retain(|p| tree.articles.is_empty() || !crate::parse::label::is_stem(&p.symbol));
    out
}

/// Gives each party its signature: by the symbol, else by the name in the office or the address.
fn sign(parties: &mut [Party], tree: &Agreement) {
    for party in parties.iter_mut() {
        let by_symbol = tree.signatures.iter().position(|s| s.symbol.text == party.symbol);
        let has = |text: &Option<crate::ast::Text>| {
            text.as_ref().is_some_and(|t| party.names.iter().any(|n| t.text.contains(n.as_str())))
        };
        party.signature = by_symbol
            .or_else(|| tree.signatures.iter().position(|s| s.symbol.is_empty() && has(&s.office)))
            .or_else(|| tree.signatures.iter().position(|s| s.symbol.is_empty() && has(&s.address)));
    }
}
