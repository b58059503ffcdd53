//! Running text: reading order, columns, and which lines are one paragraph.

use super::geometry::{Glyph, Sheet};
use super::lines::{Line, Row, line};
use super::rows::is_label;

/// A line of running text and the column it stands in.
#[derive(Clone, Debug)]
pub struct Running {
    pub line: Line,
    /// Width of the page and number of the column: lines with the same key share their margins.
    pub column: (i64, u8),
}

impl Running {
    /// A line of a box that turned out to be no table.
    pub fn boxed(line: Line) -> Self {
        Self { line, column: (0, u8::MAX) }
    }
}

/// The lines of a page (or of a part of it between tables) in reading order.
pub fn in_order(rows: &[Row], sheet: &Sheet) -> Vec<Running> {
    let page = sheet.width.round() as i64;
    let mut out = Vec::new();
    let mut push = |glyphs: &[Glyph], column: u8| {
        out.extend(line(glyphs, sheet).map(|line| Running { line, column: (page, column) }));
    };
    let Some((start, end, x)) = gutter(rows, sheet.width) else {
        rows.iter().for_each(|row| push(&row.glyphs, 0));
        return out;
    };
    rows[..start].iter().for_each(|row| push(&row.glyphs, 0));
    rows[start..end].iter().for_each(|row| push(row.split_at(x).0, 1));
    rows[start..end].iter().for_each(|row| push(row.split_at(x).1, 2));
    rows[end..].iter().for_each(|row| push(&row.glyphs, 0));
    out
}

/// The run of rows that stands in two columns, and where the gap between them is.
fn gutter(rows: &[Row], width: f64) -> Option<(usize, usize, f64)> {
    const STEP: f64 = 4.;
    let rows: Vec<Vec<(f64, f64)>> = rows.iter().map(parts).collect();
    let places = (1..=100).map(|i| width * 0.3 + STEP * f64::from(i)).take_while(|x| *x < width * 0.7);
    let runs: Vec<(usize, usize, f64)> = places.filter_map(|x| two_columns(&rows, x, width)).collect();
    let longest = runs.iter().map(|r| r.1 - r.0).max()?;
    let best: Vec<_> = runs.into_iter().filter(|r| r.1 - r.0 == longest).collect();
    best.get(best.len() / 2).copied()
}

/// The longest run of rows that `x` cuts into two columns of running text. A signature block or a list of names fills none.
fn two_columns(rows: &[Vec<(f64, f64)>], x: f64, width: f64) -> Option<(usize, usize, f64)> {
    const LEAST_ROWS: usize = 6;
    let crossed = |row: &Vec<(f64, f64)>| row.iter().any(|p| p.0 < x && p.1 > x);
    let mut start = 0;
    let mut best: Option<(usize, usize, f64)> = None;
    for run in rows.chunk_by(|a, b| crossed(a) == crossed(b)) {
        let end = start + run.len();
        let wide = |p: &&(f64, f64)| p.1 - p.0 > 0.25 * width;
        let left = run.iter().flatten().filter(|p| p.1 <= x).filter(wide).count();
        let right = run.iter().flatten().filter(|p| p.0 >= x).filter(wide).count();
        let longer = best.is_none_or(|b| end - start > b.1 - b.0);
        if !run.first().is_some_and(crossed) && left.min(right) >= LEAST_ROWS && longer {
            best = Some((start, end, x));
        }
        start = end;
    }
    best
}

/// Where the parts of a row between wide gaps begin and end.
fn parts(row: &Row) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    for glyph in row.glyphs.iter().filter(|g| !g.is_blank()) {
        match out.last_mut() {
            Some(last) if glyph.left() - last.1 < 0.85 * glyph.em => last.1 = last.1.max(glyph.right()),
            _ => out.push((glyph.left(), glyph.right())),
        }
    }
    out
}

