//! Forms of 改め文, one by one: what the consolidated text says, what it no longer says, and what did not fit.

use crate::amend::block::agreement;
use crate::amend::{Amendment, Outcome, apply, read};
use crate::output::canonical;

const BASE: &str = "定住自立圏の形成に関する協定書

青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。

（目的）

第1条 この協定は、甲と乙が手を結び、住みよい圏域を育てることを目的とする。

（基本の考え方）

第2条 甲及び乙は、前条の目的のため、互いの持ち味を生かす。ただし、急を要するときは、この限りでない。

（取り組む分野）

第3条 取り組む分野は、次のとおりとし、その内容は別表第1に定める。

(1) 暮らしを支える分野

(2) 人を育てる分野

2 甲は、分野の案を作る。この場合において、乙の意見を聴く。

3 前項の案は、毎年１０月までに改める。

（費用）

第4条 費用は、甲と乙が半分ずつ持つ。

2 前項の費用の額は、甲乙協議して定める。

（疑義）

第5条 疑義が生じたときは、甲乙協議して定める。

この協定の締結を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。

令和6年3月26日

甲 青葉市中央1丁目

青葉市長 山川 一郎

乙 若草町本町2番地

若草町長 里見 花子

別表第1（第3条関係）

暮らしと人

1 医療

夜間の当番医\t取組内容\t夜に開く診療所を交替で定める。
\t甲の役割\t当番の暦を作る。
\t乙の役割\t医師に謝礼を払う。
看護師の育成\t取組内容\t学費を貸す。
\t甲の役割\t窓口を開く。
\t乙の役割\t実習を受け入れる。

2 中山間地域の支援

見守り\t取組内容\t一人で暮らす人の家を訪ねる。
\t甲の役割\t訪ねる人を雇う。
\t乙の役割\t名簿を整える。

附則

この協定は、令和6年4月1日から施行する。
";

fn amended(instructions: &str) -> (Amendment, Outcome, String) {
    let text = format!("協定書の一部を変更する協定書\n\n協定書の一部を次のように変更する。\n\n{instructions}\n");
    let amendment = read(&text);
    let outcome = apply(&amendment, &agreement(BASE));
    let text = canonical::write(&outcome.agreement);
    (amendment, outcome, text)
}

