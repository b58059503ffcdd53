//! Who the parties are: `青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、`

use super::label::is_stem;
use crate::ast::{Article, Symbols};
use crate::lines::{Line, is_blank};

/// 甲, 乙: a symbol and the names that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// `甲`; the name itself where a party has no symbol
    pub symbol: String,
    /// One or more municipalities
    pub names: Vec<String>,
    /// Byte range of the definition in the text that was read
    pub range: (usize, usize),
    /// The symbol alone, as the label of a role names it
    pub alone: Symbols,
}

impl Party {
    /// A party that is defined at a range.
    pub fn new(symbol: String, names: Vec<String>, range: (usize, usize)) -> Party {
        Party { alone: [symbol.clone()].into(), symbol, names, range }
    }
}

/// `（以下「圏域」という。）`: an alias that names no party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// `圏域`
    pub name: String,
    /// Byte range of the alias in the text that was read
    pub range: (usize, usize),
}

/// A byte range.
type Range = (usize, usize);
/// A symbol, the names that it stands for, and where that is said.
type Definition = (String, Vec<String>, Range);

/// Definitions in one text: the parties and the other aliases, in their order.
pub fn definitions(text: &str) -> (Vec<Party>, Vec<Alias>) {
    let mut found: Vec<Definition> = Vec::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "以下") {
        let Some((symbol, end)) = alias(&text[at + "以下".len()..]) else { continue };
        let end = at + "以下".len() + end;
        let open = text[..at].trim_end_matches(|c| is_blank(c) || matches!(c, '（' | '(' | '〔' | '[' | '［')).len();
        let holder = holder(&text[from.min(open)..open]);
        found.extend(shared(symbol, holder, (at, end)));
        from = text[end..]
            .find(['）', ')', '〕', ']', '］'])
            .map_or(end, |close| end + close + '）'.len_utf8())
            .min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
    }
    if found.iter().all(|(symbol, ..)| !is_stem(symbol)) {
        found.extend(short_definitions(text));
    }
    let has_stems = found.iter().any(|(symbol, ..)| is_stem(symbol));
    let (mut parties, mut aliases): (Vec<Party>, Vec<Alias>) = Default::default();
    for (symbol, names, range) in found {
        let is_party =
            if has_stems { is_stem(&symbol) } else { names.iter().all(|n| is_municipality(n)) && !names.is_empty() };
        if is_party {
            parties.push(Party::new(symbol, names, range));
        } else {
            aliases.push(Alias { name: symbol, range });
        }
    }
    (parties, aliases)
}

/// `青葉市と若草町（以下それぞれ「甲」、「乙」という。）`: a name for each symbol, in their order
fn shared(symbol: &str, names: Vec<String>, range: Range) -> Vec<Definition> {
    let symbols: Vec<&str> = symbol.split(['「', '」', '、', '，', '及', 'び']).filter(|part| is_stem(part)).collect();
    let names: Vec<String> = match &names[..] {
        [one] if symbols.len() == 2 => two(one).map_or(vec![one.clone()], Vec::from),
        _ => names,
    };
    match symbols.len() > 1 && symbols.len() == names.len() {
        true => symbols.into_iter().zip(names).map(|(symbol, name)| (symbol.into(), vec![name], range)).collect(),
        false => vec![(symbol.to_string(), names, range)],
    }
}

/// `青葉市と若草町`, of which `みなと市` holds a と as well
fn two(names: &str) -> Option<[String; 2]> {
    let mut ways = names.match_indices('と').map(|(at, mark)| [&names[..at], &names[at + mark.len()..]]);
    Some(ways.find(|way| way.iter().all(|name| is_municipality(name)))?.map(str::to_string))
}

