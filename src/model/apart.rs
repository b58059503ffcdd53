//! Words that were read and have no key of their own in the output: rows that say neither content nor role, and signatures
//! of no party. They stand under `unparsed`, and each is told.

use super::walk::FieldPlace;
use super::{Model, path, walk};
use crate::ast::{Agreement, Cell, Signature, Text};
use crate::diagnostics::{Severity, Words};
use crate::parse::head;
use crate::parse::label::{self, Vocabulary};
use crate::span::Span;

/// Such words, and what is to be said of them.
pub struct Apart {
    /// As the output holds them, label and words.
    pub text: String,
    /// `備考`, `甲`; empty where there is none.
    pub label: String,
    /// From the first of them to the last.
    pub span: Option<Span>,
    /// The 取組 that they stand in.
    pub path: path::Path,
    /// What the complaint is called.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
}

impl Apart {
    fn of(leaves: &[&Text], path: path::Path, rule: &'static str, severity: Severity) -> Option<Apart> {
        let words: Vec<&str> = leaves.iter().map(|l| l.text.as_str()).filter(|t| !t.is_empty()).collect();
        let span = leaves.iter().filter_map(|leaf| leaf.span()).reduce(|a, b| Span { start: a.start, end: b.end });
        let label = leaves.first().map_or_else(String::new, |label| label.text.to_string());
        (!words.is_empty()).then(|| Apart { text: words.join(" "), label, span, path, rule, severity })
    }

    /// What the complaint says.
    pub fn words(&self) -> Words {
        let short: String = self.text.chars().take(30).collect();
        match self.rule {
            CELL | LABEL => Words::new(
                format!("内容でも役割でもない欄の文です。unparsed に置きました: 「{short}」"),
                format!("the cell is neither content nor role, and is kept under `unparsed`: 「{short}」"),
            ),
            _ => Words::new(
                format!("どの当事者のものでもない記名です。unparsed に置きました: 「{short}」"),
                format!("a signature of no party, kept under `unparsed`: 「{short}」"),
            ),
        }
    }
}

/// A row or a column that says something else.
const CELL: &str = "cell-apart";
/// The same under a label that nobody knows.
const LABEL: &str = "label-unknown";
/// Somebody else signs.
const SIGNATURE: &str = "signature-apart";
/// The same by a symbol of no party.
const SYMBOL: &str = "symbol-undefined";

/// All of them, cells before signatures.
pub fn apart(tree: &Agreement, places: &[FieldPlace], model: &Model) -> Vec<Apart> {
    let mut out = Vec::new();
    for (place, initiative) in walk::initiatives(places) {
        let path = || path::initiative(&place.path(), initiative);
        out.extend(initiative.others.iter().filter_map(|other| cell(other, model, path)));
    }
    let taken = |at: &usize| model.parties.iter().any(|party| party.signature == Some(*at));
    let left = tree.signatures.iter().enumerate().filter(|(at, _)| !taken(at));
    out.extend(left.filter_map(|(_, signature)| unclaimed(signature, model)));
    out
}

/// Under a label that is almost one of a role, or under none, a role may be lost; `備考`, `費用負担` are no roles.
fn cell(cell: &Cell, model: &Model, path: impl Fn() -> path::Path) -> Option<Apart> {
    let label = cell.label.text.as_str();
    // a label without words says nothing that is agreed
    if cell.text.is_empty() && !label.is_empty() && !is_unknown(cell) {
        return None;
    }
    let doubtful = label.is_empty() || is_unknown(cell) && is_near(label, model);
    let severity = if doubtful { Severity::Warning } else { Severity::Note };
    let rule = if is_unknown(cell) { LABEL } else { CELL };
    Apart::of(&[&cell.label, &cell.text], path(), rule, severity)
}

/// Whether a row has a label, and one that no list of labels knows.
pub fn is_unknown(cell: &Cell) -> bool {
    let label = cell.label.text.as_str();
    let words = head::item(label).filter(|head| !head.rest.is_empty()).map_or(label, |head| head.rest);
    !label.is_empty() && label::label(words, &[], &Vocabulary::default()).is_none()
}

/// Whether an unknown label is almost that of a role or of the content.
pub fn is_near(label: &str, model: &Model) -> bool {
    model.parties.iter().any(|party| label.starts_with(&party.symbol))
        || ["役", "内容", "取組"].iter().any(|word| label.contains(word))
}

/// A whole signature is one of a witness or of a second signer; a part of one was torn from its party.
fn unclaimed(signature: &Signature, model: &Model) -> Option<Apart> {
    let parts = [&signature.address, &signature.office, &signature.name].into_iter().flatten();
    let leaves: Vec<&Text> = std::iter::once(&signature.symbol).chain(parts).collect();
    let whole = signature.office.is_some() && signature.name.is_some();
    let severity = if whole { Severity::Note } else { Severity::Warning };
    let symbol = signature.symbol.text.as_str();
    let rule = if label::is_stem(symbol) && model.party(symbol).is_none() { SYMBOL } else { SIGNATURE };
    Apart::of(&leaves, "記名".into(), rule, severity)
}
