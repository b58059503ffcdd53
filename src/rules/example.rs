//! The skeleton that the examples of the rules share: a short agreement of no kind that has a guideline.

/// `青葉市` is 甲, `若草町` is 乙; every part may be replaced by one's own words.
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
            articles "（目的）\n第1条　この協定は、甲と乙が協力する事項を定めることを目的とする。",
            end $end
        )
    };
    (tables $tables:literal) => {
        concat!(
            agreement!(
                articles "（目的）\n第1条　この協定は、甲と乙が協力する事項を定めることを目的とする。\n\n\
                          （連携する取組）\n第2条　連携する取組の内容並びに甲及び乙の役割は、別表のとおりとする。"
            ),
            "\n別表（第2条関係）\n\n",
            $tables
        )
    };
}
