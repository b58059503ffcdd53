//! A column of 分野 before that of the names, written block by block: `医療⏎⏎夜間診療⏎⏎文⏎⏎健診の案内⏎⏎文⏎⏎福祉⏎⏎…`.
//!
//! The cell of a 分野 is merged over its rows. Nothing but the words and their widths tells a 分野 from a name: the column
//! of 分野 is narrower, so its words break earlier; each row has a name, so there are as many names as rows, and what is
//! more are 分野, the shortest first. A 分野 at the top of its rows stands before the name of the first; one in the
//! middle stands somewhere among them, and how many lines the rows have tells about where. All of it is inferred.

use super::fragments::{Fragment, Kind, Pieces};
use super::sections::{Size, sections};
use super::words::Words;
use super::{Row, names};
use crate::parse::label::{self, Label};
use crate::parse::outline::Node;
use crate::parse::part::Part;
use crate::parse::{Context, columns, head, torn};

/// More lines of 分野 and names are not told apart.
const MOST: usize = 300;
/// A row without a name, or a name without a row.
const UNEVEN: u32 = 3;
/// A block of one letter: words that were cut off.
const LETTER: u32 = 6;
/// How much of the column of names a 分野 fills, and what a name leaves of it, in so many parts.
const SHARES: usize = 8;
/// A line that cannot stand where it does.
const NEVER: u32 = 1000;

/// Words of a 分野 or a name: their lines.
#[derive(Clone, Debug)]
pub struct Block {
    /// Which fragments.
    pub parts: Vec<usize>,
    /// Whether it is a 分野.
    pub field: bool,
}

impl Block {
    /// Whether nothing stands between this and the next one, or they stand side by side.
    pub fn meets(&self, next: &Block) -> bool {
        self.parts.first().zip(next.parts.first()).is_some_and(|(own, first)| own < first)
            && self.parts.iter().any(|own| next.parts.contains(&(own + 1)))
    }
}

impl Pieces<'_, '_> {
    /// `分野⏎取組`: the labels of the 分野 before those of the names, where every header row has both.
    pub fn field_labels(&mut self, cx: &Context) {
        let says = |at: usize, label: Label| {
            let fragment = &self.all[at];
            matches!(fragment.kind, Kind::Names(_))
                && label::label(fragment.part.text, &cx.parties, cx.words) == Some(label)
        };
        let all = 0..self.all.len();
        let fields: Vec<usize> = all.clone().filter(|at| says(*at, Label::Field)).collect();
        let names: Vec<usize> = all.filter(|at| says(*at, Label::Name)).collect();
        // `分野⏎医療⏎⏎取組⏎夜間診療`
        let is_beside = |(field, name): (&usize, &usize)| {
            field < name
                && self.all[field + 1..*name].iter().all(|f| f.kind == Kind::Words && !f.part.text.contains('。'))
        };
        let is_headed = fields.is_empty() && names.len() == 1 && self.is_below_field_label(cx);
        self.fielded = is_headed
            || !fields.is_empty()
                && fields.len() == names.len()
                && self.all.iter().filter(|f| matches!(f.kind, Kind::Names(_))).count() == 2 * names.len()
                && fields.iter().zip(&names).all(is_beside);
        if self.fielded {
            fields.iter().for_each(|at| self.all[*at].kind = Kind::Rest);
            (0..).zip(names).for_each(|(count, at)| self.all[at].kind = Kind::Names(count));
        }
    }
}

impl Pieces<'_, '_> {
    /// `分野⏎⏎別表（第1条関係）⏎取組⏎夜間診療`: an extractor wrote the label before the heading of the table, at the top of
    /// the page
    fn is_below_field_label(&self, cx: &Context) -> bool {
        // so many lines stand at most between the heading of a table and the first label
        const TITLES: usize = 3;
        let Some(first) = self.all.first() else { return false };
        let above = cx.source.get(..first.part.line.start as usize).unwrap_or_default();
        let mut above = above.lines().rev().filter(|line| !line.trim().is_empty()).take(TITLES + 2);
        let Some(page) = above.find(|line| head::table(line.trim()).is_some()).and_then(|_| above.next()) else {
            return false;
        };
        let label = page.strip_prefix('\u{c}').map(str::trim);
        label.is_some_and(|label| label::label(label, &cx.parties, cx.words) == Some(Label::Field))
    }
}

/// Whose words the line before is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Field,
    Name,
}

