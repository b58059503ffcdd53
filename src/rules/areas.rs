//! Ways to 分野, 取組 and 役割 that make a path only when asked for one.

use super::Context;
use crate::ast::{Agreement, Field, Initiative, Item, Role};
use crate::diagnostics::{Diagnostic, Severity, Words};
use crate::model::path;
use crate::span::Span;

/// Makes the path of what a rule looks at.
pub type Path<'p> = &'p dyn Fn() -> path::Path;

/// Calls `see` with the 分野 of every 別表, and of every 項 and 号 that holds some, in the order of the text.
pub fn areas<'a>(tree: &'a Agreement, see: &mut dyn FnMut(&'a [Field], Path)) {
    for article in &tree.articles {
        for paragraph in &article.paragraphs {
            let own = || path::paragraph(article, paragraph);
            if !paragraph.fields.is_empty() {
                see(&paragraph.fields, &own);
            }
            paragraph.items.iter().for_each(|item| item_areas(item, &own, see));
        }
    }
    for table in &tree.tables {
        see(&table.fields, &|| path::table(table));
    }
}

fn item_areas<'a>(item: &'a Item, above: Path, see: &mut dyn FnMut(&'a [Field], Path)) {
    let own = || path::item(&above(), item);
    if !item.fields.is_empty() {
        see(&item.fields, &own);
    }
    item.items.iter().for_each(|inner| item_areas(inner, &own, see));
}

/// Calls `see` with every 取組, the 分野 that holds it, and its path.
pub fn initiatives<'a>(context: &Context<'a>, see: &mut dyn FnMut(&'a Field, &'a Initiative, Path)) {
    for place in context.fields() {
        for initiative in &place.field.initiatives {
            see(place.field, initiative, &|| path::initiative(&place.path(), initiative));
        }
    }
}

/// Whether the reader did not understand the tables as a whole: words behind the first 取組 that it could not place, a torn
/// cell, or more 取組 with empty cells than without. What a rule misses may be there, and nothing that it finds is certain.
pub fn is_damaged(context: &Context) -> bool {
    let (mut torn, mut count, mut poor, mut start) = (false, 0, 0, None);
    initiatives(context, &mut |_, initiative, _| {
        let content = initiative.contents.iter().any(|cell| !cell.text.is_empty());
        let role = initiative.roles.iter().any(|role| !role.text.is_empty());
        torn |= initiative.torn;
        count += 1;
        poor += usize::from(!content || !role);
        start = start.or_else(|| place(initiative));
    });
    let behind = |span: Span| start.is_some_and(|start| span.start > start.start);
    torn || count > 3 && poor * 2 > count || context.tree.unparsed.iter().filter_map(|text| text.span()).any(behind)
}

/// Lowers a finding that damage may explain, and says so.
pub fn doubt(found: &mut Diagnostic) {
    found.severity = found.severity.min(Severity::Warning);
    found.help = Some(Words::new(
        "表を読み切れていないので、原本に当たってください",
        "the table could not be read as a whole: see the original",
    ));
}

/// Where a 取組 is named, else where its first cell stands.
pub fn place(initiative: &Initiative) -> Option<Span> {
    let cell = || initiative.contents.iter().find_map(|cell| cell.label.span().or_else(|| cell.text.span()));
    initiative.name.span().or_else(cell).or_else(|| initiative.roles.iter().find_map(role_place))
}

/// Where a 役割 is labelled, else where its text stands.
pub fn role_place(role: &Role) -> Option<Span> {
    role.label.span().or_else(|| role.text.span())
}

/// `「夜間診療」`, `名称のない取組`
pub fn called(initiative: &Initiative) -> (String, String) {
    match initiative.name.text.as_str() {
        "" => ("名称のない取組".into(), "an initiative without a name".into()),
        name => (format!("「{name}」"), name.into()),
    }
}
