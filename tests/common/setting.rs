//! Other ways to set and to word the same agreement: nothing that is compared changes.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// No empty line anywhere.
    Tight,
    /// `（目的）第1条 …`: the caption on the line of its article.
    RunOn,
    /// `第1条`, `(1)`, `2` on a line of their own.
    MarkersAlone,
    /// `第1条この`, `(1)暮らし`
    Glued,
    /// `- (1) …`
    Bullets,
    /// `（ 目 的 ）`: captions justified by blanks.
    Spaced,
    /// A blank before every paragraph.
    Indented,
    /// `( 以下「甲」という。 )`, `( 1 )`
    BracketBlanks,
    /// `(` for `（`.
    AsciiBrackets,
    /// An empty line between the rows of a table.
    RowsApart,
    /// `（以下甲という。）`
    NoQuotes,
    /// `別表1 [第3条(1)]`
    TableSquare,
    /// `別表第一（第三条関係）`
    TableKanji,
    /// `別表第1（…） 生活機能…`: the title on the line of the label.
    TableRunOn,
    /// `連携の内容`, `甲の役割分担`
    Labels(usize),
    /// `① 医療`, `1．医療`, `【医療】`, `ア 医療` over the rows.
    Fields(usize),
    /// Signatures without symbols, with seals, letter by letter, …
    Signers(usize),
    /// 附則 behind the signatures or the tables.
    Supplementary,
    /// 備考 behind every table.
    Remarks,
    /// `第１章　総則` before the first article, 章 before the others.
    Chapters,
}

/// Every setting.
pub const SETTINGS: &[Setting] = &[
    Setting::Tight,
    Setting::RunOn,
    Setting::MarkersAlone,
    Setting::Glued,
    Setting::Bullets,
    Setting::Spaced,
    Setting::Indented,
    Setting::BracketBlanks,
    Setting::AsciiBrackets,
    Setting::RowsApart,
    Setting::NoQuotes,
    Setting::TableSquare,
    Setting::TableKanji,
    Setting::TableRunOn,
    Setting::Labels(0),
    Setting::Labels(1),
    Setting::Labels(2),
    Setting::Labels(3),
    Setting::Fields(0),
    Setting::Fields(1),
    Setting::Fields(2),
    Setting::Fields(3),
    Setting::Signers(0),
    Setting::Signers(1),
    Setting::Signers(2),
    Setting::Signers(3),
    Setting::Signers(4),
    Setting::Supplementary,
    Setting::Remarks,
    Setting::Chapters,
];

/// Roles under labels that are in no vocabulary: what is read of them is told.
pub const UNKNOWN_LABELS: Setting = Setting::Labels(4);

const CONTENTS: &[&str] = &["連携の内容", "連携内容", "取組みの内容", "事業の概要", "取組内容"];
const ROLES: &[&str] = &["の役割分担", "の果たす役割", "の役割等", "の機能分担", "の責務"];

/// The text, set otherwise.
pub fn set(text: &str, setting: Setting) -> String {
    match setting {
        Setting::Tight => text.replace("\n\n", "\n"),
        Setting::RunOn => text.replace("）\n\n第", "）第"),
        Setting::MarkersAlone => marked(text, |marker, rest| format!("{marker}\n{rest}")),
        Setting::Glued => marked(text, |marker, rest| format!("{marker}{rest}")),
        Setting::Bullets => marked(text, |marker, rest| match marker.starts_with('(') {
            true => format!("- {marker} {rest}"),
            false => format!("{marker} {rest}"),
        }),
        Setting::Spaced => each_line(text, |line| if is_caption(line) { apart(line) } else { line.to_owned() }),
        Setting::Indented => each_line(text, |line| if is_prose(line) { format!("　{line}") } else { line.to_owned() }),
        Setting::BracketBlanks => text.replace('（', "( ").replace('）', " )").replace("(1)", "( 1 )"),
        Setting::AsciiBrackets => text.replace('（', "(").replace('）', ")"),
        Setting::RowsApart => each_line(text, |line| if is_row(line) { format!("{line}\n") } else { line.to_owned() }),
        Setting::NoQuotes => text.replace("（以下「", "（以下").replace("」という。）", "という。）"),
        Setting::TableSquare => each_line(text, |line| match line.strip_prefix("別表第") {
            Some(rest) => format!("別表{}", rest.replace('（', " [").replace("関係）", "]")),
            None => line.to_owned(),
        }),
        Setting::TableKanji => each_line(text, |line| match line.strip_prefix("別表第") {
            Some(rest) => {
                format!("別表第{}（第三条関係）", ["一", "一", "二", "三"][digit(rest).min(3)])
            }
            None => line.to_owned(),
        }),
        Setting::TableRunOn => text.replace("関係）\n\n", "関係）　"),
        Setting::Labels(which) => labels(text, CONTENTS[which], ROLES[which]),
        Setting::Fields(which) => fields(text, which),
        Setting::Signers(which) => signers(text, which),
        Setting::Supplementary => format!("{text}\n附　則\n\nこの取決めは、締結の日から効力を生ずる。\n"),
        Setting::Remarks => text.replace("\n別表第", "\n備考　費用は別に定める。\n\n別表第"),
        Setting::Chapters => text.replacen("\n（目的）\n", "\n第１章　総則\n\n（目的）\n", 1).replacen(
            "\n（連携する",
            "\n第２章　取組\n\n（連携する",
            1,
        ),
    }
}

fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| change(line) + "\n").collect()
}

fn is_row(line: &str) -> bool {
    line.contains(['\t', '|']) || line.contains("  ")
}

fn is_caption(line: &str) -> bool {
    line.starts_with('（') && line.ends_with('）') && line.chars().count() < 14
}

fn is_prose(line: &str) -> bool {
    line.ends_with('。') && !is_row(line) && line.starts_with(|c: char| ('\u{3041}'..='\u{9fff}').contains(&c))
}

fn apart(line: &str) -> String {
    line.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// Changes the lines that begin with a marker and a blank: `第1条 …`, `(1) …`, `2 …`; rows stay.
fn marked(text: &str, change: impl Fn(&str, &str) -> String) -> String {
    each_line(text, |line| match line.split_once(' ') {
        Some((marker, rest)) if is_marker(marker) && !is_row(line) => change(marker, rest),
        _ => line.to_owned(),
    })
}

fn is_marker(word: &str) -> bool {
    let inner = word.trim_start_matches(['第', '(']).trim_end_matches(['条', ')']);
    let digits = !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit());
    digits || word.starts_with('(') && word.ends_with(')') && word.chars().count() < 5
}

/// Labels in other words, wherever they stand alone.
fn labels(text: &str, content: &str, role: &str) -> String {
    const MARK: &str = "\u{1}";
    // `甲の役割を超える` is no label, though a wrap may cut it before を
    let pieces: Vec<&str> = text.split("の役割").collect();
    let is_word = |next: &str| next.trim_start().starts_with('を');
    let joined = pieces.windows(2).map(|pair| if is_word(pair[1]) { MARK } else { "の役割" });
    let text: String = pieces.iter().copied().zip(joined.chain([""])).flat_map(|(piece, join)| [piece, join]).collect();
    let text = each_line(&text, |line| {
        // words of a cell in a narrow column
        if line.starts_with(&" ".repeat(30)) {
            return line.to_owned();
        }
        let most = if line.contains("  ") { 1 } else { usize::MAX };
        let line = line.replacen("の役割", role, most);
        line.replace("取組の内容", content).replace("取組内容", content)
    });
    text.replace(MARK, "の役割")
}

/// Headings of fields in other forms: a short line that begins with a figure and a blank.
fn fields(text: &str, which: usize) -> String {
    let mut table = false;
    let mut out = String::new();
    for line in text.lines() {
        table |= line.starts_with("別表第");
        let heading = line.split_once(' ').filter(|(number, title)| {
            table
                && number.len() == 1
                && number.starts_with(|c: char| c.is_ascii_digit())
                && !title.ends_with('。')
                && !is_row(line)
        });
        out += &match (heading, which) {
            (Some((number, title)), 0) => format!("{}　{title}", ["①", "①", "②", "③"][digit(number).min(3)]),
            (Some((number, title)), 1) => format!("{number}．{title}"),
            (Some((_, title)), 2) => format!("【{title}】"),
            (Some((number, title)), _) => format!("{}　{title}", ["ア", "ア", "イ", "ウ"][digit(number).min(3)]),
            (None, _) => line.to_owned(),
        };
        out.push('\n');
    }
    out
}

/// The figure that begins a text.
fn digit(text: &str) -> usize {
    text.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(1) as usize
}

/// Other forms of 記名.
fn signers(text: &str, which: usize) -> String {
    let mut signing = false;
    let mut out = String::new();
    for line in text.lines() {
        signing |= line.starts_with("令和") && line.ends_with('日');
        signing &= !line.starts_with("別表第");
        out += &match line.split_once('　').filter(|_| signing) {
            None => line.to_owned(),
            Some((head, rest)) if head.chars().count() == 1 => match which {
                // no symbols
                0 => rest.to_owned(),
                // a symbol on its own line
                1 => format!("{head}\n{rest}"),
                2 => format!("（{head}）{rest}"),
                _ => format!("{head}　{rest}"),
            },
            Some((office, name)) => match which {
                2 => format!("{office}　　{}　印", apart(&name.replace(' ', ""))),
                3 => format!("　　{office}　　{name}　　㊞"),
                4 => format!("{office}\n{name}"),
                _ => format!("{office}　{name}"),
            },
        };
        out.push('\n');
    }
    out
}
