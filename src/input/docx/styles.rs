//! Paragraph styles that carry a number (`styles.xml`).

use super::Error;
use super::xml::{self, Space, Token};
use std::collections::HashMap;

/// Styles are based on others; a chain longer than this is a loop.
const CHAIN: usize = 32;

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    usage: Option<String>,
    level: Option<usize>,
}

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

/// The number that a style brings: list use (`w:numId`), level if written, and the style that says so.
#[derive(Debug, PartialEq)]
pub(super) struct Numbered<'a> {
    pub usage: &'a str,
    pub level: Option<usize>,
    pub style: &'a str,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(text: &str) -> Result<Self, Error> {
        let mut styles = Self::default();
        let mut current: Option<String> = None;
        xml::walk("styles.xml", text, |token| match token {
            Token::Start(element) if element.space == Space::Word => {
                let value = || element.attribute("val");
                if element.name == "style" {
                    current = element
                        .attribute("styleId")
                        .filter(|_| element.attribute("type").as_deref() == Some("paragraph"));
                    if element.attribute("default").is_some_and(|default| default == "1" || default == "true") {
                        styles.default = current.clone().or(styles.default.take());
                    }
                }
                let Some(id) = &current else { return };
                let style = styles.styles.entry(id.clone()).or_default();
                match element.name {
                    "basedOn" => style.based_on = value(),
                    "numId" => style.usage = value(),
                    "ilvl" => style.level = value().and_then(|level| level.parse().ok()),
                    _ => {}
                }
            }
            Token::End("style") => current = None,
            _ => {}
        })?;
        Ok(styles)
    }

    /// The number that `style` (or the default one) brings, its own or from the styles it is based on.
    pub fn number<'a>(&'a self, style: Option<&'a str>) -> Option<Numbered<'a>> {
        let mut id = style.or(self.default.as_deref())?;
        let mut level = None;
        for _ in 0..CHAIN {
            let style = self.styles.get(id)?;
            level = level.or(style.level);
            if let Some(usage) = &style.usage {
                return Some(Numbered { usage, level, style: id });
            }
            id = style.based_on.as_deref()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_inherits_its_number() {
        let text = r#"<w:styles xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">
            <w:style w:type="paragraph" w:default="1" w:styleId="a"/>
            <w:style w:type="paragraph" w:styleId="jo"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="jo2"><w:basedOn w:val="jo"/></w:style>
            <w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style></w:styles>"#;
        let styles = Styles::read(text).unwrap();
        assert_eq!(styles.number(Some("jo2")), Some(Numbered { usage: "3", level: Some(1), style: "jo" }));
        for none in [None, Some("a"), Some("loop"), Some("absent")] {
            assert_eq!(styles.number(none), None);
        }
    }
}
