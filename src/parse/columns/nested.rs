//! Roles below each other, each beside its mark in the middle, where one blank parts the columns and the cells before them are
//! centred over all roles.
//!
//! ```text
//! 医師を出し、場所を
//! 甲
//! 夜間の当番を 貸す。
//! 夜間診療 続け、表を作
//! る。 費用を出す。患者を
//! 乙
//! 運ぶ。
//! ```
//!
//! How many lines each cell has says on which line each of them stands; [`super::fit`] takes the rows that fit best.

use super::fit::{self, Block, Cells, Mark, Ways};
use super::{Found, Row};
use crate::lines::Line;
use crate::parse::Context;
use crate::parse::label::{self, Label};
use crate::parse::part::is_ended;
use crate::parse::rows::Column;
use smallvec::{SmallVec, smallvec};
use std::cell::Cell;
use std::ops::Range;

/// Longer blocks are not tried, nor roles of more parties.
const MOST: usize = 600;
const PARTIES: usize = 3;
/// No name has more lines.
const NAME: usize = 6;

/// More ways are not tried for a table.
const TRIES: usize = 400_000;

/// Half a line.
const HALF: i32 = 20;
/// Words stand on one line that are not farther from each other than this.
const NEAR: i32 = 7;

/// How many lines the cells of a row have.
struct Heights {
    name: usize,
    content: usize,
    roles: SmallVec<[usize; PARTIES]>,
}

/// Where a line of a cell stands: how far below the top of its row, and in which column; those of marks come behind the
/// others.
type Place = (i32, usize);

/// The rows of a block with so many columns of roles; `None` where their cells are not centred.
pub fn read<'l, 's>(
    lines: &'l [Line<'s>],
    body: &[Row<'l, 's>],
    columns: &[Column],
    roles: usize,
    all: &[Line],
    cx: &mut Context,
) -> Option<Vec<Found<'l, 's>>> {
    let first = columns.len() - roles;
    if first != 2 || !(2..=PARTIES).contains(&roles) || body.len() > MOST || !is_amid(body, cx) {
        return None;
    }
    let mut block = Block::new(body, columns, all, cx);
    for (line, pieces) in block.lines.iter().enumerate() {
        for (piece, (words, _)) in pieces.iter().enumerate() {
            let Some(Label::Role(party)) = label::party(words.part.text, &cx.parties) else { continue };
            let is_his = |column: &Column| matches!(column, Column::Role(of) if *of == party);
            let column = first + columns[first..].iter().position(is_his)?;
            block.marks.push(Mark { line, piece, column, part: words.part });
        }
    }
    // the marks tell much: what a page cuts needs not take the other rows with it
    let left = Cell::new(TRIES);
    let ways = |block: &Block, lines: &Range<usize>| ways(block, lines, &left);
    let (found, _) = fit::read(lines, body, columns, &mut block, (&ways, 1), cx)?;
    Some(found)
}

/// Whether a mark stands below or behind words that go on: cell after cell, all that stands before it is whole.
fn is_amid(body: &[Row], cx: &Context) -> bool {
    let mut last = None;
    body.iter().flat_map(|row| &row.pieces).any(|(part, _)| {
        let above = last.replace(part.text);
        above.is_some_and(|above| !is_ended(above)) && label::party(part.text, &cx.parties).is_some()
    })
}

