//! A column of 分野 beside that of the names, where blanks keep the columns: `医療   夜間診療   取組内容   文`.
//!
//! The cell of a 分野 is merged over its rows. Where its words begin on the first line of a row each time, they head
//! that row and those below; where they do not, nothing tells which rows a 分野 holds.

use super::columns::{self, Lines};
use super::part::{Measure, Part};
use super::stacked::{Group, split_tail};
use super::{Context, head};
use crate::ast::Numbering;
use crate::lines::{find_blank, is_blank, is_cjk};

/// So many columns at least stand between the beginnings of two columns of names.
const APART: usize = 3;

/// Takes the words of 分野 out of the names of groups into their fields; what cannot be told is torn. Gives whether there is
/// such a column.
pub fn part(groups: &mut [Group], cx: &Context) -> bool {
    let Some(edge) = edge(groups, cx.fielded.get() == Some(true)) else {
        groups.iter_mut().for_each(|group| group.torn |= stands_out(group));
        return false;
    };
    let mut moved = None;
    for group in groups.iter_mut() {
        let first = group.slots.first().map(|slot| slot.head.at);
        moved = own_edge(group, edge).or(moved.filter(|moved| stands_at(group, *moved)));
        let edge = moved.unwrap_or(edge);
        let mut fields = Vec::new();
        for names in [&mut group.before, &mut group.names] {
            let all = std::mem::take(names);
            for part in all {
                let (left, right) = cut(&part, edge, Some(part.at) == first);
                fields.extend(left);
                names.extend(right);
            }
        }
        let heads = fields.first().is_some_and(|field| Some(field.at) == first);
        group.torn |= !fields.is_empty() && !heads;
        group.field = fields;
    }
    let label = |group: &Group| group.slots.first().map_or(0, |slot| slot.head.column);
    let named = |group: &Group| !group.names.is_empty() || !group.before.is_empty();
    let usual = groups.iter().filter(|group| named(group)).map(label).min().unwrap_or(0);
    for group in groups.iter_mut().filter(|group| !named(group)) {
        // a page on which no 分野 begins moves its columns to the left
        if label(group) + APART <= usual {
            group.names = std::mem::take(&mut group.field);
            group.torn = false;
        }
    }
    if groups.iter().any(|group| group.torn) || groups.first().is_some_and(|group| group.field.is_empty()) {
        for group in groups {
            group.torn |= !group.field.is_empty();
            group.strays.append(&mut group.field);
        }
        return true;
    }
    cx.fielded.set(Some(true));
    true
}

/// `防　①夜間診療⏎災`: whether a number stands within the words of a name, behind those of another column
pub fn holds_number(names: &[Part]) -> bool {
    let is_sure = |head: &head::ItemHead| head.label.ends_with([')', '）']) || head.numbering == Numbering::Circled;
    let is_number = |word: &str| head::item(word).is_some_and(|head| is_sure(&head) && !head.rest.is_empty());
    let words = names.iter().flat_map(|part| part.text.split(is_blank)).filter(|word| !word.is_empty());
    words.skip(1).any(is_number)
}

/// `環境分野⏎水の広⏎域処理`: whether the heading of a 分野 stands above the lines of a name
pub fn holds_heading(names: &[Part]) -> bool {
    let ends_heading = |text: &str| text.ends_with("分野") && !text.ends_with("政策分野");
    matches!(names, [first, next, ..] if ends_heading(first.text) && !next.text.starts_with(|c| matches!(c, 'ぁ'..='ん')))
}

/// `医療⏎休日の診⏎療⏎取組内容 文`: a column of 分野 that stands before the names, cell after cell.
pub fn part_in_order(groups: &mut [Group], cx: &Context) {
    let two = groups.iter().filter(|group| group.names.iter().any(holds_two_names)).count();
    // one name with a blank is damaged, and so may be all, but where a table before had such a column
    let told = two >= 2 && (two < groups.len() || cx.fielded.get() == Some(true));
    let is_alike = || groups.first().is_some_and(|first| first.names.len() > 1) && cx.fielded.get().is_some();
    if !told && !is_alike() && !ends_early(groups) {
        return;
    }
    let is_whole = !told && cx.is_whole();
    for at in 1..groups.len() {
        // the first lines of a 分野 stand behind the last cell of the row before it
        let tail = groups[at - 1].slots.last_mut().map_or_else(Vec::new, |slot| split_tail(&mut slot.parts));
        groups[at].names.splice(0..0, tail);
    }
    let torn: Vec<bool> = groups.iter().map(|group| group.torn).collect();
    let all: Vec<Lines> = groups.iter().map(|group| Lines::of(&group.names).parted(is_whole)).collect();
    let ends = columns::ends(&all, &torn);
    let mut known = false;
    for ((group, lines), ends) in groups.iter_mut().zip(all).zip(ends) {
        let sure = ends.is_power_of_two();
        if sure {
            (group.field, group.names) = lines.split(ends.trailing_zeros() as usize);
        }
        known = sure && (known || !group.field.is_empty());
        group.torn |= !known || !told;
    }
    if groups.iter().any(|group| !group.field.is_empty()) {
        cx.fielded.set(Some(told && groups.iter().all(|group| !group.torn) || cx.fielded.get() == Some(true)));
    }
}

