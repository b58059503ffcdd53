//! Stacked tables without ruling lines: `name | 取組内容 | text`, found by the column in which the labels stand.

use super::bands::Entry;
use super::fields::{Field, Page, fields};
use super::geometry::{Rect, Sheet};
use super::lines::{Line, Row, line};
use super::middles;
use super::rivers::Rivers;
use super::rows::is_label;
use super::unruled::{ALIGNED, Chunk, LABEL_GAP, chunks};
use std::ops::Range;

/// Lines further apart than this many pitches stand in different cells.
const APART: f64 = 1.12;

/// A line that ends this near, in em, to the right margin is full.
const FULL: f64 = 2.;

/// Where labels and texts start.
#[derive(Clone, Copy)]
pub struct Columns {
    pub label: f64,
    pub text: f64,
}

/// A run of rows that makes a table.
pub struct Zone {
    pub start: usize,
    pub end: usize,
    /// Name, label and text of each row of the table; before them 分野, if the table has a column of them.
    pub entries: Vec<Entry>,
    pub columns: Columns,
    /// Where the names start behind the 分野.
    pub name: Option<f64>,
}

/// The tables among `rows`; those of `taken` belong to another one. `true` if a column of labels could not be put beside its texts.
pub fn zones(rows: &[Row], taken: &[bool], sheet: &Sheet) -> (Vec<Zone>, bool) {
    let mut parts: Vec<(usize, Chunk)> = rows
        .iter()
        .enumerate()
        .filter(|(i, _)| !taken.get(*i).is_some_and(|t| *t))
        .filter_map(|(i, row)| Some((i, only(chunks(row, LABEL_GAP).into_iter().filter(|c| is_label_part(&c.text)))?)))
        .collect();
    // A mark before the content alone may be that of a name.
    if parts.iter().any(|(i, label)| !label.text.ends_with("内容") && heads_item(&rows[*i], label)) {
        parts.retain(|(i, label)| !heads_item(&rows[*i], label));
    }
    let mut zones: Vec<Zone> = Vec::new();
    let mut failed = false;
    for (i, part) in &parts {
        if zones.last().is_some_and(|z| *i < z.end) {
            continue;
        }
        let column = parts.iter().filter(|(_, p)| (p.x0 - part.x0).abs() < ALIGNED);
        let (count, right) = column.fold((0, part.x1), |(n, x), (_, p)| (n + 1, x.max(p.x1)));
        let Some(text) = usual_start(rows, *i, right, count).filter(|text| !runs_on(rows, &parts, part.x0, *text))
        else {
            continue;
        };
        let columns = Columns { label: part.x0, text };
        let free = taken[..*i].iter().rposition(|taken| *taken).map_or(0, |last| last + 1);
        let floor = zones.last().map_or(0, |z| z.end).max(free);
        let above = rows[floor..*i].iter().rev().take_while(|r| r.rect().x0 > text - ALIGNED).count();
        let end = i + 1 + rows[i + 1..].iter().take_while(|r| belongs(r, columns)).count();
        let found = zone(rows, [i - above, *i, end], columns, sheet);
        failed |= found.is_none();
        zones.extend(found);
    }
    (zones, failed)
}

fn only(mut chunks: impl Iterator<Item = Chunk>) -> Option<Chunk> {
    chunks.next().filter(|_| chunks.next().is_none())
}

/// A label, or a line of one that is wrapped.
fn is_label_part(text: &str) -> bool {
    is_label(text) || is_name_label(text) || ["取組", "取組の", "甲の", "乙の", "丙の"].contains(&text)
}

/// `b 役割分担`, `(a) 甲の役割　文`: a label behind a mark of its own opens an item of running text.
fn heads_item(row: &Row, label: &Chunk) -> bool {
    let before = row.glyphs.iter().filter(|g| !g.is_blank() && g.x < label.x0).map(|g| g.char).collect::<String>();
    let mark = before.trim_matches(['(', ')', '（', '）', '.', '．']);
    let is_mark =
        mark.chars().all(|c| c.is_ascii_alphanumeric() || c.is_numeric() || matches!(c, 'ア'..='ン' | 'ａ'..='ｚ'));
    !before.is_empty() && is_mark && mark.chars().count() <= 2
}

