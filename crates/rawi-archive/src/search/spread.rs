//! Over which days the hits of a query are spread.

use std::collections::BTreeMap;

use rawi_time::Date;
use rusqlite::params;

use super::{Scope, Searcher};
use crate::ArchiveError;
use crate::index::DAY;
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
        let mut days: BTreeMap<i64, u64> = BTreeMap::new();
        if !plan.checks.is_empty() {
            for id in self.checked(&plan, scope)? {
                *days.entry(id >> DAY).or_default() += 1;
            }
        } else if let Some(expression) = plan.expression() {
            let index = scope.index();
            // In the order of the index nothing has to be sorted.
            let sql = format!(
                "SELECT rowid FROM {index} WHERE {index} MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
            );
            let mut find = self.archive.db.prepare_cached(&sql)?;
            let mut rows = find.query(params![expression, plan.ids.start(), plan.ids.end()])?;
            while let Some(row) = rows.next()? {
                *days.entry(row.get::<_, i64>(0)? >> DAY).or_default() += 1;
            }
        }
        let date = |day: i64| i32::try_from(day).ok().filter(|d| *d > 0);
        let days = days
            .into_iter()
            .map(|(day, count)| (date(day).and_then(Date::from_unix_day), count));
        Ok(days.collect())
    }
}
