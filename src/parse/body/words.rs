//! Words without a head or a label: they go on with what is open.

use super::{Body, line_label};
use crate::ast::{Numbering, Text};
use crate::lines::Line;
use crate::parse::{Context, head, zones};

impl Body {
    /// Words that go on: of the 項, of the 号 that is open, or behind the 号.
    pub(super) fn words(&mut self, lines: &[Line], at: usize, cx: &mut Context) {
        let line = &lines[at];
        if self.row_goes_on(line, cx) {
            return;
        }
        self.end_rows();
        self.doubt_columns(line, cx);
        let finished = self.finished(lines, cx);
        let Some(paragraph) = self.articles.last_mut().and_then(|a| a.paragraphs.last_mut()) else {
            cx.unparsed(line);
            return;
        };
        let full = self.last.is_some_and(|last| zones::is_full(&lines[last], cx) || is_full_inside(lines, last, cx));
        let apart = line.gap || !full;
        if self.outline.open.is_empty() {
            // behind a table in the 項 itself they are no words of the 柱書
            let is_tail = paragraph.tail.is_some() || !self.outline.closed.is_empty();
            let target = if is_tail { paragraph.tail.get_or_insert_default() } else { &mut paragraph.text };
            // `第6条⏎2⏎文。`: a number before all words is none of them
            let is_alone = |head: &head::ItemHead| head.rest.is_empty() && head.numbering == Numbering::Arabic;
            if target.is_empty() && head::item(&line.text).as_ref().is_some_and(is_alone) {
                cx.unparsed(line);
                return;
            }
            target.push(line, &line.text, &mut cx.repairs);
            return;
        }
        // 後段 stands behind all 号: この場合において、…
        let leads = ["この場合において", "ただし", "前項", "前各号"].iter().any(|w| line.text.starts_with(w));
        let in_cell = self.outline.open.iter().any(|n| n.says.is_some());
        if leads && apart && !in_cell && finished {
            self.outline.close(0);
            paragraph.tail = Some(Text::of(line, &line.text, &mut cx.repairs));
            return;
        }
        if let Some(tail) = &mut paragraph.tail {
            tail.push(line, &line.text, &mut cx.repairs);
            return;
        }
        // behind a role it may be that, or words of the role: what follows decides
        let cell = self.outline.open.iter().rposition(|n| n.says.is_some());
        if let Some(at) = cell.filter(|_| leads && apart && self.tail == '。') {
            self.outline.close(at + 1);
        }
        let Some(node) = self.outline.open.last_mut() else { return };
        let is_tail = cell.is_some() && leads && apart && self.tail == '。' || !node.tail.is_empty();
        let target = match (&node.says, node.rows.is_empty()) {
            (Some(_), _) if is_tail => &mut node.tail,
            (Some(_), _) => &mut node.body,
            (None, true) => &mut node.heading,
            (None, false) => &mut node.tail,
        };
        // `ア 産業の振興⏎甲は、…`, `ア 産業の振興⏎工場を招く。`: a sentence under a heading is no part of its words
        let leads = |symbol: &str| line.text.strip_prefix(symbol).is_some_and(|rest| rest.starts_with(['は', '及']));
        let is_heading = !target.text.contains(['、', '。']) && node.says.is_none();
        let is_led = is_heading || target.text.ends_with('。') && cx.parties.iter().any(|p| leads(&p.symbol));
        if is_led && finished && !full && (line.text.ends_with('。') || cx.wrap > 0) {
            target.push_line(line, &line.text, &mut cx.repairs);
            return;
        }
        target.push(line, &line.text, &mut cx.repairs);
    }
}

/// Whether a line of an indented paragraph is full, in a text that lost its indentation: it ends where the wrapped one above it does.
fn is_full_inside(lines: &[Line], at: usize, cx: &Context) -> bool {
    let [.., above, line] = &lines[..=at] else { return false };
    // what a line holds is asked last
    cx.wrap > 0
        && !line.gap
        && !above.text.ends_with('。')
        && zones::width(above) * 4 > cx.wrap * 3
        && zones::width(line) + 2 >= zones::width(above)
        && head::item_of(line).is_none()
        && line_label(line, cx).is_none()
}
