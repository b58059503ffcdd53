//! One sentence of an amendment, in nom: clauses joined by 、, each a place and what is done there.

use super::instruction::{Act, Place, Side, Step};
use super::place::{figure, place};
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::one_of;
use nom::combinator::{map, opt, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// What one clause says.
type Acts = Vec<(Place, Act)>;

/// How many of what are added, in which role, and the words where the sentence quotes them.
type Addition = (Option<u32>, Option<char>, Option<Step>, String);

/// Clauses of one sentence at most.
const MANY: usize = 2000;

/// `「A」`, with 「」 inside; the words without the outer brackets
pub fn quote(input: &str) -> IResult<&str, &str> {
    let open = input.chars().next().filter(|c| matches!(c, '「' | '『'));
    let close = if open == Some('『') { '』' } else { '」' };
    let mut depth = 0;
    for (at, c) in input.char_indices() {
        if open.is_none() {
            break;
        }
        depth += i32::from(Some(c) == open) - i32::from(c == close);
        if depth == 0 {
            let inner = input.get('「'.len_utf8()..at).unwrap_or("");
            return Ok((input.get(at + c.len_utf8()..).unwrap_or(""), inner));
        }
    }
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag)))
}

/// `すべて`, `いずれも`: all places are meant
fn all(input: &str) -> IResult<&str, bool> {
    map(opt(alt((tag("すべて"), tag("全て"), tag("いずれも"), tag("それぞれ"), tag("各々")))), |w| {
        w.is_some()
    })
    .parse(input)
}

/// `改める`, `改め`, `加え`, `削り`: the verb that ends a clause
fn verb(input: &str) -> IResult<&str, &str> {
    let end = opt(alt((tag("る"), tag("り"), tag("たもの"))));
    terminated(alt((tag("改め"), tag("加え"), tag("削"), tag("変更し"), tag("変更す"))), end).parse(input)
}

/// `とする`, `とし`
fn becomes(input: &str) -> IResult<&str, &str> {
    alt((tag("とする"), tag("とし"))).parse(input)
}

/// `を次のように改める`, `を次のとおり変更する`
fn anew(input: &str) -> IResult<&str, &str> {
    preceded(alt((tag("次のように"), tag("次のとおり"))), verb).parse(input)
}

/// `「A」、「B」及び「C」`
fn quotes(input: &str) -> IResult<&str, Vec<&str>> {
    let (mut rest, first) = quote(input)?;
    let mut out = vec![first];
    let more =
        |input| preceded(alt((tag("、"), tag("及び"), tag("並びに"), tag("又は"), tag("と"))), quote).parse(input);
    while let Ok((after, next)) = more(rest) {
        out.push(next);
        rest = after;
    }
    Ok((rest, out))
}

/// `「A」を「B」に`, `「A」の次に「B」を`, `「A」を`
fn change(input: &str) -> IResult<&str, Vec<Act>> {
    let (rest, words) = quotes(input)?;
    let side = alt((value(Side::After, tag("の次に")), value(Side::Before, tag("の前に"))));
    if let Ok((rest, (side, new))) = (side, terminated(quote, tag("を"))).parse(rest) {
        let act = |at: &&str| Act::Insert { at: at.to_string(), words: new.to_string(), side };
        return Ok((rest, words.iter().map(act).collect()));
    }
    let (rest, many) = preceded(tag("を"), all).parse(rest)?;
    match (quote, terminated(all, tag("に"))).parse(rest) {
        Ok((rest, (new, too))) => {
            let act = |from: &&str| Act::Replace { from: from.to_string(), to: new.to_string(), all: many || too };
            Ok((rest, words.iter().map(act).collect()))
        }
        Err(_) => Ok((rest, words.iter().map(|w| Act::Delete { words: w.to_string() }).collect())),
    }
}

/// `「A」を「B」に、「C」を「D」に改める`
fn changes(input: &str) -> IResult<&str, Vec<Act>> {
    let (mut rest, mut out) = change(input)?;
    for _ in 0..MANY {
        if let Ok((after, said)) = preceded(all, verb).parse(rest) {
            let deletes = |a: &Act| matches!(a, Act::Delete { .. });
            // 「A」を without 削る says nothing
            if out.iter().any(deletes) && said != "削" {
                break;
            }
            return Ok((after, out));
        }
        let (after, more) = preceded(tag("、"), change).parse(rest)?;
        out.extend(more);
        rest = after;
    }
    Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Many0)))
}

