//! Who is defined, who has a role, and who is spoken of.

use super::Context;
use crate::ast::{Initiative, Role};
use crate::model::{Model, Party, walk};

/// Every party once, whatever is defined twice.
pub fn defined(model: &Model) -> impl Iterator<Item = &Party> {
    let all = &model.parties;
    all.iter().enumerate().filter(|(at, party)| all.iter().take(*at).all(|p| p.symbol != party.symbol)).map(|(_, p)| p)
}

/// Whether a symbol stands for more than one party.
pub fn ambiguous(model: &Model) -> bool {
    defined(model).count() < model.parties.len()
}

/// The roles of one party alone.
pub fn single<'a>(initiative: &'a Initiative, symbol: &'a str) -> impl Iterator<Item = &'a Role> {
    initiative.roles.iter().filter(move |role| role.parties.len() == 1 && role.parties.iter().any(|p| p == symbol))
}

/// Whether a role names the party, alone or with others.
pub fn has_role(initiative: &Initiative, symbol: &str) -> bool {
    initiative.roles.iter().any(|role| role.parties.iter().any(|p| p == symbol))
}

/// Whether a party is spoken of outside the definition: in a text, by a role, or by the one who signs.
pub fn is_used(context: &Context, party: &Party) -> bool {
    if party.signature.is_some() {
        return true;
    }
    let mut used = false;
    super::areas::initiatives(context.tree, &mut |_, initiative, _| used |= has_role(initiative, &party.symbol));
    let preamble = &context.tree.preamble;
    walk::texts(context.tree, &mut |_, text| {
        used = used || !std::ptr::eq(text, preamble) && text.text.contains(&party.symbol);
    });
    used
}
