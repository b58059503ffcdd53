//! Findings that come from outside a single text: declared here so that they can be explained, levelled and listed as any other.

use super::{Context, Pair, Rule, Sink};
use crate::diagnostics::Severity;

/// Raised by the program for a file that it cannot read.
pub const FILE_UNREADABLE: Rule = Rule {
    id: "file-unreadable",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("ファイルが読めない", "a file cannot be read"),
    why: (
        "読めないファイルを黙って飛ばすと、検査済みに見えてしまいます。ほかのファイルの検査は続け、終了コードは 2 になります。",
        "A file passed over in silence would look checked. The other files are still checked, and the exit code is 2.",
    ),
    bad: "",
    good: "",
    check: elsewhere,
};

/// Raised by the driver for a suppression whose last day has passed.
pub const SUPPRESSION_EXPIRED: Rule = Rule {
    id: "suppression-expired",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("抑止の期限が過ぎている", "a suppression has expired"),
    why: (
        "期限（until）の日を過ぎた抑止は効きません。直すか、理由を見直して期限を延ばしてください。",
        "A suppression no longer holds after the day in `until`. Mend the text, or review the reason and set a later day.",
    ),
    bad: "",
    good: "",
    check: elsewhere,
};

/// Raised by the driver for a suppression that hides nothing.
pub const SUPPRESSION_UNUSED: Rule = Rule {
    id: "suppression-unused",
    severity: Severity::Note,
    on: true,
    sure: true,
    title: ("使われていない抑止がある", "a suppression hides nothing"),
    why: (
        "該当する指摘がもうない抑止は、後から生じた別の誤りを隠します。",
        "A suppression whose finding is gone would hide the next mistake in the same place.",
    ),
    bad: "",
    good: "",
    check: elsewhere,
};

/// Raised by the reader for a line that it cannot give to one cell.
pub(super) const CELL_TORN: Rule = reader(
    "cell-torn",
    ("どの欄の文か決められない", "a line that may belong to several cells"),
    (
        "PDF から抽出するときに表の罫線が失われ、文の並びだけでは欄が決まりません。推し量らずに知らせます。",
        "The ruling of a table is lost when text is extracted from a PDF, and the order of the lines does not tell the cell. It is said, not guessed.",
    ),
);

/// Raised by the reader for a cell that is neither content nor role.
pub(super) const CELL_APART: Rule = reader(
    "cell-apart",
    ("内容でも役割でもない欄がある", "a cell that is neither content nor role"),
    (
        "備考や費用負担などの欄は、取組の項目に入らないので unparsed に置きます。見出しのない欄は、役割の一部かもしれません。",
        "Remarks, costs and the like have no key in an initiative and stand under `unparsed`. A cell without a label may be part of a role.",
    ),
);

/// Raised by the reader for who signs and is no party.
pub(super) const SIGNATURE_APART: Rule = reader(
    "signature-apart",
    ("どの当事者のものでもない記名がある", "a signature of no party"),
    (
        "立会人や二人目の署名者の記名は unparsed に置きます。住所や氏名だけが残っているなら、抽出で当事者から離れたものです。",
        "A witness or a second signer stands under `unparsed`. An address or a name alone was torn from its party in extraction.",
    ),
);

/// Raised by the reader for words of a cell that look like the label of a role.
pub(super) const LABEL_UNREAD: Rule = reader(
    "label-unread",
    ("見出しのような文が欄の中にある", "words of a cell that look like a label"),
    (
        "「甲の責務」のような言い方は役割の見出しとして知られていません。その下の文が別の欄に入っています。使うなら kouotsu.toml に語を加えてください。取組の表のようでも取組として読めない行や、役割の見出しから始まる項も知らせます。",
        "「甲の責務」 is no label that is known, and what follows it stands in another cell. Add the word to kouotsu.toml if it is in use. Rows that look like initiatives and could not be read as such, and a 項 that begins with a label of roles, are told here, too.",
    ),
);

/// Raised by the reader for roles without the name and the content of their initiative.
pub(super) const NAME_LOST: Rule = reader(
    "name-lost",
    ("取組の名称と内容が見つからない", "the name and the content of an initiative are lost"),
    (
        "役割だけが残っています。抽出のときに名称と内容の欄が失われたか、原本にありません。",
        "Only the roles are left. The cells of the name and the content were lost in extraction, or are not in the original.",
    ),
);

/// Raised by the reader for a paragraph whose lines are out of order.
pub(super) const SENTENCE_TORN: Rule = reader(
    "sentence-torn",
    ("文の前後が入れ替わっているか、途中で切れている", "a sentence is out of order, or cut"),
    (
        "「る。」のような文の終わりから始まる項や、文の途中で終わる項は、抽出のときに行の順が入れ替わったか、失われたものです。",
        "A paragraph that begins with the end of a sentence, such as 「る。」, or ends within one: lines changed places in extraction, or were lost.",
    ),
);

/// Raised by the reader for a text without 第1条.
pub(super) const NO_ARTICLE: Rule = reader(
    "no-article",
    ("条が見つからない", "no article was found"),
    (
        "協定書の本文ではない文書か、本文が抽出されていない文書です。検査していないのと同じです。",
        "Another kind of document, or one whose body was not extracted. It is as good as not checked.",
    ),
);

/// What the reader says of itself: a warning without an example, because damage has many forms.
const fn reader(id: &'static str, title: Pair, why: Pair) -> Rule {
    Rule { id, severity: Severity::Warning, on: true, sure: true, title, why, bad: "", good: "", check: elsewhere }
}

pub(super) fn elsewhere(_: &Context, _: &mut Sink) {}
