//! Page numbers and running headers: lines of the page, not of the agreement.

use super::{Line, Lines, Marks, furniture, is_blank, printed, squeeze};
use crate::parse::{Repairs, front, head, numeral};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Takes page numbers and running headers out of the lines; what they stood in is whole again.
pub fn set_aside(source: &str, out: &mut Lines, repairs: &mut Repairs) {
    let may_be = candidates(&out.lines);
    // what is set aside marks pages as well, but `（写し）` may stand in the middle of each
    let is_marked = is_paged(&out.lines);
    if !repairs.on || may_be.is_empty() && !is_marked {
        return;
    }
    let mut found = printed::found(&out.lines, &may_be);
    found.extend(titled(source, &out.lines, &may_be));
    if !found.is_empty() {
        take(out, |at| found.contains(&at), repairs);
    }
    let mut numbers = numbers(&out.lines, if found.is_empty() { may_be } else { candidates(&out.lines) });
    let unsure = numbers.iter().flatten().filter(|number| **number != Number::Sure).count();
    if unsure > 1 && !is_marked {
        let found = unmarked(source, &out.lines, &numbers);
        take(out, |at| found.contains(&at), repairs);
        let mut at = 0..;
        numbers.retain(|_| at.next().is_none_or(|at| !found.contains(&at)));
    }
    // as in most texts
    if !is_paged(&out.lines) && numbers.iter().all(Option::is_none) {
        return;
    }
    let headers = running_headers(&out.lines);
    // nearly no line is a number, and most texts have no header
    let may_be = |at: usize| numbers[at].is_some() || !headers.is_empty();
    let is_found = |at: usize| may_be(at) && is_furniture(&out.lines, at, &numbers, &headers);
    let mut found: Vec<bool> = (0..out.lines.len()).map(is_found).collect();
    if found.contains(&true) {
        keep_headings(&out.lines, &mut found);
        take(out, |at| found[at], repairs);
    }
}

/// Whether anything marks the pages.
fn is_paged(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.page)
}

/// The lines that may be of the page: they begin or end as hardly a line of words does.
fn candidates(lines: &[Line]) -> Vec<usize> {
    let ends = |bytes: &[u8]| match bytes {
        [.., last] if last.is_ascii() => matches!(last, b'0'..=b'9' | b']' | b')' | b'-'),
        // ー, 〜, ジ, 】 and し
        [.., 0xE3, second, last] => {
            matches!((second, last), (0x83, 0xBC) | (0x80, 0x9C) | (0x82, 0xB8) | (0x80, 0x91) | (0x81, 0x97))
        }
        // 写; 案 and 本; 頁
        [.., 0xE5, second, last] => (*second, *last) == (0x86, 0x99),
        [.., 0xE6, second, last] => matches!((second, last), (0xA1, 0x88) | (0x9C, 0xAC)),
        [.., 0xE9, second, last] => (*second, *last) == (0xA0, 0x81),
        // full-width figures and brackets, dashes
        [.., first, _, _] => matches!(first, 0xE2 | 0xEF),
        _ => false,
    };
    let begins = |bytes: &[u8]| matches!(bytes, [b'h' | b'f' | b'w' | b'0'..=b'9', ..]);
    let may_be = |line: &Line| {
        let bytes = line.text.as_bytes();
        begins(bytes) || ends(bytes)
    };
    let mut found = Vec::with_capacity(lines.len() / 4);
    found.extend(lines.iter().enumerate().filter(|(_, line)| may_be(line)).map(|(at, _)| at));
    found
}

/// Takes furniture out of the lines.
fn take(out: &mut Lines, is_found: impl Fn(usize) -> bool, repairs: &mut Repairs) {
    let mut at = 0..;
    // what follows a page number follows a page end
    let mut page = false;
    out.lines.retain_mut(|line| {
        if at.next().is_some_and(&is_found) {
            repairs.add("page-furniture", 1, line.whole());
            furniture(&mut out.trivia, line);
            page = true;
            return false;
        }
        line.page |= std::mem::take(&mut page);
        true
    });
}

/// No number of a page is longer, in bytes.
const LONGEST: usize = 24;
/// No page has fewer lines.
const LEAST: usize = 15;
/// Hardly a heading is longer, in bytes.
const WORDS: usize = 20 * 3;
/// So many numbers that ascend with their pages are those of the pages.
const ALIKE: usize = 3;
/// So many numbers are tried for the first page, and for the one behind it.
const WAYS: usize = 8;

