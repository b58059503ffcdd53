//! Labels and names among the lines of cells that are centred from top to bottom, where no blanks keep the columns.
//!
//! ```text
//! 夜間の当番を続け、
//! 取組内容
//! 表を作る。
//! 夜間診療
//! 医師を出し、場所を
//! 甲の役割
//! 貸す。
//! ```
//!
//! A line that is short and ends no sentence is part of a name; the others are as full as their column allows, but for the
//! last of a cell. Each label stands in the middle of its cell. All of it is inferred, so every row says so.

use super::Context;
use super::cells::lists;
use super::label::{self, Label};
use super::part::{self, Measure, Measured, Part, gaps_of, pieces_of};
use super::stacked::{Group, Piece, Slot};
use crate::lines::is_blank;
use smallvec::SmallVec;

/// More lines than these stand between no two labels.
const MOST: usize = 60;
/// What a cell costs that ends within a sentence.
const UNENDED: usize = 6;
/// What a line costs in a cell that could have held the words of the next one.
const SHORT: usize = 4;
/// What a cell costs at most that a page cuts, for where its label stands.
const CUT: usize = 3;

/// A label: how many lines of words stand before it, whether words stand beside it.
struct Head<'l, 's> {
    label: Label,
    part: Part<'l, 's>,
    at: usize,
    beside: bool,
}

/// What the pieces are, once the names are taken out.
struct Streams<'l, 's> {
    heads: Vec<Head<'l, 's>>,
    words: Vec<Measured<'l, 's>>,
    names: Vec<Part<'l, 's>>,
}

/// Where the lines of words leave room, and where pages begin.
struct Room {
    /// Which lines of words could have held the words of the next one, and how many do so before each.
    short: Vec<usize>,
    /// How many pages begin up to each line of words.
    pages: Vec<usize>,
}

/// The groups of a block; gives the pieces back where they are no such block.
pub fn read<'l, 's>(pieces: Vec<Piece<'l, 's>>, cx: &Context) -> Result<Vec<Group<'l, 's>>, Vec<Piece<'l, 's>>> {
    if !may_be(&pieces) {
        return Err(pieces);
    }
    let full = full_width(pieces.iter());
    let streams = Streams::of(&pieces, full, cx);
    // labels in the middle fit far better than labels at the top
    let most = (streams.at_the_top().div_ceil(2)).checked_sub(1).map(|most| most.min(streams.heads.len() * 3));
    match most.and_then(|most| streams.cells(&Room::of(&streams.words, full), most)) {
        Some(starts) => Ok(streams.groups(&starts)),
        None => Err(pieces),
    }
}

/// Whether labels cut sentences, or lists: a cheap test for what holds no such cells
fn may_be(pieces: &[Piece]) -> bool {
    if pieces.iter().any(|piece| matches!(piece, Piece::Name(_))) {
        return false;
    }
    let is_cut = |pair: &[Piece]| match (&pair[0], &pair[1]) {
        (Piece::Words(words) | Piece::Label(.., Some(words)), Piece::Label(..)) => !words.size.ended,
        (Piece::Label(..), Piece::Words(words)) => is_rest(words),
        _ => false,
    };
    let labels = pieces.iter().filter(|piece| matches!(piece, Piece::Label(..))).count();
    labels >= 2 && pieces.windows(2).any(is_cut)
}

/// `(2) 会場を貸す。`: an entry of a list that began before
fn is_rest(words: &Measured) -> bool {
    lists::entry(words.part.text).is_some_and(|number| number > 1)
}

