//! What the tool writes: pure functions of a reading.

pub mod document;
