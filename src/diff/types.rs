//! What a comparison says: the contract `kouotsu-diff/1`. Free of internals.

use crate::diagnostics::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Value of [`Diff::schema`].
pub const SCHEMA: &str = "kouotsu-diff/1";

/// What changed from one agreement to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// `kouotsu-diff/1`.
    pub schema: String,
    /// How many changes of each kind.
    pub summary: Summary,
    /// In the order of the new agreement; what was removed stands where it stood.
    pub changes: Vec<Change>,
}

/// How many changes of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// New nodes.
    pub added: u32,
    /// Lost nodes.
    pub removed: u32,
    /// Nodes whose number alone changed.
    pub renumbered: u32,
    /// Nodes that stand elsewhere.
    pub moved: u32,
    /// Nodes with another name, caption or title.
    pub renamed: u32,
    /// Texts with other words.
    pub edited: u32,
    /// References that follow their target, or should have.
    pub reference: u32,
}

/// Kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Only in the new agreement.
    Added,
    /// Only in the old one.
    Removed,
    /// Same node, other number.
    Renumbered,
    /// Same node, other parent or other order.
    Moved,
    /// Same node, other name, caption or title.
    Renamed,
    /// Same node, other words.
    Edited,
    /// Only references changed: in their words, or in what they mean.
    Reference,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The whole.
    Agreement,
    /// 題名.
    Title,
    /// 甲, 乙, 丙.
    Party,
    /// 前文.
    Preamble,
    /// 条.
    Article,
    /// 項.
    Paragraph,
    /// 号 and 号の細分.
    Item,
    /// 後文.
    Closing,
    /// Date of signing; its `number` is the ISO form.
    Date,
    /// 別表.
    Table,
    /// 分野.
    Field,
    /// 取組.
    Initiative,
    /// 取組内容.
    Content,
    /// 役割; its `name` is the party's symbol.
    Role,
    /// A row of a table that holds no roles; cells are separated by tabs.
    Row,
    /// 備考.
    Remark,
    /// 附則.
    Supplementary,
    /// A property of its parent: address of a party, pointer of a table, chapter of an article.
    Detail,
}

/// One change. `path`, `old_path`, `before`, `after`, `segments` and `severity` are for readers; the rest makes the list
/// complete, so that `apply` can play it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// What it happened to.
    pub part: Part,
    /// Address in the new agreement; for what was removed, in the old one.
    pub path: String,
    /// Address in the old agreement; `null` for what was added.
    pub old_path: Option<String>,
    /// Words, name or number before; `null` where there was none.
    pub before: Option<String>,
    /// Words, name or number after; `null` where there is none.
    pub after: Option<String>,
    /// Both texts in one, with the changed words marked; empty where nothing can be marked.
    pub segments: Vec<Segment>,
    /// Error and warning: the agreement became worse.
    pub severity: Severity,
    /// New number in Arabic figures, where it changed; of a date, its ISO form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Where the node was put, for what was added or moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Position>,
    /// The references that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<ReferenceChange>,
    /// What was added or removed, with all below it but what moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<Branch>,
}

/// A place among siblings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Address of the parent in the new agreement; `""` is the agreement.
    pub parent: String,
    /// Number of siblings before it.
    pub index: u32,
}

/// A node and all below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Branch {
    /// What it is.
    pub part: Part,
    /// In Arabic figures.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Number as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Caption, title, name or symbol.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Its words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// One level below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Branch>,
}

/// What happened to a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// In both.
    Same,
    /// Only before.
    Deleted,
    /// Only after.
    Inserted,
}

/// A piece of a changed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// What happened to it.
    pub op: Op,
    /// The piece; of the new text where it is in both.
    pub text: String,
    /// How the old text spelled it, where only widths or blanks differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
}

/// A reference in two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferenceChange {
    /// Words before.
    pub before: String,
    /// Words after.
    pub after: String,
    /// What it meant, as old paths.
    pub meant: Vec<String>,
    /// What it means now, as new paths.
    pub means: Vec<String>,
    /// Words that would mean what was meant; `null` where that is gone.
    pub right: Option<String>,
    /// Whether it no longer means what was meant.
    pub stale: bool,
}

impl Summary {
    /// Counts `changes`.
    pub fn of(changes: &[Change]) -> Self {
        let mut sum = Self::default();
        for change in changes {
            *match change.kind {
                ChangeKind::Added => &mut sum.added,
                ChangeKind::Removed => &mut sum.removed,
                ChangeKind::Renumbered => &mut sum.renumbered,
                ChangeKind::Moved => &mut sum.moved,
                ChangeKind::Renamed => &mut sum.renamed,
                ChangeKind::Edited => &mut sum.edited,
                ChangeKind::Reference => &mut sum.reference,
            } += 1;
        }
        sum
    }

    /// Kinds with their counts, in the order of the contract.
    pub fn counts(&self) -> [(ChangeKind, u32); 7] {
        [
            (ChangeKind::Added, self.added),
            (ChangeKind::Removed, self.removed),
            (ChangeKind::Renumbered, self.renumbered),
            (ChangeKind::Moved, self.moved),
            (ChangeKind::Renamed, self.renamed),
            (ChangeKind::Edited, self.edited),
            (ChangeKind::Reference, self.reference),
        ]
    }
}

impl Branch {
    /// All words of the branch, one line a text, numbers and names first.
    pub fn words(&self) -> String {
        let mut lines = Vec::new();
        self.lines(&mut lines);
        lines.join("\n")
    }

    fn lines(&self, lines: &mut Vec<String>) {
        let head = match self.part {
            Part::Content => "取組内容".to_string(),
            Part::Role => format!("{}の役割", self.name),
            Part::Paragraph => String::new(),
            Part::Article if !self.name.is_empty() => format!("{}（{}）", self.label, self.name),
            _ => [self.label.as_str(), self.name.as_str()]
                .iter()
                .filter(|w| !w.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join("　"),
        };
        let line = [head.as_str(), self.text.as_str()]
            .iter()
            .filter(|w| !w.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("　");
        if !line.is_empty() {
            lines.push(line);
        }
        for child in &self.children {
            child.lines(lines);
        }
    }
}
