//! What an amendment says, as data.

use crate::diagnostics::Diagnostic;
use crate::schema::{Agreement, Date, Supplementary};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amending agreement.
#[derive(Clone, Debug, Default)]
pub struct Amendment {
    /// Its own title.
    pub title: String,
    /// Date of signing.
    pub date: Option<Date>,
    /// The day from which it applies, where its 附則 names one.
    pub effective: Option<Date>,
    /// Its own 附則.
    pub supplementary: Vec<Supplementary>,
    /// In the order in which they are played.
    pub instructions: Vec<Instruction>,
    /// The agreement written anew as a whole, where the amendment does that.
    pub restated: Option<Agreement>,
    /// What could not be read as an instruction.
    pub complaints: Vec<Diagnostic>,
}

/// One thing to do at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instruction {
    /// The sentence that says it, as written.
    pub sentence: String,
    /// Line of the amendment on which the sentence begins, from 1.
    pub line: u32,
    /// Where.
    pub place: Place,
    /// What.
    pub act: Act,
}

/// A place as an amendment names it, outermost step first: `第3条第2項第1号ア`.
pub type Place = Vec<Step>;

/// One step of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 題名
    Title,
    /// 前文
    Preamble,
    /// 後文
    Closing,
    /// 締結日
    Date,
    /// 本則: all articles and tables
    Body,
    /// 記名: the parties
    Signatures,
    /// 附則
    Supplementary,
    /// 第3条の2: `3の2`
    Article(String),
    /// 第2項
    Paragraph(u32),
    /// 第1号: `1`
    Item(String),
    /// (1), ア, (ア): as written
    Label(String),
    /// 別表第1の2: `1の2`; empty for 別表
    Table(String),
    /// 医療の部救急医療の項甲の役割の欄: names that only the agreement can tell apart
    Row(String),
    /// 見出し, 名称
    Name,
    /// 番号 of a 分野
    Number,
    /// （見出しを含む。）
    Captions,
    /// 各号列記以外の部分, 柱書
    Lead,
    /// 本文: before the ただし書
    Main,
    /// ただし書
    Proviso,
    /// 前段
    First,
    /// 後段
    Second,
}

/// Before or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// の前に
    Before,
    /// の次に
    After,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 「A」を「B」に改める: every place in the named provision
    Replace {
        /// A
        from: String,
        /// B
        to: String,
        /// すべて, いずれも: several places are meant
        all: bool,
    },
    /// 「A」の次に「B」を加える
    Insert {
        /// A
        at: String,
        /// B
        words: String,
        /// Where B stands to A
        side: Side,
    },
    /// 「A」を削る
    Delete {
        /// A
        words: String,
    },
    /// を「B」に改める
    Set {
        /// B
        words: String,
    },
    /// を次のように改める
    Rewrite {
        /// The new text, its lines without indentation
        block: String,
    },
    /// の全部を次のように改める
    Restate {
        /// The new agreement
        block: String,
    },
    /// 次の1条を加える
    Add {
        /// Beside the place; inside it where `None`
        side: Option<Side>,
        /// `後段` or `ただし書`, or the number as which it is added; `None` for the end
        role: Option<Step>,
        /// What is added, where the sentence says: `条`, `項`, `号`, `表`
        unit: Option<char>,
        /// How many are announced
        count: Option<u32>,
        /// The new text
        block: String,
    },
    /// とする: gives it another number
    Shift {
        /// The number as a place
        to: Place,
    },
    /// から…までを1条ずつ繰り下げる
    Move {
        /// The last one
        until: Place,
        /// How far; negative moves up
        by: i32,
    },
    /// を削る
    Remove {
        /// The last one of a run
        until: Option<Place>,
    },
    /// 次の表の改正前の欄…: pairs of old and new words
    Columns {
        /// Old and new, row by row
        rows: Vec<(String, String)>,
    },
}
