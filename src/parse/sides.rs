//! Names and 分野 left of labels, where all cells are centred from top to bottom.
//!
//! ```text
//!                       夜間の当番を続け、
//!               取組内容
//!                       表を作る。
//! 医療   夜間診療
//!                       医師を出し、場所を
//!               甲の役割
//!                       貸す。
//! ```
//!
//! The labels and their words are read first ([`super::middle`]); they tell the lines of each row. A name stands in the
//! middle of its row, a 分野 in that of its rows.

use super::columns::is_full;
use super::label::Label;
use super::middle;
use super::part::{self, Part};
use super::stacked::{Group, Piece, groups};
use crate::lines::Line;
use std::cell::Cell;
use std::ops::Range;

/// So many code points at least stand between the beginnings of two columns.
const APART: usize = 3;
/// So many lines a name may stand off the middle of its row: lines of two columns may share one, or not.
const ASLANT: usize = 2;
/// So many lines at most from one line of a name to the next.
const NEAR: usize = 2;
/// No 分野 has more rows.
const LONGEST: usize = 40;
/// More ways to give rows to 分野 are not tried.
const MOST: usize = 200_000;
/// No way.
const FAR: usize = usize::MAX / 4;
/// What a 分野 costs that a page cuts, at most.
const CUT: usize = 2;
/// Ways that cost less than this more than the best are as good as the best.
const MARGIN: usize = 3;

/// The groups of a block; gives the pieces back where they are no such block.
pub fn read<'l, 's>(
    lines: &'l [Line<'s>],
    pieces: Vec<Piece<'l, 's>>,
    known: &Cell<bool>,
) -> Result<Vec<Group<'l, 's>>, Vec<Piece<'l, 's>>> {
    if !may_be(&pieces) {
        return Err(pieces);
    }
    let (mut inner, mut beside) = (Vec::with_capacity(pieces.len()), Vec::new());
    for piece in &pieces {
        match piece {
            Piece::Name(name) => beside.push(*name),
            Piece::Label(name, label, head, rest) => {
                beside.extend(*name);
                inner.push(Piece::Label(None, label.clone(), *head, *rest));
            }
            Piece::Words(words) => inner.push(Piece::Words(*words)),
        }
    }
    let Ok((inner, doubt)) = middle::centred(inner, known) else { return Err(pieces) };
    let pages: Vec<usize> = (1..lines.len()).filter(|at| lines[*at].page).collect();
    let (fields, names) = apart(&beside, &pages);
    let mut words: Vec<usize> = inner.iter().filter_map(words_at).collect();
    words.sort_unstable();
    let mut groups = groups(inner);
    let rows = rows(&groups, lines.len());
    let width = names.iter().map(|part| part::width(part.text)).max().unwrap_or(0);
    for (group, row) in groups.iter_mut().zip(&rows) {
        group.doubt(&doubt);
        let from = names.partition_point(|name| name.at < row.start);
        group.names = names[from..].iter().take_while(|name| name.at < row.end).copied().collect();
        group.torn |= !is_name(&group.names, row, width, &pages);
    }
    let cells = Cells { fields: runs(&fields), rows: &rows, words: &words, pages: &pages };
    match cells.best() {
        Some(best) => {
            for (field, rows, sure) in best {
                groups[rows.start].field = fields[cells.fields[field].parts.clone()].to_vec();
                groups[rows].iter_mut().for_each(|group| group.torn |= !sure);
            }
        }
        None => groups.iter_mut().for_each(|group| group.torn |= !fields.is_empty()),
    }
    let taken: Vec<usize> = groups.iter().flat_map(|group| &group.field).map(|part| part.at).collect();
    let left = fields.iter().filter(|field| !taken.contains(&field.at)).copied();
    groups.first_mut().into_iter().for_each(|first| first.strays.extend(left.clone()));
    Ok(groups)
}

/// Whether names stand beside labels, but not beside that of each content: a cheap test for what holds no such cells.
fn may_be(pieces: &[Piece]) -> bool {
    let is_beside = |piece: &Piece| matches!(piece, Piece::Name(_) | Piece::Label(Some(_), ..));
    let is_nameless = |piece: &Piece| matches!(piece, Piece::Label(None, Label::Content, ..));
    pieces.iter().any(is_nameless) && pieces.iter().any(is_beside)
}

/// What stands beside the labels: 分野, and names. On each page those that begin further to the left are 分野.
fn apart<'l, 's>(beside: &[Part<'l, 's>], pages: &[usize]) -> (Vec<Part<'l, 's>>, Vec<Part<'l, 's>>) {
    let page = |part: &Part| pages.partition_point(|page| *page <= part.at);
    let (mut fields, mut names): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
    for parts in beside.chunk_by(|left, right| page(left) == page(right)) {
        let pieces: Vec<Part> = parts.iter().flat_map(part::pieces_of).collect();
        let first = pieces.iter().map(|piece| piece.column).min().unwrap_or(0);
        // without a second column these are names
        let edge = pieces.iter().map(|piece| piece.column).filter(|column| *column >= first + APART).min();
        let is_field = |piece: &Part| edge.is_some_and(|edge| piece.column + 1 < edge);
        for piece in pieces {
            let column = if is_field(&piece) { &mut fields } else { &mut names };
            match column.last_mut() {
                Some(last) if last.at == piece.at => *last = part::joined(last, &piece),
                _ => column.push(piece),
            }
        }
    }
    (fields, names)
}

