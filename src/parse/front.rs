//! What stands before the first article: cover, title, preamble; and the furniture of whoever published it.

use super::party::{self, Party};
use super::{Context, date, zones};
use crate::ast::TriviaKind;
use crate::lines::{Line, is_blank, squeeze};
use std::ops::Range;

/// Words with which the name of such a document ends.
const KINDS: &[&str] = &["協定", "協定書", "協約", "協約書", "協議書", "規約", "覚書", "契約書", "確認書", "同意書"];
/// Words with which a preamble ends.
const ENDINGS: &[&str] = &[
    "締結する",
    "締結した",
    "次のとおり",
    "以下のとおり",
    "協定する",
    "定める",
    "とする",
    "協議する",
    "変更する",
    "改める",
];

/// Words of titles that a wrap may cut.
const WORDS: &[&str] = &["定住自立圏", "連携中枢都市圏", "連携協約", "形成", "協定書", "協約書"];
/// How the second line of a title may begin, and no first one does.
const RESTS: &[&str] = &["の", "に", "を", "と", "する", "る", "おける", "ける", "び", "及び", "形成"];
/// What follows the last letter of a town that a wrap cut from its name.
const BEHIND_NAMES: &[&str] = &["と", "及", "・", "に", "の", "定住", "連携"];

/// Reads the lines before the first article, a list of contents among them; `None` where there is no article.
pub fn read(lines: &[Line], contents: Option<Range<usize>>, cx: &mut Context) {
    let Some(contents) = contents else {
        // no article at all: nothing here is known to be an agreement, but a title is a title
        for line in lines {
            cx.unparsed(line);
        }
        return;
    };
    let start = contents.end + preamble_start(&lines[contents.end..], cx.wrap);
    for line in &lines[start..] {
        cx.tree.preamble.push(line, &line.text, &mut cx.repairs);
    }
    (cx.parties, cx.aliases) = party::definitions(&cx.tree.preamble.text);
    let before = &lines[..start];
    let title = title(before, cx.wrap, &cx.parties);
    if let Some(range) = title.clone() {
        for line in &before[range] {
            let text = unmarked(&line.text);
            let mark = line.text.len() - text.len();
            if mark > 0 {
                cx.trivia(line.span(&line.text[..mark]), TriviaKind::Mark);
            }
            cx.tree.title.push(line, text, &mut cx.repairs);
        }
    }
    let title = title.unwrap_or(0..0);
    let below = (title.end..before.len()).find(|&at| date::is_date(&before[at].text));
    let mut covers = [title.start, contents.start.min(title.start)].into_iter();
    let on_cover = |end| (0..end).rfind(|&at| is_dated_cover(&before[at..end]));
    let dated = below.or_else(|| covers.find_map(on_cover));
    for (at, line) in before.iter().enumerate().filter(|(at, _)| !title.contains(at)) {
        let text = line.text.as_ref();
        let len = if dated == Some(at) { date::date(text).map_or(0, |(_, len)| len) } else { 0 };
        let rest = text[len..].trim_start_matches(is_blank);
        if len > 0 {
            cx.tree.date = cx.text(line, &text[..len]);
        }
        if !rest.is_empty() {
            let span = if len > 0 { line.span(rest) } else { line.whole() };
            cx.trivia(span, if at < title.start { TriviaKind::Cover } else { TriviaKind::Chrome });
        }
    }
}

/// `令和7年3月26日`, `青葉市・若草町` and nothing else up to the title: a cover says when the agreement was made.
fn is_dated_cover(lines: &[Line]) -> bool {
    let Some((dated, below)) = lines.split_first() else { return false };
    let is_mark = |c: char| is_blank(c) || matches!(c, '・' | '、');
    let is_cover = |text: &str| text.trim_matches(is_mark).is_empty() || is_title(text) || party::are_names(text);
    date::date(&dated.text).is_some_and(|(_, len)| is_cover(&dated.text[len..]))
        && below.iter().all(|line| is_cover(&line.text))
}

