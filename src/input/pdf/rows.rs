//! Rows of tables: pages joined, repeated headers dropped, cells that a page cut put together.

use super::grid::Table;
use super::head::is_party;
use super::lines::Line;
use crate::parse::head::item;
use crate::parse::part::is_nothing;

/// One place of a row.
#[derive(Clone, Debug)]
pub struct Slot {
    pub lines: Vec<Line>,
    /// Columns of the cell that starts here; 0 where a cell to the left covers the place.
    pub span: usize,
    /// The lower part of a cell that is merged over rows.
    pub continues: bool,
}

impl Slot {
    fn empty() -> Self {
        Self { lines: Vec::new(), span: 1, continues: false }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The characters without blanks.
    pub fn bare(&self) -> String {
        self.lines.iter().flat_map(|l| l.text.chars()).filter(|c| !c.is_whitespace()).collect()
    }
}

/// As many places as the table has columns.
pub type Row = Vec<Slot>;

/// A table over all its pages.
#[derive(Debug)]
pub struct Whole {
    pub rows: Vec<Row>,
    edges: Vec<f64>,
    /// Found by ruling lines.
    pub ruled: bool,
}

/// `取組内容`, `取組の内容`, `甲の役割`, `【乙の役割】`
pub fn is_label(text: &str) -> bool {
    let bare: String =
        text.chars().filter(|c| !c.is_whitespace() && !"【】[]［］〔〕《》＜＞〈〉（）()・".contains(*c)).collect();
    let short = bare.chars().count() <= 12;
    short && (bare.ends_with("役割") || bare.ends_with("役割分担") || bare.ends_with("内容") || bare.ends_with("概要"))
}

impl Whole {
    pub fn new(table: Table) -> Self {
        let columns = table.edges.len().saturating_sub(1);
        let mut rows = vec![vec![Slot::empty(); columns]; table.rows];
        for cell in table.cells {
            let below = rows.iter_mut().enumerate().skip(cell.row).take(cell.rows);
            for (r, row) in below {
                for (c, slot) in row.iter_mut().enumerate().skip(cell.column).take(cell.columns) {
                    slot.span = if c == cell.column { cell.columns } else { 0 };
                    slot.continues = r > cell.row;
                }
            }
            if let Some(slot) = rows.get_mut(cell.row).and_then(|r| r.get_mut(cell.column)) {
                slot.lines = cell.lines;
            }
        }
        rows.retain(|row| row.iter().any(|slot| !slot.is_empty()));
        Self { rows, edges: table.edges, ruled: table.ruled }
    }

    /// Does a table at the top of the next page have the same columns?
    pub fn goes_on_in(&self, table: &Table) -> bool {
        const REACH: f64 = 6.;
        let width = |edges: &[f64]| edges.iter().map(|e| e - edges.first().unwrap_or(e)).collect::<Vec<_>>();
        let (a, b) = (width(&self.edges), width(&table.edges));
        // Without lines, the last column ends where its longest text does.
        let compared = a.len().saturating_sub(usize::from(!self.ruled));
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < REACH;
        self.ruled == table.ruled && a.len() == b.len() && a.iter().zip(&b).take(compared).all(near)
    }

    /// Adds the part on the next page.
    pub fn append(&mut self, table: Table) {
        let open = table.open_above;
        let mut next = Self::new(table);
        let repeated = self.rows.iter().zip(&next.rows).take_while(|(a, b)| same(a, b)).count();
        next.rows.drain(..repeated);
        let label = label_column(self.rows.iter().chain(&next.rows));
        if let [first, below @ ..] = &mut next.rows[..] {
            let rest = match label {
                Some(label) => self.rest_of_stacked(first, label),
                None => !self.rest_of_group(first) && self.rest_of_row(first, below, open),
            };
            if rest {
                next.rows.remove(0).into_iter().enumerate().for_each(|(column, rest)| self.go_on(column, rest.lines));
            }
        }
        self.rows.append(&mut next.rows);
    }

