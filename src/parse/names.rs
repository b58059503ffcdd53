//! Which lines among labels and texts are names.
//!
//! A merged cell is written once for its rows: before them, behind them, or by the eye in their middle, where it
//! interrupts a text. All texts of a block share one column, so a line that ends too early without an end mark, between
//! two lines that read on, is not part of the text.

use super::cells::lists;
use super::part::{Measure, Measured, Part, gaps_of, is_ended, pieces, width};
use super::stacked::{Group, Slot, split_tail};
use std::cell::LazyCell;
use std::ops::Range;

/// Lines that may lie between the pieces of one name.
const NEAR: usize = 3;

/// With more candidates than this, nothing is a name.
const MANY: usize = 32;

/// Parts of a cell that may be a name.
#[derive(Debug)]
struct Found<'l, 's> {
    slot: usize,
    lines: Range<usize>,
    /// The rest of the line, where the name stands before a blank.
    rest: Option<Part<'l, 's>>,
    names: Vec<Part<'l, 's>>,
    sure: bool,
    torn: bool,
}

/// Gives each group its name.
pub fn find(groups: &mut [Group]) {
    // letters of proportional fonts are a little narrower than a square
    let full = full_width(groups).saturating_sub(1);
    for group in groups.iter_mut() {
        inside(group, full);
        group.torn |= group.slots.iter().any(begins_beside);
    }
    between(groups);
    doubt_cut(groups, full);
    doubt_lists(groups);
    if groups.len() > 1 {
        for group in groups.iter_mut().filter(|g| g.names.is_empty()) {
            group.torn = true;
        }
    }
}

/// `シー 双方の窓口が…`: whether a cell begins with what may be the rest of a name
fn begins_beside(slot: &Slot) -> bool {
    let Some(Measured { part, size }) = slot.parts.first() else { return false };
    size.blank
        && !lists::is_entry(part.text)
        && gaps_of(part.line, part.text)
            .next()
            .is_some_and(|(at, sure)| sure && at <= 4 * 3 && part.column <= slot.head.column)
}

/// `…会場の広さ及び`: whether no cell ends with the words
fn reads_on(text: &str) -> bool {
    text.ends_with(['、', '，', 'を', 'が', 'は', 'に']) || text.ends_with("及び")
}

/// Where cells end with sentences, one that ends within one, on a full line, goes on behind its label, or behind the next;
/// one that ends with words that end none does so anywhere.
fn doubt_cut(groups: &mut [Group], full: usize) {
    let last = |slot: &Slot| slot.parts.last().map(|words| words.size);
    let ends = groups.iter().flat_map(|group| &group.slots).filter_map(last);
    let (all, ended) = ends.fold((0, 0), |(all, ended), size| (all + 1, ended + usize::from(size.ended)));
    if ended == all {
        return;
    }
    let are_sentences = ended * 2 >= all;
    let goes_on = |slot: &Slot| slot.parts.last().is_some_and(|words| reads_on(words.part.text));
    let is_cut = |slot: &Slot| {
        last(slot).is_some_and(|size| !size.ended && size.width + 4 >= full) && (are_sentences || goes_on(slot))
    };
    let cut: Vec<usize> = (0..groups.len()).filter(|at| groups[*at].slots.iter().any(is_cut)).collect();
    for at in cut {
        let end = groups.len().min(at + 2);
        groups[at..end].iter_mut().for_each(|group| group.torn = true);
    }
}

/// `(1) 周知を行う。⏎甲の役割 (2) 会場を貸す。`: a cell that begins with the next entry of the list in the cell before
fn doubt_lists(groups: &mut [Group]) {
    let entry = |words: &Measured| lists::entry(words.part.text);
    let mut before: Option<(usize, &Slot)> = None;
    let mut cut = Vec::new();
    for (at, slot) in groups.iter().enumerate().flat_map(|(at, group)| group.slots.iter().map(move |slot| (at, slot))) {
        if let Some(number) = slot.parts.first().and_then(entry).filter(|number| *number > 1)
            && let Some((last, before)) = before
            && before.parts.iter().rev().find_map(entry) == Some(number - 1)
        {
            cut.extend([last, at]);
        }
        before = Some((at, slot));
    }
    for at in cut {
        groups[at].torn = true;
    }
}

