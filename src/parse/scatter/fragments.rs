//! What stands on the pages of a scattered table: headings, labels, and pieces of names and cells.

use super::labels::{self, column_label};
use crate::lines::{Line, Marks, is_blank};
use crate::parse::Context;
use crate::parse::cells::lists;
use crate::parse::label::{self, Label, Written};
use crate::parse::part::{Measure, Part, gaps, joined, sure_pieces, sure_words};
use crate::parse::vocabulary::may_begin;
use compact_str::CompactString;
use smallvec::SmallVec;
use std::cell::LazyCell;

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `1 医療`, `1`: which heading it is
    Heading(usize),
    /// `項目`: heads the names under the header row with this number, in the order of the text
    Names(usize),
    /// The rest of a label that was said to stand before
    Rest,
    /// `取組内容`: heads the cells of a column
    Label(usize),
    /// `医療`: the words of a heading whose number stands elsewhere
    Title(usize),
    /// A piece of a name, surely
    Name,
    /// The rest of the name before, among the lines of a cell
    NameRest,
    /// Anything else
    Words,
}

/// A piece between blanks.
#[derive(Clone, Debug)]
pub struct Fragment<'l, 's> {
    /// Where it stands.
    pub part: Part<'l, 's>,
    /// How wide it is.
    pub size: Measure,
    /// What it is.
    pub kind: Kind,
    /// An empty line or a new page stands before it.
    pub gap: bool,
    /// The line goes on with it.
    pub inner: bool,
    /// On which page, from 0.
    pub page: usize,
}

impl<'l, 's> Fragment<'l, 's> {
    /// Words, so far.
    fn of(part: Part<'l, 's>, (gap, inner, page): (bool, bool, usize)) -> Self {
        Fragment { part, size: Measure::of(part.text), kind: Kind::Words, gap, inner, page }
    }
}

/// A heading: its number and its words.
#[derive(Clone, Debug)]
pub struct Heading<'l, 's> {
    /// In figures.
    pub number: CompactString,
    /// As written; not there where it was taken for the number of a page.
    pub label: Option<Part<'l, 's>>,
    /// Its words, where they were found.
    pub title: Option<Part<'l, 's>>,
    /// On which page.
    pub page: usize,
}

/// A table in pieces.
#[derive(Debug)]
pub struct Pieces<'l, 's> {
    /// In the order of the text.
    pub all: Vec<Fragment<'l, 's>>,
    /// In the order of the text.
    pub headings: Vec<Heading<'l, 's>>,
    /// The labels of the columns, from left to right.
    pub columns: Vec<Label>,
    /// Cells stand block by block, with empty lines between them; else line by line, as the eye goes.
    pub blocks: bool,
    /// Lines without an empty line between them belong to one cell or column.
    pub gaps_tell: bool,
    /// Beside the names, block by block, stand 分野.
    pub fielded: bool,
    /// Whose roles stand below each other under one label, block by block: `甲⏎乙` beside them.
    pub parties: Vec<Label>,
}

/// Cuts the lines of a table; `None` where its labels do not make up columns.
pub fn cut<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Option<Pieces<'l, 's>> {
    Some(labelled(lines, cx)?.told_apart(cx))
}

/// The same of a table whose names have a label, from the first line on that holds a heading or a label; gives that line.
pub fn cut_rows<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Option<(usize, Pieces<'l, 's>)> {
    let pieces = labelled(lines, cx).filter(Pieces::has_names)?;
    // only headings stand above the first label
    let label = pieces.all.iter().position(|piece| piece.kind != Kind::Words)?;
    let above = pieces.all.iter().take(label + 2).cloned().collect();
    let above =
        Pieces { all: above, headings: Vec::new(), columns: Vec::new(), parties: Vec::new(), ..pieces }.told_apart(cx);
    let is_first = |piece: &&Fragment| !matches!(piece.kind, Kind::Words | Kind::Name);
    let line = above.all.iter().find(is_first).map(|piece| piece.part.at)?;
    Some((line, pieces.since(lines, line).told_apart(cx)))
}

