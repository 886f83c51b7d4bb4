//! Whether entities are as the readings, the rules and the decisions say.

use std::collections::BTreeMap;

use rawi::reading::{Id, Reading};
use rusqlite::Connection;

use super::decision::{self, Standing, What};
use super::key::{Class, Key, folded, type_name};
use super::reroute::{base, entities};
use crate::ArchiveError;
use crate::rows::Ids;

/// What must hold of all versions, found out once.
pub(crate) struct Holding {
    state: Standing,
}

/// A row that an appearance leads to.
struct Row {
    entity: i64,
    kind: String,
    folded: String,
    of: Facts,
}

struct Facts {
    kind: String,
    link: Option<String>,
    country: Option<String>,
}

fn off<T>(problem: String) -> Result<T, ArchiveError> {
    Err(ArchiveError::Invalid(problem))
}

impl Holding {
    /// Checks the decisions, and what the entities have from them.
    pub fn of(db: &Connection) -> Result<Self, ArchiveError> {
        let decisions = decision::read(db)?;
        for one in &decisions {
            let by = decisions.iter().find(|d| Some(d.id) == one.undone_by);
            let known = match (one.undone_by, by.map(|d| &d.what)) {
                (None, _) => true,
                (Some(_), Some(What::Undo { decision })) => *decision == one.id,
                _ => false,
            };
            let undone = match one.what {
                What::Undo { decision } => decisions
                    .iter()
                    .any(|d| d.id == decision && d.undone_by == Some(one.id)),
                _ => true,
            };
            if !known || !undone {
                return off(format!("decision {}: it is not told what undid it", one.id));
            }
        }
        let state = Standing::of(&decisions);
        let made: BTreeMap<i64, i64> = decisions
            .iter()
            .filter_map(|d| match d.what {
                What::Split { from, to, .. } => Some((to, from)),
                _ => None,
            })
            .collect();
        let mut all = db.prepare(
            "SELECT id, merged_into, renamed, split_from FROM entity
             WHERE merged_into IS NOT NULL OR renamed IS NOT NULL OR split_from IS NOT NULL
             ORDER BY id",
        )?;
        let mut rows = all.query([])?;
        let (mut merged, mut renamed) = (BTreeMap::new(), BTreeMap::new());
        let mut apart = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            merged.extend(row.get::<_, Option<i64>>(1)?.map(|root| (id, root)));
            renamed.extend(row.get::<_, Option<String>>(2)?.map(|name| (id, name)));
            apart.extend(row.get::<_, Option<i64>>(3)?.map(|from| (id, from)));
        }
        if merged != state.merged || renamed != state.renamed || apart != made {
            return off("entities are not as the decisions say".into());
        }
        names(db)?;
        Ok(Self { state })
    }

    /// Checks who is who in a version, and gives it.
    pub fn ids(
        &self,
        db: &Connection,
        version: i64,
        reading: &Reading<'_>,
    ) -> Result<Ids, ArchiveError> {
        let mut appear = rows(db, version)?;
        let document: i64 = db
            .prepare_cached("SELECT document_id FROM version WHERE id = ?1")?
            .query_row([version], |row| row.get(0))?;
        let mut ids = Ids::new();
        for entity in entities(reading) {
            let id = entity.id;
            let Some(row) = appear.remove(&id) else {
                return off(format!("{id} has no row of an appearance"));
            };
            let (name, kind) = (folded(&entity.name), type_name(entity.kind));
            if row.folded != name || row.kind != kind {
                return off(format!("{id} is known by another name"));
            }
            let may_be = match entity.same_as.and_then(|text| ids.get(&text)) {
                Some(same) => *same == row.entity,
                None => {
                    let base = base(db, row.entity)?;
                    let decided = self.state.splits.apply(base, &name, document);
                    let of = if base == row.entity {
                        row.of
                    } else {
                        facts(db, base)?
                    };
                    let key = Key::from(of.link.as_deref(), &of.kind, name, of.country.as_deref());
                    decided == row.entity && key == Key::of(entity)
                }
            };
            if !may_be {
                return off(format!("{id} is somebody else"));
            }
            ids.insert(id, row.entity);
        }
        match appear.into_keys().next() {
            Some(id) => off(format!("the reading has no {id}")),
            None => Ok(ids),
        }
    }
}

