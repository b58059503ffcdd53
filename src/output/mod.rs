//! What is written: pure functions of what was read and found.

pub mod canonical;
pub mod document;
pub mod findings;
pub mod markdown;
pub mod place;
pub mod sheet;
pub mod spool;
pub mod workbook;
