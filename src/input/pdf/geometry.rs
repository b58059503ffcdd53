//! Points, boxes, glyphs and ruling lines on a page as shown: origin top left, y downwards, in points.

/// An affine map, as a PDF writes it: `[a b c d e f]`.
#[derive(Clone, Copy, Debug)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1., 0., 0., 1., 0., 0.]);

    pub fn shift(x: f64, y: f64) -> Self {
        Self([1., 0., 0., 1., x, y])
    }

    /// First `inner`, then `self`.
    pub fn after(self, inner: Self) -> Self {
        let (m, [a, b, c, d, e, f]) = (self.0, inner.0);
        let [x, y] = self.apply(e, f);
        Self([m[0] * a + m[2] * b, m[1] * a + m[3] * b, m[0] * c + m[2] * d, m[1] * c + m[3] * d, x, y])
    }

    pub fn apply(self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.0;
        [a * x + c * y + e, b * x + d * y + f]
    }
}

/// A box with sorted corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

impl Rect {
    pub const EVERYWHERE: Self =
        Self { x0: f64::NEG_INFINITY, y0: f64::NEG_INFINITY, x1: f64::INFINITY, y1: f64::INFINITY };
    const NOWHERE: Self = Self { x0: f64::INFINITY, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: f64::NEG_INFINITY };

    /// The box around points; without points a box that holds nothing.
    pub fn around(points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        points.into_iter().fold(Self::NOWHERE, |r, [x, y]| r.union(Self { x0: x, y0: y, x1: x, y1: y }))
    }

    pub fn union(self, b: Self) -> Self {
        Self { x0: self.x0.min(b.x0), y0: self.y0.min(b.y0), x1: self.x1.max(b.x1), y1: self.y1.max(b.y1) }
    }

    /// What both cover; `x0 > x1` or `y0 > y1` if nothing.
    pub fn intersect(self, b: Self) -> Self {
        Self { x0: self.x0.max(b.x0), y0: self.y0.max(b.y0), x1: self.x1.min(b.x1), y1: self.y1.min(b.y1) }
    }

    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }
}

/// Where the text of a glyph runs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Right,
    Down,
    Left,
    Up,
}

/// One shown character.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Centre of its em box.
    pub x: f64,
    pub y: f64,
    /// How far the pen moves along `direction`.
    pub advance: f64,
    /// Font size as shown.
    pub em: f64,
    pub direction: Direction,
    pub char: char,
    /// Further characters of the same glyph (ligatures, `/ActualText`).
    pub more: Option<Box<str>>,
}

impl Glyph {
    pub fn left(&self) -> f64 {
        self.x - self.advance / 2.
    }

    pub fn right(&self) -> f64 {
        self.x + self.advance / 2.
    }

    pub fn is_blank(&self) -> bool {
        self.char.is_whitespace() && self.more.is_none()
    }

    pub fn push_to(&self, text: &mut String) {
        text.push(self.char);
        if let Some(more) = &self.more {
            text.push_str(more);
        }
    }

    pub fn rect(&self) -> Rect {
        let (w, h) = match self.direction {
            Direction::Right | Direction::Left => (self.advance / 2., self.em / 2.),
            Direction::Down | Direction::Up => (self.em / 2., self.advance / 2.),
        };
        Rect { x0: self.x - w, y0: self.y - h, x1: self.x + w, y1: self.y + h }
    }
}

/// A horizontal or vertical ruling line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// y of a horizontal, x of a vertical line.
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

/// What is shown on one page.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// From 1.
    pub number: u32,
    pub width: f64,
    pub height: f64,
    /// Quarter turns (clockwise) by which the text was turned upright.
    pub turns: u8,
    pub glyphs: Vec<Glyph>,
    /// Sorted by `at`, as the vertical ones are.
    pub horizontal: Vec<Ruling>,
    pub vertical: Vec<Ruling>,
    /// Has text in vertical writing, not only turned text.
    pub vertical_writing: bool,
    /// Shows at least one image.
    pub has_image: bool,
    /// Glyphs without Unicode.
    pub unknown: usize,
    /// Glyphs of slanted text (watermarks), which are left out.
    pub slanted: usize,
    /// The content could not be decoded.
    pub unreadable: bool,
}