/// `医療⏎夜間の診療⏎取組内容 …⏎救急の態勢⏎取組内容 …⏎福祉⏎見守り`: whether names, the first among them, have lines that
/// end before the edge. The cell of a 分野 may end there, or a writer broke the line.
fn ends_early(groups: &[Group]) -> bool {
    // most names have one line
    if groups.first().is_none_or(|group| group.names.len() < 2) {
        return false;
    }
    let lines: Vec<Vec<Measure>> =
        groups.iter().map(|group| group.names.iter().map(|part| Measure::of(part.text)).collect()).collect();
    let full = lines.iter().flatten().map(|line| line.width).max().unwrap_or(0);
    let is_early = |lines: &[Measure]| lines.windows(2).any(|pair| !pair[0].must_break(&pair[1], full));
    let early = lines.iter().filter(|lines| is_early(lines)).count();
    lines.first().is_some_and(|lines| is_early(lines)) && early >= 2 && early < lines.len()
}

/// `教育 図書館の相互利用`: the cell of a 分野 may stand before that of the name
pub fn holds_two_names(part: &Part) -> bool {
    let is_long = |word: &&str| word.chars().nth(1).is_some();
    let mut words = part.text.split(is_blank).filter(is_long);
    words.next().is_some_and(|first| first.ends_with(is_cjk))
        && words.next().is_some_and(|next| next.starts_with(is_cjk))
}

/// Where the names begin that stand beside a 分野, in code points; `None` where there is one column.
fn edge(groups: &[Group], is_known: bool) -> Option<usize> {
    let names = || groups.iter().flat_map(|group| group.before.iter().chain(&group.names));
    let second = names().find_map(|part| {
        let mut words = words(part);
        let (left, right) = (words.next()?, words.next()?);
        (right.column >= left.column + APART).then_some(right.column)
    })?;
    // names that stand alone begin there, too; where a table before had such a column, each may stand beside a 分野 of its own
    let is_at_edge = |part: &Part| part.column.abs_diff(second) <= 1;
    let has_both = |group: &Group| {
        let mut names = group.before.iter().chain(&group.names);
        names.any(|part| words(part).nth(1).is_some_and(|right| right.column.abs_diff(second) <= 1))
    };
    (names().any(is_at_edge) || is_known && groups.iter().all(has_both)).then_some(second)
}

/// Where the names of a group begin, where a page moved its columns to the left: `移 移住の相 取組内容`
fn own_edge(group: &Group, edge: usize) -> Option<usize> {
    let first = group.before.iter().chain(&group.names).next()?;
    let mut words = words(first);
    let (Some(_), Some(name), None) = (words.next(), words.next(), words.next()) else { return None };
    (name.column + 1 < edge).then_some(name.column)
}

/// Whether all words of a group stand in the moved column of the names.
fn stands_at(group: &Group, edge: usize) -> bool {
    let mut names = group.before.iter().chain(&group.names);
    names.all(|part| part.column.abs_diff(edge) <= 1 && words(part).nth(1).is_none())
}

/// Whether words begin left of those above them: of another column, or of one whose words are centred.
fn stands_out(group: &Group) -> bool {
    let columns = || group.before.iter().chain(&group.names).map(|part| part.column);
    columns().zip(columns().skip(1)).any(|(above, below)| below + APART <= above)
}

/// What of a name stands left of the edge, and the rest.
fn cut<'l, 's>(part: &Part<'l, 's>, edge: usize, is_first: bool) -> (Option<Part<'l, 's>>, Option<Part<'l, 's>>) {
    if part.column + 1 >= edge {
        return (None, Some(*part));
    }
    // on a line that goes on, `タ 盤` is no letter of a list
    let words: Vec<Part> = if is_first { words(part).collect() } else { pieces(part, 0).collect() };
    // of two words the second is of a name, though it stand a little to the left
    let second = words.get(1).filter(|word| words.len() == 2 && word.column + 2 >= edge);
    let right = words.iter().find(|word| word.column + 1 >= edge).or(second).copied();
    let Some(right) = right else { return (Some(*part), None) };
    let at = right.text.as_ptr() as usize - part.text.as_ptr() as usize;
    let left = part.text[..at].trim_end_matches(is_blank);
    (Some(Part { text: left, ..*part }), Some(Part { text: &part.text[at..], ..right }))
}

/// The pieces of a name between blanks; a number belongs to the words that it heads.
fn words<'l, 's>(part: &Part<'l, 's>) -> impl Iterator<Item = Part<'l, 's>> {
    let head = head::item(part.text).filter(|head| !head.glued && !head.rest.is_empty());
    pieces(part, head.map_or(0, |head| head.rest.as_ptr() as usize - part.text.as_ptr() as usize))
}

/// The pieces between blanks, of which the first goes on to the one behind `from`.
fn pieces<'l, 's>(part: &Part<'l, 's>, from: usize) -> impl Iterator<Item = Part<'l, 's>> {
    let Part { line, text, at, .. } = *part;
    let end = find_blank(&text[from..]).map_or(text.len(), |blank| from + blank);
    let rest = text[end..].split(is_blank).filter(|word| !word.is_empty());
    std::iter::once(&text[..end]).chain(rest).map(move |word| Part::new(line, word, at))
}
