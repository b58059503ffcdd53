//! Labels that were torn from their texts: first the labels, then the texts, block by block.
//!
//! `夜間診療⏎取組内容⏎甲の役割⏎乙の役割⏎通院の足⏎取組内容⏎…⏎文⏎文⏎文`. Labels and texts keep their order among
//! themselves; which text goes with which label is inferred, never certain.

use super::Context;
use super::label::{self, Label};
use super::part::{Part, body_width, is_ended, must_break, sure_width, width};
use super::stacked::{self, Group, Piece, Slot};
use crate::ast::{Initiative, Text};
use std::collections::HashMap;

/// More lines than this are not paired.
const MOST: usize = 1200;
/// No column of texts is as narrow, in half-width columns; a block of names and labels alone does not tell.
const LEAST: usize = 22;
/// What a cell costs that ends within a sentence.
const UNENDED: u32 = 60;

/// Whether labels stand without their texts: several of them have nothing behind them.
pub fn is_torn(pieces: &[Piece]) -> bool {
    let is_label =
        |piece: Option<&Piece>| matches!(piece, Some(Piece::Label(_, found, ..)) if *found != Label::Container);
    let labels = pieces.iter().filter(|p| is_label(Some(p))).count();
    let empty = pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| match piece {
            Piece::Label(_, found, _, None) if *found != Label::Container => match pieces.get(at + 1) {
                None => true,
                // a name alone between two labels leaves the first without words
                Some(Piece::Words(part)) => {
                    part.is_like_name() && is_label(pieces.get(at + 2)) && body_width(part.text) <= 16
                }
                next => is_label(next),
            },
            _ => false,
        })
        .count();
    empty >= 2 && empty * 5 >= labels
}