/// `青葉市（甲）と若草町（「乙」）`, `青葉市を甲とし、若草町を「乙」として`: without 以下, two municipalities at least
fn short_definitions(text: &str) -> Vec<Definition> {
    let mut found: Vec<Definition> = Vec::new();
    let mut from = 0;
    for (at, symbol) in text.match_indices(['甲', '乙', '丙', '丁', '戊']) {
        let end = at + symbol.len();
        let before = text[from.min(at)..at].trim_end_matches(['「', '『', '｢']);
        let after = text[end..].trim_start_matches(['」', '』', '｣']);
        let words = match before.strip_suffix(['（', '(']) {
            Some(words) => after.starts_with(['）', ')']).then_some(words),
            None => before.strip_suffix('を').filter(|_| after.starts_with(['と', '、', '，'])),
        };
        let Some(words) = words else { continue };
        let after_last = ["とし、", "として、", "とし", "、", "，"].iter().find_map(|mark| words.strip_prefix(mark));
        let names = holder(after_last.unwrap_or(words));
        let is_new = found.iter().all(|(known, ..)| known != symbol);
        if is_new && !names.is_empty() && names.iter().all(|name| is_municipality(name)) {
            found.push((symbol.to_string(), names, (at, end)));
            from = text.len() - after.trim_start_matches(['）', ')']).len();
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}

/// Definitions inside the first articles, as 規約 have them; their places are not told.
pub fn in_articles(articles: &[Article]) -> Vec<Party> {
    articles
        .iter()
        .take(2)
        .flat_map(|article| &article.paragraphs)
        .map(|paragraph| definitions(&paragraph.text.text).0)
        .find(|parties| parties.len() > 1)
        .unwrap_or_default()
        .into_iter()
        .map(|party| Party { range: (0, 0), ..party })
        .collect()
}

/// The parties that tables without articles speak of: a cell is `甲`, or begins with `甲の役割`. Their names are not told.
pub fn in_tables(lines: &[Line]) -> Vec<Party> {
    let heads = |cell: &str, symbol| {
        cell.strip_prefix(symbol).is_some_and(|rest| rest.is_empty() || rest.starts_with("の役割"))
    };
    let cells = || lines.iter().flat_map(|line| line.text.split(|c| is_blank(c) || matches!(c, '\t' | '|' | '【')));
    let symbols = ['甲', '乙', '丙', '丁', '戊'].into_iter().filter(|symbol| cells().any(|cell| heads(cell, *symbol)));
    symbols.map(|symbol| Party::new(symbol.into(), vec![symbol.into()], (0, 0))).collect()
}

/// `「甲」という`, `これらを「甲」という`, `甲という`, ` 甲 という`, `『甲』と総称する`: the alias and the end of the form
fn alias(input: &str) -> Option<(&str, usize)> {
    let rest = input.trim_start_matches(|c| is_blank(c) || c == '、');
    if let Some(each) = rest.strip_prefix("それぞれ") {
        let end = each.find("とい").or_else(|| each.find("と称"))?;
        return Some((each[..end].trim_matches(is_blank), input.len() - each.len() + end));
    }
    let rest = ["これらを", "これを", "総称して", "両者を", "両市町を", "単に"]
        .iter()
        .fold(rest, |r, lead| r.strip_prefix(lead).unwrap_or(r));
    let rest = rest.trim_start_matches(is_blank);
    let offset = input.len() - rest.len();
    let (name, after) = match rest.strip_prefix(['「', '『', '｢', '"', '“']) {
        Some(inner) => {
            let end = inner.find(['」', '』', '｣', '"', '”'])?;
            let close = inner[end..].chars().next()?.len_utf8();
            (&inner[..end], &inner[end + close..])
        }
        None => {
            let end = rest.find("とい").or_else(|| rest.find("と総称"))?;
            (&rest[..end], &rest[end..])
        }
    };
    let said = after.trim_start_matches(is_blank);
    let name_is_short = name.chars().count() <= 24 && !name.contains(['。', '、', '（', '）']);
    let is_form = ["とい", "と総称", "と称", "と略", "と呼", "とする"].iter().any(|form| said.starts_with(form));
    (name_is_short && is_form && !name.trim_matches(is_blank).is_empty())
        .then(|| (name.trim_matches(is_blank), offset + (rest.len() - after.len())))
}

/// The names before the bracket: `青葉市及び白波市`, `山口県若草町`, after と, 及び, 並びに of the party before it.
fn holder(text: &str) -> Vec<String> {
    let start = text
        .rfind(['。', '「', '」', '（', '）', '(', ')', '［', '］'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let mut words = text[start..].trim_matches(is_blank);
    for lead in ["とは、", "と、", "、", "と", "及び", "並びに", "および", "ならびに"] {
        words = words.strip_prefix(lead).unwrap_or(words).trim_start_matches(is_blank);
    }
    // `…に基づき、青葉市`: what stands before the last comma is not a name unless it is one
    let parts: Vec<&str> = words
        .split(['、', '，', '・'])
        .flat_map(|s| s.split("及び"))
        .flat_map(|s| s.split("並びに"))
        .flat_map(|s| s.split("および"))
        .map(|s| s.trim_matches(is_blank))
        .filter(|s| !s.is_empty())
        .collect();
    let last_plain = parts.iter().rposition(|p| !is_municipality(p));
    let names = &parts[last_plain.map_or(0, |at| at + 1)..];
    match (names.split_first(), parts.last()) {
        (Some((first, more)), _) => {
            std::iter::once(without_sentence(first)).chain(more.iter().copied()).map(str::to_string).collect()
        }
        (None, Some(last)) if let Some(name) = of_mayor(last) => vec![name.to_string()],
        (None, Some(last)) => vec![last.rsplit(['は', 'と', 'を']).next().unwrap_or(last).to_string()],
        (None, None) => Vec::new(),
    }
}

/// `青葉市` of `青葉市長山川一郎`
fn of_mayor(words: &str) -> Option<&str> {
    words.match_indices('長').map(|(at, _)| &words[..at]).find(|name| is_municipality(name))
}

/// What may stand before a name.
const LEADS: &[&str] = &["近隣の", "周辺の", "隣接する", "である", "構成する"];

/// `圏域の発展に向けて青葉市` without the words before the name: two kana between kanji end them, the one of `紀の川市` does not.
fn without_sentence(name: &str) -> &str {
    if let Some(own) = LEADS.iter().find_map(|lead| Some(name.rsplit_once(lead)?.1)).filter(|own| is_municipality(own))
    {
        return own;
    }
    let is_kana = |c: char| matches!(c, 'ぁ'..='ん');
    let is_kanji = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | 'ァ'..='ヺ' | '々');
    let Some(end) = name.rfind(is_kana).map(|at| at + 'の'.len_utf8()) else { return name };
    let words = name[..end].trim_end_matches(is_kana);
    let own = &name[end..];
    let is_sentence =
        words.ends_with(is_kanji) && own.chars().nth(1).is_some() && name[words.len()..end].chars().nth(1).is_some();
    if is_sentence { own } else { name }
}

/// `青葉市`, `青葉市・若草町`, `青葉市と若草町`: names of municipalities and nothing else.
pub fn are_names(text: &str) -> bool {
    let marks = |c| is_blank(c) || matches!(c, '・' | '、' | '，');
    let mut names = text.split("及び").flat_map(|part| part.split(marks)).filter(|name| !name.is_empty()).peekable();
    names.peek().is_some() && names.all(is_municipality)
}

/// A name that ends as the name of a local government does, placeholders and masks included.
pub fn is_municipality(name: &str) -> bool {
    let count = name.chars().count();
    (2..=16).contains(&count)
        && (name.ends_with(['市', '町', '村', '区', '県', '都', '府', '道', '郡'])
            || name.ends_with("組合")
            || name.ends_with("広域連合")
            || name.ends_with("市（町）"))
        && !name.contains(['を', '」', '「'])
        && !holds_particle(name)
}

/// は and が between kanji are words of a sentence; those of `うきは市`, `つがる市` stand among kana.
fn holds_particle(name: &str) -> bool {
    let is_kana = |c: char| matches!(c, 'ぁ'..='ん');
    name.match_indices(['は', 'が']).any(|(at, mark)| {
        let (before, after) = (&name[..at], &name[at + mark.len()..]);
        let is_last = after.chars().nth(1).is_none();
        !((before.is_empty() || before.ends_with(is_kana)) && (is_last || after.starts_with(is_kana)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        definitions(text).0.into_iter().map(|p| (p.symbol, p.names.join("・"))).collect()
    }

    #[test]
    fn every_form_of_definition() {
        let two = vec![("甲".to_string(), "青葉市".to_string()), ("乙".to_string(), "若草町".to_string())];
        for text in [
            "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり",
            "青葉市（以下「甲」という。）と若草町（以下「乙」という。）とは、",
            "青葉市（以下「甲」という。）及び若草町（以下「乙」という。）は、",
            "青葉市（以下「甲」という。）と、若草町（以下「乙」という。）とは、",
            "青葉市（以下甲という。）と若草町（以下乙という。）は、",
            "青葉市（以下「甲」とする。）と若草町（以下「乙」と称する。）は、",
            "青葉市( 以下 甲 という )及び若草町( 以下 乙 という )は、",
            "青葉市［以下「甲」という。］と若草町［以下「乙」という。］は、",
            "青葉市と若草町（以下それぞれ「甲」、「乙」という。）は、",
            "青葉市を甲とし、若草町を乙とし、甲と乙とは、次のとおり",
            "青葉市を「甲」、若草町を「乙」として、次のとおり",
            "青葉市（甲）と若草町（「乙」）は、次のとおり",
            "青葉市長山川一郎（以下「甲」という。）と若草町長海野みなと（以下「乙」という。）は、",
            "中心市である青葉市（以下「甲」という。）と、その近隣の若草町（以下「乙」という。）とは、",
            "圏域の発展のため、青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、推進要綱（平成20年。以下「推進要綱」という。）に",
        ] {
            assert_eq!(read(text), two, "{text}");
        }
        assert_eq!(
            read("青葉市及び白波市（以下これらを「甲」という。）と若草町（以下「乙」という。）は、"),
            [("甲".to_string(), "青葉市・白波市".to_string()), ("乙".to_string(), "若草町".to_string())]
        );
        assert_eq!(
            read("青葉市（以下「甲」という。）及び若草町（以下「乙」という。）並びに楓村（以下「丙」という。）は、")
                .len(),
            3
        );
        assert_eq!(read("青葉市（以下「中枢市」という。）と若草町（以下「連携町」という。）は、").len(), 2);
        assert!(read("この協定は、青葉市と若草町の区域（以下「圏域」という。）において").is_empty());
    }

    #[test]
    fn names_in_kana() {
        for name in ["うきは市", "つがる市", "東かがわ市", "紀の川市", "ふじみ野市", "渡り鳥市", "はる町", "みなと市"]
        {
            assert!(is_municipality(name), "{name}");
            let text = format!("{name}（以下「甲」という。）と{name}（以下「乙」という。）は、");
            assert_eq!(read(&text), [("甲".to_string(), name.to_string()), ("乙".to_string(), name.to_string())]);
        }
        assert_eq!(read("圏域の発展に向けて青葉市（以下「甲」という。）と")[0].1, "青葉市");
        assert!(!is_municipality("この協定は青葉市"));
    }

    #[test]
    fn other_aliases_are_no_parties() {
        let (parties, aliases) = definitions(
            "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、二つの区域（以下「圏域」という。）で",
        );
        assert_eq!((parties.len(), aliases.len()), (2, 1));
        assert_eq!(aliases[0].name, "圏域");
    }
}
