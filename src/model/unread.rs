//! Labels of roles that no vocabulary knows: `甲の責務`. Their roles stand in another cell.

use super::Model;
use crate::ast::{Initiative, Text};
use crate::parse::{head, label};
use crate::span::Span;

/// Words with which such a label ends.
const DUTIES: &[&str] = &[
    "役割", "役目", "分担", "取組", "責務", "責任", "義務", "事務", "業務", "担当", "機能", "内容", "事項", "対応",
    "負担",
];
/// A label without a colon is no longer; it is a phrase.
const SHORT: usize = 10;

/// The first words in the cells or in the name of an initiative that look like a label, and where they stand.
pub fn label<'a>(initiative: &'a Initiative, model: &Model) -> Option<(&'a str, Option<Span>)> {
    let contents = initiative.contents.iter().map(|cell| (&cell.text, false));
    let roles = initiative.roles.iter().map(|role| (&role.text, role.parties.len() > 1));
    let mut texts = contents.chain(roles).chain([(&initiative.name, false)]);
    texts.find_map(|(text, joint)| Some((inside(text, joint, model)?, text.span())))
}

fn inside<'a>(text: &'a Text, joint: bool, model: &Model) -> Option<&'a str> {
    let stems = || model.parties.iter().map(|party| party.symbol.as_str()).filter(|symbol| label::is_stem(symbol));
    text.text.split(['\n', '。']).find(|line| {
        // nearly every line ends here
        let start = &line[..line.floor_char_boundary(36)];
        stems().any(|stem| start.contains(stem)) && is_label(line, joint, &stems().collect::<Vec<_>>())
    })
}

/// `甲の責務`, `甲の責務：船を出す`, `【甲の責務】`, `甲の責務乙の責務`; in a joint role also `i 甲の責務船を出す`
fn is_label(line: &str, joint: bool, stems: &[&str]) -> bool {
    let words = head::item(line).map_or(line, |head| head.rest);
    let words = words.trim_start_matches(['【', '〔', '［', '[', '〈', '＜', '<', '《', '■', '●', '○']);
    let Some(rest) = stems.iter().find_map(|stem| words.strip_prefix(stem)).filter(|r| r.starts_with(['の', 'が']))
    else {
        return false;
    };
    let rest = &rest['の'.len_utf8()..];
    let end = rest.find(['：', ':', '】', '〕', '］', ']', '〉', '＞', '>', '》']);
    let name = &rest[..end.unwrap_or(rest.len())];
    let another = stems.iter().any(|stem| name.contains(&format!("{stem}の")));
    let is_name = DUTIES.iter().any(|duty| name.ends_with(duty)) && (another || name.chars().count() <= SHORT);
    let glued = |duty: &&str| rest.strip_prefix(*duty).is_some_and(|text| !text.starts_with(is_particle));
    is_name || joint && DUTIES.iter().any(|duty| glued(&duty))
}

/// Words go on after these: `甲の事務を`
fn is_particle(c: char) -> bool {
    matches!(c, 'を' | 'に' | 'は' | 'が' | 'と' | 'で' | 'も' | 'へ' | 'の' | '、' | '及' | '並' | '・')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_sentences() {
        let labels = ["甲の責務", "乙が行う業務：船を出す", "【甲の責務】", "甲の責務乙の責務", "(a) 甲の担当"];
        let sentences =
            ["甲の責務を果たす", "甲の保育所で続ける一時預かりの事務", "船を出す", "乙が行う", "甲乙の責務"];
        for (lines, want) in [(&labels, true), (&sentences, false)] {
            lines.iter().for_each(|line| assert_eq!(is_label(line, false, &["甲", "乙"]), want, "{line}"));
        }
        assert!(is_label("i 甲の責務船を出す", true, &["甲"]) && !is_label("i 甲の事務を助ける", true, &["甲"]));
    }
}
