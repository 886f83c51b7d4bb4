//! How many events have which value, and how many there are day by day.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rawi::reading::Date;
use serde::Serialize;

use super::Selection;
use super::filter::EventFilter;
use super::table::Row;
use crate::ArchiveError;
use crate::search::{EntityRef, FacetValue, Searcher};

/// What events can be counted by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EventField {
    /// The type.
    Type,
    /// The mode of PLOVER.
    Mode,
    /// Whether it took place.
    Status,
    /// Who claims it; `article` is the article itself.
    Claimed,
    /// Who did it; `none` if the article does not say.
    Actor,
    /// To whom; in two-sided events each of the actors.
    Recipient,
    /// Where.
    Place,
    /// Who published it.
    Outlet,
    /// The month of its day.
    Month,
}

/// The most frequent values of a field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventCounts {
    /// The field.
    pub field: EventField,
    /// The values, the most frequent first; months the newest first.
    pub values: Vec<FacetValue>,
    /// Whether these are all.
    pub complete: bool,
}

/// The events of one day.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayCount {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// How many.
    pub count: u64,
    /// The sum of their scores.
    pub sum: f64,
    /// The mean of their scores.
    pub mean: f64,
}

/// The events day by day.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Days {
    /// The days that have any, the oldest first.
    pub days: Vec<DayCount>,
    /// How many have no day.
    pub dateless: u64,
}

/// A value, in the order in which equals are told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key<'t> {
    Known(&'t str),
    /// 0 for nobody.
    Entity(i64),
    Article,
    Outlet(i64),
    /// Twelve times the year and the months before.
    Month(Option<i32>),
}

impl EventField {
    /// All of them, in the order in which they are told.
    pub const ALL: [EventField; 9] = [
        EventField::Type,
        EventField::Mode,
        EventField::Status,
        EventField::Claimed,
        EventField::Actor,
        EventField::Recipient,
        EventField::Place,
        EventField::Outlet,
        EventField::Month,
    ];
}

impl Selection {
    pub(super) fn each(&self) -> impl Iterator<Item = &Row> {
        let rows = self.rows.iter();
        rows.map(|place| &self.table.rows[*place as usize])
    }

    /// Calls `found` with each value of a field that an event has.
    fn values<'t>(&'t self, row: &'t Row, field: EventField, mut found: impl FnMut(Key<'t>)) {
        let entities = |all: &[i64], found: &mut dyn FnMut(Key<'t>)| match all {
            [] => found(Key::Entity(0)),
            all => all.iter().for_each(|id| found(Key::Entity(*id))),
        };
        let table = &self.table;
        match field {
            EventField::Type => found(Key::Known(row.kind.name())),
            EventField::Mode => {
                if let Some(mode) = row.mode {
                    found(Key::Known(&table.modes[usize::from(mode)]));
                }
            }
            EventField::Status => found(Key::Known(super::table::status_name(row.status))),
            EventField::Claimed => found(match row.claimed {
                0 => Key::Article,
                id => Key::Entity(id),
            }),
            EventField::Actor => entities(table.actors(row), &mut found),
            EventField::Recipient => entities(table.recipients(row), &mut found),
            EventField::Place => entities(table.places(row), &mut found),
            EventField::Outlet => found(Key::Outlet(row.outlet)),
            EventField::Month => {
                let date = row.day.and_then(Date::from_unix_day);
                let month = |d: Date| d.year() * 12 + i32::from(d.month()) - 1;
                found(Key::Month(date.map(month)));
            }
        }
    }
}

impl Searcher<'_> {
    /// The most frequent values that the events have which a filter means, `most` of them.
    /// An event of several actors counts for each.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events).
    pub fn event_counts(
        &mut self,
        filter: &EventFilter,
        field: EventField,
        most: usize,
    ) -> Result<EventCounts, ArchiveError> {
        let selection = self.selected(filter)?;
        let mut counts: HashMap<Key<'_>, u64> = HashMap::new();
        for row in selection.each() {
            selection.values(row, field, |key| *counts.entry(key).or_default() += 1);
        }
        let mut counts: Vec<(Key<'_>, u64)> = counts.into_iter().collect();
        match field {
            EventField::Month => counts.sort_by(|a, b| b.0.cmp(&a.0)),
            _ => counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))),
        }
        let complete = counts.len() <= most;
        counts.truncate(most);
        let mut values = Vec::with_capacity(counts.len());
        for (key, count) in counts {
            let (value, label) = self.name_of(key)?;
            values.push(FacetValue {
                value,
                label,
                count,
            });
        }
        Ok(EventCounts {
            field,
            values,
            complete,
        })
    }

    /// How a filter names a value, and what people call it.
    fn name_of(&self, key: Key<'_>) -> Result<(String, String), ArchiveError> {
        let db = &self.archive.db;
        let same = |name: String| (name.clone(), name);
        Ok(match key {
            Key::Known(name) => same(name.to_owned()),
            Key::Article => same("article".to_owned()),
            Key::Entity(0) | Key::Outlet(0) | Key::Month(None) => {
                same(crate::marks::NONE.to_owned())
            }
            Key::Entity(id) => {
                let found = EntityRef::of(db, id)?;
                (format!("#{id}"), found.map_or_else(String::new, |e| e.name))
            }
            Key::Outlet(id) => {
                let mut find = db.prepare_cached("SELECT name FROM outlet WHERE id = ?1")?;
                same(find.query_row([id], |row| row.get(0))?)
            }
            Key::Month(Some(month)) => same(format!(
                "{:04}-{:02}",
                month.div_euclid(12),
                month.rem_euclid(12) + 1
            )),
        })
    }

    /// The events that a filter means, day by day.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events).
    pub fn event_days(&mut self, filter: &EventFilter) -> Result<Days, ArchiveError> {
        let selection = self.selected(filter)?;
        let mut days: BTreeMap<i32, DayCount> = BTreeMap::new();
        let mut dateless = 0;
        for row in selection.each() {
            let Some((number, date)) = row.day.and_then(|d| Some((d, Date::from_unix_day(d)?)))
            else {
                dateless += 1;
                continue;
            };
            let day = days.entry(number).or_insert_with(|| DayCount {
                day: date.to_string(),
                count: 0,
                sum: 0.0,
                mean: 0.0,
            });
            day.count += 1;
            day.sum += row.score;
            day.mean = day.sum / day.count as f64;
        }
        let days = days.into_values().collect();
        Ok(Days { days, dateless })
    }
}
