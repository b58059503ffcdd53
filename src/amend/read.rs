//! Text of an amendment to instructions. Cannot fail: what is no instruction is a complaint.

use super::block;
use super::instruction::{Act, Amendment, Instruction, Place, Step};
use super::sentence;
use crate::diagnostics::{Diagnostic, Severity, Words};
use crate::lines::{self, Line};
use crate::parse::{Repairs, back, date, head, zones};
use crate::schema::{Agreement, Date};

/// Lines that one sentence may be wrapped over.
const WRAPPED: usize = 60;

/// Reads an amending agreement: its instructions, its date, the day from which it applies. One that states the whole
/// agreement anew has no instructions but `restated`.
pub fn read(text: &str) -> Amendment {
    let cut = lines::split(text, &mut Repairs::new(true));
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let (last, out) = (Place::new(), Amendment::default());
    let mut reader = Reader { text, breaks, lines: &cut.lines, at: 0, last, open: None, out };
    reader.run();
    let out = &reader.out;
    if out.instructions.is_empty() && (out.complaints.is_empty() || is_restated(&out.title)) {
        let agreement = block::agreement(text);
        if !agreement.articles.is_empty() {
            return restated(agreement);
        }
    }
    if reader.out.instructions.is_empty() && reader.out.complaints.is_empty() && !text.trim().is_empty() {
        reader.complain(NOTHING, 1, "");
    }
    reader.out
}

const UNREAD: &str = "amendment-unread";
const NOTHING: &str = "amendment-without-instruction";

fn is_restated(title: &str) -> bool {
    title.contains("全部を") && (title.contains("変更") || title.contains("改正"))
}

fn restated(agreement: Agreement) -> Amendment {
    Amendment {
        title: agreement.title.clone(),
        date: agreement.date.clone(),
        effective: effective(&agreement),
        supplementary: agreement.supplementary.clone(),
        restated: Some(agreement),
        ..Amendment::default()
    }
}

/// The day that 附則 names, or the day of signing where it says so.
fn effective(agreement: &Agreement) -> Option<Date> {
    let texts = agreement.supplementary.iter().flat_map(|s| &s.paragraphs).map(|p| p.text.as_str());
    texts.filter_map(|text| day(text, agreement.date.as_ref())).next()
}

/// `この協定は、令和7年4月1日から施行する。`
fn day(text: &str, signed: Option<&Date>) -> Option<Date> {
    if !["施行", "適用", "効力"].iter().any(|w| text.contains(w)) {
        return None;
    }
    match date::dates(text).into_iter().next() {
        Some((date, range)) => Some(Date { text: text.get(range)?.to_string(), iso: date.iso() }),
        None => signed.filter(|_| text.contains("締結の日") || text.contains("締結した日")).cloned(),
    }
}

/// New text that is being read, and the instruction that it belongs to.
struct Open {
    /// Index of the instruction; none where its sentence could not be read.
    of: Option<usize>,
    indent: u32,
    line: u32,
    text: String,
}

struct Reader<'s, 'l> {
    text: &'s str,
    /// Where the lines end, in bytes.
    breaks: Vec<usize>,
    lines: &'l [Line<'s>],
    at: usize,
    last: Place,
    open: Option<Open>,
    out: Amendment,
}