/// The width of the column of texts; lines with a blank inside may hold more than a text.
fn full_width(groups: &[Group]) -> usize {
    let parts = || groups.iter().flat_map(|g| &g.slots).flat_map(|s| &s.parts);
    let widest = |most: Option<usize>, part: &Measured| {
        let is_wider = most.is_none_or(|most| part.size.sure > most);
        if is_wider && !has_blank(part) { Some(part.size.sure) } else { most }
    };
    let plain = parts().fold(None, widest);
    plain.unwrap_or_else(|| parts().map(|p| p.size.sure).max().unwrap_or(0))
}

fn has_blank(Measured { part, size }: &Measured) -> bool {
    size.blank && gaps_of(part.line, part.text).any(|(_, sure)| sure)
}

/// Names that stand inside the cells of a group.
fn inside(group: &mut Group, full: usize) {
    let mut found = candidates(group, full);
    if found.len() > MANY {
        group.torn = true;
        return;
    }
    let line = |f: &Found| f.names.first().map_or(0, |p| p.at);
    let anchors: Vec<usize> = group.names.iter().chain(&group.before).map(|p| p.at).collect();
    let near = |at: usize, others: &[usize]| others.iter().any(|other| other.abs_diff(at) <= NEAR);
    let sure: Vec<usize> = found.iter().filter(|f| f.sure).map(line).collect();
    if !anchors.is_empty() {
        // the rest of a wrapped name is narrower than what stands before it
        let widest = group.names.iter().chain(&group.before).map(|p| width(p.text)).max().unwrap_or(0);
        let inner = !group.names.is_empty();
        found.retain(|f| {
            let narrow = f.names.iter().all(|p| width(p.text) < widest && width(p.text) <= 6);
            near(line(f), &anchors) && (f.sure || narrow || inner) || f.sure && f.rest.is_none()
        });
    } else if !sure.is_empty() {
        found.retain(|f| f.sure || near(line(f), &sure));
    } else {
        let lines: Vec<usize> = found.iter().map(line).collect();
        if lines.windows(2).any(|w| w[1] - w[0] > NEAR) {
            group.torn = true;
            return;
        }
    }
    for f in found.into_iter().rev() {
        group.torn |= f.torn;
        let parts = &mut group.slots[f.slot].parts;
        match f.rest {
            Some(rest) => parts[f.lines.start] = Measured::of(rest),
            None => drop(parts.drain(f.lines)),
        }
        group.names.extend(f.names);
    }
    group.names.sort_by_key(|p| (p.at, p.column));
    group.torn |= group.names.windows(2).any(|w| w[1].at - w[0].at > NEAR + 1);
}

fn candidates<'l, 's>(group: &Group<'l, 's>, full: usize) -> Vec<Found<'l, 's>> {
    let last = group.slots.len().saturating_sub(1);
    let mut found = Vec::new();
    for (slot, cell) in group.slots.iter().enumerate() {
        let mut at = 0;
        let listed = LazyCell::new(|| listed(&cell.parts));
        while at < cell.parts.len() {
            let may_be_name =
                |line: &usize| may_interrupt(cell, &cell.parts[*line]) && listed.get(*line) != Some(&true);
            let longest = (at..cell.parts.len()).take(3).take_while(may_be_name).count();
            let run = (1..=longest).rev().find_map(|n| Some((n, interruption(cell, at..at + n, slot == last, full)?)));
            if let Some((count, (sure, torn))) = run {
                let lines = at..at + count;
                let names = cell.parts[lines.clone()].iter().map(|p| p.part).collect();
                found.push(Found { slot, names, lines, rest: None, sure, torn });
                at += count;
                continue;
            }
            if let Some((name, rest)) = glued(cell, at, full) {
                let sure = cell.parts[at].size.width > full + 1;
                found.push(Found { slot, lines: at..at + 1, rest: Some(rest), names: vec![name], sure, torn: !sure });
            }
            at += 1;
        }
    }
    found
}

/// Which lines of a cell are entries of a list: `(1) 医師` and `(2) 会場`, `・医師` and `・会場`; none where nothing is told.
pub fn listed(cell: &[Measured]) -> Vec<bool> {
    if !cell.iter().any(|words| lists::is_entry(words.part.text)) {
        return Vec::new();
    }
    let numbers: Vec<Option<u8>> = cell.iter().map(|words| lists::entry(words.part.text)).collect();
    let mut counts = [0u32; u8::MAX as usize + 2];
    numbers.iter().flatten().for_each(|number| counts[usize::from(*number)] += 1);
    let is_listed = |number: usize| match number {
        0 => counts[0] > 1,
        1 => counts[2] > 0,
        _ => counts[number - 1] > 0,
    };
    numbers.iter().map(|number| number.is_some_and(|number| is_listed(number.into()))).collect()
}

