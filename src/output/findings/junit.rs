//! JUnit XML: one suite a file, one case a finding.

use super::{File, Report, sentences};
use crate::diagnostics::{Diagnostic, Lang, Severity};
use crate::output::place::{Lines, visible};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

type Xml = Writer<Vec<u8>>;

/// Errors and warnings fail; a note passes and is said in `system-out`; a file that cannot be read is an `error`.
/// The counts are properties of each suite.
pub fn write(report: &Report) -> String {
    let errors = report.files.iter().map(|file| count(file, "error")).sum::<usize>().to_string();
    let failures = report.files.iter().map(|file| count(file, "failure")).sum::<usize>().to_string();
    let tests = report.files.iter().map(cases).sum::<usize>().to_string();
    document(|xml| {
        xml.create_element("testsuites")
            .with_attributes([("name", "kouotsu"), ("tests", tests.as_str()), ("failures", failures.as_str())])
            .with_attribute(("errors", errors.as_str()))
            .write_inner_content(|xml| report.files.iter().try_for_each(|file| suite(xml, file, report.lang)))?;
        Ok(())
    })
}

/// An XML document, indented.
pub(super) fn document(content: impl FnOnce(&mut Xml) -> std::io::Result<()>) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let _ = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).and_then(|()| content(&mut xml));
    String::from_utf8(xml.into_inner()).map_or_else(|_| String::new(), |text| text + "\n")
}

/// A file without findings is one case that passes.
fn cases(file: &File) -> usize {
    file.findings.len().max(1)
}

fn count(file: &File, name: &str) -> usize {
    file.findings.iter().filter(|finding| element(finding) == name).count()
}

/// What a finding makes of its case.
fn element(finding: &Diagnostic) -> &'static str {
    match (finding.rule, finding.severity) {
        ("file-unreadable", _) => "error",
        (_, Severity::Note) => "system-out",
        _ => "failure",
    }
}

fn suite(xml: &mut Xml, file: &File, lang: Lang) -> std::io::Result<()> {
    let lines = Lines::new(&file.text, &file.map);
    let name = visible(&file.name);
    let failures = count(file, "failure").to_string();
    let errors = count(file, "error").to_string();
    let tests = cases(file).to_string();
    let counts =
        [("tests", tests.as_str()), ("failures", failures.as_str()), ("errors", errors.as_str()), ("skipped", "0")];
    xml.create_element("testsuite")
        .with_attribute(("name", name.as_str()))
        .with_attributes(counts)
        .write_inner_content(|xml| {
            properties(xml, file)?;
            if file.findings.is_empty() {
                let passed = [("classname", name.as_str()), ("name", "kouotsu")];
                xml.create_element("testcase").with_attributes(passed).write_empty()?;
            }
            file.findings.iter().try_for_each(|finding| case(xml, finding, &name, &lines, lang))
        })?;
    Ok(())
}

fn properties(xml: &mut Xml, file: &File) -> std::io::Result<()> {
    let values = [
        ("suppressed", file.suppressed.to_string()),
        ("known", file.known.to_string()),
        ("initiatives", file.coverage.initiatives.to_string()),
        ("complete", file.coverage.complete.to_string()),
    ];
    xml.create_element("properties").write_inner_content(|xml| {
        values.iter().try_for_each(|(name, value)| {
            xml.create_element("property").with_attributes([("name", *name), ("value", value)]).write_empty().map(drop)
        })
    })?;
    Ok(())
}

fn case(xml: &mut Xml, finding: &Diagnostic, file: &str, lines: &Lines, lang: Lang) -> std::io::Result<()> {
    let place = finding.span.map(|span| lines.place(span)).map(|p| format!("{}:{}", p.line, p.column));
    let parts = [Some(finding.rule.to_string()), Some(visible(&finding.path)), place];
    let name = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let message = visible(finding.words.get(lang));
    let body = sentences(finding, lang);
    let body = BytesText::new(&body);
    xml.create_element("testcase")
        .with_attributes([("classname", file), ("name", name.as_str())])
        .write_inner_content(|xml| {
            let result = xml.create_element(element(finding));
            let result = match element(finding) {
                "system-out" => result,
                _ => result.with_attributes([("type", finding.rule), ("message", message.as_str())]),
            };
            result.write_text_content(body).map(drop)
        })?;
    Ok(())
}