/// The pieces of the lines, of which only the labels are known.
fn labelled<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Option<Pieces<'l, 's>> {
    let mut all: Vec<Fragment> = Vec::with_capacity(lines.len() + lines.len() / 2);
    let mut page = 0;
    let is_list = ["ア", "イ"].iter().all(|letter| lines.iter().any(|line| begins_entry(line, letter)));
    for (at, line) in lines.iter().enumerate() {
        let turned = is_turned(lines, at, cx);
        page += usize::from(turned);
        page += cut_line(line, at, (turned, page), is_list, &mut all);
    }
    let mut pieces = Pieces {
        all,
        headings: Vec::new(),
        columns: Vec::new(),
        blocks: false,
        gaps_tell: false,
        fielded: false,
        parties: Vec::new(),
    };
    let whole = pieces.labels(cx)?;
    pieces.name_labels(&whole, cx);
    Some(pieces.since(lines, 0))
}

/// Whether most header rows are in pieces: others stand on one line, or label by label with
/// nothing between.
pub fn is_scattered(lines: &[Line], cx: &Context) -> bool {
    // each label with its place among the pieces
    let mut found: Vec<(Label, Place)> = Vec::new();
    // those that head names
    let mut names: Vec<usize> = Vec::new();
    let is_of_names =
        |text: &str| matches!(label::label(text, &cx.parties, cx.words), Some(Label::Name | Label::Field));
    let mut pieces: Vec<Fragment> = Vec::new();
    let mut count = 0;
    for (at, line) in lines.iter().enumerate() {
        if !line.is_joined() && !may_hold(line, cx) {
            let may_be = line.text.len() <= 8 * 3 && line.text.starts_with(may_begin);
            names.extend((may_be && is_of_names(&line.text)).then_some(count));
            count += usize::from(line.text.contains(|c| !is_blank(c)));
            continue;
        }
        if !line.is_joined() {
            for (n, word) in sure_words(&line.text).filter(|word| !word.is_empty()).enumerate() {
                let gap = || n == 0 && (line.gap || at == 0 || is_turned(lines, at, cx));
                let label = column_label(word, cx);
                names.extend((label.is_none() && is_of_names(word)).then_some(count));
                found.extend(label.map(|label| (label, Place { at: count, gap: gap(), inner: n > 0 })));
                count += 1;
            }
            continue;
        }
        pieces.clear();
        cut_line(line, at, (is_turned(lines, at, cx), 0), false, &mut pieces);
        for (at, piece) in (count..).zip(&pieces) {
            let label = column_label(piece.part.text, cx);
            found.extend(label.map(|label| (label, Place { at, gap: piece.gap, inner: piece.inner })));
        }
        count += pieces.len();
    }
    let Some(columns) = labels::columns(found.iter().map(|(label, _)| label), cx) else { return false };
    // `取組⏎夜間診療⏎取組内容⏎甲の役割`: names stand between their label and the others
    let is_apart = |at: usize| {
        let (own, above) = (found[at].1.at, at.checked_sub(1).map_or(0, |above| found[above].1.at));
        names[..names.partition_point(|name| *name < own)].last().is_some_and(|name| *name >= above && name + 1 < own)
    };
    let is_whole = |at: usize| {
        let Some(row) = found.get(at..at + columns.len()) else { return false };
        let follow = row.windows(2).all(|pair| pair[1].1.at == pair[0].1.at + 1);
        follow
            && !is_apart(at)
            && row.iter().map(|(label, _)| label).eq(&columns)
            && Place::is_whole(row.iter().map(|(_, place)| *place))
    };
    let heads: Vec<usize> = (0..found.len()).filter(|at| found[*at].0 == columns[0]).collect();
    heads.iter().filter(|at| is_whole(**at)).count() * 2 < heads.len()
}

/// Whether a piece of a line may be a label: a cheap test for the words of cells.
fn may_hold(line: &Line, cx: &Context) -> bool {
    let text: &str = &line.text;
    label::may_be(text.trim_end_matches(is_blank), cx.words)
        || line.marks.hold(Marks::BLANK) && gaps(text).any(|(at, _)| label::may_be(&text[..at], cx.words))
}

