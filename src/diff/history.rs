//! When each initiative appeared, changed and went.

use super::align::{self, Pairs};
use super::changes::{self, partner};
use super::fold;
use super::path;
use super::tree::Tree;
use super::types::{ChangeKind, Part};
use crate::diagnostics::{Diagnostic, Lang, Severity, Words};
use crate::schema::Agreement;
use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Value of [`History::schema`].
pub const SCHEMA: &str = "kouotsu-history/1";
/// A version without a date of signing.
pub const VERSION_UNDATED: &str = "version-undated";

/// The versions of one agreement and the lives of its initiatives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// `kouotsu-history/1`.
    pub schema: String,
    /// By date; those without one last, in the order given.
    pub versions: Vec<Version>,
    /// In the order in which they appeared.
    pub initiatives: Vec<Life>,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// File name as given.
    pub name: String,
    /// Title.
    pub title: String,
    /// Date of signing, ISO; `null` where it has none.
    pub date: Option<String>,
}

/// The life of an initiative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Life {
    /// Its last name.
    pub name: String,
    /// Its last address.
    pub path: String,
    /// What happened, by version.
    pub events: Vec<Event>,
}

/// What happened to an initiative in a version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Index into [`History::versions`], from 0.
    pub version: usize,
    /// `added` appeared, `removed` went; several at once where it was renamed, moved and edited.
    pub kinds: Vec<ChangeKind>,
    /// Address in this version; for what went, in the one before.
    pub path: String,
}

/// Follows the initiatives of `versions`; the order of the list does not matter. The second part says which versions
/// have no date, and so stand last.
pub fn history(versions: &[Agreement]) -> (History, Vec<Diagnostic>) {
    let mut order: Vec<&Agreement> = versions.iter().collect();
    order.sort_by_key(|a| (iso(a).is_none(), iso(a)));
    let version = |a: &&Agreement| Version { name: a.source.name.clone(), title: a.title.clone(), date: iso(a) };
    let mut out =
        History { schema: SCHEMA.into(), versions: order.iter().map(version).collect(), initiatives: Vec::new() };
    let trees: Vec<Tree<'_>> = order.iter().map(|a| Tree::of(a)).collect();
    let mut alive: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, tree) in trees.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|b| trees.get(b));
        let step = before.map(|old| (old, align::align(old, tree)));
        alive = advance(&mut out, at, step, tree, &alive);
    }
    let findings = order.iter().filter(|a| iso(a).is_none()).map(|a| undated(a)).collect();
    (out, findings)
}

fn iso(agreement: &Agreement) -> Option<String> {
    agreement.date.as_ref().and_then(|d| d.iso.clone())
}

fn undated(agreement: &Agreement) -> Diagnostic {
    Diagnostic {
        rule: VERSION_UNDATED,
        severity: Severity::Warning,
        words: Words::new(
            format!("{}に締結日がないため、最後の版として扱いました", agreement.source.name),
            format!("{} has no date of signing; it was taken for the last version", agreement.source.name),
        ),
        path: "締結日".into(),
        span: None,
        related: Vec::new(),
        help: None,
    }
}

/// One version on: the lives by the nodes of the new tree.
fn advance(
    out: &mut History,
    version: usize,
    step: Option<(&Tree<'_>, Pairs)>,
    tree: &Tree<'_>,
    alive: &FxHashMap<usize, usize>,
) -> FxHashMap<usize, usize> {
    let mut next = FxHashMap::default();
    let moved = step.as_ref().map(|(old, pairs)| changes::moved(old, tree, pairs)).unwrap_or_default();
    for (n, node) in tree.nodes.iter().enumerate().filter(|(_, node)| node.part == Part::Initiative) {
        let path = path::path(tree, n);
        let twin = step.as_ref().and_then(|(old, pairs)| Some((*old, pairs, partner(&pairs.to_old, n)?)));
        let life = twin.and_then(|(_, _, o)| alive.get(&o).copied());
        let mut kinds = Vec::new();
        match (twin, life) {
            (Some((old, pairs, o)), Some(_)) => {
                kinds.extend(moved.contains(&n).then_some(ChangeKind::Moved));
                kinds.extend((!fold::same(&old.node(o).name, &node.name)).then_some(ChangeKind::Renamed));
                kinds.extend(edited(old, o, tree, n, pairs).then_some(ChangeKind::Edited));
            }
            _ => kinds.push(ChangeKind::Added),
        }
        let life = life.unwrap_or(out.initiatives.len());
        if life == out.initiatives.len() {
            out.initiatives.push(Life { name: String::new(), path: String::new(), events: Vec::new() });
        }
        next.insert(n, life);
        if let Some(life) = out.initiatives.get_mut(life) {
            (life.name, life.path) = (node.name.to_string(), path.clone());
            if !kinds.is_empty() {
                life.events.push(Event { version, kinds, path });
            }
        }
    }
    let still: FxHashSet<usize> = next.values().copied().collect();
    let mut gone: Vec<usize> = alive.values().copied().filter(|life| !still.contains(life)).collect();
    gone.sort_unstable();
    for life in gone {
        if let Some(life) = out.initiatives.get_mut(life) {
            life.events.push(Event { version, kinds: vec![ChangeKind::Removed], path: life.path.clone() });
        }
    }
    next
}

/// Whether content or roles of an initiative changed.
fn edited(old: &Tree<'_>, o: usize, new: &Tree<'_>, n: usize, pairs: &Pairs) -> bool {
    let (before, after) = (&old.node(o).children, &new.node(n).children);
    before.len() != after.len()
        || before.iter().any(|c| match partner(&pairs.to_new, *c) {
            Some(twin) => !fold::same(&old.node(*c).text, &new.node(twin).text),
            None => true,
        })
}

/// The history for a terminal: versions, then one initiative a paragraph.
pub fn text(history: &History, lang: Lang) -> String {
    let date = |v: &Version| match (&v.date, lang) {
        (Some(date), _) => date.clone(),
        (None, Lang::Ja) => "日付なし".into(),
        (None, Lang::En) => "no date".into(),
    };
    let mut out = String::new();
    for (i, version) in history.versions.iter().enumerate() {
        out.push_str(&format!("[{}] {}  {}  {}\n", i + 1, date(version), version.name, version.title));
    }
    for life in &history.initiatives {
        out.push_str(&format!("\n{}\n", if life.name.is_empty() { &life.path } else { &life.name }));
        for event in &life.events {
            let kinds: Vec<&str> = event.kinds.iter().map(|k| kind_name(*k, lang)).collect();
            let when = history.versions.get(event.version).map(&date).unwrap_or_default();
            out.push_str(&format!("  {when}  {}  {}\n", kinds.join("・"), event.path));
        }
    }
    out
}

/// The history as JSON, indented, with a newline at its end.
pub fn json(history: &History) -> String {
    serde_json::to_string_pretty(history).map(|json| json + "\n").unwrap_or_default()
}

fn kind_name(kind: ChangeKind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (ChangeKind::Added, Lang::Ja) => "新設",
        (ChangeKind::Added, Lang::En) => "appeared",
        (ChangeKind::Removed, Lang::Ja) => "廃止",
        (ChangeKind::Removed, Lang::En) => "went",
        (kind, lang) => super::format::kind_name(kind, lang),
    }
}
