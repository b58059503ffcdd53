//! The header row of a table whose cells no tab keeps apart.

use super::super::label::{self, Label};
use super::super::part::{self, Part, sure_pieces, width};
use super::super::rows::{self, Cells, Column};
use super::super::stacked::Labels;
use super::super::vocabulary::{may_be_field, never_ends_name};
use super::glued::labels as glued;
use super::{alone::is_header, fielded, held, joint, numbered, parted};
use crate::lines::letters::holds_end;
use crate::lines::{Line, Marks, is_blank};
use crate::parse::Context;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

/// So many lines of a label stand above the others, and below them.
const AROUND: usize = 3;

/// A header row.
#[derive(Clone, Debug)]
pub struct Header {
    pub columns: Vec<Column>,
    /// Where each column begins, in code points.
    pub starts: Vec<usize>,
    /// Its lines.
    pub lines: Range<usize>,
    /// How many of the columns are the roles below each other in the last place; see [`super::held`].
    pub held: usize,
    /// How wide a line of the names is at most, where the wrap cut their label within a word.
    pub narrow: Option<usize>,
    /// A column of numbers stands before that of the names.
    pub numbered: bool,
}

/// `分⏎野⏎取組 取組内容 甲の役割`: the label of a narrow column of names, which was written before the others
pub fn label_beside(lines: &[Line], cx: &Context) -> bool {
    let mut word = String::new();
    let narrow = lines.iter().take(4).take_while(|line| line.text.chars().nth(4).is_none());
    let end = narrow.enumerate().find_map(|(at, line)| {
        word.push_str(&line.text);
        is_name_label(&word, cx).then_some(at + 1)
    });
    end.and_then(|end| lines.get(end)).is_some_and(|line| is_header(line, cx))
        || begins_above(lines, cx)
        || begins_fielded(lines, cx)
}

/// `連携する取⏎組 取組内容 甲の役割`: whether a header stands first whose label of the names begins above the others
fn begins_above(lines: &[Line], cx: &Context) -> bool {
    (1..lines.len().min(AROUND + 1)).any(|at| header(lines, 0, at, cx).is_some_and(|header| header.lines.start == 0))
}

/// `政策⏎分野⏎連携す⏎る取組⏎取組内容 甲の役割`: whether a header with a column of 分野 stands first
pub fn begins_fielded(lines: &[Line], cx: &Context) -> bool {
    let begins = |at: usize| {
        let header = labels(lines, 0, at, cx);
        header.is_some_and(|header| header.lines.start == 0 && header.columns.first() == Some(&Column::Field))
    };
    // its label may stand above the others and below them, and the parties in a row between
    let around = || lines.iter().take(fielded::MOST * 2 + 3);
    let is_label = |line: &Line| !line.text.ends_with(['。', '、']) && may_be_field(&line.text);
    let may_be = LazyCell::new(|| around().any(is_label));
    let heads = |at: &usize| may_be_header(&lines[*at], cx) && *may_be;
    (0..lines.len().min(fielded::MOST + 1)).filter(heads).any(begins)
}

/// Whether a header row stands among the first lines of a block.
pub fn begins(lines: &[Line], cx: &Context) -> bool {
    (0..lines.len().min(fielded::MOST + 2)).any(|at| header(lines, 0, at, cx).is_some())
}

/// `項目` alone on a line, or the `項` of a narrow column: a header row in pieces
pub fn is_torn_label(text: &str, cx: &Context) -> bool {
    text == "項" || text.len() <= 4 * 4 && text.chars().nth(4).is_none() && is_name_label(text, cx)
}

/// Whether a header row stands anywhere in a block.
pub fn has_header(lines: &[Line], labels: &[Labels], cx: &Context) -> bool {
    !headers(lines, labels, cx).is_empty()
}

/// All header rows of a block.
pub fn headers(lines: &[Line], labels: &[Labels], cx: &Context) -> Vec<Header> {
    let mut out: Vec<Header> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let from = out.last().map_or(0, |h| h.lines.end);
        let columns = out.first().map(|h| h.columns.len());
        let may_head = labels[at].may_head() || lines[at].marks.hold(Marks::LABEL);
        let header = may_head.then(|| header(lines, from, at, cx)).flatten();
        match header.filter(|h| columns.is_none_or(|n| h.columns.len() == n)) {
            Some(header) => {
                at = header.lines.end;
                out.push(header);
            }
            None => at += 1,
        }
    }
    out
}

