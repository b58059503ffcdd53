//! What the pieces of a scattered table are: labels of columns and of names, headings, names.

use super::fragments::{Fragment, Heading, Kind, Pieces};
use crate::ast::Numbering;
use crate::parse::cells::lists;
use crate::parse::label::{self, Label, is_letter};
use crate::parse::part::{Part, joined};
use crate::parse::vocabulary::{FIELD, NAME, may_begin, may_end, never_ends_name};
use crate::parse::{Context, head};
use compact_str::CompactString;
use std::ops::Range;

/// How far behind its first letter the rest of a label may stand, on its page.
const NEAR: usize = 120;

/// How many names begin in a block that begins with one: `(1) 夜間診療⏎(2) 健診の⏎案内`
fn entries(block: &[Fragment]) -> usize {
    match block.first().is_some_and(|first| lists::is_entry(first.part.text)) {
        true => block.iter().filter(|line| lists::is_entry(line.part.text)).count(),
        false => 0,
    }
}

/// How the labels of names and 分野 go on behind their first letters; `None` where others may as well: 取り組み is another
/// spelling, and what stands between brackets another form.
fn rests(first: &str, cx: &Context) -> Option<Vec<&'static str>> {
    let is_plain = cx.words.is_empty() && first.chars().all(|c| is_letter(c) && !matches!(c, 'り' | 'み'));
    is_plain.then(|| NAME.iter().chain(FIELD).filter_map(|word| word.strip_prefix(first)).collect())
}

/// Whether a piece may be among the letters of such a rest.
fn may_go_on(rests: Option<&[&str]>, piece: &str) -> bool {
    let is_plain = || piece.chars().all(|c| is_letter(c) && !matches!(c, 'り' | 'み'));
    rests.is_none_or(|rests| rests.iter().any(|rest| rest.starts_with(piece)) || !is_plain())
}

/// What heads a column of cells.
pub fn column_label(text: &str, cx: &Context) -> Option<Label> {
    label::label(text, &cx.parties, cx.words).filter(|l| !matches!(l, Label::Name | Label::Field))
}

/// The columns that labels head, from left to right: the content, the parties in their order, anything else. `None` where
/// one is headed more often than another.
pub fn columns<'f>(found: impl Iterator<Item = &'f Label>, cx: &Context) -> Option<Vec<Label>> {
    let mut columns: Vec<(&Label, usize)> = Vec::new();
    for label in found {
        match columns.iter_mut().find(|c| c.0 == label) {
            Some(column) => column.1 += 1,
            None => columns.push((label, 1)),
        }
    }
    let count = columns.first()?.1;
    if columns.len() < 2 || columns.len() > 7 || columns.iter().any(|c| c.1 != count) {
        return None;
    }
    let rank = |label: &Label| match label {
        Label::Content => 0,
        Label::Role(who) => {
            1 + who.iter().filter_map(|w| cx.parties.iter().position(|p| p.symbol == *w)).min().unwrap_or(8)
        }
        _ => 20,
    };
    columns.sort_by_key(|c| rank(c.0));
    Some(columns.into_iter().map(|c| c.0.clone()).collect())
}

impl Pieces<'_, '_> {
    /// `取組の内容`, `甲の役割`: every column is headed as often as any other. Gives which pieces are labels of names or 分野.
    pub fn labels(&mut self, cx: &Context) -> Option<Vec<bool>> {
        let found: Vec<Option<Label>> =
            self.all.iter().map(|f| label::label(f.part.text, &cx.parties, cx.words)).collect();
        let heads_names = |label: &Label| matches!(label, Label::Name | Label::Field);
        self.columns = columns(found.iter().flatten().filter(|label| !heads_names(label)), cx)?;
        for (fragment, label) in self.all.iter_mut().zip(&found) {
            if let Some(column) = label.as_ref().and_then(|l| self.columns.iter().position(|c| c == l)) {
                fragment.kind = Kind::Label(column);
            }
        }
        Some(found.iter().map(|label| label.as_ref().is_some_and(heads_names)).collect())
    }