/// `甲の役割　文` in running text: more full lines of it go on below their labels than in the column of texts.
fn runs_on(rows: &[Row], labels: &[(usize, Chunk)], label: f64, text: f64) -> bool {
    let right = rows.iter().map(|row| row.rect().x1).fold(0., f64::max);
    let of_column = labels.iter().filter(|(_, part)| (part.x0 - label).abs() < ALIGNED);
    let is_labelled = |at: usize| labels.binary_search_by_key(&at, |(i, _)| *i).is_ok();
    let next = of_column.filter_map(|(i, _)| match rows.get(*i..*i + 2) {
        Some([row, next]) if row.rect().x1 > right - FULL * row.em && !is_labelled(i + 1) => Some(next.rect()),
        _ => None,
    });
    let (mut left, mut below) = (0, 0);
    for next in next {
        left += usize::from(next.x0 < text - ALIGNED && next.x1 > text + ALIGNED);
        below += usize::from((next.x0 - text).abs() < ALIGNED);
    }
    left > below
}

/// Where rows go on after a gap to the right of the labels, about as often as there are labels. Tables on one page may differ: what
/// rows beside the first label do counts first.
fn usual_start(rows: &[Row], first: usize, right: f64, labels: usize) -> Option<f64> {
    let start = |(i, row): (usize, &Row)| Some((i, chunks(row, LABEL_GAP).iter().map(|c| c.x0).find(|x| *x > right)?));
    let mut starts: Vec<(usize, f64)> = rows.iter().enumerate().filter_map(start).collect();
    starts.sort_by(|a, b| a.1.total_cmp(&b.1));
    let groups = || starts.chunk_by(|a, b| b.1 - a.1 < ALIGNED).rev().filter(|group| group.len() >= 2);
    let beside = |group: &&[(usize, f64)]| group.iter().filter(|(i, _)| i.abs_diff(first) <= 1).count() >= 2;
    let usual = || groups().max_by_key(|group| group.len()).filter(|group| group.len() * 2 >= labels);
    let group = groups().find(beside).or_else(usual)?;
    group.first().map(|(_, x)| *x).filter(|_| labels >= 2)
}

/// A row of the table respects its columns, and is no heading.
fn belongs(row: &Row, columns: Columns) -> bool {
    let crosses =
        |x: f64| row.glyphs.iter().any(|g| !g.is_blank() && g.left() < x - ALIGNED && g.right() > x + ALIGNED);
    let parts = chunks(row, LABEL_GAP);
    let starts_left = |c: &Chunk| c.x0 < columns.text - ALIGNED && c.x1 > columns.text + ALIGNED;
    !crosses(columns.label)
        && !parts.iter().any(starts_left)
        && !parts.first().is_some_and(|c| is_heading(row, c, columns) || is_name(row, c, columns))
}

/// `(1) 休日の当番`, `２　福祉`: alone where labels stand, and a heading of those below it.
fn is_name(row: &Row, first: &Chunk, columns: Columns) -> bool {
    let text: String = row.glyphs.iter().filter(|g| !g.is_blank()).map(|g| g.char).collect();
    let is_part = text.chars().count() < 3 || is_label_part(&text) || text.ends_with('の');
    !is_part && first.x0 > columns.label - ALIGNED && row.rect().x1 < columns.text
}

/// `取組名`, `事業の名称`
fn is_name_label(text: &str) -> bool {
    text.chars().count() <= 6 && ["名", "名称", "項目"].iter().any(|end| text.ends_with(end))
}

/// `2 福祉`, `別表2`: left of the labels and alone in its row.
fn is_heading(row: &Row, first: &Chunk, columns: Columns) -> bool {
    let alone = row.rect().x1 < columns.label;
    let numbered = first.text.chars().next().is_some_and(|c| c.is_numeric() || "（(第".contains(c));
    alone && (numbered || first.text.starts_with("別表"))
}

/// The lines of each column.
struct Lists {
    fields: Vec<Line>,
    names: Vec<Line>,
    labels: Vec<Line>,
    texts: Vec<Line>,
}

