//! 別表 whose rows stand in any plain layout.

use super::rows::{Labels, fields, names, sentence, view};
use super::{Dice, Form, numbered};

const HEADS: &[&str] = &[
    "別表第N（第2条関係）",
    "別表N（第2条関係）",
    "別表第N(第2条関係)",
    "別表第N",
    "別表N [第2条(N)]",
    "【別表第N】（第2条関係）",
    "別記第N（第2条関係）",
];
const AREAS: &[&str] = &["暮らしを支える政策分野", "つながりを強める政策分野", "担い手を育てる政策分野"];
/// Headings of 分野: X its title.
const FIELDS: &[&str] =
    &["N X", "N　X", "(N) X", "（N）X", "N.X", "N．X", "X分野", "■X", "【X】", "第N X", "N Xに関する取組", "ア X"];
/// Names of 取組.
const NAMES: &[&str] = &["X", "(N) X", "N X", "ア X", "①X", "・X", "(N)X"];

/// How the cells of a row stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// `name⇥label⇥words`, a line for each cell.
    Rows,
    /// A header, and one line for each row.
    Header,
    /// The same in pipes.
    Pipes,
    /// The same with a column of 分野.
    WithFields,
    /// The name on a line of its own, and each cell in this form: L the label, W the words.
    Below(&'static str),
}

const LAYOUTS: &[Layout] = &[
    Layout::Rows,
    Layout::Header,
    Layout::Pipes,
    Layout::WithFields,
    Layout::Below("【L】\nW"),
    Layout::Below("L：W"),
    Layout::Below("L\nW"),
    Layout::Below("・L　W"),
    Layout::Below("L\tW"),
];

/// One to three tables behind the articles.
pub fn tables(dice: &mut Dice) -> Form {
    let labels = Labels::draw(dice);
    let layout = dice.of(LAYOUTS);
    let (head, field_form, name_form) = (dice.of(HEADS), dice.of(FIELDS), dice.of(NAMES));
    let (mut names, mut titles) = (names(dice), fields(dice));
    let (mut lines, mut want) = (Vec::new(), Vec::new());
    let titled = !dice.one_in(5);
    for (at, area) in AREAS.iter().take(1 + dice.below(3)).enumerate() {
        lines.push(numbered(head, at + 1));
        lines.extend(titled.then(|| area.to_string()));
        for field in 0..1 + dice.below(2) {
            let title = titles.next().unwrap_or("その他");
            if layout != Layout::WithFields {
                lines.push(numbered(field_form, field + 1).replace('X', title));
            }
            lines.extend(header(layout, &labels, field == 0, dice));
            for row in 0..1 + dice.below(3) {
                let name = names.next().unwrap_or_default();
                let cells: Vec<String> =
                    labels.all.iter().map(|_| (0..1 + dice.below(2)).map(|_| sentence(dice)).collect()).collect();
                let shown = numbered(name_form, row + 1).replace('X', name);
                lines.extend(written(layout, if row == 0 { title } else { "" }, &shown, &labels, &cells));
                want.push(labels.row(name, &cells));
            }
        }
    }
    let mut text = labels.agreement("第2条　政策分野、取組の内容及び役割分担は、別表のとおりとする。", &[]);
    text.push(String::new());
    text.extend(lines);
    Form { text: text.join(dice.of(&["\n", "\n", "\n\n"])) + "\n", want: want.into(), view }
}

/// The rows over the first row.
fn header(layout: Layout, labels: &Labels, is_first: bool, dice: &mut Dice) -> Vec<String> {
    let name = dice.of(&["取組", "項目", "事業名", "連携項目"]).to_owned();
    let cells: Vec<String> = [name].into_iter().chain(labels.all.iter().cloned()).collect();
    match layout {
        Layout::Header => vec![cells.join("\t")],
        Layout::Pipes => vec![format!("| {} |", cells.join(" | ")), format!("|{}", "---|".repeat(cells.len()))],
        Layout::WithFields if is_first => vec![format!("分野\t{}", cells.join("\t"))],
        _ => Vec::new(),
    }
}

fn written(layout: Layout, field: &str, name: &str, labels: &Labels, cells: &[String]) -> Vec<String> {
    let pairs = || labels.all.iter().zip(cells);
    match layout {
        Layout::Rows => {
            let name = |at: usize| if at == 0 { name } else { "" };
            pairs().enumerate().map(|(at, (label, words))| format!("{}\t{label}\t{words}", name(at))).collect()
        }
        Layout::Header => vec![format!("{name}\t{}", cells.join("\t"))],
        Layout::Pipes => vec![format!("| {name} | {} |", cells.join(" | "))],
        Layout::WithFields => vec![format!("{field}\t{name}\t{}", cells.join("\t"))],
        Layout::Below(form) => {
            let below = pairs().map(|(label, words)| form.replace('L', label).replace('W', words));
            [name.to_owned()].into_iter().chain(below).collect()
        }
    }
}
