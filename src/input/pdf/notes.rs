//! What the reader has to say about a file.

use super::PdfError;
use super::geometry::Sheet;
use crate::diagnostics::{Diagnostic, Severity, Words};
use crate::span::Span;

/// Pages and numbers that notes are made of.
#[derive(Default)]
pub struct Notes {
    found: Vec<Diagnostic>,
    scanned: Vec<u32>,
    unreadable: Vec<u32>,
    too_many_lines: Vec<u32>,
    not_rebuilt: Vec<u32>,
    glyphs: usize,
    unknown: usize,
    private: usize,
    slanted: usize,
    ruby: usize,
    overlapping: usize,
    shared: usize,
    furniture: Vec<String>,
}

impl Notes {
    pub fn see(&mut self, sheet: &Sheet) {
        let inked = sheet.glyphs.iter().filter(|g| !g.is_blank());
        let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}');
        let (count, private) = inked.fold((0, 0), |(n, p), g| (n + 1, p + usize::from(private(g.char))));
        self.glyphs += count;
        self.private += private;
        self.unknown += sheet.unknown;
        self.slanted += sheet.slanted;
        if sheet.unreadable {
            self.unreadable.push(sheet.number);
        } else if count == 0 && sheet.has_image {
            self.scanned.push(sheet.number);
        }
    }

    /// Pages that the file counts but that are not in it.
    pub fn pages_missing(&mut self, count: usize) {
        if count > 0 {
            let words =
                Words::new(format!("{count}ページが見つかりません"), format!("{count} pages could not be found"));
            self.found.push(note("pdf-page-unreadable", Severity::Warning, words, None));
        }
    }

    pub fn see_tables(&mut self, page: u32, too_many_lines: bool) {
        if too_many_lines {
            self.too_many_lines.push(page);
        }
    }

    /// Rows of furigana, and rows whose glyphs lie over each other.
    pub fn rows(&mut self, ruby: usize, overlapping: usize) {
        (self.ruby, self.overlapping) = (ruby, overlapping);
    }

    /// A text that was left out because it stands on page after page.
    pub fn furniture(&mut self, text: &str) {
        if !self.furniture.iter().any(|t| t == text) {
            self.furniture.push(text.to_owned());
        }
    }

    /// Cells under several role headings.
    pub fn shared_cells(&mut self, count: usize) {
        self.shared += count;
    }

    pub fn table_not_rebuilt(&mut self, page: u32) {
        self.not_rebuilt.push(page);
    }

    pub fn unruled(&mut self, start: usize, end: usize) {
        let words = Words::new(
            "罫線のない表を、文字の位置から組み立てました。行と列を確かめてください",
            "a table without ruling lines was rebuilt from the positions of its text; check its rows and columns",
        );
        self.found.push(note("pdf-table-without-rules", Severity::Warning, words, Some(Span::new(start, end))));
    }

    /// Is there text at all, and does the file say what its characters are?
    pub fn verdict(&self, pages: usize) -> Result<(), PdfError> {
        if self.glyphs == 0 && self.unknown == 0 {
            let all: Vec<u32> = (1..).take(pages).collect();
            if !self.unreadable.is_empty() {
                return Err(PdfError::Damaged { pages: page_list(&self.unreadable) });
            }
            return Err(PdfError::NoText { pages: page_list(&all) });
        }
        let total = self.glyphs.max(self.unknown);
        if self.unknown * 100 > total {
            return Err(PdfError::NoUnicode { missing: self.unknown, total });
        }
        Ok(())
    }

    pub fn finish(mut self) -> Vec<Diagnostic> {
        let mut pages = |pages: &[u32], rule, ja: &str, en: &str| {
            if !pages.is_empty() {
                let words = Words::new(format!("{}: {ja}", page_list(pages)), format!("{}: {en}", page_list(pages)));
                self.found.push(note(rule, Severity::Warning, words, None));
            }
        };
        pages(
            &self.unreadable,
            "pdf-page-unreadable",
            "内容の一部を読めませんでした",
            "a part of the content could not be read",
        );
        pages(
            &self.scanned,
            "pdf-no-text",
            "画像だけで文字情報がありません（OCRが必要です）",
            "only an image, no text (needs OCR)",
        );
        pages(
            &self.too_many_lines,
            "pdf-too-many-lines",
            "線が多すぎるため、表を探していません",
            "too many lines to look for tables",
        );
        pages(
            &self.not_rebuilt,
            "pdf-table-without-rules",
            "罫線のない表があり、列を組み立てられませんでした",
            "a table without ruling lines could not be put into columns",
        );
        let mut counts = |count: usize, rule, severity, ja: &str, en: &str| {
            if count > 0 {
                self.found.push(note(
                    rule,
                    severity,
                    Words::new(format!("{ja}: {count}"), format!("{en}: {count}")),
                    None,
                ));
            }
        };
        let (warning, info) = (Severity::Warning, Severity::Note);
        counts(
            self.unknown,
            "pdf-glyph-without-unicode",
            warning,
            "どの文字か分からない字",
            "glyphs of unknown character",
        );
        counts(
            self.private,
            "pdf-private-character",
            warning,
            "外字（私用領域の文字）",
            "characters of the private use area",
        );
        counts(
            self.slanted,
            "pdf-slanted-text",
            info,
            "斜めの文字（透かし）を除きました",
            "glyphs of slanted text (a watermark) left out",
        );
        counts(self.ruby, "pdf-ruby", info, "ふりがなを除きました（行）", "rows of furigana left out");
        counts(
            self.overlapping,
            "pdf-overlapping-text",
            warning,
            "文字が重なって印刷されています（行）",
            "rows of letters drawn over each other",
        );
        let (ja, en) = (
            "複数の役割の列にまたがるセルを、それぞれの列に置きました",
            "cells under several role columns, put into each",
        );
        counts(self.shared, "input-shared-cell", warning, ja, en);
        for text in &self.furniture {
            let words = Words::new(
                format!("各ページに繰り返される「{text}」を柱とみなして除きました"),
                format!("left out as a running header or footer: {text}"),
            );
            self.found.push(note("pdf-running-header", Severity::Note, words, None));
        }
        self.found
    }
}

fn note(rule: &'static str, severity: Severity, words: Words, span: Option<Span>) -> Diagnostic {
    Diagnostic { rule, severity, words, path: Default::default(), span, related: Vec::new(), help: None }
}

/// `page 3`, `pages 1-3, 7`
fn page_list(pages: &[u32]) -> String {
    let runs = pages.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("{first}-{last}"),
        one => one.iter().map(u32::to_string).collect(),
    });
    let list = runs.collect::<Vec<_>>().join(", ");
    format!("{} {list}", if pages.len() == 1 { "page" } else { "pages" })
}

#[cfg(test)]
mod tests {
    use super::page_list;

    #[test]
    fn page_lists() {
        assert_eq!(page_list(&[3]), "page 3");
        assert_eq!(page_list(&[1, 2, 3, 7]), "pages 1-3, 7");
    }
}
