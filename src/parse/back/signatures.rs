//! 記名: who signs, with address, office and name.

use crate::ast::{Signature, Text, TriviaKind};
use crate::lines::{Line, is_blank};
use crate::parse::{Context, label, party, signer};

/// Words with which an office ends.
const OFFICES: &[&str] =
    &["市長", "町長", "村長", "区長", "知事", "教育長", "管理者", "理事長", "組合長", "広域連合長", "委員長"];

/// Whether the parties sign from a line on, without a 後文 or a date before them.
pub fn begins(lines: &[Line], at: usize, cx: &Context) -> bool {
    let text = lines[at].text.as_ref();
    let may_be = text.strip_prefix(['（', '(']).unwrap_or(text).starts_with(label::is_symbol);
    let signs = |line: &Line| office(&line.text).is_some_and(|(_, name)| name.starts_with(is_blank));
    may_be
        && !text.ends_with(['。', '、'])
        && signer::symbol(signer::bracketed(text, cx).unwrap_or(text), cx).is_some()
        && lines.iter().skip(at).take(4).take_while(|line| !line.text.ends_with('。')).any(signs)
}

/// `甲　青葉市中央1丁目`, `甲　青葉市長　山川 一郎　　乙　若草町長　海野 みなと`: who signs on one line
pub(super) fn signature(lines: &[Line], at: usize, signatures: &mut Vec<Signature>, cx: &mut Context) {
    if signer::side_by_side(lines, at, signatures, cx) {
        return;
    }
    let mut rest = lines[at].text.as_ref();
    while let Some(next) = signer::beside(rest, cx) {
        block(lines, at, rest[..next].trim_end_matches(is_blank), signatures, cx);
        rest = &rest[next..];
    }
    block(lines, at, rest, signatures, cx);
}

/// `甲　青葉市中央1丁目`: a symbol, and what follows it
fn block(lines: &[Line], at: usize, mut text: &str, signatures: &mut Vec<Signature>, cx: &mut Context) {
    let line = &lines[at];
    // `（甲）青葉市中央1丁目`
    text = signer::bracketed(text, cx).unwrap_or(text);
    if let Some(symbol) = signer::symbol(text, cx) {
        let (symbol, rest) = text.split_at(symbol.len());
        let symbol = cx.text(line, symbol);
        // the address stands over the symbol
        match signatures.last_mut().filter(|s| s.symbol.text.is_empty() && s.address.is_some() && s.office.is_none()) {
            Some(last) => last.symbol = symbol,
            None => signatures.push(Signature { symbol, ..Signature::default() }),
        }
        text = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '\t' | '）' | ')' | '：' | ':'));
    }
    // without symbols, an address and a name stand before the office of each who signs
    let complete = signatures.last().is_none_or(|s| s.office.is_some() && s.name.is_some());
    if complete && office(text).is_none() && (introduces(lines, at) || is_over_name(lines, at, cx)) {
        signatures.push(Signature::default());
    }
    // `4⏎⏎若草町長 海野`: the figure ends the address, as it is before a page end
    let figures = text.trim_start_matches(char::is_numeric);
    if figures.len() < text.len()
        && figures.starts_with(is_blank)
        && office(figures.trim_start_matches(is_blank)).is_some()
        && let Some(address) = signatures.last_mut().filter(|s| s.office.is_none()).and_then(|s| s.address.as_mut())
    {
        address.push(line, &text[..text.len() - figures.len()], &mut cx.repairs);
        text = figures.trim_start_matches(is_blank);
    }
    let rest = unlabelled(text);
    if rest.len() < text.len() {
        cx.trivia(line.span(&text[..text.len() - rest.len()]), TriviaKind::Mark);
        text = rest;
    }
    if !text.is_empty() && !signer(line, text, signatures, cx) {
        cx.tree.unparsed.push(Text::of(line, text, &mut cx.repairs));
    }
}

