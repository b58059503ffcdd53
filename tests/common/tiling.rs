//! Every byte of a text stands in one leaf, in trivia or is blank. The fuzz targets include this file.

use kouotsu::ast::Text;
use kouotsu::lines::{composed, is_blank, markdown, radical};
use kouotsu::model::{tiles, walk};
use kouotsu::{Parsed, Reading, parse};

fn is_space(c: char) -> bool {
    is_blank(c)
        || c.is_whitespace()
        || c.is_control()
        || matches!(c, composed::FILL | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

/// Words of the source as a leaf has them: without tags of Markdown.
fn unmarked(source: &str) -> String {
    source.split(['\n', '\r', '\u{c}']).map(|line| markdown::unmarked(line).0).collect()
}

/// Without blanks and the backslashes of Markdown, radicals as kanji, kana whole.
fn bare(text: &str) -> String {
    let letters: String = text.chars().filter(|c| !is_space(*c) && *c != '\\').collect();
    let composed = composed::whole(&letters);
    composed.chars().filter(|c| !is_space(*c)).map(|c| radical::kanji(c).unwrap_or(c)).collect()
}

/// Why a reading does not tile its part of the source, if it does not.
pub fn untiled(source: &str, reading: &Reading) -> Option<String> {
    let tiles = tiles::tiles(&reading.tree);
    for pair in tiles.windows(2) {
        if pair[0].end > pair[1].start {
            return Some(format!("「{}」 and 「{}」 overlap", pair[0].slice(source), pair[1].slice(source)));
        }
    }
    if let Some(out) = tiles.iter().find(|t| t.start < reading.span.start || t.end > reading.span.end) {
        return Some(format!("「{}」 stands outside", out.slice(source)));
    }
    let accounted = tiles::accounted(source, reading.span, &reading.tree);
    (accounted != reading.span.len() as u64)
        .then(|| format!("{accounted} of {} bytes are accounted for", reading.span.len()))
}

/// A leaf whose words are not those of its pieces.
fn unfaithful(source: &str, reading: &Reading) -> Option<String> {
    let mut wrong = None;
    walk::leaves(&reading.tree, &mut |leaf: &Text| {
        let pieces: String = leaf.pieces.iter().map(|piece| piece.slice(source)).collect();
        let words: String = leaf.pieces.iter().map(|piece| unmarked(piece.slice(source))).collect();
        // those around the cells of a spreadsheet
        let unquoted = |text: &str| bare(text).replace('"', "");
        // the labels of a header whose lines were put together have each its own letters again
        let sorted = |text: &str| {
            let mut letters: Vec<char> = bare(text).chars().collect();
            letters.sort_unstable();
            letters
        };
        let is_joined = || leaf.pieces.iter().any(|piece| piece.slice(source).contains('\n'));
        let is_faithful = bare(&words) == bare(&leaf.text)
            || bare(&pieces) == bare(&leaf.text)
            || unquoted(&pieces) == unquoted(&leaf.text)
            || is_joined() && [&pieces, &words].iter().any(|source| sorted(source) == sorted(&leaf.text));
        // the name of a 取組 that a 号 names stands there, and has no place of its own
        if !leaf.pieces.is_empty() && !is_faithful {
            wrong.get_or_insert_with(|| format!("「{}」 from 「{pieces}」", leaf.text));
        }
    });
    wrong
}

/// What is lost, said twice or invented when `source` is read, if anything is.
pub fn complaint(source: &str) -> Option<String> {
    fault(&parse(source), source)
}

/// The same of a text that was read.
pub fn fault(parsed: &Parsed, source: &str) -> Option<String> {
    let joined = parsed.readings.windows(2).all(|pair| pair[0].span.end == pair[1].span.start);
    let ends = parsed.readings.first().is_some_and(|r| r.span.start == 0)
        && parsed.readings.last().is_some_and(|r| r.span.end as usize == source.len());
    if !(joined && ends) {
        return Some("the readings do not cover the source".into());
    }
    let fault = |reading: &Reading| untiled(source, reading).or_else(|| unfaithful(source, reading));
    parsed.readings.iter().find_map(fault)
}
