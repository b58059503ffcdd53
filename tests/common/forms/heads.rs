//! Titles, covers, dates and preambles, and what a publisher puts over them.

use super::{ARTICLES, Dice, Form, table, wrapped};
use serde_json::{Value, json};

const PAIRS: &[(&str, &str)] =
    &[("青葉市", "若草町"), ("霧ヶ原市", "楓村"), ("みなと市", "はる町"), ("白波市", "xx町"), ("○○市", "○○町")];
const DATES: &[&str] =
    &["令和5年2月14日", "平成２７年１０月１日", "平成 30 年 3 月 26 日", "令和元年12月25日", "平成30年6月　日"];
const ALIASES: &[&str] = &[
    "（以下「甲」という。）",
    "(以下「甲」という。)",
    "（以下、「甲」という。）",
    "( 以下「甲」という。)",
    "（以下甲という。）",
    "（以下単に「甲」という。）",
    "（以下『甲』という。）",
    "（以下「甲」とする。）",
];
const OUTCOMES: &[&str] = &[
    "圏域の暮らしを守るため、次のとおり取決めを締結する。",
    "次のとおり協定を結ぶ。",
    "人が減り老いが進む中で、互いに力を持ち寄り、住民が安んじて暮らせる圏域をつくることを決意し、ここに締結する。",
];

/// Any head, over articles and one table.
pub fn head(dice: &mut Dice) -> Form {
    let (city, town) = dice.of(PAIRS);
    let title = title(dice, city, town);
    let alias = dice.of(ALIASES);
    let join = dice.of(&["と", "及び"]);
    let outcome = dice.of(OUTCOMES);
    let preamble = format!("{city}{alias}{join}{town}{}は、{outcome}", alias.replace('甲', "乙"));
    let day = dice.of(DATES);
    let over = over(dice, &title, (city, town), day);
    let marked = if over.dated_title { format!("{title}（{day}締結）") } else { title };
    let mut lines = over.lines;
    lines.extend(cut_title(dice, &format!("{}{marked}", over.mark)));
    lines.extend(over.below);
    lines.extend(wrapped(&preamble, dice.of(&[0, 0, 36])));
    lines.extend(ARTICLES.iter().map(|line| line.to_string()));
    let mut date = over.dated.then_some(day);
    if date.is_none() {
        date = Some("令和6年3月30日");
        lines.push("この取決めを証するため、本書2通を作り、各1通を持つ。".to_owned());
        lines.push("令和6年3月30日".to_owned());
        lines.extend(
            [("甲", city, "山川　一郎"), ("乙", town, "海野　みなと")]
                .iter()
                .flat_map(|(symbol, name, person)| [format!("{symbol}　{name}"), format!("　　{name}長　{person}")]),
        );
    }
    lines.extend(table(&["甲", "乙"]));
    let want = json!([marked, date, [[city], [town]], preamble]);
    Form { text: lines.join("\n") + "\n", want, view }
}

fn view(agreement: &Value) -> Value {
    let names: Vec<&Value> =
        agreement["parties"].as_array().into_iter().flatten().map(|party| &party["names"]).collect();
    json!([agreement["title"], agreement["date"]["text"], names, agreement["preamble"]])
}

fn title(dice: &mut Dice, city: &str, town: &str) -> String {
    let join = dice.of(&["と", "及び"]);
    let words = dice.of(&[
        "定住自立圏の形成に関する協定書",
        "定住自立圏形成協定",
        "XとYとの定住自立圏の形成に関する協定",
        "X・Y定住自立圏の形成に関する協定書",
        "XとYとの連携中枢都市圏の形成に係る連携協約",
        "XとYとの連携協約書",
        "青海圏域連携中枢都市圏形成に係る連携協約",
    ]);
    let note = dice.of(&["", "", "", "（案）", "(素案)", "【例】"]);
    words.replace('と', join).replace('X', city).replace('Y', town) + note
}

/// A title in one line or two. Names alone on the first of two may be those of a cover as well.
fn cut_title(dice: &mut Dice, title: &str) -> Vec<String> {
    let letters = title.chars().count();
    if letters <= 18 || !dice.one_in(4) {
        return vec![title.to_owned()];
    }
    let cut = 8 + dice.below(letters - 14);
    let (first, second): (String, String) = (title.chars().take(cut).collect(), title.chars().skip(cut).collect());
    if first.ends_with(['市', '町', '村']) { vec![title.to_owned()] } else { vec![first, second] }
}

/// What stands around the title.
struct Over {
    lines: Vec<String>,
    mark: &'static str,
    below: Vec<String>,
    dated: bool,
    dated_title: bool,
}

fn over(dice: &mut Dice, title: &str, (city, town): (&str, &str), day: &str) -> Over {
    let gap = dice.of(&[None, Some(String::new())]);
    let spread = |lines: Vec<String>| lines.into_iter().flat_map(|line| [Some(line), gap.clone()]).flatten().collect();
    let mut over = Over { lines: Vec::new(), mark: "", below: Vec::new(), dated: false, dated_title: false };
    match dice.below(7) {
        0 => {}
        1 => (over.below, over.dated) = (spread(vec![day.to_owned()]), true),
        // 例規
        2 => {
            let kind = dice.of(&["告示第12号", "協定第3号", "締結", "県知事届出", "議決第8号"]);
            (over.mark, over.below, over.dated) = ("○", spread(vec![day.to_owned(), kind.to_owned()]), true);
        }
        // 議案
        3 => {
            over.lines = spread(vec![
                "議案第31号".to_owned(),
                format!("{title}の締結について"),
                format!("{city}と{town}との間において別紙のとおり締結することについて、議会の議決を求める。"),
                "令和6年2月20日提出".to_owned(),
                format!("{town}長　山川　花子"),
                "別紙".to_owned(),
            ]);
        }
        // a cover, with contents or without
        4 => {
            let names = dice.of(&["X\nY", "X・Y", "X　Y", "X\n・\nY"]).replace('X', city).replace('Y', town);
            let contents =
                dice.of(&["", "目次\n前文\n第1条　目的\n第2条　取組 …… 2\n第3条　協議", "目　次\n第1条 目的\n別表"]);
            over.lines = spread(vec![title.to_owned(), day.to_owned()]);
            over.lines.extend(names.lines().chain(["\u{c}"]).chain(contents.lines()).chain([""]).map(str::to_owned));
            over.dated = true;
        }
        // a page of the web
        5 => {
            over.lines = [
                "ホーム > 市政情報 > 広域連携",
                "更新日：2024年3月1日",
                "",
                "定住自立圏について",
                "",
                "圏域の取決めを紹介します。",
                "",
            ]
            .map(str::to_owned)
            .into();
        }
        _ => (over.dated, over.dated_title) = (true, true),
    }
    over
}
