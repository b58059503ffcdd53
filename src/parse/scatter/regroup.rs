//! Names that follow each other in one block, `花火の夕べ⏎道の案内板⏎朝市`: a line as wide as the column may go on or end.
//! How many rows the cells have tells how many names there are, and the letters between two lines which of them part.

use super::fragments::{Kind, Pieces};
use super::names;
use super::plan::Plan;
use super::words::Words;

/// Whether some names may be several.
pub fn may_be(pieces: &Pieces, plan: &Plan) -> bool {
    pieces.blocks && !pieces.fielded && plan.names.iter().any(|(_, parts)| ends(pieces, parts).next().is_some())
}

/// The same plan, where the cells alone tell how many rows such a field has.
pub fn without_names(pieces: &Pieces, plan: &Plan) -> Plan {
    let is_open =
        |field: usize| plan.names.iter().any(|(of, parts)| *of == field && ends(pieces, parts).next().is_some());
    let names = plan.names.iter().filter(|(field, _)| !is_open(*field)).cloned().collect();
    Plan { names, ..plan.clone() }
}

/// The same plan, where each field has as many names as rows; `None` where no line of a name is one of its own.
pub fn by_rows(pieces: &Pieces, plan: &Plan, rows: &[usize], words: &Words) -> Option<Plan> {
    let widths = plan.names.iter().flat_map(|(_, parts)| parts).map(|at| pieces.all[*at].size.width);
    let full = widths.max().unwrap_or(0);
    let cost = |at: usize| {
        let [join, end] = names::between(&pieces.all[at - 1], &pieces.all[at], full, words);
        (i64::from(end) - i64::from(join), at)
    };
    let mut begins: Vec<usize> = Vec::new();
    for (field, rows) in rows.iter().enumerate() {
        let own = || plan.names.iter().filter(|(of, _)| *of == field);
        let mut found: Vec<(i64, usize)> = own().flat_map(|(_, parts)| ends(pieces, parts)).map(cost).collect();
        found.sort_unstable();
        let missing = rows.saturating_sub(own().count());
        // the letters may say that hardly one of them begins a name
        if found.get(missing.wrapping_sub(1)).is_none_or(|(cost, _)| *cost > 0) {
            continue;
        }
        begins.extend(found.into_iter().take(missing).map(|(_, at)| at));
    }
    if begins.is_empty() {
        return None;
    }
    begins.sort_unstable();
    let split = |(field, parts): &(usize, Vec<usize>)| {
        let names = parts.chunk_by(|_, next| begins.binary_search(next).is_err());
        names.map(|name| (*field, name.to_vec())).collect::<Vec<_>>()
    };
    Some(Plan { names: plan.names.iter().flat_map(split).collect(), ..plan.clone() })
}

/// The lines of a name that may begin another one: directly below the line before.
fn ends<'p>(pieces: &'p Pieces, parts: &'p [usize]) -> impl Iterator<Item = usize> + 'p {
    let may_begin = |pair: &&[usize]| {
        pair[1] == pair[0] + 1 && pieces.all[pair[1]].kind == Kind::Name && !pieces.all[pair[1]].inner
    };
    parts.windows(2).filter(may_begin).map(|pair| pair[1])
}
