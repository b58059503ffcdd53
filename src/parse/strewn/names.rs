//! Which lines are one name, and which 分野 each name stands under.

use super::Strewn;
use crate::parse::cells::lists;
use crate::parse::part::{self, Part, must_break};

/// The names of the rows, and how many of them stand under each heading.
type Given<'l, 's> = (Vec<Vec<Part<'l, 's>>>, Vec<usize>);

/// So many names as there are rows; `None` where the lines cannot be that many, or a heading has none.
pub fn give<'l, 's>(strewn: &Strewn<'l, 's>, rows: usize) -> Option<Given<'l, 's>> {
    let ends = |count: fn(&super::Heading) -> usize, all: usize| -> Vec<usize> {
        strewn.headings.iter().skip(1).map(count).chain([all]).collect()
    };
    let lines = ends(|heading| heading.names, strewn.names.len());
    let groups = ends(|heading| heading.groups, rows);
    // where labels stand under their headings, each has as many names as contents
    by_section(strewn, &lines, &groups).or_else(|| all(strewn, &lines, rows))
}

/// Each section by itself.
fn by_section<'l, 's>(strewn: &Strewn<'l, 's>, lines: &[usize], groups: &[usize]) -> Option<Given<'l, 's>> {
    let (mut names, mut counts, mut line, mut group) = (Vec::new(), Vec::new(), 0, 0);
    for (end, last) in lines.iter().zip(groups) {
        let count = last.checked_sub(group).filter(|count| *count > 0)?;
        names.extend(put_together(strewn, line, *end, &[], count)?);
        counts.push(count);
        (line, group) = (*end, *last);
    }
    Some((names, counts))
}

/// All sections at once: the names tell how many rows each has.
fn all<'l, 's>(strewn: &Strewn<'l, 's>, ends: &[usize], rows: usize) -> Option<Given<'l, 's>> {
    let names = put_together(strewn, 0, strewn.names.len(), ends, rows)?;
    let at =
        |name: &Vec<Part>| strewn.names.iter().position(|part| name.first().is_some_and(|first| first.at == part.at));
    let mut counts = vec![0; ends.len()];
    for name in &names {
        let at = at(name)?;
        counts[ends.partition_point(|end| *end <= at)] += 1;
    }
    counts.iter().all(|count| *count > 0).then_some((names, counts))
}

/// `看護師の育成と⏎確保`: so many names of some lines; a line goes on in the next one where the column was full. `ends`: behind
/// these lines another section begins.
fn put_together<'l, 's>(
    strewn: &Strewn<'l, 's>,
    from: usize,
    to: usize,
    ends: &[usize],
    count: usize,
) -> Option<Vec<Vec<Part<'l, 's>>>> {
    let lines = strewn.names.get(from..to)?;
    let surplus = lines.len().checked_sub(count)?;
    let full = strewn.names.iter().map(|part| part::width(part.text)).max()?;
    let goes_on = |at: &usize| {
        let (line, next) = (lines[*at - 1], lines[*at]);
        ends.binary_search(&(from + at)).is_err() && must_break(line.text, next.text, full)
    };
    let numbered = lines.iter().filter(|line| lists::is_entry(line.text)).count();
    let mut rests: Vec<usize> = match numbered == count {
        // where names have numbers, what has none is the rest of one
        true => (1..lines.len()).filter(|at| !lists::is_entry(lines[*at].text)).collect(),
        false => (1..lines.len()).filter(goes_on).collect(),
    };
    if rests.len() < surplus {
        return None;
    }
    // the widest lines are the surest to be full, and the shortest rests to be none by themselves
    rests.sort_by_key(|at| (usize::MAX - part::width(lines[*at - 1].text), part::width(lines[*at].text)));
    rests.truncate(surplus);
    let mut out: Vec<Vec<Part>> = Vec::with_capacity(count);
    for (at, line) in lines.iter().enumerate() {
        match out.last_mut().filter(|_| rests.contains(&at)) {
            Some(name) => name.push(*line),
            None => out.push(vec![*line]),
        }
    }
    Some(out)
}
