//! Numbers that an extractor wrote before the words of the line above: who reads in columns takes what stands left first.
//!
//! ```text
//! 別表第1（第3条関係）          別表第1（第3条関係）          第6条             (1)
//! 1                          1                          2                ア
//! 生活機能の強化に係る政策分野    医療                        甲は、…できる。    夜間の診療
//! 医療                        生活機能の強化に係る政策分野                     取組内容
//!                                                       この協定は、…失う。  …
//!                                                                        イ 甲の役割
//! ```
//!
//! For the same reason the last line of a sentence may stand before its first: `第2条⏎る。⏎⏎甲及び乙は、…協力す`.
//!
//! What belongs where is told by a 号 of the articles, `(1) 生活機能の強化に係る政策分野（別表第1）`, by the sentences of the
//! article, as many of which end before an empty line as numbers came first, and by the next number of a label.

use super::mend::ends_as_number;
use super::{Line, is_blank, squeeze};
use crate::ast::Numbering;
use crate::parse::Repairs;
use crate::parse::front;
use crate::parse::head::{self, ItemHead, TableHead};
use crate::parse::label::{self, Label, Vocabulary, is_letter};
use crate::parse::part::begins_with_rest;
use compact_str::CompactString;
use std::collections::HashMap;

/// So many lines at most stand before the title.
const NEAR: usize = 40;
/// So many lines below, a second number has come.
const FAR: usize = 400;
/// No number alone is longer, in bytes.
const SHORT: usize = 10;
/// Nor is a label with its number.
const LABEL: usize = 80;
/// Nor the head of an article alone.
const HEAD: usize = 18;
/// A line that a wrap cut is longer.
const WRAPPED: usize = 60;
/// So many labels stand between a number and a text at most.
const LABELS: usize = 12;
/// A name takes no more lines.
const NAMES: usize = 3;
/// So many lines of a sentence at most stand before its first.
const RESTS: usize = 5;
/// So many levels begin at once at most.
const MOST: usize = 4;

/// Moves titles and the words of articles to their heads.
pub fn lift(lines: &mut [Line], repairs: &mut Repairs) {
    // nearly no text holds such a line
    let may_drift = |line: &Line| stands_alone(line) || line.text.len() <= SHORT && bare(line).is_some();
    if !repairs.on || !lines.iter().any(may_drift) {
        return;
    }
    let (mut titles, mut in_table, mut at) = (None, false, 0);
    while let Some(next) = lines[at..].windows(2).position(may_begin) {
        at += next;
        if let Some(head) = lines[at].text.starts_with('別').then(|| head::table(&lines[at].text)).flatten() {
            in_table = true;
            let number = untitled(head).filter(|_| number(&lines[at + 1]).is_some());
            let titles = number.is_some().then(|| titles.get_or_insert_with(|| titles_of(lines)));
            let title = titles.and_then(|titles| titles.get(&number?));
            if let Some(title) = title.and_then(|title| drifted(&lines[at + 1..], title)) {
                repairs.add("words-moved", 1, lines[at + 1 + title].whole());
                lines[at + 1..=at + 1 + title].rotate_right(1);
            }
            at += 1;
            continue;
        }
        if let Some((rest, end)) = if in_table { None } else { rest(&lines[at..]) } {
            repairs.add("words-moved", 1, lines[at + 1].whole());
            lines[at + 1..at + end].rotate_left(rest);
        }
        if let Some(before) = numbers(&lines[at..], in_table) {
            repairs.add("words-moved", 1, lines[at + 1].whole());
            place(&mut lines[at + 1..], &before);
        }
        at += 1;
    }
}

/// Whether a 別表 begins, or a number may stand alone on the second of two lines: nearly none do.
fn may_begin(lines: &[Line]) -> bool {
    lines[1].text.len() <= SHORT || stands_alone(&lines[0]) || lines[0].text.starts_with('別')
}

/// `第2条`: whether it may be the head of an article alone on its line
fn stands_alone(line: &Line) -> bool {
    line.ordinal && line.text.len() <= HEAD
}

/// `る。`, `して定める。`: whether words go on in a sentence; この, その, ただし, なお and また begin one
fn goes_on(text: &str) -> bool {
    let is_kana = text.starts_with(|c| matches!(c, 'ぁ'..='ん'));
    begins_with_rest(text) || is_kana && !text.starts_with(['こ', 'そ', 'あ', 'た', 'な', 'ま'])
}

