//! Over which days the hits of a query are spread.

use rawi_time::Date;

use super::{Scope, Searcher};
use crate::ArchiveError;
use crate::query::Query;

impl Searcher<'_> {
    /// How many hits each day has that has any, in order; those without a day come first, as
    /// none.
    ///
    /// # Errors
    /// If the archive cannot be read, or the query asks for an entity that it doesn't have.
    pub fn days(
        &mut self,
        query: &Query,
        scope: Scope,
    ) -> Result<Vec<(Option<Date>, u64)>, ArchiveError> {
        let plan = self.plan(query)?;
        let sums = self.sums(&plan, scope)?;
        let date = |day: i32| Date::from_unix_day(day).filter(|_| day > 0);
        let days = sums.days.iter();
        Ok(days.map(|(day, count)| (date(*day), *count)).collect())
    }
}
