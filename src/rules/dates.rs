//! Every date of an agreement, with its place.

use super::{Context, prose};
use crate::ast::Text;
use crate::lines::join;
use crate::model::path;
use crate::parse::date::{self, Date};
use crate::span::Span;
use memchr::memmem;
use std::ops::Range;
use std::sync::LazyLock;

static YEAR: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("年"));

/// The year of an era: index into [`date::ERAS`], year, and byte range up to 年.
pub(super) type Year = (usize, u32, Range<usize>);

/// A date, the text that holds it, and where.
pub(super) struct Found<'a> {
    pub date: Date,
    pub text: &'a Text,
    pub range: Range<usize>,
    /// Whether it is the date of signing.
    pub signing: bool,
}

impl Found<'_> {
    /// As written.
    pub fn words(&self) -> &str {
        self.text.text.get(self.range.clone()).unwrap_or("")
    }

    /// What follows it.
    pub fn after(&self) -> &str {
        self.text.text.get(self.range.end..).unwrap_or("")
    }

    /// Where it stands.
    pub fn span(&self, source: &str) -> Option<Span> {
        join::place(self.text, self.range.clone(), source)
    }
}

/// A text that holds a date or the year of an era.
pub(super) struct Dated<'a> {
    pub text: &'a Text,
    /// Whether it is the date of signing.
    pub signing: bool,
    pub path: path::Path,
    pub dates: Vec<(Date, Range<usize>)>,
    pub years: Vec<Year>,
}

/// Every text that holds one.
pub(super) fn dated<'a>(context: &Context<'a>) -> Vec<Dated<'a>> {
    let tree = context.tree;
    let mut out = Vec::new();
    let mut read = |text: &'a Text, signing: bool, path: &dyn Fn() -> path::Path| {
        let (dates, years) = (date::dates(&text.text), date::years(&text.text));
        if !dates.is_empty() || !years.is_empty() {
            out.push(Dated { text, signing, path: path(), dates, years });
        }
    };
    read(&tree.title, false, &|| "題名".into());
    read(&tree.date, true, &|| "日付".into());
    let holding = context.prose().holding(&YEAR);
    prose::visit(tree, holding.into_iter(), &mut |_, at, text| read(text, false, at.path));
    out
}

/// Calls `see` with every date and its path.
pub(super) fn each<'a>(context: &Context<'a>, see: &mut dyn FnMut(Found<'a>, &str)) {
    for dated in context.dated() {
        for (date, range) in &dated.dates {
            let found = Found { date: *date, text: dated.text, range: range.clone(), signing: dated.signing };
            see(found, &dated.path);
        }
    }
}
