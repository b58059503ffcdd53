//! What is judged. A rule is a value in a file of its own and one line in [`RULES`].

pub mod explain;
pub mod list;

#[macro_use]
mod examples;

mod alias_undefined;
mod alias_unused;
mod area_empty;
mod areas;
mod article_empty;
mod bracket_unbalanced;
mod caption_missing;
mod content;
mod content_empty;
mod content_missing;
mod content_twice;
mod copies_mismatch;
mod date_blank;
mod date_era_not_begun;
mod date_era_over;
mod date_gregorian;
mod date_impossible;
mod date_order;
mod date_weekday;
mod dates;
mod declared;
mod extraction_damage;
mod facts;
mod field_empty;
mod initiative_twice;
mod initiative_unnamed;
mod label_unknown;
mod number_gap;
mod number_order;
mod number_style;
mod number_twice;
mod office;
mod office_mismatch;
mod parties;
mod party_twice;
mod party_unused;
mod prose;
mod reading;
mod reference_caption;
mod reference_missing;
mod reference_range_short;
mod reference_self;
mod reference_table_missing;
mod role_empty;
mod role_joint_and_single;
mod role_missing;
mod role_partner_self;
mod role_party_undefined;
mod role_same_text;
mod role_twice;
mod sentence_unfinished;
mod series;
mod signature_mismatch;
mod signature_missing;
mod spelling_drift;
mod spelling_official;
mod symbol_undefined;
mod table_pointer_mismatch;
mod table_title_mismatch;
mod table_unreferenced;
mod unparsed;

pub(crate) use declared::{FILE_UNREADABLE, SUPPRESSION_EXPIRED, SUPPRESSION_UNUSED};

use crate::ast;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Lang, Severity, Words};
use crate::model::{Model, path};
use crate::parse::Reading;
use crate::schema::Kind;
use crate::span::Span;
pub(crate) use facts::Facts;

/// The same sentence in Japanese and English, known when compiled.
pub type Pair = (&'static str, &'static str);

/// The sentence in `lang`.
pub fn said(pair: Pair, lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => pair.0,
        Lang::En => pair.1,
    }
}

/// A rule: words, examples and a function. `explain`, the rules page, SARIF and the rule's own test come from it.
pub struct Rule {
    /// `role-missing`: what is found, in lower case with hyphens. Never changes.
    pub id: &'static str,
    /// How bad, unless the configuration says otherwise.
    pub severity: Severity,
    /// Whether it runs when the configuration does not name it.
    pub on: bool,
    /// Whether a finding is certain; a doubtful one is for a reader to judge.
    pub sure: bool,
    /// What it finds, in one line.
    pub title: Pair,
    /// Why that matters, with the source of the fact.
    pub why: Pair,
    /// A whole agreement that raises this rule and no other; empty in a rule that needs more than a text.
    pub bad: &'static str,
    /// The same agreement put right: raises nothing.
    pub good: &'static str,
    /// Looks at one agreement.
    pub check: fn(&Context, &mut Sink),
}

/// Every rule, in the order of their ids.
pub const RULES: &[&Rule] = &[
    &content::abolition_missing::RULE,
    &alias_undefined::RULE,
    &alias_unused::RULE,
    &area_empty::RULE,
    &article_empty::RULE,
    &bracket_unbalanced::RULE,
    &caption_missing::RULE,
    &declared::CELL_APART,
    &declared::CELL_TORN,
    &content::change_missing::RULE,
    &content_empty::RULE,
    &content_missing::RULE,
    &content_twice::RULE,
    &copies_mismatch::RULE,
    &content::cost_missing::RULE,
    &content::council_resolution_missing::RULE,
    &date_blank::RULE,
    &date_era_not_begun::RULE,
    &date_era_over::RULE,
    &date_gregorian::RULE,
    &date_impossible::RULE,
    &date_order::RULE,
    &date_weekday::RULE,
    &content::declaration_missing::RULE,
    &extraction_damage::RULE,
    &field_empty::RULE,
    &FILE_UNREADABLE,
    &initiative_twice::RULE,
    &initiative_unnamed::RULE,
    &reading::CELL_LINES,
    &reading::INPUT_CHROME,
    &reading::DEEP,
    &reading::EMBEDDED,
    &reading::FOOTNOTE,
    &reading::HEADER_ROWS,
    &reading::HIDDEN,
    &reading::IMAGE,
    &reading::MERGED_ROWS,
    &reading::NESTED_TABLE,
    &reading::NUMBERED,
    &reading::RUBY,
    &reading::SHARED_CELL,
    &reading::SYMBOL,
    &reading::TEXT_BOX,
    &reading::TRACKED,
    &reading::UNKNOWN_NUMBER,
    &label_unknown::RULE,
    &declared::LABEL_UNREAD,
    &content::law_not_cited::RULE,
    &reading::LINE_SPLIT,
    &reading::MARKUP_LEFT,
    &content::meeting_missing::RULE,
    &declared::NAME_LOST,
    &declared::NO_ARTICLE,
    &content::notice_period_missing::RULE,
    &number_gap::RULE,
    &number_order::RULE,
    &number_style::RULE,
    &number_twice::RULE,
    &reading::OCR_LOOK_ALIKE,
    &office_mismatch::RULE,
    &reading::PARTY_MISSING,
    &party_twice::RULE,
    &party_unused::RULE,
    &reading::NO_UNICODE,
    &reading::NO_TEXT,
    &reading::OVERLAPPING,
    &reading::PAGE_UNREADABLE,
    &reading::PRIVATE,
    &reading::PDF_RUBY,
    &reading::RUNNING_HEADER,
    &reading::SLANTED,
    &reading::UNRULED,
    &reading::TOO_MANY_LINES,
    &content::policy_missing::RULE,
    &content::purpose_missing::RULE,
    &reference_caption::RULE,
    &reference_missing::RULE,
    &reference_range_short::RULE,
    &reference_self::RULE,
    &reference_table_missing::RULE,
    &role_empty::RULE,
    &role_joint_and_single::RULE,
    &role_missing::RULE,
    &role_partner_self::RULE,
    &role_party_undefined::RULE,
    &role_same_text::RULE,
    &content::role_sharing_missing::RULE,
    &role_twice::RULE,
    &declared::SENTENCE_TORN,
    &sentence_unfinished::RULE,
    &declared::SIGNATURE_APART,
    &signature_mismatch::RULE,
    &signature_missing::RULE,
    &spelling_drift::RULE,
    &spelling_official::RULE,
    &SUPPRESSION_EXPIRED,
    &SUPPRESSION_UNUSED,
    &symbol_undefined::RULE,
    &table_pointer_mismatch::RULE,
    &table_title_mismatch::RULE,
    &table_unreferenced::RULE,
    &reading::TITLE_MISSING,
    &reading::UNDECODABLE_BYTES,
    &unparsed::RULE,
    &content::view_missing::RULE,
];