/// What a whole document shows about its lines.
pub struct Style {
    /// Right margin of each column.
    margins: Vec<((i64, u8), f64)>,
    /// And where its lines start, the furthest to the left.
    starts: Vec<((i64, u8), f64)>,
    /// Usual distance of two lines in one paragraph, in em.
    pitch: f64,
    /// Paragraphs stand further apart than lines.
    spaced: bool,
}

impl Style {
    pub fn of(lines: &[Running]) -> Self {
        let mut margins: Vec<((i64, u8), f64)> = Vec::new();
        let mut ends: Vec<((i64, u8), f64, f64)> =
            lines.iter().map(|l| (l.column, l.line.rect.x1, l.line.em)).collect();
        ends.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        for column in ends.chunk_by(|a, b| a.0 == b.0) {
            // The furthest end that a second line comes near to; one line alone may stick out.
            let near = column.windows(2).find(|w| w[0].1 - w[1].1 < 1.5 * w[0].2);
            if let Some(end) = near.or(Some(column)).and_then(|w| w.first()) {
                margins.push((end.0, end.1));
            }
        }
        let mut starts: Vec<((i64, u8), f64)> = lines.iter().map(|l| (l.column, l.line.rect.x0)).collect();
        starts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        starts.dedup_by_key(|start| start.0);
        let mut pitches: Vec<f64> =
            lines.windows(2).filter_map(|w| distance(&w[0].line, &w[1].line)).filter(|d| *d >= 1.).collect();
        pitches.sort_by(f64::total_cmp);
        let pitch = pitches.get(pitches.len() / 20).copied().unwrap_or(1.7);
        let wide = pitches.iter().filter(|&&p| p > 1.25 * pitch).count();
        Self { margins, starts, pitch, spaced: wide * 5 > pitches.len() }
    }

    /// Does the line reach the margin, but for what may not be broken? Within a sentence that may be more.
    fn is_full(&self, line: &Running) -> bool {
        let margin = self.margins.iter().find(|m| m.0 == line.column).map_or(f64::INFINITY, |m| m.1);
        let short = if line.line.text.ends_with('、') { 5. } else { 2. };
        line.line.rect.x1 > margin - short * line.line.em
    }

    /// Does the line stand further in than a first line of a paragraph? Nothing begins there without a head.
    fn is_indented(&self, line: &Running) -> bool {
        const INDENT: f64 = 1.5;
        self.starts.iter().any(|s| s.0 == line.column && line.line.rect.x0 > s.1 + INDENT * line.line.em)
    }

    /// Does `next` stand further away than the lines of one paragraph do? `None` over a page or column break.
    fn is_apart(&self, last: &Line, next: &Line) -> Option<bool> {
        distance(last, next).map(|d| d > 1.25 * self.pitch)
    }

    /// Is `next` surely the wrapped rest of the paragraph?
    pub fn continues(&self, paragraph: &[Running], next: &Running) -> bool {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { return false };
        if !self.is_full(last) || (last.line.em - next.line.em).abs() > 0.5 || last.column != next.column {
            return false;
        }
        if paragraph.len() == 1 && is_further_in(&last.line, &next.line) {
            return false;
        }
        let apart = self.is_apart(&last.line, &next.line);
        if apart == Some(true) || starts_paragraph(&next.line.text) {
            return false;
        }
        if !last.line.text.ends_with(['。', '：', ':']) {
            return true;
        }
        // The sentence is over, and so the paragraph may be: only its shape can tell.
        let aligned = |a: &Running, b: &Running| (a.line.rect.x0 - b.line.rect.x0).abs() < 0.3 * b.line.em;
        let inside = paragraph.len() > 1 && aligned(last, next);
        let shaped = inside && (!aligned(first, last) || self.is_indented(next));
        shaped || self.spaced && apart == Some(false)
    }

    /// Does an empty line belong between the last line of a paragraph and the first of the next?
    pub fn is_break(&self, last: &Running, next: &Running) -> bool {
        let apart = self.is_apart(&last.line, &next.line);
        apart.unwrap_or(!self.is_full(last) || starts_paragraph(&next.line.text))
    }
}

