//! `別表第1` behind a 号, that stood in a column of its own at the right edge and came out below: no table begins there.

use super::Body;
use crate::lines::Line;
use crate::parse::opening::is_caption;
use crate::parse::outline::Node;
use crate::parse::{Context, head, zones};

impl Body {
    /// Reads `別表第1⏎別表第2` between 号, or between the last one and the next article; gives how many lines it took.
    pub(super) fn pointers(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> usize {
        let count = lines[at..].iter().take_while(|line| is_pointer(line)).count();
        if count == 0 || self.outline.open.is_empty() || !self.goes_on_below(lines, at + count) {
            return 0;
        }
        let is_beside = count == 1 && self.outline.open.len() == 1;
        for line in &lines[at..at + count] {
            let number = head::table(&line.text).map(|head| head.number).unwrap_or_default();
            let open = self.outline.open.first_mut();
            let moved = !(is_beside && open.as_ref().is_some_and(|item| item.number == number));
            let mut items = self.outline.closed.iter_mut().chain(open).filter(|_| cx.repairs.on || !moved);
            match items.find(|item| item.number == number && takes(item)) {
                Some(item) => {
                    cx.repairs.add("words-moved", moved.into(), line.whole());
                    item.heading.push_line(line, &line.text, &mut cx.repairs);
                }
                None => cx.unparsed(line),
            }
        }
        self.said(lines, at + count - 1);
        count
    }

    /// Whether the next 号 or the next article begins at a line.
    fn goes_on_below(&self, lines: &[Line], at: usize) -> bool {
        let Some(line) = lines.get(at) else { return false };
        let is_item = |line| {
            let head = head::item_of(line);
            let place = head.filter(|head| !head.may_be_word()).map(|head| self.outline.place(&head));
            place.is_some_and(|place| place.expected && place.depth == 0)
        };
        let below = is_caption(lines, at).map_or(line, |count| lines.get(at + count).unwrap_or(line));
        is_item(line) || self.is_next(below)
    }
}

/// `別表第1` and nothing else
fn is_pointer(line: &Line) -> bool {
    zones::is_table(line)
        && head::table(&line.text)
            .is_some_and(|head| !head.number.is_empty() && head.reference.is_none() && head.rest.is_empty())
}

/// A 号 that names no 別表 yet, and has nothing below it.
fn takes(item: &Node) -> bool {
    item.numbering.is_some() && item.is_bare() && !item.heading.text.contains("別表")
}
