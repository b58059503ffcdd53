//! A workbook of many agreements: 取組, findings, files. Rows go to the disk as they come.

use super::spool::{self, Spool};
use crate::diagnostics::{Lang, Severity};
use crate::rules::{Pair, explain, said};
use crate::schema::{Agreement, Kind};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};

/// A cell holds 32,767 characters; longer words are cut, and end in `…`.
const ROOM: usize = 32_000;

/// A sheet: its name and its columns with their widths in half-width characters.
struct Sheet {
    name: Pair,
    columns: &'static [(&'static str, &'static str, u16)],
}

/// The columns of 取組 come from [`super::sheet::header`].
const INITIATIVES: Sheet = Sheet { name: ("取組", "Initiatives"), columns: &[] };
const INITIATIVE_WIDTHS: [u16; 6] = [24, 10, 24, 20, 24, 50];
const PARTY_WIDTH: u16 = 50;

const FINDINGS: Sheet = Sheet {
    name: ("指摘", "Findings"),
    columns: &[
        ("ファイル", "file", 24),
        ("重さ", "severity", 8),
        ("規則", "rule", 22),
        ("内容", "message", 70),
        ("場所", "path", 30),
        ("行", "line", 8),
    ],
};

const FILES: Sheet = Sheet {
    name: ("ファイル", "Files"),
    columns: &[
        ("ファイル", "file", 24),
        ("状態", "state", 30),
        ("種類", "kind", 20),
        ("題名", "title", 40),
        ("当事者", "parties", 40),
        ("日付", "date", 18),
        ("形式", "format", 8),
        ("文字コード", "encoding", 12),
        ("バイト", "bytes", 10),
        ("取組", "initiatives", 8),
        ("そろった取組", "complete", 12),
        ("読めないバイト", "bytes not understood", 14),
        ("指摘", "findings", 8),
    ],
};

/// A workbook that grows.
pub struct Book {
    book: Workbook,
    initiatives: Spool,
    findings: u32,
    files: u32,
    cut: usize,
    lang: Lang,
}

impl Book {
    /// Three empty sheets.
    ///
    /// # Errors
    /// There is no room for temporary files.
    pub fn new(lang: Lang) -> io::Result<Self> {
        let mut book = Workbook::new();
        for sheet in [INITIATIVES, FINDINGS, FILES] {
            begin(&mut book, &sheet, lang).map_err(io::Error::other)?;
        }
        Ok(Self { book, initiatives: Spool::new()?, findings: 0, files: 0, cut: 0, lang })
    }

    /// Takes an agreement.
    ///
    /// # Errors
    /// The disk or a sheet is full.
    pub fn add(&mut self, agreement: &Agreement) -> io::Result<()> {
        self.initiatives.add(&spool::rows(std::slice::from_ref(agreement)))?;
        for finding in &agreement.diagnostics {
            let line = finding.span.map(|place| place.line.to_string()).unwrap_or_default();
            let severity = explain::severity(finding.severity, self.lang);
            let (rule, message, path) = (finding.rule.as_str(), finding.message.as_str(), finding.path.as_str());
            self.findings += 1;
            self.row(1, self.findings, &[&agreement.source.name, severity, rule, message, path, &line])?;
        }
        let (source, coverage) = (&agreement.source, &agreement.coverage);
        let parties: Vec<_> = agreement.parties.iter().map(|p| format!("{} {}", p.symbol, p.name)).collect();
        let date = agreement.date.as_ref().map(|d| d.iso.as_deref().unwrap_or(&d.text)).unwrap_or_default();
        let [bytes, initiatives, complete, unread, findings] = [
            source.bytes,
            coverage.initiatives.into(),
            coverage.complete.into(),
            coverage.bytes.saturating_sub(coverage.accounted),
            agreement.diagnostics.iter().filter(|d| d.severity > Severity::Note).count() as u64,
        ]
        .map(|count| count.to_string());
        let cells = [
            &source.name,
            said(("読めた", "read"), self.lang),
            kind(agreement.kind, self.lang),
            &agreement.title,
            &parties.join("\n"),
            date,
            &source.format,
            &source.encoding,
            &bytes,
            &initiatives,
            &complete,
            &unread,
            &findings,
        ];
        self.files += 1;
        self.row(2, self.files, &cells)
    }

