//! A page that came out as one line, its line ends turned into blanks: cut where something must begin.

use super::is_blank;
use crate::parse::{date, front, head, label};

/// Shorter lines are paragraphs.
pub const LONG: usize = 600;
/// So many letters of what follows decide.
const WINDOW: usize = 64;

/// Where a long line is cut, as byte offsets, ascending; none for a paragraph of prose.
pub fn cuts(line: &str) -> Vec<usize> {
    if line.contains('\t') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut strong = 0;
    // inside 記名 a party and an office begin lines of their own
    let mut signing = false;
    // inside 別表 a figure begins a heading
    let mut table = false;
    // the end of a caption and its head, inside which nothing is cut
    let mut taken = 0;
    let mut from = 0;
    while let Some(gap) = line[from..].find(is_blank) {
        let blank = from + gap;
        let rest = line[blank..].trim_start_matches(is_blank);
        let at = line.len() - rest.len();
        from = at;
        if at < taken || rest.is_empty() {
            continue;
        }
        let before = &line[found.last().copied().unwrap_or(0)..blank];
        let window = rest.char_indices().nth(WINDOW).map_or(rest, |(end, _)| &rest[..end]);
        if let Some(len) = article(window).filter(|_| !dangles(before)) {
            strong += 1;
            (signing, table) = (false, false);
            taken = at + len;
        } else if is_table(window) && (signing || !dangles(before)) {
            strong += 1;
            (signing, table) = (false, true);
        } else if let Some((_, len)) = date::date(window).filter(|_| before.ends_with('。')) {
            signing = true;
            taken = at + len;
        } else if !(before.ends_with('。')
            || signing && is_signature(window)
            || is_closing(window) && !dangles(before)
            || strong == 0 && (before.len() < 300 && front::is_title(before) && !goes_on(rest) || is_month(before))
            || begins(window, before, table))
        {
            continue;
        }
        found.push(at);
    }
    if strong < 2 { Vec::new() } else { found }
}

/// `（目的） 第1条 この`, `第1条 この`, `第1章 総則`: the length of the head
fn article(window: &str) -> Option<usize> {
    let caption = if window.starts_with(['（', '(']) { head::closing_bracket(window)? } else { 0 };
    let rest = window[caption..].trim_start_matches(is_blank);
    if caption == 0 && head::division(rest.split_inclusive(is_blank).next()?).is_some() {
        return Some(0);
    }
    let head = head::article(rest)?;
    let begins = !head.glued && !head.rest.starts_with(['の', 'に', 'か', 'を', 'は', 'と', 'で', '、', '及', '又']);
    begins.then_some(window.len() - rest.len() + head.label.len())
}

/// `別表第1（第3条関係）`
fn is_table(window: &str) -> bool {
    let bracket = window.find(['（', '(', '［', '[']).filter(|at| *at < 40);
    let end = bracket.and_then(|at| Some(at + head::closing_bracket(&window[at..])?));
    let end = end.or_else(|| window.find(is_blank)).unwrap_or(window.len());
    window.starts_with('別') && head::table(&window[..end]).is_some_and(|h| h.rest.is_empty())
}

/// `平成 21年 10月`: what a cover ends with
fn is_month(before: &str) -> bool {
    let year = || date::years(before).into_iter().next().filter(|(.., range)| range.start == 0);
    let is_figure = |word: &str| word.chars().all(|c| c.is_numeric() || is_blank(c));
    let month = |rest: &str| rest.trim_matches(is_blank).strip_suffix('月').is_some_and(is_figure);
    before.ends_with('月') && year().is_some_and(|(.., range)| month(&before[range.end..]))
}

/// `甲 青葉市…`, `青葉市長 山川 一郎`
fn is_signature(window: &str) -> bool {
    let word = window.split(is_blank).next().unwrap_or("");
    label::is_stem(word) || word.ends_with('長') || word.ends_with("知事")
}

/// `本書2通を作り、`, `この協定を証するため、`
fn is_closing(window: &str) -> bool {
    ["本書", "この協定", "この連携協約", "以上"].iter().any(|word| window.starts_with(word))
        && (window.contains("通を") || window.contains("証する") || window.contains("証として"))
}

/// `(1) …`, `ア …`, `2 …`, `【甲の役割】`, `取組内容`, `甲の役割：…`: a marker or a label between blanks
fn begins(window: &str, before: &str, table: bool) -> bool {
    let word = window.split(|c| is_blank(c) || c == '：').next().unwrap_or("");
    if window.starts_with('【') || (word.ends_with("の役割") || word.ends_with("内容")) && word.chars().count() <= 16
    {
        return !dangles(before);
    }
    let finished = table || is_field(window) || before.ends_with(['。', '）', ')', '］', ']', '】', '」']);
    head::item(window).is_some_and(|head| {
        let paired = head.label.ends_with([')', '）']);
        let letter = !head.label.starts_with(|c: char| c.is_numeric());
        (paired || !head.glued && (letter || finished)) && !head.rest.is_empty() && !head.doubtful && !dangles(before)
    })
}

