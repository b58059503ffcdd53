//! A web page to text to tree.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kouotsu_fuzz::document(&kouotsu::input::html::read(&String::from_utf8_lossy(bytes)));
});