const STATES: [State; 3] = [State::Start, State::Field, State::Name];

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Field,
    Name,
    /// The rest of the block before.
    Rest,
    /// The rest of the 分野 beside which the name before stands.
    Beside,
}

/// Tells 分野 and names apart, so that there are about as many names as rows.
pub fn blocks(pieces: &Pieces, words: &Words, rows: usize) -> Vec<Block> {
    let is_name = |at: &usize| matches!(pieces.all[*at].kind, Kind::Name | Kind::NameRest);
    let lines: Vec<usize> = (0..pieces.all.len()).filter(is_name).collect();
    if lines.len() > MOST {
        return Vec::new();
    }
    let mut widths: Vec<usize> = lines.iter().map(|at| pieces.all[*at].size.width).collect();
    widths.sort_unstable();
    // one line that is wider than all others may be no name
    let pair = widths.windows(2).rev().find(|pair| pair[1] - pair[0] <= 2).map(|pair| pair[1]);
    let full = pair.or(widths.last().copied()).unwrap_or(0);
    widths.dedup();
    let ways = widths.iter().map(|field| Reader { pieces, words, lines: &lines, widths: (*field, full) }.read(rows));
    ways.min_by_key(|way| way.0).map(|way| way.1).unwrap_or_default()
}

/// One way to read the lines of both columns.
struct Reader<'p, 'l, 's> {
    pieces: &'p Pieces<'l, 's>,
    words: &'p Words,
    lines: &'p [usize],
    /// How wide the columns of 分野 and of names are.
    widths: (usize, usize),
}

impl Reader<'_, '_, '_> {
    fn part(&self, line: usize) -> &Fragment<'_, '_> {
        &self.pieces.all[self.lines[line]]
    }

    /// The cheapest reading for a number of rows, and what it costs.
    fn read(&self, rows: usize) -> (u32, Vec<Block>) {
        let most = self.lines.len();
        // best[state][names]: what it costs to come there, and the steps back
        let empty = || vec![vec![u32::MAX; most + 2]; STATES.len()];
        let mut best = empty();
        best[State::Start as usize][0] = 0;
        let mut back: Vec<Vec<Vec<(Step, State)>>> = Vec::with_capacity(most);
        for line in 0..most {
            let mut next = empty();
            let mut from = vec![vec![(Step::Rest, State::Start); most + 2]; STATES.len()];
            for state in STATES {
                // in a narrow column more words go on
                let ways = [Step::Field, Step::Name, Step::Beside, Step::Rest];
                for (step, to) in ways.into_iter().zip([State::Field, State::Name, State::Name, state]) {
                    let Some(cost) = self.cost(line, state, step) else { continue };
                    for (names, before) in best[state as usize].iter().enumerate().take(line + 1) {
                        let after = names + usize::from(step == Step::Name);
                        let all = before.saturating_add(cost);
                        if all < next[to as usize][after] {
                            next[to as usize][after] = all;
                            from[to as usize][after] = (step, state);
                        }
                    }
                }
            }
            best = next;
            back.push(from);
        }
        let ends =
            [State::Field, State::Name].into_iter().flat_map(|state| (0..=most).map(move |names| (state, names)));
        let all = |(state, names): &(State, usize)| {
            best[*state as usize][*names].saturating_add(UNEVEN * names.abs_diff(rows) as u32)
        };
        let Some(end) = ends.min_by_key(all).filter(|end| all(end) < u32::MAX) else { return (u32::MAX, Vec::new()) };
        (all(&end), self.trace(end, &back))
    }

    fn trace(&self, (mut state, mut names): (State, usize), back: &[Vec<Vec<(Step, State)>>]) -> Vec<Block> {
        let mut steps = Vec::with_capacity(back.len());
        for from in back.iter().rev() {
            let (step, before) = from[state as usize][names];
            steps.push(step);
            names -= usize::from(step == Step::Name);
            state = before;
        }
        let mut out: Vec<Block> = Vec::new();
        for (step, at) in steps.into_iter().rev().zip(self.lines) {
            let count = out.len();
            match step {
                Step::Field | Step::Name => out.push(Block { parts: vec![*at], field: step == Step::Field }),
                Step::Rest => out.last_mut().into_iter().for_each(|block| block.parts.push(*at)),
                Step::Beside => {
                    out.get_mut(count.wrapping_sub(2)).into_iter().for_each(|block| block.parts.push(*at));
                }
            }
        }
        out
    }

    /// What it costs to read a line so; `None` where it cannot be.
    fn cost(&self, line: usize, state: State, step: Step) -> Option<u32> {
        if (line == 0) != (state == State::Start) {
            return None;
        }
        let own = self.part(line);
        let near = line > 0 && !own.gap && self.follows(line);
        let beside = near && own.inner;
        let (wide, (field, name)) = (own.size.width, self.widths);
        let share = |wide: usize| (wide * SHARES / name.max(1)) as u32;
        let letter = if own.part.text.chars().nth(1).is_none() { LETTER } else { 0 };
        match step {
            Step::Field if beside || wide > field => None,
            // most words of a 分野 are shorter than names
            Step::Field => {
                Some(share(wide) + letter + u32::from(state == State::Field) * 2 + self.ends(line, state, near))
            }
            Step::Name if beside => {
                Some(if state == State::Name { NEVER } else { share(name.saturating_sub(wide)) + letter })
            }
            Step::Name => Some(
                share(name.saturating_sub(wide)) + letter + u32::from(line == 0) * 2 + self.ends(line, state, near),
            ),
            Step::Rest if beside => self.goes_on_beside(line, state),
            Step::Rest | Step::Beside if !near || beside => None,
            Step::Rest => self.goes_on(line - 1, line, if state == State::Field { field } else { name }),
            Step::Beside => {
                let is_beside = state == State::Name && self.part(line - 1).inner && line > 1 && self.follows(line - 1);
                if is_beside { self.goes_on(line - 2, line, field) } else { None }
            }
        }
    }

    /// `地域公 路線バ⏎共交通 スの便`: what it costs that a name goes on beside the next line of its 分野
    fn goes_on_beside(&self, line: usize, state: State) -> Option<u32> {
        let is_second = state == State::Name && line > 2 && self.part(line - 2).inner && self.follows(line - 1);
        if is_second { self.goes_on(line - 2, line, self.widths.1) } else { None }
    }

    /// Whether nothing stands between a line and the one before it.
    fn follows(&self, line: usize) -> bool {
        self.lines[line] == self.lines[line - 1] + 1
    }

    /// What it costs that a line goes on with the words of another one, in a column as wide as that.
    fn goes_on(&self, last: usize, line: usize, full: usize) -> Option<u32> {
        let (last, own) = (self.part(last), self.part(line));
        (own.size.width <= full).then(|| 2 * names::between(last, own, full, self.words)[0])
    }

    /// What it costs that a cell ends before a line.
    fn ends(&self, line: usize, state: State, near: bool) -> u32 {
        let full = match state {
            State::Field => self.widths.0,
            State::Name => self.widths.1,
            State::Start => return 0,
        };
        let (last, next) = (self.part(line - 1), self.part(line));
        if near { names::between(last, next, full, self.words)[1] } else { 0 }
    }
}

