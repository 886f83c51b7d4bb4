//! What is counted of all hits of a question, whichever page of them is looked at.

use std::sync::{Arc, Mutex, PoisonError};

use rawi_archive::State;
use rawi_archive::query::Query;
use rawi_archive::search::{Facet, FacetField, Scope};
use rawi_time::Date;

use crate::desk::Desk;
use crate::problem::Problem;

/// Of how many questions the numbers are remembered, some ten thousand bytes each.
const KEPT: usize = 256;

/// How many values of a field are told.
pub const VALUES: usize = 8;

/// More outlets are not counted.
const OUTLETS: usize = 1000;

/// What is counted of all hits of a question.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many hits there are.
    pub count: u64,
    /// In how many articles.
    pub articles: u64,
    /// How many hits each day has, in order.
    pub days: Vec<(Option<Date>, u64)>,
    /// The most frequent values of each field.
    pub facets: Vec<Facet>,
}

/// The numbers of the last questions, each with the state of the archive that they are of.
#[derive(Default, Debug)]
pub struct Summaries(Mutex<Vec<(Key, Arc<Summary>)>>);

type Key = (State, String, Scope);

impl Summaries {
    fn known(&self, key: &Key) -> Option<Arc<Summary>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(k, _)| k == key)?;
        // Whichever is asked for least goes first.
        let found = kept.remove(place);
        let summary = Arc::clone(&found.1);
        kept.push(found);
        Some(summary)
    }

    fn keep(&self, key: Key, summary: &Arc<Summary>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Of an earlier state nobody asks any more.
        kept.retain(|(k, _)| k.0 == key.0);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((key, Arc::clone(summary)));
    }
}

/// The fields that a page tells. Of the month the days tell.
const FIELDS: [FacetField; 8] = [
    FacetField::Speaker,
    FacetField::Act,
    FacetField::To,
    FacetField::Outlet,
    FacetField::Channel,
    FacetField::Via,
    FacetField::Form,
    FacetField::Event,
];

impl Summary {
    /// Counts, or remembers.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read, or the question names somebody that it doesn't have.
    pub fn of(desk: &mut Desk<'_>, query: &Query, scope: Scope) -> Result<Arc<Self>, Problem> {
        let key = (desk.archive.state()?, query.to_string(), scope);
        if let Some(summary) = desk.board.summaries.known(&key) {
            return Ok(summary);
        }
        let searcher = &mut desk.searcher;
        let fields = FIELDS.map(|field| match field {
            FacetField::Outlet => (field, OUTLETS),
            _ => (field, VALUES),
        });
        let breakdown = searcher.breakdown(query, scope, &fields)?;
        let summary = Arc::new(Self {
            count: breakdown.count,
            articles: breakdown.articles,
            days: searcher.days(query, scope)?,
            facets: breakdown.facets,
        });
        desk.board.summaries.keep(key, &summary);
        Ok(summary)
    }

    /// The values of a field.
    pub fn facet(&self, field: FacetField) -> Option<&Facet> {
        self.facets.iter().find(|f| f.field == field)
    }

    /// How many outlets have hits.
    pub fn outlets(&self) -> u64 {
        let values = self.facet(FacetField::Outlet).map(|f| &f.values[..]);
        let named = values.unwrap_or_default().iter();
        named.filter(|v| v.value != "none").count() as u64
    }
}
