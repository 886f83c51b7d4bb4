//! Asking: from a query to what matches it.
//!
//! A query becomes one expression of the full-text index, in which filters are words too
//! (the marks of a row), and a range of ids, which carry the day. What the index cannot
//! tell (an exact spelling, the day of saying, a date inside `OR`) is asked of the index
//! as widely as needed and then checked row by row. Counts, facets, pages and highlights
//! all follow from the same plan, so that they agree.

mod around;
mod breakdown;
mod check;
mod columns;
mod cursor;
mod facet;
mod highlight;
mod hit;
mod names;
mod pattern;
mod plan;
mod run;
mod spread;
mod sql;
mod sums;

use std::rc::Rc;

use serde::Serialize;

use crate::memory::State;
use crate::query::Query;
use crate::terms::Analyzer;
use crate::{Archive, ArchiveError};

pub use crate::entities::Candidate;
pub use around::Copy;
pub use breakdown::Breakdown;
pub(crate) use columns::Columns;
pub(crate) use facet::Groups;
pub use facet::{Facet, FacetField, FacetValue};
pub(crate) use highlight::Words;
pub use hit::{ArticleHit, ArticleRef, EntityRef, Excerpt, Place, StatementHit};
pub(crate) use hit::{Source, place};
pub use names::Resolved;
pub(crate) use names::{among as name_among, outlet as name_of_outlet};
pub(crate) use pattern::Pattern;
pub use plan::Understood;
pub(crate) use run::LARGEST;
pub use run::{Condition, Page};

/// What is searched.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// What was said.
    Statements,
    /// Whole articles, with their titles.
    Articles,
}

/// The order of hits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// By the day of the article, the newest first; those without a day last.
    Newest,
    /// By the day of the article, the oldest first; those without a day last.
    Oldest,
    /// By how much the words of the query say of a hit; the same as newest where there are
    /// none.
    Best,
}

/// A question to an archive.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is looked for.
    pub query: Query,
    /// What is searched.
    pub scope: Scope,
    /// In which order hits come.
    pub sort: Sort,
    /// How many hits a page has at most.
    pub limit: usize,
    /// Whether all hits are counted, which takes longer the more they are.
    pub count: bool,
    /// Where the page begins: what the page before gave as `next`.
    pub cursor: Option<String>,
}

/// Answers questions to one archive.
pub struct Searcher<'a> {
    pub(crate) archive: &'a Archive,
    pub(crate) analyzer: Analyzer,
    /// How the last query was understood.
    planned: Option<(State, Query, plan::Plan)>,
    /// What was counted last by everything.
    summed: Option<Rc<sums::Sums>>,
    /// What was counted last: facets and pages of one query ask for it again and again.
    counted: Option<run::Counted>,
    /// What was asked of events last.
    pub(crate) events: crate::events::Known,
}

impl<'a> Searcher<'a> {
    /// A searcher of an archive.
    ///
    /// # Errors
    /// If the build was given a broken model file.
    pub fn new(archive: &'a Archive) -> Result<Self, ArchiveError> {
        let analyzer = Analyzer::new().map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        Ok(Self {
            archive,
            analyzer,
            planned: None,
            summed: None,
            counted: None,
            events: crate::events::Known::default(),
        })
    }
}
