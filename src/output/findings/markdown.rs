//! For a comment in a pull request, or `GITHUB_STEP_SUMMARY`.

use super::{File, Report};
use crate::diagnostics::{Diagnostic, Lang};
use crate::output::place::{Lines, visible};
use crate::rules::{explain, said};

/// A comment on GitHub holds 65,536 letters.
const LONGEST: usize = 60_000;

/// The counts, then one table row a finding. What no longer fits is counted.
pub fn write(report: &Report) -> String {
    let lang = report.lang;
    let mut page = format!("### kouotsu\n\n{}\n", report.summary().words().get(lang));
    let rows: Vec<_> = report.files.iter().flat_map(|file| rows(file, lang)).collect();
    if rows.is_empty() {
        return page;
    }
    page += said(
        (
            "\n| 重さ | 場所 | 規則 | 内容 |\n| --- | --- | --- | --- |\n",
            "\n| level | place | rule | message |\n| --- | --- | --- | --- |\n",
        ),
        lang,
    );
    let mut length = page.chars().count();
    let fitting = rows.iter().take_while(|row| {
        length += row.chars().count();
        length <= LONGEST
    });
    let shown = fitting.map(|row| page += row).count();
    match rows.len() - shown {
        0 => page,
        left => page + &said(("\nほか {} 件\n", "\n{} more\n"), lang).replace("{}", &left.to_string()),
    }
}

fn rows(file: &File, lang: Lang) -> Vec<String> {
    let lines = Lines::new(&file.text, &file.map);
    file.findings.iter().map(|finding| row(finding, file, &lines, lang)).collect()
}

fn row(finding: &Diagnostic, file: &File, lines: &Lines, lang: Lang) -> String {
    let line = match finding.span.map(|span| lines.place(span)) {
        Some(place) => place.page.map_or(format!(":{}", place.line), |page| format!(" p. {page}")),
        None => String::new(),
    };
    let help = finding.help.as_ref().map(|help| format!("<br>→ {}", escape(help.get(lang)))).unwrap_or_default();
    format!(
        "| {} | {}{line} {} | `{}` | {}{help} |\n",
        explain::severity(finding.severity, lang),
        escape(&file.name),
        escape(&finding.path),
        finding.rule,
        escape(finding.words.get(lang)),
    )
}

/// Words of a document are no markup, no link and no mention.
fn escape(text: &str) -> String {
    let escaped = |c: char| match c {
        '&' | '<' | '>' | '@' | '#' | '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '!' | '$' => {
            format!("&#{};", c as u32)
        }
        c => c.into(),
    };
    visible(text).chars().map(escaped).collect()
}
