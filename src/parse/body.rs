//! 条, 項 and 号: a fold over lines. A head is taken where its number is expected or the words before it are finished.

mod glued;
mod inside;
mod items;
mod paragraphs;
mod pointers;
mod runs;
mod words;

use items::line_label;
pub use items::{begins_word, cell_label};
pub use paragraphs::is_number_of_things;

use super::captions::Bare;
use super::opening::{heads, is_caption, unbracket};
use super::outline::Outline;
use super::rows::Rows;
use super::{Context, back, captions, date, head, zones};
use crate::ast::{Article, Division, Paragraph, Text, TriviaKind};
use crate::lines::{Line, is_blank};
use glued::Glued;

struct Body {
    articles: Vec<Article>,
    division: Vec<Division>,
    headings: Vec<Division>,
    caption: Option<Text>,
    outline: Outline,
    /// The last line that went into the text, for the question whether it is finished.
    last: Option<usize>,
    /// The last letter that went into the text.
    tail: char,
    /// A row of a table that is no 取組 was met in this 項, and told.
    has_row: bool,
    /// The rows of a table inside this 項, and whether they go on.
    rows: Rows,
    in_rows: bool,
    /// Heads of the article that is open which lost the blank behind them.
    glued: Glued,
    /// Markers stood before all their words in this article, and that was told.
    has_runs: bool,
    /// Where the captions of all articles stand without brackets.
    bare: Option<Bare>,
}

/// Reads the articles from line `start` on; gives the first line behind them.
pub fn read(lines: &[Line], start: usize, cx: &mut Context) -> usize {
    let mut body = Body {
        articles: Vec::new(),
        division: Vec::new(),
        headings: Vec::new(),
        caption: None,
        outline: Outline::default(),
        last: None,
        tail: '。',
        has_row: false,
        rows: Rows::default(),
        in_rows: false,
        glued: Glued::default(),
        has_runs: false,
        bare: Bare::of(lines, start, cx),
    };
    let mut at = start;
    while at < lines.len() {
        if !ends(lines, at, &body, cx) {
            at += body.line(lines, at, cx);
            continue;
        }
        let pointers = body.pointers(lines, at, cx);
        if pointers == 0 {
            break;
        }
        at += pointers;
    }
    body.close_paragraph(cx);
    if let Some(caption) = body.caption.take() {
        cx.tree.unparsed.push(caption);
    }
    for heading in body.headings {
        cx.tree.unparsed.push(heading.heading);
    }
    cx.tree.articles = body.articles;
    at
}

/// 後文, the date, a signature, a 別表 or 附則 ends the articles.
fn ends(lines: &[Line], at: usize, body: &Body, cx: &Context) -> bool {
    let line = &lines[at];
    if zones::is_table(line) {
        return body.finished(lines, cx) || line.gap || line.page;
    }
    if zones::is_supplementary(&line.text) {
        return true;
    }
    if body.articles.is_empty() {
        return false;
    }
    back::is_closing(lines, at)
        || (line.text.ends_with('日')
            && date::date(&line.text).is_some_and(|(_, len)| len == line.text.len())
            && body.finished(lines, cx))
        || line.gap && back::begins(lines, at, cx) && !body.is_in_cell() && body.finished(lines, cx)
        || ((line.gap || cx.wrap == 0) && back::is_chrome(&line.text) && body.finished(lines, cx))
}

