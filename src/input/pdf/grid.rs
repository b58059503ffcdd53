//! Tables from ruling lines: connected lines make a grid, and grid cells without a line between them make one cell.

use super::geometry::{Glyph, Rect, Ruling, Sheet};
use super::lines::{Line, Lines};

/// Lines that end this near to another one touch it.
const TOUCH: f64 = 2.5;
/// Lines this near to each other are one line of the grid (double lines).
const SNAP: f64 = 4.;
/// Boxes of their own this near to each other are cells of one table.
const APART: f64 = 6.;
/// More lines than this on a page are a drawing.
const MOST_LINES: usize = 20_000;
/// A grid with more cells than this is graph paper.
const MOST_CELLS: usize = 20_000;

/// More tables than this on a page are a form or a drawing.
const MOST_TABLES: usize = 200;

/// A cell of a table; `row` and `column` are those of its first corner, `rows` and `columns` what it covers.
#[derive(Clone, Debug)]
pub struct Cell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub lines: Vec<Line>,
}

/// A table on one page.
#[derive(Clone, Debug)]
pub struct Table {
    pub rect: Rect,
    /// Left edges of the columns, and the right edge of the last one.
    pub edges: Vec<f64>,
    pub rows: usize,
    /// In reading order.
    pub cells: Vec<Cell>,
    /// No line closes it above: it goes on from the page before.
    pub open_above: bool,
    /// Found by ruling lines.
    pub ruled: bool,
    /// Only one cell holds text: the rest of a table from the page before, or no table at all.
    pub fragment: bool,
    /// The column of names, where a header row without ruling lines tells it.
    pub name: Option<usize>,
}

/// The tables of a page, in order from the top; their glyphs leave the sheet. `None` if the page has too many lines.
pub fn tables(sheet: &mut Sheet, reader: &mut Lines) -> Option<Vec<Table>> {
    if sheet.horizontal.len() + sheet.vertical.len() > MOST_LINES {
        return None;
    }
    let mut frames = Vec::new();
    let mut grids = Vec::new();
    for (horizontal, vertical) in components(&sheet.horizontal, &sheet.vertical) {
        match Grid::new(&horizontal, &vertical) {
            Some(grid) if grid.columns() > 1 => grids.push(grid),
            Some(grid) if grid.rows() == 1 => frames.push(grid.bounds()),
            _ => {}
        }
    }
    grids.extend(separate_boxes(frames));
    if grids.len() > MOST_TABLES {
        return None;
    }
    // The smallest first, so that a table around others takes only what they leave.
    grids.sort_by(|a, b| area(a.bounds()).total_cmp(&area(b.bounds())));
    let mut held: Vec<Vec<(usize, Glyph)>> = grids.iter().map(|_| Vec::new()).collect();
    for glyph in std::mem::take(&mut sheet.glyphs) {
        let place = grids
            .iter()
            .zip(&mut held)
            .find_map(|(grid, held)| Some((grid.owner_at(glyph.x, glyph.y).or_else(|| grid.overhung(&glyph))?, held)));
        match place {
            Some((owner, held)) => held.push((owner, glyph)),
            None => sheet.glyphs.push(glyph),
        }
    }
    let mut tables: Vec<Table> = grids.iter().zip(held).filter_map(|(g, held)| fill(g, held, sheet, reader)).collect();
    tables.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0));
    Some(tables)
}

fn area(r: Rect) -> f64 {
    r.width() * r.height()
}

/// Disjoint sets of numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    /// The smaller root stays.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// The members of each set, sets in the order of their first member.
    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups = vec![Vec::new(); self.0.len()];
        for i in 0..self.0.len() {
            let root = self.root(i);
            groups[root].push(i);
        }
        groups.retain(|g| !g.is_empty());
        groups
    }
}