/// Whether a line may be a name: it does not stand to the right of the labels.
fn may_interrupt(slot: &Slot, Measured { part, size }: &Measured) -> bool {
    part.line.text.len() == part.text.len() && part.column <= slot.head.column && size.like_name
}

/// Whether lines of a cell that may be names interrupt it: surely or not, and whether the text is torn by it.
fn interruption(slot: &Slot, lines: Range<usize>, is_last_slot: bool, full: usize) -> Option<(bool, bool)> {
    let run = slot.parts.get(lines.clone())?;
    if slot.parts.len() <= run.len() {
        return None;
    }
    let before = lines.start.checked_sub(1).and_then(|b| slot.parts.get(b));
    let next = slot.parts.get(lines.end);
    // a sentence that goes on, or whose end mark stands on the next line
    if run.last().is_some_and(|p| p.part.text.ends_with(['を', 'に', 'は', 'が']))
        || next.is_some_and(|next| next.part.text.starts_with(['。', '、', '，', '）', ')', '」']))
    {
        return None;
    }
    // the widest line of a wrapped name comes first
    let (first, widest) = (run.first()?, run.iter().map(|p| p.size.width).max()?);
    if first.size.width < widest || run.windows(2).any(|w| w[0].size.must_break(&w[1].size, full)) {
        return None;
    }
    let is_sentence = run.iter().any(|p| p.part.text.contains('を'));
    match (before, next) {
        (Some(before), Some(next)) => {
            let reads_on =
                !before.size.ended && before.size.must_break(&next.size, full) && before.size.width + 6 >= full;
            let alone = run.iter().all(|p| has_room(p, next, full));
            match (reads_on, alone) {
                // with a particle of sentences in it, the line may be words of the text
                (true, true) => Some((!next.part.text.starts_with(['（', '(']), is_sentence)),
                (false, true) if before.size.ended => Some((false, is_sentence)),
                _ => None,
            }
        }
        // the label, the name, the text
        (None, Some(next)) => {
            let room = widest + 4 < full && has_room(first, next, full);
            let goes_on = is_sentence && next.part.text.starts_with(|c| matches!(c, 'ぁ'..='ん'));
            (!goes_on && room).then_some((false, is_sentence))
        }
        // the text, the name, the next label
        (Some(_), None) if is_last_slot => None,
        (Some(before), None) if before.size.ended => Some((false, false)),
        (Some(before), None) => (before.size.width + 6 >= full && widest + 6 < full).then_some((false, true)),
        (None, None) => None,
    }
}

/// Whether the next line could have begun on this one, also where a wrap counts letters and a figure or a blank is as wide
/// as any.
fn has_room(words: &Measured, next: &Measured, full: usize) -> bool {
    !words.size.must_break(&next.size, full) && words.size.letters * 2 + 2 <= full
}

