//! PDF files become text in the reference shape.
#![cfg(feature = "pdf")]
#![allow(missing_docs, clippy::unwrap_used)]

use kouotsu::input::Document;
use kouotsu::input::pdf::{Limits, PdfError, read};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization;

/// The characters without white space, widths folded; list bullets of the plain text are no text of the page.
fn bare(text: &str) -> String {
    let lines = text.lines().map(|l| l.strip_prefix("- ").unwrap_or(l));
    lines.collect::<String>().nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The cells of all tab rows, row by row.
fn tab_rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|l| l.contains('\t'));
    rows.map(|l| l.split('\t').map(bare).collect()).collect()
}

fn corpus() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let dir = std::env::var_os("KOUOTSU_CORPUS").map_or(default, PathBuf::from).join("dev");
    if dir.is_dir() {
        return Some(dir);
    }
    eprintln!("skipped: no corpus at {}", dir.display());
    None
}

fn first_difference(a: &str, b: &str) -> String {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let at = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let part = |c: &[char]| c.iter().skip(at.saturating_sub(15)).take(50).collect::<String>();
    format!("at {at} of {}/{}:\n  {}\n  {}", a.len(), b.len(), part(&a), part(&b))
}

#[test]
fn corpus_files_equal_their_plain_text() {
    let Some(dir) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "pdf")) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let plain = fs::read_to_string(dir.join(format!("{}.plain.txt", name.split('.').next().unwrap()))).unwrap();
        let found = read(&fs::read(file).unwrap(), &Limits::default()).unwrap();
        check_map(&found);
        // Printed as a stacked table, which their plain text is not.
        if name.starts_with("bracket") {
            assert_eq!(
                tab_rows(&found.text).iter().filter(|r| !r[0].is_empty()).count(),
                tab_rows(&found.text).len() / 3
            );
            continue;
        }
        if bare(&found.text) != bare(&plain) {
            wrong.push(format!("{name}: text differs {}", first_difference(&bare(&found.text), &bare(&plain))));
        }
        if tab_rows(&found.text) != tab_rows(&plain) {
            let (a, b): (BTreeSet<_>, BTreeSet<_>) =
                (tab_rows(&found.text).into_iter().collect(), tab_rows(&plain).into_iter().collect());
            let one = a.difference(&b).next();
            wrong.push(format!("{name}: rows differ, {} of {}; {one:?}", a.intersection(&b).count(), b.len()));
        }
        if !found.notes.is_empty() {
            wrong.push(format!("{name}: {:?}", found.notes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every place lies in the text, on a character boundary, in order.
fn check_map(document: &Document) {
    let mut end = 0;
    for position in &document.map {
        assert!(!position.span.slice(&document.text).is_empty());
        assert!(position.span.start >= end && position.page > 0);
        end = position.span.end;
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pdf").join(name).with_extension("pdf");
    fs::read(path).unwrap()
}

fn rules(document: &Document) -> Vec<&'static str> {
    document.notes.iter().map(|n| n.rule).collect()
}

const STACKED: &str = "\
別表第１（第３条関係）
１　医療

夜間の急患\t取組内容\t夜間に急な病となった住民が身近な場所で診察を受けられるよう、当番の医院を定め、圏域の住民に広く知らせる。
\t甲の役割\t当番表を取りまとめ、青葉総合病院に月２回、医師を置く。
\t乙の役割\t町内の医院との連絡に当たる。
図書の貸出し\t取組内容\t圏域の住民がどの館の本も借りられるようにする。
\t甲の役割\t横断検索の仕組みを保つ。
\t乙の役割\t若草町図書館に本の受渡しの窓口を置き、週に３日以上、配送の便を受け入れるとともに、利用の数を甲に知らせる。
";

const HORIZONTAL: &str = "\
別表第１（第３条関係）
１　医療

項目\t取組内容\t甲の役割\t乙の役割
夜間の急患\t夜間に急な病となった住民が身近な場所で診察を受けられるよう、当番の医院を定め、圏域の住民に広く知らせる。\t\
当番表を取りまとめ、青葉総合病院に月２回、医師を置く。\t町内の医院との連絡に当たる。
図書の貸出し\t圏域の住民がどの館の本も借りられるようにする。\t横断検索の仕組みを保つ。\t\
若草町図書館に本の受渡しの窓口を置き、週に３日以上、配送の便を受け入れるとともに、利用の数を甲に知らせる。
";

#[test]
fn tables_in_every_style() {
    let stacked = "solid dotted dashed double bars separate none cut 90ms framed bold invisible turned rotate middle";
    let horizontal = "solid dotted dashed double bars separate none cut middle names tight tight-names tight-middle";
    let files = stacked.split(' ').map(|s| (format!("stacked-{s}"), STACKED));
    let files = files.chain(horizontal.split(' ').map(|s| (format!("horizontal-{s}"), HORIZONTAL)));
    let mut wrong = Vec::new();
    for (name, expected) in files.chain([("encrypted".to_owned(), STACKED)]) {
        let found = read(&fixture(&name), &Limits::default()).unwrap();
        check_map(&found);
        if found.text != expected {
            wrong.push(format!("{name}:\n{}", found.text));
        }
        let is_unruled = ["none", "middle", "names", "tight"].iter().any(|end| name.ends_with(end));
        let warned: &[&str] = if is_unruled { &["pdf-table-without-rules"] } else { &[] };
        if rules(&found) != warned {
            wrong.push(format!("{name}: {:?}", found.notes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn merged_cells() {
    let found = read(&fixture("merged"), &Limits::default()).unwrap();
    let expected = "\
別表第１（第３条関係）
１　医療

救急に関すること
項目\t取組内容\t甲の役割\t乙の役割
夜間の急患\t当番の医院を定める。\t当番表を取りまとめる。\t町内の医院との連絡に当たる。
講習会\t救急の講習会を開く。\t講師を出し合う。\t講師を出し合う。

夜間の急患\t取組内容\t当番の医院を定める。
\t乙の役割\t次のことを行う。
\t\t（1）当番表を町内の各戸に配ること。
\t\t（2）町内の医院との連絡に当たるとともに、夜間の電話の相談を受け、その数を毎月、甲に知らせること。

令和７年３月１日

甲　青葉市長　山川　一郎
乙　若草町長　小田　花子
";
    assert_eq!(found.text, expected);
    assert_eq!(rules(&found), ["input-shared-cell"]);
}

#[test]
fn pages_that_end_between_rows() {
    let found = read(&fixture("groups-cut"), &Limits::default()).unwrap();
    let expected = "\
別表第１（第３条関係）
１　医療

分野\t項目\t取組内容\t甲の役割\t乙の役割
1 医療\t夜間の急患\t当番の医院を定める。\t当番表を作る。\t医院に知らせる。
\t救急の講習\t救急の講習会を開く。\t当番表を作る。\t医院に知らせる。
2 教育\t図書の貸出し\tどの館の本も借りられるようにする。\t当番表を作る。\t医院に知らせる。
3 交通\tバスの運行\t町をまたぐバスを走らせる。\t当番表を作る。\t医院に知らせる。

産業に関すること
4 農業\t直売所\tそれぞれの品を並べる。\t当番表を作る。\t医院に知らせる。

観光に関すること
5 行事\t歩く会\t川沿いを歩く会を開く。\t当番表を作る。\t医院に知らせる。

２　環境

分野\t項目\t取組内容\t甲の役割\t乙の役割
6 川\t川の掃除\t川をきれいにする。\t当番表を作る。\t医院に知らせる。
";
    assert_eq!(found.text, expected);
    assert_eq!(rules(&found), Vec::<&str>::new());
}

/// Words that end without a mark do not tell that a page cut them.
#[test]
fn pages_that_end_beside_phrases() {
    let found = read(&fixture("shares-cut"), &Limits::default()).unwrap();
    let expected = "\
別表第１（第３条関係）
１　医療

項目\t取組内容\t甲の役割\t乙の役割\t費用負担
夜間の急患\t当番の医院を定める。\t当番表を作る。\t医院に知らせる。\t甲が負担する
図書の貸出し\tどの館の本も借りられるようにする。\t本を探す仕組みを保つ。\t受渡しの窓口を置く。\t甲が負担する
講習会\t救急の講習会を、年に二度、町ごとに開く。\t講師を送る。\t会場を備える。\t参加する人の数による
歩く会\t川沿いを歩く会を開く。\t人を集める。\t道を直す。\t折半
";
    assert_eq!(found.text, expected);
}

const FIELDS: &str = "\
別表第１（第３条関係）

分野\t取組\t取組内容\t甲の役割\t乙の役割
医療\t夜間の急患\t夜の当番の医院を定め、広く知らせる。\t当番表を取りまとめ、医師を月に二度置く。\t町内の医院に当番を頼む。
\t救急の講習\t救急の講習会を、年に二度、町ごとに開く。\t講師を送る。\t会場を備え、参加する人を集める。
福祉と暮らし\t見守り\t一人で暮らす人を訪ねる。\t訪ねる人を雇う。\t訪ねる先を調べる。
\t預かり\t働く親の子を、学校の休みの日に預かる。\t保育士を雇い、その休みの日を定める。\t部屋を貸す。
\t買物の足\t山あいの家々を回る車を走らせる。\t車を買い入れる。\t運転手を町の中から雇い入れ、道の雪をかく。
川\t川の掃除\t春と秋に、岸の草を刈る。\t草を運ぶ。\t人を集める。
";

/// 分野 that stand for several rows, at the top or in the middle of them, over two pages, and beside stacked rows.
#[test]
fn fields_without_lines() {
    let labels = ["取組内容", "甲の役割", "乙の役割"];
    for name in ["fields-none", "fields-middle", "fields-stacked"] {
        let found = read(&fixture(name), &Limits::default()).unwrap();
        check_map(&found);
        let rows = tab_rows(FIELDS);
        let stack = |row: &Vec<String>| {
            let names = |at| if at == 0 { row[..2].to_vec() } else { vec![String::new(); 2] };
            let cells = labels.iter().zip(&row[2..]).enumerate();
            cells
                .map(|(at, (label, text))| [names(at), vec![label.to_string(), text.clone()]].concat())
                .collect::<Vec<_>>()
        };
        let expected = if name == "fields-stacked" { rows[1..].iter().flat_map(stack).collect() } else { rows };
        assert_eq!(tab_rows(&found.text), expected, "{name}");
        assert_eq!(rules(&found), ["pdf-table-without-rules"], "{name}");
    }
}

/// Labels behind marks, in text that is wrapped to the margin, are no table.
#[test]
fn items_are_no_table() {
    let found = read(&fixture("items"), &Limits::default()).unwrap();
    let lines: Vec<String> = found.text.lines().map(bare).collect();
    assert!(tab_rows(&found.text).is_empty() && found.notes.is_empty(), "{}\n{:?}", found.text, found.notes);
    let whole = "(b)乙の役割若草町図書館に本の受渡しの窓口を置き、週に3日以上、配送の便を受け入れるとともに、利用の数を甲に知らせる。";
    assert!(lines.iter().any(|line| line == whole), "{}", found.text);
}

/// Headings among labels that stand in the middle of their cells, and a row that the page cuts.
#[test]
fn headings_among_labels() {
    let found = read(&fixture("headings-cut"), &Limits::default()).unwrap();
    check_map(&found);
    let texts: Vec<String> = tab_rows(&found.text).into_iter().map(|mut row| row.pop().unwrap()).collect();
    let expected: Vec<String> = tab_rows(STACKED).into_iter().map(|mut row| row.pop().unwrap()).collect();
    assert_eq!(texts, [expected.clone(), expected[..3].to_vec()].concat(), "{}", found.text);
    assert!(found.text.contains("（２）図書の貸出し\n") && found.text.contains("（３）夜間の急患\n"), "{}", found.text);
}

/// A page ends between the rows of two parties, and a line of the name hangs out of its cell.
#[test]
fn parties_on_two_pages() {
    let found = read(&fixture("parties-cut"), &Limits::default()).unwrap();
    let expected = "\
別表第１（第３条関係）
１　医療

取組の名称\t取組の内容\t役割\t
図書の貸出し\tどの館の本も借りられるようにする。\t甲\t横断検索の仕組みを保つ。
\t\t乙\t本の受渡しの窓口を置く。
遠い村から歩いて来る人の足\t町をまたぐバスを走らせ、停留所を増やす。\t甲\t車を買い入れる。
\t\t乙\t停留所を建てる。
講習会\t救急の講習会を開く。\t甲\t講師を送る。
\t\t乙\t会場を備える。
";
    assert_eq!(found.text, expected);
    assert_eq!(rules(&found), Vec::<&str>::new());
}

/// 甲 and 乙 over columns: a table of 取組, not where the parties sign.
#[test]
fn parties_over_columns() {
    let found = read(&fixture("parties-over"), &Limits::default()).unwrap();
    let expected = "\
別表第１（第３条関係）
１　医療

取組\t内容\t甲\t乙
図書の貸出し\tどの館の本も借りられる。\t検索を保つ。\t窓口を置く。
講習会\t救急の講習会を毎年の春と秋に開く。\t講師を送り、道具を貸す。\t会場を備える。
";
    assert_eq!(found.text, expected);
    assert_eq!(rules(&found), Vec::<&str>::new());
}

#[test]
fn fonts_of_every_kind() {
    let table = [
        ("collection", "あいうえお\n"),
        ("differences", "甲及び乙の役割(1)\n"),
        ("vertical", "第一条　甲及び乙は、次の取組を行う。\n"),
        ("actual", "乙の役割\n"),
    ];
    for (name, expected) in table {
        let found = read(&fixture(name), &Limits::default()).unwrap();
        assert_eq!((found.text.as_str(), rules(&found).len()), (expected, 0), "{name}");
    }
}

#[test]
fn places_are_on_the_page_as_shown() {
    let upright = read(&fixture("stacked-solid"), &Limits::default()).unwrap();
    let turned = read(&fixture("stacked-turned"), &Limits::default()).unwrap();
    let (a, b) = (upright.map[0].rect, turned.map[0].rect);
    // The turned page shows its first line along its right edge, from top to bottom.
    assert!(a[0] > 59. && a[0] < 61. && a[1] > 45. && a[3] < 65., "{a:?}");
    assert!(b[1] > 59. && b[1] < 61. && b[2] > 530. && b[2] - b[0] < 15., "{b:?}");
}

#[test]
fn headers_go_and_paragraphs_stay_whole() {
    let found = read(&fixture("running"), &Limits::default()).unwrap();
    let body = "甲及び乙は、住民の暮らしを支えるため、互いに力を持ち寄り、足りないところを補い合うものとし、その進め方は毎年度の初めに話し合って定める。";
    let page = |n| format!("（見出し{n}）\n第{n}条　{body}{body}\n");
    assert_eq!(found.text, (1..=4).map(page).collect::<Vec<_>>().join("\n"));
    assert_eq!(rules(&found), ["pdf-running-header"]);

    let columns = read(&fixture("columns"), &Limits::default()).unwrap();
    let body = body.repeat(4);
    assert_eq!(columns.text.replace('\n', ""), format!("第1条　{body}第2条　{body}"));
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = |name| read(&fixture(name), &Limits::default()).map(|d| d.text).unwrap_err();
    assert_eq!(error("password"), PdfError::Password);
    assert_eq!(error("scan"), PdfError::NoText { pages: "page 1".into() });
    assert_eq!(error("unknown"), PdfError::NoUnicode { missing: 5, total: 5 });
    assert_eq!(error("truncated"), PdfError::Damaged { pages: "page 1".into() });
    assert_eq!(read(b"nothing", &Limits::default()).map(|d| d.text).unwrap_err(), PdfError::NotPdf);
    for name in ["bomb", "bomb-objects", "bomb-forms"] {
        let start = Instant::now();
        assert!(matches!(error(name), PdfError::Budget { .. }), "{name}");
        assert!(start.elapsed() < Duration::from_secs(5), "{name}");
    }
    let few = Limits { glyphs: 10, ..Limits::default() };
    let too_many = PdfError::Budget { what: "glyphs", limit: 10 };
    assert_eq!(
        read(&fixture("actual"), &Limits { glyphs: 3, ..few }).map(|d| d.text).unwrap_err(),
        PdfError::Budget { what: "glyphs", limit: 3 }
    );
    assert_eq!(read(&fixture("running"), &few).map(|d| d.text).unwrap_err(), too_many);
}

#[test]
fn half_a_file_is_read_and_the_rest_named() {
    let found = read(&fixture("half"), &Limits::default()).unwrap();
    assert!(found.text.starts_with("第１条　甲及び乙は、協力する。\n"), "{}", found.text);
    let words: Vec<&str> = found.notes.iter().map(|n| n.words.en.as_str()).collect();
    assert_eq!(words, ["1 pages could not be found", "pages 2-4: a part of the content could not be read"]);
}

/// Truncated and changed files end, with text or an error, and soon.
#[test]
fn damage_does_no_harm() {
    let mut seed = 0x2545_F491_4F6C_DD1Du64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below.max(1) as u64) as usize
    };
    let names = [
        "stacked-cut",
        "horizontal-dotted",
        "stacked-90ms",
        "running",
        "encrypted",
        "vertical",
        "differences",
        "stacked-bars",
        "fields-none",
        "fields-middle",
        "fields-stacked",
        "parties-cut",
        "parties-over",
    ];
    for name in names {
        let whole = fixture(name);
        for round in 0..50 {
            let mut bytes = whole.clone();
            if round % 3 == 0 {
                bytes.truncate(random(whole.len()));
            }
            for _ in 0..[1, 5, 40, 300][round % 4] {
                let (at, value) = (random(bytes.len()), random(256) as u8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            let start = Instant::now();
            if let Ok(found) = read(&bytes, &Limits::default()) {
                check_map(&found);
            }
            assert!(start.elapsed() < Duration::from_secs(5), "{name} {round}");
        }
    }
}
