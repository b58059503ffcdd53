//! References in the texts and what they point at: 第4条第2項, 前条, 同項, 各号, 別表1から別表3まで, これらの表.

use super::{path, walk};
use crate::ast::{Agreement, Article, Item};
use crate::lines::is_blank;
use crate::lines::join::Places;
use crate::parse::{head, numeral};
use crate::span::Span;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// A reference and its targets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Path of the node that holds it.
    pub from: String,
    /// As written: `別表1から別表3`.
    pub text: String,
    /// Paths that it names and that exist.
    pub to: Vec<String>,
    /// Paths that it names and that do not exist.
    pub missing: Vec<String>,
    /// It points outside the document.
    pub external: bool,
    /// A caption that stands behind it in brackets: `第5条（費用の負担）`.
    pub caption: Option<String>,
    /// Where.
    pub span: Option<Span>,
}

/// What may begin a reference.
const STARTS: [&str; 24] = [
    "第",
    "前条",
    "前項",
    "前各",
    "前号",
    "前2",
    "前3",
    "前２",
    "前３",
    "前二",
    "前三",
    "次条",
    "次項",
    "次の各号",
    "当該各号",
    "同条",
    "同項",
    "同表",
    "本条",
    "この条",
    "別表",
    "これらの表",
    "同号",
    "各号",
];

static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(aho_corasick::MatchKind::LeftmostLongest).build(STARTS).ok());

/// Words with which the name of a law, a notice or another document ends.
const OUTSIDE: &[&str] = &[
    "法",
    "令",
    "要綱",
    "条例",
    "規則",
    "規約",
    "憲法",
    "通知",
    "要領",
    "告示",
    "原協定",
    "旧協定",
    "宣言",
    "基準",
    "計画",
    "省令",
    "政令",
];

/// All references of the tree, resolved.
pub fn resolve(tree: &Agreement, source: &str) -> Vec<Reference> {
    let Some(finder) = FINDER.as_ref() else { return Vec::new() };
    let mut out = Vec::new();
    for table in &tree.tables {
        if let Some(pointer) = &table.reference {
            let scope = Scope { tree, article: None, paragraph: None, table: None };
            let mut last = Last::default();
            let places = Places::of(pointer, source);
            find(finder, &pointer.text, &scope, &mut last, &mut |range, found| {
                let span = places.span(range);
                out.push(Reference { from: path::table(table), span, ..found });
            });
        }
    }
    walk::texts(tree, &mut |at, text| {
        let scope = Scope { tree, article: at.article, paragraph: at.paragraph, table: at.table };
        let mut last = Last::default();
        let mut places = None;
        find(finder, &text.text, &scope, &mut last, &mut |range, found| {
            let span = places.get_or_insert_with(|| Places::of(text, source)).span(range);
            out.push(Reference { from: (at.path)(), span, ..found });
        });
    });
    out
}

struct Scope<'a> {
    tree: &'a Agreement,
    article: Option<usize>,
    paragraph: Option<usize>,
    table: Option<usize>,
}

/// What 同条, 同項 and これらの表 go back to.
#[derive(Default)]
struct Last {
    article: Option<Named>,
    paragraph: Option<u32>,
    tables: Vec<String>,
    outside: bool,
}

/// An article that a text names: by its place in the document, or by a number that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    Here(usize),
    Missing(String),
}

fn find(
    finder: &AhoCorasick,
    text: &str,
    scope: &Scope,
    last: &mut Last,
    out: &mut dyn FnMut(std::ops::Range<usize>, Reference),
) {
    let mut from = 0;
    for hit in finder.find_iter(text) {
        if hit.start() < from {
            continue;
        }
        if let Some((end, mut found)) = one(text, hit.start(), scope, last) {
            found.text = text[hit.start()..end].to_string();
            found.caption = caption(&text[end..]);
            from = end;
            out(hit.start()..end, found);
        }
    }
}

/// `（費用の負担）` behind a reference to an article
fn caption(rest: &str) -> Option<String> {
    let end = rest.starts_with(['（', '(']).then(|| head::closing_bracket(rest))??;
    let inner = head::bracketed(&rest[..end])?;
    (inner.chars().count() <= 30 && !inner.contains(['。', '、', '第', '以', '「'])).then(|| inner.to_string())
}

