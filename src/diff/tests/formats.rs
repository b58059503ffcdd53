//! What readers and programs get.

use super::model::{Chapter, Provision, sample, words};
use super::*;
use crate::diagnostics::Lang;
use format::table::{Columns, Row, Run, rows};
use std::io::{Cursor, Read};

/// The new file with what the changes made worse.
fn file(diff: &Diff) -> crate::output::findings::File {
    crate::output::findings::File { name: "a.txt".into(), findings: judge(diff), ..Default::default() }
}

/// One line a row: new | old, changed words in 《》.
fn drawn(rows: &[Row]) -> Vec<String> {
    let runs = |runs: &[Run]| -> String {
        runs.iter().map(|r| if r.marked { format!("《{}》", r.text) } else { r.text.clone() }).collect()
    };
    rows.iter()
        .map(|r| format!("{} {} | {} {}", runs(&r.new.label), runs(&r.new.body), runs(&r.old.label), runs(&r.old.body)))
        .collect()
}

#[test]
fn old_and_new_face_each_other() {
    let (old, new) = super::known::example();
    let got = drawn(&rows(&old, &new));
    let want = [
        "題名～前文 （略） | 題名～前文 （略）",
        "第１条～第３条 （略） | 第1条～第3条 （略）",
        " （費用） |  （費用）",
        "第４条 費用の分け方は、\n第《７》条の会議で決める。 | 第4条 費用の分け方は、第《6》条の会議で決める。",
        "２ （略） | 2 （略）",
        " 《（災害のとき）》 |  （新設）",
        "《第５条》 《甲と乙は、\n災害が起きたときは、\n水と毛布を融通し合う。》 |  ",
        " （人の行き来） |  （人の行き来）",
        "《第６条》 （略） | 《第5条》 （略）",
        " （会議） |  （会議）",
        "《第７条》 （略） | 《第6条》 （略）",
        " （疑い） |  （疑い）",
        "《第８条》 （略） | 《第7条》 （略）",
        "後文・締結日 （略） | 後文・締結日 （略）",
        "別表1　暮らしを支える働き  | 別表1　暮らしを支える働き ",
        "1　医療  | 1　医療 ",
        "夜間の当番医  | 夜間の当番医 ",
        "取組内容 （略） | 取組内容 （略）",
        "甲の役割 （略） | 甲の役割 （略）",
        "乙の役割 当番の医師に《報酬》を払う。 | 乙の役割 当番の医師に《謝礼》を払う。",
        "看護師の《養成》  | 看護師の《育成》 ",
        "取組内容 （略） | 取組内容 （略）",
        "甲の役割 （略） | 甲の役割 （略）",
        "乙の役割 町立の診療所で実習を受け入れる。期間は、\n第《７》条の会議で決める。 | 乙の役割 町立の診療所で実習を受け入れる。期間は、第《6》条の会議で決める。",
        "2　福祉  | 2　福祉 ",
        "《子どもの居場所》 （略） | 《子どもの居場所》 （略）",
        "見守り （略） | 見守り （略）",
        "別表2　行き来を助ける働き  | 別表2　行き来を助ける働き ",
        "1　交通  | 1　交通 ",
        "乗合タクシー  | 乗合タクシー ",
        "取組内容 （略） | 取組内容 （略）",
        "甲の役割 （略） | 甲の役割 （略）",
        " （削る） | 《乙の役割》 《予約の電話を受ける。》",
    ];
    assert_eq!(got, want);
}

#[test]
fn nothing_changed_is_nothing_to_show() {
    let agreement = sample().agreement();
    assert!(rows(&agreement, &agreement).iter().all(|r| drawn(std::slice::from_ref(r))[0].contains("（略）")));
    let none = compare(&agreement, &agreement);
    assert_eq!(format::text(&none, Lang::Ja), "変更はありません\n");
    assert_eq!(format::github(&none, &file(&none), Lang::En), "");
}

/// Words that mean something to every format.
fn hostile() -> (Agreement, Agreement) {
    let old = sample();
    let mut new = old.clone();
    let text = "<script>alert(1)</script> & \"*_`[x](y)|@all\u{0}\u{8} =1+1\n::error::x";
    let paragraphs = vec![Provision { uid: 0, text: words(text), items: vec![] }];
    new.articles.insert(0, Chapter { uid: 99, caption: "</td></table>".into(), paragraphs });
    (old.agreement(), new.agreement())
}

#[test]
fn words_do_not_break_out() {
    let (old, new) = hostile();
    let found = compare(&old, &new);
    let html = format::html(&found, &old, &new, Columns::OldLeft, Lang::Ja);
    assert!(!html.contains("<script") && !html.contains("（</td>"));
    assert!(html.contains("<th scope=\"col\">改正前</th><th scope=\"col\">改正後</th>"));
    let markdown = format::markdown(&found, Lang::Ja);
    assert!(!markdown.contains("<script") && !markdown.contains("@all") && markdown.contains("\\*\\_\\`"));
    let github = format::github(&found, &file(&found), Lang::Ja);
    assert!(github.lines().all(|l| l.starts_with("::notice") || l.starts_with("::warning")), "{github}");
    assert!(format::xlsx(&found, &old, &new, Columns::NewLeft, Lang::Ja).expect("a workbook").starts_with(b"PK"));
    let docx = format::docx(&old, &new, Columns::NewLeft).expect("a Word file");
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut xml = String::new();
    zip.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("UTF-8");
    assert!(!xml.contains("<script") && !xml.contains('\u{8}') && xml.contains("&lt;script&gt;"));
}

#[test]
fn long_comments_fit() {
    let old = sample();
    let mut new = old.clone();
    for i in 0..400u32 {
        let paragraphs = vec![Provision {
            uid: 0,
            text: words(&format!("{i}番目の取決めを、{}", "互いに守る。".repeat(40))),
            items: vec![],
        }];
        new.articles.push(Chapter { uid: 100 + i, caption: format!("第{i}の取決め"), paragraphs });
    }
    let (old, new) = (old.agreement(), new.agreement());
    let comment = format::markdown(&compare(&old, &new), Lang::Ja);
    assert!(
        comment.chars().count() < 65_536 && comment.contains("<details>") && comment.contains("件は、長さの制限により")
    );
    assert_eq!(comment.matches("<details>").count(), comment.matches("</details>").count());
}

#[test]
fn json_keeps_its_schema() {
    let (old, new) = super::known::example();
    let value: serde_json::Value = serde_json::from_str(&format::json(&compare(&old, &new), Vec::new())).expect("JSON");
    assert_eq!(value["schema"], "kouotsu-diff/1");
    let validator = jsonschema::validator_for(format::json_schema().as_value()).expect("a schema");
    assert!(validator.is_valid(&value));
    let keys = ["kind", "path", "old_path", "before", "after", "segments", "severity"];
    assert!(value["changes"].as_array().expect("a list").iter().all(|c| keys.iter().all(|k| c.get(k).is_some())));
}