/// Instructions, words that must be there afterwards, words that must not.
const FORMS: &[(&str, &[&str], &[&str])] = &[
    ("第1条中「圏域」を「地域」に改める。", &["住みよい地域"], &["住みよい圏域"]),
    ("第1条中「手を結び」を「手をつなぎ」に、「圏域」を「地域」に改める。", &["手をつなぎ、住みよい地域"], &[]),
    ("第1条中「住みよい」の次に「豊かな」を加え、「手を結び、」を削る。", &["甲と乙が住みよい豊かな圏域"], &[]),
    ("第1条中「圏域」の前に「広い」を加える。", &["住みよい広い圏域"], &[]),
    // the width of the document stays
    ("第3条第3項中「10月」を「11月」に改める。", &["毎年１１月までに"], &["１０月", "11月"]),
    ("第3条第1項第2号中「人」を「若い人」に改める。", &["(2) 若い人を育てる分野"], &[]),
    ("第3条第1項各号列記以外の部分中「その内容」を「内容」に改める。", &["次のとおりとし、内容は"], &[]),
    ("第2条ただし書中「急」を「特に急」に改める。", &["ただし、特に急を要する"], &[]),
    ("第2条ただし書を削る。", &["持ち味を生かす。\n"], &["ただし"]),
    ("第3条第2項後段中「聴く」を「聴取する」に改める。", &["意見を聴取する"], &[]),
    (
        "第4条第2項に後段として次のように加える。\n　この場合において、甲は資料を示す。",
        &["定める。この場合において、甲は資料を示す。"],
        &[],
    ),
    ("第4条に次のただし書を加える。\n　ただし、町道は除く。", &[], &[]),
    ("第4条第1項に次のただし書を加える。\n　ただし、町道は除く。", &["半分ずつ持つ。ただし、町道は除く。"], &[]),
    (
        "第4条を次のように改める。\n　（経費）\n　第4条　経費は、甲が持つ。\n　２　経費の額は、毎年度定める。",
        &["（経費）", "第4条 経費は、甲が持つ。", "2 経費の額は"],
        &["半分ずつ"],
    ),
    (
        "第5条を第6条とし、第4条の次に次の1条を加える。\n　（会議）\n　第5条　甲及び乙は、年2回会議を開く。",
        &["第5条 甲及び乙は、年2回", "（会議）", "第6条 疑義が"],
        &[],
    ),
    ("第4条から第5条までを1条ずつ繰り下げる。", &["第5条 費用は", "第6条 疑義"], &["第4条"]),
    ("第4条及び第5条を1条ずつ繰り下げる。", &[], &[]),
    (
        "第2条を削り、第3条を第2条とし、第4条から第5条までを1条ずつ繰り上げる。",
        &["第2条 取り組む", "第4条 疑義"],
        &["第5条"],
    ),
    ("第2条から第4条までを削る。", &["第1条", "第5条"], &["第2条", "第3条 "]),
    ("第5条を次のように改める。\n　第5条　削除", &["第5条 削除"], &["疑義が"]),
    (
        "第3条第3項を同条第4項とし、同条第2項の次に次の1項を加える。\n　3　乙は、案を町民に示す。",
        &["3 乙は、案を", "4 前項の案"],
        &[],
    ),
    (
        "第3条中第3項を第4項とし、第2項の次に次の1項を加える。\n　３　乙は、案を町民に示す。",
        &["3 乙は、案を", "4 前項の案"],
        &[],
    ),
    ("第4条に次の1項を加える。\n　３　端数は切り捨てる。", &["3 端数は切り捨てる。"], &[]),
    ("第3条第1項に次の1号を加える。\n　(3)　道を結ぶ分野", &["(3) 道を結ぶ分野"], &[]),
    (
        "第3条第1項中第2号を第3号とし、第1号の次に次の1号を加える。\n　(2)　道を結ぶ分野",
        &["(2) 道を結ぶ分野", "(3) 人を育てる分野"],
        &[],
    ),
    ("第3条の見出し中「分野」を「事柄」に改める。", &["（取り組む事柄）", "取り組む分野は"], &[]),
    (
        "第4条（見出しを含む。）中「費用」をいずれも「経費」に改める。",
        &["（経費）", "第4条 経費は", "前項の経費の"],
        &["費用"],
    ),
    ("第3条の見出しを「（取組）」に改める。", &["（取組）"], &["（取り組む分野）"]),
    ("題名中「定住自立圏」を「連携圏」に改める。", &["連携圏の形成に関する協定書\n"], &[]),
    ("題名を次のように改める。\n　連携に関する協定書", &["連携に関する協定書\n"], &["定住自立圏の形成"]),
    ("前文中「若草町」を「若葉町」に改める。", &["若葉町（以下「乙」という。）"], &["若草町（"]),
    ("別表第1中「学費」を「学資」に改める。", &["学資を貸す。"], &["学費"]),
    ("別表第1医療の部看護師の育成の項乙の役割の欄中「実習」を「研修」に改める。", &["研修を受け入れる。"], &[]),
    ("別表第1の1の表看護師の育成の項中「窓口」を「受付」に改める。", &["受付を開く。"], &[]),
    ("別表第1中看護師の育成の項を削り、見守りの項中「名簿」を「台帳」に改める。", &["台帳を整える"], &["看護師"]),
    ("別表第1中山間地域の支援の部中「名簿」を「台帳」に改める。", &["台帳を整える"], &[]),
    (
        "別表第1看護師の育成の項を次のように改める。\n　看護師の育成\t取組内容\t学費を贈る。\n　\t甲の役割\t基金を設ける。\n　\t乙の役割\t寄附を募る。",
        &["学費を贈る。", "基金を設ける"],
        &["学費を貸す"],
    ),
    (
        "別表第1医療の部に次のように加える。\n　往診\t取組内容\t医師が家を訪ねる。\n　\t甲の役割\t車を出す。\n　\t乙の役割\t道を案内する。",
        &["往診\t取組内容\t医師が家を訪ねる。"],
        &[],
    ),
    (
        "別表第1夜間の当番医の項の次に次のように加える。\n　往診\t医師が家を訪ねる。\t車を出す。\t道を案内する。",
        &["謝礼を払う。\n往診\t取組内容\t医師が家を訪ねる。\n\t甲の役割\t車を出す。"],
        &[],
    ),
    (
        "別表第1を別表第2とし、同表の前に次の1表を加える。\n　別表第1（第4条関係）\n　費用\n　区分\t甲の割合\n　人件費\t2分の1",
        &["別表1 [第4条関係]", "人件費\t2分の1", "別表2 [第3条関係]"],
        &[],
    ),
    ("本則中「甲乙協議」を「甲乙が協議」に改める。", &["甲乙が協議して定める"], &["甲乙協議"]),
    ("第4条第1項を削り、同条第2項を同条第1項とする。", &["第4条 前項の費用の額"], &["半分"]),
    ("附則中「4月」を「7月」に改める。", &["令和6年7月1日から"], &[]),
    // wrapped by hand, in the middle of a quotation
    ("第1条中「住みよ\nい圏域」を「よい\n圏域」に改める。", &["、よい圏域を"], &[]),
    // 原協定 before the place, and a number before the sentence
    ("(1) 原協定第1条中「圏域」を「地域」に改める。", &["住みよい地域"], &[]),
    // radicals and blanks in the quotation
    ("第1条中「⼿を 結び」を「手をつなぎ」に改める。", &["手をつなぎ"], &[]),
    // nested quotations, in both practices
    ("前文中「以下「甲」という。」を「以下「市」という。」に改める。", &["以下「市」という。"], &["以下「甲」"]),
    ("前文中「以下『甲』という。」を「以下「市」という。」に改める。", &["以下「市」という。"], &[]),
    (
        "次の表の改正前の欄に掲げる規定を改正後の欄に掲げる規定に、下線で示すように改める。\n改正後\t改正前\n第1条 この協定は、甲と乙が手を結び、住みよい地域を育てることを目的とする。\t第1条 この協定は、甲と乙が手を結び、住みよい圏域を育てることを目的とする。\n（略）\t（略）",
        &["住みよい地域"],
        &["住みよい圏域"],
    ),
];

