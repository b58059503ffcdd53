//! What the examples of rules share: a short agreement that is right in all but what the rule looks at.

/// `agreement!(ARTICLES)`, `agreement!(ARTICLES, TABLES)`, `agreement!(DATE, ARTICLES, TABLES)`: an agreement of no scheme.
macro_rules! agreement {
    (preamble $preamble:literal, articles $articles:literal, end $end:literal) => {
        concat!("青葉市と若草町との連携に関する協定書\n\n", $preamble, "\n\n", $articles, "\n\n", $end)
    };
    (preamble $preamble:literal, articles $articles:literal) => {
        concat!(
            "青葉市と若草町との連携に関する協定書\n\n",
            $preamble,
            "\n\n",
            $articles,
            "\n\nこの協定の成立を証するため、本書2通を作成し、甲乙が記名押印の上、各自その1通を保有する。\n\n令和7年3月26日\n\n\
             甲　青葉市本町1番地\n青葉市長　山川 一郎\n\n乙　若草町若草2番地\n若草町長　谷口 花\n"
        )
    };
    (articles $articles:literal) => {
        agreement!(
            preamble "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。",
            articles $articles
        )
    };
    (end $end:literal) => {
        agreement!(
            preamble "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。",
            articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。",
            end $end
        )
    };
    (tables $tables:literal) => {
        concat!(
            agreement!(
                articles "（目的）\n第1条　本協定は、甲と乙が協力する事項を定めることを目的とする。\n\n\
                          （連携する取組）\n第2条　連携する取組の内容並びに甲及び乙の役割は、別表のとおりとする。"
            ),
            "\n別表（第2条関係）\n\n",
            $tables
        )
    };
    ($articles:literal) => {
        agreement!("令和7年3月26日", $articles, "")
    };
    ($articles:literal, $tables:literal) => {
        agreement!("令和7年3月26日", $articles, $tables)
    };
    ($date:literal, $articles:literal, $tables:literal) => {
        concat!(
            "青葉市と若草町との連携に関する協定書\n\n",
            "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n\n",
            $articles,
            "\nこの協定の成立を証するため、本書2通を作り、両者が記名押印し、各1通を保有する。\n\n",
            $date,
            "\n\n甲　青葉市本町1番1号\n青葉市長　山川 一郎\n\n乙　若草町大字原2番地\n若草町長　林 花\n",
            $tables
        )
    };
}

/// A whole 定住自立圏形成協定; one article may be replaced: `settlement!(change: "…")`.
macro_rules! settlement {
    () => { settlement!(declared: "中心市宣言を公表した甲と、これに賛同した乙が、") };
    (purpose: $text:literal) => { settlement!($text, policy!(), "経費", change!(), abolition!(), "ネットワーク") };
    (declared: $who:literal) => {
        settlement!(
            concat!("（目的）\n第1条　本協定は、", $who, "圏域の暮らしを守ることを目的とする。\n"),
            policy!(), "経費", change!(), abolition!(), "ネットワーク"
        )
    };
    (policy: $text:literal) => { settlement!(purpose!(), $text, "経費", change!(), abolition!(), "ネットワーク") };
    (cost: $word:literal) => { settlement!(purpose!(), policy!(), $word, change!(), abolition!(), "ネットワーク") };
    (change: $text:literal) => { settlement!(purpose!(), policy!(), "経費", $text, abolition!(), "ネットワーク") };
    (abolition: $text:literal) => { settlement!(purpose!(), policy!(), "経費", change!(), $text, "ネットワーク") };
    (view: $word:literal) => { settlement!(purpose!(), policy!(), "経費", change!(), abolition!(), $word) };
    ($purpose:expr, $policy:expr, $cost:literal, $change:expr, $abolition:expr, $view:literal) => {
        concat!(
            "定住自立圏の形成に関する協定書\n\n",
            "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を締結する。\n\n",
            $purpose, "\n", $policy,
            "\n（連携する取組）\n第3条　取組の内容並びに甲及び乙の役割は、別表1から別表3までのとおりとする。\n",
            "(1)　生活機能の強化に関する政策分野（別表1）\n(2)　", $view, "の強化に関する政策分野（別表2）\n",
            "(3)　圏域マネジメント能力の強化に関する政策分野（別表3）\n",
            "\n（事務の執行）\n第4条　前条の取組に要する", $cost, "は、その都度協議して定める。\n\n",
            $change, "\n", $abolition,
            "\nこの協定の成立を証するため、本書2通を作り、両者が記名押印し、各1通を保有する。\n\n令和7年3月26日\n\n",
            "甲　青葉市本町1番1号\n青葉市長　山川 一郎\n\n乙　若草町大字原2番地\n若草町長　林 花\n\n",
            "別表1 [第3条(1)]\n生活機能の強化に関する政策分野\n1 医療\n",
            "夜間診療\t取組内容\t夜間の当番を続ける。\n\t甲の役割\t当番表を作る。\n\t乙の役割\t会場を貸す。\n\n",
            "別表2 [第3条(2)]\n", $view, "の強化に関する政策分野\n1 道路\n",
            "峠の道\t取組内容\t峠の除雪を続ける。\n\t甲の役割\t除雪車を出す。\n\t乙の役割\t待機所を貸す。\n\n",
            "別表3 [第3条(3)]\n圏域マネジメント能力の強化に関する政策分野\n1 研修\n",
            "合同研修\t取組内容\t職員の研修を続ける。\n\t甲の役割\t講師を呼ぶ。\n\t乙の役割\t宿舎を用意する。\n"
        )
    };
}

