//! Hits counted by several fields at once: each row is looked at once for all of them.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::facet::{Groups, Key};
use super::plan::Plan;
use super::{Facet, FacetField, Scope, Searcher};
use crate::ArchiveError;
use crate::marks::NONE;
use crate::query::Query;

/// Of more statements each field is counted by itself, which is faster then, and it isn't
/// told in how many articles they stand.
const MOST: u64 = 3000;

/// The hits of a query by several fields.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Breakdown {
    /// How many hits there are.
    pub count: u64,
    /// In how many articles they stand, if they aren't too many to look at each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub articles: Option<u64>,
    /// The fields, in the order in which they were asked for.
    pub facets: Vec<Facet>,
}

/// What the hits of a plan have in each field.
type Counts = HashMap<FacetField, BTreeMap<Key, u64>>;

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
        let count = self.count_once(&plan, scope)?;
        if scope == Scope::Articles || count > MOST {
            let facets = fields
                .iter()
                .map(|(field, most)| self.facet(query, scope, *field, *most));
            return Ok(Breakdown {
                count,
                articles: (scope == Scope::Articles).then_some(count),
                facets: facets.collect::<Result<_, _>>()?,
            });
        }
        let (counts, articles) = self.looked_at(&plan)?;
        let facets = fields.iter().map(|(field, most)| {
            let counts = counts.get(field).into_iter().flatten();
            let values = counts.map(|(key, n)| (key.clone(), *n)).collect();
            self.told(*field, values, true, *most)
        });
        Ok(Breakdown {
            count,
            articles: Some(articles),
            facets: facets.collect::<Result<_, _>>()?,
        })
    }

    /// Looks at each statement, and counts their articles.
    fn looked_at(&mut self, plan: &Plan) -> Result<(Counts, u64), ArchiveError> {
        let ids = self.checked(plan, Scope::Statements)?;
        let db = &self.archive.db;
        let mut own = db.prepare_cached(
            "SELECT version_id, local, speaker_id, act, channel, form FROM statement WHERE id = ?1",
        )?;
        let mut sides = db.prepare_cached(
            "SELECT role = 'via', entity_id FROM statement_side WHERE statement_id = ?1",
        )?;
        let mut events = db.prepare_cached(
            "SELECT type FROM event WHERE version_id = ?1 AND statement IS NOT NULL AND statement = ?2",
        )?;
        let mut outlet = db.prepare_cached(
            "SELECT d.outlet_id FROM version v JOIN document d ON d.id = v.document_id
             WHERE v.id = ?1",
        )?;
        let mut groups = Groups::default();
        let mut outlets: HashMap<i64, i64> = HashMap::new();
        let mut counts = Counts::new();
        let mut keys: Vec<(FacetField, Key)> = Vec::new();
        for id in ids {
            keys.clear();
            let mut found = own.query([id])?;
            let Some(row) = found.next()? else { continue };
            let version: i64 = row.get(0)?;
            let speaker: Option<i64> = row.get(2)?;
            let known = |at: usize| -> Result<Key, rusqlite::Error> {
                let name: Option<String> = row.get(at)?;
                Ok(Key::Known(name.unwrap_or_else(|| NONE.to_owned())))
            };
            keys.push((FacetField::Act, known(3)?));
            keys.push((FacetField::Channel, known(4)?));
            keys.push((FacetField::Form, known(5)?));
            let mut told = events.query(rusqlite::params![version, row.get::<_, String>(1)?])?;
            while let Some(event) = told.next()? {
                keys.push((FacetField::Event, Key::Known(event.get(0)?)));
            }
            let speaker = speaker.map_or(Ok(0), |id| groups.of(db, id))?;
            keys.push((FacetField::Speaker, Key::Entity(speaker)));
            let mut parties = sides.query([id])?;
            while let Some(side) = parties.next()? {
                let field = match side.get(0)? {
                    true => FacetField::Via,
                    false => FacetField::To,
                };
                keys.push((field, Key::Entity(groups.of(db, side.get(1)?)?)));
            }
            let publisher = match outlets.get(&version) {
                Some(outlet) => *outlet,
                None => {
                    let found: Option<i64> = outlet.query_row([version], |row| row.get(0))?;
                    *outlets.entry(version).or_insert(found.unwrap_or(0))
                }
            };
            keys.push((FacetField::Outlet, Key::Outlet(publisher)));
            // As the writer marks it: by the day that the article's id carries.
            let day = i32::try_from(version >> crate::index::DAY).unwrap_or(0);
            keys.push((FacetField::Month, Key::of_day(day)));
            // Who is spoken to twice is spoken to.
            keys.sort_unstable();
            keys.dedup();
            for (field, key) in keys.drain(..) {
                *counts.entry(field).or_default().entry(key).or_default() += 1;
            }
        }
        Ok((counts, outlets.len() as u64))
    }
}
