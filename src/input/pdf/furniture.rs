//! Running headers, footers and page numbers: what stands at the same edge of page after page.

use super::flow::starts_paragraph;
use super::geometry::Sheet;
use super::grid::Table;
use super::lines::{Row, line};
use super::notes::Notes;
use super::rows::is_label;
use super::unruled::{LABEL_GAP, chunks};
use std::collections::HashMap;

/// A page before its text is put in order.
pub struct PageRows {
    pub sheet: Sheet,
    pub tables: Vec<Table>,
    pub rows: Vec<Row>,
}

/// Rows at the upper and lower edge of a page that may be furniture.
const EDGE: usize = 2;

/// Removes running headers, footers and page numbers from the rows of all pages.
pub fn remove(pages: &mut [PageRows], notes: &mut Notes) {
    let edges: Vec<Vec<Edge>> = pages.iter().map(edge_rows).collect();
    let mut seen: HashMap<(&str, i64), usize> = HashMap::new();
    for edge in edges.iter().flatten() {
        *seen.entry((&edge.text, edge.place)).or_default() += 1;
    }
    let repeats = |edge: &Edge| {
        let count = |place| seen.get(&(edge.text.as_str(), place)).copied().unwrap_or(0);
        let times = count(edge.place - 1) + count(edge.place) + count(edge.place + 1);
        // Odd and even pages may have headers of their own. A heading or label comes back at the top of pages by chance.
        let often = times >= 3 && times * 2 + 1 >= pages.len() || times == 2 && pages.len() == 2;
        often && !starts_paragraph(&edge.text) && !edge.text.split_whitespace().any(is_label)
    };
    let mut drop = vec![Vec::new(); pages.len()];
    for (drop, page) in drop.iter_mut().zip(&edges) {
        for edge in page {
            if edge.outer && is_page_number(&edge.text) {
                drop.push(edge.row);
            } else if repeats(edge) {
                drop.push(edge.row);
                notes.furniture(&edge.text);
            }
        }
    }
    for (page, drop) in pages.iter_mut().zip(drop) {
        let mut row = 0;
        page.rows.retain(|_| {
            row += 1;
            !drop.contains(&(row - 1))
        });
    }
}

struct Edge {
    row: usize,
    text: String,
    /// Height on the page, in steps of 4 points.
    place: i64,
    /// Nothing stands between it and the edge of the page, and it is near that edge.
    outer: bool,
}

fn edge_rows(page: &PageRows) -> Vec<Edge> {
    let count = page.rows.len();
    let above_tables = |y: f64| page.tables.iter().all(|t| y < t.rect.y0);
    let below_tables = |y: f64| page.tables.iter().all(|t| y > t.rect.y1);
    let height = page.sheet.height;
    // A label that is wrapped goes on beside the row of labels.
    let labels = page.rows.iter().take(EDGE + 1).find(|row| chunks(row, LABEL_GAP).iter().any(|c| is_label(&c.text)));
    let beside = |row: &Row| labels.is_some_and(|l| (l.baseline - row.baseline).abs() < 2. * row.em);
    let edges = page.rows.iter().enumerate().filter(|(_, row)| !beside(row)).filter_map(|(i, row)| {
        let y = row.baseline;
        let upper = i < EDGE && above_tables(y) && y < 0.2 * height;
        let lower = i + EDGE >= count && below_tables(y) && y > 0.8 * height;
        let outer = i == 0 && y < 0.1 * height || i + 1 == count && y > 0.88 * height;
        let text = line(&row.glyphs, &page.sheet)?.text;
        (upper || lower).then_some(Edge {
            row: i,
            text,
            place: (y / 4.).round() as i64,
            outer: outer && (upper || lower),
        })
    });
    edges.collect()
}

/// `- 2 -`, `2/10`, `2 ページ`, `P.2`
fn is_page_number(text: &str) -> bool {
    let bare = text.replace("ページ", "").replace(['頁', 'P', 'p'], "");
    let numbers: Vec<&str> = bare.split(|c: char| !c.is_numeric()).filter(|n| !n.is_empty()).collect();
    let marks = |c: char| c.is_numeric() || c.is_whitespace() || "-‐‑–—―−－ー~〜～/／.()（）[]［］".contains(c);
    (1..=2).contains(&numbers.len()) && numbers.iter().all(|n| n.chars().count() <= 4) && bare.chars().all(marks)
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn page_numbers() {
        for text in ["- 2 -", "2", "２／１０", "3 / 12 ページ", "P.4", "‑ 1 ‑", "－ ５ －"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["別表1", "令和4年", "第3条", "-", "(1) 2 3 4", "12345"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
