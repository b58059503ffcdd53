//! Places as amendments name them, in nom: `第3条第2項第1号ア`, `同条第2項`, `別表第1の1の表救急医療の項`.

use super::instruction::{Place, Step};
use crate::parse::{head, numeral};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::combinator::{map, map_opt, not, opt, peek};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// Steps that are one fixed word.
const WORDS: [(&str, Step); 18] = [
    ("題名", Step::Title),
    ("前文", Step::Preamble),
    ("後文", Step::Closing),
    ("締結日", Step::Date),
    ("本則", Step::Body),
    ("記名", Step::Signatures),
    ("附則", Step::Supplementary),
    ("（見出しを含む。）", Step::Captions),
    ("見出し", Step::Name),
    ("名称", Step::Name),
    ("番号", Step::Number),
    ("各号列記以外の部分", Step::Lead),
    ("柱書き", Step::Lead),
    ("柱書", Step::Lead),
    ("本文", Step::Main),
    ("ただし書", Step::Proviso),
    ("前段", Step::First),
    ("後段", Step::Second),
];

/// What may stand behind a name inside a table.
const ENDS: [&str; 18] = [
    "中「",
    "中『",
    "を次の",
    "の次に",
    "の前に",
    "に次の",
    "を削",
    "を「",
    "を『",
    "の全部",
    "の名称",
    "の番号",
    "及び別表",
    "を別表",
    "から別表",
    "を同",
    "に「",
    "を第",
];

/// `12`, `１２`, `十二`
pub fn figure(input: &str) -> IResult<&str, u32> {
    alt((
        map_opt(take_while1(|c| numeral::digit(c).is_some()), numeral::value),
        map_opt(take_while1(numeral::is_kanji_digit), numeral::value),
    ))
    .parse(input)
}

/// `の2`, `の2の3`; not the start of `の一部`
fn branch(input: &str) -> IResult<&str, String> {
    let one =
        preceded(tag("の"), terminated(figure, not(peek(alt((tag("部"), tag("の表"), tag("の部"), tag("の項")))))));
    map(many0(one), |parts| parts.iter().map(|n| format!("の{n}")).collect()).parse(input)
}

/// `第3条の2`
fn article(input: &str) -> IResult<&str, Step> {
    let parser = (delimited(tag("第"), figure, tag("条")), branch);
    map(parser, |(number, branch)| Step::Article(format!("{number}{branch}"))).parse(input)
}

/// `第2項`
fn paragraph(input: &str) -> IResult<&str, Step> {
    map(delimited(tag("第"), figure, tag("項")), Step::Paragraph).parse(input)
}

/// `第1号の2`
fn item(input: &str) -> IResult<&str, Step> {
    let parser = (delimited(tag("第"), figure, tag("号")), branch);
    map(parser, |(number, branch)| Step::Item(format!("{number}{branch}"))).parse(input)
}

/// `別表`, `別表第1の2`, `別表1`
fn table(input: &str) -> IResult<&str, Step> {
    let number = preceded(opt(tag("第")), (figure, branch));
    let (rest, number) = preceded(tag("別表"), opt(number)).parse(input)?;
    Ok((rest, Step::Table(number.map_or(String::new(), |(n, branch)| format!("{n}{branch}")))))
}

/// `題名`, `見出し`, `ただし書`
fn word(input: &str) -> Option<(&str, Step)> {
    WORDS.iter().find_map(|(word, step)| Some((input.strip_prefix(word)?, step.clone())))
}

/// `(1)`, `ア`, `(ア)`, `a` behind an article, a paragraph or another label
fn label(input: &str) -> Option<(&str, Step)> {
    let head = head::item(input)?;
    let first = head.label.chars().next()?;
    let rest = input.strip_prefix(head.label)?;
    let lone = first.is_ascii_lowercase() || numeral::katakana(first).is_some();
    let goes_on = |c: char| c.is_ascii_alphanumeric() || numeral::katakana(c).is_some() || c == 'ー';
    let fits = if lone {
        !rest.starts_with(goes_on)
    } else {
        !numeral::is_kanji_digit(first) && numeral::digit(first).is_none()
    };
    fits.then(|| (rest, Step::Label(head.label.to_string())))
}

