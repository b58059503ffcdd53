//! The columns of a table without lines: between two labels of its header row a river stays free of ink through all its rows.

use super::geometry::Glyph;
use super::lines::Row;
use super::unruled::Chunk;

/// From where to where, across.
type Span = (f64, f64);

/// A river is at least this wide, in em.
const NARROWEST: f64 = 0.15;

/// What the rows so far leave free: left of the first label, and between each two.
#[derive(Clone)]
pub struct Rivers {
    free: Vec<Vec<Span>>,
}

impl Rivers {
    pub fn between(head: &[Chunk]) -> Self {
        let ends = head.iter().map(|c| c.x1);
        let spans = [f64::NEG_INFINITY].into_iter().chain(ends).zip(head).map(|(end, c)| vec![(end, c.x0)]);
        Self { free: spans.collect() }
    }

    /// The rivers below this row; `None` if it runs across one.
    pub fn through(&self, row: &Row) -> Option<Self> {
        let mut next = self.clone();
        for glyph in row.glyphs.iter().filter(|g| !g.is_blank()) {
            let ink = (glyph.left(), right(glyph));
            for free in &mut next.free {
                *free = free.iter().flat_map(|span| without(*span, ink, NARROWEST * glyph.em)).collect();
            }
        }
        next.free.iter().all(|free| !free.is_empty()).then_some(next)
    }

    /// The widest river that has ink on both sides, left of the first label.
    pub fn inner(&self) -> Option<f64> {
        let (_, parts) = self.free.first()?.split_last()?;
        let inner = parts.iter().filter(|s| s.0.is_finite());
        inner.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0))).map(|s| (s.0 + s.1) / 2.)
    }

    /// Where the first river below a label begins.
    pub fn first(&self) -> Option<f64> {
        self.free.get(1)?.first().map(|span| span.0)
    }

    /// Where the columns are parted: where most of these rows begin to the right of it, else by the widest. The names may stand left
    /// of the first label, without one of their own.
    pub fn cuts(&self, rows: &[Row], unnamed: bool) -> Vec<f64> {
        let begin = |span: &Span| rows.iter().filter(|row| begins_at(row, span.1)).count();
        let widest = |spans: &Vec<Span>| {
            let inner: Vec<&Span> = spans.iter().filter(|s| s.0.is_finite()).collect();
            let widest = inner.iter().copied().max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
            let span = match inner.len() {
                1 => widest,
                _ => inner.into_iter().max_by_key(|span| (begin(span), *span == widest))?,
            };
            Some((span.0 + span.1) / 2.)
        };
        self.free.iter().enumerate().filter(|(i, _)| unnamed || *i > 0).filter_map(|(_, spans)| widest(spans)).collect()
    }
}

fn begins_at(row: &Row, x: f64) -> bool {
    const NEAR: f64 = 1.;
    row.glyphs.iter().any(|g| !g.is_blank() && (g.left() - x).abs() < NEAR)
}

/// Where the ink ends: that of `、` and `。`, which may hang over the edge of a cell, in the middle of its place.
fn right(glyph: &Glyph) -> f64 {
    if matches!(glyph.char, '、' | '。' | '，' | '．') { glyph.x } else { glyph.right() }
}

/// What ink leaves of a span, in parts that are wide enough.
fn without(span: Span, ink: Span, narrowest: f64) -> impl Iterator<Item = Span> {
    let apart = ink.1 <= span.0 || ink.0 >= span.1;
    let parts = if apart { [span, (0., 0.)] } else { [(span.0, ink.0.min(span.1)), (ink.1.max(span.0), span.1)] };
    parts.into_iter().filter(move |(from, to)| to - from >= narrowest)
}
