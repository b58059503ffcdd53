//! With what the lines of 記名 begin: `甲　青葉市中央1丁目`, `（乙）若草町長`, `立会人`.

use super::{Context, label};
use crate::lines::is_blank;

/// The symbol of a party, or of a witness, that begins a line.
pub fn symbol(text: &str, cx: &Context) -> Option<String> {
    let symbol = cx.parties.iter().map(|p| p.symbol.clone()).find(|s| {
        text.strip_prefix(s.as_str()).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(|c| is_blank(c) || c == '\t') || cx.spaced || bracketed_stem(s, rest)
        })
    });
    symbol.or_else(|| {
        let first = text.split(|c| is_blank(c) || c == '\t').next().unwrap_or("");
        (label::is_stem(first.trim_matches(['（', '）', '(', ')'])) || first == "立会人").then(|| first.to_string())
    })
}

/// Where the symbol of another party stands behind a run of blanks.
pub fn beside(text: &str, cx: &Context) -> Option<usize> {
    // no line of signatures is longer
    if text.len() > 400 {
        return None;
    }
    let parted = |at: &usize| text[..*at].chars().rev().take_while(|c| is_blank(*c)).count() > 1;
    let symbols = cx.parties.iter().flat_map(|p| text.match_indices(p.symbol.as_str())).map(|(at, _)| at);
    symbols.filter(|at| *at > 0 && parted(at) && symbol(&text[*at..], cx).is_some()).min()
}

/// `甲）青葉市…` of `（甲）青葉市…`
pub fn bracketed<'a>(text: &'a str, cx: &Context) -> Option<&'a str> {
    let inner = text.strip_prefix(['（', '('])?;
    cx.parties
        .iter()
        .any(|p| bracketed_stem(&p.symbol, inner.strip_prefix(p.symbol.as_str()).unwrap_or_default()))
        .then_some(inner)
}

fn bracketed_stem(symbol: &str, rest: &str) -> bool {
    label::is_stem(symbol) && rest.starts_with([':', '：', '）', ')'])
}

/// Words of two parties on one line, or an office among other words: no address.
pub fn is_crowded(text: &str, cx: &Context) -> bool {
    let names = || cx.parties.iter().flat_map(|p| &p.names).map(String::as_str).filter(|name| text.contains(name));
    // `青葉市` stands in `北青葉市` too
    let apart = |one: &str| names().any(|other| !one.contains(other) && !other.contains(one));
    let is_office = |word: &str| ["市長", "町長", "村長"].iter().any(|office| word.ends_with(office));
    names().any(apart) || text.split(is_blank).any(is_office)
}
