//! Rows of glyphs, and the text of a row: no blank is invented where a gap does not show one.

use super::geometry::{Direction, Glyph, Rect, Sheet, stack_downwards};

/// A physical line of text.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    pub page: u32,
    /// On the upright page.
    pub rect: Rect,
    /// On the page as shown.
    pub shown: [f32; 4],
    pub em: f64,
    /// The line ended with a blank, which `text` no longer has.
    pub blank_after: bool,
}

/// Glyphs on one baseline, from left to right.
#[derive(Clone, Debug)]
pub struct Row {
    pub glyphs: Vec<Glyph>,
    pub baseline: f64,
    pub em: f64,
}

impl Row {
    pub fn rect(&self) -> Rect {
        let inked = self.glyphs.iter().filter(|g| !g.is_blank());
        inked.map(Glyph::rect).reduce(Rect::union).unwrap_or(Rect::EVERYWHERE)
    }

    /// The first place from which on glyphs stand to the right of `x`.
    pub fn split_at(&self, x: f64) -> (&[Glyph], &[Glyph]) {
        self.glyphs.split_at(self.glyphs.partition_point(|g| g.x < x))
    }
}

/// Makes lines, and counts what it leaves out.
#[derive(Default)]
pub struct Lines {
    /// Rows of furigana.
    pub ruby: usize,
    /// Rows of cells whose glyphs lie over each other.
    pub overlapping: usize,
}

/// How far below its centre the baseline of a glyph is, in em.
const BASELINE: f64 = 0.38;

impl Lines {
    /// Rows from the top; furigana and doubled glyphs (synthetic bold) are left out.
    pub fn rows(&mut self, mut glyphs: Vec<Glyph>) -> Vec<Row> {
        let baseline = |g: &Glyph| g.y + BASELINE * g.em;
        glyphs.sort_by(|a, b| baseline(a).total_cmp(&baseline(b)));
        let mut rows: Vec<Row> = Vec::new();
        for glyph in glyphs {
            let y = baseline(&glyph);
            match rows.last_mut() {
                Some(row) if y - row.baseline < 0.45 * row.em.max(glyph.em).max(4.) => {
                    row.em = row.em.max(glyph.em);
                    row.glyphs.push(glyph);
                }
                _ => rows.push(Row { em: glyph.em, baseline: y, glyphs: vec![glyph] }),
            }
        }
        rows.retain(|row| row.glyphs.iter().any(|g| !g.is_blank()));
        for row in &mut rows {
            row.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
            row.glyphs.dedup_by(|b, a| is_doubled(a, b));
        }
        let before = rows.len();
        let mut next: Option<(f64, f64, Rect)> = None;
        rows = rows.into_iter().rev().filter(|row| !self.is_ruby(row, &mut next)).collect();
        rows.reverse();
        self.ruby += before - rows.len();
        rows
    }

    /// Small kana directly above a row. Rows come from below; `base` is the row of text seen last.
    fn is_ruby(&self, row: &Row, base: &mut Option<(f64, f64, Rect)>) -> bool {
        let rect = row.rect();
        if let Some((em, baseline, below)) = *base {
            let kana = |g: &Glyph| matches!(g.char, '\u{3041}'..='\u{30FF}') || g.is_blank();
            let near = baseline - row.baseline < 1.4 * em;
            let within = rect.x0 > below.x0 - em && rect.x1 < below.x1 + em;
            if row.em <= 0.6 * em && near && within && row.glyphs.iter().all(kana) {
                return true;
            }
        }
        *base = Some((row.em, row.baseline, rect));
        false
    }

    /// The lines of a cell, or of text beside the running text: also where it runs from top to bottom.
    pub fn cell(&mut self, mut glyphs: Vec<Glyph>, sheet: &Sheet) -> Vec<Line> {
        stack_downwards(&mut glyphs, false);
        let upright = glyphs.iter().filter(|g| g.direction == Direction::Right).count();
        let down = glyphs.iter().filter(|g| g.direction == Direction::Down).count();
        if upright * 2 >= glyphs.len() {
            let rows = self.rows(glyphs);
            self.overlapping += rows.iter().filter(|row| overlaps(&row.glyphs)).count();
            return rows.iter().filter_map(|row| line(&row.glyphs, sheet)).collect();
        }
        let rect = glyphs.iter().map(Glyph::rect).reduce(Rect::union).unwrap_or(Rect::EVERYWHERE);
        for g in &mut glyphs {
            (g.x, g.y) = if down * 2 >= upright { (g.y, -g.x) } else { (-g.y, g.x) };
            g.direction = Direction::Right;
        }
        let mut lines: Vec<Line> = self.rows(glyphs).iter().filter_map(|row| line(&row.glyphs, sheet)).collect();
        for line in &mut lines {
            (line.rect, line.shown) = (rect, sheet.as_shown(rect));
        }
        lines
    }
}

/// `備必す要るに。`: two texts at one place
fn overlaps(glyphs: &[Glyph]) -> bool {
    // marks may share the room of one
    let is_letter = |g: &Glyph| matches!(g.char, 'ぁ'..='ヺ' | '\u{4E00}'..='\u{9FFF}');
    let lies_over = |pair: &&[Glyph]| {
        let [a, b] = pair else { return false };
        is_letter(a) && is_letter(b) && a.right() - b.left() > 0.4 * a.em.min(b.em)
    };
    glyphs.windows(2).filter(lies_over).count() > 1
}

