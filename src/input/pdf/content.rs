//! Content streams: the operators that show text and paint lines.

use super::PdfError;
use super::budget::Budget;
use super::font::{Font, Fonts};
use super::geometry::{Direction, Glyph, Matrix, Rect, Sheet};
use super::names;
use super::paint::{Path, Pieces};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};
use std::rc::Rc;

/// Reads one page.
pub fn sheet(page: &Page, number: u32, fonts: &mut Fonts, budget: &mut Budget) -> Result<Sheet, PdfError> {
    let (width, height) = page.render_dimensions();
    let mut sheet = Sheet { number, width: width.into(), height: height.into(), ..Sheet::default() };
    let mut content = Vec::new();
    let streams = streams(page);
    sheet.unreadable = streams.is_empty() && page.raw().contains_key("Contents");
    for stream in streams {
        let unpacked = budget.decode(&stream)?;
        sheet.unreadable |= unpacked.damaged;
        content.extend_from_slice(&unpacked.bytes);
        content.push(b' ');
    }
    let mut reader = Reader { sheet, pieces: Pieces::default(), marks: Vec::new(), hidden: 0, fonts, budget };
    let state = State::new(Matrix(page.initial_transform(true).as_coeffs()));
    reader.run(&content, page.resources(), state, 0)?;
    let Reader { mut sheet, pieces, .. } = reader;
    (sheet.horizontal, sheet.vertical) = pieces.into_rulings();
    let (w, h) = (sheet.width, sheet.height);
    sheet.glyphs.retain(|g| g.x >= 0. && g.x <= w && g.y >= 0. && g.y <= h);
    sheet.set_upright();
    Ok(sheet)
}

fn streams<'a>(page: &Page<'a>) -> Vec<Stream<'a>> {
    match page.raw().get::<Object>("Contents") {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(array)) => array.iter::<Stream>().collect(),
        _ => Vec::new(),
    }
}

/// The graphics state, as far as text and lines need it.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    clip: Rect,
    line_width: f64,
    font: Option<Rc<Font>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl State {
    fn new(ctm: Matrix) -> Self {
        Self {
            ctm,
            clip: Rect::EVERYWHERE,
            line_width: 1.,
            font: None,
            size: 0.,
            char_space: 0.,
            word_space: 0.,
            stretch: 1.,
            leading: 0.,
            rise: 0.,
        }
    }
}

/// What an open `BDC` says about the glyphs in it.
enum Mark {
    Nothing,
    /// Their text, and the number of glyphs before it.
    ActualText(String, usize),
    /// A running header, footer or page number.
    Pagination,
}

/// Where the next glyph goes.
struct Pen {
    text: Matrix,
    line: Matrix,
}

impl Pen {
    fn set(&mut self, m: Matrix) {
        (self.text, self.line) = (m, m);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set(self.line.after(Matrix::shift(x, y)));
    }

    fn forward(&mut self, x: f64, y: f64) {
        self.text = self.text.after(Matrix::shift(x, y));
    }
}

struct Reader<'r> {
    sheet: Sheet,
    pieces: Pieces,
    marks: Vec<Mark>,
    /// Open marks that hide their glyphs.
    hidden: usize,
    fonts: &'r mut Fonts,
    budget: &'r mut Budget,
}

fn f(n: &Number) -> f64 {
    n.as_f64()
}

