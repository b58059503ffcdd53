//! References in the texts and what they point at: 第4条第2項, 前条, 同項, 各号, 別表1から別表3まで, これらの表.

mod provision;
mod tables;
mod written;

use super::path::{self, Path};
use super::walk;
use crate::ast::{Agreement, Text};
use crate::lines::is_blank;
use crate::lines::join::Places;
use crate::parse::head;
use crate::span::Span;
use aho_corasick::{AhoCorasick, packed};
use compact_str::CompactString;
use provision::Last;
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::LazyLock;

/// Targets; nearly every reference has one.
pub type Paths = SmallVec<[Path; 1]>;

/// A reference and its targets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Path of the node that holds it.
    pub from: Path,
    /// As written: `別表1から別表3`.
    pub text: CompactString,
    /// Paths that it names and that exist.
    pub to: Paths,
    /// Paths that it names and that do not exist; `第1条の前条` for a relative one.
    pub missing: Paths,
    /// It points outside the document.
    pub external: bool,
    /// A caption that stands behind it in brackets: `第5条（費用の負担）`.
    pub caption: Option<String>,
    /// Where.
    pub span: Option<Span>,
}

/// What may begin a reference.
const STARTS: &[&str] = &[
    "第",
    "前条",
    "前項",
    "前各",
    "前号",
    "前2",
    "前3",
    "前4",
    "前２",
    "前３",
    "前４",
    "前二",
    "前三",
    "前四",
    "次条",
    "次項",
    "次の各号",
    "次号",
    "当該各号",
    "同条",
    "同項",
    "同号",
    "同表",
    "本条",
    "この条",
    "本項",
    "この項",
    "別表",
    "これらの表",
    "各号",
    DEFINES,
];

/// What stands before every alias: found in the same scan.
const DEFINES: &str = "以下";

/// Several times faster than the automaton on Japanese text; there is none for some processors.
static PACKED: LazyLock<Option<packed::Searcher>> = LazyLock::new(|| {
    packed::Config::new().match_kind(packed::MatchKind::LeftmostLongest).builder().extend(STARTS).build()
});

static AUTOMATON: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(aho_corasick::MatchKind::LeftmostLongest).build(STARTS).ok());

/// Where a text stands, for what it names relative to itself.
#[derive(Clone, Copy)]
struct Scope<'a> {
    tree: &'a Agreement,
    article: Option<usize>,
    paragraph: Option<usize>,
    item: Option<usize>,
    table: Option<usize>,
}

/// All references of the tree, resolved; pointers of 別表 first, then in the order of the text. `defines` sees every text
/// that may define an alias.
pub fn resolve(tree: &Agreement, source: &str, defines: &mut dyn FnMut(walk::At, &Text)) -> Vec<Reference> {
    let foreign = changes_another(tree);
    // room for as many as most agreements have
    let mut out = Vec::with_capacity(16);
    let none = Scope { tree, article: None, paragraph: None, item: None, table: None };
    for table in &tree.tables {
        if let Some(pointer) = &table.reference {
            find(&pointer.text, &starts(&pointer.text), &none, &mut Last::default(), &mut |range, found| {
                out.push(Reference {
                    from: path::table(table),
                    span: Places::of(pointer, source).span(range),
                    ..found
                });
            });
        }
    }
    let mut last = Last::default();
    let mut place = (None, None);
    walk::texts(tree, &mut |at, text: &Text| {
        let starts = starts(&text.text);
        if starts.is_empty() {
            return;
        }
        // 同条 and 同項 reach back to the beginning of their 項, no further
        let here = (at.article, at.paragraph);
        if here != place || at.article.is_none() {
            (last, place) = (Last::default(), here);
        }
        last.end = None;
        let scope = Scope { tree, article: at.article, paragraph: at.paragraph, item: at.item, table: at.table };
        let (mut places, mut path) = (None, None);
        let may_define = find(&text.text, &starts, &scope, &mut last, &mut |range, found| {
            let span = places.get_or_insert_with(|| Places::of(text, source)).span(range);
            let found = if foreign {
                Reference { to: Paths::new(), missing: Paths::new(), external: true, ..found }
            } else {
                found
            };
            let from = path.get_or_insert_with(|| (at.path)()).clone();
            out.push(Reference { from, span, ..found });
        });
        if may_define {
            defines(at, text);
        }
    });
    out
}

