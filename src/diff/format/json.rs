use crate::diff::types::Diff;
use crate::schema::Diagnostic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `kouotsu-diff/1`: the changes, and what is wrong with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The changes.
    #[serde(flatten)]
    pub diff: Diff,
    /// What the changes made worse, and what `check` finds in the new agreement and not in the old one.
    #[serde(default)]
    pub findings: Vec<Diagnostic>,
}

/// The diff as JSON (`kouotsu-diff/1`), indented, with a newline at its end.
pub fn json(diff: &Diff, findings: Vec<Diagnostic>) -> String {
    let report = Report { diff: diff.clone(), findings };
    serde_json::to_string_pretty(&report).map(|json| json + "\n").unwrap_or_default()
}

/// The JSON Schema of [`json`].
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(Report)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_in_docs_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/kouotsu-diff-1.schema.json");
        let schema = serde_json::to_string_pretty(&super::json_schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &schema).expect("docs can be written");
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == schema, "the schema in docs is old: UPDATE_DOCS=1 cargo test --lib schema_in_docs");
    }
}
