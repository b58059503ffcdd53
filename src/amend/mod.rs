//! Amendments: 改め文 read, applied and written.
//!
//! [`read()`] gives the instructions of an amending agreement, [`apply()`] plays them on an agreement and says what did not
//! fit, [`write()`] gives the 改め文 that turns one agreement into another.

mod apply;
mod block;
mod instruction;
mod level;
mod misfit;
mod name;
mod place;
mod quote;
mod read;
pub mod report;
mod reword;
mod sentence;
mod shift;
mod target;
#[cfg(test)]
mod tests;
mod wording;
mod write;

pub use apply::{Outcome, apply};
pub use instruction::{Act, Amendment, Instruction, Place, Side, Step};
pub use read::read;
pub use write::{WriteError, write};