/// `項目 取組内容 甲の役割 乙の役割`, in one line or one label a line; a narrow column writes `項⏎目`.
fn header(lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<Header> {
    if may_be_header(&lines[at], cx) { labels(lines, from, at, cx) } else { None }
}

/// Whether a line holds the words of labels, and may end a header.
#[inline(always)]
fn may_be_header(line: &Line, cx: &Context) -> bool {
    // no label ends so, and no name of a party: nearly every line of a text does
    if cx.words.is_empty() && line.text.ends_with(|c| matches!(c, 'ぁ'..='ん' | '、' | '。')) {
        return false;
    }
    // nor is the last cell the words of a text, and labels are no sentences
    (line.marks.hold(Marks::LABEL) || !cx.words.is_empty())
        && !ends_in_words(line, cx)
        && !holds_end(&line.text)
        && label::says(line, &["内容", "役割", "概要"], cx.words)
        && !is_row(line, cx)
}

/// The same of a line that holds the words of labels. Apart, so that hardly a text pays for what it needs.
#[inline(never)]
fn labels(lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<Header> {
    let line = &lines[at];
    let above = LazyCell::new(|| label_above(lines, from, at, cx));
    let cells = match line.find_blank() {
        Some(_) => numbered::labels(sure_pieces(line, at)),
        // one alone on its line heads a column only below the label of the names
        None => glued(&Part::new(line, &line.text, at), above.is_some(), cx),
    };
    if cells.len() < 2 && line.find_blank().is_none() && above.is_none() {
        return None;
    }
    let (is_numbered, cells) = match &cells[..] {
        [first, cells @ ..] if rows::is_number_label(first.text) => (true, cells),
        cells => (false, cells),
    };
    let mut header = beside(cells, lines, (from, at), &above, cx)?;
    let start = header.lines.start;
    header.numbered = is_numbered || start > from && rows::is_number_label(&lines[start - 1].text);
    header.lines.start -= usize::from(header.numbered && !is_numbered);
    Some(header)
}

/// The same for the labels of a line but that of the numbers; the label of the names may stand `above`.
fn beside(
    cells: &[Part],
    lines: &[Line],
    (from, at): (usize, usize),
    above: &LazyCell<Option<usize>, impl FnOnce() -> Option<usize>>,
    cx: &Context,
) -> Option<Header> {
    if let Some(header) = fielded::header(cells, lines, from, at, cx) {
        return Some(header);
    }
    let in_two = || parted::header(cells, lines, from, at, cx);
    let is_joint =
        || joint::columns(&cells.iter().map(|cell| cell.text).collect::<Cells>(), &lines[at + 1..], cx).is_some();
    let beside = || held::header(cells, at, cx).filter(|_| !is_joint());
    if let Some(header) = in_two().or_else(beside) {
        return Some(header);
    }
    let (mut columns, mut starts, mut end);
    if cells.len() >= 2 {
        let (below, cells) =
            staggered(cells.iter().flat_map(|cell| glued(cell, above.is_some(), cx)).collect(), lines, at, cx);
        columns = columns_of(&cells.iter().map(|c| c.text).collect(), &lines[at + 1 + below..], cx)?;
        starts = cells.iter().map(|c| c.column).collect::<Vec<_>>();
        end = at + 1 + below;
    } else {
        if let Some(start) = label_above(lines, from, at, cx)
            && let Some(header) = held::one_a_line(lines, start, at, cx)
        {
            return Some(header);
        }
        let (texts, strong);
        (texts, strong, end) = one_a_line(lines, at, cx);
        if strong < 1 || texts.iter().collect::<std::collections::HashSet<_>>().len() < texts.len() {
            return None;
        }
        // one label a line: only below the label of the names
        (**above)?;
        let texts: Cells = texts.iter().map(Cow::as_ref).collect();
        columns = if strong < 2 { joint::columns(&texts, &lines[end..], cx) } else { rows::header(&texts, cx) }?;
        starts = vec![0; columns.len()];
    }
    let mut start = at;
    let mut narrow = None;
    if matches!(columns.first(), Some(Column::Content | Column::Role(_))) {
        start = match **above {
            Some(start) => start,
            None => {
                let around = label_around(lines, from, at..end, cx)?;
                end = around.end;
                around.start
            }
        };
        columns.insert(0, Column::Name);
        starts.insert(0, 0);
        if cells.len() < 2
            && let Some(field) = field_above(lines, from, start, cx)
        {
            start = field;
            columns.insert(0, Column::Field);
            starts.insert(0, 0);
        }
    } else if let Some(cell) = cells.first() {
        let label = label_through(lines, from, at..end, cell.text, cx)?;
        let below = lines[end..label.end].iter().map(|line| line.text.as_ref());
        let label_lines: Vec<&str> =
            lines[label.start..at].iter().map(|line| line.text.as_ref()).chain([cell.text]).chain(below).collect();
        narrow = widest(&label_lines);
        (start, end) = (label.start, label.end);
    }
    Some(Header { columns, starts, lines: start..end, held: 0, narrow, numbered: false })
}

/// The columns below the labels of one line.
pub fn columns_of(labels: &Cells, below: &[Line], cx: &Context) -> Option<Vec<Column>> {
    rows::header(labels, cx).or_else(|| joint::columns(labels, below, cx))
}

/// `甲の役割 文`, `夜間診療 取組内容 文`: whether a line of several cells is no header, as nearly every row with a label is none
fn is_row(line: &Line, cx: &Context) -> bool {
    let text: &str = &line.text;
    let mut gaps = part::gaps_of(line, text).filter_map(|(at, is_sure)| is_sure.then_some(at));
    let Some(first) = line.find_blank().and_then(|_| gaps.next()) else { return false };
    // of two or three cells the last one is a label, or all others are
    let second = gaps.next();
    let last = || text[second.unwrap_or(first)..].trim_start_matches(is_blank);
    let is_head = |cell: &str| label::may_be(cell, cx.words) || label::party(cell, &cx.parties).is_some();
    let is_few = second.is_none() || gaps.next().is_none();
    is_few && !is_head(last()) && (second.is_none() || !is_head(&text[..first])) || !may_head(text, cx)
}

/// Whether the last cell of a line is too long for a label, and names no party.
fn ends_in_words(line: &Line, cx: &Context) -> bool {
    let text: &str = &line.text;
    if label::may_be(text, cx.words) {
        return false;
    }
    let blank = if line.marks.hold(Marks::BLANK) { text.char_indices().rfind(|(_, c)| is_blank(*c)) } else { None };
    let last = blank.map_or(text, |(at, blank)| &text[at + blank.len_utf8()..]);
    last.chars().nth(14).is_some() && label::party(last, &cx.parties).is_none()
}

/// `取組内容⏎甲の役割⏎乙の役割`, `取組内容⏎役割分担⏎甲⏎乙`: labels, how many of them are of contents and roles, and the line
/// behind them
fn one_a_line<'l>(lines: &'l [Line], at: usize, cx: &Context) -> (Vec<Cow<'l, str>>, usize, usize) {
    let found = lines[at..]
        .iter()
        .map_while(|line| Some((Cow::Borrowed(line.text.as_ref()), label::label(&line.text, &cx.parties, cx.words)?)));
    let mut found: Vec<(Cow<str>, Label)> = found.collect();
    let mut end = at + found.len();
    if found.last().is_some_and(|(_, label)| *label == Label::Container) {
        let holders = lines[end..].iter().map_while(|line| {
            Some((Cow::Owned(format!("{}の役割", &*line.text)), label::party(&line.text, &cx.parties)?))
        });
        let holders: Vec<(Cow<str>, Label)> = holders.collect();
        if holders.len() > 1 {
            end += holders.len();
            found.pop();
            found.extend(holders);
        }
    }
    let strong = found.iter().filter(|(_, label)| matches!(label, Label::Content | Label::Role(_))).count();
    (found.into_iter().map(|(text, _)| text).collect(), strong, end)
}

/// `項目 取組内容 甲の役割⏎        乙の役割`: the labels of a header whose last ones stand a line below, right of the others,
/// and how many lines that is
fn staggered<'l, 's>(
    mut cells: Vec<Part<'l, 's>>,
    lines: &'l [Line<'s>],
    at: usize,
    cx: &Context,
) -> (usize, Vec<Part<'l, 's>>) {
    let is_role = |part: &Part| label::role_of_one(part.text, &cx.parties).is_some();
    let Some(last) = cells.last().filter(|last| is_role(last)).map(|last| last.column) else { return (0, cells) };
    let below = lines.get(at + 1).filter(|line| line.indent as usize > last && line.text.ends_with("の役割"));
    let more = below.map_or_else(SmallVec::new, |line| sure_pieces(line, at + 1));
    if more.is_empty() || !more.iter().all(is_role) {
        return (0, cells);
    }
    cells.extend(more);
    (1, cells)
}