/// Lines that touch each other, directly or through others. Both lists are sorted by `at`.
fn components(horizontal: &[Ruling], vertical: &[Ruling]) -> Vec<(Vec<Ruling>, Vec<Ruling>)> {
    let first_vertical = horizontal.len();
    let mut sets = Sets::new(first_vertical + vertical.len());
    for (i, h) in horizontal.iter().enumerate() {
        let start = vertical.partition_point(|v| v.at < h.from - TOUCH);
        for (j, v) in vertical.iter().enumerate().skip(start).take_while(|(_, v)| v.at <= h.to + TOUCH) {
            if h.at >= v.from - TOUCH && h.at <= v.to + TOUCH {
                sets.join(i, first_vertical + j);
            }
        }
    }
    for (list, offset) in [(horizontal, 0), (vertical, first_vertical)] {
        for (i, a) in list.iter().enumerate() {
            for (j, b) in list.iter().enumerate().skip(i + 1).take_while(|(_, b)| b.at - a.at < TOUCH) {
                if a.from <= b.to + TOUCH && b.from <= a.to + TOUCH {
                    sets.join(offset + i, offset + j);
                }
            }
        }
    }
    let split = |group: Vec<usize>| {
        let (h, v): (Vec<_>, Vec<_>) = group.into_iter().partition(|&i| i < first_vertical);
        (h.iter().map(|&i| horizontal[i]).collect(), v.iter().map(|&i| vertical[i - first_vertical]).collect())
    };
    sets.groups().into_iter().map(split).collect()
}

/// Sorted coordinates, those within `reach` of each other replaced by their middle.
fn snapped(mut values: Vec<f64>, reach: f64) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let mut out: Vec<f64> = Vec::new();
    let mut start = f64::NEG_INFINITY;
    for value in values {
        match out.last_mut() {
            Some(last) if value - start < reach => *last = (start + value) / 2.,
            _ => {
                out.push(value);
                start = value;
            }
        }
    }
    out
}

/// Grid lines, and which cell each place of the grid belongs to.
struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// For each place, row by row: the first place of its cell.
    owner: Vec<usize>,
    open_above: bool,
    /// The columns that no line closes below.
    open_below: Vec<bool>,
}

impl Grid {
    fn new(horizontal: &[Ruling], vertical: &[Ruling]) -> Option<Self> {
        if horizontal.is_empty() || vertical.is_empty() || horizontal.len() + vertical.len() < 3 {
            return None;
        }
        // A side without a line (a table cut by the page) ends where the lines across it end.
        let ends = |lines: &[Ruling]| {
            let from = lines.iter().map(|l| l.from).fold(f64::INFINITY, f64::min);
            [from, lines.iter().map(|l| l.to).fold(f64::NEG_INFINITY, f64::max)]
        };
        let xs = snapped(vertical.iter().map(|v| v.at).chain(ends(horizontal)).collect(), SNAP);
        let ys = snapped(horizontal.iter().map(|h| h.at).chain(ends(vertical)).collect(), SNAP);
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MOST_CELLS {
            return None;
        }
        let right_wall = walls(vertical, &xs, &ys);
        let lower_wall = walls(horizontal, &ys, &xs);
        let mut sets = Sets::new(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                let place = row * columns + column;
                if column + 1 < columns && !right_wall[(column + 1) * rows + row] {
                    sets.join(place, place + 1);
                }
                if row + 1 < rows && !lower_wall[(row + 1) * columns + column] {
                    sets.join(place, place + columns);
                }
            }
        }
        let owner = (0..rows * columns).map(|place| sets.root(place)).collect();
        let open_above = !(0..columns).any(|column| lower_wall[column]);
        let open_below = (0..columns).map(|column| !lower_wall[rows * columns + column]).collect();
        Some(Self { xs, ys, owner, open_above, open_below })
    }

    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    fn bounds(&self) -> Rect {
        let (c, r) = (self.columns(), self.rows());
        Rect { x0: self.xs[0], y0: self.ys[0], x1: self.xs[c], y1: self.ys[r] }
    }

    /// The cell that holds a point.
    fn owner_at(&self, x: f64, y: f64) -> Option<usize> {
        let step = |edges: &[f64], at: f64| {
            edges.partition_point(|&e| e <= at).checked_sub(1).filter(|&i| i + 1 < edges.len())
        };
        let (column, row) = (step(&self.xs, x)?, step(&self.ys, y)?);
        self.owner.get(row * self.columns() + column).copied()
    }

    /// The cell out of which a line of text hangs, where a page cuts the table and its lines end too early.
    fn overhung(&self, glyph: &Glyph) -> Option<usize> {
        let bottom = self.bounds().y1;
        let column = self.xs.partition_point(|&x| x <= glyph.x).checked_sub(1)?;
        let hangs = self.open_below.get(column) == Some(&true) && (bottom..bottom + glyph.em).contains(&glyph.y);
        hangs.then(|| self.owner.get((self.rows() - 1) * self.columns() + column).copied()).flatten()
    }
}