/// Distance of two lines on one page, in em; `None` if the second is not below the first.
fn distance(a: &Line, b: &Line) -> Option<f64> {
    let d = (b.rect.y1 - a.rect.y1) / a.em.max(b.em).max(1.);
    (a.page == b.page && (0.5..8.).contains(&d)).then_some(d)
}

/// `　　　　協定書⏎青葉市（以下「甲」という。）と`: no first line of a paragraph stands so far in; a centred one does.
fn is_further_in(first: &Line, next: &Line) -> bool {
    const CENTRED: f64 = 2.5;
    first.page == next.page && first.rect.x0 - next.rect.x0 > CENTRED * next.em
}

/// `第1条`, `2 `, `(1) `, `ア　`, `別表`, `（見出し）`, `【甲の役割】`, `甲　`: a new paragraph, whatever the margins say.
pub fn starts_paragraph(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return true };
    let blank_after = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let numeral = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let after_number = |s: &str| blank_after(s.trim_start_matches(|c| numeral(c) || c == 'の'));
    match first {
        '【' | '・' | '○' | '●' | '◎' | '■' | '□' | '◆' | '◇' | '※' => true,
        '①'..='⑳' => true,
        '［' | '[' | '〔' | '《' | '＜' | '〈' => {
            let label = text.find(['］', ']', '〕', '》', '＞', '〉']).and_then(|end| text.get(..end));
            label.is_some_and(is_label)
        }
        '(' | '（' => {
            let end = text.find([')', '）']);
            let rest = end.and_then(|e| text.get(e..)).map(|r| r.trim_start_matches([')', '）']));
            rest.is_some_and(blank_after)
        }
        '第' => {
            let rest = text.trim_start_matches('第').trim_start_matches(numeral);
            let unit =
                rest.strip_prefix(['条', '章', '節', '編']).map(|r| r.trim_start_matches(|c| numeral(c) || c == 'の'));
            // `第4条（費用の負担）　前条の…`
            let captioned = |r: &str| {
                r.starts_with('（') && r.split_once('）').is_some_and(|(_, text)| text.starts_with('\u{3000}'))
            };
            unit.is_some_and(|r| blank_after(r) || captioned(r))
        }
        '別' => text.starts_with("別表") && text.chars().count() < 30 && !text.contains('。'),
        '附' => text.trim() == "附則" || text.starts_with("附　則"),
        'ア'..='ン' | 'a'..='z' | 'ａ'..='ｚ' | '甲' | '乙' | '丙' => {
            text.chars().nth(1).is_some_and(char::is_whitespace)
        }
        c if numeral(c) => after_number(text),
        _ => begins_with_office(text),
    }
}

/// `青葉市長　山川 一郎`: who signs, below an address
fn begins_with_office(text: &str) -> bool {
    let Some((office, name)) = text.split_once(char::is_whitespace) else { return false };
    let short = |words: &str, most| words.chars().count() <= most;
    office.ends_with(['長', '事']) && short(office, 12) && short(name, 10) && !office.contains(['、', '。'])
}

#[cfg(test)]
mod tests {
    use super::starts_paragraph;

    #[test]
    fn heads_of_paragraphs() {
        for text in [
            "第1条　この",
            "第三条の二 甲は",
            "第4条（費用の負担）　費用は",
            "2 前項の",
            "(1) 生活",
            "（見出し）",
            "ア　医療",
            "【甲の役割】",
            "甲　青葉市",
            "［乙の役割］医師を",
            "青葉市長　山川 一郎",
        ] {
            assert!(starts_paragraph(text), "{text}");
        }
        for text in
            ["第3条の規定により", "24時間", "（2）中学生及び", "アンケート", "甲及び乙は", "別表1に掲げる取組を行う。"]
        {
            assert!(!starts_paragraph(text), "{text}");
        }
    }
}
