//! A table by its cells, and as rows with pipes.

use super::Drawn;
use crate::lines::markdown::unmarked;
use crate::parse::{head, is_entry};
use crate::span::Span;
use std::ops::Range;

/// A letter and a mark that may not begin a line need no more columns.
const ROOM: usize = 4;

/// A table.
#[derive(Debug)]
pub struct Table {
    pub columns: usize,
    pub rows: Vec<Row>,
    /// Whether rules part its rows, whose cells hold several lines.
    pub wraps: bool,
    /// Whether lines that no rule parts may be several rows.
    pub doubt: bool,
    /// Words that a line may part which is not there.
    pub doubts: Vec<Range<usize>>,
}

/// The cells that begin in a row, from left to right.
#[derive(Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug)]
pub struct Cell {
    /// The columns that it takes.
    pub columns: Range<usize>,
    /// Whether it goes on in the rows below.
    pub is_merged: bool,
    /// Its lines that hold words.
    pub pieces: Vec<Piece>,
}

/// A line of a cell.
#[derive(Debug)]
pub struct Piece {
    /// Where it stands in the source.
    pub place: Range<usize>,
    /// Which line of the table it is.
    pub line: usize,
    /// Whether it reaches the end of the cell: the next line may go on in the same word.
    pub is_full: bool,
    /// How many columns are left behind it.
    pub room: usize,
}

impl Piece {
    fn words<'s>(&self, source: &'s str) -> &'s str {
        source.get(self.place.clone()).unwrap_or("")
    }

    /// Whether the next line surely goes on.
    fn is_open(&self, source: &str) -> bool {
        self.is_full && !self.words(source).ends_with('。')
    }

    /// Whether a line says all that it has to say: `…する。`, or a word
    fn is_finished(&self, source: &str) -> bool {
        self.words(source).ends_with('。') || is_short(self.words(source))
    }
}

impl Cell {
    /// The last line of a text that ends at the wall, and without its mark: what did not fit may be lost.
    fn cut(&self, source: &str) -> Option<&Piece> {
        let is_text = self.pieces.iter().any(|piece| piece.words(source).contains(['。', '、']));
        let is_open =
            |piece: &&Piece| piece.room <= 1 && !piece.words(source).ends_with(['。', '）', ')', '」', '】', '・']);
        self.pieces.last().filter(|piece| is_text && is_open(piece))
    }
}

/// Whether words may be a name or a label.
fn is_short(words: &str) -> bool {
    words.chars().nth(12).is_none() && !words.contains(['。', '、'])
}

/// Takes lines that no rule parts for rows where each says all that a row says.
pub fn split_rows(mut table: Table, source: &str) -> Table {
    let (columns, bands) = (table.columns, table.rows.len());
    let mut rows = Vec::new();
    for (at, row) in table.rows.drain(..).enumerate() {
        // of several bands the first is the header
        let is_header = at == 0 && bands > 1;
        if columns < 2 || is_header || row.lines().len() < 2 || row.cells.len() < columns {
            rows.push(row);
        } else if row.is_line_by_line(source) {
            rows.extend(row.by_lines());
        } else {
            table.wraps |= bands > 2;
            table.doubt |= bands <= 2 && !row.is_one(source);
            rows.push(row);
        }
    }
    Table { rows, ..table }
}

