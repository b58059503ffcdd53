//! Draw an agreement, apply known edits, and get exactly those edits back.

use super::known::damage;
use super::model::{Chapter, Domain, Model, Piece, Provision, Text, Work, words};
use super::*;
use std::collections::BTreeMap;

const CASES: u64 = 800;

/// The numbers of the cases: the same in every run, so that a run tells of a change; `KOUOTSU_CASES` sets how many, and
/// draws afresh.
pub(crate) fn cases(usual: u64) -> std::ops::Range<u64> {
    let many = std::env::var("KOUOTSU_CASES").ok().and_then(|n| n.parse::<u64>().ok());
    let now = std::time::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_secs());
    let from = if many.is_some() { now } else { 1 };
    from..from + many.unwrap_or(usual)
}

/// A small generator of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const THINGS: [&str; 40] = [
    "図書",
    "水道",
    "消防車",
    "給食",
    "畑",
    "牧場",
    "山小屋",
    "渡し船",
    "バス停",
    "診療所",
    "薬局",
    "保育園",
    "遊び場",
    "体育館",
    "温泉",
    "祭り",
    "文化財",
    "統計",
    "広報誌",
    "電算機",
    "住宅",
    "街灯",
    "除雪車",
    "堤防",
    "避難所",
    "備蓄米",
    "毛布",
    "井戸",
    "林道",
    "苗木",
    "漁具",
    "市場",
    "商店",
    "宿",
    "案内板",
    "自転車",
    "切符",
    "相談窓口",
    "通訳",
    "手話",
];
const DEEDS: [&str; 16] = [
    "貸し出す",
    "直す",
    "配る",
    "調べる",
    "建てる",
    "片付ける",
    "見回る",
    "教える",
    "買い足す",
    "洗う",
    "運ぶ",
    "数える",
    "描く",
    "磨く",
    "植える",
    "測る",
];
const WAYS: [&str; 10] =
    ["毎年", "春に", "秋に", "手分けして", "順番に", "無償で", "夜間も", "書面で", "速やかに", "共同で"];

struct Draw {
    dice: Dice,
    uid: u32,
    names: u32,
}

impl Draw {
    fn uid(&mut self) -> u32 {
        self.uid += 1;
        self.uid
    }

    fn text(&mut self) -> Text {
        let mut out = String::new();
        for _ in 0..2 + self.dice.roll(3) {
            let (a, b) = (self.dice.pick(&THINGS), self.dice.pick(&THINGS));
            let (way, deed) = (self.dice.pick(&WAYS), self.dice.pick(&DEEDS));
            out.push_str(&format!("{a}と{b}を{way}{deed}。"));
        }
        words(&out)
    }

    /// A name that no other node has, and that is like no other.
    fn name(&mut self) -> String {
        self.names += 1;
        let letters = ["森", "川", "海", "空", "星", "花", "鳥", "風", "月", "雪"];
        let mut number = self.names * 7919 % 100_003;
        let mut out = String::new();
        for _ in 0..5 {
            out.push_str(letters[number as usize % 10]);
            number /= 10;
        }
        out
    }

    fn model(&mut self) -> Model {
        let mut model = Model::default();
        for _ in 0..4 + self.dice.roll(6) {
            let paragraphs = (0..1 + self.dice.roll(4)).map(|_| self.provision(true)).collect();
            model.articles.push(Chapter { uid: self.uid(), caption: self.name(), paragraphs });
        }
        let uids: Vec<u32> = model.articles.iter().map(|a| a.uid).collect();
        for chapter in &mut model.articles {
            for provision in &mut chapter.paragraphs {
                if self.dice.roll(4) == 0 {
                    let target = uids[self.dice.roll(uids.len())];
                    provision.text.extend([Piece::Article(target), Piece::Words("のとおりとする。".into())]);
                }
            }
        }
        for _ in 0..1 + self.dice.roll(3) {
            let domains = (0..1 + self.dice.roll(4)).map(|_| self.domain()).collect();
            model.tables.push((self.name(), domains));
        }
        model
    }

    fn provision(&mut self, deep: bool) -> Provision {
        let items = if deep && self.dice.roll(4) == 0 { 2 + self.dice.roll(3) } else { 0 };
        let items = (0..items).map(|_| self.provision(false)).collect();
        Provision { uid: self.uid(), text: self.text(), items }
    }

    fn domain(&mut self) -> Domain {
        let works = (0..2 + self.dice.roll(4)).map(|_| self.work()).collect();
        Domain { title: self.name(), works }
    }

    fn work(&mut self) -> Work {
        let roles = ["甲", "乙"].map(|s| (s.to_string(), self.text())).to_vec();
        Work { uid: self.uid(), name: self.name(), content: self.text(), roles }
    }

    /// Puts a word that occurs nowhere else into a text.
    fn reword(&mut self, text: &mut Text) {
        if let Some(Piece::Words(first)) = text.first_mut() {
            *first = first.replacen('と', "と頑丈な", 1);
        }
    }
}

