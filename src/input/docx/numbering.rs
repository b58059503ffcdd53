//! Automatic numbers of paragraphs: what `numbering.xml` defines, and the counters that run along the document.

use super::Error;
use super::xml::{self, Token};
use crate::input::numerals::figures;
use std::collections::HashMap;

/// Word knows nine levels.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`: `%n` is the number of level n.
    text: String,
    /// All numbers of this label in Arabic figures.
    legal: bool,
    /// The level (from 1) whose paragraphs restart this one; 0 never; `None` any higher one.
    restart: Option<u32>,
    /// The paragraph style that stands on this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".into(), text: String::new(), legal: false, restart: None, style: None }
    }
}

/// `w:abstractNum`: the levels, or the name of the style that has them.
#[derive(Clone, Debug, Default)]
struct List {
    levels: HashMap<usize, Level>,
    style_link: Option<String>,
    num_style_link: Option<String>,
}

/// `w:num`: a use of a list, with changes of its own.
#[derive(Clone, Debug, Default)]
struct Use {
    list: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// What `numbering.xml` says, and how far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    uses: HashMap<String, Use>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Uses whose own start values were applied, by level.
    restarted: std::collections::HashSet<(String, usize)>,
}

/// The number of one paragraph as written, and whether its format was known.
#[derive(Debug, PartialEq)]
pub(super) struct Label {
    pub text: String,
    pub known: bool,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(text: &str) -> Result<Self, Error> {
        let mut numbering = Self::default();
        let (mut list, mut usage, mut level) = (None::<String>, None::<String>, 0);
        xml::walk("numbering.xml", text, |token| {
            let Token::Start(element) = token else {
                if let Token::End(name) = token {
                    match name {
                        "abstractNum" => list = None,
                        "num" => usage = None,
                        _ => {}
                    }
                }
                return;
            };
            let value = || element.attribute("val").unwrap_or_default();
            match element.name {
                "abstractNum" => list = element.attribute("abstractNumId"),
                "num" => usage = element.attribute("numId"),
                "lvl" | "lvlOverride" => level = number(element.attribute("ilvl")).unwrap_or(0) as usize,
                "styleLink" | "numStyleLink" => {
                    if let Some(list) = &list {
                        let list = numbering.lists.entry(list.clone()).or_default();
                        let place =
                            if element.name == "styleLink" { &mut list.style_link } else { &mut list.num_style_link };
                        *place = Some(value());
                    }
                }
                "abstractNumId" => {
                    if let Some(usage) = &usage {
                        numbering.uses.entry(usage.clone()).or_default().list = value();
                    }
                }
                "startOverride" => {
                    if let (Some(usage), Some(start)) = (&usage, number(element.attribute("val"))) {
                        numbering.uses.entry(usage.clone()).or_default().starts.insert(level, start);
                    }
                }
                "start" | "numFmt" | "lvlText" | "isLgl" | "lvlRestart" | "pStyle" => {
                    let levels = match (&usage, &list) {
                        (Some(usage), _) => &mut numbering.uses.entry(usage.clone()).or_default().levels,
                        (None, Some(list)) => &mut numbering.lists.entry(list.clone()).or_default().levels,
                        (None, None) => return,
                    };
                    let level = levels.entry(level).or_default();
                    match element.name {
                        "start" => level.start = number(element.attribute("val")).unwrap_or(1),
                        "numFmt" => level.format = value(),
                        "lvlText" => level.text = value(),
                        "isLgl" => level.legal = element.on(),
                        "lvlRestart" => level.restart = number(element.attribute("val")),
                        _ => level.style = Some(value()),
                    }
                }
                _ => {}
            }
        })?;
        Ok(numbering)
    }

    /// The id of the list that `usage` counts in, following the link to a numbering style.
    fn list_of(&self, usage: &str) -> Option<&str> {
        let id = &self.uses.get(usage)?.list;
        let list = self.lists.get(id)?;
        match &list.num_style_link {
            Some(link) if list.levels.is_empty() => {
                self.lists.iter().find(|(_, other)| other.style_link.as_ref() == Some(link)).map(|(id, _)| id.as_str())
            }
            _ => Some(id),
        }
    }

    fn level(&self, usage: &str, list: &str, level: usize) -> Option<&Level> {
        let own = self.uses.get(usage).and_then(|usage| usage.levels.get(&level));
        own.or_else(|| self.lists.get(list)?.levels.get(&level))
    }

