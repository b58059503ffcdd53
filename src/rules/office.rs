//! How the office in a signature fits the party that it signs for.

use super::Context;
use super::parties::{self, is_real};
use crate::ast::Text;
use crate::model::Party;

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office<'a> {
    /// `白波市長` for 青葉市: the municipality that it names.
    Elsewhere(&'a str),
    /// `若草市長` for 若草町: the municipality that it should name.
    OtherKind(&'a str),
}

/// Calls `see` with every party whose signature names an office that does not fit.
pub fn judge<'a>(context: &Context<'a>, see: &mut dyn FnMut(&'a Party, Office<'a>, &'a Text)) {
    if parties::ambiguous(context.model) {
        return;
    }
    for party in parties::defined(context.model) {
        let signature = party.signature.and_then(|at| context.tree.signatures.get(at));
        let Some(text) = signature.filter(|s| s.symbol.text == party.symbol).and_then(|s| s.office.as_ref()) else {
            continue;
        };
        if let Some(found) = fault(&party.names, &text.text) {
            see(party, found, text);
        }
    }
}

/// 教育長, 管理者, 知事 and whoever acts for the head are not judged.
fn fault<'a>(names: &'a [String], office: &'a str) -> Option<Office<'a>> {
    let office = office.strip_suffix("職務代理者").map_or(office, |rest| rest.trim_end());
    let place = office.strip_suffix('長').filter(|place| place.ends_with(KINDS))?;
    let known = |name: &&String| name.ends_with(KINDS) && is_real(name);
    let is_whole = !names.is_empty() && names.iter().all(|name| known(&name)) && is_real(place);
    // a prefecture or a 郡 may stand before either
    if !is_whole || names.iter().any(|name| name.ends_with(place) || place.ends_with(name.as_str())) {
        return None;
    }
    let alike = |name: &&String| stem(name).ends_with(stem(place)) || stem(place).ends_with(stem(name));
    match names.iter().find(alike) {
        Some(name) if !stem(place).is_empty() => Some(Office::OtherKind(name)),
        _ if place.chars().count() > 1 => Some(Office::Elsewhere(place)),
        _ => None,
    }
}

/// `若草` of 若草町
fn stem(name: &str) -> &str {
    name.trim_end_matches(KINDS)
}

const KINDS: [char; 4] = ['市', '町', '村', '区'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices() {
        let town = ["若草町".to_string()];
        let two = ["青葉市".to_string(), "白波市".to_string()];
        for (names, office, want) in [
            (&town[..], "若草町長", None),
            (&town, "緑県若草町長", None),
            (&town, "若草町長職務代理者", None),
            (&town, "若草町教育委員会教育長", None),
            (&town, "町長", None),
            (&town, "○○町長", None),
            (&town, "緑県知事", None),
            (&town, "若草市長", Some(Office::OtherKind("若草町"))),
            (&town, "白波市長", Some(Office::Elsewhere("白波市"))),
            (&two, "白波市長", None),
            (&["緑県若草町".to_string()], "若草町長", None),
        ] {
            assert_eq!(fault(names, office), want, "{office}");
        }
    }
}