/// How a piece of a header row stands behind the one before.
#[derive(Clone, Copy)]
struct Place {
    /// Which piece it is.
    at: usize,
    gap: bool,
    inner: bool,
}

impl Place {
    /// Whether a header row stands in one piece: on one line, or label by label with nothing between.
    fn is_whole(mut row: impl Iterator<Item = Place> + Clone) -> bool {
        row.clone().skip(1).all(|place| place.inner) || row.all(|place| !place.inner && !place.gap)
    }
}

/// Whether a page ended before a line.
fn is_turned(lines: &[Line], at: usize, cx: &Context) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &lines[before]) else { return false };
    let (end, start) = (before.whole().end as usize, lines[at].start as usize);
    // a running header that was set aside may have stood between
    cx.source.get(end..start).is_some_and(|between| between != "\n" && between.contains('\u{c}'))
}

/// `ア 周知を行う。`: whether the entry with that letter begins a line
fn begins_entry(line: &Line, letter: &str) -> bool {
    line.text.strip_prefix(letter).is_some_and(|rest| rest.starts_with(is_blank))
}

/// Cuts a line at blanks, and where lines ended that it was joined from; gives how many pages ended within.
fn cut_line<'l, 's>(
    line: &'l Line<'s>,
    at: usize,
    (turned, page): (bool, usize),
    is_list: bool,
    all: &mut Vec<Fragment<'l, 's>>,
) -> usize {
    let opens = line.gap || turned || at == 0;
    if !line.marks.hold(Marks::BLANK) && !line.is_joined() {
        let part = Part { line, text: &line.text, at, column: line.indent as usize };
        all.push(Fragment::of(part, (opens, false, page)));
        return 0;
    }
    let cuts = line_ends(line);
    let mut parts = sure_pieces(line, at);
    if is_list {
        join_marks(&mut parts);
    }
    for (n, part) in parts.into_iter().enumerate() {
        cut_at(part, &cuts, n == 0 && opens, n > 0, page, all);
    }
    cuts.last().map_or(0, |end| end.pages)
}

/// `ア 会場を貸す。`: the blank behind the mark of an entry parts no cells.
fn join_marks(parts: &mut SmallVec<[Part; 2]>) {
    for at in (1..parts.len()).rev() {
        let mark = parts[at - 1];
        if lists::mark(mark.text).is_some() && parts[at].column <= mark.column + mark.text.chars().count() + 2 {
            parts[at - 1] = joined(&mark, &parts[at]);
            parts.remove(at);
        }
    }
}

impl<'l, 's> Pieces<'l, 's> {
    /// Tells apart what is no label.
    pub fn told_apart(mut self, cx: &Context) -> Self {
        self.lone_rests();
        if self.blocks {
            self.field_labels(cx);
            self.party_marks(cx);
        }
        if !self.fielded {
            self.find_headings(cx);
            self.titles();
        }
        if self.blocks {
            if !self.fielded {
                self.numberless();
            }
            self.names_within();
            self.names();
        }
        self
    }

    /// The same from one of the lines on, with what the gaps tell there.
    fn since(mut self, lines: &[Line], line: usize) -> Self {
        let first = self.all.partition_point(|piece| piece.part.at < line);
        self.all.drain(..first);
        self.all.first_mut().into_iter().for_each(|piece| piece.gap = true);
        let (count, gaps) = (lines.len() - line, lines[line..].iter().filter(|l| l.gap).count());
        // beside a name stands its cell, wherever the others were written
        let full = LazyCell::new(|| self.all.iter().map(|piece| piece.size.width).max().unwrap_or(0));
        let is_name = |piece: &Fragment| piece.size.like_name && piece.size.width + 6 <= *full;
        let inner = || self.all.iter().zip(self.all.iter().skip(1)).filter(|(_, piece)| piece.inner);
        let several = on_lines(inner().map(|(_, piece)| piece.part.at));
        let cells = on_lines(inner().filter(|(before, _)| !is_name(before)).map(|(_, piece)| piece.part.at));
        // an empty line stands behind nearly every piece that was written by the eye; among blocks, cells of some share lines
        let blocks = gaps * 3 < count * 2 && (cells * 10 < count || several * 3 < count);
        self.blocks = blocks;
        self.gaps_tell = blocks || gaps * 3 >= count;
        self
    }

