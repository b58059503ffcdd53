//! Agreements whose references know their targets, so that a test can renumber as a careful drafter does.

use crate::schema::{
    Agreement, AppendedTable, Article, Date, Field, Initiative, Item, Paragraph, Party, Reference, SCHEMA,
};

/// A piece of a text: words, or a reference to an article by its identity.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Words(String),
    Article(u32),
    /// A reference that somebody forgot to change.
    Forgotten(u32, String),
}

pub(super) type Text = Vec<Piece>;

#[derive(Clone, Debug)]
pub(super) struct Provision {
    pub uid: u32,
    pub text: Text,
    pub items: Vec<Provision>,
}

#[derive(Clone, Debug)]
pub(super) struct Chapter {
    pub uid: u32,
    pub caption: String,
    pub paragraphs: Vec<Provision>,
}

#[derive(Clone, Debug)]
pub(super) struct Work {
    pub uid: u32,
    pub name: String,
    pub content: Text,
    pub roles: Vec<(String, Text)>,
}

#[derive(Clone, Debug)]
pub(super) struct Domain {
    pub title: String,
    pub works: Vec<Work>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub articles: Vec<Chapter>,
    pub tables: Vec<(String, Vec<Domain>)>,
}

pub(super) fn words(text: &str) -> Text {
    vec![Piece::Words(text.into())]
}

impl Model {
    fn number(&self, uid: u32) -> Option<usize> {
        self.articles.iter().position(|a| a.uid == uid).map(|i| i + 1)
    }

    /// The text as it would be printed.
    pub(super) fn print(&self, text: &Text) -> String {
        let piece = |p: &Piece| match p {
            Piece::Words(words) => words.clone(),
            Piece::Article(uid) => format!("第{}条", self.number(*uid).unwrap_or(0)),
            Piece::Forgotten(_, words) => words.clone(),
        };
        text.iter().map(piece).collect()
    }

    fn refer(&self, from: &str, text: &Text, out: &mut Vec<Reference>) {
        for piece in text {
            let words = match piece {
                Piece::Words(_) => continue,
                Piece::Article(uid) => format!("第{}条", self.number(*uid).unwrap_or(0)),
                Piece::Forgotten(_, words) => words.clone(),
            };
            let exists = (1..=self.articles.len()).any(|n| format!("第{n}条") == words);
            let (to, missing) = if exists { (vec![words.clone()], vec![]) } else { (vec![], vec![words.clone()]) };
            out.push(Reference { from: from.into(), text: words, to, missing, ..Reference::default() });
        }
    }

    /// The agreement, with its references resolved.
    pub(super) fn agreement(&self) -> Agreement {
        let mut references = Vec::new();
        let mut out = Agreement {
            schema: SCHEMA.into(),
            title: "圏域の形成に関する協定書".into(),
            parties: vec![
                Party {
                    symbol: "甲".into(), name: "青葉市".into(), names: vec!["青葉市".into()], ..Party::default()
                },
                Party {
                    symbol: "乙".into(), name: "若草町".into(), names: vec!["若草町".into()], ..Party::default()
                },
            ],
            preamble: Some(
                "青葉市（以下「甲」という。）と若草町（以下「乙」という。）は、次のとおり協定を結ぶ。".into(),
            ),
            closing: Some("この協定を証するため、本書2通を作る。".into()),
            date: Some(Date { text: "令和6年5月9日".into(), iso: Some("2024-05-09".into()) }),
            ..Agreement::default()
        };
        for (i, chapter) in self.articles.iter().enumerate() {
            let label = format!("第{}条", i + 1);
            let mut article = Article { number: (i + 1).to_string(), label: label.clone(), ..Article::default() };
            article.caption = Some(chapter.caption.clone());
            for (k, provision) in chapter.paragraphs.iter().enumerate() {
                let from = format!("{label}第{}項", k + 1);
                self.refer(&from, &provision.text, &mut references);
                let mut paragraph =
                    Paragraph { number: k as u32 + 1, text: self.print(&provision.text), ..Paragraph::default() };
                for (m, item) in provision.items.iter().enumerate() {
                    self.refer(&format!("{from}({})", m + 1), &item.text, &mut references);
                    let (number, label) = ((m + 1).to_string(), format!("({})", m + 1));
                    paragraph.items.push(Item { number, label, text: self.print(&item.text), ..Item::default() });
                }
                article.paragraphs.push(paragraph);
            }
            out.articles.push(article);
        }
        for (i, (title, domains)) in self.tables.iter().enumerate() {
            let number = (i + 1).to_string();
            let mut table =
                AppendedTable { label: format!("別表{number}"), title: title.clone(), ..AppendedTable::default() };
            for (k, domain) in domains.iter().enumerate() {
                let mut field = Field { number: (k + 1).to_string(), title: domain.title.clone(), ..Field::default() };
                for work in &domain.works {
                    let path = format!("別表{number}/{}/{}", k + 1, work.name);
                    self.refer(&format!("{path}/取組内容"), &work.content, &mut references);
                    let mut initiative = Initiative { name: work.name.clone(), ..Initiative::default() };
                    initiative.content = Some(self.print(&work.content));
                    for (symbol, text) in &work.roles {
                        self.refer(&format!("{path}/{symbol}の役割"), text, &mut references);
                        initiative.roles.insert(symbol.clone(), self.print(text));
                    }
                    field.initiatives.push(initiative);
                }
                table.fields.push(field);
            }
            table.number = number;
            out.tables.push(table);
        }
        out.references = references;
        out
    }
}