    /// The column of a stacked table in which the labels stand; `None` if the labels stand in a header row.
    pub fn label_column(&self) -> Option<usize> {
        label_column(self.rows.iter())
    }

    /// The rest of the cell that reaches down to the end of a column.
    fn go_on(&mut self, column: usize, rest: Vec<Line>) {
        let mut slots = self.rows.iter_mut().rev().filter_map(|row| row.get_mut(column));
        if let Some(slot) = slots.find(|slot| !slot.continues) {
            slot.lines.extend(rest);
        }
    }

    /// `name | content | 甲 | text` over `乙 | text`: below the page goes on what stands before the parties.
    fn rest_of_group(&mut self, first: &mut [Slot]) -> bool {
        let is_party = |text: &str| is_party(text) || is_label(text) && text.contains("役割");
        let parties = |column: usize| {
            let below = self.rows.iter().filter_map(move |row| row.get(column)).map(Slot::bare);
            below.skip_while(|text| !is_party(text)).filter(|text| !text.is_empty()).collect::<Vec<_>>()
        };
        let all_are =
            |column: &usize| Some(parties(*column)).is_some_and(|p| !p.is_empty() && p.iter().all(|t| is_party(t)));
        let Some(column) = (0..first.len()).find(all_are) else { return false };
        let party = first.get(column).map(Slot::bare).unwrap_or_default();
        // With the first of the parties stand the name and the content.
        let begins = |row: &&Row| row.iter().take(column).any(|slot| !slot.is_empty());
        let of_party = || self.rows.iter().filter(|row| row.get(column).is_some_and(|slot| slot.bare() == party));
        if !is_party(&party) || of_party().filter(begins).count() * 2 > of_party().count() {
            return false;
        }
        for (column, slot) in first.iter_mut().enumerate().take(column) {
            slot.continues = true;
            self.go_on(column, std::mem::take(&mut slot.lines));
        }
        true
    }

    /// `title | label | text`: a row without label is the rest of the last one. A title that is only seen on the second page, or is
    /// repeated there, belongs to the rows before.
    fn rest_of_stacked(&mut self, first: &mut [Slot], label: usize) -> bool {
        let opens_group = |row: &[Slot]| row.get(label).is_some_and(|l| l.bare().ends_with("内容"));
        if label > 0 && !opens_group(first) {
            let group = self.rows.iter().rposition(|r| opens_group(r));
            let title = group.and_then(|g| self.rows.get_mut(g)).and_then(|r| r.first_mut());
            if let (Some(title), Some(here)) = (title, first.first_mut()) {
                if title.bare() == here.bare() {
                    here.lines.clear();
                } else {
                    title.lines.append(&mut here.lines);
                }
            }
        }
        first.get(label).is_some_and(Slot::is_empty)
    }