/// `2⏎⏎福祉` at the top of a page: where pages are numbered, most are, and a page has one number, which ascends with them.
fn keep_headings(lines: &[Line], found: &mut [bool]) {
    let mut page = 0;
    // (line, page, how far its number is ahead of the page)
    let mut bare: Vec<(usize, u32, i64)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        page += u32::from(line.page);
        let number = found[at].then(|| numeral::value(&line.text)).flatten();
        bare.extend(number.map(|number| (at, page, i64::from(number) - i64::from(page))));
    }
    let mut alike: HashMap<i64, usize> = HashMap::new();
    bare.iter().for_each(|(.., ahead)| *alike.entry(*ahead).or_default() += 1);
    let agree = |ahead: i64| alike.get(&ahead).copied().unwrap_or_default();
    let is_numbered = bare.len() * 2 > page as usize;
    for own in bare.chunk_by(|a, b| a.1 == b.1) {
        let most = own.iter().map(|(.., ahead)| agree(*ahead)).max().unwrap_or_default();
        for (at, _, ahead) in own {
            found[*at] = agree(*ahead) == most && (is_numbered || most >= ALIKE);
        }
    }
}

/// What may be the number of a page, alone on its line.
#[derive(Clone, Copy)]
struct Bare {
    /// Its line.
    at: usize,
    form: Number,
    number: u32,
    /// How many line ends stand before it.
    down: usize,
}

/// Numbers alone on their lines that count the pages of a text whose pages nothing marks: each as far from the one before,
/// from the first page to the last, and one at least among the words of a sentence or the cells of a 取組. The numbers of
/// headings are not.
fn unmarked(source: &str, lines: &[Line], numbers: &[Option<Number>]) -> BTreeSet<usize> {
    let numbers = bare(source, lines, numbers);
    let end = newlines(source);
    // a cover may have no number
    let firsts = (0..numbers.len()).filter(|first| numbers[*first].number <= 2).take(WAYS);
    let mut chains = firsts.filter_map(|first| chain(&numbers[first..], least(numbers[first].form), end));
    let found = chains.find(|chain| (0..chain.len()).any(|nth| is_inside(nth, chain, lines)));
    found.unwrap_or_default().into_iter().map(|bare| bare.at).collect()
}

/// `手話を習⏎2⏎う講座を開く。`; `…を開く。⏎2⏎福祉`, and the first of them below a title, are headings. What stands beside the next
/// number as well may be of their pages.
fn is_inside(nth: usize, chain: &[Bare], lines: &[Line]) -> bool {
    let beside = |bare: &Bare, way: isize| lines.get(bare.at.checked_add_signed(way)?);
    let own = &chain[nth];
    let repeats = |way: isize| {
        let others = [nth.wrapping_sub(1), nth + 1].map(|other| beside(chain.get(other)?, way));
        let words = beside(own, way);
        words.is_some_and(|words| others.iter().flatten().any(|other| *other.text == *words.text))
    };
    let far = |way: isize| beside(own, if repeats(way) { way * 2 } else { way });
    parts_words(beside(own, -1), beside(own, 1)) || parts_words(far(-1), far(1))
}

/// Whether a sentence, or a row, goes on behind a number that stands between two lines.
fn parts_words(before: Option<&Line>, next: Option<&Line>) -> bool {
    let is_cut = before.is_some_and(|before| !before.text.ends_with(['。', '」', '）', ')']));
    let goes_on = |line: &Line| line.text.contains(['。', '、']) || line.text.len() > WORDS;
    // a heading has words
    let is_between = |next: &Line| next.text.starts_with('\t') || next.tab && before.is_some_and(|before| before.tab);
    next.is_some_and(|next| is_between(next) || is_cut && goes_on(next))
}

fn bare(source: &str, lines: &[Line], numbers: &[Option<Number>]) -> Vec<Bare> {
    let (mut down, mut from) = (0, 0);
    let numbers = lines.iter().zip(numbers).enumerate().filter_map(|(at, (line, form))| {
        let form = form.filter(|form| *form != Number::Sure)?;
        let figures = line.text.trim_start_matches(|c| !is_digit(c));
        let figures = &figures[..figures.find(|c| !is_digit(c)).unwrap_or(figures.len())];
        down += newlines(&source[from..line.start as usize]);
        from = line.start as usize;
        Some(Bare { at, form, number: numeral::value(figures)?, down })
    });
    numbers.collect()
}

