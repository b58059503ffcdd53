//! What several rules ask of one agreement: found when the first of them asks, and kept for the others.

use super::Context;
use super::areas;
use super::dates::{self, Dated};
use super::prose::Prose;
use super::series::{self, Disorder};
use super::table_pointer_mismatch::{self, Pointer};
use crate::model::walk::{self, FieldPlace};
use std::cell::OnceCell;

/// Answers so far.
#[derive(Default)]
pub(crate) struct Facts<'a> {
    prose: OnceCell<Prose<'a>>,
    dated: OnceCell<Vec<Dated<'a>>>,
    fields: OnceCell<Vec<FieldPlace<'a>>>,
    damaged: OnceCell<bool>,
    disorder: OnceCell<Disorder>,
    pointers: OnceCell<Vec<Pointer<'a>>>,
}

impl<'a> Context<'a> {
    /// The texts end to end.
    pub(super) fn prose(&self) -> &Prose<'a> {
        self.facts.prose.get_or_init(|| Prose::of(self.tree, self.span.len()))
    }

    /// The texts that hold a year.
    pub(super) fn dated(&self) -> &[Dated<'a>] {
        self.facts.dated.get_or_init(|| dates::dated(self))
    }

    /// Every 分野 that holds 取組 or a heading.
    pub(super) fn fields(&self) -> &[FieldPlace<'a>] {
        self.facts.fields.get_or_init(|| walk::fields(self.tree))
    }

    /// Whether the tables could not be read as a whole.
    pub(super) fn is_damaged(&self) -> bool {
        *self.facts.damaged.get_or_init(|| areas::is_damaged(self))
    }

    /// What is wrong with any numbers.
    pub(super) fn disorder(&self) -> Disorder {
        *self.facts.disorder.get_or_init(|| series::disorder(self.tree))
    }

    /// Every 号 that points at a 別表.
    pub(super) fn pointers(&self) -> &[Pointer<'a>] {
        self.facts.pointers.get_or_init(|| table_pointer_mismatch::pointers(self))
    }
}
