//! Labels that were torn from their texts: first the labels, then the texts, block by block.
//!
//! `夜間診療⏎取組内容⏎甲の役割⏎乙の役割⏎通院の足⏎取組内容⏎…⏎文⏎文⏎文`. Labels and texts keep their order among
//! themselves; which text goes with which label is inferred, never certain.

use super::Context;
use super::cells::lists;
use super::label::{self, Label};
use super::part::{Measured, Part, body_width};
use super::rows;
use super::stacked::{self, Group, Piece, Slot};
use crate::ast::{Initiative, Text};
use compact_str::CompactString;
use std::collections::HashMap;

/// More lines than this are not paired.
const MOST: usize = 1200;
/// No column of texts is as narrow, in half-width columns; a block of names and labels alone does not tell.
const LEAST: usize = 22;
/// What a cell costs that ends within a sentence.
const UNENDED: u32 = 60;
/// What it costs to go on with a list behind a sentence.
const LIST: u32 = 12;
/// What it costs to go on behind something else than words.
const APART: u32 = 6;

/// Whether labels stand without their texts: several of them have nothing behind them.
pub fn is_torn(pieces: &[Piece]) -> bool {
    let is_label =
        |piece: Option<&Piece>| matches!(piece, Some(Piece::Label(_, found, ..)) if *found != Label::Container);
    let labels = pieces.iter().filter(|p| is_label(Some(p))).count();
    let is_empty = |at: &usize| match pieces.get(at + 1) {
        None => true,
        // a name alone between two labels leaves the first without words
        Some(Piece::Words(words)) => {
            words.size.like_name && is_label(pieces.get(at + 2)) && body_width(words.part.text) <= 16
        }
        next => is_label(next),
    };
    let bare = |piece: &Piece| matches!(piece, Piece::Label(_, found, _, None) if *found != Label::Container);
    let empty: Vec<usize> = (0..pieces.len()).filter(|at| bare(&pieces[*at])).filter(is_empty).collect();
    // `取組名⏎夜間診療⏎取組内容⏎文`: the name stands below its label where every other label has its text
    let is_of_name = |at: &usize| matches!(pieces[*at], Piece::Label(_, Label::Name | Label::Field, ..));
    empty.len() >= 2 && empty.len() * 5 >= labels && !empty.iter().all(is_of_name)
}