impl Reader<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources, base: State, depth: usize) -> Result<(), PdfError> {
        let (mut state, mut saved) = (base, Vec::new());
        let mut pen = Pen { text: Matrix::IDENTITY, line: Matrix::IDENTITY };
        let mut path = Path::default();
        let mut clips = false;
        let mut operators = TypedIter::new(content);
        while let Some(op) = operators.next() {
            self.budget.operator()?;
            match op {
                Op::SaveState(_) => {
                    self.budget.saved_states(saved.len())?;
                    saved.push(state.clone());
                }
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(m) => state.ctm = state.ctm.after(Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(f))),
                Op::LineWidth(w) => state.line_width = f(&w.0),

                Op::MoveTo(p) => path.move_to(state.ctm.apply(f(&p.0), f(&p.1))),
                Op::LineTo(p) => path.line_to(state.ctm.apply(f(&p.0), f(&p.1))),
                Op::CubicTo(p) => path.curve_to(state.ctm.apply(f(&p.4), f(&p.5))),
                Op::CubicStartTo(p) => path.curve_to(state.ctm.apply(f(&p.2), f(&p.3))),
                Op::CubicEndTo(p) => path.curve_to(state.ctm.apply(f(&p.2), f(&p.3))),
                Op::ClosePath(_) => path.close(),
                Op::RectPath(r) => path.rect(state.ctm, [&r.0, &r.1, &r.2, &r.3].map(f)),
                Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => clips = true,

                Op::StrokePath(_) => self.paint(&mut path, &mut state, &mut clips, true, false),
                Op::CloseAndStrokePath(_) => {
                    path.close();
                    self.paint(&mut path, &mut state, &mut clips, true, false);
                }
                Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                    self.paint(&mut path, &mut state, &mut clips, false, true);
                }
                Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => {
                    self.paint(&mut path, &mut state, &mut clips, true, true);
                }
                Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                    path.close();
                    self.paint(&mut path, &mut state, &mut clips, true, true);
                }
                Op::EndPath(_) => self.paint(&mut path, &mut state, &mut clips, false, false),

                Op::BeginText(_) => pen.set(Matrix::IDENTITY),
                Op::CharacterSpacing(x) => state.char_space = f(&x.0),
                Op::WordSpacing(x) => state.word_space = f(&x.0),
                Op::HorizontalScaling(x) => state.stretch = f(&x.0) / 100.,
                Op::TextLeading(x) => state.leading = f(&x.0),
                Op::TextRise(x) => state.rise = f(&x.0),
                Op::TextFont(t) => {
                    state.size = f(&t.1);
                    state.font = self.fonts.get(t.0, resources, self.budget)?;
                }
                Op::NextLine(p) => pen.next_line(f(&p.0), f(&p.1)),
                Op::NextLineAndSetLeading(p) => {
                    state.leading = -f(&p.1);
                    pen.next_line(f(&p.0), f(&p.1));
                }
                Op::NextLineUsingLeading(_) => pen.next_line(0., -state.leading),
                Op::SetTextMatrix(m) => pen.set(Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(f))),
                Op::ShowText(s) => self.show(&state, &mut pen, s.0.as_bytes())?,
                Op::NextLineAndShowText(s) => {
                    pen.next_line(0., -state.leading);
                    self.show(&state, &mut pen, s.0.as_bytes())?;
                }
                Op::ShowTextWithParameters(s) => {
                    (state.word_space, state.char_space) = (f(&s.0), f(&s.1));
                    pen.next_line(0., -state.leading);
                    self.show(&state, &mut pen, s.2.as_bytes())?;
                }
                Op::ShowTexts(list) => self.show_adjusted(&state, &mut pen, list.0)?,

                Op::XObject(x) => self.object(x.0, resources, &state, depth)?,
                Op::InlineImage(_) => self.sheet.has_image = true,
                Op::BeginMarkedContent(_) => self.marks.push(Mark::Nothing),
                Op::BeginMarkedContentWithProperties(b) => {
                    let properties = match b.1 {
                        Object::Dict(d) => Some(d.clone()),
                        Object::Name(name) => resources.properties.get::<Dict>(name.as_ref()),
                        _ => None,
                    };
                    self.begin(b.0, properties);
                }
                Op::EndMarkedContent(_) => self.end(),
                _ => {}
            }
        }
        Ok(())
    }

    fn paint(&mut self, path: &mut Path, state: &mut State, clips: &mut bool, stroke: bool, fill: bool) {
        if stroke {
            let [a, b, ..] = state.ctm.0;
            self.pieces.stroke(path, state.line_width * a.hypot(b), state.clip);
        } else if fill {
            self.pieces.fill(path, state.clip);
        }
        if std::mem::take(clips) {
            // A box around the clip path: exact for the boxes that tables are clipped to.
            state.clip = state.clip.intersect(path.bounds());
        }
        path.clear();
    }

    /// `Do`: a form is run in place, an image is noted.
    fn object(&mut self, name: &Name, resources: &Resources, state: &State, depth: usize) -> Result<(), PdfError> {
        self.budget.form()?;
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let dict = stream.dict();
        if dict.get::<Name>("Subtype").as_deref() != Some(b"Form") {
            self.sheet.has_image = true;
            return Ok(());
        }
        if depth >= self.budget.nesting() {
            self.sheet.unreadable = true;
            return Ok(());
        }
        let content = self.budget.decode(&stream)?;
        self.sheet.unreadable |= content.damaged;
        let mut inner = state.clone();
        if let Some(m) = dict.get::<[f64; 6]>("Matrix") {
            inner.ctm = inner.ctm.after(Matrix(m));
        }
        if let Some([x0, y0, x1, y1]) = dict.get::<[f64; 4]>("BBox") {
            let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]].map(|[x, y]| inner.ctm.apply(x, y));
            inner.clip = inner.clip.intersect(Rect::around(corners));
        }
        match dict.get::<Dict>("Resources") {
            Some(own) => self.run(&content.bytes, &Resources::new(own), inner, depth + 1),
            None => self.run(&content.bytes, resources, inner, depth + 1),
        }
    }

    /// `[(text) offset (text) …] TJ`
    fn show_adjusted(&mut self, state: &State, pen: &mut Pen, list: &Array) -> Result<(), PdfError> {
        let vertical = state.font.as_ref().is_some_and(|f| f.vertical);
        for item in list.iter::<Object>() {
            match item {
                Object::String(s) => self.show(state, pen, s.as_bytes())?,
                Object::Number(n) => {
                    let offset = -f(&n) / 1000. * state.size;
                    if vertical { pen.forward(0., offset) } else { pen.forward(offset * state.stretch, 0.) }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, state: &State, pen: &mut Pen, mut bytes: &[u8]) -> Result<(), PdfError> {
        let Some(font) = &state.font else {
            self.sheet.unreadable = true;
            return Ok(());
        };
        while let Some((code, rest)) = font.next(bytes) {
            bytes = rest;
            self.budget.glyph()?;
            let width = font.width(&code);
            let em = state.ctm.after(pen.text).after(Matrix([
                state.size * state.stretch,
                0.,
                0.,
                state.size,
                0.,
                state.rise,
            ]));
            if self.hidden == 0 {
                let mut character = font.character(&code).unwrap_or_else(|| {
                    self.sheet.unknown += 1;
                    (char::REPLACEMENT_CHARACTER, None)
                });
                if font.vertical {
                    character.0 = names::upright(character.0);
                }
                self.sheet.glyphs.extend(placed(em, width, font.vertical, character, &mut self.sheet.slanted));
            }
            self.sheet.vertical_writing |= font.vertical;
            let space = state.char_space + if code.is_space() { state.word_space } else { 0. };
            if font.vertical {
                pen.forward(0., space - state.size);
            } else {
                pen.forward((width * state.size + space) * state.stretch, 0.);
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: &Name, properties: Option<Dict>) {
        let is_pagination = |d: &Dict| d.get::<Name>("Type").as_deref() == Some(b"Pagination");
        let actual = properties.as_ref().and_then(|d| d.get::<PdfString>("ActualText"));
        self.marks.push(if tag.as_ref() == b"Artifact" && properties.as_ref().is_some_and(is_pagination) {
            self.hidden += 1;
            Mark::Pagination
        } else if let Some(text) = actual {
            Mark::ActualText(text_string(text.as_bytes()), self.sheet.glyphs.len())
        } else {
            Mark::Nothing
        });
    }

    fn end(&mut self) {
        match self.marks.pop() {
            Some(Mark::Pagination) => self.hidden = self.hidden.saturating_sub(1),
            Some(Mark::ActualText(text, start)) => self.replace(&text, start),
            Some(Mark::Nothing) | None => {}
        }
    }

    /// Gives the glyphs from `start` on the text that the file says they have.
    fn replace(&mut self, text: &str, start: usize) {
        let Some(glyphs) = self.sheet.glyphs.get_mut(start..) else { return };
        let unknown = glyphs.iter().filter(|g| g.char == char::REPLACEMENT_CHARACTER).count();
        if text.chars().count() == glyphs.len() {
            for (glyph, char) in glyphs.iter_mut().zip(text.chars()) {
                (glyph.char, glyph.more) = (char, None);
            }
        } else {
            let mut chars = text.chars();
            let (first, rest) = (chars.next(), chars.as_str());
            let Some((glyph, others)) = glyphs.split_first_mut() else { return };
            if let Some(first) = first {
                (glyph.char, glyph.more) = (first, (!rest.is_empty()).then(|| rest.into()));
                if let Some(last) =
                    others.last().filter(|l| l.direction == Direction::Right && l.right() > glyph.left())
                {
                    let left = glyph.left();
                    (glyph.x, glyph.advance) = ((left + last.right()) / 2., last.right() - left);
                }
            }
            self.sheet.glyphs.truncate(start + usize::from(first.is_some()));
        }
        self.sheet.unknown = self.sheet.unknown.saturating_sub(unknown);
    }
}

/// A glyph on the page; `None` for slanted text, which is a stamp over the page and not a part of its lines.
fn placed(
    em: Matrix,
    width: f64,
    vertical: bool,
    (char, more): (char, Option<Box<str>>),
    slanted: &mut usize,
) -> Option<Glyph> {
    let [a, b, c, d, ..] = em.0;
    let size = c.hypot(d);
    let [dx, dy] = if vertical { [-c, -d] } else { [a, b] };
    if dx.abs().min(dy.abs()) > 0.2 * dx.abs().max(dy.abs()) {
        *slanted += 1;
        return None;
    }
    let direction = match (dx.abs() >= dy.abs(), dx >= 0., dy >= 0.) {
        (true, true, _) => Direction::Right,
        (true, false, _) => Direction::Left,
        (false, _, true) => Direction::Down,
        (false, _, false) => Direction::Up,
    };
    // The origin of a glyph is on its baseline, in vertical writing at the middle of its top.
    let (centre, advance) = if vertical { ([0., -0.5], size) } else { ([width / 2., 0.38], width * a.hypot(b)) };
    let [x, y] = em.apply(centre[0], centre[1]);
    (x.is_finite() && y.is_finite() && size.is_finite()).then_some(Glyph {
        x,
        y,
        advance,
        em: size,
        direction,
        char,
        more,
    })
}

/// A text string of PDF: UTF-16 or UTF-8 with a mark, else Latin.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