impl Row {
    /// Its lines that hold words.
    fn lines(&self) -> Vec<usize> {
        let mut lines: Vec<usize> = self.cells.iter().flat_map(|cell| &cell.pieces).map(|piece| piece.line).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Whether each line is a row: it has a last cell, and one of the first two, and all of them are finished; or it has all
    /// cells, of which two at least have room for the words that stand on the next line.
    fn is_line_by_line(&self, source: &str) -> bool {
        let lines = self.lines().len();
        let has_all = |cell: Option<&Cell>| cell.is_some_and(|cell| cell.pieces.len() == lines);
        let mut pieces = self.cells.iter().flat_map(|cell| &cell.pieces);
        let mut texts = self.cells.iter().rev().take(1).flat_map(|cell| &cell.pieces);
        let is_parted = |line: usize| {
            let room = |cell: &&Cell| cell.pieces.get(line).is_some_and(|piece| !piece.is_full);
            self.cells.iter().filter(room).nth(1).is_some()
        };
        has_all(self.cells.last())
            && (has_all(self.cells.first()) || has_all(self.cells.get(1)))
            && pieces.all(|piece| piece.is_finished(source))
            && texts.all(|piece| piece.words(source).ends_with('。'))
            || self.cells.iter().all(|cell| has_all(Some(cell))) && (0..lines - 1).all(is_parted)
    }

    /// Whether it is one row: it has one name, and one of whatever is as short, or all that it says goes on from line to line.
    fn is_one(&self, source: &str) -> bool {
        let is_short = |cell: &&Cell| cell.pieces.iter().all(|piece| is_short(piece.words(source)));
        let goes_on = |cell: &Cell| {
            cell.pieces.windows(2).all(|pair| pair[0].is_open(source) && pair[1].line == pair[0].line + 1)
        };
        self.cells.iter().filter(is_short).all(|cell| cell.pieces.len() < 2) || self.cells.iter().all(goes_on)
    }

    /// A line of a cell that may be another row's, since a rule may be lost: of a name, where what stands before it is ended in
    /// all cells; a label below another; a cell below all others.
    fn second(&self, columns: usize, source: &str) -> Option<&Piece> {
        let (name, others) = self.cells.split_first()?;
        let is_ended = |line: usize| {
            let before =
                |cell: &Cell| cell.pieces.iter().rev().find(|piece| piece.line < line).map(|p| p.is_finished(source));
            others.len() > 1 && others.iter().all(|cell| before(cell) != Some(false))
        };
        let goes_on = |pair: &[Piece]| pair[0].room <= ROOM && pair[1].line == pair[0].line + 1;
        let is_name = |pair: &&[Piece]| !goes_on(pair) && is_ended(pair[1].line);
        let is_label = |pair: &&[Piece]| pair.iter().all(|piece| piece.words(source).ends_with(['割', '容']));
        let labels = || self.cells.iter().flat_map(|cell| cell.pieces.windows(2)).find(is_label);
        let found = name.pieces.windows(2).find(is_name).or_else(labels).map(|pair| &pair[1]);
        found.or_else(|| self.below(columns))
    }

    /// A cell that begins below the ends of all before it: cells of one row stand beside each other.
    fn below(&self, columns: usize) -> Option<&Piece> {
        let ends = |cell: &Cell| Some((cell.pieces.first()?.line, cell.pieces.last()?.line));
        let mut cells: Vec<(usize, usize, &Cell)> = self
            .cells
            .iter()
            .filter(|cell| !cell.is_merged)
            .filter_map(|cell| ends(cell).map(|(first, last)| (first, last, cell)))
            .collect();
        cells.sort_by_key(|(first, ..)| *first);
        let mut end = cells.first()?.1;
        let below = cells.iter().find(|(first, last, _)| {
            let is_below = *first > end;
            end = end.max(*last);
            is_below
        });
        below.filter(|_| self.cells.len() == columns)?.2.pieces.first()
    }

    /// Each line as a row.
    fn by_lines(self) -> Vec<Row> {
        let lines = self.lines();
        let mut rows: Vec<Row> = Vec::new();
        rows.resize_with(lines.len(), Row::default);
        for cell in self.cells {
            for piece in cell.pieces {
                if let Some(row) = lines.binary_search(&piece.line).ok().and_then(|at| rows.get_mut(at)) {
                    row.cells.push(Cell { columns: cell.columns.clone(), is_merged: false, pieces: vec![piece] });
                }
            }
        }
        rows
    }
}

/// Writes a table as rows with pipes; a cell over all columns is a line of its own, and so is each line of a table of one column.
pub fn write(table: &Table, source: &str, out: &mut Drawn) {
    out.doubtful.extend(table.doubts.iter().map(|place| Span::new(place.start, place.end)));
    for row in &table.rows {
        let cut = row.cells.iter().filter_map(|cell| cell.cut(source)).map(|piece| piece.place.clone());
        out.cut.extend(cut.map(|place| Span::new(place.start, place.end)));
        let second = row.second(table.columns, source).map(|piece| Span::new(piece.place.start, piece.place.end));
        out.doubtful.extend(second);
        match &row.cells[..] {
            [] => {}
            [only] if table.columns == 1 => {
                for piece in &only.pieces {
                    out.copy(source, piece.place.clone());
                    out.mark("\n");
                }
            }
            [only] if only.columns == (0..table.columns) => {
                for entry in entries(&only.pieces, source) {
                    paragraph(entry, source, out);
                    out.mark("\n");
                }
            }
            cells => {
                let entries: Vec<Vec<&[Piece]>> = cells.iter().map(|cell| entries(&cell.pieces, source)).collect();
                let first = |at: usize| entries[at].first().copied().unwrap_or_default();
                line(
                    table.columns,
                    cells.iter().enumerate().map(|(at, cell)| (cell.columns.start, first(at))),
                    source,
                    out,
                );
                for (cell, entries) in cells.iter().zip(&entries) {
                    for entry in entries.iter().skip(1) {
                        line(table.columns, std::iter::once((cell.columns.start, *entry)), source, out);
                    }
                }
            }
        }
    }
}

/// `| 夜間診療 | 文。 | |`
fn line<'p>(columns: usize, cells: impl Iterator<Item = (usize, &'p [Piece])>, source: &str, out: &mut Drawn) {
    let mut at = 0;
    for (column, pieces) in cells.filter(|(_, pieces)| !pieces.is_empty()) {
        (at..=column).for_each(|_| out.mark("| "));
        paragraph(pieces, source, out);
        out.mark(" ");
        at = column + 1;
    }
    if at > 0 {
        (at..=columns).for_each(|_| out.mark("| "));
        out.mark("\n");
    }
}

/// The lines of a cell as one.
fn paragraph(pieces: &[Piece], source: &str, out: &mut Drawn) {
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            let is_latin = |c: char| c.is_ascii_alphabetic();
            let is_number = || head::item(pieces[at - 1].words(source)).is_some_and(|head| head.rest.is_empty());
            if out.text.ends_with(is_latin) && piece.words(source).starts_with(is_latin) || is_number() {
                out.mark(" ");
            }
            out.joints.push(Span::new(piece.place.start, piece.place.start));
        }
        out.copy(source, piece.place.clone());
    }
}

/// The lines of a cell by the entries of a list that they begin: `(1) …⏎(2) …`
fn entries<'p>(pieces: &'p [Piece], source: &str) -> Vec<&'p [Piece]> {
    let is_ended = |piece: &Piece| !piece.is_full || piece.words(source).ends_with('。');
    let begins = |pair: &[Piece]| is_ended(&pair[0]) && is_entry(&unmarked(pair[1].words(source)).0);
    let mut out = Vec::new();
    let mut rest = pieces;
    while !rest.is_empty() {
        let end = rest.windows(2).position(begins).map_or(rest.len(), |at| at + 1);
        let (entry, after) = rest.split_at(end);
        out.push(entry);
        rest = after;
    }
    out
}