/// What is expected: how often each kind occurs at each old path (for additions, at each new path).
type Expected = BTreeMap<(ChangeKind, String), usize>;

fn expect(expected: &mut Expected, kind: ChangeKind, path: String) {
    *expected.entry((kind, path)).or_default() += 1;
}

/// Edits of the provisions; each article is touched once.
fn edit_articles(draw: &mut Draw, new: &mut Model, touched: &mut Vec<u32>, added: &mut Vec<u32>) {
    for _ in 0..draw.dice.roll(4) {
        let at = draw.dice.roll(new.articles.len());
        let uid = new.articles[at].uid;
        if touched.contains(&uid) || added.contains(&uid) {
            continue;
        }
        touched.push(uid);
        let referred = |m: &Model| {
            let texts = m.articles.iter().flat_map(|a| &a.paragraphs).flat_map(|p| &p.text);
            texts.clone().any(|p| matches!(p, Piece::Article(u) | Piece::Forgotten(u, _) if *u == uid))
        };
        match draw.dice.roll(7) {
            0 => {
                let chapter = Chapter { uid: draw.uid(), caption: draw.name(), paragraphs: vec![draw.provision(true)] };
                added.push(chapter.uid);
                new.articles.insert(at, chapter);
            }
            1 if !referred(new) => _ = new.articles.remove(at),
            2 => new.articles[at].caption = draw.name(),
            3 => draw.reword(&mut new.articles[at].paragraphs[0].text),
            4 => {
                let k = draw.dice.roll(new.articles[at].paragraphs.len() + 1);
                let provision = draw.provision(false);
                added.push(provision.uid);
                new.articles[at].paragraphs.insert(k, provision);
            }
            5 if new.articles[at].paragraphs.len() > 1 => {
                let k = draw.dice.roll(new.articles[at].paragraphs.len());
                new.articles[at].paragraphs.remove(k);
            }
            _ => {
                let paragraph = &mut new.articles[at].paragraphs[0];
                if let Some(item) = paragraph.items.first_mut() {
                    draw.reword(&mut item.text);
                }
            }
        }
    }
}

/// Edits of the initiatives; each is touched once, and at most one of a field is moved.
fn edit_tables(draw: &mut Draw, new: &mut Model, expected: &mut Expected, moved: &mut Vec<Vec<String>>) {
    use ChangeKind::*;
    let sizes: Vec<usize> = new.tables.iter().map(|(_, domains)| domains.len()).collect();
    let mut touched = Vec::new();
    let mut swapped = Vec::new();
    for _ in 0..draw.dice.roll(5) {
        let t = draw.dice.roll(new.tables.len());
        let f = draw.dice.roll(new.tables[t].1.len());
        let works = &mut new.tables[t].1[f].works;
        let w = draw.dice.roll(works.len().max(1));
        let Some(work) = works.get_mut(w) else { continue };
        if touched.contains(&work.uid) {
            continue;
        }
        touched.push(work.uid);
        let path = format!("別表{}/{}/{}", t + 1, f + 1, work.name);
        let new_field = |t: usize, f: usize| sizes.get(t).filter(|n| **n > 1).map(|n| (t, (f + 1) % n));
        match draw.dice.roll(8) {
            0 => {
                expect(expected, Renamed, path);
                work.name = draw.name();
            }
            1 => {
                expect(expected, Edited, format!("{path}/取組内容"));
                draw.reword(&mut work.content);
            }
            2 => {
                expect(expected, Removed, format!("{path}/乙の役割"));
                work.roles.pop();
            }
            3 => {
                expect(expected, Edited, format!("{path}/甲の役割"));
                draw.reword(&mut work.roles[0].1);
            }
            4 => {
                let work = draw.work();
                touched.push(work.uid);
                expect(expected, Added, format!("別表{}/{}/{}", t + 1, f + 1, work.name));
                new.tables[t].1[f].works.insert(w, work);
            }
            5 if works.len() > 1 => {
                expect(expected, Removed, path);
                works.remove(w);
            }
            6 if new_field(t, f).is_some() => {
                let work = works.remove(w);
                moved.push(vec![path]);
                if let Some((t, f)) = new_field(t, f) {
                    new.tables[t].1[f].works.push(work);
                }
            }
            _ if w + 1 < works.len() && !swapped.contains(&(t, f)) => {
                let next = works[w + 1].uid;
                if touched.contains(&next) {
                    continue;
                }
                touched.push(next);
                swapped.push((t, f));
                moved.push(vec![path, format!("別表{}/{}/{}", t + 1, f + 1, works[w + 1].name)]);
                works.swap(w, w + 1);
            }
            _ => {}
        }
    }
}