/// Where an agreement begins whose first article stands behind these lines; `None` when they hold no preamble.
pub fn start_before(lines: &[Line], wrap: usize) -> Option<usize> {
    let defines = lines.iter().rposition(|l| {
        l.text.contains("以下") && (l.text.contains("という") || l.text.contains('「'))
            || ENDINGS[..4].iter().any(|e| l.text.contains(e))
    })?;
    // at most a screen of preamble stands between its definitions and 第1条
    if lines.len() - defines > 60 {
        return None;
    }
    let start = preamble_start(lines, wrap);
    let title = title(&lines[..start], wrap, &[])?;
    // a cover belongs to the agreement that follows it: who agrees, and the title said a first time
    let is_cover = |line: &&Line| is_title(&line.text) || party::are_names(&line.text);
    Some(title.start - lines[..title.start].iter().rev().take_while(is_cover).count())
}

/// The first line of the preamble: behind the last line that is a title, a date or furniture.
fn preamble_start(lines: &[Line], wrap: usize) -> usize {
    let mut start = lines.len();
    while start > 0 {
        let line = &lines[start - 1];
        let text = line.text.as_ref();
        let is_last = start == lines.len();
        if ends_title(lines, start - 1, wrap) && !goes_on(text, lines.get(start))
            || is_furniture(text)
            || is_note(text)
            || (!is_last && (line_is_apart(lines, start) || is_cover(lines, start)))
        {
            break;
        }
        start -= 1;
    }
    start
}

/// A line that the preamble below it cannot need: short, without an end, with an empty line behind it.
fn line_is_apart(lines: &[Line], start: usize) -> bool {
    let (line, next) = (&lines[start - 1], &lines[start]);
    let text = line.text.as_ref();
    next.gap
        && text.chars().count() < 30
        && !text.ends_with(['。', '、', 'と', 'は', 'を', '）', '」'])
        && party::definitions(text).0.is_empty()
        && party::definitions(&next.text).0.len() + usize::from(next.text.chars().count() > 40) > 0
}

/// `青葉市・若草町` over `青葉市（以下「甲」という。）と`: names that a cover says.
fn is_cover(lines: &[Line], start: usize) -> bool {
    let (text, next) = (&lines[start - 1].text, &lines[start].text);
    let begins = !next.starts_with(['（', '(', '〔', '、', '・', 'と', '及', '並']);
    text.len() < 120 && begins && next.contains("以下") && party::are_names(text)
}

/// A title ends with the kind of the document; one that the next line goes on with is the middle of a sentence.
pub fn is_title(text: &str) -> bool {
    let text = unmarked(text).trim_matches(is_blank);
    if text.ends_with(['。', '、']) || text.chars().count() > 90 {
        return false;
    }
    let squeezed = squeeze(without_notes(text));
    KINDS.iter().any(|kind| squeezed.ends_with(kind))
        || (squeezed.ends_with('案') && KINDS.iter().any(|k| squeezed.contains(k)))
}

/// `（案）`, `(素案)（令和5年2月14日締結）`: what may follow a title, on a line of its own.
fn is_note(text: &str) -> bool {
    text.starts_with(['（', '(', '【', '［', '〔'])
        && text.ends_with(['）', ')', '】', '］', '〕'])
        && text.chars().count() <= 40
        && ["案", "例", "締結"].iter().any(|word| text.contains(word))
        && !text.contains(['。', '、'])
}

/// `…協定書（令和元年12`: whether a bracket stays open.
fn is_open(text: &str) -> bool {
    let last = text.rfind(['（', '(', '【', '）', ')', '】']);
    last.is_some_and(|last| text[last..].starts_with(['（', '(', '【']))
}

/// A title without what may follow it: `(令和2年1月17日締結)`, `（案）`, `（素案）`, `【例】`
fn without_notes(mut title: &str) -> &str {
    while title.ends_with(['）', ')', '】', '］', '〕'])
        && let Some(open) = title.rfind(['（', '(', '【', '［', '〔'])
    {
        title = title[..open].trim_end_matches(is_blank);
    }
    title
}

