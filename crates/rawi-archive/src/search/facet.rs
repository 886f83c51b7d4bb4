//! How many hits have each value of a field.
//!
//! Each count is exact, and is what the same query counts with that value added. Few hits
//! are gone through; of many the index counts value by value, which takes it no more than
//! the shorter list of both. Of speakers there are too many for that: those who speak most
//! in the whole archive are counted first, until nobody left could be among the most
//! frequent.

use std::collections::{BTreeMap, HashMap};

use rusqlite::params;
use serde::Serialize;

use super::plan::{Plan, of_entity};
use super::{Scope, Searcher};
use crate::ArchiveError;
use crate::entities::group;
use crate::index::DAY;
use crate::marks::{Mark, NONE};
use crate::query::{Field, Query, Value};

/// How many hits are counted in which way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Up to so many are gone through one by one.
    pub few: u64,
    /// Of up to so many the database groups the entities, which takes a microsecond each.
    pub some: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            few: 3000,
            some: 120_000,
        }
    }
}

/// What hits can be counted by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FacetField {
    /// Who says it.
    Speaker,
    /// To whom it is said.
    To,
    /// Who handed it on.
    Via,
    /// Who published it.
    Outlet,
    /// The month of the article.
    Month,
    /// What is done by saying it.
    Act,
    /// Through what kind of channel.
    Channel,
    /// How it is reported.
    Form,
    /// The type of event that it tells.
    Event,
}

/// How many hits have a value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FacetValue {
    /// The value, as a query writes it behind the field's colon: `#12`, `2026-03`, `deny`,
    /// `none`.
    pub value: String,
    /// What people call it.
    pub label: String,
    /// How many hits have it.
    pub count: u64,
}

/// The most frequent values of a field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// The values, the most frequent first; months the newest first.
    pub values: Vec<FacetValue>,
    /// Whether these are all that any hit has.
    pub complete: bool,
}

/// By role and entity (the number of its group) how many statements of any version it has,
/// the most first: no query has more.
pub(super) type Totals = HashMap<FacetField, Vec<(i64, u64)>>;

impl FacetField {
    /// All of them, in the order in which they are told.
    pub const ALL: [FacetField; 9] = [
        FacetField::Speaker,
        FacetField::To,
        FacetField::Via,
        FacetField::Outlet,
        FacetField::Month,
        FacetField::Act,
        FacetField::Channel,
        FacetField::Form,
        FacetField::Event,
    ];

    /// The field of a query that asks for its values.
    pub fn field(self) -> Field {
        match self {
            FacetField::Speaker => Field::Speaker,
            FacetField::To => Field::To,
            FacetField::Via => Field::Via,
            FacetField::Outlet => Field::Outlet,
            FacetField::Month => Field::Date,
            FacetField::Act => Field::Act,
            FacetField::Channel => Field::Channel,
            FacetField::Form => Field::Form,
            FacetField::Event => Field::Event,
        }
    }

    fn is_of_entities(self) -> bool {
        matches!(self, FacetField::Speaker | FacetField::To | FacetField::Via)
    }
}