/// Whether the office of one who signs follows within two lines, and no symbol before it.
fn introduces(lines: &[Line], at: usize) -> bool {
    let text = lines[at].text.as_ref();
    let has_symbol = |line: &&Line| line.text.split(is_blank).next().is_some_and(label::is_stem);
    text.chars().count() <= 40
        && !text.ends_with(['。', '、'])
        && lines
            .iter()
            .skip(at + 1)
            .take(2)
            .take_while(|line| !has_symbol(line))
            .any(|line| office(&line.text).is_some())
}

/// `青葉市中央1丁目` over `甲　青葉市`
fn is_over_name(lines: &[Line], at: usize, cx: &Context) -> bool {
    let names = |text: &str| {
        let symbol = signer::symbol(text, cx)?;
        let name = text[symbol.len()..].trim_start_matches(is_blank);
        Some(cx.parties.iter().flat_map(|party| &party.names).any(|n| n == name))
    };
    let text = lines[at].text.as_ref();
    text.contains(char::is_numeric)
        && !text.ends_with(['。', '、'])
        && signer::symbol(text, cx).is_none()
        && lines.get(at + 1).is_some_and(|next| names(&next.text) == Some(true))
}

/// `青葉市長　山川 一郎` of `氏名　青葉市長　山川 一郎`
fn unlabelled(text: &str) -> &str {
    let parted = |c| is_blank(c) || matches!(c, '：' | ':');
    let rest = ["住所", "所在地", "職氏名", "氏名", "代表者"].iter().find_map(|label| text.strip_prefix(label));
    let Some(rest) = rest.filter(|rest| rest.starts_with(parted)).map(|rest| rest.trim_start_matches(parted)) else {
        return text;
    };
    // `代表者　山川 一郎` names an office
    if text.starts_with("代表者") && office(rest).is_none() { text } else { rest }
}

/// Whether as many have signed as there are parties.
pub(super) fn is_signed(signatures: &[Signature], cx: &Context) -> bool {
    signatures.iter().filter(|s| s.office.is_some()).count() >= cx.parties.len()
}

/// `甲⏎乙⏎青葉市長　山川 一郎⏎若草町長　海野 みなと`: all symbols stand above those who sign, whose offices name the parties in turn.
pub(super) fn align(signatures: &mut Vec<Signature>, cx: &Context) {
    let signs = |s: &&Signature| s.office.is_some();
    let has_symbol = |s: &&Signature| !s.symbol.is_empty();
    let count = cx.parties.len();
    let is_apart = signatures.iter().any(|s| has_symbol(&s) && !signs(&s));
    if !is_apart
        || [signatures.iter().filter(signs).count(), signatures.iter().filter(has_symbol).count()] != [count; 2]
    {
        return;
    }
    let of_party = |(s, symbol): (&Signature, &Signature)| {
        let party = cx.parties.iter().find(|party| party.symbol == *symbol.symbol.text);
        let office = s.office.as_ref().map_or("", |office| &office.text);
        party.is_some_and(|party| party.names.iter().any(|name| office.starts_with(name.as_str())))
    };
    let symbols = signatures.iter().filter(has_symbol);
    if !signatures.iter().filter(signs).zip(symbols).all(of_party) {
        return;
    }
    let symbols: Vec<Text> =
        signatures.iter_mut().map(|s| std::mem::take(&mut s.symbol)).filter(|s| !s.is_empty()).collect();
    signatures.retain(|s| signs(&s));
    signatures.iter_mut().zip(symbols).for_each(|(s, symbol)| s.symbol = symbol);
}

/// Whether a line begins the signature of a party, or names who signs.
pub(super) fn signs(lines: &[Line], at: usize, cx: &Context) -> bool {
    let text = lines[at].text.as_ref();
    signer::symbol(text, cx).is_some()
        || office(text).is_some_and(|(_, name)| name.is_empty() || name.starts_with(is_blank))
}