impl<'l> Reader<'_, 'l> {
    fn run(&mut self) {
        let mut front = None;
        while let Some(line) = self.lines.get(self.at) {
            if self.takes(line) {
                self.push(line);
            } else if self.ends(line) {
                break;
            } else if let Some(words) = self.instruction(line) {
                front.get_or_insert(line.start);
                self.close();
                self.sentences(words);
            } else {
                let words = line.text.as_ref();
                let looks = words.contains('「')
                    && !words.contains("次の")
                    && ["に改める。", "を加える。", "を削る。"].iter().any(|w| words.ends_with(w));
                if !self.applies(words) && (front.is_some() || looks) {
                    self.complain(UNREAD, self.number(line), words);
                }
                self.at += 1;
            }
        }
        self.close();
        let begin = front.map_or(self.text.len(), |f| f as usize);
        let end = self.lines.get(self.at).map_or(self.text.len(), |l| l.start as usize);
        let around =
            format!("{}\n\n第1条 本文\n\n{}", self.text.get(..begin).unwrap_or(""), self.text.get(end..).unwrap_or(""));
        let frame = block::agreement(&around);
        self.out.title = frame.title.clone();
        self.out.effective = self.out.effective.take().or_else(|| effective(&frame));
        self.out.date = frame.date;
        self.out.supplementary = frame.supplementary;
        for table in frame.tables.iter().filter(|_| front.is_some()) {
            self.complain(UNREAD, 0, &table.label);
        }
    }

    /// `第2条 この協定は、令和7年4月1日から施行する。`: an amendment may say it in an article
    fn applies(&mut self, words: &str) -> bool {
        let Some(day) = day(words, None).filter(|_| words.starts_with("この") || head::article(words).is_some())
        else {
            return false;
        };
        self.out.effective.get_or_insert(day);
        true
    }

    fn number(&self, line: &Line) -> u32 {
        self.breaks.partition_point(|b| *b < line.start as usize) as u32 + 1
    }

    /// Whether a line goes on with the new text that is open.
    fn takes(&self, line: &Line) -> bool {
        let Some(open) = &self.open else { return false };
        self.is_own(open) || !self.ends(line) && (line.indent > open.indent || self.instruction(line).is_none())
    }

    /// The first line of a new 附則 or 後文 ends nothing.
    fn is_own(&self, open: &Open) -> bool {
        let of = open.of.and_then(|at| self.out.instructions.get(at));
        open.text.is_empty()
            && of.is_some_and(|i| matches!(i.place.last(), Some(Step::Supplementary | Step::Closing | Step::Date)))
            || of.is_some_and(|i| i.place.is_empty() && matches!(i.act, Act::Restate { .. }))
    }

    /// 附則, 後文 and the date end the instructions.
    fn ends(&self, line: &Line) -> bool {
        if self.out.instructions.is_empty() && self.open.is_none() {
            return false;
        }
        let text = line.text.as_ref();
        let is_date = date::date(text).is_some_and(|(_, len)| len == text.len());
        zones::is_supplementary(text) || back::is_closing(self.lines, self.at) || is_date
    }

    /// The words of a line that begins an instruction, without numbers and without the name of the agreement.
    fn instruction(&self, line: &'l Line) -> Option<&'l str> {
        let text = line.text.as_ref();
        let mut forms = vec![text];
        if self.open.is_none() {
            forms.extend(head::article(text).filter(|h| !h.glued).map(|h| h.rest));
            forms.extend(head::item(text).filter(|h| !h.glued).map(|h| h.rest));
        }
        let names = ["原協定書の", "原協定の", "原協定", "旧協定", "同協定", "本協定", "この協定"];
        let bare: Vec<&str> = forms.iter().filter_map(|f| names.iter().find_map(|n| f.strip_prefix(n))).collect();
        forms.extend(bare);
        let begins = |form: &&str| {
            let whole = ["全部を次の", "協定の全部を次の", "協定書の全部を次の"].iter().any(|w| form.contains(w));
            sentence::begins(form, &self.last) || whole && form.ends_with("改める。")
        };
        forms.into_iter().find(begins).filter(|words| self.is_said(words))
    }

    /// Whether the sentence that begins with these words ends as an instruction does.
    fn is_said(&self, words: &str) -> bool {
        let mut sentence = words.to_string();
        let mut next = self.at + 1;
        let mut done = cut(&sentence).is_some();
        while !done && next < self.at + WRAPPED {
            let Some(line) = self.lines.get(next).filter(|l| !l.gap) else { break };
            sentence.push_str(&line.text);
            done = line.text.contains('。') && cut(&sentence).is_some();
            next += 1;
        }
        let first = cut(&sentence).map_or(sentence.as_str(), |(first, _)| first);
        ends_well(first)
    }

    /// Reads the sentences that begin with `words`, over as many lines as they are wrapped.
    fn sentences(&mut self, words: &str) {
        let Some(line) = self.lines.get(self.at) else { return };
        let (indent, number) = (line.indent, self.number(line));
        let mut left = words.to_string();
        self.at += 1;
        let mut taken = 0;
        loop {
            let Some((first, rest)) = cut(&left).map(|(a, b)| (a.to_string(), b.to_string())) else {
                match self.lines.get(self.at).filter(|l| !l.gap && taken < WRAPPED && !ends_well(&left)) {
                    Some(next) => {
                        left.push_str(&next.text);
                        self.at += 1;
                        taken += 1;
                        continue;
                    }
                    None => return self.sentence(&left, "", indent, number),
                }
            };
            self.sentence(&first, &rest, indent, number);
            if rest.is_empty() || self.open.is_some() {
                return;
            }
            if !sentence::begins(&rest, &self.last) {
                return self.complain(UNREAD, number, &rest);
            }
            left = rest;
        }
    }

    /// Reads one sentence; new text may begin right behind it.
    fn sentence(&mut self, words: &str, rest: &str, indent: u32, line: u32) {
        let all = ["全部を次のように改める", "全部を次のとおり改める"].iter().any(|w| words.ends_with(w));
        let mut last = self.last.clone();
        let mut acts = match sentence::read(words, &mut last) {
            Err(_) if all => vec![(Place::new(), Act::Restate { block: String::new() })],
            Err(unread) => {
                self.complain_in(line, words, unread);
                let follows = words.contains("次の") && !words.ends_with('り');
                self.open = follows.then(|| Open { of: None, indent, line, text: rest.to_string() });
                return;
            }
            Ok(acts) => acts,
        };
        self.last = last;
        let wants = |act: &Act| match act {
            Act::Rewrite { block } | Act::Restate { block } | Act::Add { block, .. } => block.is_empty(),
            Act::Columns { .. } => true,
            _ => false,
        };
        let first = self.out.instructions.len();
        let of = acts.iter().rposition(|(_, act)| wants(act)).map(|at| first + at);
        self.out.instructions.extend(acts.drain(..).map(|(place, act)| Instruction {
            sentence: words.chars().take(120).collect(),
            line,
            place,
            act,
        }));
        self.open = of.map(|of| Open { of: Some(of), indent, line, text: rest.to_string() });
    }

    fn push(&mut self, line: &Line) {
        if let Some(open) = &mut self.open {
            if !open.text.is_empty() {
                open.text.push_str(if line.gap { "\n\n" } else { "\n" });
            }
            open.text.push_str(&line.text);
        }
        self.at += 1;
    }

    /// Gives the new text to its instruction.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Some(instruction) = open.of.and_then(|at| self.out.instructions.get_mut(at)) else {
            return self.complain(UNREAD, open.line + 1, &open.text);
        };
        match &mut instruction.act {
            Act::Rewrite { block } | Act::Restate { block } | Act::Add { block, .. } => *block = open.text,
            Act::Columns { rows } => *rows = columns(&open.text),
            _ => {}
        }
    }

    fn complain(&mut self, rule: &'static str, line: u32, words: &str) {
        let short: String = words.chars().take(80).collect();
        let said = if rule == NOTHING {
            Words::new("改正の指示がありません", "there is no instruction")
        } else {
            Words::new(
                format!("{line}行目: 改正の指示として読み取れません: {short}"),
                format!("line {line}: cannot be read as an instruction: {short}"),
            )
        };
        self.out.complaints.push(Diagnostic {
            rule,
            severity: Severity::Error,
            words: said,
            path: Default::default(),
            span: None,
            related: Vec::new(),
            help: None,
        });
    }

    fn complain_in(&mut self, line: u32, sentence: &str, from: &str) {
        let from: String = from.chars().take(40).collect();
        self.complain(UNREAD, line, sentence);
        if let Some(last) = self.out.complaints.last_mut() {
            let (ja, en) = (&last.words.ja, &last.words.en);
            last.words = Words::new(format!("{ja}（「{from}」から）"), format!("{en} (from {from})"));
        }
    }
}