#[test]
fn every_form_is_played() {
    for (instructions, there, gone) in FORMS {
        let (amendment, outcome, text) = amended(instructions);
        if there.is_empty() && gone.is_empty() {
            let said = amendment.complaints.len() + outcome.misfits.len();
            assert!(said > 0, "{instructions}: nothing was said");
            continue;
        }
        assert!(amendment.complaints.is_empty(), "{instructions}: {:?}", amendment.complaints);
        let misfits: Vec<&str> = outcome.misfits.iter().map(|m| m.words.ja.as_str()).collect();
        assert!(misfits.is_empty(), "{instructions}: {misfits:?}");
        for words in *there {
            assert!(text.contains(words), "{instructions}: no {words} in\n{text}");
        }
        for words in *gone {
            assert!(!text.contains(words), "{instructions}: still {words} in\n{text}");
        }
    }
}

/// Instructions, the rule of the misfit, and words of its message.
const MISFITS: &[(&str, &str, &[&str])] = &[
    ("第1条中「圏内」を「地域」に改める。", "amendment-words-missing", &["第1条に「圏内」がありません", "圏域"]),
    ("第4条中「費用」の次に「等」を加える。", "amendment-words-ambiguous", &["2か所", "第4条第1項", "第4条第2項"]),
    ("第9条を削る。", "amendment-target-missing", &["第9条", "最も近い"]),
    ("第3条第7項中「甲」を「乙」に改める。", "amendment-target-missing", &["第3条に「第7項」"]),
    ("別表第1看護婦の育成の項を削る。", "amendment-target-missing", &["看護師の育成"]),
    ("別表第3を削る。", "amendment-target-missing", &["別表第3"]),
    ("第4条を第5条とする。", "amendment-number-taken", &["第5条は既に"]),
    ("第4条の次に次の1条を加える。\n　第5条　新しい規定を置く。", "amendment-number-taken", &["第5条"]),
    ("第5条の次に次の2条を加える。\n　第6条　新しい規定を置く。", "amendment-count-differs", &["2とありますが、1"]),
    ("第5条の次に次の1条を加える。\n　これは条ではない。", "amendment-text-unread", &["読み取れません"]),
    ("第4条中「費用」を「経費」に改める。", "amendment-words-ambiguous", &["全て改めました", "第4条第2項"]),
    ("第3条ただし書を削る。", "amendment-target-ambiguous", &["第3条第1項", "第3条第2項"]),
];

