//! Agreements in order, broken in one known way each: exactly the rule that the table names must find it.

mod common;

use common::{findings, root, text};
use std::collections::BTreeMap;

/// One way to break a text; what is named must stand in it.
enum Edit {
    /// The first of these words by others.
    Replace(&'static str, &'static str),
    /// Two words change places.
    Swap(&'static str, &'static str),
    /// The lines from the one that holds the first words up to the one that holds the others, or the end for no words.
    Cut(&'static str, &'static str),
    /// So many lines, from the one that holds the words, stand twice.
    Repeat(&'static str, usize),
}

use Edit::{Cut, Repeat, Replace, Swap};

/// The text, what happens to it, and the rules that must find it: those and no others.
type Mutation = (&'static str, Edit, &'static [&'static str]);

const ROWS: &str = "three-tables";
const INLINE: &str = "roles-inside-article-3";
const BRACKETS: &str = "collective-party";
const COLUMNS: &str = "one-table";
const THREE: &str = "three-parties";
const KANJI: &str = "kanji-numerals";
const DEEP: &str = "deep-numbering";
const WIDE: &str = "wide-digits-and-chapters";
const LONG: &str = "long";

#[rustfmt::skip]
const MUTATIONS: &[Mutation] = &[
    // roles
    (ROWS, Cut("\t乙の役割\t当番日", "通院の足"), &["role-missing"]),
    (ROWS, Cut("\t甲の役割\t小児科", "\t乙の役割\t当番日"), &["role-missing"]),
    (ROWS, Replace("子どもの夜間診療\t取組内容\t夕方から翌朝までの小児の急な病に、輪番で応じる。\n", "子どもの夜間診療"), &["content-missing"]),
    (ROWS, Replace("当番日の案内を町内の全戸に配る。", ""), &["role-empty"]),
    (ROWS, Replace("夕方から翌朝までの小児の急な病に、輪番で応じる。", ""), &["content-empty"]),
    (ROWS, Replace("\t乙の役割\t当番日", "\t丙の役割\t当番日"), &["role-party-undefined"]),
    (ROWS, Replace("\t乙の役割\t当番日", "\t甲の役割\t当番日"), &["role-twice"]),
    (ROWS, Repeat("\t乙の役割\t当番日", 1), &["role-twice"]),
    (ROWS, Replace("\t乙の役割\t当番日", "\t甲及び乙の役割\t当番日"), &["role-joint-and-single"]),
    (ROWS, Replace("\t乙の役割\t当番日", "\t乙の役目\t当番日"), &["label-unknown"]),
    (ROWS, Replace("\t乙の役割\t当番日", "\t乙の役害\t当番日"), &["label-unknown"]),
    (ROWS, Replace("当番日の案内を町内の全戸に配る。", "小児科の医師を平日の夜に配置する。"), &["role-same-text"]),
    (ROWS, Replace("当番日の案内を", "乙と連携し、当番日の案内を"), &["role-partner-self"]),
    (ROWS, Replace("小児科の医師を", "甲や関係機関と共に、小児科の医師を"), &["role-partner-self"]),
    (ROWS, Repeat("通院の足\t", 3), &["initiative-twice"]),
    (ROWS, Replace("通院の足\t", "子どもの夜間診療\t"), &["initiative-twice"]),
    (ROWS, Replace("通院の足\t", "\t"), &["initiative-unnamed"]),
    (ROWS, Cut("図書の貸出し\t", "別表2 ["), &["field-empty"]),
    (ROWS, Cut("1 職員を育てる", ""), &["area-empty"]),
    (INLINE, Cut("c　乙の役割", "イ　環境"), &["role-missing"]),
    (INLINE, Replace("c　乙の役割", "c　丙の役割"), &["role-party-undefined"]),
    (INLINE, Replace("c　乙の役割", "c　甲の役割"), &["role-twice"]),
    (INLINE, Cut("冊子を編集し", "c　乙の役割"), &["role-empty"]),
    (INLINE, Cut("ア　人材の育成", "（事務の執行"), &["area-empty"]),
    (INLINE, Replace("(イ)　森林の手入れ", "(イ)　ごみの分別"), &["initiative-twice"]),
    (INLINE, Replace("b　甲の役割\n\n設計を取りまとめる。", "b　甲の役割\n\n甲と協議し、設計を取りまとめる。"), &["role-partner-self"]),
    (BRACKETS, Cut("【乙の役割】", "(2) 診療所"), &["role-missing"]),
    (BRACKETS, Replace("【乙の役割】", "【甲の役割】"), &["role-twice"]),
    (BRACKETS, Replace("【乙の役割】", "【丙の役割】"), &["role-party-undefined"]),
    (BRACKETS, Cut("胃及び肺", "【甲の役割】"), &["content-empty"]),
    (COLUMNS, Replace("\tレジの仕組みをそろえ、売上げを毎月精算する。", "\t"), &["role-empty"]),
    (COLUMNS, Replace("\t出荷する農家を募る。", "\t"), &["role-missing"]),
    (COLUMNS, Replace("\tそれぞれの直売所に、相手方の季節の品の棚を設ける。", "\t"), &["content-empty"]),
    (COLUMNS, Repeat("起業の手助け\t", 1), &["initiative-twice"]),
    (COLUMNS, Replace("起業の手助け\t", "\u{3000}\t"), &["initiative-unnamed"]),
    (COLUMNS, Cut("検診車の巡回\t", "3　暮らしの支え"), &["field-empty"]),
    (THREE, Replace("(ウ)　丙の役割", "(ウ)　丁の役割"), &["role-party-undefined"]),
    (THREE, Replace("(イ)　甲及び乙の役割", "(イ)　甲の役割"), &["role-missing"]),
    (THREE, Cut("(エ)　丙の役割", "(2) 結びつき"), &["role-missing"]),
    (KANJI, Cut("乙の役割：採水", "二　清掃"), &["role-missing"]),
    (KANJI, Replace("乙の役割：採水", "丙の役割：採水"), &["role-party-undefined"]),
    // numbers
    (ROWS, Replace("第5条 ", "第6条 "), &["number-twice"]),
    (ROWS, Replace("第5条 ", "第4条 "), &["number-twice"]),
    (ROWS, Replace("第5条 ", "第15条 "), &["number-order"]),
    (ROWS, Replace("第6条 ", ""), &["number-gap"]),
    (ROWS, Cut("（内容の変更）", "（協定の廃止）"), &["change-missing", "number-gap"]),
    (ROWS, Swap("第5条 ", "第6条 "), &["number-order"]),
    (ROWS, Replace("第5条 ", "第五条 "), &["number-style"]),
    (ROWS, Replace("第5条 ", "第５条 "), &["number-style"]),
    (ROWS, Replace("2 前項の場合", "3 前項の場合"), &["number-twice"]),
    (ROWS, Replace("3 第1項の費用", "4 第1項の費用"), &["number-gap"]),
    (ROWS, Replace("(2) つながり", "(3) つながり"), &["number-twice", "reference-missing"]),
    (ROWS, Replace("(3) 圏域を", "(4) 圏域を"), &["number-gap", "reference-missing"]),
    (ROWS, Replace("(2) つながり", "(２) つながり"), &["number-style"]),
    (ROWS, Replace("別表3 [", "別表4 ["), &["number-gap", "reference-table-missing", "table-unreferenced"]),
    (ROWS, Replace("別表3 [", "別表2 ["), &["number-twice", "reference-table-missing", "table-pointer-mismatch"]),
    (ROWS, Swap("別表1 [", "別表2 ["), &["number-order", "reference-range-short", "table-pointer-mismatch"]),
    (ROWS, Replace("2 教育", "3 教育"), &["number-gap"]),
    (ROWS, Replace("2 教育", "1 教育"), &["number-twice"]),
    (ROWS, Replace("2 教育", "二 教育"), &["number-style"]),
    (INLINE, Replace("イ　環境", "ウ　環境"), &["number-gap"]),
    (INLINE, Replace("(2) 結びつき", "(4) 結びつき"), &["number-order"]),
    (DEEP, Replace("(イ) 事業所", "(ウ) 事業所"), &["number-gap"]),
    (DEEP, Replace("b 専修学校", "a 専修学校"), &["number-twice"]),
    (KANJI, Replace("第五条　", "第六条　"), &["number-twice"]),
    (KANJI, Replace("二　道及び橋", "三　道及び橋"), &["number-gap"]),
    (WIDE, Replace("（２）　結びつき", "（１）　結びつき"), &["number-twice"]),
    (LONG, Replace("第2条の2 ", "第2条の3 "), &["number-gap"]),
    (BRACKETS, Cut("第4条 削除", "（経費）"), &["number-gap"]),
    (BRACKETS, Replace("第5条 ", "第6条 "), &["number-twice"]),
    (BRACKETS, Cut("第3条の2 ", "第4条"), &[]),
    // parties and signatures
    (ROWS, Replace("「乙」という", "「甲」という"), &["party-twice"]),
    (ROWS, Replace("柳瀬市（以下「甲」", "野菊町（以下「甲」"), &["party-twice"]),
    (ROWS, Replace("双方が誠意をもって", "甲、乙及び丙が誠意をもって"), &["symbol-undefined"]),
    (ROWS, Replace("「乙」という。）とは", "「乙」という。）及び楓村（以下「丙」という。）とは"), &["party-unused"]),
    (ROWS, Cut("乙　野菊町", "別表1 ["), &["signature-missing"]),
    (ROWS, Cut("野菊町長", "別表1 ["), &["signature-missing"]),
    (ROWS, Replace("野菊町長", "野菊市長"), &["office-mismatch"]),
    (ROWS, Replace("柳瀬市長", "柳瀬町長"), &["office-mismatch"]),
    (ROWS, Replace("野菊町長", "白波町長"), &["signature-mismatch"]),
    (ROWS, Swap("柳瀬市長", "野菊町長"), &["signature-mismatch"]),
    (ROWS, Replace("2通", "3通"), &["copies-mismatch"]),
    (KANJI, Replace("本書二通", "本書参通"), &["copies-mismatch"]),
    (THREE, Replace("本書3通", "本書２通"), &["copies-mismatch"]),
    (THREE, Cut("丙　霞町", ""), &["signature-missing"]),
];

impl Edit {
    fn apply(&self, text: &str) -> String {
        let line = |words: &str| {
            let at = text.find(words).unwrap_or_else(|| panic!("「{words}」 is not in the text"));
            text[..at].rfind('\n').map_or(0, |end| end + 1)
        };
        match *self {
            Replace(from, to) => {
                assert!(text.contains(from), "「{from}」 is not in the text");
                text.replacen(from, to, 1)
            }
            Swap(one, other) => {
                assert!(text.contains(one) && text.contains(other), "「{one}」 or 「{other}」 is not in the text");
                text.replacen(one, "\u{1}", 1).replacen(other, one, 1).replacen('\u{1}', other, 1)
            }
            Cut(from, to) => {
                let start = line(from);
                let end = if to.is_empty() {
                    text.len()
                } else {
                    start + text[start..].find(to).expect("the end of the cut")
                };
                let end = text[..end].rfind('\n').map_or(end, |at| if to.is_empty() { end } else { at + 1 });
                format!("{}{}", &text[..start], &text[end..])
            }
            Repeat(from, count) => {
                let start = line(from);
                let rows: String = text[start..].split_inclusive('\n').take(count).collect();
                format!("{}{rows}{}", &text[..start], &text[start..])
            }
        }
    }

    fn name(&self) -> String {
        match self {
            Replace(from, to) => format!("「{from}」 → 「{to}」"),
            Swap(one, other) => format!("「{one}」 ↔ 「{other}」"),
            Cut(from, to) => format!("without 「{from}」 up to 「{to}」"),
            Repeat(from, count) => format!("{count} lines from 「{from}」 twice"),
        }
    }
}

/// How often each rule finds something.
fn counts(text: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for found in findings(text) {
        *counts.entry(found.rule).or_default() += 1;
    }
    counts
}

#[test]
fn each_break_is_found_by_its_rule_alone() {
    let mut wrong = String::new();
    for (fixture, edit, expected) in MUTATIONS {
        let whole = text(&root().join(format!("fixtures/valid/{fixture}.txt")));
        let (before, after) = (counts(&whole), counts(&edit.apply(&whole)));
        let new = |(rule, count): &(&&'static str, &usize)| before.get(**rule).is_none_or(|old| old < *count);
        let found: Vec<&str> = after.iter().filter(new).map(|(rule, _)| *rule).collect();
        if found != *expected {
            wrong += &format!("{fixture}, {}: expected {expected:?}, found {found:?}\n", edit.name());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