/// An agreement that amends another, sentence by sentence, speaks of that one's articles; one that restates it all does not.
pub(crate) fn changes_another(tree: &Agreement) -> bool {
    let says = |text: &str| text.contains("一部を変更") || text.contains("一部を改正");
    let instructs =
        |text: &str| ["に改める", "を加える", "を削る", "のように改め"].iter().any(|word| text.contains(word));
    (says(&tree.title.text) || says(&tree.preamble.text))
        && tree.articles.iter().flat_map(|a| &a.paragraphs).any(|p| instructs(&p.text.text))
}

/// Takes the place of a reference in its text, and what it points at.
type Out<'o> = dyn FnMut(Range<usize>, Reference) + 'o;

/// Where references may begin in a text: most hold none.
type Starts = SmallVec<[Range<usize>; 8]>;

fn starts(text: &str) -> Starts {
    match PACKED.as_ref() {
        Some(packed) => packed.find_iter(text).map(|hit| hit.range()).collect(),
        None => AUTOMATON.iter().flat_map(|words| words.find_iter(text)).map(|hit| hit.range()).collect(),
    }
}

/// The references of one text; gives whether it may define an alias, too.
fn find(text: &str, starts: &Starts, scope: &Scope, last: &mut Last, out: &mut Out) -> bool {
    let (mut from, mut may_define) = (0, false);
    for hit in starts {
        if hit.start < from {
            continue;
        }
        let word = &text[hit.clone()];
        let found = match word {
            DEFINES => {
                may_define = true;
                None
            }
            _ if word.ends_with('表') => tables::read(text, hit.start, scope, last),
            _ => provision::read(text, hit.start, scope, last),
        };
        if let Some((end, mut found)) = found {
            found.text = text[hit.start..end].into();
            let bracket = bracket(&text[end..]);
            found.caption = bracket.and_then(caption);
            from = end;
            last.end = Some(end + bracket.map_or(0, str::len));
            out(hit.start..end, found);
        }
    }
    may_define
}

/// `（費用の負担）`: the bracket directly behind a reference, brackets included
fn bracket(rest: &str) -> Option<&str> {
    let end = rest.starts_with(['（', '(']).then(|| head::closing_bracket(rest))??;
    rest.get(..end)
}

/// The words of a bracket that can be a caption: no sentence, no other reference, no exception
fn caption(bracket: &str) -> Option<String> {
    let inner = head::bracketed(bracket)?;
    let plain = inner.chars().count() <= 30 && !inner.contains(['。', '、', '第', '「', '『', '年']);
    let about = ["以下", "別表", "除く", "含む", "限る", "同じ", "という", "準用", "場合"];
    (plain && !about.iter().any(|word| inner.contains(word))).then(|| inner.to_string())
}

/// Words with which the name of a law, a notice or another document ends.
const OUTSIDE: &[&str] = &[
    "法",
    "令",
    "要綱",
    "要項",
    "要領",
    "条例",
    "規則",
    "規約",
    "規程",
    "憲法",
    "通知",
    "告示",
    "宣言",
    "宣言書",
    "基準",
    "計画",
    "指針",
    "方針",
    "ビジョン",
    "覚書",
    "細則",
    "定款",
];

/// Whether the words before a reference name another document; brackets and の between are stepped over.
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
            Some((at, _)) => bare = bare[..at].trim_end_matches(is_blank),
            None => break,
        }
    }
    let bare = bare.trim_end_matches(['」', '』']);
    let named = |text: &str| {
        // a particle or a mark stands before most references, and ends no name
        !text.ends_with(|c| matches!(c, 'ぁ'..='ん' | '、' | '。' | '（' | '('))
            && OUTSIDE.iter().any(|word| text.ends_with(word))
            && !text.ends_with("方法")
    };
    named(bare) || bare.strip_suffix('の').is_some_and(named) || is_other_name(bare)
}

/// `原協定第3条`, `災対法施行規程第2条`: kanji or katakana that directly precede a number are a name, unless it is this agreement's own.
fn is_other_name(before: &str) -> bool {
    const OWN: &[&str] =
        &["この協定", "本協定", "この協定書", "本協定書", "この連携協約", "本連携協約", "この協約", "本協約", "本則"];
    const PART: &[char] = &['条', '項', '号', '表', '又', '及', '並', '若', '各', '前', '次', '同', '兼'];
    let name = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | 'ァ'..='ヺ' | 'ー');
    before.ends_with(|c: char| name(c) && !PART.contains(&c)) && !OWN.iter().any(|own| before.ends_with(own))
}

#[cfg(test)]
mod tests;
