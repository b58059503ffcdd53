//! A comparison, beside the reading that it needs. `cargo bench --bench diff`

use kouotsu::output::document::{Origin, agreement};
use kouotsu::schema::Agreement;

fn main() {
    divan::main();
}

/// An invented agreement of `rounds` tables, and the same with an article inserted and one role in seven reworded.
fn texts(rounds: usize) -> (String, String) {
    let mut old = String::from(
        "定住自立圏の形成に関する協定書\n\n青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を結ぶ。\n\n\
         （目的）\n\n第1条 この協定は、暮らしを支え合うことを目的とする。\n\n（取組）\n\n第2条 取組は、別表に定める。\n\n\
         （費用）\n\n第3条 費用は、前条の取組ごとに話し合って決める。\n\n",
    );
    let mut new =
        old.replace("（費用）\n\n第3条", "（災害）\n\n第3条 災害のときは、水を融通し合う。\n\n（費用）\n\n第4条");
    for round in 1..=rounds {
        for (out, changed) in [(&mut old, false), (&mut new, true)] {
            out.push_str(&format!("別表{round}（第2条関係）\n\n暮らしを支える働き{round}\n\n1 医療\n\n"));
            out.push_str("項目\t取組内容\t甲の役割\t乙の役割\n");
            for nth in 0..12 {
                let more = if changed && nth % 7 == 3 { "年に1度、結果を知らせる。" } else { "" };
                out.push_str(&format!(
                    "当番{round}の{nth}\t夜に開く診療所{nth}を交替で定め、暦に載せて配る。\t当番{nth}の暦を作り、各戸に配る。{more}\t\
                     当番の医師{nth}に謝礼を払い、宿舎を整える。\n"
                ));
            }
            out.push('\n');
        }
    }
    (old, new)
}

/// Rounds that make about 25 KB.
const SMALL: usize = 10;

fn read(text: &str) -> Agreement {
    let parsed = kouotsu::parse(text);
    parsed.readings.first().map(|r| agreement(r, text, &Origin::default())).unwrap_or_default()
}

#[divan::bench(args = [1, 10, 100], min_time = 1)]
fn parse_both(bencher: divan::Bencher, times: usize) {
    let (old, new) = texts(SMALL * times);
    let bytes = divan::counter::BytesCount::new(old.len() + new.len());
    bencher.counter(bytes).bench(|| (read(&old), read(&new)));
}

#[divan::bench(args = [1, 10, 100], min_time = 1)]
fn parse_both_and_diff(bencher: divan::Bencher, times: usize) {
    let (old, new) = texts(SMALL * times);
    let bytes = divan::counter::BytesCount::new(old.len() + new.len());
    bencher.counter(bytes).bench(|| kouotsu::diff::diff(&read(&old), &read(&new)));
}
