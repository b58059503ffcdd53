//! Which words of an edited text changed.

use super::fold::{fold, hash_into};
use super::types::{Op, Segment};
use rustc_hash::FxHasher;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::hash::Hasher;
use std::ops::Range;

/// Scripts that make words of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Digit,
    Blank,
    Mark,
}

pub(crate) fn script(c: char) -> Script {
    match c {
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{2E80}'..='\u{2FDF}'
        | '\u{F900}'..='\u{FAFF}'
        | '々'
        | '〆'
        | 'ヶ' => Script::Kanji,
        '\u{20000}'..='\u{3FFFF}' => Script::Kanji,
        '\u{3041}'..='\u{309F}' => Script::Hiragana,
        '\u{30A1}'..='\u{30FA}' | 'ー' | 'ヽ' | 'ヾ' | '\u{FF66}'..='\u{FF9F}' => Script::Katakana,
        '0'..='9' | '０'..='９' => Script::Digit,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Script::Latin,
        c if c.is_whitespace() => Script::Blank,
        c if c.is_alphabetic() => Script::Latin,
        _ => Script::Mark,
    }
}

/// Half of a comparison: the text, its tokens, and what is compared of each.
struct Side<'a> {
    text: &'a str,
    tokens: Vec<Range<usize>>,
    keys: Vec<u64>,
}

impl<'a> Side<'a> {
    /// Runs of one script are tokens, marks stand alone; blanks go with what stands before them.
    fn of(text: &'a str) -> Self {
        let mut tokens: Vec<Range<usize>> = Vec::new();
        let mut last = Script::Blank;
        for (at, c) in text.char_indices() {
            let (this, end) = (script(c), at + c.len_utf8());
            match tokens.last_mut() {
                Some(token) if this == Script::Blank || (this == last && this != Script::Mark) => token.end = end,
                _ => tokens.push(at..end),
            }
            if this != Script::Blank {
                last = this;
            }
        }
        let key = |token: &Range<usize>| {
            let mut state = FxHasher::default();
            hash_into(text.get(token.clone()).unwrap_or(""), &mut state);
            state.finish()
        };
        Self { text, keys: tokens.iter().map(key).collect(), tokens }
    }

    /// Hash and tokens of each sentence.
    fn sentences(&self) -> Vec<(u64, Range<usize>)> {
        let mut out = Vec::new();
        let (mut start, mut state) = (0, FxHasher::default());
        for (at, (token, key)) in self.tokens.iter().zip(&self.keys).enumerate() {
            state.write_u64(*key);
            let text = self.text.get(token.clone()).unwrap_or("");
            if text.starts_with('。') || text.contains('\n') || at + 1 == self.tokens.len() {
                out.push((state.finish(), start..at + 1));
                (start, state) = (at + 1, FxHasher::default());
            }
        }
        out
    }

    fn slice(&self, tokens: Range<usize>) -> &'a str {
        let start = self.tokens.get(tokens.start).map_or(self.text.len(), |t| t.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |t| t.end);
        self.text.get(start..end.max(start)).unwrap_or("")
    }
}

/// No more tokens than this are compared with each other at once: the time of a comparison grows with the square of
/// what differs.
const LARGE: usize = 4096;

/// The pieces of two texts; the changed words are marked, and no more than they.
pub(crate) fn segments(before: &str, after: &str) -> Vec<Segment> {
    let (old, new) = (Side::of(before), Side::of(after));
    let mut out = Pieces::default();
    if old.keys.len().max(new.keys.len()) <= LARGE {
        out.compare(&old, 0..old.keys.len(), &new, 0..new.keys.len());
        return out.finish();
    }
    let (old_sentences, new_sentences) = (old.sentences(), new.sentences());
    let keys = |sentences: &[(u64, Range<usize>)]| sentences.iter().map(|s| s.0).collect::<Vec<_>>();
    let range = |sentences: &[(u64, Range<usize>)], at: Range<usize>| {
        let start = sentences.get(at.start).map_or(0, |s| s.1.start);
        start..at.end.checked_sub(1).and_then(|last| sentences.get(last)).map_or(start, |s| s.1.end.max(start))
    };
    for op in capture_diff_slices(Algorithm::Myers, &keys(&old_sentences), &keys(&new_sentences)) {
        let (a, b) = (range(&old_sentences, op.old_range()), range(&new_sentences, op.new_range()));
        match op {
            DiffOp::Equal { .. } => out.same(old.slice(a), new.slice(b)),
            _ => {
                let parts = a.len().max(b.len()).div_ceil(LARGE).max(1);
                let part =
                    |r: &Range<usize>, i: usize| r.start + r.len() * i / parts..r.start + r.len() * (i + 1) / parts;
                (0..parts).for_each(|i| out.compare(&old, part(&a, i), &new, part(&b, i)));
            }
        }
    }
    out.finish()
}

