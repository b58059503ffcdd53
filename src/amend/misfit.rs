//! What did not fit, in words.

use super::instruction::{Instruction, Step};
use super::name;
use super::target::Way;
use crate::diagnostics::{Diagnostic, Related, Severity, Words};
use crate::diff::{self, Branch};

/// Why an instruction cannot be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The place does not exist.
    Missing {
        /// The node below which it was looked for.
        way: Way,
        /// The step that leads nowhere.
        step: String,
        /// The node most like it.
        near: Option<Way>,
    },
    /// Several places have that name.
    Several {
        /// The places.
        ways: Vec<Way>,
    },
    /// The quoted words are not there.
    NoWords {
        /// The words.
        words: String,
        /// Where they were looked for.
        way: Way,
        /// The most similar words of that place, or else of the agreement, and where they stand.
        near: Option<(String, Way)>,
    },
    /// The quoted words are there more than once.
    ManyWords {
        /// The words.
        words: String,
        /// Where; a place for each time.
        ways: Vec<Way>,
        /// Whether all of them were changed.
        changed: bool,
    },
    /// The new number is another node's.
    Taken {
        /// That node.
        way: Way,
    },
    /// The new text could not be read as what is announced.
    Block {
        /// The place that it belongs to.
        way: Way,
        /// The words that could not be read; empty if it is all of them.
        rest: String,
    },
    /// More or fewer provisions than announced.
    Count {
        /// The place that they belong to.
        way: Way,
        /// Announced.
        said: u32,
        /// Read.
        found: usize,
    },
    /// The instruction says nothing that can be done at that place.
    Unfit {
        /// The place.
        way: Way,
    },
}

impl Fault {
    /// A step that leads nowhere, and the sibling with the nearest number.
    pub fn missing(root: &Branch, way: &[usize], step: &Step) -> Self {
        let spelled = name::step(step);
        let parts = name::parts(step);
        let node = super::target::at(root, way);
        let children = node.into_iter().flat_map(|n| n.children.iter().enumerate());
        let likeness = |c: &Branch| strsim::normalized_levenshtein(&name::own(c), &spelled);
        let near = children
            .filter(|(_, c)| parts.contains(&c.part))
            .max_by(|a, b| likeness(a.1).total_cmp(&likeness(b.1)))
            .map(|(at, _)| way.iter().copied().chain([at]).collect());
        Self::Missing { way: way.to_vec(), step: spelled, near }
    }

    fn rule(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "amendment-target-missing",
            Self::Several { .. } => "amendment-target-ambiguous",
            Self::NoWords { .. } => "amendment-words-missing",
            Self::ManyWords { .. } => "amendment-words-ambiguous",
            Self::Taken { .. } => "amendment-number-taken",
            Self::Block { .. } => "amendment-text-unread",
            Self::Count { .. } => "amendment-count-differs",
            Self::Unfit { .. } => "amendment-unfit",
        }
    }

    fn ways(&self) -> Vec<Way> {
        match self {
            Self::Several { ways } | Self::ManyWords { ways, .. } => ways.clone(),
            Self::Missing { way, .. }
            | Self::NoWords { way, .. }
            | Self::Taken { way }
            | Self::Block { way, .. }
            | Self::Count { way, .. }
            | Self::Unfit { way } => vec![way.clone()],
        }
    }

    /// Whether the instruction was played all the same.
    pub fn is_played(&self) -> bool {
        matches!(self, Self::ManyWords { changed: true, .. } | Self::Count { .. })
    }

    /// The fault of an instruction as a finding; paths are those of the agreement as it stood then.
    pub fn finding(&self, root: &Branch, instruction: &Instruction) -> Diagnostic {
        let address = |way: &Way| match diff::address(root, way) {
            path if path.is_empty() => "協定".to_string(),
            path => path,
        };
        let (ja, en) = self.words(&address);
        let (line, sentence) = (instruction.line, &instruction.sentence);
        let ways = self.ways();
        let related = |way: &Way| Related {
            path: address(way).into(),
            span: None,
            words: Words::new("ここにもあります", "also here"),
        };
        let severity = if self.is_played() { Severity::Warning } else { Severity::Error };
        Diagnostic {
            rule: self.rule(),
            severity,
            words: Words::new(
                format!("{ja}（改正文{line}行目「{sentence}」）"),
                format!("{en} (line {line} of the amendment: {sentence})"),
            ),
            path: ways.first().map(|w| diff::address(root, w)).unwrap_or_default().into(),
            span: None,
            related: ways.iter().skip(1).map(related).collect(),
            help: None,
        }
    }

    fn words(&self, address: &dyn Fn(&Way) -> String) -> (String, String) {
        let list = |ways: &[Way], and: &str| ways.iter().map(address).collect::<Vec<_>>().join(and);
        match self {
            Self::Missing { way, step, near } => {
                let at = address(way);
                let (ja, en) = near.as_ref().map_or((String::new(), String::new()), |n| {
                    (format!("。最も近いものは{}です", address(n)), format!("; the nearest is {}", address(n)))
                });
                (format!("{at}に「{step}」がありません{ja}"), format!("{at} has no {step}{en}"))
            }
            Self::Several { ways } => (
                format!("どれを指すのか決まりません: {}", list(ways, "、")),
                format!("more than one place is meant: {}", list(ways, ", ")),
            ),
            Self::NoWords { words, way, near } => {
                let at = address(way);
                let (ja, en) = near.as_ref().map_or((String::new(), String::new()), |(n, w)| {
                    let w = address(w);
                    (format!("。最も近いのは{w}の「{n}」です"), format!("; the nearest is 「{n}」 in {w}"))
                });
                (format!("{at}に「{words}」がありません{ja}"), format!("{at} does not say 「{words}」{en}"))
            }
            Self::ManyWords { words, ways, changed } => {
                let (count, ja, en) = (ways.len(), list(ways, "、"), list(ways, ", "));
                let (done, was) = if *changed {
                    ("全て改めました", "all were changed")
                } else {
                    ("改めていません", "nothing was changed")
                };
                (
                    format!("「{words}」が{count}か所にあります: {ja}。{done}"),
                    format!("「{words}」 stands in {count} places: {en}; {was}"),
                )
            }
            Self::Taken { way } => {
                let at = address(way);
                (format!("{at}は既にあります"), format!("{at} exists already"))
            }
            Self::Block { way, rest } => {
                let (at, rest) = (address(way), rest.chars().take(60).collect::<String>());
                (
                    format!("{at}の新しい規定を読み取れません: {rest}"),
                    format!("the new text for {at} cannot be read: {rest}"),
                )
            }
            Self::Count { way, said, found } => {
                let at = address(way);
                (
                    format!("{at}に加える規定は{said}とありますが、{found}あります"),
                    format!("{said} are announced for {at}, and {found} follow"),
                )
            }
            Self::Unfit { way } => {
                let at = address(way);
                (format!("{at}にはこの指示を行えません"), format!("this cannot be done at {at}"))
            }
        }
    }
}
