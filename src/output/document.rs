//! A reading as the public types of [`crate::schema`].

use crate::ast::{self, Text};
use crate::diagnostics::{Diagnostic, Lang};
use crate::model::apart::apart;
use crate::model::{tiles, walk};
use crate::output::place::Lines;
use crate::parse::{Parsed, Reading, date};
use crate::schema::{self, Place};
use crate::span::Span;
use indexmap::IndexMap;

/// What is known about the file that a reading comes from, and what to write.
#[derive(Clone, Default)]
pub struct Origin<'a> {
    /// `source` of the output, without its repairs.
    pub source: schema::Source,
    /// Places in the decoded text, where the output shall carry them.
    pub places: Option<&'a Lines<'a>>,
    /// Language of messages.
    pub lang: Lang,
}

/// The output of every agreement of a text, without places and without what is known of a file.
pub fn agreements(parsed: &Parsed) -> Vec<schema::Agreement> {
    parsed.readings.iter().map(|reading| agreement(reading, parsed.source, &Origin::default())).collect()
}

/// The output of one reading; `text` is the decoded source.
pub fn agreement(reading: &Reading, text: &str, origin: &Origin) -> schema::Agreement {
    let at = Writer { origin };
    let tree = &reading.tree;
    let mut source = origin.source.clone();
    source.repairs = at.repairs(reading);
    schema::Agreement {
        schema: schema::SCHEMA.to_string(),
        kind: reading.model.kind,
        source,
        title: tree.title.text.as_str().into(),
        parties: at.parties(reading),
        preamble: words(&tree.preamble),
        articles: tree.articles.iter().map(|a| at.article(a)).collect(),
        closing: words(&tree.closing),
        date: date(reading),
        tables: tree.tables.iter().map(|t| at.table(t)).collect(),
        supplementary: tree
            .supplementary
            .iter()
            .map(|s| schema::Supplementary {
                label: s.label.text.as_str().into(),
                paragraphs: s.paragraphs.iter().map(|p| at.paragraph(p)).collect(),
            })
            .collect(),
        references: reading.model.references.iter().map(|r| at.reference(r)).collect(),
        unparsed: at.unparsed(reading),
        coverage: coverage(reading, text),
        diagnostics: reading.complaints.iter().map(|d| at.diagnostic(d)).collect(),
    }
}

/// How much of its text a reading accounts for; `text` is the decoded source.
pub fn coverage(reading: &Reading, text: &str) -> schema::Coverage {
    let fields = walk::fields(&reading.tree);
    schema::Coverage {
        bytes: reading.span.len() as u64,
        accounted: tiles::accounted(text, reading.span, &reading.tree),
        initiatives: walk::initiatives(&fields).count() as u32,
        complete: walk::initiatives(&fields).filter(|(_, i)| is_complete(i, reading)).count() as u32,
    }
}

/// Whether an initiative has content and the role of every party, and no doubt about them.
fn is_complete(initiative: &ast::Initiative, reading: &Reading) -> bool {
    let has_role = |symbol: &String| initiative.roles.iter().any(|r| r.parties.contains(symbol) && !r.text.is_empty());
    !initiative.torn
        && initiative.contents.iter().any(|c| !c.text.is_empty())
        && reading.model.parties.iter().all(|p| has_role(&p.symbol))
}

fn words(text: &Text) -> Option<String> {
    (!text.is_empty()).then(|| text.text.as_str().into())
}

fn date(reading: &Reading) -> Option<schema::Date> {
    let (text, title) = (reading.tree.date.text.as_str(), reading.tree.title.text.as_str());
    let in_title = || date::dates(title).first().map_or("", |(_, range)| &title[range.clone()]);
    let text = if text.is_empty() { in_title() } else { text };
    let iso = reading.model.date.and_then(|d| d.iso());
    (!text.is_empty()).then(|| schema::Date { text: text.into(), iso })
}

struct Writer<'a, 'o> {
    origin: &'a Origin<'o>,
}

impl Writer<'_, '_> {
    fn place(&self, span: Option<Span>) -> Option<Place> {
        Some(self.origin.places?.place(span?).into())
    }

    fn repairs(&self, reading: &Reading) -> Vec<schema::Repair> {
        let mut kinds: IndexMap<&str, schema::Repair> = IndexMap::new();
        for made in &reading.repairs.made {
            let repair = kinds.entry(made.kind).or_insert_with(|| schema::Repair {
                kind: made.kind.to_string(),
                count: 0,
                spans: Vec::new(),
            });
            repair.count += made.count;
            repair.spans.extend(self.place(Some(made.span)));
        }
        kinds.into_values().collect()
    }

    fn parties(&self, reading: &Reading) -> Vec<schema::Party> {
        let mut out: Vec<schema::Party> = Vec::new();
        for party in &reading.model.parties {
            if out.iter().any(|p| p.symbol == party.symbol) {
                continue;
            }
            let signature = party.signature.and_then(|at| reading.tree.signatures.get(at));
            let part =
                |pick: fn(&ast::Signature) -> &Option<Text>| signature.and_then(|s| pick(s).as_ref()).and_then(words);
            let (office, name) = (part(|s| &s.office), part(|s| &s.name));
            out.push(schema::Party {
                symbol: party.symbol.clone(),
                name: party.names.join("・"),
                names: party.names.clone(),
                address: part(|s| &s.address),
                representative: (office.is_some() || name.is_some()).then_some(schema::Representative { office, name }),
                span: self.place(party.span),
            });
        }
        out
    }

