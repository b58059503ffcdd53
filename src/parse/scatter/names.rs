//! Which row each piece of a name belongs to, where a narrow column wrote names letter by letter.
//!
//! The pieces keep their order. Where they stand among the lines of the cells, their rows are seen; where an extractor
//! wrote the whole column first, the letters themselves tell where a name ends, as well as they can.

use super::Row;
use super::fragments::{Fragment, Kind, Pieces};
use super::plan::Plan;
use super::state::Spot;
use super::words::Words;
use crate::parse::part::is_ended;
use crate::parse::search::Step;

/// Rows under one header row.
#[derive(Debug)]
pub struct Rows {
    /// Where the cells of each row stand: first and last fragment.
    pub spans: Vec<(usize, usize)>,
    /// How many lines the longest cell of each row has.
    pub lines: Vec<usize>,
    /// The first row has its name, or part of it, on the page before.
    pub begun: bool,
}

/// Names that fit as badly are left out: for each row, beside one for each piece.
const BAD: usize = 2;
const NEVER: u32 = u32::MAX / 2;
/// Everything counts more than that a name is longer than another.
const SCALE: u32 = 4;
/// More pieces are not told apart.
const MOST: usize = 300;

/// For each piece, with its place among the fragments, the row it belongs to.
pub fn assign(pieces: &[(usize, &Fragment)], rows: &Rows, words: &Words) -> Vec<usize> {
    let (count, total) = (rows.spans.len(), pieces.len());
    if total == 0 || count == 0 || total > MOST {
        return Vec::new();
    }
    let full = pieces.iter().map(|p| p.1.size.width).max().unwrap_or(0);
    let seen = rows.spans.first().is_some_and(|s| pieces.iter().any(|p| p.0 > s.1));
    let named = if rows.begun && count > 1 { count - 1 } else { count };
    let even = total.div_ceil(named);
    // where the first name begins on the line of its cells, the others do too
    let on_line = |piece: usize, row: usize| rows.spans.get(row).is_some_and(|s| pieces[piece].0 + 1 == s.0);
    let aligned = on_line(0, 0);
    let between: Vec<[u32; 2]> = pieces.windows(2).map(|w| between(w[0].1, w[1].1, full, words)).collect();
    // among the lines of the cells, the pieces of one name stand at even distances
    let far: Vec<usize> = pieces.windows(2).map(|w| w[1].0 - w[0].0).collect();
    let mut sorted = far.clone();
    sorted.sort_unstable();
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(1);
    let gap = |n: usize| u32::from(seen && usual > 1 && far[n] * 2 > usual * 3) * 2;
    let joins: Vec<u32> = between.iter().enumerate().map(|(n, [join, _])| join + gap(n)).collect();
    // best[row][end]: the cheapest way to give the first `end` pieces to the rows up to `row`, and where the row begins
    let mut best = vec![vec![(NEVER, 0); total + 1]; count];
    for row in 0..count {
        for start in 0..total {
            let before = match row.checked_sub(1) {
                None => {
                    if start == 0 {
                        0
                    } else {
                        NEVER
                    }
                }
                // a row without a piece was named on the page before
                Some(0) if start == 0 && rows.begun => 0,
                Some(above) => best[above][start].0,
            };
            if before >= NEVER {
                continue;
            }
            let cut = if start > 0 { SCALE * between[start - 1][1] } else { 0 };
            let mut cost = before + cut + SCALE * early(pieces[start].0, row, rows);
            for end in start + 1..=total {
                cost += SCALE * late(pieces[end - 1].0, row, rows);
                if end - start > 1 {
                    cost += SCALE * joins[end - 2];
                }
                let taken = if aligned && on_line(end - 1, row + 1) { SCALE * 2 } else { 0 };
                let all = cost + taken + odd_size(end - start, row, rows, (usual <= 1).then_some(even));
                if all < best[row][end].0 {
                    best[row][end] = (all, start);
                }
            }
        }
    }
    // a row without a name is missing one
    let nameless = |row: usize| (count - 1 - row) as u32 * SCALE * 5;
    let mut row = (0..count).rev().min_by_key(|row| best[*row][total].0 + nameless(*row)).unwrap_or(0);
    if best[row][total].0 > SCALE * (total + BAD * count) as u32 {
        return Vec::new();
    }
    let mut out = vec![0; total];
    let mut end = total;
    loop {
        let start = best[row][end].1;
        out[start..end].iter_mut().for_each(|o| *o = row);
        if row == 0 || start == 0 {
            return out;
        }
        (row, end) = (row - 1, start);
    }
}

/// A piece behind the cells of its row.
fn late(at: usize, row: usize, rows: &Rows) -> u32 {
    let closes = rows.spans.get(row + 1).map_or(usize::MAX, |next| next.0);
    let behind_all = || rows.spans.iter().all(|s| at > s.1);
    if at > closes && !behind_all() { 8 } else { 0 }
}

/// A name before the row above its own has ended.
fn early(at: usize, row: usize, rows: &Rows) -> u32 {
    let opens = row.checked_sub(1).map_or(0, |above| rows.spans[above].1);
    let before_all = at < rows.spans[0].0;
    if at < opens && !before_all { 2 } else { 0 }
}

/// More pieces than the row has lines; where nothing else tells, more or less than its share.
fn odd_size(pieces: usize, row: usize, rows: &Rows, even: Option<usize>) -> u32 {
    let over = pieces.saturating_sub(rows.lines[row].max(1)) as u32;
    let uneven = even.filter(|_| row > 0 || !rows.begun).map_or(0, |even| pieces.abs_diff(even) as u32);
    SCALE * over.min(4) + uneven
}