    /// The level of `usage` that belongs to the paragraph style `style`, if any.
    pub fn level_of_style(&self, usage: &str, style: &str) -> Option<usize> {
        let list = self.list_of(usage)?;
        (0..LEVELS).find(|&at| self.level(usage, list, at).is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    /// Counts one paragraph of `usage` (`w:numId`) on `level` (from 0) and gives its label; `None` when it has none.
    pub fn next(&mut self, usage: &str, level: usize) -> Option<Label> {
        let list = self.list_of(usage)?.to_string();
        let starts: [u32; LEVELS] = std::array::from_fn(|at| {
            let own = self.uses.get(usage).and_then(|usage| usage.starts.get(&at).copied());
            own.or_else(|| self.level(usage, &list, at).map(|level| level.start)).unwrap_or(1)
        });
        let restarts: [Option<u32>; LEVELS] =
            std::array::from_fn(|at| self.level(usage, &list, at).and_then(|level| level.restart));
        let own_start = self.uses.get(usage).is_some_and(|usage| usage.starts.contains_key(&level));
        let first_use = own_start && self.restarted.insert((usage.to_string(), level));

        let counters = self.counters.entry(list.clone()).or_default();
        for (counter, &start) in counters.iter_mut().zip(&starts).take(level) {
            counter.get_or_insert(start);
        }
        let counter = counters.get_mut(level)?;
        *counter = match *counter {
            Some(now) if !first_use => Some(now.saturating_add(1)),
            _ => starts.get(level).copied(),
        };
        for (at, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            // `w:lvlRestart` counts levels from 1.
            if restarts.get(at).copied().flatten().is_none_or(|restart| (level as u32) < restart) {
                *counter = None;
            }
        }
        let counters = *counters;
        self.label(usage, &list, level, &counters)
    }

    /// Fills `第%1条` in.
    fn label(&self, usage: &str, list: &str, level: usize, counters: &[Option<u32>; LEVELS]) -> Option<Label> {
        let own = self.level(usage, list, level)?;
        if own.format == "bullet" {
            return Some(Label { text: bullet(&own.text), known: true });
        }
        let mut label = Label { text: String::new(), known: true };
        let mut signs = own.text.chars().peekable();
        while let Some(sign) = signs.next() {
            let place = if sign == '%' { signs.peek().and_then(|digit| digit.to_digit(10)) } else { None };
            let Some(place) = place.and_then(|place| (place as usize).checked_sub(1)) else {
                label.text.push(sign);
                continue;
            };
            signs.next();
            let number = counters.get(place).copied().flatten().unwrap_or(1);
            let format = match self.level(usage, list, place) {
                Some(at) if !own.legal => at.format.as_str(),
                _ => "decimal",
            };
            match figures(format, number) {
                Some(figures) => label.text.push_str(&figures),
                None => {
                    label.known = false;
                    label.text.push_str(&number.to_string());
                }
            }
        }
        let text = label.text.trim();
        (!text.is_empty()).then(|| Label { text: text.to_string(), known: label.known })
    }
}

/// Bullets of symbol fonts have no Unicode; any of them is ・.
fn bullet(text: &str) -> String {
    let private = text.chars().any(|sign| ('\u{e000}'..='\u{f8ff}').contains(&sign));
    if private || text.trim().is_empty() { "・".into() } else { text.trim().to_string() }
}

fn number(text: Option<String>) -> Option<u32> {
    text?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(levels: &[(&str, &str, &str)], nums: &str) -> Numbering {
        let levels: String = levels
            .iter()
            .enumerate()
            .map(|(at, (format, text, more))| {
                format!(
                    r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
                )
            })
            .collect();
        let text = format!(
            r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{nums}</w:numbering>"#
        );
        Numbering::read(&text).unwrap()
    }

    fn labels(numbering: &mut Numbering, steps: &[(&str, usize)]) -> Vec<String> {
        steps.iter().map(|&(id, level)| numbering.next(id, level).map(|label| label.text).unwrap_or_default()).collect()
    }

    #[test]
    fn levels_count_and_restart() {
        let mut numbering =
            list(&[("decimalFullWidth", "第%1条", ""), ("decimal", "(%2)", ""), ("aiueoFullWidth", "%3", "")], "");
        assert_eq!(
            labels(&mut numbering, &[("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("1", 2)]),
            ["第１条", "(1)", "(2)", "ア", "第２条", "(1)", "ア"]
        );
    }

    #[test]
    fn a_use_may_start_again() {
        let nums = r#"<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#;
        let mut numbering = list(&[("japaneseCounting", "%1", "")], nums);
        assert_eq!(
            labels(&mut numbering, &[("1", 0), ("1", 0), ("2", 0), ("2", 0), ("1", 0)]),
            ["一", "二", "五", "六", "七"]
        );
    }

    #[test]
    fn restart_can_be_off() {
        let mut numbering = list(&[("decimal", "%1", ""), ("decimal", "%1-%2", r#"<w:lvlRestart w:val="0"/>"#)], "");
        assert_eq!(labels(&mut numbering, &[("1", 0), ("1", 1), ("1", 0), ("1", 1)]), ["1", "1-1", "2", "2-2"]);
    }

    #[test]
    fn legal_labels_and_bullets() {
        let mut numbering =
            list(&[("upperRoman", "%1", ""), ("decimal", "%1.%2", "<w:isLgl/>"), ("bullet", "\u{f06c}", "")], "");
        assert_eq!(labels(&mut numbering, &[("1", 0), ("1", 1), ("1", 2)]), ["I", "1.1", "・"]);
        assert_eq!(numbering.next("99", 0), None);
        assert_eq!(numbering.next("1", 400), None);
    }
}