    /// `項目`, also as `項` … `目` in a narrow column; `whole` tells the labels that are one piece.
    pub fn name_labels(&mut self, whole: &[bool], cx: &Context) {
        let may_end = |text: &str| !cx.words.is_empty() || text.ends_with(may_end) && !text.ends_with(never_ends_name);
        let heads_names = |text: &str| label::heads_names(text, &cx.parties, cx.words);
        let mut count = 0;
        let mut known: Vec<String> = Vec::new();
        for (at, is_whole) in whole.iter().enumerate() {
            let fragment = &self.all[at];
            if fragment.kind != Kind::Words {
                continue;
            }
            let text = fragment.part.text;
            if *is_whole && may_end(text) {
                self.all[at].kind = Kind::Names(count);
                count += 1;
                known.push(text.to_string());
                continue;
            }
            // nearly no letter begins a label
            let begins = !cx.words.is_empty() || text.starts_with(may_begin) || !text.starts_with(is_letter);
            if !begins || fragment.size.letters > 2 {
                continue;
            }
            let near_labels = || self.all[at + 1..].iter().take(2).any(|f| matches!(f.kind, Kind::Label(_)));
            let opens = || {
                at == 0
                    || self.all[at - 1].page != fragment.page
                    || self.all[at.saturating_sub(2)..at].iter().any(|f| head::item(&f.part.line.text).is_some())
            };
            let is_known = |rest: &str| known.iter().any(|label| label.strip_prefix(text) == Some(rest));
            let again = || self.all.get(at + 1).is_some_and(|next| is_known(next.part.text));
            if !(near_labels() || opens() || again()) {
                continue;
            }
            let page = fragment.page;
            let short = |f: &Fragment| f.kind == Kind::Words && f.page == page && f.size.letters <= 2;
            let behind = (at + 1..self.all.len().min(at + NEAR)).filter(|n| short(&self.all[*n])).take(40);
            let behind: Vec<usize> = behind.collect();
            let rests = rests(text, cx);
            let is_label = |rest: &[usize]| {
                let mut texts = rest.iter().map(|at| self.all[*at].part.text);
                let whole = std::iter::once(text).chain(texts.clone());
                texts.next_back().is_some_and(may_end) && heads_names(&whole.collect::<String>())
            };
            let may_go_on = |at: &&usize| may_go_on(rests.as_deref(), self.all[**at].part.text);
            let rest = behind.iter().enumerate().filter(|(_, second)| may_go_on(second)).find_map(|(i, second)| {
                if is_label(&[*second]) {
                    return Some(vec![*second]);
                }
                let mut thirds = behind[i + 1..].iter().take(8).filter(|third| may_end(self.all[**third].part.text));
                Some(vec![*second, *thirds.find(|third| is_label(&[*second, **third]))?])
            });
            if let Some(rest) = rest {
                self.all[at].kind = Kind::Names(count);
                count += 1;
                let parts = std::iter::once(at).chain(rest.iter().copied());
                known.push(parts.map(|at| self.all[at].part.text).collect());
                for at in rest {
                    self.all[at].kind = Kind::Rest;
                }
            }
        }
    }

    /// `甲`, `乙` in a column of their own, beside the roles under one label
    pub fn party_marks(&mut self, cx: &Context) {
        let is_role = |label: &Label| matches!(label, Label::Role(_));
        if !self.columns.contains(&Label::Container) || self.columns.iter().any(is_role) {
            return;
        }
        let is_mark = |piece: &Fragment| {
            piece.kind == Kind::Words && cx.parties.iter().any(|party| party.symbol == piece.part.text)
        };
        let marks = self.all.iter().filter(|piece| is_mark(piece)).count();
        let heads = self.all.iter().filter(|piece| piece.kind == Kind::Label(0)).count();
        if marks < cx.parties.len() * heads {
            return;
        }
        self.all.iter_mut().filter(|piece| is_mark(piece)).for_each(|piece| piece.kind = Kind::Rest);
        self.parties = cx.parties.iter().map(|party| Label::Role(party.alone.clone())).collect();
    }

    /// `目` on a page where `項` was taken for a running header
    pub fn lone_rests(&mut self) {
        let rests: Vec<&str> = self.all.iter().filter(|f| f.kind == Kind::Rest).map(|f| f.part.text).collect();
        let mut lacking: Vec<i32> = vec![0; self.all.last().map_or(0, |f| f.page + 1)];
        for fragment in &self.all {
            match fragment.kind {
                Kind::Label(0) => lacking[fragment.page] += 1,
                Kind::Names(_) => lacking[fragment.page] -= 1,
                _ => {}
            }
        }
        for fragment in &mut self.all {
            let lacks = &mut lacking[fragment.page];
            if *lacks > 0 && fragment.kind == Kind::Words && rests.contains(&fragment.part.text) {
                *lacks -= 1;
                fragment.kind = Kind::Rest;
            }
        }
    }