/// What it costs that two pieces belong to one name, and what that a name ends between them.
pub fn between(before: &Fragment, next: &Fragment, full: usize, words: &Words) -> [u32; 2] {
    let is_broken = before.size.must_break(&next.size, full);
    let reads_on = words.cost(before.part.text, next.part.text);
    let apart = u32::from(next.part.line.gap && !before.part.line.gap);
    let join = u32::from(reads_on > 3) + apart + if is_broken { 0 } else { 4 };
    let end = ends(before.part.text, next.part.text, reads_on);
    [join, if is_broken { end } else { end / 2 }]
}

/// What the letters around the end of a name cost; `reads_on`: see [`Words::cost`].
fn ends(before: &str, next: &str, reads_on: u32) -> u32 {
    let (Some(last), Some(first)) = (before.chars().last(), next.chars().next()) else { return 0 };
    let hiragana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
    let katakana = |c: char| ('\u{30A1}'..='\u{30FC}').contains(&c);
    let kanji = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let mut cost = if reads_on <= 3 { 3 } else { 0 };
    cost += if "ぁぃぅぇぉっゃゅょァィゥェォッャュョー々・、。）ん".contains(first) {
        10
    } else {
        0
    };
    cost += if matches!(last, 'の' | 'と' | 'や' | 'を' | 'へ' | '・' | 'な') { 5 } else { 0 };
    cost += if hiragana(first) { 2 } else { 0 };
    cost += if katakana(first) && katakana(last) { 4 } else { 0 };
    cost += if kanji(first) && kanji(last) { 1 } else { 0 };
    cost + if matches!(first, 'の' | 'を' | 'と' | 'や' | 'が') { 6 } else { 0 }
}

/// Gives each row its name.
pub fn give(
    pieces: &Pieces,
    plan: &Plan,
    words: &Words,
    steps: &[(usize, Step<Spot>)],
    fields: &mut [Vec<Row>],
    aside: &mut Vec<usize>,
) {
    if pieces.blocks {
        let mut given = vec![0; fields.len()];
        for (field, parts) in &plan.names {
            match fields[*field].get_mut(given[*field]) {
                Some(row) => row.names.extend(parts),
                None => aside.extend(parts),
            }
            given[*field] += 1;
        }
        return;
    }
    let heads: Vec<usize> =
        steps.iter().filter(|(at, _)| pieces.all[*at].kind == Kind::Label(0)).map(|(at, _)| *at).collect();
    // names stand behind the heading of their field, or on the page on which its header row stands again
    let first = |fits: &dyn Fn(&Fragment) -> bool| pieces.all.iter().position(fits);
    let labels: Vec<usize> = plan
        .headers
        .iter()
        .zip(&heads)
        .map(|(header, head)| match header.again {
            true => first(&|f| f.page == pieces.all[*head].page),
            false => first(&|f| f.kind == Kind::Heading(header.field)),
        })
        .zip(&heads)
        .map(|(found, head)| found.unwrap_or(*head).min(*head))
        .collect();
    let mut given = vec![false; pieces.all.len()];
    for (index, header) in plan.headers.iter().enumerate() {
        let until = |all: &[usize]| all.get(index + 1).copied().unwrap_or(pieces.all.len());
        let Some((label, head)) = labels.get(index).zip(heads.get(index)) else { continue };
        let (label_end, head_end) = (until(&labels), until(&heads));
        let mut parts: Vec<(usize, usize)> = steps
            .iter()
            // what stands under two headers, written out of their order, is given once
            .filter(|(at, s)| matches!(s.choice, Spot::Name { .. }) && (*label..label_end).contains(at))
            .filter(|(at, _)| !given[*at])
            .map(|(at, _)| (if is_below_label(pieces, *at) { *label } else { *at }, *at))
            .collect();
        parts.sort_unstable();
        let fragments: Vec<usize> = parts.iter().map(|p| p.1).collect();
        let parts: Vec<(usize, &Fragment)> = parts.iter().map(|(place, at)| (*place, &pieces.all[*at])).collect();
        let mut under: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (number, row) in fields[header.field].iter().enumerate() {
            let here = |cell: &Vec<usize>| cell.iter().filter(|at| (*head..head_end).contains(*at)).count();
            let lines = row.cells.iter().map(here).max().unwrap_or(0);
            let inside = || row.cells.iter().flatten().filter(|at| (*head..head_end).contains(*at));
            if let Some((first, last)) = inside().min().zip(inside().max()) {
                under.push((number, *first, *last, lines));
            }
        }
        let begun = header.again;
        if begun && let Some(number) = under.first().and_then(|u| u.0.checked_sub(1)) {
            let cell = &fields[header.field][number];
            let on_last = cell.cells.iter().all(|c| c.last().is_some_and(|l| is_ended(pieces.all[*l].part.text)));
            if on_last {
                under.insert(0, (number, *head, *head, 0));
            }
        }
        let rows = Rows {
            spans: under.iter().map(|u| (u.1, u.2)).collect(),
            lines: under.iter().map(|u| u.3).collect(),
            begun,
        };
        let assigned = assign(&parts, &rows, words);
        for (at, row) in fragments.iter().zip(assigned) {
            if let Some(found) = under.get(row) {
                fields[header.field][found.0].names.push(*at);
                given[*at] = true;
            }
        }
    }
    let names = steps.iter().filter(|(at, s)| matches!(s.choice, Spot::Name { .. }) && !given[*at]);
    aside.extend(names.map(|(at, _)| *at));
}

/// `目⏎合⏎い`: directly below the label of the names, wherever the block was written
fn is_below_label(pieces: &Pieces, at: usize) -> bool {
    let from = (0..=at).rev().take(40).find(|n| pieces.all[*n].gap || pieces.all[*n].kind == Kind::Rest);
    pieces.gaps_tell && from.is_some_and(|from| matches!(pieces.all[from].kind, Kind::Rest))
}
