//! What the readers of files say of themselves: declared so that it can be explained, levelled and listed as any finding.

use super::declared::elsewhere;
use super::{Pair, Rule};
use crate::diagnostics::Severity::{self, Note, Warning};

/// What is said where a file is read: it has no example, since the file that raises it is no text.
const fn said(id: &'static str, severity: Severity, title: Pair, why: Pair) -> Rule {
    Rule { id, severity, on: true, sure: true, title, why, bad: "", good: "", check: elsewhere }
}

pub(super) const PARTY_MISSING: Rule = said(
    "party-missing",
    Warning,
    ("当事者が見つからない", "a party is not found"),
    (
        "協定は二つ以上の地方公共団体が結ぶものです。当事者を定める文が抽出で失われたか、括弧が閉じていません。",
        "An agreement binds two bodies at least. The sentence that defines them was lost in extraction, or a bracket in it is not closed.",
    ),
);
pub(super) const TITLE_MISSING: Rule = said(
    "title-missing",
    Note,
    ("題名が見つからない", "no title is found"),
    (
        "協定書には題名があります。抽出で失われたか、別の行の文とつながっています。",
        "An agreement has a title. It was lost in extraction, or stands on one line with other words.",
    ),
);
pub(super) const LINE_SPLIT: Rule = said(
    "line-split",
    Warning,
    ("一行につながった文書を切り分けた", "a document on one line was cut"),
    (
        "改行が失われた文書は、見出しや番号の所で切り分けて読みます。表の見出しと名称の境目は空白だけでは決まりません。",
        "A document that lost its line ends is cut where headings and numbers stand. Blanks do not tell where headings and names in tables end.",
    ),
);
pub(super) const MARKUP_LEFT: Rule = said(
    "markup-left",
    Warning,
    ("HTMLのタグが残っている", "tags of HTML are left"),
    (
        "表や見出しのタグが文字として残った文書では、どこまでが一つの欄か分かりません。元のHTMLやWordのファイルを読ませてください。",
        "Where tags of tables and headings are left as letters, nothing says where a cell ends. Give the HTML or the Word file itself.",
    ),
);
pub(super) const OCR_LOOK_ALIKE: Rule = said(
    "ocr-look-alike",
    Note,
    ("文字認識の誤りとみられる見出し", "a label that character recognition misread"),
    (
        "「田の役割」は「甲の役割」の読み違いでしょう。読み替えたことを知らせます。",
        "「田の役割」 is most likely 「甲の役割」. That it was read so is said.",
    ),
);
pub(super) const UNDECODABLE_BYTES: Rule = said(
    "undecodable-bytes",
    Warning,
    ("文字として読めないバイトがある", "bytes that mean nothing in the encoding"),
    (
        "文字コードの判定違いか、壊れたファイルです。読めないバイトは ‹8F› のように残します。",
        "The encoding was told wrongly, or the file is damaged. Such bytes stay visible as ‹8F›.",
    ),
);
pub(super) const TRACKED: Rule = said(
    "input-tracked-changes",
    Warning,
    ("変更履歴がある", "tracked changes"),
    (
        "承諾していない変更が残る文書は、確定した本文ではありません。すべて承諾したものとして読みます。",
        "A document with open changes is not the final text. It is read as if all were accepted.",
    ),
);
pub(super) const RUBY: Rule = said(
    "input-ruby",
    Note,
    ("ルビを除いた", "ruby left out"),
    ("ふりがなは本文ではありません。", "Readings above letters are not words of the text."),
);
pub(super) const HIDDEN: Rule = said(
    "input-hidden-text",
    Warning,
    ("隠し文字を除いた", "hidden text left out"),
    (
        "画面にも紙にも出ない文字は、合意した文ではありません。",
        "What neither screen nor paper shows was not agreed on.",
    ),
);
pub(super) const TEXT_BOX: Rule = said(
    "input-text-box",
    Warning,
    ("テキストボックスがある", "a text box"),
    (
        "テキストボックスには本文の中の位置がありません。アンカーの段落の後に置きます。",
        "A text box has no place in the text; it is put behind the paragraph that anchors it.",
    ),
);
pub(super) const NESTED_TABLE: Rule = said(
    "input-nested-table",
    Warning,
    ("表の中に表がある", "a table inside a cell"),
    (
        "中の表は、そのセルの文として読みます。行と列の関係は失われます。",
        "The inner table is read as text of its cell; its rows and columns are lost.",
    ),
);
pub(super) const SYMBOL: Rule = said(
    "input-symbol",
    Warning,
    ("記号用フォントの文字がある", "characters of a symbol font"),
    (
        "どの文字を表すかをファイルが言っていません。〓を置きます。",
        "The file does not say what they stand for; 〓 is put in their place.",
    ),
);
pub(super) const FOOTNOTE: Rule = said(
    "input-footnote",
    Warning,
    ("脚注を除いた", "footnotes left out"),
    (
        "脚注は本文の流れの外にあります。定めであるなら本文に書いてください。",
        "A footnote is outside the text. If it provides something, write it into the text.",
    ),
);
pub(super) const IMAGE: Rule = said(
    "input-image",
    Warning,
    ("画像がある", "an image"),
    (
        "画像の中の文字は読めません。表が画像なら、その取組は出力にありません。",
        "Words in an image are not read. If a table is an image, its initiatives are missing from the output.",
    ),
);
pub(super) const EMBEDDED: Rule = said(
    "input-embedded",
    Warning,
    ("埋め込まれた文書がある", "an embedded document"),
    ("中の文書は読みません。別のファイルとして読ませてください。", "It is not read; give it as a file of its own."),
);
pub(super) const CELL_LINES: Rule = said(
    "input-cell-lines",
    Note,
    ("複数行のセルを一行にした", "a cell of several lines, joined"),
    ("セルの中の改行は折返しとみなします。", "Line ends inside a cell are taken for wraps."),
);
pub(super) const SHARED_CELL: Rule = said(
    "input-shared-cell",
    Warning,
    ("複数の役割にまたがるセルがある", "a cell under several roles"),
    ("共通の役割とみなして、それぞれの列に置きます。", "It is taken for a joint role and put into each column."),
);
pub(super) const MERGED_ROWS: Rule = said(
    "input-merged-rows",
    Warning,
    ("複数の行にまたがるセルがある", "a cell over several rows"),
    (
        "文は最初の行だけに置きます。ほかの行にも及ぶなら書き分けてください。",
        "Its text stands in the first row only. If it holds for the others, write it into each.",
    ),
);
pub(super) const HEADER_ROWS: Rule = said(
    "input-header-rows",
    Note,
    ("二段の見出し行を一行にした", "a heading of two rows, joined"),
    (
        "「役割」の下の「甲」「乙」を「甲の役割」「乙の役割」と読みます。",
        "甲 and 乙 under 役割 are read as 甲の役割 and 乙の役割.",
    ),
);
pub(super) const NUMBERED: Rule = said(
    "input-numbered",
    Note,
    ("自動の番号を計算した", "automatic numbers computed"),
    (
        "Word の自動の番号は文に含まれていません。番号の定義から計算して入れます。",
        "Word keeps automatic numbers out of the text; they are computed from their definition.",
    ),
);
pub(super) const UNKNOWN_NUMBER: Rule = said(
    "input-unknown-number",
    Warning,
    ("種類の分からない自動の番号がある", "an automatic number of an unknown kind"),
    (
        "算用数字で置きます。見た目の番号と違うかもしれません。",
        "It is written in Arabic figures, and may look otherwise in Word.",
    ),
);
pub(super) const INPUT_CHROME: Rule = said(
    "input-chrome",
    Note,
    ("ページの案内部分を除いた", "navigation of a page left out"),
    ("案内や連絡先は協定の文ではありません。", "Navigation and contacts are not words of the agreement."),
);
pub(super) const DEEP: Rule = said(
    "input-deep",
    Warning,
    ("入れ子が深すぎる", "nested too deeply"),
    (
        "壊れたか、悪意のあるファイルです。中の文だけを読みます。",
        "The file is damaged or made to harm; only the words are read.",
    ),
);
pub(super) const PAGE_UNREADABLE: Rule = said(
    "pdf-page-unreadable",
    Warning,
    ("読めないページがある", "a page cannot be read"),
    ("そのページの文は出力にありません。", "What stands on it is missing from the output."),
);
pub(super) const NO_TEXT: Rule = said(
    "pdf-no-text",
    Warning,
    ("文字情報のないページがある", "a page without text"),
    ("画像だけのページです。文字認識（OCR）をしてから読ませてください。", "The page is only an image; run OCR first."),
);
pub(super) const TOO_MANY_LINES: Rule = said(
    "pdf-too-many-lines",
    Warning,
    ("線が多すぎるページがある", "a page with too many lines"),
    (
        "罫線を探していません。そのページの表は行の並びとして読みます。",
        "Ruling lines were not looked for; tables of that page are read as lines.",
    ),
);
pub(super) const UNRULED: Rule = said(
    "pdf-table-without-rules",
    Warning,
    ("罫線のない表がある", "a table without ruling lines"),
    (
        "列は文字の位置から推し量ったものです。行と列を確かめてください。",
        "Its columns were told by the positions of its letters; check rows and columns.",
    ),
);
pub(super) const OVERLAPPING: Rule = said(
    "pdf-overlapping-text",
    Warning,
    ("重なった文字がある", "letters drawn over each other"),
    (
        "二つの文が同じ場所に印刷され、字の順が混ざっています。改ページをまたぐセルに多く、原本で確かめてください。",
        "Two texts are printed at one place, and their letters mixed, most often where a page ends within a cell; look at the original.",
    ),
);
pub(super) const NO_UNICODE: Rule = said(
    "pdf-glyph-without-unicode",
    Warning,
    ("どの文字か分からない字がある", "a glyph of unknown character"),
    (
        "フォントが文字の番号を持っていません。1 % を超えると読みません。",
        "The font does not say what it draws. Above 1 % the file is refused.",
    ),
);
pub(super) const PRIVATE: Rule = said(
    "pdf-private-character",
    Warning,
    ("外字がある", "a private-use character"),
    (
        "外字は、作った機器でしか読めません。人名や地名に多く、原本で確かめてください。",
        "Such a character means something only on the machine that made it, most often in names; look at the original.",
    ),
);
pub(super) const SLANTED: Rule = said(
    "pdf-slanted-text",
    Note,
    ("斜めの文字を除いた", "slanted text left out"),
    ("透かしとみなします。", "It is taken for a watermark."),
);
pub(super) const PDF_RUBY: Rule = said(
    "pdf-ruby",
    Note,
    ("ふりがなを除いた", "furigana left out"),
    ("ふりがなは本文ではありません。", "Readings beside letters are not words of the text."),
);
pub(super) const RUNNING_HEADER: Rule = said(
    "pdf-running-header",
    Note,
    ("柱を除いた", "a running header left out"),
    (
        "ページごとに同じ位置に繰り返される文は、本文ではないとみなします。",
        "What stands at the same place on page after page is not taken for the text.",
    ),
);
