use super::*;
use std::io::Write;

const LIMIT: u64 = 1 << 20;
const SPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#
);

/// A Word file of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>")
}

fn word(body: &str) -> Vec<u8> {
    package(&[("word/document.xml", &document(body))])
}

/// Text and the rules of the notes.
fn text(body: &str) -> (String, Vec<&'static str>) {
    let document = read(&word(body), LIMIT).unwrap();
    (document.text, document.notes.iter().map(|note| note.rule).collect())
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(properties: &str, text: &str) -> String {
    let paragraphs: String = text.split('|').map(p).collect();
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>")
}

fn row(cells: &[(&str, &str)]) -> String {
    let cells: String = cells.iter().map(|(properties, text)| cell(properties, text)).collect();
    format!("<w:tr>{cells}</w:tr>")
}

const TOP: &str = r#"<w:vMerge w:val="restart"/>"#;
const LOWER: &str = "<w:vMerge/>";
const TWO: &str = r#"<w:gridSpan w:val="2"/>"#;

#[test]
fn runs() {
    for (body, expected, notes) in [
        (
            "<w:p><w:r><w:t>青葉市</w:t><w:tab/><w:t>と</w:t></w:r><w:r><w:t>楓村</w:t></w:r></w:p>",
            "青葉市　と楓村\n",
            &[][..],
        ),
        ("<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:br w:type=\"page\"/></w:r></w:p>", "上\n下\n", &[]),
        (
            "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>",
            "新\n",
            &["input-tracked-changes"],
        ),
        (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>後半</w:t></w:r></w:p>",
            "前半後半\n",
            &["input-tracked-changes"],
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>かえで</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>楓</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>村</w:t></w:r></w:p>",
            "楓村\n",
            &["input-ruby"],
        ),
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>公</w:t></w:r></w:p>",
            "公\n",
            &["input-hidden-text"],
        ),
        (
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> PAGE </w:instrText><w:t>3</w:t></w:r><w:hyperlink><w:r><w:t>頁</w:t></w:r></w:hyperlink></w:p>",
            "3頁\n",
            &[],
        ),
        (
            "<w:p><w:r><w:instrText>EQ \\o\\ad(\\s\\up 9(かえで)</w:instrText></w:r><w:r><w:instrText>,楓)</w:instrText></w:r></w:p>",
            "楓\n",
            &["input-ruby"],
        ),
        (
            "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F06C\"/><w:t>12</w:t><w:noBreakHyphen/><w:t>3&amp;&#x7532;</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
            "〓12-3&甲\n",
            &["input-symbol", "input-footnote"],
        ),
        (
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>欄</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "欄\n",
            &[],
        ),
        ("<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>", "x\n", &[]),
        ("<w:p><w:r><w:drawing><a:blip/></w:drawing><w:t>図</w:t></w:r></w:p>", "図\n", &["input-image"]),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>本文</w:t></w:r></w:p>",
            "本文\n\n箱\n",
            &["input-text-box"],
        ),
    ] {
        assert_eq!(text(body), (expected.to_string(), notes.to_vec()), "{body}");
    }
}

#[test]
fn stacked_table() {
    let table = [
        row(&[(TOP, "図書館の|共同利用"), ("", "取組内容"), ("", "蔵書を共有する。")]),
        row(&[(LOWER, ""), ("", "甲の|役割"), ("", "次に掲げること。|(1) 検索の仕組み|(2) 配送")]),
        row(&[(LOWER, ""), ("", "乙の役割"), ("", "窓口を置く。")]),
    ]
    .concat();
    let (out, notes) = text(&format!("{}<w:tbl>{table}</w:tbl>{}", p("1 教育"), p("2 医療")));
    assert_eq!(
        out,
        "1 教育\n\n図書館の共同利用\t取組内容\t蔵書を共有する。\n\t甲の役割\t次に掲げること。\n\t\t(1) 検索の仕組み\n\t\t(2) 配送\n\t乙の役割\t窓口を置く。\n\n2 医療\n"
    );
    assert_eq!(notes, ["input-cell-lines"]);
}