fn lists(rows: &[Row], columns: Columns, name: Option<f64>, sheet: &Sheet) -> Lists {
    let mut lists = Lists { fields: Vec::new(), names: Vec::new(), labels: Vec::new(), texts: Vec::new() };
    for row in rows {
        let (left, right) = row.split_at(columns.text - ALIGNED);
        let (name_part, label) = left.split_at(left.partition_point(|g| g.x < columns.label - ALIGNED));
        let (field, name) = name_part.split_at(name_part.partition_point(|g| name.is_some_and(|name| g.x < name)));
        lists.fields.extend(line(field, sheet));
        lists.names.extend(line(name, sheet));
        lists.labels.extend(line(label, sheet));
        lists.texts.extend(line(right, sheet));
    }
    lists
}

/// Where a river parts what stands left of the labels: 分野, and the names in their rows.
fn parted(rows: &[Row], columns: Columns) -> Option<f64> {
    let label = Chunk { x0: columns.label, x1: columns.text, text: String::new() };
    let rivers = rows.iter().try_fold(Rivers::between(&[label]), |rivers, row| rivers.through(row))?;
    rivers.inner()
}

/// Puts the 分野 before the names of their rows; `None` if these are too few, or do not all have names.
fn fielded(entries: &[Entry], fields_of: Vec<Line>, page: Page) -> Option<Vec<Entry>> {
    let starts = groups(entries);
    let ends = starts.iter().skip(1).copied().chain([entries.len()]);
    let place = |(start, end): (&usize, usize)| {
        let lines: Vec<&Line> = entries.get(*start..end).into_iter().flatten().flatten().flatten().collect();
        middles::extent(&lines)
    };
    let places: Vec<_> = starts.iter().zip(ends).map(place).collect();
    let named = |start: &usize| entries.get(*start).and_then(|e| e.first()).is_some_and(|name| !name.is_empty());
    let pitch = middles::pitch(entries.iter().flatten().map(|cell| cell.iter().collect()));
    let found = fields(fields_of, &places, &[], pitch, page);
    // As many as names are the marks of these, or parts of them, unless they are words.
    let is_word = |field: &Field| {
        let text: String = field.lines.iter().flat_map(|line| line.text.chars()).collect();
        text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii() && !c.is_numeric()).count() > 1
    };
    let fewer = found.len() < starts.len() || found.len() == starts.len() && found.iter().all(is_word);
    if found.is_empty() || !fewer || !starts.iter().skip(usize::from(page.from_above)).all(named) {
        return None;
    }
    let mut out: Vec<Entry> = entries.iter().map(|e| [vec![Vec::new()], e.clone()].concat()).collect();
    for field in found {
        out.get_mut(*starts.get(field.row)?)?.first_mut()?.extend(field.lines);
    }
    Some(out)
}

/// `above` is the first row that may belong to the table, `first` the first one with a label.
fn zone(rows: &[Row], [above, first, end]: [usize; 3], columns: Columns, sheet: &Sheet) -> Option<Zone> {
    let with_fields = || {
        let name = parted(rows.get(above..end)?, columns)?;
        let (start, entries) = entries(rows, [above, first, end], columns, Some(name), sheet)?;
        let page = Page { from_above: above == 0, goes_below: end == rows.len() };
        let entries = fielded(&entries, lists(rows.get(start..end)?, columns, Some(name), sheet).fields, page)?;
        Some(Zone { start, end, entries, columns, name: Some(name) })
    };
    with_fields().or_else(|| {
        let (start, entries) = entries(rows, [above, first, end], columns, None, sheet)?;
        Some(Zone { start, end, entries, columns, name: None })
    })
}

