//! Many files: read on all cores, taken in order. One bad file never stops the rest.

use super::args::Input;
use super::material::{self, Other};
use super::ordered::ordered;
use super::progress::{Glance, Progress, Tally};
use super::resume::Held;
use super::sources::{self, Found, Scope, Source};
use super::{End, files};
use crate::diagnostics::{Lang, Words};
use crate::open::{self, Opened, Settings};
use std::io::{self, IsTerminal};

/// How to go through the files.
pub struct Batch<'a> {
    /// Which.
    pub input: &'a Input,
    /// What holds for those of a folder.
    pub scope: Scope<'a>,
    /// How to open them.
    pub settings: &'a Settings,
    /// What the output holds already.
    pub held: Option<&'a Held>,
    /// Language of messages.
    pub lang: Lang,
}

/// What one file gives.
pub enum Given<T> {
    /// What was made of it.
    Read(T),
    /// Its name, and why it cannot be read.
    Failed(String, Words),
}

enum Fate<T> {
    Read(Glance, T),
    Changed(String, Glance, T),
    Other(Other),
    Held,
    Failed(String, Words),
}

impl Batch<'_> {
    /// Calls `read` for every file on all cores and `take` for what it gives, in order. `read` may find that a file, not
    /// named but found in a folder, is no agreement.
    ///
    /// # Errors
    /// Only those of `take`, and threads that cannot be started.
    pub fn run<T: Send>(
        &self,
        read: impl Fn(Opened, &Source) -> Result<(Glance, T), Other> + Sync,
        mut take: impl FnMut(Given<T>) -> io::Result<()>,
    ) -> Result<io::Result<Tally>, Words> {
        let many = sources::are_many(self.input);
        let sources = sources::all(self.input, self.scope)?;
        let progress = self.progress(many)?;
        let mut tally = Tally::default();
        let work = |found: Found| match found {
            Ok(source) => self.fate(&source, &read),
            Err((name, words)) => Fate::Failed(name, words),
        };
        let done = ordered(sources, if many { self.jobs() } else { 1 }, work, |fate| {
            progress.step();
            match fate {
                Fate::Other(other) => tally.pass_over(other),
                Fate::Held => tally.held += 1,
                Fate::Failed(name, words) => {
                    tally.failed += 1;
                    progress.complain(&words);
                    take(Given::Failed(name, words))?;
                }
                Fate::Read(glance, made) => {
                    tally.read(&glance);
                    take(Given::Read(made))?;
                }
                Fate::Changed(name, glance, made) => {
                    progress.complain(&Words::new(
                        format!("{name}: 出力にある版から変わっています。新しい版を後ろに加えます"),
                        format!("{name}: not what the output holds; the new version is added after it"),
                    ));
                    tally.read(&glance);
                    take(Given::Read(made))?;
                }
            }
            Ok(())
        });
        progress.finish(&tally);
        Ok(done.map(|()| tally))
    }

    fn jobs(&self) -> usize {
        self.input.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from)
    }

    /// A bar where nothing else is written to the terminal; the files are counted for it first, unless they are listed.
    fn progress(&self, many: bool) -> Result<Progress, Words> {
        let summary = many && !self.input.quiet;
        let alone = self.scope.output.is_some() || !io::stdout().is_terminal();
        let shown = summary && alone && io::stderr().is_terminal();
        let total = match shown && self.input.files_from.is_none() {
            true => Some(sources::all(self.input, self.scope)?.count() as u64),
            false => None,
        };
        Ok(Progress::start(total, shown, summary, self.lang))
    }

    fn fate<T>(&self, source: &Source, read: &impl Fn(Opened, &Source) -> Result<(Glance, T), Other>) -> Fate<T> {
        match self.open(source) {
            Ok(Ok((opened, changed))) => match read(opened, source) {
                Ok((glance, made)) if changed => Fate::Changed(files::name(&source.path), glance, made),
                Ok((glance, made)) => Fate::Read(glance, made),
                Err(other) => Fate::Other(other),
            },
            Ok(Err(Some(other))) => Fate::Other(other),
            Ok(Err(None)) => Fate::Held,
            Err(words) => Fate::Failed(files::name(&source.path), words),
        }
    }

    /// The open file and whether the output holds another version of it; else what it is instead, `None` for held.
    fn open(&self, source: &Source) -> Result<Result<(Opened, bool), Option<Other>>, Words> {
        let path = &source.path;
        let found = |other: Option<Other>| other.filter(|_| !source.named);
        let limit = self.settings.limits.bytes;
        let bytes = if source.named {
            files::read(path, limit)?
        } else {
            let (file, head) = files::head(path)?;
            if let Some(other) = material::by_head(&head) {
                return Ok(Err(Some(other)));
            }
            files::rest(file, head, path, limit)?
        };
        let held = self.held.and_then(|held| held.digest(&files::name(path)));
        if held.is_some_and(|digest| digest == open::digest(&bytes)) {
            return Ok(Err(None));
        }
        if let Some(other) = found(material::by_bytes(&bytes)) {
            return Ok(Err(Some(other)));
        }
        let opened = files::decode(path, &bytes, self.settings)?;
        if let Some(other) = found(material::by_text(&opened)) {
            return Ok(Err(Some(other)));
        }
        Ok(Ok((opened, held.is_some())))
    }
}

/// How a batch ends; a sentence where there was nothing.
pub fn end(tally: &Tally) -> Result<End, Words> {
    if tally.is_empty() {
        return Err(tally.nothing());
    }
    Ok(if tally.failed > 0 { End::Failed } else { End::Clean })
}
