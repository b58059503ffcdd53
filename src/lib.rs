//! Reads agreements between Japanese municipalities into data.
#![forbid(unsafe_code)]

pub mod amend;
pub mod ast;
pub mod baseline;
pub mod check;
#[doc(hidden)]
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod diff;
pub mod fingerprint;
pub mod input;
pub mod lines;
pub mod model;
pub mod open;
pub mod output;
pub mod parse;
pub mod rules;
pub mod schema;
pub mod source;
pub mod span;

pub use parse::{Options, Parsed, Reading, parse, parse_with};
pub use source::decode;
