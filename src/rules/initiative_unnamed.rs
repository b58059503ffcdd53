//! `initiative-unnamed`

use super::areas;
use super::{Context, Rule, Sink};
use crate::diagnostics::{Related, Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "initiative-unnamed",
    severity: Severity::Warning,
    on: true,
    sure: true,
    title: ("名称のない取組", "an initiative without a name"),
    why: (
        "取組は名称で引用し、変更するときも名称で特定します（「…の項中」、法制執務の慣行）。",
        "An initiative is cited and amended by its name (「…の項中」, drafting practice, 法制執務).",
    ),
    bad: agreement!(tables "1 医療\n\n救急の受入れ\t取組内容\t夜間の急病に当番で応じる。\n\t甲の役割\t当番の医師を置く。\n\t乙の役割\t当番の日を町民に知らせる。\n\
                            \t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    good: agreement!(tables "1 医療\n\n救急の受入れ\t取組内容\t夜間の急病に当番で応じる。\n\t甲の役割\t当番の医師を置く。\n\t乙の役割\t当番の日を町民に知らせる。\n\
                             通院の足\t取組内容\t病院までの送迎を続ける。\n\t甲の役割\t運転手を雇う。\n\t乙の役割\t予約を受ける。\n"),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    // cells that are mixed up say nothing about the agreement
    if context.is_damaged() {
        return;
    }
    let (mut named, mut unnamed) = (0, 0);
    let mut count = |name: &str| if name.is_empty() { unnamed += 1 } else { named += 1 };
    areas::initiatives(context, &mut |_, initiative, _| count(&initiative.name.text));
    // where no name, or hardly any, is written, the 分野 itself names what is done
    if unnamed == 0 || named < unnamed {
        return;
    }
    let mut before = None;
    areas::initiatives(context, &mut |field, initiative, path| {
        if !initiative.name.is_empty() {
            before = Some((path(), initiative.name.span()));
            return;
        }
        let alone = field.initiatives.len() == 1 && !field.title.is_empty();
        if initiative.torn || initiative.contents.is_empty() || alone {
            return;
        }
        let words = Words::new("取組に名称がありません", "this initiative has no name");
        let found = sink.add(path(), areas::place(initiative), words);
        found.related.extend(before.clone().map(|(path, span)| Related {
            path,
            span,
            words: Words::new("前の取組の名称はここです", "the name of the initiative before it is here"),
        }));
    });
}