/// `次の2条を加える`, `次のように加える`, `次のただし書を加える`, `「B」を加える`
fn added(input: &str) -> IResult<&str, Addition> {
    let plain = |role| (None, None, role, String::new());
    let role = alt((
        value(Step::Proviso, tag("ただし書")),
        value(Step::Second, tag("後段")),
        value(Step::Name, tag("見出し")),
    ));
    let counted = preceded(tag("次の"), (opt(figure), one_of("条項号表部行段")));
    let head = alt((
        map(preceded(tag("次の"), terminated(role, tag("を"))), |role| plain(Some(role))),
        map(terminated(counted, tag("を")), |(count, unit)| (count, Some(unit), None, String::new())),
        map(delimited(tag("次の各"), one_of("条項号"), tag("を")), |unit| {
            (None, Some(unit), None, String::new())
        }),
        map(alt((tag("次のように"), tag("次のとおり"))), |_| plain(None)),
        map(terminated(quote, tag("を")), |words: &str| (None, None, None, words.to_string())),
    ));
    terminated(head, verb).parse(input)
}

/// `の次に`, `の前に`, `に`
fn side(input: &str) -> IResult<&str, Option<Side>> {
    let after = value(Some(Side::After), tag("の次に"));
    let before = value(Some(Side::Before), tag("の前に"));
    alt((after, before, value(None, tag("に")))).parse(input)
}

/// `の次に次の1条を加え`, `に後段として次のように加え`, `に第1項として次の1項を加え`
fn addition<'a>(input: &'a str, at: &Place) -> Option<(&'a str, Act)> {
    let (mut rest, side) = side(input).ok()?;
    let mut role = None;
    if let Some((after, place)) = place(rest, at)
        && let Some(after) = after.strip_prefix("として")
    {
        (rest, role) = (after.trim_start_matches('、'), place.last().cloned());
    }
    let (rest, (count, unit, said, block)) = added(rest).ok()?;
    Some((rest, Act::Add { side, role: role.or(said), unit, count, block }))
}

/// `1条ずつ繰り下げる`
fn moved(input: &str) -> IResult<&str, i32> {
    let down = value(1, alt((tag("繰り下げ"), tag("繰下げ"))));
    let up = value(-1, alt((tag("繰り上げ"), tag("繰上げ"))));
    let far = (figure, one_of("条項号表"), opt(tag("ずつ")));
    map((far, alt((down, up)), opt(tag("る"))), |((by, ..), sign, _)| sign * i32::try_from(by).unwrap_or(0))
        .parse(input)
}

/// The number in the last step of a place.
pub fn number(place: &Place) -> Option<i32> {
    match place.last()? {
        Step::Article(n) | Step::Item(n) | Step::Table(n) => n.parse().ok(),
        Step::Paragraph(n) => i32::try_from(*n).ok(),
        Step::Label(label) => crate::parse::head::item(&format!("{label} x")).and_then(|h| i32::try_from(h.value).ok()),
        _ => None,
    }
}

/// `第5条から第7条まで` and what is done to them
fn run<'a>(input: &'a str, first: &Place) -> Option<(&'a str, Act)> {
    let (rest, until) = place(input.strip_prefix("から")?, first)?;
    let rest = rest.strip_prefix("まで")?.strip_prefix('を')?;
    if let Some(rest) = rest.strip_prefix('削') {
        return Some((rest.trim_start_matches(['る', 'り']), Act::Remove { until: Some(until) }));
    }
    if let Ok((rest, by)) = moved(rest) {
        return Some((rest, Act::Move { until, by }));
    }
    let (rest, to) = place(rest, first)?;
    let (rest, last) = place(rest.strip_prefix("から")?, &to)?;
    let rest = becomes(rest.strip_prefix("まで")?).ok()?.0;
    let by = number(&to)? - number(first)?;
    (number(&last)? - number(&until)? == by).then_some((rest, Act::Move { until, by }))
}

