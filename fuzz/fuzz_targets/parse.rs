//! A text to its tree, its JSON, its canonical form and its findings.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| kouotsu_fuzz::text(&String::from_utf8_lossy(bytes)));
