//! What a scheme asks an agreement to contain. Words are looked for in captions and texts, never whole sentences.

pub(super) mod abolition_missing;
pub(super) mod change_missing;
pub(super) mod cost_missing;
pub(super) mod council_resolution_missing;
pub(super) mod declaration_missing;
pub(super) mod law_not_cited;
pub(super) mod meeting_missing;
pub(super) mod notice_period_missing;
pub(super) mod policy_missing;
pub(super) mod purpose_missing;
pub(super) mod role_sharing_missing;
pub(super) mod view_missing;

use super::{Context, Rule, Sink};
use crate::ast::{Agreement, Article, Item};
use crate::model::reference;
use crate::schema::Kind;

/// Whether the agreement is held to one of these schemes; one that only amends another need not say it all.
fn applies(context: &Context, kinds: &[Kind]) -> bool {
    kinds.contains(&context.profile) && !context.tree.articles.is_empty() && !reference::changes_another(context.tree)
}

/// Whether some caption, or else some text of an article or the preamble, holds one of the words.
fn says(tree: &Agreement, words: &[&str]) -> bool {
    captioned(tree, words).is_some()
        || tree.articles.iter().any(|article| article_says(article, words))
        || has(&tree.preamble.text, words)
}

/// The first article whose caption holds one of the words.
fn captioned<'a>(tree: &'a Agreement, words: &[&str]) -> Option<&'a Article> {
    tree.articles.iter().find(|article| article.caption.as_ref().is_some_and(|caption| has(&caption.text, words)))
}

/// Whether a 項 or a 号 of the article holds one of the words.
fn article_says(article: &Article, words: &[&str]) -> bool {
    article.paragraphs.iter().any(|paragraph| {
        has(&paragraph.text.text, words)
            || paragraph.tail.as_ref().is_some_and(|tail| has(&tail.text, words))
            || paragraph.items.iter().any(|item| item_says(item, words))
    })
}

fn item_says(item: &Item, words: &[&str]) -> bool {
    has(&item.text.text, words) || item.items.iter().any(|inner| item_says(inner, words))
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