/// `青葉市中央1丁目`, `青葉市長　山川 一郎 印`, `山川`: whether the words belong to 記名
pub fn signer(line: &Line, mut text: &str, signatures: &mut Vec<Signature>, cx: &mut Context) -> bool {
    if let Some((address, rest)) = addressed(text)
        && let Some(last) = signatures.last_mut().filter(|s| s.office.is_none() && s.address.is_none())
    {
        last.address = Some(cx.text(line, address));
        text = rest;
    }
    if let Some((office, name)) = office(text) {
        // `楓村長職務代理者`, and on the next line the office of that person
        let acting =
            |s: &Signature| s.name.is_none() && s.office.as_ref().is_some_and(|o| o.text.ends_with("職務代理者"));
        let taken = signatures.last().is_none_or(|s| s.office.is_some() && !acting(s));
        if taken {
            signatures.push(Signature::default());
        }
        let Some(last) = signatures.last_mut() else { return false };
        last.office.get_or_insert_default().push(line, office, &mut cx.repairs);
        let name = seal(name);
        if !name.is_empty() {
            last.name = Some(person(line, name));
        }
        return true;
    }
    let Some(last) = signatures.last_mut() else { return false };
    let bare = seal(text);
    let count = bare.chars().filter(|c| !is_blank(*c)).count();
    // the mark of a seal, also where a wrap cut it from the name
    if bare.is_empty() || bare == "印" {
        return true;
    }
    if last.office.is_some() {
        let whole = last.name.as_ref().is_some_and(|n| n.text.contains(' ') || n.text.chars().count() >= 4);
        // the last letter of a name that a wrap cut
        let cut = count == 1 && !line.gap;
        if count <= 8 && (!whole || cut) && !bare.ends_with(['。', '、']) {
            let part = person(line, bare);
            let name = last.name.get_or_insert_default();
            // letters of a pulled-apart name stand together, family and given name apart
            let single = part.text.chars().count() == 1;
            if !name.text.is_empty() && !single {
                name.text.push(' ');
            }
            name.text.push_str(&part.text);
            name.pieces.extend(part.pieces.iter().copied());
            return true;
        }
        return false;
    }
    if count > 60 || bare.ends_with('。') || signer::is_crowded(bare, cx) {
        return false;
    }
    if last.address.as_ref().is_some_and(|a| a.text.contains(|c: char| c.is_numeric())) && is_name(bare, cx) {
        last.name = Some(person(line, bare));
        return true;
    }
    // extractors that read column by column put the name behind the next symbol
    if last.address.is_none()
        && is_name(bare, cx)
        && let [.., before, _] = signatures.as_mut_slice()
        && before.office.is_some()
        && before.name.is_none()
    {
        before.name = Some(person(line, bare));
        return true;
    }
    // the name of a party below its address
    if cx.parties.iter().flat_map(|party| &party.names).any(|name| name == bare) {
        cx.trivia(line.span(text), TriviaKind::Mark);
        return true;
    }
    let Some(last) = signatures.last_mut() else { return false };
    // the part of a name that the order of columns put before an address
    if let Some(stray) = last.address.take_if(|before| is_stray(before, bare, cx)) {
        cx.tree.unparsed.push(stray);
    }
    let address = last.address.get_or_insert_default();
    if party::is_municipality(bare) {
        address.push_line(line, bare, &mut cx.repairs);
    } else {
        address.push(line, bare, &mut cx.repairs);
    }
    true
}

/// `一郎⏎若草町中央4番地`: whether words are no part of an address that begins anew with the name of a party; `北海道⏎若草町…` are
fn is_stray(before: &Text, address: &str, cx: &Context) -> bool {
    let text = before.text.as_str();
    text.len() <= 8 * 3
        && !text.contains(char::is_numeric)
        && !text.ends_with(['県', '都', '道', '府', '郡', '市', '町', '村', '区'])
        && cx.parties.iter().flat_map(|party| &party.names).any(|name| address.starts_with(name.as_str()))
}