/// `第2条⏎る。⏎2⏎⏎甲は…協力す⏎⏎…`: how many lines behind the head are the rest of the sentence whose first line stands
/// below, and the line behind that one
fn rest(lines: &[Line]) -> Option<(usize, usize)> {
    let (head, below) = lines.split_first()?;
    let is_head = stands_alone(head) && head::article(&head.text).is_some_and(|head| head.rest.is_empty());
    if !is_head && bare(head).is_none_or(|head| head.numbering != Numbering::Arabic) {
        return None;
    }
    let is_words =
        |line: &Line| !line.ordinal && !line.text.starts_with(['（', '(', '別']) && head::item(&line.text).is_none();
    let ends = below.iter().take(RESTS).position(|line| line.text.ends_with('。'))? + 1;
    let is_rest = !below[0].gap && below[..ends].iter().all(is_words) && goes_on(&below[0].text);
    let numbers = below[ends..].iter().take_while(|line| bare(line).is_some()).count();
    let [first, behind @ ..] = &below[ends + numbers..] else { return None };
    // nothing goes to another agreement
    let is_cut = first.gap
        && is_words(first)
        && first.text.len() > WRAPPED
        && first.text.ends_with(is_letter)
        && !front::is_title(&first.text);
    (is_rest && is_cut && behind.first().is_none_or(|line| line.gap)).then_some((ends, ends + numbers + 2))
}

/// Where behind the first line the words begin of each number that stands below it.
fn numbers(lines: &[Line], in_table: bool) -> Option<Vec<usize>> {
    article(lines).or_else(|| levels(lines).filter(|_| in_table)).or_else(|| heading(lines))
}

/// `別表第1（第3条関係）`: the number of a table whose head has no title
fn untitled(head: TableHead) -> Option<CompactString> {
    (head.rest.is_empty() && !head.number.is_empty()).then_some(head.number)
}

/// The titles that 号 name, by the number of their table; the first 号 stands before all else that names it.
fn titles_of(lines: &[Line]) -> HashMap<CompactString, String> {
    lines.iter().rev().filter_map(named).collect()
}

/// `(1) 生活機能の強化に係る政策分野（別表第1）`, or what stands behind its `(1)`: the number of the table and its title
fn named(line: &Line) -> Option<(CompactString, String)> {
    let (words, inner) = line.text.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    let number = head::table(inner)?.number;
    let title = squeeze(head::item(words).map_or(words, |head| head.rest));
    (!number.is_empty() && !title.is_empty()).then(|| (number, title.into_owned()))
}

/// Where below the head of a table its title stands; `None` where it follows the head, or may be the words of a number.
fn drifted(below: &[Line], title: &str) -> Option<usize> {
    let below = &below[..below.iter().take(FAR).position(is_table).unwrap_or(below.len().min(FAR))];
    let at = below.iter().take(NEAR).position(|line| squeeze(&line.text) == title).filter(|at| *at > 0)?;
    let first = number(&below[0])?;
    let is_next = |line: &Line| number(line).is_some_and(|head| head.value == first.value + 1);
    let follows = || below.get(at + 1).is_some_and(|line| head::item(&line.text).is_none());
    // the number keeps words of its own, and is not alone, as one is that heads the whole table
    ((!first.rest.is_empty() || at > 1 || follows()) && below.iter().any(is_next)).then_some(at)
}

/// `2`, `2 医療`
fn number<'l>(line: &'l Line) -> Option<ItemHead<'l>> {
    head::item_of(line).filter(|head| head.numbering == Numbering::Arabic)
}

/// `第6条⏎2⏎3⏎文。⏎⏎文。⏎⏎文。`: the lines behind the head where the words of its second 項 and of each one after it begin
fn article(lines: &[Line]) -> Option<Vec<usize>> {
    let (line, below) = lines.split_first().filter(|(line, _)| line.ordinal)?;
    let is_number = |head: &ItemHead, value| head.numbering == Numbering::Arabic && head.value == value;
    let count =
        below.iter().zip(2..).take_while(|(line, n)| bare(line).is_some_and(|head| is_number(&head, *n))).count();
    if count == 0 || head::article(&line.text).is_none_or(|head| !head.rest.is_empty()) {
        return None;
    }
    let ends =
        |line: &Line| line.ordinal || line.text.starts_with(['（', '(', '別']) || head::item(&line.text).is_some();
    let words = below[count..].iter().take_while(|line| !ends(line)).count();
    let begins = |at: &usize| below[*at].gap && below[at - 1].text.ends_with('。');
    let begins: Vec<usize> = (count + 1..count + words).filter(begins).collect();
    (begins.len() == count).then_some(begins)
}

