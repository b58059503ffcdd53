//! The texts of an agreement end to end: a word is looked for once, not in each of hundreds of texts.

use crate::ast::{Agreement, Text};
use crate::model::walk::{self, At};
use memchr::memmem::Finder;

/// Every text of [`walk::texts`], in its order.
pub(super) struct Prose<'a> {
    /// The words of all, with a line end behind each text.
    pub words: String,
    texts: Vec<&'a Text>,
    /// Where the words of each end.
    ends: Vec<usize>,
}

impl<'a> Prose<'a> {
    /// The texts of a tree that was read from so many bytes.
    pub fn of(tree: &'a Agreement, bytes: usize) -> Self {
        let mut prose = Self { words: String::with_capacity(bytes), texts: Vec::new(), ends: Vec::new() };
        walk::texts(tree, &mut |_, text| {
            prose.words.push_str(&text.text);
            prose.ends.push(prose.words.len());
            prose.words.push('\n');
            prose.texts.push(text);
        });
        prose
    }

    /// The words of the text at an index.
    pub fn text(&self, nth: usize) -> &'a str {
        self.texts.get(nth).map_or("", |text| &text.text)
    }

    /// The index of the text that a byte of the words stands in, and its place there.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let nth = self.ends.partition_point(|end| *end <= at);
        let start = nth.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1);
        (nth, at - start)
    }

    /// The indices of the texts that hold a word.
    pub fn holding(&self, word: &Finder) -> Vec<usize> {
        let mut found: Vec<usize> = word.find_iter(self.words.as_bytes()).map(|at| self.place(at).0).collect();
        found.dedup();
        found
    }
}

/// Calls `see` with the texts at some indices, in order. Rules name few texts or none: a path is not made before.
pub(super) fn visit<'a>(
    tree: &'a Agreement,
    which: impl Iterator<Item = usize>,
    see: &mut dyn FnMut(usize, At, &'a Text),
) {
    let (mut left, mut nth) = (which.peekable(), 0);
    if left.peek().is_none() {
        return;
    }
    walk::texts(tree, &mut |at, text| {
        if left.next_if_eq(&nth).is_some() {
            see(nth, at, text);
        }
        nth += 1;
    });
}
