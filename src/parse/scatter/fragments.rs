//! What stands on the pages of a scattered table: headings, labels, and pieces of names and cells.

use crate::lines::{Line, is_blank};
use crate::parse::Context;
use crate::parse::label::Label;
use crate::parse::part::{Part, sure_pieces};
use compact_str::CompactString;

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
    /// Anything else
    Words,
}

/// A piece between blanks.
#[derive(Clone, Debug)]
pub struct Fragment<'l, 's> {
    /// Where it stands.
    pub part: Part<'l, 's>,
    /// What it is.
    pub kind: Kind,
    /// An empty line or a new page stands before it.
    pub gap: bool,
    /// The line goes on with it.
    pub inner: bool,
    /// On which page, from 0.
    pub page: usize,
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
}

/// Cuts the lines of a table; `None` where its labels do not make up columns.
pub fn cut<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Option<Pieces<'l, 's>> {
    let mut pieces = labelled(lines, cx)?;
    pieces.name_labels(cx);
    Some(pieces.told_apart(cx))
}

/// The pieces of the lines, of which only the labels of columns are known.
pub fn labelled<'l, 's>(lines: &'l [Line<'s>], cx: &Context) -> Option<Pieces<'l, 's>> {
    let gaps = lines.iter().filter(|l| l.gap).count();
    let mut several = 0;
    let mut all: Vec<Fragment> = Vec::with_capacity(lines.len());
    let (mut page, mut end) = (0, lines.first()?.start as usize);
    for (at, line) in lines.iter().enumerate() {
        // a running header that was set aside may have stood between
        let turned = cx.source.get(end..line.start as usize).is_some_and(|between| between.contains('\u{c}'));
        page += usize::from(turned && at > 0);
        end = line.start as usize + line.raw().len();
        let cuts = line_ends(line);
        let parts = sure_pieces(line, at);
        several += usize::from(parts.len() > 1);
        for (n, part) in parts.into_iter().enumerate() {
            let opens = n == 0 && (line.gap || turned || at == 0);
            cut_at(part, &cuts, opens, n > 0, page, &mut all);
        }
        page += cuts.last().map_or(0, |end| end.pages);
    }
    let blocks = gaps * 3 < lines.len() && several * 10 < lines.len();
    let gaps_tell = blocks || gaps * 3 >= lines.len();
    let mut pieces = Pieces { all, headings: Vec::new(), columns: Vec::new(), blocks, gaps_tell };
    pieces.labels(cx)?;
    Some(pieces)
}

impl<'l, 's> Pieces<'l, 's> {
    /// Tells apart what is no label.
    pub fn told_apart(mut self, cx: &Context) -> Self {
        self.lone_rests();
        self.find_headings(cx);
        self.titles();
        if self.blocks {
            self.numberless();
            self.names();
        }
        self
    }

    /// Whether most header rows are in pieces. Others stand on one line, or label by label with nothing between.
    pub fn is_scattered(&self) -> bool {
        let heads: Vec<usize> = (0..self.all.len()).filter(|at| self.all[*at].kind == Kind::Label(0)).collect();
        let whole = heads.iter().filter(|at| self.is_whole(**at)).count();
        whole * 2 < heads.len()
    }

    /// Whether the names have a label.
    pub fn has_names(&self) -> bool {
        self.all.iter().any(|f| matches!(f.kind, Kind::Names(_)))
    }

    /// Whether the header row whose first label this is stands in one piece.
    fn is_whole(&self, at: usize) -> bool {
        let Some(row) = self.all.get(at..at + self.columns.len()) else { return false };
        let in_order = row.iter().enumerate().all(|(n, f)| f.kind == Kind::Label(n));
        let one_line = row[1..].iter().all(|f| f.inner);
        let line_by_line = row.iter().all(|f| !f.inner && !f.gap);
        in_order && (one_line || line_by_line)
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
        out.push(Fragment { part: Part::new(whole.line, text, whole.at), kind: Kind::Words, gap, inner, page });
    }
}
