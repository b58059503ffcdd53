//! What the readers of Word and HTML files leave out or change, counted, as findings.

use crate::diagnostics::{Diagnostic, Severity, Words};

/// What can happen to a file's words on their way into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    TrackedChange,
    Ruby,
    Hidden,
    TextBox,
    NestedTable,
    Symbol,
    Footnote,
    Image,
    Embedded,
    CellLines,
    SharedCell,
    MergedRows,
    HeaderRows,
    Numbered,
    UnknownNumber,
    Chrome,
    Deep,
}

use Severity::{Note, Warning};

/// Kind, rule id, severity, words; `{}` is the count.
const TABLE: [(Kind, &str, Severity, &str, &str); 17] = [
    (
        Kind::TrackedChange,
        "input-tracked-changes",
        Warning,
        "変更履歴が{}か所あります。すべて承諾した状態で読みました",
        "{} tracked changes, read as if all were accepted",
    ),
    (Kind::Ruby, "input-ruby", Note, "ルビを{}か所除きました", "{} ruby annotations left out"),
    (Kind::Hidden, "input-hidden-text", Warning, "隠し文字を{}か所除きました", "{} pieces of hidden text left out"),
    (
        Kind::TextBox,
        "input-text-box",
        Warning,
        "テキストボックスが{}個あります。アンカーの段落の後に置きました",
        "{} text boxes, placed after the paragraph they are anchored to",
    ),
    (
        Kind::NestedTable,
        "input-nested-table",
        Warning,
        "セルの中の表{}個を、そのセルの文として読みました",
        "{} tables inside cells, read as text of the cell",
    ),
    (
        Kind::Symbol,
        "input-symbol",
        Warning,
        "記号用フォントの文字{}個を〓にしました",
        "{} characters of a symbol font, written as 〓",
    ),
    (Kind::Footnote, "input-footnote", Warning, "脚注{}個を除きました", "{} footnotes left out"),
    (
        Kind::Image,
        "input-image",
        Warning,
        "画像が{}個あります。画像の中の文字は読めません",
        "{} images; text inside them is not read",
    ),
    (
        Kind::Embedded,
        "input-embedded",
        Warning,
        "埋め込まれた文書{}個は読めません",
        "{} embedded documents are not read",
    ),
    (
        Kind::CellLines,
        "input-cell-lines",
        Note,
        "複数行のセル{}個を1行にしました",
        "{} cells of several lines, joined into one line each",
    ),
    (
        Kind::SharedCell,
        "input-shared-cell",
        Warning,
        "複数の役割の列にまたがるセルが{}個あります。それぞれの列に置きました",
        "{} cells span several role columns; their text stands in each",
    ),
    (
        Kind::MergedRows,
        "input-merged-rows",
        Warning,
        "複数の行にまたがるセルが{}個あります。文は最初の行だけに置きました",
        "{} cells span several rows; their text stands in the first row only",
    ),
    (
        Kind::HeaderRows,
        "input-header-rows",
        Note,
        "2段の見出し行{}か所を1行にしました",
        "{} table headings of two rows, joined into one",
    ),
    (
        Kind::Numbered,
        "input-numbered",
        Note,
        "自動の番号{}個を計算して文に入れました",
        "{} automatic numbers computed and written out",
    ),
    (
        Kind::UnknownNumber,
        "input-unknown-number",
        Warning,
        "種類の分からない自動番号{}個を算用数字にしました",
        "{} automatic numbers of an unknown kind, written in Arabic figures",
    ),
    (
        Kind::Chrome,
        "input-chrome",
        Note,
        "ページの案内部分（nav、header、footer、aside）{}か所を除きました",
        "{} parts of the page around the text (nav, header, footer, aside) left out",
    ),
    (
        Kind::Deep,
        "input-deep",
        Warning,
        "入れ子が深すぎる要素{}個は、中の文だけを読みました",
        "{} elements nested too deeply; only their text is read",
    ),
];

/// How often each kind happened.
#[derive(Debug, Default)]
pub(super) struct Notes([usize; TABLE.len()]);

impl Notes {
    /// One more of `kind`.
    pub fn add(&mut self, kind: Kind) {
        if let Some(count) = self.0.get_mut(kind as usize) {
            *count += 1;
        }
    }

    /// One finding for each kind that happened, in the order of the table.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let happened = TABLE.iter().zip(self.0).filter(|&(_, count)| count > 0);
        happened
            .map(|(&(_, rule, severity, ja, en), count)| Diagnostic {
                rule,
                severity,
                words: Words::new(ja.replace("{}", &count.to_string()), en.replace("{}", &count.to_string())),
                path: Default::default(),
                span: None,
                related: Vec::new(),
                help: None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_kinds() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, index, "{}", row.1);
        }
    }

    #[test]
    fn a_finding_says_how_often() {
        let mut notes = Notes::default();
        notes.add(Kind::Ruby);
        notes.add(Kind::Ruby);
        let findings = notes.findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].rule, "input-ruby");
        assert_eq!(findings[0].words.ja, "ルビを2か所除きました");
    }
}
