//! Web pages as text in the reference shape.

mod tree;

use super::Document;
use super::flow::Flow;
use super::notes::{Kind, Notes};
use super::numerals::figures;
use scraper::node::{Element, Node};

/// Elements that are paragraphs of their own.
const PARAGRAPHS: [&str; 31] = [
    "address",
    "article",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that are only lines of their own.
const LINES: [&str; 8] = ["body", "div", "html", "td", "th", "tr", "header", "footer"];

/// Elements that are left out with all that is inside, and what is said about it.
const SKIPPED: [(&str, Option<Kind>); 23] = [
    ("head", None),
    ("title", None),
    ("script", None),
    ("style", None),
    ("noscript", None),
    ("button", None),
    ("select", None),
    ("textarea", None),
    ("datalist", None),
    ("audio", None),
    ("video", None),
    ("canvas", None),
    ("map", None),
    ("rp", None),
    ("rt", Some(Kind::Ruby)),
    ("rtc", Some(Kind::Ruby)),
    ("nav", Some(Kind::Chrome)),
    ("aside", Some(Kind::Chrome)),
    ("del", Some(Kind::TrackedChange)),
    ("svg", Some(Kind::Image)),
    ("iframe", Some(Kind::Embedded)),
    ("object", Some(Kind::Embedded)),
    ("embed", Some(Kind::Embedded)),
];

/// A list while it is open; `None` where it shows no numbers.
#[derive(Debug)]
struct List {
    /// Word's name of the figures, and the next number.
    numbers: Option<(&'static str, u32)>,
}

/// A page while it is read.
#[derive(Debug, Default)]
struct Page {
    flow: Flow,
    notes: Notes,
    line: String,
    /// White space that waits for the next letter; whether it holds a line end.
    blank: Option<bool>,
    /// Whether a paragraph began since the last line.
    apart: bool,
    /// The number that the next line gets.
    label: Option<String>,
    lists: Vec<List>,
    /// Open `pre` elements.
    preformatted: usize,
    /// Open `article`, `main` and `section` elements: a header inside them belongs to the text.
    sections: usize,
    /// Whether the open parts of tables are in the flow.
    opened: Vec<bool>,
}

/// Reads a page; encodings are undone before.
///
/// Blocks are lines, tables are rows in the reference shape. Ruby, navigation and hidden parts are left out; the
/// document's notes say so.
pub fn read(html: &str) -> Document {
    let (html, cut) = tree::parse(html);
    let mut page = Page::default();
    for _ in 0..cut {
        page.notes.add(Kind::Deep);
    }
    let mut skipped = None;
    for edge in html.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(_) if skipped.is_some() => {}
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(text) => page.text(text),
                Node::Element(element) if page.skips(element) => skipped = Some(node.id()),
                Node::Element(element) => page.open(element),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) if skipped.is_some() => {
                if skipped == Some(node.id()) {
                    skipped = None;
                }
            }
            ego_tree::iter::Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    page.close(element.name());
                }
            }
        }
    }
    page.end_line();
    let text = page.flow.finish(&mut page.notes);
    Document { text, map: Vec::new(), notes: page.notes.findings() }
}

impl Page {
    /// Whether an element is left out with all that is inside.
    fn skips(&mut self, element: &Element) -> bool {
        if is_hidden(element) {
            self.notes.add(Kind::Hidden);
            return true;
        }
        if self.sections == 0 && matches!(element.name(), "header" | "footer") {
            self.notes.add(Kind::Chrome);
            return true;
        }
        let Some((_, kind)) = SKIPPED.iter().find(|(name, _)| *name == element.name()) else { return false };
        if let Some(kind) = kind {
            self.notes.add(*kind);
        }
        true
    }

