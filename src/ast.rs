//! What is written: the agreement as a tree of leaves that know where they stand.
//!
//! Every [`Text`] is a leaf; leaves and [`Trivia`] tile the source but for blanks.

pub use crate::span::Pieces;
use crate::span::Span;
use compact_str::CompactString;
use smallvec::SmallVec;
use std::sync::Arc;

/// Words of the source. `text` is without the damage (wraps joined, blanks inside words gone, radicals mapped back);
/// `pieces` are the places that it was made of, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The words, repaired.
    pub text: CompactString,
    /// Where they stood, as byte ranges.
    pub pieces: Pieces,
}

impl Text {
    /// First to last byte, over all pieces.
    pub fn span(&self) -> Option<Span> {
        Some(Span { start: self.pieces.iter().map(|p| p.start).min()?, end: self.pieces.iter().map(|p| p.end).max()? })
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// The whole document (協定書, 連携協約).
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    /// The heading that stands last before the preamble.
    pub title: Text,
    /// 前文.
    pub preamble: Text,
    /// 条, in the order of the text.
    pub articles: Vec<Article>,
    /// 後文.
    pub closing: Text,
    /// The line of the date of signing.
    pub date: Text,
    /// 記名.
    pub signatures: Vec<Signature>,
    /// 別表.
    pub tables: Vec<AppendedTable>,
    /// 附則.
    pub supplementary: Vec<Supplementary>,
    /// What no production took.
    pub unparsed: Vec<Text>,
    /// Page numbers, header rows, site chrome, cover pages, rulings.
    pub trivia: Vec<Trivia>,
}

/// 編, 章, 節 that an article stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// The heading as written: `第1章 総則`.
    pub heading: Text,
    /// 編 is 0, 章 1, 節 2, 款 3.
    pub level: u8,
}

/// 条.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// `3`, `3の2`.
    pub number: CompactString,
    /// `第3条`, as written.
    pub label: Text,
    /// Without its brackets.
    pub caption: Option<Text>,
    /// Outermost first; the words of 編, 章, 節 (shared by the articles below them).
    pub division: Vec<String>,
    /// The headings that stand directly before this article: the leaves of `division`.
    pub headings: Vec<Division>,
    /// 項.
    pub paragraphs: Vec<Paragraph>,
}

/// 項; the first carries no number in the text.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// 1 for the first.
    pub number: u32,
    /// `2`, as written.
    pub label: Option<Text>,
    /// 柱書.
    pub text: Text,
    /// 号.
    pub items: Vec<Item>,
    /// 分野, where the rows of a table stand below the 項 itself.
    pub fields: Vec<Field>,
    /// Words that stand after the 号 (後段).
    pub tail: Option<Text>,
}

/// The systems in which 号 and their subdivisions are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// `(1)`, `（１）`, `⑴`
    ParenArabic,
    /// `1)` below `(1)`
    ClosedArabic,
    /// `①`
    Circled,
    /// `一`
    Kanji,
    /// `(一)`
    ParenKanji,
    /// `ア`
    Katakana,
    /// `(ア)`
    ParenKatakana,
    /// `イ` (イロハ)
    Iroha,
    /// `a`
    Latin,
    /// `(a)`
    ParenLatin,
    /// `A`
    Capital,
    /// `(A)`
    ParenCapital,
    /// `i`
    Roman,
    /// `(i)`
    ParenRoman,
    /// `1`
    Arabic,
    /// `・`, `•`: a list without numbers
    Bullet,
}

/// 号 and 号の細分, to any depth.
#[derive(Clone, Debug)]
pub struct Item {
    /// In Arabic figures: `1`, `1の2`.
    pub number: CompactString,
    /// `(1)`, `ア`, as written.
    pub label: Text,
    /// How it is numbered.
    pub numbering: Numbering,
    /// Its words.
    pub text: Text,
    /// One level below.
    pub items: Vec<Item>,
    /// 分野, where roles are written inside the article.
    pub fields: Vec<Field>,
    /// Words that stand after the subdivisions.
    pub tail: Option<Text>,
}

/// 別表.
#[derive(Clone, Debug, Default)]
pub struct AppendedTable {
    /// `1`; empty for 別表 without a number.
    pub number: CompactString,
    /// `別表第1`, as written.
    pub label: Text,
    /// `第3条(1)`, `第3条関係`, without its brackets.
    pub reference: Option<Text>,
    /// The view (視点).
    pub title: Text,
    /// 分野.
    pub fields: Vec<Field>,
    /// Rows of a table that holds no roles.
    pub rows: Vec<Vec<Text>>,
    /// 備考.
    pub remarks: Vec<Text>,
}

/// 分野.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// In Arabic figures; empty without a heading.
    pub number: CompactString,
    /// `1`, `ア`, as written.
    pub label: Text,
    /// `医療`; empty without a heading.
    pub title: Text,
    /// 取組.
    pub initiatives: Vec<Initiative>,
}

/// 取組: one named row group.
#[derive(Clone, Debug, Default)]
pub struct Initiative {
    /// `(1)` before the name, where it has one.
    pub label: Text,
    /// Its name; empty in a row without one.
    pub name: Text,
    /// 取組内容, as often as it is written.
    pub contents: SmallVec<[Cell; 1]>,
    /// Roles in the order of the text.
    pub roles: SmallVec<[Role; 2]>,
    /// Rows under a label that says neither content nor role.
    pub others: Vec<Cell>,
    /// Whether the text no longer says which cell some line belongs to.
    pub torn: bool,
}

/// A labelled text.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// `取組内容`, as written; empty under a header row.
    pub label: Text,
    /// The words; a list keeps its labels, one line each.
    pub text: Text,
}

/// The parties that a role is of; shared, since every row names the same ones.
pub type Symbols = Arc<[String]>;

/// A role of one party, or of several together.
#[derive(Clone, Debug, Default)]
pub struct Role {
    /// `甲の役割`, as written; empty under a header row.
    pub label: Text,
    /// The symbols that the label names, in its order.
    pub parties: Symbols,
    /// The words; a list keeps its labels, one line each.
    pub text: Text,
}

/// One block of 記名.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// `甲`; empty where the label is missing.
    pub symbol: Text,
    /// 住所.
    pub address: Option<Text>,
    /// `青葉市長`.
    pub office: Option<Text>,
    /// `山川 一郎`.
    pub name: Option<Text>,
}

/// 附則.
#[derive(Clone, Debug, Default)]
pub struct Supplementary {
    /// `附則`; empty where the word was lost.
    pub label: Text,
    /// 項.
    pub paragraphs: Vec<Paragraph>,
}

/// What a piece of trivia is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TriviaKind {
    /// `- 2 -`, form feed
    Page,
    /// Brackets, bullets, tabs, colons around leaves
    Mark,
    /// A header row of a table
    Header,
    /// A cover page, a title said twice
    Cover,
    /// Navigation and contact lines of a site, 議案, 例規 furniture
    Chrome,
    /// Lines of dashes, Markdown rulings
    Ruling,
}

/// Source that carries no words of the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trivia {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TriviaKind,
}
