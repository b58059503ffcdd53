//! A column of numbers before that of the names: `番号 取組 取組内容 甲の役割 乙の役割`. Each row has one, so they come in turn, and
//! tell whether the rows were found.

use super::{Found, Row, Starts};
use crate::lines::is_blank;
use crate::parse::part::Part;
use crate::parse::{Context, rows, torn};
use smallvec::SmallVec;

/// `No. 取組`: a figure or a Latin letter beside a blank leaves it open whether that parts cells; here it does
pub fn labels<'l, 's>(mut cells: SmallVec<[Part<'l, 's>; 2]>) -> SmallVec<[Part<'l, 's>; 2]> {
    if let Some(first) = cells.first_mut()
        && let Some(label) = rows::number_label(first.text).filter(|label| label.len() < first.text.len())
    {
        let rest = Part::new(first.line, first.text[label.len()..].trim_start_matches(is_blank), first.at);
        first.text = label;
        cells.insert(1, rest);
    }
    cells
}

/// Takes the numbers out of the lines, `1`, `2`, …, each before the words behind it.
pub fn take<'l, 's>(rows: &mut Vec<Row<'l, 's>>, starts: &mut Vec<Starts>) -> Vec<Part<'l, 's>> {
    let mut numbers: Vec<Part> = Vec::new();
    let mut next = None;
    let mut cut = false;
    let mut kept = Vec::with_capacity(rows.len());
    for (mut row, places) in rows.drain(..).zip(starts.drain(..)) {
        row.cut |= std::mem::take(&mut cut);
        let Some((first, len)) =
            number(&row).filter(|(_, value, _)| next.is_none_or(|next| next == *value)).map(|(first, value, len)| {
                next = Some(value + 1);
                (first, len)
            })
        else {
            kept.push((row, places));
            continue;
        };
        numbers.push(Part { text: &first.text[..len], ..first });
        match without(&row, len) {
            Some(rest) => kept.push((rest, places)),
            // it stands alone: the row begins on the next line
            None => cut = row.cut,
        }
    }
    (*rows, *starts) = kept.into_iter().unzip();
    numbers
}

/// `3`, `3 見守り`: the first words of a line, the number that they begin with, and its bytes
fn number<'l, 's>(row: &Row<'l, 's>) -> Option<(Part<'l, 's>, u32, usize)> {
    let (first, _) = *row.pieces.first()?;
    let len = first.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.text.len());
    let is_parted = first.text[len..].chars().next().is_none_or(is_blank);
    let value = first.text[..len].parse().ok().filter(|_| is_parted && len <= 3)?;
    Some((first, value, len))
}

/// A line without its first `len` bytes; `None` where it holds nothing else.
fn without<'l, 's>(row: &Row<'l, 's>, len: usize) -> Option<Row<'l, 's>> {
    let [(first, sure), rest @ ..] = &row.pieces[..] else { return None };
    let words = first.text[len..].trim_start_matches(is_blank);
    let words = (!words.is_empty()).then(|| (Part::new(first.line, words, first.at), *sure));
    Row::of(words.into_iter().chain(rest.iter().copied()), row)
}

/// Gives each row its number; where there are not as many, rows were misread.
pub fn give(found: &mut [Found], numbers: &[Part], cx: &mut Context) {
    if found.len() != numbers.len() {
        found.iter_mut().for_each(|row| row.initiative.torn = true);
        torn::leave(numbers, cx);
        return;
    }
    for (row, number) in found.iter_mut().zip(numbers) {
        row.initiative.label = cx.text(number.line, number.text);
    }
}
