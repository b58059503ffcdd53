use crate::diff::types::Diff;

/// The diff as JSON (`kouotsu-diff/1`), indented, with a newline at its end.
pub fn json(diff: &Diff) -> String {
    serde_json::to_string_pretty(diff).map(|json| json + "\n").unwrap_or_default()
}

/// The JSON Schema of [`json`].
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Diff).to_value()
}
