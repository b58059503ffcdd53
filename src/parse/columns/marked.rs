//! Roles below each other, each beside its mark in the middle, where blanks keep the columns and all cells are centred.
//!
//! ```text
//!                            医師を出し、
//!           夜間の当番    甲   場所を貸す。
//! 夜間診療   を続け、表
//!           を作る。         費用を出す。患
//!                       乙   者を運ぶ。
//! ```
//!
//! A row has one mark of each party. Its roles are cut where both stand best beside their marks ([`super::middles`] finds
//! the rows); where another cut is as good, the row is torn.

use super::middles::{Block, MARGIN, MISSING, ODD, Piece};
use super::{Found, Row, Starts, held};
use crate::ast::Initiative;
use crate::parse::label::{self, Label};
use crate::parse::part::Part;
use crate::parse::rows::{self, Column};
use crate::parse::{Context, torn};
use std::ops::Range;

/// The marks of a block, from top to bottom.
pub struct Held<'l, 's> {
    /// How many roles a row has.
    roles: usize,
    marks: Vec<Mark<'l, 's>>,
}

/// `甲` beside its role.
struct Mark<'l, 's> {
    line: usize,
    /// Which of the roles it is.
    role: usize,
    part: Part<'l, 's>,
}

/// The rows of a block whose header has so many columns, the roles being the last ones; `None` where its cells are not centred.
pub fn read<'l, 's>(
    body: &[Row<'l, 's>],
    starts: &[Starts],
    columns: &[Column],
    roles: usize,
    cx: &mut Context,
) -> Option<Vec<Found<'l, 's>>> {
    let (others, of_parties) = columns.split_at(columns.len() - roles);
    let held = Held { roles, marks: marks(body, of_parties, cx)? };
    // at the top of its role a mark stands on the first line of the row, and words beside it
    let is_below = held.marks.first().is_some_and(|mark| mark.line > 0);
    let may_be = is_below || held.marks.iter().any(|mark| is_last(&body[mark.line], mark));
    if others.len() != 2 || !may_be {
        return None;
    }
    let rows: Vec<Row> = body.iter().enumerate().map(|(at, row)| held.without(row, at)).collect();
    let mut block = Block::of(&rows, starts, others.len() + 1)?;
    block.held = Some(held);
    let found = block.rows(body.len())?;
    let held = block.held.as_ref()?;
    let row = |(lines, sure): (Range<usize>, bool)| {
        let (_, cuts, is_alone) = block.roles(held, &lines, false);
        let mut found = Found {
            initiative: Initiative { torn: !sure || !is_alone, ..Initiative::default() },
            names: block.within(0, &lines).iter().map(|piece| piece.words.part).collect(),
            start: body[lines.start].whole.at,
            unsure: !sure,
            astray: false,
        };
        for piece in block.within(1, &lines) {
            rows::put(&mut found.initiative, &others[1], piece.words.part.line, piece.words.part.text, true, cx);
        }
        let roles = block.within(2, &lines);
        if cuts.is_empty() {
            torn::leave(held.within(&lines).iter().map(|mark| &mark.part), cx);
            torn::leave(roles.iter().map(|piece| &piece.words.part), cx);
        }
        for (mark, cut) in held.within(&lines).iter().zip(cuts) {
            let column = &of_parties[mark.role];
            if let Column::Role(parties) = column {
                held::open(&mut found.initiative, parties, Some(&mark.part), cx);
            }
            for piece in &roles[cut] {
                rows::put(&mut found.initiative, column, piece.words.part.line, piece.words.part.text, true, cx);
            }
        }
        found
    };
    Some(found.into_iter().map(row).collect())
}

/// The marks of the lines; `None` where a line has two.
fn marks<'l, 's>(body: &[Row<'l, 's>], roles: &[Column], cx: &Context) -> Option<Vec<Mark<'l, 's>>> {
    let mut out = Vec::new();
    for (line, row) in body.iter().enumerate() {
        let found = row.pieces.iter().filter_map(|(part, _)| {
            let Label::Role(party) = label::party(part.text, &cx.parties)? else { return None };
            let role = roles.iter().position(|column| matches!(column, Column::Role(of) if *of == party))?;
            Some(Mark { line, role, part: *part })
        });
        let before = out.len();
        out.extend(found);
        if out.len() > before + 1 {
            return None;
        }
    }
    Some(out)
}

