//! The main part of a Word file: paragraphs, runs and tables in order.

use super::Error;
use super::field::formula_letters;
use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{self, Element, Space, Token};
use crate::input::Document;
use crate::input::flow::{Block, Flow};
use crate::input::notes::{Kind, Notes};

/// Elements whose content is not text of the document: settings, what was there before a change, fallbacks.
const SKIPPED: [&str; 17] = [
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tblGridChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "numberingChange",
    "sdtPr",
    "sdtEndPr",
    "sectPr",
    "rubyPr",
    "delText",
    "delInstrText",
    "fldData",
    "tblPr",
];

/// What an open element is to its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    Text,
    Instruction,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
    /// `mc:AlternateContent`; whether one of its alternatives was read.
    Alternate(bool),
    /// Skipped with everything inside.
    Skipped,
    Plain,
}

/// A paragraph while it is open.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    usage: Option<String>,
    level: Option<usize>,
    /// Its end was deleted: the next paragraph goes on.
    joins_next: bool,
    hidden_run: bool,
    instruction: String,
    /// Text boxes anchored in it.
    after: Vec<Block>,
}

struct Body<'a> {
    numbering: Numbering,
    styles: &'a Styles,
    notes: Notes,
    flow: Flow,
    open: Vec<Open>,
    paragraphs: Vec<Paragraph>,
    /// Text of paragraphs whose end was deleted.
    carried: String,
    /// Whether the open rows and cells stay.
    kept: Vec<bool>,
    skipped: usize,
}

/// Reads `document.xml`.
pub(super) fn read(text: &str, numbering: Numbering, styles: &Styles) -> Result<Document, Error> {
    let mut body = Body {
        numbering,
        styles,
        notes: Notes::default(),
        flow: Flow::default(),
        open: Vec::new(),
        paragraphs: Vec::new(),
        carried: String::new(),
        kept: Vec::new(),
        skipped: 0,
    };
    xml::walk("document.xml", text, |token| match token {
        Token::Start(_) if body.skipped > 0 => body.skipped += 1,
        Token::Start(element) => {
            let open = body.start(&element);
            body.skipped = usize::from(open == Open::Skipped);
            body.open.push(open);
        }
        Token::Text(text) if body.skipped == 0 => body.text(text),
        Token::Text(_) => {}
        Token::End(_) if body.skipped > 1 => body.skipped -= 1,
        Token::End(_) => {
            body.skipped = 0;
            if let Some(open) = body.open.pop() {
                body.end(open);
            }
        }
    })?;
    body.flush_carried();
    let text = body.flow.finish(&mut body.notes);
    Ok(Document { text, map: Vec::new(), notes: body.notes.findings() })
}