impl<'l, 's> Streams<'l, 's> {
    fn of(pieces: &[Piece<'l, 's>], full: usize, cx: &Context) -> Self {
        let words = Vec::with_capacity(pieces.len());
        let mut out = Streams { heads: Vec::with_capacity(8), words, names: Vec::new() };
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Name(part) => out.names.push(*part),
                Piece::Label(name, label, part, rest) => {
                    out.names.extend(*name);
                    let head = Head { label: label.clone(), part: *part, at: out.words.len(), beside: rest.is_some() };
                    out.heads.push(head);
                    out.words.extend(*rest);
                }
                Piece::Words(words) => {
                    let next = pieces[at + 1..].iter().find_map(words_of);
                    match split(words, full) {
                        Some((part, rest)) => {
                            match label_of(&part, cx) {
                                Some(label) => out.heads.push(Head { label, part, at: out.words.len(), beside: true }),
                                None => out.names.push(part),
                            }
                            out.words.push(rest);
                        }
                        None if is_name(words, next, full) || is_numbered_name(words, full) => {
                            out.names.push(words.part)
                        }
                        None => out.words.push(*words),
                    }
                }
            }
        }
        out
    }

    /// Where the words of each label begin; `None` where that costs more than `most`.
    fn cells(&self, room: &Room, most: usize) -> Option<Vec<usize>> {
        let end = self.words.len();
        // what the cells before cost up to each place where the next may begin, and where the last of them begins
        let mut before = vec![(0, 0, 0)];
        let mut ways: Vec<Vec<(usize, usize, usize)>> = Vec::new();
        for (nth, head) in self.heads.iter().enumerate() {
            let from = head.at + usize::from(head.beside);
            let ends = match self.heads.get(nth + 1) {
                Some(next) => from..=next.at,
                None => end..=end,
            };
            if ends.end().saturating_sub(*ends.start()) > MOST || head.at > before[0].0 + 2 * MOST {
                return None;
            }
            let best = |end: usize| {
                let way = |(start, sum, _): &(usize, usize, usize)| {
                    (*start < end).then(|| (end, sum + self.cost(room, nth, *start, end), *start))
                };
                before.iter().filter_map(way).min_by_key(|way| way.1)
            };
            let next: Vec<(usize, usize, usize)> = ends.filter_map(best).collect();
            if next.iter().all(|way| way.1 > most) {
                return None;
            }
            ways.push(std::mem::replace(&mut before, next));
        }
        let (.., mut start) = *before.first()?;
        let mut starts = vec![start];
        for way in ways.iter().skip(1).rev() {
            start = way.iter().find(|way| way.0 == start)?.2;
            starts.push(start);
        }
        starts.reverse();
        Some(starts)
    }

    /// How badly some lines fit a label.
    fn cost(&self, room: &Room, nth: usize, start: usize, end: usize) -> usize {
        let head = &self.heads[nth];
        let (above, below) = (head.at - start, end - head.at);
        // a line beside the label is the middle; below a label alone there may be one more
        let middle = if head.beside { below.saturating_sub(1) } else { below };
        let aslant = match (head.beside, middle.checked_sub(above)) {
            (_, Some(0)) | (false, Some(1)) => 0,
            (_, Some(more)) => 2 * more - 1,
            (_, None) => 2 * (above - middle) - 1,
        };
        let is_cut = room.pages[end - 1] > room.pages[start];
        let aslant = if is_cut { aslant.min(CUT) } else { aslant };
        aslant + self.begins(start) + self.ends(end) + (room.short[end - 1] - room.short[start]) * SHORT
    }

    /// What it costs to begin a cell with some lines.
    fn begins(&self, start: usize) -> usize {
        if self.words.get(start).is_some_and(is_rest) { UNENDED } else { 0 }
    }

    /// What it costs to end a cell behind some lines.
    fn ends(&self, end: usize) -> usize {
        if self.words[end - 1].size.ended { 0 } else { UNENDED }
    }

    /// What the cells cost when each begins with its label.
    fn at_the_top(&self) -> usize {
        let ends = self.heads.iter().skip(1).map(|head| head.at).chain([self.words.len()]);
        let begins: usize = self.heads.iter().map(|head| self.begins(head.at)).sum();
        begins + ends.filter(|end| *end > 0).map(|end| self.ends(end)).sum::<usize>()
    }

    /// The rows, each with the names that stand among its lines.
    fn groups(self, starts: &[usize]) -> Vec<Group<'l, 's>> {
        let mut out: Vec<Group> = Vec::new();
        let mut firsts: Vec<usize> = Vec::new();
        for (nth, head) in self.heads.into_iter().enumerate() {
            let filled = |group: &Group| group.slots.iter().any(|slot| matches!(slot.label, Label::Role(_)));
            let end = starts.get(nth + 1).copied().unwrap_or(self.words.len());
            let parts = self.words[starts[nth]..end].to_vec();
            if out.is_empty() || head.label == Label::Content && out.last().is_some_and(filled) {
                out.push(Group { torn: true, ..Group::default() });
                firsts.push(parts.iter().map(|words| words.part.at).fold(head.part.at, usize::min));
            }
            if let Some(group) = out.last_mut() {
                group.slots.push(Slot { label: head.label, head: head.part, parts });
            }
        }
        for name in self.names {
            let row = firsts.partition_point(|first| *first <= name.at).saturating_sub(1);
            out[row].names.push(name);
        }
        out
    }
}

