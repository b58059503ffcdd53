//! Where the words of a cell go: behind a label, below a label, or under a header.

use super::{Column, Rows};
use crate::ast::{Cell, Initiative, Numbering, Role, Text};
use crate::lines::{Line, Marks};
use crate::parse::cells::lists;
use crate::parse::label::{self, Label};
use crate::parse::part::{self, Part, is_ended, is_nothing};
use crate::parse::{Context, Repairs, head, holders};

/// The cell that the next words of a row belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Slot {
    #[default]
    None,
    Content,
    Role,
    Other,
}

impl Rows {
    pub(super) fn open(&mut self, line: &Line, cell: &str, found: Label, cx: &mut Context) {
        let label = cx.text(line, cell);
        let current = self.current.get_or_insert_default();
        self.slot = match found {
            Label::Content => {
                current.contents.reserve_exact(1);
                current.contents.push(Cell { label, text: Text::default() });
                Slot::Content
            }
            Label::Role(parties) => {
                if current.roles.is_empty() {
                    current.roles.reserve_exact(cx.parties.len());
                }
                current.roles.push(Role { label, parties, text: Text::default() });
                Slot::Role
            }
            Label::Container => {
                let parties = cx.parties.iter().map(|p| p.symbol.clone()).collect();
                current.roles.push(Role { label, parties, text: Text::default() });
                Slot::Role
            }
            _ => {
                current.others.push(Cell { label, text: Text::default() });
                Slot::Other
            }
        };
    }

    /// More words for the cell that is open.
    pub fn go_on(&mut self, line: &Line, part: &str, new_line: bool, cx: &mut Context) {
        let Some(current) = &mut self.current else { return };
        let text = match self.slot {
            Slot::Content => current.contents.last_mut().map(|c| &mut c.text),
            Slot::Role => current.roles.last_mut().map(|r| &mut r.text),
            Slot::Other => current.others.last_mut().map(|c| &mut c.text),
            Slot::None => None,
        };
        match text {
            Some(text) => push(text, line, part, new_line, cx.spaced, &mut cx.repairs),
            None => cx.tree.unparsed.push(Text::of(line, part, &mut cx.repairs)),
        }
    }

    /// Whether a line without cells may go on in the last cell: the words there are not finished.
    pub fn is_open(&self) -> bool {
        let Some(current) = &self.current else { return false };
        let last = match self.slot {
            Slot::Content => current.contents.last().map(|c| &c.text),
            Slot::Role => current.roles.last().map(|r| &r.text),
            Slot::Other => current.others.last().map(|c| &c.text),
            Slot::None => current.roles.last().map(|r| &r.text),
        };
        last.is_some_and(|text| !text.text.ends_with(['。', '」', '）']) && !is_nothing(&text.text))
    }

    /// Makes the last cell of a row under a header the one that is open.
    pub fn reopen_last(&mut self) {
        if self.slot == Slot::None && self.current.as_ref().is_some_and(|c| !c.roles.is_empty()) {
            self.slot = Slot::Role;
        }
    }

    /// Ends the initiative that goes on.
    pub fn close(&mut self) -> Option<Initiative> {
        self.slot = Slot::None;
        self.current.take()
    }
}

/// `甲⇥文`: the role of whom the cell before it names; without a name the last one goes on
pub(super) fn hold(initiative: &mut Initiative, line: &Line, holder: &str, cell: &str, cx: &mut Context) {
    let label = cx.text(line, holder);
    match (holders::holder(holder, &cx.parties), initiative.roles.last_mut()) {
        (Some(parties), _) => {
            let text = cx.text(line, cell);
            initiative.roles.push(Role { label, parties, text });
        }
        (_, Some(last)) if holder.is_empty() => last.text.push(line, cell, &mut cx.repairs),
        _ => initiative.others.push(Cell { label, text: cx.text(line, cell) }),
    }
}

