//! The reader's own complaints that follow from the tree: text in no place, numbers that are missing, initiatives without
//! content or role. Where a rule has the same name, `check` leaves the word to the rule.

use super::apart::apart;
use super::path::Path;
use super::walk::FieldPlace;
use super::{Model, broken, path, unread, walk};
use crate::ast::{Agreement, Initiative, Item, Text};
use crate::diagnostics::{Diagnostic, Severity, Words};
use crate::parse::{front, head, label};
use crate::span::Span;
use std::collections::BTreeSet;

/// Complaints in the order in which they were found.
#[derive(Default)]
struct Complaints(Vec<Diagnostic>);

impl Complaints {
    fn add(&mut self, rule: &'static str, severity: Severity, path: impl Into<Path>, span: Option<Span>, words: Words) {
        self.0.push(Diagnostic { rule, severity, words, path: path.into(), span, related: Vec::new(), help: None });
    }
}

/// Everything that the tree and its meaning give cause to say.
pub fn complaints(tree: &Agreement, model: &Model, source: &str) -> Vec<Diagnostic> {
    let mut out = Complaints::default();
    if tree.articles.is_empty() {
        let words = match tree.tables.is_empty() {
            true => Words::new(
                "「第1条」のような条が見つかりません。協定書の本文ではないようです。",
                "no article such as 第1条 was found: this does not look like an agreement",
            ),
            false => Words::new(
                "「第1条」のような条が見つかりません。別表だけを読みました。",
                "no article such as 第1条 was found: only the tables (別表) were read",
            ),
        };
        out.add("no-article", Severity::Warning, String::new(), None, words);
    }
    unparsed(tree, &mut out);
    let places = walk::fields(tree);
    set_apart(tree, &places, model, &mut out);
    title(tree, &mut out);
    parties(tree, model, &mut out);
    gaps(tree, &mut out);
    without_text(tree, &mut out);
    torn_sentences(tree, source, &mut out);
    tables(model, &mut out);
    headings(&places, &mut out);
    let has_roles = walk::initiatives(&places).any(|(_, i)| !i.roles.is_empty());
    let stems = unread::stems(model);
    headers(tree, &stems, &mut out);
    names(&places, &mut out);
    for (place, initiative) in walk::initiatives(&places) {
        let path = || path::initiative(&place.path(), initiative);
        let is_broken = initiative.torn || broken::is_broken(initiative, source);
        cells(&path, (initiative, is_broken), model, has_roles, &mut out);
        unread(&path, initiative, &stems, &mut out);
        look_alikes(&path, initiative, &mut out);
    }
    out.0
}

/// Gives complaints about the name or a cell of a 取組 their path: where they were made, its 分野 was not known yet.
pub fn place(complaints: &mut [Diagnostic], tree: &Agreement) {
    let mut lost = complaints.iter_mut().filter(|c| c.rule == "cell-torn" && c.path.is_empty()).peekable();
    if lost.peek().is_none() {
        return;
    }
    let places = walk::fields(tree);
    let mut names: Vec<(Span, Path)> = Vec::new();
    let mut cells: Vec<(Span, Path)> = Vec::new();
    for (place, initiative) in walk::initiatives(&places) {
        let path = path::initiative(&place.path(), initiative);
        let contents = initiative.contents.iter().map(|cell| (cell.text.span(), path::cell(&path, "取組内容")));
        let roles = initiative.roles.iter().map(|role| (role.text.span(), path::role(&path, role)));
        cells.extend(contents.chain(roles).filter_map(|(span, path)| Some((span?, path))));
        names.extend(initiative.name.span().map(|span| (span, path)));
    }
    for known in [&mut names, &mut cells] {
        known.sort_by_key(|(span, _)| span.start);
    }
    for complaint in lost {
        let at = complaint.span.map_or(0, |span| span.start);
        let around = |known: &[(Span, Path)]| {
            let before = &known[..known.partition_point(|(span, _)| span.start <= at)];
            before.last().filter(|(span, _)| at < span.end).cloned()
        };
        if let Some((span, path)) = around(&names).or_else(|| around(&cells)) {
            complaint.path = path;
            complaint.span = Some(span);
        }
    }
}

/// So many letters of a text are shown.
const SHORT: usize = 30;

fn unparsed(tree: &Agreement, out: &mut Complaints) {
    for text in &tree.unparsed {
        let short = text.text.char_indices().nth(SHORT).map_or(&text.text[..], |(end, _)| &text.text[..end]);
        let words = Words::new(
            format!("どこに属するか分からない文字列です: 「{short}」"),
            format!("text that belongs nowhere: 「{short}」"),
        );
        out.add("unparsed", Severity::Warning, String::new(), text.span(), words);
    }
}

/// Words that the output keeps under `unparsed`; of a sound column it is enough to say so once.
fn set_apart(tree: &Agreement, places: &[FieldPlace], model: &Model, out: &mut Complaints) {
    let mut said = BTreeSet::new();
    for apart in apart(tree, places, model) {
        if apart.severity != Severity::Note || said.insert((apart.rule, apart.label.clone())) {
            let words = apart.words();
            out.add(apart.rule, apart.severity, apart.path, apart.span, words);
        }
    }
}

