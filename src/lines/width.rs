//! How wide a line is: it is asked of most lines of a wrapped text, and more than once.

use std::cell::Cell;

/// A width that is measured once.
#[derive(Clone, Debug)]
pub struct Width(Cell<u16>);

impl Default for Width {
    fn default() -> Self {
        Width(Cell::new(u16::MAX))
    }
}

impl Width {
    /// The width, measured where it is not known; one that is too large to be kept is measured each time.
    pub fn get_or(&self, measure: impl Fn() -> usize) -> usize {
        if self.0.get() == u16::MAX {
            self.0.set(measure().try_into().unwrap_or(u16::MAX));
        }
        if self.0.get() == u16::MAX { measure() } else { self.0.get().into() }
    }
}