/// Whether nothing stands right of a mark on its line.
fn is_last(row: &Row, mark: &Mark) -> bool {
    row.pieces.last().is_some_and(|(last, _)| last.column == mark.part.column)
}

impl<'l, 's> Held<'l, 's> {
    /// A line without its mark; what stands behind it is one piece.
    fn without(&self, row: &Row<'l, 's>, line: usize) -> Row<'l, 's> {
        let mark = self.marks.binary_search_by_key(&line, |mark| mark.line).ok().map(|at| &self.marks[at]);
        let is_mark = |part: &Part| mark.is_some_and(|mark| mark.part.column == part.column);
        let mut behind = false;
        let pieces = row.pieces.iter().filter_map(|(part, sure)| {
            let sure = *sure || std::mem::take(&mut behind);
            behind = is_mark(part);
            (!behind).then_some((*part, sure))
        });
        Row { pieces: pieces.collect(), ..*row }
    }

    /// The marks on some lines.
    fn within(&self, lines: &Range<usize>) -> &[Mark<'l, 's>] {
        let from = self.marks.partition_point(|mark| mark.line < lines.start);
        let to = self.marks.partition_point(|mark| mark.line < lines.end);
        &self.marks[from..to]
    }

    /// Whether a row may end before a line: it has all its marks.
    pub fn may_end(&self, line: usize) -> bool {
        let before = self.marks.partition_point(|mark| mark.line < line);
        before > 0 && before % self.roles == 0
    }
}

impl Block<'_, '_> {
    /// What the roles of a row cost, where they are cut, and whether no other way to cut them is as good.
    pub fn roles(&self, held: &Held, row: &Range<usize>, is_cut: bool) -> (u32, Vec<Range<usize>>, bool) {
        let (marks, pieces) = (held.within(row), self.within(2, row));
        let is_whole = marks.len() == held.roles && marks.iter().enumerate().all(|(at, mark)| mark.role == at);
        if !is_whole || pieces.len() < marks.len() {
            return (MISSING * 4, Vec::new(), false);
        }
        const FAR: u32 = u32::MAX / 4;
        // for each number of pieces: what the roles so far cost that take them, the next best way, and where the last begins
        let mut best = vec![(FAR, FAR, 0); pieces.len() + 1];
        best[0].0 = 0;
        let mut begins = Vec::with_capacity(marks.len());
        for mark in marks {
            let mut next = vec![(FAR, FAR, 0); pieces.len() + 1];
            for (from, (cost, other, _)) in best.iter().enumerate().filter(|(_, way)| way.0 < FAR) {
                for to in from + 1..=pieces.len() {
                    let own = self.role(&pieces[from..to], mark.line, is_cut);
                    let (cost, other, way) = (cost + own, other.saturating_add(own).min(FAR), &mut next[to]);
                    *way = match cost < way.0 {
                        true => (cost, other.min(way.0), from),
                        false => (way.0, way.1.min(cost), way.2),
                    };
                }
            }
            begins.push(next.iter().map(|way| way.2).collect::<Vec<usize>>());
            best = next;
        }
        let (cost, other, _) = best[pieces.len()];
        let mut end = pieces.len();
        let mut cuts: Vec<Range<usize>> = Vec::with_capacity(marks.len());
        for from in begins.iter().rev() {
            cuts.push(from[end]..end);
            end = from[end];
        }
        cuts.reverse();
        (cost, cuts, other >= cost + MARGIN)
    }

    /// How badly the lines of a role stand beside its mark.
    fn role(&self, pieces: &[Piece], mark: usize, is_cut: bool) -> u32 {
        let above = pieces.iter().filter(|piece| piece.line < mark).count();
        let below = pieces.iter().filter(|piece| piece.line > mark).count();
        let aslant = match above.abs_diff(below) {
            _ if is_cut => 0,
            near @ 0..=1 => near as u32,
            far => 2 * far as u32,
        };
        let is_ended = |piece: &Piece| piece.words.size.ended;
        let odd = pieces.windows(2).filter(|pair| is_ended(&pair[0]) && self.has_room(2, &pair[0], &pair[1])).count();
        let is_unended = !pieces.last().is_some_and(is_ended);
        aslant + odd as u32 * ODD + if is_unended { MISSING } else { 0 }
    }
}
