//! Comparisons for readers and programs: each format is a function of the diff, or of the 新旧対照表 ([`table`]).

mod docx;
mod github;
mod html;
mod json;
mod layout;
mod markdown;
pub mod table;
mod text;
mod xlsx;

pub use docx::docx;
pub use github::github;
pub use html::html;
pub use json::{Report, json, json_schema};
pub(crate) use markdown::escape as escape_markdown;
pub use markdown::markdown;
pub use text::text;
pub use xlsx::xlsx;

use super::types::{Change, ChangeKind, Op, Part, Segment, Summary};
use crate::diagnostics::{Lang, Severity};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// The parts of a Word file could not be packed.
    #[error("cannot write the Word file: {0}")]
    Docx(#[from] zip::result::ZipError),
    /// The parts of a Word file could not be written.
    #[error("cannot write the Word file: {0}")]
    Io(#[from] std::io::Error),
    /// The workbook could not be written.
    #[error("cannot write the workbook: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

/// What a kind of change is called.
pub(super) fn kind_name(kind: ChangeKind, lang: Lang) -> &'static str {
    let (ja, en) = match kind {
        ChangeKind::Added => ("追加", "added"),
        ChangeKind::Removed => ("削除", "removed"),
        ChangeKind::Renumbered => ("番号の変更", "renumbered"),
        ChangeKind::Moved => ("移動", "moved"),
        ChangeKind::Renamed => ("名称の変更", "renamed"),
        ChangeKind::Edited => ("語句の変更", "edited"),
        ChangeKind::Reference => ("参照", "references"),
    };
    if lang == Lang::Ja { ja } else { en }
}

/// What a severity is called.
pub(crate) fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    let (ja, en) = match severity {
        Severity::Error => ("誤り", "error"),
        Severity::Warning => ("注意", "warning"),
        Severity::Note => ("参考", "note"),
    };
    if lang == Lang::Ja { ja } else { en }
}

/// `追加 1件、語句の変更 2件`.
fn summary_line(summary: &Summary, lang: Lang) -> String {
    let counts = summary.counts().into_iter().filter(|(_, count)| *count > 0);
    let one = |(kind, count)| match lang {
        Lang::Ja => format!("{} {count}件", kind_name(kind, lang)),
        Lang::En => format!("{count} {}", kind_name(kind, lang)),
    };
    let parts: Vec<String> = counts.map(one).collect();
    match (parts.is_empty(), lang) {
        (true, Lang::Ja) => "変更はありません".into(),
        (true, Lang::En) => "no change".into(),
        (false, Lang::Ja) => parts.join("、"),
        (false, Lang::En) => parts.join(", "),
    }
}

/// Old address and new one, or one where they are the same.
fn addresses(change: &Change) -> String {
    match &change.old_path {
        Some(old) if *old != change.path => format!("{old} → {}", change.path),
        _ => change.path.clone(),
    }
}

/// Whether the address does not say all: the words before and after help.
fn has_words(change: &Change) -> bool {
    match change.kind {
        ChangeKind::Renumbered | ChangeKind::Moved => false,
        ChangeKind::Removed => change.part != Part::Agreement,
        _ => true,
    }
}

/// Changes of each kind, kinds in the order of the contract.
fn grouped(changes: &[Change]) -> impl Iterator<Item = (ChangeKind, Vec<&Change>)> {
    let kinds = Summary::default().counts().map(|(kind, _)| kind);
    let of = |kind| (kind, changes.iter().filter(|c| c.kind == kind).collect::<Vec<_>>());
    kinds.map(of).into_iter().filter(|(_, list)| !list.is_empty())
}

/// What is said about each reference of a change.
fn reference_lines(change: &Change, lang: Lang) -> Vec<String> {
    let line = |r: &super::types::ReferenceChange| {
        let (meant, means) = (r.meant.join("、"), r.means.join("、"));
        match (r.stale, &r.right, lang) {
            (false, _, Lang::Ja) => format!("「{}」→「{}」（{meant} が {means} となったため）", r.before, r.after),
            (false, _, Lang::En) => {
                format!("\u{201c}{}\u{201d} → \u{201c}{}\u{201d} ({meant} became {means})", r.before, r.after)
            }
            (true, Some(right), Lang::Ja) => {
                format!("「{}」は{meant}を指していました。「{right}」が正しい参照です", r.after)
            }
            (true, Some(right), Lang::En) => {
                format!("\u{201c}{}\u{201d} meant {meant}; it should read \u{201c}{right}\u{201d}", r.after)
            }
            (true, None, Lang::Ja) => format!("「{}」の指していた{meant}がなくなりました", r.after),
            (true, None, Lang::En) => format!("\u{201c}{}\u{201d} meant {meant}, which is gone", r.after),
        }
    };
    change.references.iter().map(line).collect()
}

/// Segments as one line, the changed words set off by `deleted` and `inserted`.
fn inline(
    segments: &[Segment],
    mut same: impl FnMut(&str) -> String,
    deleted: [&str; 2],
    inserted: [&str; 2],
) -> String {
    let mut out = String::new();
    for segment in segments {
        let words = same(&segment.text);
        match segment.op {
            Op::Same => out.push_str(&words),
            Op::Deleted => out.push_str(&[deleted[0], &words, deleted[1]].concat()),
            Op::Inserted => out.push_str(&[inserted[0], &words, inserted[1]].concat()),
        }
    }
    out
}

/// Letters that HTML and XML give a meaning; characters that XML does not allow are left out.
pub(super) fn escape_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