/// What is done to a place as a whole.
fn whole<'a>(input: &'a str, at: &Place) -> Option<(&'a str, Act)> {
    if let Some(found) = run(input, at) {
        return Some(found);
    }
    if let Some(rest) = input.strip_prefix("の全部を") {
        return anew(rest).ok().map(|(rest, _)| (rest, Act::Restate { block: String::new() }));
    }
    let Some(rest) = input.strip_prefix('を') else { return addition(input, at) };
    if let Some(rest) = rest.strip_prefix('削') {
        return Some((rest.trim_start_matches(['る', 'り']), Act::Remove { until: None }));
    }
    if let Ok((rest, _)) = anew(rest) {
        return Some((rest, Act::Rewrite { block: String::new() }));
    }
    if let Ok((rest, (words, _))) = (quote, preceded(tag("に"), verb)).parse(rest) {
        return Some((rest, Act::Set { words: words.to_string() }));
    }
    let (rest, to) = place(rest, at)?;
    becomes(rest).ok().map(|(rest, _)| (rest, Act::Shift { to }))
}

/// One clause: `第3条第2項中「A」を「B」に改め`, `同条を第6条とし`
fn clause<'a>(input: &'a str, last: &mut Place, depth: usize) -> Option<(&'a str, Acts)> {
    let give = |at: &[Place], rest, acts: Vec<Act>| {
        let each = |place: &Place| acts.iter().map(|a| (place.clone(), a.clone())).collect::<Acts>();
        Some((rest, at.iter().flat_map(each).collect::<Acts>()))
    };
    if input.starts_with(['「', '『']) {
        let (rest, acts) = changes(input).ok()?;
        return give(std::slice::from_ref(last), rest, acts);
    }
    let (mut rest, first) = place(input, last)?;
    last.clone_from(&first);
    let mut at = vec![first];
    while let Some(after) = ["及び", "並びに", "、"].iter().find_map(|w| rest.strip_prefix(w)) {
        let Some((after, next)) = place(after, last) else { break };
        last.clone_from(&next);
        at.push(next);
        rest = after;
    }
    if let Some(inside) = rest.strip_prefix('中') {
        let inside = inside.trim_start_matches('、');
        if inside.starts_with(['「', '『']) {
            let (rest, acts) = changes(inside).ok()?;
            return give(&at, rest, acts);
        }
        return (depth < 4 && at.len() == 1).then(|| clause(inside, last, depth + 1)).flatten();
    }
    let (rest, act) = whole(rest, last)?;
    if let Act::Shift { to } = &act {
        last.clone_from(to);
    }
    give(&at, rest, vec![act])
}

/// Whether words begin as an instruction does: a place, and behind it what is done there.
pub fn begins(text: &str, last: &Place) -> bool {
    let follows = [
        "中",
        "を",
        "の次に",
        "の前に",
        "に次",
        "に後段",
        "にただし書",
        "に第",
        "から",
        "の全部を",
        "及び",
        "並びに",
        "、",
    ];
    is_columns(text)
        || place(text, last).is_some_and(|(rest, place)| {
            let known = !matches!(place.last(), Some(Step::Row(_)) | None)
                || text.starts_with("別表")
                || text.starts_with('同');
            let label_alone = matches!(place.last(), Some(Step::Label(_))) && place.len() == last.len();
            known && !label_alone && follows.iter().any(|w| rest.starts_with(w))
        })
}

/// `次の表の改正前の欄に掲げる規定を…`
pub fn is_columns(text: &str) -> bool {
    text.starts_with("次の表の") && ["改正前", "改正後", "現行", "変更前"].iter().any(|w| text.contains(w))
}

/// Reads a sentence without its 。; `last` is the place named last, before and after.
///
/// # Errors
/// The words from which on the sentence cannot be read.
pub fn read<'a>(sentence: &'a str, last: &mut Place) -> Result<Acts, &'a str> {
    if is_columns(sentence) {
        return Ok(vec![(Place::new(), Act::Columns { rows: Vec::new() })]);
    }
    let (mut rest, mut out) = (sentence, Acts::new());
    for _ in 0..MANY {
        let Some((after, acts)) = clause(rest, last, 0) else { return Err(rest) };
        out.extend(acts);
        rest = after.trim_end_matches('。');
        if rest.is_empty() {
            return Ok(out);
        }
        rest = rest.strip_prefix('、').ok_or(rest)?;
    }
    Err(rest)
}
