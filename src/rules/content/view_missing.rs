//! `view-missing`

use super::{Context, Rule, Sink, applies, has, item_says};
use crate::ast::AppendedTable;
use crate::diagnostics::{Severity, Words};
use crate::model::path;
use crate::schema::Kind;

pub(in crate::rules) const RULE: Rule = Rule {
    id: "view-missing",
    severity: Severity::Note,
    on: true,
    sure: false,
    title: ("視点（政策分野）が足りない", "one of the views is missing"),
    why: (
        "形成協定は3つの視点（生活機能、結びつきやネットワーク、圏域マネジメント）の取組を、連携協約は圏域の3つの役割を定めます（各市の説明ページ）。それぞれに1つ以上要るかは要綱の文面で確かめていないため、注意にとどめます。",
        "A 定住自立圏形成協定 covers three views, a 連携協約 three roles of the region (pages of cities). Whether each needs at least one item was not checked in the guideline, so this is a note.",
    ),
    bad: settlement!(view: "仲間"),
    good: settlement!(),
    check,
};

/// A name for messages, and words by which it is known.
type View = (&'static str, &'static [&'static str]);

const SETTLEMENT: &[View] = &[
    ("生活機能の強化", &["生活機能"]),
    ("結びつきやネットワークの強化", &["結びつき", "ネットワーク"]),
    ("圏域マネジメント能力の強化", &["マネジメント"]),
];
const CORE_CITY: &[View] = &[
    ("圏域全体の経済成長のけん引", &["経済成長", "経済"]),
    ("高次の都市機能の集積・強化", &["都市機能"]),
    ("圏域全体の生活関連機能サービスの向上", &["生活関連機能", "生活機能"]),
];

fn check(context: &Context, sink: &mut Sink) {
    if !applies(context, &[Kind::SettlementRegion, Kind::CoreCity]) {
        return;
    }
    let views = if context.profile == Kind::CoreCity { CORE_CITY } else { SETTLEMENT };
    let (missing, named): (Vec<&View>, Vec<&View>) = views.iter().partition(|(_, words)| !is_named(context, words));
    // where none is known the agreement has names of its own
    if named.is_empty() {
        return;
    }
    for (name, _) in missing {
        let words = Words::new(
            format!("「{name}」に当たる政策分野が見つかりません"),
            format!("no area for 「{name}」 was found"),
        );
        sink.add("題名", context.tree.title.span(), words);
    }
    for (name, words) in named {
        let mut tables = context.tree.tables.iter().filter(|table| has(&table.title.text, words)).peekable();
        let Some(first) = tables.peek().copied() else { continue };
        let is_empty = |table: &AppendedTable| {
            table.rows.is_empty() && table.fields.iter().all(|field| field.initiatives.is_empty())
        };
        if tables.all(is_empty) {
            let address = path::table(first);
            let words = Words::new(
                format!("「{name}」の取組が{address}にひとつもありません"),
                format!("{address}, for 「{name}」, holds no initiative"),
            );
            sink.add(address, first.label.span(), words);
        }
    }
}

fn is_named(context: &Context, words: &[&str]) -> bool {
    let items = || context.tree.articles.iter().flat_map(|a| &a.paragraphs).flat_map(|p| &p.items);
    items().any(|item| item_says(item, words))
        || context.tree.tables.iter().any(|table| {
            has(&table.title.text, words) || table.fields.iter().any(|field| has(&field.title.text, words))
        })
}
