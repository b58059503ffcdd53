//! Tables drawn as frames: `┌─┬─┐`, `│…│…│`, `├─┼─┤`; `+---+---+`, `|…|…|`, `+===+===+`.

use super::letters::{Letters, RULERS, Ruler, goes_down, goes_up, is_level, is_upright};
use super::table::{Cell, Piece, Row, Table, split_rows};
use super::{Found, Held, is_blank, trim, unbroken};
use std::ops::Range;

/// What a frame is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Box drawing.
    Box,
    /// `+`, `-`, `=` and `|`.
    Plain,
}

impl Style {
    /// `│`, `┼`, `┌`, `|`, `+`
    fn is_wall(self, c: char) -> bool {
        match self {
            Style::Box => is_upright(c),
            Style::Plain => matches!(c, '|' | '+'),
        }
    }

    /// `─`, `=`, and `:` as in `+:---:+`
    fn is_rule(self, c: char) -> bool {
        match self {
            Style::Box => is_level(c),
            Style::Plain => matches!(c, '-' | '=' | ':'),
        }
    }

    /// Where rules meet walls: `┼`, and `+` beside a dash.
    fn joints(self, line: &str) -> impl Iterator<Item = usize> {
        let is_joint = move |at: usize, c: char| match self {
            Style::Box => self.is_wall(c) && !self.stands(c),
            Style::Plain => {
                c == '+'
                    && (line[..at].ends_with(|c| self.is_rule(c)) || line[at + 1..].starts_with(|c| self.is_rule(c)))
            }
        };
        line.char_indices().filter(move |(at, c)| is_joint(*at, *c)).map(|(at, _)| at)
    }

    /// What parts cells beside each other, and meets no rule: `│`
    fn stands(self, c: char) -> bool {
        match self {
            Style::Box => matches!(c, '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏'),
            Style::Plain => c == '|',
        }
    }
}

/// A rule that a line end cut is not shorter.
const CUT: usize = 10;

/// The frame that begins at a line.
pub fn find(source: &str, lines: &[Range<usize>], at: usize) -> Option<Found> {
    let line = |at: usize| lines.get(at).map_or("", |line| words(&source[line.clone()]));
    let style = match line(at).as_bytes() {
        [0xE2, 0x94 | 0x95, ..] => Style::Box,
        [b'+', b'-' | b'=' | b':' | b'+', ..] => Style::Plain,
        _ => return None,
    };
    if !line(at).starts_with(|c| style.is_wall(c)) {
        return None;
    }
    let goes_on = |row: &usize| line(*row).starts_with(|c| style.is_wall(c));
    let mut end = (at..lines.len()).find(|row| !goes_on(row)).unwrap_or(lines.len());
    if let Some(last) = (at + 1..end).find(|row| is_last(line(*row), line(row + 1), style)) {
        end = last + 1;
    }
    // a rule that a line end cut
    let is_cut = !is_rule_line(line(at), style) && line(at).chars().all(|c| style.is_rule(c) || style.is_wall(c));
    // words behind `├` draw no frame, nor does a rule alone
    let is_frame = || (at..end).filter(|row| is_rule_line(line(*row), style)).nth(1).is_some();
    if is_cut || !is_frame() {
        let is_begun = is_cut && line(at).chars().nth(CUT).is_some() || is_rule_line(line(at), style) && end > at + 1;
        return Some(Found { lines: at..end, held: if is_begun { Held::Broken } else { Held::Nothing } });
    }
    let rows: Vec<&str> = (at..end).map(line).collect();
    let table = RULERS.iter().find_map(|ruler| read(source, &rows, style, *ruler));
    Some(Found { lines: at..end, held: table.map_or(Held::Broken, Held::Table) })
}

/// A line without the blanks around it, and without the end of a page.
fn words(line: &str) -> &str {
    trim(line.trim_matches(|c: char| c.is_control() || is_blank(c)))
}

/// Whether the frame ends with a line: its lower corner, or a rule above that of another frame.
fn is_last(line: &str, next: &str, style: Style) -> bool {
    match style {
        Style::Box => line.starts_with(['└', '┕', '┖', '┗', '╘', '╙', '╚', '╰']),
        Style::Plain => is_rule_line(line, style) && is_rule_line(next, style),
    }
}

/// `├───┼───┤`: nothing but rules and walls
fn is_rule_line(line: &str, style: Style) -> bool {
    line.contains(|c| style.is_rule(c))
        && line.starts_with(|c| style.is_wall(c))
        && line.ends_with(|c| style.is_wall(c))
        && line.chars().all(|c| style.is_rule(c) || style.is_wall(c))
}

