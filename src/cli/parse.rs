//! `kouotsu parse`

use super::args::{Parse, ParseFormat};
use super::{End, Outcome, files, write};
use crate::diagnostics::{Lang, Severity};
use crate::open::{Opened, Settings};
use crate::output::document::{Origin, agreement};
use crate::output::place::Lines;
use crate::output::{canonical, markdown, sheet};
use crate::schema::Agreement;
use std::io::IsTerminal;

/// Reads the files and writes what they say.
pub fn run(args: &Parse, lang: Lang) -> Outcome {
    let (config, _) = files::config(&args.input)?;
    let settings = files::settings(&args.input, &config)?;
    let mut end = End::Clean;
    let mut agreements = Vec::new();
    for path in &args.input.files {
        match files::open(path, &settings) {
            Ok(opened) => {
                let found = read(&opened, &settings, args.spans, lang);
                hint(&found, lang);
                agreements.extend(found);
            }
            Err(words) => {
                write::complain(words.get(lang));
                end = End::Failed;
            }
        }
    }
    if agreements.is_empty() {
        return Ok(end);
    }
    let pretty = args.pretty || (args.output.output.is_none() && std::io::stdout().is_terminal());
    let text = format(&agreements, args, pretty, lang);
    Ok(write::to(args.output.output.as_deref(), text.as_bytes())?.max(end))
}

/// The agreements of one file.
pub fn read(opened: &Opened, settings: &Settings, spans: bool, lang: Lang) -> Vec<Agreement> {
    let parsed = opened.parse(settings);
    let lines = spans.then(|| Lines::new(&opened.text, &opened.map));
    let origin = Origin { source: opened.source.clone(), places: lines.as_ref(), lang };
    parsed.readings.iter().map(|reading| agreement(reading, parsed.source, &origin)).collect()
}

/// One line on standard error when the reader was not sure.
fn hint(agreements: &[Agreement], lang: Lang) {
    let doubts: Vec<_> =
        agreements.iter().flat_map(|a| &a.diagnostics).filter(|d| d.severity >= Severity::Warning).collect();
    let (Some(first), Some(agreement)) = (doubts.first(), agreements.first()) else { return };
    let (name, count, message) = (&agreement.source.name, doubts.len(), &first.message);
    write::complain(&match lang {
        Lang::Ja => {
            format!("{name}: 読み取りに確信のない箇所が{count}件あります（例: {message}）。diagnostics を見てください")
        }
        Lang::En => format!("{name}: the reader is not sure of {count} places (such as: {message}); see diagnostics"),
    });
}

fn format(agreements: &[Agreement], args: &Parse, pretty: bool, lang: Lang) -> String {
    match args.format {
        ParseFormat::Json => json(agreements, pretty),
        ParseFormat::Ndjson => agreements.iter().map(|a| serde_json::to_string(a).unwrap_or_default() + "\n").collect(),
        ParseFormat::Csv => sheet::write(agreements, b',', args.bom, lang),
        ParseFormat::Tsv => sheet::write(agreements, b'\t', args.bom, lang),
        ParseFormat::Markdown => {
            agreements.iter().map(|a| markdown::write(a, lang)).collect::<Vec<_>>().join("\n---\n\n")
        }
        ParseFormat::Text => agreements.iter().map(canonical::write).collect::<Vec<_>>().join("\n"),
    }
}

/// An object for one agreement, a list for several.
fn json(agreements: &[Agreement], pretty: bool) -> String {
    let text = match (agreements, pretty) {
        ([one], true) => serde_json::to_string_pretty(one),
        ([one], false) => serde_json::to_string(one),
        (all, true) => serde_json::to_string_pretty(all),
        (all, false) => serde_json::to_string(all),
    };
    text.unwrap_or_default() + "\n"
}