    /// `1 医療`, `1`: alone between gaps or before a label, with the number that comes next
    pub fn find_headings(&mut self, cx: &Context) {
        let mut last: Option<(Numbering, u32)> = None;
        let mut at = 0;
        while at < self.all.len() {
            let from = at;
            at += 1;
            let first = &self.all[from];
            if first.kind != Kind::Words || first.inner || !head::may_be_item(first.part.text) {
                continue;
            }
            // a heading goes to the end of its line, or to a label there
            let goes_on = |f: &Fragment| f.inner && f.kind == Kind::Words;
            let end = (from + 1..self.all.len()).find(|n| !goes_on(&self.all[*n])).unwrap_or(self.all.len());
            let text = joined(&first.part, &self.all[end - 1].part).text;
            let Some(head) = head::item(text) else { continue };
            let expected = match last {
                None => head.value == 1,
                Some((numbering, value)) => head.numbering == numbering && head.value == value + 1,
            };
            let is_label =
                |n: usize| self.all.get(n).is_some_and(|f| matches!(f.kind, Kind::Names(_) | Kind::Label(_)));
            let alone = self.all.get(end).is_none_or(|f| f.gap) || is_label(end);
            let sure = is_label(end) || is_label(end + 1) && head.rest.is_empty();
            // `給食の献立⏎4`: no name and no sentence ends with a number alone
            let ends = self.blocks && alone && head.rest.is_empty();
            let opens = self.all[from].gap || !self.gaps_tell || sure || ends;
            let plain = !head.rest.contains(['。', '、']) && head.rest.chars().count() <= 40;
            if !expected
                || !opens
                || !plain
                || (head.glued && !head.rest.is_empty() && !cx.spaced)
                || !(sure || self.blocks && alone)
            {
                continue;
            }
            last = Some((head.numbering, head.value));
            let line = self.all[from].part.line;
            let index = self.headings.len();
            self.headings.push(Heading {
                number: head.number(),
                label: Some(Part::new(line, head.label, self.all[from].part.at)),
                title: (!head.rest.is_empty()).then(|| Part::new(line, head.rest, self.all[from].part.at)),
                page: self.all[from].page,
            });
            for n in from..end {
                self.all[n].kind = if n == from { Kind::Heading(index) } else { Kind::Title(index) };
            }
            at = end;
        }
    }

    /// `医療` behind its number, or directly before the label of the names
    pub fn titles(&mut self) {
        for at in 0..self.all.len() {
            let before = at.checked_sub(1).map(|b| self.all[b].kind.clone());
            let next = self.all.get(at + 1).map(|f| f.kind.clone());
            let fragment = &self.all[at];
            if fragment.kind != Kind::Words {
                continue;
            }
            let waits = |h: &Heading| h.title.is_none() && h.label.is_none_or(|l| l.at <= fragment.part.at);
            let index = match (before, next) {
                (Some(Kind::Heading(index)), Some(Kind::Names(_) | Kind::Label(_))) if waits(&self.headings[index]) => {
                    Some(index)
                }
                (_, Some(Kind::Names(_))) => self.headings.iter().position(waits),
                _ => None,
            };
            if let Some(index) = index.filter(|_| fragment.size.like_name) {
                self.headings[index].title = Some(fragment.part);
                self.all[at].kind = Kind::Title(index);
            }
        }
        self.titles_alone();
    }

    /// `4⏎⏎情報⏎⏎甲と話し合い、…`: a block of one line behind a number that lacks its words, whose labels stand elsewhere
    fn titles_alone(&mut self) {
        for at in 1..self.all.len() {
            let Kind::Heading(index) = self.all[at - 1].kind else { continue };
            let title = &self.all[at];
            let is_alone = title.gap && self.all.get(at + 1).is_none_or(|next| next.gap);
            let is_title = title.kind == Kind::Words && is_alone && title.size.like_name;
            if self.blocks && is_title && self.headings[index].title.is_none() {
                self.headings[index].title = Some(title.part);
                self.all[at].kind = Kind::Title(index);
            }
        }
    }