impl Body<'_> {
    fn start(&mut self, element: &Element) -> Open {
        match element.space {
            Space::Word if SKIPPED.contains(&element.name) => Open::Skipped,
            Space::Word => self.word(element),
            Space::Compatibility => self.alternative(element.name),
            Space::Math if element.name == "t" => Open::Text,
            Space::Math => Open::Plain,
            Space::Other => {
                if matches!(element.name, "blip" | "imagedata") {
                    self.notes.add(Kind::Image);
                }
                Open::Plain
            }
        }
    }

    /// Only one of the alternatives is read, the first.
    fn alternative(&mut self, name: &str) -> Open {
        match (name, self.open.last_mut()) {
            ("AlternateContent", _) => Open::Alternate(false),
            ("Choice" | "Fallback", Some(Open::Alternate(read))) => {
                if std::mem::replace(read, true) {
                    Open::Skipped
                } else {
                    Open::Plain
                }
            }
            _ => Open::Plain,
        }
    }

    fn word(&mut self, element: &Element) -> Open {
        let parent = self.open.last().copied();
        match element.name {
            "p" => {
                self.paragraphs.push(Paragraph { text: std::mem::take(&mut self.carried), ..Paragraph::default() });
                Open::Paragraph
            }
            "pPr" => Open::ParagraphProperties,
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.hidden_run = false;
                }
                Open::Run
            }
            "rPr" if parent == Some(Open::Run) => Open::RunProperties,
            "t" => Open::Text,
            "instrText" => Open::Instruction,
            "trPr" => Open::RowProperties,
            "tcPr" => Open::CellProperties,
            "del" | "moveFrom" => self.deletion(parent),
            "ins" | "moveTo" => {
                self.notes.add(Kind::TrackedChange);
                Open::Plain
            }
            "cellDel" => {
                self.notes.add(Kind::TrackedChange);
                self.drop_open();
                Open::Plain
            }
            "rt" => {
                self.notes.add(Kind::Ruby);
                Open::Skipped
            }
            "txbxContent" => {
                self.notes.add(Kind::TextBox);
                self.flow.open_aside();
                Open::TextBox
            }
            "tbl" => self.opened(Open::Table, Flow::open_table),
            "tr" => self.opened(Open::Row, Flow::open_row),
            "tc" => self.opened(Open::Cell, |flow| flow.open_cell(1, 1)),
            "altChunk" | "subDoc" | "object" => {
                self.notes.add(Kind::Embedded);
                Open::Plain
            }
            name => {
                match parent {
                    Some(Open::Run) => self.run_child(name, element),
                    Some(Open::RunProperties) if name == "vanish" => self.hide(element.on()),
                    _ => self.property(name, element),
                }
                Open::Plain
            }
        }
    }

    /// Opens a part of a table; one that stands where it cannot (or too deep) is only looked through.
    fn opened(&mut self, open: Open, try_open: impl FnOnce(&mut Flow) -> bool) -> Open {
        if try_open(&mut self.flow) {
            self.kept.push(true);
            open
        } else {
            if open == Open::Table {
                self.notes.add(Kind::Deep);
            }
            Open::Plain
        }
    }

    /// `w:del` around text, on the end of a paragraph, or on a row.
    fn deletion(&mut self, parent: Option<Open>) -> Open {
        self.notes.add(Kind::TrackedChange);
        match parent {
            Some(Open::RowProperties) => {
                self.drop_open();
                Open::Plain
            }
            // The only other place without content is the mark of a paragraph: `w:pPr/w:rPr/w:del`.
            Some(Open::Plain) if self.open.iter().rev().nth(1) == Some(&Open::ParagraphProperties) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.joins_next = true;
                }
                Open::Plain
            }
            _ => Open::Skipped,
        }
    }

    fn drop_open(&mut self) {
        if let Some(kept) = self.kept.last_mut() {
            *kept = false;
        }
    }

    fn hide(&mut self, hidden: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.hidden_run = hidden;
        }
        if hidden {
            self.notes.add(Kind::Hidden);
        }
    }

    /// Signs that have an element of their own.
    fn run_child(&mut self, name: &str, element: &Element) {
        match name {
            "tab" | "ptab" => self.push("　"),
            "br" if matches!(element.attribute("type").as_deref(), Some("page" | "column")) => {}
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "fldChar" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.instruction.clear();
                }
            }
            "sym" => self.symbol(element.attribute("char").as_deref()),
            "footnoteReference" | "endnoteReference" => self.notes.add(Kind::Footnote),
            _ => {}
        }
    }

    /// `w:sym`: a character by its code; those of symbol fonts have no meaning outside of the font.
    fn symbol(&mut self, code: Option<&str>) {
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match sign {
            Some(sign) if !sign.is_control() && !('\u{e000}'..='\u{f8ff}').contains(&sign) => {
                self.push(sign.encode_utf8(&mut [0; 4]));
            }
            _ => {
                self.notes.add(Kind::Symbol);
                self.push("〓");
            }
        }
    }

    /// Properties of paragraphs, tables, rows and cells.
    fn property(&mut self, name: &str, element: &Element) {
        let number =
            |attribute: &str| element.attribute(attribute).and_then(|value| value.trim().parse::<usize>().ok());
        if let Some(paragraph) = self.paragraphs.last_mut() {
            match name {
                "pStyle" => paragraph.style = element.attribute("val"),
                "numId" => paragraph.usage = element.attribute("val"),
                "ilvl" => paragraph.level = number("val"),
                _ => {}
            }
        }
        match name {
            "gridCol" => {
                if let Some(table) = self.flow.table() {
                    table.widths.push(number("w").unwrap_or(0) as u32);
                }
            }
            "gridBefore" => {
                if let Some(row) = self.flow.row() {
                    row.before = number("val").unwrap_or(0);
                }
            }
            "gridSpan" => {
                if let Some(cell) = self.flow.cell() {
                    cell.columns = number("val").unwrap_or(1);
                }
            }
            "vMerge" => {
                if let Some(cell) = self.flow.cell() {
                    cell.continues = element.attribute("val").as_deref() != Some("restart");
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last() {
            Some(Open::Text) => self.push(&text.replace(['\t', '\n', '\r'], " ")),
            Some(Open::Instruction) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.instruction.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.hidden_run) {
            paragraph.text.push_str(text);
        }
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Paragraph => self.end_paragraph(),
            Open::Instruction => self.end_instruction(),
            Open::Table | Open::Row | Open::Cell => {
                self.flush_carried();
                let kept = self.kept.pop().unwrap_or(true);
                self.flow.close(kept);
            }
            Open::TextBox => {
                let blocks = self.flow.close_aside();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.after.extend(blocks),
                    None => self.flow.extend(blocks),
                }
            }
            _ => {}
        }
    }

    /// Older files write ruby and encircled letters as a formula, with the letters inside the instruction.
    fn end_instruction(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if let Some((letters, ruby)) = formula_letters(&paragraph.instruction) {
            let letters = letters.to_string();
            paragraph.instruction.clear();
            if ruby {
                self.notes.add(Kind::Ruby);
            }
            self.push(&letters);
        } else if !paragraph.instruction.trim_start().to_ascii_lowercase().starts_with("eq") {
            paragraph.instruction.clear();
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.joins_next {
            self.carried = paragraph.text;
        } else {
            let label = self.label(&paragraph);
            let text = match label {
                Some(label) => format!("{label}　{}", paragraph.text.trim()),
                None => paragraph.text,
            };
            self.flow.lines(&text, true);
        }
        self.flow.extend(paragraph.after);
    }

    /// The automatic number of a paragraph, its own or its style's.
    fn label(&mut self, paragraph: &Paragraph) -> Option<String> {
        let styled = self.styles.number(paragraph.style.as_deref());
        let usage =
            paragraph.usage.as_deref().or(styled.as_ref().map(|styled| styled.usage)).filter(|id| *id != "0")?;
        let of_style = styled
            .as_ref()
            .and_then(|styled| self.numbering.level_of_style(styled.usage, styled.style).or(styled.level));
        let level = paragraph.level.or(of_style).unwrap_or(0);
        let label = self.numbering.next(usage, level)?;
        self.notes.add(Kind::Numbered);
        if !label.known {
            self.notes.add(Kind::UnknownNumber);
        }
        Some(label.text)
    }

    fn flush_carried(&mut self) {
        let text = std::mem::take(&mut self.carried);
        self.flow.lines(&text, true);
    }
}
