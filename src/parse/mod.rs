//! Text to tree. Cannot fail: what no production takes becomes `unparsed`, with a complaint.
//!
//! A text is cut into lines, the lines into zones (front, articles, back, tables, 附則), and each zone has a fold of its own.

mod afloat;
mod alone;
pub(crate) mod back;
mod beside;
mod body;
mod captions;
mod cells;
mod columns;
mod composite;
pub mod date;
pub(crate) mod front;
pub mod head;
mod holders;
pub mod label;
mod middle;
mod moved;
mod named;
mod names;
pub mod numeral;
mod opening;
mod outline;
pub mod part;
pub mod party;
mod rows;
mod scatter;
mod search;
mod sentences;
mod sides;
mod signer;
mod stacked;
mod strewn;
mod table;
mod torn;
mod vocabulary;
pub(crate) mod zones;

pub use cells::lists::is_entry;

use crate::ast;
use crate::diagnostics::{Diagnostic, Severity, Words};
use crate::lines::composed::composed;
use crate::lines::drawn::{self, Drawn};
use crate::lines::radical::{self, Replaced};
use crate::lines::{self, Line};
use crate::model::{self, Model};
use crate::span::Span;
use label::Vocabulary;
use party::{Alias, Party};

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Undo damage (default). Without it every blank and radical stays, and nothing is joined over pages.
    pub repair: bool,
    /// Labels beside the built-in ones.
    pub words: Vocabulary,
}

impl Default for Options {
    fn default() -> Self {
        Self { repair: true, words: Vocabulary::default() }
    }
}

/// What was repaired, and where.
#[derive(Clone, Debug, Default)]
pub struct Repairs {
    /// Whether damage is undone at all.
    pub on: bool,
    /// In the order in which they were made.
    pub made: Vec<Repair>,
}

/// Repairs of one kind at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    /// `line-joined`, `blank-removed`, `radical-mapped`, `page-furniture`, …
    pub kind: &'static str,
    /// How many at this place.
    pub count: u32,
    /// Where.
    pub span: Span,
}

impl Repairs {
    /// None made yet.
    pub fn new(on: bool) -> Self {
        Self { on, made: Vec::new() }
    }

    /// Notes `count` repairs; none for 0.
    pub fn add(&mut self, kind: &'static str, count: u32, span: Span) {
        if count > 0 {
            self.made.push(Repair { kind, count, span });
        }
    }
}

/// One agreement of the text, read and understood.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The bytes of the source that belong to it.
    pub span: Span,
    /// What is written.
    pub tree: ast::Agreement,
    /// What it means.
    pub model: Model,
    /// What the reader could not place, what it repaired with doubt, what it did not find.
    pub complaints: Vec<Diagnostic>,
    /// What was repaired.
    pub repairs: Repairs,
}

impl Reading {
    /// Notes the radicals that were replaced in its text.
    fn note(&mut self, replaced: Option<&Replaced>) {
        let lines = replaced.map_or(&[][..], |replaced| &replaced.lines);
        let here = lines.iter().filter(|(line, _)| (self.span.start..self.span.end).contains(&line.start));
        let made = here.map(|(span, count)| Repair { kind: "radical-mapped", count: *count, span: *span });
        self.repairs.made.splice(0..0, made);
    }
}

/// Everything that a text says; at least one reading.
#[derive(Clone, Debug)]
pub struct Parsed<'s> {
    /// The text that was read.
    pub source: &'s str,
    /// One for each agreement, in the order of the text.
    pub readings: Vec<Reading>,
}

/// Reads a text. Never fails; linear in its length.
pub fn parse(source: &str) -> Parsed<'_> {
    parse_with(source, &Options::default())
}

