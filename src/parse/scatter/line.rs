//! What is known of the lines of a scattered table, whatever a reading does with them.

use super::fragments::{Fragment, Kind, Pieces};
use super::plan::{Header, Plan};
use super::words::{Ends, REST, Words};
use crate::parse::cells::lists;
use crate::parse::part::Measure;

/// What is asked of a piece again and again.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    pub size: Measure,
    /// What it costs to begin a cell with it.
    pub begins: u32,
    /// A bracket opens it.
    pub opens: bool,
    pub ends: Ends,
    /// `甲と…`: the letter before the particle.
    pub partner: Option<char>,
    /// The number of the entry of a list that begins with it; see [`lists::entry`].
    pub entry: Option<u8>,
}

impl Fact {
    /// The facts of a piece.
    pub fn of(Fragment { part, size, .. }: &Fragment, words: &Words) -> Self {
        let mut chars = part.text.chars();
        let entry = lists::entry(part.text);
        let begins = match entry {
            None => words.begins(part.text),
            Some(0 | 1) => 0,
            Some(_) => REST,
        };
        Fact {
            size: *size,
            begins,
            entry,
            opens: part.text.starts_with(['（', '(', '「']),
            ends: Ends::of(part.text),
            partner: chars.next().filter(|_| matches!(chars.next(), Some('と' | 'や'))),
        }
    }
}

/// A piece that is placed.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Which piece it is.
    pub at: u32,
    /// The last of the pieces behind it that go where it goes; see [`join`].
    pub until: u32,
    /// The column that it heads.
    pub label: Option<u8>,
    /// The header row that this label belongs to.
    pub header: Option<Header>,
    /// What it costs that it is a piece of a name, where it may be one.
    pub name: Option<u32>,
    /// A page begins with it.
    pub turns: bool,
    /// An empty line or a new page stands before it.
    pub gap: bool,
    /// It goes on the line of the piece before.
    pub inner: bool,
    /// No gap says that it stands in another cell than the piece before.
    pub near: bool,
    /// The piece before it tells its column: it stands on its line, or in its block.
    pub told: bool,
    /// No gap parts it from lines that hold pieces of several columns, block by block.
    pub beside: bool,
    /// The same below the labels of these columns, one piece on each line.
    pub in_turn: bool,
    /// A sentence ends with it.
    pub ended: bool,
    /// A sentence ends with the piece before.
    pub after_end: bool,
}

/// The lines that are placed, and how wide names and most lines are.
pub fn lines((pieces, plan): (&Pieces, &Plan), facts: &[Fact], (usual, name_width): (usize, usize)) -> Vec<Line> {
    let name = |size: &Measure| match size.width {
        _ if !size.like_name => None,
        wide if wide <= name_width => Some(0),
        wide if wide * 2 <= usual => Some(3),
        _ => Some(12),
    };
    let in_turn = in_turn(pieces);
    let mut page = 0;
    let line = |(at, fragment): (usize, &Fragment)| {
        let label = match fragment.kind {
            Kind::Words => None,
            Kind::Label(column) => Some(column as u8),
            _ => return None,
        };
        let before = at.checked_sub(1);
        // `夜間診療 夜間の当番を`: beside a name begins a cell
        let is_name = |before: usize| matches!(pieces.all[before].kind, Kind::Name | Kind::NameRest | Kind::Rest);
        let beside_name = fragment.inner && before.is_some_and(is_name);
        let (gap, inner) = (fragment.gap || beside_name, fragment.inner && !beside_name);
        let near = pieces.gaps_tell && (!gap || in_turn[at] && !fragment.gap);
        Some(Line {
            at: at as u32,
            until: at as u32,
            label,
            header: label.and_then(|_| plan.headers.get((*plan.of_label.get(at)?)?)).copied(),
            name: name(&facts[at].size),
            turns: std::mem::replace(&mut page, fragment.page) != fragment.page,
            gap,
            inner,
            near,
            told: inner || near && !in_turn[at] && before.is_some_and(|before| !pieces.all[before].inner),
            in_turn: in_turn[at],
            beside: in_turn[at],
            ended: facts[at].size.ended,
            after_end: before.is_some_and(|before| facts[before].size.ended),
        })
    };
    let mut out = Vec::with_capacity(pieces.all.len());
    out.extend(pieces.all.iter().enumerate().filter_map(line));
    out
}

