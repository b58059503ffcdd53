//! Which header row, and which field, each label belongs to.
//!
//! A header row gives one label to each column, so the n-th label of a column is that of the n-th header row. A header
//! row without a heading is the one that stands again on the next page.

use super::fragments::{Fragment, Kind, Pieces};
use crate::parse::cells::lists;
use std::collections::HashSet;

/// A header row, in the order of the table.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Which field stands under it.
    pub field: usize,
    /// It says again, on a new page, what stood before.
    pub again: bool,
    page: usize,
}

/// For each fragment the header row of its label, where it is one.
type OfLabels = Vec<Option<usize>>;

/// The order of a table.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The header rows.
    pub headers: Vec<Header>,
    /// For each fragment that is a label, its header row.
    pub of_label: OfLabels,
    /// The columns of fields whose labels may be those of other fields.
    pub doubtful: HashSet<(usize, usize)>,
    /// How many fields there are.
    pub fields: usize,
    /// For each name block by block: its field, and its fragments.
    pub names: Vec<(usize, Vec<usize>)>,
}

/// Orders what was cut; `None` where headings and labels do not agree.
pub fn plan(pieces: &Pieces) -> Option<Plan> {
    let of = |kind: &dyn Fn(&Kind) -> bool| pieces.all.iter().filter(|f| kind(&f.kind)).count();
    let (labels, named) = (of(&|k| *k == Kind::Label(0)), of(&|k| matches!(k, Kind::Names(_))));
    let fields = pieces.headings.len().max(1);
    let by_names = headers_by_names(pieces);
    let headers = if labels == named && by_names.is_some() {
        by_names?
    } else if labels == fields {
        let page = |field: usize| pieces.headings.get(field).map_or(0, |h| h.page);
        (0..fields).map(|field| Header { field, again: false, page: page(field) }).collect()
    } else {
        headers_by_labels(pieces)?
    };
    let names = if pieces.blocks && !pieces.fielded { names(pieces, &headers) } else { Vec::new() };
    let of_label = in_turn(pieces);
    let doubtful = doubtful(pieces, &headers, &of_label);
    Some(Plan { headers, of_label, doubtful, fields, names })
}

/// Labels may also be read row by row, from left to right; where that gives other rows, only lines that fit tell which is right.
fn doubtful(pieces: &Pieces, headers: &[Header], of_label: &OfLabels) -> HashSet<(usize, usize)> {
    let Some(other) = rows_of_labels(pieces) else { return HashSet::new() };
    let differ =
        other.iter().zip(of_label).zip(&pieces.all).filter(|((other, own), _)| other.is_some() && other != own);
    let place = |((_, row), fragment): ((_, &Option<usize>), &Fragment)| match fragment.kind {
        Kind::Label(column) => headers.get((*row)?).map(|header| (header.field, column)),
        _ => None,
    };
    differ.filter_map(place).collect()
}

/// The same plan, where labels are read row by row; `None` where that gives no other rows.
pub fn row_by_row(pieces: &Pieces, plan: &Plan) -> Option<Plan> {
    if plan.doubtful.is_empty() {
        return None;
    }
    Some(Plan { of_label: rows_of_labels(pieces)?, ..plan.clone() })
}

/// The n-th label of a column is that of the n-th header row.
fn in_turn(pieces: &Pieces) -> OfLabels {
    let mut seen = vec![0; pieces.columns.len()];
    let mut next = |fragment: &Fragment| {
        let Kind::Label(column) = fragment.kind else { return None };
        seen[column] += 1;
        Some(seen[column] - 1)
    };
    pieces.all.iter().map(&mut next).collect()
}

/// Labels from left to right are one header row; pieces of rows on one page make up a row, where the longer one stands.
fn rows_of_labels(pieces: &Pieces) -> Option<OfLabels> {
    // (page, runs of (column, fragment))
    let mut runs: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
    for (at, fragment) in pieces.all.iter().enumerate() {
        let Kind::Label(column) = fragment.kind else { continue };
        match runs.last_mut() {
            Some((page, run)) if *page == fragment.page && run.last().is_none_or(|l| l.0 < column) => {
                run.push((column, at));
            }
            _ => runs.push((fragment.page, vec![(column, at)])),
        }
    }
    let count = pieces.columns.len();
    let mut at = 0;
    while at < runs.len() {
        if runs[at].1.len() == count {
            at += 1;
            continue;
        }
        let fits = |other: &(usize, Vec<(usize, usize)>)| {
            other.0 == runs[at].0
                && other.1.len() < count
                && other.1.iter().all(|o| runs[at].1.iter().all(|mine| mine.0 != o.0))
        };
        let other = (at + 1..runs.len()).find(|n| fits(&runs[*n]))?;
        let keep_first = runs[at].1.len() >= runs[other].1.len();
        let (from, to) = if keep_first { (other, at) } else { (at, other) };
        let moved = std::mem::take(&mut runs[from].1);
        runs[to].1.extend(moved);
        runs.remove(from);
    }
    let mut out = vec![None; pieces.all.len()];
    for (row, (_, run)) in runs.iter().enumerate() {
        run.iter().for_each(|(_, at)| out[*at] = Some(row));
    }
    Some(out)
}

