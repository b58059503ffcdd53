//! References to 別表: `別表`, `別表第1`, `別表1から別表3まで`, `別表第1及び第2`, `同表`, `これらの表`.

use super::provision::Last;
use super::written::{branch, figure};
use super::{Path, Paths, Reference, Scope, is_outside, path};
use crate::lines::is_blank;
use crate::parse::head::numbered;
use compact_str::{CompactString, ToCompactString};
use smallvec::smallvec;

/// The reference at `start`: its end and its targets.
pub(super) fn read(text: &str, start: usize, scope: &Scope, last: &mut Last) -> Option<(usize, Reference)> {
    let rest = &text[start..];
    for (word, count) in [("これらの表", usize::MAX), ("同表", 1)] {
        if rest.starts_with(word) {
            let named = last.tables[last.tables.len().saturating_sub(count)..].iter().cloned();
            let own = || scope.table.and_then(|t| scope.tree.tables.get(t)).map(path::table);
            let names = if named.len() == 0 { own().into_iter().collect() } else { named.collect() };
            return Some((start + word.len(), existing(names, scope)));
        }
    }
    let after = rest.strip_prefix("別表")?;
    let (names, rest) = named(after, scope);
    let end = text.len() - rest.len();
    if is_outside(&text[..start]) {
        return Some((end, Reference { external: true, ..Reference::default() }));
    }
    if !last.joins(text, start) {
        last.tables.clear();
    }
    last.tables.extend(names.iter().cloned());
    Some((end, existing(names, scope)))
}

/// The tables that follow 別表, and what follows them.
fn named<'t>(after: &'t str, scope: &Scope) -> (Paths, &'t str) {
    let Some((first, mut rest)) = number(after) else {
        let numbered: Paths = scope.tree.tables.iter().map(path::table).collect();
        // 別表 alone speaks of them all where none goes without a number
        let own = Path::from("別表");
        let names = if numbered.is_empty() || numbered.contains(&own) { smallvec![own] } else { numbered };
        return (names, after);
    };
    let mut names: Paths = smallvec![path::appended(&first)];
    let tail = rest.trim_start_matches(is_blank);
    if let Some(range) = tail.strip_prefix("から").map(|r| r.trim_start_matches(is_blank))
        && let Some((end, behind)) = number(range.strip_prefix("別表").unwrap_or(range))
    {
        names.extend(between(&first, &end, scope));
        return (names, behind.strip_prefix("まで").unwrap_or(behind));
    }
    // 別表第1及び第2
    for joint in ["及び", "、", "又は", "並びに"] {
        if let Some(next) = rest.strip_prefix(joint)
            && next.starts_with('第')
            && let Some((second, behind)) = number(next)
        {
            names.push(path::appended(&second));
            rest = behind;
        }
    }
    (names, rest)
}

/// What follows `first` up to `end`: by the order of the tables where both are there, else by number.
fn between(first: &str, end: &str, scope: &Scope) -> Paths {
    let at = |number: &str| scope.tree.tables.iter().position(|t| t.number == number);
    match (at(first), at(end), first.parse::<u32>(), end.parse::<u32>()) {
        (Some(a), Some(b), ..) if a < b => scope.tree.tables[a + 1..=b].iter().map(path::table).collect(),
        (.., Ok(a), Ok(b)) => {
            (a.saturating_add(1)..=b).take(200).map(|n| path::appended(&n.to_compact_string())).collect()
        }
        _ => smallvec![path::appended(end)],
    }
}

/// `第1`, `1`, `第1の2`; in `第1の2の項` only the first, what follows names a row
fn number(text: &str) -> Option<(CompactString, &str)> {
    let rest = text.trim_start_matches(is_blank);
    let (value, rest) = figure(rest.strip_prefix('第').unwrap_or(rest))?;
    if rest.starts_with(['条', '項', '号', '年', '月', '回']) {
        return None;
    }
    let (branch, behind) = branch(rest);
    let is_row = ["の項", "の表", "の部", "の欄"].iter().any(|word| behind.starts_with(word));
    Some(if is_row { (value.to_compact_string(), rest) } else { (numbered(value, &branch), behind) })
}

fn existing(names: Paths, scope: &Scope) -> Reference {
    let is_there = |name: &Path| scope.tree.tables.iter().any(|t| name.strip_prefix("別表") == Some(&t.number));
    if names.iter().all(is_there) {
        return Reference { to: names, ..Reference::default() };
    }
    let (to, missing) = names.into_iter().partition(is_there);
    Reference { to, missing, ..Reference::default() }
}
