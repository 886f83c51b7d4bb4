//! Hits counted by several fields at once.

use serde::Serialize;

use super::{Facet, FacetField, Scope, Searcher};
use crate::ArchiveError;
use crate::query::Query;

/// The hits of a query by several fields.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Breakdown {
    /// How many hits there are.
    pub count: u64,
    /// In how many articles they stand.
    pub articles: u64,
    /// The fields, in the order in which they were asked for.
    pub facets: Vec<Facet>,
}

impl Searcher<'_> {
    /// What [`facet`](Self::facet) says for each of some fields, each with how many values
    /// are told of it.
    ///
    /// # Errors
    /// If the archive cannot be read, or the query asks for an entity that it doesn't have.
    pub fn breakdown(
        &mut self,
        query: &Query,
        scope: Scope,
        fields: &[(FacetField, usize)],
    ) -> Result<Breakdown, ArchiveError> {
        let plan = self.plan(query)?;
        let sums = self.sums(&plan, scope)?;
        let facets = fields
            .iter()
            .map(|(field, most)| self.told(*field, sums.values(*field), *most));
        Ok(Breakdown {
            count: sums.count,
            articles: sums.articles,
            facets: facets.collect::<Result<_, _>>()?,
        })
    }
}