macro_rules! purpose {
    () => {
        "（目的）\n第1条　本協定は、中心市宣言を公表した甲と、これに賛同した乙が、圏域の暮らしを守ることを目的とする。\n"
    };
}

macro_rules! policy {
    () => {
        "（基本的な方針）\n第2条　甲及び乙は、互いに役割を分け合い、次条の取組を進める。\n"
    };
}

macro_rules! change {
    () => {
        "（協定の変更）\n第5条　この協定を変更しようとするときは、あらかじめ、それぞれの議会の議決を経るものとする。\n"
    };
}

macro_rules! abolition {
    () => {
        "（廃止）\n第6条　甲又は乙は、議会の議決を経て、書面により廃止を通告することができる。\n\
         2　この協定は、前項の通告の日から起算して2年を経過した日に効力を失う。\n"
    };
}

macro_rules! law {
    () => {
        "地方自治法（昭和22年法律第67号）第252条の2第1項に基づき、"
    };
}

macro_rules! stance {
    () => {
        "（基本的な方針）\n第2条　甲及び乙は、対等の立場で"
    };
}

macro_rules! meeting {
    () => {
        "（連絡会議）\n第5条　両者の長は、毎年度、会議を開く。\n"
    };
}

/// A whole 連携協約; one part may be replaced: `core_city!(meeting: "…")`.
macro_rules! core_city {
    () => { core_city!(law!(), stance!(), "役割", meeting!()) };
    (law: $text:literal) => { core_city!($text, stance!(), "役割", meeting!()) };
    (policy: $text:literal) => { core_city!(law!(), $text, "役割", meeting!()) };
    (role: $word:literal) => { core_city!(law!(), stance!(), $word, meeting!()) };
    (meeting: $text:literal) => { core_city!(law!(), stance!(), "役割", $text) };
    ($law:expr, $policy:expr, $role:literal, $meeting:expr) => {
        concat!(
            "青葉市及び若草町における連携中枢都市圏の形成に係る連携協約\n\n青葉市（以下「甲」という。）及び若草町（以下「乙」という。）は、",
            $law, "次のとおり連携協約を締結する。\n\n（目的）\n第1条　この連携協約は、圏域の暮らしを支えることを目的とする。\n\n",
            $policy, "次条の取組を進める。\n\n（連携する取組）\n第3条　取組及びその", $role, "は、次のとおりとする。\n",
            "(1)　圏域全体の経済成長のけん引　甲は商談会を開き、乙は出展者を集める。\n",
            "(2)　高次の都市機能の集積・強化　甲は病院を整え、乙は救急車を走らせる。\n",
            "(3)　圏域全体の生活関連機能サービスの向上　甲は図書館を開き、乙は本を運ぶ。\n\n",
            "（費用の分担）\n第4条　前条の取組に要する費用は、協議して別に定める。\n\n", $meeting,
            "\n（変更及び廃止）\n第6条　この連携協約を変更し、又は廃止しようとするときは、それぞれの議会の議決を経るものとする。\n",
            "\nこの連携協約の成立を証するため、本書2通を作り、両者が記名押印し、各1通を保有する。\n\n令和7年3月26日\n\n",
            "甲　青葉市本町1番1号\n青葉市長　山川 一郎\n\n乙　若草町大字原2番地\n若草町長　林 花\n"
        )
    };
}
