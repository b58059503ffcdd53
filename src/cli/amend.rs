//! `kouotsu amend`

use super::args::{Amend, AmendFormat, Input};
use super::{End, Outcome, files, parse, write};
use crate::amend::{self, report};
use crate::diagnostics::{Lang, Severity, Words};
use crate::output::canonical;

/// Applies the amendment and writes what comes of it; what does not fit goes to standard error.
pub fn run(args: &Amend, lang: Lang) -> Outcome {
    let input = Input {
        files: vec![args.base.clone(), args.amendment.clone()],
        encoding: args.encoding.clone(),
        files_from: None,
        jobs: None,
        quiet: true,
        no_repair: false,
        config: None,
    };
    let (config, _) = files::config(&input)?;
    let settings = files::settings(&input, &config)?;
    let mut bases = parse::read(&files::open(&args.base, &settings)?, &settings, false, lang).into_iter();
    let name = files::name(&args.base);
    let base = bases.next().filter(|b| !b.articles.is_empty() || !b.tables.is_empty()).ok_or_else(|| {
        Words::new(format!("{name}: 協定書の本文が見つかりません"), format!("{name}: there is no agreement in it"))
    })?;
    if bases.next().is_some() {
        write::complain(&match lang {
            Lang::Ja => format!("{name}: 協定書が複数あります。最初のものを改めます"),
            Lang::En => format!("{name}: holds several agreements; the first is amended"),
        });
    }
    let amendment = amend::read(&files::open(&args.amendment, &settings)?.text);
    let outcome = amend::apply(&amendment, &base);
    let mut end = End::Clean;
    for finding in report::findings(&amendment, &outcome) {
        write::complain(finding.words.get(lang));
        if finding.severity == Severity::Error {
            end = End::Findings;
        }
    }
    let text = match args.format {
        AmendFormat::Text => canonical::write(&outcome.agreement),
        AmendFormat::Json => {
            let report = report::Report::of(&amendment, &outcome, lang);
            serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
        }
        AmendFormat::Markdown => report::Report::of(&amendment, &outcome, lang).markdown(lang),
    };
    Ok(write::to(args.output.output.as_deref(), text.as_bytes())?.max(end))
}