/// Reads the names and the labels of a block; its texts wait. Where it goes on behind others, roles without a content come
/// first and without a name: they may be those of the row before.
pub fn read<'l, 's>(pieces: Vec<Piece<'l, 's>>, goes_on: bool, cx: &mut Context) -> (Vec<Initiative>, Waiting<'l, 's>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut names: Vec<Part> = Vec::new();
    let full = full_width(&pieces);
    let texts = Vec::with_capacity(pieces.len());
    let mut own = Waiting { full, texts, ..Waiting::default() };
    let mut is_name: Vec<bool> = Vec::with_capacity(pieces.len());
    for at in 0..pieces.len() {
        let after_name = is_name.last().copied().unwrap_or(true);
        is_name.push(self::is_name(&pieces, at, after_name, full.max(LEAST)));
    }
    for (piece, is_name) in pieces.into_iter().zip(is_name) {
        match piece {
            Piece::Name(part) => names.push(part),
            Piece::Words(words) if is_name => names.push(words.part),
            Piece::Words(words) => own.push(words),
            Piece::Label(name, label, head, rest) => {
                names.extend(name);
                own.label(&label, &head, rest);
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
    let has_content = |g: &Group| g.slots.iter().any(|s| s.label == Label::Content);
    let from = usize::from(goes_on && groups.first().is_some_and(|g| !has_content(g)));
    pair_names(&mut groups[from..], names, cx);
    let initiatives = groups.into_iter().map(|group| stacked::initiative(group, cx)).collect();
    (initiatives, own)
}

/// Labels and texts that are not paired yet: the texts may stand behind the next heading.
#[derive(Debug, Default)]
pub struct Waiting<'l, 's> {
    labels: Vec<Head>,
    texts: Vec<Measured<'l, 's>>,
    /// For each line of the texts, whether it stands beside a label.
    has_label: Vec<bool>,
    full: usize,
}

/// A label.
#[derive(Debug)]
struct Head {
    /// Where it begins in the source.
    start: u32,
    /// The symbol of the party whose role it is; empty for any other label.
    symbol: CompactString,
    /// Its text stands beside it.
    has_text: bool,
}

impl Head {
    /// What tells how its text may begin.
    fn kind(&self) -> (&str, bool) {
        (&self.symbol, self.has_text)
    }
}

/// What it costs to read a line.
#[derive(Clone, Copy)]
struct Step {
    /// Behind the line before, in one cell.
    on: u32,
    /// As the last one of a cell.
    end: u32,
}

/// More than any way costs; a few of them are no overflow.
const NEVER: u32 = 1 << 29;

impl<'l, 's> Waiting<'l, 's> {
    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.texts.is_empty()
    }

    /// Adds what follows.
    pub fn append(&mut self, mut next: Waiting<'l, 's>) {
        self.full = self.full.max(next.full);
        self.labels.append(&mut next.labels);
        self.texts.append(&mut next.texts);
        self.has_label.append(&mut next.has_label);
    }

    /// Adds a label and the words beside it.
    pub fn label(&mut self, label: &Label, head: &Part<'l, 's>, text: Option<Measured<'l, 's>>) {
        let symbol = match label {
            Label::Role(parties) if parties.len() == 1 => parties.iter().map(String::as_str).collect(),
            _ => CompactString::default(),
        };
        self.labels.push(Head { start: head.line.span(head.text).start, symbol, has_text: text.is_some() });
        self.texts.extend(text);
        self.has_label.extend(text.map(|_| true));
    }

    /// Adds words without a label.
    pub fn push(&mut self, words: Measured<'l, 's>) {
        self.texts.push(words);
        self.has_label.push(false);
    }

    /// Where the texts of the labels end; see [`Self::cells`].
    pub fn cut_at(mut self) -> Option<Vec<usize>> {
        self.full = full_width_of(self.texts.iter());
        self.cells()
    }

    /// The text of each label, if labels and texts agree.
    pub fn pair(&self, cx: &mut Context) -> Option<HashMap<u32, Text>> {
        let ends = self.cells()?;
        let mut from = 0;
        let mut out = HashMap::with_capacity(ends.len());
        for (label, end) in self.labels.iter().zip(ends) {
            let parts = self.texts[from..end].iter().map(|words| &words.part);
            out.insert(label.start, rows::cell(parts, cx));
            from = end;
        }
        Some(out)
    }

    /// Cuts the texts into as many cells as there are labels: a cell ends with a sentence, and must end where a sentence
    /// ends before the column is full; a text beside a label begins the cell of that label. Gives the end of each cell;
    /// `None` where that cannot be.
    fn cells(&self) -> Option<Vec<usize>> {
        let (total, count) = (self.texts.len(), self.labels.len());
        if count == 0 || count > total || total * count > MOST * 60 {
            return None;
        }
        let steps = self.steps();
        let ended = |at: &usize| self.texts[*at].size.ended || at + 1 == total;
        let sentences: Vec<usize> = (0..total).filter(ended).map(|at| at + 1).collect();
        // cheaper than a cell that ends within a sentence: there is no need to look at others
        let found = self.ends(&sentences, &steps).filter(|(cost, _)| *cost < UNENDED);
        let found = found.or_else(|| self.ends(&(1..=total).collect::<Vec<_>>(), &steps));
        found.map(|(_, ends)| ends)
    }

    /// The cheapest ends of the cells among some lines, each given by the line behind it, and what they cost.
    fn ends(&self, among: &[usize], steps: &[Step]) -> Option<(u32, Vec<usize>)> {
        let (total, count) = (among.len(), self.labels.len());
        if count > total {
            return None;
        }
        let first = |at: usize| at.checked_sub(1).map_or(0, |before| among[before]);
        // to go on behind the first line of each piece
        let inside = |at: usize| {
            let inside = steps[first(at) + 1..among[at]].iter().map(|step| step.on);
            inside.fold(0, |sum, on| NEVER.min(sum + on))
        };
        let inside: Vec<u32> = (0..total).map(inside).collect();
        let on = |at: usize| NEVER.min(steps[first(at)].on + inside[at]);
        let steps: Vec<Step> = (0..total).map(|at| Step { on: on(at), end: steps[among[at] - 1].end }).collect();
        // labels of one party share what it costs to begin below them
        let mut starts: Vec<((&str, bool), Vec<u32>)> = Vec::new();
        for label in &self.labels {
            let start = |at: usize| match self.has_label[first(at)] == label.has_text {
                true => odd(&label.symbol, self.texts[first(at)].part.text) + inside[at],
                false => NEVER,
            };
            if !starts.iter().any(|(known, _)| *known == label.kind()) {
                starts.push((label.kind(), (0..total).map(start).collect()));
            }
        }
        // best[at]: cheapest way to end the cell before with piece at; from[k][at]: where cell k begins that ends there
        let mut best = vec![NEVER; total];
        let mut from = vec![0u32; count * total];
        for (k, from) in from.chunks_exact_mut(total).enumerate() {
            // no cell is empty
            let pieces = k..total - (count - k) + 1;
            let (_, starts) = starts.iter().find(|(known, _)| *known == self.labels[k].kind())?;
            let starts = &starts[pieces.clone()];
            let mut before = if k == 0 { 0 } else { best[k - 1] };
            // cheapest start of cell k with the pieces since then going on
            let (mut open, mut start) = (NEVER, 0);
            let found = best[pieces.clone()].iter_mut().zip(&mut from[pieces.clone()]);
            for (((at, begin), step), (best, from)) in pieces.clone().zip(starts).zip(&steps[pieces]).zip(found) {
                let (begin, on) = (before + *begin, open + step.on);
                (open, start) = if begin < on { (begin, at as u32) } else { (on, start) };
                open = open.min(NEVER);
                before = std::mem::replace(best, open + step.end);
                *from = start;
            }
        }
        let cost = *best.last().filter(|cost| **cost < NEVER)?;
        let mut ends = vec![0; count];
        let mut end = total;
        for k in (0..count).rev() {
            ends[k] = among[end - 1];
            end = from[k * total + end - 1] as usize;
        }
        Some((cost, ends))
    }

    fn steps(&self) -> Vec<Step> {
        let mut on = NEVER;
        let step = |(at, has_label): (usize, &bool)| {
            let (next, end) = self.cut(at);
            let on = std::mem::replace(&mut on, next);
            Step { on: if *has_label { NEVER } else { on }, end }
        };
        self.has_label.iter().enumerate().map(step).collect()
    }

    /// What it costs to go on behind a line, and to end a cell with it.
    fn cut(&self, at: usize) -> (u32, u32) {
        let size = &self.texts[at].size;
        let Some(next) = self.texts.get(at + 1) else { return (0, if size.ended { 0 } else { UNENDED }) };
        let forced = size.must_break(&next.size, self.full);
        // what stands between two lines parts them
        let apart = if next.part.at == self.texts[at].part.at + 1 { 0 } else { APART };
        // of a list, the first entry alone begins a cell, and may follow what introduces it
        match if size.ended { lists::entry(next.part.text) } else { None } {
            Some(0 | 1) => return (apart + LIST, 0),
            Some(_) => return (apart, UNENDED),
            None => {}
        }
        match (size.ended, forced) {
            (true, true) => {
                (apart, if next.part.line.gap { 0 } else { 2 } + if goes_on(next.part.text) { 6 } else { 0 })
            }
            (true, false) => (40, 0),
            (false, forced) => (if forced { 0 } else { 3 }, UNENDED),
        }
    }

    /// Gives up: the words belong nowhere.
    pub fn leave(self, cx: &mut Context) {
        leave(self.texts.iter().map(|words| &words.part), cx);
    }
}

/// Puts texts under their labels.
pub fn fill(initiative: &mut Initiative, texts: &mut HashMap<u32, Text>) {
    let cells = initiative.contents.iter_mut().chain(&mut initiative.others).map(|c| (&c.label, &mut c.text));
    let roles = initiative.roles.iter_mut().map(|r| (&r.label, &mut r.text));
    for (label, text) in cells.chain(roles) {
        if let Some(found) = label.span().and_then(|span| texts.remove(&span.start)) {
            *text = found;
        }
    }
}

/// `甲と話し合い、…` is no role of 甲, and hardly a content.
fn odd(symbol: &str, text: &str) -> u32 {
    const PARTNER: u32 = 20;
    let is_with = |rest: &str| rest.starts_with(['と', 'や']);
    let first = text.chars().next().map_or(0, char::len_utf8);
    match symbol {
        "" if is_with(&text[first..]) && label::is_stem(&text[..first]) => PARTNER / 2,
        symbol if !symbol.is_empty() && text.strip_prefix(symbol).is_some_and(is_with) => PARTNER,
        _ => 0,
    }
}

/// The width of the column of texts; lines with figures tell it less well.
fn full_width(pieces: &[Piece]) -> usize {
    full_width_of(pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) | Piece::Label(.., Some(words)) => Some(words),
        _ => None,
    }))
}

