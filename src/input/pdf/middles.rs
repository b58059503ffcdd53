//! Cells whose names stand in their middle: the lines are cut into cells so that every name stands in the middle of its own. Only a
//! cut that is the one possible is taken.

use super::lines::Line;
use std::collections::BTreeMap;
use std::ops::Range;

/// A name and the lines that it stands beside.
pub struct Cell {
    pub names: Range<usize>,
    pub lines: Range<usize>,
}

/// From where to where, downwards.
pub type Extent = (f64, f64);

/// More names or lines than a page has; and lines than a name has.
const MOST: usize = 120;
const MOST_OF_ONE: usize = 4;
/// A name in the middle is at most this far from it, in em.
const NEAR: f64 = 0.25;
/// A line that ends this near to the end of its column fills it: a letter that may not begin a line takes another with it.
const FULL: f64 = 2.;

/// The only way to cut `lines` into cells such that each has its name, of `names` that follow each other, in its middle. `joins` says
/// whether a name goes on in the next line, `holds` whether lines may stand in one cell; `em` is that of the smallest line.
pub fn cells(
    names: &[Extent],
    lines: &[Extent],
    em: f64,
    joins: impl Fn(usize) -> bool,
    holds: impl Fn(Range<usize>) -> bool,
) -> Option<Vec<Cell>> {
    if names.is_empty() || names.len().max(lines.len()) > MOST {
        return None;
    }
    // After so many names, so many lines: in how many ways, and from where.
    let mut reached: Vec<BTreeMap<usize, (usize, [usize; 2])>> = vec![BTreeMap::new(); names.len() + 1];
    reached.first_mut()?.insert(0, (1, [0, 0]));
    for name in 0..names.len() {
        for (line, (ways, _)) in reached.get(name)?.clone() {
            let joined = (name..names.len() - 1).take(MOST_OF_ONE - 1).take_while(|&i| joins(i)).count();
            for last in name..=name + joined {
                let middle = (names.get(name)?.0 + names.get(last)?.1) / 2.;
                for end in ends(lines, line, middle, NEAR * em).filter(|end| holds(line..*end)) {
                    let way = reached.get_mut(last + 1)?.entry(end).or_insert((0, [name, line]));
                    way.0 = way.0.saturating_add(ways);
                }
            }
        }
    }
    let mut at = [names.len(), lines.len()];
    let mut out = Vec::new();
    while at != [0, 0] {
        let (1, from) = *reached.get(at[0])?.get(&at[1])? else { return None };
        out.push(Cell { names: from[0]..at[0], lines: from[1]..at[1] });
        at = from;
    }
    out.reverse();
    Some(out)
}

/// Where lines from `start` on may end so that their middle is `middle`.
fn ends(lines: &[Extent], start: usize, middle: f64, near: f64) -> impl Iterator<Item = usize> {
    let top = lines.get(start).map_or(f64::INFINITY, |line| line.0);
    let middles = lines.iter().enumerate().skip(start).map(move |(i, line)| (i + 1, (top + line.1) / 2. - middle));
    middles.take_while(move |(_, off)| *off < near).filter(move |(_, off)| *off > -near).map(|(end, _)| end)
}

/// Which lines of a column go on in the next one: close to it, and as wide as the column.
pub fn wrapped(column: &[&Line], pitch: f64) -> Vec<bool> {
    let right = column.iter().map(|line| line.rect.x1).fold(f64::NEG_INFINITY, f64::max);
    let goes_on = |w: &[&Line]| match w {
        [line, next] => line.rect.x1 > right - FULL * line.em && next.rect.y1 - line.rect.y1 < 1.12 * pitch,
        _ => false,
    };
    column.windows(2).map(goes_on).chain([false]).collect()
}

/// Do all lines of each cell but its last go on in the next one? Looks at these columns of a table.
pub fn is_whole(entries: &[Vec<Vec<Line>>], columns: Range<usize>) -> bool {
    columns.into_iter().all(|n| {
        let cells = || entries.iter().filter_map(|entry| entry.get(n));
        let column: Vec<&Line> = cells().flatten().collect();
        let wrapped = wrapped(&column, pitch([column.clone()].into_iter()));
        let mut places = cells().scan(0, |end, cell| {
            *end += cell.len();
            Some(*end - cell.len()..*end)
        });
        places.all(|cell| goes_on(&wrapped, cell))
    })
}

/// Do these lines go on in each other?
pub fn goes_on(wrapped: &[bool], cell: Range<usize>) -> bool {
    wrapped.get(cell).is_none_or(|lines| lines.iter().rev().skip(1).all(|line| *line))
}

/// The step from line to line where columns have several lines close to each other.
pub fn pitch<'a>(columns: impl Iterator<Item = Vec<&'a Line>>) -> f64 {
    let step = |w: &[&Line]| match w {
        [line, next] => next.rect.y1 - line.rect.y1,
        _ => f64::INFINITY,
    };
    columns.map(|column| column.windows(2).map(step).fold(f64::INFINITY, f64::min)).fold(f64::INFINITY, f64::min)
}

/// From the top of the first to the bottom of the last.
pub fn extent(lines: &[&Line]) -> Extent {
    let top = lines.iter().map(|line| line.rect.y0).fold(f64::INFINITY, f64::min);
    (top, lines.iter().map(|line| line.rect.y1).fold(f64::NEG_INFINITY, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and lines by their places, ten apart; `4 5` are two lines of one name.
    fn cut(names: &[f64], lines: usize, full: &[usize]) -> Option<Vec<Range<usize>>> {
        let extents = |tops: Vec<f64>| tops.into_iter().map(|top| (top, top + 10.)).collect::<Vec<_>>();
        let names = extents(names.iter().map(|n| n * 10.).collect());
        let lines = extents((0..lines).map(|n| n as f64 * 10.).collect());
        let holds = |mut range: Range<usize>| range.next_back().is_some() && range.all(|line| full.contains(&line));
        let cells = cells(&names, &lines, 10., |_| false, holds)?;
        Some(cells.into_iter().map(|cell| cell.lines).collect())
    }

    #[test]
    fn names_in_the_middle() {
        let all = &[0, 1, 2, 3, 4, 5, 6, 7];
        for (names, lines, full, expected) in [
            (&[1., 3.5][..], 5, &all[..], Some(vec![0..3, 3..5])),
            (&[0., 1.], 2, all, Some(vec![0..1, 1..2])),
            // at the top, not in the middle
            (&[0., 3.], 5, all, None),
            // 0 1 / 2 3 with names at the top as well as 0 / 1 2 3: the line that is not full tells
            (&[0., 2.], 4, &[0, 2], None),
            (&[0., 2.], 4, &[1, 2], Some(vec![0..1, 1..4])),
            (&[], 2, all, None),
            (&[0.], 0, all, None),
        ] {
            assert_eq!(cut(names, lines, full), expected, "{names:?} {lines} {full:?}");
        }
    }

    #[test]
    fn two_ways_are_none() {
        let at = |top: f64| (top, top + 10.);
        let lines = [at(0.), at(10.)];
        let names = [at(0.), at(10.)];
        assert!(cells(&names, &lines, 10., |_| true, |_| true).is_none());
        assert!(cells(&names, &lines, 10., |_| false, |_| true).is_some());
    }
}
