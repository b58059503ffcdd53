//! Rows of many agreements on the disk, until it is known which parties there are: memory stays bounded.

use super::sheet;
use crate::diagnostics::Lang;
use crate::schema::Agreement;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

/// The rows of some agreements as csv, with a column for each of their parties.
#[derive(Debug, Default)]
pub struct Rows {
    parties: Vec<String>,
    csv: Vec<u8>,
}

/// Every 取組 of some agreements.
pub fn rows(agreements: &[Agreement]) -> Rows {
    let parties = sheet::parties(agreements);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for agreement in agreements {
        for row in sheet::rows(agreement) {
            // memory takes every byte, and each row is as long as the first
            let _ = writer.write_record(sheet::words(&agreement.source.name, &row, &parties));
        }
    }
    Rows { csv: writer.into_inner().unwrap_or_default(), parties }
}

/// Rows as they come; the columns of parties are in the order in which parties appear.
pub struct Spool {
    parties: Vec<String>,
    csv: BufWriter<File>,
}

impl Spool {
    /// An empty one, in a file that has no name.
    ///
    /// # Errors
    /// There is no room for temporary files.
    pub fn new() -> io::Result<Self> {
        Ok(Self { parties: Vec::new(), csv: BufWriter::new(tempfile::tempfile()?) })
    }

    /// Takes rows.
    ///
    /// # Errors
    /// The disk is full.
    pub fn add(&mut self, rows: &Rows) -> io::Result<()> {
        for symbol in &rows.parties {
            if !self.parties.contains(symbol) {
                self.parties.push(symbol.clone());
            }
        }
        if self.parties.starts_with(&rows.parties) {
            return self.csv.write_all(&rows.csv);
        }
        let column = |symbol| rows.parties.iter().position(|known| known == symbol).map(|at| sheet::FIXED + at);
        let columns: Vec<_> = (0..sheet::FIXED).map(Some).chain(self.parties.iter().map(column)).collect();
        let mut writer = csv::Writer::from_writer(&mut self.csv);
        for row in csv::ReaderBuilder::new().has_headers(false).from_reader(rows.csv.as_slice()).records() {
            let row = row?;
            writer.write_record(columns.iter().map(|at| at.and_then(|at| row.get(at)).unwrap_or_default()))?;
        }
        writer.flush()
    }

    /// The heading, then every row in its order, each as long as the heading.
    ///
    /// # Errors
    /// The disk is full, or what was written cannot be read back.
    pub fn rows(self, lang: Lang) -> io::Result<impl Iterator<Item = io::Result<csv::StringRecord>>> {
        let mut file = self.csv.into_inner().map_err(|error| error.into_error())?;
        file.rewind()?;
        let header = csv::StringRecord::from(sheet::header(&self.parties, lang));
        let width = header.len();
        let reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file);
        let rows = reader.into_records().map(move |row| {
            let mut row = row?;
            (row.len()..width).for_each(|_| row.push_field(""));
            Ok(row)
        });
        Ok(std::iter::once(Ok(header)).chain(rows))
    }

    /// Writes csv (`,`) or tsv (tab); `bom` for Excel. The same bytes as [`sheet::write`].
    ///
    /// # Errors
    /// `out` takes no more.
    pub fn write(self, mut out: impl Write, delimiter: u8, bom: bool, lang: Lang) -> io::Result<()> {
        if bom {
            write!(out, "{}", sheet::BOM)?;
        }
        let mut writer = sheet::writer(out, delimiter);
        for row in self.rows(lang)? {
            writer.write_record(row?.iter().map(sheet::harmless))?;
        }
        writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{AppendedTable, Field, Initiative, Party};

    fn agreement(symbols: &[&str]) -> Agreement {
        let roles = symbols.iter().map(|s| (s.to_string(), format!("{s}は\n=足す, \"引く\""))).collect();
        let initiatives = vec![Initiative { name: "=救急".into(), roles, ..Default::default() }];
        Agreement {
            parties: symbols.iter().map(|s| Party { symbol: s.to_string(), ..Default::default() }).collect(),
            tables: vec![AppendedTable {
                fields: vec![Field { initiatives, ..Default::default() }],
                ..Default::default()
            }],
            ..Default::default()
        }
    }

    #[test]
    fn writes_what_is_written_at_once() {
        let all = [&["甲", "乙"][..], &["甲", "丙"], &[], &["丁", "乙"]].map(agreement);
        for (delimiter, bom) in [(b',', true), (b'\t', false)] {
            let mut spool = Spool::new().unwrap();
            all.iter().for_each(|a| spool.add(&rows(std::slice::from_ref(a))).unwrap());
            let mut out = Vec::new();
            spool.write(&mut out, delimiter, bom, Lang::Ja).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), sheet::write(&all, delimiter, bom, Lang::Ja));
        }
    }
}
