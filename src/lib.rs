//! Reads agreements between Japanese municipalities into data.
#![forbid(unsafe_code)]

pub mod ast;
pub mod diagnostics;
pub mod input;
pub mod lines;
pub mod model;
pub mod output;
pub mod parse;
pub mod schema;
pub mod span;

pub use parse::{Options, Parsed, Reading, parse, parse_with};
