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
//! assert_eq!(&*place.area_path, "別表");
//! assert!(reading.complaints.is_empty());
//! ```
//!
//! The parts, in the order in which a text goes through them: [`source`] (bytes to text) and [`input`] (PDF, Word and
//! HTML to text), [`lines`] (damage undone), [`parse`](mod@parse) (text to tree), [`ast`] (what is written), [`model`] (what it means),
//! [`rules`] (what is wrong), [`output`] (what is written out, in the types of [`schema`]), [`diff`] (two of them).
#![forbid(unsafe_code)]
// the overview of a module names its parts, which are private
#![allow(rustdoc::private_intra_doc_links)]

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
pub mod fix;
pub mod input;
pub mod lines;
pub mod model;
pub mod open;
pub mod output;
pub mod parse;
pub mod rules;
pub mod schema;
pub mod snapshot;
pub mod source;
pub mod span;

pub use parse::{Options, Parsed, Reading, parse, parse_with};
pub use source::decode;

/// The examples of the README run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
