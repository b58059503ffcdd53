//! `kouotsu diff`

use super::args::{Diff as Args, DiffFormat, Side};
use super::{End, Outcome, files, git, write};
use crate::amend;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Lang, Severity, Words};
use crate::diff::format::{self, table::Columns};
use crate::diff::{self, Diff, Forward};
use crate::model::walk;
use crate::open::{self, Opened, Settings};
use crate::output::document::{Origin, agreement};
use crate::output::findings::File;
use crate::output::place::{Lines, visible};
use crate::parse::Reading;
use crate::rules::{self, Context};
use crate::schema::{self, Agreement};
use crate::span::Span;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Compares two files, or two versions of some, and writes what changed.
pub fn run(args: &Args, lang: Lang, chosen: bool) -> Outcome {
    let files = match (args.sides.as_slice(), args.files.as_slice()) {
        ([_, new], []) => std::slice::from_ref(new),
        ([_], files) if !files.is_empty() => files,
        _ => {
            return Err(Words::new(
                "2つのファイルか、REV..REV -- FILE を指定してください",
                "name two files, or REV..REV -- FILE",
            ));
        }
    };
    let several = files.len() > 1;
    if several && !matches!(args.format, DiffFormat::Text | DiffFormat::Markdown | DiffFormat::Github) {
        return Err(Words::new("この形式で書けるのは1件だけです", "this format holds one comparison: name one file"));
    }
    let input = args.opening.of(files);
    let (config, place) = files::config(&input)?;
    let settings = files::settings(&input, &config)?;
    let lang = config.lang.filter(|_| !chosen).unwrap_or(lang);
    let fail = Fail::of(&args.fail_on, &config)?;
    let (mut end, mut out) = (End::Clean, Vec::new());
    for path in files {
        let name = path.display();
        let (Some(old), Some(new)) = open_both(args, path, &settings)? else {
            let words = Words::new(
                format!("{name}: 一方の版にしかないため、比べません"),
                format!("{name}: is in one of the versions only, nothing to compare"),
            );
            write::complain(words.get(lang));
            end = if args.exit_code { End::Findings } else { end };
            continue;
        };
        match args.format {
            DiffFormat::Text if several => out.extend_from_slice(format!("== {name}\n").as_bytes()),
            DiffFormat::Markdown if several => out.extend_from_slice(format!("## {name}\n\n").as_bytes()),
            _ => {}
        }
        let relative = files::relative(path, place.as_deref());
        let (found, report, bytes) = one(args, (&old, &new), (path, &relative), &settings, &config, lang)?;
        out.extend(bytes);
        if several && args.format != DiffFormat::Github {
            out.push(b'\n');
        }
        let failed = report.findings.iter().any(|finding| fail.counts(finding));
        if failed || (args.exit_code && !found.changes.is_empty()) {
            end = End::Findings;
        }
    }
    Ok(write::to(args.output.output.as_deref(), &out)?.max(end))
}

/// Compares two versions of one agreement: the changes, what is wrong with them, and both in the chosen format.
fn one(
    args: &Args,
    (old, new): (&Opened, &Opened),
    (path, relative): (&Path, &str),
    settings: &Settings,
    config: &Config,
    lang: Lang,
) -> Result<(Diff, File, Vec<u8>), Words> {
    let (old, new) = (Version::of(old, settings, args.agreement)?, Version::of(new, settings, args.agreement)?);
    let (before, after) = (old.agreement(lang), new.agreement(lang));
    let found = diff::diff(&before, &after);
    let mut findings: Vec<_> = diff::judge(&found).into_iter().map(|finding| new.locate(&found, finding)).collect();
    if !args.no_check {
        findings.extend(diff::fresh(&found, &old.check(config, relative), new.check(config, relative)));
    }
    let report = File {
        name: files::name(path),
        text: new.opened.text.clone(),
        map: new.opened.map.clone(),
        findings,
        ..File::default()
    };
    let bytes = render(args, &found, (&before, &after), &report, lang)?;
    Ok((found, report, bytes))
}

