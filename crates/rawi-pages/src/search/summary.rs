//! What is counted of all hits of a question, whichever page of them is looked at.

use std::rc::Rc;

use rawi_archive::query::Query;
use rawi_archive::search::{Facet, FacetField, Scope};
use rawi_time::Date;

use crate::desk::Desk;
use crate::problem::Problem;

/// How many questions a desk remembers the numbers of.
const KEPT: usize = 24;

/// How many values of a field are told.
pub const VALUES: usize = 8;

/// More outlets are not counted.
const OUTLETS: usize = 1000;

/// What is counted of all hits of a question.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many hits there are.
    pub count: u64,
    /// In how many articles, if they aren't too many to tell.
    pub articles: Option<u64>,
    /// How many hits each day has, in order.
    pub days: Vec<(Option<Date>, u64)>,
    /// The most frequent values of each field.
    pub facets: Vec<Facet>,
}

/// The numbers of the last questions, each with the state of the archive that they are of.
#[derive(Default, Debug)]
pub struct Summaries {
    kept: Vec<(Key, Rc<Summary>)>,
}

type Key = (i64, String, Scope);

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
    pub fn of(desk: &mut Desk<'_>, query: &Query, scope: Scope) -> Result<Rc<Self>, Problem> {
        let key = (desk.archive.changes()?, query.to_string(), scope);
        let kept = &mut desk.summaries.kept;
        if let Some(place) = kept.iter().position(|(k, _)| *k == key) {
            let found = kept.remove(place);
            let summary = Rc::clone(&found.1);
            kept.push(found);
            return Ok(summary);
        }
        let searcher = &mut desk.searcher;
        let fields = FIELDS.map(|field| match field {
            FacetField::Outlet => (field, OUTLETS),
            _ => (field, VALUES),
        });
        let breakdown = searcher.breakdown(query, scope, &fields)?;
        let summary = Rc::new(Self {
            count: breakdown.count,
            articles: breakdown.articles,
            days: searcher.days(query, scope)?,
            facets: breakdown.facets,
        });
        let kept = &mut desk.summaries.kept;
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((key, Rc::clone(&summary)));
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