/// One reference at `start`: its end and its targets.
fn one(text: &str, start: usize, scope: &Scope, last: &mut Last) -> Option<(usize, Reference)> {
    let rest = &text[start..];
    if let Some(after) = rest.strip_prefix("別表") {
        return tables(text, start, after, scope, last);
    }
    if rest.starts_with("これらの表") || rest.starts_with("同表") {
        let count = if rest.starts_with("同表") { 1 } else { last.tables.len() };
        let names = &last.tables[last.tables.len() - count.min(last.tables.len())..];
        let names = if names.is_empty() {
            scope.table.and_then(|t| scope.tree.tables.get(t)).map(path::table).into_iter().collect()
        } else {
            names.to_vec()
        };
        let end = start + rest.find('表')? + '表'.len_utf8();
        return Some((end, check_tables(names, scope)));
    }
    let outside = is_outside(&text[..start])
        || (last.outside
            && text[..start].ends_with(['、', '及', 'び', '項', '条', '号', '又', 'は'])
            && rest.starts_with('第')
            && is_list(&text[..start]));
    let mut cursor = Cursor { rest };
    let found = provision(&mut cursor, scope, last, outside)?;
    let end = text.len() - cursor.rest.len();
    last.outside = found.external;
    Some((end, found))
}

/// Whether what stands directly before is 及び, 又は or a comma behind another reference.
fn is_list(before: &str) -> bool {
    ["及び", "又は", "並びに", "若しくは", "、"].iter().any(|w| {
        before.strip_suffix(w).is_some_and(|b| {
            b.ends_with(['項', '条', '号', '4', '４']) || b.ends_with(|c: char| numeral::digit(c).is_some())
        })
    })
}

/// Whether the words before a reference name another document, brackets between stepped over.
fn is_outside(before: &str) -> bool {
    let mut bare = before.trim_end_matches(is_blank);
    while bare.ends_with(['）', ')']) {
        let mut depth = 0;
        let open = bare.char_indices().rev().take(400).find(|(_, c)| {
            depth += match c {
                '）' | ')' => 1,
                '（' | '(' => -1,
                _ => 0,
            };
            depth == 0
        });
        match open {
            Some((at, _)) => bare = &bare[..at],
            None => break,
        }
    }
    let bare = bare.trim_end_matches(['」', '』']);
    OUTSIDE.iter().any(|word| bare.ends_with(word)) && !bare.ends_with("方法")
}

struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn eat(&mut self, word: &str) -> bool {
        let rest = self.rest.trim_start_matches(is_blank);
        match rest.strip_prefix(word) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    /// `第12` + unit, with `の2`
    fn numbered(&mut self, unit: &str) -> Option<String> {
        let rest = self.rest.trim_start_matches(is_blank).strip_prefix('第')?;
        let (number, after) = figure(rest)?;
        let after = after.trim_start_matches(is_blank).strip_prefix(unit)?;
        let (branch, after) = branch(after);
        self.rest = after;
        Some(format!("{number}{branch}"))
    }
}

/// `12`, `十二`: the value and what follows
fn figure(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(is_blank);
    let digits = text.trim_start_matches(|c| numeral::digit(c).is_some());
    let end = if digits.len() < text.len() { digits } else { text.trim_start_matches(numeral::is_kanji_digit) };
    let value = numeral::value(&text[..text.len() - end.len()])?;
    Some((value, end))
}

/// `の2`
fn branch(mut text: &str) -> (String, &str) {
    let mut number = String::new();
    // `第3条の2つの` counts things
    while let Some((value, after)) = text
        .strip_prefix('の')
        .and_then(figure)
        .filter(|(_, after)| !after.starts_with(['つ', '回', '人', '年', '月', '市', '町', '以', '者']))
    {
        number.push_str(&format!("の{value}"));
        text = after;
    }
    (number, text)
}