/// The two versions of a file; `None` is one that git does not have.
fn open_both(args: &Args, path: &Path, settings: &Settings) -> Result<(Option<Opened>, Option<Opened>), Words> {
    let first = args.sides.first().map_or(Path::new(""), PathBuf::as_path);
    if args.files.is_empty() {
        return Ok((Some(files::open(first, settings)?), Some(files::open(path, settings)?)));
    }
    let version = |rev: &str| {
        let Some(bytes) = git::show(rev, path)? else { return Ok(None) };
        let name = format!("{rev}:{}", path.display());
        let opened = open::open(&name, &bytes, settings).map_err(|refusal| {
            Words::new(format!("{name}: {}", refusal.words.ja), format!("{name}: {}", refusal.words.en))
        });
        opened.map(Some)
    };
    let range = git::range(&first.to_string_lossy());
    let old = version(&range.base(path)?)?;
    let new = match &range.new {
        Some(rev) => version(rev)?,
        None if path.exists() => Some(files::open(path, settings)?),
        None => None,
    };
    Ok((old, new))
}

/// One side of the comparison.
struct Version<'o> {
    opened: &'o Opened,
    source: &'o str,
    reading: Reading,
}

impl<'o> Version<'o> {
    /// The `nth` agreement of a file, from 1; a file with several needs to be told which.
    fn of(opened: &'o Opened, settings: &Settings, nth: Option<usize>) -> Result<Self, Words> {
        let parsed = opened.parse(settings);
        let (count, name) = (parsed.readings.len(), &opened.source.name);
        let words = || {
            Words::new(
                format!("{name} には協定が{count}件あります。--agreement N で選んでください"),
                format!("{name} holds {count} agreements: choose one with --agreement N"),
            )
        };
        if nth.is_none() && count > 1 {
            return Err(words());
        }
        let at = nth.unwrap_or(1).checked_sub(1);
        let reading = at.and_then(|at| parsed.readings.into_iter().nth(at)).ok_or_else(words)?;
        Ok(Self { opened, source: parsed.source, reading })
    }

    fn agreement(&self, lang: Lang) -> Agreement {
        agreement(&self.reading, self.source, &Origin { source: self.opened.source.clone(), places: None, lang })
    }

    fn check(&self, config: &Config, name: &str) -> Vec<Diagnostic> {
        let reading = &self.reading;
        let context = Context::of(reading, self.source, config);
        let today = jiff::Zoned::now().date();
        crate::check::check(&context, &reading.complaints, name, &Default::default(), today).findings
    }

    /// Gives a finding of the comparison the place of its node, or of what is left around it.
    fn locate(&self, diff: &Diff, finding: Diagnostic) -> Diagnostic {
        let mut path = Forward::of(diff).path(&finding.path);
        while !path.is_empty() {
            if let Some(span) = self.place(&path) {
                return Diagnostic { span: Some(span), ..finding };
            }
            path.truncate(path.rfind(['/', '第']).unwrap_or(0));
        }
        finding
    }

    /// The first text at or below an address.
    fn place(&self, path: &str) -> Option<Span> {
        let mut place = None;
        walk::texts(&self.reading.tree, &mut |at, text| {
            if place.is_none() && text.span().is_some() {
                let whole = (at.path)();
                let below =
                    whole.strip_prefix(path).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
                place = text.span().filter(|_| below || whole.starts_with(&format!("{path}第")));
            }
        });
        place
    }
}

/// What ends with exit code 1.
struct Fail {
    level: Option<Severity>,
    rules: Vec<String>,
}

