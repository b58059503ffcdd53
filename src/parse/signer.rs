//! How the lines of 記名 begin: `甲　青葉市中央1丁目`, `（乙）若草町長`, `立会人`.

use super::{Context, back, label};
use crate::ast::Signature;
use crate::lines::{Line, is_blank};

/// The symbol of a party, or of a witness, that begins a line.
pub fn symbol(text: &str, cx: &Context) -> Option<String> {
    let symbol = cx.parties.iter().map(|party| &party.symbol).find(|s| {
        text.strip_prefix(s.as_str()).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(|c| is_blank(c) || c == '\t') || cx.spaced || bracketed_stem(s, rest)
        })
    });
    symbol.cloned().or_else(|| {
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

/// `青葉市長 山川 一郎  若草町長 野原 二郎`, or `山川 一郎⏎野原 二郎`, behind the addresses of both: whether the line was taken
pub fn side_by_side(lines: &[Line], at: usize, signatures: &mut Vec<Signature>, cx: &mut Context) -> bool {
    let line = &lines[at];
    let text = line.text.as_ref();
    let count = signatures.len();
    let nameless = signatures.iter().rev().take_while(|s| s.office.is_some() && s.name.is_none()).count();
    if nameless > 1 {
        let names = lines.iter().skip(at).take_while(|line| back::is_name(back::seal(&line.text), cx)).count();
        if names >= nameless {
            signatures[count - nameless].name = Some(back::person(line, back::seal(text)));
        }
        return names >= nameless;
    }
    if count < 2 || signatures.iter().any(|s| s.office.is_some()) {
        return false;
    }
    let parts = by_party(text, cx);
    if parts.len() < 2 || parts.len() != count {
        return false;
    }
    for (nth, part) in parts.into_iter().enumerate() {
        let later = signatures.split_off(nth + 1);
        if !back::signer(line, part, signatures, cx) {
            let leaf = cx.text(line, part);
            cx.tree.unparsed.push(leaf);
        }
        signatures.truncate(nth + 1);
        signatures.extend(later);
    }
    true
}

/// Each part begins with the name of another party: `青葉市長　山川 一郎`, `若草町長　野原 二郎`
fn by_party<'a>(text: &'a str, cx: &Context) -> Vec<&'a str> {
    let starts = cx.parties.iter().filter_map(|party| {
        let begins = |at: &usize| *at == 0 || text[..*at].ends_with(is_blank);
        party.names.iter().flat_map(|name| text.match_indices(name.as_str())).map(|(at, _)| at).find(begins)
    });
    let mut starts: Vec<usize> = starts.collect();
    if starts.first() != Some(&0) || !starts.is_sorted() {
        return Vec::new();
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| text[pair[0]..pair[1]].trim_matches(is_blank)).collect()
}