/// Whether the header of a line goes on a line below.
pub fn is_staggered(lines: &[Line], at: usize, cx: &Context) -> bool {
    let cells = sure_pieces(&lines[at], at).to_vec();
    let is_content = |cell: &Part| label::label(cell.text, &cx.parties, cx.words) == Some(Label::Content);
    cells.iter().any(is_content) && staggered(cells, lines, at, cx).0 > 0
}

/// Whether the labels of a content or of two roles may stand in one line: a row of them is a header, a single role is none.
fn may_head(text: &str, cx: &Context) -> bool {
    let has_content = || label::holds(text, &["内容", "概要", "取組", "取り組", "內容"]);
    let has_roles = || text.contains("機能") || label::count(text, &["役割", "分担"]) > 1;
    !cx.words.is_empty() || has_content() || has_roles()
}

fn is_name_label(text: &str, cx: &Context) -> bool {
    label::heads_names(text, &cx.parties, cx.words)
}

/// The first line of the label of the names, which ends directly above: `項目`, `項⏎目`
fn label_above(lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<usize> {
    let may_end = |above: &usize| {
        let text: &str = &lines[*above].text;
        label::may_be(text, cx.words) && !(cx.words.is_empty() && text.ends_with(never_ends_name))
    };
    let above = at.checked_sub(1).filter(may_end)?;
    let most = 4.min((above + 1).checked_sub(from)?);
    // twelve letters at most
    let mut room: usize = 12 * 4;
    let is_short = |line: &&Line| {
        let left = room.checked_sub(line.text.len());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let most = lines[at - most..at].iter().rev().take_while(is_short).count();
    let label = lines[at - most..at].iter().map(|line| line.text.as_ref()).collect::<String>();
    // 名称 alone is a label as well as 取組の⏎名称
    let mut words = (at - most..at).scan(0, |before, start| {
        let word = label.get(*before..)?;
        *before += lines[start].text.len();
        Some((start, word))
    });
    let is_label = |(_, word): &(usize, &str)| word.chars().nth(12).is_none() && is_name_label(word, cx);
    words.find(is_label).map(|(start, _)| start)
}

/// `分野⏎取組⏎取組内容⏎甲の役割`: the first line of the label of the 分野, which ends directly above that of the names
fn field_above(lines: &[Line], from: usize, at: usize, cx: &Context) -> Option<usize> {
    let is_short = |line: &&Line| line.text.chars().nth(6).is_none();
    let most = lines[from..at].iter().rev().take(AROUND).take_while(is_short).count();
    (1..=most).map(|n| at - n).find(|start| {
        let word = lines[*start..at].iter().map(|line| line.text.as_ref()).collect::<String>();
        label::label(&word, &cx.parties, cx.words) == Some(Label::Field)
    })
}

/// `項 取組内容 甲の役割⏎目`, `連携する取⏎組 取組内容 甲の役割`: the label of the names begins above the others, or goes on
/// below them
fn label_through(lines: &[Line], from: usize, at: Range<usize>, cell: &str, cx: &Context) -> Option<Range<usize>> {
    let is_narrow = |line: &&Line, most| line.text.chars().nth(most).is_none();
    let above = lines[from..at.start].iter().rev().take(AROUND).take_while(|line| is_narrow(line, 6)).count();
    // 取組 alone is a label as well as 連携する⏎取組 and 取組⏎の名称: the longest word is meant
    (0..=above).rev().find_map(|above| {
        let start = at.start - above;
        let mut word = lines[start..at.start].iter().map(|line| line.text.as_ref()).chain([cell]).collect::<String>();
        let whole = is_name_label(&word, cx) || above == 0 && label::label(cell, &cx.parties, cx.words).is_some();
        let narrow = lines.get(at.end..)?.iter().take(6).take_while(|line| is_narrow(line, 4));
        let ends = narrow.enumerate().filter_map(|(below, line)| {
            word.push_str(&line.text);
            is_name_label(&word, cx).then_some(below + 1)
        });
        ends.last().or(whole.then_some(0)).map(|below| start..at.end + below)
    })
}

/// Words that nobody breaks by hand.
const WORDS: &[&str] = &["取組", "項目", "名称", "事業", "施策", "事項", "連携", "具体", "政策", "分野", "区分"];

/// `連携する取⏎組`: how wide a column is at most whose label is cut within a word, in half-width columns
fn widest(label: &[&str]) -> Option<usize> {
    let is_cut = |above: &str, below: &str| {
        let letters = above.chars().next_back().into_iter().chain(below.chars().next());
        WORDS.contains(&letters.collect::<String>().as_str())
    };
    label.windows(2).filter(|pair| is_cut(pair[0], pair[1])).map(|pair| width(pair[0]) + 1).min()
}

/// `連携する取⏎取組内容 甲の役割⏎組`: the label of the names is in the middle of its cell, above and below the others
fn label_around(lines: &[Line], from: usize, at: Range<usize>, cx: &Context) -> Option<Range<usize>> {
    let is_short = |line: &&Line| line.text.chars().nth(6).is_none();
    let above = lines[from..at.start].iter().rev().take(AROUND).take_while(is_short).count();
    let below = lines.get(at.end..)?.iter().take(AROUND).take_while(is_short).count();
    let mut ways = (1..=above).flat_map(|above| (1..=below).map(move |below| at.start - above..at.end + below));
    ways.find(|way| {
        let parts = lines[way.start..at.start].iter().chain(&lines[at.end..way.end]);
        is_name_label(&parts.map(|line| line.text.as_ref()).collect::<String>(), cx)
    })
}
