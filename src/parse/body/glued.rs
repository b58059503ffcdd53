//! Heads that lost the blank behind them: `1医療`, `アデジタル化`, `a休日の診療`. Each may begin a word; that they count on
//! through an article shows that none does.

use super::Body;
use super::is_number_of_things;
use crate::ast::Numbering;
use crate::lines::Line;
use crate::parse::head::{self, ItemHead};
use crate::parse::{Context, zones};
use rustc_hash::{FxHashMap, FxHashSet};

/// The lines of an article from which on heads are glued, asked once.
#[derive(Debug, Default)]
pub struct Glued {
    /// Where the article begins.
    pub begun: usize,
    heads: Option<FxHashSet<usize>>,
}

impl Glued {
    /// Nothing is known of the article that begins at a line.
    pub fn begin(line: usize) -> Self {
        Glued { begun: line, heads: None }
    }
}

impl Body {
    /// Whether the glued head of a line counts on with those beside it.
    pub(super) fn counts_on(&mut self, lines: &[Line], at: usize, cx: &Context) -> bool {
        let from = self.glued.begun;
        self.glued.heads.get_or_insert_with(|| series(lines, from, cx)).contains(&at)
    }
}

/// The heads of one system and one place.
#[derive(Default)]
struct Series {
    lines: Vec<usize>,
    last: u32,
    /// Two of them follow each other.
    counts: bool,
    /// One does not follow: words stand among them.
    breaks: bool,
}

/// The lines of an article whose heads count on: from 1, or from the one before it.
fn series(lines: &[Line], from: usize, cx: &Context) -> FxHashSet<usize> {
    let mut all: FxHashMap<(Numbering, u32), Series> = FxHashMap::default();
    for (at, line) in lines.iter().enumerate().skip(from + 1) {
        if zones::is_table(line) || head::article(&line.text).is_some_and(|head| !head.glued) {
            break;
        }
        let Some(head) = head::item_of(line).filter(|head| may_count(lines, at, head, cx)) else { continue };
        let series = all.entry((head.numbering, line.indent)).or_default();
        series.breaks |= head.value != 1 && head.value != series.last + 1;
        series.counts |= head.value > 1 && head.value == series.last + 1;
        series.last = head.value;
        series.lines.push(at);
    }
    all.into_values().filter(|series| series.counts && !series.breaks).flat_map(|series| series.lines).collect()
}

/// `1医療`, `1 医療`: a short line behind one that no wrap cut; not `2台の…`
fn may_count(lines: &[Line], at: usize, head: &ItemHead, cx: &Context) -> bool {
    let is_short = head.rest.chars().nth(30).is_none() && !head.rest.contains(['。', '、']);
    let is_bare = !head.label.ends_with([')', '）', '.', '．']) && head.numbering != Numbering::Circled;
    let is_word = head.glued && is_number_of_things(head.rest) || head.doubtful || head.rest.is_empty();
    let is_cut = |above: &Line| zones::is_full(above, cx) && !above.text.ends_with('。');
    is_short && is_bare && !is_word && at > 0 && !is_cut(&lines[at - 1])
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;

    const HEAD: &str = "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n第1条 甲及び乙は、次の取組を行う。\n(1) 暮らしの分野\n";

    /// The labels of the 号 below the first.
    fn labels(words: &str) -> Vec<String> {
        let text = format!("{HEAD}{words}");
        let parsed = parse(&text);
        let items = &parsed.readings[0].tree.articles[0].paragraphs[0].items;
        items[0].items.iter().map(|item| item.label.text.to_string()).collect()
    }

    #[test]
    fn heads_that_count_on_are_heads() {
        for (words, want) in [
            ("アイベントの応援\nイアトリエの利用\n", &["ア", "イ"][..]),
            ("1医療\n2福祉\n", &["1", "2"]),
            // words that no series shows to be heads
            ("アトリエの利用\nエレベーターの点検\n", &[]),
            ("イベントの応援\n", &[]),
            ("2人の相談員\n3人の指導員\n", &[]),
        ] {
            assert_eq!(labels(words), want, "{words}");
        }
    }
}