/// The 分野, each with its rows.
pub fn nodes(pieces: &Pieces, blocks: &[Block], rows: &[Row], cx: &mut Context) -> Vec<Node> {
    let sizes: Vec<Size> = rows.iter().map(|row| Size::of(row, pieces)).collect();
    let fields: Vec<&Block> = blocks.iter().filter(|block| block.field).collect();
    let part = |at: &usize| pieces.all[*at].part;
    if blocks.is_empty() {
        let names = pieces.all.iter().filter(|f| matches!(f.kind, Kind::Name | Kind::NameRest)).map(|f| f.part);
        torn::leave(&names.collect::<Vec<Part>>(), cx);
    }
    if fields.len() > rows.len() || fields.is_empty() {
        let left: Vec<Part> = fields.iter().flat_map(|block| &block.parts).map(part).collect();
        torn::leave(&left, cx);
        let rows = rows.iter().map(|row| super::initiative(pieces, row, cx)).collect();
        return vec![Node { rows, ..Node::default() }];
    }
    let (firsts, is_clear) = sections(blocks, &sizes);
    let ends = firsts.iter().skip(1).copied().chain([rows.len()]);
    let sections = fields.iter().zip(firsts.iter().zip(ends));
    let node = |(block, (first, end)): (&&Block, (&usize, usize))| {
        let parts: Vec<Part> = block.parts.iter().map(part).collect();
        let mut node = columns::field(&parts, cx);
        for row in &rows[*first..end] {
            if !is_clear {
                columns::doubt_field(row.names.last().map(part), cx);
            }
            node.rows.push(super::initiative(pieces, row, cx));
        }
        node
    };
    sections.map(node).collect()
}
