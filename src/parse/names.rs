//! Which lines among labels and texts are names.
//!
//! A merged cell is written once for its rows: before them, behind them, or by the eye in their middle, where it
//! interrupts a text. All texts of a block share one column, so a line that ends too early without an end mark, between
//! two lines that read on, is not part of the text.

use super::part::{Part, body_width, is_ended, must_break, pieces, width};
use super::stacked::{Group, Slot, split_tail};

/// Gives each group its name.
pub fn find(groups: &mut [Group]) {
    let full = full_width(groups);
    for group in groups.iter_mut() {
        interruptions(group, full);
    }
    between(groups);
    for group in groups.iter_mut().filter(|g| g.names.is_empty()) {
        glued(group, full);
    }
    at_the_top(groups);
    if groups.len() > 1 {
        for group in groups.iter_mut().filter(|g| g.names.is_empty()) {
            group.torn = true;
        }
    }
}

/// The width of the column of texts; lines with a blank inside may hold more than a text.
fn full_width(groups: &[Group]) -> usize {
    let parts = || groups.iter().flat_map(|g| &g.slots).flat_map(|s| &s.parts);
    let plain = parts().filter(|p| !has_blank(p)).map(|p| body_width(p.text)).max();
    plain.unwrap_or_else(|| parts().map(|p| body_width(p.text)).max().unwrap_or(0))
}

fn has_blank(part: &Part) -> bool {
    pieces(part.line, part.at)
        .iter()
        .any(|(piece, sure)| *sure && piece.column > part.column && piece.column < part.column + part.text.chars().count())
}

/// Lines that interrupt a text: `…会場を受け⏎医療を担う人材⏎持つ。`
fn interruptions(group: &mut Group, full: usize) {
    let last_slot = group.slots.len().saturating_sub(1);
    // slot, first line, one past the last, whether it is sure
    let mut found: Vec<(usize, usize, usize, bool)> = Vec::new();
    for (s, slot) in group.slots.iter().enumerate() {
        let mut at = 0;
        while at < slot.parts.len() {
            match (1..=3).rev().find_map(|n| Some((n, interruption(slot, at..at + n, s == last_slot, full)?))) {
                Some((lines, sure)) => {
                    found.push((s, at, at + lines, sure));
                    at += lines;
                }
                None => at += 1,
            }
        }
    }
    let named = !group.names.is_empty();
    let any_sure = found.iter().any(|f| f.3);
    let line = |f: &(usize, usize, usize, bool)| group.slots[f.0].parts[f.1].at;
    let sure_lines: Vec<usize> = found.iter().filter(|f| f.3).map(line).collect();
    // pieces of one name stand close together; a likely piece alone is the name of a group that has none
    found.retain(|f| f.3 || (!named && (!any_sure || sure_lines.iter().any(|at| at.abs_diff(line(f)) <= 3))));
    if found.is_empty() || (!any_sure && found.len() > 2) {
        return;
    }
    let lines: Vec<usize> = found.iter().map(line).collect();
    group.torn |= lines.iter().max().unwrap_or(&0) - lines.iter().min().unwrap_or(&0) > 4;
    for (s, from, to, _) in found.into_iter().rev() {
        group.names.extend(group.slots[s].parts.drain(from..to));
    }
    group.names.sort_by_key(|p| (p.at, p.column));
}

/// Whether lines of a cell interrupt it: surely, likely, or not.
fn interruption(slot: &Slot, lines: std::ops::Range<usize>, is_last_slot: bool, full: usize) -> Option<bool> {
    let run = slot.parts.get(lines.clone())?;
    let whole = |p: &Part| p.is_like_name() && p.line.text.len() == p.text.len();
    if !run.iter().all(whole) || slot.parts.len() <= run.len() {
        return None;
    }
    let before = lines.start.checked_sub(1).and_then(|b| slot.parts.get(b));
    let next = slot.parts.get(lines.end);
    // the widest line of a wrapped name comes first
    let (first, widest) = (run.first()?, run.iter().map(|p| width(p.text)).max()?);
    if width(first.text) < widest || run.windows(2).any(|w| must_break(w[0].text, w[1].text, full)) {
        return None;
    }
    match (before, next) {
        (Some(before), Some(next)) => {
            let ended = is_ended(before.text);
            let reads_on = !ended && must_break(before.text, next.text, full) && must_break(before.text, first.text, full);
            let alone = run.iter().all(|p| !must_break(p.text, next.text, full));
            match (reads_on, alone) {
                (true, true) => Some(!next.text.starts_with(['（', '('])),
                (false, true) if ended => Some(false),
                _ => None,
            }
        }
        // the label, the name, the text
        (None, Some(next)) => (!must_break(first.text, next.text, full) && widest + 4 < full).then_some(false),
        // the text, the name, the next label
        (Some(before), None) => (is_ended(before.text) && !is_last_slot).then_some(false),
        (None, None) => None,
    }
}

