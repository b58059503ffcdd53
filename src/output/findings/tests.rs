use super::*;
use crate::diagnostics::Related;
use crate::span::Span;
use serde_json::Value;

const TEXT: &str = "（目的）\n第１条　この協定は、甲と乙が\t連携する\u{1b}[31m事項を定める。\r\n\r\n第２条　削除\n別表１　<医療> & 「福祉」|\n";

fn at(part: &str) -> Option<Span> {
    TEXT.find(part).map(|start| Span::new(start, start + part.len()))
}

fn finding(rule: &'static str, severity: Severity, path: &str, span: Option<Span>) -> Diagnostic {
    Diagnostic {
        rule,
        severity,
        words: Words::new(
            format!("{path}: 「連携する」を\u{1b}[31m確かめる, 100%"),
            format!("{path}: check this, 100%"),
        ),
        path: path.into(),
        span,
        related: vec![],
        help: None,
    }
}

fn report() -> Report {
    let mut first = finding("article-empty", Severity::Error, "第1条第1項", at("連携する"));
    first.related.push(Related {
        path: "別表1".into(),
        span: at("医療"),
        words: Words::new("ここで定義", "defined here"),
    });
    first.help = Some(Words::new("直してください", "mend it"));
    let findings = vec![
        first,
        finding("bracket-unbalanced", Severity::Warning, "第2条", at("第２条　削除\n別表")),
        finding("bracket-unbalanced", Severity::Warning, "別表1", at("<医療> & 「福祉」|")),
        finding("reader-complaint", Severity::Note, "別表1/1/救急|*", None),
    ];
    let coverage = Coverage { initiatives: 3, complete: 2, ..Default::default() };
    let files = vec![
        File {
            name: "協定, 案:1.txt".into(),
            text: TEXT.into(),
            findings,
            suppressed: 2,
            known: 1,
            coverage,
            ..Default::default()
        },
        File { name: "b.txt".into(), text: "甲".into(), ..Default::default() },
        File {
            name: "c.pdf".into(), findings: vec![crate::check::unreadable("壊れている")], ..Default::default()
        },
    ];
    Report { files, ..Default::default() }
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // The list of rules grows; what is declared of each is tested below.
    settings.bind(|| insta::assert_snapshot!(format!("findings@{name}"), text));
}

#[test]
fn every_format_has_its_snapshot() {
    for (name, write) in FORMATS.iter().filter(|(name, _)| *name != "sarif") {
        snapshot(name, &write(&report()));
    }
    snapshot("text-en", &text::write(&Report { lang: Lang::En, ..report() }));
    let mut sarif: Value = serde_json::from_str(&sarif::write(&report())).expect("JSON");
    sarif["runs"][0]["tool"]["driver"].take();
    for result in sarif["runs"][0]["results"].as_array_mut().into_iter().flatten() {
        if let Some(result) = result.as_object_mut() {
            result.shift_remove("ruleIndex");
        }
    }
    snapshot("sarif", &json::pretty(&sarif));
}

#[test]
fn every_format_holds_an_empty_report_and_the_hidden_count() {
    for (name, write) in FORMATS {
        write(&Report::default());
        let hidden = File { name: "a".into(), suppressed: 4321, ..Default::default() };
        let page = write(&Report { files: vec![hidden], ..Default::default() });
        assert!(page.contains("4321"), "{name}: {page}");
    }
}

#[test]
fn no_format_for_people_lets_control_characters_through() {
    for (name, write) in FORMATS.iter().filter(|(name, _)| !name.ends_with("json") && *name != "gitlab") {
        let page = write(&report());
        let bad = page.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(bad, None, "{name}");
    }
}

#[test]
fn colours_are_a_matter_of_choice() {
    assert!(text::write(&Report { colour: true, ..report() }).contains("\u{1b}["));
    assert!(!text::write(&report()).contains('\u{1b}'));
}

#[test]
fn json_is_valid() {
    let schema = serde_json::to_value(json::schema()).expect("a schema");
    let value: Value = serde_json::from_str(&json::write(&report())).expect("JSON");
    validate(&schema, &value);
    for line in ndjson::write(&report()).lines() {
        serde_json::from_str::<Value>(line).expect("JSON");
    }
}

#[test]
fn sarif_is_valid_and_declares_every_rule() {
    let mut schema: Value =
        serde_json::from_str(include_str!("../../../tests/schemas/sarif-2.1.0.json")).expect("the schema is JSON");
    // The official pattern of this key has a stray `]`, which strict readers refuse.
    for holder in ["run", "toolComponent"] {
        schema["definitions"][holder]["properties"]["language"]["pattern"] = "^[a-z]{2}$".into();
    }
    for lang in [Lang::Ja, Lang::En] {
        let value: Value = serde_json::from_str(&sarif::write(&Report { lang, ..report() })).expect("JSON");
        validate(&schema, &value);
        let declared = value["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules").clone();
        assert_eq!(declared.len(), crate::rules::RULES.len() + 1);
        for result in value["runs"][0]["results"].as_array().expect("results") {
            let Some(index) = result["ruleIndex"].as_u64() else { continue };
            assert_eq!(declared[index as usize]["id"], result["ruleId"]);
        }
    }
    let mut empty: Value = serde_json::from_str(&sarif::write(&Report::default())).expect("JSON");
    validate(&schema, &empty);
    empty["version"] = "2.0.0".into();
    assert!(!jsonschema::is_valid(&schema, &empty), "the schema judges");
}

#[test]
fn xml_is_well_formed() {
    for write in [junit::write, checkstyle::write] {
        let page = write(&report());
        let mut reader = quick_xml::Reader::from_str(&page);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_i32;
        loop {
            match reader.read_event().expect("well formed") {
                quick_xml::events::Event::Start(start) => {
                    depth += 1;
                    start.attributes().for_each(|a| drop(a.expect("an attribute")));
                }
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}

#[test]
fn a_comment_on_github_is_never_too_long() {
    let findings = vec![finding("article-empty", Severity::Error, "第1条", None); 5000];
    let report =
        Report { files: vec![File { name: "a".into(), findings, ..Default::default() }], ..Default::default() };
    let page = markdown::write(&report);
    assert!(page.chars().count() < 65_536 && page.contains("ほか "));
}

#[test]
fn many_findings_on_one_long_line_are_quick() {
    let text = "甲".repeat(300_000);
    let findings =
        (0..3000).map(|i| finding("article-empty", Severity::Note, "第1条", Some(Span::new(i * 300, i * 300 + 3))));
    let file = File { name: "a".into(), findings: findings.collect(), text: text.clone(), ..Default::default() };
    let report = Report { files: vec![file], ..Default::default() };
    let start = std::time::Instant::now();
    for (_, write) in FORMATS {
        write(&report);
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_and_no_span_stops_a_format(text in "([甲乙（）\\n\\r\\t a\u{3099}\u{200d}\u{1b}👨]|\\PC){0,60}", start in 0_u32..200, length in 0_u32..200) {
        let span = Some(Span { start, end: start + length });
        let mut one = finding("article-empty", Severity::Error, &text, span);
        one.related.push(Related { path: text.as_str().into(), span: Some(Span { start: length, end: start }), words: Words::new(&text, &text) });
        one.help = Some(Words::new(&text, &text));
        let file = File { name: text.clone(), text, findings: vec![one], ..Default::default() };
        let report = Report { files: vec![file], ..Default::default() };
        for (_, write) in FORMATS {
            write(&report);
        }
    }
}

fn validate(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let errors: Vec<_> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