/// The same of words.
fn full_width_of<'p, 'l: 'p, 's: 'l>(words: impl Iterator<Item = &'p Measured<'l, 's>>) -> usize {
    let (mut plain, mut all, mut count) = (0, 0, 0);
    for Measured { size, .. } in words {
        all = all.max(size.sure);
        if !size.latin {
            (plain, count) = (plain.max(size.sure), count + 1);
        }
    }
    if count >= 5 { plain } else { all }
}

/// A short line beside a label or another name.
fn is_name(pieces: &[Piece], at: usize, after_name: bool, full: usize) -> bool {
    let Some(Piece::Words(Measured { part, size })) = pieces.get(at) else { return false };
    let beside = || {
        after_name
            || !matches!(pieces.get(at + 1), Some(Piece::Words(_)))
            || matches!(pieces.get(at.wrapping_sub(1)), Some(Piece::Label(..)))
    };
    // a box of its own that does not fill the column
    let has_gap = |piece: &Piece| match piece {
        Piece::Name(part) | Piece::Label(Some(part), ..) | Piece::Label(None, _, part, _) => part.line.gap,
        Piece::Words(words) => words.part.line.gap,
    };
    let alone = || part.line.gap && pieces.get(at + 1).is_none_or(has_gap) && size.letters <= 15;
    size.like_name && size.width + 2 < full && (beside() || alone())
}

