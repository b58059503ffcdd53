//! A readable page: articles as text, initiatives as tables.

use super::sheet;
use crate::diagnostics::Lang;
use crate::schema::{Agreement, Item};

/// One agreement as Markdown.
pub fn write(agreement: &Agreement, lang: Lang) -> String {
    let mut out = format!("# {}\n\n", text(&agreement.title));
    for party in &agreement.parties {
        let signer = party.representative.as_ref().map_or(String::new(), |r| {
            format!(
                "（{}）",
                [r.office.as_deref(), r.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
            )
        });
        out.push_str(&format!("- **{}** {}{}\n", text(&party.symbol), text(&party.name), text(&signer)));
    }
    if let Some(date) = &agreement.date {
        out.push_str(&format!("- {}\n", text(&date.text)));
    }
    out.push_str(&format!("\n{}\n\n", text(agreement.preamble.as_deref().unwrap_or(""))));
    for article in &agreement.articles {
        let caption = article.caption.as_ref().map_or(String::new(), |c| format!("（{c}）"));
        out.push_str(&format!("## {}{}\n\n", text(&article.label), text(&caption)));
        for paragraph in &article.paragraphs {
            let number = if paragraph.number > 1 { format!("{}　", paragraph.number) } else { String::new() };
            out.push_str(&format!("{number}{}\n\n", text(&paragraph.text)));
            items(&mut out, &paragraph.items, 0);
        }
    }
    out.push_str(&format!("{}\n\n", text(agreement.closing.as_deref().unwrap_or(""))));
    tables(&mut out, agreement, lang);
    out
}

fn items(out: &mut String, list: &[Item], depth: usize) {
    for item in list {
        out.push_str(&format!("{}- {} {}\n", "  ".repeat(depth), text(&item.label), text(&item.text)));
        items(out, &item.items, depth + 1);
    }
    if depth == 0 && !list.is_empty() {
        out.push('\n');
    }
}

/// A table for each field, headed by where it stands.
fn tables(out: &mut String, agreement: &Agreement, lang: Lang) {
    let parties = sheet::parties(std::slice::from_ref(agreement));
    let header = sheet::header(&parties, lang);
    let mut last = (String::new(), String::new());
    for row in sheet::rows(agreement) {
        let here = (format!("{} {}", row.table, row.area), row.field.clone());
        if here.0 != last.0 {
            out.push_str(&format!("## {}\n\n", text(&here.0)));
        }
        if here != last {
            out.push_str(&format!(
                "### {}\n\n| {} |\n|{}\n",
                text(&here.1),
                header[4..].join(" | "),
                "---|".repeat(header.len() - 4)
            ));
        }
        let cells = sheet::cells("", &row, &parties);
        out.push_str(&format!("| {} |\n", cells[4..].iter().map(|c| text(c)).collect::<Vec<_>>().join(" | ")));
        last = here;
    }
}

/// Words that Markdown shall not read as markup.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '|' | '*' | '_' | '`' | '<' | '[' | ']' | '#' | '\\' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