/// Segments in the making: `(before, after, same)`.
#[derive(Default)]
struct Pieces<'a>(Vec<(&'a str, &'a str, bool)>);

impl<'a> Pieces<'a> {
    fn compare(&mut self, old: &Side<'a>, a: Range<usize>, new: &Side<'a>, b: Range<usize>) {
        let (old_keys, new_keys) = (old.keys.get(a.clone()).unwrap_or(&[]), new.keys.get(b.clone()).unwrap_or(&[]));
        let at = |r: Range<usize>, by: usize| r.start + by..r.end + by;
        for op in capture_diff_slices(Algorithm::Myers, old_keys, new_keys) {
            let (before, after) = (old.slice(at(op.old_range(), a.start)), new.slice(at(op.new_range(), b.start)));
            match op {
                DiffOp::Equal { .. } => self.same(before, after),
                _ => self.replaced(before, after),
            }
        }
    }

    fn same(&mut self, a: &'a str, b: &'a str) {
        if !(a.is_empty() && b.is_empty()) {
            self.0.push((a, b, true));
        }
    }

    /// Takes off what two replaced pieces share at their ends, but leaves whole words.
    fn replaced(&mut self, a: &'a str, b: &'a str) {
        let (head, tail) = shared(a, b);
        let cut = |text: &'a str| -> (&'a str, &'a str, &'a str) {
            let start = text.char_indices().nth(head).map_or(text.len(), |(i, _)| i);
            let end =
                if tail == 0 { text.len() } else { text.char_indices().rev().nth(tail - 1).map_or(0, |(i, _)| i) };
            (text.get(..start).unwrap_or(""), text.get(start..end).unwrap_or(""), text.get(end..).unwrap_or(""))
        };
        let ((a0, a1, a2), (b0, b1, b2)) = (cut(a), cut(b));
        self.same(a0, b0);
        self.0.push((a1, b1, false));
        self.same(a2, b2);
    }

    /// Joins neighbours, and swallows what two changes kept by chance: a particle between long changes, a letter or two
    /// in a text that was written anew.
    fn finish(self) -> Vec<Segment> {
        let mut runs = joined(self.0.into_iter().map(|(a, b, same)| (a.to_string(), b.to_string(), same)));
        let size = |(a, b, _): &(String, String, bool)| a.chars().count() + b.chars().count();
        let kept: usize = runs.iter().filter(|r| r.2).map(size).sum();
        let anew = kept * 2 < runs.iter().map(size).sum();
        let chance = |text: &str| match text.chars().count() {
            1 => true,
            2 => text.chars().all(|c| script(c) == Script::Hiragana),
            _ => false,
        };
        let long = |run: Option<&(String, String, bool)>| run.is_some_and(|run| !run.2 && (anew || size(run) >= 12));
        let swallowed: Vec<usize> = (1..runs.len())
            .filter(|i| {
                runs.get(*i).is_some_and(|r| r.2 && chance(&r.1)) && long(runs.get(i - 1)) && long(runs.get(i + 1))
            })
            .collect();
        for i in swallowed {
            runs.get_mut(i).into_iter().for_each(|run| run.2 = false);
        }
        let runs = joined(runs.into_iter());
        let mut segments = Vec::new();
        let one = |op, text| Segment { op, text, was: None };
        for (a, b, same) in runs {
            if same {
                let was = (a != b).then_some(a);
                segments.push(Segment { op: Op::Same, text: b, was });
                continue;
            }
            segments.extend((!a.is_empty()).then(|| one(Op::Deleted, a)));
            segments.extend((!b.is_empty()).then(|| one(Op::Inserted, b)));
        }
        segments
    }
}

/// Neighbours of one kind as one.
fn joined(pieces: impl Iterator<Item = (String, String, bool)>) -> Vec<(String, String, bool)> {
    let mut runs: Vec<(String, String, bool)> = Vec::new();
    for (a, b, same) in pieces {
        match runs.last_mut() {
            Some(run) if run.2 == same => {
                run.0.push_str(&a);
                run.1.push_str(&b);
            }
            _ => runs.push((a, b, same)),
        }
    }
    runs
}

