//! What a reference to 条, 項 and 号 points at.

use super::written::{self, Step, Written, figure};
use super::{Path, Paths, Reference, Scope, is_outside, path};
use crate::ast::{Article, Paragraph};
use compact_str::{CompactString, format_compact};
use smallvec::{SmallVec, smallvec};

/// What 同条, 同項, これらの表 and the second part of a list go back to.
#[derive(Default)]
pub(super) struct Last {
    /// Indices of the article and the 項 that were named last.
    article: Option<usize>,
    paragraph: Option<usize>,
    /// The last one named was of another document.
    elsewhere: bool,
    /// The article named last is not there.
    lost: bool,
    /// 別表 that were named.
    pub tables: SmallVec<[CompactString; 3]>,
    /// Where the last reference ends in this text.
    pub end: Option<usize>,
}

impl Last {
    /// Whether the words between the last reference and `start` join the two: `第2条及び第4条`.
    pub fn joins(&self, text: &str, start: usize) -> bool {
        let between = self.end.and_then(|end| text.get(end..start)).map(|words| words.trim_start_matches("まで"));
        between.is_some_and(|words| {
            matches!(words, "及び" | "並びに" | "又は" | "若しくは" | "、" | "・" | "，" | "と" | "から")
        })
    }
}

/// The reference at `start`: its end and its targets.
pub(super) fn read(text: &str, start: usize, scope: &Scope, last: &mut Last) -> Option<(usize, Reference)> {
    let (written, rest) = written::provision(&text[start..]);
    let joined = last.joins(text, start);
    let before = &text[..start];
    let outside = is_outside(before) || joined && last.elsewhere && written.article_is_open();
    if written.is_empty() {
        // `要綱第4`: a part of another document
        let (_, rest) = figure(text[start..].strip_prefix('第')?)?;
        let is_part = outside && !rest.starts_with(['回', '期', '次', '章', '号']);
        last.elsewhere |= is_part;
        return is_part.then(|| (text.len() - rest.len(), Reference { external: true, ..Reference::default() }));
    }
    if written.is_bare_item() && !bare_item_may_stand(before, joined, scope) {
        return None;
    }
    let end = text.len() - rest.len();
    let same = [&written.article, &written.paragraph, &written.item].contains(&&Step::Same);
    if outside || same && last.elsewhere {
        last.elsewhere = true;
        return Some((end, Reference { external: true, ..Reference::default() }));
    }
    Some((end, targets(&written, joined, scope, last)?))
}

impl Written {
    /// Whether it is absolute, so that it may go on with the document named before: `地方自治法第96条及び第97条`
    fn article_is_open(&self) -> bool {
        let open = |step: &Step| matches!(step, Step::Absent | Step::Number(_) | Step::Range(..));
        open(&self.article) && open(&self.paragraph)
    }

    /// `第2号` alone
    fn is_bare_item(&self) -> bool {
        self.article == Step::Absent
            && self.paragraph == Step::Absent
            && matches!(self.item, Step::Number(_) | Step::Range(..))
    }
}

/// `第2号` alone may be the number of a notice; it is a 号 where the 項 has some and nothing else can be meant.
fn bare_item_may_stand(before: &str, joined: bool, scope: &Scope) -> bool {
    let has_items = scope.here().is_some_and(|(_, paragraph)| !paragraph.items.is_empty());
    (has_items || joined)
        && (joined || before.is_empty() || before.ends_with(['、', '。', '（', '(', 'は', 'び', 'に', 'が']))
}

impl<'a> Scope<'a> {
    fn here(&self) -> Option<(&'a Article, &'a Paragraph)> {
        let article = self.tree.articles.get(self.article?)?;
        Some((article, article.paragraphs.get(self.paragraph?)?))
    }
}

/// Found ones by index, and the addresses of those that are not there.
#[derive(Default)]
struct Named {
    found: SmallVec<[usize; 8]>,
    missing: Paths,
}

/// One level resolved: `here` is the index of where the words stand. `None` where nothing says what is meant.
fn named(step: &Step, here: Option<usize>, last: Option<usize>, name: &Level) -> Option<Named> {
    let (position, count) = (name.position, name.count);
    let mut out = Named::default();
    match step {
        Step::Absent | Step::Those => return None,
        Step::Number(number) => match position(number) {
            Some(at) => out.found.push(at),
            None => out.missing.push((name.address)(number)),
        },
        Step::Range(first, end) => match (position(first), position(end)) {
            (Some(a), Some(b)) => out.found.extend(a.min(b)..=a.max(b)),
            (a, b) => {
                let ends = [(a, first), (b, end)];
                out.found.extend(ends.iter().filter_map(|(at, _)| *at));
                out.missing.extend(ends.iter().filter(|(at, _)| at.is_none()).map(|(_, n)| (name.address)(n)));
            }
        },
        Step::Before(steps) => {
            let here = here?;
            out.found.extend(here.saturating_sub(*steps)..here);
            if *steps > here {
                let word = if *steps == 1 {
                    format_compact!("前{}", name.unit)
                } else {
                    format_compact!("前{steps}{}", name.unit)
                };
                out.missing.push(format_compact!("{}の{word}", (name.here)()));
            }
        }
        Step::Next => match here? + 1 {
            next if next < count => out.found.push(next),
            _ => out.missing.push(format_compact!("{}の次{}", (name.here)(), name.unit)),
        },
        Step::This => out.found.push(here?),
        Step::Same => out.found.push(last?),
        Step::AllBefore => {
            out.found.extend(0..here?.min(count));
            if out.found.is_empty() {
                out.missing.push(format_compact!("{}の前各{}", (name.here)(), name.unit));
            }
        }
        Step::All => out.found.extend(0..count),
    }
    Some(out)
}

