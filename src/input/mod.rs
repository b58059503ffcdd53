//! Files that are not plain text become text in the reference shape: one cell one field, tab-separated rows.

pub mod docx;
mod flow;
mod grid;
pub mod html;
mod notes;
mod numerals;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod sniff;

use crate::diagnostics::Diagnostic;
use crate::span::Span;

/// What a PDF, Word or HTML file says, as text in the reference shape.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Reference shape: paragraphs on lines of their own, table rows as `name⇥label⇥text` or one row a line, no wraps.
    pub text: String,
    /// Where pieces of `text` stand in the file, in the order of the text.
    pub map: Vec<Position>,
    /// What the reader of the file has to say (pages without text, glyphs without Unicode, ruby dropped …); spans are in `text`.
    pub notes: Vec<Diagnostic>,
}

/// Where a piece of the text stands in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Bytes of [`Document::text`].
    pub span: Span,
    /// Page, from 1; 0 where the format has none.
    pub page: u32,
    /// x0, y0, x1, y1 in points from the top left of the page as shown.
    pub rect: [f32; 4],
}
