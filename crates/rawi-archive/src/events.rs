//! Asking for events: who did what to whom, when, and who says so.
//!
//! An [`EventFilter`] says which events are meant; [`Searcher::events`] lists them page by
//! page, [`Searcher::event_counts`], [`Searcher::event_matrix`] and
//! [`Searcher::event_days`] count them. All go over the same selection, so that they agree.
//! Only current versions of documents are asked, and what a headline says and its text
//! says again is told once, as everywhere.
//!
//! **Sides.** Whoever meets, agrees or clashes is on both sides: an event of these types
//! without a recipient and with several actors is *two-sided*, and each of its actors is
//! a recipient as well.
//!
//! **Days.** An event is of the day that its article names. If it names a longer time, it
//! is of that day of it that is nearest to the article's (`this week`: the article's own;
//! `last year`: the last one); if none, of the article's. [`DayFrom`] says which. Lists are
//! in the order of these days, but what lies ahead of its article stands where it is told:
//! a plan for the year after next is no newer than today's news.
//!
//! All current events lie in memory, some eighty bytes each, from the first question on
//! until somebody writes the archive: every question is a walk over them.

mod count;
mod country;
mod filter;
mod hit;
mod list;
mod matrix;
mod table;
mod wanted;
mod words;

use std::sync::Arc;

use crate::ArchiveError;
use crate::memory::State;
use crate::search::{Resolved, Searcher};

pub use count::{DayCount, Days, EventCounts, EventField};
pub use filter::{Claim, EventCondition, EventFilter, Who};
pub use hit::{EventHit, Sentence};
pub use list::{EventPage, EventRequest};
pub use matrix::{Cell, Matrix, Side};
pub use table::DayFrom;

pub(crate) use table::Table;

/// What was found out of events, until the archive changes.
#[derive(Default)]
pub(crate) struct Known {
    /// What was asked last: a page, its counts and its matrix ask the same.
    last: Option<(State, EventFilter, Arc<Selection>)>,
}

/// The events that a filter means.
pub(crate) struct Selection {
    table: Arc<Table>,
    /// Their places in the table: the newest first.
    rows: Vec<u32>,
    /// For each how many copies it stands for; empty if they aren't folded.
    copies: Vec<u32>,
    /// The names of the filter, and whom they mean.
    names: Vec<Resolved>,
    /// What is searched for in sentences.
    looked: words::Looked,
}

impl Searcher<'_> {
    /// How many events a filter means.
    ///
    /// # Errors
    /// If the archive cannot be read, or the filter asks for what cannot be asked: an
    /// entity that there is not, words that are none.
    pub fn count_events(&mut self, filter: &EventFilter) -> Result<u64, ArchiveError> {
        Ok(self.selected(filter)?.rows.len() as u64)
    }

    /// Whom the names of a filter mean.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events).
    pub fn names_of_events(&mut self, filter: &EventFilter) -> Result<Vec<Resolved>, ArchiveError> {
        Ok(self.selected(filter)?.names.clone())
    }

    /// The events that a filter means.
    fn selected(&mut self, filter: &EventFilter) -> Result<Arc<Selection>, ArchiveError> {
        let state = self.archive.state()?;
        if let Some((of, asked, selection)) = &self.events.last
            && (*of, asked) == (state, filter)
        {
            return Ok(Arc::clone(selection));
        }
        let db = &self.archive.db;
        let table = self
            .archive
            .tables()
            .events
            .get(state, || Table::load(db))?;
        let selection = Arc::new(wanted::select(self, table, filter)?);
        self.events.last = Some((state, filter.clone(), Arc::clone(&selection)));
        Ok(selection)
    }
}