/// How many characters two replaced pieces share at their start and end, without tearing a word.
fn shared(a: &str, b: &str) -> (usize, usize) {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let alike = |x: &char, y: &char| x == y || fold(&x.to_string()) == fold(&y.to_string());
    let short = a.len().min(b.len());
    let mut head = a.iter().zip(&b).take_while(|(x, y)| alike(x, y)).count();
    let mut tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| alike(x, y)).count().min(short - head);
    let whole =
        |c: Option<&char>| c.is_some_and(|c| matches!(script(*c), Script::Katakana | Script::Latin | Script::Digit));
    while head > 0 && whole(a.get(head - 1)) && (whole(a.get(head)) || whole(b.get(head))) {
        head -= 1;
    }
    while tail > 0 && whole(a.get(a.len() - tail)) {
        let inner =
            |side: &[char]| whole((side.len() - tail).checked_sub(1).filter(|i| *i >= head).and_then(|i| side.get(i)));
        if !(inner(&a) || inner(&b)) {
            break;
        }
        tail -= 1;
    }
    // 提供 and 提案 share a letter, not a word: a single kanji is left only beside whole words of two.
    let kanji = |c: &char| script(*c) == Script::Kanji;
    let single = |head: usize, tail: usize| {
        short - head - tail == 1 && (a.get(head).is_some_and(kanji) || b.get(head).is_some_and(kanji))
    };
    let run = |side: &mut dyn Iterator<Item = &char>| side.take_while(|c| kanji(c)).count();
    if single(head, tail) && run(&mut a.iter().take(head).rev()) % 2 == 1 {
        head -= 1;
    }
    if single(head, tail) && run(&mut a.iter().skip(a.len() - tail)) % 2 == 1 {
        tail -= 1;
    }
    (head, tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(a: &str, b: &str) -> String {
        let show = |s: Segment| match s.op {
            Op::Same => s.text,
            Op::Deleted => format!("[-{}-]", s.text),
            Op::Inserted => format!("{{+{}+}}", s.text),
        };
        segments(a, b).into_iter().map(show).collect()
    }

    #[test]
    fn one_word_is_marked() {
        let table = [
            ("施設の運営支援を行う。", "施設の運営協力を行う。", "施設の運営[-支援-]{+協力+}を行う。"),
            ("情報を提供する。", "情報を提案する。", "情報を[-提供-]{+提案+}する。"),
            ("バスの時刻を決める。", "タクシーの時刻を決める。", "[-バス-]{+タクシー+}の時刻を決める。"),
            ("３人以上", "12人以上", "[-３-]{+12+}人以上"),
            ("乙に知らせる。", "乙に文書で知らせる。", "乙に{+文書で+}知らせる。"),
            (
                "送迎を行うものとする。",
                "送迎を行わなければならない。",
                "送迎を行[-うものとする-]{+わなければならない+}。",
            ),
            ("（青葉市を含む。）町", "(青葉市を含む。)村", "(青葉市を含む。)[-町-]{+村+}"),
            ("連携", "連携協定", "連携{+協定+}"),
            (
                "地域の医療を支える体制を作る。",
                "圏域の福祉を支える体制を作る。",
                "[-地域-]{+圏域+}の[-医療-]{+福祉+}を支える体制を作る。",
            ),
            (
                "甲と話し合い、名簿を作る。",
                "若草の会と力を合わせる。",
                "[-甲と話し合い、名簿を作-]{+若草の会と力を合わせ+}る。",
            ),
            ("救急医療の体制", "医療の体制", "[-救急-]医療の体制"),
        ];
        for (a, b, want) in table {
            assert_eq!(marked(a, b), want);
        }
    }

    #[test]
    fn long_texts_are_marked_as_closely() {
        let long: String = (0..3000).map(|i| format!("{i}番目の町で図書を運ぶ。")).collect();
        let edited =
            long.replacen("1500番目の町で図書", "1500番目の村で図書", 1).replacen("2番目の町で図書を運ぶ。", "", 1);
        let got = segments(&long, &edited);
        let marked: Vec<_> = got.iter().filter(|s| s.op != Op::Same).map(|s| (s.op, s.text.as_str())).collect();
        assert_eq!(marked, [(Op::Deleted, "2番目の町で図書を運ぶ。"), (Op::Deleted, "町"), (Op::Inserted, "村")]);
    }

    #[test]
    fn both_texts_can_be_read_back() {
        let (a, b) = ("甲は、 ９時から運行の ダイヤを定める。", "乙は、9時から運行のダイヤと料金を定め、公表する。");
        let parts = segments(a, b);
        let side = |skip: Op, old: bool| -> String {
            let word = |s: &Segment| if old { s.was.clone().unwrap_or(s.text.clone()) } else { s.text.clone() };
            parts.iter().filter(|s| s.op != skip).map(word).collect()
        };
        assert_eq!(side(Op::Inserted, true), a);
        assert_eq!(side(Op::Deleted, false), b);
    }
}
