use super::table::{Columns, NEW, OLD, Row, Run, Side, rows};
use super::{escape_xml, summary_line};
use crate::diagnostics::Lang;
use crate::diff::fold::fold;
use crate::diff::types::Diff;
use crate::schema::Agreement;

const STYLE: &str = include_str!("table.css");

/// The 新旧対照表 as one page that needs nothing else: for A4 paper, wide and narrow screens, light and dark.
pub fn html(diff: &Diff, old: &Agreement, new: &Agreement, columns: Columns, lang: Lang) -> String {
    let title = if new.title.is_empty() { &old.title } else { &new.title };
    let title = format!("{}　新旧対照表", escape_xml(title));
    let (left, right) = heads(columns);
    let mut body = String::new();
    for row in rows(old, new) {
        body.push_str(&table_row(&row, columns));
    }
    let notes = match lang {
        Lang::Ja => "下線は変更された部分、（略）は変更のない部分",
        Lang::En => "Underlined: changed. （略）: unchanged. （新設）: new. （削る）: deleted.",
    };
    let summary = escape_xml(&summary_line(&diff.summary, lang));
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p class=\"summary\">{summary}</p>\n\
         <table>\n<thead><tr><th scope=\"col\">{left}</th><th scope=\"col\">{right}</th></tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n\
         <p class=\"notes\">{notes}</p>\n</body>\n</html>\n"
    )
}

/// Words of the heading row, left and right.
pub(super) fn heads(columns: Columns) -> (&'static str, &'static str) {
    if columns == Columns::NewLeft { (NEW, OLD) } else { (OLD, NEW) }
}

/// The sides of a row, left and right.
pub(super) fn sides(row: &Row, columns: Columns) -> (&Side, &Side) {
    if columns == Columns::NewLeft { (&row.new, &row.old) } else { (&row.old, &row.new) }
}

fn table_row(row: &Row, columns: Columns) -> String {
    let (left, right) = sides(row, columns);
    let (left_head, right_head) = heads(columns);
    let class = match (row.begins, row.heading) {
        (true, true) => " class=\"begins heading\"",
        (true, false) => " class=\"begins\"",
        (false, true) => " class=\"heading\"",
        (false, false) => "",
    };
    // On a narrow screen the sides stand below each other: what is the same on both is shown once there.
    let both = |side: &Side| side.label.iter().chain(&side.body).map(|r| fold(&r.text)).collect::<String>();
    let marked = |side: &Side| side.label.iter().chain(&side.body).any(|r| r.marked);
    let twins = !marked(left) && !marked(right) && both(left) == both(right);
    let cell = |side: &Side, head: &str, class: &str| {
        let empty = side.label.is_empty() && side.body.is_empty();
        let class = if empty { " class=\"empty\"" } else { class };
        format!("<td{class} data-side=\"{head}\"><div class=\"l{}\">{}</div></td>", row.level.min(6), words(side))
    };
    let (left_class, right_class) = if twins { (" class=\"both\"", " class=\"again\"") } else { ("", "") };
    format!("<tr{class}>{}{}</tr>\n", cell(left, left_head, left_class), cell(right, right_head, right_class))
}

fn words(side: &Side) -> String {
    let (label, body) = (runs(&side.label), runs(&side.body));
    if label.is_empty() || body.is_empty() { label + &body } else { format!("{label}　{body}") }
}

fn runs(runs: &[Run]) -> String {
    let run = |run: &Run| {
        let text = escape_xml(&run.text).replace('\n', "<br>");
        if run.marked { format!("<u>{text}</u>") } else { text }
    };
    runs.iter().map(run).collect()
}