/// An agreement of seven articles and two tables.
pub(super) fn sample() -> Model {
    let one = |uid, caption: &str, texts: &[Text]| Chapter {
        uid,
        caption: caption.into(),
        paragraphs: texts.iter().map(|t| Provision { uid: 0, text: t.clone(), items: vec![] }).collect(),
    };
    let to = |before: &str, uid, after: &str| {
        vec![Piece::Words(before.into()), Piece::Article(uid), Piece::Words(after.into())]
    };
    let work = |uid, name: &str, content: &str, first: &str, second: Text| Work {
        uid,
        name: name.into(),
        content: words(content),
        roles: vec![("甲".into(), words(first)), ("乙".into(), second)],
    };
    Model {
        articles: vec![
            one(1, "目的", &[words("この協定は、甲と乙が手を結び、住みよい地域を育てることを目的とする。")]),
            one(2, "基本の考え方", &[words("甲と乙は、互いの持ち味を生かし、困りごとを分かち合う。")]),
            one(
                3,
                "取り組む分野",
                &[
                    words("取り組む分野は、別表のとおりとする。"),
                    words("分野を増やすときは、あらかじめ書面で知らせる。"),
                ],
            ),
            one(
                4,
                "費用",
                &[to("費用の分け方は、", 6, "の会議で決める。"), words("前項の分け方は、年度ごとに見直す。")],
            ),
            one(5, "人の行き来", &[words("甲と乙は、職員を互いに送り、技を学ばせる。")]),
            one(6, "会議", &[words("甲と乙は、春と秋に会議を開く。")]),
            one(7, "疑い", &[words("定めのないことは、そのつど話し合って決める。")]),
        ],
        tables: vec![
            (
                "暮らしを支える働き".into(),
                vec![
                    Domain {
                        title: "医療".into(),
                        works: vec![
                            work(
                                11,
                                "夜間の当番医",
                                "夜に開く診療所を交替で定め、暦に載せて配る。",
                                "当番の暦を作り、各戸に配る。",
                                words("当番の医師に謝礼を払う。"),
                            ),
                            work(
                                12,
                                "看護師の育成",
                                "看護師をめざす若者に学費を貸す。",
                                "学費の窓口を開く。",
                                to("町立の診療所で実習を受け入れる。期間は、", 6, "の会議で決める。"),
                            ),
                        ],
                    },
                    Domain {
                        title: "福祉".into(),
                        works: vec![
                            work(
                                13,
                                "見守り",
                                "一人で暮らす人の家を訪ね、変わりがないか確かめる。",
                                "訪ねる人を雇う。",
                                words("自治会に声をかけ、名簿を整える。"),
                            ),
                            work(
                                14,
                                "子どもの居場所",
                                "放課後に集まれる部屋を設ける。",
                                "空いた教室を開ける。",
                                words("地域の人に手伝いを頼む。"),
                            ),
                        ],
                    },
                ],
            ),
            (
                "行き来を助ける働き".into(),
                vec![Domain {
                    title: "交通".into(),
                    works: vec![work(
                        15,
                        "乗合タクシー",
                        "駅と集落を結ぶ乗合の車を走らせる。",
                        "車両を用意する。",
                        words("予約の電話を受ける。"),
                    )],
                }],
            ),
        ],
    }
}