/// Name, label and text of each row, and the row of the page that they begin with.
fn entries(
    rows: &[Row],
    [above, first, end]: [usize; 3],
    columns: Columns,
    name: Option<f64>,
    sheet: &Sheet,
) -> Option<(usize, Vec<Entry>)> {
    let lists = |start: usize| Some(lists(rows.get(start..end)?, columns, name, sheet));
    if let Some(entries) = by_blocks(lists(above)?) {
        return Some((above, entries));
    }
    // Only at the top of a page can the rest of a cell stand above its first label.
    let start = if above == 0 { 0 } else { first };
    let of_tops = by_labels(lists(start)?).map(|entries| (start, entries));
    let fits = of_tops.as_ref().is_some_and(|(_, entries)| middles::is_whole(entries, 2..3));
    let page = Page { from_above: above == 0, goes_below: end == rows.len() };
    let of_middles = if fits { None } else { by_middles(lists(above)?, page) };
    of_middles.map(|entries| (above, entries)).or(of_tops)
}

fn middle(lines: &[Line]) -> f64 {
    let rect = lines.iter().map(|l| l.rect).reduce(Rect::union).unwrap_or(Rect::EVERYWHERE);
    (rect.y0 + rect.y1) / 2.
}

/// Lines in groups that stand apart.
fn blocks(lines: Vec<Line>, pitch: f64) -> Vec<Vec<Line>> {
    let mut out: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(block) if block.last().is_some_and(|l| line.rect.y1 - l.rect.y1 <= APART * pitch) => block.push(line),
            _ => out.push(vec![line]),
        }
    }
    out
}

/// Lines of labels, each label whole; `None` if something else stands among them.
fn whole_labels(lines: &[Line]) -> Option<Vec<Vec<Line>>> {
    let mut out: Vec<Vec<Line>> = Vec::new();
    let mut open = String::new();
    for line in lines {
        if open.is_empty() {
            out.push(Vec::new());
        }
        open.push_str(&line.text);
        out.last_mut()?.push(line.clone());
        if is_label(&open) || is_name_label(&open) {
            open.clear();
        }
    }
    open.is_empty().then_some(out)
}

/// Cells stand apart, and each label beside its text: at the top or in the middle.
fn by_blocks(lists: Lists) -> Option<Vec<Entry>> {
    let labels = whole_labels(&lists.labels)?;
    let steps = lists.texts.windows(2).map(|w| w[1].rect.y1 - w[0].rect.y1);
    let pitch = steps.fold(f64::INFINITY, f64::min);
    let texts = blocks(lists.texts, pitch);
    let rest = texts.len().checked_sub(labels.len()).filter(|n| *n <= 1)?;
    let beside = |text: &[Line], label: &[Line]| {
        let (first, last) = (text.first()?, text.last()?);
        let em = first.em;
        Some((first.rect.y0 - em / 2. ..last.rect.y1 + em / 2.).contains(&middle(label)))
    };
    if !texts.iter().skip(rest).zip(&labels).all(|(t, l)| beside(t, l) == Some(true)) {
        return None;
    }
    let labels = (0..rest).map(|_| Vec::new()).chain(labels);
    let entries = labels.zip(texts).map(|(l, t)| vec![Vec::new(), l, t]).collect();
    named(entries, lists.names, pitch)
}

