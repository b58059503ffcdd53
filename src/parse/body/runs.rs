//! Markers that stand before all their words: `(ア)⏎a⏎夜間診療⏎取組の内容`. Wide blanks behind the markers made an extractor
//! take them for a column of their own. As many lines of words as markers, and no more, belong to them one by one.

use super::{Body, cell_label};
use crate::diagnostics::{Severity, Words};
use crate::lines::Line;
use crate::parse::head::{self, ItemHead};
use crate::parse::outline::Node;
use crate::parse::{Context, zones};
use smallvec::SmallVec;

/// So many levels begin at once at most.
const MOST: usize = 4;

impl Body {
    /// Reads such a run; gives how many lines it has.
    pub(super) fn run(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> usize {
        let markers: SmallVec<[ItemHead; MOST]> = lines[at..].iter().take(MOST + 1).map_while(marker).collect();
        let count = markers.len();
        let (Some(first), Some(words)) = (markers.first(), lines.get(at + count..at + 2 * count)) else { return 0 };
        let is_below = |(n, head): (usize, &ItemHead)| {
            head.value == 1 && markers[..n].iter().all(|above| above.numbering != head.numbering)
        };
        let may_be = (2..=MOST).contains(&count)
            && !self.articles.is_empty()
            && markers.iter().enumerate().skip(1).all(is_below)
            && words.iter().all(|line| is_heading(line) && !zones::is_full(line, cx))
            && lines.get(at + 2 * count).is_some_and(|next| ends_run(next, cx))
            && self.outline.place(first).expected
            && self.finished(lines, cx);
        if !may_be {
            return 0;
        }
        self.doubt_order(&lines[at], cx);
        self.end_rows();
        for ((head, line), words) in markers.iter().zip(&lines[at..]).zip(words) {
            let place = self.outline.place(head);
            let mut node = Node::new(place, head, cx.text(line, head.label));
            let text: &str = &words.text;
            match cell_label(text, cx) {
                Some((says, slice, rest)) => {
                    node.heading = cx.text(words, slice);
                    node.body = cx.text(words, rest);
                    node.says = Some(says);
                }
                None => node.heading = cx.text(words, text),
            }
            self.outline.push(place.depth, node);
        }
        2 * count
    }

    /// Says once in an article that its lines were put in order.
    fn doubt_order(&mut self, line: &Line, cx: &mut Context) {
        if std::mem::replace(&mut self.has_runs, true) {
            return;
        }
        let words = Words::new(
            "番号が見出しより先にまとめて抽出されています。順に当てはめて読みました。",
            "numbers were extracted before the headings that they belong to: they were matched in their order",
        );
        cx.complain("cell-torn", Severity::Warning, "", Some(line.whole()), words);
    }
}

/// `(ア)` alone on its line
fn marker<'l>(line: &'l Line) -> Option<ItemHead<'l>> {
    head::item(&line.text).filter(|head| head.rest.is_empty() && !head.doubtful)
}

/// Words of a heading, or a label.
fn is_heading(line: &Line) -> bool {
    let is_words = head::item(&line.text).is_none_or(|head| head.glued);
    is_words && !line.tab && line.text.chars().nth(30).is_none() && !line.text.contains(['。', '、'])
}

/// Whether a line is no more words of a heading: the run would have more words than markers.
fn ends_run(line: &Line, cx: &Context) -> bool {
    // a bare label may have a marker of its own among these
    let is_label = || line.text.starts_with('【') && cell_label(&line.text, cx).is_some();
    !is_heading(line) || is_label() || zones::is_full(line, cx)
}