    fn open(&mut self, element: &Element) {
        self.boundary(element.name());
        match element.name() {
            "br" => self.line.push('\n'),
            "img" if element.attr("alt").is_none_or(|alt| !alt.trim().is_empty()) => self.notes.add(Kind::Image),
            "pre" => self.preformatted += 1,
            "article" | "main" | "section" => self.sections += 1,
            "ol" | "ul" | "menu" => self.lists.push(List { numbers: numbers(element) }),
            "li" => self.label = self.next_label(element),
            "table" => {
                let opened = self.flow.open_table();
                if let Some(table) = self.flow.table().filter(|_| opened) {
                    table.of_page = true;
                } else {
                    self.notes.add(Kind::Deep);
                }
                self.opened.push(opened);
            }
            "tr" => {
                let opened = self.flow.open_row();
                self.opened.push(opened);
            }
            "td" | "th" => {
                let span =
                    |name: &str| element.attr(name).and_then(|count| count.trim().parse::<u16>().ok()).unwrap_or(1);
                // `rowspan="0"` reaches to the end of the table.
                let rows = if span("rowspan") == 0 { u16::MAX } else { span("rowspan") };
                let opened = self.flow.open_cell(span("colspan").into(), rows.into());
                self.opened.push(opened);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        self.boundary(name);
        match name {
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "article" | "main" | "section" => self.sections = self.sections.saturating_sub(1),
            "ol" | "ul" | "menu" => {
                self.lists.pop();
            }
            "li" => self.label = None,
            "table" | "tr" | "td" | "th" => self.close_part(),
            _ => {}
        }
    }

    /// Closes a part of a table if it was opened.
    fn close_part(&mut self) {
        if self.opened.pop() == Some(true) {
            self.flow.close(true);
        }
    }

    /// Ends the line where a block begins or ends.
    fn boundary(&mut self, name: &str) {
        let paragraph = PARAGRAPHS.contains(&name);
        if paragraph || LINES.contains(&name) {
            self.end_line();
        }
        self.apart |= paragraph;
    }

    fn end_line(&mut self) {
        self.blank = None;
        let line = std::mem::take(&mut self.line);
        let text = line.trim();
        if text.is_empty() {
            return;
        }
        let label = self.label.take().filter(|_| !has_label(text));
        if label.is_some() {
            self.notes.add(Kind::Numbered);
        }
        let text = label.map_or_else(|| text.to_string(), |label| format!("{label}　{text}"));
        self.flow.lines(&text, self.apart);
        self.apart = false;
    }

    /// Text as a browser shows it: blanks in the source are one, line ends in it none between Japanese words.
    fn text(&mut self, text: &str) {
        for sign in text.chars() {
            match sign {
                '\n' if self.preformatted > 0 => self.line.push('\n'),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    self.blank = Some(self.blank.unwrap_or(false) || sign == '\n');
                }
                '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                _ => {
                    self.flush_blank(sign);
                    self.line.push(if sign == '\u{a0}' { ' ' } else { sign });
                }
            }
        }
    }

    fn flush_blank(&mut self, next: char) {
        let Some(broken) = self.blank.take() else { return };
        let Some(before) = self.line.chars().last().filter(|sign| !sign.is_whitespace()) else { return };
        // `第1条⏎この協定は`: after a head the blank counts.
        let inside = broken && !before.is_ascii() && !next.is_ascii() && self.line.chars().nth(HEAD).is_some();
        if !inside {
            self.line.push(' ');
        }
    }

    /// The number that a list shows before an item.
    fn next_label(&mut self, element: &Element) -> Option<String> {
        let (format, next) = self.lists.last_mut()?.numbers.as_mut()?;
        let number = element.attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
        *next = number.saturating_add(1);
        figures(format, number)
    }
}

/// A line longer than this many characters is not only the head of an article or a paragraph.
const HEAD: usize = 8;

/// Figures of `type` and `list-style-type`, with Word's names.
const FIGURES: [(&str, &str); 14] = [
    ("1", "decimal"),
    ("a", "lowerLetter"),
    ("A", "upperLetter"),
    ("i", "lowerRoman"),
    ("I", "upperRoman"),
    ("decimal", "decimal"),
    ("decimal-leading-zero", "decimalZero"),
    ("lower-alpha", "lowerLetter"),
    ("upper-alpha", "upperLetter"),
    ("lower-roman", "lowerRoman"),
    ("upper-roman", "upperRoman"),
    ("katakana", "aiueo"),
    ("katakana-iroha", "iroha"),
    ("cjk-ideographic", "japaneseCounting"),
];

/// The numbers that an `ol` shows; none for other lists and where its style takes them away.
fn numbers(element: &Element) -> Option<(&'static str, u32)> {
    let style = squeezed_style(element);
    let of_style = ["list-style-type:", "list-style:"].iter().find_map(|name| Some(style.split_once(name)?.1));
    let of_style = of_style.and_then(|value| value.split(';').next());
    if element.name() != "ol" || of_style.is_some_and(|value| value.contains("none")) {
        return None;
    }
    let wanted = of_style.or(element.attr("type")).unwrap_or("1");
    let format = FIGURES.iter().find(|(name, _)| *name == wanted).map_or("decimal", |(_, format)| format);
    let start = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    Some((format, start))
}

fn squeezed_style(element: &Element) -> String {
    element
        .attr("style")
        .unwrap_or_default()
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect::<String>()
        .to_lowercase()
}

fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some() || squeezed_style(element).contains("display:none")
}

/// Whether a line brings a label of its own: `(1) …`, `ア …`, `① …`, `1 …`, `第1条 …`.
fn has_label(text: &str) -> bool {
    let rest = text.trim_start_matches(|sign: char| sign.is_numeric() || ('ア'..='ン').contains(&sign));
    let counted = text.len() - rest.len();
    let label =
        rest.starts_with(['.', '．', '、', ')', '）']) || rest.starts_with(char::is_whitespace) || rest.is_empty();
    text.starts_with(['(', '（', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '第']) || (counted > 0 && label)
}

#[cfg(test)]
mod tests;
