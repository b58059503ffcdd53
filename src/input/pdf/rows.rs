//! Rows of tables: pages joined, repeated headers dropped, cells that a page cut put together.

use super::grid::Table;
use super::lines::Line;

/// Lines of one cell; empty for a cell that another one covers.
pub type Lines = Vec<Line>;

/// A table over all its pages.
#[derive(Debug)]
pub struct Whole {
    /// Each row has as many cells as the table has columns.
    pub rows: Vec<Vec<Lines>>,
    edges: Vec<f64>,
    /// Found by ruling lines.
    pub ruled: bool,
}

/// `取組内容`, `取組の内容`, `甲の役割`, `【乙の役割】`
pub fn is_label(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"【】[]［］〔〕（）()・".contains(*c)).collect();
    let short = bare.chars().count() <= 12;
    short && (bare.ends_with("役割") || bare.ends_with("役割分担") || bare.ends_with("内容"))
}

/// The characters of a cell without blanks.
fn bare(cell: &Lines) -> String {
    cell.iter().flat_map(|l| l.text.chars()).filter(|c| !c.is_whitespace()).collect()
}

impl Whole {
    pub fn new(table: Table) -> Self {
        let columns = table.edges.len().saturating_sub(1);
        let mut rows = vec![vec![Lines::new(); columns]; table.rows];
        for cell in table.cells {
            if let Some(place) = rows.get_mut(cell.row).and_then(|r| r.get_mut(cell.column)) {
                *place = cell.lines;
            }
        }
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        Self { rows, edges: table.edges, ruled: table.ruled }
    }

    /// Does a table at the top of the next page have the same columns?
    pub fn goes_on_in(&self, table: &Table) -> bool {
        const REACH: f64 = 6.;
        let width = |edges: &[f64]| edges.iter().map(|e| e - edges.first().unwrap_or(e)).collect::<Vec<_>>();
        let (a, b) = (width(&self.edges), width(&table.edges));
        // Without lines, the last column ends where its longest text does.
        let compared = a.len().saturating_sub(usize::from(!self.ruled));
        self.ruled == table.ruled
            && a.len() == b.len()
            && a.iter().zip(&b).take(compared).all(|(a, b)| (a - b).abs() < REACH)
    }

    /// Adds the part on the next page.
    pub fn append(&mut self, table: Table) {
        let open = table.open_above;
        let mut next = Self::new(table);
        let repeated = self.rows.first().zip(next.rows.first()).is_some_and(|(a, b)| is_header(a) && same(a, b));
        if repeated {
            next.rows.remove(0);
        }
        let label = label_column(self.rows.iter().chain(&next.rows));
        if let Some(first) = next.rows.first_mut() {
            let rest = match label {
                Some(label) => self.rest_of_stacked(first, label),
                None => self.rest_of_row(first, open),
            };
            if rest {
                let last = self.rows.last_mut();
                for (cell, rest) in last.into_iter().flatten().zip(next.rows.remove(0)) {
                    cell.extend(rest);
                }
            }
        }
        self.rows.append(&mut next.rows);
    }

    /// The column of a stacked table in which the labels stand; `None` if the labels stand in a header row.
    pub fn label_column(&self) -> Option<usize> {
        label_column(self.rows.iter())
    }

    /// `title | label | text`: a row without label is the rest of the last one. A title that is only seen on the second page, or is
    /// repeated there, belongs to the rows before.
    fn rest_of_stacked(&mut self, first: &mut [Lines], label: usize) -> bool {
        let opens_group = first.get(label).is_some_and(|l| bare(l).ends_with("内容"));
        if label > 0 && !opens_group {
            let group = self.rows.iter().rposition(|r| r.get(label).is_some_and(|l| bare(l).ends_with("内容")));
            let title = group.and_then(|g| self.rows.get_mut(g)).and_then(|r| r.first_mut());
            if let (Some(title), Some(here)) = (title, first.first_mut()) {
                if bare(title) == bare(here) {
                    here.clear();
                } else {
                    title.append(here);
                }
            }
        }
        first.get(label).is_some_and(|l| l.is_empty())
    }

    /// One row an initiative: a row without a name, or with nothing else, or one that goes on with sentences which the page cut.
    fn rest_of_row(&self, first: &[Lines], open: bool) -> bool {
        let texts = |row: &[Lines]| row.iter().skip(1).filter(|c| !c.is_empty()).map(bare).collect::<Vec<_>>();
        let finished = |text: &String| text.ends_with(['。', '）', ')']);
        let Some((last, before)) = self.rows.split_last() else { return false };
        let cut = last.iter().zip(first).skip(1).any(|(a, b)| !a.is_empty() && !b.is_empty() && !finished(&bare(a)));
        // Where texts are no sentences, an end without 。 says nothing; a missing line does.
        let all: Vec<String> = before.iter().filter(|r| !is_header(r)).flat_map(|r| texts(r)).collect();
        let sentences = all.iter().filter(|t| finished(t)).count() * 10 >= all.len() * 7;
        first.first().is_some_and(|name| name.is_empty()) || texts(first).is_empty() || cut && (open || sentences)
    }
}

/// The column before the last in which labels stand, row by row; `None` if there is a header row of labels.
fn label_column<'r>(rows: impl Iterator<Item = &'r Vec<Lines>>) -> Option<usize> {
    let mut count: Vec<usize> = Vec::new();
    for (i, row) in rows.enumerate() {
        if i == 0 && is_header(row) {
            return None;
        }
        count.resize(row.len().max(count.len()), 0);
        for (count, cell) in count.iter_mut().zip(row) {
            *count += usize::from(is_label(&bare(cell)));
        }
    }
    count.pop();
    (0..count.len()).rev().max_by_key(|&c| count[c]).filter(|&c| count[c] >= 2)
}

/// A row that names the columns.
pub fn is_header(row: &[Lines]) -> bool {
    row.iter().filter(|cell| is_label(&bare(cell))).count() >= 2
}

fn same(a: &[Lines], b: &[Lines]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| bare(a) == bare(b))
}
