//! The text in the reference shape, and where each piece of it stands.

use super::lines::{Line, joins_with_blank};
use super::shape::Shaped;
use crate::input::Position;
use crate::span::Span;

/// Text under construction.
#[derive(Default)]
pub struct Writer {
    pub text: String,
    pub map: Vec<Position>,
}

impl Writer {
    /// An empty line, unless one is there.
    pub fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A paragraph that is wrapped over `lines`.
    pub fn paragraph<'l>(&mut self, lines: impl Iterator<Item = &'l Line>) {
        self.pieces(lines);
        self.text.push('\n');
    }

    /// The lines of a table.
    pub fn table(&mut self, lines: &[Shaped]) {
        self.blank();
        let mut in_rows = false;
        for line in lines {
            match line {
                Shaped::Apart(cells) => {
                    // below a row that ends no sentence it would go on
                    if std::mem::take(&mut in_rows) {
                        self.blank();
                    }
                    self.fields(cells, '　');
                }
                Shaped::Fields(fields) => {
                    in_rows = true;
                    self.fields(fields, '\t');
                }
            }
        }
        self.blank();
    }

    fn fields(&mut self, fields: &[Vec<&Line>], between: char) {
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.text.push(between);
            }
            self.pieces(field.iter().copied());
        }
        self.text.push('\n');
    }

    fn pieces<'l>(&mut self, lines: impl Iterator<Item = &'l Line>) {
        let mut before: Option<&Line> = None;
        for line in lines {
            if before.is_some_and(|b| joins_with_blank(b, &line.text)) {
                self.text.push(' ');
            }
            let start = self.text.len();
            self.text.extend(line.text.chars().map(|c| if c.is_control() { ' ' } else { c }));
            let span = Span::new(start, self.text.len());
            self.map.push(Position { span, page: line.page, rect: line.shown });
            before = Some(line);
        }
    }
}