/// The first sentence without its 。, and what follows it; a 。 in a quotation ends none.
fn cut(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '「' | '『' | '（' => depth += 1,
            '」' | '』' | '）' => depth -= 1,
            '。' if depth <= 0 => {
                return Some((text.get(..at)?, text.get(at + c.len_utf8()..)?.trim_start_matches(lines::is_blank)));
            }
            _ => {}
        }
    }
    None
}

/// Whether words end with the verb of an instruction.
fn ends_well(words: &str) -> bool {
    let words = words.trim_end_matches('。');
    ["改める", "加える", "削る", "とする", "繰り下げる", "繰り上げる", "繰下げる", "繰上げる", "変更する"]
        .iter()
        .any(|w| words.ends_with(w))
}

/// Rows of a table with an old and a new column; the heading says which is which.
fn columns(text: &str) -> Vec<(String, String)> {
    let mut new_first = false;
    let mut rows = Vec::new();
    for line in text.lines() {
        let pipes = line.strip_prefix('|').map(|l| l.trim_end_matches('|'));
        let cells: Vec<&str> = pipes.map_or_else(|| line.split('\t').collect(), |l| l.split('|').collect());
        let [left, right, ..] = cells.as_slice() else { continue };
        let (left, right) = (left.trim(), right.trim());
        let heads = ["改正後", "変更後", "改正案", "新"];
        if heads.contains(&left) || heads.contains(&right) {
            new_first = heads.contains(&left);
            continue;
        }
        if left.chars().all(|c| matches!(c, '-' | ':' | '─')) && !left.is_empty() {
            continue;
        }
        let (old, new) = if new_first { (right, left) } else { (left, right) };
        rows.push((old.to_string(), new.to_string()));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_outside_quotations() {
        assert_eq!(cut("第1条中「。」を削る。次"), Some(("第1条中「。」を削る", "次")));
        assert_eq!(cut("第1条中「あ"), None);
    }

    #[test]
    fn nothing_is_lost() {
        for text in ["", "　", "第1条中", "第1条中「甲」を。", "次の表の改正前の欄に掲げる規定を改める。"]
        {
            let read = read(text);
            assert!(read.restated.is_none(), "{text}");
        }
    }
}
