//! Ways through the tree: every leaf, every initiative, every text with its path.

use super::path::{self, Path};
use crate::ast::{Agreement, AppendedTable, Article, Field, Initiative, Item, Paragraph, Text};
use crate::span::Span;
use std::cell::OnceCell;
use std::rc::Rc;

/// Calls `see` with every leaf that owns words of the source, nearly always in its order.
pub fn leaves<'a>(tree: &'a Agreement, see: &mut impl FnMut(&'a Text)) {
    see(&tree.title);
    see(&tree.preamble);
    for article in &tree.articles {
        article.headings.iter().for_each(|h| see(&h.heading));
        // where it nearly always stands
        article.caption.iter().for_each(&mut *see);
        see(&article.label);
        article.paragraphs.iter().for_each(|p| paragraph_leaves(p, see));
    }
    see(&tree.closing);
    see(&tree.date);
    for signature in &tree.signatures {
        see(&signature.symbol);
        [&signature.address, &signature.office, &signature.name].into_iter().flatten().for_each(&mut *see);
    }
    for table in &tree.tables {
        see(&table.label);
        table.reference.iter().for_each(&mut *see);
        see(&table.title);
        table.fields.iter().for_each(|f| field_leaves(f, see));
        table.rows.iter().flatten().chain(&table.remarks).for_each(&mut *see);
    }
    for block in &tree.supplementary {
        see(&block.label);
        block.paragraphs.iter().for_each(|p| paragraph_leaves(p, see));
    }
    tree.unparsed.iter().for_each(see);
}

fn paragraph_leaves<'a>(paragraph: &'a Paragraph, see: &mut impl FnMut(&'a Text)) {
    paragraph.label.iter().for_each(&mut *see);
    see(&paragraph.text);
    paragraph.tail.iter().for_each(&mut *see);
    paragraph.items.iter().for_each(|i| item_leaves(i, see));
    paragraph.fields.iter().for_each(|f| field_leaves(f, see));
}

fn item_leaves<'a>(item: &'a Item, see: &mut impl FnMut(&'a Text)) {
    see(&item.label);
    see(&item.text);
    item.tail.iter().for_each(&mut *see);
    item.fields.iter().for_each(|f| field_leaves(f, see));
    item.items.iter().for_each(|i| item_leaves(i, see));
}

fn field_leaves<'a>(field: &'a Field, see: &mut impl FnMut(&'a Text)) {
    see(&field.label);
    see(&field.title);
    for initiative in &field.initiatives {
        see(&initiative.label);
        see(&initiative.name);
        for cell in initiative.contents.iter().chain(&initiative.others) {
            see(&cell.label);
            see(&cell.text);
        }
        for role in &initiative.roles {
            see(&role.label);
            see(&role.text);
        }
    }
}

/// Where a 分野 is written.
#[derive(Clone, Copy, Debug)]
pub enum Area<'a> {
    /// In a 別表.
    Table(&'a AppendedTable),
    /// In a 項 of an article.
    Paragraph(&'a Paragraph),
    /// In a 号 of an article.
    Item(&'a Item),
}

/// A 分野 and where it stands.
#[derive(Clone, Debug)]
pub struct FieldPlace<'a> {
    /// What holds it.
    pub area: Area<'a>,
    /// Path of what holds it.
    pub area_path: Rc<str>,
    /// The field.
    pub field: &'a Field,
}

impl FieldPlace<'_> {
    /// `別表1/2`
    pub fn path(&self) -> Path {
        path::field(&self.area_path, self.field)
    }
}

/// Every 分野, wherever it is written, in the order of the text.
pub fn fields(tree: &Agreement) -> Vec<FieldPlace<'_>> {
    let mut out = Vec::new();
    for article in &tree.articles {
        for paragraph in &article.paragraphs {
            let path = || path::paragraph(article, paragraph);
            push_fields(Area::Paragraph(paragraph), &paragraph.fields, &path, &mut out);
            paragraph.items.iter().for_each(|item| item_fields(item, &path, &mut out));
        }
    }
    for table in &tree.tables {
        push_fields(Area::Table(table), &table.fields, &|| path::table(table), &mut out);
    }
    out
}

fn item_fields<'a>(item: &'a Item, parent: &dyn Fn() -> Path, out: &mut Vec<FieldPlace<'a>>) {
    let path = || path::item(&parent(), item);
    push_fields(Area::Item(item), &item.fields, &path, out);
    item.items.iter().for_each(|inner| item_fields(inner, &path, out));
}

fn push_fields<'a>(area: Area<'a>, fields: &'a [Field], path: &dyn Fn() -> Path, out: &mut Vec<FieldPlace<'a>>) {
    if !fields.is_empty() {
        let area_path: Rc<str> = path().as_str().into();
        out.extend(fields.iter().map(|field| FieldPlace { area, area_path: area_path.clone(), field }));
    }
}