    /// Takes a file that cannot be read, and why.
    ///
    /// # Errors
    /// The disk or a sheet is full.
    pub fn fail(&mut self, file: &str, reason: &str) -> io::Result<()> {
        self.files += 1;
        self.row(2, self.files, &[file, reason])
    }

    /// Writes the workbook; the result is how many cells were too long and are cut.
    ///
    /// # Errors
    /// The disk or a sheet is full.
    pub fn write(mut self, out: impl Write + Send) -> io::Result<usize> {
        let (findings, files, lang) = (self.findings, self.files, self.lang);
        let rows = std::mem::replace(&mut self.initiatives, Spool::new()?).rows(lang)?;
        let (mut last, mut width) = (0, 0);
        for (at, row) in (0u32..).zip(rows) {
            let row = row?;
            if at == 0 {
                width = row.len();
                let columns = row.iter().enumerate();
                let widths =
                    columns.map(|(at, name)| (name, INITIATIVE_WIDTHS.get(at).copied().unwrap_or(PARTY_WIDTH)));
                self.sheet(0).and_then(|sheet| head(sheet, widths)).map_err(io::Error::other)?;
            } else {
                self.row(0, at, &row.iter().collect::<Vec<_>>())?;
            }
            last = at;
        }
        for (index, last, width) in
            [(0, last, width), (1, findings, FINDINGS.columns.len()), (2, files, FILES.columns.len())]
        {
            let filter =
                |sheet: &mut Worksheet| sheet.autofilter(0, 0, last, width.saturating_sub(1) as u16).map(|_| ());
            self.sheet(index).and_then(filter).map_err(io::Error::other)?;
        }
        self.book.save_to_writer(out).map_err(io::Error::other)?;
        Ok(self.cut)
    }

    fn sheet(&mut self, index: usize) -> Result<&mut Worksheet, XlsxError> {
        self.book.worksheet_from_index(index)
    }

    /// Words as text, counts as numbers.
    fn row(&mut self, index: usize, at: u32, cells: &[&str]) -> io::Result<()> {
        let body = body();
        let mut cut = 0;
        let sheet = self.book.worksheet_from_index(index).map_err(io::Error::other)?;
        for (column, cell) in (0u16..).zip(cells) {
            let number = cell.parse::<u32>().ok().filter(|_| index > 0 && column > 4);
            let written = match (number, cell.char_indices().nth(ROOM)) {
                (Some(number), _) => sheet.write_number_with_format(at, column, number, &body),
                (None, None) => sheet.write_string_with_format(at, column, *cell, &body),
                (None, Some((end, _))) => {
                    cut += 1;
                    sheet.write_string_with_format(at, column, cell.get(..end).unwrap_or("").to_string() + "…", &body)
                }
            };
            written.map_err(io::Error::other)?;
        }
        self.cut += cut;
        Ok(())
    }
}

fn begin(book: &mut Workbook, form: &Sheet, lang: Lang) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(said(form.name, lang))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    head(sheet, form.columns.iter().map(|(ja, en, width)| (said((*ja, *en), lang), *width)))
}

/// The heading row.
fn head<'n>(sheet: &mut Worksheet, columns: impl Iterator<Item = (&'n str, u16)>) -> Result<(), XlsxError> {
    let format = Format::new().set_bold().set_border(FormatBorder::Thin);
    for (column, (name, width)) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, column, name, &format)?;
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

fn body() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin)
}

/// A kind of document in words.
pub fn kind(kind: Kind, lang: Lang) -> &'static str {
    let words = match kind {
        Kind::SettlementRegion => ("定住自立圏形成協定", "settlement region"),
        Kind::CoreCity => ("連携協約", "core city"),
        Kind::Other => ("その他", "other"),
    };
    said(words, lang)
}