/// `1 医療 ア …`: a figure and a word, and below them a letter
fn is_field(window: &str) -> bool {
    let mut words = window.split(is_blank).filter(|word| !word.is_empty());
    let (number, _, below) = (words.next(), words.next(), words.next());
    number.is_some_and(|word| word.chars().all(char::is_numeric))
        && below.is_some_and(|word| matches!(word, "ア" | "(ア)" | "（ア）"))
}

/// `に関する協定 （以下「本協定 」という。）を`, `協 定 書`: no title ends before such words.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(['を', 'に', 'の', 'は', 'と', 'が', '（', '(', '」', '）', ')', '、', '。', '書'])
}

/// A sentence that goes on.
fn dangles(before: &str) -> bool {
    before.ends_with(['、', '，', '・', '（', '(', '「', 'は', 'を', 'に', 'の', 'び', 'と', 'が'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<&str> {
        let ends = cuts(line).into_iter().chain([line.len()]);
        ends.scan(0, |from, end| Some(line[std::mem::replace(from, end)..end].trim_end_matches(is_blank))).collect()
    }

    #[test]
    fn a_page_is_cut_where_something_begins() {
        let page = "青葉市と若草町との協定書 青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を結 ぶ。 （目的） 第1条 この協定は、第2条 の取組を進めることを目的とする。 \
            2 甲は、これを支える。 （取組） 第2条 取組は、次のとおりとする。 (1) 医療 (2) 福祉（別表第1） 本書2通を作り、各1通を持つ。 令和7年4月1日 甲 青葉市中央1丁目 青葉市長 山川 一郎 \
            乙 若草町本町2番地 若草町長 海野 みなと 別表第1（第2条関係） 1 医療 夜間診療 取組内容 夜間の当番を続ける。 甲の役割 当番表を作る。 乙の役割 費用の一部を出す。";
        assert_eq!(
            parts(page),
            [
                "青葉市と若草町との協定書",
                "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を結 ぶ。",
                "（目的） 第1条 この協定は、第2条 の取組を進めることを目的とする。",
                "2 甲は、これを支える。",
                "（取組） 第2条 取組は、次のとおりとする。",
                "(1) 医療",
                "(2) 福祉（別表第1）",
                "本書2通を作り、各1通を持つ。",
                "令和7年4月1日",
                "甲 青葉市中央1丁目",
                "青葉市長 山川 一郎",
                "乙 若草町本町2番地",
                "若草町長 海野 みなと",
                "別表第1（第2条関係）",
                "1 医療 夜間診療",
                "取組内容 夜間の当番を続ける。",
                "甲の役割 当番表を作る。",
                "乙の役割 費用の一部を出す。",
            ]
        );
    }

    #[test]
    fn a_cover_ends_with_its_month() {
        let page = "青葉市 ・若草町の連携に関 す る協定書 平成 21年 10月 青葉市 ・ 若草町 の連携 に 関 す る 協 定 書 青 葉 市 (以 下 「甲」 とい う。)と 若 草 町 は 、次 の と お り 協 定 を 結 ぶ 。 \
            (目的) 第 1条 こ れ を 結 ぶ 。 (基 本 方針 ) 第 2条 これ を 支 え る 。";
        assert_eq!(
            parts(page)[..4],
            [
                "青葉市 ・若草町の連携に関 す る協定書",
                "平成 21年 10月",
                "青葉市 ・ 若草町 の連携 に 関 す る 協 定 書",
                "青 葉 市 (以 下 「甲」 とい う。)と 若 草 町 は 、次 の と お り 協 定 を 結 ぶ 。",
            ]
        );
    }

    #[test]
    fn a_figure_over_letters_begins_a_line() {
        let fits = ["1 医療 ア 夜間診療", "２　医療 (ア) 夜間診療"];
        assert!(fits.iter().all(|window| is_field(window)));
        assert!(["2 人以上 で", "医療 ア 夜間診療", "1 医療 夜間診療"].iter().all(|window| !is_field(window)));
    }

    #[test]
    fn a_paragraph_stays_whole() {
        let paragraph = "この協定は、（1）乳児、（2）幼児 及び 2 人以上の世帯を支える。 ".repeat(30);
        assert!(cuts(&paragraph).is_empty());
    }
}