/// Puts words into the cell of a column; with `goes_on`, behind those that it has.
pub fn put(initiative: &mut Initiative, column: &Column, line: &Line, cell: &str, goes_on: bool, cx: &mut Context) {
    if cell.is_empty() && goes_on {
        return;
    }
    let spaced = cx.spaced;
    let repairs = &mut cx.repairs;
    let push = |text: &mut Text, repairs: &mut Repairs| {
        let new_line = !text.is_empty() && lists::entry(cell).is_some();
        push(text, line, cell, new_line, spaced, repairs);
    };
    let of = |repairs: &mut Repairs| {
        let mut text = Text::default();
        push(&mut text, repairs);
        text
    };
    match column {
        Column::Name | Column::Field => name_cell(initiative, line, cell, cx),
        // whom a role belongs to is read with the role
        Column::Holder | Column::Held => {}
        Column::Number => initiative.label.push(line, cell, repairs),
        Column::Content => match initiative.contents.last_mut().filter(|_| goes_on) {
            Some(last) => push(&mut last.text, repairs),
            None => initiative.contents.push(Cell { label: Text::default(), text: of(repairs) }),
        },
        Column::Role(parties) => match initiative.roles.iter_mut().find(|r| goes_on && r.parties == *parties) {
            Some(role) => push(&mut role.text, repairs),
            None => initiative.roles.push(Role { label: Text::default(), parties: parties.clone(), text: of(repairs) }),
        },
        Column::Other(name) => match initiative.others.last_mut().filter(|last| goes_on && last.label.text == *name) {
            Some(last) => last.text.push(line, cell, repairs),
            // the words of the header stand above the row, and belong to all rows
            None => initiative.others.push(Cell {
                label: Text { text: name.as_str().into(), pieces: Default::default() },
                text: Text::of(line, cell, repairs),
            }),
        },
    }
}

/// Whether each of these columns but that of the names is a content or a role, and no two of them are one cell.
pub fn are_cells(columns: &[Column]) -> bool {
    let is_cell = |(at, column): (usize, &Column)| match column {
        Column::Name | Column::Field => true,
        Column::Content | Column::Role(_) => !columns[..at].contains(column),
        _ => false,
    };
    columns.iter().enumerate().all(is_cell)
}

/// Whether words are all of one line, and no entry of a list.
pub fn is_plain(part: &Part) -> bool {
    !part.line.is_joined() && entry(part.text).is_none()
}

/// Puts words into the cell of a column that has none yet.
pub fn put_all<'p, 'l: 'p, 's: 'l>(
    initiative: &mut Initiative,
    column: &Column,
    parts: impl Iterator<Item = &'p Part<'l, 's>> + Clone,
    cx: &mut Context,
) {
    let text = part::text(parts, &mut cx.repairs);
    let label = Text::default();
    match column {
        Column::Content => initiative.contents.push(Cell { label, text }),
        Column::Role(parties) => initiative.roles.push(Role { label, parties: parties.clone(), text }),
        _ => {}
    }
}

/// The words of a cell that stands below its label: each entry of a list on a line of its own.
pub fn cell<'p, 'l: 'p, 's: 'l>(parts: impl Iterator<Item = &'p Part<'l, 's>> + Clone, cx: &mut Context) -> Text {
    // hardly a line but the first begins with a number
    let is_entry = |part: &Part| {
        let is_whole = part.text.len() == part.line.text.len();
        (!is_whole || part.line.marks.hold(Marks::HEAD)) && lists::is_entry(part.text)
    };
    if !parts.clone().skip(1).any(is_entry) {
        return part::text(parts, &mut cx.repairs);
    }
    let entries = entries(parts.clone());
    let mut text = Text::default();
    for (part, is_entry) in parts.zip(entries) {
        if is_entry {
            let new_line = !text.is_empty();
            push(&mut text, part.line, part.text, new_line, cx.spaced, &mut cx.repairs);
        } else {
            text.push(part.line, part.text, &mut cx.repairs);
        }
    }
    text
}

