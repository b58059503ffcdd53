//! Several agreements at once: versions, and neighbours.

use super::model::{Work, sample, words};
use super::*;
use crate::diagnostics::Lang;
use crate::diff::compare::{State, compare};
use crate::diff::history::{VERSION_UNDATED, history};
use crate::schema::Date;

fn dated(mut agreement: Agreement, iso: Option<&str>) -> Agreement {
    agreement.source.name = format!("{}.txt", iso.unwrap_or("draft"));
    agreement.date = Some(Date { text: String::new(), iso: iso.map(String::from) });
    agreement
}

#[test]
fn lives_of_initiatives() {
    let first = sample();
    let mut second = first.clone();
    second.tables[0].1[1].works[0].name = "見守りと声かけ".into();
    second.tables[0].1[0].works.push(Work {
        uid: 90,
        name: "遠隔診療".into(),
        content: words("画面越しに医師が話を聞く。"),
        roles: vec![],
    });
    let mut third = second.clone();
    third.tables[1].1[0].works.remove(0);
    third.tables[0].1[0].works[2].content = words("画面越しに医師が体調を聞く。");
    let versions = [
        dated(third.agreement(), None),
        dated(second.agreement(), Some("2020-04-01")),
        dated(first.agreement(), Some("2015-04-01")),
    ];
    let (found, findings) = history(&versions);
    let dates: Vec<_> = found.versions.iter().map(|v| v.date.as_deref()).collect();
    assert_eq!(dates, [Some("2015-04-01"), Some("2020-04-01"), None]);
    assert_eq!(findings.iter().map(|f| f.rule).collect::<Vec<_>>(), [VERSION_UNDATED]);
    let life = |name: &str| {
        let life = found.initiatives.iter().find(|l| l.name == name).expect("a life");
        life.events.iter().map(|e| (e.version, e.kinds.clone())).collect::<Vec<_>>()
    };
    use ChangeKind::*;
    assert_eq!(life("夜間の当番医"), [(0, vec![Added])]);
    assert_eq!(life("見守りと声かけ"), [(0, vec![Added]), (1, vec![Renamed])]);
    assert_eq!(life("遠隔診療"), [(1, vec![Added]), (2, vec![Edited])]);
    assert_eq!(life("乗合タクシー"), [(0, vec![Added]), (2, vec![Removed])]);
    assert!(super::history::text(&found, Lang::Ja).contains("2020-04-01  名称の変更  別表1/2/見守りと声かけ"));
}

fn neighbour(name: &str) -> Agreement {
    let text = serde_json::to_string(&sample().agreement()).expect("JSON");
    serde_json::from_str(&text.replace("若草町", name)).expect("an agreement")
}

#[test]
fn neighbours_side_by_side() {
    let [mut one, mut two, mut three] = ["若草町", "楓村", "白波市"].map(neighbour);
    for (agreement, name) in [(&mut one, "若草町"), (&mut two, "楓村"), (&mut three, "白波市")] {
        let work = &mut agreement.tables[0].fields[0].initiatives[0];
        work.content = Some(format!("{name}の診療所で、夜の当番を決める。"));
    }
    two.tables[0].fields[1].initiatives[0].roles.insert("乙".into(), "名簿を作る。".into());
    three.tables.remove(1);
    let matrix = compare(&[one, two, three]);
    assert_eq!(matrix.neighbours, ["若草町", "楓村", "白波市"]);
    let row = |field: &str, initiative: Option<&str>| {
        let row =
            matrix.rows.iter().find(|r| r.field == field && r.initiative.as_deref() == initiative).expect("a row");
        row.cells.iter().map(|c| c.state).collect::<Vec<_>>()
    };
    use State::*;
    assert_eq!(row("医療", None), [Same, Same, Same]);
    assert_eq!(row("福祉", None), [Same, Differs, Same]);
    assert_eq!(row("福祉", Some("見守り")), [Same, Differs, Same]);
    assert_eq!(row("福祉", Some("子どもの居場所")), [Same, Same, Same]);
    assert_eq!(row("交通", None), [Same, Same, Missing]);
    let csv = super::compare::csv(&matrix, Lang::Ja);
    assert!(csv.starts_with("視点,分野,取組,若草町,楓村,白波市\n"), "{csv}");
    assert!(csv.contains("暮らしを支える働き,福祉,見守り,同じ,異なる(2),同じ\n"), "{csv}");
    assert!(super::compare::html(&matrix, Lang::En).contains("<td class=\"missing\">missing</td>"));
    assert!(super::compare::xlsx(&matrix, Lang::Ja).expect("a workbook").starts_with(b"PK"));
}
