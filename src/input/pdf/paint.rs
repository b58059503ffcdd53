//! Ruling lines from painted paths: strokes, thin bars, and dots or dashes in a row.

use super::geometry::{Matrix, Rect, Ruling};

/// Thickest line that still rules a table.
const THICK: f64 = 3.;
/// Largest dot or dash of a dotted line.
const DOT: f64 = 6.;
/// A ruling line is at least this long.
const SHORTEST: f64 = 8.;

/// The path under construction, in page coordinates.
#[derive(Default)]
pub struct Path {
    parts: Vec<Vec<[f64; 2]>>,
    curved: bool,
}

impl Path {
    pub fn move_to(&mut self, point: [f64; 2]) {
        self.parts.push(vec![point]);
    }

    pub fn line_to(&mut self, point: [f64; 2]) {
        match self.parts.last_mut() {
            Some(part) => part.push(point),
            None => self.move_to(point),
        }
    }

    pub fn curve_to(&mut self, point: [f64; 2]) {
        self.curved = true;
        self.line_to(point);
    }

    pub fn close(&mut self) {
        if let Some(&first) = self.parts.last().and_then(|p| p.first()) {
            self.line_to(first);
        }
    }

    pub fn rect(&mut self, m: Matrix, [x, y, w, h]: [f64; 4]) {
        let corners = [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]];
        self.parts.push(corners.map(|[x, y]| m.apply(x, y)).to_vec());
    }

    pub fn clear(&mut self) {
        self.parts.clear();
        self.curved = false;
    }

    pub fn bounds(&self) -> Rect {
        Rect::around(self.parts.iter().flatten().copied())
    }
}

/// Pieces of ruling lines as they were painted.
#[derive(Default)]
pub struct Pieces {
    horizontal: Vec<Ruling>,
    vertical: Vec<Ruling>,
    dots: Vec<Rect>,
}

impl Pieces {
    /// Takes the straight parts of a stroked path. A line thicker than [`THICK`] is a block of colour.
    pub fn stroke(&mut self, path: &Path, line_width: f64, clip: Rect) {
        if line_width > THICK * 2. {
            return;
        }
        for pair in path.parts.iter().flat_map(|p| p.windows(2)) {
            let r = Rect::around(pair.iter().copied()).intersect(clip);
            self.line(r, 0.8);
        }
    }

    /// Takes bars and dots of a filled path; other areas are backgrounds.
    pub fn fill(&mut self, path: &Path, clip: Rect) {
        let whole = path.bounds().intersect(clip);
        if path.parts.len() > 3 && whole.width().min(whole.height()) <= THICK {
            return self.line(whole, THICK);
        }
        for part in path.parts.iter().filter(|p| p.len() >= 3) {
            let r = Rect::around(part.iter().copied()).intersect(clip);
            if r.width() < 0. || r.height() < 0. {
                continue;
            }
            let (thin, long) = (r.width().min(r.height()), r.width().max(r.height()));
            if long <= DOT && thin <= THICK {
                self.dots.push(r);
            } else if !path.curved && part.len() <= 6 && long > 3. * thin {
                self.line(r, THICK);
            }
        }
    }

    fn line(&mut self, r: Rect, thick: f64) {
        let (w, h) = (r.width(), r.height());
        if h <= thick && w > h && h >= 0. {
            self.horizontal.push(Ruling { at: (r.y0 + r.y1) / 2., from: r.x0, to: r.x1 });
        } else if w <= thick && h > w && w >= 0. {
            self.vertical.push(Ruling { at: (r.x0 + r.x1) / 2., from: r.y0, to: r.y1 });
        }
    }

    /// The horizontal and vertical lines, pieces joined.
    pub fn into_rulings(mut self) -> (Vec<Ruling>, Vec<Ruling>) {
        for r in &self.dots {
            self.horizontal.push(Ruling { at: (r.y0 + r.y1) / 2., from: r.x0, to: r.x1 });
            self.vertical.push(Ruling { at: (r.x0 + r.x1) / 2., from: r.y0, to: r.y1 });
        }
        (joined(self.horizontal), joined(self.vertical))
    }
}

/// Joins pieces on the same line: those that touch, and short ones (dots, dashes) with gaps between them.
fn joined(mut pieces: Vec<Ruling>) -> Vec<Ruling> {
    const SHORT: f64 = 12.;
    pieces.retain(|p| p.at.is_finite() && p.from.is_finite() && p.to.is_finite());
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Ruling> = Vec::new();
    for line in pieces.chunk_by_mut(|a, b| b.at - a.at < 0.5) {
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut current: Option<(Ruling, bool)> = None;
        for &piece in line.iter() {
            let short = piece.to - piece.from < SHORT;
            match &mut current {
                Some((whole, dotted)) if piece.from - whole.to <= if short && *dotted { DOT } else { 0.5 } => {
                    whole.to = whole.to.max(piece.to);
                }
                _ => out.extend(current.replace((piece, short)).map(|c| c.0)),
            }
        }
        out.extend(current.map(|c| c.0));
    }
    out.retain(|r| r.to - r.from >= SHORTEST);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(x: f64, y: f64, w: f64, h: f64) -> Path {
        let mut path = Path::default();
        path.rect(Matrix::IDENTITY, [x, y, w, h]);
        path
    }

    #[test]
    fn dots_become_a_line() {
        let mut pieces = Pieces::default();
        for i in 0..30 {
            pieces.fill(&bar(10. + 2.5 * f64::from(i), 50., 1., 1.), Rect::EVERYWHERE);
        }
        let (h, v) = pieces.into_rulings();
        assert_eq!((h.len(), v.len()), (1, 0));
        assert!(h[0].from == 10. && h[0].to > 80.);
    }

    #[test]
    fn bars_and_backgrounds() {
        let mut pieces = Pieces::default();
        pieces.fill(&bar(0., 0., 100., 1.), Rect::EVERYWHERE);
        pieces.fill(&bar(0., 0., 1., 40.), Rect::EVERYWHERE);
        pieces.fill(&bar(0., 0., 100., 40.), Rect::EVERYWHERE);
        let (h, v) = pieces.into_rulings();
        assert_eq!((h.len(), v.len()), (1, 1));
    }

    #[test]
    fn lines_outside_the_clip_do_not_count() {
        let mut pieces = Pieces::default();
        let clip = Rect { x0: 0., y0: 0., x1: 50., y1: 50. };
        pieces.fill(&bar(0., 60., 100., 1.), clip);
        pieces.stroke(&bar(10., 10., 100., 20.), 1., clip);
        let (h, v) = pieces.into_rulings();
        assert_eq!(h, [Ruling { at: 10., from: 10., to: 50. }, Ruling { at: 30., from: 10., to: 50. }]);
        assert_eq!(v.len(), 1);
    }
}