/// A document with articles has a name.
fn title(tree: &Agreement, out: &mut Complaints) {
    if !tree.articles.is_empty() && tree.title.is_empty() {
        let words = Words::new(
            "題名（「…に関する協定書」など）が見つかりません。",
            "no title such as 「…に関する協定書」 was found",
        );
        out.add("title-missing", Severity::Note, "題名".to_string(), None, words);
    }
}

/// An agreement binds two at least.
fn parties(tree: &Agreement, model: &Model, out: &mut Complaints) {
    if tree.articles.is_empty() || model.parties.len() > 1 {
        return;
    }
    let found = model.parties.first().map_or("", |p| p.symbol.as_str());
    let words = match found {
        "" => Words::new(
            "当事者を定める文（「青葉市（以下「甲」という。）と」など）が見つかりません。",
            "no sentence was found that defines the parties",
        ),
        one => Words::new(
            format!("当事者が「{one}」しか見つかりません。括弧の閉じ忘れや抜け落ちはありませんか。"),
            format!("only one party was found, 「{one}」: is a bracket not closed, or a line lost?"),
        ),
    };
    out.add("party-missing", Severity::Warning, "前文".to_string(), tree.preamble.span(), words);
}

/// 第1条, 第3条: an article that the extraction lost, or that was never there. Nothing is renumbered.
fn gaps(tree: &Agreement, out: &mut Complaints) {
    let main = |number: &str| number.split('の').next().and_then(|n| n.parse::<u32>().ok());
    let mut last = 0u32;
    for article in &tree.articles {
        let Some(number) = main(&article.number) else { continue };
        if number > last.saturating_add(1) {
            let (from, to) = (last + 1, number - 1);
            let lost = if from == to { format!("第{from}条") } else { format!("第{from}条から第{to}条まで") };
            let words = Words::new(
                format!("{lost}がこの文書にありません。抽出のときに落ちたのかもしれません。番号は付け直していません。"),
                format!("{lost} is missing in the source, perhaps lost in extraction; nothing was renumbered"),
            );
            out.add("number-gap", Severity::Warning, path::article(&article.number), article.label.span(), words);
        }
        // `第3条から第5条まで 削除` is the last of its numbers too
        let label = article.label.text.as_str();
        let end = label.rfind('第').filter(|at| *at > 0).and_then(|at| head::article(label.get(at..)?));
        last = last.max(end.and_then(|head| main(&head.number)).unwrap_or(number));
    }
}

/// 第6条, or the first of its 項, without a word: an extractor took a number before the words, or lost them.
fn without_text(tree: &Agreement, out: &mut Complaints) {
    for (path, span) in tree.articles.iter().flat_map(walk::without_text) {
        let words = Words::new(
            format!("{path}に本文がありません。抽出のときに落ちたか、別の項に付いたのかもしれません。"),
            format!("{path} has no text: it was lost in extraction, or went to another paragraph"),
        );
        out.add("article-empty", Severity::Warning, path, span, words);
    }
}

/// A 項 that begins with the end of a sentence, or ends within one: its lines are out of order.
fn torn_sentences(tree: &Agreement, source: &str, out: &mut Complaints) {
    for article in &tree.articles {
        for paragraph in article.paragraphs.iter().filter(|paragraph| broken::holds_number(&paragraph.text, source)) {
            let words = Words::new(
                "文の途中に数字だけの行があります。ページ番号ではありませんか。",
                "a number fills a line of the sentence: it may be that of the page",
            );
            let path = path::paragraph(article, paragraph);
            out.add("sentence-torn", Severity::Warning, path, paragraph.text.span(), words);
        }
        for paragraph in article.paragraphs.iter().filter(|paragraph| broken::is_torn(paragraph)) {
            let words = Words::new(
                "文の行の順が入れ替わっているか、途中で切れているようです。PDFそのものを読ませてください。",
                "the lines of a sentence seem to be out of order, or lost; read the PDF itself",
            );
            let path = path::paragraph(article, paragraph);
            out.add("sentence-torn", Severity::Warning, path, paragraph.text.span(), words);
        }
    }
}

/// A 分野 that is called as a document is: the number of a page stood above its running header.
fn headings(places: &[FieldPlace], out: &mut Complaints) {
    let is_title = |text: &str| broken::holds_title(text) && front::is_title(text);
    for place in places.iter().filter(|place| is_title(&place.field.title.text)) {
        let words = Words::new(
            "文書の題名のような見出しです。ページの柱（ヘッダー）ではありませんか。",
            "this heading is the title of a document: it may be the running header of a page",
        );
        out.add("cell-torn", Severity::Warning, place.path(), place.field.title.span(), words);
    }
}

