//! Who is defined, who has a role, and who is spoken of.

use super::Context;
use crate::ast::{Initiative, Role};
use crate::model::{Model, Party, walk};

/// No preamble defines more parties: what goes on like this is no list of them.
const MANY: usize = 64;

/// Every party once, whatever is defined twice.
pub fn defined(model: &Model) -> impl Iterator<Item = &Party> {
    let all = &model.parties[..model.parties.len().min(MANY)];
    all.iter().enumerate().filter(|(at, party)| all.iter().take(*at).all(|p| p.symbol != party.symbol)).map(|(_, p)| p)
}

/// Parties that share a symbol or a name with one before them, each with that one.
pub fn doubles(model: &Model) -> impl Iterator<Item = (&Party, &Party)> {
    let all = &model.parties[..model.parties.len().min(MANY)];
    all.iter().enumerate().filter_map(move |(at, second)| {
        let same = |first: &&Party| {
            let named = |name: &String| is_real(name) && second.names.contains(name);
            first.symbol == second.symbol || first.names.iter().any(named)
        };
        all.iter().take(at).find(same).map(|first| (first, second))
    })
}

/// Whether it is open who some party is; `party-twice` says so, and other rules are silent.
pub fn ambiguous(model: &Model) -> bool {
    doubles(model).next().is_some()
}

/// Masked and blank names are alike without being the same: `xx町`, `○○町`.
pub fn is_real(name: &str) -> bool {
    !name.contains(['x', 'X', 'ｘ', 'Ｘ', '○', '〇', '◯', '●', '＊', '*', '□', '△', ' ', '　'])
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
    super::areas::initiatives(context, &mut |_, initiative, _| used |= has_role(initiative, &party.symbol));
    let preamble = &context.tree.preamble;
    walk::texts(context.tree, &mut |_, text| {
        used = used || !std::ptr::eq(text, preamble) && text.text.contains(&party.symbol);
    });
    used
}
