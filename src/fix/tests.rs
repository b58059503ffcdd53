//! Texts that are mended, and texts that are left alone.

use super::*;

/// A text of three articles; 第2条 has the given 号.
fn text(items: &str, rest: &str) -> String {
    format!(
        "若草町の図書に関する協定書\n\n青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を結ぶ。\n\n\
         （目的）\n\n第1条 この協定は、本を分かち合うことを目的とする。\n\n（取組）\n\n第2条 取組は、次のとおりとする。\n\n{items}\n\
         （費用）\n\n第3条 {rest}\n"
    )
}

fn fixed(text: &str) -> Fixed {
    fix(text, &Options::default())
}

#[test]
fn closes_gaps_and_takes_references_along() {
    let items = "(1) 本を運ぶこと。\n\n(2) 本を直すこと。\n\n(4) 本を読み聞かせること。\n\n(5) 本を集めること。\n";
    let old = text(items, "第2条第4号の費用は甲が、同条第5号の費用は乙が負担する。");
    let got = fixed(&old);
    let want = text(
        "(1) 本を運ぶこと。\n\n(2) 本を直すこと。\n\n(3) 本を読み聞かせること。\n\n(4) 本を集めること。\n",
        "第2条第3号の費用は甲が、同条第4号の費用は乙が負担する。",
    );
    assert_eq!(got.text, want, "{got:?}");
    assert_eq!(got.made.len(), 1);
    assert_eq!(fixed(&got.text).made, [], "a mended text needs no more");
}

#[test]
fn keeps_the_writing_of_labels() {
    for (before, after) in [
        ("（１） 運ぶ。\n\n（３） 直す。\n", "（１） 運ぶ。\n\n（２） 直す。\n"),
        ("⑴ 運ぶ。\n\n⑶ 直す。\n", "⑴ 運ぶ。\n\n⑵ 直す。\n"),
        ("ア 運ぶ。\n\nウ 直す。\n", "ア 運ぶ。\n\nイ 直す。\n"),
    ] {
        assert_eq!(fixed(&text(before, "費用は折半とする。")).text, text(after, "費用は折半とする。"));
    }
}

#[test]
fn leaves_alone_what_changes_the_meaning() {
    let items = "(1) 本を運ぶこと。\n\n(3) 本を直すこと。\n";
    let old = text(items, "第2条第2号の費用は、甲が負担する。");
    let got = fixed(&old);
    assert_eq!((got.text, got.made.len()), (old, 0));
    assert!(got.proposals.len() >= 2, "the gap and the reference: {:?}", got.proposals);
    let glued = text("(1) 本を運ぶこと。(2) 本を直すこと。\n\n(3) 本を集めること。\n", "費用は折半とする。");
    assert_eq!(fixed(&glued).text, glued, "(2) is there, only not on a line of its own");
    let gap = text("(1) 本を運ぶこと。\n", "費用は折半とする。").replace("第3条", "第5条");
    let got = fixed(&gap);
    assert_eq!((got.text, got.proposals.len()), (gap, 1));
}

#[test]
fn widths_and_blanks_become_alike() {
    let items = "(1) 本を運ぶこと。\n\n（２） 本を直すこと。\n\n(3)　本を集めること。　\n";
    let old = text(items, "第１条及び第2条の費用は、第2条第1号による。");
    let got = fixed(&old);
    let want = text(
        "(1) 本を運ぶこと。\n\n（2） 本を直すこと。\n\n(3) 本を集めること。\n",
        "第1条及び第2条の費用は、第2条第1号による。",
    );
    assert_eq!(got.text, want);
    assert_eq!(got.made.len(), 3, "{:?}", got.made);
    let calm = text("(1) 本を運ぶこと。\n", "費用は折半とする。");
    assert_eq!(fixed(&calm).text, calm);
    assert_eq!(fixed("").text, "");
}
