//! Draws agreements: what they say, in the types of the contract.

use super::layout::Style;
use super::words::*;
use kouotsu::schema::{
    Agreement, AppendedTable, Article, Date, Field, Initiative, Item, Paragraph, Party, Representative,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// An agreement before it is laid out: everything but where the roles stand.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Without tables and without 号.
    pub head: Agreement,
    /// Title and fields of each area.
    pub areas: Vec<(String, Vec<Field>)>,
}

impl Draft {
    /// What the agreement says when it is laid out in a style.
    pub fn agreement(&self, style: Style) -> Agreement {
        let mut agreement = self.head.clone();
        let inside = style.is_tree();
        let items = self.areas.iter().enumerate().map(|(i, (title, fields))| Item {
            number: (i + 1).to_string(),
            label: format!("({})", i + 1),
            text: if inside { title.clone() } else { format!("{title}（別表第{}）", i + 1) },
            fields: if inside { style.fields(fields) } else { Vec::new() },
            ..Item::default()
        });
        if let Some(third) = agreement.articles.get_mut(2).and_then(|a| a.paragraphs.first_mut()) {
            third.items = items.collect();
        }
        if !inside {
            agreement.tables = self.areas.iter().enumerate().map(|(i, area)| table(i + 1, area)).collect();
        }
        agreement
    }
}

fn table(number: usize, (title, fields): &(String, Vec<Field>)) -> AppendedTable {
    AppendedTable {
        number: number.to_string(),
        label: format!("別表第{number}"),
        reference: Some(format!("第3条({number})関係")),
        title: title.clone(),
        fields: fields.clone(),
        ..AppendedTable::default()
    }
}

/// Any draft: two or three parties, one to three areas.
pub fn draft() -> impl Strategy<Value = Draft> {
    (parties(), areas(), clauses(), (2..8u32, 1..=12u32, 1..=28u32), any::<bool>()).prop_map(
        |(parties, areas, clauses, day, core)| Draft {
            areas: areas_for(areas, &parties),
            head: head(parties, clauses, day, core),
        },
    )
}

fn parties() -> impl Strategy<Value = Vec<Party>> {
    let names = (select(CITIES), subsequence(TOWNS, 1..=2));
    let signers = (Just(PEOPLE.to_vec()).prop_shuffle(), Just(STREETS.to_vec()).prop_shuffle());
    (names, signers).prop_map(|((city, towns), (people, streets))| {
        let names = std::iter::once(city).chain(towns);
        names.zip(["甲", "乙", "丙"]).zip(people.into_iter().zip(streets)).map(party).collect()
    })
}

fn party(((name, symbol), (person, street)): ((&str, &str), (&str, &str))) -> Party {
    Party {
        symbol: symbol.into(),
        name: name.into(),
        names: vec![name.into()],
        address: Some(format!("{name}{street}")),
        representative: Some(Representative { office: Some(format!("{name}長")), name: Some(person.into()) }),
        span: None,
    }
}

