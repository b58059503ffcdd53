//! What is written: pure functions of what was read and found.

pub mod document;
pub mod findings;
