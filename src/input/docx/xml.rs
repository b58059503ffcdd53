//! The parts of a Word file as a stream of elements and text, with prefixes resolved.

use super::Error;
use quick_xml::NsReader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use std::borrow::Cow;

/// Which vocabulary an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Markup compatibility: `mc:AlternateContent`.
    Compatibility,
    /// Formulas.
    Math,
    Other,
}

/// An opening tag.
pub(super) struct Element<'a> {
    pub space: Space,
    /// Without the prefix.
    pub name: &'a str,
    tag: &'a BytesStart<'a>,
}

/// What [`walk`] hands out.
pub(super) enum Token<'a> {
    Start(Element<'a>),
    Text(&'a str),
    End(&'a str),
}

impl Element<'_> {
    /// The value of the attribute with this local name.
    pub fn attribute(&self, local: &str) -> Option<String> {
        let found = self
            .tag
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == local)?;
        Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// Whether a switch such as `w:vanish` is on: it is unless `w:val` says no.
    pub fn on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Calls `each` for every opening tag, text and closing tag in order; `part` is for the message.
pub(super) fn walk(part: &str, text: &str, mut each: impl FnMut(Token)) -> Result<(), Error> {
    let fail = |why: String| Error::Xml { part: part.to_string(), why };
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0usize;
    loop {
        match reader.read_resolved_event().map_err(|error| fail(error.to_string()))? {
            (space, Event::Start(tag)) => {
                depth += 1;
                each(Token::Start(Element { space: known(&space), name: tag.local_name().as_ref(), tag: &tag }));
            }
            (_, Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                each(Token::End(tag.local_name().as_ref()));
            }
            (_, Event::Text(text)) => each(Token::Text(&text.xml10_content())),
            (_, Event::CData(text)) => each(Token::Text(&text.xml10_content())),
            (_, Event::GeneralRef(entity)) => {
                if let Ok(Some(sign)) = entity.resolve_char_ref() {
                    each(Token::Text(sign.encode_utf8(&mut [0; 4])));
                } else if let Some(sign) = resolve_xml_entity(&entity.xml10_content()) {
                    each(Token::Text(sign));
                }
            }
            (_, Event::Eof) if depth > 0 => return Err(fail("it ends too early".to_string())),
            (_, Event::Eof) => return Ok(()),
            _ => {}
        }
    }
}

fn known(space: &ResolveResult) -> Space {
    let ResolveResult::Bound(space) = space else { return Space::Other };
    match space.as_ref() {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        _ => Space::Other,
    }
}

/// The text of a part; UTF-16 is allowed beside UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::UTF_8.decode(bytes).0
}
