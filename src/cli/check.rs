//! `kouotsu check` and `kouotsu baseline`

use super::args::{Check, Input, Level, ProfileName};
use super::batch::{self, Batch, Given};
use super::material::{self, Other};
use super::progress::Glance;
use super::sources::{Scope, Source};
use super::{End, Outcome, files, write};
use crate::baseline::Baseline;
use crate::check::{self, Selection};
use crate::config::{Config, Profile};
use crate::diagnostics::{Lang, Severity, Words};
use crate::open::{Opened, Settings};
use crate::output::findings::{self, File, Report};
use crate::rules::Context;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;

/// Checks the files and writes the findings.
pub fn run(args: &Check, lang: Lang, chosen: bool) -> Outcome {
    let (mut config, place) = files::config(&args.input)?;
    if let Some(profile) = args.profile {
        config.profile = self::profile(profile);
    }
    let lang = config.lang.filter(|_| !chosen).unwrap_or(lang);
    let selection = Selection { select: args.select.clone(), ignore: args.ignore.clone() };
    if let Some(words) = selection.fault() {
        return Err(words);
    }
    let known = args.baseline.as_deref().map(baseline).transpose()?;
    let scope = Scope { config: &config, place: place.as_deref(), output: args.output.output.as_deref() };
    let Found { mut files, used, unreadable } = check_all(&args.input, scope, &selection, lang)?;
    let names: Vec<String> = files.iter().map(|f| f.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if let Some(known) = known {
        let mut current = Baseline::default();
        for file in &mut files {
            current.join(Baseline::of(&file.name, &file.findings, &file.text));
            let (new, old) = known.split(&file.name, std::mem::take(&mut file.findings), &file.text);
            (file.findings, file.known) = (new, old.len());
        }
        for entry in known.stale(&current, &names) {
            write::complain(entry.gone().get(lang));
        }
    }
    files.extend(suppressions(&config, place.as_deref(), &selection, &used, &names));
    let to_terminal = args.output.output.is_none() && std::io::stdout().is_terminal();
    let report = Report { files, lang, colour: to_terminal && findings::text::colour() };
    let name = args.format.name();
    let Some((_, format)) = findings::FORMATS.iter().find(|(format, _)| *format == name) else {
        return Err(Words::new(format!("{name} という形式はありません"), format!("there is no format {name}")));
    };
    let written = write::to(args.output.output.as_deref(), format(&report).as_bytes())?;
    let level = args.fail_level.map(severity).or(config.fail_level).unwrap_or(Severity::Error);
    let end = match (unreadable, report.fails(level)) {
        (true, _) => End::Failed,
        (false, true) => End::Findings,
        (false, false) => End::Clean,
    };
    Ok(written.max(end))
}

/// Takes what is mended out of a baseline, and with `add` takes new findings in.
pub fn update(path: &Path, input: &Input, add: bool, lang: Lang) -> Outcome {
    let (config, place) = files::config(input)?;
    let old = if path.exists() { baseline(path)? } else { Baseline::default() };
    let scope = Scope { config: &config, place: place.as_deref(), output: None };
    let found = check_all(input, scope, &Selection::default(), lang)?;
    let names: Vec<&str> = found.files.iter().map(|f| f.name.as_str()).collect();
    let mut current = Baseline::default();
    for file in &found.files {
        current.join(Baseline::of(&file.name, &file.findings, &file.text));
    }
    for entry in old.stale(&current, &names) {
        write::complain(entry.gone().get(lang));
    }
    let end = write::file(path, old.update(&current, &names, add).json().as_bytes())?;
    Ok(if found.unreadable { End::Failed } else { end })
}

fn baseline(path: &Path) -> Result<Baseline, Words> {
    let name = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Words::new(format!("{name}: {error}"), format!("{name}: {error}")))?;
    Baseline::parse(&text).map_err(|fault| {
        let words = fault.words();
        Words::new(format!("{name}: {}", words.ja), format!("{name}: {}", words.en))
    })
}

struct Found {
    files: Vec<File>,
    /// Suppressions that hid something, by their index.
    used: BTreeSet<usize>,
    unreadable: bool,
}

fn check_all(input: &Input, scope: Scope, selection: &Selection, lang: Lang) -> Result<Found, Words> {
    let settings = files::settings(input, scope.config)?;
    let today = jiff::Zoned::now().date();
    let mut found = Found { files: Vec::new(), used: BTreeSet::new(), unreadable: false };
    let batch = Batch { input, scope, settings: &settings, held: None, lang };
    let done = batch.run(
        |opened, source| one(opened, source, &settings, scope, selection, today),
        |given| {
            match given {
                Given::Read((file, used)) => {
                    found.files.push(file);
                    found.used.extend(used);
                }
                Given::Failed(name, words) => found.files.push(File {
                    name,
                    findings: vec![check::unreadable(words.get(lang))],
                    ..File::default()
                }),
            }
            Ok(())
        },
    )?;
    let tally = done.map_err(|error| Words::new(error.to_string(), error.to_string()))?;
    found.unreadable = batch::end(&tally)? == End::Failed;
    Ok(found)
}

fn one(
    opened: Opened,
    source: &Source,
    settings: &Settings,
    scope: Scope,
    selection: &Selection,
    today: Date,
) -> Result<(Glance, (File, BTreeSet<usize>)), Other> {
    let mut file = File { name: opened.source.name.clone(), ..File::default() };
    let (mut glance, mut used) = (Glance::default(), BTreeSet::new());
    let relative = files::relative(&source.path, scope.place);
    let parsed = opened.parse(settings);
    if !source.named
        && let Some(other) = material::by_readings(&opened, &parsed.readings)
    {
        return Err(other);
    }
    for reading in &parsed.readings {
        let context = Context::of(reading, parsed.source, scope.config);
        let checked = check::check(&context, &reading.complaints, &relative, selection, today);
        file.findings.extend(checked.findings);
        file.suppressed += checked.suppressed.len();
        used.extend(checked.used);
        glance.add(reading.model.kind, &crate::output::document::coverage(reading, parsed.source));
    }
    file.coverage = glance.coverage.clone();
    glance.doubtful = file.findings.iter().any(|finding| finding.severity >= Severity::Warning);
    // only findings need the text
    if !file.findings.is_empty() {
        file.map = opened.map;
        file.text = opened.text;
    }
    Ok((glance, (file, used)))
}

/// What there is to say about the suppressions themselves, as findings in the settings.
fn suppressions(
    config: &Config,
    place: Option<&Path>,
    selection: &Selection,
    used: &BTreeSet<usize>,
    names: &[&str],
) -> Option<File> {
    let place = place?;
    let relative: Vec<String> = names.iter().map(|name| files::relative(Path::new(name), Some(place))).collect();
    let relative: Vec<&str> = relative.iter().map(String::as_str).collect();
    let findings = check::suppressions(config, selection, used, &relative, jiff::Zoned::now().date());
    let text = std::fs::read_to_string(place).unwrap_or_default();
    (!findings.is_empty()).then(|| File { name: place.display().to_string(), text, findings, ..File::default() })
}

fn severity(level: Level) -> Severity {
    match level {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    }
}

fn profile(name: ProfileName) -> Profile {
    match name {
        ProfileName::Auto => Profile::Auto,
        ProfileName::SettlementRegion => Profile::SettlementRegion,
        ProfileName::CoreCity => Profile::CoreCity,
        ProfileName::None => Profile::None,
    }
}