/// Reads a text with options of its own.
pub fn parse_with<'s>(source: &'s str, options: &Options) -> Parsed<'s> {
    // spans are 32 bits wide; what stands behind 4 GiB is not read, and says so
    let limit = source.floor_char_boundary(u32::MAX as usize - 1);
    let source = &source[..limit];
    let replaced = if options.repair { radical::replaced(source) } else { None };
    let text = replaced.as_ref().map_or(source, |replaced| &replaced.text);
    let whole = if options.repair { composed(text) } else { None };
    let text = whole.as_deref().unwrap_or(text);
    let drawn = if options.repair { drawn::read(text) } else { None };
    let again = |drawn: &Drawn| readings(&drawn.text, Some(drawn), text, options);
    // a table in which one agreement ends and the next begins is none
    let first = drawn.as_ref().and_then(again).or_else(|| readings(text, None, text, options)).unwrap_or_default();
    // labels that were cut are sought where nothing was found under them
    let mended = if options.repair && drawn.is_none() && left(&first) > 0 { drawn::mend(text) } else { None };
    let second = mended.as_ref().and_then(again).filter(|second| left(second) < left(&first));
    let mut readings = second.unwrap_or(first);
    if whole.is_some() {
        readings.iter_mut().for_each(|reading| moved::over_marks(&mut reading.tree, text));
    }
    readings.iter_mut().for_each(|reading| reading.note(replaced.as_ref()));
    Parsed { source, readings }
}

/// How many bytes no production took.
fn left(readings: &[Reading]) -> usize {
    readings.iter().flat_map(|reading| &reading.tree.unparsed).map(|text| text.text.len()).sum()
}

/// The agreements of a text, which may be the `source` without what draws its tables. `None` where one begins inside a table.
fn readings(text: &str, drawn: Option<&Drawn>, source: &str, options: &Options) -> Option<Vec<Reading>> {
    let mut repairs = Repairs::new(options.repair);
    let mut cut = lines::split(text, &mut repairs);
    let contents = opening::contents(&cut.lines);
    let parts = zones::agreements(&cut.lines, &contents);
    let mut readings = Vec::with_capacity(parts.len());
    // furniture is set aside when all lines are cut, headings are joined after that
    if parts.len() > 1 {
        repairs.made.sort_by_key(|repair| repair.span.start);
        cut.trivia.sort_by_key(|trivia| trivia.span.start);
    }
    let mut trivia = cut.trivia.into_iter().peekable();
    let mut made = repairs.made.into_iter().peekable();
    for (at, part) in parts.iter().enumerate() {
        let start = if at == 0 { 0 } else { cut.lines[part.start].start };
        let end = parts.get(at + 1).map_or(text.len() as u32, |next| cut.lines[next.start].start);
        let mut cx = Context {
            source: text,
            repairs: Repairs::new(options.repair),
            complaints: Vec::new(),
            tree: ast::Agreement::default(),
            parties: Vec::new(),
            aliases: Vec::new(),
            words: &options.words,
            spaced: cut.spaced,
            wrap: zones::wrap_width(&cut.lines[part.clone()]),
            centred: std::cell::Cell::new(false),
            fielded: std::cell::Cell::new(None),
            letters: std::cell::OnceCell::new(),
            paged: std::cell::OnceCell::new(),
        };
        cx.tree.trivia.extend(std::iter::from_fn(|| trivia.next_if(|t| t.span.start < end)));
        cx.repairs.made.extend(std::iter::from_fn(|| made.next_if(|r| r.span.start < end)));
        let contents = if parts.len() == 1 { contents.clone() } else { opening::contents(&cut.lines[part.clone()]) };
        zones::read(&cut.lines[part.clone()], contents, &mut cx);
        if cut.marked {
            markup(&cut.lines[part.clone()], &mut cx);
        }
        sentences::share(&mut cx);
        let mut span = Span { start, end };
        if let Some(drawn) = drawn {
            span = moved::back(drawn, span, source, &mut cx)?;
        }
        cx.source = source;
        readings.push(cx.finish(span));
    }
    Some(readings)
}