/// `(1)⏎ア⏎夜間の診療⏎取組内容⏎…⏎イ 甲の役割`: how many numbers stand before the words of each, where the next one shows that
/// the last is of the label
fn levels(lines: &[Line]) -> Option<Vec<usize>> {
    bare(lines.first()?)?;
    let is_below = |line: &Line| bare(line).is_some_and(|head| head.value == 1);
    let count = 1 + lines[1..].iter().take(MOST).take_while(|line| is_below(line)).count();
    let (label, names) = lines.get(count..2 * count)?.split_last().filter(|_| (2..=MOST).contains(&count))?;
    let is_label = label::label(&label.text, &[], &Vocabulary::default()) == Some(Label::Content);
    let last = bare(&lines[count - 1])?.numbering;
    let is_next = |line: &&Line| head::item(&line.text).is_some_and(|head| head.numbering == last && head.value == 2);
    let at = lines[2 * count..].iter().take(FAR).position(|line| is_next(&line))? + 2 * count;
    let says_role = lines[at..].iter().take(2).any(|line| line.text.ends_with("役割") || line.text.contains("役割 "));
    (is_label && names.iter().all(is_name) && says_role).then(|| (count..2 * count - 1).collect())
}

/// `c 丙の役割⏎イ⏎文。⏎⏎福祉⏎⏎(ア) 子育て`, `⏎2⏎⏎取組内容⏎甲の役割⏎⏎文。⏎⏎福祉⏎⏎取組名`: where the words stand whose number was
/// taken before a text, below a label or apart from the labels of that text
fn heading(lines: &[Line]) -> Option<Vec<usize>> {
    let [label, number, below @ ..] = lines else { return None };
    let is_role = |line: &Line| line.text.len() <= LABEL && line.text.ends_with("役割") || label::is_stem(&line.text);
    // `取組の内容及び役割分担` heads cells that hold labels of their own
    let heads_labels = |line: &Line| line.text.len() <= LABEL && line.text.ends_with("及び役割分担");
    let is_label = |line: &Line| is_role(line) || line.text.ends_with("内容") || heads_labels(line);
    let labels = below.iter().take(LABELS).take_while(|line| is_label(line)).count();
    let words = below.get(labels)?;
    let is_apart = match labels {
        0 => is_role(label) && words.gap,
        _ => below[0].gap && (heads_labels(&below[0]) || number.gap && words.gap),
    };
    if !is_apart || bare(number).is_none() {
        return None;
    }
    let is_end = |at: &usize| lines[at - 1].text.ends_with('。') && lines[*at].gap;
    // nothing goes to another article, table or agreement
    let is_inside = |at: &usize| {
        let line = &lines[*at];
        !line.ordinal && !is_table(line) && !front::is_title(&line.text)
    };
    let at = (labels + 2..lines.len().min(FAR)).take_while(is_inside).skip(1).find(is_end)?;
    // `2⏎⏎福祉⏎取組内容`: the number has its own words
    (!is_heading(&below[labels..]) && is_heading(&lines[at..])).then(|| vec![at - 1])
}

/// `福祉⏎⏎(ア) 子育て`, `福祉⏎⏎取組名`, `福祉⏎⏎子育て⏎取組内容`: words with which a section begins
fn is_heading(lines: &[Line]) -> bool {
    let Some((words, below)) = lines.split_first().filter(|(_, below)| !below.is_empty()) else { return false };
    let says = |text: &str| label::label(text, &[], &Vocabulary::default());
    let is_words = |line: &Line| is_name(line) && says(&line.text).is_none() && head::item(&line.text).is_none();
    let heads_cell = |line: &Line| says(line.text.rsplit(is_blank).next().unwrap_or_default()) == Some(Label::Content);
    let names = below.iter().take(NAMES).take_while(|line| is_words(line) && !heads_cell(line)).count();
    let begins = head::item(&below[0].text).is_some_and(|head| head.value == 1)
        || says(&below[0].text) == Some(Label::Name)
        || (names == 0 || below[0].gap) && below.get(names).is_some_and(heads_cell);
    begins && is_words(words)
}

/// The head of a 別表.
fn is_table(line: &Line) -> bool {
    line.text.starts_with('別') && head::table(&line.text).is_some()
}

/// Short, and no sentence.
fn is_name(line: &Line) -> bool {
    line.text.chars().nth(30).is_none() && !line.text.contains(['。', '、'])
}

/// A number alone on its line.
fn bare<'l>(line: &'l Line) -> Option<ItemHead<'l>> {
    let head = (line.text.len() <= SHORT && ends_as_number(&line.text)).then(|| head::item_of(line))??;
    (head.rest.is_empty() && !head.doubtful).then_some(head)
}

/// Places the numbers with which `lines` begin before these, which ascend.
fn place(lines: &mut [Line], before: &[usize]) {
    before.iter().for_each(|at| lines[..*at].rotate_left(1));
}
