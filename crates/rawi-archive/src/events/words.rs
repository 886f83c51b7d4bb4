//! What the sentence says that tells an event.

use std::collections::HashSet;
use std::ops::Range;

use rawi_text::{CharPos, Layout, SourceText, Span};

use super::table::Table;
use crate::ArchiveError;
use crate::query::{Fault, Node, Query, QueryError};
use crate::search::{Pattern, Scope, Searcher, Words};
use crate::terms::Analyzer;

/// What sentences are searched for.
#[derive(Debug, Default)]
pub(super) struct Looked {
    tree: Option<Tree>,
    /// What all articles with such sentences have.
    articles: Query,
    /// The patterns of words that aren't excluded.
    pub shown: Vec<Pattern>,
}

#[derive(Debug)]
enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    Has(Pattern),
}

impl Looked {
    /// What a query of words looks for.
    pub fn of(query: Option<&Query>, analyzer: &mut Analyzer) -> Result<Self, ArchiveError> {
        let mut looked = Self::default();
        if let Some(root) = query.and_then(|q| q.root.as_ref()) {
            looked.tree = Some(looked.tree(root, true, analyzer)?);
            let parts = match root {
                Node::All(parts) => &parts[..],
                other => std::slice::from_ref(other),
            };
            let parts = parts.iter().filter(|part| is_positive(part)).cloned();
            looked.articles.root = Node::all(parts.collect());
        }
        Ok(looked)
    }

    fn tree(
        &mut self,
        node: &Node,
        shown: bool,
        analyzer: &mut Analyzer,
    ) -> Result<Tree, ArchiveError> {
        let mut all = |parts: &[Node]| -> Result<Vec<Tree>, ArchiveError> {
            let trees = parts.iter().map(|part| self.tree(part, shown, analyzer));
            trees.collect()
        };
        Ok(match node {
            Node::All(parts) => Tree::All(all(parts)?),
            Node::Any(parts) => Tree::Any(all(parts)?),
            Node::Not(inner) => Tree::Not(Box::new(self.tree(inner, !shown, analyzer)?)),
            Node::Words(words) => {
                let pattern = Pattern::of(words, analyzer);
                if pattern.terms.is_empty() {
                    let fault = Fault::NoWord(words.text.clone());
                    return Err(QueryError::new(words.column.0, fault).into());
                }
                if shown {
                    self.shown.push(pattern.clone());
                }
                Tree::Has(pattern)
            }
            Node::Filter(filter) => {
                let fault = Fault::WordsOnly(filter.field);
                return Err(QueryError::new(filter.column.0, fault).into());
            }
        })
    }

    /// Keeps those of some rows whose sentences have it.
    pub fn keep(
        &self,
        searcher: &mut Searcher<'_>,
        table: &Table,
        rows: &mut Vec<u32>,
    ) -> Result<(), ArchiveError> {
        let Some(tree) = &self.tree else {
            return Ok(());
        };
        if self.articles.root.is_some() {
            let mut articles = HashSet::new();
            searcher.each_id(&self.articles, Scope::Articles, |id| {
                articles.insert(id);
                Ok(())
            })?;
            rows.retain(|place| articles.contains(&table.rows[*place as usize].version));
        }
        // Article by article, each taken apart once.
        let version = |place: &u32| table.rows[*place as usize].version;
        let mut by_article = rows.clone();
        by_article.sort_unstable_by_key(version);
        let mut kept = HashSet::new();
        let db = &searcher.archive.db;
        let mut find = db.prepare_cached("SELECT text, title FROM version WHERE id = ?1")?;
        for of_one in by_article.chunk_by(|a, b| version(a) == version(b)) {
            let Some(first) = of_one.first() else {
                continue;
            };
            let (text, title): (String, Option<String>) =
                find.query_row([version(first)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut text = Sentences::of(text)?;
            for place in of_one {
                let row = &table.rows[*place as usize];
                let sentence = match row.headline {
                    true => title.as_deref().unwrap_or_default(),
                    false => text.around(row.starts).1,
                };
                let words = Words::of(vec![sentence], &mut searcher.analyzer);
                if tree.holds(&words) {
                    kept.insert(*place);
                }
            }
        }
        rows.retain(|place| kept.contains(place));
        Ok(())
    }
}

impl Tree {
    fn holds(&self, words: &Words<'_>) -> bool {
        match self {
            Tree::All(parts) => parts.iter().all(|part| part.holds(words)),
            Tree::Any(parts) => parts.iter().any(|part| part.holds(words)),
            Tree::Not(inner) => !inner.holds(words),
            Tree::Has(pattern) => !pattern.places(&words.seen()).is_empty(),
        }
    }
}

/// Whether an article must have something of it.
fn is_positive(node: &Node) -> bool {
    match node {
        Node::All(parts) | Node::Any(parts) => parts.iter().all(is_positive),
        Node::Not(_) | Node::Filter(_) => false,
        Node::Words(_) => true,
    }
}

/// A text and its sentences, which are found once somebody asks.
pub(super) struct Sentences {
    pub source: SourceText,
    layout: Option<Layout>,
}

impl Sentences {
    /// A text.
    pub fn of(text: String) -> Result<Self, ArchiveError> {
        let invalid = |e: rawi_text::TextError| ArchiveError::Invalid(e.to_string());
        Ok(Self {
            source: SourceText::new(text).map_err(invalid)?,
            layout: None,
        })
    }

    fn layout(&mut self) -> &Layout {
        self.layout.get_or_insert_with(|| {
            let mut layout = Layout::new();
            layout.analyze(&self.source);
            layout
        })
    }

    /// The sentence around a code point: its bytes and what it says.
    pub fn around(&mut self, at: u32) -> (Span, &str) {
        self.layout();
        let (source, layout) = (&self.source, self.layout.as_ref());
        let span = layout.and_then(|layout| {
            let cover = |range: &Range<u32>| layout.cover(range.start as usize..range.end as usize);
            let sentences = layout.sentences();
            let behind = |range: &Range<u32>| source.chars_of(cover(range)).end <= CharPos(at);
            sentences.get(sentences.partition_point(behind)).map(cover)
        });
        let span = span.unwrap_or(Span::new(0, 0));
        (span, source.slice(span).unwrap_or_default())
    }

    /// The whole words that some bytes stand in.
    pub fn whole_words(&mut self, of: Span) -> Span {
        let tokens = self.layout().tokens();
        let first = tokens.partition_point(|token| token.span.end <= of.start);
        let behind = tokens.partition_point(|token| token.span.start < of.end);
        match tokens.get(first..behind) {
            Some([first, .., last]) => Span::new(
                first.span.start.0.min(of.start.0),
                last.span.end.0.max(of.end.0),
            ),
            Some([only]) => Span::new(
                only.span.start.0.min(of.start.0),
                only.span.end.0.max(of.end.0),
            ),
            _ => of,
        }
    }
}