impl Searcher<'_> {
    /// The most frequent values that the hits of a query have in a field, `most` of them.
    ///
    /// # Errors
    /// If the archive cannot be read, or the query asks for an entity that it doesn't have.
    pub fn facet(
        &mut self,
        query: &Query,
        scope: Scope,
        field: FacetField,
        most: usize,
    ) -> Result<Facet, ArchiveError> {
        let plan = self.plan(query)?;
        let count = self.count_once(&plan, scope)?;
        let few = count <= self.bounds.few || !plan.checks.is_empty();
        let (values, complete) = if few {
            (self.gone_through(&plan, scope, field)?, true)
        } else if !field.is_of_entities() {
            (self.value_by_value(&plan, scope, field)?, true)
        } else if count <= self.bounds.some && scope == Scope::Statements {
            (self.grouped(&plan, field)?, true)
        } else {
            self.those_who_have_most(&plan, scope, field, most)?
        };
        self.told(field, values, complete, most)
    }

    /// The most frequent of some values, with their names.
    pub(super) fn told(
        &self,
        field: FacetField,
        mut values: Vec<(Key, u64)>,
        complete: bool,
        most: usize,
    ) -> Result<Facet, ArchiveError> {
        let newest = field == FacetField::Month;
        values.sort_by(|a, b| match newest {
            true => b.0.cmp(&a.0),
            false => b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)),
        });
        let complete = complete && values.len() <= most;
        let mut named = Vec::new();
        for (key, count) in values.into_iter().take(most) {
            named.push(self.named(key, count)?);
        }
        Ok(Facet {
            field,
            values: named,
            complete,
        })
    }

    /// What people call a value, and how a query writes it.
    fn named(&self, key: Key, count: u64) -> Result<FacetValue, ArchiveError> {
        let db = &self.archive.db;
        let (value, label) = match key {
            Key::Entity(0) => (Value::None.to_string(), NONE.to_owned()),
            Key::Outlet(0) => (Value::None.to_string(), NONE.to_owned()),
            Key::Entity(id) => {
                let found = group::candidate(db, id)?;
                let name = found.map_or_else(String::new, |c| c.name);
                (Value::Entity(id).to_string(), name)
            }
            Key::Outlet(id) => {
                let mut find = db.prepare_cached("SELECT name FROM outlet WHERE id = ?1")?;
                let name: String = find.query_row([id], |row| row.get(0))?;
                (Value::Name(name.clone()).to_string(), name)
            }
            Key::Month(0) => (Value::None.to_string(), NONE.to_owned()),
            Key::Month(month) => {
                let text = format!("{:04}-{:02}", month / 12, month % 12 + 1);
                (text.clone(), text)
            }
            Key::Known(name) => (name.clone(), name),
        };
        Ok(FacetValue {
            value,
            label,
            count,
        })
    }

    /// Counts hit by hit.
    fn gone_through(
        &mut self,
        plan: &Plan,
        scope: Scope,
        field: FacetField,
    ) -> Result<Vec<(Key, u64)>, ArchiveError> {
        let ids = self.checked(plan, scope)?;
        let db = &self.archive.db;
        let sql = of_rows(scope, field);
        let mut find = db.prepare_cached(&sql)?;
        let mut counts: BTreeMap<Key, u64> = BTreeMap::new();
        let mut groups = Groups::default();
        for id in ids {
            let mut keys = Vec::new();
            if field == FacetField::Month {
                // As the writer marks it: by the day that the article's id carries.
                let version: i64 = find.query_row([id], |row| row.get(0))?;
                keys.push(Key::of_day((version >> DAY) as i32));
            } else {
                let mut found = find.query([id])?;
                while let Some(row) = found.next()? {
                    let key = match field {
                        FacetField::Outlet => {
                            Key::Outlet(row.get::<_, Option<i64>>(0)?.unwrap_or(0))
                        }
                        field if field.is_of_entities() => {
                            let id: Option<i64> = row.get(0)?;
                            Key::Entity(id.map_or(Ok(0), |id| groups.of(db, id))?)
                        }
                        _ => {
                            let name: Option<String> = row.get(0)?;
                            Key::Known(name.unwrap_or_else(|| NONE.to_owned()))
                        }
                    };
                    keys.push(key);
                }
            }
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                *counts.entry(key).or_default() += 1;
            }
        }
        Ok(counts.into_iter().collect())
    }

    /// Lets the index count each value that there is.
    fn value_by_value(
        &mut self,
        plan: &Plan,
        scope: Scope,
        field: FacetField,
    ) -> Result<Vec<(Key, u64)>, ArchiveError> {
        let mut counts = Vec::new();
        for (key, mark) in self.values(scope, field)? {
            let count = self.count_of(&plan.with(&[mark]), scope)?;
            if count > 0 {
                counts.push((key, count));
            }
        }
        Ok(counts)
    }

    /// All values that there are of a field with few of them.
    fn values(&self, scope: Scope, field: FacetField) -> Result<Vec<(Key, Mark)>, ArchiveError> {
        let known = |of: fn(String) -> Mark| {
            let none = [NONE].into_iter().filter(|_| field == FacetField::Channel);
            let names = field.field().known().into_iter().chain(none);
            names
                .map(|name| (Key::Known(name.to_owned()), of(name.to_owned())))
                .collect()
        };
        Ok(match field {
            FacetField::Act => known(Mark::Act),
            FacetField::Channel => known(Mark::Channel),
            FacetField::Form => known(Mark::Form),
            FacetField::Event => known(Mark::Event),
            FacetField::Month => self.months(scope)?,
            _ => {
                let db = &self.archive.db;
                let mut find = db.prepare_cached("SELECT id FROM outlet ORDER BY id")?;
                let ids = find.query_map([], |row| row.get(0))?;
                let mut all = vec![(Key::Outlet(0), Mark::Outlet(0))];
                for id in ids {
                    let id = id?;
                    all.push((Key::Outlet(id), Mark::Outlet(id)));
                }
                all
            }
        })
    }

    /// All months that there are.
    fn months(&self, scope: Scope) -> Result<Vec<(Key, Mark)>, ArchiveError> {
        let table = match scope {
            Scope::Statements => "statement",
            Scope::Articles => "version",
        };
        let sql = format!("SELECT id FROM {table} WHERE id >= ?1 ORDER BY id LIMIT 1");
        let mut find = self.archive.db.prepare_cached(&sql)?;
        let mut all = vec![(Key::Month(0), Mark::Dateless)];
        let mut next = 1i64 << DAY;
        // From the first id of a month over to the next month's.
        loop {
            let mut found = find.query([next])?;
            let Some(row) = found.next()? else { break };
            let id: i64 = row.get(0)?;
            let Some(day) = rawi_time::Date::from_unix_day((id >> DAY) as i32) else {
                break;
            };
            all.push((
                Key::of_day(day.unix_day()),
                Mark::Month(day.year(), day.month()),
            ));
            let first = day.add_days(1 - i32::from(day.day()));
            let Some(behind) = first.and_then(|first| first.add_months(1)) else {
                break;
            };
            next = i64::from(behind.unix_day()) << DAY;
        }
        Ok(all)
    }

    /// Lets the database group the hits by the table of statements.
    fn grouped(&mut self, plan: &Plan, field: FacetField) -> Result<Vec<(Key, u64)>, ArchiveError> {
        let Some(expression) = plan.expression() else {
            return Ok(Vec::new());
        };
        let hits = "SELECT rowid FROM statement_index WHERE statement_index MATCH ?1
                    AND rowid BETWEEN ?2 AND ?3";
        let sql = match field {
            FacetField::Speaker => format!(
                "SELECT coalesce(speaker_id, 0), count(*) FROM statement WHERE id IN ({hits}) GROUP BY 1"
            ),
            _ => {
                let role = role(field);
                format!(
                    "SELECT x.entity_id, count(DISTINCT x.statement_id) FROM ({hits}) h
                     CROSS JOIN statement_side x ON x.statement_id = h.rowid AND x.role = '{role}'
                     GROUP BY 1"
                )
            }
        };
        let db = &self.archive.db;
        let mut find = db.prepare_cached(&sql)?;
        let mut counts: BTreeMap<Key, u64> = BTreeMap::new();
        let mut groups = Groups::default();
        let mut rows = find.query(params![expression, plan.ids.start(), plan.ids.end()])?;
        // Whoever was merged is counted below, of whom nobody must be counted twice.
        let mut merged = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, count): (i64, i64) = (row.get(0)?, row.get(1)?);
            let root = if id == 0 { 0 } else { groups.of(db, id)? };
            if field != FacetField::Speaker && groups.is_merged(db, root)? {
                merged.push(root);
            }
            *counts.entry(Key::Entity(root)).or_default() += count.unsigned_abs();
        }
        drop(rows);
        drop(find);
        merged.sort_unstable();
        merged.dedup();
        for root in merged {
            let count = self.count_of_entity(plan, Scope::Statements, field, root)?;
            counts.insert(Key::Entity(root), count);
        }
        Ok(counts.into_iter().collect())
    }

    /// Counts entity by entity, those first who have most in the whole archive.
    fn those_who_have_most(
        &mut self,
        plan: &Plan,
        scope: Scope,
        field: FacetField,
        most: usize,
    ) -> Result<(Vec<(Key, u64)>, bool), ArchiveError> {
        let totals = self.totals_of(field)?;
        let mut counts: Vec<(Key, u64)> = Vec::new();
        for (id, total) in totals {
            // Nobody who comes now can have more than the last of those who are told. Whoever
            // has as many and a lower number would come before him.
            let last = counts
                .get(most.saturating_sub(1))
                .map_or(0, |(_, count)| *count);
            if total < last || most == 0 {
                return Ok((counts, false));
            }
            let count = self.count_of_entity(plan, scope, field, id)?;
            if count > 0 {
                counts.push((Key::Entity(id), count));
                counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                // One more than is told says that there are more.
                counts.truncate(most + 1);
            }
        }
        Ok((counts, true))
    }

    fn count_of_entity(
        &mut self,
        plan: &Plan,
        scope: Scope,
        field: FacetField,
        root: i64,
    ) -> Result<u64, ArchiveError> {
        let ids = match root {
            0 => vec![0],
            root => group::group(&self.archive.db, root)?,
        };
        let marks: Vec<Mark> = ids
            .iter()
            .filter_map(|id| of_entity(field.field(), *id))
            .collect();
        self.count_of(&plan.with(&marks), scope)
    }

    /// How much each entity has at most.
    fn totals_of(&mut self, field: FacetField) -> Result<Vec<(i64, u64)>, ArchiveError> {
        if let Some(known) = self.totals.as_ref().and_then(|t| t.get(&field)) {
            return Ok(known.clone());
        }
        let sql = match field {
            FacetField::Speaker => {
                "SELECT coalesce(speaker_id, 0), count(*) FROM statement GROUP BY speaker_id"
                    .to_owned()
            }
            _ => format!(
                "SELECT entity_id, count(*) FROM statement_side WHERE role = '{}' GROUP BY entity_id",
                role(field)
            ),
        };
        let db = &self.archive.db;
        let mut groups = Groups::default();
        let mut totals: HashMap<i64, u64> = HashMap::new();
        let mut find = db.prepare_cached(&sql)?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            let (id, count): (i64, i64) = (row.get(0)?, row.get(1)?);
            let root = if id == 0 { 0 } else { groups.of(db, id)? };
            *totals.entry(root).or_default() += count.unsigned_abs();
        }
        drop(rows);
        let mut totals: Vec<(i64, u64)> = totals.into_iter().collect();
        totals.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let known = self.totals.get_or_insert_default();
        known.insert(field, totals.clone());
        Ok(totals)
    }
}