/// Which lines of a cell begin the entries of a list: behind an end or the entry before, with a number whose neighbour begins a
/// line too. `貸し出す。⏎(1)平日、(2)休日に分けて行う。` is none.
fn entries<'p, 'l: 'p, 's: 'l>(parts: impl Iterator<Item = &'p Part<'l, 's>>) -> Vec<bool> {
    let (mut ended, mut last) = (true, None);
    let mut number = |part: &Part| {
        let begins = std::mem::replace(&mut ended, is_ended(part.text));
        let goes_on = |number: &u8| last.is_some_and(|last| if *number == 0 { last == 0 } else { *number - 1 == last });
        let number = lists::entry(part.text).filter(|number| begins || goes_on(number));
        last = number.or(last);
        number
    };
    let numbers: Vec<Option<u8>> = parts.map(&mut number).collect();
    let has = |number: u8| numbers.contains(&Some(number));
    let bullets = numbers.iter().filter(|number| **number == Some(0)).count();
    let is_listed = |number: u8| match number {
        0 => bullets > 1,
        1 => has(2),
        _ => has(number - 1),
    };
    numbers.iter().map(|number| number.is_some_and(is_listed)).collect()
}

/// Adds words to a text; the number of an entry stays apart from its words.
fn push(text: &mut Text, line: &Line, part: &str, new_line: bool, spaced: bool, repairs: &mut Repairs) {
    // a cell of a spreadsheet has lines of its own
    if line.is_joined()
        && let Some((first, rest)) = part.split_once('\n')
    {
        push(text, line, first, new_line, spaced, repairs);
        return push(text, line, rest, true, spaced, repairs);
    }
    let (number, words) = entry(part).filter(|_| !spaced).unwrap_or(("", part));
    let first = if number.is_empty() { part } else { number };
    match new_line {
        true => text.push_line(line, first, repairs),
        false => text.push(line, first, repairs),
    }
    if !number.is_empty() {
        text.text.push(' ');
        text.append(Text::of(line, words, repairs));
    }
}

/// A name, its number apart: `(1) 夜間診療`
pub fn name_cell(initiative: &mut Initiative, line: &Line, cell: &str, cx: &mut Context) {
    let cell = label::plain(cell);
    match head::item(cell).filter(|h| {
        !h.rest.is_empty()
            && initiative.name.is_empty()
            && (!h.glued || h.label.ends_with([')', '）']) || h.numbering == Numbering::Circled)
    }) {
        Some(head) => {
            initiative.label = cx.text(line, head.label);
            initiative.name.push(line, head.rest, &mut cx.repairs);
        }
        None => initiative.name.push(line, cell, &mut cx.repairs),
    }
}

/// `(1) 平日は…`, `ア 運転手を…`: the entry of a list in a cell, whose number stays apart from its words
#[inline(always)]
fn entry(part: &str) -> Option<(&str, &str)> {
    // nearly all begin with a kanji or with hiragana
    if matches!(part.as_bytes(), [0xE4..=0xE9, ..] | [0xE3, 0x81, ..]) {
        return None;
    }
    let head = head::item(part).filter(|head| !head.glued && !head.rest.is_empty())?;
    let is_number =
        head.label.ends_with([')', '）']) || matches!(head.numbering, Numbering::Circled | Numbering::Katakana);
    is_number.then_some((head.label, head.rest))
}

#[cfg(test)]
mod tests {
    use crate::model::walk;
    use crate::parse::parse;

    const HEAD: &str = "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n第1条 取組は、別表のとおりとする。\n\n別表（第1条関係）\n暮らしの分野\n1 医療\n夜間診療\n取組内容\n当番を続ける。\n甲の役割\n";

    /// The words of the role of 甲.
    fn role(lines: &str) -> String {
        let parsed = parse(&format!("{HEAD}{lines}\n乙の役割\n費用を出す。\n")).readings;
        let places = walk::fields(&parsed[0].tree);
        let roles =
            walk::initiatives(&places).flat_map(|(_, row)| row.roles.iter().map(|role| role.text.text.to_string()));
        roles.take(1).collect()
    }

    #[test]
    fn each_entry_of_a_list_below_its_label_stands_on_a_line() {
        for (lines, want) in [
            ("(1) 医師を出し、\n場所を貸す。\n(2) 車を出す。", "(1) 医師を出し、場所を貸す。\n(2) 車を出す。"),
            ("・医師の手配\nをする。\n・車を出す。", "・医師の手配をする。\n・車を出す。"),
            ("この協定の第3条\n(2)に掲げる車を出す。", "この協定の第3条(2)に掲げる車を出す。"),
            ("車を出す。\n(1)平日、(2)休日に分ける。", "車を出す。(1)平日、(2)休日に分ける。"),
        ] {
            assert_eq!(role(lines), want);
        }
    }
}
