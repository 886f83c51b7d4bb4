//! How many hits have each value of a field.

use hashbrown::HashMap;
use serde::Serialize;

use super::{Scope, Searcher};
use crate::ArchiveError;
use crate::entities::group;
use crate::marks::NONE;
use crate::query::{Field, Query, Value};

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
        let sums = self.sums(&plan, scope)?;
        self.told(field, sums.values(field), most)
    }

    /// The most frequent of some values, with their names.
    pub(super) fn told(
        &self,
        field: FacetField,
        values: &[(Key, u64)],
        most: usize,
    ) -> Result<Facet, ArchiveError> {
        let newest = field == FacetField::Month;
        let mut values: Vec<_> = values.iter().collect();
        values.sort_by(|a, b| match newest {
            true => b.0.cmp(&a.0),
            false => b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)),
        });
        let complete = values.len() <= most;
        let mut named = Vec::new();
        for (key, count) in values.into_iter().take(most) {
            named.push(self.named(key, *count)?);
        }
        Ok(Facet {
            field,
            values: named,
            complete,
        })
    }

    /// What people call a value, and how a query writes it.
    fn named(&self, key: &Key, count: u64) -> Result<FacetValue, ArchiveError> {
        let db = &self.archive.db;
        let (value, label) = match *key {
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
            Key::Known(ref name) => (name.clone(), name.clone()),
        };
        Ok(FacetValue {
            value,
            label,
            count,
        })
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
}