/// Reads the names and the labels of a block; its texts wait. Where it goes on behind others, roles without a content come
/// first and without a name: they may be those of the row before.
pub fn read<'l, 's>(pieces: Vec<Piece<'l, 's>>, goes_on: bool, cx: &mut Context) -> (Vec<Initiative>, Waiting<'l, 's>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut names: Vec<Part> = Vec::new();
    let full = full_width(pieces.iter().filter_map(words));
    let mut own = Waiting { full, ..Waiting::default() };
    let mut is_name: Vec<bool> = Vec::with_capacity(pieces.len());
    for at in 0..pieces.len() {
        let after_name = is_name.last().copied().unwrap_or(true);
        is_name.push(self::is_name(&pieces, at, after_name, full.max(LEAST)));
    }
    for (piece, is_name) in pieces.into_iter().zip(is_name) {
        match piece {
            Piece::Name(part) => names.push(part),
            Piece::Words(part) if is_name => names.push(part),
            Piece::Words(part) => own.push(part),
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
    /// Where each label begins in the source.
    labels: Vec<u32>,
    /// For each label, the symbol of the party whose role it is; empty for any other label.
    symbols: Vec<String>,
    /// For each label, whether its text stands beside it.
    has_text: Vec<bool>,
    texts: Vec<Part<'l, 's>>,
    /// For each line of the texts, whether it stands beside a label.
    has_label: Vec<bool>,
    full: usize,
}

impl<'l, 's> Waiting<'l, 's> {
    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.texts.is_empty()
    }

    /// Adds what follows.
    pub fn append(&mut self, mut next: Waiting<'l, 's>) {
        self.full = self.full.max(next.full);
        self.labels.append(&mut next.labels);
        self.symbols.append(&mut next.symbols);
        self.has_text.append(&mut next.has_text);
        self.texts.append(&mut next.texts);
        self.has_label.append(&mut next.has_label);
    }

    /// Adds a label and the words beside it.
    fn label(&mut self, label: &Label, head: &Part<'l, 's>, text: Option<Part<'l, 's>>) {
        self.symbols.push(match label {
            Label::Role(parties) if parties.len() == 1 => parties.concat(),
            _ => String::new(),
        });
        self.labels.push(head.line.span(head.text).start);
        self.has_text.push(text.is_some());
        self.has_label.extend(text.map(|_| true));
        self.texts.extend(text);
    }

    /// Adds words without a label.
    pub fn push(&mut self, part: Part<'l, 's>) {
        self.texts.push(part);
        self.has_label.push(false);
    }

    /// The text of each label, if labels and texts agree.
    pub fn pair(&self, cx: &mut Context) -> Option<HashMap<u32, Text>> {
        let ends = self.cells()?;
        let mut from = 0;
        let mut out = HashMap::new();
        for (label, end) in self.labels.iter().zip(ends) {
            let mut text = Text::default();
            for part in &self.texts[from..end] {
                text.push(part.line, part.text, &mut cx.repairs);
            }
            out.insert(*label, text);
            from = end;
        }
        Some(out)
    }

    /// Cuts the texts into as many cells as there are labels: a cell ends with a sentence, and must end where a sentence
    /// ends before the column is full; a text beside a label begins the cell of that label. Gives the end of each cell;
    /// `None` where that cannot be.
    fn cells(&self) -> Option<Vec<usize>> {
        const NEVER: u32 = u32::MAX;
        let (parts, count) = (&self.texts, self.labels.len());
        if parts.is_empty() || count == 0 || count > parts.len() || parts.len() * count > MOST * 60 {
            return None;
        }
        let inner: Vec<(u32, u32)> = (0..parts.len()).map(|at| self.cut(at)).collect();
        // labels of one party share what is odd below them
        let mut odd: HashMap<&str, Vec<u32>> = HashMap::new();
        for symbol in &self.symbols {
            odd.entry(symbol).or_insert_with(|| parts.iter().map(|part| self::odd(symbol, part.text)).collect());
        }
        // best[at]: cheapest way to end the cell before with line at; from[k][at]: where cell k begins that ends there
        let mut best = vec![NEVER; parts.len()];
        let mut from = vec![vec![0u32; parts.len()]; count];
        for (k, from) in from.iter_mut().enumerate() {
            // cheapest start of cell k with the lines since then going on
            let (mut open, mut start) = (NEVER, 0);
            let odd = &odd[self.symbols[k].as_str()];
            let mut before = if k == 0 { 0 } else { best[k - 1] };
            // no cell is empty
            for at in k..=parts.len() - (count - k) {
                let begin = if self.has_text[k] == self.has_label[at] { before } else { NEVER };
                let on = if at == 0 || self.has_label[at] { NEVER } else { open.saturating_add(inner[at - 1].0) };
                let begin = begin.saturating_add(odd[at]);
                (open, start) = if begin < on { (begin, at as u32) } else { (on, start) };
                before = if k == 0 { NEVER } else { best[at] };
                best[at] = open.saturating_add(inner[at].1);
                from[at] = start;
            }
        }
        let last = parts.len() - 1;
        if best[last] == NEVER {
            return None;
        }
        let mut ends = vec![0; count];
        let mut end = last + 1;
        for k in (0..count).rev() {
            ends[k] = end;
            end = from[k][end - 1] as usize;
        }
        Some(ends)
    }

    /// What it costs to go on behind a line, and to end a cell with it.
    fn cut(&self, at: usize) -> (u32, u32) {
        let text = self.texts[at].text;
        let ended = is_ended(text);
        let Some(next) = self.texts.get(at + 1) else { return (0, if ended { 0 } else { UNENDED }) };
        let forced = must_break(text, next.text, self.full);
        match (ended, forced) {
            (true, true) => (0, if next.line.gap { 0 } else { 2 } + if goes_on(next.text) { 6 } else { 0 }),
            (true, false) => (40, 0),
            (false, forced) => (if forced { 0 } else { 3 }, UNENDED),
        }
    }

    /// Gives up: the words belong nowhere.
    pub fn leave(self, cx: &mut Context) {
        leave(&self.texts, cx);
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
    let with = |symbol: &str| text.strip_prefix(symbol).is_some_and(|rest| rest.starts_with(['と', 'や']));
    let stem = || text.chars().next().map(String::from).filter(|first| label::is_stem(first));
    match symbol {
        "" if stem().is_some_and(|first| with(&first)) => PARTNER / 2,
        symbol if !symbol.is_empty() && with(symbol) => PARTNER,
        _ => 0,
    }
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
    // a box of its own that does not fill the column
    let next = pieces.get(at + 1).map(|piece| match piece {
        Piece::Name(part) | Piece::Words(part) | Piece::Label(Some(part), ..) | Piece::Label(None, _, part, _) => part,
    });
    let alone = part.line.gap && next.is_none_or(|next| next.line.gap) && part.text.chars().count() <= 15;
    part.is_like_name() && (beside || alone) && width(part.text) + 2 < full
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

/// Words that no cell begins with.
pub fn goes_on(text: &str) -> bool {
    ["ただし、", "なお、", "この場合", "また、"].iter().any(|word| text.starts_with(word))
}
