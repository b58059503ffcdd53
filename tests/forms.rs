//! Undamaged texts in the forms in which agreements are written: each is read as it says, or the reader tells that it may
//! not be. `KOUOTSU_CASES` sets how many, and draws afresh.

mod common;

use common::forms::{Form, articles, drawn, heads, parties, tables, trees};
use common::{cases, read_all};
use proptest::prelude::*;
use serde_json::Value;

/// The first thing in a text that was read otherwise than it says, and whether the reader told that it is not sure.
struct Fault {
    words: String,
    is_told: bool,
}

fn fault(form: &Form) -> Option<Fault> {
    let agreements = read_all(&form.text);
    let [agreement] = &agreements[..] else {
        return Some(Fault { words: format!("{} agreements", agreements.len()), is_told: false });
    };
    let got = (form.view)(agreement);
    let is_other = |(want, got): &(&Value, &Value)| squeezed(want) != squeezed(got);
    let (wanted, found) = (list(&form.want), list(&got));
    let first = wanted.iter().zip(found).find(is_other);
    let (want, got) = first.or((wanted.len() != found.len()).then_some((&form.want, &got)))?;
    let is_told = list(&agreement["diagnostics"]).iter().any(|found| found["severity"] != "note");
    Some(Fault { words: format!("want {want}\ngot  {got}"), is_told })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], |list| list)
}

fn squeezed(value: &Value) -> String {
    value.to_string().replace("\\n", "").split_whitespace().collect()
}

/// Every fact of a text is read.
fn is_read(form: &Form) -> Result<(), TestCaseError> {
    fault(form).map_or(Ok(()), |fault| Err(TestCaseError::fail(fault.words)))
}

/// Every fact is read, or the reader tells.
fn is_read_or_told(form: &Form) -> Result<(), TestCaseError> {
    fault(form).filter(|fault| !fault.is_told).map_or(Ok(()), |fault| Err(TestCaseError::fail(fault.words)))
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn heads_are_read(form in drawn(heads::head)) {
        is_read(&form)?;
    }

    #[test]
    fn parties_and_who_signs_are_read(form in drawn(parties::signed)) {
        is_read(&form)?;
    }

    #[test]
    fn tables_are_never_wrong_in_silence(form in drawn(tables::tables)) {
        is_read_or_told(&form)?;
    }

    #[test]
    fn articles_are_never_wrong_in_silence(form in drawn(articles::articles)) {
        is_read_or_told(&form)?;
    }

    #[test]
    fn trees_are_never_wrong_in_silence(form in drawn(trees::tree)) {
        is_read_or_told(&form)?;
    }
}