/// `第4条第2項(1)`, `前条`, `前2項`, `同項各号`, `第1項から第3項まで`
fn provision(cursor: &mut Cursor, scope: &Scope, last: &mut Last, outside: bool) -> Option<Reference> {
    let articles = &scope.tree.articles;
    let mut articles_named: Vec<Named> = Vec::new();
    let mut paragraphs: Vec<i64> = Vec::new();
    let named = |number: &str| match articles.iter().position(|a| a.number == number) {
        Some(at) => Named::Here(at),
        None => Named::Missing(number.to_string()),
    };
    let relative = |by: i64| -> Option<Named> {
        let at = scope.article? as i64 + by;
        Some(
            usize::try_from(at)
                .ok()
                .filter(|a| *a < articles.len())
                .map_or(Named::Missing(if by < 0 { "0" } else { "" }.to_string()), Named::Here),
        )
    };
    let here = scope.paragraph.map(|p| p as i64 + 1);
    let mut is_bare_paragraph = false;
    if let Some(number) = cursor.numbered("条") {
        articles_named.push(named(&number));
        // a range of articles
        let mut probe = Cursor { rest: cursor.rest };
        if probe.eat("から")
            && let Some(end) = probe.numbered("条")
        {
            cursor.rest = probe.rest;
            articles_named.extend(between(&number, &end, articles));
        }
    } else if cursor.eat("前条") {
        articles_named.push(relative(-1)?);
    } else if cursor.eat("次条") {
        articles_named.push(relative(1)?);
    } else if cursor.eat("本条") || cursor.eat("この条") {
        articles_named.push(relative(0)?);
    } else if cursor.eat("同条") {
        articles_named.push(last.article.clone().or_else(|| relative(0))?);
    } else if cursor.rest.starts_with('前')
        && !cursor.rest.starts_with("前項")
        && !cursor.rest.starts_with("前各")
        && !cursor.rest.starts_with("前号")
    {
        let (count, after) = figure(&cursor.rest['前'.len_utf8()..])?;
        let count = i64::from(count.min(1000));
        if let Some(after) = after.strip_prefix('条') {
            cursor.rest = after;
            articles_named.extend((1..=count).rev().filter_map(|by| relative(-by)));
        } else if let Some(after) = after.strip_prefix('項') {
            cursor.rest = after;
            paragraphs.extend((1..=count).rev().filter_map(|by| Some(here? - by)));
            is_bare_paragraph = true;
        } else {
            return None;
        }
    }
    // 項
    if paragraphs.is_empty() {
        if let Some(number) = cursor.numbered("項") {
            is_bare_paragraph = articles_named.is_empty();
            paragraphs.push(number.parse().unwrap_or(0));
            let mut probe = Cursor { rest: cursor.rest };
            if probe.eat("から")
                && let Some(end) = probe.numbered("項")
            {
                cursor.rest = probe.rest;
                let end: i64 = end.parse().unwrap_or(0);
                paragraphs.extend((paragraphs[0] + 1..=end).take(100));
            }
        } else if articles_named.is_empty() {
            is_bare_paragraph = true;
            if cursor.eat("前項") {
                paragraphs.push(here? - 1);
            } else if cursor.eat("次項") {
                paragraphs.push(here? + 1);
            } else if cursor.eat("前各項") {
                paragraphs.extend(1..here?);
            } else if cursor.eat("同項") {
                paragraphs.push(last.paragraph.map(i64::from).or(here)?);
                articles_named.extend(last.article.clone());
            } else {
                is_bare_paragraph = false;
            }
        }
    }
    // 号
    let mut items: Vec<String> = Vec::new();
    let mut all_items = false;
    if let Some(number) = cursor.numbered("号") {
        items.push(number);
    } else if cursor.eat("各号") || cursor.eat("次の各号") || cursor.eat("当該各号") || cursor.eat("前各号")
    {
        all_items = true;
    } else if cursor.eat("前号") || cursor.eat("同号") {
        return None;
    } else if !articles_named.is_empty() || !paragraphs.is_empty() {
        let open = cursor.rest.trim_start_matches(is_blank);
        if let Some(head) = open
            .starts_with(['(', '（', '⑴', '⑵', '⑶', '⑷', '⑸', '⑹', '⑺', '⑻', '⑼'])
            .then(|| head::item(open))
            .flatten()
            && head.numbering == crate::ast::Numbering::ParenArabic
        {
            items.push(head.value.to_string());
            cursor.rest = &open[head.label.len()..];
        }
    }
    if articles_named.is_empty() && paragraphs.is_empty() && items.is_empty() && !all_items {
        // `要綱第4`: a part of another document
        let rest = cursor.rest.strip_prefix('第')?;
        let (_, after) = figure(rest)?;
        if !outside || after.starts_with(['回', '期', '次', '号', '章']) {
            return None;
        }
        cursor.rest = after;
        return Some(Reference { external: true, ..Reference::default() });
    }
    if outside {
        return Some(Reference { external: true, ..Reference::default() });
    }
    if articles_named.is_empty() {
        articles_named.push(Named::Here(scope.article?));
    }
    if !is_bare_paragraph || last.article.is_none() {
        last.article = articles_named.last().cloned();
    }
    last.paragraph = paragraphs.last().and_then(|p| u32::try_from(*p).ok());
    Some(targets(articles, &articles_named, &paragraphs, &items, all_items, scope))
}

/// Articles after `from` up to `to`, in the order of the text; numbers that are not there as missing.
fn between(from: &str, to: &str, articles: &[Article]) -> Vec<Named> {
    let at = |number: &str| articles.iter().position(|a| a.number == number);
    match (at(from), at(to)) {
        (Some(a), Some(b)) if a < b => (a + 1..=b).map(Named::Here).collect(),
        (_, Some(b)) => vec![Named::Here(b)],
        _ => vec![Named::Missing(to.to_string())],
    }
}