/// `○青葉市と…`, `## …` without the mark of a title; `○○市と…` has none.
fn unmarked(text: &str) -> &str {
    let rest = text.trim_start_matches(['#', '■']).trim_start_matches(is_blank);
    let masks =
        rest.chars().filter(|c| !is_blank(*c)).take_while(|c| matches!(c, '○' | '◯' | '〇' | '●' | '◎')).count();
    // `○○市` is a name that is not told, `○○○市` one behind a mark
    match masks {
        1 | 3 => rest[rest.chars().next().map_or(0, char::len_utf8)..].trim_start_matches(is_blank),
        _ => rest,
    }
}

/// Whether a title ends at a line, be it with the last letters that a wrap left: `…に関する協⏎定書`.
fn ends_title(lines: &[Line], at: usize, wrap: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let text = line.text.as_ref();
    if is_title(text) {
        return true;
    }
    let rest = without_notes(text);
    let is_rest = rest.chars().count() <= 3 && !rest.is_empty() && KINDS.iter().any(|kind| kind.ends_with(rest));
    let before = at.checked_sub(1).and_then(|b| lines.get(b));
    // `…協定書（令和元年12⏎月25日締結）`
    let closes = text.ends_with(['）', ')', '】']) && before.is_some_and(|before| is_open(&before.text) && !line.gap);
    (is_rest || closes)
        && before.is_some_and(|before| {
            (!line.gap || zones::reaches(before, wrap)) && is_title(&format!("{}{text}", &*before.text))
        })
}

/// Whether the next line goes on with the sentence that a line like a title ends.
fn goes_on(text: &str, next: Option<&Line>) -> bool {
    let long = text.chars().count() > 30;
    next.is_some_and(|n| {
        !n.gap
            && n.text.starts_with(['を', 'に', 'の', 'は', 'と', 'が', '（', '、', '。'])
            && (long || n.text.starts_with(['を', '、', '。']))
    })
}

/// Navigation, notices and numbers of whoever published the text.
fn is_furniture(text: &str) -> bool {
    let word: String = text.chars().filter(|c| !is_blank(*c)).take(40).collect();
    let is_date = date::date(text)
        .is_some_and(|(_, len)| text[len..].trim_matches(is_blank).chars().count() <= 12 && !text.ends_with('。'));
    is_date
        || word == "締結"
        || word.contains('>')
        || word.contains('＞')
        || word.contains('›')
        || [
            "更新日",
            "トップページ",
            "ホーム",
            "告示第",
            "議案第",
            "議決第",
            "規約第",
            "現在地",
            "公開日",
            "掲載日",
            "印刷",
            "Contract",
            "本文",
            "提出日",
            "Page",
            "件名",
            "協定第",
        ]
        .iter()
        .any(|w| word.starts_with(w))
        || (word.ends_with('号') && word.contains('第') && word.chars().count() < 20)
        || ["県知事届出", "知事届出", "連携協約", "前文", "別紙", "別添"].contains(&word.as_str())
        || word.ends_with("議会の議決を求める。")
}