    /// `医療` alone before the label of the names, on a page that it opens: its number was taken for that of the page.
    pub fn numberless(&mut self) {
        for at in 1..self.all.len().saturating_sub(1) {
            let fragment = &self.all[at];
            let is_heading = fragment.kind == Kind::Words
                && fragment.gap
                && fragment.size.like_name
                && self.all[at - 1].page < fragment.page
                && matches!(self.all[at + 1].kind, Kind::Names(_));
            if !is_heading {
                continue;
            }
            let before = self.all[..at].iter().filter(|f| matches!(f.kind, Kind::Heading(_))).count();
            let (title, page) = (Some(fragment.part), fragment.page);
            self.headings.insert(before, Heading { number: CompactString::default(), label: None, title, page });
            for fragment in &mut self.all {
                match &mut fragment.kind {
                    Kind::Heading(index) | Kind::Title(index) if *index >= before => *index += 1,
                    _ => {}
                }
            }
            self.all[at].kind = Kind::Heading(before);
        }
    }

    /// Blocks of short lines without an end are names.
    pub fn names(&mut self) {
        let full = self.all.iter().filter(|f| f.kind == Kind::Words).map(|f| f.size.width).max().unwrap_or(0);
        let mut from = 0;
        while from < self.all.len() {
            let is_end = |f: &Fragment| f.gap || f.kind != Kind::Words;
            let end = match self.all[from].kind {
                Kind::Words => (from + 1..self.all.len()).find(|n| is_end(&self.all[*n])).unwrap_or(self.all.len()),
                _ => from + 1,
            };
            let run = &self.all[from..end];
            // of a block of names, no line is as wide as one of a cell
            let are_short = |run: &[Fragment]| run.iter().all(|line| line.size.width + 6 <= full);
            let is_narrow = || run.iter().all(|f| f.size.width + 2 <= full);
            // `夜間診⏎夜間の当番を⏎療`: a line of a cell among those of its name
            let is_within = !run[0].gap && from > 0 && matches!(self.all[from - 1].kind, Kind::Name | Kind::NameRest);
            // what stands beside a name is a cell, or, of a 分野, a name
            let is_beside = |piece: &Fragment| piece.inner && !self.fielded;
            let is_name = run[0].kind == Kind::Words
                && !is_within
                && !run.iter().any(is_beside)
                && (run.len() <= 3 * entries(run).max(1) || are_short(run))
                && run.iter().all(|f| f.size.like_name)
                && is_narrow();
            if is_name {
                self.all[from..end].iter_mut().for_each(|f| f.kind = Kind::Name);
            } else {
                self.names_beside(from..end, full);
            }
            from = end;
        }
    }

    /// `夜間診 夜間の当番を⏎療 続ける。`: names, and beside each of their lines one of a cell, which is wider
    fn names_beside(&mut self, run: Range<usize>, full: usize) {
        let found: Vec<(usize, usize)> =
            run.map(|at| (at, self.beside(at, full))).filter(|(_, count)| *count > 0).collect();
        for (at, count) in found {
            let goes_on = at > 1 && self.all[at - 2].kind != Kind::Words && !self.all[at].gap;
            self.all[at].kind = if goes_on { Kind::NameRest } else { Kind::Name };
            self.all[at + 1..at + count].iter_mut().for_each(|name| name.kind = Kind::Name);
        }
    }

    /// `夜間診療 夜間の当番を`: how many short pieces begin a line, a name, also behind its 分野, beside which stands the first
    /// line of a cell, which is wider
    fn beside(&self, at: usize, full: usize) -> usize {
        let name = &self.all[at];
        let is_short = |piece: &Fragment| piece.size.like_name && piece.size.width + 6 <= full;
        if name.kind != Kind::Words || name.inner || !is_short(name) {
            return 0;
        }
        let is_second = |piece: &&Fragment| self.fielded && piece.inner && is_short(piece);
        let count = 1 + usize::from(self.all.get(at + 1).filter(is_second).is_some());
        let is_wider = |next: &Fragment| next.inner && next.kind == Kind::Words && next.size.width * 3 > full * 2;
        if self.all.get(at + count).is_some_and(is_wider) { count } else { 0 }
    }
}