impl Sheet {
    /// Turns the page so that most of its text runs to the right. Vertical writing becomes lines, its columns from the right
    /// become lines from the top.
    pub fn set_upright(&mut self) {
        let mut count = [0usize; 4];
        for g in self.glyphs.iter().filter(|g| !g.is_blank()) {
            count[g.direction as usize] += 1;
        }
        let is_vertical = self.vertical_writing && count[Direction::Down as usize] > count[Direction::Right as usize];
        if stack_downwards(&mut self.glyphs, is_vertical) {
            count = [0, 1, 0, 0];
        }
        let main = (0..4).rev().max_by_key(|&d| count[d]).unwrap_or(0);
        // Turning by `n` quarters counter-clockwise brings direction `n` to `Right`.
        for _ in 0..main {
            self.turn_back();
        }
        self.turns = main as u8;
    }

    /// A quarter turn counter-clockwise: what ran down runs to the right.
    fn turn_back(&mut self) {
        let width = self.width;
        for g in &mut self.glyphs {
            (g.x, g.y) = (g.y, width - g.x);
            g.direction = match g.direction {
                Direction::Right => Direction::Up,
                Direction::Down => Direction::Right,
                Direction::Left => Direction::Down,
                Direction::Up => Direction::Left,
            };
        }
        let horizontal = std::mem::take(&mut self.horizontal);
        // Both stay sorted by `at`.
        self.horizontal = self.vertical.drain(..).rev().map(|r| Ruling { at: width - r.at, ..r }).collect();
        self.vertical =
            horizontal.into_iter().map(|r| Ruling { from: width - r.to, to: width - r.from, ..r }).collect();
        (self.width, self.height) = (self.height, self.width);
    }

    /// A box of the upright page in the coordinates of the page as shown.
    pub fn as_shown(&self, rect: Rect) -> [f32; 4] {
        let (mut r, mut height) = (rect, self.height);
        let mut width = self.width;
        for _ in 0..self.turns {
            // The inverse of `turn_back`.
            r = Rect { x0: height - r.y1, y0: r.x0, x1: height - r.y0, y1: r.x1 };
            std::mem::swap(&mut width, &mut height);
        }
        [r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32]
    }
}

/// Vertical writing of upright glyphs, each placed by itself: makes them run downwards. `false` if most glyphs run to the right, and it
/// is not `known` that the writing is vertical.
pub fn stack_downwards(glyphs: &mut [Glyph], known: bool) -> bool {
    let (mut down, mut right) = (0, 0);
    for pair in glyphs.windows(2) {
        let [a, b] = pair else { continue };
        let (dx, dy) = ((b.x - a.x).abs() / a.em, (b.y - a.y) / a.em);
        down += usize::from(dx < 0.2 && (0.7..1.5).contains(&dy) && b.direction == Direction::Right);
        right += usize::from(dx > 0.3 && dy.abs() < 0.2);
    }
    if !known && down <= 2 * right {
        return false;
    }
    let upright = |g: &Glyph| g.direction == Direction::Right;
    let beside = |a: &Glyph, b: &Glyph| (b.y - a.y).abs() < 0.1 * a.em && (0.2..1.1).contains(&((b.x - a.x) / a.em));
    for number in glyphs.chunk_by_mut(|a, b| upright(a) && upright(b) && beside(a, b)) {
        // Numbers set side by side take one place of the column, in their order.
        let middle = number.iter().map(|g| g.x).sum::<f64>() / number.len() as f64;
        for (i, glyph) in number.iter_mut().enumerate().filter(|(_, g)| upright(g)) {
            (glyph.x, glyph.y) = (middle, glyph.y + 0.1 * i as f64);
            (glyph.direction, glyph.advance) = (Direction::Down, glyph.em);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_a_page_and_back() {
        let glyph = |x, y| Glyph { x, y, advance: 10., em: 10., direction: Direction::Down, char: 'あ', more: None };
        let mut sheet =
            Sheet { width: 200., height: 100., glyphs: vec![glyph(190., 20.), glyph(190., 30.)], ..Sheet::default() };
        sheet.set_upright();
        assert_eq!((sheet.width, sheet.height, sheet.turns), (100., 200., 1));
        let g = &sheet.glyphs[1];
        assert_eq!((g.x, g.y, g.direction), (30., 10., Direction::Right));
        assert_eq!(sheet.as_shown(g.rect()), [185., 25., 195., 35.]);
    }
}