impl Body {
    /// Reads what begins at a line; gives how many lines it took.
    fn line(&mut self, lines: &[Line], at: usize, cx: &mut Context) -> usize {
        let line = &lines[at];
        let text = line.text.as_ref();
        if let Some(level) = head::division(text).filter(|_| self.finished(lines, cx)) {
            self.heading(line, level, cx);
            return 1;
        }
        let before = &lines[at.saturating_sub(1)];
        if let Some(count) = is_caption(lines, at).filter(|count| {
            self.finished(lines, cx) || line.gap || !zones::is_full(before, cx) || self.is_next(&lines[at + count])
        }) {
            let mut caption = Text::default();
            for part in &lines[at..at + count] {
                caption.push(part, &part.text, &mut cx.repairs);
            }
            unbracket(&mut caption, cx.source);
            self.close_paragraph(cx);
            self.caption = Some(caption);
            return count;
        }
        if self.bare == Some(Bare::Over) && captions::is_over(lines, at, cx) {
            self.close_paragraph(cx);
            let words = text.trim_start_matches(captions::BULLETS).trim_start_matches(is_blank);
            if words.len() < text.len() {
                cx.trivia(line.span(&text[..text.len() - words.len()]), TriviaKind::Mark);
            }
            self.caption = Some(cx.text(line, words));
            return 1;
        }
        if text.starts_with(['第', '（', '(']) {
            let (caption, article) = heads(text);
            if let Some(article) = article.filter(|h| self.takes(h, caption.is_some(), lines, at, cx)) {
                self.article(lines, at, caption, article, cx);
                self.glued = Glued::begin(at);
                self.has_runs = false;
                self.said(lines, at);
                return 1;
            }
        }
        if (line.tab || text.starts_with(['|', '+', '-', '─'])) && self.row(lines, at, cx) {
            self.said(lines, at);
            // a row ends with its line, but for the words of its last cell
            self.tail = if self.rows.is_open() { self.tail } else { '。' };
            return 1;
        }
        let item = head::item_of(line);
        let count = if line.solid && !inside::begins_columns(lines, at, cx) {
            0
        } else {
            self.block(lines, at, item.is_some(), cx)
        };
        if count > 0 {
            return count;
        }
        let count = if item.as_ref().is_some_and(|head| head.rest.is_empty()) { self.run(lines, at, cx) } else { 0 };
        if count > 0 {
            self.said(lines, at + count - 1);
            return count;
        }
        let took = item.is_some_and(|head| self.item(lines, at, head, cx))
            || self.label(lines, at, cx)
            || self.heading_of_rows(lines, at, cx);
        if !took {
            self.words(lines, at, cx);
        }
        self.said(lines, at);
        1
    }

    fn said(&mut self, lines: &[Line], at: usize) {
        self.last = Some(at);
        let text = &lines[at].text;
        // `学び`, `遊び`: the sentence goes on behind 及び alone
        let is_noun = text.ends_with('び') && !text.ends_with("及び");
        self.tail = if is_noun { '々' } else { text.chars().next_back().unwrap_or('。') };
    }

    /// Whether the words so far may end here.
    fn finished(&self, lines: &[Line], cx: &Context) -> bool {
        let Some(last) = self.last else { return true };
        match self.tail {
            '。' | '」' | '．' => true,
            _ if self.dangles() => false,
            _ => !zones::is_full(&lines[last], cx),
        }
    }

    /// A comma, an open bracket, a conjunction, 第 before its number: the sentence goes on.
    fn dangles(&self) -> bool {
        matches!(self.tail, '、' | '，' | '・' | '（' | '(' | '「' | 'び' | 'は' | 'を' | 'に' | 'の' | '第')
    }

    /// Whether the words so far may go on at a line: an empty line in a text without wraps says that they do not.
    fn goes_on(&self, line: &Line, cx: &Context) -> bool {
        self.dangles() && !(line.gap && cx.wrap == 0)
    }

    /// Whether an article begins here: a reference that a wrap put at the start of a line is none.
    fn takes(&self, head: &head::ArticleHead, caption: bool, lines: &[Line], at: usize, cx: &Context) -> bool {
        if caption || self.caption.is_some() {
            return true;
        }
        let expected = self.articles.last().map_or(head.number == "1", |last| follows(&last.number, &head.number));
        let goes_on = head.rest.starts_with([
            'の', 'に', 'か', 'を', '、', '。', '及', '又', '第', '中', 'と', '）', 'が', 'で', 'は', '・', '(', '（',
        ]) && head.glued;
        if goes_on && !head.rest.starts_with(['（', '(']) {
            return false;
        }
        match (head.glued, self.finished(lines, cx) || lines[at].gap && !self.dangles()) {
            (_, false) => false,
            (false, true) => {
                expected
                    || self.tail == '。'
                    || self.tail == '」'
                    || cx.wrap == 0
                    || lines[at].gap
                    || head.rest.is_empty()
            }
            (true, true) => expected || cx.spaced,
        }
    }

