//! `kouotsu parse`

use super::args::{Parse, ParseFormat};
use super::batch::{self, Batch, Given};
use super::progress::Glance;
use super::resume::{self, Held};
use super::sink::{self, Rooms, Sink};
use super::sources::{self, Scope, Source};
use super::write::{self, Target};
use super::{End, Outcome, files, material, records};
use crate::diagnostics::{Lang, Severity, Words};
use crate::open::{Opened, Settings};
use crate::output::document::{Origin, agreement};
use crate::output::place::Lines;
use crate::output::{canonical, markdown, sheet};
use crate::parse::Parsed;
use crate::schema::Agreement;
use std::io::{BufWriter, IsTerminal};
use std::path::Path;

/// Reads the files and writes what they say.
pub fn run(args: &Parse, lang: Lang) -> Outcome {
    let (config, place) = files::config(&args.input)?;
    let settings = files::settings(&args.input, &config)?;
    let pretty = args.pretty || (args.output.output.is_none() && std::io::stdout().is_terminal());
    match args.input.files.as_slice() {
        _ if args.records => records::run(args, &settings, lang),
        // the shortest way for what is done most
        [path] if args.format != ParseFormat::Xlsx && !args.resume && !sources::are_many(&args.input) => {
            one(path, args, &settings, pretty, lang)
        }
        _ => {
            let scope = Scope { config: &config, place: place.as_deref(), output: args.output.output.as_deref() };
            many(args, scope, &settings, pretty, lang)
        }
    }
}

fn one(path: &Path, args: &Parse, settings: &Settings, pretty: bool, lang: Lang) -> Outcome {
    let opened = files::open(path, settings)?;
    let found = read(&opened, settings, args.spans, lang);
    hint(&found, lang);
    let text = format(&found, args, pretty, lang);
    write::to(args.output.output.as_deref(), text.as_bytes())
}

/// Reads files as they are found and writes each before the next.
fn many(args: &Parse, scope: Scope, settings: &Settings, pretty: bool, lang: Lang) -> Outcome {
    let spans = args.spans || args.format == ParseFormat::Xlsx;
    if args.format == ParseFormat::Xlsx && scope.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Words::new("xlsx は --output でファイルに書いてください", "write xlsx to a file with --output"));
    }
    let place = scope.output.unwrap_or(Path::new("stdout"));
    let failed = |error: std::io::Error| write::failed(place, &error);
    let (held, target) = match scope.output {
        Some(path) if args.resume => resumed(path, args.format)?,
        output => (None, Target::open(output).map_err(failed)?),
    };
    let mut sink = Sink::new(target, args, pretty, lang).map_err(failed)?;
    let rooms = Rooms::default();
    let batch = Batch { input: &args.input, scope, settings, held: held.as_ref(), lang };
    let read = |opened: Opened, source: &Source| {
        let parsed = opened.parse(settings);
        if !source.named
            && let Some(other) = material::by_readings(&opened, &parsed.readings)
        {
            return Err(other);
        }
        let found = agreements(&opened, parsed, spans, lang);
        Ok((glance(&found), sink::piece(found, &rooms, args.format, pretty)))
    };
    let done = batch.run(read, |given| match given {
        Given::Read(piece) => sink.take(piece?, &rooms),
        Given::Failed(name, words) => sink.fail(&name, &words),
    })?;
    let ended = done.and_then(|tally| if tally.read > 0 { sink.finish().map(|()| tally) } else { Ok(tally) });
    match ended {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(End::Clean),
        Err(error) => Err(failed(error)),
        Ok(tally) => batch::end(&tally),
    }
}

fn resumed(path: &Path, format: ParseFormat) -> Result<(Option<Held>, Target), Words> {
    if format != ParseFormat::Ndjson {
        return Err(Words::new(
            "--resume は --format ndjson でだけ使えます",
            "--resume goes with --format ndjson only",
        ));
    }
    let (held, file) = resume::open(path)?;
    Ok((Some(held), Target::Growing(BufWriter::new(file))))
}

fn glance(agreements: &[Agreement]) -> Glance {
    let mut glance = Glance::default();
    for agreement in agreements {
        glance.add(agreement.kind, &agreement.coverage);
        glance.doubtful |= agreement.diagnostics.iter().any(|d| d.severity >= Severity::Warning);
    }
    glance
}

/// The agreements of one file.
pub fn read(opened: &Opened, settings: &Settings, spans: bool, lang: Lang) -> Vec<Agreement> {
    agreements(opened, opened.parse(settings), spans, lang)
}

// each reading is freed as soon as it is an output: a file may hold thousands
fn agreements(opened: &Opened, parsed: Parsed, spans: bool, lang: Lang) -> Vec<Agreement> {
    let lines = spans.then(|| Lines::new(&opened.text, &opened.map));
    let origin = Origin { source: opened.source.clone(), places: lines.as_ref(), lang };
    parsed.readings.into_iter().map(|reading| agreement(&reading, parsed.source, &origin)).collect()
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

/// All agreements as one text; `Xlsx` is no text.
fn format(agreements: &[Agreement], args: &Parse, pretty: bool, lang: Lang) -> String {
    match args.format {
        ParseFormat::Json => json(agreements, pretty),
        ParseFormat::Ndjson => agreements.iter().map(|a| serde_json::to_string(a).unwrap_or_default() + "\n").collect(),
        ParseFormat::Csv => sheet::write(agreements, b',', args.bom, lang),
        ParseFormat::Tsv => sheet::write(agreements, b'\t', args.bom, lang),
        ParseFormat::Markdown => agreements.iter().map(markdown::write).collect::<Vec<_>>().join("\n---\n\n"),
        ParseFormat::Text => agreements.iter().map(canonical::write).collect::<Vec<_>>().join("\n"),
        ParseFormat::Xlsx => String::new(),
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