/// Names that stand between two groups belong to the one that has none, or to the one on which the whole block agrees.
fn between(groups: &mut [Group]) {
    let Some(first) = groups.first_mut() else { return };
    let leads = !first.before.is_empty();
    let mut before = std::mem::take(&mut first.before);
    before.append(&mut first.names);
    first.names = before;
    let mut trailing = Vec::new();
    let follows = !leads && groups[0].names.is_empty();
    if follows
        && let Some(last) = groups.last_mut()
        && last.names.is_empty()
        && let Some(slot) = last.slots.last_mut()
    {
        trailing = split_tail(&mut slot.parts);
    }
    let behind = follows && !trailing.is_empty();
    for at in 1..groups.len() {
        let mut found = std::mem::take(&mut groups[at].before);
        if found.is_empty() {
            continue;
        }
        let (left, right) = groups.split_at_mut(at);
        let (Some(previous), Some(next)) = (left.last_mut(), right.first_mut()) else { continue };
        if found.len() > 1 && found.windows(2).any(|w| width(w[0].text) < width(w[1].text)) {
            next.torn = true;
            previous.torn = true;
        }
        let to_next = match (previous.names.is_empty(), next.names.is_empty()) {
            (false, true) => true,
            (true, false) => false,
            (true, true) => {
                next.torn |= !behind && !leads;
                !behind
            }
            (false, false) => {
                let distance = |names: &[Part], from: usize| names.iter().map(|p| p.at.abs_diff(from)).min();
                distance(&next.names, found[found.len() - 1].at) <= distance(&previous.names, found[0].at)
            }
        };
        if to_next {
            found.append(&mut next.names);
            next.names = found;
        } else {
            previous.names.append(&mut found);
        }
    }
    if let Some(last) = groups.last_mut() {
        last.names.extend(trailing);
    }
}

/// All names before the first group, as an extractor writes a column: the n-th line names the n-th group, most likely.
fn at_the_top(groups: &mut [Group]) {
    let nameless = groups.iter().skip(1).filter(|g| g.names.is_empty()).count();
    let Some(first) = groups.first_mut().filter(|g| nameless > 0 && g.names.len() == nameless + 1) else { return };
    let names = first.names.split_off(1);
    first.torn = true;
    for (group, name) in groups.iter_mut().skip(1).filter(|g| g.names.is_empty()).zip(names) {
        group.names.push(name);
        group.torn = true;
    }
}

/// A name before a blank on a line of a text: `二地域の暮らし を受けられるよう、…`
fn glued(group: &mut Group, full: usize) {
    let mut found = Vec::new();
    for (s, slot) in group.slots.iter().enumerate() {
        for (at, part) in slot.parts.iter().enumerate().skip(1) {
            let Some((name, rest)) = split_name(part) else { continue };
            let before = &slot.parts[at - 1];
            let reads_on = is_ended(before.text) || must_break(before.text, rest.text, full);
            let goes_on = slot.parts.get(at + 1).is_none_or(|next| is_ended(rest.text) || must_break(rest.text, next.text, full));
            if name.is_like_name() && reads_on && goes_on && body_width(rest.text) <= full {
                found.push((s, at, name, rest, width(part.text) > full));
            }
        }
    }
    let wider = found.iter().filter(|f| f.4).count();
    if wider == 1 {
        found.retain(|f| f.4);
    }
    let [(s, at, name, rest, sure)] = found.as_slice() else { return };
    group.slots[*s].parts[*at] = *rest;
    group.names.push(*name);
    group.torn |= !sure;
}

/// The first piece of a line and the rest.
fn split_name<'l, 's>(part: &Part<'l, 's>) -> Option<(Part<'l, 's>, Part<'l, 's>)> {
    let all = pieces(part.line, part.at);
    let (rest, sure) = all.get(1)?;
    let (name, last) = (all.first()?.0, all.last()?.0);
    (*sure && name.column == part.column && name.text.chars().count() <= 15)
        .then(|| (name, super::part::joined(rest, &last)))
}
