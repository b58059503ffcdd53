//! Places in the decoded source.

use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};
use std::ops::{Deref, DerefMut};

/// A range of the decoded source in bytes; `end` is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The place of `part` in `whole`; `part` must be a slice of `whole`.
    pub fn of(part: &str, whole: &str) -> Self {
        let start = part.as_ptr() as usize - whole.as_ptr() as usize;
        debug_assert!(start + part.len() <= whole.len());
        Self::new(start, start + part.len())
    }

    /// The words that stand there, or `""` when the span is not of this text.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// The places that words were made of, in order. Nearly all words stand in one: it is kept without memory of its own,
/// and in two thirds of what a small vector takes, since a tree is mostly leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pieces {
    /// Words that stand nowhere.
    #[default]
    None,
    /// In one place.
    One(Span),
    /// Over line ends and pages.
    Many(Box<SmallVec<[Span; 6]>>),
}

impl Pieces {
    /// None, with room for so many, of which there will be several.
    pub fn with_capacity(count: usize) -> Self {
        Pieces::Many(Box::new(SmallVec::with_capacity(count)))
    }

    /// One more place behind the others.
    pub fn push(&mut self, span: Span) {
        match self {
            Pieces::None => *self = Pieces::One(span),
            Pieces::One(first) => *self = Pieces::Many(Box::new(smallvec![*first, span])),
            Pieces::Many(spans) => spans.push(span),
        }
    }
}

impl Deref for Pieces {
    type Target = [Span];

    fn deref(&self) -> &[Span] {
        match self {
            Pieces::None => &[],
            Pieces::One(span) => std::slice::from_ref(span),
            Pieces::Many(spans) => spans,
        }
    }
}

impl DerefMut for Pieces {
    fn deref_mut(&mut self) -> &mut [Span] {
        match self {
            Pieces::None => &mut [],
            Pieces::One(span) => std::slice::from_mut(span),
            Pieces::Many(spans) => spans,
        }
    }
}

impl Extend<Span> for Pieces {
    fn extend<I: IntoIterator<Item = Span>>(&mut self, spans: I) {
        spans.into_iter().for_each(|span| self.push(span));
    }
}

impl FromIterator<Span> for Pieces {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut out = Pieces::None;
        out.extend(spans);
        out
    }
}
