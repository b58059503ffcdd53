//! The words of a line: a slice of the source, or a copy without the damage.

use std::cell::Cell;
use std::ops::Deref;

/// What a line says; nearly always just what stands in the source.
#[derive(Clone, Debug)]
pub enum Words<'s> {
    /// As it stands in the source.
    Plain(&'s str),
    /// A copy whose letters were damaged, boxed since lines are many and copies few.
    Repaired(Box<Repaired<'s>>),
}

/// A repaired copy, and the slice of the source that it was made of.
#[derive(Clone, Debug)]
pub struct Repaired<'s> {
    /// The words.
    pub copy: String,
    /// The same as it stands in the source.
    pub raw: &'s str,
    /// An offset in the copy and where it stands in `raw`: what is asked behind it is counted from there.
    pub known: Cell<(usize, usize)>,
}

impl<'s> Words<'s> {
    /// A repaired copy of `raw`.
    pub fn repaired(copy: String, raw: &'s str) -> Self {
        Words::Repaired(Box::new(Repaired { copy, raw, known: Cell::default() }))
    }

    /// As it stands in the source.
    pub fn raw(&self) -> &'s str {
        match self {
            Words::Plain(raw) => raw,
            Words::Repaired(repaired) => repaired.raw,
        }
    }
}

impl Deref for Words<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Words::Plain(raw) => raw,
            Words::Repaired(repaired) => &repaired.copy,
        }
    }
}

impl AsRef<str> for Words<'_> {
    fn as_ref(&self) -> &str {
        self
    }
}