/// The field of each label of names: that of the heading before it, or of one on its page that has none.
fn owners(pieces: &Pieces) -> Option<Vec<(usize, bool, usize)>> {
    let mut out: Vec<(Option<usize>, usize)> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    let mut heading = None;
    for fragment in &pieces.all {
        match fragment.kind {
            Kind::Heading(index) => {
                free.extend(heading.take());
                heading = Some(index);
            }
            Kind::Title(index) if free.contains(&index) => {
                free.retain(|f| *f != index);
                free.extend(heading.replace(index));
            }
            Kind::Names(_) => out.push((heading.take(), fragment.page)),
            Kind::Name => free.extend(heading.take()),
            _ => {}
        }
    }
    free.extend(heading);
    free.sort_unstable();
    let mut found = Vec::with_capacity(out.len());
    let mut current = 0;
    for (at, (owner, page)) in out.iter().enumerate() {
        let on_page = || free.iter().position(|f| pieces.headings.get(*f).is_some_and(|h| h.page == *page));
        let field = match owner {
            Some(field) => Some(*field),
            None => on_page().map(|f| free.remove(f)),
        };
        let again = field.is_none() && (at > 0 || !pieces.headings.is_empty());
        current = field.unwrap_or(current);
        found.push((current, again, *page));
    }
    free.is_empty().then_some(found)
}

fn headers_by_names(pieces: &Pieces) -> Option<Vec<Header>> {
    let mut headers: Vec<Header> =
        owners(pieces)?.into_iter().map(|(field, again, page)| Header { field, again, page }).collect();
    headers.sort_by_key(|h| (h.page, h.field));
    let in_order = headers.windows(2).all(|w| w[1].field == w[0].field + usize::from(!w[1].again));
    (in_order && headers.first().is_some_and(|h| h.field == 0 && !h.again)).then_some(headers)
}

/// Each header row takes the next heading before it; one without a heading stands again.
fn headers_by_labels(pieces: &Pieces) -> Option<Vec<Header>> {
    let (mut headers, mut seen, mut taken) = (Vec::new(), 0, 0);
    for fragment in &pieces.all {
        match fragment.kind {
            Kind::Heading(_) => seen += 1,
            Kind::Label(0) => {
                let again = taken == seen;
                taken += usize::from(!again);
                headers.push(Header { field: taken.checked_sub(1)?, again, page: fragment.page });
            }
            _ => {}
        }
    }
    (taken == pieces.headings.len()).then_some(headers)
}

/// Names that stand block by block, in the order of the table.
fn names(pieces: &Pieces, headers: &[Header]) -> Vec<(usize, Vec<usize>)> {
    let owners = owners(pieces).unwrap_or_default();
    let mut out: Vec<(usize, Vec<usize>)> = Vec::new();
    let (mut page, mut field, mut last) = (0, 0, usize::MAX);
    let is_name = |fragment: &&Fragment| matches!(fragment.kind, Kind::Name | Kind::NameRest);
    let mut widths: Vec<usize> = pieces.all.iter().filter(is_name).map(|name| name.size.width).collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    // one line that is wider than all others may be no name
    let pair = widths.windows(2).find(|pair| pair[0] - pair[1] <= 2).map(|pair| pair[0]);
    let full = pair.or(widths.first().copied()).unwrap_or(0);
    let is_rest = |fragment: &Fragment, at: usize, last: usize| {
        // names may follow each other in one block
        let is_broken = |last: &Fragment| last.size.must_break(&fragment.size, full);
        let follows = || {
            !fragment.gap
                && last.wrapping_add(1) == at
                && !lists::is_entry(fragment.part.text)
                && pieces.all.get(last).is_some_and(is_broken)
        };
        fragment.kind == Kind::NameRest || follows()
    };
    for (at, fragment) in pieces.all.iter().enumerate() {
        if fragment.page != page {
            page = fragment.page;
            // what goes on from the page before
            field = headers.iter().filter(|h| h.page < page).map(|h| h.field).max().unwrap_or(0);
        }
        match fragment.kind {
            Kind::Heading(index) | Kind::Title(index) => field = index,
            Kind::Names(label) => field = owners.get(label).map_or(field, |o| o.0),
            Kind::Name | Kind::NameRest if is_rest(fragment, at, last) => {
                if let Some(name) = out.last_mut() {
                    name.1.push(at);
                }
                last = at;
            }
            Kind::Name => {
                out.push((field, vec![at]));
                last = at;
            }
            _ => {}
        }
    }
    // the order of the pages, and on a page that of the fields
    out.sort_by_key(|(field, parts)| (parts.first().and_then(|p| pieces.all.get(*p)).map(|f| f.page), *field));
    out
}