    /// What no production took, and what was read but has no key of its own.
    fn unparsed(&self, reading: &Reading) -> Vec<schema::Unparsed> {
        let unread = reading.tree.unparsed.iter().map(|text| (text.text.as_str().into(), text.span()));
        let apart = apart(&reading.tree, &walk::fields(&reading.tree), &reading.model)
            .into_iter()
            .map(|apart| (apart.text, apart.span));
        unread.chain(apart).map(|(text, span)| schema::Unparsed { text, span: self.place(span) }).collect()
    }

    fn article(&self, article: &ast::Article) -> schema::Article {
        schema::Article {
            number: article.number.as_str().into(),
            label: article.label.text.as_str().into(),
            caption: article.caption.as_ref().map(|c| c.text.as_str().into()),
            division: article.division.clone(),
            paragraphs: article.paragraphs.iter().map(|p| self.paragraph(p)).collect(),
            span: self.place(article.label.span()),
        }
    }

    fn paragraph(&self, paragraph: &ast::Paragraph) -> schema::Paragraph {
        let mut text = String::from(paragraph.text.text.as_str());
        if let Some(tail) = &paragraph.tail {
            text.push('\n');
            text.push_str(&tail.text);
        }
        let span = paragraph.label.as_ref().and_then(Text::span).or_else(|| paragraph.text.span());
        schema::Paragraph {
            number: paragraph.number,
            text,
            items: paragraph.items.iter().map(|i| self.item(i)).collect(),
            fields: paragraph.fields.iter().map(|f| self.field(f)).collect(),
            span: self.place(span),
        }
    }

    fn item(&self, item: &ast::Item) -> schema::Item {
        let mut text = String::from(item.text.text.as_str());
        if let Some(tail) = &item.tail {
            text.push('\n');
            text.push_str(&tail.text);
        }
        schema::Item {
            number: item.number.as_str().into(),
            label: item.label.text.as_str().into(),
            text,
            items: item.items.iter().map(|i| self.item(i)).collect(),
            fields: item.fields.iter().map(|f| self.field(f)).collect(),
            span: self.place(item.label.span()),
        }
    }

    fn table(&self, table: &ast::AppendedTable) -> schema::AppendedTable {
        schema::AppendedTable {
            number: table.number.as_str().into(),
            label: table.label.text.as_str().into(),
            reference: table.reference.as_ref().map(|r| r.text.as_str().into()),
            title: table.title.text.as_str().into(),
            fields: table.fields.iter().map(|f| self.field(f)).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(|c| c.text.as_str().into()).collect()).collect(),
            remarks: table.remarks.iter().map(|r| r.text.as_str().into()).collect(),
            span: self.place(table.label.span()),
        }
    }

    fn field(&self, field: &ast::Field) -> schema::Field {
        schema::Field {
            number: field.number.as_str().into(),
            title: field.title.text.as_str().into(),
            initiatives: field.initiatives.iter().map(|i| self.initiative(i)).collect(),
            span: self.place(field.label.span().or_else(|| field.title.span())),
        }
    }

    fn initiative(&self, initiative: &ast::Initiative) -> schema::Initiative {
        let mut roles: IndexMap<String, String> = IndexMap::new();
        for role in &initiative.roles {
            for party in role.parties.iter() {
                append(roles.entry(party.clone()).or_default(), &role.text.text);
            }
        }
        let mut content = String::new();
        for cell in &initiative.contents {
            append(&mut content, &cell.text.text);
        }
        let span = initiative.name.span().or_else(|| initiative.contents.first().and_then(|c| c.text.span()));
        schema::Initiative {
            name: initiative.name.text.as_str().into(),
            content: (!content.is_empty()).then_some(content),
            roles,
            span: self.place(span),
        }
    }

    fn reference(&self, reference: &crate::model::Reference) -> schema::Reference {
        schema::Reference {
            from: reference.from.as_str().into(),
            text: reference.text.as_str().into(),
            to: reference.to.iter().map(|to| to.as_str().into()).collect(),
            missing: reference.missing.iter().map(|to| to.as_str().into()).collect(),
            external: reference.external,
            span: self.place(reference.span),
        }
    }

    fn diagnostic(&self, diagnostic: &Diagnostic) -> schema::Diagnostic {
        schema::Diagnostic {
            rule: diagnostic.rule.to_string(),
            severity: diagnostic.severity,
            message: diagnostic.words.get(self.origin.lang).to_string(),
            path: diagnostic.path.as_str().into(),
            span: self.place(diagnostic.span),
        }
    }
}

/// Text that is written twice under one label stands on lines of its own.
fn append(out: &mut String, text: &str) {
    if !out.is_empty() && !text.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
}