/// Every 取組 and the field that holds it, wherever it is written.
pub fn initiatives<'a, 'p>(places: &'p [FieldPlace<'a>]) -> impl Iterator<Item = (&'p FieldPlace<'a>, &'a Initiative)> {
    places.iter().flat_map(|place| place.field.initiatives.iter().map(move |initiative| (place, initiative)))
}

/// What of an article has no words: itself, or some of its 項; and where its label stands.
pub fn without_text(article: &Article) -> Vec<(Path, Option<Span>)> {
    let is_blank = |p: &&Paragraph| p.text.is_empty() && p.items.is_empty() && p.fields.is_empty() && p.tail.is_none();
    let blank: Vec<&Paragraph> = article.paragraphs.iter().filter(is_blank).collect();
    if blank.len() == article.paragraphs.len() {
        return vec![(path::article(&article.number), article.label.span())];
    }
    let place = |p: &&Paragraph| p.label.as_ref().unwrap_or(&article.label).span();
    blank.into_iter().map(|p| (path::paragraph(article, p), place(&p))).collect()
}

/// Where a text stands.
#[derive(Clone, Copy)]
pub struct At<'p> {
    /// Index of its article.
    pub article: Option<usize>,
    /// Index of its 項 in the article.
    pub paragraph: Option<usize>,
    /// Index of the 号 that it stands in, or below, in the 項.
    pub item: Option<usize>,
    /// Index of its 別表.
    pub table: Option<usize>,
    /// Its path, made when asked for: most texts are never named.
    pub path: &'p dyn Fn() -> Path,
}

/// Every text of the agreement proper: preamble, 項, 号, cells, closing, 附則.
pub fn texts<'a>(tree: &'a Agreement, see: &mut dyn FnMut(At, &'a Text)) {
    see(At { article: None, paragraph: None, item: None, table: None, path: &|| "前文".into() }, &tree.preamble);
    for (index, article) in tree.articles.iter().enumerate() {
        for (nth, paragraph) in article.paragraphs.iter().enumerate() {
            let path = || path::paragraph(article, paragraph);
            paragraph_texts(
                At { article: Some(index), paragraph: Some(nth), item: None, table: None, path: &path },
                paragraph,
                see,
            );
        }
    }
    see(At { article: None, paragraph: None, item: None, table: None, path: &|| "後文".into() }, &tree.closing);
    for (index, table) in tree.tables.iter().enumerate() {
        let path = || path::table(table);
        let at = At { article: None, paragraph: None, item: None, table: Some(index), path: &path };
        field_texts(at, &table.fields, see);
        table.remarks.iter().chain(table.rows.iter().flatten()).for_each(|text| see(at, text));
    }
    for (index, block) in tree.supplementary.iter().enumerate() {
        for paragraph in &block.paragraphs {
            let path = || path::supplementary(index, paragraph);
            paragraph_texts(
                At { article: None, paragraph: None, item: None, table: None, path: &path },
                paragraph,
                see,
            );
        }
    }
}

fn paragraph_texts<'a>(at: At, paragraph: &'a Paragraph, see: &mut dyn FnMut(At, &'a Text)) {
    see(at, &paragraph.text);
    for (index, item) in paragraph.items.iter().enumerate() {
        item_texts(At { item: Some(index), ..at }, item, see);
    }
    field_texts(at, &paragraph.fields, see);
    paragraph.tail.iter().for_each(|tail| see(at, tail));
}

fn item_texts<'a>(parent: At, item: &'a Item, see: &mut dyn FnMut(At, &'a Text)) {
    let known = OnceCell::new();
    let path = || known.get_or_init(|| path::item(&(parent.path)(), item)).clone();
    let at = At { path: &path, ..parent };
    see(at, &item.text);
    item.items.iter().for_each(|inner| item_texts(at, inner, see));
    field_texts(at, &item.fields, see);
    item.tail.iter().for_each(|tail| see(at, tail));
}

fn field_texts<'a>(area: At, fields: &'a [Field], see: &mut dyn FnMut(At, &'a Text)) {
    for field in fields {
        // what several texts need is made once
        let own = OnceCell::new();
        for initiative in &field.initiatives {
            let of_field = || own.get_or_init(|| path::field(&(area.path)(), field));
            let own = OnceCell::new();
            let path = || own.get_or_init(|| path::initiative(of_field(), initiative));
            for cell in &initiative.contents {
                see(At { path: &|| path::cell(path(), "取組内容"), ..area }, &cell.text);
            }
            for role in &initiative.roles {
                see(At { path: &|| path::role(path(), role), ..area }, &role.text);
            }
            for cell in &initiative.others {
                see(At { path: &|| path().clone(), ..area }, &cell.text);
            }
        }
    }
}
