//! `reference-self`

use super::{Context, Rule, Sink};
use crate::diagnostics::{Severity, Words};

pub(super) const RULE: Rule = Rule {
    id: "reference-self",
    severity: Severity::Warning,
    on: true,
    sure: false,
    title: ("自分自身を番号で引用している", "a provision that cites itself by its number"),
    why: (
        "自分を指すときは「この条」「この項」と書きます。番号で自分を指す引用は、条や項を動かしたあとの直し忘れであることがほとんどです（法制執務の慣行）。",
        "A provision calls itself この条 or この項. Its own number is nearly always left over from before a provision moved (drafting practice, 法制執務).",
    ),
    bad: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　図書館の費用は、甲が負担する。\n\
         2　第2条第2項の費用の額は、年度ごとに定める。\n"
    ),
    good: agreement!(
        "（目的）\n第1条　甲と乙は、共に図書館を開く。\n\n（費用）\n第2条　図書館の費用は、甲が負担する。\n\
         2　第2条第1項の費用の額は、年度ごとに定める。\n"
    ),
    check,
};

fn check(context: &Context, sink: &mut Sink) {
    for reference in &context.model.references {
        let [to] = reference.to.as_slice() else { continue };
        let by_number = reference.text.starts_with('第') && !reference.from.starts_with("別表");
        // `第4条` inside 第4条第2項 is as much itself as `第4条第2項`
        let own = reference.from == *to
            || reference.from.strip_prefix(to.as_str()).is_some_and(|r| r.starts_with('第') && !to.contains('項'));
        if by_number && own {
            let words = Words::new(
                format!("{}が「{}」と自分自身を引用しています", reference.from, reference.text),
                format!("{} cites itself as {}", reference.from, reference.text),
            );
            sink.add(reference.from.clone(), reference.span, words);
        }
    }
}
