//! The text in the reference shape, and where each piece of it stands.

use super::lines::{Line, joins_with_blank};
use super::rows::Whole;
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
    pub fn paragraph(&mut self, lines: &[Line]) {
        self.pieces(lines);
        self.text.push('\n');
    }

    /// A table: a name with its labels and texts, or one row an initiative.
    pub fn table(&mut self, table: &Whole) {
        self.blank();
        let label = table.label_column();
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let used: Vec<usize> =
            (0..columns).filter(|&c| table.rows.iter().any(|r| r.get(c).is_some_and(|l| !l.is_empty()))).collect();
        let mut name: &[Line] = &[];
        for row in &table.rows {
            let cells: Vec<&[Line]> = used.iter().map(|&c| row.get(c).map_or(&[][..], Vec::as_slice)).collect();
            let alone = cells.iter().skip(1).all(|c| c.is_empty());
            match label {
                // The name stands in a row of its own over its labels.
                Some(0) if alone => name = cells.first().copied().unwrap_or_default(),
                Some(0) => self.row(std::iter::once(std::mem::take(&mut name)).chain(cells)),
                Some(_) if alone => {
                    self.blank();
                    self.paragraph(cells.first().copied().unwrap_or_default());
                    self.blank();
                }
                _ => self.row(cells),
            }
        }
        if !name.is_empty() {
            self.paragraph(name);
        }
        self.blank();
    }

    fn row<'l>(&mut self, cells: impl IntoIterator<Item = &'l [Line]>) {
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                self.text.push('\t');
            }
            self.pieces(cell);
        }
        self.text.push('\n');
    }

    fn pieces(&mut self, lines: &[Line]) {
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