/// One level: how it is called, and its siblings.
struct Level<'n> {
    unit: char,
    /// Address of where the words stand.
    here: &'n dyn Fn() -> Path,
    /// Address of a sibling.
    address: &'n dyn Fn(&str) -> Path,
    /// Index of the sibling with a number.
    position: &'n dyn Fn(&str) -> Option<usize>,
    /// How many siblings there are.
    count: usize,
}

fn targets(written: &Written, joined: bool, scope: &Scope, last: &mut Last) -> Option<Reference> {
    let articles = &scope.tree.articles;
    let mut out = Reference::default();
    let unresolved = || Some(Reference::default());
    let stands_at = |article: &Article| path::article(&article.number);
    let own = scope.article.and_then(|at| articles.get(at));
    // 条
    let goes_on = joined && written.article == Step::Absent;
    if goes_on && last.lost {
        return unresolved();
    }
    let chosen = match &written.article {
        Step::Absent if goes_on || written.paragraph == Step::Same => {
            last.article.or(scope.article).into_iter().collect()
        }
        Step::Absent => scope.article.into_iter().collect(),
        step => {
            let level = Level {
                unit: '条',
                here: &|| own.map(stands_at).unwrap_or_default(),
                address: &|number| path::article(number),
                position: &|number| articles.iter().position(|article| article.number == number),
                count: articles.len(),
            };
            let Some(named) = named(step, scope.article, last.article, &level) else { return unresolved() };
            out.missing = named.missing;
            named.found
        }
    };
    if chosen.is_empty() && out.missing.is_empty() {
        return None;
    }
    (last.elsewhere, last.lost) = (false, chosen.is_empty());
    if last.lost {
        last.article = None;
    }
    if written.paragraph == Step::Absent && written.item == Step::Absent {
        out.to = chosen.iter().filter_map(|at| articles.get(*at)).map(stands_at).collect();
        (last.article, last.paragraph) = (chosen.last().copied().or(last.article), None);
        return Some(out);
    }
    let earlier = last.paragraph;
    for at in chosen {
        let Some(article) = articles.get(at) else { continue };
        // 項
        let here = scope.paragraph.filter(|_| Some(at) == scope.article);
        let from = if last.article == Some(at) { earlier } else { None };
        let paragraphs = match &written.paragraph {
            Step::Absent => smallvec![speaker(article, here, from.filter(|_| joined), &written.item)?],
            step => {
                let level = Level {
                    unit: '項',
                    here: &|| scope.here().map(|(a, p)| path::paragraph(a, p)).unwrap_or_default(),
                    address: &|number| format_compact!("{}第{number}項", stands_at(article)),
                    position: &|number| {
                        let number: u32 = number.parse().ok()?;
                        article.paragraphs.iter().position(|paragraph| paragraph.number == number)
                    },
                    count: article.paragraphs.len(),
                };
                let Some(named) = named(step, here, from.or(here), &level) else { continue };
                out.missing.extend(named.missing);
                named.found
            }
        };
        last.article = Some(at);
        last.paragraph = paragraphs.last().copied();
        for nth in paragraphs {
            let Some(paragraph) = article.paragraphs.get(nth) else { continue };
            let same = here == Some(nth);
            items(written, article, paragraph, scope.item.filter(|_| same), &mut out);
        }
    }
    Some(out)
}

/// 号 of one 項, or the 項 itself.
fn items(written: &Written, article: &Article, paragraph: &Paragraph, here: Option<usize>, out: &mut Reference) {
    let parent = path::paragraph(article, paragraph);
    if written.item == Step::Absent {
        out.to.push(parent);
        return;
    }
    if written.item == Step::All && paragraph.items.is_empty() {
        out.missing.push(format_compact!("{parent}各号"));
        return;
    }
    let own = here.and_then(|at| paragraph.items.get(at));
    let level = Level {
        unit: '号',
        here: &|| own.map(|item| path::item(&parent, item)).unwrap_or_default(),
        address: &|number| format_compact!("{parent}({number})"),
        position: &|number| paragraph.items.iter().position(|item| item.number == number),
        count: paragraph.items.len(),
    };
    // 前各号 behind the 号 means all of them
    let here = here.or((written.item == Step::AllBefore).then_some(paragraph.items.len()));
    if let Some(named) = named(&written.item, here, None, &level) {
        out.to.extend(named.found.iter().filter_map(|at| paragraph.items.get(*at)).map(|i| path::item(&parent, i)));
        out.missing.extend(named.missing);
    }
}

/// 号 without a 項: of the 項 that speaks, of the one named before, else of the first that has such a 号.
fn speaker(article: &Article, here: Option<usize>, last: Option<usize>, item: &Step) -> Option<usize> {
    let has = |at: &usize| article.paragraphs.get(*at).is_some_and(|p| !p.items.is_empty());
    let number = match item {
        Step::Number(number) | Step::Range(number, _) => number.as_str(),
        _ => "",
    };
    let named = |p: &Paragraph| p.items.iter().any(|item| item.number == number);
    let first = || {
        article
            .paragraphs
            .iter()
            .position(named)
            .or_else(|| article.paragraphs.iter().position(|p| !p.items.is_empty()))
    };
    last.filter(has).or(here.filter(has)).or_else(first).or(here).or((!article.paragraphs.is_empty()).then_some(0))
}
