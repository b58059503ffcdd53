use super::html::{heads, sides};
use super::table::{Columns, Row, Run, Side, rows};
use super::{FormatError, escape_xml};
use crate::schema::Agreement;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="MS Mincho" w:hAnsi="MS Mincho" w:eastAsia="ＭＳ 明朝" w:cs="MS Mincho"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"#;

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Width of a column in twentieths of a point: A4 less its margins, halved.
const COLUMN: u32 = 4960;

/// The 新旧対照表 as a Word file.
pub fn docx(old: &Agreement, new: &Agreement, columns: Columns) -> Result<Vec<u8>, FormatError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_string()),
        ("_rels/.rels", RELATIONS.to_string()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_string()),
        ("word/styles.xml", STYLES.to_string()),
        ("word/document.xml", document(old, new, columns)),
    ];
    for (name, xml) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(xml.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn document(old: &Agreement, new: &Agreement, columns: Columns) -> String {
    let title = if new.title.is_empty() { &old.title } else { &new.title };
    let title = paragraph(r#"<w:jc w:val="center"/>"#, &run(&format!("{title}　新旧対照表"), "<w:b/>"));
    let (left, right) = heads(columns);
    let head = |words: &str| {
        cell(
            r#"<w:top w:val="single" w:sz="6"/><w:bottom w:val="single" w:sz="6"/>"#,
            &paragraph(r#"<w:jc w:val="center"/>"#, &run(words, "")),
        )
    };
    let mut table = format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}{}</w:tr>", head(left), head(right));
    for row in rows(old, new) {
        table.push_str(&table_row(&row, columns));
    }
    let border = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="6" w:space="0" w:color="auto"/>"#);
    let borders: String = ["top", "left", "bottom", "right", "insideV"].map(border).concat();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="{NAMESPACE}"><w:body>{title}<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{COLUMN}"/><w:gridCol w:w="{COLUMN}"/></w:tblGrid>{table}</w:tbl>{}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="992" w:bottom="1134" w:left="992" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
        COLUMN * 2,
        paragraph("", ""),
    )
}

fn table_row(row: &Row, columns: Columns) -> String {
    let (left, right) = sides(row, columns);
    let rule = if row.begins { r#"<w:top w:val="single" w:sz="4" w:space="0" w:color="808080"/>"# } else { "" };
    let side = |side: &Side| {
        let bold = if row.heading { "<w:b/>" } else { "" };
        let mut words = runs(&side.label, bold);
        if !(side.label.is_empty() || side.body.is_empty()) {
            words.push_str(&run("　", ""));
        }
        words.push_str(&runs(&side.body, bold));
        let indent = 210 * (u32::from(row.level) + 1);
        cell(rule, &paragraph(&format!(r#"<w:ind w:left="{indent}" w:hanging="210"/>"#), &words))
    };
    format!("<w:tr>{}{}</w:tr>", side(left), side(right))
}

fn cell(borders: &str, content: &str) -> String {
    let borders = if borders.is_empty() { String::new() } else { format!("<w:tcBorders>{borders}</w:tcBorders>") };
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{COLUMN}" w:type="dxa"/>{borders}</w:tcPr>{content}</w:tc>"#)
}

fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn runs(runs: &[Run], properties: &str) -> String {
    let one = |r: &Run| match r.marked {
        true => run(&r.text, &format!(r#"{properties}<w:u w:val="single"/>"#)),
        false => run(&r.text, properties),
    };
    runs.iter().map(one).collect()
}

fn run(text: &str, properties: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').map(|l| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape_xml(l))).collect();
    format!("<w:r><w:rPr>{properties}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
}
