//! What an agreement says, in a form that only changes when it says something else: no place, no file, no encoding.
//!
//! The form is plain JSON, so that a test may redact it before it compares. With `insta` (feature `redactions`):
//!
//! ```
//! let text = "協定書\n\n\
//!     青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を結ぶ。\n\n\
//!     （目的）\n\n第1条 この協定は、暮らしを支え合うことを目的とする。\n\n令和6年5月9日\n";
//! let snapshot = kouotsu::snapshot::of_text(text);
//! let agreement = &snapshot["agreements"][0];
//! insta::assert_json_snapshot!(agreement["articles"], @r#"
//! [
//!   {
//!     "number": "1",
//!     "label": "第1条",
//!     "caption": "目的",
//!     "division": [],
//!     "paragraphs": [
//!       {
//!         "number": 1,
//!         "text": "この協定は、暮らしを支え合うことを目的とする。",
//!         "items": [],
//!         "fields": []
//!       }
//!     ]
//!   }
//! ]
//! "#);
//! // what differs between neighbours, and does not matter here
//! insta::assert_json_snapshot!(agreement["date"], { ".text" => "[date]", ".iso" => "[date]" }, @r#"
//! {
//!   "text": "[date]",
//!   "iso": "[date]"
//! }
//! "#);
//! ```

use crate::diagnostics::Words;
use crate::diff::{self, Diff};
use crate::output::document::agreements;
use crate::schema::{Agreement, Coverage, Source};
use serde_json::{Map, Value, json};

/// Value of `schema`.
pub const SCHEMA: &str = "kouotsu-snapshot/1";
/// How the name of a snapshot ends; it stands behind the whole name of the agreement's file.
pub const ENDING: &str = ".snap.json";

/// Keys of `kouotsu/1` that say how an agreement was read, not what it says.
const LEFT_OUT: [&str; 3] = ["source", "coverage", "diagnostics"];

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words().en)]
pub enum Fault {
    /// Not JSON of this form.
    Form(#[from] serde_json::Error),
    /// Of another version, or of none.
    Version(String),
}

impl Fault {
    /// What is wrong.
    pub fn words(&self) -> Words {
        match self {
            Fault::Form(error) => {
                Words::new(format!("スナップショットとして読めません: {error}"), format!("not a snapshot: {error}"))
            }
            Fault::Version(found) => Words::new(
                format!("スナップショットの版が {found:?} です（読めるのは {SCHEMA:?}）"),
                format!("the snapshot is of version {found:?}, this program reads {SCHEMA:?}"),
            ),
        }
    }
}

/// How the same agreement changed.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Title of the new agreement, or of the old one where it is gone.
    pub title: String,
    /// What changed; an agreement that is new or gone is compared with an empty one.
    pub diff: Diff,
    /// Text that belongs nowhere: before and after. Empty where it did not change.
    pub unparsed: Vec<(String, String)>,
}

/// The snapshot of agreements: stable under wraps, line ends, encodings and names of files.
pub fn of(agreements: &[Agreement]) -> Value {
    json!({ "schema": SCHEMA, "agreements": agreements.iter().map(one).collect::<Vec<_>>() })
}

/// The snapshot of what a text says.
pub fn of_text(text: &str) -> Value {
    of(&agreements(&crate::parse(text)))
}

fn one(agreement: &Agreement) -> Value {
    let mut agreement = agreement.clone();
    sort_roles(&mut agreement);
    let mut value = serde_json::to_value(agreement).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        map.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
    }
    value
}

/// Roles in the order of the parties: the order of the columns says nothing.
fn sort_roles(agreement: &mut Agreement) {
    fn below(items: &mut [crate::schema::Item], sort: &dyn Fn(&mut [crate::schema::Field])) {
        for item in items {
            sort(&mut item.fields);
            below(&mut item.items, sort);
        }
    }
    let order: Vec<String> = agreement.parties.iter().map(|p| p.symbol.clone()).collect();
    let rank = |symbol: &str| order.iter().position(|o| o == symbol).unwrap_or(order.len());
    let sort = |fields: &mut [crate::schema::Field]| {
        for initiative in fields.iter_mut().flat_map(|f| &mut f.initiatives) {
            initiative.roles.sort_by(|a, _, b, _| rank(a).cmp(&rank(b)));
        }
    };
    agreement.tables.iter_mut().for_each(|table| sort(&mut table.fields));
    for paragraph in agreement.articles.iter_mut().flat_map(|a| &mut a.paragraphs) {
        sort(&mut paragraph.fields);
        below(&mut paragraph.items, &sort);
    }
}

/// The file: indented, keys in the order of the contract, with a newline at its end.
pub fn json(snapshot: &Value) -> String {
    serde_json::to_string_pretty(snapshot).unwrap_or_default() + "\n"
}

/// Reads what [`json()`] wrote.
///
/// # Errors
/// Text that is no snapshot, or one of another version.
pub fn parse(text: &str) -> Result<Vec<Agreement>, Fault> {
    let mut value: Value = serde_json::from_str(text)?;
    let version = value.get("schema").and_then(Value::as_str).unwrap_or_default();
    if version != SCHEMA {
        return Err(Fault::Version(version.into()));
    }
    let list = value.get_mut("agreements").map(Value::take).unwrap_or_default();
    let Value::Array(mut list) = list else { return Err(Fault::Version(SCHEMA.into())) };
    for map in list.iter_mut().filter_map(Value::as_object_mut) {
        complete(map)?;
    }
    Ok(serde_json::from_value(Value::Array(list))?)
}

fn complete(map: &mut Map<String, Value>) -> Result<(), serde_json::Error> {
    map.insert("source".into(), serde_json::to_value(Source::default())?);
    map.insert("coverage".into(), serde_json::to_value(Coverage::default())?);
    map.insert("diagnostics".into(), json!([]));
    Ok(())
}

/// What the agreements of a file say differently now; empty where nothing changed but widths, blanks and wraps.
pub fn compare(old: &[Agreement], new: &[Agreement]) -> Vec<Difference> {
    let none = Agreement::default();
    let pairs = (0..old.len().max(new.len())).map(|at| (old.get(at).unwrap_or(&none), new.get(at).unwrap_or(&none)));
    let differs = |(before, after): (&Agreement, &Agreement)| {
        let (left, right) = (unparsed(before), unparsed(after));
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let unparsed = if bare(&left) == bare(&right) { vec![] } else { vec![(left, right)] };
        let title = if after.title.is_empty() { &before.title } else { &after.title };
        let found = Difference { title: title.clone(), diff: diff::diff(before, after), unparsed };
        (!found.diff.changes.is_empty() || !found.unparsed.is_empty()).then_some(found)
    };
    pairs.filter_map(differs).collect()
}

fn unparsed(agreement: &Agreement) -> String {
    agreement.unparsed.iter().map(|u| u.text.as_str()).collect::<Vec<_>>().join("\n")
}
