//! What applying an amendment says, for programs and readers.

use super::apply::Outcome;
use super::instruction::{Amendment, Instruction};
use crate::diagnostics::{Diagnostic, Lang};
use crate::diff::{Diff, format};
use crate::schema::{self, Agreement, Date};
use schemars::JsonSchema;
use serde::Serialize;

/// Value of [`Report::schema`].
pub const SCHEMA: &str = "kouotsu-amend/1";

/// An amendment and what it makes of the agreement.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// `kouotsu-amend/1`.
    pub schema: String,
    /// Title of the amendment.
    pub title: String,
    /// Its date of signing.
    pub date: Option<Date>,
    /// The day from which it applies.
    pub effective: Option<Date>,
    /// Whether it states the whole agreement anew.
    pub restated: bool,
    /// In the order in which they were played.
    pub instructions: Vec<Instruction>,
    /// What could not be read as an instruction, and what did not fit.
    pub misfits: Vec<schema::Diagnostic>,
    /// From the base to the consolidated agreement.
    pub diff: Diff,
    /// The consolidated agreement.
    pub agreement: Agreement,
}

/// Everything that there is to say: complaints of the reader, then misfits.
pub fn findings<'a>(amendment: &'a Amendment, outcome: &'a Outcome) -> impl Iterator<Item = &'a Diagnostic> {
    amendment.complaints.iter().chain(&outcome.misfits)
}

/// The JSON Schema of [`Report`].
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(Report)
}

impl Report {
    /// Puts together what was read and what came of it.
    pub fn of(amendment: &Amendment, outcome: &Outcome, lang: Lang) -> Self {
        let finding = |d: &Diagnostic| schema::Diagnostic {
            rule: d.rule.to_string(),
            severity: d.severity,
            message: d.words.get(lang).to_string(),
            path: d.path.as_str().into(),
            span: None,
        };
        Self {
            schema: SCHEMA.to_string(),
            title: amendment.title.clone(),
            date: amendment.date.clone(),
            effective: amendment.effective.clone(),
            restated: amendment.restated.is_some(),
            instructions: amendment.instructions.clone(),
            misfits: findings(amendment, outcome).map(finding).collect(),
            diff: outcome.diff.clone(),
            agreement: outcome.agreement.clone(),
        }
    }

    /// A page: what the amendment is, what did not fit, what changed.
    pub fn markdown(&self, lang: Lang) -> String {
        let words = |ja: &'static str, en: &'static str| if lang == Lang::Ja { ja } else { en };
        let mut out = format!("# {}\n\n", self.title);
        let days = [(words("締結日", "Signed"), &self.date), (words("施行日", "Applies from"), &self.effective)];
        for (name, date) in days {
            if let Some(date) = date {
                out.push_str(&format!("- {name}: {}\n", date.text));
            }
        }
        out.push_str(&format!("- {}: {}\n", words("改正の指示", "Instructions"), self.instructions.len()));
        if self.restated {
            out.push_str(&format!("- {}\n", words("協定の全部を改めるもの", "states the whole agreement anew")));
        }
        if !self.misfits.is_empty() {
            out.push_str(&format!("\n## {}\n\n", words("合わない指示", "What does not fit")));
            self.misfits.iter().for_each(|m| out.push_str(&format!("- {}: {}\n", m.rule, m.message)));
        }
        out.push_str(&format!("\n## {}\n\n{}", words("変更", "Changes"), format::markdown(&self.diff, lang)));
        out
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_in_docs_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/kouotsu-amend-1.schema.json");
        let schema = serde_json::to_string_pretty(&super::json_schema()).expect("a schema") + "\n";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &schema).expect("docs can be written");
        }
        assert_eq!(std::fs::read_to_string(path).expect("a committed schema"), schema, "run with UPDATE_DOCS=1");
    }
}