/// The same character at the same place: printed twice to look bold.
fn is_doubled(a: &Glyph, b: &Glyph) -> bool {
    let reach = 0.12 * a.em;
    a.char == b.char && (a.x - b.x).abs() < reach && (a.y - b.y).abs() < reach
}

/// The text of glyphs from left to right, without blanks at its ends; `None` if it is blank.
pub fn line(glyphs: &[Glyph], sheet: &Sheet) -> Option<Line> {
    let usual = usual_gap(glyphs);
    let mut text = String::with_capacity(glyphs.len() * 3);
    let mut last: Option<&Glyph> = None;
    let mut blanks = String::new();
    let mut rect: Option<Rect> = None;
    let mut em = 0f64;
    for glyph in glyphs {
        if glyph.is_blank() {
            blanks.push(if glyph.char == '\u{3000}' { '\u{3000}' } else { ' ' });
            continue;
        }
        if let Some(last) = last {
            let gap = (glyph.left() - last.right()) / glyph.em.max(1.);
            if !blanks.is_empty() {
                text.push_str(&blanks);
            } else if gap > usual + 0.8
                || gap > usual + 0.4 && is_number_of_head(&text) && !text.chars().all(is_kanji_number)
            {
                text.push(' ');
            }
        }
        blanks.clear();
        glyph.push_to(&mut text);
        rect = Some(rect.map_or(glyph.rect(), |r| r.union(glyph.rect())));
        em = em.max(glyph.em);
        last = Some(glyph);
    }
    let rect = rect?;
    Some(Line { text, page: sheet.number, rect, shown: sheet.as_shown(rect), em, blank_after: !blanks.is_empty() })
}

/// The middle one of the gaps between glyphs, in em: above zero where a line is stretched.
fn usual_gap(glyphs: &[Glyph]) -> f64 {
    let pairs = glyphs.windows(2).filter_map(|pair| match pair {
        [a, b] if !a.is_blank() && !b.is_blank() => Some((b.left() - a.right()) / b.em.max(1.)),
        _ => None,
    });
    let mut gaps: Vec<f64> = pairs.collect();
    // of two or three, the narrowest
    if gaps.len() < 4 {
        let narrowest = gaps.iter().copied().fold(f64::INFINITY, f64::min);
        return if gaps.len() > 1 { narrowest.max(0.) } else { 0. };
    }
    let middle = gaps.len() / 2;
    gaps.select_nth_unstable_by(middle, f64::total_cmp).1.max(0.)
}

/// With which words begin as well: `三` of `三次救急`
fn is_kanji_number(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// `第1条`, `2`, `(1)`, `ア`, `甲`: what stands before the text of a paragraph.
fn is_number_of_head(text: &str) -> bool {
    let inner = text.trim_matches(['(', ')', '（', '）', '第', '条']);
    let numeric = |c: char| c.is_numeric() || is_kanji_number(c) || c == 'の';
    let single =
        inner.chars().count() == 1 && inner.chars().all(|c| matches!(c, 'ア'..='ン' | 'a'..='z' | '甲' | '乙' | '丙'));
    single || !inner.is_empty() && inner.chars().all(numeric)
}

/// Puts the rest of a wrapped text behind its start. Only Latin words had a blank between them that the wrap took away, and
/// a number before the words that it heads.
pub fn joins_with_blank(before: &Line, after: &str) -> bool {
    let (Some(a), Some(b)) = (before.text.chars().last(), after.chars().next()) else { return false };
    let latin = a.is_ascii() && b.is_ascii() && (a.is_alphanumeric() || b.is_alphanumeric());
    // `１⏎福祉`: a line with room for two letters that holds a figure alone was broken at a blank
    let is_figure = before.text.chars().all(|c| matches!(c, '0'..='9' | '０'..='９'));
    is_figure && matches!(b, '\u{4E00}'..='\u{9FFF}') && after.chars().nth(1).is_some()
        || before.blank_after && (latin || is_number_of_head(&before.text))
        || a.is_ascii_alphabetic() && b.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of 10 points; `_` is a gap of half an em, `|` one of a whole em.
    fn glyphs(text: &str) -> Vec<Glyph> {
        let mut x = 0.;
        let mut out = Vec::new();
        for char in text.chars() {
            match char {
                '_' => x += 5.,
                '|' => x += 10.,
                char => {
                    out.push(Glyph { x, y: 0., advance: 10., em: 10., direction: Direction::Right, char, more: None });
                    x += 10.;
                }
            }
        }
        out
    }

    #[test]
    fn blanks_stand_where_gaps_show_them() {
        let table = [
            ("第1条_この協定は", "第1条 この協定は"),
            ("2_前項の割合は", "2 前項の割合は"),
            ("年_24時間", "年24時間"),
            ("甲　青葉市", "甲　青葉市"),
            ("青葉市長|山川一郎", "青葉市長 山川一郎"),
            ("休|日|夜|間|の|診|療", "休日夜間の診療"),
        ];
        for (drawn, text) in table {
            assert_eq!(line(&glyphs(drawn), &Sheet::default()).map(|l| l.text).as_deref(), Some(text));
        }
    }

    #[test]
    fn doubled_glyphs_count_once() {
        let mut twice = glyphs("活機");
        twice.extend(glyphs("活機").into_iter().map(|g| Glyph { x: g.x + 0.4, ..g }));
        let rows = Lines::default().rows(twice);
        assert_eq!(rows.first().map(|r| r.glyphs.len()), Some(2));
    }
}