fn role(field: FacetField) -> &'static str {
    match field {
        FacetField::Via => "via",
        _ => "addressee",
    }
}

/// What gives the values of one row.
fn of_rows(scope: Scope, field: FacetField) -> String {
    let of_article = scope == Scope::Articles;
    let statements = match of_article {
        true => "s.version_id = ?1",
        false => "s.id = ?1",
    };
    let version = match of_article {
        true => "?1",
        false => "(SELECT version_id FROM statement WHERE id = ?1)",
    };
    match field {
        FacetField::Speaker => format!("SELECT s.speaker_id FROM statement s WHERE {statements}"),
        FacetField::Act => format!("SELECT s.act FROM statement s WHERE {statements}"),
        FacetField::Channel => format!("SELECT s.channel FROM statement s WHERE {statements}"),
        FacetField::Form => format!("SELECT s.form FROM statement s WHERE {statements}"),
        FacetField::To | FacetField::Via => format!(
            "SELECT x.entity_id FROM statement s JOIN statement_side x ON x.statement_id = s.id
             WHERE {statements} AND x.role = '{}'",
            role(field)
        ),
        FacetField::Event if of_article => {
            "SELECT type FROM event WHERE version_id = ?1".to_owned()
        }
        FacetField::Event => "SELECT e.type FROM statement s JOIN event e
             ON e.version_id = s.version_id AND e.statement = s.local WHERE s.id = ?1"
            .to_owned(),
        FacetField::Outlet => format!(
            "SELECT d.outlet_id FROM version v JOIN document d ON d.id = v.document_id
             WHERE v.id = {version}"
        ),
        FacetField::Month => format!("SELECT {version}"),
    }
}

