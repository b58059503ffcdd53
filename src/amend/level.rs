//! The order of siblings as instructions: what goes, what gets another number, what comes.

use super::name;
use super::write::{Writer, indented, text};
use crate::diff::{Part, fold};

/// A clause, before the end that its place in the sentence gives it.
struct Clause {
    stem: String,
    /// Inside a sentence, and at its end.
    ends: [&'static str; 2],
}

/// The word that counts provisions; none where they are not counted.
fn unit(part: Part) -> Option<char> {
    match part {
        Part::Article => Some('条'),
        Part::Paragraph => Some('項'),
        Part::Item => Some('号'),
        Part::Table => Some('表'),
        _ => None,
    }
}

/// A node whose number changes: where it is called what.
struct Shift {
    from: String,
    to: String,
    number: i32,
    by: i32,
}

impl Writer<'_, '_> {
    /// Siblings that are in both, in one order.
    pub fn kept(&self, os: &[usize], ns: &[usize]) -> Vec<(usize, usize)> {
        let partner = |n: &usize| {
            let o = self.pairs.to_old.get(*n).copied().flatten()?;
            (os.contains(&o) && !self.moved.contains(n)).then_some((o, *n))
        };
        ns.iter().filter_map(partner).collect()
    }

    /// Says what goes, what gets another number and what comes among the children of `o`.
    pub fn order(&mut self, o: usize, os: &[usize], ns: &[usize]) -> bool {
        let kept = self.kept(os, ns);
        let Some(part) =
            os.iter().map(|o| self.old.node(*o).part).chain(ns.iter().map(|n| self.new.node(*n).part)).next()
        else {
            return true;
        };
        let gone: Vec<usize> = os.iter().copied().filter(|o| !kept.iter().any(|k| k.0 == *o)).collect();
        let comes = ns.len() > kept.len();
        if matches!(part, Part::Row | Part::Remark | Part::Supplementary) && (!gone.is_empty() || comes) {
            return false;
        }
        let prefix = self.place(o);
        let mut clauses: Vec<Clause> = gone
            .iter()
            .map(|o| Clause { stem: format!("{}を削", self.place_in(&prefix, *o)), ends: ["り", "る"] })
            .collect();
        match part {
            Part::Field => clauses.extend(self.numbers(&prefix, &kept)),
            _ => clauses.extend(self.shifts(&prefix, &kept)),
        }
        let mut runs = self.added(&prefix, part, ns, &kept);
        let mut open: Vec<String> = clauses.iter().map(|c| format!("{}{}", c.stem, c.ends[0])).collect();
        if let Some(first) = runs.first_mut() {
            open.push(std::mem::take(first));
            *first = open.join("、");
        } else if let Some(last) = clauses.last() {
            open.pop();
            open.push(format!("{}{}。", last.stem, last.ends[1]));
            runs.push(open.join("、"));
        }
        runs.into_iter().all(|sentence| self.say(sentence))
    }

    fn place_in(&self, prefix: &str, o: usize) -> String {
        format!("{prefix}{}", name::own(&self.old.branch(o, &|_| false)))
    }

    /// `別表第1福祉の部の番号を「2」に改め`
    fn numbers(&self, prefix: &str, kept: &[(usize, usize)]) -> Vec<Clause> {
        let number = |(o, n): &(usize, usize)| {
            let (a, b) = (self.old.node(*o), self.new.node(*n));
            // the words were visited before: the name is the new one
            let place = format!("{prefix}{}", name::own(&self.new.branch(*n, &|_| false)));
            let changed = !fold::same(&a.number, &b.number);
            changed
                .then(|| Clause { stem: format!("{place}の番号を「{}」に改め", b.number), ends: ["", "る"] })
        };
        kept.iter().filter_map(number).collect()
    }

    /// Numbers that grow from the highest on, then numbers that fall from the lowest on.
    fn shifts(&self, prefix: &str, kept: &[(usize, usize)]) -> Vec<Clause> {
        let shift = |(o, n): &(usize, usize)| {
            let (a, b) = (self.old.node(*o), self.new.node(*n));
            let same = fold::same(&a.number, &b.number) && (a.part != Part::Item || fold::same(&a.label, &b.label));
            let (from, to) = (a.number.parse::<i32>().unwrap_or(0), b.number.parse::<i32>().unwrap_or(0));
            (!same).then(|| Shift {
                from: self.place_in(prefix, *o),
                to: name::own(&self.new.branch(*n, &|_| false)),
                number: from,
                by: to - from,
            })
        };
        let all: Vec<Shift> = kept.iter().filter_map(shift).collect();
        let unit = kept.first().and_then(|(o, _)| unit(self.old.node(*o).part));
        let (up, down): (Vec<Shift>, Vec<Shift>) = all.into_iter().partition(|s| s.by > 0);
        let follows = |a: &Shift, b: &Shift| a.by == b.by && a.number + 1 == b.number && a.number > 0;
        let clauses = |run: &[Shift], reverse: bool| -> Vec<Clause> {
            match (run, unit) {
                ([first, .., last], Some(unit)) if run.len() > 2 => {
                    let (by, way) = (first.by.abs(), if first.by > 0 { "下げ" } else { "上げ" });
                    let stem = format!("{}から{}までを{by}{unit}ずつ繰り{way}", first.from, last.from);
                    vec![Clause { stem, ends: ["", "る"] }]
                }
                _ => {
                    let one = |s: &Shift| Clause { stem: format!("{}を{}と", s.from, s.to), ends: ["し", "する"] };
                    let mut out: Vec<Clause> = run.iter().map(one).collect();
                    if reverse {
                        out.reverse();
                    }
                    out
                }
            }
        };
        let mut out: Vec<Clause> = Vec::new();
        up.chunk_by(follows).rev().for_each(|run| out.extend(clauses(run, true)));
        down.chunk_by(follows).for_each(|run| out.extend(clauses(run, false)));
        out
    }

    /// `第4条の次に次の1条を加える。` and the new text, for each run of new siblings
    fn added(&self, prefix: &str, part: Part, ns: &[usize], kept: &[(usize, usize)]) -> Vec<String> {
        let is_new = |n: &usize| !kept.iter().any(|k| k.1 == *n);
        let own = |n: &usize| format!("{prefix}{}", name::own(&self.new.branch(*n, &|_| false)));
        let mut out = Vec::new();
        let mut at = 0usize;
        for run in ns.chunk_by(|a, b| is_new(a) == is_new(b)) {
            let (before, behind) = (at.checked_sub(1).and_then(|i| ns.get(i)), ns.get(at + run.len()));
            at += run.len();
            if !run.first().is_some_and(is_new) {
                continue;
            }
            let anchor = match (before, behind) {
                (Some(n), Some(_)) => format!("{}の次に", own(n)),
                (Some(n), None) if prefix.is_empty() => format!("{}の次に", own(n)),
                (None, Some(n)) => format!("{}の前に", own(n)),
                _ if prefix.is_empty() => "本則に".to_string(),
                _ => format!("{prefix}に"),
            };
            let what = unit(part).map_or("次のように".to_string(), |unit| format!("次の{}{unit}を", run.len()));
            let texts: Vec<String> = run.iter().filter_map(|n| text(&self.new.branch(*n, &|_| false))).collect();
            let between = if part == Part::Initiative { "\n" } else { "\n\n" };
            out.push(format!("{anchor}{what}加える。\n{}", indented(&texts.join(between))));
        }
        out
    }
}