/// The cells of a row on some lines, in all ways; `left` are those that may still be tried.
fn ways(block: &Block, lines: &Range<usize>, left: &Cell<usize>) -> Ways {
    let marks = block.marks_on(lines);
    let roles = block.columns - 2;
    if marks.len() != roles || marks.iter().enumerate().any(|(nth, mark)| mark.column != nth + 2) {
        return Ways::new();
    }
    let pieces: usize = block.lines[lines.clone()].iter().map(SmallVec::len).sum();
    let is_name = |line: &usize| block.lines[*line].first().is_some_and(|(words, _)| words.size.like_name);
    let names = lines.clone().filter(is_name).count().min(NAME);
    // a mark has no more lines of its role above it than there are, and as many below it
    let between = |nth: usize| marks[nth].line - nth.checked_sub(1).map_or(lines.start, |above| marks[above].line);
    let below = lines.end - 1 - marks[roles - 1].line;
    let most = |nth: usize| 2 * if nth + 1 == roles { below } else { between(nth) } + 1;
    let room = |heights: &[usize]| lines.len().saturating_sub(heights.iter().sum());
    let mut out = Ways::new();
    for name in 1..=names {
        let mut open: Vec<SmallVec<[usize; PARTIES]>> = vec![SmallVec::new()];
        while let Some(heights) = open.pop() {
            let taken = name + roles + heights.iter().sum::<usize>();
            match heights.len() == roles {
                // no cell has more lines than its row
                true if taken < pieces && pieces - taken <= lines.len() && left.get() > 0 => {
                    left.set(left.get() - 1);
                    let heights = Heights { name, content: pieces - taken, roles: heights };
                    out.extend(forms(&heights).filter_map(|form| Some((cells(block, lines, form)?, 0))));
                }
                true => {}
                false => open.extend((1..=most(heights.len()).min(room(&heights))).map(|height| {
                    let mut heights = heights.clone();
                    heights.push(height);
                    heights
                })),
            }
        }
    }
    out
}

/// Where the lines of a row stand. Where its roles are less tall than the cells beside them, what is left is given to all of
/// them or to the last.
fn forms(heights: &Heights) -> impl Iterator<Item = Vec<Place>> + '_ {
    let tall = |lines: usize| 2 * HALF * lines as i32;
    let own = tall(heights.roles.iter().sum());
    let whole = own.max(tall(heights.name)).max(tall(heights.content));
    let spread: SmallVec<[SmallVec<[i32; PARTIES]>; 2]> = match whole - own {
        0 => smallvec![heights.roles.iter().map(|lines| tall(*lines)).collect()],
        more => {
            let to_all = heights.roles.iter().map(|lines| tall(*lines) * whole / own).collect();
            let mut to_last: SmallVec<[i32; PARTIES]> = heights.roles.iter().map(|lines| tall(*lines)).collect();
            if let Some(last) = to_last.last_mut() {
                *last += more;
            }
            smallvec![to_all, to_last]
        }
    };
    spread.into_iter().map(move |spread| {
        let mut out = Vec::new();
        let mut stand = |top: i32, lines: usize, column: usize| {
            out.extend((0..lines as i32).map(|line| (top + HALF * (2 * line + 1), column)));
        };
        stand((whole - tall(heights.name)) / 2, heights.name, 0);
        stand((whole - tall(heights.content)) / 2, heights.content, 1);
        let mut top = 0;
        for (nth, (lines, room)) in heights.roles.iter().zip(spread).enumerate() {
            stand(top, *lines, nth + 2);
            stand(top + room / 2 - HALF, 1, heights.roles.len() + nth + 2);
            top += room;
        }
        out
    })
}

/// The pieces of each cell, where the lines say just that; their marks are left out.
fn cells(block: &Block, lines: &Range<usize>, mut places: Vec<Place>) -> Option<Cells> {
    let roles = block.columns - 2;
    // a mark stands before its role
    let order = |column: usize| if column < block.columns { 2 * column } else { 2 * (column - roles) - 1 };
    places.sort_unstable();
    let mut cells: Cells = vec![SmallVec::new(); block.columns];
    let mut rest = &places[..];
    for line in lines.clone() {
        let is_near = |pair: &[Place]| pair[1].0 - pair[0].0 <= NEAR;
        let count = rest.windows(2).take_while(|pair| is_near(pair)).count() + 1;
        let (here, below) = rest.split_at_checked(count).filter(|_| count == block.lines[line].len())?;
        rest = below;
        let mut columns: SmallVec<[usize; 8]> = here.iter().map(|place| place.1).collect();
        columns.sort_unstable_by_key(|column| order(*column));
        let marks = block.marks_on(&(line..line + 1));
        for (piece, column) in columns.into_iter().enumerate() {
            let mark = marks.iter().find(|mark| mark.piece == piece).map(|mark| mark.column + roles);
            match column < block.columns {
                true if mark.is_none() => cells[column].push((line, piece)),
                _ if mark == Some(column) => {}
                _ => return None,
            }
        }
    }
    rest.is_empty().then_some(cells)
}