/// For each grid line and each step along it: does a ruling cover the middle of the step?
fn walls(rulings: &[Ruling], at: &[f64], along: &[f64]) -> Vec<bool> {
    let steps = along.len() - 1;
    let mut walls = vec![false; at.len() * steps];
    for ruling in rulings {
        let near = at.partition_point(|&a| a < ruling.at - SNAP);
        for line in (near..at.len()).take_while(|&i| at[i] <= ruling.at + SNAP) {
            for step in 0..steps {
                let middle = (along[step] + along[step + 1]) / 2.;
                walls[line * steps + step] |= ruling.from <= middle && middle <= ruling.to;
            }
        }
    }
    walls
}

/// Tables whose cells are boxes of their own, side by side with a gap.
fn separate_boxes(mut frames: Vec<Rect>) -> Vec<Grid> {
    // A box around other boxes is the border of the table or of the page.
    let all = frames.clone();
    let holds = |a: &Rect, b: &Rect| a != b && a.x0 <= b.x0 && a.y0 <= b.y0 && a.x1 >= b.x1 && a.y1 >= b.y1;
    frames.retain(|a| !all.iter().any(|b| holds(a, b)));
    let mut sets = Sets::new(frames.len());
    for (i, a) in frames.iter().enumerate() {
        for (j, b) in frames.iter().enumerate().skip(i + 1) {
            let gap = |a0: f64, a1: f64, b0: f64, b1: f64| b0.max(a0) - a1.min(b1);
            let (x, y) = (gap(a.x0, a.x1, b.x0, b.x1), gap(a.y0, a.y1, b.y0, b.y1));
            if x < APART && y < APART && x.min(y) < -APART {
                sets.join(i, j);
            }
        }
    }
    let boxes = |group: Vec<usize>| group.into_iter().map(|i| frames[i]).collect::<Vec<_>>();
    sets.groups().into_iter().filter(|g| g.len() > 1).filter_map(|g| grid_of_boxes(&boxes(g))).collect()
}

fn grid_of_boxes(boxes: &[Rect]) -> Option<Grid> {
    let xs = snapped(boxes.iter().flat_map(|b| [b.x0, b.x1]).collect(), APART);
    let ys = snapped(boxes.iter().flat_map(|b| [b.y0, b.y1]).collect(), APART);
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns < 2 || columns.saturating_mul(rows) > MOST_CELLS {
        return None;
    }
    let mut grid = Grid { xs, ys, owner: (0..rows * columns).collect(), open_above: false, open_below: Vec::new() };
    for b in boxes {
        let inside = |edges: &[f64], from: f64, to: f64| {
            let middle = |i: &usize| (edges[*i] + edges[i + 1]) / 2.;
            (0..edges.len() - 1).filter(|i| (from..to).contains(&middle(i))).collect::<Vec<_>>()
        };
        let (across, down) = (inside(&grid.xs, b.x0, b.x1), inside(&grid.ys, b.y0, b.y1));
        let (Some(&left), Some(&top)) = (across.first(), down.first()) else { continue };
        for row in down {
            for column in &across {
                grid.owner[row * columns + column] = top * columns + left;
            }
        }
    }
    Some(grid)
}

/// Makes a table of a grid and the glyphs in its cells; `None` if there are none.
fn fill(grid: &Grid, glyphs: Vec<(usize, Glyph)>, sheet: &Sheet, reader: &mut Lines) -> Option<Table> {
    let columns = grid.columns();
    let mut inked = glyphs.iter().filter(|(_, g)| !g.is_blank()).map(|(owner, _)| *owner);
    let first = inked.next()?;
    let fragment = inked.all(|owner| owner == first);
    let mut held: Vec<(Vec<Glyph>, usize)> = vec![(Vec::new(), 0); grid.owner.len()];
    for (owner, glyph) in glyphs {
        held[owner].0.push(glyph);
    }
    // The last place of each cell.
    for (place, &owner) in grid.owner.iter().enumerate() {
        held[owner].1 = place;
    }
    let mut cells = Vec::new();
    for (place, (glyphs, last)) in held.into_iter().enumerate().filter(|(place, _)| grid.owner[*place] == *place) {
        let (row, column) = (place / columns, place % columns);
        cells.push(Cell {
            row,
            column,
            rows: last / columns + 1 - row,
            columns: (last % columns + 1).saturating_sub(column).max(1),
            lines: reader.cell(glyphs, sheet),
        });
    }
    Some(Table {
        rect: grid.bounds(),
        edges: grid.xs.clone(),
        rows: grid.rows(),
        cells,
        open_above: grid.open_above,
        ruled: true,
        fragment,
        name: None,
    })
}
