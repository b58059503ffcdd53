//! How far a batch is, and what it came to.

use super::material::Other;
use super::write;
use crate::diagnostics::{Lang, Words};
use crate::output::workbook;
use crate::schema::{Coverage, Kind};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::collections::BTreeMap;
use std::time::Instant;

/// What there is to count of one file that was read.
#[derive(Clone, Debug, Default)]
pub struct Glance {
    /// Of its agreements.
    pub kinds: Vec<Kind>,
    /// Over its agreements.
    pub coverage: Coverage,
    /// Whether there is a warning or an error.
    pub doubtful: bool,
}

impl Glance {
    /// Adds an agreement.
    pub fn add(&mut self, kind: Kind, part: &Coverage) {
        self.kinds.push(kind);
        let sum = &mut self.coverage;
        sum.bytes += part.bytes;
        sum.accounted += part.accounted;
        sum.initiatives += part.initiatives;
        sum.complete += part.complete;
    }
}

/// What a batch came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Files that were read.
    pub read: usize,
    /// Files that could not be read.
    pub failed: usize,
    /// Files that the output held already.
    pub held: usize,
    complete: usize,
    doubtful: usize,
    initiatives: u32,
    initiatives_complete: u32,
    kinds: [usize; KINDS.len()],
    others: BTreeMap<Other, usize>,
}

const KINDS: [Kind; 3] = [Kind::SettlementRegion, Kind::CoreCity, Kind::Other];

impl Tally {
    /// Adds a file that was read.
    pub fn read(&mut self, glance: &Glance) {
        let coverage = &glance.coverage;
        self.read += 1;
        let complete = coverage.complete == coverage.initiatives && coverage.accounted == coverage.bytes;
        self.complete += usize::from(complete);
        self.doubtful += usize::from(glance.doubtful);
        self.initiatives += coverage.initiatives;
        self.initiatives_complete += coverage.complete;
        for (count, kind) in self.kinds.iter_mut().zip(KINDS) {
            *count += glance.kinds.iter().filter(|k| **k == kind).count();
        }
    }

    /// Adds a file that is no agreement.
    pub fn pass_over(&mut self, other: Other) {
        *self.others.entry(other).or_default() += 1;
    }

    /// Whether there was nothing at all to read.
    pub fn is_empty(&self) -> bool {
        self.read + self.failed + self.held == 0
    }

    /// Files that were passed over, by what they are; empty for none.
    fn passed_over(&self) -> Words {
        let all: usize = self.others.values().sum();
        let list = |name: fn(&Other) -> String, between: &str| {
            self.others.iter().map(|(o, n)| format!("{} {n}", name(o))).collect::<Vec<_>>().join(between)
        };
        if all == 0 {
            return Words::new("", "");
        }
        let (ja, en) = (list(|o| o.words().0.into(), "、"), list(|o| o.words().1.into(), ", "));
        Words::new(format!("対象外 {all}（{ja}）。"), format!("{all} passed over ({en}); "))
    }

    /// One line, without the time.
    pub fn words(&self) -> Words {
        let Self { read, failed, held, complete, doubtful, initiatives, initiatives_complete: whole, .. } = self;
        let kinds = |lang, between: &str| {
            let some = self.kinds.iter().zip(KINDS).filter(|(count, _)| **count > 0);
            some.map(|(count, kind)| format!("{} {count}", workbook::kind(kind, lang)))
                .collect::<Vec<_>>()
                .join(between)
        };
        let held = match held {
            0 => Words::new("", ""),
            _ => Words::new(format!("出力に既にある {held}。"), format!("{held} in the output already; ")),
        };
        let (over, ja, en) = (self.passed_over(), kinds(Lang::Ja, "、"), kinds(Lang::En, ", "));
        Words::new(
            format!(
                "{read} ファイルを読みました: すべてそろった {complete}、要確認 {doubtful}、読めない {failed}。{}{}{ja}。取組 {whole}/{initiatives}",
                held.ja, over.ja
            ),
            format!(
                "{read} files read: {complete} complete, {doubtful} with warnings, {failed} failed; {}{}{en}; \
                 {whole} of {initiatives} initiatives complete",
                held.en, over.en
            ),
        )
    }

    /// The sentence for a batch in which there was nothing.
    pub fn nothing(&self) -> Words {
        let over = self.passed_over();
        Words::new(
            format!("読める協定がありません。{}", over.ja),
            format!("there is no agreement to read; {}", over.en).trim_end_matches("; "),
        )
    }
}

/// A bar on the terminal, and a line at the end.
pub struct Progress {
    bar: ProgressBar,
    start: Instant,
    summary: bool,
    lang: Lang,
}

impl Progress {
    /// `total` files, where it is known; a bar only if `shown`, a line at the end only if `summary`.
    pub fn start(total: Option<u64>, shown: bool, summary: bool, lang: Lang) -> Self {
        let bar = match (shown, total) {
            (false, _) => ProgressBar::hidden(),
            (true, Some(total)) => {
                ProgressBar::new(total).with_style(style("{wide_bar} {pos}/{len}  {rate}/s  -{eta}"))
            }
            (true, None) => ProgressBar::no_length().with_style(style("{spinner} {pos}  {rate}/s  {elapsed}")),
        };
        Self { bar, start: Instant::now(), summary, lang }
    }

    /// One file further.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// A line that does not tear the bar.
    pub fn complain(&self, words: &Words) {
        self.bar.suspend(|| write::complain(words.get(self.lang)));
    }

    /// The line at the end.
    pub fn finish(self, tally: &Tally) {
        self.bar.finish_and_clear();
        if self.summary {
            let words = tally.words();
            let seconds = self.start.elapsed().as_secs_f64();
            write::complain(&match self.lang {
                Lang::Ja => format!("{}（{seconds:.1} 秒）", words.ja),
                Lang::En => format!("{} ({seconds:.1} s)", words.en),
            });
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    // files in a second, without the four decimals that the bar gives of itself
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.0}", state.per_sec());
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate)
}
