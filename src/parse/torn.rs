//! Labels that were torn from their texts: first the labels, then the texts, block by block.
//!
//! `夜間診療⏎取組内容⏎甲の役割⏎乙の役割⏎通院の足⏎取組内容⏎…⏎文⏎文⏎文`. Labels and texts keep their order among
//! themselves; which text goes with which label is inferred, never certain.

use super::Context;
use super::label::Label;
use super::part::{Part, body_width, is_ended, sure_width, must_break, width};
use super::stacked::{self, Group, Piece, Slot};
use crate::ast::Initiative;

/// More lines than this are not paired.
const MOST: usize = 1200;

/// Whether labels stand without their texts: several of them have nothing behind them.
pub fn is_torn(pieces: &[Piece]) -> bool {
    let is_label = |piece: Option<&Piece>| {
        matches!(piece, Some(Piece::Label(_, found, ..)) if *found != Label::Container)
    };
    let labels = pieces.iter().filter(|p| is_label(Some(p))).count();
    let empty = pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| match piece {
            Piece::Label(_, found, _, None) if *found != Label::Container => match pieces.get(at + 1) {
                None => true,
                // a name alone between two labels leaves the first without words
                Some(Piece::Words(part)) => part.is_like_name() && is_label(pieces.get(at + 2)) && body_width(part.text) <= 16,
                next => is_label(next),
            },
            _ => false,
        })
        .count();
    empty >= 2 && empty * 5 >= labels
}

/// Pairs the labels and the texts of a block in their order.
pub fn read(pieces: Vec<Piece>, cx: &mut Context) -> Vec<Initiative> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut names, mut texts): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
    let full = full_width(pieces.iter().filter_map(words));
    let mut is_name: Vec<bool> = Vec::with_capacity(pieces.len());
    for at in 0..pieces.len() {
        let after_name = is_name.last().copied().unwrap_or(true);
        is_name.push(self::is_name(&pieces, at, after_name, full));
    }
    for (piece, is_name) in pieces.into_iter().zip(is_name) {
        match piece {
            Piece::Name(part) => names.push(part),
            Piece::Words(part) if is_name => names.push(part),
            Piece::Words(part) => texts.push(part),
            Piece::Label(name, label, head, rest) => {
                names.extend(name);
                texts.extend(rest);
                let filled = |g: &Group| g.slots.iter().any(|s| matches!(s.label, Label::Role(_)));
                if groups.is_empty() || (label == Label::Content && groups.last().is_some_and(filled)) {
                    groups.push(Group { torn: true, ..Group::default() });
                }
                if let Some(group) = groups.last_mut() {
                    group.slots.push(Slot { label, head, parts: Vec::new() });
                }
            }
        }
    }
    pair_names(&mut groups, names, cx);
    let count = groups.iter().map(|g| g.slots.len()).sum();
    match cells(&texts, count, full) {
        Some(ends) => {
            let mut rest = texts.into_iter();
            let mut from = 0;
            for (slot, end) in groups.iter_mut().flat_map(|g| &mut g.slots).zip(ends) {
                slot.parts = rest.by_ref().take(end - from).collect();
                from = end;
            }
        }
        None => leave(&texts, cx),
    }
    groups.into_iter().map(|group| stacked::initiative(group, cx)).collect()
}

fn words<'p, 'l, 's>(piece: &'p Piece<'l, 's>) -> Option<&'p Part<'l, 's>> {
    match piece {
        Piece::Words(part) | Piece::Label(_, _, _, Some(part)) => Some(part),
        _ => None,
    }
}

/// The width of the column of texts; lines with figures tell it less well.
fn full_width<'p, 'l: 'p, 's: 'l>(parts: impl Iterator<Item = &'p Part<'l, 's>>) -> usize {
    let (mut plain, mut all, mut count) = (0, 0, 0);
    for part in parts {
        let width = sure_width(part.text);
        all = all.max(width);
        if !part.text.contains(|c: char| c.is_ascii_alphanumeric()) {
            (plain, count) = (plain.max(width), count + 1);
        }
    }
    if count >= 5 { plain } else { all }
}