/// So many numbers of a form are those of pages.
fn least(form: Number) -> usize {
    if matches!(form, Number::OfAll(_)) { 2 } else { ALIKE }
}

/// The numbers of all pages of a text that is `end` lines long, where the first of some numbers is the first of them.
fn chain(numbers: &[Bare], least: usize, end: usize) -> Option<Vec<Bare>> {
    let (first, rest) = numbers.split_first()?;
    let is_even = |next: usize, usual: usize| next * 4 >= usual * 3 && next * 3 <= usual * 4;
    let follows = |next: &Bare, last: &Bare| next.number == last.number + 1 && next.form == last.form;
    rest.iter().filter(|second| follows(second, first)).take(WAYS).find_map(|second| {
        let usual = second.down - first.down;
        let mut chain = vec![*first];
        for next in rest {
            let last = &chain[chain.len() - 1];
            if follows(next, last) && is_even(next.down - last.down, usual) {
                chain.push(*next);
            }
        }
        let behind = end - chain[chain.len() - 1].down;
        let is_whole = first.down * 3 <= usual * 4 * first.number as usize && behind * 3 <= usual * 4;
        (chain.len() >= least && is_whole && usual >= LEAST).then_some(chain)
    })
}

/// `定住自立圏形成協定書 - 2 -`: lines that say the same but for the number of the page, in a text whose pages nothing marks.
fn titled(source: &str, lines: &[Line], may_be: &[usize]) -> BTreeSet<usize> {
    let mut alike: BTreeMap<String, Vec<Bare>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    let (mut down, mut from) = (0, 0);
    for at in may_be.iter().copied().filter(|at| !lines[*at].tab) {
        let Some(title) = Titled::of(&lines[at].text) else { continue };
        down += newlines(&source[from..lines[at].start as usize]);
        from = lines[at].start as usize;
        found.extend(title.is_sure.then_some(at));
        alike.entry(title.words).or_default().push(Bare { at, form: Number::Sure, number: title.number, down });
    }
    if alike.is_empty() || is_paged(lines) {
        return BTreeSet::new();
    }
    let end = newlines(source);
    let chains = alike.values().filter_map(|numbers| chain(numbers, 2, end));
    found.extend(chains.flatten().map(|bare| bare.at));
    found
}

/// `定住自立圏形成協定書 - 2 -`, `連携協約 2ページ`: a line that names the document and ends with a number.
struct Titled {
    words: String,
    number: u32,
    /// The number stands between dashes.
    is_sure: bool,
}

impl Titled {
    fn of(text: &str) -> Option<Self> {
        // hardly a line ends so
        let ends = |c| is_digit(c) || is_dash(c) || matches!(c, 'ジ' | '頁');
        if !text.ends_with(ends) || text.len() > WORDS * 2 || !names_document(text) || head::table(text).is_some() {
            return None;
        }
        let is_apart = |c| is_dash(c) || is_blank(c);
        let bare = text.trim_end_matches("ページ").trim_end_matches('頁').trim_end_matches(is_apart);
        let (words, number) = bare.rsplit_once(is_apart).filter(|(_, number)| number.chars().all(is_digit))?;
        let is_sure = text.ends_with(is_dash) && words.trim_end_matches(is_blank).ends_with(is_dash);
        let words = squeeze(words.trim_end_matches(is_apart)).into_owned();
        Some(Titled { words, number: numeral::value(number)?, is_sure })
    }
}

/// Whether words speak of the document itself.
fn names_document(words: &str) -> bool {
    ["協定", "協約"].iter().any(|word| words.contains(word))
}

fn newlines(text: &str) -> usize {
    let count = |end: u8| memchr::memchr_iter(end, text.as_bytes()).count();
    count(b'\n').max(count(b'\r'))
}

/// Whether a line is of the page: a page number, or a running header at the edge of a page.
fn is_furniture(lines: &[Line], at: usize, numbers: &[Option<Number>], headers: &HashMap<String, u32>) -> bool {
    let line = &lines[at];
    let edge = || line.page || lines.get(at + 1).is_none_or(|next| next.page) || is_above_title(lines, at);
    let is_sure = |at: usize| numbers[at] == Some(Number::Sure);
    match numbers[at] {
        Some(Number::Sure) => true,
        // a page has one number: `2` below `- 1 -` is of the text
        Some(Number::Bare | Number::OfAll(_)) if edge() && !at.checked_sub(1).is_some_and(is_sure) => true,
        _ => !headers.is_empty() && edge() && headers.contains_key(&fold_digits(&line.text)),
    }
}

