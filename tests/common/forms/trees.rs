//! Content and roles below the 号 of an article, in any numbering.

use super::rows::{Labels, fields, names, sentence, view};
use super::{Dice, Form, numbered};

/// The numbers of 政策分野, 分野, 取組, labels, and lists below these.
const LEVELS: &[[&str; 5]] = &[
    ["(N)", "ア", "(ア)", "a", "(a)"],
    ["(N)", "N", "ア", "(ア)", "a"],
    ["（Ｎ）", "ア", "（ア）", "a", "(a)"],
    ["(N)", "ア", "(ア)", "①", "a"],
    ["⑴", "ア", "(ア)", "①", "a"],
    ["一", "(一)", "(N)", "ア", "(ア)"],
    ["(N)", "①", "ア", "(ア)", "a"],
    ["Ⅰ", "N", "(N)", "ア", "(ア)"],
    ["(N)", "ア", "①", "a", "(a)"],
    ["(N)", "N)", "①", "ア", "(ア)"],
    ["(N)", "ア", "A", "a", "(a)"],
];
/// L the label with its number, l without, T the first words of the cell.
const CELLS: &[&str] = &["L\nT", "L\nT", "l\nT", "【l】\nT", "＜l＞\nT", "l：T", "L：T"];
const AREAS: &[&str] = &["暮らしを支える政策分野", "つながりを強める政策分野", "担い手を育てる政策分野"];

/// Any tree.
pub fn tree(dice: &mut Dice) -> Form {
    let labels = Labels::draw(dice);
    let (levels, cell, indent) = (dice.of(LEVELS), dice.of(CELLS), dice.of(&["", "　"]));
    let blank = dice.of(&[" ", "　", "　", ""]);
    let gap = dice.of(&["\n", "\n", "\n\n"]);
    let (mut names, mut titles) = (names(dice), fields(dice));
    let (mut lines, mut want) = (Vec::new(), Vec::new());
    let head = |depth: usize, n: usize| {
        let number = numbered(levels[depth], n);
        // a letter without brackets needs its blank
        let parted = number.ends_with([')', '）']) || number.starts_with(|c| matches!(c, '①'..='⑽'));
        format!("{number}{}", if blank.is_empty() && !parted { "　" } else { blank })
    };
    let mut put = |depth: usize, text: String| lines.push(indent.repeat(depth) + &text);
    for (area, title) in AREAS.iter().take(1 + dice.below(3)).enumerate() {
        put(1, head(0, area + 1) + title);
        for field in 0..1 + dice.below(2) {
            put(2, head(1, field + 1) + titles.next().unwrap_or("その他の分野"));
            for row in 0..1 + dice.below(2) {
                let name = names.next().unwrap_or_default();
                put(3, head(2, row + 1) + name);
                let mut cells = Vec::new();
                for (at, label) in labels.all.iter().enumerate() {
                    let list = if at > 0 && dice.one_in(3) { 2 + dice.below(2) } else { 0 };
                    let first = if list == 0 { sentence(dice) } else { String::new() };
                    let numbered = head(3, at + 1) + label;
                    for line in cell.replace('L', &numbered).replace('l', label).replace('T', &first).lines() {
                        put(4, line.to_owned());
                    }
                    let mut said = first;
                    for n in 1..=list {
                        let words = sentence(dice);
                        put(5, head(4, n) + &words);
                        said += &(head(4, n).trim_end_matches([' ', '　']).to_owned() + &words);
                    }
                    cells.push(said);
                }
                want.push(labels.row(name, &cells));
            }
        }
    }
    let text = labels.agreement("第2条　政策分野、取組の内容及び役割分担は、次のとおりとする。", &lines);
    Form { text: text.join(gap) + "\n", want: want.into(), view }
}
