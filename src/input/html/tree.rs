//! HTML to a tree as browsers build it, with a bound on how deep elements nest.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::{Html, HtmlTreeSink};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// Open elements beyond this many are only looked through.
const DEEPEST: usize = 256;

/// Elements that only change how letters look. Left open they would be opened again in every paragraph, so their tags are
/// not handed on.
const LOOKS: [&str; 12] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "small", "strong", "tt", "u"];

/// Elements without content, with content that is not markup, or closed by the next of their kind: they cannot nest.
const FLAT: [&str; 40] = [
    "area",
    "base",
    "body",
    "br",
    "col",
    "colgroup",
    "dd",
    "dt",
    "embed",
    "frame",
    "head",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "keygen",
    "li",
    "link",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "optgroup",
    "option",
    "p",
    "param",
    "plaintext",
    "script",
    "source",
    "style",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
];

/// The tree, and how many elements were too deep for it.
pub(super) fn parse(html: &str) -> (Html, usize) {
    let tree = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), Default::default());
    let sink =
        Bounded { tree, open: RefCell::default(), depth: Cell::new(0), cut: Cell::new(0), templates: Cell::new(0) };
    let tokenizer = Tokenizer::new(sink, Default::default());
    let input = BufferQueue::default();
    let endless = feed(html, &input);
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    (tokenizer.sink.tree.sink.finish(), tokenizer.sink.cut.get() + endless)
}

/// No tag has more attributes; the tokenizer compares each with all before it.
const ATTRIBUTES: usize = 1000;

/// Hands the page to the tokenizer and ends tags with too many attributes; how many there were.
fn feed(html: &str, input: &BufferQueue) -> usize {
    let bytes = html.as_bytes();
    let push = |part: Option<&str>| input.push_back(StrTendril::from_slice(part.unwrap_or_default()));
    let (mut from, mut at, mut cut) = (0, 0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += found + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        match tag_end(bytes, at) {
            Ok(end) => at = end,
            Err(end) => {
                push(html.get(from..end));
                push(Some(">"));
                (from, at) = (end, end);
                cut += 1;
            }
        }
    }
    push(html.get(from..));
    cut
}

/// Where the tag that is open at `at` ends, or where it has too many attributes.
fn tag_end(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    let mut attributes = 0;
    // In a value without quotes `/` means nothing.
    let (mut after_equals, mut in_value, mut in_blank) = (false, false, false);
    while let Some(&byte) = bytes.get(at) {
        let blank = byte.is_ascii_whitespace();
        match byte {
            b'>' => break,
            b'"' | b'\'' if after_equals => {
                let Some(length) = bytes.get(at + 1..).and_then(|rest| memchr::memchr(byte, rest)) else {
                    return Ok(bytes.len());
                };
                at += length + 1;
                attributes += 1;
            }
            b'/' if !in_value => attributes += 1,
            _ if blank && !in_blank => attributes += 1,
            _ => {}
        }
        if attributes > ATTRIBUTES {
            return Err(at + 1);
        }
        in_value = !blank && (in_value || (after_equals && !matches!(byte, b'"' | b'\'')));
        after_equals = byte == b'=' || (after_equals && blank);
        in_blank = blank;
        at += 1;
    }
    Ok(at)
}

type Node = <HtmlTreeSink as TreeSink>::Handle;

/// Stands between the tokenizer and the tree.
struct Bounded {
    tree: TreeBuilder<Node, HtmlTreeSink>,
    /// How many of each element are open.
    open: RefCell<HashMap<LocalName, usize>>,
    depth: Cell<usize>,
    cut: Cell<usize>,
    templates: Cell<usize>,
}

impl Bounded {
    /// Templates are not shown, and the tree does not support them: nothing of them goes on.
    fn in_template(&self, token: &Token) -> bool {
        let before = self.templates.get();
        match token {
            Token::TagToken(tag) if tag.name == local_name!("template") => {
                let start = tag.kind == TagKind::StartTag;
                self.templates.set(if start { before + 1 } else { before.saturating_sub(1) });
                true
            }
            Token::EOFToken => false,
            _ => before > 0,
        }
    }

    /// Whether the tag may go on to the tree.
    fn fits(&self, tag: &Tag) -> bool {
        let mut open = self.open.borrow_mut();
        let count = |name: LocalName| open.get(&name).copied().unwrap_or(0);
        // Inside of drawings and formulas every element nests, and `/>` closes.
        let foreign = count(local_name!("svg")) + count(local_name!("math")) > 0;
        if (!foreign && FLAT.contains(&&*tag.name)) || (foreign && tag.self_closing) {
            return true;
        }
        let count = open.entry(tag.name.clone()).or_default();
        match tag.kind {
            TagKind::StartTag if self.depth.get() >= DEEPEST => {
                self.cut.set(self.cut.get() + 1);
                return false;
            }
            TagKind::StartTag => {
                *count += 1;
                self.depth.set(self.depth.get() + 1);
            }
            TagKind::EndTag if *count > 0 => {
                *count -= 1;
                self.depth.set(self.depth.get() - 1);
            }
            TagKind::EndTag => {}
        }
        true
    }
}

impl TokenSink for Bounded {
    type Handle = Node;

    fn process_token(&self, mut token: Token, line: u64) -> TokenSinkResult<Node> {
        if self.in_template(&token) {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &mut token {
            if LOOKS.contains(&&*tag.name) {
                return TokenSinkResult::Continue;
            }
            // Struck text is deleted text.
            if matches!(&*tag.name, "s" | "strike") {
                tag.name = local_name!("del");
            }
            if !self.fits(tag) {
                return TokenSinkResult::Continue;
            }
        }
        self.tree.process_token(token, line)
    }

    fn end(&self) {
        self.tree.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
