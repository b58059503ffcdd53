//! For people: the line with its caret, related places, help, and a last line with the counts.

use super::{File, Report};
use crate::diagnostics::{Diagnostic, Severity};
use crate::output::place::{Lines, visible};
use crate::rules::{explain, said};
use crate::span::Span;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Longer lines are named but not shown: nobody reads them in a terminal.
const LONGEST_LINE: usize = 20_000;

/// The whole report; colours only if [`Report::colour`] says so.
pub fn write(report: &Report) -> String {
    let renderer = if report.colour { Renderer::styled() } else { Renderer::plain() };
    let mut page = String::new();
    for file in &report.files {
        let lines = Lines::new(&file.text, &file.map);
        for finding in &file.findings {
            page += &renderer.render(&[group(finding, file, &lines, report)]);
            page += "\n\n";
        }
    }
    page + report.summary().words().get(report.lang) + "\n"
}

/// Whether colours may go to standard output.
pub fn colour() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

fn group<'a>(finding: &Diagnostic, file: &File, lines: &Lines, report: &Report) -> Group<'a> {
    let lang = report.lang;
    let level = match finding.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level
        .with_name(explain::severity(finding.severity, lang))
        .primary_title(visible(finding.words.get(lang)))
        .id(finding.rule);
    let mut group =
        show(Group::with_title(title), AnnotationKind::Primary, &finding.path, "", finding.span, file, lines);
    for related in &finding.related {
        group = show(group, AnnotationKind::Context, &related.path, related.words.get(lang), related.span, file, lines);
    }
    match &finding.help {
        Some(help) => {
            let label = said(("助言", "help"), lang);
            group.element(Level::HELP.with_name(label).message(visible(help.get(lang))))
        }
        None => group,
    }
}

/// Adds a place: its line with a caret under the words, or its name alone where there is no line to show.
fn show<'a>(
    group: Group<'a>,
    kind: AnnotationKind,
    path: &str,
    words: &str,
    span: Option<Span>,
    file: &File,
    lines: &Lines,
) -> Group<'a> {
    let name = visible(&file.name);
    let page = span.and_then(|span| lines.place(span).page).map(|page| format!("p. {page}")).unwrap_or_default();
    let label = [page.as_str(), path, words]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(visible)
        .collect::<Vec<_>>()
        .join(": ");
    let Some(span) = span else {
        let named = if label.is_empty() { name } else { format!("{name} {label}") };
        return group.element(Origin::path(named));
    };
    let place = lines.place(span);
    let (line, start) = lines.line(place.line);
    if line.len() > LONGEST_LINE {
        return group.element(Origin::path(name).line(place.line).char_column(place.column));
    }
    let from = (place.start as usize).saturating_sub(start).min(line.len());
    let to = (place.end as usize).saturating_sub(start).clamp(from, line.len());
    let before = visible(line.get(..from).unwrap_or_default());
    let marked = visible(line.get(from..to).unwrap_or_default());
    let range = before.len()..before.len() + marked.len();
    let shown = before + &marked + &visible(line.get(to..).unwrap_or_default());
    let annotation: Annotation = kind.span(range).label(label);
    group.element(Snippet::source(shown).line_start(place.line).path(name).annotation(annotation))
}
