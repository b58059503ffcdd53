//! `kouotsu snapshot`

use super::args::Snapshot;
use super::{End, Outcome, files, folder, many, parse, write};
use crate::diagnostics::{Lang, Words};
use crate::diff::format;
use crate::schema::Agreement;
use crate::snapshot::{self, Difference};
use std::path::{Path, PathBuf};

/// Compares agreements with the snapshots beside them, or writes the snapshots anew.
pub fn run(args: &Snapshot, lang: Lang) -> Outcome {
    let input = args.opening.of(&args.paths);
    let (config, place) = files::config(&input)?;
    let settings = files::settings(&input, &config)?;
    let found = folder::search(&args.paths, &config, place.as_deref())?;
    let (mut end, mut count) = (End::Clean, 0);
    for path in &found.files {
        let read = files::open(path, &settings).map(|opened| parse::read(&opened, &settings, false, lang));
        let one = match read {
            Ok(now) if now.iter().all(|a| a.articles.is_empty()) => {
                write::complain(many::no_agreement(&files::name(path)).get(lang));
                continue;
            }
            Ok(now) if args.update => update(path, &now),
            Ok(now) => verify(path, &now, lang),
            Err(words) => Err(words),
        };
        count += 1;
        end = end.max(one.unwrap_or_else(|words| {
            write::complain(words.get(lang));
            End::Failed
        }));
    }
    for orphan in orphans(&found) {
        end = end.max(bury(&orphan, args.update, lang)?);
    }
    if count == 0 {
        let words = Words::new("協定がありません", "there is no agreement");
        write::complain(words.get(lang));
    }
    Ok(end)
}

/// Where the snapshot of a file stands.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(snapshot::ENDING);
    name.into()
}

fn update(path: &Path, now: &[Agreement]) -> Outcome {
    let (place, text) = (beside(path), snapshot::json(&snapshot::of(now)));
    // a file that says the same keeps its time of change
    if std::fs::read_to_string(&place).is_ok_and(|old| old == text) {
        return Ok(End::Clean);
    }
    write::file(&place, text.as_bytes())
}

fn verify(path: &Path, now: &[Agreement], lang: Lang) -> Outcome {
    let (place, name) = (beside(path), path.display());
    let text = match std::fs::read_to_string(&place) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let words = Words::new(
                format!("{name}: スナップショットがありません（--update で作ります）\n"),
                format!("{name}: has no snapshot (--update writes it)\n"),
            );
            write::stdout(words.get(lang).as_bytes())?;
            return Ok(End::Findings);
        }
        Err(error) => {
            let place = place.display();
            return Err(Words::new(format!("{place}: {error}"), format!("{place}: {error}")));
        }
    };
    let old = snapshot::parse(&text).map_err(|fault| {
        let (place, words) = (place.display(), fault.words());
        Words::new(format!("{place}: {}", words.ja), format!("{place}: {}", words.en))
    })?;
    let found = snapshot::compare(&old, now);
    let text: String = found.iter().map(|one| explain(&path.display().to_string(), one, lang)).collect();
    write::stdout(text.as_bytes())?;
    Ok(if found.is_empty() { End::Clean } else { End::Findings })
}

fn explain(name: &str, found: &Difference, lang: Lang) -> String {
    let mut out = format!("{name}: {}", format::text(&found.diff, lang));
    for (before, after) in &found.unparsed {
        let head = Words::new("どこにも属さない文字列", "text that belongs nowhere");
        out.push_str(&format!("\n{}\n", head.get(lang)));
        let lines = |sign: &str, text: &str| text.lines().map(|l| format!("  {sign} {l}\n")).collect::<String>();
        out.push_str(&(lines("-", before) + &lines("+", after)));
    }
    out + "\n"
}

/// Snapshots whose agreement is gone.
fn orphans(found: &folder::Found) -> Vec<PathBuf> {
    let gone = |place: &&PathBuf| {
        let name = place.to_string_lossy();
        name.strip_suffix(snapshot::ENDING).is_some_and(|of| !Path::new(of).is_file())
    };
    found.snapshots.iter().filter(gone).cloned().collect()
}

/// Takes an orphan away with `update`, else reports it.
fn bury(orphan: &Path, update: bool, lang: Lang) -> Outcome {
    let name = orphan.display();
    if update {
        std::fs::remove_file(orphan).map_err(|error| write::failed(orphan, &error))?;
        return Ok(End::Clean);
    }
    let words = Words::new(
        format!("{name}: 元の協定がありません（--update で削除します）\n"),
        format!("{name}: its agreement is gone (--update removes it)\n"),
    );
    write::stdout(words.get(lang).as_bytes())?;
    Ok(End::Findings)
}