/// A step that the grammar knows.
fn step<'a>(input: &'a str, before: &[Step]) -> Option<(&'a str, Step)> {
    if let Ok(found) = alt((article, paragraph, item, table)).parse(input) {
        return Some(found);
    }
    let bare = if before.is_empty() { input } else { input.strip_prefix('の').unwrap_or(input) };
    if let Some(found) = word(bare) {
        return Some(found);
    }
    let numbered = |s: &Step| matches!(s, Step::Article(_) | Step::Paragraph(_) | Step::Item(_) | Step::Label(_));
    before.last().is_some_and(numbered).then(|| label(input)).flatten()
}

/// How deep a step stands: a place may leave out what stands above its first step.
fn level(step: &Step) -> usize {
    match step {
        Step::Article(_) | Step::Supplementary | Step::Table(_) | Step::Signatures => 1,
        Step::Paragraph(_) | Step::Row(_) => 2,
        Step::Item(_) => 3,
        Step::Label(_) => 4,
        Step::Name
        | Step::Captions
        | Step::Number
        | Step::Lead
        | Step::Main
        | Step::Proviso
        | Step::First
        | Step::Second => 9,
        _ => 0,
    }
}

fn upto(last: &[Step], fits: impl Fn(&Step) -> bool) -> Option<Place> {
    last.iter().rposition(fits).and_then(|at| last.get(..=at)).map(<[Step]>::to_vec)
}

/// The names in a table up to the last `の項`.
fn cut_row(last: &[Step], ends: &str) -> Option<Place> {
    let mut place = upto(last, |s| matches!(s, Step::Row(_)))?;
    let Some(Step::Row(tail)) = place.last_mut() else { return None };
    tail.truncate(tail.rfind(ends)? + ends.len());
    Some(place)
}

/// `同条`, `同項`, `同号`, `同表`, `同部`: relative to the place named last
fn same<'a>(input: &'a str, last: &[Step]) -> Option<(&'a str, Place)> {
    let rest = input.strip_prefix('同')?;
    let what = rest.chars().next()?;
    let rest = rest.get(what.len_utf8()..)?;
    let article = |s: &Step| matches!(s, Step::Article(_) | Step::Supplementary);
    let place = match what {
        '条' => upto(last, article),
        '項' => cut_row(last, "の項")
            .or_else(|| upto(last, |s| matches!(s, Step::Paragraph(_))))
            .or_else(|| upto(last, article)),
        '号' => upto(last, |s| matches!(s, Step::Item(_))).or_else(|| upto(last, |s| matches!(s, Step::Label(_)))),
        '表' => cut_row(last, "の表").or_else(|| upto(last, |s| matches!(s, Step::Table(_)))),
        '部' => cut_row(last, "の部"),
        _ => None,
    }?;
    Some((rest, place))
}

/// The names inside a table, up to what the sentence says about them.
fn row(input: &str) -> Option<(&str, &str)> {
    let end = ENDS.iter().filter_map(|e| input.find(e)).min()?;
    let tail = input.get(..end)?;
    let other = ["を", "、", "から", "まで", "とし", "とする"].iter().any(|w| tail.starts_with(w));
    let fits = end > 0 && !other && !tail.contains(['。', '「', '」']);
    fits.then(|| (input.get(end..).unwrap_or(""), tail))
}

/// What a place that begins with `first` leaves out, from the place named last.
fn above(first: &Step, last: &[Step]) -> Place {
    let numbering = |s: &Step| match s {
        Step::Label(label) => head::item(&format!("{label} x")).map(|h| h.numbering),
        _ => None,
    };
    let depth = level(first);
    let stays = |s: &&Step| match (first, s) {
        (Step::Label(_), Step::Label(_)) => numbering(first) != numbering(s),
        _ => level(s) < depth,
    };
    last.iter().take_while(stays).cloned().collect()
}