#[test]
fn every_misfit_says_where() {
    for (instructions, rule, words) in MISFITS {
        let (amendment, outcome, _) = amended(instructions);
        assert!(amendment.complaints.is_empty(), "{instructions}: {:?}", amendment.complaints);
        let [misfit] = outcome.misfits.as_slice() else { panic!("{instructions}: {:?}", outcome.misfits) };
        assert_eq!(misfit.rule, *rule, "{instructions}");
        for word in *words {
            assert!(misfit.words.ja.contains(word), "{instructions}: no {word} in {}", misfit.words.ja);
        }
    }
}

#[test]
fn what_is_no_instruction_is_reported() {
    for instructions in [
        "第1条中「圏域」を地域に改める。",
        "第1条中「圏域」を「地域」に改める。\n第2条は、よく読むこと。",
        "第1条中「圏域を「地域」に改める。",
        "何も改めない。「あ」に改める。",
    ] {
        let (amendment, ..) = amended(instructions);
        assert_eq!(amendment.complaints.len(), 1, "{instructions}: {:?}", amendment.complaints);
    }
}

#[test]
fn the_frame_is_kept() {
    let text = "定住自立圏の形成に関する協定書の一部を変更する協定書

青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、令和6年3月26日に締結した協定書の一部を変更する協定を次のとおり締結する。

　第1条中「圏域」を「地域」に改める。

　　　附　則

　この協定は、令和7年4月1日から施行する。

　この協定の締結を証するため、本書2通を作成し、甲乙が記名押印する。

　令和7年3月20日

甲　青葉市中央1丁目

青葉市長　山川 一郎
";
    let amendment = read(text);
    assert!(amendment.complaints.is_empty(), "{:?}", amendment.complaints);
    assert_eq!(amendment.instructions.len(), 1);
    assert_eq!(amendment.title, "定住自立圏の形成に関する協定書の一部を変更する協定書");
    assert_eq!(amendment.date.and_then(|d| d.iso).as_deref(), Some("2025-03-20"));
    assert_eq!(amendment.effective.and_then(|d| d.iso).as_deref(), Some("2025-04-01"));
}

#[test]
fn a_restated_agreement_is_recognised() {
    let text = BASE.replacen("定住自立圏の形成に関する協定書", "定住自立圏の形成に関する協定の一部を変更する協定書", 1);
    let amendment = read(&text.replace("半分ずつ", "三分の一ずつ"));
    assert!(amendment.restated.is_some() && amendment.instructions.is_empty());
    let outcome = apply(&amendment, &agreement(BASE));
    assert!(outcome.diff.changes.iter().any(|c| c.path == "第4条第1項"));
}

#[test]
fn damage_does_not_panic() {
    let text = "第3条第2項第1号ア中「A」を「B」に、「C」の次に「D」を加え、同条を第4条とし、第2条の次に次の1条を加える。\n　第3条　甲。";
    let base = agreement(BASE);
    for cut in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        apply(&read(&text[..cut]), &base);
        apply(&read(&text[cut..]), &base);
    }
    for odd in [
        "第99999999999条を第0条とする。",
        "第1条から第5条までを9条ずつ繰り上げる。",
        "別表第1の項を削る。",
        "「「「「",
        "同条中「甲」を削る。",
    ] {
        apply(&read(odd), &base);
    }
    let deep = format!("第1条{}「甲」を「乙」に改める。", "中第1項".repeat(5000));
    apply(&read(&deep), &base);
}