/// What the folds share.
pub(crate) struct Context<'s, 'o> {
    pub source: &'s str,
    pub repairs: Repairs,
    pub complaints: Vec<Diagnostic>,
    pub tree: ast::Agreement,
    pub parties: Vec<Party>,
    /// What else the preamble defines.
    pub aliases: Vec<Alias>,
    pub words: &'o Vocabulary,
    /// Blanks stand between letters all over: a head needs none after it.
    pub spaced: bool,
    /// Width at which the text is wrapped, in half-width columns; 0 where it is not.
    pub wrap: usize,
    /// Labels stood in the middle of their cells in a table before.
    pub centred: std::cell::Cell<bool>,
    /// A column of 分野 stood before that of the names in a table before, and whether that was sure.
    pub fielded: std::cell::Cell<Option<bool>>,
    /// Which letters stand side by side in the document, once a scattered table asks.
    pub letters: std::cell::OnceCell<std::rc::Rc<scatter::Words>>,
    /// Whether the text says where pages end, once somebody asks.
    pub paged: std::cell::OnceCell<bool>,
}

impl<'s> Context<'s, '_> {
    /// Whether lines are whole paragraphs, wider than any page.
    pub fn is_whole(&self) -> bool {
        const PAGE: usize = 100 * "全".len();
        self.wrap == 0 && self.source.lines().any(|line| line.len() > PAGE)
    }

    /// A leaf.
    pub fn text(&mut self, line: &Line, part: &str) -> ast::Text {
        ast::Text::of(line, part, &mut self.repairs)
    }

    /// Source that carries no words of the agreement.
    pub fn trivia(&mut self, span: Span, kind: ast::TriviaKind) {
        self.tree.trivia.push(ast::Trivia { span, kind });
    }

    /// Words that no production took; the complaint comes from [`Context::finish`].
    pub fn unparsed(&mut self, line: &Line) {
        let leaf = ast::Text::of(line, &line.text, &mut self.repairs);
        self.tree.unparsed.push(leaf);
    }

    /// A complaint of the reader.
    pub fn complain(&mut self, rule: &'static str, severity: Severity, path: &str, span: Option<Span>, words: Words) {
        self.complaints.push(Diagnostic {
            rule,
            severity,
            words,
            path: path.into(),
            span,
            related: Vec::new(),
            help: None,
        });
    }

    fn finish(mut self, span: Span) -> Reading {
        model::tiles::close_gaps(self.source, span, &mut self.tree);
        let model = Model::of(&self.tree, (self.parties, self.aliases), self.source);
        let mut complaints = self.complaints;
        model::place(&mut complaints, &self.tree);
        complaints
            .extend(self.repairs.made.iter().filter(|r| r.kind == "line-split").map(|r| split(r.span, &self.tree)));
        complaints.extend(model::complaints(&self.tree, &model, self.source));
        Reading { span, tree: self.tree, model, complaints, repairs: self.repairs }
    }
}

/// Tags of tables among the words of a text, once.
fn markup(lines: &[Line], cx: &mut Context) {
    let tag = lines.iter().find_map(|line| Some((line, lines::markdown::left(&line.text)?)));
    if let Some((line, at)) = tag {
        let words = Words::new(
            "HTMLのタグが残っていて、どこまでが一つの欄か分かりません。HTMLやWordのファイルそのものを読ませてください。",
            "tags of HTML are left, so that nothing says where a cell ends; read the HTML or the Word file itself",
        );
        cx.complain("markup-left", Severity::Warning, "", Some(line.span(&line.text[at..at + 1])), words);
    }
}

/// A page on one line was cut by its marks; which name and which heading stand apart in a table, blanks do not tell.
fn split(span: Span, tree: &ast::Agreement) -> Diagnostic {
    Diagnostic {
        rule: "line-split",
        severity: if tree.tables.is_empty() { Severity::Note } else { Severity::Warning },
        words: Words::new(
            "一行につながった文書を、見出しや番号の所で切り分けました。別表の見出しと名称の境目は確かめてください。",
            "a document on one line was cut at its headings and numbers; check where headings and names in tables end",
        ),
        path: Default::default(),
        span: Some(span),
        related: Vec::new(),
        help: None,
    }
}
