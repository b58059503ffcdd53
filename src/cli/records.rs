//! Texts as lines of JSON in, agreements as lines of JSON out: for Spark, GNU parallel and other drivers.

use super::args::Parse;
use super::ordered::ordered;
use super::write::{self, Target};
use super::{End, Outcome, parse};
use crate::diagnostics::{Lang, Words};
use crate::open::{self, Settings};
use crate::schema::Agreement;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

/// A line that comes in; other keys are left alone.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Value,
    text: Option<String>,
}

/// The line that goes out for it.
#[derive(Serialize)]
struct Answer {
    /// As it came in.
    id: Value,
    agreements: Vec<Agreement>,
    /// Why there are none.
    error: Option<String>,
}

/// Answers every line with one line, in order and at once: a driver may wait for each.
pub fn run(args: &Parse, settings: &Settings, lang: Lang) -> Outcome {
    let jobs = args.input.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from);
    let output = args.output.output.as_deref();
    let place = output.unwrap_or(Path::new("stdout"));
    let mut target = Target::open(output).map_err(|error| write::failed(place, &error))?;
    let (mut count, mut failed) = (0, 0);
    let work = |line: io::Result<Vec<u8>>| {
        let answer = answer(&line?, args, settings, lang);
        let mut written = serde_json::to_vec(&answer)?;
        written.push(b'\n');
        io::Result::Ok((written, answer.error.is_some()))
    };
    let done = ordered(lines(settings.limits.bytes), jobs, work, |answer| {
        let (answer, is_failure) = answer?;
        count += 1;
        failed += usize::from(is_failure);
        target.write_all(&answer)?;
        target.flush()
    });
    match done.and_then(|()| target.finish()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(End::Clean),
        Err(error) => return Err(write::failed(place, &error)),
        Ok(()) => {}
    }
    if failed == 0 {
        return Ok(End::Clean);
    }
    let words = Words::new(
        format!("{count}件のうち{failed}件は読めませんでした。error を見てください"),
        format!("{failed} of {count} records could not be read; see error"),
    );
    write::complain(words.get(lang));
    Ok(End::Failed)
}

/// The lines of standard input that are not blank; one that is too long is cut, and then no JSON.
fn lines(limit: u64) -> impl Iterator<Item = io::Result<Vec<u8>>> + Send {
    let mut reader = BufReader::with_capacity(1 << 16, io::stdin());
    std::iter::from_fn(move || {
        loop {
            let mut line = Vec::new();
            match reader.by_ref().take(limit).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok(line)),
                Err(error) => return Some(Err(error)),
            }
        }
    })
}

fn answer(line: &[u8], args: &Parse, settings: &Settings, lang: Lang) -> Answer {
    let failed = |id, words: &Words| Answer { id, agreements: Vec::new(), error: Some(words.get(lang).to_string()) };
    let record: Record = match serde_json::from_slice(line) {
        Ok(record) => record,
        Err(error) => {
            let words = Words::new(
                format!("{{\"id\", \"text\"}} の行ではありません: {error}"),
                format!("not a line {{\"id\", \"text\"}}: {error}"),
            );
            return failed(Value::Null, &words);
        }
    };
    let Some(text) = record.text else {
        return failed(record.id, &Words::new("text がありません", "there is no text"));
    };
    let name = record.id.as_str().map_or_else(|| record.id.to_string(), String::from);
    match open::open(&name, text.as_bytes(), settings) {
        Ok(opened) => {
            Answer { id: record.id, agreements: parse::read(&opened, settings, args.spans, lang), error: None }
        }
        Err(refusal) => failed(record.id, &refusal.words),
    }
}
