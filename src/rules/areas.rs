//! Ways to 分野, 取組 and 役割 that make a path only when asked for one.

use crate::ast::{Agreement, Field, Initiative, Item, Role};
use crate::model::path;
use crate::span::Span;

/// Makes the path of what a rule looks at.
pub type Path<'p> = &'p dyn Fn() -> String;

/// Calls `see` with the 分野 of every 別表, and of every 号 that holds some, in the order of the text.
pub fn areas<'a>(tree: &'a Agreement, see: &mut dyn FnMut(&'a [Field], Path)) {
    for article in &tree.articles {
        for paragraph in &article.paragraphs {
            paragraph.items.iter().for_each(|item| item_areas(item, &|| path::paragraph(article, paragraph), see));
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
pub fn initiatives<'a>(tree: &'a Agreement, see: &mut dyn FnMut(&'a Field, &'a Initiative, Path)) {
    areas(tree, &mut |fields, area| {
        for field in fields {
            for initiative in &field.initiatives {
                see(field, initiative, &|| path::initiative(&path::field(&area(), field), initiative));
            }
        }
    });
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
