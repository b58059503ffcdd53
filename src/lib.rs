//! Reads agreements between Japanese municipalities into data.
#![forbid(unsafe_code)]

pub mod ast;
pub mod diagnostics;
pub mod diff;
pub mod input;
pub mod schema;
pub mod span;