#[test]
fn horizontal_table() {
    let table = [
        row(&[(TOP, "項目"), (TOP, "取組内容"), (TWO, "役割")]),
        row(&[(LOWER, ""), (LOWER, ""), ("", "甲"), ("", "乙")]),
        row(&[(r#"<w:gridSpan w:val="4"/>"#, "1 防災")]),
        row(&[("", "備蓄"), ("", "量を決める。|(1) 水"), ("", "倉庫を置く。"), ("", "")]),
        row(&[("", "訓練"), ("", "毎年行う。"), (TWO, "人を出す。")]),
    ]
    .concat();
    let (out, notes) = text(&format!("<w:tbl>{table}</w:tbl>"));
    assert_eq!(
        out,
        "項目\t取組内容\t甲の役割\t乙の役割\n\n1 防災\n\n備蓄\t量を決める。　(1) 水\t倉庫を置く。\t\n訓練\t毎年行う。\t人を出す。\t人を出す。\n\n"
    );
    assert_eq!(notes, ["input-cell-lines", "input-shared-cell", "input-header-rows"]);
}

#[test]
fn tables_that_are_none() {
    let nested = format!("<w:tbl>{}</w:tbl>", row(&[("", "一"), ("", "二")]));
    let outer = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{nested}</w:tc></w:tr></w:tbl>", p("名"));
    assert_eq!(text(&outer), ("名\t一　二\n\n".to_string(), vec!["input-nested-table"]));
    let frame = format!("<w:tbl>{}{}</w:tbl>", row(&[("", "枠の中")]), row(&[("", "次の段落")]));
    assert_eq!(text(&frame).0, "枠の中\n\n次の段落\n\n");
    let signed = row(&[("", "甲　青葉市中央1番地|青葉市長　山川 一郎"), ("", "乙　楓村字上2番地|楓村長　谷 二郎")]);
    assert_eq!(
        text(&format!("<w:tbl>{signed}</w:tbl>")).0,
        "甲　青葉市中央1番地\n\n青葉市長　山川 一郎\n\n乙　楓村字上2番地\n\n楓村長　谷 二郎\n\n"
    );
}

#[test]
fn borders_that_do_not_meet_and_deleted_rows() {
    let grid = r#"<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="12"/><w:gridCol w:w="5000"/></w:tblGrid>"#;
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", "消えた行"));
    let table =
        [row(&[("", "甲の役割"), (TWO, "始める。")]), row(&[(TWO, "乙の役割"), ("", "続ける。")]), deleted].concat();
    let (out, notes) = text(&format!("<w:tbl>{grid}{table}</w:tbl>"));
    assert_eq!(out, "甲の役割\t始める。\n乙の役割\t続ける。\n\n");
    assert_eq!(notes, ["input-tracked-changes"]);
}

#[test]
fn numbers_from_paragraphs_and_styles() {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let level = |at: u32, format: &str, text: &str, style: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{style}<w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let levels = [
        level(0, "decimalFullWidth", "第%1条", r#"<w:pStyle w:val="jo"/>"#),
        level(1, "decimal", "(%2)", r#"<w:pStyle w:val="go"/>"#),
    ]
    .concat();
    let numbering = format!(
        r#"<w:numbering xmlns:w="{main}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    );
    let style = |id: &str, more: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:pPr><w:numPr>{more}<w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#
        )
    };
    let styles = format!(
        r#"<w:styles xmlns:w="{main}">{}{}</w:styles>"#,
        style("jo", ""),
        style("go", r#"<w:ilvl w:val="1"/>"#)
    );
    let styled =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        styled(r#"<w:pStyle w:val="jo"/>"#, "目的を定める。"),
        styled(r#"<w:pStyle w:val="go"/>"#, "医療"),
        styled(r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>"#, "教育"),
        styled(r#"<w:pStyle w:val="jo"/><w:numPr><w:numId w:val="0"/></w:numPr>"#, "番号なし"),
        styled(r#"<w:pStyle w:val="jo"/>"#, "分担を定める。"),
    ]
    .concat();
    let links = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/numbering" Target="numbering.xml"/>
        <Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="/word/styles.xml"/></Relationships>"#;
    let bytes = package(&[
        ("word/document.xml", &document(&body)),
        ("word/_rels/document.xml.rels", links),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", &styles),
    ]);
    let document = read(&bytes, LIMIT).unwrap();
    assert_eq!(
        document.text,
        "第１条　目的を定める。\n\n(1)　医療\n\n(2)　教育\n\n番号なし\n\n第２条　分担を定める。\n"
    );
    assert_eq!(document.notes[0].rule, "input-numbered");
}

#[test]
fn strict_namespace_and_other_prefix() {
    let main = r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>厳</x:t></x:r></x:p></x:body></x:document>"#;
    let links = r#"<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="other/main.xml"/></Relationships>"#;
    let bytes = package(&[("_rels/.rels", links), ("other/main.xml", main)]);
    assert_eq!(read(&bytes, LIMIT).unwrap().text, "厳\n");
}

#[test]
fn what_cannot_be_read() {
    let bomb = word(&p(&"あ".repeat(1 << 20)));
    assert!(bomb.len() < 100_000);
    assert!(matches!(read(&bomb, LIMIT), Err(Error::TooLarge { limit: LIMIT })));
    assert!(matches!(read(b"PK\x03\x04", LIMIT), Err(Error::Archive(_))));
    assert!(matches!(read(&package(&[("a.txt", "a")]), LIMIT), Err(Error::NoDocument)));
    for broken in ["<w:p>", "<w:document><w:p></w:document>", "<w:p a=>"] {
        let error = read(&package(&[("word/document.xml", broken)]), LIMIT).unwrap_err();
        assert!(!error.to_string().contains('\n') && error.words().ja.contains("document.xml"), "{error}");
    }
}

#[test]
fn depth_is_bounded() {
    let times = 5_000;
    let deep = format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(times), p("底"), "</w:tc></w:tr></w:tbl>".repeat(times));
    let (out, notes) = text(&deep);
    assert_eq!(out.trim(), "底");
    assert!(notes.contains(&"input-deep"));
    let wide = format!("<w:tbl>{}</w:tbl>", row(&[(r#"<w:gridSpan w:val="4000000000"/>"#, "広"); 300]));
    assert!(text(&wide).0.contains('広'));
}

#[test]
fn damaged_files_do_not_panic() {
    let table = row(&[(TOP, "名"), (TWO, "文")]);
    let whole = document(&format!("<w:tbl>{table}{table}</w:tbl>{}", p("終")));
    let parts: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
    for (count, at) in parts.iter().enumerate() {
        let mut cut = whole.clone();
        let end = parts.get(count + 1 + count % 7).copied().unwrap_or(whole.len());
        cut.replace_range(at..&end, if count % 2 == 0 { "" } else { "<w:tr>" });
        let _ = read(&package(&[("word/document.xml", &cut)]), LIMIT);
    }
    let bytes = word(&p("終"));
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        let _ = read(&damaged, LIMIT);
        let _ = read(&bytes[..at], LIMIT);
    }
}