/// `青葉市中央1丁目　青葉市長　山川 一郎`: the address before the office on one line
fn addressed(text: &str) -> Option<(&str, &str)> {
    let parts = text.match_indices(is_blank).map(|(at, blank)| (&text[..at], &text[at + blank.len()..]));
    let begins = |rest: &str| {
        let word = rest.split(is_blank).next().unwrap_or_default();
        OFFICES.iter().any(|office| word.ends_with(office)) && office(rest).is_some()
    };
    let has_figure = |address: &str| address.contains(char::is_numeric) || address.ends_with(['地', '号']);
    parts
        .map(|(address, rest)| (address, rest.trim_start_matches(is_blank)))
        .find(|(address, rest)| begins(rest) && has_figure(address))
}

/// `山川 一郎`: two words without figures, no address of a party
pub fn is_name(text: &str, cx: &Context) -> bool {
    text.split(is_blank).filter(|w| !w.is_empty()).count() == 2
        && text.chars().count() <= 10
        && !text.chars().any(|c| c.is_numeric() || matches!(c, '番' | '字'))
        && !cx.parties.iter().flat_map(|p| &p.names).any(|name| text.contains(name.as_str()))
}

/// `印`, `㊞` behind a name
pub fn seal(text: &str) -> &str {
    let text = text.trim_matches(is_blank);
    let bare = text.trim_end_matches(['㊞']).trim_end_matches(is_blank);
    match bare.strip_suffix("（印）").or_else(|| bare.strip_suffix("(印)")) {
        Some(rest) => rest.trim_end_matches(is_blank),
        None => {
            bare.strip_suffix('印').filter(|r| r.ends_with(is_blank)).map_or(bare, |r| r.trim_end_matches(is_blank))
        }
    }
}

/// A name as written, one blank between its parts.
pub fn person(line: &Line, part: &str) -> Text {
    let words: Vec<&str> = part.split(|c| is_blank(c) || c == '\t').filter(|w| !w.is_empty()).collect();
    let apart = words.len() > 2 && words.iter().all(|w| w.chars().count() == 1);
    let text = if apart { words.concat() } else { words.join(" ") };
    Text { text: text.into(), pieces: [line.span(part)].into_iter().collect() }
}

/// `青葉市長　山川 一郎`, `青葉市長山川一郎`: the office and what follows
pub fn office(text: &str) -> Option<(&str, &str)> {
    let mut ends = text.match_indices(['長', '事', '者']).map(|(at, letter)| at + letter.len()).peekable();
    ends.peek()?;
    let end = ends.find(|end| OFFICES.iter().any(|office| text[..*end].ends_with(office)));
    let agent = || text.starts_with("代表者").then_some("代表者".len());
    let mut end = end.or_else(|| pulled_office(text)).or_else(agent)?;
    if text[end..].trim_start_matches(is_blank).starts_with("職務代理者") {
        end = text.find("職務代理者")? + "職務代理者".len();
    }
    let (office, name) = (&text[..end], &text[end..]);
    let fits = office.chars().count() <= 24
        && name.chars().count() <= 16
        && !text.ends_with('。')
        // `若草町長沼3番地`
        && !name.contains(|c: char| c.is_numeric())
        && !office.contains(['、', '。'])
        && !name.starts_with(['の', 'は', 'と', 'に', 'が', '及', '、']);
    fits.then_some((office, name))
}

/// `鈴蘭町 長　海野`: the end of an office that a blank parts; `若草町 長谷川` is none
fn pulled_office(text: &str) -> Option<usize> {
    let at = text.find(" 長").filter(|at| text[..*at].ends_with(['市', '町', '村', '区']))?;
    let end = at + " 長".len();
    text[end..].chars().next().is_none_or(is_blank).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_office_ends_as_the_cheap_test_expects() {
        for office in OFFICES {
            assert!(office.ends_with(['長', '事', '者']), "{office}");
        }
    }
}
