//! `kouotsu fix`

use super::args::Fix;
use super::{End, Outcome, files, write};
use crate::diagnostics::{Lang, Words};
use crate::fix::{self, Fixed, Note};
use crate::open::Settings;
use crate::output::place::visible;
use crate::source;
use similar::TextDiff;
use std::path::{Path, PathBuf};

/// Shows what would be mended, or mends it.
pub fn run(args: &Fix, lang: Lang) -> Outcome {
    let input = args.opening.of(&args.files);
    let (config, _) = files::config(&input)?;
    let settings = files::settings(&input, &config)?;
    let (mut end, mut ready) = (End::Clean, Vec::new());
    for path in &args.files {
        match one(path, &settings) {
            Ok(work) => ready.push(work),
            Err(words) => {
                write::complain(words.get(lang));
                end = End::Failed;
            }
        }
    }
    for work in &ready {
        say(work, args.write, lang);
        if work.fixed.made.is_empty() {
            continue;
        }
        let done = if args.write { write::file(&work.path, &work.bytes)? } else { End::Findings };
        if !args.write {
            write::stdout(unified(work).as_bytes())?;
        }
        end = end.max(done);
    }
    Ok(end)
}

/// A file, what was mended in it, and its new bytes.
struct Work {
    path: PathBuf,
    text: String,
    fixed: Fixed,
    bytes: Vec<u8>,
}

fn one(path: &Path, settings: &Settings) -> Result<Work, Words> {
    let name = files::name(path);
    if name == files::STDIN {
        return Err(Words::new("fix にはファイルを指定してください", "fix takes files, not standard input"));
    }
    let opened = files::open(path, settings)?;
    let format = opened.source.format.as_str();
    if format != "text" {
        return Err(Words::new(
            format!("{name}: 直せるのはテキストファイルだけです（これは {format}）。元の文書を直してください"),
            format!("{name}: only text files can be fixed, and this is {format}; mend the document itself"),
        ));
    }
    let original = std::fs::read(path).map_err(|error| write::failed(path, &error))?;
    let encoding = opened.source.encoding.as_str();
    let unsafe_encoding = || {
        Words::new(
            format!("{name}: {encoding} のまま書き戻せないため、直しません"),
            format!("{name}: left alone, it cannot be written back as {encoding}"),
        )
    };
    // what does not survive reading and writing must not be written
    if source::encode(&opened.text, encoding, &original).as_ref() != Some(&original) {
        return Err(unsafe_encoding());
    }
    let fixed = fix::fix(&opened.text, &settings.reading);
    let bytes = source::encode(&fixed.text, encoding, &original).ok_or_else(unsafe_encoding)?;
    Ok(Work { path: path.to_path_buf(), text: opened.text, fixed, bytes })
}

/// What was done and what was not, on standard error: standard output holds the diff alone.
fn say(work: &Work, written: bool, lang: Lang) {
    let name = work.path.display();
    let line = |note: &Note, head: Words| {
        write::complain(&format!("{name}:{}: {}{}", note.line, head.get(lang), note.words.get(lang)));
    };
    let made = if written { Words::new("", "") } else { Words::new("（未適用）", "(not written) ") };
    work.fixed.made.iter().for_each(|note| line(note, made.clone()));
    let proposal = Words::new("提案: ", "to consider: ");
    work.fixed.proposals.iter().for_each(|note| line(note, proposal.clone()));
}

fn unified(work: &Work) -> String {
    let name = visible(&work.path.to_string_lossy().replace('\\', "/"));
    let diff = TextDiff::from_lines(&work.text, &work.fixed.text);
    diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}
