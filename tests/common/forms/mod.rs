//! Undamaged agreements in the many forms in which they are written: heads, parties, articles, trees of 号, tables.

pub mod articles;
pub mod heads;
pub mod parties;
pub mod rows;
pub mod tables;
pub mod trees;

use proptest::prelude::*;
use proptest::test_runner::TestRng;
use serde_json::Value;

/// A text, and what a part of it says.
#[derive(Clone)]
pub struct Form {
    pub text: String,
    /// What `view` of the agreement gives, blanks apart.
    pub want: Value,
    pub view: fn(&Value) -> Value,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        writeln!(f, "\n{}", self.text)
    }
}

/// Draws forms.
pub fn drawn(draw: fn(&mut Dice) -> Form) -> impl Strategy<Value = Form> {
    Just(()).prop_perturb(move |(), rng| draw(&mut Dice(rng)))
}

/// What decides between the ways to write something.
pub struct Dice(TestRng);

impl Dice {
    pub fn below(&mut self, count: usize) -> usize {
        self.0.next_u32() as usize % count.max(1)
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn of<T: Clone>(&mut self, ways: &[T]) -> T {
        ways[self.below(ways.len())].clone()
    }

    /// So many of them, each once, in any order.
    pub fn some<T: Copy>(&mut self, count: usize, from: &[T]) -> Vec<T> {
        let mut from = from.to_vec();
        (0..count.min(from.len())).map(|_| from.swap_remove(self.below(from.len()))).collect()
    }
}

/// A text cut into lines of so many letters; 0 leaves it whole.
pub fn wrapped(text: &str, letters: usize) -> Vec<String> {
    if letters == 0 {
        return vec![text.to_owned()];
    }
    text.chars().collect::<Vec<char>>().chunks(letters).map(|line| line.iter().collect()).collect()
}

/// `（1）` of `（Ｎ）` and 1: each form of a figure stands for itself.
pub fn numbered(form: &str, n: usize) -> String {
    let wide = || n.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect::<String>();
    let nth = |letters: &str| letters.chars().nth(n - 1).unwrap_or_default().to_string();
    let forms: [(&str, &dyn Fn() -> String); 9] = [
        ("N", &|| n.to_string()),
        ("Ｎ", &wide),
        ("一", &|| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][n].to_owned()),
        ("ア", &|| nth("アイウエオカキクケコ")),
        ("a", &|| nth("abcdefghij")),
        ("A", &|| nth("ABCDEFGHIJ")),
        ("①", &|| nth("①②③④⑤⑥⑦⑧⑨⑩")),
        ("⑴", &|| nth("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽")),
        ("Ⅰ", &|| nth("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")),
    ];
    match forms.iter().find(|(letter, _)| form.contains(letter)) {
        Some((letter, figure)) => form.replace(letter, &figure()),
        None => form.to_owned(),
    }
}

/// The articles behind which nothing is drawn.
pub const ARTICLES: &[&str] = &[
    "（目的）",
    "第1条　この取決めは、互いの力を持ち寄ることを目的とする。",
    "（取組）",
    "第2条　取組の内容と役割は、別表のとおりとする。",
    "（協議）",
    "第3条　定めのないことは、話し合う。",
];

/// One 別表 with one row.
pub fn table(symbols: &[&str]) -> Vec<String> {
    let rows = ["別表（第2条関係）", "1 医療", "夜間の小児診療\t取組内容\t輪番を続ける。"].map(str::to_owned);
    rows.into_iter().chain(symbols.iter().map(|symbol| format!("\t{symbol}の役割\t窓口を設ける。"))).collect()
}