/// The lines of the title: the last line that ends like one, with the pieces that a wrap or a pull cut off before it; `parties` are
/// those that the preamble defines.
fn title(lines: &[Line], wrap: usize, parties: &[Party]) -> Option<Range<usize>> {
    let ends = |at: &usize| ends_title(lines, *at, wrap) && !lines[*at].text.contains(['>', '＞']);
    // `連携協約` below the date says what kind of document it is, and no more
    let is_kind = |at: usize| {
        let word = lines[at].text.trim_matches(is_blank);
        let apart = || lines[at].gap || at.checked_sub(1).is_some_and(|above| is_furniture(&lines[above].text));
        (word == "連携協約" || KINDS.contains(&word)) && apart()
    };
    let last = (0..lines.len()).rfind(ends)?;
    let last = if is_kind(last) { (0..last).rfind(ends).unwrap_or(last) } else { last };
    let end = last + 1 + usize::from(lines.get(last + 1).is_some_and(|below| is_note(&below.text)));
    let mut first = last;
    while first > 0 {
        let (line, next) = (&lines[first - 1], &lines[first]);
        let text = line.text.as_ref();
        let count = text.chars().count();
        let is_wrapped = || {
            let kind = without_notes(next.text.trim_matches(is_blank));
            let bare_kind = KINDS.contains(&kind) || kind.chars().count() <= 3;
            let full = zones::reaches(line, wrap);
            let cut = is_cut_inside(&squeeze(text), &squeeze(&next.text), parties);
            // `青葉市と若草町との定` names who agrees
            let names = names_parties(text);
            // `青葉市と若草町との連携中枢都市` ends with no name of a town
            let begun = cut || is_open(text) || names && text.contains("との");
            (!next.page || begun)
                && (count >= 14 || bare_kind || full || begun || names || names_above(lines, first - 1))
                && (full || begun || !text.ends_with(['。', '日', '号', '市', '町', '村']))
                && (!is_title(text) || first == last && !is_title(&next.text))
                && (begun || !party::are_names(text))
                && !is_signed(text)
                && !is_furniture(text)
        };
        // also where an extractor puts empty lines between all lines
        let is_cut = || is_cut_inside(&squeeze(text), &squeeze(&next.text), parties);
        let wrapped = (!next.gap || is_cut()) && is_wrapped();
        let unfinished = text.ends_with(['の', 'に', 'と', 'る', '及', 'び']) && count >= 4 && !next.page;
        if !(wrapped || unfinished) {
            break;
        }
        first -= 1;
        // `○青葉市と…`: a title begins with its mark
        if unmarked(text).len() < text.len() {
            break;
        }
    }
    Some(first..end)
}

/// `青葉市長　山川　一郎`: who brings a bill in stands above its annex.
fn is_signed(text: &str) -> bool {
    let mut offices = ["市長", "町長", "村長", "区長", "知事"].into_iter().filter_map(|office| text.split_once(office));
    offices.any(|(_, name)| name.starts_with(is_blank))
}

/// `…圏の⏎形成に…`, `…定住自⏎立圏の…`, `青葉⏎市と若草町との…`: whether a wrap cut a title: none begins like the second line.
fn is_cut_inside(text: &str, next: &str, parties: &[Party]) -> bool {
    let is_cut = |word: &str| {
        let mut cuts = word.char_indices().skip(1);
        cuts.any(|(at, _)| text.ends_with(&word[..at]) && next.starts_with(&word[at..]))
    };
    let begins = |text: &str, words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let behind_kana = next.trim_start_matches(|c| matches!(c, 'ぁ'..='ん'));
    // `のの町と…` is a name
    let is_name = behind_kana.len() < next.len() && behind_kana.starts_with(['市', '町', '村']);
    let behind_name = next.strip_prefix(['市', '町', '村']);
    !is_name && begins(next, RESTS)
        || behind_name.is_some_and(|rest| begins(rest, BEHIND_NAMES))
        || WORDS.iter().any(|word| is_cut(word))
        || parties.iter().flat_map(|party| &party.names).any(|name| is_cut(name))
}

/// `青葉市と若草町との`
fn names_parties(text: &str) -> bool {
    text.contains('と') && text.contains(['市', '町', '村', '県'])
}

/// Whether a line above `at`, with no empty line between, names who agrees.
fn names_above(lines: &[Line], at: usize) -> bool {
    let above = (at.saturating_sub(3)..at).rev().take_while(|above| !lines[above + 1].gap && !lines[above + 1].page);
    above
        .map(|above| &lines[above].text)
        .any(|text| names_parties(text) && (text.contains("との") || text.ends_with('と')) && !text.ends_with('。'))
}