impl Fail {
    fn of(words: &[String], config: &Config) -> Result<Self, Words> {
        let mut fail = Fail { level: None, rules: Vec::new() };
        if words.is_empty() {
            fail.level = Some(config.fail_level.unwrap_or(Severity::Error));
        }
        for word in words {
            match word.as_str() {
                "never" => {}
                "error" => fail.level = Some(Severity::Error),
                "warning" => fail.level = Some(Severity::Warning),
                "note" => fail.level = Some(Severity::Note),
                diff::ROLE_LOST | diff::INITIATIVE_LOST | diff::REFERENCE_STALE => fail.rules.push(word.clone()),
                rule if rules::find(rule).is_some() => fail.rules.push(word.clone()),
                other => return Err(unknown(other)),
            }
        }
        Ok(fail)
    }

    fn counts(&self, finding: &Diagnostic) -> bool {
        self.level.is_some_and(|level| finding.severity >= level) || self.rules.iter().any(|r| r == finding.rule)
    }
}

fn unknown(word: &str) -> Words {
    Words::new(
        format!("--fail-on に {word} は使えません（error, warning, note, never, または規則名）"),
        format!("--fail-on takes error, warning, note, never or a rule, not {word}"),
    )
}

/// The comparison in the chosen format; findings that the format has no room for go to standard error.
fn render(
    args: &Args,
    found: &Diff,
    (old, new): (&Agreement, &Agreement),
    file: &File,
    lang: Lang,
) -> Result<Vec<u8>, Words> {
    let columns = if args.new_on == Side::Left { Columns::NewLeft } else { Columns::OldLeft };
    let failed = |error: format::FormatError| Words::new(error.to_string(), error.to_string());
    let lines = || file.findings.iter().map(|finding| line(finding, lang));
    if matches!(args.format, DiffFormat::Html | DiffFormat::Docx | DiffFormat::Xlsx) {
        lines().for_each(|line| write::complain(&line));
        if args.format != DiffFormat::Html && args.output.output.is_none() && std::io::stdout().is_terminal() {
            return Err(Words::new(
                "端末には書けない形式です。-o でファイルを指定してください",
                "this format is not for a terminal: name a file with -o",
            ));
        }
    }
    Ok(match args.format {
        DiffFormat::Text => {
            let list: String = lines().map(|line| format!("\n{line}")).collect();
            (format::text(found, lang) + &list + if list.is_empty() { "" } else { "\n" }).into_bytes()
        }
        DiffFormat::Json => format::json(found, public(file, lang)).into_bytes(),
        DiffFormat::Markdown => {
            let list: String = lines().map(|line| format!("- {}\n", format::escape_markdown(&line))).collect();
            let between = if list.is_empty() { "" } else { "\n" };
            (format::markdown(found, lang) + between + &list).into_bytes()
        }
        DiffFormat::Html => format::html(found, old, new, columns, lang).into_bytes(),
        DiffFormat::Docx => format::docx(old, new, columns).map_err(failed)?,
        DiffFormat::Amendment => {
            let unsayable = |error: amend::WriteError| Words::new("新しい協定は改め文で表せません", error.to_string());
            amend::write(old, new).map_err(unsayable)?.into_bytes()
        }
        DiffFormat::Github => format::github(found, file, lang).into_bytes(),
        DiffFormat::Xlsx => format::xlsx(found, old, new, columns, lang).map_err(failed)?,
    })
}

/// `誤り[role-lost] 別表1/2/見守り: …`
fn line(finding: &Diagnostic, lang: Lang) -> String {
    let level = format::severity_name(finding.severity, lang);
    let help = finding.help.as_ref().map(|help| format!(" → {}", help.get(lang))).unwrap_or_default();
    visible(&format!("{level}[{}] {}: {}{help}", finding.rule, finding.path, finding.words.get(lang)))
}

fn public(file: &File, lang: Lang) -> Vec<schema::Diagnostic> {
    let lines = Lines::new(&file.text, &file.map);
    let one = |finding: &Diagnostic| schema::Diagnostic {
        rule: finding.rule.to_string(),
        severity: finding.severity,
        message: finding.words.get(lang).to_string(),
        path: finding.path.as_str().into(),
        span: finding.span.map(|span| lines.place(span).into()),
    };
    file.findings.iter().map(one).collect()
}