/// A frame that is measured: where its walls stand, and its bands of lines between rules.
struct Frame<'s> {
    lines: Vec<Letters<'s>>,
    style: Style,
    /// The columns of the walls.
    walls: Vec<usize>,
    /// The lines that hold a rule, wholly or in part.
    rules: Vec<usize>,
}

/// The table that a frame holds; `None` where its lines do not meet.
fn read(source: &str, rows: &[&str], style: Style, ruler: Ruler) -> Option<Table> {
    let frame = Frame::of(rows, style, ruler)?;
    let cells = frame.cells()?;
    let offset = |line: &Letters| line.line.as_ptr() as usize - source.as_ptr() as usize;
    let mut starts: Vec<usize> = cells.iter().map(|cell| cell.walls.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let column = |wall: usize| starts.partition_point(|start| *start < wall);
    let mut bands: Vec<Row> = Vec::new();
    bands.resize_with(frame.rules.len() - 1, Row::default);
    let mut doubts = Vec::new();
    for cell in &cells {
        let is_merged = cell.bands.len() > 1;
        let mut out = Cell { columns: column(cell.walls.start)..column(cell.walls.end), is_merged, pieces: Vec::new() };
        let (left, right) = (frame.walls[cell.walls.start], frame.walls[cell.walls.end]);
        for (at, line) in frame.lines_of(&cell.bands) {
            let between = line.between(left, right)?;
            // a wall that no rule meets, a rule that meets no wall; a pipe among words would part the cells of the row
            let is_torn = style == Style::Box && between.contains(is_upright) || has_rule(between, style);
            if is_torn || starts.len() > 1 && between.contains('|') {
                return None;
            }
            let inner = unbroken(words(between));
            if inner.is_empty() {
                continue;
            }
            let start = offset(line) + (inner.as_ptr() as usize - line.line.as_ptr() as usize);
            let room = between.len() - (inner.as_ptr() as usize - between.as_ptr() as usize) - inner.len();
            // what is left at its end holds no more than a word that may not be cut
            let is_full = room <= 7.min((right - left) / 2);
            // who did not count columns filled none
            let room = if ruler == Ruler::Marks { room.max(2) } else { room };
            let place = start..start + inner.len();
            out.pieces.push(Piece { place, line: at, is_full, room });
        }
        if frame.lacks_wall(cell) {
            doubts.extend(out.pieces.first().map(|piece| piece.place.clone()));
        }
        bands.get_mut(cell.bands.start)?.cells.push(out);
    }
    let is_merged = cells.iter().any(|cell| cell.bands.len() > 1);
    let table = Table { columns: starts.len(), rows: bands, wraps: is_merged, doubt: false, doubts };
    Some(if is_merged { table } else { split_rows(table, source) })
}

/// `文。────`: part of a rule; two are a dash among words
fn has_rule(words: &str, style: Style) -> bool {
    let mut run = 0;
    words.chars().any(|c| {
        run = if style.is_rule(c) && c != ':' { run + 1 } else { 0 };
        run > 2
    })
}

/// A cell: between which walls, and over which bands.
struct Place {
    walls: Range<usize>,
    bands: Range<usize>,
}

impl<'s> Frame<'s> {
    fn of(rows: &[&'s str], style: Style, ruler: Ruler) -> Option<Self> {
        let letters = |line: &&'s str| Letters::of(line, ruler, |c| style.is_wall(c));
        let lines: Vec<Letters> = rows.iter().map(letters).collect::<Option<_>>()?;
        let mut walls = Vec::new();
        for line in &lines {
            let joints = style.joints(line.line);
            let mut columns = (0..line.width()).filter_map(|column| Some((column, line.offset(column)?)));
            walls.extend(joints.filter_map(|at| columns.find(|(_, offset)| *offset == at).map(|(column, _)| column)));
        }
        walls.sort_unstable();
        walls.dedup();
        let (left, right) = (*walls.first()?, *walls.last()?);
        let mut frame = Frame { lines, style, walls, rules: Vec::new() };
        // every line begins and ends with the outer walls
        let is_held = |line: &Letters| {
            let last = line.offset(right).map(|at| &line.line[at..]);
            let is_wall = |c: Option<char>| c.is_some_and(|c| style.is_wall(c));
            left == 0
                && is_wall(line.letter(0))
                && last.is_some_and(|last| is_wall(last.chars().next()) && last.chars().nth(1).is_none())
        };
        if left == right || !frame.lines.iter().all(is_held) {
            return None;
        }
        let gaps = 0..frame.walls.len() - 1;
        let holds_rule = |line: &usize| gaps.clone().any(|gap| frame.is_ruled(*line, gap));
        frame.rules = (0..frame.lines.len()).filter(holds_rule).collect();
        let is_whole = |line: usize| gaps.clone().all(|gap| frame.is_ruled(line, gap));
        let (first, last) = (*frame.rules.first()?, *frame.rules.last()?);
        let is_closed = first == 0 && last + 1 == frame.lines.len() && is_whole(first) && is_whole(last);
        // a piece of a frame begins or ends with `├`
        let is_closed = is_closed && !rows[first].starts_with(goes_up) && !rows[last].starts_with(goes_down);
        (is_closed && frame.rules.windows(2).all(|pair| pair[1] > pair[0] + 1)).then_some(frame)
    }

    /// Whether a rule goes all the way from one wall to the next.
    fn is_ruled(&self, line: usize, gap: usize) -> bool {
        let between = self.lines[line].between(self.walls[gap], self.walls[gap + 1]);
        between.is_some_and(|inner| {
            let is_drawn = |c: char| self.style == Style::Box || c != ':';
            inner.contains(is_drawn) && inner.chars().all(|c| self.style.is_rule(c))
        })
    }

    fn is_wall(&self, line: usize, wall: usize) -> bool {
        self.lines[line].letter(self.walls[wall]).is_some_and(|c| self.style.is_wall(c))
    }

    /// Whether a wall parts the cells of a band; `None` where it stands on some of its lines alone.
    fn parts(&self, band: usize, wall: usize) -> Option<bool> {
        let lines = self.rules[band] + 1..self.rules[band + 1];
        let is_standing =
            |line: &usize| self.lines[*line].letter(self.walls[wall]).is_some_and(|c| self.style.stands(c));
        let standing = lines.clone().filter(is_standing).count();
        match standing {
            0 => Some(false),
            count => (count == lines.len()).then_some(true),
        }
    }

    /// The lines between the rules above and below some bands.
    fn lines_of(&self, bands: &Range<usize>) -> impl Iterator<Item = (usize, &Letters<'s>)> {
        let (from, end) = (self.rules[bands.start] + 1, self.rules[bands.end]);
        self.lines.iter().enumerate().take(end).skip(from)
    }

    /// The cells, in the order of the bands in which they begin; `None` where one is no rectangle.
    fn cells(&self) -> Option<Vec<Place>> {
        let (bands, gaps) = (self.rules.len() - 1, self.walls.len() - 1);
        // up to which band each gap is taken
        let mut taken = vec![0; gaps];
        let mut out = Vec::new();
        for band in 0..bands {
            let mut gap = 0;
            while gap < gaps {
                if taken[gap] > band {
                    gap += 1;
                    continue;
                }
                let mut right = gap + 1;
                while right < gaps && !self.parts(band, right)? {
                    right += 1;
                }
                let is_open = |rule: usize| !(gap..right).all(|gap| self.is_ruled(self.rules[rule], gap));
                let bottom = (band + 1..bands).find(|rule| !is_open(*rule)).unwrap_or(bands);
                let place = Place { walls: gap..right, bands: band..bottom };
                if !self.is_rectangle(&place) || taken[gap..right].iter().any(|taken| *taken > band) {
                    return None;
                }
                taken[gap..right].fill(bottom);
                out.push(place);
                gap = right;
            }
        }
        Some(out)
    }

    /// Whether the rules above and below a cell say that walls part it: `├──┼──┤` below `│  医療  │`
    fn lacks_wall(&self, place: &Place) -> bool {
        let letter = |rule: usize, wall: usize| self.lines[self.rules[rule]].letter(self.walls[wall]);
        let is_said = |wall: usize| {
            letter(place.bands.start, wall).is_some_and(goes_down) || letter(place.bands.end, wall).is_some_and(goes_up)
        };
        (place.walls.start + 1..place.walls.end).any(is_said)
    }

    /// Whether no rule and no wall goes through a cell, and walls stand at both sides of it.
    fn is_rectangle(&self, place: &Place) -> bool {
        let inner = place.bands.start + 1..place.bands.end;
        let has_rule = |rule: usize| place.walls.clone().any(|gap| self.is_ruled(self.rules[rule], gap));
        let has_wall =
            |band| (place.walls.start + 1..place.walls.end).any(|wall| self.parts(band, wall) != Some(false));
        let (from, end) = (self.rules[place.bands.start], self.rules[place.bands.end]);
        let is_held = |line| self.is_wall(line, place.walls.start) && self.is_wall(line, place.walls.end);
        !inner.clone().any(has_rule) && !place.bands.clone().any(has_wall) && (from + 1..end).all(is_held)
    }
}
