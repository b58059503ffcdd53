//! The words of labels, in one place.

use crate::lines::is_blank;

/// Words that users add in `kouotsu.toml`, compared in one spelling.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// More words for 取組内容
    pub content: Vec<String>,
    /// More words for 役割 after the name of a party
    pub role: Vec<String>,
    /// More words that head the column of names
    pub name: Vec<String>,
}

impl Vocabulary {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty() && self.role.is_empty() && self.name.is_empty()
    }
}

/// Heads the text of the initiative itself.
pub(super) const CONTENT: &[&str] = &[
    "取組内容",
    "取組の内容",
    "連携の内容",
    "連携内容",
    "連携する内容",
    "内容",
    "事業内容",
    "事業の内容",
    "事業の概要",
    "連携事業の内容",
    "連携する事業の内容",
    "取組の具体的内容",
    "取組概要",
    "取組の概要",
    "具体的内容",
    "具体的な内容",
    "具体的な取組",
    "具体的取組",
    "具体的な取組内容",
    "取組事項の内容",
    "連携取組内容",
    "連携する取組の内容",
    "概要",
    "事業概要",
    "事務の内容",
    "取組内容等",
    "取組の内容等",
    "取組の具体的な内容",
    "連携の取組内容",
    "実施内容",
    "協力内容",
    "協力の内容",
    "連携・協力の内容",
    "施策の内容",
    "施策内容",
    "目的及び内容",
    "取組の目的及び内容",
];
/// Follows the name of a party.
pub(super) const ROLE: &[&str] = &[
    "役割",
    "役割分担",
    "役割分担及び費用分担",
    "役割及び費用分担",
    "役割及び費用負担",
    "機能分担",
    "果たす役割",
    "担う役割",
    "果たすべき役割",
    "担うべき役割",
    "担う機能",
    "分担",
    "役割等",
    "役割分担等",
    "役割と費用分担",
    "役割・費用分担",
    "役割分担・費用分担",
    "役割分担及び費用負担",
    "役割内容",
    "役割の内容",
    "主な役割",
];
/// Stands before roles that are one level below.
pub(super) const CONTAINER: &[&str] = &[
    "役割分担",
    "役割",
    "互いの役割",
    "機能分担",
    "相互の役割",
    "双方の役割",
    "それぞれの役割",
    "各市町の役割",
    "役割分担及び費用分担",
    "役割分担及び費用負担",
    "役割及び費用分担",
    "役割及び費用負担",
    "役割分担等",
    "役割等",
    "甲乙の役割分担",
    "甲乙の役割",
    "役割の分担",
    "共通の役割",
    "共同の役割",
    "甲乙共通の役割",
    "甲乙共同の役割",
];
/// Heads the column of names.
pub(super) const NAME: &[&str] = &[
    "項目",
    "取組",
    "取組名",
    "取組項目",
    "取組事項",
    "連携項目",
    "事項",
    "事業名",
    "事業",
    "事務",
    "名称",
    "連携する事業",
    "連携する取組",
    "連携する具体的事項",
    "具体的事項",
    "連携事項",
    "連携事業",
    "施策",
    "取組の名称",
    "事業項目",
];
/// Heads the column of fields.
pub(super) const FIELD: &[&str] =
    &["分野", "区分", "政策分野", "分野名", "連携分野", "取組分野", "分野の取組", "連携する分野", "視点"];
/// Labels of cells that hold neither content nor role.
pub(super) const OTHER: &[&str] = &[
    "費用負担",
    "費用分担",
    "経費負担",
    "備考",
    "担当",
    "実施時期",
    "期間",
    "費用の負担",
    "費用負担の考え方",
    "目標",
    "成果指標",
    "現状と課題",
    "担当課",
    "実施期間",
    "効果",
];
/// Name every party at once.
pub(super) const ALL: &[&str] =
    &["双方", "両市", "両町", "両市町", "両者", "甲乙", "甲乙双方", "関係市町", "両市村", "甲乙丙"];

/// How many bytes the longest label has that names no party.
pub(super) const LONGEST: usize = {
    let (lists, mut most, mut list) = ([CONTENT, CONTAINER, NAME, FIELD, OTHER], 0, 0);
    while list < lists.len() {
        let mut word = 0;
        while word < lists[list].len() {
            let len = lists[list][word].len();
            most = if len > most { len } else { most };
            word += 1;
        }
        list += 1;
    }
    most
};

/// Letters of which one stands in every label of 分野: a cheap test for what is none.
pub fn may_be_field(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| ["野", "区", "視"].iter().any(|letter| bytes[..=at].ends_with(letter.as_bytes()));
    // the bytes that end them
    memchr::memchr3_iter(0x8E, 0xBA, 0x96, bytes).any(is_letter)
}

/// The letters with which labels end, and the marks that may stand behind them: a cheap test for what is none.
pub fn may_end(c: char) -> bool {
    // with which most texts end
    if matches!(c, 'ぁ'..='ん' | '、' | '。') {
        return false;
    }
    matches!(
        c,
        '容' | '要'
            | '組'
            | '項'
            | '割'
            | '担'
            | '能'
            | '等'
            | '目'
            | '名'
            | '称'
            | '業'
            | '務'
            | '策'
            | '野'
            | '分'
            | '点'
            | '考'
            | '期'
            | '標'
            | '果'
            | '題'
            | '課'
            | '間'
            | '方'
            | '害'
            | '当'
            | '】'
            | '*'
            | '〕'
            | '］'
            | ']'
            | '〉'
            | '＞'
            | '>'
            | '》'
            | '）'
            | ')'
            | '：'
            | ':'
            | '･'
            | ' '
            | '\u{3000}'
            | '\u{A0}'
    )
}

/// The letters with which labels of contents and roles end, and none of names or 分野: a cheap test for what heads no such column.
pub fn never_ends_name(c: char) -> bool {
    matches!(c, '容' | '要' | '割' | '担' | '能')
}

/// The letters with which labels begin, but for those that name a party.
pub fn may_begin(c: char) -> bool {
    !second(c).is_empty()
}

/// Whether the first two letters are those of a label that names no party: of words that begin as labels do, hardly any.
pub fn begins_label(text: &str) -> bool {
    let mut letters = text.chars();
    let Some(seconds) = letters.next().map(second).filter(|seconds| !seconds.is_empty()) else { return false };
    letters.find(|c| !is_blank(*c)).is_some_and(|c| seconds.contains(&c))
}

/// With which letters labels go on that begin with one.
fn second(first: char) -> &'static [char] {
    match first {
        '取' => &['組', 'り'],
        '連' => &['携'],
        '協' => &['力'],
        '共' => &['通', '同'],
        '内' | '內' => &['容'],
        '事' => &['業', '務', '項'],
        '具' => &['体'],
        '概' => &['要'],
        '役' => &['割'],
        '互' => &['い'],
        '機' => &['能'],
        '相' => &['互'],
        '双' => &['方'],
        'そ' => &['れ'],
        '各' => &['市'],
        '甲' => &['乙'],
        '項' => &['目'],
        '名' => &['称'],
        '施' => &['策'],
        '分' => &['野', '担'],
        '区' => &['分'],
        '政' => &['策'],
        '視' => &['点'],
        '費' => &['用'],
        '経' => &['費'],
        '備' => &['考'],
        '担' => &['当', 'う'],
        '実' => &['施'],
        '期' => &['間'],
        '目' => &['的', '標'],
        '成' => &['果'],
        '現' => &['状'],
        '効' => &['果'],
        _ => &[],
    }
}