type Clause = (&'static str, &'static [&'static str]);

fn clauses() -> impl Strategy<Value = Vec<Clause>> {
    subsequence(CLAUSES, 1..=CLAUSES.len())
}

/// Content and three roles.
type Words = [String; 4];

fn areas() -> impl Strategy<Value = Vec<(String, Vec<Field>)>> {
    let row = [words(), words(), words(), words()];
    let shape = vec(vec(vec(row, 1..=3), 1..=3), 1..=3);
    let titles = (Just(FIELDS.to_vec()).prop_shuffle(), Just(NAMES.to_vec()).prop_shuffle());
    (shape, titles).prop_map(|(shape, (fields, names))| {
        let (mut fields, mut names) = (fields.into_iter(), names.into_iter());
        let area = |(title, rows): (&&str, Vec<Vec<Words>>)| {
            let field = |(i, rows): (usize, Vec<Words>)| Field {
                number: (i + 1).to_string(),
                title: fields.next().unwrap_or_default().into(),
                initiatives: rows
                    .into_iter()
                    .map(|words| initiative(names.next().unwrap_or_default(), words))
                    .collect(),
                span: None,
            };
            (title.to_string(), rows.into_iter().enumerate().map(field).collect())
        };
        AREAS.iter().zip(shape).map(area).collect()
    })
}

fn initiative(name: &str, [content, kou, otsu, hei]: Words) -> Initiative {
    let roles = [("甲", kou), ("乙", otsu), ("丙", hei)];
    Initiative {
        name: name.into(),
        content: Some(content),
        roles: roles.into_iter().map(|(symbol, text)| (symbol.to_owned(), text)).collect(),
        span: None,
    }
}

/// Only the roles of parties that there are.
fn areas_for(mut areas: Vec<(String, Vec<Field>)>, parties: &[Party]) -> Vec<(String, Vec<Field>)> {
    let rows = areas.iter_mut().flat_map(|area| &mut area.1).flat_map(|field| &mut field.initiatives);
    rows.for_each(|row| row.roles.retain(|symbol, _| parties.iter().any(|p| p.symbol == *symbol)));
    areas
}

/// One to three sentences and, now and then, a trap.
fn words() -> impl Strategy<Value = String> {
    let sentence = (proptest::option::weighted(0.3, select(OPENERS)), select(OBJECTS), select(VERBS))
        .prop_map(|(opener, object, verb)| format!("{}{object}を{verb}", opener.unwrap_or_default()));
    (vec(sentence, 1..=3), proptest::option::weighted(0.3, select(TRAPS)))
        .prop_map(|(sentences, trap)| sentences.concat() + trap.unwrap_or_default())
}

fn head(parties: Vec<Party>, clauses: Vec<Clause>, (year, month, day): (u32, u32, u32), core: bool) -> Agreement {
    let (thing, deed) =
        if core { ("連携中枢都市圏の形成", "連携協約") } else { ("定住自立圏の形成", "協定") };
    let defined: Vec<String> = parties.iter().map(|p| format!("{}（以下「{}」という。）", p.name, p.symbol)).collect();
    let symbols: Vec<&str> = parties.iter().map(|p| p.symbol.as_str()).collect();
    let all = joined(&symbols);
    let first: &[Clause] = &[
        (
            "目的",
            &["この取決めは、住民の暮らしを支える働きを持ち寄り、安心して住み続けられる地域をつくることを目的とする。"],
        ),
        ("基本方針", &["当事者は、前条の目的のため、次条に掲げる分野において力を合わせる。"]),
        (
            "連携する取組及び役割分担",
            &["当事者が連携する取組の分野は、次のとおりとし、その内容及び役割は、各号に定めるところによる。"],
        ),
    ];
    Agreement {
        title: format!("{}と{}との{thing}に関する{deed}書", parties[0].name, joined(&rest(&parties))),
        preamble: Some(format!("{}は、{thing}について、次のとおり{deed}を締結する。", joined(&defined))),
        articles: first.iter().copied().chain(clauses).enumerate().map(|(i, clause)| article(i + 1, clause)).collect(),
        closing: Some(format!(
            "この{deed}の成立を証するため、本書{}通を作り、{all}が記名押印の上、各1通を保有する。",
            parties.len()
        )),
        date: Some(Date {
            text: format!("令和{year}年{month}月{day}日"),
            iso: Some(format!("{}-{month:02}-{day:02}", 2018 + year)),
        }),
        parties,
        ..Agreement::default()
    }
}

fn rest(parties: &[Party]) -> Vec<&str> {
    parties.iter().skip(1).map(|p| p.name.as_str()).collect()
}

/// `甲`, `甲及び乙`, `甲、乙及び丙`.
fn joined<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, first)) => format!("{}及び{last}", first.join("、")),
        None => String::new(),
    }
}

fn article(number: usize, (caption, texts): Clause) -> Article {
    let paragraph =
        |(i, text): (usize, &&str)| Paragraph { number: i as u32 + 1, text: text.to_string(), ..Paragraph::default() };
    Article {
        number: number.to_string(),
        label: format!("第{number}条"),
        caption: Some(caption.into()),
        paragraphs: texts.iter().enumerate().map(paragraph).collect(),
        ..Article::default()
    }
}
