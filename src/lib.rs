//! Reads agreements between Japanese municipalities (定住自立圏形成協定, 連携協約) into data, and judges them.
//!
//! ```
//! let bytes = "\
//! 青葉市と若草町との連携に関する協定書
//!
//! 青葉市（以下「甲」という。）と若草町（以下「乙」という。）とは、次のとおり協定を締結する。
//!
//! 第1条 取組と役割は、別表のとおりとする。
//!
//! 別表
//! 夜間の当番\t取組内容\t夜間の当番医を続ける。
//! \t甲の役割\t当番表を作る。
//! \t乙の役割\t費用の一部を出す。
//! "
//! .as_bytes();
//! let decoded = kouotsu::decode(bytes);
//! let parsed = kouotsu::parse(&decoded.text);
//! let reading = &parsed.readings[0];
//! let fields = kouotsu::model::walk::fields(&reading.tree);
//! let (place, initiative) = kouotsu::model::walk::initiatives(&fields).next().expect("one 取組");
//! assert_eq!(initiative.name.text, "夜間の当番");
//! assert_eq!(initiative.roles[1].text.text, "費用の一部を出す。");
//! assert_eq!(place.path(), "別表/");
//! assert!(reading.complaints.is_empty());
//! // the same as the output types, ready for serde
//! assert_eq!(kouotsu::agreements(&parsed)[0].tables[0].fields[0].initiatives[0].roles["甲"], "当番表を作る。");
//! ```
//!
//! [`decode`] makes bytes of any Japanese encoding a text, [`parse`](fn@parse) reads it into [`Parsed`]: for each agreement a
//! [`Reading`] with its tree ([`ast`]), what it means ([`model`]) and the complaints ([`Diagnostic`]). [`agreements`] gives the same as
//! the versioned output types ([`schema`]), of which [`diff`](fn@diff) compares two and [`snapshot`] keeps what they say.
//! Nothing fails, nothing is global, everything is `Send + Sync`.
#![forbid(unsafe_code)]
// the overview of a module names its parts, which are private
#![allow(rustdoc::private_intra_doc_links)]

pub mod ast;
pub mod model;
pub mod schema;
pub mod snapshot;

pub use diagnostics::{Diagnostic, Severity};
pub use diff::diff;
pub use output::document::agreements;
pub use parse::{Options, Parsed, Reading, parse, parse_with};
pub use source::{Decoded, decode};
pub use span::Span;

// The parts of the command line; they may change with every version.
#[doc(hidden)]
pub mod amend;
#[doc(hidden)]
pub mod baseline;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diagnostics;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod fingerprint;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod input;
#[doc(hidden)]
pub mod lines;
#[doc(hidden)]
pub mod open;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod parse;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod span;

/// The examples of the README run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
