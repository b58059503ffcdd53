use super::{mend, read};

/// The text without what draws its tables, and whether a table was left.
fn rewritten(source: &str) -> (String, bool) {
    let drawn = read(source).unwrap_or_default();
    (drawn.text, !drawn.broken.is_empty() || !drawn.doubtful.is_empty())
}

#[test]
fn frames_are_rows() {
    for (source, rows) in [
        ("┌──┬────┐\n│名│文を│\n│  │書く│\n├──┼────┤\n│乙│読む│\n└──┴────┘\n", "| 名 | 文を書く | \n| 乙 | 読む | \n"),
        // full-width marks
        ("┌─┬──┐\n│名│文を│\n├─┴──┤\n│医　療　│\n└────┘\n", "| 名 | 文を | \n医　療\n"),
        // merged over rows and over columns
        (
            "+----+--+--+\n|    |甲|乙|\n|名は+--+--+\n|長い| 文  |\n+----+-----+\n",
            "| 名は長い | 甲 | 乙 | \n| | 文 | | \n",
        ),
        // one line a row
        (
            "+----+------+\n|項目|内容  |\n+====+======+\n|診療|診る。|\n|薬  |渡す。|\n+----+------+\n",
            "| 項目 | 内容 | \n| 診療 | 診る。 | \n| 薬 | 渡す。 | \n",
        ),
        // an entry of a list stands on its own line
        (
            "┌──┬──────────┐\n│甲│(1) 診る。│\n│  │(2) 渡す。│\n└──┴──────────┘\n",
            "| 甲 | (1) 診る。 | \n| | (2) 渡す。 | \n",
        ),
        // a box around text
        ("甲\n╭──────╮\n│第1条 │\n│甲は  │\n╰──────╯\n乙\n", "甲\n第1条\n甲は\n乙\n"),
        // two frames, one upon the other, in one column more than they were drawn for
        ("┌─┐\n│名 │\n└─┘\n┌─┐\n│文 │\n└─┘\n", "名\n文\n"),
    ] {
        assert_eq!(rewritten(source), (rows.to_string(), false), "{source}");
    }
}

#[test]
fn columns_by_dashes_are_rows() {
    for (source, rows) in [
        (
            "項目 内容\n---- ------\n診療 診る。\n薬   渡す。\n\n後",
            "| 項目 | 内容 | \n| 診療 | 診る。 | \n| 薬 | 渡す。 | \n\n後",
        ),
        ("  ---- ------\n  診療 診る。\n\n       渡す。\n  ---- ------\n", "| 診療 | 診る。 | \n| | 渡す。 | \n"),
        (
            "-----------\n項目 内容\nの名\n---- ------\n診療 診て\n     渡す。\n\n薬   塗る。\n-----------\n",
            "| 項目の名 | 内容 | \n| 診療 | 診て渡す。 | \n| 薬 | 塗る。 | \n",
        ),
    ] {
        assert_eq!(rewritten(source), (rows.to_string(), false), "{source}");
    }
}

#[test]
fn what_does_not_meet_is_left() {
    for (source, is_left) in [
        // a wall that some lines lack
        ("┌──┬────┐\n│名│文を│\n│   書く│\n└──┴────┘\n", true),
        ("┌──┬────┐\n│名│文を│\n├──┼────┤\n│乙│読む│\n", true),
        // no rectangle
        ("┌──┬──┐\n│  │乙│\n│  └──┤\n│名   │\n└─────┘\n", true),
        // which lines are one row
        (
            "+----+------+\n|項目|内容  |\n+----+------+\n|診療|診るの|\n|所  |は。  |\n|薬  |塗る。|\n+----+------+\n",
            true,
        ),
        // words across two columns of dashes
        ("項目 内容\n---- ------\n診療所を 診る\n\n", true),
        // no tables
        ("──────\n第1条\n", false),
        ("├ 医療\n└ 交通\n", false),
        ("- 2 -\n---\n第1条\n", false),
    ] {
        let (text, left) = rewritten(source);
        assert_eq!(left, is_left, "{source}");
        assert!(text.is_empty() || text == source, "{text}");
    }
}

#[test]
fn words_know_where_they_stand() {
    let source = "甲\n┌──┬────┐\n│名│文を│\n│  │書く│\n└──┴────┘\n乙\n";
    let drawn = read(source).unwrap_or_default();
    let place = |words: &str| {
        let at = drawn.text.find(words).unwrap_or_default();
        let places = drawn.places(crate::span::Span::new(at, at + words.len()));
        places.map(|span| span.slice(source).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(place("文を書く"), ["文を", "書く"]);
    assert_eq!(place("名"), ["名"]);
    assert_eq!(place("乙\n"), ["乙\n"]);
    assert_eq!(drawn.border(drawn.text.len() - 4), Some(source.len() - 4));
    assert_eq!(drawn.border(10), None);
}

#[test]
fn cut_labels_are_put_together() {
    for (source, whole) in [
        (
            "医療 夜間 取組内 診る医師を\n     診療  容   置く。\n           甲の役 医師を雇う。\n           割\n",
            "医療 夜間 取組内容 診る医師を\n     診療       置く。\n           甲の役割 医師を雇う。\n",
        ),
        ("夜間 取組の 診る。\n     内容\n", "夜間 取組の内容 診る。\n"),
        // one that stands elsewhere, and words that are no labels
        ("夜間 取組内 診る。\n                容 置く。\n", ""),
        ("夜間 乙の役 診る。\n  割引を行う。\n", ""),
    ] {
        assert_eq!(mend(source).unwrap_or_default().text, whole, "{source}");
    }
}

#[test]
fn lost_lines_are_told() {
    for source in [
        // no rule between two rows
        "┌──────────┬────┬──┐\n│項目      │内容│甲│\n├──────────┼────┼──┤\n│診療      │診る│師│\n│薬        │塗る│車│\n├──────────┼────┼──┤\n│バス      │走る│人│\n└──────────┴────┴──┘\n",
        // no wall where the rules have one
        "┌──┬──┐\n│診療  │\n└──┴──┘\n",
        // a label below another
        "+--------+------+\n|甲の役割|診る。|\n|乙の役割|塗る  |\n+--------+------+\n|備考    |なし。|\n+--------+------+\n",
        // a rule that a line end cut
        "+------------\n----+\n|診療  |診る。   |\n",
    ] {
        let drawn = read(source).unwrap_or_default();
        assert!(!drawn.doubtful.is_empty() || !drawn.broken.is_empty(), "{source}");
    }
}