fn targets(
    articles: &[Article],
    named: &[Named],
    paragraphs: &[i64],
    items: &[String],
    all_items: bool,
    scope: &Scope,
) -> Reference {
    let mut out = Reference::default();
    for name in named {
        let article = match name {
            Named::Here(at) => &articles[*at],
            Named::Missing(number) => {
                let article =
                    if number.is_empty() { format!("第{}条", articles.len() + 1) } else { path::article(number) };
                out.missing.push(article);
                continue;
            }
        };
        if paragraphs.is_empty() && items.is_empty() && !all_items {
            out.to.push(path::article(&article.number));
            continue;
        }
        // 号 without a 項: the 項 that has 号; in the same article, the one that speaks
        let default = scope
            .paragraph
            .filter(|_| matches!(name, Named::Here(at) if Some(*at) == scope.article))
            .map(|p| p as i64 + 1);
        let with_items = article.paragraphs.iter().find(|p| !p.items.is_empty()).map(|p| i64::from(p.number));
        let one = [default
            .filter(|d| article.paragraphs.iter().any(|p| i64::from(p.number) == *d && !p.items.is_empty()))
            .or(with_items)
            .unwrap_or(1)];
        for number in if paragraphs.is_empty() { &one[..] } else { paragraphs } {
            let Some(paragraph) = article.paragraphs.iter().find(|p| i64::from(p.number) == *number) else {
                out.missing.push(format!("{}第{number}項", path::article(&article.number)));
                continue;
            };
            let parent = path::paragraph(article, paragraph);
            if all_items {
                if paragraph.items.is_empty() {
                    out.missing.push(format!("{parent}各号"));
                }
                out.to.extend(paragraph.items.iter().map(|i| path::item(&parent, i)));
            } else if items.is_empty() {
                out.to.push(parent);
            } else {
                for number in items {
                    match paragraph.items.iter().find(|i: &&Item| i.number == *number) {
                        Some(item) => out.to.push(path::item(&parent, item)),
                        None => out.missing.push(format!("{parent}({number})")),
                    }
                }
            }
        }
    }
    out
}

/// `別表`, `別表第1`, `別表1から別表3まで`, `別表第1及び第2`
fn tables(text: &str, start: usize, after: &str, scope: &Scope, last: &mut Last) -> Option<(usize, Reference)> {
    let number = |text: &str| -> Option<(String, usize)> {
        let rest = text.trim_start_matches(is_blank);
        let rest = rest.strip_prefix('第').unwrap_or(rest);
        let (value, after) = figure(rest)?;
        if after.starts_with(['条', '項', '号', '年', '月', '回']) {
            return None;
        }
        let (branch, after) = branch(after);
        // `別表第1の2の項` names a row of 別表第1, not 別表第1の2
        let (branch, after) = if after.starts_with("の項") || after.starts_with("の表") {
            (String::new(), &rest[rest.len() - rest.len()..])
        } else {
            (branch, after)
        };
        let end = if branch.is_empty() && after.len() == rest.len() {
            text.len() - figure(rest)?.1.len()
        } else {
            text.len() - after.len()
        };
        Some((format!("{value}{branch}"), end))
    };
    if is_outside(&text[..start]) {
        return None;
    }
    let base = start + "別表".len();
    let Some((first, len)) = number(after) else {
        last.tables = vec!["別表".to_string()];
        return Some((base, check_tables(last.tables.clone(), scope)));
    };
    let mut end = base + len;
    let mut names = vec![format!("別表{first}")];
    let rest = text[end..].trim_start_matches(is_blank);
    if let Some(range) = rest.strip_prefix("から") {
        let range = range.trim_start_matches(is_blank);
        let bare = range.strip_prefix("別表").unwrap_or(range);
        if let Some((to, len)) = number(bare) {
            end = text.len() - bare.len() + len;
            if let (Ok(a), Ok(b)) = (first.parse::<u32>(), to.parse::<u32>()) {
                names.extend((a..=b).skip(1).take(200).map(|n| format!("別表{n}")));
            } else {
                names.push(format!("別表{to}"));
            }
        }
    }
    let goes_on = is_list(&text[..start]) || text[..start].ends_with("及び") || text[..start].ends_with("並びに");
    if !goes_on || last.tables.len() > 200 {
        last.tables.clear();
    }
    last.tables.extend(names.iter().cloned());
    Some((end, check_tables(names, scope)))
}

fn check_tables(names: Vec<String>, scope: &Scope) -> Reference {
    let (to, missing) = names.into_iter().partition(|name| scope.tree.tables.iter().any(|t| path::table(t) == *name));
    Reference { to, missing, ..Reference::default() }
}
