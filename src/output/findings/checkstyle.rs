//! Checkstyle XML: Jenkins and many others read it.

use super::{File, Report, junit, sentences};
use crate::diagnostics::{Diagnostic, Lang, Severity};
use crate::output::place::{Lines, visible};
use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

/// One `<file>` a file; the counts stand in a comment, since the format has no place for them.
pub fn write(report: &Report) -> String {
    junit::document(|xml| {
        // A comment must not hold `--`; the counts never do.
        xml.write_event(Event::Comment(BytesText::new(&format!(" {} ", report.summary().words().get(report.lang)))))?;
        xml.create_element("checkstyle")
            .with_attribute(("version", "8.0"))
            .write_inner_content(|xml| report.files.iter().try_for_each(|file| element(xml, file, report.lang)))?;
        Ok(())
    })
}

fn element(xml: &mut Writer<Vec<u8>>, file: &File, lang: Lang) -> std::io::Result<()> {
    let lines = Lines::new(&file.text, &file.map);
    let name = visible(&file.name);
    xml.create_element("file")
        .with_attribute(("name", name.as_str()))
        .write_inner_content(|xml| file.findings.iter().try_for_each(|finding| error(xml, finding, &lines, lang)))?;
    Ok(())
}

fn error(xml: &mut Writer<Vec<u8>>, finding: &Diagnostic, lines: &Lines, lang: Lang) -> std::io::Result<()> {
    let severity = match finding.severity {
        Severity::Note => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let message = sentences(finding, lang).replace('\n', " / ");
    let source = format!("kouotsu.{}", finding.rule);
    // As in checkstyle itself, line 0 is the file as a whole.
    let place = finding.span.map(|span| lines.place(span)).map_or((0, 0), |p| (p.line, p.column));
    let (line, column) = (place.0.to_string(), place.1.to_string());
    xml.create_element("error")
        .with_attributes([("line", line.as_str()), ("column", column.as_str()), ("severity", severity)])
        .with_attributes([("message", message.as_str()), ("source", source.as_str())])
        .write_empty()?;
    Ok(())
}
