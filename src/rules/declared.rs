//! Findings that come from outside a single text: declared here so that they can be explained, levelled and listed as any other.

use super::{Context, Rule, Sink};
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

fn elsewhere(_: &Context, _: &mut Sink) {}