/// The lines of each group: to the first of the next one.
fn rows(groups: &[Group], end: usize) -> Vec<Range<usize>> {
    let first = |group: &Group| {
        let heads = group.slots.iter().map(|slot| slot.head.at);
        heads.chain(group.slots.iter().flat_map(|slot| slot.parts.iter().map(|words| words.part.at))).min().unwrap_or(0)
    };
    let starts: Vec<usize> = groups.iter().map(first).collect();
    let next = |at: usize| starts.get(at + 1).copied().unwrap_or(end);
    starts.iter().enumerate().map(|(at, start)| *start..next(at).max(*start)).collect()
}

/// Whether a page begins inside some lines.
fn is_cut(lines: Range<usize>, pages: &[usize]) -> bool {
    pages.get(pages.partition_point(|page| *page <= lines.start)).is_some_and(|page| *page < lines.end)
}

/// Whether words are one name, in the middle of its row; `width` is that of the widest line of a name.
fn is_name(name: &[Part], row: &Range<usize>, width: usize, pages: &[usize]) -> bool {
    let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
    let is_middle = (first.at + last.at).abs_diff(row.start + row.end - 1) <= ASLANT;
    (is_middle || is_cut(row.clone(), pages)) && name.windows(2).all(|pair| is_full(pair[0].text, pair[1].text, width))
}

/// The line of a piece that holds words of a cell.
fn words_at(piece: &Piece) -> Option<usize> {
    match piece {
        Piece::Label(.., rest) => rest.map(|rest| rest.part.at),
        Piece::Words(words) => Some(words.part.at),
        Piece::Name(_) => None,
    }
}

/// The words of a 分野, and their first and last line.
struct Run {
    parts: Range<usize>,
    lines: (usize, usize),
}

/// The words of each 分野: lines below each other, all but the last of them full.
fn runs(fields: &[Part]) -> Vec<Run> {
    let width = fields.iter().map(|part| part::width(part.text)).max().unwrap_or(0);
    let mut out: Vec<Run> = Vec::new();
    for (at, part) in fields.iter().enumerate() {
        let last = at.checked_sub(1).map(|last| &fields[last]);
        let goes_on = |last: &Part| part.at <= last.at + NEAR && is_full(last.text, part.text, width);
        match out.last_mut() {
            Some(run) if last.is_some_and(goes_on) => {
                run.parts.end = at + 1;
                run.lines.1 = part.at;
            }
            _ => out.push(Run { parts: at..at + 1, lines: (part.at, part.at) }),
        }
    }
    out
}

/// 分野 and rows, to be put together.
struct Cells<'p> {
    fields: Vec<Run>,
    rows: &'p [Range<usize>],
    /// The lines that hold words of cells.
    words: &'p [usize],
    pages: &'p [usize],
}

impl Cells<'_> {
    /// The rows of each 分野, and whether they are sure; `None` where its words stand in the middle of none.
    fn best(&self) -> Option<Vec<(usize, Range<usize>, bool)>> {
        let (fields, rows) = (self.fields.len(), self.rows.len());
        if fields == 0 || fields > rows || fields * rows * LONGEST > MOST {
            return None;
        }
        // what each way to give rows to a 分野 costs, and the least above it and below it
        let mut ways: Vec<(usize, Range<usize>, usize)> = Vec::new();
        let (mut above, mut below) = (vec![vec![FAR; rows + 1]; fields + 1], vec![vec![FAR; rows + 1]; fields + 1]);
        (above[0][0], below[fields][rows]) = (0, 0);
        for field in 0..fields {
            for start in (0..rows).filter(|start| above[field][*start] < FAR).collect::<Vec<_>>() {
                for end in start + 1..=rows.min(start + LONGEST) {
                    let Some(cost) = self.cost(field, start..end) else { continue };
                    above[field + 1][end] = above[field + 1][end].min(above[field][start] + cost);
                    ways.push((field, start..end, cost));
                }
            }
        }
        for (field, rows, cost) in ways.iter().rev() {
            below[*field][rows.start] = below[*field][rows.start].min(below[field + 1][rows.end] + cost);
        }
        let best = below[0][0];
        let through = |(field, rows, cost): &(usize, Range<usize>, usize)| {
            above[*field][rows.start] + cost + below[field + 1][rows.end]
        };
        let mut out: Vec<(usize, Range<usize>, bool)> = Vec::new();
        let mut at = 0;
        for field in 0..fields {
            let is_best = |way: &&(usize, Range<usize>, usize)| {
                way.0 == field && way.1.start == at && through(way) == best && best < FAR
            };
            let (_, rows, _) = ways.iter().find(is_best)?;
            let is_other = |way: &(usize, Range<usize>, usize)| {
                let overlaps = way.1.start < rows.end && rows.start < way.1.end;
                overlaps && (way.0 != field || way.1 != *rows) && through(way) < best + MARGIN
            };
            out.push((field, rows.clone(), !ways.iter().any(is_other)));
            at = rows.end;
        }
        Some(out)
    }

    /// How far a 分野 is off the middle of its rows, in lines of words; `None` where it does not stand beside them.
    fn cost(&self, field: usize, rows: Range<usize>) -> Option<usize> {
        let (first, last) = self.fields[field].lines;
        let (top, bottom) = (self.rows[rows.start].start, self.rows[rows.end - 1].end);
        if first < top || last >= bottom {
            return None;
        }
        let count = |from: usize, to: usize| {
            self.words.partition_point(|at| *at < to).saturating_sub(self.words.partition_point(|at| *at < from))
        };
        let aslant = count(top, first).abs_diff(count(last + 1, bottom));
        // a page that cuts the cell may put its words anywhere
        Some(if is_cut(top..bottom, self.pages) { aslant.min(CUT) } else { aslant })
    }
}