/// The rule called `id`.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.id.cmp(id)).ok().map(|at| RULES[at])
}

/// What a rule sees of one agreement.
pub struct Context<'a> {
    /// The decoded source.
    pub source: &'a str,
    /// The bytes of it that are of this agreement.
    pub span: Span,
    /// What is written.
    pub tree: &'a ast::Agreement,
    /// What it means.
    pub model: &'a Model,
    /// Which guideline it is held to; `Other` is none.
    pub profile: Kind,
    /// The user's settings.
    pub config: &'a Config,
    /// What rules have asked so far.
    pub(crate) facts: Facts<'a>,
}

impl<'a> Context<'a> {
    /// One reading of `source`, under the settings.
    pub fn of(reading: &'a Reading, source: &'a str, config: &'a Config) -> Self {
        let (tree, model) = (&reading.tree, &reading.model);
        let profile = config.profile.of(model.kind);
        Self { source, span: reading.span, tree, model, profile, config, facts: Facts::default() }
    }

    /// The words of this agreement, damage and all: a file may hold many.
    pub fn own(&self) -> &'a str {
        self.span.slice(self.source)
    }
}

/// Takes what one rule finds.
pub struct Sink {
    rule: &'static Rule,
    found: Vec<Diagnostic>,
}

impl Sink {
    /// Adds a finding at `path` and `span`, and returns it for its `related`, `help` or another `severity`.
    pub fn add(&mut self, path: impl Into<path::Path>, span: Option<Span>, words: Words) -> &mut Diagnostic {
        let place = self.found.len();
        self.found.push(Diagnostic {
            rule: self.rule.id,
            severity: self.rule.severity,
            words,
            path: path.into(),
            span,
            related: Vec::new(),
            help: None,
        });
        &mut self.found[place]
    }
}

/// What `rule` finds in one agreement, in the rule's own order.
pub fn run(rule: &'static Rule, context: &Context) -> Vec<Diagnostic> {
    let mut sink = Sink { rule, found: Vec::new() };
    (rule.check)(context, &mut sink);
    sink.found
}

/// The sentence for a rule id that does not exist, with the nearest one that does.
pub fn unknown(id: &str) -> Words {
    let nearest = nearest(id, RULES.iter().map(|rule| rule.id));
    let (ja, en) = nearest
        .map_or_else(Default::default, |near| (format!("（{near} のことですか）"), format!("; did you mean {near}?")));
    Words::new(format!("{id} という規則はありません{ja}"), format!("there is no rule {id}{en}"))
}

/// The candidate that `word` is most likely a misspelling of.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sorted_and_well_formed() {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        for id in ids {
            assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{id}");
        }
    }

    #[test]
    fn every_rule_has_its_words() {
        for rule in RULES {
            for words in [rule.title.0, rule.title.1, rule.why.0, rule.why.1] {
                assert!(!words.trim().is_empty(), "{}", rule.id);
            }
            assert_eq!(rule.bad.is_empty(), rule.good.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn names_the_nearest_rule() {
        assert!(unknown("article-emty").en.ends_with("did you mean article-empty?"));
        assert_eq!(unknown("zzz").en, "there is no rule zzz");
    }
}