/// What the edits of the articles should give, told from the identities.
fn expect_articles(old: &Model, new: &Model, expected: &mut Expected) {
    use ChangeKind::*;
    for (i, a) in old.articles.iter().enumerate() {
        let path = format!("第{}条", i + 1);
        let Some((k, b)) = new.articles.iter().enumerate().find(|(_, b)| b.uid == a.uid) else {
            expect(expected, Removed, path);
            continue;
        };
        if i != k {
            expect(expected, Renumbered, path.clone());
        }
        if a.caption != b.caption {
            expect(expected, Renamed, path.clone());
        }
        let added = |p: &&Provision| !a.paragraphs.iter().any(|q| q.uid == p.uid);
        for (m, _) in b.paragraphs.iter().enumerate().filter(|(_, p)| added(p)) {
            expect(expected, Added, format!("第{}条第{}項", k + 1, m + 1));
        }
        for (m, p) in a.paragraphs.iter().enumerate() {
            let path = format!("{path}第{}項", m + 1);
            let Some((l, q)) = b.paragraphs.iter().enumerate().find(|(_, q)| q.uid == p.uid) else {
                expect(expected, Removed, path);
                continue;
            };
            if m != l {
                expect(expected, Renumbered, path.clone());
            }
            let head = |text: &Text| format!("{:?}", text.first());
            let edited = head(&p.text) != head(&q.text);
            let (before, after) = (old.print(&p.text), new.print(&q.text));
            let forgotten = |piece: &Piece| match piece {
                Piece::Forgotten(uid, words) => new.print(&vec![Piece::Article(*uid)]) != *words,
                _ => false,
            };
            if edited {
                expect(expected, Edited, path.clone());
            }
            if (!edited && before != after) || q.text.iter().any(forgotten) {
                expect(expected, Reference, path.clone());
            }
            for (x, (i, j)) in p.items.iter().zip(&q.items).enumerate() {
                if format!("{:?}", i.text) != format!("{:?}", j.text) {
                    expect(expected, Edited, format!("{path}({})", x + 1));
                }
            }
        }
    }
    for (k, b) in new.articles.iter().enumerate().filter(|(_, b)| !old.articles.iter().any(|a| a.uid == b.uid)) {
        let _ = b;
        expect(expected, Added, format!("第{}条", k + 1));
    }
}

/// Somebody forgets one reference.
fn forget(draw: &mut Draw, old: &Model, new: &mut Model, touched: &[u32]) {
    for chapter in new.articles.iter_mut().filter(|c| !touched.contains(&c.uid)) {
        for piece in chapter.paragraphs.iter_mut().flat_map(|p| &mut p.text) {
            if let Piece::Article(uid) = piece
                && draw.dice.roll(4) == 0
            {
                let words = old.print(&vec![Piece::Article(*uid)]);
                *piece = Piece::Forgotten(*uid, words);
            }
        }
    }
}

/// An agreement and an edited one.
pub(crate) fn pair(case: u64) -> (Agreement, Agreement) {
    let mut draw = Draw { dice: Dice(case.wrapping_mul(0x9E37_79B9_7F4A_7C15)), uid: 0, names: case as u32 % 500 };
    let old = draw.model();
    let mut new = old.clone();
    let (mut touched, mut added) = (Vec::new(), Vec::new());
    edit_articles(&mut draw, &mut new, &mut touched, &mut added);
    touched.extend(added);
    forget(&mut draw, &old, &mut new, &touched);
    edit_tables(&mut draw, &mut new, &mut Expected::new(), &mut Vec::new());
    (old.agreement(), new.agreement())
}

#[test]
fn known_edits_come_back() {
    let mut total = 0;
    let cases = cases(CASES);
    for case in cases.clone() {
        let mut draw = Draw { dice: Dice(case.wrapping_mul(0x9E37_79B9_7F4A_7C15)), uid: 0, names: case as u32 % 500 };
        let old = draw.model();
        let mut new = old.clone();
        let (mut expected, mut moved) = (Expected::new(), Vec::new());
        let (mut touched, mut added) = (Vec::new(), Vec::new());
        edit_articles(&mut draw, &mut new, &mut touched, &mut added);
        touched.extend(added);
        forget(&mut draw, &old, &mut new, &touched);
        expect_articles(&old, &new, &mut expected);
        edit_tables(&mut draw, &mut new, &mut expected, &mut moved);
        let mut new = new.agreement();
        if case % 2 == 0 {
            damage(&mut new);
            let initiatives = new.tables.iter_mut().flat_map(|t| &mut t.fields).flat_map(|f| &mut f.initiatives);
            initiatives.for_each(|i| i.name.insert(3, '\u{3000}'));
        }
        let found = compare(&old.agreement(), &new);
        let mut got = Expected::new();
        for change in &found.changes {
            let path = change.old_path.clone().unwrap_or_else(|| change.path.replace('\u{3000}', ""));
            match moved.iter().position(|pair| change.kind == ChangeKind::Moved && pair.contains(&path)) {
                Some(pair) => _ = moved.remove(pair),
                None => expect(&mut got, change.kind, path),
            }
        }
        assert!(moved.is_empty(), "case {case}: no move of {moved:?}");
        assert_eq!(got, expected, "case {case}\n{}", show(&found));
        total += found.changes.len();
    }
    assert!(total as u64 > (cases.end - cases.start) * 3, "too few edits were drawn: {total}");
}
