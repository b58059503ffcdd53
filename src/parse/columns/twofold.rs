//! A line on which the cells of two columns stand, with no blank between them: `場所を貸す。患者を運ぶ車を出し、患⏎者を乗せる。`
//!
//! Where the first cell fills its column, an extractor finds nothing between the two. Such a line is far wider than those
//! that its column broke.

use crate::lines::is_blank;
use crate::parse::cells::Piece;

/// So much wider at least is a line of two columns, in halves of the width of one.
const WIDER: usize = 3;

/// How wide the lines of each column are that it broke; 0 where it broke none.
pub fn widths<'c, 'l: 'c, 's: 'l>(
    rows: impl Iterator<Item = &'c [(usize, &'c Piece<'l, 's>)]> + Clone,
    columns: usize,
) -> Vec<usize> {
    let lines: usize = rows.clone().map(<[_]>::len).sum();
    let mut broken: Vec<Vec<usize>> = (0..columns).map(|_| Vec::with_capacity(lines)).collect();
    for pair in rows.flat_map(|cells| cells.windows(2)) {
        let [(column, line), (next, rest)] = pair else { continue };
        let is_broken = column == next && !line.size.ended && !line.is_mark && rest.entry.is_none();
        if let Some(widths) = broken.get_mut(*column).filter(|_| is_broken) {
            widths.push(line.size.body);
        }
    }
    let middle = |mut widths: Vec<usize>| {
        widths.sort_unstable();
        widths.len().checked_sub(1).map_or(0, |last| widths[last / 2])
    };
    broken.into_iter().map(middle).collect()
}

/// Whether a line of a row holds words of two cells, where the columns are so wide.
pub fn is_in(cells: &[(usize, &Piece)], widths: &[usize]) -> bool {
    cells.iter().any(|(column, line)| {
        let full = widths.get(*column).copied().unwrap_or(0);
        let has_two = || line.part.text.trim_end_matches(is_blank).trim_end_matches('。').contains('。');
        full > 0 && line.size.body * 2 > full * WIDER && has_two()
    })
}
