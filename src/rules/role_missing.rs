//! `role-missing`

use super::areas::{self, called};
use super::{Context, Rule, Sink, label_unknown, parties, role_twice};
use crate::ast::{Field, Initiative};
use crate::diagnostics::{Diagnostic, Related, Severity, Words};
use crate::model::{Model, path};
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    id: "role-missing",
    severity: Severity::Error,
    on: true,
    sure: true,
    title: ("役割が書かれていない当事者がある", "a party has no role in an initiative"),
    why: (
        "定住自立圏構想推進要綱の形成協定は取組の内容と甲乙それぞれの役割を、連携協約は役割分担を定めます（地方自治法第252条の2第1項）。一方の役割がなければ、だれが何をするのか決まりません。",
        "An agreement states for each initiative what it is and what each party does (定住自立圏構想推進要綱; role sharing: Local Autonomy Act, art. 252-2(1)). Without a role it is open who does what.",
    ),
    bad: agreement!(tables "1 医療\n\n救急の受入れ\t取組内容\t夜間の急病に当番で応じる。\n\t甲の役割\t当番の医師を置く。\n\t乙の役割\t当番の日を町民に知らせる。\n\
                            通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n"),
    good: agreement!(tables "1 医療\n\n救急の受入れ\t取組内容\t夜間の急病に当番で応じる。\n\t甲の役割\t当番の医師を置く。\n\t乙の役割\t当番の日を町民に知らせる。\n\
                             通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

/// A party and the first role that it has anywhere.
struct Holder<'a> {
    symbol: &'a str,
    role: Option<(path::Path, Option<Span>)>,
    /// Whether another finding may say why it has none.
    explained: bool,
}

fn check(context: &Context, sink: &mut Sink) {
    let mut holders: Vec<Holder> = parties::defined(context.model)
        .map(|party| Holder { symbol: &party.symbol, role: None, explained: false })
        .collect();
    let damaged = context.is_damaged();
    let mut count = 0;
    areas::initiatives(context, &mut |_, initiative, path| {
        count += usize::from(!initiative.roles.is_empty());
        for holder in holders.iter_mut().filter(|holder| holder.role.is_none()) {
            let role = initiative.roles.iter().find(|role| role.parties.iter().any(|p| p == holder.symbol));
            holder.role = role.map(|role| (path::role(&path(), role), areas::role_place(role)));
            holder.explained |= is_explained(initiative, holder.symbol, context.model);
        }
    });
    if holders.iter().all(|holder| holder.role.is_none()) {
        return;
    }
    let nowhere = |holder: &&Holder| {
        let party = context.model.party(holder.symbol);
        holder.role.is_none() && !holder.explained && party.is_some_and(|party| parties::is_used(context, party))
    };
    // who has no role in many initiatives is said once
    let mut absent: Vec<&Holder> = holders.iter().filter(nowhere).collect();
    areas::initiatives(context, &mut |field, initiative, path| {
        let lacks = |holder: &&Holder| {
            holder.role.is_some()
                && !parties::has_role(initiative, holder.symbol)
                && !is_explained(initiative, holder.symbol, context.model)
                && !namesake_has(initiative, field, holder.symbol)
        };
        let lacking: Vec<&Holder> = holders.iter().filter(lacks).chain(absent.drain(..)).collect();
        if !lacking.is_empty() {
            let found = say(initiative, path(), &lacking, count, sink);
            if damaged {
                areas::doubt(found);
            }
        }
    });
}

/// Whether another finding says already why a role is not there: its label is wrong, or the table is torn.
fn is_explained(initiative: &Initiative, symbol: &str, model: &Model) -> bool {
    initiative.torn
        || names_stranger(initiative, model)
        || role_twice::holds(initiative)
        || label_unknown::may_name(initiative, symbol)
}

/// What `role-party-undefined` says already: the role is there, under another symbol.
fn names_stranger(initiative: &Initiative, model: &Model) -> bool {
    initiative.roles.iter().flat_map(|role| role.parties.iter()).any(|symbol| model.party(symbol).is_none())
}

/// What `initiative-twice` says already: the rows of one 取組 under the same name twice.
fn namesake_has(initiative: &Initiative, field: &Field, symbol: &str) -> bool {
    let same = |other: &&Initiative| !initiative.name.is_empty() && other.name.text == initiative.name.text;
    // a field holds a few dozen at most; a search through more for each of them would not end
    field.initiatives.iter().take(256).filter(same).any(|other| parties::has_role(other, symbol))
}

fn say<'s>(
    initiative: &Initiative,
    path: path::Path,
    lacking: &[&Holder],
    count: usize,
    sink: &'s mut Sink,
) -> &'s mut Diagnostic {
    let symbols: Vec<&str> = lacking.iter().map(|holder| holder.symbol).collect();
    let (who, list) = (symbols.join("及び"), symbols.join(", "));
    let (ja, en) = called(initiative);
    let words = if lacking.iter().all(|holder| holder.role.is_none()) && count > 1 {
        Words::new(
            format!("{who}の役割がどの取組にもありません（{ja}ほか{}件）", count - 1),
            format!("{list} has no role in any of the {count} initiatives"),
        )
    } else {
        Words::new(format!("{ja}に{who}の役割がありません"), format!("{en} states no role of {list}"))
    };
    let found = sink.add(path, areas::place(initiative), words);
    found.related.extend(lacking.iter().filter_map(|holder| {
        let (path, span) = holder.role.clone()?;
        let symbol = holder.symbol;
        let words = Words::new(format!("{symbol}の役割はここにはあります"), format!("here {symbol} has a role"));
        Some(Related { path, span, words })
    }));
    found
}
