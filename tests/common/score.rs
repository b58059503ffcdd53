//! Compares two agreements fact by fact, as `score.py` beside the corpus does.

use serde_json::Value;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Its group, its place, its value; texts are compared after NFKC and without white space.
pub type Fact = (&'static str, String, String);

/// How often each fact is stated.
pub type Facts = BTreeMap<Fact, usize>;

/// Facts of one group.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// In the truth.
    pub truth: usize,
    /// In the output.
    pub got: usize,
    /// In both.
    pub hit: usize,
}

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// By group of facts.
    pub groups: BTreeMap<&'static str, Count>,
    /// In the truth and not in the output.
    pub missing: Vec<Fact>,
    /// In the output and not in the truth.
    pub wrong: Vec<Fact>,
    /// Whether the output has a diagnostic of severity warning or error.
    pub warned: bool,
}

impl Count {
    /// Harmonic mean of precision and recall; 1 where there is nothing to say and nothing is said.
    pub fn f1(self) -> f64 {
        match self.truth + self.got {
            0 => 1.0,
            all => 2.0 * self.hit as f64 / all as f64,
        }
    }
}

impl Score {
    /// Over all groups.
    pub fn all(&self) -> Count {
        self.groups.values().fold(Count::default(), |a, b| Count {
            truth: a.truth + b.truth,
            got: a.got + b.got,
            hit: a.hit + b.hit,
        })
    }

    /// F1 over all groups.
    pub fn f1(&self) -> f64 {
        self.all().f1()
    }

    /// Wrong facts that no diagnostic warns of.
    pub fn silent(&self) -> usize {
        if self.warned { 0 } else { self.wrong.len() }
    }

    /// Counts of each group and the first misses of either kind.
    pub fn show(&self, most: usize) -> String {
        let mut out = String::new();
        for (group, c) in self.groups.iter().chain([(&"all", &self.all())]) {
            out += &format!("{group:11} truth {:4}  got {:4}  hit {:4}  F1 {:.4}\n", c.truth, c.got, c.hit, c.f1());
        }
        out += &format!("wrong {}, silent {}\n", self.wrong.len(), self.silent());
        for (word, facts) in [("missing", &self.missing), ("wrong  ", &self.wrong)] {
            for (group, place, value) in facts.iter().take(most) {
                out += &format!("{word} {group} [{place}] {value}\n");
            }
        }
        out
    }
}

/// Compares an output with the truth; both are one agreement in the JSON contract.
pub fn score(truth: &Value, output: &Value) -> Score {
    let (want, have) = (facts(truth), facts(output));
    let mut score = Score { missing: less(&want, &have), wrong: less(&have, &want), ..Score::default() };
    for (fact, n) in &want {
        let count = score.groups.entry(fact.0).or_default();
        count.truth += n;
        count.hit += n.min(have.get(fact).unwrap_or(&0));
    }
    for (fact, n) in &have {
        score.groups.entry(fact.0).or_default().got += n;
    }
    score.warned = list(output, "diagnostics").iter().any(|d| matches!(word(d, "severity"), "warning" | "error"));
    score
}

fn less(a: &Facts, b: &Facts) -> Vec<Fact> {
    let left = |(fact, n): (&Fact, &usize)| vec![fact.clone(); n.saturating_sub(*b.get(fact).unwrap_or(&0))];
    a.iter().flat_map(left).collect()
}

/// Every fact of an agreement.
pub fn facts(doc: &Value) -> Facts {
    let mut out = Facts::new();
    add(&mut out, "title", "", plain(doc, "title"));
    add(&mut out, "date", "", plain(&doc["date"], "iso"));
    for party in list(doc, "parties") {
        let (symbol, person) = (plain(party, "symbol"), &party["representative"]);
        add(&mut out, "party", &symbol, plain(party, "name"));
        add(&mut out, "signature", &symbol, plain(person, "office") + &plain(person, "name"));
    }
    for article in list(doc, "articles") {
        let number = plain(article, "number");
        add(&mut out, "article", &number, plain(article, "caption"));
        for (index, paragraph) in list(article, "paragraphs").iter().enumerate() {
            let place = format!("{number}/{}", paragraph["number"].as_u64().unwrap_or(index as u64 + 1));
            add(&mut out, "paragraph", &place, plain(paragraph, "text"));
            items(&mut out, paragraph, &place);
        }
    }
    for table in list(doc, "tables") {
        add(&mut out, "table", &plain(table, "number"), plain(table, "title"));
    }
    initiatives(&mut out, &doc["tables"], "", "");
    initiatives(&mut out, &doc["articles"], "", "");
    out
}

fn items(out: &mut Facts, parent: &Value, place: &str) {
    for item in list(parent, "items") {
        let here = format!("{place}/{}", plain(item, "number"));
        add(out, "item", &here, plain(item, "text"));
        items(out, item, &here);
    }
}

/// Initiatives stand at any depth; the nearest node with `fields` names the area, the node itself the field.
fn initiatives(out: &mut Facts, node: &Value, area: &str, field: &str) {
    if let Value::Array(nodes) = node {
        nodes.iter().for_each(|n| initiatives(out, n, area, field));
    }
    let Value::Object(keys) = node else { return };
    let (mut area, mut field) = (area.to_owned(), field.to_owned());
    if node["fields"].is_array() {
        area =
            [plain(node, "title"), plain(node, "text"), area].into_iter().find(|s| !s.is_empty()).unwrap_or_default();
    }
    if node["initiatives"].is_array() {
        field = plain(node, "title");
    }
    for row in list(node, "initiatives") {
        let place = format!("{area}/{field}/{}", plain(row, "name"));
        add(out, "initiative", &place, "present".into());
        add(out, "content", &place, plain(row, "content"));
        for (party, text) in row["roles"].as_object().into_iter().flatten() {
            add(out, "role", &format!("{place}/{party}"), norm(text.as_str().unwrap_or_default()));
        }
    }
    keys.iter().filter(|(key, _)| *key != "initiatives").for_each(|(_, n)| initiatives(out, n, &area, &field));
}

fn add(out: &mut Facts, group: &'static str, place: &str, value: String) {
    *out.entry((group, place.to_owned(), value)).or_default() += 1;
}

fn list<'a>(node: &'a Value, key: &str) -> &'a [Value] {
    node[key].as_array().map_or(&[], Vec::as_slice)
}

fn word<'a>(node: &'a Value, key: &str) -> &'a str {
    node[key].as_str().unwrap_or_default()
}

fn plain(node: &Value, key: &str) -> String {
    norm(word(node, key))
}

/// NFKC, without white space.
pub fn norm(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}