/// The n-th name names the n-th group; wrapped names stand on neighbouring lines.
fn pair_names<'l, 's>(groups: &mut [Group<'l, 's>], names: Vec<Part<'l, 's>>, cx: &mut Context) {
    if names.len() > MOST {
        leave(&names, cx);
        return;
    }
    let mut runs: Vec<Vec<Part>> = names.into_iter().map(|name| vec![name]).collect();
    while runs.len() > groups.len() {
        let line = |run: Option<&Part>| run.map_or(0, |p| p.at);
        let Some(at) = (1..runs.len()).find(|at| line(runs[*at].first()) <= line(runs[at - 1].last()) + 1) else {
            break;
        };
        let run = runs.remove(at);
        runs[at - 1].extend(run);
    }
    if runs.len() > groups.len() {
        leave(runs.iter().flatten(), cx);
        return;
    }
    for (group, run) in groups.iter_mut().zip(runs) {
        group.names = run;
    }
}

/// Parts that cannot be placed.
pub fn leave<'p, 'l: 'p, 's: 'l>(parts: impl IntoIterator<Item = &'p Part<'l, 's>>, cx: &mut Context) {
    for part in parts {
        let text = cx.text(part.line, part.text);
        cx.tree.unparsed.push(text);
    }
}

/// Parts that no cell begins with.
pub fn goes_on(text: &str) -> bool {
    ["ただし、", "なお、", "この場合", "また、"].iter().any(|word| text.starts_with(word))
}