/// Whether the first line of a text stands above a title, and need not be one.
fn is_above_title(lines: &[Line], at: usize) -> bool {
    at == 0 && lines.get(1).is_some_and(|next| front::is_title(&next.text))
}

/// What looks like the number of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    /// `- 2 -`, `－２－`, `2 ページ`, `第2頁`, `p. 2`, `P2`
    Sure,
    /// `2`: only at the edge of a page
    Bare,
    /// `2 / 9`: there, too
    OfAll(u32),
    /// `(2)`: where the pages are counted so, as a 号 looks alike
    Bracketed,
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | 'ー' | '~' | '～' | '〜')
}

/// What each line may be as the number of a page.
fn numbers(lines: &[Line], may_be: Vec<usize>) -> Vec<Option<Number>> {
    let mut numbers = vec![None; lines.len()];
    for at in may_be {
        // nearly every line is longer, or of words
        if lines[at].marks.hold(Marks::BEGINS) && lines[at].text.len() <= LONGEST {
            numbers[at] = page_number(&lines[at].text);
        }
    }
    numbers
}

fn page_number(text: &str) -> Option<Number> {
    // most short lines are words
    let is_figure = |c| is_dash(c) || is_blank(c) || matches!(c, '0'..='9' | '０'..='９');
    let begins = |c| is_figure(c) || matches!(c, 'p' | 'P' | '第' | '(' | '（');
    let ends = |c| is_figure(c) || matches!(c, 'ジ' | '頁' | ')' | '）');
    if !text.ends_with(ends) || !text.starts_with(begins) || !text.contains(is_digit) {
        return None;
    }
    let word = squeeze(text);
    let bare = word.trim_matches(is_dash);
    let dashed = bare.len() < word.len() && word.starts_with(is_dash) && word.ends_with(is_dash);
    let digits = |s: &str| !s.is_empty() && s.chars().count() <= 4 && s.chars().all(is_digit);
    let named = ["ページ", "頁"].iter().find_map(|word| bare.strip_suffix(word));
    let named = named.map(|number| number.strip_prefix('第').unwrap_or(number));
    let named = named.or_else(|| bare.strip_prefix(['p', 'P'])?.strip_prefix("age").or(bare.strip_prefix(['p', 'P'])));
    if dashed && digits(bare) || named.is_some_and(|number| digits(number.trim_start_matches(['.', '．', '-']))) {
        return Some(Number::Sure);
    }
    if digits(bare) && bare.len() == word.len() {
        return Some(Number::Bare);
    }
    let inner = word.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    if inner.is_some_and(digits) {
        return Some(Number::Bracketed);
    }
    let (page, all) = bare.split_once(['/', '／'])?;
    (digits(page) && digits(all)).then(|| numeral::value(all)).flatten().map(Number::OfAll)
}

/// Lines that stand at the edge of three pages or more and of one in four, alike but for their digits, and carry no tab.
fn running_headers(lines: &[Line]) -> HashMap<String, u32> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let pages = lines.iter().filter(|l| l.page).count() as u32;
    if pages + u32::from(is_above_title(lines, 0)) < 2 {
        return seen;
    }
    for (at, line) in lines.iter().enumerate() {
        let last = lines.get(at + 1).is_none_or(|next| next.page);
        let is_label = |t: &str| {
            line.marks.hold(Marks::LABEL) && (t.contains("役割") || t.contains("内容"))
                || head::table(t).is_some()
                || head::article(t).is_some()
                || head::item(t).is_some()
        };
        if (line.page || last || is_above_title(lines, at))
            && line.text.len() < 120
            && !line.tab
            && !is_label(&line.text)
            && !line.text.ends_with('。')
            // words that a wrap cut before their comma
            && !lines.get(at + 1).is_some_and(|next| next.text.starts_with(['、', '。', '）', '」']))
        {
            *seen.entry(fold_digits(&line.text)).or_default() += 1;
        }
    }
    // left and right pages may have headers of their own, a cover and an annex none; of two, both name the document
    seen.retain(|header, count| {
        *count * 4 >= pages && (*count > 2 || *count > 1 && *count * 2 >= pages && names_document(header))
    });
    seen
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn fold_digits(text: &str) -> String {
    let fold = |c| match c {
        '（' => '(',
        '）' => ')',
        _ if is_digit(c) => '0',
        _ => c,
    };
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().filter(|c| !is_blank(*c)).map(fold));
    folded
}