/// A value, in the order in which equals are told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Key {
    Entity(i64),
    Outlet(i64),
    /// Twelve times the year and the months before; 0 for no date.
    Month(i32),
    Known(String),
}

impl Key {
    pub fn of_day(day: i32) -> Self {
        let date = rawi_time::Date::from_unix_day(day).filter(|_| day > 0);
        Key::Month(date.map_or(0, |d| d.year() * 12 + i32::from(d.month()) - 1))
    }
}

/// Whom entities are, by decisions to merge: asked once each.
#[derive(Default)]
pub(crate) struct Groups {
    merged: Option<HashMap<i64, i64>>,
}

impl Groups {
    fn load(&mut self, db: &rusqlite::Connection) -> Result<&HashMap<i64, i64>, ArchiveError> {
        if self.merged.is_none() {
            // Few are ever merged.
            let mut find =
                db.prepare_cached("SELECT id FROM entity WHERE merged_into IS NOT NULL")?;
            let ids = find.query_map([], |row| row.get(0))?;
            let mut merged = HashMap::new();
            for id in ids {
                let id = id?;
                merged.insert(id, group::root(db, id)?);
            }
            self.merged = Some(merged);
        }
        Ok(self.merged.get_or_insert_default())
    }

    /// The number that stands for an entity's group.
    pub fn of(&mut self, db: &rusqlite::Connection, id: i64) -> Result<i64, ArchiveError> {
        Ok(self.load(db)?.get(&id).copied().unwrap_or(id))
    }

    /// Whether others were merged into an entity.
    fn is_merged(&mut self, db: &rusqlite::Connection, root: i64) -> Result<bool, ArchiveError> {
        Ok(self.load(db)?.values().any(|of| *of == root))
    }
}