/// A 別表 that the text names and does not hold.
fn tables(model: &Model, out: &mut Complaints) {
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for reference in model.references.iter().filter(|r| !r.external) {
        for missing in reference.missing.iter().filter(|m| m.starts_with("別表")) {
            if !said.insert(missing) {
                continue;
            }
            let words = Words::new(
                format!("{missing}がこの文書にありません。別のファイルか、抽出のときに落ちたのかもしれません。"),
                format!("{missing} is missing in the source: it is in another file, or was lost in extraction"),
            );
            out.add("reference-table-missing", Severity::Warning, reference.from.clone(), reference.span, words);
        }
    }
}

/// What one initiative lacks, and whether it was read with doubt.
fn cells(
    path: &dyn Fn() -> Path,
    (initiative, is_broken): (&Initiative, bool),
    model: &Model,
    has_roles: bool,
    out: &mut Complaints,
) {
    let span = || initiative.name.span().or_else(|| initiative.contents.first().and_then(|c| c.text.span()));
    if is_broken {
        let words = Words::new(
            "どの欄の文か、この抽出結果からは決められません。PDFそのもの、または pdftotext -raw の結果を読ませてください。",
            "the text does not say which cell some line belongs to; read the PDF itself, or the output of pdftotext -raw",
        );
        out.add("cell-torn", Severity::Warning, path(), span(), words);
    }
    if initiative.contents.iter().all(|c| c.text.is_empty()) {
        let words = Words::new("取組内容が見つかりません。", "no content (取組内容) was found");
        out.add("content-missing", Severity::Warning, path(), span(), words);
    }
    for symbol in model.parties.iter().map(|party| &party.symbol).filter(|_| has_roles) {
        if !initiative.roles.iter().any(|r| r.parties.contains(symbol) && !r.text.is_empty()) {
            let words =
                Words::new(format!("{symbol}の役割が見つかりません。"), format!("no role of {symbol} was found"));
            out.add("role-missing", Severity::Warning, path(), span(), words);
        }
    }
}

/// A 取組 without a name where most have one; where hardly any has, the 分野 itself names what is done.
fn names(places: &[FieldPlace], out: &mut Complaints) {
    let is_unnamed = |(_, initiative): &(&FieldPlace, &Initiative)| initiative.name.is_empty();
    let (all, unnamed) = (walk::initiatives(places).count(), walk::initiatives(places).filter(is_unnamed).count());
    if unnamed * 2 > all {
        return;
    }
    for (place, initiative) in walk::initiatives(places).filter(is_unnamed) {
        // what lacks its content, too, is told of
        let Some(cell) = initiative.contents.iter().find(|cell| !cell.text.is_empty()) else { continue };
        let words = Words::new("取組の名称が見つかりません。", "the name of an initiative was not found");
        let path = path::initiative(&place.path(), initiative);
        out.add("initiative-unnamed", Severity::Warning, path, cell.text.span(), words);
    }
}

/// A label in the text of a cell.
fn unread(path: &dyn Fn() -> Path, initiative: &Initiative, stems: &[char], out: &mut Complaints) {
    if let Some((line, span)) = unread::label(initiative, stems) {
        let words = Words::new(
            format!("「{line}」は見出しのようですが、その下の文を役割として読んでいません。"),
            format!("「{line}」 looks like a label; what follows it was not read as a role"),
        );
        out.add("label-unread", Severity::Warning, path(), span, words);
    }
}

/// Whether one of the texts of a 号 and its subdivisions is as asked.
fn any_text(item: &Item, is_meant: &impl Fn(&Text) -> bool) -> bool {
    is_meant(&item.text) || item.items.iter().any(|item| any_text(item, is_meant))
}

/// Headers of tables that were read as words of an article.
fn headers(tree: &Agreement, stems: &[char], out: &mut Complaints) {
    // none, as nearly always
    let paragraphs = || tree.articles.iter().flat_map(|article| &article.paragraphs);
    let holds = |text: &Text| unread::holds_header(text, stems);
    if !paragraphs()
        .any(|paragraph| holds(&paragraph.text) || paragraph.items.iter().any(|item| any_text(item, &holds)))
    {
        return;
    }
    walk::texts(tree, &mut |at, text| {
        if unread::holds_header(text, stems) {
            let words = Words::new(
                "表の見出しの行が文の中にあります。その下の表を読めていません。PDFそのものを読ませてください。",
                "the header of a table stands among these words: the table below it was not read as one; read the PDF itself",
            );
            out.add("label-unread", Severity::Warning, (at.path)(), text.span(), words);
        }
    });
}

/// Labels that were read as others than are written.
fn look_alikes(path: &dyn Fn() -> Path, initiative: &Initiative, out: &mut Complaints) {
    let labels = initiative.contents.iter().map(|c| &c.label).chain(initiative.roles.iter().map(|r| &r.label));
    for label in labels {
        if let Some(meant) = label::look_alike(&label.text) {
            let words = Words::new(
                format!("「{}」を「{meant}」と読みました。文字認識の誤りのようです。", label.text),
                format!("「{}」 was read as 「{meant}」: it looks like a slip of character recognition", label.text),
            );
            out.add("ocr-look-alike", Severity::Note, path(), label.span(), words);
        }
    }
}
