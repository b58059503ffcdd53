//! A PDF file to text to tree. Bytes that are no PDF file are the content of its pages and of its form /X, with `%page` between them.
#![no_main]

use kouotsu::input::pdf::{self, Limits};
use libfuzzer_sys::fuzz_target;

/// What the contents may name: /A shows Latin letters, /J UCS-2, /S Shift_JIS upright, /X is a form.
const OBJECTS: [&str; 6] = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[7 0 R 9 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 3 0 R>>",
    "<</Font<</A 4 0 R/J 5 0 R/S 6 0 R>>/XObject<</X 11 0 R>>>>",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "<</Type/Font/Subtype/Type0/BaseFont/M/Encoding/UniJIS-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/M/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000>>]>>",
    "<</Type/Font/Subtype/Type0/BaseFont/M/Encoding/90ms-RKSJ-V/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/M/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000>>]>>",
];

const BREAK: &[u8] = b"%page";

fn file(content: &[u8]) -> Vec<u8> {
    let mut rest = content;
    let mut next = || {
        let end = rest.windows(BREAK.len()).position(|part| part == BREAK).unwrap_or(rest.len());
        let part = &rest[..end];
        rest = rest.get(end + BREAK.len()..).unwrap_or_default();
        part
    };
    let stream = |head: &str, body: &[u8]| {
        [format!("<<{head}/Length {}>>\nstream\n", body.len()).as_bytes(), body, b"\nendstream"].concat()
    };
    let mut objects: Vec<Vec<u8>> = OBJECTS.iter().map(|object| object.as_bytes().to_vec()).collect();
    for content in [8, 10] {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R>>").into_bytes());
        objects.push(stream("", next()));
    }
    objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 3 0 R", next()));
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let tail = format!("{table}trailer <</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, out.len());
    out.extend(tail.as_bytes());
    out
}

fuzz_target!(|bytes: &[u8]| {
    // a file may cost more than an input of the fuzzer should
    let limits = Limits { pages: 200, operators: 200_000, glyphs: 50_000, decoded: 4 << 20, ..Limits::default() };
    let read = if bytes.starts_with(b"%PDF") { pdf::read(bytes, &limits) } else { pdf::read(&file(bytes), &limits) };
    if let Ok(document) = read {
        kouotsu_fuzz::document(&document);
    }
});