    /// Whether the next article begins at a line, and the words before it may end.
    fn is_next(&self, line: &Line) -> bool {
        let number = self.articles.last().map_or("", |last| &last.number);
        !self.dangles() && head::article(&line.text).is_some_and(|head| !head.glued && follows(number, &head.number))
    }

    fn heading(&mut self, line: &Line, level: u8, cx: &mut Context) {
        self.close_paragraph(cx);
        let mut heading = Division { heading: cx.text(line, &line.text), level };
        // the blank between 第1章 and its title is the author's own
        if let Some(at) = line.text.find(['編', '章', '節', '款'])
            && let Some(end) = heading.heading.text.find(['編', '章', '節', '款'])
        {
            let blank = line.text[at + "章".len()..].chars().next().filter(|c| *c == ' ');
            heading.heading.text.insert_str(end + "章".len(), blank.map_or("", |_| " "));
        }
        self.division.retain(|d| d.level < level);
        self.division.push(heading.clone());
        self.headings.push(heading);
        self.last = None;
    }

    fn article(&mut self, lines: &[Line], at: usize, caption: Option<&str>, head: head::ArticleHead, cx: &mut Context) {
        let line = &lines[at];
        self.close_paragraph(cx);
        let mut article = Article {
            number: head.number,
            label: cx.text(line, head.label),
            caption: self.caption.take(),
            division: self.division.iter().map(|d| d.heading.text.to_string()).collect(),
            headings: std::mem::take(&mut self.headings),
            paragraphs: Vec::with_capacity(2),
        };
        if let Some(caption) = caption {
            let mut text = cx.text(line, caption);
            unbracket(&mut text, cx.source);
            article.caption = Some(text);
        }
        let mut rest = head.rest;
        // `第1条（目的）この協定は`: a caption behind the number
        if article.caption.is_none()
            && rest.starts_with(['（', '('])
            && let Some(end) = head::closing_bracket(rest)
            && let Some(inner) = head::bracketed(&rest[..end])
            && inner.chars().count() <= 40
            && head::item(rest).is_none()
        {
            let mut text = cx.text(line, &rest[..end]);
            unbracket(&mut text, cx.source);
            article.caption = Some(text);
            rest = rest[end..].trim_start_matches(is_blank);
        }
        if self.bare == Some(Bare::Behind) && article.caption.is_none() {
            article.caption = Some(cx.text(line, rest));
            rest = &rest[rest.len()..];
        }
        // `第1条：この協定は`
        if let Some(words) = rest.strip_prefix(['：', ':']) {
            cx.trivia(line.span(&rest[..rest.len() - words.len()]), TriviaKind::Mark);
            rest = words.trim_start_matches(is_blank);
        }
        let first = paragraphs::first(lines, at, rest);
        let label = first.as_ref().map(|first| cx.text(line, first.label));
        let text = cx.text(line, first.map_or(rest, |first| first.rest));
        article.paragraphs.push(Paragraph { number: 1, label, text, ..Paragraph::default() });
        self.articles.push(article);
    }
}

/// Whether article `next` may follow `last` without a gap: 3 → 4, 3 → 3の2, 3の2 → 4.
fn follows(last: &str, next: &str) -> bool {
    let main = |n: &str| n.split('の').next().and_then(|m| m.parse::<u32>().ok()).unwrap_or(0);
    main(next) == main(last) + 1 || (main(next) == main(last) && next.len() > last.len())
}
