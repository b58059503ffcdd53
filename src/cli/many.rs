//! `kouotsu history` and `kouotsu compare`

use super::args::{Compare, CompareFormat, History, HistoryFormat, Opening};
use super::{End, Outcome, files, folder, parse, write};
use crate::diagnostics::{Lang, Words};
use crate::diff::{compare, history};
use crate::schema::Agreement;
use std::path::PathBuf;

/// Follows the initiatives of an agreement through its versions.
pub fn history(args: &History, lang: Lang) -> Outcome {
    let (versions, end) = read(&args.files, &args.opening, lang)?;
    let (history, findings) = history::history(&versions);
    for finding in findings {
        write::complain(finding.words.get(lang));
    }
    let text = match args.format {
        HistoryFormat::Text => history::text(&history, lang),
        HistoryFormat::Json => history::json(&history),
    };
    Ok(write::to(args.output.output.as_deref(), text.as_bytes())?.max(end))
}

/// Lays agreements side by side.
pub fn compare(args: &Compare, lang: Lang) -> Outcome {
    let (agreements, end) = read(&args.paths, &args.opening, lang)?;
    if agreements.is_empty() {
        return Err(Words::new("協定がありません", "there is no agreement"));
    }
    let matrix = compare::compare(&agreements);
    let bytes = match args.format {
        CompareFormat::Csv => {
            let mark = if args.bom { "\u{FEFF}" } else { "" };
            (mark.to_string() + &compare::csv(&matrix, lang)).into_bytes()
        }
        CompareFormat::Html => compare::html(&matrix, lang).into_bytes(),
        CompareFormat::Xlsx => {
            compare::xlsx(&matrix, lang).map_err(|error| Words::new(error.to_string(), error.to_string()))?
        }
    };
    Ok(write::to(args.output.output.as_deref(), &bytes)?.max(end))
}

/// The agreements of files and folders; a file without an article is named and left out.
fn read(paths: &[PathBuf], opening: &Opening, lang: Lang) -> Result<(Vec<Agreement>, End), Words> {
    let input = opening.of(paths);
    let (config, place) = files::config(&input)?;
    let settings = files::settings(&input, &config)?;
    let (mut all, mut end) = (Vec::new(), End::Clean);
    for path in folder::search(paths, &config, place.as_deref())?.files {
        match files::open(&path, &settings) {
            Ok(opened) => {
                let read = parse::read(&opened, &settings, false, lang);
                let (some, none): (Vec<_>, Vec<_>) = read.into_iter().partition(|a| !a.articles.is_empty());
                if !none.is_empty() {
                    write::complain(no_agreement(&opened.source.name).get(lang));
                }
                all.extend(some);
            }
            Err(words) => {
                write::complain(words.get(lang));
                end = End::Failed;
            }
        }
    }
    Ok((all, end))
}

/// The sentence for a file that is left out.
pub fn no_agreement(name: &str) -> Words {
    Words::new(
        format!("{name}: 条が見つからないため、協定として扱いません"),
        format!("{name}: left out, it has no article"),
    )
}
