//! Lines and tables as a file's tags open and close them; readers call these in the order of the file.

use super::grid;
use super::notes::{Kind, Notes};

/// Tables inside tables deeper than this are read as text of their cell.
const DEEPEST: usize = 16;

/// One line of text, or a table.
#[derive(Debug)]
pub(super) enum Block {
    /// `apart`: a paragraph of its own, not only a new line.
    Line {
        text: String,
        apart: bool,
    },
    Table(Table),
}

/// Rows of cells as written.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub rows: Vec<Row>,
    /// Widths of the grid's columns where the file gives them; a column thinner than [`grid::THIN`] is none.
    pub widths: Vec<u32>,
    /// Of a web page, where tables also put columns side by side.
    pub of_page: bool,
}

/// One row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Grid columns left free before the first cell.
    pub before: usize,
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug)]
pub(super) struct Cell {
    pub blocks: Vec<Block>,
    pub columns: usize,
    pub rows: usize,
    /// The lower part of a cell that is merged over rows.
    pub continues: bool,
}

impl Default for Cell {
    fn default() -> Self {
        Self { blocks: Vec::new(), columns: 1, rows: 1, continues: false }
    }
}

/// What is open, outermost first.
#[derive(Debug)]
enum Frame {
    Blocks(Vec<Block>),
    Table(Table),
    Row(Row),
    Cell(Cell),
}

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct Flow {
    frames: Vec<Frame>,
    done: Vec<Block>,
    tables: usize,
}

impl Flow {
    /// Puts blocks where the file stands now.
    pub fn extend(&mut self, blocks: impl IntoIterator<Item = Block>) {
        let place = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Blocks(blocks) | Frame::Cell(Cell { blocks, .. }) => Some(blocks),
            _ => None,
        });
        place.unwrap_or(&mut self.done).extend(blocks);
    }

    /// Puts `text` in, one line for each of its lines; blanks at both ends go.
    pub fn lines(&mut self, text: &str, apart: bool) {
        let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
        let blocks: Vec<_> = lines
            .enumerate()
            .map(|(at, line)| Block::Line { text: line.to_string(), apart: apart && at == 0 })
            .collect();
        self.extend(blocks);
    }

    /// Opens a table; `false` when it is nested too deeply, then it is not opened.
    pub fn open_table(&mut self) -> bool {
        let fits = self.tables < DEEPEST;
        if fits {
            self.tables += 1;
            self.frames.push(Frame::Table(Table::default()));
        }
        fits
    }

    /// Opens a row; `false` outside a table.
    pub fn open_row(&mut self) -> bool {
        let fits = matches!(self.frames.last(), Some(Frame::Table(_)));
        if fits {
            self.frames.push(Frame::Row(Row::default()));
        }
        fits
    }

    /// Opens a cell; `false` outside a row.
    pub fn open_cell(&mut self, columns: usize, rows: usize) -> bool {
        let fits = matches!(self.frames.last(), Some(Frame::Row(_)));
        if fits {
            self.frames.push(Frame::Cell(Cell { columns, rows, ..Cell::default() }));
        }
        fits
    }

    /// Opens a place whose blocks are taken by [`Flow::close_aside`].
    pub fn open_aside(&mut self) {
        self.frames.push(Frame::Blocks(Vec::new()));
    }

    /// The table that is open innermost, if no row of it is.
    pub fn table(&mut self) -> Option<&mut Table> {
        match self.frames.last_mut() {
            Some(Frame::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// The row that is open innermost, if no cell of it is.
    pub fn row(&mut self) -> Option<&mut Row> {
        match self.frames.last_mut() {
            Some(Frame::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// The cell that is open innermost.
    pub fn cell(&mut self) -> Option<&mut Cell> {
        match self.frames.last_mut() {
            Some(Frame::Cell(cell)) => Some(cell),
            _ => None,
        }
    }

    /// Closes what was opened last and puts it into what is around it; `keep` is false for a deleted row or cell.
    pub fn close(&mut self, keep: bool) {
        let frame = self.frames.pop();
        if matches!(frame, Some(Frame::Table(_))) {
            self.tables -= 1;
        }
        match (frame, self.frames.last_mut()) {
            _ if !keep => {}
            (Some(Frame::Cell(cell)), Some(Frame::Row(row))) => row.cells.push(cell),
            (Some(Frame::Row(row)), Some(Frame::Table(table))) => table.rows.push(row),
            (Some(Frame::Table(table)), _) => self.extend([Block::Table(table)]),
            (Some(Frame::Blocks(blocks)), _) => self.extend(blocks),
            _ => {}
        }
    }

    /// Closes an aside and gives what is in it.
    pub fn close_aside(&mut self) -> Vec<Block> {
        match self.frames.pop() {
            Some(Frame::Blocks(blocks)) => blocks,
            _ => Vec::new(),
        }
    }

    /// The text in the reference shape.
    pub fn finish(mut self, notes: &mut Notes) -> String {
        while !self.frames.is_empty() {
            self.close(true);
        }
        let mut out = String::new();
        write(self.done, &mut out, notes);
        out
    }
}

/// Writes blocks one under the other, a blank line around paragraphs and tables.
fn write(blocks: Vec<Block>, out: &mut String, notes: &mut Notes) {
    for block in blocks {
        match block {
            Block::Line { text, apart } => push_line(out, &text, apart),
            Block::Table(table) if grid::is_one_column(&table) || arranges(&table) => {
                for cell in table.rows.into_iter().flat_map(|row| row.cells) {
                    part(out);
                    write(cell.blocks, out, notes);
                }
                part(out);
            }
            Block::Table(table) => {
                part(out);
                for line in grid::lines(table, notes) {
                    push_line(out, &line.text, line.apart);
                    if line.apart {
                        part(out);
                    }
                }
                part(out);
            }
        }
    }
}

/// A cell of a page's columns holds more lines than one of a table.
const COLUMN: usize = 12;

/// Whether a table only arranges the page: half of its rows hold tables, or its one row holds long columns.
fn arranges(table: &Table) -> bool {
    if !table.of_page {
        return false;
    }
    let is_table = |block: &Block| matches!(block, Block::Table(_));
    let holding = table.rows.iter().filter(|row| row.cells.iter().any(|cell| cell.blocks.iter().any(is_table))).count();
    let columns =
        table.rows.len() == 1 && table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.blocks.len() > COLUMN);
    columns || (holding > 0 && holding * 2 >= table.rows.len())
}

fn push_line(out: &mut String, text: &str, apart: bool) {
    if apart {
        part(out);
    }
    out.push_str(text);
    out.push('\n');
}

/// A blank line, if there is none yet.
fn part(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// The lines of a cell; the rows of a table inside it become lines.
pub(super) fn cell_lines(blocks: Vec<Block>, notes: &mut Notes) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Line { text, .. } => lines.push(text),
            Block::Table(table) => {
                notes.add(Kind::NestedTable);
                for row in table.rows {
                    let cells = row.cells.into_iter().map(|cell| cell_lines(cell.blocks, notes).join("　"));
                    let line = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("　");
                    if !line.is_empty() {
                        lines.push(line);
                    }
                }
            }
        }
    }
    lines
}
