//! The labels of a header that lost the blanks between them: `項目取組内容甲の役割乙の役割`.

use super::super::label::{self, Label};
use super::super::part::Part;
use super::super::vocabulary::may_end;
use crate::lines::is_blank;
use crate::parse::Context;
use smallvec::{SmallVec, smallvec};
use std::ops::RangeInclusive;

/// So long are labels that nothing parts, in bytes: `甲の役割乙の役割` is the shortest row of them.
const GLUED: RangeInclusive<usize> = 8 * 3..=50 * 3;

/// `項目取組内容甲の役割乙の役割`, `甲の役割乙の役割`: the labels of columns that nothing parts; any other cell as it is. Where
/// that of the names does not stand above, it is the first of them.
pub fn labels<'l, 's>(cell: &Part<'l, 's>, named: bool, cx: &Context) -> SmallVec<[Part<'l, 's>; 2]> {
    let may_be = GLUED.contains(&cell.text.len()) && label::may_be(cell.text, cx.words);
    // of a content and a role, or of two roles
    let is_several = || label::count(cell.text, &["内容", "概要", "役割", "分担"]) > 1;
    if !may_be || !is_several() || cell.text.contains(is_blank) || says(cell.text, cx).is_some() {
        return smallvec![*cell];
    }
    let heads_names = |first: &Label| matches!(first, Label::Name | Label::Field);
    let named = if named { None } else { cut(cell.text, heads_names, cx) };
    match named.or_else(|| cut(cell.text, |_| true, cx)) {
        Some(labels) => labels.into_iter().map(|label| Part::new(cell.line, label, cell.at)).collect(),
        None => smallvec![*cell],
    }
}

/// A text as labels, as few as it can be of which the first is as wanted.
fn cut<'l>(text: &'l str, is_first: impl Fn(&Label) -> bool, cx: &Context) -> Option<Vec<&'l str>> {
    // where a label may end, how many the words before it are, and where the last of them begins
    let mut ways: Vec<(usize, usize, usize)> = vec![(0, 0, 0)];
    for (at, last) in text.char_indices().filter(|(_, c)| may_end(*c)) {
        let end = at + last.len_utf8();
        let is_label = |way: &&(usize, usize, usize)| {
            says(&text[way.0..end], cx).is_some_and(|label| way.0 > 0 || is_first(&label))
        };
        let best = ways.iter().filter(is_label).map(|way| (way.1 + 1, way.0)).min();
        ways.extend(best.map(|(count, from)| (end, count, from)));
    }
    let (mut labels, mut end) = (Vec::new(), text.len());
    while end > 0 {
        let (.., from) = *ways.iter().find(|way| way.0 == end)?;
        labels.insert(0, &text[from..end]);
        end = from;
    }
    Some(labels)
}

fn says(text: &str, cx: &Context) -> Option<Label> {
    label::label(text, &cx.parties, cx.words)
}
