//! Bytes to text to lines: every byte is read or shown, and a text comes back from its own encoding.
#![no_main]

use kouotsu::parse::Repairs;
use kouotsu::{lines, source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let decoded = source::decode(bytes);
    let mut at = (0, 0);
    for run in &decoded.undecodable {
        assert!(run.offset >= at.0 && run.len > 0 && run.offset + run.len <= bytes.len());
        assert!(run.span.start >= at.1 && run.span.slice(&decoded.text).starts_with('‹'));
        at = (run.offset + run.len, run.span.end);
    }
    source::complaint(&decoded);
    // other encodings write some letters in two ways
    if ["UTF-8", "UTF-16LE", "UTF-16BE"].contains(&decoded.encoding) && decoded.undecodable.is_empty() {
        assert_eq!(source::encode(&decoded.text, decoded.encoding, bytes).as_deref(), Some(bytes));
    }
    for on in [true, false] {
        let cut = lines::split(&decoded.text, &mut Repairs::new(on));
        let mut end = 0;
        for line in &cut.lines {
            let start = line.start as usize;
            assert!(start >= end && decoded.text[start..].starts_with(line.raw()));
            end = start + line.raw().len();
        }
    }
});
