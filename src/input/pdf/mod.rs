//! PDF files: text with its positions, tables from their lines, paragraphs from their shape.
//!
//! A page goes through these steps: [`content`] shows glyphs and lines, [`grid`] makes tables of lines, [`lines`] makes rows of the
//! rest, [`furniture`] takes running headers away, [`unruled`] finds tables without lines, [`flow`] makes paragraphs, [`rows`] joins
//! tables over pages, [`shape`] and [`write`] give the text in the reference shape.

mod bands;
mod budget;
mod content;
mod fields;
mod flow;
mod font;
mod furniture;
mod geometry;
mod grid;
mod head;
mod headed;
mod lines;
mod middles;
mod names;
mod notes;
mod paint;
mod rivers;
mod rows;
mod shape;
mod stacked;
mod unruled;
mod write;

pub use budget::Limits;

use crate::diagnostics::Words;
use crate::input::Document;
use budget::Budget;
use flow::{Running, Style};
use furniture::PageRows;
use grid::Table;
use hayro_syntax::object::Dict;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use notes::Notes;
use rows::Whole;
use thiserror::Error;
use write::Writer;

/// Why a PDF file gives no text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PdfError {
    /// The bytes are no PDF, or too broken to find a page.
    #[error("not a PDF file, or damaged so that no page can be found")]
    NotPdf,
    /// A password is needed to open it.
    #[error("encrypted with a password: save the file without it first")]
    Password,
    /// An encryption that cannot be undone here.
    #[error("encrypted in a way that is not supported")]
    Encryption,
    /// The file costs more than [`Limits`] allow.
    #[error("more than {limit} {what}: the file is too large, or made to exhaust the reader")]
    Budget {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
    /// No page has text.
    #[error("no text layer on {pages}: probably a scan, which needs OCR first")]
    NoText {
        /// `page 1`, `pages 1-12`.
        pages: String,
    },
    /// Pages were found, but their content is gone.
    #[error("the content of {pages} could not be read: the file is damaged")]
    Damaged {
        /// `page 1`, `pages 1-12`.
        pages: String,
    },
    /// More than 1 % of the glyphs do not say which character they are.
    #[error("{missing} of {total} glyphs do not say which character they are: print the file again, or use OCR")]
    NoUnicode {
        /// Glyphs without a character.
        missing: usize,
        /// All glyphs.
        total: usize,
    },
}

impl PdfError {
    /// The message in both languages.
    pub fn words(&self) -> Words {
        let ja = match self {
            Self::NotPdf => "PDFではないか、ページが見つからないほど壊れています".to_owned(),
            Self::Password => "パスワードで保護されています。パスワードなしで保存し直してください".to_owned(),
            Self::Encryption => "対応していない方式で暗号化されています".to_owned(),
            Self::Budget { what, limit } => {
                format!("{what}が上限{limit}を超えました。大きすぎるか、読み手を疲弊させるファイルです")
            }
            Self::NoText { pages } => {
                format!("文字情報がありません（{pages}）。スキャンと思われます。先にOCRにかけてください")
            }
            Self::Damaged { pages } => format!("内容を読めませんでした（{pages}）。ファイルが壊れています"),
            Self::NoUnicode { missing, total } => {
                format!("{total}字中{missing}字がどの文字か分かりません。印刷し直すか、OCRにかけてください")
            }
        };
        Words::new(ja, self.to_string())
    }
}

/// Reads a PDF file into text in the reference shape.
///
/// `bytes` is the whole file. Positions in the result are in points from the top left of the page as shown. What could not be read is
/// an error if nothing can be made of the file, else a note.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, PdfError> {
    let mut budget = Budget::new(*limits);
    budget.check_structure(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Password,
        LoadPdfError::Decryption(_) => PdfError::Encryption,
        LoadPdfError::Invalid => PdfError::NotPdf,
    })?;
    let mut notes = Notes::default();
    let mut pages = page_rows(&pdf, &mut budget, &mut notes)?;
    furniture::remove(&mut pages, &mut notes);
    Ok(document(pages, notes))
}

/// Shows every page, and takes the tables with lines out of it.
fn page_rows(pdf: &Pdf, budget: &mut Budget, notes: &mut Notes) -> Result<Vec<PageRows>, PdfError> {
    let mut fonts = font::Fonts::default();
    let mut reader = lines::Lines::default();
    let mut pages = Vec::new();
    budget.pages(pdf.pages().len())?;
    notes.pages_missing(promised_pages(pdf).saturating_sub(pdf.pages().len()));
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        let mut sheet = content::sheet(page, number, &mut fonts, budget)?;
        notes.see(&sheet);
        let tables = grid::tables(&mut sheet, &mut reader);
        notes.see_tables(number, tables.is_none());
        let glyphs = std::mem::take(&mut sheet.glyphs);
        let rows = reader.rows(glyphs);
        pages.push(PageRows { sheet, tables: tables.unwrap_or_default(), rows });
    }
    notes.rows(reader.ruby, reader.overlapping);
    notes.verdict(pages.len())?;
    Ok(pages)
}