/// The rows of a version's appearances.
fn rows(db: &Connection, version: i64) -> Result<BTreeMap<Id, Row>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT a.local, n.entity_id, n.type, n.folded, e.type, e.link, e.country
         FROM appearance a JOIN entity_name n ON n.id = a.name_id
         JOIN entity e ON e.id = n.entity_id WHERE a.version_id = ?1",
    )?;
    let mut rows = find.query([version])?;
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let local: String = row.get(0)?;
        let id = local
            .parse()
            .map_err(|e| ArchiveError::Invalid(format!("{local} is no id of an entity: {e}")))?;
        let row = Row {
            entity: row.get(1)?,
            kind: row.get(2)?,
            folded: row.get(3)?,
            of: Facts {
                kind: row.get(4)?,
                link: row.get(5)?,
                country: row.get(6)?,
            },
        };
        all.insert(id, row);
    }
    Ok(all)
}

fn facts(db: &Connection, entity: i64) -> Result<Facts, ArchiveError> {
    let mut find = db.prepare_cached("SELECT type, link, country FROM entity WHERE id = ?1")?;
    Ok(find.query_row([entity], |row| {
        Ok(Facts {
            kind: row.get(0)?,
            link: row.get(1)?,
            country: row.get(2)?,
        })
    })?)
}

/// Whether every name is folded as it must be and of a type that its entity may have, and
/// every entity is called by a name that it has.
fn names(db: &Connection) -> Result<(), ArchiveError> {
    let mut all = db.prepare(
        "SELECT e.id, e.name, e.type, e.link IS NOT NULL, e.country, e.sector,
           n.type, n.folded, n.name
         FROM entity e LEFT JOIN entity_name n ON n.entity_id = e.id ORDER BY e.id",
    )?;
    let mut rows = all.query([])?;
    // The entity at hand, and whether it has the name that it is called by.
    let mut last: Option<(i64, bool)> = None;
    let lacks = |last: Option<(i64, bool)>| match last {
        Some((id, false)) => off(format!("entity #{id} is called by a name that it hasn't")),
        _ => Ok(()),
    };
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let (name, kind): (String, String) = (row.get(1)?, row.get(2)?);
        if last.is_none_or(|(before, _)| before != id) {
            lacks(last)?;
            // Codes of countries and sectors, of which there may be several.
            let word =
                |c: &str| (2..=4).contains(&c.len()) && c.bytes().all(|b| b.is_ascii_uppercase());
            let code = |code: Option<String>| code.is_none_or(|c| c.split(' ').all(word));
            if !TYPES.contains(&&*kind) || !code(row.get(4)?) || !code(row.get(5)?) {
                return off(format!("entity #{id} is of no known type or country"));
            }
            last = Some((id, false));
        }
        let Some(as_what) = row.get::<_, Option<String>>(6)? else {
            // Whoever was told apart by something that no longer holds has nothing.
            last = Some((id, true));
            continue;
        };
        let of: String = row.get(7)?;
        let written: Option<String> = row.get(8)?;
        let right =
            folded(written.as_deref().unwrap_or(&of)) == of && written.as_ref() != Some(&of);
        let linked: bool = row.get(3)?;
        let class = Class::of(&kind) == Class::of(&as_what) || linked;
        if !right || !class || !TYPES.contains(&&*as_what) {
            return off(format!("a name of entity #{id} is not as it must be"));
        }
        if folded(&name) == of {
            last = Some((id, true));
        }
    }
    lacks(last)
}

/// The types of the contract.
pub(super) const TYPES: [&str; 8] = ["PER", "ORG", "MEDIA", "GPE", "LOC", "FAC", "GROUP", "ANON"];