    /// How many cells a column has in a row, one below the other.
    pub fn held(&self, column: usize) -> usize {
        match self.columns.get(column) {
            Some(Label::Container) => self.parties.len().max(1),
            _ => 1,
        }
    }

    /// What heads the cells of a row.
    pub fn cells(&self) -> impl Iterator<Item = &Label> {
        let own = |column: &'_ Label| *column == Label::Container && !self.parties.is_empty();
        self.columns.iter().flat_map(move |column| match own(column) {
            true => self.parties.iter(),
            false => std::slice::from_ref(column).iter(),
        })
    }

    /// Whether the names have a label.
    pub fn has_names(&self) -> bool {
        self.all.iter().any(|f| matches!(f.kind, Kind::Names(_)))
    }
}

/// Where one of the lines ended that a line was joined from.
struct End {
    /// Where the next one begins.
    at: usize,
    /// An empty line stood there.
    gap: bool,
    /// How many pages ended before.
    pages: usize,
}

/// On how many lines pieces stand.
fn on_lines(pieces: impl Iterator<Item = usize>) -> usize {
    let mut last = None;
    pieces.filter(|at| last.replace(*at) != Some(*at)).count()
}

/// Where a line that was joined from several had its ends.
fn line_ends(line: &Line) -> Vec<End> {
    if !line.is_joined() {
        return Vec::new();
    }
    let letters = |text: &str| text.chars().filter(|c| !is_blank(*c) && !c.is_whitespace()).count();
    let mut starts = line.text.char_indices().filter(|(_, c)| !is_blank(*c)).map(|(at, _)| at);
    let mut out = Vec::new();
    let (mut gap, mut pages) = (false, 0);
    for physical in line.raw().lines() {
        let turns = physical.matches('\u{c}').count();
        pages += turns;
        gap |= turns > 0;
        let count = letters(physical);
        if count == 0 {
            gap = true;
            continue;
        }
        if let Some(at) = starts.next().filter(|at| *at > 0) {
            out.push(End { at, gap, pages });
        }
        gap = false;
        starts.by_ref().take(count - 1).for_each(drop);
    }
    out
}

/// Cuts a piece where lines ended.
fn cut_at<'l, 's>(
    part: Part<'l, 's>,
    ends: &[End],
    gap: bool,
    inner: bool,
    page: usize,
    out: &mut Vec<Fragment<'l, 's>>,
) {
    let line: &'l str = &part.line.text;
    let start = part.text.as_ptr() as usize - line.as_ptr() as usize;
    let stop = start + part.text.len();
    // the label of a role that its column wrapped is one piece
    let is_label = !ends.is_empty() && label::written(part.text) == Some(Written::Whole);
    let ends = if is_label { &[] } else { ends };
    let before = ends.iter().rev().find(|e| e.at < start).map_or(0, |e| e.pages);
    let (mut from, mut gap, mut inner, mut pages) = (start, gap, inner, before);
    for end in ends.iter().filter(|e| e.at >= start && e.at < stop) {
        push(part, line.get(from..end.at), (gap, inner, page + pages), out);
        (from, gap, inner, pages) = (end.at, end.gap, false, end.pages);
    }
    push(part, line.get(from..stop), (gap, inner, page + pages), out);
}

fn push<'l, 's>(
    whole: Part<'l, 's>,
    text: Option<&'l str>,
    (gap, inner, page): (bool, bool, usize),
    out: &mut Vec<Fragment<'l, 's>>,
) {
    if let Some(text) = text.map(|t| t.trim_matches(is_blank)).filter(|t| !t.is_empty()) {
        out.push(Fragment::of(Part::new(whole.line, text, whole.at), (gap, inner, page)));
    }
}