/// How many pages the file says it has.
fn promised_pages(pdf: &Pdf) -> usize {
    let root = pdf.xref().get::<Dict>(pdf.xref().root_id());
    root.and_then(|r| r.get::<Dict>("Pages")).and_then(|p| p.get::<usize>("Count")).unwrap_or(0)
}

/// What a page holds, in reading order.
enum Item {
    Line(Running),
    Table(Table),
}

fn items(mut page: PageRows, before: Option<&Item>, notes: &mut Notes) -> Vec<Item> {
    let before = match before {
        Some(Item::Table(table)) if !table.ruled && page.tables.is_empty() => Some(table),
        _ => None,
    };
    let (unruled, failed) = unruled::tables(&mut page.rows, &page.sheet, before);
    if failed {
        notes.table_not_rebuilt(page.sheet.number);
    }
    let mut tables = page.tables;
    tables.extend(unruled);
    tables.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0));
    let mut out = Vec::new();
    let mut rows = page.rows.as_slice();
    for table in tables {
        let (above, below) = rows.split_at(rows.partition_point(|r| r.baseline < table.rect.y0 + r.em / 2.));
        out.extend(flow::in_order(above, &page.sheet).into_iter().map(Item::Line));
        out.push(Item::Table(table));
        rows = below;
    }
    out.extend(flow::in_order(rows, &page.sheet).into_iter().map(Item::Line));
    out
}

/// A paragraph, or a table over all its pages.
enum Block {
    Paragraph(Vec<Running>),
    Table(Whole),
}

fn document(pages: Vec<PageRows>, mut notes: Notes) -> Document {
    let mut shown: Vec<Vec<Item>> = Vec::new();
    for page in pages {
        let before = shown.last().and_then(|items| items.last());
        let items = items(page, before, &mut notes);
        shown.push(items);
    }
    let pages = shown;
    let lines: Vec<Running> = pages
        .iter()
        .flatten()
        .filter_map(|item| match item {
            Item::Line(line) => Some(line.clone()),
            Item::Table(_) => None,
        })
        .collect();
    let style = Style::of(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    for page in pages {
        for (place, item) in page.into_iter().enumerate() {
            match item {
                Item::Table(table) => add_table(&mut blocks, table, place == 0, &style),
                Item::Line(line) => add_line(&mut blocks, line, &style),
            }
        }
    }
    for block in &mut blocks {
        if let Block::Table(table) = block {
            table.take_ends();
            notes.shared_cells(shape::settle(table));
        }
    }
    write_blocks(&blocks, &style, notes)
}

fn add_line(blocks: &mut Vec<Block>, line: Running, style: &Style) {
    match blocks.last_mut() {
        Some(Block::Paragraph(paragraph)) if style.continues(paragraph, &line) => paragraph.push(line),
        _ => blocks.push(Block::Paragraph(vec![line])),
    }
}

/// A table at the top of a page may go on with the one before; a box with one text is running text.
fn add_table(blocks: &mut Vec<Block>, table: Table, at_top: bool, style: &Style) {
    match blocks.last_mut() {
        Some(Block::Table(whole)) if at_top && whole.goes_on_in(&table) => whole.append(table),
        _ if table.fragment => {
            let lines = table.cells.into_iter().flat_map(|cell| cell.lines);
            lines.for_each(|line| add_line(blocks, Running::boxed(line), style));
        }
        _ => blocks.push(Block::Table(Whole::new(table))),
    }
}

fn write_blocks(blocks: &[Block], style: &Style, mut notes: Notes) -> Document {
    let mut writer = Writer::default();
    let mut last: Option<&Running> = None;
    for block in blocks {
        match block {
            Block::Table(table) => {
                let start = writer.text.len();
                writer.table(&shape::lines(table));
                if !table.ruled {
                    notes.unruled(start, writer.text.len());
                }
                last = None;
            }
            Block::Paragraph(lines) => {
                if last.zip(lines.first()).is_some_and(|(a, b)| style.is_break(a, b)) {
                    writer.blank();
                }
                writer.paragraph(lines.iter().map(|l| &l.line));
                last = lines.last();
            }
        }
    }
    let text = writer.text.trim_end();
    let end = if text.is_empty() { 0 } else { text.len() + 1 };
    writer.text.truncate(end);
    Document { text: writer.text, map: writer.map, notes: notes.finish() }
}
