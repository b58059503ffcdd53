//! What makes a finding the same one tomorrow: rule, address and words, not the line.

use crate::diagnostics::Diagnostic;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Sixteen hexadecimal figures of the words at the finding's place: the same after re-wrapping, with other
/// line ends, blanks or another Unicode normal form. A finding without a place has the figures of no words.
pub fn words(finding: &Diagnostic, source: &str) -> String {
    let text = finding.span.map_or("", |span| span.slice(source));
    let bare: String = text.nfc().filter(|c| !c.is_whitespace()).collect();
    short(&[&bare])
}

/// One fingerprint a finding, in order: a hash over rule, address and words, then `:1`, `:2` … for equal ones.
pub fn fingerprints(findings: &[Diagnostic], source: &str) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let one = |finding: &Diagnostic| {
        let path: String = finding.path.nfc().collect();
        let hash = short(&[finding.rule, &path, &words(finding, source)]);
        let count = seen.entry(hash.clone()).or_default();
        *count += 1;
        format!("{hash}:{count}")
    };
    findings.iter().map(one).collect()
}

/// The same name for a file however it was spelled: `/` between folders, no `./` before them.
pub fn file(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches("./").into()
}

/// The first 64 bits of a hash over the parts, in hexadecimal.
pub(crate) fn short(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Severity, Words};
    use crate::span::Span;

    fn at(source: &str, part: &str) -> Diagnostic {
        let start = source.find(part).expect("part of the source");
        Diagnostic {
            rule: "x",
            severity: Severity::Note,
            words: Words::new("", ""),
            path: "第1条".into(),
            span: Some(Span::new(start, start + part.len())),
            related: vec![],
            help: None,
        }
    }

    #[test]
    fn survives_wraps_line_ends_and_normal_forms() {
        let plain = "これは医療が足りない。";
        let same =
            ["これは医療\nが足りない。", "\u{3000}これは医療\r\n  が足りない。", "これは医療か\u{3099}足りない。"];
        let expected = fingerprints(&[at(plain, plain)], plain);
        for text in same {
            assert_eq!(fingerprints(&[at(text, text)], text), expected, "{text:?}");
        }
        let other = "これは医療が足りる。";
        assert_ne!(fingerprints(&[at(other, other)], other), expected);
    }

    #[test]
    fn counts_equal_ones() {
        let found = fingerprints(&[at("甲", "甲"), at("甲", "甲")], "甲");
        assert!(found[0].ends_with(":1") && found[1].ends_with(":2"));
        assert_eq!(found[0][..16], found[1][..16]);
    }
}