/// Reads a place; `last` is the place named before it. Gives what follows, and the whole place.
pub fn place<'a>(input: &'a str, last: &[Step]) -> Option<(&'a str, Place)> {
    let (mut rest, mut place) = same(input, last).unwrap_or((input, Place::new()));
    let named = place.len();
    let is_inside = |place: &[Step]| matches!(place.last(), Some(Step::Table(_) | Step::Row(_) | Step::Signatures));
    while place.len() < 16 {
        if let Some((after, step)) = step(rest, &place).filter(|(_, s)| !is_inside(&place) || level(s) == 9) {
            (rest, place) = (after, [place, vec![step]].concat());
        } else if let Some((after, tail)) = row(rest).filter(|_| is_inside(&place)) {
            match place.last_mut() {
                Some(Step::Row(words)) => words.push_str(tail),
                _ => place.push(Step::Row(tail.to_string())),
            }
            rest = after;
        } else {
            break;
        }
    }
    if place.is_empty() {
        // `防災の項の次に` after a place in the same table; `アを同号イとし` after a 号
        let inside = last.iter().any(|s| matches!(s, Step::Table(_)));
        let (after, step) = match row(input).filter(|_| inside) {
            Some((after, tail)) => (after, Step::Row(tail.to_string())),
            None => label(input).filter(|_| !last.is_empty())?,
        };
        place.push(step);
        rest = after;
    }
    if let Some(first) = place.first().filter(|first| named == 0 && level(first) > 1) {
        place = [above(first, last), place].concat();
    }
    Some((rest, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(place: &Place) -> String {
        place.iter().map(|s| format!("{s:?}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn places() {
        for (text, last, want, rest) in [
            ("第3条第2項第1号ア中", "", r#"Article("3") Paragraph(2) Item("1") Label("ア")"#, "中"),
            ("第三条の二の見出し中", "", r#"Article("3の2") Name"#, "中"),
            ("第3条第1項(1)を", "", r#"Article("3") Paragraph(1) Label("(1)")"#, "を"),
            ("第3条の一部", "", r#"Article("3")"#, "の一部"),
            ("別表第1の1の表救急医療の項を次の", "", r#"Table("1") Row("の1の表救急医療の項")"#, "を次の"),
            ("別表第1の2を削る", "", r#"Table("1の2")"#, "を削る"),
            ("別表第1医療の部に次のように", "", r#"Table("1") Row("医療の部")"#, "に次のように"),
            ("同表防災の項の次に", "別表第1医療の部に次の", r#"Table("1") Row("防災の項")"#, "の次に"),
            ("同項取組内容の欄中「", "別表第1救急の項中「", r#"Table("1") Row("救急の項取組内容の欄")"#, "中「"),
            ("救急の項を削り", "別表第1中「", r#"Table("1") Row("救急の項")"#, "を削り"),
            ("同条第2項", "第3条第1項第2号", r#"Article("3") Paragraph(2)"#, ""),
            ("第2項ただし書", "第3条第1項", r#"Article("3") Paragraph(2) Proviso"#, ""),
            ("同号アを", "第3条第1号", r#"Article("3") Item("1") Label("ア")"#, "を"),
            ("イを", "第3条第1号ア", r#"Article("3") Item("1") Label("イ")"#, "を"),
            ("第1項各号列記以外の部分", "第3条", r#"Article("3") Paragraph(1) Lead"#, ""),
            ("別表第1救急の項の名称を「", "", r#"Table("1") Row("救急の項") Name"#, "を「"),
        ] {
            let last = place(last, &[]).map_or(Place::new(), |(_, p)| p);
            let (left, got) = place(text, &last).expect(text);
            assert_eq!((show(&got).as_str(), left), (want, rest), "{text}");
        }
        assert!(place("甲及び乙は", &[]).is_none());
    }
}
