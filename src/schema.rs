//! The JSON contract, version 1: what `kouotsu parse` writes. Free of internals; changes only with `schema`.

use crate::diagnostics::Severity;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Value of [`Agreement::schema`].
pub const SCHEMA: &str = "kouotsu/1";

/// Place of a node in the decoded source; only with `--spans`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode code points, from 1.
    pub column: u32,
    /// Page of a PDF, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// Kind of document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 定住自立圏形成協定.
    SettlementRegion,
    /// 連携中枢都市圏の連携協約.
    CoreCity,
    /// Any other.
    #[default]
    Other,
}

/// One agreement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// `kouotsu/1`.
    pub schema: String,
    /// Kind of document.
    pub kind: Kind,
    /// What was read.
    pub source: Source,
    /// Heading that stands last before the preamble.
    pub title: String,
    /// Parties in the order of their definition.
    pub parties: Vec<Party>,
    /// 前文.
    pub preamble: Option<String>,
    /// 条.
    pub articles: Vec<Article>,
    /// 後文.
    pub closing: Option<String>,
    /// Date of signing.
    pub date: Option<Date>,
    /// 別表.
    pub tables: Vec<AppendedTable>,
    /// 附則.
    pub supplementary: Vec<Supplementary>,
    /// References in the texts, in their order.
    pub references: Vec<Reference>,
    /// What no production took.
    pub unparsed: Vec<Unparsed>,
    /// How much was read.
    pub coverage: Coverage,
    /// Complaints of the reader; with `check`, of the rules too.
    pub diagnostics: Vec<Diagnostic>,
}

/// The file and what was done to its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// File name as given.
    pub name: String,
    /// `text`, `pdf`, `docx`, `html`.
    pub format: String,
    /// `UTF-8`, `Shift_JIS`, …
    pub encoding: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// What was repaired, by kind.
    pub repairs: Vec<Repair>,
}

/// Repairs of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// `line-joined`, `blank-removed`, `radical-mapped`, …
    pub kind: String,
    /// How many.
    pub count: u32,
    /// Where; only with `--spans`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Place>,
}

/// 甲, 乙, 丙.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// `甲`.
    pub symbol: String,
    /// The names, joined as written (`A市及びB市` gives `A市・B市`).
    pub name: String,
    /// One name each.
    pub names: Vec<String>,
    /// 住所 in the signature.
    pub address: Option<String>,
    /// Who signs.
    pub representative: Option<Representative>,
    /// Place of the definition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// Who signs for a party.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Representative {
    /// `青葉市長`.
    pub office: Option<String>,
    /// `山川 一郎`.
    pub name: Option<String>,
}

/// 条.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// `3`, `3の2`.
    pub number: String,
    /// As written: `第３条`.
    pub label: String,
    /// Without brackets.
    pub caption: Option<String>,
    /// 編, 章, 節, outermost first.
    pub division: Vec<String>,
    /// 項.
    pub paragraphs: Vec<Paragraph>,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// 項.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Paragraph {
    /// From 1; the first carries no number in the text.
    pub number: u32,
    /// 柱書, and words after the 号 on a line of their own.
    pub text: String,
    /// 号.
    pub items: Vec<Item>,
    /// 分野, where roles are written in the 項 itself.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// 号 and 号の細分.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// In Arabic figures.
    pub number: String,
    /// As written.
    pub label: String,
    /// Its words.
    pub text: String,
    /// One level below.
    pub items: Vec<Item>,
    /// 分野, where roles are written inside the article.
    pub fields: Vec<Field>,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// 別表.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppendedTable {
    /// `1`; `""` without a number.
    pub number: String,
    /// As written.
    pub label: String,
    /// Pointer back: `第3条(1)`, `第3条関係`.
    pub reference: Option<String>,
    /// The view; `""` without one.
    pub title: String,
    /// 分野.
    pub fields: Vec<Field>,
    /// Rows of a table that holds no roles.
    pub rows: Vec<Vec<String>>,
    /// 備考.
    pub remarks: Vec<String>,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// 分野.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// In Arabic figures; `""` without a heading.
    pub number: String,
    /// `""` without a heading.
    pub title: String,
    /// 取組.
    pub initiatives: Vec<Initiative>,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// 取組.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Initiative {
    /// Name; `""` in a row without one.
    pub name: String,
    /// 取組内容.
    pub content: Option<String>,
    /// By party symbol.
    pub roles: IndexMap<String, String>,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// A date as written and as meant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Date {
    /// `令和7年3月26日`.
    pub text: String,
    /// `2025-03-26`; `null` for a blank or impossible day.
    pub iso: Option<String>,
}

/// 附則.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Supplementary {
    /// `附則`; `""` where the word was lost.
    pub label: String,
    /// 項.
    pub paragraphs: Vec<Paragraph>,
}

/// A reference and what it means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// Path of the node that holds it.
    pub from: String,
    /// As written.
    pub text: String,
    /// Paths of what it points at.
    pub to: Vec<String>,
    /// Paths that it names and that do not exist.
    pub missing: Vec<String>,
    /// Whether it points outside the document (`地方自治法第96条第2項`).
    pub external: bool,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// Text that no production took.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unparsed {
    /// The words.
    pub text: String,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// How much was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Bytes of the decoded text of this agreement.
    pub bytes: u64,
    /// Bytes that stand in a leaf, in trivia or are blank.
    pub accounted: u64,
    /// 取組.
    pub initiatives: u32,
    /// Those with content and the role of every party.
    pub complete: u32,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// `role-missing`.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// In the chosen language.
    pub message: String,
    /// Stable address of the node.
    pub path: String,
    /// Place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// The JSON Schema of [`Agreement`].
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(Agreement)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_in_docs_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/kouotsu-1.schema.json");
        let schema = serde_json::to_string_pretty(&super::json_schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &schema).expect("docs can be written");
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == schema, "the schema in docs is old: UPDATE_DOCS=1 cargo test --lib schema_in_docs");
    }
}