/// A short line beside a label or another name.
fn is_name(pieces: &[Piece], at: usize, after_name: bool, full: usize) -> bool {
    let Some(Piece::Words(part)) = pieces.get(at) else { return false };
    let beside = after_name
        || !matches!(pieces.get(at + 1), Some(Piece::Words(_)))
        || matches!(pieces.get(at.wrapping_sub(1)), Some(Piece::Label(..)));
    part.is_like_name() && beside && width(part.text) + 2 < full
}

/// The n-th name names the n-th group; wrapped names stand on neighbouring lines.
fn pair_names<'l, 's>(groups: &mut [Group<'l, 's>], names: Vec<Part<'l, 's>>, cx: &mut Context) {
    let mut runs: Vec<Vec<Part>> = names.into_iter().map(|name| vec![name]).collect();
    while runs.len() > groups.len() {
        let line = |run: Option<&Part>| run.map_or(0, |p| p.at);
        let Some(at) = (1..runs.len()).find(|at| line(runs[*at].first()) <= line(runs[at - 1].last()) + 1) else { break };
        let run = runs.remove(at);
        runs[at - 1].extend(run);
    }
    if runs.len() > groups.len() {
        leave(&runs.concat(), cx);
        return;
    }
    for (group, run) in groups.iter_mut().zip(runs) {
        group.names = run;
    }
}

/// Words that cannot be placed.
pub fn leave(parts: &[Part], cx: &mut Context) {
    for part in parts {
        let text = cx.text(part.line, part.text);
        cx.tree.unparsed.push(text);
    }
}

/// Cuts the lines of one column into `count` cells: a cell ends with a sentence, and must end where a sentence ends
/// before the column is full. Gives the end of each cell; `None` where that cannot be.
pub fn cells(parts: &[Part], count: usize, full: usize) -> Option<Vec<usize>> {
    const NEVER: u32 = 1000;
    if parts.is_empty() || count == 0 || count > parts.len() || parts.len() * count > MOST * 60 {
        return None;
    }
    let inner: Vec<(u32, u32)> = (0..parts.len())
        .map(|at| {
            let Some(next) = parts.get(at + 1) else { return (NEVER, 0) };
            let forced = must_break(parts[at].text, next.text, full);
            match (is_ended(parts[at].text), forced) {
                (true, true) => (0, if next.line.gap { 0 } else { 2 }),
                (true, false) => (40, 0),
                (false, forced) => (if forced { 0 } else { 3 }, 60),
            }
        })
        .collect();
    // best[k][at]: cheapest way to end cell k with line at
    let mut best = vec![vec![u32::MAX; parts.len()]; count];
    let mut from = vec![vec![0usize; parts.len()]; count];
    for k in 0..count {
        // cheapest start of cell k with the lines since then going on
        let (mut open, mut start) = (u32::MAX, 0);
        for at in 0..parts.len() {
            let begin = match k {
                0 if at == 0 => 0,
                0 => u32::MAX,
                _ => at.checked_sub(1).map_or(u32::MAX, |b| best[k - 1][b]),
            };
            let on = at.checked_sub(1).map_or(u32::MAX, |b| open.saturating_add(inner[b].0));
            (open, start) = if begin < on { (begin, at) } else { (on, start) };
            best[k][at] = open.saturating_add(inner[at].1);
            from[k][at] = start;
        }
    }
    let last = parts.len() - 1;
    if best[count - 1][last] >= NEVER {
        return None;
    }
    let mut ends = vec![0; count];
    let mut end = last + 1;
    for k in (0..count).rev() {
        ends[k] = end;
        end = from[k][end - 1];
    }
    Some(ends)
}
