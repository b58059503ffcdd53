//! Labels whose letters stand apart, as a wide cell justifies them: `項 目 取 組 内 容 甲 の 役 割`, `取　組　内　容　当番を続ける。`

use super::{Marks, is_blank, is_cjk};
use crate::parse::label::{self, Label, Vocabulary};

/// No label has more letters: `青葉市の役割分担及び費用分担`.
const LONGEST: usize = 14;
/// Nor is one in a narrow column longer, in bytes.
const SHORT: usize = 24;

/// With these the labels of contents and roles end.
const ENDS: [char; 3] = ['容', '割', '担'];

/// Whether a line may hold such labels, with those of contents and roles or alone.
pub fn may_hold(raw: &str, marks: Marks) -> bool {
    let begins_apart = || behind_letter(raw).and_then(behind_letter).is_some();
    marks.known(Marks::APART)
        || marks.known(Marks::BLANK) && (raw.len() <= SHORT || marks.known(Marks::LABEL)) && begins_apart()
}

/// What follows a letter that stands alone.
fn behind_letter(words: &str) -> Option<&str> {
    let mut letters = words.chars();
    letters.next().filter(|c| is_cjk(*c))?;
    let rest = letters.as_str();
    (rest.is_empty() || rest.starts_with(is_blank)).then(|| rest.trim_start_matches(is_blank))
}

/// A copy of a line in which such labels are whole, and how many blanks it lacks; `None` where no label stands so, or not
/// beside those of contents and roles. Blanks that part columns grow by those that go: what stands behind them keeps its
/// place.
pub fn labels(raw: &str) -> Option<(String, u32)> {
    let words: Vec<&str> = raw.split(is_blank).filter(|word| !word.is_empty()).collect();
    let from = |word: &str| word.as_ptr() as usize - raw.as_ptr() as usize;
    let (mut copy, mut removed, mut has_label) = (String::with_capacity(raw.len()), 0, false);
    let mut at = 0;
    while at < words.len() {
        let label = label_at(raw, &words[at..]);
        let next = at + label.as_ref().map_or(1, |(_, count)| *count);
        let (start, end) = (from(words[at]), from(words[next - 1]) + words[next - 1].len());
        let gap = &raw[end..words.get(next).map_or(raw.len(), |next| from(next))];
        let label = label.map(|(label, _)| label);
        // `取 組 内 容 甲 の 役 割`: one column or two
        let is_first = at == 0 && label == Some(Label::Content);
        if is_first && is_one(gap) && label_at(raw, &words[next..]).is_some() {
            return None;
        }
        let blanks = raw[start..end].chars().filter(|c| is_blank(*c)).count();
        words[at..next].iter().for_each(|word| copy.push_str(word));
        if !gap.is_empty() && !is_one(gap) {
            copy.extend(std::iter::repeat_n(' ', blanks));
        }
        copy.push_str(gap);
        removed += blanks as u32;
        has_label |= matches!(label, Some(Label::Content | Label::Role(_) | Label::Container))
            || label.is_some() && (next == words.len() || words[next..].iter().all(|word| word.ends_with(ENDS)));
        at = next;
    }
    has_label.then_some((copy, removed))
}

/// The label with whose letters some words of a line begin, and how many letters it has; one of the vocabulary is not taken
/// for the name of a party: `取 組 内 容 青 葉 市 の 役 割`.
fn label_at(raw: &str, words: &[&str]) -> Option<(Label, usize)> {
    let count = letters(raw, words);
    let label = |count: usize| Some((label::label(&words[..count].concat(), &[], &Vocabulary::default())?, count));
    let found = || (2..=count).rev().filter_map(label);
    let is_role = |found: &(Label, usize)| matches!(found.0, Label::Role(_));
    found().find(|found| !is_role(found)).or_else(|| found().next())
}

/// How many of some words are letters that stand as far apart as the first two, or by a blank more.
fn letters(raw: &str, words: &[&str]) -> usize {
    let is_letter = |word: &&str| word.starts_with(is_cjk) && word.chars().nth(1).is_none();
    let count = words.iter().take(LONGEST).take_while(|word| is_letter(word)).count();
    let gap = |pair: &[&str]| {
        let start = pair[0].as_ptr() as usize + pair[0].len() - raw.as_ptr() as usize;
        raw[start..pair[1].as_ptr() as usize - raw.as_ptr() as usize].chars().count()
    };
    let first = words[..count].windows(2).next().map_or(0, gap);
    count.min(1 + words[..count].windows(2).take_while(|pair| gap(pair) <= first + 1).count())
}

fn is_one(gap: &str) -> bool {
    gap.chars().nth(1).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_labels_stand_together() {
        for (line, want) in [
            ("項 目 取 組 内 容 甲 の 役 割 乙 の 役 割", Some("項目 取組内容 甲の役割 乙の役割")),
            ("夜間診療 取　組　内　容 当番を続ける。", Some("夜間診療 取組内容 当番を続ける。")),
            ("甲　の　役　割　医師を出す。", Some("甲の役割　医師を出す。")),
            ("  取 組 内 容    青 葉 市 の 役 割", Some("取組内容       青葉市の役割")),
            ("取 組 内 容 甲 の 役 割", None),
            ("取 組 取組の内容及び役割分担", Some("取組 取組の内容及び役割分担")),
            ("分　　野", Some("分野")),
            ("救 急 の 体 制 を 保 つ", None),
            ("項目 取組内容 甲の役割", None),
        ] {
            assert_eq!(labels(line).map(|(copy, _)| copy).as_deref(), want, "{line}");
        }
    }
}
