//! Every date of an agreement, with its place.

use super::Context;
use crate::ast::Text;
use crate::lines::join;
use crate::model::walk;
use crate::parse::date::{self, Date};
use crate::span::Span;
use memchr::memmem;
use std::ops::Range;
use std::sync::LazyLock;

static YEAR: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("年"));

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

/// Takes a text, whether it is the line of signing, and its path.
pub(super) type See<'f, 'a> = dyn FnMut(&'a Text, bool, &dyn Fn() -> String) + 'f;

/// Calls `see` with every text that may hold a date.
pub(super) fn texts<'a>(context: &Context<'a>, see: &mut See<'_, 'a>) {
    let tree = context.tree;
    let mut one = |text: &'a Text, signing: bool, path: &dyn Fn() -> String| {
        if YEAR.find(text.text.as_bytes()).is_some() {
            see(text, signing, path);
        }
    };
    one(&tree.title, false, &|| "題名".into());
    one(&tree.date, true, &|| "日付".into());
    walk::texts(tree, &mut |at, text| one(text, false, at.path));
}

/// Calls `see` with every date and its path.
pub(super) fn each<'a>(context: &Context<'a>, see: &mut dyn FnMut(Found<'a>, &dyn Fn() -> String)) {
    texts(context, &mut |text, signing, path| {
        for (date, range) in date::dates(&text.text) {
            see(Found { date, text, range, signing }, path);
        }
    });
}