/// Cells without a gap between them, each label in the middle of its text. The page may cut the first one, which has no label here,
/// and the last, whose label stands at its top.
fn by_middles(lists: Lists, page: Page) -> Option<Vec<Entry>> {
    let labels = whole_labels(&lists.labels)?;
    let texts: Vec<&Line> = lists.texts.iter().collect();
    let pitch = middles::pitch([texts.clone()].into_iter());
    let wrapped = middles::wrapped(&texts, pitch);
    let places: Vec<_> = labels.iter().map(|label| middles::extent(&label.iter().collect::<Vec<_>>())).collect();
    let lines: Vec<_> = texts.iter().map(|text| (text.rect.y0, text.rect.y1)).collect();
    let em = texts.iter().map(|text| text.em).fold(f64::INFINITY, f64::min);
    // The cells of these labels on these lines, of which the first stand under no label.
    let cells = |labels: usize, first: usize, end: usize| -> Option<Vec<Range<usize>>> {
        let holds = |cell: Range<usize>| middles::goes_on(&wrapped, first + cell.start..first + cell.end);
        let cells = middles::cells(places.get(..labels)?, lines.get(first..end)?, em, |_| false, holds)?;
        Some(cells.iter().map(|cell| first + cell.lines.start..first + cell.lines.end).collect())
    };
    let (last, all) = (places.last()?, lines.len());
    let at_top = lines.iter().position(|line| (line.0 - last.0).abs() < em / 4.);
    let below = at_top.filter(|top| page.goes_below && middles::goes_on(&wrapped, *top..all));
    let firsts =
        || (0..all).take_while(|first| *first == 0 || page.from_above && middles::goes_on(&wrapped, 0..*first));
    let to_end = |first: usize| cells(places.len(), first, all);
    let to_cut = |first: usize| {
        match places.len() {
            1 => (Some(first) == below).then(Vec::new),
            labels => cells(labels - 1, first, below?),
        }
        .map(|mut cells| {
            cells.push(below.unwrap_or(all)..all);
            cells
        })
    };
    let whole = to_end(0);
    let mut ways = firsts().flat_map(|first| [to_end(first), to_cut(first)]).flatten();
    let cells = whole.or_else(|| ways.next().filter(|_| ways.next().is_none()))?;
    let rest = cells.first().map(|cell| 0..cell.start).filter(|rest| !rest.is_empty());
    let labels = rest.iter().map(|_| Vec::new()).chain(labels).collect::<Vec<_>>();
    let texts = rest.clone().into_iter().chain(cells).map(|cell| lists.texts.get(cell).map(<[Line]>::to_vec));
    let entries = labels.into_iter().zip(texts).map(|(label, text)| Some(vec![Vec::new(), label, text?]));
    named(entries.collect::<Option<_>>()?, lists.names, pitch)
}

/// Where the rows of each name begin.
fn groups(entries: &[Entry]) -> Vec<usize> {
    let opens = |e: &Entry| e.get(1).and_then(|l| l.last()).is_some_and(|l| l.text.ends_with("内容"));
    (0..entries.len()).filter(|&i| i == 0 || opens(&entries[i])).collect()
}

/// A name belongs to the group that it stands beside.
fn named(mut entries: Vec<Entry>, names: Vec<Line>, pitch: f64) -> Option<Vec<Entry>> {
    let starts = groups(&entries);
    let bottoms = starts.iter().skip(1).map(|&next| entries.get(next - 1)).chain([entries.last()]);
    let bottoms: Vec<f64> = bottoms.map(|e| e.and_then(|e| e.get(2)?.last()).map_or(0., |l| l.rect.y1)).collect();
    for name in blocks(names, pitch) {
        let group = bottoms.partition_point(|&bottom| bottom < middle(&name));
        let entry = starts.get(group.min(starts.len() - 1)).and_then(|&i| entries.get_mut(i));
        entry?.first_mut()?.extend(name);
    }
    Some(entries)
}

/// Every label stands on the first line of its text.
fn by_labels(lists: Lists) -> Option<Vec<Entry>> {
    let labels = whole_labels(&lists.labels)?;
    let tops: Vec<f64> = labels.iter().map(|l| l.first().map_or(0., |l| l.rect.y1 - l.em / 2.)).collect();
    let on_line = |top: &f64| lists.texts.iter().any(|t| t.rect.y0 < *top && *top < t.rect.y1);
    if !tops.iter().all(on_line) {
        return None;
    }
    let starts: Vec<usize> =
        (0..labels.len()).filter(|&i| i == 0 || labels[i].last().is_some_and(|l| l.text.ends_with("内容"))).collect();
    // What stands above the first label is the rest of a cell.
    let mut entries = vec![vec![Vec::new(); 3]];
    entries.extend(labels.into_iter().map(|label| vec![Vec::new(), label, Vec::new()]));
    let entry_at = |y: f64| tops.partition_point(|&top| top <= y);
    for text in lists.texts {
        entries.get_mut(entry_at(text.rect.y1))?.get_mut(2)?.push(text);
    }
    for name in lists.names {
        let entry = entry_at(name.rect.y1);
        let group = starts.iter().rev().find(|&&s| s < entry).map_or(0, |s| s + 1);
        entries.get_mut(group)?.first_mut()?.push(name);
    }
    if entries.first().is_some_and(|e| e.iter().all(Vec::is_empty)) {
        entries.remove(0);
    }
    Some(entries)
}