    /// One row an initiative: a row without a name, or with nothing else, or one that goes on with sentences which the page cut.
    fn rest_of_row(&self, first: &[Slot], below: &[Row], is_torn: bool) -> bool {
        let names = self.names();
        let Some((last, before)) = self.rows.split_last().filter(|(last, _)| !is_header(last)) else { return false };
        // the first row of a table heads it, whatever its words, where it holds no sentence
        if before.is_empty() && !last.iter().any(|slot| slot.bare().contains('。')) {
            return false;
        }
        let rows: Vec<&Row> = before.iter().chain(below).filter(|row| !is_header(row)).collect();
        let above =
            |column: usize| self.rows.iter().rev().filter_map(|row| row.get(column)).find(|slot| !slot.continues);
        let counts_on = |(column, next): (usize, &Slot)| above(column).is_some_and(|name| counts_on(name, next));
        if first.iter().enumerate().take(names).any(counts_on) {
            return false;
        }
        // Where texts are no sentences, an end without 。 says nothing; a missing line does.
        let all = Ends::of(rows.iter().flat_map(|row| row.iter().skip(names)));
        let tells = |column: usize| {
            let here = Ends::of(rows.iter().filter_map(|row| row.get(column)));
            here.are_sentences() && all.are_sentences() || is_torn && (here.finished > 0 || !all.are_sentences())
        };
        let pairs = last.iter().zip(first).enumerate().skip(names);
        // beside a name of its own, words below a sentence that ended before the edge are those of another row
        let is_named = |row: &[Slot]| row.get(names - 1).is_some_and(|slot| !slot.is_empty());
        let is_done = |(column, (a, b)): (usize, (&Slot, &Slot))| {
            let is_short = |line: &Line| line.rect.x1 < self.right(column) - SHORT * line.em;
            !b.is_empty() && is_finished(&a.bare()) && a.lines.last().is_some_and(is_short)
        };
        if is_named(last) && is_named(first) && pairs.clone().any(is_done) {
            return false;
        }
        let open: Vec<(usize, &Slot)> = pairs
            .filter(|(column, (a, b))| !b.is_empty() && is_open(a, self.right(*column)))
            .map(|(column, (a, _))| (column, a))
            .collect();
        // no two cells that end without 。 fill their last lines by chance
        let are_cut = open.iter().filter(|(_, slot)| slot.lines.len() > 1).count() > 1;
        // no row ends with every cell at its edge and within its words
        let texts = last.iter().skip(names).filter(|slot| says(slot)).count();
        let are_cut =
            are_cut || open.len() > 1 && open.len() == texts && open.iter().all(|cell| self.is_at_edge(*cell));
        // nor do all sentences end with a page that cuts the words beside them
        let sentences = |column: &usize| Ends::of(rows.iter().filter_map(|row| row.get(*column))).are_sentences();
        let (told, others): (Vec<usize>, Vec<usize>) = (names..last.len()).partition(sentences);
        let is_done = |column: &usize| last.get(*column).is_some_and(|slot| is_finished(&slot.bare()));
        let is_next = told.len() > 1 && told.iter().all(is_done) && !others.is_empty();
        let is_whole = first.iter().all(|slot| !slot.is_empty());
        let cut = are_cut || !(is_next && is_whole) && open.iter().any(|(column, _)| tells(*column));
        let only_named = first.iter().skip(names).all(Slot::is_empty);
        let heads = first.first().is_some_and(|slot| slot.span > names);
        let unnamed = first.get(names - 1).is_some_and(Slot::is_empty);
        !heads && (unnamed || only_named) || cut
    }

    /// Whether the last line of a cell ends at the ruling beside it.
    fn is_at_edge(&self, (column, slot): (usize, &Slot)) -> bool {
        let edge = self.edges.get(column + slot.span.max(1)).filter(|_| self.ruled);
        edge.zip(slot.lines.last()).is_some_and(|(edge, line)| line.rect.x1 > edge - SHORT * line.em)
    }

    /// Where the lines of a column end, at most.
    fn right(&self, column: usize) -> f64 {
        let lines = self.rows.iter().filter_map(|row| row.get(column)).flat_map(|slot| &slot.lines);
        lines.map(|line| line.rect.x1).fold(0., f64::max)
    }

    /// `…を定め⏎る。`: the last line of a cell that hangs out of it stands in the one below.
    pub fn take_ends(&mut self) {
        let is_end = |line: &Line| {
            let is_kana = line.text.starts_with(|c| matches!(c, 'ぁ'..='ん'));
            is_kana && line.text.ends_with('。') && line.text.chars().count() <= 4
        };
        for column in 0..self.rows.first().map_or(0, Vec::len) {
            let right = self.right(column);
            let mut cells = self.rows.iter_mut().filter_map(|row| row.get_mut(column)).filter(|slot| !slot.continues);
            let Some(mut above) = cells.next() else { continue };
            for slot in cells {
                if slot.lines.len() > 1 && slot.lines.first().is_some_and(is_end) && is_open(above, right) {
                    above.lines.push(slot.lines.remove(0));
                }
                above = slot;
            }
        }
    }