/// `取組の内容⏎甲の役割⏎夜間の当番を⏎医師を出⏎続ける。⏎す。`: below labels of several columns without a gap between them, the
/// lines up to the next gap or label are those of all these columns, as the eye goes, where each has one cell's words. All but
/// the first label are marked, too.
fn in_turn(pieces: &Pieces) -> Vec<bool> {
    let mut out = vec![false; pieces.all.len()];
    if !pieces.blocks {
        return out;
    }
    let is_label = |at: usize| matches!(pieces.all[at].kind, Kind::Label(_));
    let is_below = |at: usize| {
        let fragment = &pieces.all[at];
        !fragment.gap && matches!(fragment.kind, Kind::Words | Kind::Name | Kind::NameRest)
    };
    let mut at = 0;
    while at < pieces.all.len() {
        let labels =
            (at..pieces.all.len()).take_while(|next| is_label(*next) && (*next == at || !pieces.all[*next].gap));
        let first = at + labels.count();
        let end = (first..pieces.all.len()).find(|next| !is_below(*next)).unwrap_or(pieces.all.len());
        let is_alone = |next: usize| !pieces.all[next].inner || pieces.all[next - 1].kind != Kind::Words;
        if first > at + 1 && (first..end).all(is_alone) {
            out[at + 1..end].fill(true);
        }
        at = end.max(at + 1);
    }
    out
}

/// `続ける。 医師を出し、⏎場所を貸す。`: where cells of several columns share a line, all lines of that block may be of
/// any of them.
pub fn beside(lines: &mut [Line]) {
    let follows = |before: &Line, next: &Line| {
        (next.near || next.inner) && next.label.is_none() && before.label.is_none() && next.at == before.at + 1
    };
    for block in lines.chunk_by_mut(follows).filter(|block| block.iter().any(|line| line.inner)) {
        for line in block {
            line.beside = true;
            line.told &= line.inner;
        }
    }
}

/// `夜間の当番を⏎続ける。`: lines of one block, of which none but the last ends a sentence, go to one cell. One line is
/// placed for all of them.
pub fn join(lines: &mut Vec<Line>) {
    lines.dedup_by(|next, first| {
        let goes_on = next.told && !next.inner && !next.after_end && !next.turns && next.at == first.until + 1;
        let is_same = goes_on && next.label.is_none() && first.label.is_none();
        if is_same {
            (first.until, first.ended) = (next.at, next.ended);
        }
        is_same
    });
}

/// What is known of a line in a column, whatever stands before.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// What it costs that it is too wide.
    pub wide: u32,
    /// What it costs to begin a cell with it.
    pub begins: u32,
}

/// What is known of a piece behind another one, in a column of a field.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub next: u32,
    pub field: u32,
    /// What it costs that they are lines of one cell.
    pub cost: u32,
    /// Whether the column had to break between them.
    pub breaks: bool,
}

impl Default for Known {
    fn default() -> Self {
        Known { next: u32::MAX, field: u32::MAX, cost: 0, breaks: false }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, join};

    fn line(at: u32, told: bool, ended: bool, after_end: bool) -> Line {
        let (label, header, name) = (None, None, None);
        let (turns, gap, inner, near) = (false, !told, false, told);
        Line {
            at,
            until: at,
            label,
            header,
            name,
            turns,
            gap,
            inner,
            near,
            told,
            beside: false,
            in_turn: false,
            ended,
            after_end,
        }
    }

    #[test]
    fn lines_of_a_block_are_one_up_to_the_end_of_a_sentence() {
        // `夜間の当番を⏎続ける。⏎甲が担う。⏎⏎車を⏎出す。`
        let mut lines = vec![
            line(0, false, false, false),
            line(1, true, true, false),
            line(2, true, true, true),
            line(3, false, false, true),
            line(4, true, true, false),
        ];
        join(&mut lines);
        let found: Vec<_> = lines.iter().map(|line| (line.at, line.until, line.ended)).collect();
        assert_eq!(found, [(0, 1, true), (2, 2, true), (3, 4, true)]);
    }

    #[test]
    fn a_label_and_a_piece_of_the_same_line_stand_alone() {
        let label = Line { label: Some(0), ..line(0, false, false, false) };
        let inner = Line { inner: true, ..line(2, true, false, false) };
        let mut lines = vec![label, line(1, true, false, false), inner];
        join(&mut lines);
        assert_eq!(lines.iter().map(|line| (line.at, line.until)).collect::<Vec<_>>(), [(0, 0), (1, 1), (2, 2)]);
    }
}