/// Names that stand between two groups belong to the one that has none, or to the one on which the whole block agrees.
fn between(groups: &mut [Group]) {
    let Some(first) = groups.first_mut() else { return };
    // the end of a cell of the page before
    if let Some(end) = first.before.iter().rposition(|p| is_ended(p.text)) {
        first.strays = first.before.drain(..=end).collect();
    }
    let leads = !first.before.is_empty();
    let follows = !leads && first.names.is_empty();
    let mut trailing = Vec::new();
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
        let is_nameless = previous.names.is_empty() && previous.before.is_empty();
        let to_next = match (is_nameless, next.names.is_empty()) {
            (false, true) => true,
            (true, false) => false,
            (true, true) => {
                next.torn |= !behind && !leads;
                !behind
            }
            (false, false) => {
                let distance =
                    |names: &[Part], from: usize| names.iter().map(|p| p.at.abs_diff(from)).min().unwrap_or(usize::MAX);
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
    at_the_top(groups);
}

/// All names before the first group, as an extractor writes a column: the n-th line names the n-th group, most likely.
fn at_the_top(groups: &mut [Group]) {
    let nameless = groups.iter().skip(1).filter(|g| g.names.is_empty()).count();
    let Some(first) = groups.first_mut() else { return };
    let mut leading = std::mem::take(&mut first.before);
    let others = if nameless > 0 && leading.len() == nameless + 1 { leading.split_off(1) } else { Vec::new() };
    first.torn |= !others.is_empty();
    leading.append(&mut first.names);
    first.names = leading;
    for (group, name) in groups.iter_mut().skip(1).filter(|g| g.names.is_empty()).zip(others) {
        group.names.push(name);
        group.torn = true;
    }
}

/// Whether words stand far left of their label, which alone begins its line: in another column.
fn stands_left(slot: &Slot, column: usize) -> bool {
    slot.head.column == slot.head.line.indent as usize && column + 4 <= slot.head.column
}

/// A name before a blank on a line of a text: `二地域の暮らし を受けられるよう、…`
fn glued<'l, 's>(slot: &Slot<'l, 's>, at: usize, full: usize) -> Option<(Part<'l, 's>, Part<'l, 's>)> {
    let before = at.checked_sub(1).and_then(|before| slot.parts.get(before)).map(|before| &before.size);
    let (name, rest) = split_name(slot.parts.get(at)?)?;
    // a name does not stand to the right of the labels
    if name.column > slot.head.column {
        return None;
    }
    let size = Measure::of(rest.text);
    // directly below the label a line shows by its width that it holds more than words of the cell, or by its place
    let is_wide = || slot.parts[at].size.width > full + 1;
    let reads_on = before.map_or_else(
        || is_wide() || stands_left(slot, name.column),
        |before| before.ended || before.must_break(&size, full),
    );
    let next = slot.parts.get(at + 1);
    let goes_on = size.ended || next.is_none_or(|next| size.must_break(&next.size, full));
    (name.is_like_name() && reads_on && goes_on && size.sure <= full + 1).then_some((name, rest))
}

/// The first piece of a line and the rest.
fn split_name<'l, 's>(Measured { part, size }: &Measured<'l, 's>) -> Option<(Part<'l, 's>, Part<'l, 's>)> {
    // the name is short, and what parts it from the rest is sure
    if !size.blank || !gaps_of(part.line, part.text).next().is_some_and(|(at, sure)| sure && at <= 15 * 4) {
        return None;
    }
    let all = pieces(part.line, part.at);
    let (rest, sure) = all.get(1)?;
    let (name, last) = (all.first()?.0, all.last()?.0);
    // `ア 車を出す。`: the number of an entry
    let is_number = lists::mark(name.text).is_some();
    (*sure && !is_number && name.column == part.column && name.text.chars().count() <= 15)
        .then(|| (name, super::part::joined(rest, &last)))
}

#[cfg(test)]
mod tests {
    use crate::model::walk;
    use crate::parse::parse;

    const HEAD: &str = "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n第1条 取組は、別表のとおりとする。\n\n別表（第1条関係）\n1 移住\n";

    /// The texts of the only row, and whether it is torn.
    fn row(table: &str) -> (Vec<String>, bool) {
        let parsed = parse(&format!("{HEAD}{table}")).readings;
        let places = walk::fields(&parsed[0].tree);
        let (_, row) = walk::initiatives(&places).next().expect("a row");
        let texts = row.contents.iter().map(|c| &c.text).chain(row.roles.iter().map(|r| &r.text));
        (texts.map(|t| t.text.to_string()).collect(), row.torn)
    }

    #[test]
    fn a_list_that_goes_on_beside_a_label_began_above_it() {
        let table = "            取組内容    空いた家を半年まで借りて町の暮らしを確かめられ
                    るようにする。
                    (1) 家の持ち主から話を聞く。
試しの住まい      甲の役割    (2) 借りる人を募り、案内の冊子を駅と港の売店に
                    並べる。
                    (1) 家の鍵を預かる。
            乙の役割    (2) 庭の草を刈り、水の出を月ごとに確かめて甲に
                    伝える。
";
        let (texts, torn) = row(table);
        let first: Vec<String> = texts.iter().map(|text| text.chars().take(5).collect()).collect();
        assert_eq!((first.join("|").as_str(), torn), ("空いた家を|(1) 家|(1) 家", false), "{texts:?}");
    }

    #[test]
    fn a_cell_that_ends_with_words_that_end_none_is_in_doubt() {
        let cut = "試しの住まい\n取組内容 空いた家を貸し、町の暮らしを確かめられるよう、家及び\n甲の役割 冊子を渡す。町に移った人の困りごとを聞いて、庭を\n乙の役割 畑の草を刈る。水の出を月ごとに確かめる。\n";
        assert!(row(cut).1);
        assert!(!row(&cut.replace("、家及び", "にする。").replace("、庭を", "いる。")).1);
    }
}
