//! `sentence-unfinished`

use super::{Context, Rule, Sink};
use crate::ast::Text;
use crate::diagnostics::{Severity, Words};
use crate::model::{path, walk};

pub(super) const RULE: Rule = Rule {
    id: "sentence-unfinished",
    severity: Severity::Warning,
    on: true,
    sure: false,
    title: ("文が終わっていない", "a sentence that does not end"),
    why: (
        "ほかの項や欄はどれも「。」で終わります。この文だけ終わらないのは、抽出で末尾が欠けたか、書きかけです。",
        "The other paragraphs or cells all end with 。: the end of this one was lost in extraction, or it is not finished.",
    ),
    bad: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　図書館の費用は、甲が\n\n（協議）\n第3条　そのほかは、協議して定める。\n\n（本）\n第4条　本は、乙が選ぶ。\n"
    ),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　図書館の費用は、甲が負担する。\n\n（協議）\n第3条　そのほかは、協議して定める。\n\n（本）\n第4条　本は、乙が選ぶ。\n"
    ),
    check,
};

/// Fewer than these prove no habit.
const LEAST: usize = 3;

fn check(context: &Context, sink: &mut Sink) {
    let (mut paragraphs, mut cells) = (Siblings::default(), Siblings::default());
    walk::texts(context.tree, &mut |at, text| match (at.article, at.item, at.table) {
        (Some(_), None, _) => paragraphs.add(text),
        (_, _, Some(_)) | (_, Some(_), _) => cells.add(text),
        _ => {}
    });
    let (paragraphs, cells) = (paragraphs.unfinished(), cells.unfinished());
    if paragraphs.is_empty() && cells.is_empty() {
        return;
    }
    for article in &context.tree.articles {
        for paragraph in article.paragraphs.iter().filter(|p| p.items.is_empty() && is_in(&paragraphs, &p.text)) {
            report(&path::paragraph(article, paragraph), &paragraph.text, sink);
        }
    }
    for (place, initiative) in walk::initiatives(context.fields()) {
        let address = || path::initiative(&place.path(), initiative);
        for cell in initiative.contents.iter().filter(|cell| is_in(&cells, &cell.text)) {
            report(&path::cell(&address(), "取組内容"), &cell.text, sink);
        }
        for role in initiative.roles.iter().filter(|role| is_in(&cells, &role.text)) {
            report(&path::role(&address(), role), &role.text, sink);
        }
    }
}

fn is_in(texts: &[&Text], text: &Text) -> bool {
    texts.iter().any(|other| std::ptr::eq(*other, text))
}

fn report(path: &str, text: &Text, sink: &mut Sink) {
    let end: String = text.text.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    let words =
        Words::new(format!("「…{end}」で終わり、「。」がありません"), format!("ends with 「…{end}」, without 。"));
    sink.add(path, text.span(), words);
}

/// Texts of one sort: how many end, and those that do not.
#[derive(Default)]
struct Siblings<'a> {
    finished: usize,
    open: Vec<&'a Text>,
}

impl<'a> Siblings<'a> {
    fn add(&mut self, text: &'a Text) {
        if text.text.ends_with('。') {
            self.finished += 1;
        } else if !text.text.ends_with(['）', ')', '」', '．', '.', '：', ':']) && !text.text.contains('\n') {
            self.open.push(text);
        }
    }

    /// Those that do not end where nearly all others do; a word or two is no sentence.
    fn unfinished(self) -> Vec<&'a Text> {
        if self.finished < LEAST || self.open.len() * 5 > self.finished && self.open.len() > 1 {
            return Vec::new();
        }
        self.open.into_iter().filter(|text| text.text.chars().count() > 8).collect()
    }
}