    /// How many columns stand before those of content and role; 分野 and 取組 may have one each.
    fn names(&self) -> usize {
        let labels = self.rows.iter().take(3).filter_map(|row| row.iter().position(|slot| is_label(&slot.bare())));
        labels.min().unwrap_or(1).max(1)
    }
}

/// A line that ends so much before the edge, in em, was not broken there.
const SHORT: f64 = 2.5;

/// `(1) 夜間診療` above `(2) 見守り`: the number that comes next begins a row of its own.
fn counts_on(name: &Slot, next: &Slot) -> bool {
    let text = |slot: &Slot| slot.lines.first().map(|line| line.text.clone()).unwrap_or_default();
    let (name, next) = (text(name), text(next));
    let heads = item(&name).zip(item(&next));
    heads.is_some_and(|(name, next)| name.numbering == next.numbering && name.value + 1 == next.value)
}

/// How the texts of some cells end.
struct Ends {
    finished: usize,
    texts: usize,
}

impl Ends {
    fn of<'s>(slots: impl Iterator<Item = &'s Slot>) -> Self {
        let texts = slots.filter(|slot| says(slot)).map(Slot::bare);
        texts.fold(Self { finished: 0, texts: 0 }, |ends, text| Self {
            finished: ends.finished + usize::from(is_finished(&text)),
            texts: ends.texts + 1,
        })
    }

    fn are_sentences(&self) -> bool {
        self.finished * 10 >= self.texts * 7
    }
}

/// Whether a cell may be cut: it ends within a sentence, and with a line that reaches to the right.
fn is_open(slot: &Slot, right: f64) -> bool {
    let is_full = |line: &Line| line.rect.x1 > right - SHORT * line.em;
    says(slot) && !is_finished(&slot.bare()) && slot.lines.last().is_some_and(is_full)
}

fn is_finished(text: &str) -> bool {
    text.ends_with(['。', '）', ')'])
}

/// Whether a cell holds words: `－`, `なし` end no sentence.
fn says(slot: &Slot) -> bool {
    !is_nothing(&slot.bare())
}

/// The column before the last in which labels stand, row by row; `None` if there is a header row of labels.
fn label_column<'r>(rows: impl Iterator<Item = &'r Row>) -> Option<usize> {
    let mut count: Vec<usize> = Vec::new();
    for (i, row) in rows.enumerate() {
        if i < 3 && is_header(row) {
            return None;
        }
        count.resize(row.len().max(count.len()), 0);
        // what a label heads stands beside it
        let text = row.iter().rposition(|slot| !slot.is_empty() && !is_label(&slot.bare())).unwrap_or(0);
        for (count, slot) in count.iter_mut().zip(&row[..text]) {
            *count += usize::from(is_label(&slot.bare()));
        }
    }
    count.pop();
    (0..count.len()).rev().max_by_key(|&c| count[c]).filter(|&c| count[c] >= 2)
}

/// A row that names the columns: `項目 | 取組内容 | 甲の役割`, `取組 | 内容 | 甲 | 乙`
pub fn is_header(row: &[Slot]) -> bool {
    let count = |is: fn(&str) -> bool| row.iter().filter(|slot| is(&slot.bare())).count();
    let labels = count(is_label);
    labels >= 2 || labels == 1 && count(is_party) >= 2
}

/// Two equal rows; one with an empty place says too little.
fn same(a: &[Slot], b: &[Slot]) -> bool {
    let equal = |(a, b): (&Slot, &Slot)| a.bare() == b.bare() && (!a.is_empty() || a.span == 0 || a.continues);
    a.len() == b.len() && a.iter().zip(b).all(equal)
}

#[cfg(test)]
mod tests {
    use super::is_label;

    #[test]
    fn labels() {
        for text in ["取組内容", "取組の内容", "甲の役割", "【乙の役割】", "甲 の 役 割", "（内容）"]
        {
            assert!(is_label(text), "{text}");
        }
        for text in ["休日夜間の診療", "甲と乙は、次の表に定める取組について次の内容", "役割を担う"]
        {
            assert!(!is_label(text), "{text}");
        }
    }
}