impl Room {
    fn of(words: &[Measured], full: usize) -> Self {
        let turns = |begun: &mut usize, words: &Measured| {
            *begun += usize::from(words.part.line.page);
            Some(*begun)
        };
        let pages = words.iter().scan(0, turns).collect();
        let mut count = 0;
        let mut short = vec![0; words.len()];
        for (at, pair) in words.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            // the lines of an entry hang
            let full = if lists::is_entry(left.part.text) { full.saturating_sub(lists::HANGING) } else { full };
            // of a list, `(1)` hardly stands within a cell
            let has_room = || !left.size.must_break(&right.size, full);
            count += usize::from(lists::entry(right.part.text).map_or_else(has_room, |number| number == 1));
            short[at + 1] = count;
        }
        Room { short, pages }
    }
}

pub fn words_of<'p, 'l, 's>(piece: &'p Piece<'l, 's>) -> Option<&'p Measured<'l, 's>> {
    match piece {
        Piece::Words(words) | Piece::Label(.., Some(words)) => Some(words),
        _ => None,
    }
}

/// The width of the column of texts: that of the widest line that no blank may part.
pub fn full_width<'p, 'l: 'p, 's: 'l>(pieces: impl Iterator<Item = &'p Piece<'l, 's>>) -> usize {
    full_width_of(pieces.filter_map(words_of))
}

/// The same of words.
pub fn full_width_of<'p, 'l: 'p, 's: 'l>(words: impl IntoIterator<Item = &'p Measured<'l, 's>>) -> usize {
    let plain = |words: &Measured| !words.size.blank || !is_parted(&words.part);
    let wider = |most: usize, words: &Measured| {
        if words.size.sure > most && plain(words) { words.size.sure } else { most }
    };
    words.into_iter().fold(0, wider).saturating_sub(1)
}

/// Whether a blank of a line may part it: surely, or before an entry.
fn is_parted(part: &Part) -> bool {
    gaps_of(part.line, part.text).any(|(gap, sure)| sure || begins_entry(&part.text[gap..]))
}

/// Whether a line is no line of a cell: it is short, and ends no sentence.
pub fn is_name(words: &Measured, next: Option<&Measured>, full: usize) -> bool {
    let size = &words.size;
    let has_room = next.is_none_or(|next| !size.must_break(&next.size, full));
    size.like_name && !size.ended && has_room && size.width + 4 <= full && !lists::is_entry(words.part.text)
}

/// `(1) 夜間診療`: short, and no sentence
pub fn is_numbered_name(words: &Measured, full: usize) -> bool {
    let size = &words.size;
    // the first line of an entry is about as wide as the column
    let is_short = size.like_name && !size.ended && size.width * 3 <= full * 2;
    is_short && lists::entry(words.part.text).is_some_and(|number| number > 0)
}

/// `甲の役割 を超えるものは`: here a blank parts a label from any words
fn label_of(part: &Part, cx: &Context) -> Option<Label> {
    label::label(part.text, &cx.parties, cx.words).filter(|found| matches!(found, Label::Content | Label::Role(_)))
}

/// `夜間診療 医師を出し、場所を`: a name, and the words of a cell beside it
pub fn split<'l, 's>(words: &Measured<'l, 's>, full: usize) -> Option<(Part<'l, 's>, Measured<'l, 's>)> {
    if !words.size.blank || !is_parted(&words.part) {
        return None;
    }
    let mut pieces = pieces_of(&words.part);
    if let [only] = pieces[..]
        && let Some((name, entry)) = before_entry(&only)
    {
        pieces = SmallVec::from_buf([name, entry]);
    }
    let (name, rest) = (pieces.first()?, pieces.get(1)?);
    // `ア 会場を貸す。`, but `(1) 夜間診療 医師を出し、`
    if lists::is_entry(words.part.text) && name.text.chars().nth(4).is_none() {
        return None;
    }
    let rest = part::joined(rest, pieces.last()?);
    let size = Measure::of(rest.text);
    // of words that fit the column a name alone is as short
    let is_name = name.is_like_name() && (words.size.width > full || part::width(name.text) * 2 <= full);
    (is_name && size.sure <= full + 1).then_some((*name, Measured { part: rest, size }))
}

/// `夜間診療 (2) 会場を貸す。`: here a blank parts a name from an entry
fn before_entry<'l, 's>(part: &Part<'l, 's>) -> Option<(Part<'l, 's>, Part<'l, 's>)> {
    let (gap, _) = gaps_of(part.line, part.text).find(|(gap, _)| begins_entry(&part.text[*gap..]))?;
    let (name, entry) = part.text.split_at(gap);
    Some((Part::new(part.line, name, part.at), Part::new(part.line, entry.trim_start_matches(is_blank), part.at)))
}

/// Whether an entry with a number in brackets stands behind a blank.
fn begins_entry(text: &str) -> bool {
    let entry = text.trim_start_matches(is_blank);
    entry.starts_with(['(', '（']) && lists::is_entry(entry)
}
